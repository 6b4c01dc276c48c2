"""Tokens as plain objects: what extraction reads of a parse, taken over from spaCy once.

spaCy makes a new object for each look at a token and looks its words up by number each time, which
cost a large part of the time of extraction. The names are spaCy's, so that rules read the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.lexeme import Lexeme
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_ATTRIBUTES = ("ORTH", "LEMMA", "TAG", "POS", "DEP", "ENT_TYPE", "SENT_START", "IDX", "SPACY")
_Form = tuple[str, str, bool, bool, bool, bool, bool]


class Token:
    """A word or mark with its analysis; equal only to itself.

    Attributes:
        i: position in the document.
        text, lower_: as written, and in lower case.
        lemma_, tag_, pos_, dep_: lemma, fine and coarse part of speech, and label in the tree.
        ent_type_: kind of the name it is part of by the model; empty without one.
        is_alpha, is_digit, is_punct, is_stop, like_num: what kind of word it is.
        is_sent_start: whether a sentence begins here.
        head: what it hangs on in the tree; a root hangs on itself.
        children: what hangs on it, in text order.
        sent: the positions of its sentence.
        doc: the document.
    """

    __slots__ = (
        "children", "dep_", "doc", "ent_type_", "head", "i", "is_alpha", "is_digit", "is_punct",
        "is_sent_start", "is_stop", "lemma_", "like_num", "lower_", "pos_", "sent", "tag_", "text",
    )  # fmt: skip

    children: list[Token]
    doc: Document
    head: Token
    sent: range
    is_sent_start: bool

    def __init__(
        self, i: int, form: _Form, lemma: str, tag: str, pos: str, dep: str, ent_type: str
    ) -> None:
        """Keep the analysis; the document adds the tree."""
        self.i = i
        (
            self.text, self.lower_, self.is_alpha, self.is_digit, self.is_punct, self.is_stop,
            self.like_num,
        ) = form  # fmt: skip
        self.lemma_ = lemma
        self.tag_ = tag
        self.pos_ = pos
        self.dep_ = dep
        self.ent_type_ = ent_type
        self.children = []

    def __repr__(self) -> str:
        """Return the text."""
        return self.text

    def nbor(self, step: int = 1) -> Token:
        """Return the token so many places on; `IndexError` past the end."""
        return self.doc[self.i + step]

    @property
    def lefts(self) -> list[Token]:
        """Return what hangs on the token and stands before it."""
        return [child for child in self.children if child.i < self.i]

    @property
    def ancestors(self) -> Iterator[Token]:
        """Yield what the token hangs on, the nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def subtree(self) -> list[Token]:
        """Return the token and all that hangs on it, in text order where no branches cross."""
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
        sents: the positions of each sentence.
        names: first and last position and kind of each name that the model sees.
    """

    text: str
    sents: list[range]
    names: list[tuple[int, int, str]]
    _offsets: list[int]

    @classmethod
    def read(cls, doc: Doc) -> Document:
        """Return the tokens of a spaCy document."""
        orths, *words, starts, offsets, spaces = doc.to_array(list(_ATTRIBUTES)).T.tolist()
        document = cls(_tokens(doc.vocab, orths, words))
        document.text = "".join(
            token.text + " " if space else token.text
            for token, space in zip(document, spaces, strict=True)
        )
        document._offsets = offsets
        document.names = [(e.start, e.end - 1, e.label_) for e in doc.ents]
        document._grow(doc.to_array("HEAD").astype("int64").tolist(), starts)
        return document

    def _grow(self, heads: Sequence[int], marks: Sequence[int]) -> None:
        """Join the tokens to trees and sentences."""
        starts = []
        for token, head, mark in zip(self, heads, marks, strict=True):
            token.doc = self
            token.is_sent_start = mark == 1
            if mark == 1 or token.i == 0:
                starts.append(token.i)
            token.head = self[token.i + head]
            if head:
                token.head.children.append(token)
        self.sents = [range(*ends) for ends in pairwise([*starts, len(self)])]
        for sentence in self.sents:
            for i in sentence:
                self[i].sent = sentence

    def words(self, first: int, last: int) -> str:
        """Return the text of tokens `first..last`."""
        return self.text[self._offsets[first] : self._offsets[last] + len(self[last].text)]

    def at(self, start: int, end: int) -> tuple[int, int]:
        """Return the first and the last token that the characters `start..end` belong to."""
        return bisect_right(self._offsets, start) - 1, bisect_right(self._offsets, end - 1) - 1

    def top(self, first: int, last: int) -> Token:
        """Return the token of `first..last` nearest to the root, the first of several.

        A mark is one only where there is no word.
        """
        inside = self[first : last + 1]
        outward = [t for t in inside if t.head is t or not first <= t.head.i <= last]
        return min(outward, key=_depth)


def _depth(token: Token) -> tuple[bool, int]:
    """Return how deep in the tree a token stands, after whether it is only a mark."""
    return token.is_punct and not token.children, sum(1 for _ in token.ancestors)


def _tokens(vocab: Vocab, orths: list[int], words: list[list[int]]) -> Iterator[Token]:
    """Yield the tokens of columns of numbers, which stand for words."""
    strings = {number: vocab.strings[number] for column in words for number in set(column)}
    forms = {number: _form(vocab[number]) for number in set(orths)}
    columns = [[strings[number] for number in column] for column in words]
    for i, (orth, *analysis) in enumerate(zip(orths, *columns, strict=True)):
        yield Token(i, forms[orth], *analysis)


def _form(word: Lexeme) -> _Form:
    return (
        word.text, word.lower_, word.is_alpha, word.is_digit, word.is_punct, word.is_stop,
        word.like_num,
    )  # fmt: skip
