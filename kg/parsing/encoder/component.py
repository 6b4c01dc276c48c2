"""The encoder as a component of a spaCy pipeline.

It gives tags, parts of speech, features, lemmas, trees, sentences and names in one pass, a vector
for every word in `doc.tensor`, and in `doc.spans["kinds"]` what each noun phrase stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.parsing.columns import SURE
from kg.parsing.encoder import lemmas
from kg.parsing.encoder.network import FILES, Labels, Network, Reading
from kg.parsing.encoder.windows import windows

NAME = "kg_encoder"
KINDS = "kinds"  # key in `doc.spans`
Keyed = NDArray[np.uint64]
_COLUMNS = ["TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE"]
_OUTSIDE, _BEGIN, _INSIDE = 2, 3, 1  # spaCy's numbers for "O", "B", "I"
_MARKS = {1: True, -1: False}  # spaCy's numbers of sentence starts


@Language.factory(
    NAME,
    assigns=[
        "token.tag", "token.pos", "token.morph", "token.lemma", "token.dep", "token.head",
        "token.is_sent_start", "doc.sents", "doc.ents", "doc.tensor",
    ],
    default_config={"vectors": True},
)  # fmt: skip
def make(nlp: Language, name: str, vectors: bool) -> Encoder:
    """Return the component without a network; `from_disk` or `set_network` gives it one."""
    return Encoder(nlp.vocab, name, vectors=vectors)


class Encoder:
    """A spaCy component around one `Network`.

    Attributes:
        name: its name in the pipeline.
        vectors: whether `doc.tensor` gets the vectors (float16, one row per token).
        scorers: contents of the files of what was trained on the vectors (`kg.extract.learned`), by
            name; it travels with the network, as other vectors would mean nothing to it.
    """

    def __init__(self, vocab: Vocab, name: str = NAME, *, vectors: bool = True) -> None:
        self.vocab = vocab
        self.name = name
        self.vectors = vectors
        self.scorers: Mapping[str, bytes] = {}
        self._network: Network | None = None

    @property
    def network(self) -> Network:
        """The network.

        Raises:
            ValueError: there is none yet.
        """
        if self._network is None:
            raise ValueError(f"the component {self.name!r} has no network; load it from disk")
        return self._network

    def set_network(self, network: Network) -> None:
        """Give the component its network."""
        self._network = network
        self.keys = Keys(self.vocab, network.labels)

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of arcs, as `nlp.meta` lists them."""
        return tuple(_arc_labels(self._network.labels)) if self._network else ()

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a document and return it.

        Sentence starts that are set already (True or False) are kept.
        """
        words = [token.text for token in doc]
        marks = doc.to_array("SENT_START").astype(np.int64).tolist()
        begins = [_MARKS.get(mark) for mark in marks]
        table = Table(self, words)
        for paragraph in _paragraphs(words):
            inside = [words[at] for at in paragraph]
            known = [begins[at] for at in paragraph]
            lengths = [self.network.coder.length(word) for word in inside]
            for first, end in windows(inside, lengths, known):
                found = self.network.read(inside[first:end], known[first:end])
                table.write(paragraph[first:end], found)
        table.hang_spaces()
        doc.from_array(_COLUMNS, table.columns)  # type: ignore[arg-type]  # names of attributes
        doc.user_data[SURE] = table.sure
        if self.vectors:
            doc.tensor = table.vectors  # type: ignore[assignment]  # of any type
        doc.spans[KINDS] = [Span(doc, at, at + 1, label=kind) for at, kind in table.kinds]
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Annotate documents one after another; each is read by itself."""
        for doc in stream:
            yield self(doc)

    def to_disk(self, path: Path | str, *, exclude: Sequence[str] = ()) -> None:
        """Write the network to a folder."""
        self.network.save(Path(path))
        for name, content in self.scorers.items():
            (Path(path) / name).write_bytes(content)

    def from_disk(self, path: Path | str, *, exclude: Sequence[str] = ()) -> Encoder:
        """Load the network from a folder."""
        self.set_network(Network.load(Path(path)))
        files = (file for file in sorted(Path(path).iterdir()) if file.name not in FILES)
        self.scorers = {file.name: file.read_bytes() for file in files if file.is_file()}
        return self

    def to_bytes(self, *, exclude: Sequence[str] = ()) -> bytes:
        """Return the network as bytes."""
        from srsly import msgpack_dumps

        packed: bytes = msgpack_dumps({**self.network.files, **self.scorers})
        return packed

    def from_bytes(self, data: bytes, *, exclude: Sequence[str] = ()) -> Encoder:
        """Load the network from what `to_bytes` returned."""
        from srsly import msgpack_loads

        files = msgpack_loads(data)
        self.set_network(Network({name: files.pop(name) for name in FILES}))
        self.scorers = files
        return self


class Keys:
    """The keys in a vocabulary of all that a network can say."""

    def __init__(self, vocab: Vocab, labels: Labels) -> None:
        self.add = vocab.strings.add
        forms = [form.partition(" ") for form in labels.forms]
        self.tags = _keys(self.add, labels.tags)
        self.pos = _keys(self.add, [pos for pos, _, _ in forms])
        self.morphs = _keys(vocab.morphology.add, [features for _, _, features in forms])
        self.relations = _keys(self.add, _arc_labels(labels))


def _keys(add: Callable[[str], int], strings: Iterable[str]) -> Keyed:
    return np.array([add(string) for string in strings], dtype=np.uint64)


def _arc_labels(labels: Labels) -> list[str]:
    """Return the labels of arcs as spaCy has them: `ROOT` for `root`."""
    return ["ROOT" if label == "root" else label for label in labels.relations]


class Table:
    """The columns of a document, filled window by window.

    Attributes:
        columns: one row per token, one column for each attribute in `_COLUMNS`.
        sure: probabilities of arc, label and tag; NaN for white space.
        vectors: one row per token, zero for white space.
        kinds: position and kind of the heads of noun phrases.
    """

    def __init__(self, encoder: Encoder, words: Sequence[str]) -> None:
        self.encoder = encoder
        self.words = words
        self.columns = np.zeros((len(words), len(_COLUMNS)), dtype=np.uint64)
        self.columns[:, _COLUMNS.index("ENT_IOB")] = _OUTSIDE
        self.sure = np.full((len(words), 3), np.nan, dtype=np.float32)
        width = encoder.network.width if encoder.vectors else 0
        self.vectors = np.zeros((len(words), width), dtype=np.float16)
        self.kinds: list[tuple[int, str]] = []

    def write(self, places: Sequence[int], found: Reading) -> None:
        """Write what was found in a window; `places` are the positions of its words."""
        labels, keys = self.encoder.network.labels, self.encoder.keys
        rows = np.array(places)
        heads = np.where(found.heads < 0, rows, rows[found.heads])
        self.columns[rows, 0] = keys.tags[found.tags]
        self.columns[rows, 1] = keys.pos[found.forms]
        self.columns[rows, 2] = keys.morphs[found.forms]
        known = self.encoder.network.words
        for at, rules, tag in zip(places, found.lemmas.tolist(), found.tags.tolist(), strict=True):
            word = self.words[at]
            tried = (lemmas.apply(labels.lemmas[rule], word) for rule in rules)
            lemma = lemmas.choose(word, labels.tags[tag], tried, known)
            self.columns[at, 3] = keys.add(lemma)
        self.columns[rows, 4] = (heads - rows).astype(np.int64).view(np.uint64)
        self.columns[rows, 5] = keys.relations[found.relations]
        for first, end, kind in found.names:
            inside = slice(places[first], places[end - 1] + 1)  # white space in between, too
            self.columns[inside, 6] = _INSIDE
            self.columns[inside, 7] = keys.add(kind)
            self.columns[places[first], 6] = _BEGIN
        self.sure[rows] = found.sure
        if self.encoder.vectors:
            self.vectors[rows] = found.vectors
        for at, number in zip(places, found.kinds.tolist(), strict=True):
            if labels.kinds[number] != "O":
                self.kinds.append((at, labels.kinds[number]))

    def hang_spaces(self) -> None:
        """Give each token of white space to the word before it, or the first word after."""
        keys = self.encoder.keys
        space = [at for at, word in enumerate(self.words) if word.isspace()]
        first = next((at for at, word in enumerate(self.words) if not word.isspace()), None)
        for at in space:
            head = at if first is None else (first if at < first else at - 1)
            self.columns[at, :6] = [
                keys.add("_SP"), keys.add("SPACE"), 0, keys.add(self.words[at]), 0, keys.add("dep"),
            ]  # fmt: skip
            self.columns[at, 4] = np.int64(head - at).view(np.uint64)


def _paragraphs(words: Sequence[str]) -> Iterator[list[int]]:
    """Yield the positions of the words of each paragraph; an empty line stands between two."""
    found: list[int] = []
    for at, word in enumerate(words):
        if not word.isspace():
            found.append(at)
        elif word.count("\n") > 1 and found:
            yield found
            found = []
    if found:
        yield found
