"""Compare names of organisations and places: by their content words, and by initials."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.decisions.spelling import ARTICLES, alike, words
from kg.gazetteer import Gazetteer

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’](?!s\b)[^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?\b")
_LITTLE = frozenset("a an and at by for from in of on the to".split())
# British and American spelling: Defence and Defense, Organisation and Organization.
_VARIANTS = (
    (re.compile(r"ence$"), "ense"),
    (re.compile(r"is(ation|e|ing)$"), r"iz\1"),
    (re.compile(r"(?<=[lbv])our$"), "or"),
    (re.compile(r"tre$"), "ter"),
    (re.compile(r"programme$"), "program"),
)
_ACRONYM = re.compile(r"[A-Z](?:\.?[A-Z]){2,5}\.?")
# Most words of a country or alliance inside another name: "United Arab Emirates" has three.
_SHORT = 3
_SIDES = frozenset({"Country", "IntergovernmentalOrganization"})
# Least letters of a name of one word to be compared at all: chosen, not measured.
_ALONE = 6
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyName:
    """The name of an organisation or place, taken apart into words.

    Attributes:
        words: its content words in order; a country or alliance is one "word", its identifier,
            however the name refers to it ("Turkish", "Turkey's").
        initials: initials of all words, and of all but the little ones; empty for short names.
        acronym: the name in small letters if it is an acronym, else empty.
        proper: whether every content word begins with a capital.
    """

    words: tuple[str, ...]
    initials: frozenset[str]
    acronym: str
    proper: bool

    @property
    def whose(self) -> bool:
        """Return whether the name says which country it belongs to ("Turkey's air force")."""
        return len(self.words) > 1 and any(word.startswith("country/") for word in self.words)

    @property
    def common(self) -> bool:
        """Return whether it says little else: "the U.S. embassy" may be one of many."""
        return self.whose and len(self.words) < 3

    @property
    def key(self) -> tuple[str, ...]:
        """Return the words, sorted: equal keys mean equal words."""
        return tuple(sorted(self.words))


def body_name(name: str, gazetteer: Gazetteer) -> BodyName:
    """Return the name of an organisation or place, taken apart into words."""
    tokens = _TOKEN.findall(_POSSESSIVE.sub("", name))
    found: list[str] = []
    position = 0
    while position < len(tokens):
        # A longer match would be a name of its own, perhaps the one being taken apart.
        match = gazetteer.longest(tokens[: position + _SHORT], position)
        entry = match[1][0].entry if match else None
        if match and entry and entry.kind in _SIDES:
            found.append(entry.id)
            position += match[0]
            continue
        for word in words(tokens[position]):
            if word not in _LITTLE | ARTICLES:
                found.append(_usual(word))
        position += 1
    content = [token for token in tokens if token.lower() not in _LITTLE]
    acronym = name.replace(".", "").lower() if _ACRONYM.fullmatch(name) else ""
    return BodyName(
        words=tuple(found),
        initials=frozenset({_initials(tokens), _initials(content)}) if len(content) > 2 else _NONE,
        acronym=acronym,
        proper=bool(content) and all(not token[0].islower() for token in content),
    )


def same_body(one: BodyName, other: BodyName) -> tuple[float, str] | None:
    """Return a doubt from 0 to 1 that two names mean the same, and the reason; None if they do not.

    The doubts are chosen, not measured: they only rank suggestions.
    """
    if one.key == other.key:
        proper = one.proper and other.proper
        if len(one.key) == 1 and len(one.key[0]) < _ALONE:
            return None
        sure = proper and not one.common
        return (0.2, "the same words") if sure else (0.45, "the same country and words")
    if not (one.proper and other.proper):
        return None
    for short, long in ((one, other), (other, one)):
        if short.acronym and short.acronym in long.initials:
            return 0.3, "the initials of the other"
    several = len(one.words) == len(other.words) > 1  # one word is not enough evidence
    if several and all(map(_alike, one.words, other.words)):
        return 0.3, "two spellings of one name"
    return None


def _alike(one: str, other: str) -> bool:
    return one == other or ("/" not in one and "/" not in other and alike(one, other))


def _usual(word: str) -> str:
    for form, usual in _VARIANTS:
        word = form.sub(usual, word)
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def _initials(tokens: Iterable[str]) -> str:
    return "".join(token[0] for token in tokens).lower()
