"""Turns an article into a `Parse`, with exact character offsets and any parser.

Extraction sees the parser only through this module: a `Parse` has a `Document` of `kg`, whatever
the parser is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg import resources
from kg.errors import UnsuitableModelError
from kg.parsing import parser as parsers
from kg.parsing import spacy_pipeline
from kg.parsing.mending import mend
from kg.parsing.parser import Parser
from kg.parsing.plain import normalise, paragraphs
from kg.parsing.tokens import Document
from kg.records import Article, Span

_WINDOW = 40_000  # characters read as one discourse; see "Long texts" in DECISIONS.md


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """A parsed article, or a part of a long one.

    Attributes:
        article: what was parsed.
        doc: the tokens of all paragraphs, with trees, names and normalised text.
        starts, ends: offsets of each token in the article, in characters; ends are exclusive.
        paragraph: number of the paragraph of each token, from 0.
        scheme: label scheme of the trees, `ud` or `clearnlp`.
    """

    article: Article
    doc: Document
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    paragraph: tuple[int, ...]
    scheme: str

    def span(self, first: int, last: int) -> Span:
        """Return the article's characters from token `first` up to and including token `last`."""
        return Span(start=self.starts[first], end=self.ends[last])


class Language:
    """Parses articles with one parser.

    Attributes:
        parser: the parser, which gets the paragraphs.
    """

    def __init__(self, parser: Parser) -> None:
        """Keep the parser after a check.

        Raises:
            UnsuitableModelError: it lacks a member of `Parser`, or its label scheme is unknown.
        """
        parsers.check(parser)
        self.parser = parser

    @property
    def version(self) -> str:
        """Return name and version of the parser, as kept with each article in a store."""
        return self.parser.version

    @property
    def scheme(self) -> str:
        """Return the label scheme of the parser, `ud` or `clearnlp`."""
        return self.parser.scheme

    @property
    def scorers(self) -> Mapping[str, bytes]:
        """Return the files of scorers that come with the parser and read its vectors, by name."""
        found: Mapping[str, bytes] = getattr(self.parser, "scorers", {})
        return found

    def parse(self, article: Article) -> Parse:
        """Return the parse of a whole article, in one batch so that results can be reproduced."""
        return self._parse(article, list(paragraphs(article.text, article.body)))

    def windows(self, article: Article) -> Iterator[Parse]:
        """Yield parses of consecutive parts of an article; most articles are one part.

        A part is whole paragraphs, up to `_WINDOW` characters unless one paragraph is longer. Time
        and memory thus stay linear for books too.
        """
        stretch: list[tuple[int, int]] = []
        for start, end in paragraphs(article.text, article.body):
            if stretch and end - stretch[0][0] > _WINDOW:
                yield self._parse(article, stretch)
                stretch = []
            stretch.append((start, end))
        yield self._parse(article, stretch)

    def _parse(self, article: Article, stretch: list[tuple[int, int]]) -> Parse:
        pieces = [normalise(article.text, start, end) for start, end in stretch]
        pieces = [piece for piece in pieces if piece.text]
        documents = self._documents([piece.text for piece in pieces])
        starts: list[int] = []
        ends: list[int] = []
        numbers: list[int] = []
        for number, (piece, document) in enumerate(zip(pieces, documents, strict=True)):
            origin = piece.origin
            for token, offset in zip(document, document.offsets, strict=True):
                starts.append(origin[offset])
                ends.append(piece.ends[offset + len(token.text) - 1])
            numbers += [number] * len(document)
        return Parse(
            article=article,
            doc=Document.gathered(documents),
            starts=tuple(starts),
            ends=tuple(ends),
            paragraph=tuple(numbers),
            scheme=self.scheme,
        )

    def _documents(self, texts: list[str]) -> list[Document]:
        """Return a document for each paragraph, corrected by `mend`."""
        documents = list(self.parser.parse(texts))
        if [document.text for document in documents] != texts:
            raise UnsuitableModelError(
                "the parser does not give one document with the same text for each text",
                where=self.version,
            )
        for document in documents:
            mend(document, self.scheme)
        return documents


def load(name: str | Path | None = None) -> Language:
    """Return the parser `name`, ready to read articles.

    Args:
        name: an entry point of the group `kg.parsers`, or else the package or folder of a spaCy
            pipeline; by default the pipeline that comes with `kg`.

    Raises:
        MissingModelError: there is no such parser.
        UnsuitableModelError: it is broken, lacks a component or has unknown labels.
    """
    offered = parsers.offered(name) if isinstance(name, str) else None
    return Language(offered or spacy_pipeline.load(str(name or resources.model_dir())))
