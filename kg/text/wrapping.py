"""Tells line ends that break a paragraph from those that a fixed line width put there.

Mail, agency copy and text from terminals or PDF files break lines at a width ("hard-wrapped"), so
that a name may stand on two lines. A line end means nothing if the sentence goes on behind it; a
blank line, a heading or an item of a list always begins a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_FINAL = re.compile(r"[.!?…:;][\"'”’»)\]*_]*$")
_HEADING = re.compile(r"#{1,6}\s|={2,6}[^=]|[*_]{2}[^*_]+[*_]{2}$")
_ITEM = re.compile(r"[-*+•‣▪◦●|#]\s|\d{1,2}[.)]\s|\[[^\]]+\]:|https?://|www\.|={2,}|\S+\.\w+$")
_LEADING = re.compile(r"[>\s\"'“‘«(\[*_]*")  # what may stand before the first letter of a line
# The longest line that a fixed width gives: 72 to 100 are usual; a longer one is a paragraph.
# Chosen, not measured.
_WIDEST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line, or several that are one paragraph, from `start` up to `end`; `text` is stripped."""

    start: int
    end: int
    text: str


def paragraphs(text: str, start: int = 0) -> Iterator[Line]:
    """Yield the lines of `text` from `start` on, blank ones too, those of one paragraph as one.

    The end of each is the start of the next, so line ends belong to the line before them.
    """
    width = _width(text, start)
    for block in _blocks(text, start):
        yield from _joined(text, block, width)


def lines(
    text: str, start: int = 0, *, apart: Callable[[str], bool] = lambda line: False
) -> Iterator[Line]:
    """Yield the lines as `paragraphs` does, for the head of a text, where lines mean more.

    Those up to a blank line are joined by their width only if they end like a sentence, and no
    line further down is looked at.

    Args:
        text: the text.
        start: where to begin.
        apart: whether a line is one of its own, whatever stands before it.
    """
    for block in _blocks(text, start):
        width = 0 if _FINAL.search(block[-1].text) else None
        at = 0
        for number in [n for n, line in enumerate(block) if n and apart(line.text)] + [len(block)]:
            yield from _joined(text, block[at:number], width)
            at = number


def _blocks(text: str, start: int) -> Iterator[list[Line]]:
    """Yield the runs of lines that no blank line divides, and each blank line alone."""
    block: list[Line] = []
    while start < len(text):
        match = _LINE.match(text, start)
        assert match is not None
        line = Line(start=start, end=match.end(), text=match.group().strip())
        start = line.end
        if line.text:
            block.append(line)
            continue
        if block:
            yield block
            block = []
        yield [line]
    if block:
        yield block


def _width(text: str, start: int) -> int:
    """Return the longest line of the runs of lines in which sentences go on; 0 without any."""
    return max((_own_width(block) for block in _blocks(text, start)), default=0)


def _own_width(block: Sequence[Line]) -> int:
    """Return the width of a run of lines; 0 if no sentence goes on behind a line end."""
    longest = max(len(line.text) for line in block)
    cased = _cased(block)
    wrapped = any(_runs_on(a, b, cased=cased) for a, b in pairwise(block))
    return longest if longest <= _WIDEST and wrapped else 0


def _cased(block: Sequence[Line]) -> bool:
    """Return whether a run of lines has capitals, so that lower case tells something."""
    return any(letter.isupper() for line in block for letter in line.text)


def _joined(text: str, block: Sequence[Line], width: int | None) -> Iterator[Line]:
    """Yield the paragraphs of a run of lines.

    Args:
        text: the whole text.
        block: the lines.
        width: the width of the text, 0 if it has none; None to join only where lower case tells
            that a sentence goes on.
    """
    own, cased = _own_width(block), _cased(block)
    first = block[0]
    last = first
    for line in block[1:]:
        joins = _runs_on(last, line, cased=cased)
        if not joins and width is not None and (own or width) and not _starts(last, line):
            within = bool(own) and last is not block[0]
            joins = _goes_on(last, line, max(own, width), sure=within)
        if not joins:
            yield _whole(text, first, last)
            first = line
        last = line
    yield _whole(text, first, last)


def _whole(text: str, first: Line, last: Line) -> Line:
    if first is last:
        return first
    joined = " ".join(text[first.start : last.end].split())
    return Line(start=first.start, end=last.end, text=joined)


def _starts(line: Line, following: Line) -> bool:
    """Return whether what follows is an item of a list or the like, or the line a heading."""
    return bool(_ITEM.match(following.text) or _HEADING.match(line.text))


def _runs_on(line: Line, following: Line, *, cased: bool) -> bool:
    """Return whether a sentence surely goes on: no final mark, and lower case on the next line."""
    if _FINAL.search(line.text) or _starts(line, following):
        return False
    opening = _LEADING.sub("", following.text, count=1)[:1]
    return cased and opening.islower()


def _goes_on(line: Line, following: Line, width: int, *, sure: bool) -> bool:
    """Return whether a line of a hard-wrapped text was ended by the width.

    That is so if the next word had no place on it; and, within a paragraph (`sure`), also if its
    sentence has no end.
    """
    full = len(line.text) + 1 + len(following.text.split(maxsplit=1)[0]) > width
    return full or (sure and not _FINAL.search(line.text))
