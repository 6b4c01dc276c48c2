"""Articles say the same whatever the width at which their lines are broken."""

from __future__ import annotations

import re
import textwrap
from collections import Counter

import built
import pytest

import kg
from kg.records import Article, Statement

LEAST = 0.97  # share of statements that must be the same; .997 measured on 35 articles at width 40


def _key(s: Statement) -> tuple[object, ...]:
    named = (s.agents, s.targets, s.about, s.where, s.attributed_to, s.reported_by)
    when = s.when.value if s.when else ""
    return s.relation, s.modality, s.negated, when, *(tuple(e.name for e in n) for n in named)


def _statements(pipeline: kg.Pipeline, article: Article, text: str) -> Counter[tuple[object, ...]]:
    found = pipeline.extract(Article(id=article.id, text=text, published=article.published))
    return Counter(map(_key, found.statements))


@pytest.fixture(scope="module")
def plain():
    """Return pipeline, article, text without line ends in paragraphs, and its statements."""
    pipeline = kg.load()
    found = []
    for article in kg.read(sorted(built.SEEDS.glob("[ns]*.md"))):
        text = re.sub(r"\n+", "\n\n", article.text[article.body :])
        found.append((pipeline, article, text, _statements(pipeline, article, text)))
    return found


@pytest.mark.parametrize("width", [40, 60, 72, 100])
def test_hard_wrapped_articles_say_the_same(plain, width):
    same = total = 0
    for pipeline, article, text, expected in plain:
        wrapped = "\n".join(
            textwrap.fill(line, width, break_long_words=False) for line in text.split("\n")
        )
        assert max(map(len, wrapped.split("\n"))) <= width
        found = _statements(pipeline, article, wrapped)
        same += 2 * (found & expected).total()
        total += found.total() + expected.total()
    assert total > 100
    assert same / total >= LEAST
