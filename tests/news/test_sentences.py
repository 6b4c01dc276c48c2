"""News sentences with checked tokens, boundaries and names, read as an article is."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.parsing import language
from kg.records import Article

FILE = Path(__file__).with_name("sentences.txt")
FLOORS = {"tokens": 0.995, "boundaries": 0.98, "names": 0.91}
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


def items() -> list[Item]:
    """Read the file."""
    found, category = [], ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
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

    return Item(
        known.category,
        known.text,
        frozenset(spans),
        frozenset(cut(s.start, s.stop - 1) for s in parse.doc.sents),
        frozenset((*cut(first, last), kind) for first, last, kind in parse.doc.names),
    )


@pytest.fixture(scope="module")
def pairs():
    return [(known, read(known)) for known in items()]


def test_there_are_enough_sentences_of_each_kind():
    count = Counter(known.category for known in items())
    assert sum(count.values()) >= 150
    assert len(count) == 19
    assert min(count.values()) >= 3
    assert sum(len(known.names) for known in items()) >= 200
    assert max(len(known.tokens) for known in items()) >= 75


def test_a_line_is_read_as_it_is_meant():
    read = item('"~Yes~,~" said [PER Al Fox]~. | [LOC Rome]~-~based.', "x")
    assert read.text == '"Yes," said Al Fox. Rome-based.'
    assert sorted(read.text[a:b] for a, b in read.sentences) == [
        '"Yes," said Al Fox.',
        "Rome-based.",
    ]
    assert {(read.text[a:b], label) for a, b, label in read.names} == {
        ("Al Fox", "PER"),
        ("Rome", "LOC"),
    }


@pytest.mark.model
@pytest.mark.parametrize(
    ("layer", "field"), [("tokens", "tokens"), ("boundaries", "sentences"), ("names", "names")]
)
def test_the_pipeline_reads_news(pairs, layer, field):
    hits = sum(len(getattr(a, field) & getattr(b, field)) for a, b in pairs)
    count = sum(len(getattr(a, field)) + len(getattr(b, field)) for a, b in pairs)
    f1 = 2 * hits / count
    wrong = []
    for a, b in pairs:
        differ = sorted(getattr(a, field) ^ getattr(b, field))
        if differ:
            words = [(a.text[x:y], *label) for x, y, *label in differ]
            wrong.append(f"{a.category}: {a.text[:90]} {words}")
    assert f1 >= FLOORS[layer], f"F1 {f1:.3f}\n" + "\n".join(wrong)


@pytest.mark.model
def test_a_sentence_does_not_end_inside_what_somebody_says(pairs):
    """`"..." he said` is one sentence, whatever mark stands before the closing quote."""
    wrong = [
        known.text
        for known, found in pairs
        if known.category in {"quotation", "odd quotes"}
        and len(known.sentences) == 1
        and len(found.sentences) > 1
    ]
    assert not wrong
