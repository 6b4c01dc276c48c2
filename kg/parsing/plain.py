"""Normalises paragraphs to plain text and keeps the offset of each character in the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Replacements of characters before parsing; all others are kept.
_PLAIN = {
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'",
    "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
    "\u200e": "", "\u200f": "", "\u202a": "", "\u202b": "", "\u202c": "", "\u202d": "",
    "\u202e": "", "\x00": "",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl",
    "‐": "-", "‑": "-", "…": "...",
}  # fmt: skip
_PARAGRAPH = re.compile(r"[^\r\n]+")
_LONGEST = 20_000  # characters parsed at once; longer paragraphs are cut; chosen, not measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """Normalised text.

    Attributes:
        text: plain quotes, single spaces, no invisible characters.
        origin: for each character of `text`, its offset in the article.
    """

    text: str
    origin: tuple[int, ...]


def normalise(text: str, start: int, end: int) -> Plain:
    """Return the stretch `start..end` of `text` with plain quotes, spaces and ligatures.

    Runs of white space become one space; invisible characters are removed. `Plain.origin` has the
    offset in `text` of each character that is left.
    """
    letters: list[str] = []
    origin: list[int] = []
    for offset in range(start, end):
        letter = text[offset]
        if letter.isspace():
            if letters and letters[-1] != " ":
                letters.append(" ")
                origin.append(offset)
            continue
        if "\ud800" <= letter <= "\udfff":  # a lone surrogate, which UTF-8 cannot encode
            letter = "\ufffd"
        for plain in _PLAIN.get(letter, letter):
            letters.append(plain)
            origin.append(offset)
    while letters and letters[-1] == " ":
        letters.pop()
        origin.pop()
    return Plain(text="".join(letters), origin=tuple(origin))


def paragraphs(text: str, body: int = 0) -> Iterator[tuple[int, int]]:
    """Yield where each paragraph of `text` begins and ends, from the offset `body` on.

    A paragraph is a line that holds a letter or a digit; a very long one is cut after a sentence.
    """
    for match in _PARAGRAPH.finditer(text, body):
        start, end = match.span()
        if not any(letter.isalnum() for letter in match.group()):
            continue
        while end - start > _LONGEST:
            cut = text.rfind(". ", start, start + _LONGEST) + 1 or start + _LONGEST
            yield start, cut
            start = cut
        yield start, end
