"""Moods of acts named by nouns: "a planned visit", "cancelled the talks".

A test runs the examples: the act in brackets has the mood behind the arrow, and without the rule it
has another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.extract import lexicon
from kg.extract.claims.climbing import Climb
from kg.extract.claims.governors import NOUNS
from kg.extract.claims.moods import DENIED, Mood, Turn, Words, first, heard
from kg.extract.syntax.slots import Syntax
from kg.parsing.tokens import Token

# Verbs that only say that an event takes place; the event has the mood of the verb.
_OCCUR = lexicon.words(
    "hold take begin start open continue resume happen occur follow proceed conclude end "
    "attend host convene schedule plan arrange expect set facilitate broker mediate organise "
    "organize chair join call come materialise materialize"
)
# An act that is opposed or ruled out need not happen ("opposes a visit"; but "condemns an attack").
_AGAINST = lexicon.words("oppose opposed reject resist object veto forbid prohibit")
_WORDS = lexicon.words("accusation allegation claim criticism threat warning argument denial")
_SPOKEN = lexicon.PROPOSED_NOUNS | _WORDS
_REFUSING = frozenset({"reject", "refuse"})
_THWARTING = lexicon.words("avert foil thwart forestall abort preempt pre-empt scupper")
_DROPPING = lexicon.words("cancel reject refuse avoid prevent abandon skip") | _THWARTING
_COMING = lexicon.words("happen occur come materialise materialize take")
_GIVING_UP = frozenset({"cancel", "skip", "abandon"})
_WANTING = lexicon.PROPOSED - {"need", "let", "allow", "help", "force"}
_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act named by a noun.

    Attributes:
        noun: the noun.
        owned: it has a possessor, so the text presupposes that it happened ("their demands").
    """

    noun: Token
    owned: bool

    @property
    def verb(self) -> Token:
        """Return the head of the noun, often a verb."""
        return self.noun.head

    @property
    def lemma(self) -> str:
        """Return the lemma of the head of the noun."""
        return self.noun.head.lemma_.lower()

    def undergoes(self, syntax: Syntax) -> bool:
        """Return whether the noun is the object of the verb, or its subject in a passive."""
        return self.noun.dep_ in syntax.labels.object | syntax.labels.passive_subject


def presupposed(syntax: Syntax, noun: Token) -> bool:
    """Return whether the text presupposes an act because it names whose it is ("their demands")."""
    named = (m for m in syntax.modifiers(noun) if m.text[:1].isupper())
    return bool(syntax.possessors(noun)) or any(named)


def told(climb: Climb, act: Act, mood: Mood, *, alone: bool) -> Mood:
    """Return `mood` as changed by the words around a noun.

    Args:
        climb: computes the moods of the verbs above.
        act: the act.
        mood: its mood so far.
        alone: it has no support verb, so the verb above it is read too.
    """
    for child in act.noun.children:
        mood = mood.hear(heard(ADJECTIVES, child.lower_) or none(child))
    if not alone:
        return mood
    mood = mood.hear(opposed(climb.syntax, act))
    return first(ACTS, climb, act, mood) or mood


def none(child: Token) -> Turn | None:
    """Return a change to the opposite polarity if `child` is the determiner "no"."""
    return Turn(to=DENIED, word="no") if child.lower_ == "no" and child.dep_ == "det" else None


def opposed(syntax: Syntax, act: Act) -> Turn | None:
    """Return a change to `proposed` if an act is opposed or ruled out.

    Speech acts are left out: a demand that is rejected was still made.
    """
    noun, verb, labels = act.noun, act.verb, syntax.labels
    if noun.lemma_.lower() in _SPOKEN | lexicon.DOCUMENTS:
        return None
    if noun.dep_ not in labels.object | labels.passive_subject | labels.oblique:
        return None
    if act.lemma == "rule":
        against = "out" in syntax.particles(verb)
    else:
        against = not _AGAINST.isdisjoint({act.lemma, verb.lower_}) and verb.pos_ in {"VERB", "ADJ"}
    return Turn(to="proposed", word=verb.lower_) if against else None


# -- rules for the head of a noun: each returns None if it does not apply -------------------------


def owned(climb: Climb, act: Act, mood: Mood) -> Mood | None:
    """Keep the mood of an act with a possessor, unless it is cancelled.

    Example: Kenya avoided their [demands]. -> actual
    """
    if not act.owned:
        return None
    dropped = act.lemma in _GIVING_UP and act.noun.dep_ in climb.syntax.labels.object
    if act.lemma in _COMING and act.noun.dep_ in climb.syntax.labels.subject:
        return mood.denied(act.lemma) if climb.mood(act.verb, Mood()).negated else mood
    dropped = dropped or (act.lemma in _THWARTING and act.undergoes(climb.syntax))
    return mood.denied(act.verb.lower_) if dropped else mood


def part_of_noun(climb: Climb, act: Act, mood: Mood) -> Mood | None:
    """Apply the rows `NOUNS` to the noun that it depends on.

    Example: The plan for a [visit] to Chad surprised Kenya. -> planned
    """
    apart = act.noun.dep_ == "conj" or act.noun.dep_ in climb.syntax.labels.possessive
    if apart or act.verb.pos_ not in _NOUNS:
        return None
    return mood.hear(heard(NOUNS, act.lemma))


def without_verb(climb: Climb, act: Act, mood: Mood) -> Mood | None:
    """Keep the mood of a noun that depends on no verb.

    Example: The [talks] between Kenya and Chad were not open to reporters. -> actual
    """
    return mood if act.verb.pos_ not in _VERBS else None


def words_rejected(climb: Climb, act: Act, mood: Mood) -> Mood | None:
    """Keep the mood of a speech act that is rejected: it was still made.

    Example: Kenya rejected the [demand] by Chad. -> actual
    """
    said = act.noun.lemma_.lower() in _SPOKEN and act.lemma in _REFUSING
    return mood if said and act.undergoes(climb.syntax) else None


def dropped(climb: Climb, act: Act, mood: Mood) -> Mood | None:
    """Negate what is cancelled or prevented.

    Example: Kenya cancelled the [talks] with Chad. -> denied
    """
    drops = act.lemma in _DROPPING and act.undergoes(climb.syntax)
    return mood.denied(act.lemma) if drops else None


def occurring(climb: Climb, act: Act, mood: Mood) -> Mood | None:
    """Take over the mood of a verb of taking place ("be held", "begin").

    Example: The [talks] between Kenya and Chad will be held in Oslo. -> planned
    """
    taking = act.undergoes(climb.syntax) or act.noun.dep_ in climb.syntax.labels.subject
    if act.lemma not in _OCCUR or not taking:
        return None
    mood = wanted(climb, act, mood) or mood
    above = climb.mood(act.verb, Mood())
    mood = mood.under(above.modality, act.lemma)
    heard_already = "no" in climb.syntax.determiners(act.noun)
    return mood.denied(act.lemma) if above.negated and not heard_already else mood


def wanted(climb: Climb, act: Act, mood: Mood) -> Mood | None:
    """Apply the rows `VERBS` to the verb of which it is the object.

    Example: Kenya demanded [talks] with Chad. -> proposed
    """
    return mood.hear(heard(VERBS, act.lemma)) if act.undergoes(climb.syntax) else None


Tells = Callable[[Climb, Act, Mood], Mood | None]
ACTS: tuple[Tells, ...] = (
    owned,
    part_of_noun,
    without_verb,
    words_rejected,
    dropped,
    occurring,
    wanted,
)
"""Rules for the head of a noun; the first that applies decides."""

ADJECTIVES = (
    Words(
        to="proposed",
        words=lexicon.PROPOSED_ADJECTIVES,
        example="The proposed [talks] between Kenya and Chad worried Uganda.",
    ),
    Words(
        to="planned",
        words=lexicon.PLANNED_ADJECTIVES,
        example="The planned [talks] between Kenya and Chad worried Uganda.",
    ),
    Words(
        to="possible",
        words=lexicon.POSSIBLE_ADJECTIVES,
        example="The possible [talks] between Kenya and Chad worried Uganda.",
    ),
)
"""Adjectives that set the mood of the noun that they modify."""

VERBS = (
    Words(to="planned", words=lexicon.PLANNED, example="Kenya promised [talks] with Chad."),
    Words(to="proposed", words=_WANTING, example="Kenya demanded [talks] with Chad."),
)
"""Verbs that set the mood of a noun that is their object."""
