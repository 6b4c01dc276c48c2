"""The corpora under one scheme for names, and their scored parts in spaCy's binary format."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin

from training import names, treebanks
from training.annotated import read_articles
from training.conllu import Sentence, read
from training.harmonise import demonyms
from training.layers import bio, marks_of
from training.marked import MarkedText, restyle_text
from training.names import NameSentence
from training.templates import generate, load_gazetteer

NAME_LAYERS = {"ewt": "uner", "gum": "gum"}
SEED = 20261124


def _save(docs: Iterable[Doc], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    DocBin(docs=list(docs), store_user_data=False).to_disk(path)


def treebank_files(corpora: Path, part: str) -> dict[str, Path]:
    """Return the treebank files of a part: train, dev or test (GUM has no test here)."""
    files = {"ewt": corpora / "ud-ewt" / f"en_ewt-ud-{part}.conllu"}
    if part != "test":
        files["gum"] = corpora / "gum" / f"gum-{part}.conllu"
    return files


def genre(sentence: Sentence) -> str:
    """Return the genre that the identifier of a sentence's document gives (EWT, GUM)."""
    parts = sentence.document.split("_")
    return parts[1] if parts[0] == "GUM" else sentence.document.split("-")[0]


def convert(nlp: Language, corpora: Path, output: Path, gold: Path | None = None) -> None:
    """Write the parts that are scored, in spaCy's binary format.

    Each treebank gives two files: one keeps the empty lines between paragraphs, as its raw text
    has them; the other ("joined") runs everything together, which is harder than any article.
    Each corpus of names gives one, and the annotated articles of `gold` that are held apart one.
    """
    layers = name_corpora(corpora)
    if gold is not None:
        known = demonyms(corpora / "gazetteers" / "factbook-slim.json")
        layers["articles-dev"] = list(read_articles(gold, nlp, known, held=True))
    for part in ("dev", "test"):
        for name, path in treebank_files(corpora, part).items():
            sentences = list(read(path))
            marks = marks_of(sentences, layers[f"{NAME_LAYERS[name]}-{part}"])
            runs = list(treebanks.group(sentences))
            docs = [treebanks.to_doc(nlp.vocab, run, breaks=True, names=marks) for run in runs]
            joined = [treebanks.to_doc(nlp.vocab, run, names=marks) for run in runs]
            _save(docs, output / f"{name}-{part}.spacy")
            genres = json.dumps([genre(run[0]) for run in runs])
            (output / f"{name}-{part}.genres.json").write_text(genres, encoding="utf-8")
            _save(joined, output / f"{name}_joined-{part}.spacy")
    for key, names_of in layers.items():
        if not key.endswith("-train"):
            docs = [gold_doc(nlp, run) for run in _grouped(names_of)]
            _save(docs, output / f"names-{key}.spacy")


def name_corpora(corpora: Path) -> dict[str, list[NameSentence]]:
    """Return the harmonised name corpora by corpus and part.

    CrossNER's training part is small, so most of its development part trains too; Re-DocRED's
    two parts are split into 850 documents to train on, 50 to select on and 100 to test on.
    """
    factbook = corpora / "gazetteers" / "factbook-slim.json"
    known = demonyms(factbook)
    places = names.country_names(factbook)
    found: dict[str, list[NameSentence]] = {}
    for part in ("train", "dev", "test"):
        treebank = corpora / "ud-ewt" / f"en_ewt-ud-{part}.conllu"
        layer = corpora / "uner-ewt" / f"en_ewt-ud-{part}.iob2"
        found[f"uner-{part}"] = list(names.read_uner(treebank, layer, known))
        if part != "train":
            found[f"uner_as_is-{part}"] = list(names.read_uner_as_is(layer))
        if part != "test":
            gum = corpora / "gum" / f"gum-{part}.conllu"
            found[f"gum-{part}"] = list(names.read_gum(gum, known, places))
    politics = corpora / "crossner-politics"
    parts = {
        part: list(names.read_columns(politics / f"{part}.txt", known, crossner=True))
        for part in ("train", "dev", "test")
    }
    found["crossner-train"] = parts["train"] + parts["dev"][:400]
    found["crossner-dev"] = parts["dev"][400:]
    found["crossner-test"] = parts["test"]
    wikigold = corpora / "wikigold" / "wikigold.conll.txt"
    found["wikigold-train"] = list(names.read_columns(wikigold, known, crossner=False))
    documents: dict[str, list[NameSentence]] = {}
    for part in ("dev", "test"):
        path = corpora / "re-docred" / f"{part}_revised.json"
        for sentence in names.read_redocred(path, known):
            documents.setdefault(sentence.group, []).append(sentence)
    order = iter(documents.values())
    for name, size in (("train", 850), ("dev", 50), ("test", 100)):
        found[f"redocred-{name}"] = [s for d in islice(order, size) for s in d]
    return found


def generated(corpora: Path, rng: random.Random, count: int) -> list[MarkedText]:
    """Return generated news passages of one to three sentences."""
    gazetteer = load_gazetteer(corpora / "gazetteers")
    result = []
    for _ in range(count):
        text, spans = generate(rng, gazetteer)
        result.append(restyle_text(MarkedText(text=text, spans=tuple(spans)), rng))
    return result


def gold_doc(nlp: Language, sentences: Sequence[NameSentence]) -> Doc:
    """Return sentences as a document of gold tokens, for scoring."""
    words = [word for s in sentences for word in s.words]
    spaces = [
        space or (index == len(s.words) - 1)
        for s in sentences
        for index, space in enumerate(s.spaces)
    ]
    tags = [mark for sentence in sentences for mark in bio(sentence)]
    return Doc(nlp.vocab, words=words, spaces=spaces, ents=tags)


def _grouped(sentences: Sequence[NameSentence], size: int = 10) -> Iterable[list[NameSentence]]:
    run: list[NameSentence] = []
    for sentence in sentences:
        if run and (sentence.group != run[-1].group or len(run) >= size):
            yield run
            run = []
        run.append(sentence)
    if run:
        yield run
