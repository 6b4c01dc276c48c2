"""Maximum spanning trees over a sentence (Chu and Liu 1965; Edmonds 1967), with one root."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.floating[Any]]
Heads = NDArray[np.int64]
NEVER = -1e9
FEW, ROOTS = 8, 3


def spanning_tree(scores: Scores) -> Heads:
    """Return the head of each word in the best tree with exactly one root.

    In sentences of more than eight words only the three likeliest roots are tried.

    `scores` has shape (words, words + 1): column 0 is the root, column i + 1 word i. Heads are
    columns.
    """
    size = len(scores)
    square = np.full((size + 1, size + 1), NEVER)
    square[1:] = scores
    np.fill_diagonal(square, NEVER)
    heads: Heads = square.argmax(1)
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


def _cycle(heads: Heads) -> list[int]:
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


def _edmonds(square: Scores) -> Heads:
    """Return heads of the maximum arborescence from node 0; rows are dependents."""
    heads: Heads = square.argmax(1)
    heads[0] = 0
    ring = _cycle(heads)
    if not ring:
        return heads
    cycle = np.array(ring)
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


def projective_tree(scores: Scores) -> Heads:
    """Return the head of each word in the best tree without crossing arcs, with one root.

    By dynamic programming over spans (Eisner 1996, "Three new probabilistic models for dependency
    parsing"); the arguments and the result are those of `spanning_tree`.
    """
    size = len(scores)
    arcs = scores[:, 1:].T.astype(np.float64)  # from head (row) to dependent
    # Best scores of spans from i to j whose head is i (right) or j (left): with all dependents of
    # the other end (complete), or with an arc between both ends (open).
    right, left = np.zeros((2, size, size))
    to_right, to_left = np.zeros((2, size, size))
    at_right, at_left, at_open = np.zeros((3, size, size), dtype=np.int64)
    for length in range(1, size):
        i = np.arange(size - length)
        j = i + length
        middle = i[:, None] + np.arange(length)[None, :]
        rows = np.arange(len(i))
        both = right[i[:, None], middle] + left[middle + 1, j[:, None]]
        best = both.argmax(1)
        at_open[i, j] = middle[rows, best]
        to_right[i, j] = both[rows, best] + arcs[i, j]
        to_left[i, j] = both[rows, best] + arcs[j, i]
        both = to_right[i[:, None], middle + 1] + right[middle + 1, j[:, None]]
        best = both.argmax(1)
        at_right[i, j] = middle[rows, best] + 1
        right[i, j] = both[rows, best]
        both = left[i[:, None], middle] + to_left[middle, j[:, None]]
        best = both.argmax(1)
        at_left[i, j] = middle[rows, best]
        left[i, j] = both[rows, best]
    root = int((left[0] + right[:, -1] + scores[:, 0]).argmax())
    heads = np.zeros(size, dtype=np.int64)
    todo = [(0, root, "left"), (root, size - 1, "right")]
    while todo:
        first, last, kind = todo.pop()
        if first == last:
            continue
        if kind == "right":
            at = int(at_right[first, last])
            todo += [(first, at, "to right"), (at, last, "right")]
        elif kind == "left":
            at = int(at_left[first, last])
            todo += [(first, at, "left"), (at, last, "to left")]
        else:
            at = int(at_open[first, last])
            ends = (first, last) if kind == "to right" else (last, first)
            heads[ends[1]] = ends[0] + 1
            todo += [(first, at, "right"), (at + 1, last, "left")]
    return heads


def crossing(heads: Heads) -> bool:
    """Return whether two arcs of a tree cross; heads are columns, 0 is the root."""
    words = np.arange(1, len(heads) + 1)
    first, last = np.minimum(words, heads), np.maximum(words, heads)
    begins = first[:, None] < first[None, :]
    inside = first[None, :] < last[:, None]
    beyond = last[:, None] < last[None, :]
    return bool((begins & inside & beyond).any())
