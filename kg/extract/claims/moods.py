"""The mood of an act: its modality and polarity, and the words that set them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, ParamSpec, TypeVar

DENIED = "denied"
"""Value of `to` that stands for the opposite polarity instead of a modality."""

_RANK = {"actual": 0, "planned": 1, "possible": 2, "proposed": 3}
_Asked = ParamSpec("_Asked")
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The change that one word makes to a mood.

    Attributes:
        to: the new modality, or `DENIED`.
        word: the word, for explanations.
    """

    to: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A row of a table: words that change a mood in the same way.

    Attributes:
        to: the modality, or `DENIED`.
        words: the words.
        example: a sentence with one of them; the act whose mood it changes is in brackets.
    """

    to: str
    words: frozenset[str]
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """Modality and polarity of an act, and the words that set them, for explanations.

    `because` has the words; for each of them `rules` has the name of the rule that applied, and
    `turned` is "modality" or "polarity".
    """

    modality: str = "actual"
    negated: bool = False
    because: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    turned: tuple[str, ...] = ()

    def by(self, rule: str) -> Mood:
        """Return this mood with `rule` named for every word that has no rule yet."""
        missing = len(self.because) - len(self.rules)
        return replace(self, rules=(*self.rules, *(rule,) * missing)) if missing else self

    def hear(self, turn: Turn | None) -> Mood:
        """Return this mood as changed by `turn`; None changes nothing."""
        if turn is None:
            return self
        return self.denied(turn.word) if turn.to == DENIED else self.under(turn.to, turn.word)

    def under(self, modality: str, word: str) -> Mood:
        """Return this mood with `modality`, unless its own is as far from fact or farther.

        From fact outwards: actual, planned, possible, proposed.
        """
        if not modality or _RANK[modality] <= _RANK[self.modality]:
            return self
        return self._because(word, "modality", modality=modality)

    def denied(self, word: str) -> Mood:
        """Return this mood with the opposite polarity."""
        return self._because(word, "polarity", negated=not self.negated)

    def denied_by(self, verb: str, *, not_so: bool) -> Mood:
        """Return this mood under a verb of denial: negated, or `possible` if that verb is negated.

        Args:
            verb: the verb of denial.
            not_so: the verb is itself negated ("did not deny").
        """
        return self.under("possible", verb) if not_so else self.denied(verb)

    def _because(self, word: str, turned: str, **changed: Any) -> Mood:
        because, all_turned = (*self.because, word), (*self.turned, turned)
        return replace(self, because=because, turned=all_turned, **changed)


def heard(rows: Iterable[Words], word: str) -> Turn | None:
    """Return the change that the first row containing `word` makes, None if no row has it."""
    return next((Turn(to=row.to, word=word) for row in rows if word in row.words), None)


def first(
    rules: Iterable[Callable[_Asked, _Found | None]],
    *asked: _Asked.args,
    **named: _Asked.kwargs,
) -> _Found | None:
    """Return the first result that is not None; None if no rule applies."""
    for rule in rules:
        found = rule(*asked, **named)
        if found is not None:
            return found
    return None
