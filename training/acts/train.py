"""Train the scorers, alone or together with the encoder, so that its vectors serve acts too.

Together, steps on annotated articles alternate with steps on the treebanks and names from which
the encoder was trained, which keeps what it knows.
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, log_softmax

from kg.extract.learned.alphabet import Alphabet
from kg.parsing.encoder.pieces import Coder
from training.acts.examples import Example, parted
from training.acts.network import Heads
from training.convert import SEED
from training.encoder.data import Corpora
from training.encoder.export import load
from training.encoder.network import Network, batch
from training.encoder.train import Losses, batches, reading

ENCODER_RATE, HEAD_RATE = 1e-4, 1e-3
TOGETHER = 4  # articles of a step
WORDS = 1_200  # read at once
ROLES, KINDS, TREES = 0.7, 0.2, 0.5  # weights of losses
UNSURE = 0.5  # weight of "nobody of this sentence" where no phrase was found to be the agent
SCALE = 20.0  # losses of acts are sums; this many words count like one label of a tree


class Reader(torch.nn.Module):
    """The encoder with the scorers."""

    def __init__(
        self, encoder: Network, coder: Coder, alphabet: Alphabet, *, frozen: bool = False
    ) -> None:
        super().__init__()
        self.encoder = encoder
        self.frozen = frozen
        self.coder = coder
        self.heads = Heads(alphabet, encoder.encoder.config.hidden_size)

    def vectors(self, example: Example) -> Tensor:
        """Return the vectors of the words of an article, window by window."""
        if self.frozen:
            return torch.from_numpy(example.words.vectors)
        order = sorted(example.spans, key=lambda span: span[1] - span[0])
        groups: list[list[tuple[int, int]]] = [[]]
        for first, end in order:
            if groups[-1] and (len(groups[-1]) + 1) * (end - first) > WORDS:
                groups.append([])
            groups[-1].append((first, end))
        parts: list[Tensor] = []
        places: list[int] = []
        for group in groups:
            coded = batch(self.coder, [example.texts[a:z] for a, z in group])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                states = self.encoder.read(coded)
            for row, (first, end) in zip(states.float(), group, strict=True):
                parts.append(row[1 : 1 + end - first])
                places += range(first, end)
        back = torch.empty(len(places), dtype=torch.long)
        back[torch.tensor(places)] = torch.arange(len(places))
        return torch.cat(parts)[back]

    def loss(self, example: Example) -> Tensor:
        """Return the summed loss of an article."""
        states = self.heads.states(self.vectors(example), example.words)
        total = self._acts(states, example)
        if example.roles:
            total = total + ROLES * self._roles(states, example)
        if example.kinds:
            at = torch.tensor(list(example.kinds))
            wanted = torch.tensor(list(example.kinds.values()))
            scores = self.heads.kinds(states[at])
            total = total + KINDS * cross_entropy(scores, wanted, reduction="sum")
        return total

    def _acts(self, states: Tensor, example: Example) -> Tensor:
        scores = self.heads.relations(states, example.words)
        wanted = torch.zeros_like(scores)
        wanted[:, -1] = 1
        for at, relations in example.acts.items():
            wanted[at] = 0
            for relation in relations:
                wanted[at, relation] += 1 / len(relations)
        tried = torch.from_numpy(example.tried).bool()
        tried[list(example.acts)] = True
        return -(wanted * log_softmax(scores, -1)).sum(-1)[tried].sum()

    def _roles(self, states: Tensor, example: Example) -> Tensor:
        total = torch.zeros(())
        roles = [role for role in example.roles if len(role.heads)]
        if not roles:
            return total
        for role, scores in zip(roles, self.heads.fits(states, roles), strict=True):
            agent, target = log_softmax(scores[:, 0], 0), log_softmax(scores[:, 1], 0)
            if role.agent:
                total = total - torch.logsumexp(agent[role.agent], 0)
            else:
                total = total - UNSURE * agent[-1]
            if role.target:
                total = total - torch.logsumexp(target[role.target], 0)
            else:
                total = total - (0.3 if role.aimed else 1.0) * target[-1]
            wanted = torch.zeros(len(role.heads))
            wanted[role.about] = 1
            total = total + 0.5 * binary_cross_entropy_with_logits(
                scores[:-1, 2], wanted, reduction="sum"
            )
        return total


def _steps(
    examples: Sequence[Example], readings: int, rng: random.Random
) -> Iterator[list[Example]]:
    for _ in range(readings):
        order = list(examples)
        rng.shuffle(order)
        for first in range(0, len(order), TOGETHER):
            yield order[first : first + TOGETHER]


def train(options: argparse.Namespace) -> None:
    """Train, and keep the last state of the encoder and of the scorers."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    alphabet, examples = pickle.loads(options.examples.read_bytes())
    parts = {"train", "choose"} if options.all else {"train"}
    chosen = [e for e in examples if parted(e.name) in parts or e.name in options.own]
    encoder, labels = load(options.encoder, options.start)
    vocabulary = (options.encoder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    coder = Coder(vocabulary)
    model = Reader(encoder, coder, alphabet, frozen=options.frozen)
    losses = Losses(labels)
    corpora = Corpora(options.corpora, options.gold, coder)
    plan = list(_steps(chosen, options.readings, rng))
    trees: list[object] = []
    while options.trees and len(trees) * options.trees < len(plan):
        trees += list(batches(reading(corpora, rng), rng))
    inside = [p for p in model.encoder.parameters() if p.requires_grad and not options.frozen]
    heads = list(model.heads.parameters())
    optimizer = torch.optim.AdamW(
        [{"params": heads, "lr": HEAD_RATE}, {"params": inside, "lr": ENCODER_RATE}],
        weight_decay=0.02,
    )
    total = len(plan)
    warm = max(1, total // 15)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.03, (total - step) / (total - warm)))
    )
    start, running = time.monotonic(), 0.0
    model.train()
    for step, group in enumerate(plan, 1):
        optimizer.zero_grad()
        words = sum(len(e.texts) for e in group)
        cost = sum(model.loss(e) for e in group) * (SCALE / words)
        cost.backward()  # type: ignore[union-attr]
        running += float(cost.detach())  # type: ignore[union-attr]
        if options.trees and step % options.trees == 0:
            found = trees[step // options.trees - 1]
            syntax = losses.of(encoder, batch(coder, [e.words for e in found]), found)  # type: ignore[attr-defined, arg-type]
            (TREES * syntax).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_([*inside, *heads], 1.0)
        optimizer.step()
        schedule.step()
        if step % 20 == 0 or step == total:
            seconds = time.monotonic() - start
            print(f"step {step}/{total} loss {running / 20:.3f} {seconds:.0f} s", flush=True)
            running = 0.0
        if step % 100 == 0 or step == total:
            keep(options.output, model, asdict(labels), alphabet)


def keep(target: Path, model: Reader, labels: dict[str, object], alphabet: Alphabet) -> None:
    """Write the state of encoder and scorers to a file."""
    state = {
        "model": model.encoder.state_dict(),
        "labels": labels,
        "heads": model.heads.state_dict(),
        "alphabet": alphabet.written(),
    }
    torch.save(state, target.with_suffix(".part"))
    target.with_suffix(".part").replace(target)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("encoder", type=Path, help="folder of the sentence encoder")
    parser.add_argument("start", type=Path, help="the trained encoder")
    parser.add_argument("examples", type=Path, help="what `training.acts.prepare` wrote")
    parser.add_argument("corpora", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--gold", type=Path, help="folder of annotated articles")
    parser.add_argument("--readings", type=int, default=16)
    parser.add_argument("--all", action="store_true", help="learn from the articles to choose by")
    parser.add_argument(
        "--frozen", action="store_true", help="train the scorers alone, on the vectors as they are"
    )
    parser.add_argument("--own", nargs="*", default=(), help="names of articles always learnt from")
    parser.add_argument(
        "--trees", type=int, default=2, help="steps on articles for each on trees; 0 for none"
    )
    train(parser.parse_args())


if __name__ == "__main__":
    main()
