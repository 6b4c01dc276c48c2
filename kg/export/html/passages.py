"""Quotes and the stretches of article text around them, with offsets as browsers count them.

Browsers count UTF-16 code units, Python counts characters; the two differ after each character
beyond the Basic Multilingual Plane, such as an emoji.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.records import Article, Extraction, Position, Span, Statement

WHOLE_ARTICLE = 40_000
AROUND = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of an article: its start, in UTF-16 units of the article, and its text."""

    start: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A quote in UTF-16 units of its article.

    Attributes:
        start, end: the quoted clause.
        marks: stretches of it that fill a role, as (start, end, role), in order, disjoint; role is
            trigger, agent, target or about.
    """

    start: int
    end: int
    marks: tuple[tuple[int, int, str], ...] = ()


@lru_cache(maxsize=8)
def _astral(text: str) -> tuple[int, ...]:
    if text.isascii():
        return ()
    return tuple(i for i, c in enumerate(text) if ord(c) > 0xFFFF)


def units(text: str, offset: int) -> int:
    """Return character `offset` of `text` in UTF-16 code units."""
    return offset + bisect_left(_astral(text), offset)


def wide(text: str) -> tuple[int, ...]:
    """Return the offsets, in UTF-16 units, of the characters of `text` that take two of these."""
    return tuple(offset + i for i, offset in enumerate(_astral(text)))


def passages(article: Article, spans: Iterable[Span]) -> tuple[Passage, ...]:
    """Return what the page carries of `article`: all of it, or the surroundings of `spans`.

    The front matter is left out unless a span lies in it. Articles longer than 40,000 characters
    are cut to 400 characters on either side of each span.
    """
    text = article.text
    found = sorted(spans)
    if len(text) <= WHOLE_ARTICLE:
        start = min([article.body, *(text.rfind("\n", 0, s.start) + 1 for s in found)])
        windows = [(start, max([len(text.rstrip()), *(s.end for s in found)]))]
    else:
        windows = []
        for span in found:
            start, end = max(0, span.start - AROUND), min(len(text), span.end + AROUND)
            if windows and start <= windows[-1][1]:
                windows[-1] = (windows[-1][0], max(end, windows[-1][1]))
            else:
                windows.append((start, end))
    return tuple(
        Passage(start=units(text, start), text=text[start:end])
        for start, end in windows
        if start < end
    )


def excerpt(extraction: Extraction, item: Statement | Position) -> Excerpt:
    """Return the quote behind `item`, with its trigger and the mentions of its roles marked."""
    text = extraction.article.text
    if isinstance(item, Position):
        return Excerpt(start=units(text, item.span.start), end=units(text, item.span.end))
    span = item.evidence.span
    marks = [(item.evidence.trigger, "trigger")]
    for role, group in (("agent", item.agents), ("target", item.targets), ("about", item.about)):
        ids = {entity.id for entity in group}
        named = [m.span for m in extraction.mentions if m.entity.id in ids]
        marks += [(s, role) for s in sorted(named, key=lambda s: (s.start - s.end, s.start))]
    return Excerpt(
        start=units(text, span.start),
        end=units(text, span.end),
        marks=tuple(
            (units(text, s.start), units(text, s.end), role) for s, role in _disjoint(marks, span)
        ),
    )


def _disjoint(marks: Sequence[tuple[Span, str]], within: Span) -> list[tuple[Span, str]]:
    """Return the marks inside `within`, the earlier in the list winning where two overlap."""
    kept: list[tuple[Span, str]] = []
    for span, role in marks:
        if within.contains(span) and not any(span.overlaps(other) for other, _ in kept):
            kept.append((span, role))
    return sorted(kept)
