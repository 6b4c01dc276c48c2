"""The encoder and its heads in ONNX, run by onnxruntime in one thread."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.parsing.encoder.decoding import NEVER, Array, Names, Numbers, best_heads, log_softmax
from kg.parsing.encoder.pieces import Coder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onnxruntime import InferenceSession

FILES = ("encoder.onnx", "relations.onnx", "vocabulary.txt", "words.txt", "labels.json")
OUTPUTS = (
    "tags", "forms", "lemmas", "kinds", "sure", "names", "starts", "arcs", "child", "head",
    "vectors",
)  # fmt: skip
"""What the graph of the encoder gives, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The label of each class of each head, in the order of the classes.

    Attributes:
        tags: fine parts of speech (Penn).
        forms: coarse part of speech and features, such as `VERB Tense=Past|VerbForm=Fin`.
        lemmas: rules, see `kg.parsing.encoder.lemmas`.
        kinds: what the noun phrase that a word heads stands for; `O` where it heads none.
        names: BIO tags.
        relations: labels of arcs.
    """

    tags: list[str]
    forms: list[str]
    lemmas: list[str]
    kinds: list[str]
    names: list[str]
    relations: list[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading:
    """What the network finds in a window: arrays with one entry per word.

    Attributes:
        tags, forms, kinds, relations: numbers of classes in `Labels`.
        lemmas: the likeliest classes, best first, shape `(words, tried)`.
        heads: position of each head in the window, -1 for a root.
        names: first position, end and kind of each name.
        sure: probabilities of arc, label and tag, shape `(words, 3)`, float32.
        vectors: contextual embeddings, shape `(words, width)`, float16.
    """

    tags: Numbers
    forms: Numbers
    lemmas: Numbers
    kinds: Numbers
    relations: Numbers
    heads: Numbers
    names: list[tuple[int, int, str]]
    sure: Array
    vectors: Array


class Network:
    """A trained encoder with its heads.

    Attributes:
        labels: what the classes mean.
        coder: cuts words into pieces.
        words: lower-case words that lemmas may be.
        width: of the vectors.
        files: contents of the files by name, as they are written to disk.
    """

    def __init__(self, files: dict[str, bytes]) -> None:
        """Load the network from the contents of its files, by the names in `FILES`."""
        self.files = files
        self.labels = Labels(**json.loads(files["labels.json"]))
        self.coder = Coder(files["vocabulary.txt"].decode("utf-8").splitlines())
        self.words = frozenset(files["words.txt"].decode("utf-8").split())
        self._names = Names(self.labels.names)
        self._root = self.labels.relations.index("root")
        self._encoder = _session(files["encoder.onnx"])
        self._relations = _session(files["relations.onnx"])
        self.width = self.read(["."], [True]).vectors.shape[-1]

    @classmethod
    def load(cls, folder: Path) -> Network:
        """Load the network from a folder."""
        return cls({name: (folder / name).read_bytes() for name in FILES})

    def save(self, folder: Path) -> None:
        """Write the files of the network to a folder, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in self.files.items():
            (folder / name).write_bytes(content)

    def read(self, words: Sequence[str], begins: Sequence[bool | None]) -> Reading:
        """Read one window.

        Args:
            words: its words, one at least.
            begins: where a sentence is known to begin, known not to begin, or None.
        """
        coded = self.coder.code(words)
        inputs = {
            "pieces": np.array([coded.pieces], dtype=np.int64),
            "cases": np.array([coded.cases], dtype=np.int64),
            "first": np.array([coded.first], dtype=np.int64),
        }
        outputs = self._encoder.run(OUTPUTS, inputs)
        found = dict(zip(OUTPUTS, (output[0] for output in outputs), strict=True))
        starts = [
            bool(score > 0) if known is None else known
            for score, known in zip(found["starts"], begins, strict=True)
        ]
        starts[0] = True
        heads, arcs = best_heads(found["arcs"], starts)
        relations, labels = self._label(found["child"], found["head"], heads)
        return Reading(
            tags=found["tags"],
            forms=found["forms"],
            lemmas=found["lemmas"],
            kinds=found["kinds"],
            relations=relations,
            heads=heads,
            names=self._names.find(found["names"], starts),
            sure=np.stack([arcs, labels, found["sure"]], axis=1).astype(np.float32),
            vectors=found["vectors"],
        )

    def _label(self, child: Array, head: Array, heads: Numbers) -> tuple[Numbers, Array]:
        """Return the label of each arc and its probability; a root, and only a root, is `root`."""
        (scores,) = self._relations.run(
            ["scores"], {"child": child, "head": np.ascontiguousarray(head[heads + 1])}
        )
        root = heads < 0
        scores[:, self._root] = NEVER
        best = scores.argmax(-1)
        sure = np.exp(log_softmax(scores)[np.arange(len(best)), best])
        best[root] = self._root
        sure[root] = 1.0
        return best, sure


def _session(content: bytes) -> InferenceSession:
    """Return a session that computes in the thread that asks."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors
    session: Any = onnxruntime.InferenceSession(
        content, options, providers=["CPUExecutionProvider"]
    )
    return session
