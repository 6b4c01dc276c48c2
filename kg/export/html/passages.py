"""Quotes, and passages of article text around them, with offsets in UTF-16 code units.

JavaScript counts UTF-16 code units, Python code points; the two differ after each character outside
the Basic Multilingual Plane, such as an emoji.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.records import Article, Extraction, Position, Span, Statement

# Characters; chosen, not measured.
WHOLE_ARTICLE = 40_000  # length up to which the page has the whole article
AROUND = 400  # text kept on either side of a quote in longer articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A part of an article: its start, in UTF-16 code units, and its text."""

    start: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A quote, by offsets in UTF-16 code units of its article.

    Attributes:
        start, end: offsets of the quoted clause.
        marks: (start, end, role) of the words in it that fill a role, ascending, disjoint; role is
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
    """Convert an offset in characters of `text` to UTF-16 code units."""
    return offset + bisect_left(_astral(text), offset)


def wide(text: str) -> tuple[int, ...]:
    """Return the offsets, in UTF-16 code units, of the characters of two code units."""
    return tuple(offset + i for i, offset in enumerate(_astral(text)))


def passages(article: Article, spans: Iterable[Span]) -> tuple[Passage, ...]:
    """Return the passages of `article` for the page: all of it, or the text around `spans`.

    The front matter is left out unless a span lies in it. Of articles longer than `WHOLE_ARTICLE`
    only `AROUND` characters on either side of each span are kept.
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
    """Return the quote of `item`, with marks for its trigger and the mentions of its entities."""
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
    """Return the marks inside `within`; of two that overlap, the earlier in the list is kept."""
    kept: list[tuple[Span, str]] = []
    for span, role in marks:
        if within.contains(span) and not any(span.overlaps(other) for other, _ in kept):
            kept.append((span, role))
    return sorted(kept)
