"""The mood of an act: how far from fact it is, whether it is denied, and the words that say so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, ParamSpec, TypeVar

DENIED = "denied"
"""What a word turns a mood to that is no modality: the opposite polarity."""

_RANK = {"actual": 0, "planned": 1, "possible": 2, "proposed": 3}
_Asked = ParamSpec("_Asked")
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one word does to a mood.

    Attributes:
        to: the modality it moves the mood to, or `DENIED`.
        word: the word, for explanations.
    """

    to: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A row of a table: words that all turn a mood in the same way.

    Attributes:
        to: the modality, or `DENIED`.
        words: the words.
        example: a sentence with one of them; the act whose mood it turns stands in brackets.
    """

    to: str
    words: frozenset[str]
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """Modality and polarity of an act, and the words that decided it, for explanations.

    `rules` names, for each word of `because`, the rule that heard it, and `turned` what it turned:
    modality or polarity.
    """

    modality: str = "actual"
    negated: bool = False
    because: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    turned: tuple[str, ...] = ()

    def by(self, rule: str) -> Mood:
        """Return this mood with `rule` as the name for the words that have none yet."""
        missing = len(self.because) - len(self.rules)
        return replace(self, rules=(*self.rules, *(rule,) * missing)) if missing else self

    def hear(self, turn: Turn | None) -> Mood:
        """Return this mood as a word turns it; None is a word that turns nothing."""
        if turn is None:
            return self
        return self.denied(turn.word) if turn.to == DENIED else self.under(turn.to, turn.word)

    def under(self, modality: str, word: str) -> Mood:
        """Return this mood moved to `modality` unless it is further from fact already."""
        if not modality or _RANK[modality] <= _RANK[self.modality]:
            return self
        return self._because(word, "modality", modality=modality)

    def denied(self, word: str) -> Mood:
        """Return this mood with the opposite polarity."""
        return self._because(word, "polarity", negated=not self.negated)

    def denied_by(self, verb: str, *, not_so: bool) -> Mood:
        """Return this mood under a verb that denies it, which `not_so` only leaves open."""
        return self.under("possible", verb) if not_so else self.denied(verb)

    def _because(self, word: str, turned: str, **changed: Any) -> Mood:
        because, all_turned = (*self.because, word), (*self.turned, turned)
        return replace(self, because=because, turned=all_turned, **changed)


def heard(rows: Iterable[Words], word: str) -> Turn | None:
    """Return what `word` does to a mood by the first row that has it."""
    return next((Turn(to=row.to, word=word) for row in rows if word in row.words), None)


def first(
    rules: Iterable[Callable[_Asked, _Found | None]],
    *asked: _Asked.args,
    **named: _Asked.kwargs,
) -> _Found | None:
    """Return what the first rule finds that applies; a rule that does not apply finds None."""
    for rule in rules:
        found = rule(*asked, **named)
        if found is not None:
            return found
    return None
