"""Moods set by the words above a clause: the verbs, nouns and adjectives that govern it.

The mood is computed from the verb of the act upwards, clause by clause, as in Saurí & Pustejovsky
(2009); for verbs such as "fail to" and "refuse to" see Karttunen (1971). A test runs the examples:
the act in brackets has the mood behind the arrow, and without the rule it has another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.extract import lexicon
from kg.extract.claims import beliefs
from kg.extract.claims.clauses import foretells, own
from kg.extract.claims.governors import GOVERNING, NOUNS
from kg.extract.claims.moods import Mood, first, heard
from kg.extract.syntax.slots import Syntax
from kg.parsing.tokens import Token

_DEEPEST = 6  # verbs climbed at most; chosen, not measured
_BEFORE_GERUND = frozenset({"to", "on", "about", "of", "from", "in", "at", "against"})
_USING = frozenset({"use", "take", "employ"})
_LACKING = frozenset({"need", "want", "require", "seek", "lack"})
_TEMPORAL = frozenset({"before", "until", "till", "once", "when", "after"})
_INFINITE = frozenset({"VB", "VBG", "VBN"})
_PRESENT = frozenset({"VBZ", "VBP"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_FINITE_AUXILIARY = _FINITE | {"MD"}
_PREDICATES = frozenset({"VERB", "AUX", "ADJ"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One clause on the path from the act upwards.

    Attributes:
        verb: its verb.
        depth: number of verbs below it on the path.
        marks: the words that introduce it, such as "that" or "if", in lower case.
        infinite: it is an infinitive, gerund or participle.
    """

    verb: Token
    depth: int
    marks: frozenset[str]
    infinite: bool

    @property
    def head(self) -> Token:
        """Return the head of the verb: the word that the clause depends on."""
        return self.verb.head

    @property
    def label(self) -> str:
        """Return the dependency label of the verb."""
        return self.verb.dep_

    @property
    def spelt(self) -> bool:
        """Return whether it is anything but a gerund without introducing word."""
        return self.verb.tag_ != "VBG" or bool(self.marks)


class Climb:
    """Computes moods along the path from a verb upwards."""

    def __init__(self, syntax: Syntax) -> None:
        """Take the syntax of one article."""
        self.syntax = syntax

    def mood(self, verb: Token, mood: Mood, depth: int = 0) -> Mood:
        """Return `mood` as changed by the clause of `verb`, and then by the words above it."""
        mood = own(self.syntax, verb, mood).by("clause")
        if depth > _DEEPEST or verb.head == verb:
            return mood
        clause = Clause(
            verb=verb,
            depth=depth,
            marks=frozenset(c.lower_ for c in verb.children if c.dep_ == "mark"),
            infinite=verb.tag_ in _INFINITE and not self._has_tense(verb),
        )
        return first(ABOVE, self, clause, mood) or mood

    def above(self, verb: Token, clause: Clause) -> Mood:
        """Return the mood of `verb`, which stands above `clause`, computed from the start."""
        return self.mood(verb, Mood(), clause.depth + 1)

    def governed(self, clause: Clause, mood: Mood, *, to: bool = False) -> Mood:
        """Return `mood` as changed by the head of a clause, and by what is above the head.

        Args:
            clause: the clause.
            mood: its mood so far.
            to: it is an infinitive with "to".
        """
        head = clause.head
        if head.pos_ in _NOUNS:
            return mood.hear(heard(NOUNS, head.lemma_.lower()))
        mood = mood.hear(first(GOVERNING, self.syntax, head, to))
        return self.mood(head, mood.by("governor"), clause.depth + 1)

    def _has_tense(self, verb: Token) -> bool:
        return any(c.tag_ in _FINITE_AUXILIARY for c in self.syntax.auxiliaries(verb))


# -- rules for the head of a clause: each returns None if it does not apply ----------------------


def coordinated(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Take over the modality of the verb before "and".

    Example: Kenya plans to invite Chad and [visit] Uganda. -> planned
    """
    verb, head = clause.verb, clause.head
    if clause.label != "conj" or head.pos_ not in _PREDICATES:
        return None
    shares = clause.infinite and verb.tag_ == head.tag_
    if not shares or climb.syntax.children(verb, climb.syntax.labels.subject):
        return mood
    return mood.under(climb.above(head, clause).modality, "conj")


def ruled_out(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Negate what somebody rules out.

    Example: Kenya ruled out [attacking] Chad. -> denied
    """
    verb, head, labels = clause.verb, clause.head, climb.syntax.labels
    if verb.tag_ != "VBG" or head.lemma_.lower() != "rule":
        return None
    if clause.label not in labels.clause | labels.adverbial:
        return None
    around = (*head.children, *verb.children)
    if not any(c.lower_ == "out" and 0 < c.i - head.i <= 2 for c in around):
        return None
    above = climb.above(head, clause)
    mood = mood if above.negated else mood.under(above.modality, "rule out")
    return mood.denied_by("rule out", not_so=above.negated)


def denied(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Negate what somebody denies.

    Example: Kenya denied that it [attacked] Chad. -> denied
    """
    head = clause.head
    if clause.label not in climb.syntax.labels.clause or head.lemma_.lower() != "deny":
        return None
    return mood.denied_by("deny", not_so=climb.above(head, clause).negated)


def whether_to(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Keep the mood of an infinitive after "whether": the verb above it decides nothing.

    Example: Kenya has not decided whether to [attack] Chad. -> possible
    """
    if clause.label not in climb.syntax.labels.clause or not clause.infinite:
        return None
    open_ = any(c.lower_ == "whether" for c in clause.verb.children)
    return mood.under("possible", "whether") if open_ else None


def completing(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Apply the rules `GOVERNING` to the verb that an infinitive or gerund completes.

    Example: Kenya refused to [invite] Chad. -> denied
    """
    if clause.label not in climb.syntax.labels.clause or not clause.infinite:
        return None
    to = any(c.tag_ == "TO" for c in clause.verb.children)
    return climb.governed(clause, mood, to=to)


def participle(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Keep the mood of a participle: what is done to a plan need not be planned.

    Example: The proposal [criticised] by Kenya failed. -> actual
    """
    adnominal = clause.label in climb.syntax.labels.adnominal
    return mood if adnominal and clause.infinite and clause.verb.tag_ == "VBN" else None


def spelling_out(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Apply the rows `NOUNS` to the noun that an infinitive completes, then the verb above it.

    Example: Kenya revealed its plan to [attack] Chad. -> planned
    """
    head, labels = clause.head, climb.syntax.labels
    if clause.label not in labels.adnominal or not clause.infinite or not clause.spelt:
        return None
    mood = saying(climb, clause, mood) or mood
    mood = mood.hear(heard(NOUNS, head.lemma_.lower()))
    if head.head.pos_ in _VERBS and head.dep_ in labels.object:
        dropped = head.head.lemma_.lower()
        if head.lemma_.lower() in lexicon.PLANNED_NOUNS and dropped in lexicon.GIVING_UP:
            return mood.denied(dropped)
        if head.lemma_.lower() in lexicon.BILLS and climb.syntax.turned_down(head.head):
            return mood.under("proposed", head.head.lower_)
        return _had(climb, clause, mood)  # "has no plans to", "did not have the intention of"
    if head.dep_ in labels.passive_subject and head.head.lemma_.lower() in lexicon.GIVING_UP:
        return mood.denied(head.head.lower_)  # "a plan to attack was scrapped"
    return mood.denied("no") if "no" in climb.syntax.determiners(head) else mood


def unadopted(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Take over the mood of the verb above a document ("failed to adopt a resolution").

    Example: Kenya failed to adopt a resolution [condemning] Chad. -> denied
    """
    head, labels = clause.head, climb.syntax.labels
    if clause.label not in labels.adnominal or clause.verb.tag_ != "VBG":
        return None
    if head.dep_ not in labels.object or head.lemma_.lower() not in lexicon.DOCUMENTS:
        return None
    if head.head.pos_ != "VERB":
        return None
    return _had(climb, clause, saying(climb, clause, mood) or mood)


def _had(climb: Climb, clause: Clause, mood: Mood) -> Mood:
    """Return `mood` as changed by the verb whose object the clause modifies."""
    noun = clause.head
    above = climb.above(noun.head, clause)
    mood = mood.under(above.modality, noun.lower_)
    return mood.denied(noun.head.lower_) if above.negated else mood


def saying(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Apply the rules `BELIEFS` to the word above a finite clause.

    Example: Uganda does not think that Kenya [attacked] Chad. -> denied
    """
    labels = climb.syntax.labels
    marked = bool(clause.marks) or clause.head.lemma_.lower() in lexicon.CLAIMS
    finite = labels.clause | labels.adnominal | labels.relative if marked else labels.clause
    charge = marked and clause.verb.tag_ == "VBG" and clause.label in labels.adnominal
    told = clause.label in finite and not clause.infinite
    if clause.label != "csubj" and not charge and not told:
        return None
    return beliefs.believed(climb.syntax, clause.head, mood)


# -- rules for adverbial clauses -------------------------------------------------------------------


def blamed(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Set `possible` for "X is accused of" with no accuser named.

    Example: Kenya was accused of [attacking] Chad. -> possible
    """
    head, syntax = clause.head, climb.syntax
    if clause.label not in syntax.labels.adverbial or clause.verb.tag_ != "VBG":
        return None
    if head.lemma_.lower() not in lexicon.BLAMING or not syntax.is_passive(head):
        return None
    if any(c.lower_ in lexicon.FALSELY for c in head.children):
        return mood.denied(head.lower_)
    return None if syntax.by_agent(head) else mood.under("possible", head.lower_)


def gerund(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Apply the rules `GOVERNING` to the verb above "preposition + gerund".

    Example: Kenya refrained from [attacking] Chad. -> denied
    """
    if clause.label not in climb.syntax.labels.adverbial or clause.verb.tag_ != "VBG":
        return None
    return climb.governed(clause, mood) if clause.marks & _BEFORE_GERUND else None


def directed(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Apply the rules `GOVERNING` to a request that the parser takes for a purpose.

    Example: Kenya exhorted Uganda to [invite] Chad. -> proposed
    """
    if clause.label not in climb.syntax.labels.adverbial:
        return None
    return climb.governed(clause, mood) if climb.syntax.directed(clause.verb) else None


def timed(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Take over the modality of the main verb in a clause of time, unless that is about the past.

    Example: Kenya will leave Oslo once Chad [invites] Uganda. -> planned
    """
    verb, head = clause.verb, clause.head
    if clause.label not in climb.syntax.labels.adverbial:
        return None
    if all(c.lower_ not in _TEMPORAL for c in verb.children):
        return None
    ahead = verb.tag_ in _PRESENT or foretells(climb.syntax, head)
    return mood.under(climb.above(head, clause).modality, head.lower_) if ahead else mood


def purpose(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Take over the modality of the main verb in a clause of purpose.

    A noun between the two, such as "call", changes it first, by the rows `NOUNS`.

    Example: Kenya will send envoys to Oslo in order to [meet] Uganda. -> planned
    """
    verb, head = clause.verb, clause.head
    if clause.label not in climb.syntax.labels.adverbial or not clause.infinite:
        return None
    if verb.tag_ != "VB" and "to" not in clause.marks:
        return None
    if head.lemma_ not in _USING:  # "rejected a call by Peru to go"
        for noun in climb.syntax.object(head):
            if head.i < noun.i < verb.i and noun.lemma_.lower() in lexicon.PROPOSED_NOUNS:
                mood = mood.hear(heard(NOUNS, noun.lemma_.lower()))
    if head.lemma_.lower() in _LACKING:
        mood = mood.under("proposed", head.lower_)
    return (
        mood.under(climb.above(head, clause).modality, head.lower_) if head.pos_ == "VERB" else mood
    )


Above = Callable[[Climb, Clause, Mood], Mood | None]
ABOVE: tuple[Above, ...] = (
    coordinated,
    ruled_out,
    denied,
    whether_to,
    completing,
    participle,
    spelling_out,
    unadopted,
    saying,
    blamed,
    gerund,
    directed,
    timed,
    purpose,
)
"""Rules for the head of a clause; the first that applies decides."""
