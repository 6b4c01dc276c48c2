"""What a trained teacher reads in running text, and how well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import torch

from training.teacher.examples import Example, Labels
from training.teacher.network import Coder, Teacher
from training.teacher.trees import spanning_tree

WORDS = 3_000  # of a batch


class Reader:
    """A teacher that annotates words."""

    def __init__(self, model: Teacher, coder: Coder, labels: Labels) -> None:
        self.model = model
        self.coder = coder
        self.labels = labels

    def read(self, texts: Sequence[tuple[str, ...]]) -> list[tuple[Example, float]]:
        """Return each text annotated, with the mean probability of its arcs, in order."""
        self.model.eval()
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        result: dict[int, tuple[Example, float]] = {}
        at = 0
        while at < len(order):
            chosen = [order[at]]
            at += 1
            while at < len(order) and (len(chosen) + 1) * len(texts[order[at]]) <= WORDS:
                chosen.append(order[at])
                at += 1
            for index, found in zip(chosen, self._batch([texts[i] for i in chosen]), strict=True):
                result[index] = found
        return [result[index] for index in range(len(texts))]

    @torch.inference_mode()
    def _batch(self, texts: list[tuple[str, ...]]) -> list[tuple[Example, float]]:
        model, labels = self.model, self.labels
        states = model.read(self.coder.batch(texts))
        words = states[:, 1:]
        starts = model.starts(words).argmax(-1).bool().numpy()
        arcs = model.arcs(states).numpy()
        tags = model.tags(words).argmax(-1).numpy()
        forms = model.forms(words).argmax(-1).numpy()
        names = model.names(words).argmax(-1).numpy()
        heads = np.zeros(arcs.shape[:2], dtype=np.int64)
        certain = []
        for row, text in enumerate(texts):
            starts[row, 0] = True
            found, sure = trees(arcs[row, : len(text), : len(text) + 1], starts[row, : len(text)])
            heads[row, : len(text)] = found + 1
            certain.append(sure)
        scored = model.relations(states, torch.from_numpy(heads))
        # Only a root may be called root, and a root must be.
        root = labels.relations.index("root")
        scored[..., root] = -1e4
        relations = scored.argmax(-1)
        relations[torch.from_numpy(heads) == 0] = root
        result = []
        for row, text in enumerate(texts):
            size = len(text)
            example = Example(
                words=text,
                starts=tuple(map(bool, starts[row, :size])),
                heads=tuple(int(h) - 1 for h in heads[row, :size]),
                relations=tuple(labels.relations[i] for i in relations[row, :size]),
                tags=tuple(labels.tags[i] for i in tags[row, :size]),
                forms=tuple(labels.forms[i] for i in forms[row, :size]),
                names=_valid([labels.names[i] for i in names[row, :size]]),
            )
            result.append((example, certain[row]))
        return result


def trees(arcs: np.ndarray, starts: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the best head of each word (-1 the root) within its sentence, one root each.

    `arcs` has shape (words, words + 1), column 0 the root; also returned is the mean probability
    of the chosen arcs.
    """
    bounds = [*np.flatnonzero(starts), len(starts)]
    heads = np.zeros(len(starts), dtype=np.int64)
    sure = 0.0
    for first, last in pairwise(bounds):
        part = np.concatenate(
            [arcs[first:last, :1], arcs[first:last, first + 1 : last + 1]], axis=1
        ).astype(np.float64)
        part -= part.max(1, keepdims=True)
        part -= np.log(np.exp(part).sum(1, keepdims=True))
        found = spanning_tree(part)
        sure += float(np.exp(part[np.arange(len(found)), found]).sum())
        heads[first:last] = np.where(found == 0, -1, found - 1 + first)
    return heads, sure / len(starts)


def _valid(marks: list[str]) -> tuple[str, ...]:
    """Return BIO tags in which each inside follows its kind."""
    before = "O"
    for index, mark in enumerate(marks):
        if mark.startswith("I-") and before[2:] != mark[2:]:
            marks[index] = "B-" + mark[2:]
        before = marks[index]
    return tuple(marks)


def spans(marks: Iterable[str]) -> set[tuple[int, int, str]]:
    """Return the names of BIO tags as start, end and label."""
    found: set[tuple[int, int, str]] = set()
    start, label = 0, ""
    for index, mark in enumerate([*marks, "O"]):
        if label and not mark.startswith("I-"):
            found.add((start, index, label))
            label = ""
        if mark.startswith("B-"):
            start, label = index, mark[2:]
    return found


def scores(reader: Reader, examples: Sequence[Example]) -> dict[str, float]:
    """Return accuracies over the words, and F1 of sentence starts and names."""
    count: Counter[str] = Counter()
    found = reader.read([example.words for example in examples])
    for gold, (guess, _) in zip(examples, found, strict=True):
        if gold.heads is not None:
            count["words"] += len(gold.words)
            for index, head in enumerate(gold.heads):
                right = guess.heads[index] == head
                count["uas"] += right
                count["las"] += right and guess.relations[index] == gold.relations[index]
                count["xpos"] += guess.tags[index] == gold.tags[index]
                count["forms"] += guess.forms[index] == gold.forms[index]
            a, b = ({i for i, start in enumerate(e.starts) if start} for e in (gold, guess))
            count["start_hit"] += len(a & b)
            count["start_all"] += len(a) + len(b)
        if gold.names is not None:
            a, b = spans(gold.names), spans(guess.names)
            count["name_hit"] += len(a & b)
            count["name_all"] += len(a) + len(b)
    result = {}
    if count["words"]:
        for name in ("uas", "las", "xpos", "forms"):
            result[name] = round(count[name] / count["words"], 4)
        result["starts"] = round(2 * count["start_hit"] / count["start_all"], 4)
    if count["name_all"]:
        result["names"] = round(2 * count["name_hit"] / count["name_all"], 4)
    return result
