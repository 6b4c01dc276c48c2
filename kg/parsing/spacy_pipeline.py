"""Makes a spaCy pipeline a parser; no other module of `kg` imports spaCy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg import version
from kg.errors import MissingModelError, UnsuitableModelError
from kg.parsing.columns import SURE, Columns, Probabilities
from kg.parsing.sentences import beginnings
from kg.parsing.threads import one_thread
from kg.parsing.tokens import Document

if TYPE_CHECKING:
    from spacy.language import Language as Nlp
    from spacy.tokens import Doc

_ATTRIBUTES: list[int | str] = ["ORTH", "LEMMA", "TAG", "POS", "DEP", "IDX", "HEAD"]
_MARKS = {None: 0, True: 1, False: (1 << 64) - 1}  # whether a sentence begins; False is -1
# What components must assign, by the name under which spaCy usually has one that does.
_NEEDS = {"parser": "token.dep", "ner": "doc.ents"}
_TREES = _NEEDS["parser"]
_ABSENT = ("[E050]", "[E052]", "[E053]", "[E941]")  # spaCy's errors: nothing is there
_BATCH = 64  # paragraphs; larger ones are no quicker on one thread


class SpacyParser:
    """A spaCy pipeline with tagger, parser and named entities; a `kg.parsing.parser.Parser`.

    One component may do all of that, or several, under any names: what counts is what each says
    that it assigns, when it is registered, here `token.dep` and `doc.ents`:

        @Language.factory("all_in_one", assigns=["token.tag", "token.dep", "doc.ents"])
        def make(nlp, name): ...

    A component that assigns trees tells their labels in `labels`, or in `parser_labels` if
    `labels` are those of something else.

    Attributes:
        nlp: the pipeline.
        scheme: label scheme, `ud` or `clearnlp`, as found from the labels of its parser.
        scored: whether documents get the pipeline's vectors and probabilities, if it has any;
            always if it comes with scorers, which read them.
    """

    def __init__(self, nlp: Nlp, *, name: str, scored: bool = False) -> None:
        """Check that `nlp` has what is needed; messages call it `name`.

        Raises:
            UnsuitableModelError: it lacks a component or has unknown labels.
        """
        self.nlp = nlp
        self.scheme = _scheme(nlp, name)
        self.scored = scored or bool(self.scorers)
        self.nlp.max_length = 10_000_000

    @property
    def version(self) -> str:
        """Return language, name and version of the pipeline, and a digest of its files."""
        if self.nlp.path is not None and (self.nlp.path / "meta.json").is_file():
            return version.of_language(self.nlp.path)
        meta = self.nlp.meta
        return f"{meta.get('lang', '')}_{meta.get('name', '')}-{meta.get('version', '')}"

    @property
    def scorers(self) -> Mapping[str, bytes]:
        """Return the files of scorers that read its vectors, by name; empty if it has none."""
        parts = (getattr(part, "scorers", None) for _, part in self.nlp.pipeline)
        return next((files for files in parts if files), {})

    def parse(self, texts: Sequence[str]) -> list[Document]:
        """Return one document for each text; each spaCy document is freed after conversion."""
        strings: dict[int, str] = {}
        with one_thread():
            docs = self.nlp.pipe(map(self._opened, texts), batch_size=_BATCH)
            return [document(doc, strings, scored=self.scored) for doc in docs]

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


def document(doc: Doc, strings: dict[int, str] | None = None, *, scored: bool = False) -> Document:
    """Return a spaCy document converted to a `Document`.

    Args:
        doc: the spaCy document.
        strings: strings of the vocabulary by number; a cache, which is extended.
        scored: whether to take over vectors (`doc.tensor`) and probabilities, if there are any.
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
            vectors=doc.tensor if scored and len(doc.tensor) == len(doc) > 0 else None,
            probabilities=_probabilities(doc) if scored else None,
        )
    )


def _probabilities(doc: Doc) -> Probabilities | None:
    """Return the probabilities that the bundled component leaves; None without it."""
    sure = doc.user_data.get(SURE)
    if sure is None:
        return None
    return Probabilities(arcs=sure[:, 0], labels=sure[:, 1], tags=sure[:, 2])


def _scheme(nlp: Nlp, name: str) -> str:
    missing = [need for need, given in _NEEDS.items() if not _assigning(nlp, given)]
    if missing:
        raise UnsuitableModelError(
            f"the pipeline has no {' and no '.join(missing)}",
            where=name,
            hint="use one with tagger, parser and named entities; a component of another name "
            f"must be registered as assigning {' or '.join(_NEEDS[need] for need in missing)}",
        )
    labels = _labels(nlp)
    if not labels:
        raise UnsuitableModelError(
            f"no component that assigns {_TREES} tells its labels",
            where=name,
            hint="give the component an attribute `parser_labels` or `labels`, or train it",
        )
    if "nsubj:pass" in labels or "obl" in labels:
        return "ud"
    if "nsubjpass" in labels and "pobj" in labels:
        return "clearnlp"
    raise UnsuitableModelError(
        "the parser's labels are neither Universal Dependencies nor ClearNLP",
        where=name,
        hint="use a pipeline with labels such as nsubj:pass and obl, or nsubjpass and pobj",
    )


def _assigning(nlp: Nlp, given: str) -> list[str]:
    """Return the names of the components, in order, that say they assign an attribute."""
    return [name for name in nlp.pipe_names if given in nlp.get_pipe_meta(name).assigns]


def _labels(nlp: Nlp) -> frozenset[str]:
    """Return the labels of the last component that assigns trees and tells its labels."""
    for name in reversed(_assigning(nlp, _TREES)):
        component = nlp.get_pipe(name)
        for attribute in ("parser_labels", "labels"):
            if told := getattr(component, attribute, None):
                return frozenset(told)
    return frozenset()


@cache
def load(name: str | Path) -> SpacyParser:
    """Return the spaCy pipeline of a package or a folder; each is loaded once per process.

    Args:
        name: the folder, or the package as it is imported (`en_core_web_sm`) or installed
            (`en-core-web-sm`).

    Raises:
        MissingModelError: there is no such pipeline.
        UnsuitableModelError: it is broken, lacks a component or has unknown labels.
    """
    import spacy
    from spacy.util import is_package
    from thinc.api import NumpyOps, get_current_ops, use_ops

    from kg.parsing.encoder import component  # noqa: F401  # registers it, if `kg` is not installed

    try:
        # NumPy multiplies two to three times as fast as what spaCy uses on most processors; where
        # thinc has something better (a GPU, Apple's library), it stays.
        plain = type(get_current_ops()) is NumpyOps
        with use_ops("numpy", use_blis=False) if plain else nullcontext():
            installed = isinstance(name, str) and is_package(name)
            nlp = spacy.load(str(name).replace("-", "_") if installed else name)
    except Exception as error:  # loading runs the package's code, which may raise anything
        if isinstance(error, OSError) and str(error).startswith(_ABSENT):
            raise MissingModelError(
                "there is no language pipeline of that name or path",
                where=name,
                hint="install one, name its folder, or leave out --model for the bundled one",
            ) from error
        raise UnsuitableModelError(
            f"it cannot be loaded: {type(error).__name__}: {error}",
            where=name,
            hint="give the name or folder of a spaCy pipeline; if it is one, install it again",
        ) from error
    return SpacyParser(nlp, name=str(name))
