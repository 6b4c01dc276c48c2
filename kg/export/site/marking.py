"""Puts parts of a text into HTML elements; overlapping ones are split to be well formed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

NOTHING = Markup("")
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_LINE = re.compile(r"\n\s*")
_GOING_ON = re.compile(r"^(.*\S.*)\n(?=.*\S)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A span of text and the element to put around it.

    Attributes:
        start, end: offsets, half open.
        opening, closing: tags.
        again: opening tag of a further element, if the span is split.
        tail: HTML to insert once after the end.
        rank: order of several tails at one place.
    """

    start: int
    end: int
    opening: Markup
    closing: Markup
    again: Markup
    tail: Markup = NOTHING
    rank: int = 0


def paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the paragraphs between two offsets, without surrounding space.

    Paragraphs are separated by blank lines or, in a text without blank lines, by line ends.
    """
    body = text[start:end].strip()
    gaps = (_BLANK if _BLANK.search(body) else _LINE).finditer(text, start, end)
    at = start
    for gap in (*gaps, None):
        first, last = at, gap.start() if gap else end
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            yield first, last
        at = gap.end() if gap else end


def hard_wrapped(text: str) -> bool:
    """Return whether lines are broken at a fixed width, so that line ends mean nothing.

    That is assumed if lines followed by another have at most 100 characters, and nine in ten of
    them at least 40 (chosen, not measured).
    """
    full = [len(m[1]) for m in _GOING_ON.finditer(text)]
    return len(full) > 2 and max(full) <= 100 and sorted(full)[len(full) // 10] >= 40


def marked(text: str, start: int, end: int, stretches: Sequence[Stretch]) -> Markup:
    """Return the HTML of the text between two offsets, with the elements of `stretches`.

    Longer elements enclose shorter ones; of two that overlap, the later is split. One that begins
    before `start` gets its tag `again`; one that ends after `end` gets no tail.
    """
    inside = sorted(
        (s for s in stretches if s.start < end and s.end > start),
        key=lambda s: (s.start, -s.end),
    )
    bounds = sorted(
        {start, end, *(at for s in inside for at in (s.start, s.end) if start < at < end)}
    )
    parts: list[Markup] = []
    stack: list[Stretch] = []
    waiting = list(reversed(inside))
    for at, following in zip(bounds, [*bounds[1:], end], strict=True):
        _close(parts, stack, at)
        while waiting and waiting[-1].start <= at:
            stretch = waiting.pop()
            parts.append(stretch.opening if stretch.start >= start else stretch.again)
            stack.append(stretch)
        parts.append(escape(text[at:following]))
    parts += (stretch.closing for stretch in reversed(stack))
    return NOTHING.join(parts)


def _close(parts: list[Markup], stack: list[Stretch], at: int) -> None:
    """Close the elements that end at `at`, and split those opened later that do not end there."""
    again: list[Stretch] = []
    tails: list[Stretch] = []
    while any(s.end <= at for s in stack):
        top = stack.pop()
        parts.append(top.closing)
        (tails if top.end <= at else again).append(top)
    parts += (stretch.tail for stretch in sorted(tails, key=lambda s: s.rank))
    for stretch in reversed(again):
        parts.append(stretch.again)
        stack.append(stretch)
