"""Replaces control characters by visible signs.

A terminal obeys escape sequences, and any display reorders text around marks of writing direction
(bidi controls), so text from an article or a file name could be displayed falsely. Each such
character is replaced by exactly one other, so that offsets stay right.
"""

from __future__ import annotations

import re

_SIGN = "\ufffd"
_SURROGATE = re.compile("[\ud800-\udfff]")
_C0 = {n: chr(0x2400 + n) for n in range(0x20)} | {0x7F: "\u2421"}
_C1 = dict.fromkeys(range(128, 160), _SIGN)
_LINES = dict.fromkeys((0x2028, 0x2029), "\u2424")
_REORDERING = dict.fromkeys((*range(8234, 8239), *range(8294, 8298)), _SIGN)
_MARKS = dict.fromkeys((0x200E, 0x200F, 0x061C), _SIGN)
_BLANK = {ord(c): " " for c in "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"}

_TERMINAL = _C0 | _C1 | _LINES | _REORDERING | _MARKS
_TEXT = {n: sign for n, sign in _TERMINAL.items() if chr(n) not in "\n\t"}
_LINE = _TERMINAL | _BLANK


def visible(text: str) -> str:
    """Return `text` safe for a terminal; tabs and line ends stay."""
    return text.translate(_TEXT)


def one_line(text: str) -> str:
    """Return `text` safe for one line of a terminal; tabs and line ends become spaces."""
    return text.translate(_LINE)


def in_order(text: str) -> str:
    """Return `text` safe for an HTML element: nothing in it reorders its letters.

    The marks U+200E and U+200F stay, since they have no effect outside their element.
    """
    return text.translate(_REORDERING)


def whole(text: str) -> str:
    """Return `text` with lone surrogates, which UTF-8 cannot hold, replaced by U+FFFD."""
    return _SURROGATE.sub(_SIGN, text)
