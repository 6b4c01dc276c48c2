"""Corpora to spaCy's binary format: one scheme for syntax, one for names."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin

from training import names, treebanks
from training.augment import mixed, varied
from training.conllu import Sentence, read
from training.harmonise import demonyms
from training.marked import MarkedText, passages, restyle_text, to_doc
from training.names import NameSentence
from training.templates import generate, load_gazetteer

GENERATED = 8000
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


def convert_syntax(nlp: Language, corpora: Path, output: Path, copies: int) -> None:
    """Write `syntax-train`, `syntax-dev` and two files for each treebank and scored part.

    One keeps the empty lines between paragraphs, as the treebank's raw text has them; the other
    ("joined") runs everything together, which is harder than any article.
    """
    rng = random.Random(SEED)
    train: list[Doc] = []
    for path in treebank_files(corpora, "train").values():
        sentences: Sequence[Sentence] = list(read(path))
        train.extend(treebanks.to_doc(nlp.vocab, run) for run in mixed(sentences, rng))
        for _ in range(copies):
            train.extend(
                treebanks.to_doc(nlp.vocab, run, breaks=rng.random() < 0.5)
                for run in varied(sentences, rng)
            )
    rng.shuffle(train)
    _save(train, output / "syntax-train.spacy")
    both: list[Doc] = []
    for part in ("dev", "test"):
        for name, path in treebank_files(corpora, part).items():
            runs = list(treebanks.group(read(path)))
            docs = [treebanks.to_doc(nlp.vocab, run, breaks=True) for run in runs]
            joined = [treebanks.to_doc(nlp.vocab, run) for run in runs]
            _save(docs, output / f"{name}-{part}.spacy")
            _save(joined, output / f"{name}_joined-{part}.spacy")
            both.extend(docs if part == "dev" else [])
    _save(both, output / "syntax-dev.spacy")


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
    tags: list[str] = []
    for sentence in sentences:
        marks = ["O"] * len(sentence.words)
        for span in sentence.spans:
            marks[span.start] = f"B-{span.label}"
            marks[span.start + 1 : span.end] = [f"I-{span.label}"] * (span.end - span.start - 1)
        tags.extend(marks)
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


def convert_names(nlp: Language, corpora: Path, output: Path, weights: dict[str, int]) -> None:
    """Write `names-train`, `names-dev` and one file of gold tokens for each scored part.

    `weights` says how often each corpus is read; readings after the first are restyled.
    """
    rng = random.Random(SEED)
    found = name_corpora(corpora)
    train: list[Doc] = []
    dev: list[Doc] = []
    for key, sentences in found.items():
        corpus, _, part = key.partition("-")
        if part == "train":
            for reading in range(weights.get(corpus, 1)):
                for passage in passages(sentences, rng, restyled=reading > 0):
                    train.append(to_doc(nlp, passage))
        else:
            docs = [gold_doc(nlp, run) for run in _grouped(sentences)]
            _save(docs, output / f"names-{key}.spacy")
            dev.extend(docs if part == "dev" and corpus != "uner_as_is" else [])
    train.extend(to_doc(nlp, text) for text in generated(corpora, rng, GENERATED))
    rng.shuffle(train)
    _save(train, output / "names-train.spacy")
    _save(dev, output / "names-dev.spacy")
