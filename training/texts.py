"""Open texts and must-have words from which the word vectors are distilled."""

from __future__ import annotations

import csv
import gzip
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

from training.conllu import read
from training.names import NameSentence, read_columns, read_redocred

_LETTERS = re.compile(r"[^\W\d]+")
SHORTEST = 40
CITY = 100_000


def passages(corpora: Path) -> Iterator[str]:
    """Yield passages of training text and open news, each on one line."""
    for name in ("ud-ewt/en_ewt-ud-train.conllu", "gum/gum-train.conllu"):
        for sentence in read(corpora / name):
            yield sentence.text
    for name in ("wikinews", "whitehouse"):
        path = corpora / "raw" / f"{name}.jsonl.gz"
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                for paragraph in json.loads(line)["text"].split("\n"):
                    if len(paragraph) > SHORTEST:
                        yield " ".join(paragraph.split())
    nobody: frozenset[tuple[str, ...]] = frozenset()
    for part in ("dev", "test"):
        yield from map(_text, read_redocred(corpora / f"re-docred/{part}_revised.json", nobody))
    politics = corpora / "crossner-politics" / "train.txt"
    yield from map(_text, read_columns(politics, nobody, crossner=True))
    wikigold = corpora / "wikigold" / "wikigold.conll.txt"
    yield from map(_text, read_columns(wikigold, nobody, crossner=False))


def _text(sentence: NameSentence) -> str:
    return " ".join(sentence.words)


def wanted_words(corpora: Path, encoder: Path) -> Iterator[str]:
    """Yield words that must have a vector; a word counts as often as it is yielded."""
    for line in (encoder / "vocab.txt").read_text(encoding="utf-8").splitlines():
        if re.fullmatch(r"[a-z]{2,}", line):
            yield from (line,) * 3
    folder = corpora / "gazetteers"
    facts = json.loads((folder / "factbook-slim.json").read_text(encoding="utf-8"))
    for fact in facts.values():
        for key in ("nationality", "name"):
            plain = html.unescape(json.dumps(fact.get(key), ensure_ascii=False))
            yield from _LETTERS.findall(plain)
    with (folder / "ne_10m_populated_places.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if float(row["POP_MAX"] or 0) > CITY:
                yield from _LETTERS.findall(row["NAME_EN"] or row["NAME"]) * 2
    with (folder / "world-leaders-2022-wikidata.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield from _LETTERS.findall(row["officeholderLabel"])
