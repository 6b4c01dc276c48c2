"""The network: a BERT encoder with heads for tags, lemmas, names, boundaries and arcs.

Arcs and labels are scored by biaffine attention (Dozat and Manning 2017, "Deep biaffine
attention for neural dependency parsing") on a learned mix of all layers (Peters and others 2018).
The encoder's vocabulary is lower-cased, so the case of each word piece is embedded beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from kg.parsing.encoder.network import Labels
from kg.parsing.encoder.pieces import CASES, Coder


@dataclass(frozen=True, slots=True)
class Batch:
    """Word pieces of several examples.

    Shapes: `pieces`, `cases`, `mask` (examples, pieces); `first` (examples, words + 1), the
    piece of each word, with the leading [CLS] as the root at 0; `words` (examples, words).
    """

    pieces: Tensor
    cases: Tensor
    mask: Tensor
    first: Tensor
    words: Tensor


def batch(coder: Coder, texts: Sequence[Sequence[str]]) -> Batch:
    """Return texts of words as one padded batch."""
    coded = [coder.code(words) for words in texts]

    def pad(lists: list[list[int]]) -> Tensor:
        width = max(map(len, lists))
        return torch.tensor([row + [0] * (width - len(row)) for row in lists])

    return Batch(
        pieces=pad([one.pieces for one in coded]),
        cases=pad([one.cases for one in coded]),
        mask=pad([[1] * len(one.pieces) for one in coded]),
        first=pad([one.first for one in coded]),
        words=pad([[1] * len(words) for words in texts]).bool(),
    )


class Biaffine(nn.Module):
    """Scores of pairs, linear in each member and in their product."""

    def __init__(self, width: int, outputs: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(width + 1, outputs * (width + 1)))
        self.outputs = outputs

    def table(self, left: Tensor, right: Tensor) -> Tensor:
        """Return the score of all pairs, for one output: (n, w, d), (n, v, d) to (n, w, v)."""
        return (_one(left) @ self.weight) @ _one(right).transpose(1, 2)

    def pairs(self, left: Tensor, right: Tensor) -> Tensor:
        """Return the scores of aligned pairs: (n, w, d) and (n, w, d) to (n, w, outputs)."""
        width = self.weight.shape[0]
        part = (_one(left) @ self.weight).reshape(*left.shape[:2], self.outputs, width)
        return (part @ _one(right)[..., None])[..., 0]


def _one(states: Tensor) -> Tensor:
    return torch.cat([states, torch.ones_like(states[..., :1])], -1)


def _mlp(width: int, out: int) -> nn.Module:
    return nn.Sequential(nn.Linear(width, out), nn.GELU(), nn.Dropout(0.25))


FLAT = ("tags", "forms", "lemmas", "names", "kinds")  # heads with one class for each word


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, folder: Path, labels: Labels, arc: int = 256, label: int = 96) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(str(folder), add_pooling_layer=False)
        width = self.encoder.config.hidden_size
        self.case = nn.Embedding(len(CASES), width)
        nn.init.normal_(self.case.weight, std=0.01)
        for parameter in self.encoder.embeddings.word_embeddings.parameters():
            parameter.requires_grad = False
        self.mix = nn.Parameter(torch.zeros(self.encoder.config.num_hidden_layers + 1))
        self.drop = nn.Dropout(0.2)
        self.flat = nn.ModuleDict(
            {name: nn.Linear(width, len(getattr(labels, name))) for name in FLAT}
        )
        self.starts = nn.Linear(width, 2)
        self.arc_head, self.arc_child = _mlp(width, arc), _mlp(width, arc)
        self.label_head, self.label_child = _mlp(width, label), _mlp(width, label)
        self.arc = Biaffine(arc, 1)
        self.label = Biaffine(label, len(labels.relations))

    def states(self, pieces: Tensor, cases: Tensor, mask: Tensor | None, first: Tensor) -> Tensor:
        """Return the states of the root and the words: (examples, words + 1, width)."""
        known = self.encoder.embeddings.word_embeddings(pieces) + self.case(cases)
        layers = self.encoder(
            inputs_embeds=known, attention_mask=mask, output_hidden_states=True
        ).hidden_states
        weights = torch.softmax(self.mix, 0)
        mixed = sum(w * s for w, s in zip(weights, layers, strict=True))
        index = first[..., None].expand(-1, -1, mixed.shape[-1])
        return self.drop(mixed.gather(1, index))

    def read(self, found: Batch) -> Tensor:
        """Return the states of a batch."""
        return self.states(found.pieces, found.cases, found.mask, found.first)

    def arcs(self, states: Tensor) -> Tensor:
        """Return the scores of heads for each word: (examples, words, words + 1), root first."""
        return self.arc.table(self.arc_child(states[:, 1:]), self.arc_head(states))

    def relations(self, states: Tensor, heads: Tensor) -> Tensor:
        """Return label scores of each word with its head (0 the root): (n, words, labels)."""
        head = self.label_head(states)
        chosen = head.gather(1, heads[..., None].expand(-1, -1, head.shape[-1]))
        return self.label.pairs(self.label_child(states[:, 1:]), chosen)
