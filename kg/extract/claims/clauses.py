"""Moods set inside the clause of a verb: by auxiliaries, conditions, adverbs and negation.

A test runs the examples: the act in brackets has the mood behind the arrow, and without the rule it
has another.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.claims.moods import Mood, Turn, Words, first, heard
from kg.extract.claims.polarity import denying, is_yet_to
from kg.extract.syntax.slots import Syntax
from kg.parsing.tokens import Token

_CONDITIONS = frozenset({"if", "unless", "provided", "lest", "whether"})
_HEDGES = frozenset({"likely", "probably", "possibly", "perhaps"})
_WOULD = frozenset({"would", "'d"})
_BEGINNING = frozenset({"had", "were", "should"})
_LIGHT = frozenset({"PUNCT", "CCONJ"})


def own(syntax: Syntax, verb: Token, mood: Mood) -> Mood:
    """Return `mood` as changed by words in the clause of `verb`; words above it are not read."""
    for auxiliary in syntax.auxiliaries(verb):
        mood = mood.hear(first(AUXILIARIES, syntax, verb, auxiliary))
    for child in verb.children:
        mood = mood.hear(first(AROUND, syntax, verb, child))
    for word in denying(syntax, verb):
        mood = mood.denied(word)
    return mood


def foretells(syntax: Syntax, verb: Token) -> bool:
    """Return whether a verb is future in the past ("would stay until Peru left")."""
    return any(a.lower_ in _WOULD for a in syntax.auxiliaries(verb))


# -- auxiliaries -----------------------------------------------------------------------------------


def inverted(syntax: Syntax, verb: Token, auxiliary: Token) -> Turn | None:
    """Set `possible` if the auxiliary precedes the subject: a condition or a question.

    Example: Had Kenya [attacked] Chad, Uganda would have protested. -> possible
    """
    asked = any(c.lower_ == "?" for c in verb.children)
    if auxiliary.lower_ not in _BEGINNING and not asked:
        return None
    subject = syntax.children(verb, syntax.labels.subject | syntax.labels.passive_subject)
    around = (*verb.children, *auxiliary.children)
    begins = all(c.i >= auxiliary.i for c in around if c.pos_ not in _LIGHT)
    behind = begins and bool(subject) and auxiliary.i < subject[0].i
    return Turn(to="possible", word=auxiliary.lower_) if behind else None


def modal(syntax: Syntax, verb: Token, auxiliary: Token) -> Turn | None:
    """Apply the rows of `MODALS`.

    Example: Kenya will [attack] Chad. -> planned
    """
    return heard(MODALS, auxiliary.lower_)


def would(syntax: Syntax, verb: Token, auxiliary: Token) -> Turn | None:
    """Set `planned` for "would" in a clause under a verb ("said it would"), else `possible`.

    Example: Kenya would [attack] Chad. -> possible
    """
    if auxiliary.lower_ not in _WOULD:
        return None
    # "It was reported that ..." has the clause for a subject.
    depends = verb.dep_ in syntax.labels.clause | {"conj", "parataxis", "csubj", "csubj:pass"}
    reported = depends and verb.head.pos_ == "VERB"
    return Turn(to="planned" if reported else "possible", word=auxiliary.lower_)


def followed_by_to(syntax: Syntax, verb: Token, auxiliary: Token) -> Turn | None:
    """Set `planned` for "is to" and `proposed` for "has to".

    Example: Kenya is to [visit] Chad next week. -> planned
    """
    lemma = auxiliary.lemma_.lower()
    if lemma not in {"be", "have"} or verb.tag_ not in {"VB", "VBN"}:
        return None
    to = next((c for c in verb.children if c.tag_ == "TO" and c.i < verb.i), None)
    if to is None or auxiliary.i > to.i or is_yet_to(verb):
        return None
    return Turn(to="planned" if lemma == "be" else "proposed", word=f"{auxiliary.lower_} to")


# -- other words of the clause ---------------------------------------------------------------------


def condition(syntax: Syntax, verb: Token, child: Token) -> Turn | None:
    """Set `possible` under "if" and the like.

    Example: Uganda will protest if Kenya [attacks] Chad. -> possible
    """
    holds = child.lower_ == "whether" or (child.dep_ == "mark" and child.lower_ in _CONDITIONS)
    return Turn(to="possible", word=child.lower_) if holds else None


def due(syntax: Syntax, verb: Token, child: Token) -> Turn | None:
    """Set `planned` for "is due to" where the parser makes "due" an adverb.

    Example: Kenya is due to [visit] Chad. -> planned
    """
    holds = child.lower_ == "due" and verb.tag_ == "VB"
    return Turn(to="planned", word=child.lower_) if holds else None


def hedge(syntax: Syntax, verb: Token, child: Token) -> Turn | None:
    """Set `possible` beside an adverb of doubt.

    Example: Kenya probably [attacked] Chad. -> possible
    """
    return Turn(to="possible", word=child.lower_) if child.lower_ in _HEDGES else None


Hears = Callable[[Syntax, Token, Token], Turn | None]
AUXILIARIES: tuple[Hears, ...] = (inverted, modal, would, followed_by_to)
"""Rules for an auxiliary of the verb; the first that applies decides."""

AROUND: tuple[Hears, ...] = (condition, due, hedge)
"""Rules for any other child of the verb; the first that applies decides."""

MODALS = (
    Words(
        to="planned",
        words=frozenset({"will", "shall", "'ll", "wo", "gonna"}),
        example="Kenya will [attack] Chad.",
    ),
    Words(
        to="possible",
        words=frozenset({"may", "might", "could", "can", "ca"}),
        example="Kenya may [attack] Chad.",
    ),
    Words(
        to="proposed",
        words=frozenset({"should", "must", "ought"}),
        example="Kenya must [invite] Chad.",
    ),
)
"""Auxiliaries that set the same mood in every clause."""
