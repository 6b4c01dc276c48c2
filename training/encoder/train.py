"""Training the encoder and all its heads together, from gold alone."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from kg.parsing.encoder.network import Labels
from kg.parsing.encoder.pieces import Coder
from training.convert import SEED
from training.encoder.data import Corpora
from training.encoder.examples import Example, labels_of
from training.encoder.measure import scores
from training.encoder.network import FLAT, Batch, Network, batch

WORDS = 1_000  # of a batch
IGNORED = -100
ENCODER_RATE, HEAD_RATE = 2.5e-4, 1.5e-3
WEIGHTS = {"tags": 0.5, "forms": 0.5, "lemmas": 0.5, "names": 1.0, "kinds": 0.3}
SHARE = 0.6  # of the corpora with names alone in each reading; of the articles, all


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


def _numbers(found: Sequence[Example], name: str, order: dict[object, int], width: int) -> Tensor:
    rows = []
    for example in found:
        values = getattr(example, name)
        row = [IGNORED] * width
        if values is not None:
            row[: len(values)] = [order.get(value, IGNORED) for value in values]
        rows.append(row)
    return torch.tensor(rows)


class Losses:
    """The summed losses of all heads, each a mean over the annotated words of a batch."""

    def __init__(self, labels: Labels) -> None:
        self.orders: dict[str, dict[object, int]] = {
            name: {label: index for index, label in enumerate(getattr(labels, name))}
            for name in (*FLAT, "relations")
        }
        self.orders["starts"] = {False: 0, True: 1}

    def of(self, model: Network, coded: Batch, found: Sequence[Example]) -> Tensor:
        """Return the loss of a batch of examples."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = model.read(coded)
            words = states[:, 1:]
            width = words.shape[1]
            parts = [
                (name, WEIGHTS[name], model.flat[name](words))
                for name in FLAT
                if any(getattr(example, name) is not None for example in found)
            ]
            syntax = any(example.heads is not None for example in found)
            if syntax:
                target, other = _arcs(found, width)
                arcs = model.arcs(states)
                labels = model.relations(states, target.clamp(min=0))
                parts += [("starts", 0.5, model.starts(words)), ("relations", 1.0, labels)]
        total = torch.zeros(())
        for name, weight, scored in parts:
            wanted = _numbers(found, name, self.orders[name], width)
            if (wanted != IGNORED).any():
                flat = scored.float().reshape(-1, scored.shape[-1])
                total = total + weight * cross_entropy(
                    flat, wanted.reshape(-1), ignore_index=IGNORED, label_smoothing=0.03
                )
        if syntax:
            flat = arcs.float().masked_fill(other, -1e4).reshape(-1, width + 1)
            total = total + cross_entropy(flat, target.reshape(-1), ignore_index=IGNORED)
        return total


def _arcs(found: Sequence[Example], width: int) -> tuple[Tensor, Tensor]:
    """Return the columns of the heads, and which columns lie outside a word's sentence."""
    heads, other = [], []
    for example in found:
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
    return torch.tensor(heads), torch.stack(other)


def reading(corpora: Corpora, rng: random.Random) -> list[Example]:
    """Return the examples of one reading: the treebanks, and a share of the names."""
    chosen = [e for name in ("ewt", "gum") for e in corpora.syntax(name, "train", rng)]
    for name, found in corpora.named("train", rng).items():
        chosen += [e for e in found if name == "articles" or rng.random() < SHARE]
    return chosen


def development(corpora: Corpora, most: int = 400) -> dict[str, list[Example]]:
    """Return development examples by corpus."""
    rng = random.Random(SEED)
    found = {name: corpora.syntax(name, "dev", rng)[:most] for name in ("ewt", "gum")}
    return found | {name: es[:most] for name, es in corpora.named("dev", rng).items()}


def train(options: argparse.Namespace) -> None:
    """Train, keep the last state, and write development scores after each reading."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    vocabulary = (options.encoder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    coder = Coder(vocabulary)
    corpora = Corpora(options.corpora, options.gold, coder)
    dev = development(corpora)
    plan = [list(batches(reading(corpora, rng), rng)) for _ in range(options.readings)]
    labels = labels_of(example for groups in plan for group in groups for example in group)
    model = Network(options.encoder, labels)
    if options.start:
        stored = torch.load(options.start)
        labels = Labels(**stored["labels"])
        model = Network(options.encoder, labels)
        model.load_state_dict(stored["model"])
    losses = Losses(labels)
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    inside = {id(p) for p in encoder}
    heads = [p for p in model.parameters() if p.requires_grad and id(p) not in inside]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": ENCODER_RATE}, {"params": heads, "lr": HEAD_RATE}],
        weight_decay=0.01,
        betas=(0.9, 0.98),
    )
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
            cost = losses.of(model, batch(coder, [e.words for e in group]), group)
            optimizer.zero_grad()
            cost.backward()  # type: ignore[no-untyped-call]
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
            found = json.dumps(scores(model, coder, labels, examples))
            print(f"reading {number} {name} {found}", flush=True)
        state = {"model": model.state_dict(), "labels": asdict(labels)}
        torch.save(state, options.output.with_suffix(".part"))
        options.output.with_suffix(".part").replace(options.output)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("encoder", type=Path, help="folder of the sentence encoder")
    parser.add_argument("corpora", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--gold", type=Path, help="folder of annotated articles")
    parser.add_argument("--start", type=Path, help="a trained network to go on from")
    parser.add_argument("--readings", type=int, default=7)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
