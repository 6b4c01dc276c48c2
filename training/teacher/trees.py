"""Maximum spanning trees over a sentence (Chu and Liu 1965; Edmonds 1967), with one root."""

from __future__ import annotations

from typing import Any

import numpy as np

Scores = np.ndarray[Any, Any]
NEVER = -1e9
FEW, ROOTS = 8, 3


def spanning_tree(scores: Scores) -> Scores:
    """Return the head of each word in the best tree with exactly one root.

    In sentences of more than eight words only the three likeliest roots are tried.

    `scores` has shape (words, words + 1): column 0 is the root, column i + 1 word i. Heads are
    columns.
    """
    size = len(scores)
    square = np.full((size + 1, size + 1), NEVER)
    square[1:] = scores
    np.fill_diagonal(square, NEVER)
    heads = square.argmax(1)
    heads[0] = 0
    if (heads[1:] == 0).sum() == 1 and not _cycle(heads):
        return heads[1:]
    best, total = heads, -np.inf
    for root in np.argsort(-square[1:, 0])[: size if size <= FEW else ROOTS] + 1:
        part = square.copy()
        part[1:, 0] = NEVER
        part[root, 0] = square[root, 0]
        part[root, 1:] = NEVER
        found = _edmonds(part)
        value = part[np.arange(1, size + 1), found[1:]].sum()
        if value > total:
            best, total = found, value
    return best[1:]


def _cycle(heads: Scores) -> list[int]:
    """Return the members of one cycle, or nothing."""
    done = np.zeros(len(heads), dtype=bool)
    done[0] = True
    for start in range(1, len(heads)):
        path = []
        at = start
        while not done[at]:
            done[at] = True
            path.append(at)
            at = int(heads[at])
        if at in path:
            return path[path.index(at) :]
    return []


def _edmonds(square: Scores) -> Scores:
    """Return heads of the maximum arborescence from node 0; rows are dependents."""
    heads = square.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = np.zeros(len(heads), dtype=bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    weight = square[cycle, heads[cycle]]
    small = np.full((len(rest) + 1, len(rest) + 1), NEVER)
    small[:-1, :-1] = square[np.ix_(rest, rest)]
    leaving = square[np.ix_(rest, cycle)]
    small[:-1, -1] = leaving.max(1)
    entering = square[np.ix_(cycle, rest)] - weight[:, None]
    small[-1, :-1] = entering.max(0)
    small[0] = NEVER
    found = _edmonds(small)
    result = heads.copy()
    for index, node in enumerate(rest):
        head = found[index]
        if node:
            result[node] = cycle[leaving[index].argmax()] if head == len(rest) else rest[head]
    enter = rest[found[-1]]
    broken = cycle[entering[:, found[-1]].argmax()]
    result[broken] = enter
    return result
