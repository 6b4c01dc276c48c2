"""Articles to parsed text: spaCy pipelines, normalised input and exact character offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg import resources, version
from kg.errors import MissingModelError, UnsuitableModelError
from kg.parsing.mending import mend
from kg.records import Article, Span

if TYPE_CHECKING:
    from spacy.language import Language as Nlp
    from spacy.tokens import Doc
    from threadpoolctl import ThreadpoolController

# What the pipeline reads instead of a character; everything else stays.
_PLAIN = {
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'",
    "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
    "\u200e": "", "\u200f": "", "\u202a": "", "\u202b": "", "\u202c": "", "\u202d": "",
    "\u202e": "", "\x00": "",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl",
    "‐": "-", "‑": "-", "…": "...",
}  # fmt: skip
# What may end a sentence and what may stand between that and the next one; after the
# abbreviations a name or a number follows.
_FINAL = (".", "!", "?")
_CLOSERS = frozenset("\"')]}")
_OPEN_ENDED = frozenset(
    "mr. mrs. ms. dr. prof. gen. gens. sen. sens. rep. reps. gov. govs. lt. col. maj. capt. sgt. "
    "adm. cmdr. brig. rev. st. mt. ft. vs. v. p.".split()
)
_OPENERS = frozenset(
    "the a an he she it they we i this that these those there but and in on at after before when "
    "while if as his her their its our no both another some many most all however meanwhile".split()
)
_PARAGRAPH = re.compile(r"[^\r\n]+")
_WINDOW = 40_000  # characters read as one discourse
_LONGEST = 20_000  # characters parsed in one piece; longer paragraphs are cut after a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """Normalised text; `origin[i]` is the offset in the article of its character `i`."""

    text: str
    origin: tuple[int, ...]


def normalise(text: str, start: int, end: int) -> Plain:
    """Return the stretch `start..end` of `text` with plain quotes, spaces and ligatures.

    Runs of white space become one space; invisible characters go. Every character that is left
    knows where it came from.
    """
    letters: list[str] = []
    origin: list[int] = []
    for offset in range(start, end):
        letter = text[offset]
        if letter.isspace():
            if letters and letters[-1] != " ":
                letters.append(" ")
                origin.append(offset)
            continue
        if "\ud800" <= letter <= "\udfff":  # half of a pair, which spaCy cannot take
            letter = "\ufffd"
        for plain in _PLAIN.get(letter, letter):
            letters.append(plain)
            origin.append(offset)
    while letters and letters[-1] == " ":
        letters.pop()
        origin.pop()
    return Plain(text="".join(letters), origin=tuple(origin))


def paragraphs(text: str, body: int = 0) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the paragraphs of `text` from `body` on: lines that hold a letter."""
    for match in _PARAGRAPH.finditer(text, body):
        start, end = match.span()
        if not any(letter.isalnum() for letter in match.group()):
            continue
        while end - start > _LONGEST:
            cut = text.rfind(". ", start, start + _LONGEST) + 1 or start + _LONGEST
            yield start, cut
            start = cut
        yield start, end


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """A parsed article.

    Attributes:
        article: what was parsed.
        doc: all paragraphs as one spaCy Doc of normalised text.
        starts, ends: offsets in the article of each token.
        paragraph: number of the paragraph of each token.
        scheme: label scheme of the parser, `ud` or `clearnlp`.
    """

    article: Article
    doc: Doc
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    paragraph: tuple[int, ...]
    scheme: str

    def span(self, first: int, last: int) -> Span:
        """Return the article's characters from token `first` up to and including token `last`."""
        return Span(start=self.starts[first], end=self.ends[last])


class Language:
    """A spaCy pipeline with tagger, parser and names that reads articles."""

    def __init__(self, nlp: Nlp, *, name: str) -> None:
        """Check that `nlp` can do the work; otherwise `UnsuitableModelError`."""
        self.nlp = nlp
        self.name = name
        self.scheme = _scheme(nlp, name)
        self.nlp.max_length = 10_000_000

    @property
    def version(self) -> str:
        """Return name, version and a digest of its files, as kept with each article in a store."""
        if self.nlp.path is not None and (self.nlp.path / "meta.json").is_file():
            return version.of_language(self.nlp.path)
        meta = self.nlp.meta
        return f"{meta.get('lang', '')}_{meta.get('name', '')}-{meta.get('version', '')}"

    def parse(self, article: Article) -> Parse:
        """Return `article` parsed whole; its paragraphs are one batch, so that runs agree."""
        return self._parse(article, list(paragraphs(article.text, article.body)))

    def windows(self, article: Article) -> Iterator[Parse]:
        """Yield `article` parsed in stretches of whole paragraphs, one for all but long texts.

        A text of book length is no single discourse; in stretches, time and memory stay linear.
        """
        stretch: list[tuple[int, int]] = []
        for start, end in paragraphs(article.text, article.body):
            if stretch and end - stretch[0][0] > _WINDOW:
                yield self._parse(article, stretch)
                stretch = []
            stretch.append((start, end))
        yield self._parse(article, stretch)

    def _parse(self, article: Article, stretch: list[tuple[int, int]]) -> Parse:
        from spacy.tokens import Doc

        pieces = [normalise(article.text, start, end) for start, end in stretch]
        pieces = [piece for piece in pieces if piece.text]
        texts = (self._opened(piece.text) for piece in pieces)
        with _one_thread():
            docs = list(self.nlp.pipe(texts, batch_size=64))
        if self.scheme == "ud":
            for doc in docs:
                mend(doc)
        starts: list[int] = []
        ends: list[int] = []
        numbers: list[int] = []
        for number, (piece, doc) in enumerate(zip(pieces, docs, strict=True)):
            for token in doc:
                starts.append(piece.origin[token.idx])
                ends.append(piece.origin[token.idx + len(token) - 1] + 1)
                numbers.append(number)
        whole = Doc.from_docs(docs, exclude=["tensor"]) if docs else None  # type: ignore[call-arg]
        return Parse(
            article=article,
            doc=whole if whole is not None else Doc(self.nlp.vocab),
            starts=tuple(starts),
            ends=tuple(ends),
            paragraph=tuple(numbers),
            scheme=self.scheme,
        )

    def _opened(self, text: str) -> Doc:
        """Return the text as tokens, with the places where no sentence can begin marked so.

        Treebanks of web text teach a parser that sentences may begin anywhere; in an edited
        paragraph they begin after a final mark, and in upper case unless nothing there is.
        """
        doc = self.nlp.make_doc(text)
        cased = any(letter.isupper() for letter in text)
        last, before, quoted = "", "", False  # the last words that are no closing marks
        for token in doc:
            word = token.text
            closes = bool(word) and all(letter in _CLOSERS for letter in word)
            glued = token.i > 0 and not doc[token.i - 1].whitespace_
            may = last.endswith(_FINAL) and not quoted and not _open_ended(last)
            may = may and not (last == "." and before.lower() == "no" and word[:1].isdigit())
            if token.i and not (may and not _goes_on(word, cased) and not (closes and glued)):
                token.is_sent_start = False
            elif token.i and last.count(".") > 1 and word.istitle() and word.lower() in _OPENERS:
                token.is_sent_start = True  # "in the U.S. He left"
            if not closes:
                before, last, quoted = last, word, False
            elif not glued or quoted:
                quoted = True
        return doc


@cache
def _threads() -> ThreadpoolController:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _one_thread() -> AbstractContextManager[object]:
    """Multiply matrices of the process in one thread, for as long as the context lasts.

    The matrices are so small that more threads cost more time than they save, and rounding would
    depend on how many cores a machine has.
    """
    limited: AbstractContextManager[object] = _threads().limit(limits=1, user_api="blas")
    return limited


def _goes_on(word: str, cased: bool) -> bool:
    """Return whether a word cannot begin a sentence of a text with or without upper case."""
    return (cased and word[:1].islower()) or word[:1] in ",;:)]}%"


def _open_ended(last: str) -> bool:
    """Return whether a full stop ends an abbreviation or an initial, not a sentence."""
    initial = len(last) == 2 and last[0].isupper() and last != "I."
    return initial or last.lower() in _OPEN_ENDED


def _scheme(nlp: Nlp, name: str) -> str:
    missing = [need for need in ("parser", "ner") if need not in nlp.pipe_names]
    if missing:
        raise UnsuitableModelError(
            f"the pipeline has no {' and no '.join(missing)}",
            where=name,
            hint="use one with tagger, parser and named entities",
        )
    labels = set(nlp.get_pipe("parser").labels)  # type: ignore[attr-defined]
    if "nsubj:pass" in labels or "obl" in labels:
        return "ud"
    if "nsubjpass" in labels and "pobj" in labels:
        return "clearnlp"
    raise UnsuitableModelError(
        "the parser's labels are neither Universal Dependencies nor ClearNLP",
        where=name,
        hint="use a pipeline with labels such as nsubj:pass and obl, or nsubjpass and pobj",
    )


def load(name: str | Path | None = None) -> Language:
    """Return the language pipeline `name` (package or path), by default the bundled one.

    Raises:
        MissingModelError: there is no such pipeline.
        UnsuitableModelError: it is broken, lacks a component or has unknown labels.
    """
    return _load(str(name or resources.model_dir()))


@cache
def _load(name: str) -> Language:
    import spacy
    from thinc.api import NumpyOps, get_current_ops, use_ops

    try:
        # NumPy multiplies two to three times as fast as what spaCy uses on most processors; where
        # thinc has something better (a GPU, Apple's library), it stays.
        plain = type(get_current_ops()) is NumpyOps
        with use_ops("numpy", use_blis=False) if plain else nullcontext():
            nlp = spacy.load(name)
    except OSError as error:
        raise MissingModelError(
            "there is no language pipeline of that name or path",
            where=name,
            hint="install one, name its folder, or leave out --model for the bundled one",
        ) from error
    except ValueError as error:
        raise UnsuitableModelError(
            f"it cannot be loaded: {error}", where=name, hint="install it again"
        ) from error
    return Language(nlp, name=name)
