"""Which inputs moved a decision of the scorers most: what it would be without each of them.

An input is left out at a time and the decision scored again (occlusion; Zeiler & Fergus 2014), so
what is told is how this decision came about, not a story about it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from kg.extract.learned.deciding import Decider
from kg.extract.learned.inputs import COLUMNS, Pairs, Words
from kg.parsing.threads import one_thread
from kg.parsing.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An input, and how far it moved a probability; negative if it spoke against the decision."""

    name: str
    by: float


def _frame(words: Words, at: int) -> Words:
    return replace(words, ruled=_without(words.ruled, at))


def _cards(words: Words, at: int) -> Words:
    cards = words.cards.copy()
    cards[at] = 0
    return replace(words, cards=cards)


def _word(words: Words, at: int) -> Words:
    vectors = words.vectors.copy()
    vectors[at] = vectors.mean(0)
    return replace(words, vectors=vectors)


def _syntax(words: Words, at: int) -> Words:
    return replace(words, pos=_without(words.pos, at), dep=_without(words.dep, at))


def _without(column: np.ndarray, at: int) -> np.ndarray:
    changed = column.copy()
    changed[at] = 0
    return changed


INPUTS: Mapping[str, Callable[[Words, int], Words]] = MappingProxyType(
    {
        "the frame that matched": _frame,
        "the cards that list the word": _cards,
        "the word in its sentence": _word,
        "its part of speech and label": _syntax,
    }
)
"""The inputs of the scorer of relations, each with the function that leaves it out."""

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


def relation_moves(decider: Decider, trigger: Token, relation: str) -> list[Move]:
    """Return what moved the probability of a relation at a word, the largest move first."""
    scorers, words = decider.scorers, decider.inputs.words
    number = list(scorers.alphabet.relations).index(relation)
    was = float(decider.probabilities[trigger.i, number])
    moves = []
    with one_thread():
        for name, leave_out in INPUTS.items():
            changed = leave_out(words, trigger.i)
            states = scorers.states(changed)
            now = float(scorers.relations(states, changed)[trigger.i, number])
            moves.append(Move(name=name, by=was - now))
    return _largest(moves)


def role_moves(
    decider: Decider, trigger: Token, relation: str, role: str, head: Token
) -> list[Move]:
    """Return what moved the probability that a phrase fills a role, the largest move first.

    Args:
        decider: the scorers at work on the article.
        trigger: the word that tells the act.
        relation: its relation.
        role: `agent`, `target` or `about`.
        head: the head of the phrase.
    """
    number = list(decider.scorers.alphabet.relations).index(relation)
    pairs = decider.inputs.pairs(trigger)
    at = next((n for n, phrase in enumerate(pairs.phrases) if phrase is head), None)
    if at is None:
        return []
    was = _chance(decider, pairs, number, role, at)
    moves = []
    for name, columns in PHRASES.items():
        changed = pairs.columns.copy()
        changed[at, [COLUMNS.index(column) for column in columns]] = 0
        if (changed != pairs.columns).any():
            now = _chance(decider, replace(pairs, columns=changed), number, role, at)
            moves.append(Move(name=name, by=was - now))
    return _largest(moves)


def _chance(decider: Decider, pairs: Pairs, relation: int, role: str, at: int) -> float:
    return float(getattr(decider.fit(pairs, relation), role)[at])


def _largest(moves: Sequence[Move]) -> list[Move]:
    return sorted(moves, key=lambda move: -abs(move.by))
