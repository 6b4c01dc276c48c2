"""Words that govern an infinitive, a gerund or a noun, and what they say of its mood.

Examples are run by a test: with its rule the act in brackets has the mood behind the arrow, without
it another.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extract import lexicon
from kg.extract.claims.moods import DENIED, Turn, Words
from kg.extract.syntax.slots import Syntax
from kg.parsing.tokens import Token


def failing(syntax: Syntax, head: Token, to: bool) -> Turn | None:
    """Deny what fails to come about.

    Example: Kenya failed to [invite] Chad. -> denied
    """
    word = head.lemma_.lower()
    fails = word in lexicon.NEGATING or word in {"unable", "unwilling"}
    return Turn(to=DENIED, word=word) if fails else None


def about(syntax: Syntax, head: Token, to: bool) -> Turn | None:
    """Hear that it is imminent.

    Example: Kenya is about to [attack] Chad. -> planned
    """
    return Turn(to="planned", word="about to") if head.lemma_.lower() == "about" else None


def asking(syntax: Syntax, head: Token, to: bool) -> Turn | None:
    """Hear that somebody asks for it.

    Example: Kenya wants to [invite] Chad. -> proposed
    """
    word = head.lemma_.lower()
    return Turn(to="proposed", word=word) if word in lexicon.PROPOSED else None


def preparing(syntax: Syntax, head: Token, to: bool) -> Turn | None:
    """Hear preparations, but for "is prepared to".

    Example: Kenya prepared to [attack] Chad. -> planned
    """
    prepares = head.lemma_.lower() == "prepare" and head.tag_ != "VBN"
    return Turn(to="planned", word="prepare") if prepares else None


def expected(syntax: Syntax, head: Token, to: bool) -> Turn | None:
    """Hear that it may be.

    Example: Kenya is expected to [invite] Chad. -> possible
    """
    words = {head.lemma_.lower(), head.lower_}
    open_ = not words.isdisjoint(lexicon.POSSIBLE) or head.lower_ == "poised"
    return Turn(to="possible", word=head.lower_) if open_ else None


def planning(syntax: Syntax, head: Token, to: bool) -> Turn | None:
    """Hear that somebody means to.

    Example: Kenya plans to [invite] Chad. -> planned
    """
    word = head.lemma_.lower()
    return Turn(to="planned", word=word) if word in lexicon.PLANNED else None


def light(syntax: Syntax, head: Token, to: bool) -> Turn | None:
    """Hear "be to", "have to" and "going to" where the parse has a verb and its complement.

    Example: Kenya is going to [invite] Chad. -> planned
    """
    return _LIGHT.get(head.lemma_.lower())


def moving(syntax: Syntax, head: Token, to: bool) -> Turn | None:
    """Hear a verb, of whatever sense, that is done to somebody who should act by it.

    Who is challenged to come need not have. Verbs of causing say that it came about.

    Example: Uganda incited Kenya to [attack] Chad. -> proposed
    """
    word = head.lemma_.lower()
    if not to or head.pos_ != "VERB" or word in lexicon.CAUSING:
        return None
    done = syntax.children(head, syntax.labels.object)
    return Turn(to="proposed", word=word) if done else None


Governs = Callable[[Syntax, Token, bool], Turn | None]
GOVERNING: tuple[Governs, ...] = (
    failing,
    about,
    asking,
    preparing,
    expected,
    planning,
    light,
    moving,
)
"""What the word says that governs an infinitive or gerund; the first that applies decides."""

_LIGHT = {
    "be": Turn(to="planned", word="be to"),
    "have": Turn(to="proposed", word="have to"),
    "go": Turn(to="planned", word="going to"),
}

NOUNS = (
    Words(
        to="planned",
        words=lexicon.PLANNED_NOUNS,
        example="Kenya announced its decision to [invite] Chad.",
    ),
    Words(
        to="proposed",
        words=lexicon.PROPOSED_NOUNS,
        example="Kenya heard the call to [invite] Chad.",
    ),
    Words(
        to="possible",
        words=lexicon.POSSIBLE_NOUNS,
        example="Kenya had the chance to [invite] Chad.",
    ),
    Words(
        to=DENIED,
        words=frozenset({"refusal", "failure"}),
        example="Uganda criticised the failure to [invite] Chad.",
    ),
)
"""Nouns that an infinitive, or another noun, says more about."""
