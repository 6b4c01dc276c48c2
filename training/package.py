"""Making the bundled pipeline of a trained network."""

from __future__ import annotations

import shutil
from pathlib import Path

from spacy.language import Language

from kg.parsing.encoder.component import NAME as COMPONENT
from kg.parsing.encoder.component import Encoder
from kg.parsing.encoder.network import Network
from training.tokenizer import base_pipeline

NAME = "kg_news"
VERSION = "0.3.0"
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
    ("Voice of America articles", "Voice of America", "public domain; parts from news agencies"),
    ("re3d", "Dstl and the governments named there", "OGL v3; CC BY 3.0 AU; public domain"),
    ("White House statements", "United States government", "public domain"),
)


def assemble(network: Path) -> Language:
    """Return a pipeline of tokenizer and encoder; `network` is the folder of its files."""
    nlp = base_pipeline()
    encoder = nlp.add_pipe(COMPONENT, name="encoder")
    assert isinstance(encoder, Encoder)
    encoder.from_disk(network)  # with the scorers, if they are there
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
    return nlp


def network_of(nlp: Language) -> Network:
    """Return the network of a pipeline that `assemble` made."""
    encoder = nlp.get_pipe("encoder")
    assert isinstance(encoder, Encoder)
    return encoder.network


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
