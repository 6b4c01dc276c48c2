"""What stands above a clause, and what that says of its mood.

The rules are asked in order, from the verb of the act upwards along the words that govern it
(Saurí & Pustejovsky 2009; implicatives after Karttunen 1971). Examples are run by a test: with its
rule the act in brackets has the mood behind the arrow, without it another.
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

_DEEPEST = 6  # verbs above one another
_BEFORE_GERUND = frozenset({"to", "on", "about", "of", "from", "in", "at", "against"})
_USING = frozenset({"use", "take", "employ"})
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
    """A clause on the way up.

    Attributes:
        verb: its verb.
        depth: how many verbs have been climbed to it.
        marks: the words that introduce it.
        infinite: it is an infinitive, gerund or participle.
    """

    verb: Token
    depth: int
    marks: frozenset[str]
    infinite: bool

    @property
    def head(self) -> Token:
        """Return the word on which the clause hangs."""
        return self.verb.head

    @property
    def label(self) -> str:
        """Return how it hangs there."""
        return self.verb.dep_

    @property
    def spelt(self) -> bool:
        """Return whether it is more than a bare gerund."""
        return self.verb.tag_ != "VBG" or bool(self.marks)


class Climb:
    """Climbs from a verb to what stands above it."""

    def __init__(self, syntax: Syntax) -> None:
        """Remember how sentences are parsed."""
        self.syntax = syntax

    def mood(self, verb: Token, mood: Mood, depth: int = 0) -> Mood:
        """Return `mood` as the clause of `verb`, and then what stands above it, turn it."""
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
        """Return the mood of a verb above a clause, on its own."""
        return self.mood(verb, Mood(), clause.depth + 1)

    def governed(self, clause: Clause, mood: Mood, *, to: bool = False) -> Mood:
        """Return the mood of a clause under the word on which it hangs, and what is above that.

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


# -- what a clause hangs on: each returns None where it does not apply ----------------------------


def coordinated(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Share the modality of the verb before "and".

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
    """Deny what somebody rules out.

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
    """Deny what somebody denies.

    Example: Kenya denied that it [attacked] Chad. -> denied
    """
    head = clause.head
    if clause.label not in climb.syntax.labels.clause or head.lemma_.lower() != "deny":
        return None
    return mood.denied_by("deny", not_so=climb.above(head, clause).negated)


def whether_to(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Leave open what somebody has not decided.

    Example: Kenya wondered whether to [attack] Chad. -> possible
    """
    if clause.label not in climb.syntax.labels.clause or not clause.infinite:
        return None
    open_ = any(c.lower_ == "whether" for c in clause.verb.children)
    return mood.under("possible", "whether") if open_ else None


def completing(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Hear the verb that an infinitive or gerund completes, by the rules `GOVERNING`.

    Example: Kenya refused to [invite] Chad. -> denied
    """
    if clause.label not in climb.syntax.labels.clause or not clause.infinite:
        return None
    to = any(c.tag_ == "TO" for c in clause.verb.children)
    return climb.governed(clause, mood, to=to)


def participle(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Leave a participle alone: what is done to a plan need not be planned.

    Example: The proposal [criticised] by Kenya failed. -> actual
    """
    adnominal = clause.label in climb.syntax.labels.adnominal
    return mood if adnominal and clause.infinite and clause.verb.tag_ == "VBN" else None


def spelling_out(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Hear the noun that an infinitive spells out, and what is done to that.

    Example: Kenya dropped its plan to [attack] Chad. -> planned
    """
    head, labels = clause.head, climb.syntax.labels
    if clause.label not in labels.adnominal or not clause.infinite or not clause.spelt:
        return None
    mood = saying(climb, clause, mood) or mood
    mood = mood.hear(heard(NOUNS, head.lemma_.lower()))
    if head.head.pos_ in _VERBS and head.dep_ in labels.object:
        return _had(climb, clause, mood)  # "has no plans to", "did not have the intention of"
    return mood.denied("no") if "no" in climb.syntax.determiners(head) else mood


def unadopted(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Hear that nobody adopted the paper that says so.

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
    """Return `mood` under the verb whose object the clause says more about."""
    noun = clause.head
    above = climb.above(noun.head, clause)
    mood = mood.under(above.modality, noun.lower_)
    return mood.denied(noun.head.lower_) if above.negated else mood


def saying(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Hear how sure of a finite clause somebody is, by the rules `BELIEFS`.

    Example: Uganda does not think that Kenya [attacked] Chad. -> denied
    """
    labels, marked = climb.syntax.labels, bool(clause.marks)
    finite = labels.clause | labels.adnominal | labels.relative if marked else labels.clause
    charge = marked and clause.verb.tag_ == "VBG" and clause.label in labels.adnominal
    told = clause.label in finite and not clause.infinite
    if clause.label != "csubj" and not charge and not told:
        return None
    mood = mood.under("possible", "whether") if "whether" in clause.marks else mood
    return beliefs.believed(climb.syntax, clause.head, mood)


# -- clauses that tell circumstances ---------------------------------------------------------------


def blamed(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Leave open of what somebody "is accused", by nobody who could be held to it.

    Example: Kenya was accused of [attacking] Chad. -> possible
    """
    head, syntax = clause.head, climb.syntax
    if clause.label not in syntax.labels.adverbial or clause.verb.tag_ != "VBG":
        return None
    if head.lemma_.lower() not in lexicon.BLAMING or not syntax.is_passive(head):
        return None
    return None if syntax.by_agent(head) else mood.under("possible", head.lower_)


def gerund(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Hear the verb on which a gerund hangs by a preposition, by the rules `GOVERNING`.

    Example: Kenya refrained from [attacking] Chad. -> denied
    """
    if clause.label not in climb.syntax.labels.adverbial or clause.verb.tag_ != "VBG":
        return None
    return climb.governed(clause, mood) if clause.marks & _BEFORE_GERUND else None


def directed(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Hear a request that the parse has as a purpose.

    Example: Kenya begged Uganda to [invite] Chad. -> proposed
    """
    if clause.label not in climb.syntax.labels.adverbial:
        return None
    return climb.governed(clause, mood) if climb.syntax.directed(clause.verb) else None


def timed(climb: Climb, clause: Clause, mood: Mood) -> Mood | None:
    """Share the modality of the act before or after which it comes, unless it came about.

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
    """Share the modality of what it is done for, and hear a call in between.

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
"""What a clause hangs on; the first that applies decides."""
