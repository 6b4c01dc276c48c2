"""A dictionary of names, looked up word by word without regard to accents and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Generic, TypeVar

_PIECES = re.compile(r"[^\W_]+|[&+]")
_SIMPLE = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*").fullmatch
_PLAIN_LETTERS = str.maketrans("ıłŁøØđĐðÐħĦ", "ilLoOdDdDhH")
# Marks that are equal to a space between the words of a name.
_JOINERS = frozenset("-–‐‑'’‘/")
# Names that differ from English words by their accents only (capital of the Maldives, newspaper).
_ACCENT_NEEDED = frozenset({"male", "liberation"})

T = TypeVar("T")


def _fold(text: str) -> str:
    """Return `text` without accents, letter for letter where Unicode allows it."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _pieces(text: str) -> list[str]:
    """Return the words of `text` without accents; dots are removed, other marks separate words."""
    if text.isascii() and text.isalnum():
        return [text]
    return _PIECES.findall(_fold(text).replace(".", ""))


def _fits(form: str, surface: str) -> bool:
    """Return whether `surface` has a capital wherever `form` has one; both are joined by spaces."""
    if form == surface:
        return True
    return len(form) == len(surface) and not any(
        f.isupper() and not s.isupper() for f, s in zip(form, surface, strict=True)
    )


class Index(Generic[T]):
    """Maps names to values; several values may have one name."""

    def __init__(self) -> None:
        self._values: dict[str, list[tuple[str, T]]] = {}
        self._most: dict[str, int] = {}
        self._with_comma: set[str] = set()

    def add(self, name: str, value: T) -> None:
        """Add `value` under `name`."""
        form = name if _SIMPLE(name) else " ".join(_pieces(name))
        key = form.lower()
        known = self._values.get(key)
        if known is not None:
            known.append((form, value))
            return
        self._values[key] = [(form, value)]
        first, _, rest = key.partition(" ")
        words = rest.count(" ") + 2 if rest else 1
        if words > self._most.get(first, 0):
            self._most[first] = words
        if "," in name:
            self._with_comma.add(key)

    def exact(self, surface: str) -> list[T]:
        """Return the values of the name that `surface` matches."""
        return self._look_up(" ".join(_pieces(surface)), (surface,))

    def longest(self, tokens: Sequence[str], start: int) -> tuple[int, list[T]] | None:
        """Return (number of tokens, values) of the longest name at token `start`, or None."""
        first = _pieces(tokens[start])
        most = self._most.get(first[0].lower(), 0) if first else 0
        if not most:
            return None
        ends = [(start + 1, " ".join(first), False)]
        words, comma = len(first), False
        for position in range(start + 1, len(tokens)):
            if words >= most:
                break
            token = tokens[position]
            pieces = _pieces(token)
            if pieces:
                words += len(pieces)
                if words > most:
                    break
                ends.append((position + 1, " ".join((ends[-1][1], *pieces)), comma))
            elif token == ",":
                comma = True
            elif token not in _JOINERS:
                break
        for end, form, crossed in reversed(ends):
            if crossed and form.lower() not in self._with_comma:
                continue
            if values := self._look_up(form, tokens[start:end]):
                return end - start, values
        return None

    def _look_up(self, form: str, surface: Sequence[str]) -> list[T]:
        """Return the values of `form`, a name without accents, if capitals match `surface`."""
        key = form.lower()
        known = self._values.get(key)
        if known is None or (key in _ACCENT_NEEDED and all(map(str.isascii, surface))):
            return []
        return [value for written, value in known if _fits(written, form)]
