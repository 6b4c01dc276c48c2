"""Tokens and documents: the form in which mending and extraction read any parser's output.

Attributes have the same names as in spaCy.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from kg.parsing.columns import Columns, Probabilities, joined, roots
from kg.parsing.words import form

if TYPE_CHECKING:
    from kg.parsing.columns import Array


class Token:
    """A word or mark with its analysis; equal only to itself.

    Attributes:
        i: position in the document.
        text, lower_: as written, and in lower case.
        lemma_, tag_, pos_, dep_: lemma, fine and coarse part of speech, and label in the tree.
        ent_type_: kind of the name that it is part of; empty without one.
        is_alpha, is_digit, is_punct, is_stop, like_num: what kind of word it is.
        is_sent_start: whether a sentence begins here.
        head: its head in the tree; a root is its own head.
        children: its dependents, in text order.
        sent: the token positions of its sentence.
        doc: the document.
    """

    __slots__ = (
        "children", "dep_", "doc", "ent_type_", "head", "i", "is_alpha", "is_digit", "is_punct",
        "is_sent_start", "is_stop", "lemma_", "like_num", "lower_", "pos_", "sent", "tag_", "text",
    )  # fmt: skip

    children: Sequence[Token]
    doc: Document
    head: Token
    sent: range
    is_sent_start: bool

    def __init__(self, i: int, text: str, lemma: str, tag: str, pos: str, dep: str) -> None:
        """Store the analysis; the document sets head, children and name."""
        self.i = i
        self.text = text
        (
            self.lower_, self.is_alpha, self.is_digit, self.is_punct, self.is_stop, self.like_num
        ) = form(text)  # fmt: skip
        self.lemma_ = lemma
        self.tag_ = tag
        self.pos_ = pos
        self.dep_ = dep
        self.ent_type_ = ""
        self.children = ()

    def __repr__(self) -> str:
        """Return the text."""
        return self.text

    @property
    def whitespace_(self) -> str:
        """Return the space after the token, an empty string if there is none."""
        end = self.doc.offsets[self.i] + len(self.text)
        return " " if self.doc.text[end : end + 1] == " " else ""

    @property
    def vector(self) -> Array | None:
        """Return the embedding of the token, of shape `(width,)`; None if the parser has none."""
        vectors = self.doc.vectors
        return None if vectors is None else vectors[self.i]

    def nbor(self, step: int = 1) -> Token:
        """Return the token `step` positions on; raises `IndexError` past the end."""
        return self.doc[self.i + step]

    @property
    def lefts(self) -> list[Token]:
        """Return the dependents before the token."""
        return [child for child in self.children if child.i < self.i]

    @property
    def ancestors(self) -> Iterator[Token]:
        """Yield the head, the head's head and so on, up to the root."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def subtree(self) -> list[Token]:
        """Return the token and its descendants, in text order unless the tree has crossing arcs."""
        found: list[Token] = []
        waiting: list[tuple[Token, bool]] = [(self, False)]
        while waiting:
            token, opened = waiting.pop()
            if opened or not token.children:
                found.append(token)
                continue
            right = [(c, False) for c in token.children if c.i > token.i]
            left = [(c, False) for c in token.children if c.i < token.i]
            waiting += [*reversed(right), (token, True), *reversed(left)]
        return found

    @property
    def left_edge(self) -> Token:
        """Return the first token of the subtree."""
        return min(self.subtree, key=lambda token: token.i)


class Document(tuple[Token, ...]):
    """The tokens of a parse; a slice is a tuple of them.

    Attributes:
        text: the normalised text.
        offsets: where each token begins in `text`.
        sents: the token positions of each sentence; a sentence begins where a tree begins.
        names: first and last position and kind of each name, in order.
        vectors: embeddings of the tokens, of shape `(tokens, width)`, float16 or float32; None if
            the parser has none.
        probabilities: the parser's probabilities; None if it has none.
    """

    text: str
    offsets: Sequence[int]
    sents: list[range]
    names: Sequence[tuple[int, int, str]]
    vectors: Array | None
    probabilities: Probabilities | None

    @classmethod
    def of(cls, columns: Columns) -> Document:
        """Return a document made from the columns of a parser.

        Raises:
            UnsuitableModelError: they are not a valid analysis; see `Columns.check`.
        """
        columns.check()
        return cls._made(columns)

    @classmethod
    def gathered(cls, documents: Sequence[Document]) -> Document:
        """Return the documents joined into one, with a space between their texts.

        Their tokens are moved, not copied: do not use the single documents afterwards.

        Raises:
            UnsuitableModelError: some have vectors or probabilities and others not, or widths vary.
        """
        whole = cls(chain.from_iterable(documents))
        full = [document for document in documents if document]
        whole.vectors = joined([document.vectors for document in full], "vectors")
        whole.probabilities = Probabilities.joined([document.probabilities for document in full])
        texts: list[str] = []
        offsets: list[int] = []
        whole.names, whole.sents = names, sents = [], []
        at = 0
        for document in documents:
            first = len(offsets)
            spaced = document and document is not documents[-1] and not document.text[-1:].isspace()
            texts.append(document.text + " " if spaced else document.text)
            offsets += [at + offset for offset in document.offsets]
            names += [(first + start, first + end, kind) for start, end, kind in document.names]
            sents += [range(first + s.start, first + s.stop) for s in document.sents]
            at += len(texts[-1])
        whole.text = "".join(texts)
        whole.offsets = offsets
        for i, token in enumerate(whole):
            token.i = i
            token.doc = whole
        whole._share_sentences()
        return whole

    def copy(self) -> Document:
        """Return the same tokens as new objects; arrays are shared."""
        return self._made(self.columns())

    def columns(self) -> Columns:
        """Return the document as columns, the reverse of `of`."""
        return Columns(
            text=self.text,
            offsets=self.offsets,
            words=[token.text for token in self],
            lemmas=[token.lemma_ for token in self],
            tags=[token.tag_ for token in self],
            pos=[token.pos_ for token in self],
            labels=[token.dep_ for token in self],
            heads=[token.head.i for token in self],
            names=self.names,
            vectors=self.vectors,
            probabilities=self.probabilities,
        )

    @classmethod
    def _made(cls, columns: Columns) -> Document:
        rows = zip(
            range(len(columns.words)), columns.words, columns.lemmas, columns.tags, columns.pos,
            columns.labels, strict=True,
        )  # fmt: skip
        document = cls(Token(*row) for row in rows)
        document.text = columns.text
        document.offsets = columns.offsets
        document.names = columns.names
        document.vectors = columns.vectors
        document.probabilities = columns.probabilities
        for first, last, kind in columns.names:
            for token in document[first : last + 1]:
                token.ent_type_ = kind
        below: dict[int, list[Token]] = {}  # leaves share one empty tuple: less for the GC
        for token, head in zip(document, columns.heads, strict=True):
            token.doc = document
            token.head = document[head]
            if head != token.i:
                below.setdefault(head, []).append(token)
        for head, children in below.items():
            document[head].children = children
        document.divide(columns.heads)
        return document

    def divide(self, heads: Sequence[int]) -> None:
        """Set the sentences: one begins with the first token of each tree.

        A root without a label (a token that was not parsed) begins none.

        Args:
            heads: the position of the head of each token.

        Raises:
            UnsuitableModelError: the heads have a cycle.
        """
        seen: set[int] = set()
        starts = []
        for token, root in zip(self, roots(heads), strict=True):
            first = root not in seen
            seen.add(root)
            token.is_sent_start = token.i == 0 or (first and self[root].dep_ != "")
            if token.is_sent_start:
                starts.append(token.i)
        self.sents = [range(*ends) for ends in pairwise([*starts, len(self)])]
        self._share_sentences()

    def _share_sentences(self) -> None:
        """Set `sent` of each token."""
        for sentence in self.sents:
            for token in self[sentence.start : sentence.stop]:
                token.sent = sentence

    def words(self, first: int, last: int) -> str:
        """Return the text of tokens `first..last`."""
        return self.text[self.offsets[first] : self.offsets[last] + len(self[last].text)]

    def at(self, start: int, end: int) -> tuple[int, int]:
        """Return the first and last token position in the characters `start..end` of `text`."""
        return bisect_right(self.offsets, start) - 1, bisect_right(self.offsets, end - 1) - 1

    def top(self, first: int, last: int) -> Token:
        """Return the token of `first..last` nearest to the root; of several, the first.

        Punctuation without dependents counts only if there is nothing else.
        """
        inside = self[first : last + 1]
        outward = [t for t in inside if t.head is t or not first <= t.head.i <= last]
        return min(outward, key=_depth)


def _depth(token: Token) -> tuple[bool, int]:
    """Return whether a token is punctuation without dependents, and its distance to the root."""
    return token.is_punct and not token.children, sum(1 for _ in token.ancestors)
