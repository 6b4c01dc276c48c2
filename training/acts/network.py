"""The scorers as a trainable network, and its arrays as `kg.extract.learned` reads them."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import gelu

from kg.extract.learned.alphabet import ROLES, RULED, Alphabet
from kg.extract.learned.inputs import COLUMNS, Words
from training.acts.examples import CLASSES, Role

WIDTH, PAIR, ACT = 512, 256, 256  # of states of words, of pairs, of the scorer of relations
DROP = 0.45


def _gelu(values: Tensor) -> Tensor:
    return gelu(values, approximate="tanh")


class Heads(nn.Module):
    """All scorers, on vectors of `width`."""

    def __init__(self, alphabet: Alphabet, width: int) -> None:
        super().__init__()
        relations, classes = len(alphabet.relations), len(CLASSES)
        self.vectors = nn.Linear(width, WIDTH)
        self.cards = nn.Linear(relations, WIDTH, bias=False)
        sizes = {
            "pos": len(alphabet.pos) + 1,
            "dep": len(alphabet.deps) + 1,
            "kind": len(alphabet.kinds) + 1,
            "ruled": 2 * relations + 1,
            "quoted": 2,
        }
        self.tables = nn.ModuleDict({name: _table(size, WIDTH) for name, size in sizes.items()})
        self.act_in = nn.Linear(WIDTH, ACT)
        self.act_out = nn.Linear(ACT, relations + 1)
        self.act_cards = nn.Linear(relations, relations + 1, bias=False)
        self.act_ruled = nn.Embedding(2 * relations + 1, relations + 1)
        self.trigger, self.phrase = nn.Linear(WIDTH, PAIR, bias=False), nn.Linear(WIDTH, PAIR)
        self.relation = nn.Embedding(relations, PAIR)
        columns = {
            "path": len(alphabet.paths) + 1,
            "ruled": 2 * len(RULED) + 1,
            "distance": 16,
            "kind": len(alphabet.kinds) + 1,
            "pronoun": len(alphabet.pronouns) + 1,
            "known": 2,
            "quoted": 4,
            "up": 6,
            "down": 6,
        }
        self.columns = nn.ModuleDict({name: _table(columns[name], PAIR) for name in COLUMNS})
        self.deep = nn.Linear(PAIR, PAIR)
        self.role_out = nn.Linear(PAIR, len(ROLES))
        self.role_none = nn.Linear(PAIR, len(ROLES))
        self.kind_out = nn.Linear(WIDTH, classes + 1)
        self.drop = nn.Dropout(DROP)

    def states(self, vectors: Tensor, words: Words) -> Tensor:
        """Return the states of the words of an article, (words, WIDTH)."""
        total = self.vectors(self.drop(vectors)) + self.cards(torch.from_numpy(words.cards))
        for name, table in self.tables.items():
            total = total + table(torch.from_numpy(getattr(words, name)))
        return self.drop(_gelu(total))

    def relations(self, states: Tensor, words: Words) -> Tensor:
        """Return scores of relations and of none, (words, relations + 1)."""
        inner = self.drop(_gelu(self.act_in(states)))
        scores = self.act_out(inner) + self.act_cards(torch.from_numpy(words.cards))
        found: Tensor = scores + self.act_ruled(torch.from_numpy(words.ruled))
        return found

    def fits(self, states: Tensor, roles: list[Role]) -> list[Tensor]:
        """Return the scores of the phrases of each trigger, (phrases + 1, roles), nobody last."""
        triggers = torch.tensor([role.trigger for role in roles])
        relations = torch.tensor([role.relation for role in roles])
        acts = self.trigger(states[triggers]) + self.relation(relations)
        sizes = [len(role.heads) for role in roles]
        heads = torch.from_numpy(np.concatenate([role.heads for role in roles]))
        columns = torch.from_numpy(np.concatenate([role.columns for role in roles]))
        inner = torch.repeat_interleave(acts, torch.tensor(sizes), 0) + self.phrase(states[heads])
        for number, name in enumerate(COLUMNS):
            inner = inner + self.columns[name](columns[:, number])
        scores = self.role_out(self._deep(inner)).split(sizes)
        nobody = self.role_none(self._deep(acts))
        return [torch.cat([s, n[None]]) for s, n in zip(scores, nobody, strict=True)]

    def _deep(self, inner: Tensor) -> Tensor:
        return self.drop(_gelu(self.deep(self.drop(_gelu(inner)))))

    def kinds(self, states: Tensor) -> Tensor:
        """Return scores of the classes of what phrases mean, and of none."""
        found: Tensor = self.kind_out(states)
        return found

    def weights(self) -> dict[str, np.ndarray]:
        """Return the arrays by the names that `kg.extract.learned.network` uses."""
        found: dict[str, Tensor] = {
            "word.vectors": self.vectors.weight.T,
            "word.bias": self.vectors.bias,
            "word.cards": self.cards.weight.T,
            "act.in": self.act_in.weight.T,
            "act.in.bias": self.act_in.bias,
            "act.out": self.act_out.weight.T,
            "act.out.bias": self.act_out.bias,
            "act.cards": self.act_cards.weight.T,
            "act.ruled": self.act_ruled.weight,
            "role.trigger": self.trigger.weight.T,
            "role.phrase": self.phrase.weight.T,
            "role.bias": self.phrase.bias,
            "role.relation": self.relation.weight,
            "role.deep": self.deep.weight.T,
            "role.deep.bias": self.deep.bias,
            "role.out": self.role_out.weight.T,
            "role.out.bias": self.role_out.bias,
            "role.none": self.role_none.weight.T,
            "role.none.bias": self.role_none.bias,
            "kind.out": self.kind_out.weight.T,
            "kind.out.bias": self.kind_out.bias,
        }
        found |= {f"word.{n}": t.weight for n, t in self.tables.items()}  # type: ignore[misc]
        found |= {f"role.{n}": t.weight for n, t in self.columns.items()}  # type: ignore[misc]
        return {name: tensor.detach().numpy() for name, tensor in found.items()}


def _table(size: int, width: int) -> nn.Embedding:
    table = nn.Embedding(size, width)
    nn.init.normal_(table.weight, std=0.05)
    return table
