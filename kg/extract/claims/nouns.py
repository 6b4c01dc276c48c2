"""The mood of acts that nouns tell: "a planned visit", "cancelled the talks".

Examples are run by a test: with its rule the act in brackets has the mood behind the arrow, without
it another.
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

# Verbs that say of an event only that it takes place; their mood is the event's.
_OCCUR = lexicon.words(
    "hold take begin start open continue resume happen occur follow proceed conclude end "
    "attend host convene schedule plan arrange expect set facilitate broker mediate organise "
    "organize chair join call"
)
# What is opposed or ruled out need not take place ("opposes a visit"; but "condemns an attack").
_AGAINST = lexicon.words("oppose opposed reject resist object veto forbid prohibit")
_WORDS = lexicon.words("accusation allegation claim criticism threat warning argument denial")
_SPOKEN = lexicon.PROPOSED_NOUNS | _WORDS
_REFUSING = frozenset({"reject", "refuse"})
_DROPPING = lexicon.words("cancel reject refuse avoid prevent abandon skip")
_GIVING_UP = frozenset({"cancel", "skip", "abandon"})
_WANTING = lexicon.PROPOSED - {"need", "let", "allow", "help", "force"}
_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act told by a noun.

    Attributes:
        noun: the noun.
        owned: it is told as somebody's, and so as a fact ("their demands").
    """

    noun: Token
    owned: bool

    @property
    def verb(self) -> Token:
        """Return the word on which the noun hangs."""
        return self.noun.head

    @property
    def lemma(self) -> str:
        """Return the lemma of the word on which the noun hangs."""
        return self.noun.head.lemma_.lower()

    def undergoes(self, syntax: Syntax) -> bool:
        """Return whether the verb is done to the noun."""
        return self.noun.dep_ in syntax.labels.object | syntax.labels.passive_subject


def presupposed(syntax: Syntax, noun: Token) -> bool:
    """Return whether a noun names an act as somebody's, and so as a fact ("their demands")."""
    named = (m for m in syntax.modifiers(noun) if m.text[:1].isupper())
    return bool(syntax.possessors(noun)) or any(named)


def told(climb: Climb, act: Act, mood: Mood, *, alone: bool) -> Mood:
    """Return `mood` as the words around a noun turn it.

    Args:
        climb: what climbs to the verbs above.
        act: the act.
        mood: its mood so far.
        alone: no support verb tells it, so that the verb above it is asked.
    """
    for child in act.noun.children:
        mood = mood.hear(heard(ADJECTIVES, child.lower_) or none(child))
    if not alone:
        return mood
    mood = mood.hear(opposed(climb.syntax, act))
    return first(ACTS, climb, act, mood) or mood


def none(child: Token) -> Turn | None:
    """Return what the determiner "no" says: that there was no such act."""
    return Turn(to=DENIED, word="no") if child.lower_ == "no" and child.dep_ == "det" else None


def opposed(syntax: Syntax, act: Act) -> Turn | None:
    """Return the word by which an act is opposed or ruled out; words rejected were still said."""
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


# -- what a noun hangs on: each returns None where it does not apply -------------------------------


def owned(climb: Climb, act: Act, mood: Mood) -> Mood | None:
    """Take somebody's act as a fact, unless he gives it up.

    Example: Kenya avoided their [demands]. -> actual
    """
    if not act.owned:
        return None
    dropped = act.lemma in _GIVING_UP and act.noun.dep_ in climb.syntax.labels.object
    return mood.denied(act.verb.lower_) if dropped else mood


def part_of_noun(climb: Climb, act: Act, mood: Mood) -> Mood | None:
    """Hear the noun that it says more about, by the rows `NOUNS`.

    Example: The plan for a [visit] to Chad surprised Kenya. -> planned
    """
    apart = act.noun.dep_ == "conj" or act.noun.dep_ in climb.syntax.labels.possessive
    if apart or act.verb.pos_ not in _NOUNS:
        return None
    return mood.hear(heard(NOUNS, act.lemma))


def without_verb(climb: Climb, act: Act, mood: Mood) -> Mood | None:
    """Leave alone what hangs on no verb.

    Example: The [talks] between Kenya and Chad were not open to reporters. -> actual
    """
    return mood if act.verb.pos_ not in _VERBS else None


def words_rejected(climb: Climb, act: Act, mood: Mood) -> Mood | None:
    """Take words that are rejected as said.

    Example: Kenya rejected the [demand] by Chad. -> actual
    """
    said = act.noun.lemma_.lower() in _SPOKEN and act.lemma in _REFUSING
    return mood if said and act.undergoes(climb.syntax) else None


def dropped(climb: Climb, act: Act, mood: Mood) -> Mood | None:
    """Deny what is cancelled or prevented.

    Example: Kenya cancelled the [talks] with Chad. -> denied
    """
    drops = act.lemma in _DROPPING and act.undergoes(climb.syntax)
    return mood.denied(act.lemma) if drops else None


def occurring(climb: Climb, act: Act, mood: Mood) -> Mood | None:
    """Share the mood of a verb that says only that it takes place.

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
    """Hear a verb by which somebody plans it or asks for it, by the rows `VERBS`.

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
"""What a noun hangs on; the first that applies decides."""

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
"""Adjectives of a noun that tells an act."""

VERBS = (
    Words(to="planned", words=lexicon.PLANNED, example="Kenya promised [talks] with Chad."),
    Words(to="proposed", words=_WANTING, example="Kenya demanded [talks] with Chad."),
)
"""Verbs whose object tells an act."""
