"""Making the bundled pipeline of what was trained."""

from __future__ import annotations

import shutil
from pathlib import Path

import spacy
from spacy.language import Language

from training.tokenizer import make_tokenizer_rules

NAME = "kg_news"
VERSION = "0.2.0"
DESCRIPTION = "English news: tags, morphology, lemmas, Universal Dependencies and names."
LICENCE = "CC BY-SA 4.0"
SOURCES = (
    ("UD English EWT", "Universal Dependencies project", "CC BY-SA 4.0"),
    ("UNER English EWT", "Universal NER project", "CC BY-SA 4.0"),
    ("GUM (documents with open texts)", "Georgetown University", "CC BY 4.0; texts CC BY-SA"),
    ("Re-DocRED", "Tan, Xu, Bing, Ng and Aljunied", "MIT; texts CC BY-SA"),
    ("CrossNER, politics", "Liu, Xu, Yu and others", "MIT; texts CC BY-SA"),
    ("Wikigold", "Balasuriya, Ringland, Nothman and others", "CC BY 4.0"),
    ("all-MiniLM-L6-v2", "sentence-transformers project", "Apache 2.0"),
    ("Wikinews", "Wikinews contributors", "CC BY 2.5"),
    ("White House statements", "United States government", "public domain"),
)


def assemble(syntax: Path, names: Path) -> Language:
    """Return one pipeline of the trained syntax and, with a tok2vec of its own, names."""
    nlp = spacy.load(syntax)
    if "ner" in nlp.pipe_names:
        nlp.remove_pipe("ner")  # a second task while syntax was learnt
    nlp.add_pipe("ner", source=spacy.load(names))
    make_tokenizer_rules(nlp)
    nlp.meta.update(
        name=NAME,
        version=VERSION,
        description=DESCRIPTION,
        author="The newskg contributors",
        email="",
        url="",
        license=LICENCE,
        sources=[{"name": n, "author": a, "license": lic} for n, a, lic in SOURCES],
    )
    # What was needed to train, files included, is no part of the pipeline.
    nlp.config["paths"] = {}
    nlp.config["corpora"] = {}
    nlp.config["initialize"] = {"components": {}, "tokenizer": {}}
    return nlp


def write(nlp: Language, target: Path, texts: dict[str, str]) -> None:
    """Write the pipeline and its papers to `target`, replacing what is there at once."""
    fresh = target.with_name(target.name + ".new")
    old = target.with_name(target.name + ".old")
    for folder in (fresh, old):
        shutil.rmtree(folder, ignore_errors=True)
    nlp.to_disk(fresh)
    for name, text in texts.items():
        (fresh / name).write_text(text, encoding="utf-8")
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def size_mb(folder: Path) -> float:
    """Return the size of a folder in megabytes (10^6 bytes)."""
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) / 1e6
