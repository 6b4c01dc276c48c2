"""Text with stretches of it marked, as nested elements that are always well formed."""

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
    """A stretch of text and the element around it.

    Attributes:
        start, end: offsets, half open.
        opening, closing: tags.
        again: opening tag where the stretch goes on after an interruption.
        tail: put where the stretch ends, once; those of several follow by their `rank`.
    """

    start: int
    end: int
    opening: Markup
    closing: Markup
    again: Markup
    tail: Markup = NOTHING
    rank: int = 0


def paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Return where the paragraphs between two offsets lie, without the space around them.

    Blank lines divide them, or line ends where there is no blank line.
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
    """Return whether lines end where they are full, so that their ends mean nothing.

    That is taken to be so when lines that go on in a next one are 40 to 100 characters long.
    """
    full = [len(m[1]) for m in _GOING_ON.finditer(text)]
    return len(full) > 2 and max(full) <= 100 and sorted(full)[len(full) // 10] >= 40


def marked(text: str, start: int, end: int, stretches: Sequence[Stretch]) -> Markup:
    """Return the text between two offsets with its stretches in their elements.

    Longer stretches enclose shorter ones; where two cross, the later is interrupted. Stretches that
    begin before `start` go on, those that end after `end` are interrupted.
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
    """Close what ends at `at`; what was opened later and goes on is interrupted."""
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
