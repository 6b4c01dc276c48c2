"""A parser that only knows the sentences of a CoNLL-U file: all that a new parser has to write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from parses import named

from kg.parsing.columns import Columns
from kg.parsing.tokens import Document

Row = list[str]  # ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC


class TreebankParser:
    """Gives the trees of a treebank; names are in its last column, as `Name=B-PER`."""

    scheme = "ud"

    def __init__(self, path: Path) -> None:
        content = path.read_text(encoding="utf-8")
        self.version = f"treebank-{sha256(content.encode()).hexdigest()[:8]}"
        self.known = dict(map(_sentence, content.strip().split("\n\n")))

    def parse(self, texts: Sequence[str]) -> Iterator[Document]:
        for text in texts:
            yield Document.of(_columns(text, self._rows(text)))

    def _rows(self, text: str) -> Iterable[Sequence[Row]]:
        """Return the sentences of a paragraph, in order."""
        while text:
            sentence = max((s for s in self.known if text.startswith(s)), key=len)
            yield self.known[sentence]
            text = text[len(sentence) :].lstrip()


def _sentence(block: str) -> tuple[str, list[Row]]:
    """Return the text and the rows of a sentence; words of a contraction have rows of their own."""
    rows = [line.split("\t") for line in block.splitlines() if line[0] != "#"]
    text = next(line for line in block.splitlines() if line.startswith("# text = "))
    return text.removeprefix("# text = "), [row for row in rows if row[0].isdigit()]


def _columns(text: str, sentences: Iterable[Sequence[Row]]) -> Columns:
    rows: list[Row] = []
    heads: list[int] = []
    for sentence in sentences:
        first = len(rows)
        for number, row in enumerate(sentence):
            heads.append(first + (int(row[6]) - 1 if row[6] != "0" else number))
        rows += sentence
    offsets, at = [], 0
    for row in rows:
        offsets.append(text.index(row[1], at))
        at = offsets[-1] + len(row[1])
    return Columns(
        text=text,
        offsets=offsets,
        words=[row[1] for row in rows],
        lemmas=[row[2] for row in rows],
        tags=[row[4] for row in rows],
        pos=[row[3] for row in rows],
        labels=["ROOT" if row[7] == "root" else row[7] for row in rows],
        heads=heads,
        names=named([row[9].partition("Name=")[2].partition("|")[0] for row in rows]),
    )
