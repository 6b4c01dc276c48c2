"""Training the teacher on gold syntax and names together."""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from training.conllu import read as read_conllu
from training.convert import NAME_LAYERS, SEED, name_corpora, treebank_files
from training.teacher.examples import Example, Labels, from_names, from_treebank
from training.teacher.network import Coder, Teacher
from training.teacher.read import Reader, scores

WORDS = 1_000  # of a batch
IGNORED = -100
ENCODER_RATE, HEAD_RATE = 2.5e-4, 1.5e-3


def gold(corpora: Path, part: str, rng: random.Random, coder: Coder) -> dict[str, list[Example]]:
    """Return the examples of a part that the encoder has positions for, by corpus."""
    layers = name_corpora(corpora)
    result: dict[str, list[Example]] = {}
    for treebank, path in treebank_files(corpora, part).items():
        name = NAME_LAYERS[treebank]
        result[name] = list(from_treebank(list(read_conllu(path)), layers[f"{name}-{part}"], rng))
    for key, found in layers.items():
        name, _, of = key.partition("-")
        if of == part and name not in result and name != "uner_as_is":
            result[name] = list(from_names(found, rng))
    return {name: [e for e in es if coder.fits(e.words)] for name, es in result.items()}


def batches(examples: Sequence[Example], rng: random.Random) -> Iterator[list[Example]]:
    """Yield batches of about a thousand words, of examples of similar length, shuffled."""
    order = sorted(examples, key=lambda e: (len(e.words) // 8, rng.random()))
    groups: list[list[Example]] = [[]]
    for example in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(example.words) > WORDS:
            groups.append([])
        groups[-1].append(example)
    rng.shuffle(groups)
    yield from groups


def _numbers(batch: Sequence[Example], name: str, order: dict[str, int], width: int) -> Tensor:
    rows = []
    for example in batch:
        values = getattr(example, name)
        row = [IGNORED] * width
        if values is not None:
            row[: len(values)] = [order.get(value, IGNORED) for value in values]
        rows.append(row)
    return torch.tensor(rows)


def loss(model: Teacher, coder: Coder, batch: Sequence[Example], labels: Labels) -> Tensor:
    """Return the summed losses of all heads, each a mean over the annotated words."""
    coded = coder.batch([example.words for example in batch])
    states = model.read(coded)
    words = states[:, 1:]
    width = words.shape[1]
    total = states.new_zeros(())

    def add(scores: Tensor, target: Tensor, weight: float) -> None:
        nonlocal total
        if (target != IGNORED).any():
            flat = scores.reshape(-1, scores.shape[-1])
            total = total + weight * cross_entropy(
                flat, target.reshape(-1), ignore_index=IGNORED, label_smoothing=0.03
            )

    for name, weight in (("tags", 0.5), ("forms", 0.5), ("names", 1.0)):
        order = {label: index for index, label in enumerate(getattr(labels, name))}
        add(getattr(model, name)(words), _numbers(batch, name, order, width), weight)
    if any(example.heads is not None for example in batch):
        starts = _numbers(batch, "starts", {False: 0, True: 1}, width)  # type: ignore[dict-item]
        add(model.starts(words), starts, 0.5)
        heads, other = [], []
        for example in batch:
            row = [IGNORED] * width
            mask = torch.zeros(width, width + 1, dtype=torch.bool)
            if example.heads is not None and example.starts is not None:
                size = len(example.words)
                row[:size] = [head + 1 for head in example.heads]
                number = torch.tensor(example.starts).cumsum(0)
                mask[:size, 1 : size + 1] = number[:, None] != number[None, :]
                mask[:size, size + 1 :] = True
            heads.append(row)
            other.append(mask)
        target = torch.tensor(heads)
        arcs = model.arcs(states).masked_fill(torch.stack(other), -1e4)
        flat = arcs.reshape(-1, width + 1)
        total = total + cross_entropy(flat, target.reshape(-1), ignore_index=IGNORED)
        order = {label: index for index, label in enumerate(labels.relations)}
        wanted = _numbers(batch, "relations", order, width)
        add(model.relations(states, target.clamp(min=0)), wanted, 1.0)
    return total


def train(folder: Path, corpora: Path, output: Path, epochs: int, name_epochs: int) -> None:
    """Train on all gold, select nothing but the last state, and print development scores.

    Corpora with names alone are read in the first `name_epochs` epochs only: they need fewer.
    """
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    coder = Coder(folder)
    found = gold(corpora, "train", rng, coder)
    dev = gold(corpora, "dev", random.Random(SEED), coder)
    labels = Labels.of(example for examples in found.values() for example in examples)
    model = Teacher(folder, labels)
    reader = Reader(model, coder, labels)
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    inside = {id(p) for p in encoder}
    heads = [p for p in model.parameters() if p.requires_grad and id(p) not in inside]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": ENCODER_RATE}, {"params": heads, "lr": HEAD_RATE}],
        weight_decay=0.01,
        betas=(0.9, 0.98),
    )
    plan = []
    for epoch in range(epochs):
        chosen = [e for name in ("uner", "gum") for e in found[name]]
        if epoch < name_epochs:
            chosen += [e for name, es in found.items() if name not in {"uner", "gum"} for e in es]
        plan.append(list(batches(chosen, rng)))
    total = sum(map(len, plan))
    warm = max(1, total // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.02, (total - step) / (total - warm)))
    )
    start = time.monotonic()
    step = 0
    for number, groups in enumerate(plan, 1):
        model.train()
        running = 0.0
        for group in groups:
            cost = loss(model, coder, group, labels)
            optimizer.zero_grad()
            cost.backward()
            torch.nn.utils.clip_grad_norm_([*encoder, *heads], 1.0)
            optimizer.step()
            schedule.step()
            running += cost.item()
            step += 1
            if step % 50 == 0:
                seconds = time.monotonic() - start
                print(f"step {step}/{total} loss {running / 50:.3f} {seconds:.0f} s", flush=True)
                running = 0.0
        for name, examples in dev.items():
            print(f"epoch {number} {name}", scores(reader, examples[:600]), flush=True)
        torch.save({"model": model.state_dict(), "labels": asdict(labels)}, output)


def load(folder: Path, path: Path) -> Reader:
    """Return a trained teacher."""
    stored = torch.load(path)
    labels = Labels(**stored["labels"])
    model = Teacher(folder, labels)
    model.load_state_dict(stored["model"])
    return Reader(model, Coder(folder), labels)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("encoder", type=Path, help="folder of the sentence encoder")
    parser.add_argument("corpora", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--name-epochs", type=int, default=2)
    options = parser.parse_args()
    train(options.encoder, options.corpora, options.output, options.epochs, options.name_epochs)


if __name__ == "__main__":
    main()
