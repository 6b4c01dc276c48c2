"""Characters that give orders instead of being read, made visible.

A terminal obeys escape sequences, and every display reorders text between marks of direction, so
that what an article or the name of a file shows is not what it says. Each such character becomes
one other, so that places in a text stay what they are.
"""

from __future__ import annotations

_SIGN = "\ufffd"
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
    """Return a text for a terminal, with its tabs and line ends."""
    return text.translate(_TEXT)


def one_line(text: str) -> str:
    """Return a text for one line of a terminal; what sets lines and columns apart is a space."""
    return text.translate(_LINE)


def in_order(text: str) -> str:
    """Return a text for a page, in which it stands apart and letters keep their order.

    Mere marks (U+200E, U+200F) stay: they do not reach beyond the element that a text is in.
    """
    return text.translate(_REORDERING)
