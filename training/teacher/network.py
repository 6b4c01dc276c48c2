"""The teacher's network: a BERT encoder with heads for tags, names, boundaries and arcs.

Arcs and labels are scored by biaffine attention (Dozat and Manning 2017, "Deep biaffine
attention for neural dependency parsing") on a learned mix of all layers (Peters and others 2018).
The encoder's vocabulary is lower-cased, so the case of each word piece is embedded beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

from training.teacher.examples import Labels

CASES = ("", "lower", "title", "upper", "mixed", "digit", "other", "inside", "letter")
PIECES_PER_WORD = 5
POSITIONS = 512


def case(word: str) -> int:
    """Return the number of the case of a word."""
    if word.isdigit() or (any(c.isdigit() for c in word) and not any(c.isalpha() for c in word)):
        return CASES.index("digit")
    if not any(c.isalpha() for c in word):
        return CASES.index("other")
    if word.islower():
        return CASES.index("lower")
    if len(word) == 1:
        return CASES.index("letter")
    if word.isupper():
        return CASES.index("upper")
    return CASES.index("title" if word[0].isupper() and word[1:].islower() else "mixed")


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


class Coder:
    """Words to word pieces."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.known: dict[str, list[int]] = {}
        self.start = self.tokenizer.token_to_id("[CLS]")
        self.end = self.tokenizer.token_to_id("[SEP]")
        self.unknown = self.tokenizer.token_to_id("[UNK]")

    def pieces(self, word: str) -> list[int]:
        """Return the pieces of a word, at most five."""
        found = self.known.get(word)
        if found is None:
            found = self.tokenizer.encode(word, add_special_tokens=False).ids[:PIECES_PER_WORD]
            found = found or [self.unknown]
            self.known[word] = found
        return found

    def fits(self, words: tuple[str, ...]) -> bool:
        """Return whether the encoder has positions for all pieces of a text."""
        return sum(len(self.pieces(word)) for word in words) + 2 <= POSITIONS

    def batch(self, texts: list[tuple[str, ...]]) -> Batch:
        """Return texts of words as one padded batch."""
        rows, cases, firsts = [], [], []
        for words in texts:
            ids, marks, first = [self.start], [0], [0]
            for word in words:
                found = self.pieces(word)
                first.append(len(ids))
                ids.extend(found)
                marks.extend([case(word)] + [CASES.index("inside")] * (len(found) - 1))
            rows.append([*ids, self.end])
            cases.append([*marks, 0])
            firsts.append(first)

        def pad(lists: list[list[int]]) -> Tensor:
            width = max(map(len, lists))
            return torch.tensor([row + [0] * (width - len(row)) for row in lists])

        return Batch(
            pieces=pad(rows),
            cases=pad(cases),
            mask=pad([[1] * len(row) for row in rows]),
            first=pad(firsts),
            words=pad([[1] * len(words) for words in texts]).bool(),
        )


class Biaffine(nn.Module):
    """Scores of pairs: left (n, w, d) and right (n, v, d) give (n, outputs, w, v)."""

    def __init__(self, width: int, outputs: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(outputs, width + 1, width + 1))

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        """Return the scores of all pairs."""
        left = torch.cat([left, left.new_ones(*left.shape[:-1], 1)], -1)
        right = torch.cat([right, right.new_ones(*right.shape[:-1], 1)], -1)
        return torch.einsum("nwd,ode,nve->nowv", left, self.weight, right)

    def pairs(self, left: Tensor, right: Tensor) -> Tensor:
        """Return scores of aligned pairs: (n, w, d) and (n, w, d) give (n, w, outputs)."""
        left = torch.cat([left, left.new_ones(*left.shape[:-1], 1)], -1)
        right = torch.cat([right, right.new_ones(*right.shape[:-1], 1)], -1)
        return torch.einsum("nwd,ode,nwe->nwo", left, self.weight, right)


def _mlp(width: int, out: int) -> nn.Module:
    return nn.Sequential(nn.Linear(width, out), nn.GELU(), nn.Dropout(0.25))


class Teacher(nn.Module):
    """Encoder and heads; `arcs` has shape (examples, words, words + 1), column 0 the root."""

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
        self.tags = nn.Linear(width, len(labels.tags))
        self.forms = nn.Linear(width, len(labels.forms))
        self.names = nn.Linear(width, len(labels.names))
        self.starts = nn.Linear(width, 2)
        self.arc_head, self.arc_child = _mlp(width, arc), _mlp(width, arc)
        self.label_head, self.label_child = _mlp(width, label), _mlp(width, label)
        self.arc = Biaffine(arc, 1)
        self.label = Biaffine(label, len(labels.relations))

    def read(self, batch: Batch) -> Tensor:
        """Return the states of the root and the words: (examples, words + 1, width)."""
        known = self.encoder.embeddings.word_embeddings(batch.pieces) + self.case(batch.cases)
        states = self.encoder(
            inputs_embeds=known, attention_mask=batch.mask, output_hidden_states=True
        ).hidden_states
        weights = torch.softmax(self.mix, 0)
        mixed = sum(w * s for w, s in zip(weights, states, strict=True))
        index = batch.first[..., None].expand(-1, -1, mixed.shape[-1])
        return self.drop(mixed.gather(1, index))

    def arcs(self, states: Tensor) -> Tensor:
        """Return the scores of heads for each word."""
        return self.arc(self.arc_child(states[:, 1:]), self.arc_head(states)).squeeze(1)

    def relations(self, states: Tensor, heads: Tensor) -> Tensor:
        """Return label scores of each word with its head (0 the root): (n, words, labels)."""
        head = self.label_head(states)
        chosen = head.gather(1, heads[..., None].expand(-1, -1, head.shape[-1]))
        return self.label.pairs(self.label_child(states[:, 1:]), chosen)
