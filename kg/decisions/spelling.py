"""Compare names: without accents, word by word, and by sound."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ß": "ss", "æ": "ae", "œ": "oe"}
)
_SILENT = re.compile(r"[.'’‘`ʿʾ]")
# Outlets differ in whether they write the article of Arabic names.
ARTICLES = frozenset({"al", "el", "ul", "ad", "ash", "ez"})
_CHILD_OF = frozenset({"bin", "ben", "ibn", "bint", "ould", "son", "daughter"})
_GENERATIONS = frozenset({"jr", "sr", "junior", "senior", "ii", "iii", "iv", "v", "vi"})
# Letters that stand for one sound in common romanisations: Kadhafi, Qaddafi and Gadhafi.
_SOUNDS = (
    ("ph", "f"),
    ("tsch", "c"),
    ("tch", "c"),
    ("ch", "c"),
    ("kh", "k"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("sch", "x"),
    ("sh", "x"),
    ("ck", "k"),
    ("q", "k"),
    ("w", "v"),
)
_VOWELS = re.compile(r"[aeiouy]+")
_TWICE = re.compile(r"(.)\1+")
# Least `ratio` of two words with the same consonants to count as spellings of one name, set by
# examples: Muhammad and Mohamed have 0.71, Hassan and Hussein 0.55. Surnames need more, since they
# identify: Khamenei and Khomeini have 0.75.
SURNAME = 0.8
_LIKE = 0.7
# Least letters of a word in which one may be missing, extra or swapped: chosen, not measured.
_TYPO = 7


def words(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case, without accents, dots and apostrophes."""
    plain = unicodedata.normalize("NFKD", _SILENT.sub("", name.lower().translate(_LETTERS)))
    return tuple(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """Return a key for the sound of a word: its consonants, one letter for each sound.

    A vowel counts only at the beginning, and there all vowels are the same.
    """
    for letters, one in _SOUNDS:
        word = word.replace(letters, one)
    word = _TWICE.sub(r"\1", word)
    initial = "a" if _VOWELS.match(word) else ""
    bare = _VOWELS.sub("", word)
    if word.endswith("h") and len(bare) > 1:
        bare = bare.removesuffix("h")  # Abdullah, Abdulla
    return initial + bare


def alike(one: str, other: str, *, like: float = _LIKE) -> bool:
    """Return whether two words may be spellings of one name.

    They have the same sound and a `ratio` of at least `like`, or differ by one slip of the pen.
    """
    if one == other:
        return True
    if min(len(one), len(other)) > 2 and _ending(one) == _ending(other):
        if len(sound(one)) > 1 and sound(one) == sound(other):
            return ratio(_TWICE.sub(r"\1", one), _TWICE.sub(r"\1", other)) >= like
    return min(len(one), len(other)) >= _TYPO and one[0] == other[0] and _one_slip(one, other)


def ratio(one: str, other: str) -> float:
    """Return the similarity of two texts from 0 to 1, by `difflib.SequenceMatcher`."""
    first, second = sorted((one, other))  # SequenceMatcher is not symmetric
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()


def _ending(word: str) -> str:
    """Return the class of the final vowel, which distinguishes Mario from Maria, Olga from Oleg."""
    last = word.removesuffix("h")[-1:]
    return {"a": "a", "o": "o", "u": "u", "e": "i", "i": "i", "y": "i"}.get(last, "")


def _one_slip(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    start = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), None)
    if start is None:
        return len(long) - len(short) == 1
    if len(short) == len(long):
        swapped = short[start : start + 2] == long[start : start + 2][::-1]
        return swapped and short[start + 2 :] == long[start + 2 :]
    return short[start:] == long[start + 1 :]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A person's name as words.

    Attributes:
        words: without Arabic articles and without "of" and all after it.
        generation: what distinguishes father and son ("jr", "ii"); empty if nothing.
    """

    words: tuple[str, ...]
    generation: str = ""

    @property
    def surname(self) -> str:
        """Return the last word."""
        return self.words[-1]


def person_name(name: str) -> PersonName | None:
    """Return a person's name as words; None if there are no words."""
    found = list(words(name))
    if "of" in found[1:]:
        found = found[: found.index("of", 1)]
    if len(found) > 1:
        found = [word for word in found if word not in ARTICLES] or found
    generation = found.pop() if len(found) > 1 and found[-1] in _GENERATIONS else ""
    return PersonName(words=tuple(found), generation=generation) if found else None


def same_person(one: PersonName, other: PersonName) -> tuple[float, str] | None:
    """Return a doubt from 0 to 1 that two full names are of one person, and the reason.

    None if they are of different persons. The doubts are chosen, not measured: they only rank
    suggestions.
    """
    if one.generation != other.generation:
        return None
    short, long = sorted((one.words, other.words), key=lambda w: (len(w), w))
    if short == long:
        return 0.1, "one name"
    if "".join(short) == "".join(long):
        return 0.12, "one name but for hyphens"
    if sorted(short) == sorted(long):
        return 0.2, "the same words in another order"
    if len(short) == len(long):
        if all(map(alike, short[:-1], long[:-1])) and alike(short[-1], long[-1], like=SURNAME):
            heard = all(
                sound(left) == sound(right) for left, right in zip(short, long, strict=True)
            )
            return 0.15 if heard else 0.2, "two spellings of one name"
        if short[-1] == long[-1] and all(map(_initial, short[:-1], long[:-1])):
            return 0.3, "one surname and initial"
        return None
    return _shorter(short, long)


def _shorter(short: tuple[str, ...], long: tuple[str, ...]) -> tuple[float, str] | None:
    if not alike(short[-1], long[-1], like=SURNAME):
        return None
    fits = _initial if short[-1] == long[-1] else alike
    left = iter(long[:-1])
    skipped: list[str] = []
    for word in short[:-1]:
        for candidate in left:
            if fits(word, candidate):
                break
            skipped.append(candidate)
        else:
            return None
    skipped += left
    if any(word in _CHILD_OF for word in skipped):  # the shorter name is the father's
        return None
    if long[0] in skipped and len(short[0]) == 1:
        return None
    initial = any(len(word) == 1 for word in short)
    return (0.3, "one surname and initial") if initial else (0.25, "a shorter form of the name")


def _initial(one: str, other: str) -> bool:
    return alike(one, other) or (1 in (len(one), len(other)) and one[0] == other[0])
