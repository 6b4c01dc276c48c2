"""Examples in the docstrings of rules, run on the model: `Example: Kenya [left] Oslo. -> Kenya`.

The bracket marks the word that the rule is asked about, behind the arrow stands what it finds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg import pipeline
from kg.extract.reading import Reading
from kg.parsing.tokens import Token
from kg.records import Article

_EXAMPLE = re.compile(r"Example: (.+?)(?:\n\n|\Z)", re.DOTALL)
_MARKED = re.compile(r"\[(\w+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence, the word asked about, and what is to be found."""

    text: str
    word: str
    offset: int
    found: tuple[str, ...]


def of(rule: object) -> str:
    """Return the example in a docstring, in one line."""
    doc = re.sub(r"\n +", "\n", rule.__doc__ or "")
    found = _EXAMPLE.search(doc.strip() + "\n\n")
    assert found, f"{rule} has no example"
    return " ".join(found[1].split())


def marked(rule: object) -> Example:
    """Return the example of a rule that is asked about one word."""
    return told(of(rule))


def told(line: str) -> Example:
    """Return an example from its line."""
    text, _, found = line.partition(" -> ")
    word = _MARKED.search(text)
    assert word, f"{line}: no word is marked"
    return Example(
        text=_MARKED.sub(r"\1", text),
        word=word[1],
        offset=word.start(),
        found=tuple(found.split(", ")),
    )


@cache
def read(text: str) -> Reading:
    """Return a text as it is read, with its candidates."""
    loaded = pipeline.load()
    article = Article(id="example", text=text, published="2025-05-14")
    return loaded.extractor.reading(loaded.language.parse(article), candidates=True)


def token(example: Example) -> tuple[Reading, Token]:
    """Return the reading of an example, and the word asked about."""
    reading = read(example.text)
    at = reading.chart.parse.starts.index(example.offset)
    assert reading.chart.doc[at].text == example.word
    return reading, reading.chart.doc[at]
