"""Makes a spaCy pipeline a parser; no other module of `kg` imports spaCy."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg import version
from kg.errors import MissingModelError, UnsuitableModelError
from kg.parsing.columns import Columns
from kg.parsing.sentences import beginnings
from kg.parsing.tokens import Document

if TYPE_CHECKING:
    from spacy.language import Language as Nlp
    from spacy.tokens import Doc
    from threadpoolctl import ThreadpoolController

_ATTRIBUTES: list[int | str] = ["ORTH", "LEMMA", "TAG", "POS", "DEP", "IDX", "HEAD"]
_MARKS = {None: 0, True: 1, False: (1 << 64) - 1}  # whether a sentence begins; False is -1
_BATCH = 64  # paragraphs; larger ones are no quicker on one thread


class SpacyParser:
    """A spaCy pipeline with tagger, parser and named entities; a `kg.parsing.parser.Parser`.

    Attributes:
        nlp: the pipeline.
        scheme: label scheme, `ud` or `clearnlp`, as found from the labels of its parser.
    """

    def __init__(self, nlp: Nlp, *, name: str) -> None:
        """Check that `nlp` has what is needed; messages call it `name`.

        Raises:
            UnsuitableModelError: it lacks a component or has unknown labels.
        """
        self.nlp = nlp
        self.scheme = _scheme(nlp, name)
        self.nlp.max_length = 10_000_000

    @property
    def version(self) -> str:
        """Return language, name and version of the pipeline, and a digest of its files."""
        if self.nlp.path is not None and (self.nlp.path / "meta.json").is_file():
            return version.of_language(self.nlp.path)
        meta = self.nlp.meta
        return f"{meta.get('lang', '')}_{meta.get('name', '')}-{meta.get('version', '')}"

    def parse(self, texts: Sequence[str]) -> list[Document]:
        """Return one document for each text; each spaCy document is freed after conversion."""
        strings: dict[int, str] = {}
        with _one_thread():
            docs = self.nlp.pipe(map(self._opened, texts), batch_size=_BATCH)
            return [document(doc, strings) for doc in docs]

    def _opened(self, text: str) -> Doc:
        """Return the tokenised text, with marks where a sentence begins and where none can."""
        doc = self.nlp.make_doc(text)
        words = [token.text for token in doc]
        spaces = doc.to_array("SPACY").tolist()
        glued = [False, *(not space for space in spaces)]
        cased = any(letter.isupper() for letter in text)
        begun = beginnings(zip(words, glued, strict=False), cased=cased)
        marks = doc.to_array("SENT_START")  # an array of its own, of the right type
        marks[:] = [_MARKS[begins] for begins in begun]
        return doc.from_array("SENT_START", marks)  # type: ignore[arg-type]  # one column


def document(doc: Doc, strings: dict[int, str] | None = None) -> Document:
    """Return a spaCy document converted to a `Document`.

    Args:
        doc: the spaCy document.
        strings: strings of the vocabulary by number; a cache, which is extended.
    """
    strings = {} if strings is None else strings
    array = doc.to_array(_ATTRIBUTES)
    *numbers, offsets = array[:, :-1].T.tolist() if len(doc) else [[]] * (len(_ATTRIBUTES) - 1)
    for number in set().union(*numbers).difference(strings):
        strings[number] = doc.vocab.strings[number]
    words, lemmas, tags, pos, labels = [[strings[n] for n in column] for column in numbers]
    steps = array[:, -1].astype("int64").tolist() if len(doc) else []
    return Document.of(
        Columns(
            text=doc.text,
            offsets=offsets,
            words=words,
            lemmas=lemmas,
            tags=tags,
            pos=pos,
            labels=labels,
            heads=[i + step for i, step in enumerate(steps)],
            names=[(name.start, name.end - 1, name.label_) for name in doc.ents],
        )
    )


@cache
def _threads() -> ThreadpoolController:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _one_thread() -> AbstractContextManager[object]:
    """Return a context in which the process multiplies matrices in one thread.

    The matrices are small, so more threads cost more time than they save; and rounding would
    depend on the number of cores.
    """
    limited: AbstractContextManager[object] = _threads().limit(limits=1, user_api="blas")
    return limited


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


@cache
def load(name: str | Path) -> SpacyParser:
    """Return the spaCy pipeline of a package or a folder; each is loaded once per process.

    Raises:
        MissingModelError: there is no such pipeline.
        UnsuitableModelError: it is broken, lacks a component or has unknown labels.
    """
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
    return SpacyParser(nlp, name=str(name))
