"""Moods set by predicates of belief above a clause: "does not think that", "it is false that".

A test runs the examples: the act in brackets has the mood behind the arrow, and without the rule it
has another.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extract import lexicon
from kg.extract.claims.clauses import own
from kg.extract.claims.moods import Mood, first
from kg.extract.syntax.slots import Syntax
from kg.parsing.tokens import Token


def believed(syntax: Syntax, head: Token, mood: Mood) -> Mood:
    """Return `mood` as changed by the word `head` above the clause."""
    return first(BELIEFS, syntax, head, mood) or mood


def _denies(syntax: Syntax, word: Token) -> bool:
    """Return whether a verb is negated in its own clause."""
    return own(syntax, word, Mood()).negated


def claimed(syntax: Syntax, head: Token, mood: Mood) -> Mood | None:
    """Negate the content of a claim that is denied or called false.

    Example: Kenya rejected claims that it [attacked] Chad. -> denied
    """
    if head.lemma_.lower() not in lexicon.CLAIMS:
        return None
    labels, verb, above = syntax.labels, head.head, head.head.lemma_.lower()
    if head.dep_ in labels.subject and above in lexicon.MISTAKEN:
        return mood.denied(above)  # "reports that Peru left were false"
    made_up = above == "make" and "up" in syntax.particles(verb)
    if head.dep_ in labels.passive_subject and (made_up or above in lexicon.INVENTING):
        return mood.denied_by(above, not_so=_denies(syntax, verb))
    told = head.dep_ in labels.object | labels.passive_subject and above in lexicon.DENYING
    return mood.denied_by(above, not_so=_denies(syntax, verb)) if told else mood


def doubted(syntax: Syntax, head: Token, mood: Mood) -> Mood | None:
    """Set `possible` under "doubt"; "no doubt" changes nothing.

    Example: Uganda doubts that Kenya [attacked] Chad. -> possible
    """
    word = head.lemma_.lower()
    if word != "doubt":
        return None
    return mood if _none(syntax, head) else mood.under("possible", word)


def signalled(syntax: Syntax, head: Token, mood: Mood) -> Mood | None:
    """Set `possible` under "no evidence", "no sign" and the like.

    Example: There is no evidence that Kenya [attacked] Chad. -> possible
    """
    word = head.lemma_.lower()
    if word not in lexicon.SIGNS:
        return None
    return mood.under("possible", word) if _none(syntax, head) else mood


def _none(syntax: Syntax, head: Token) -> bool:
    return "no" in syntax.determiners(head) or _denies(syntax, head)


def false(syntax: Syntax, head: Token, mood: Mood) -> Mood | None:
    """Negate what is called false.

    Example: It is false that Kenya [attacked] Chad. -> denied
    """
    word = head.lemma_.lower()
    return mood.denied(word) if word in lexicon.FALSE else None


def unsure(syntax: Syntax, head: Token, mood: Mood) -> Mood | None:
    """Set `possible` under "unclear" and the like.

    Example: It is unclear that Kenya [attacked] Chad. -> possible
    """
    word = head.lemma_.lower()
    return mood.under("possible", word) if word in lexicon.UNSURE else None


def needful(syntax: Syntax, head: Token, mood: Mood) -> Mood | None:
    """Set `proposed` under "important" and the like.

    Example: It is important that Kenya [invites] Chad. -> proposed
    """
    word = head.lemma_.lower()
    return mood.under("proposed", word) if word in lexicon.NEEDFUL else None


def not_sure(syntax: Syntax, head: Token, mood: Mood) -> Mood | None:
    """Set `possible` under "not certain" and the like.

    Example: Uganda is not certain that Kenya [attacked] Chad. -> possible
    """
    word = head.lemma_.lower()
    open_ = word in lexicon.SURE and _denies(syntax, head)
    return mood.under("possible", word) if open_ else None


def not_thought(syntax: Syntax, head: Token, mood: Mood) -> Mood | None:
    """Negate the content of "does not believe" and the like.

    Example: Uganda does not believe that Kenya [attacked] Chad. -> denied
    """
    word = head.lemma_.lower()
    if word in lexicon.SURE or word not in lexicon.THINKING:
        return None
    return mood.denied(word) if _denies(syntax, head) else None


Believes = Callable[[Syntax, Token, Mood], Mood | None]
BELIEFS: tuple[Believes, ...] = (
    claimed,
    doubted,
    signalled,
    false,
    unsure,
    needful,
    not_sure,
    not_thought,
)
"""Rules for the word above a clause; the first that applies decides."""
