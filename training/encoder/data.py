"""All examples that the encoder learns from, by corpus and part."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from kg.parsing.encoder.decoding import spans
from kg.parsing.encoder.pieces import Coder
from kg.parsing.encoder.windows import MOST_PIECES
from training import convert
from training.annotated import read_articles
from training.conllu import Sentence
from training.conllu import read as read_conllu
from training.encoder.examples import Example, from_names, from_treebank
from training.harmonise import NameSpan, demonyms, harmonise
from training.marked import MarkedText, to_doc
from training.names import NameSentence, phrase_kinds
from training.templates import Gazetteer, load_gazetteer, person
from training.tokenizer import base_pipeline

GENERATED = 3000  # sentences from templates in each reading
RESTYLED = {"lower": 0.04, "upper": 0.03, "title": 0.03}  # shares of the examples
SWAPPED = 0.25  # share of the treebanks' examples whose names of people and towns are changed


class Corpora:
    """The corpora of a folder, read once; examples are cut and varied anew for each reading."""

    def __init__(self, folder: Path, gold: Path | None, coder: Coder) -> None:
        """Read the corpora of `folder` and, if given, the annotated articles of `gold`."""
        self.folder = folder
        self.coder = coder
        self.nlp = base_pipeline()
        self.names = convert.name_corpora(folder)
        self.known = demonyms(folder / "gazetteers" / "factbook-slim.json")
        if gold is not None:
            for part, held in (("train", False), ("dev", True)):
                found = read_articles(gold, self.nlp, self.known, held=held)
                self.names[f"articles-{part}"] = list(found)
        self.gazetteer = load_gazetteer(folder / "gazetteers")
        self.treebanks = {
            (name, part): list(read_conllu(path))
            for part in ("train", "dev", "test")
            for name, path in convert.treebank_files(folder, part).items()
        }

    def syntax(self, name: str, part: str, rng: random.Random) -> list[Example]:
        """Return the examples of a treebank with all its layers, varied if they are to train on."""
        sentences = self.treebanks[name, part]
        layer = self.names[f"{convert.NAME_LAYERS[name]}-{part}"]
        kinds = _kinds(sentences) if name == "gum" else None
        found: Iterator[Example] = from_treebank(sentences, layer, rng, kinds=kinds)
        if part == "train":
            found = (varied(_swapped(e, rng, self.gazetteer), rng) for e in found)
        return [e for e in found if self._fits(e)]

    def named(self, part: str, rng: random.Random) -> dict[str, list[Example]]:
        """Return the examples that have names alone, by corpus."""
        result: dict[str, list[Example]] = {}
        skipped = {*convert.NAME_LAYERS.values(), "uner_as_is"}
        for key, layer in self.names.items():
            name, _, of = key.partition("-")
            if of == part and name not in skipped:
                found: Iterator[Example] = from_names(layer, rng)
                if part == "train":
                    found = (varied(e, rng) for e in found)
                result[name] = [e for e in found if self._fits(e)]
        if part == "train":
            made = convert.generated(self.folder, rng, GENERATED)
            result["generated"] = list(from_names(self._words(made), rng))
        return result

    def _words(self, texts: Sequence[MarkedText]) -> list[NameSentence]:
        result = []
        for number, text in enumerate(texts):
            doc = to_doc(self.nlp, text)
            words = tuple(token.text for token in doc)
            found = [NameSpan(start=e.start, end=e.end, label=e.label_) for e in doc.ents]
            spans = tuple(harmonise(words, found, self.known))
            spaces = tuple(bool(token.whitespace_) for token in doc)
            result.append(NameSentence(group=str(number), words=words, spaces=spaces, spans=spans))
        return result

    def _fits(self, example: Example) -> bool:
        return sum(map(self.coder.length, example.words)) <= MOST_PIECES


def _kinds(sentences: Sequence[Sentence]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for _, document in groupby(sentences, key=lambda s: s.document):
        found.update(phrase_kinds(list(document)))
    return found


def varied(example: Example, rng: random.Random) -> Example:
    """Return the example as it is or, now and then, in other cases of its letters."""
    draw = rng.random()
    for style, share in RESTYLED.items():
        if draw < share:
            return replace(example, words=tuple(getattr(str, style)(w) for w in example.words))
        draw -= share
    return example


def _swapped(example: Example, rng: random.Random, gazetteer: Gazetteer) -> Example:
    """Return the example with other people and towns, of as many words, if it is to be changed."""
    if example.names is None or rng.random() > SWAPPED:
        return example
    words = list(example.words)
    for start, end, label in spans(example.names):
        if label == "PER":
            new = person(rng, gazetteer, surname=end - start == 1).split()
        elif label == "GPE":
            new = rng.choice(gazetteer.cities).split()
        else:
            continue
        if len(new) == end - start and all(word[:1].isupper() for word in words[start:end]):
            words[start:end] = new
    return replace(example, words=tuple(words))
