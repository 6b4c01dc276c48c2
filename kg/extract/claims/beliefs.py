"""How sure of a clause, or how much for it, somebody is: "does not think that", "it is false that".

Examples are run by a test: with its rule the act in brackets has the mood behind the arrow, without
it another.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extract import lexicon
from kg.extract.claims.clauses import own
from kg.extract.claims.moods import Mood, first
from kg.extract.syntax.slots import Syntax
from kg.parsing.tokens import Token


def believed(syntax: Syntax, head: Token, mood: Mood) -> Mood:
    """Return the mood of a clause as the word that it completes moves it."""
    return first(BELIEFS, syntax, head, mood) or mood


def _denies(syntax: Syntax, word: Token) -> bool:
    """Return whether the clause of a verb denies it."""
    return own(syntax, word, Mood()).negated


def claimed(syntax: Syntax, head: Token, mood: Mood) -> Mood | None:
    """Deny what a claim says that somebody denies, or that is false.

    Example: Kenya rejected claims that it [attacked] Chad. -> denied
    """
    if head.lemma_.lower() not in lexicon.CLAIMS:
        return None
    labels, verb, above = syntax.labels, head.head, head.head.lemma_.lower()
    if head.dep_ in labels.subject and above in lexicon.FALSE:
        return mood.denied(above)  # "reports that Peru left were false"
    told = head.dep_ in labels.object | labels.passive_subject and above in lexicon.DENYING
    return mood.denied_by(above, not_so=_denies(syntax, verb)) if told else mood


def doubted(syntax: Syntax, head: Token, mood: Mood) -> Mood | None:
    """Leave open what somebody doubts.

    Example: Uganda doubts that Kenya [attacked] Chad. -> possible
    """
    word = head.lemma_.lower()
    if word != "doubt":
        return None
    return mood if _none(syntax, head) else mood.under("possible", word)


def signalled(syntax: Syntax, head: Token, mood: Mood) -> Mood | None:
    """Leave open what there is no sign of.

    Example: There is no evidence that Kenya [attacked] Chad. -> possible
    """
    word = head.lemma_.lower()
    if word not in lexicon.SIGNS:
        return None
    return mood.under("possible", word) if _none(syntax, head) else mood


def _none(syntax: Syntax, head: Token) -> bool:
    return "no" in syntax.determiners(head) or _denies(syntax, head)


def false(syntax: Syntax, head: Token, mood: Mood) -> Mood | None:
    """Deny what is said to be false.

    Example: It is false that Kenya [attacked] Chad. -> denied
    """
    word = head.lemma_.lower()
    return mood.denied(word) if word in lexicon.FALSE else None


def unsure(syntax: Syntax, head: Token, mood: Mood) -> Mood | None:
    """Leave open what is said to be open.

    Example: It is unclear that Kenya [attacked] Chad. -> possible
    """
    word = head.lemma_.lower()
    return mood.under("possible", word) if word in lexicon.UNSURE else None


def needful(syntax: Syntax, head: Token, mood: Mood) -> Mood | None:
    """Take as asked for what is said to be important.

    Example: It is important that Kenya [invites] Chad. -> proposed
    """
    word = head.lemma_.lower()
    return mood.under("proposed", word) if word in lexicon.NEEDFUL else None


def not_sure(syntax: Syntax, head: Token, mood: Mood) -> Mood | None:
    """Leave open what somebody is not sure of.

    Example: Uganda is not certain that Kenya [attacked] Chad. -> possible
    """
    word = head.lemma_.lower()
    open_ = word in lexicon.SURE and _denies(syntax, head)
    return mood.under("possible", word) if open_ else None


def not_thought(syntax: Syntax, head: Token, mood: Mood) -> Mood | None:
    """Deny what somebody does not think.

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
"""How the word that a clause completes moves it; the first that applies decides."""
