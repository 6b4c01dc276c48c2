"""News sentences with checked tokens, boundaries and names, read as an article is."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.parsing import language
from kg.records import Article

FOLDER = Path(__file__).parent
LABELS = ("PER", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT")
LAYERS = {"tokens": "tokens", "boundaries": "sentences", "names": "names"}
# Whole-span F1, slightly below what the bundled pipeline reaches.
FLOORS = {
    "sentences.txt": {"tokens": 0.995, "boundaries": 0.98, "names": 0.955},
    "regions.txt": {"tokens": 0.998, "boundaries": 0.99, "names": 0.85},
}
_PIECE = re.compile(r"\[(?P<label>[A-Z]+) |(?P<close>\])|(?P<glue>~)|(?P<word>[^\s~\[\]]+)")


@dataclass(frozen=True)
class Item:
    """A text with the character offsets of its tokens, sentences and names."""

    category: str
    text: str
    tokens: frozenset[tuple[int, int]]
    sentences: frozenset[tuple[int, int]]
    names: frozenset[tuple[int, int, str]]


def item(line: str, category: str) -> Item:
    """Read one line of the file."""
    text, glued, label, opened = "", True, "", None
    tokens, sentences, names = [], [], []
    first = None
    for match in _PIECE.finditer(line):
        if match["label"]:
            label, opened = match["label"], None
        elif match["close"]:
            names.append((opened, tokens[-1][1], label))
            label = ""
        elif match["glue"]:
            glued = True
        elif match["word"] == "|":
            sentences.append((first, tokens[-1][1]))
            first = None
        else:
            text += "" if glued else " "
            start = len(text)
            text += match["word"]
            tokens.append((start, len(text)))
            first = start if first is None else first
            opened = start if label and opened is None else opened
            glued = False
    sentences.append((first, tokens[-1][1]))
    return Item(category, text, frozenset(tokens), frozenset(sentences), frozenset(names))


def items(file: str) -> list[Item]:
    """Read one of the files."""
    found, category = [], ""
    for line in (FOLDER / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("=="):
            category = line[2:].strip()
        elif line and not line.startswith("#"):
            found.append(item(line, category))
    return found


def read(known: Item) -> Item:
    """Return what the pipeline finds in the text of an item."""
    parse = language.load().parse(Article(id="news", text=known.text))
    spans = [(parse.starts[t.i], parse.ends[t.i]) for t in parse.doc]

    def cut(first, last):
        return parse.starts[first], parse.ends[last]

    starts = [s.start for s in parse.doc.sents if not s.start or parse.doc[s.start - 1].text != ";"]
    ends = [*(start - 1 for start in starts[1:]), len(parse.doc) - 1]
    return Item(
        known.category,
        known.text,
        frozenset(spans),
        frozenset(map(cut, starts, ends)),  # a semicolon ends a tree, but no sentence
        frozenset((*cut(first, last), kind) for first, last, kind in parse.doc.names),
    )


@pytest.fixture(scope="module")
def pairs():
    return {file: [(known, read(known)) for known in items(file)] for file in FLOORS}


@pytest.mark.parametrize(
    ("file", "sentences", "categories", "least", "names"),
    [("sentences.txt", 154, 19, 3, 200), ("regions.txt", 289, 47, 4, 900)],
)
def test_there_are_enough_sentences_of_each_kind(file, sentences, categories, least, names):
    count = Counter(known.category for known in items(file))
    assert sum(count.values()) >= sentences
    assert len(count) == categories
    assert min(count.values()) >= least
    assert sum(len(known.names) for known in items(file)) >= names


def test_there_are_long_sentences():
    assert max(len(known.tokens) for known in items("sentences.txt")) >= 75


def test_no_sentence_is_written_twice():
    count = Counter(known.text for file in FLOORS for known in items(file))
    assert [text for text, times in count.items() if times > 1] == []


def test_each_label_occurs_often_in_the_regions():
    count = Counter(kind for known in items("regions.txt") for _, _, kind in known.names)
    assert set(count) == set(LABELS)
    assert min(count.values()) >= 25


def test_a_line_is_read_as_it_is_meant():
    read = item('"~Yes~,~" said [PER Al Fox]~. | [GPE Rome]~-~based.', "x")
    assert read.text == '"Yes," said Al Fox. Rome-based.'
    assert sorted(read.text[a:b] for a, b in read.sentences) == [
        '"Yes," said Al Fox.',
        "Rome-based.",
    ]
    assert {(read.text[a:b], label) for a, b, label in read.names} == {
        ("Al Fox", "PER"),
        ("Rome", "GPE"),
    }


@pytest.mark.model
@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("file", FLOORS)
def test_the_pipeline_reads_news(pairs, file, layer):
    field = LAYERS[layer]
    hits = sum(len(getattr(a, field) & getattr(b, field)) for a, b in pairs[file])
    count = sum(len(getattr(a, field)) + len(getattr(b, field)) for a, b in pairs[file])
    f1 = 2 * hits / count
    wrong = []
    for a, b in pairs[file]:
        differ = sorted(getattr(a, field) ^ getattr(b, field))
        if differ:
            words = [(a.text[x:y], *label) for x, y, *label in differ]
            wrong.append(f"{a.category}: {a.text[:90]} {words}")
    assert f1 >= FLOORS[file][layer], f"F1 {f1:.4f}\n" + "\n".join(wrong)


@pytest.mark.model
def test_a_sentence_does_not_end_inside_what_somebody_says(pairs):
    """`"..." he said` is one sentence, whatever mark stands before the closing quote."""
    wrong = [
        known.text
        for known, found in pairs["sentences.txt"]
        if known.category in {"quotation", "odd quotes"}
        and len(known.sentences) == 1
        and len(found.sentences) > 1
    ]
    assert not wrong
