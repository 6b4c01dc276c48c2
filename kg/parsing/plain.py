"""Normalises paragraphs to plain text and keeps the offset of each character in the article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from kg.text import markup, wrapping

# Replacements of characters before parsing; all others are kept.
_PLAIN = {
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'",
    "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
    "\u200e": "", "\u200f": "", "\u202a": "", "\u202b": "", "\u202c": "", "\u202d": "",
    "\u202e": "", "\u2066": "", "\u2067": "", "\u2068": "", "\u2069": "", "\u061c": "", "\x00": "",
    "ʼ": "'", "ʻ": "'", "′": "'", "―": "—", "−": "-",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl",
    "‐": "-", "‑": "-", "…": "...", "—": " — ",
}  # fmt: skip
_LONGEST = 20_000  # characters parsed at once; longer paragraphs are cut; chosen, not measured
# Pictograms, arrows and flags, which are read as a space.
_PICTURES = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2190-\u21ff\u2b00-\u2bff\ufe0e\ufe0f\u20e3"
    "\U000e0020-\U000e007f]"
)
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """Normalised text.

    Attributes:
        text: plain quotes, single spaces, no markup, no invisible characters.
        origin: for each character of `text`, its offset in the article.
        ends: for each character of `text`, the offset in the article behind it.
    """

    text: str
    origin: tuple[int, ...]
    ends: tuple[int, ...]


def normalise(text: str, start: int, end: int) -> Plain:
    """Return the stretch `start..end` of `text` with plain quotes, spaces and ligatures.

    Runs of white space become one space, pictograms too; invisible characters and markup are
    removed, accents joined to their letters. A name that was broken behind its hyphen is one again.
    `Plain.origin` has the offset in `text` of each character that is left.
    """
    letters: list[str] = []
    origin: list[int] = []
    ends: list[int] = []
    broken = False  # whether there was a line end since the last character
    for first, last, plain in _pieces(text, start, end):
        if plain.isspace():
            broken = broken or plain in "\r\n"
            if letters and letters[-1] != " ":
                letters.append(" ")
                origin.append(first)
                ends.append(last)
            continue
        if broken and plain.isalnum() and letters[-2:] == ["-", " "]:
            if len(letters) > 2 and letters[-3].isalnum():
                letters.pop()
                origin.pop()
                ends.pop()
        broken = False
        if unicodedata.combining(plain) and letters:
            whole = unicodedata.normalize("NFC", letters[-1] + plain)
            if len(whole) == 1:
                letters[-1], ends[-1] = whole, last
                continue
        letters.append(plain)
        origin.append(first)
        ends.append(last)
    while letters and letters[-1] == " ":
        letters.pop()
        origin.pop()
        ends.pop()
    return Plain(text="".join(letters), origin=tuple(origin), ends=tuple(ends))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and one character to read there, for each character or piece of markup."""
    at = start
    for first, last, new in [*markup.edits(text, start, end), (end, end, "")]:
        stretches = [(n, n + 1, text[n]) for n in range(at, first)]
        stretches += [(first, last, letter) for letter in new]
        for begin, stop, letter in stretches:
            for plain in _plain(letter):
                yield begin, stop, plain
        at = last


def _plain(letter: str) -> str:
    if "\ud800" <= letter <= "\udfff":  # a lone surrogate, which UTF-8 cannot encode
        return "\ufffd"
    if letter > "\u2000" and _PICTURES.match(letter):
        return " "
    return _PLAIN.get(letter, _FULL_WIDTH.get(ord(letter), letter))


def paragraphs(text: str, body: int = 0) -> Iterator[tuple[int, int]]:
    """Yield where each paragraph of `text` begins and ends, from the offset `body` on.

    A paragraph holds a letter or a digit. It is a line, or the lines of a hard-wrapped paragraph
    (`kg.text.wrapping`). A very long one is cut after a sentence.
    """
    for line in wrapping.paragraphs(text, body):
        start, end = line.start, line.end
        while start < end and text[end - 1] in "\r\n":
            end -= 1
        if not any(letter.isalnum() for letter in line.text) or markup.is_definition(line.text):
            continue
        while end - start > _LONGEST:
            cut = text.rfind(". ", start, start + _LONGEST) + 1 or start + _LONGEST
            yield start, cut
            start = cut
        yield start, end
