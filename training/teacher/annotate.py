"""Open text annotated by the teacher: silver syntax and silver names.

Text comes from open news and statements, and from the name corpora, whose own names are kept.
Paragraphs of which the teacher is unsure are left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin, Span

from training.convert import SEED, generated, name_corpora
from training.marked import MarkedText, passages, to_doc
from training.teacher.examples import Example, plain
from training.teacher.read import Reader
from training.teacher.train import load

SHORTEST = 40  # characters of a paragraph
PIECE = 120  # words after which a piece may end with a sentence; it ends at twice as many
SURE = 0.9  # mean probability of the arcs
SHARES = {"wikinews": 1.0, "whitehouse": 0.4}
GENERATED = 4000
READINGS = {"crossner": 2}
_FINAL = (".", "!", "?")


def paragraphs(corpora: Path, rng: random.Random) -> Iterator[str]:
    """Yield distinct paragraphs of open news and statements, some of them of each source."""
    seen: set[str] = set()
    for name, share in SHARES.items():
        with gzip.open(corpora / "raw" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                for raw in json.loads(line)["text"].split("\n"):
                    text = " ".join(raw.split())
                    new = len(text) >= SHORTEST and text not in seen
                    seen.add(text)
                    if new and rng.random() < share:
                        yield text


def marked_texts(corpora: Path, rng: random.Random) -> Iterator[MarkedText]:
    """Yield texts of the name corpora's training parts, restyled when read again, and generated."""
    for key, sentences in name_corpora(corpora).items():
        name, _, part = key.partition("-")
        if part == "train" and name not in {"uner", "gum"}:
            for reading in range(READINGS.get(name, 1)):
                yield from passages(sentences, rng, restyled=reading > 0)
    yield from generated(corpora, rng, GENERATED)


def pieces(doc: Doc) -> Iterator[Doc]:
    """Yield a document in pieces of whole sentences, about as long as the teacher reads."""
    start = 0
    for token in doc[1:]:
        first = token.text[0].isupper() or not token.text[0].isalnum()
        ends = doc[token.i - 1].text.endswith(_FINAL) and doc[token.i - 1].whitespace_ and first
        far = token.i - start
        if (ends and far > PIECE // 2) or far >= 2 * PIECE:
            yield doc[start : token.i].as_doc()
            start = token.i
    if start < len(doc):
        yield doc[start:].as_doc()


def silver(doc: Doc, found: Example, *, named: bool) -> Doc:
    """Return the words of `doc` with the teacher's syntax; no lemmas.

    Names are those of `doc` if it is `named` already, the teacher's otherwise.
    """
    assert found.heads and found.relations and found.tags and found.forms and found.starts
    parts = [form.partition(" ") for form in found.forms]
    result = Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=list(found.tags),
        pos=[part for part, _, _ in parts],
        morphs=[features for _, _, features in parts],
        heads=[index if head < 0 else head for index, head in enumerate(found.heads)],
        deps=["ROOT" if r == "root" else r for r in found.relations],
        sent_starts=list(found.starts),
        ents=None if named else list(found.names or ()),
    )
    if named:
        result.set_ents([Span(result, e.start, e.end, label=e.label) for e in doc.ents])
    return result


def annotate(reader: Reader, docs: Iterable[Doc], *, named: bool) -> list[Doc]:
    """Return the documents, in pieces, of whose syntax the teacher is sure."""
    cut = [piece for doc in docs for piece in pieces(doc)]
    result: list[Doc] = []
    for start in range(0, len(cut), 2000):
        chunk = cut[start : start + 2000]
        read = [(doc, tuple(plain(token.text) for token in doc)) for doc in chunk]
        read = [(doc, words) for doc, words in read if reader.coder.fits(words)]
        found_all = reader.read([words for _, words in read])
        for (doc, _), (found, sure) in zip(read, found_all, strict=True):
            if sure >= SURE:
                result.append(silver(doc, found, named=named))
        print(f"{start + len(chunk)} of {len(cut)}, {len(result)} kept", flush=True)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("encoder", type=Path, help="folder of the sentence encoder")
    parser.add_argument("teacher", type=Path, help="the trained teacher")
    parser.add_argument("corpora", type=Path)
    parser.add_argument("work", type=Path, help="folder with the base pipeline")
    options = parser.parse_args()
    nlp = spacy.load(options.work / "base")
    rng = random.Random(SEED)
    reader = load(options.encoder, options.teacher)
    for name, docs in (
        ("names", (to_doc(nlp, text) for text in marked_texts(options.corpora, rng))),
        ("news", (nlp.make_doc(text) for text in paragraphs(options.corpora, rng))),
    ):
        found = annotate(reader, docs, named=name == "names")
        path = options.work / "data" / f"silver-{name}.spacy"
        path.parent.mkdir(parents=True, exist_ok=True)
        DocBin(docs=found, store_user_data=False).to_disk(path)
        print(name, len(found), "documents", sum(map(len, found)), "words", flush=True)


if __name__ == "__main__":
    main()
