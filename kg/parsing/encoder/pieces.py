"""Words to word pieces, the units that the encoder reads.

The cut is WordPiece (Schuster and Nakajima 2012) with the vocabulary of BERT, lower-cased: the
longest known piece from the left, again and again. Training and reading use this module alike, so
that both see the same numbers.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_PIECES = 5  # of a word; what follows hardly tells more, and costs as much
CASES = ("", "lower", "title", "upper", "mixed", "digit", "other", "inside", "letter")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "—": "-", "–": "-"})
_LONGEST = 100  # characters of a word that is cut; a longer one is unknown, as in BERT


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """Word pieces of one text, as the encoder takes them.

    Attributes:
        pieces: number of each piece in the vocabulary, with [CLS] first and [SEP] last.
        cases: number in `CASES` of the case of each piece's word.
        first: position in `pieces` of [CLS], which stands for the root, and of each word's first
            piece: one entry more than there are words.
    """

    pieces: list[int]
    cases: list[int]
    first: list[int]


def case(word: str) -> int:
    """Return the number in `CASES` of the case of a word."""
    letters = any(c.isalpha() for c in word)
    if not letters:
        return CASES.index("digit" if any(c.isdigit() for c in word) else "other")
    if word.islower():
        return CASES.index("lower")
    if len(word) == 1:
        return CASES.index("letter")
    if word.isupper():
        return CASES.index("upper")
    return CASES.index("title" if word[0].isupper() and word[1:].islower() else "mixed")


def plain(word: str) -> str:
    """Return the word with typewriter quotes and hyphens, as the encoder reads it."""
    return '"' if word in {"``", "''"} else word.translate(_PLAIN)


class Coder:
    """Cuts words into pieces of one vocabulary; remembers the cuts of words seen before."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        """Take the pieces in the order of their numbers; inner pieces begin with `##`."""
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown = self._numbers["[UNK]"]
        self._begin, self._end = self._numbers["[CLS]"], self._numbers["[SEP]"]
        self._known: dict[str, tuple[list[int], list[int]]] = {}

    def word(self, word: str) -> tuple[list[int], list[int]]:
        """Return numbers and cases of the pieces of a word, at most `MOST_PIECES` of them."""
        found = self._known.get(word)
        if found is None:
            read = plain(word)
            numbers = [n for part in _parts(read) for n in self._cut(part)][:MOST_PIECES]
            numbers = numbers or [self._unknown]
            inside = CASES.index("inside")
            found = numbers, [case(read)] + [inside] * (len(numbers) - 1)
            if len(self._known) > _KEPT:
                self._known.clear()
            self._known[word] = found
        return found

    def code(self, words: Sequence[str]) -> Coded:
        """Return the pieces of a text that is given as words."""
        pieces, cases, first = [self._begin], [0], [0]
        for word in words:
            numbers, marks = self.word(word)
            first.append(len(pieces))
            pieces += numbers
            cases += marks
        return Coded(pieces=[*pieces, self._end], cases=[*cases, 0], first=first)

    def length(self, word: str) -> int:
        """Return how many pieces a word has."""
        return len(self.word(word)[0])

    def _cut(self, part: str) -> list[int]:
        found: list[int] = []
        at = 0
        while at < len(part):
            for end in range(len(part), at, -1):
                number = self._numbers.get(("##" if at else "") + part[at:end])
                if number is not None:
                    break
            else:
                return [self._unknown]
            found.append(number)
            at = end
        return found if len(part) <= _LONGEST else [self._unknown]


_KEPT = 200_000  # words whose cuts are remembered: some 60 MB at most


def _parts(word: str) -> list[str]:
    """Return the lower-cased word without accents, cut at each mark, as BERT's tokenizer does."""
    parts: list[str] = [""]
    for char in unicodedata.normalize("NFD", word.lower()):
        kind = unicodedata.category(char)
        if kind == "Mn" or kind[0] == "C":
            continue
        if char.isspace():
            parts.append("")
        elif _is_mark(char, kind):
            parts += [char, ""]
        else:
            parts[-1] += char
    return [part for part in parts if part]


def _is_mark(char: str, kind: str) -> bool:
    """Return whether BERT cuts at the character: punctuation, symbols of ASCII, Chinese signs."""
    number = ord(char)
    ascii_mark = number < 128 and not char.isalnum()
    return ascii_mark or kind[0] == "P" or 0x4E00 <= number <= 0x9FFF or 0x3400 <= number <= 0x4DBF
