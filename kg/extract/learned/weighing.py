"""Which inputs moved a decision of the scorers most: what it would be without each of them.

An input is left out at a time and the decision scored again (occlusion; Zeiler & Fergus 2014), so
what is told is how this decision came about, not a story about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from kg.extract.learned.completing import Completer
from kg.extract.learned.inputs import COLUMNS, Pairs
from kg.parsing.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An input, and how far it moved a probability; negative if it spoke against the decision."""

    name: str
    by: float


PHRASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "the path in the parse": ("path", "up", "down"),
        "the role that the frame gave": ("ruled",),
        "the class of the phrase": ("kind", "known"),
        "the pronoun": ("pronoun",),
        "the distance": ("distance",),
        "the quotation": ("quoted",),
    }
)
"""The inputs of the scorer of roles, each with its columns."""


def role_moves(
    completer: Completer, trigger: Token, relation: str, role: str, head: Token
) -> list[Move]:
    """Return what moved the probability that a phrase fills a role, the largest move first.

    Args:
        completer: the scorers at work on the article.
        trigger: the word that tells the act.
        relation: its relation.
        role: `agent`, `target` or `about`.
        head: the head of the phrase.
    """
    pairs = completer.inputs.pairs(trigger)
    at = next((n for n, phrase in enumerate(pairs.phrases) if phrase is head), None)
    if at is None:
        return []
    was = _chance(completer, pairs, relation, role, at)
    moves = []
    for name, columns in PHRASES.items():
        changed = pairs.columns.copy()
        changed[at, [COLUMNS.index(column) for column in columns]] = 0
        if (changed != pairs.columns).any():
            now = _chance(completer, replace(pairs, columns=changed), relation, role, at)
            moves.append(Move(name=name, by=was - now))
    return sorted(moves, key=lambda move: -abs(move.by))


def _chance(completer: Completer, pairs: Pairs, relation: str, role: str, at: int) -> float:
    return float(getattr(completer.fit(pairs, relation), role)[at])
