"""From scores to decisions: sentences, trees and names that are well formed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.parsing.encoder.trees import crossing, projective_tree, spanning_tree

Array = NDArray[np.floating[Any]]
Numbers = NDArray[np.int64]
NEVER = -1e4


def log_softmax(scores: Array) -> Array:
    """Return the logarithms of the probabilities that scores stand for, along the last axis."""
    top = scores.astype(np.float64)
    top -= top.max(-1, keepdims=True)
    top -= np.log(np.exp(top).sum(-1, keepdims=True))
    return top


def best_heads(arcs: Array, starts: Sequence[bool]) -> tuple[Numbers, Array]:
    """Return the head of each word in the best trees, and the probability of each arc.

    Every sentence is one tree with one root.

    Args:
        arcs: scores of shape `(words, words + 1)`: of the root (column 0) and of each word
            (column 1 + its position) as the head of the row's word.
        starts: whether a sentence begins with the word; the first does.

    Returns:
        Positions of the heads, -1 for a root; probabilities from 0 to 1.
    """
    bounds = [*np.flatnonzero(starts), len(starts)]
    heads = np.zeros(len(starts), dtype=np.int64)
    sure = np.zeros(len(starts))
    for first, last in pairwise(bounds):
        inside = [arcs[first:last, :1], arcs[first:last, first + 1 : last + 1]]
        part = np.concatenate(inside, axis=1)
        np.fill_diagonal(part[:, 1:], NEVER)  # no word is its own head
        scores = log_softmax(part)
        found = spanning_tree(scores)
        if crossing(found):
            found = projective_tree(scores)
        sure[first:last] = np.exp(scores[np.arange(len(found)), found])
        heads[first:last] = np.where(found == 0, -1, found - 1 + first)
    return heads, sure


class Names:
    """Finds the best sequence of BIO tags: an `I-` only after its own `B-` or `I-`."""

    def __init__(self, labels: Sequence[str]) -> None:
        """Take the tags in the order of their classes."""
        self.labels = list(labels)
        kinds = [label[2:] for label in self.labels]
        self._allowed = np.zeros((len(labels), len(labels)))
        for now, label in enumerate(self.labels):
            if label.startswith("I-"):
                for before, kind in enumerate(kinds):
                    if kind != kinds[now]:
                        self._allowed[before, now] = NEVER
        self._first = np.array([NEVER if label.startswith("I-") else 0.0 for label in labels])
        self._outside = self.labels.index("O")

    def find(self, scores: Array, starts: Sequence[bool]) -> list[tuple[int, int, str]]:
        """Return first position, end and kind of each name; none lies in two sentences.

        Args:
            scores: of shape `(words, tags)`.
            starts: whether a sentence begins with the word.
        """
        scores = np.where(np.asarray(starts)[:, None], scores + self._first, scores)
        best = scores.argmax(-1)
        if (best == self._outside).all():
            return []
        return spans([self.labels[number] for number in self._path(scores, best)])

    def _path(self, scores: Array, best: Numbers) -> list[int]:
        path: list[int] = best.tolist()
        if all(
            self._allowed[a, b] == 0 for a, b in pairwise(path)
        ):  # the best tag of each word; nothing can be better
            return path
        logs = log_softmax(scores)
        total = logs[0]
        back = np.zeros(scores.shape, dtype=np.int64)
        for at in range(1, len(logs)):
            ways = total[:, None] + self._allowed
            back[at] = ways.argmax(0)
            total = ways.max(0) + logs[at]
        path = [int(total.argmax())]
        for at in range(len(logs) - 1, 0, -1):
            path.append(int(back[at, path[-1]]))
        return path[::-1]


def spans(marks: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return first position, end and kind of each name that BIO tags mark, in order."""
    found: list[tuple[int, int, str]] = []
    start, kind = 0, ""
    for at, mark in enumerate([*marks, "O"]):
        if kind and not mark.startswith("I-"):
            found.append((start, at, kind))
            kind = ""
        if mark.startswith("B-"):
            start, kind = at, mark[2:]
    return found
