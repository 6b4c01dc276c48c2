"""Moods set by words that govern an infinitive, gerund or noun: "failed to", "plans to".

A test runs the examples: the act in brackets has the mood behind the arrow, and without the rule it
has another.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extract import lexicon
from kg.extract.claims.moods import DENIED, Turn, Words
from kg.extract.syntax.slots import Syntax
from kg.parsing.tokens import Token


def failing(syntax: Syntax, head: Token, to: bool) -> Turn | None:
    """Negate what somebody fails or refuses to do.

    Example: Kenya failed to [invite] Chad. -> denied
    """
    word = head.lemma_.lower()
    fails = word in lexicon.NEGATING or word in {"unable", "unwilling"}
    fails = fails or _retreating(syntax, head)
    return Turn(to=DENIED, word=word) if fails else None


def _retreating(syntax: Syntax, head: Token) -> bool:
    """Return whether a verb with "from" says that somebody does not act ("shied away from")."""
    below = (c for c in head.children if c.tag_ == "VBG" and c.i > head.i)
    if not any(m.lower_ == "from" and m.dep_ == "mark" for c in below for m in c.children):
        return False
    aside = {c.lower_ for c in head.children} & {"back", "away", "off"}
    return bool(aside) or head.lemma_.lower() in lexicon.RETREATING


def about(syntax: Syntax, head: Token, to: bool) -> Turn | None:
    """Set `planned` under "about to".

    Example: Kenya is about to [attack] Chad. -> planned
    """
    return Turn(to="planned", word="about to") if head.lemma_.lower() == "about" else None


def asking(syntax: Syntax, head: Token, to: bool) -> Turn | None:
    """Set `proposed` under verbs of wanting and asking.

    Example: Kenya wants to [invite] Chad. -> proposed
    """
    word = head.lemma_.lower()
    return Turn(to="proposed", word=word) if word in lexicon.PROPOSED else None


def preparing(syntax: Syntax, head: Token, to: bool) -> Turn | None:
    """Set `planned` under "prepare", but not under "is prepared to".

    Example: Kenya prepared to [attack] Chad. -> planned
    """
    prepares = head.lemma_.lower() == "prepare" and head.tag_ != "VBN"
    return Turn(to="planned", word="prepare") if prepares else None


def expected(syntax: Syntax, head: Token, to: bool) -> Turn | None:
    """Set `possible` under "expected to" and the like.

    Example: Kenya is expected to [invite] Chad. -> possible
    """
    words = {head.lemma_.lower(), head.lower_}
    open_ = not words.isdisjoint(lexicon.POSSIBLE) or head.lower_ == "poised"
    return Turn(to="possible", word=head.lower_) if open_ else None


def planning(syntax: Syntax, head: Token, to: bool) -> Turn | None:
    """Set `planned` under verbs of intention.

    Example: Kenya plans to [invite] Chad. -> planned
    """
    word = head.lemma_.lower()
    return Turn(to="planned", word=word) if word in lexicon.PLANNED else None


def light(syntax: Syntax, head: Token, to: bool) -> Turn | None:
    """Set the mood of "be to", "have to" and "going to" if they are parsed as main verbs.

    Example: Kenya is going to [invite] Chad. -> planned
    """
    if head.lemma_.lower() == "have" and any(c.lower_ == "yet" for c in head.children):
        return Turn(to=DENIED, word="yet to")
    return _LIGHT.get(head.lemma_.lower())


def moving(syntax: Syntax, head: Token, to: bool) -> Turn | None:
    """Set `proposed` under any other verb with an object and an infinitive.

    Who is challenged to come need not have come. Verbs of causing are left out: who is forced to
    come did come.

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
"""Rules for the word above an infinitive or gerund; the first that applies decides."""

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
"""Nouns that set the mood of an infinitive or noun that depends on them."""
