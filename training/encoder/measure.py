"""How well a network reads words, while it learns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import torch

from kg.parsing.encoder.decoding import Names, best_heads, spans
from kg.parsing.encoder.network import Labels
from kg.parsing.encoder.pieces import Coder
from training.encoder.examples import Example
from training.encoder.network import Network, batch

WORDS = 3_000  # of a batch


@torch.inference_mode()
def read(
    model: Network, coder: Coder, labels: Labels, texts: list[tuple[str, ...]]
) -> list[Example]:
    """Return each text annotated; texts of like length are read together fastest."""
    model.eval()
    found = batch(coder, texts)
    states = model.read(found).float()
    words = states[:, 1:]
    starts = model.starts(words).argmax(-1).bool().numpy()
    arcs = model.arcs(states).numpy()
    flat = {name: head(words).argmax(-1).numpy() for name, head in model.flat.items()}
    named = model.flat["names"](words).numpy()
    heads = torch.zeros(found.words.shape, dtype=torch.long)
    for row, text in enumerate(texts):
        starts[row, 0] = True
        best, _ = best_heads(arcs[row, : len(text), : len(text) + 1], starts[row, : len(text)])
        heads[row, : len(text)] = torch.from_numpy(best) + 1
    scored = model.relations(states, heads)
    scored[..., labels.relations.index("root")] = -1e4
    relations = scored.argmax(-1)
    relations[heads == 0] = labels.relations.index("root")
    finder = Names(labels.names)
    result = []
    for row, text in enumerate(texts):
        size = len(text)
        marks = ["O"] * size
        for first, end, kind in finder.find(named[row, :size], starts[row, :size]):
            marks[first:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - first - 1)]
        classes = {
            name: tuple(getattr(labels, name)[i] for i in flat[name][row, :size])
            for name in ("tags", "forms", "lemmas", "kinds")
        }
        result.append(
            Example(
                words=text,
                starts=tuple(map(bool, starts[row, :size])),
                heads=tuple(int(h) - 1 for h in heads[row, :size]),
                relations=tuple(labels.relations[i] for i in relations[row, :size]),
                names=tuple(marks),
                **classes,
            )
        )
    return result


def scores(
    model: Network, coder: Coder, labels: Labels, examples: Sequence[Example]
) -> dict[str, float]:
    """Return accuracies over the words, and F1 of sentence starts, names and kinds."""
    order = sorted(examples, key=lambda e: len(e.words))
    count: Counter[str] = Counter()
    at = 0
    while at < len(order):
        size = max(1, WORDS // len(order[at].words))
        chosen = order[at : at + size]
        at += size
        for gold, guess in zip(
            chosen, read(model, coder, labels, [e.words for e in chosen]), strict=True
        ):
            _count(gold, guess, count)
    result = {}
    for name in ("uas", "las", "tags", "forms", "lemmas"):
        if count["words"]:
            result[name] = round(count[name] / count["words"], 4)
    for name in ("starts", "names", "kinds"):
        if count[f"{name}_all"]:
            result[name] = round(2 * count[f"{name}_hit"] / count[f"{name}_all"], 4)
    return result


def _count(gold: Example, guess: Example, count: Counter[str]) -> None:
    assert guess.heads and guess.relations and guess.starts and guess.names and guess.kinds
    pairs: list[tuple[str, set[object], set[object]]] = []
    if gold.heads and gold.relations and gold.starts:
        count["words"] += len(gold.words)
        for index, head in enumerate(gold.heads):
            right = guess.heads[index] == head
            count["uas"] += right
            count["las"] += right and guess.relations[index] == gold.relations[index]
        for name in ("tags", "forms", "lemmas"):
            both = zip(getattr(gold, name), getattr(guess, name), strict=True)
            count[name] += sum(a == b for a, b in both)
        a, b = ({i for i, start in enumerate(e.starts or ()) if start} for e in (gold, guess))
        pairs.append(("starts", set(a), set(b)))
    if gold.names is not None:
        pairs.append(("names", set(spans(gold.names)), set(spans(guess.names))))
    if gold.kinds is not None:
        a, b = ({(i, k) for i, k in enumerate(e.kinds or ()) if k != "O"} for e in (gold, guess))
        pairs.append(("kinds", set(a), set(b)))
    for name, known, found in pairs:
        count[f"{name}_hit"] += len(known & found)
        count[f"{name}_all"] += len(known) + len(found)
