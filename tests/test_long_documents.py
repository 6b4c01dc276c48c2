"""A book costs no more a word than its first chapter: work is counted, not timed."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from itertools import pairwise
from types import FrameType

import pytest

import kg
from kg.parsing import language
from kg.parsing.language import Parse
from kg.records import Article

pytestmark = pytest.mark.model

WORDS = 8_000
SYLLABLES = "ba do ka li mo na pe ra si tu ve zo".split()
TOLD = (
    "{a} {b}, an adviser in {p}, met {c} {d} on Monday and praised the offer of {e} {f}.",
    '"We reject the plan," {b} said, and {d} asked {e} {f} to leave {p} by June 3.',
    "The mayor of {p} accused {c} {d} of delaying the talks, according to {f}.",
    "{f} will visit Norway next week, while {b} refused to comment on the dispute with Peru.",
)


def book(words: int) -> str:
    """Return so many words about people who are new in every paragraph."""
    chance = random.Random(5)
    paragraphs: list[str] = []
    count = 0
    while count < words:
        names = {key: "".join(chance.choices(SYLLABLES, k=3)).title() for key in "abcdefp"}
        paragraphs.append(" ".join(TOLD).format(**names))
        count += len(paragraphs[-1].split())
    return "\n\n".join(paragraphs)


@pytest.mark.slow
def test_every_stretch_of_a_book_costs_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_WINDOW", 8_000)  # characters; a whole book takes minutes
    pipeline = kg.load()
    text = book(WORDS)
    article = Article(id="book", text=text, published="2025-05-14")
    pipeline.extract(Article(id="first", text=book(100), published="2025-05-14"))
    made = 0
    calls: list[int] = []
    words: list[int] = []

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal made
        made += event == "call"

    def counted() -> Iterator[Parse]:
        for window in list(pipeline.language.windows(article)):
            calls.append(made)
            words.append(len(window.doc))
            yield window

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        found = pipeline.extractor.gather(article, counted())
    finally:
        sys.setprofile(before)
    calls.append(made)
    assert sum(words) > WORDS
    assert len(words) >= 5
    assert len(found.statements) > WORDS / 100
    costs = [(b - a) / n for (a, b), n in zip(pairwise(calls), words, strict=True)]
    assert max(costs) < 1.2 * costs[0]
