"""The scorers as sums and products of arrays: small enough for numpy, and the same everywhere.

For a trigger and a relation they give each phrase of the sentence a score for each role.
`training/acts` trains them; the weights lie beside the encoder whose vectors they read.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kg.extract.learned.alphabet import Alphabet
from kg.extract.learned.inputs import COLUMNS, Floats, Numbers, Pairs, Words

FILES = ("acts.json", "acts.npz")
_TABLES = ("pos", "dep", "kind", "ruled", "quoted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well phrases fill the roles of a trigger, each a probability.

    Attributes:
        agent, target: of each phrase, and last that none of the sentence does; sums to 1.
        about: of each phrase, by itself.
    """

    agent: Floats
    target: Floats
    about: Floats


class Scorers:
    """The trained scorers.

    Attributes:
        alphabet: the numbers of the values of inputs.
        weights: arrays by name.
    """

    def __init__(self, alphabet: Alphabet, weights: dict[str, Floats]) -> None:
        """Take the trained weights; they are kept in float32."""
        self.alphabet = alphabet
        self.weights = {name: array.astype(np.float32) for name, array in weights.items()}

    @classmethod
    def read(cls, files: Mapping[str, bytes]) -> Scorers:
        """Return the scorers from the contents of `FILES`."""
        with np.load(io.BytesIO(files[FILES[1]])) as stored:
            weights = {name: stored[name] for name in stored.files}
        return cls(Alphabet.read(files[FILES[0]].decode("utf-8")), weights)

    def files(self) -> dict[str, bytes]:
        """Return the contents of `FILES`; weights in half precision."""
        packed = io.BytesIO()
        half = {name: array.astype(np.float16) for name, array in self.weights.items()}
        np.savez_compressed(packed, allow_pickle=False, **half)
        text = self.alphabet.written() + "\n"
        return {FILES[0]: text.encode("utf-8"), FILES[1]: packed.getvalue()}

    @property
    def width(self) -> int:
        """Return the width of the vectors that the scorers were trained on."""
        return int(self.weights["word.vectors"].shape[0])

    def states(self, words: Words) -> Floats:
        """Return the states of words, shape `(words, hidden)`."""
        w = self.weights
        total = words.vectors @ w["word.vectors"] + w["word.bias"] + words.cards @ w["word.cards"]
        for name in _TABLES:
            total += w[f"word.{name}"][getattr(words, name)]
        return gelu(total)

    def fit(self, states: Floats, pairs: Pairs, relation: int) -> Fit:
        """Return how well the phrases of a trigger fill its roles.

        Args:
            states: the states of all words.
            pairs: the trigger with its phrases.
            relation: position of the relation in the alphabet.
        """
        w = self.weights
        act = states[pairs.trigger.i] @ w["role.trigger"] + w["role.relation"][relation]
        heads: Numbers = np.array([phrase.i for phrase in pairs.phrases], dtype=np.int64)
        inner = act + states[heads] @ w["role.phrase"] + w["role.bias"]
        for number, name in enumerate(COLUMNS):
            inner = inner + w[f"role.{name}"][pairs.columns[:, number]]
        scores = self._deep(inner) @ w["role.out"] + w["role.out.bias"]
        nobody = self._deep(act[None]) @ w["role.none"] + w["role.none.bias"]
        every = np.concatenate([scores, nobody])
        return Fit(
            agent=softmax(every[:, 0]),
            target=softmax(every[:, 1]),
            about=(1 / (1 + np.exp(-scores[:, 2]))).astype(np.float32),
        )

    def _deep(self, inner: Floats) -> Floats:
        w = self.weights
        return gelu(gelu(inner) @ w["role.deep"] + w["role.deep.bias"])


def gelu(values: Floats) -> Floats:
    """Return the Gaussian error linear unit by its tanh form (Hendrycks & Gimpel 2016)."""
    inner = np.float32(0.0356774081) * values * values  # products: powers are ten times as slow
    inner += np.float32(0.7978845608)
    inner *= values
    found: Floats = np.tanh(inner, out=inner)
    found += 1
    found *= np.float32(0.5) * values
    return found


def softmax(scores: Floats) -> Floats:
    """Return probabilities over the last axis."""
    exp = np.exp(scores - scores.max(-1, keepdims=True))
    found: Floats = (exp / exp.sum(-1, keepdims=True)).astype(np.float32)
    return found
