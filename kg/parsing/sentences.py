"""Decides from the words alone where a sentence may begin in an edited text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

# Marks that may end a sentence, marks that may follow them, and abbreviations before a name or a
# number, whose full stop ends no sentence.
_FINAL = (".", "!", "?")
_CLOSERS = frozenset("\"')]}")
_OPEN_ENDED = frozenset(
    "mr. mrs. ms. dr. prof. gen. gens. sen. sens. rep. reps. gov. govs. lt. col. maj. capt. sgt. "
    "adm. cmdr. brig. rev. st. mt. ft. vs. v. p.".split()
)
_OPENERS = frozenset(
    "the a an he she it they we i this that these those there but and in on at after before when "
    "while if as his her their its our no both another some many most all however meanwhile".split()
)


def beginnings(words: Iterable[tuple[str, bool]], *, cased: bool) -> Iterator[bool | None]:
    """Yield for each word whether a sentence begins with it: True, False, or None for "perhaps".

    A parser trained on web text begins sentences anywhere. In edited text they begin after a final
    mark, and with a capital unless the paragraph has none.

    Args:
        words: each word of a paragraph, and whether it follows the one before without a space.
        cased: whether the paragraph has any capital.
    """
    last, before, quoted = "", "", False  # the last words other than closing marks
    for number, (word, glued) in enumerate(words):
        glued = glued and number > 0
        closes = bool(word) and all(letter in _CLOSERS for letter in word)
        may = last.endswith(_FINAL) and not quoted and not _open_ended(last)
        may = may and not (last == "." and before.lower() == "no" and word[:1].isdigit())
        if number and not (may and not _goes_on(word, cased) and not (closes and glued)):
            yield False
        elif number and last.count(".") > 1 and word.istitle() and word.lower() in _OPENERS:
            yield True  # "in the U.S. He left"
        else:
            yield None
        if not closes:
            before, last, quoted = last, word, False
        elif not glued or quoted:
            quoted = True


def _goes_on(word: str, cased: bool) -> bool:
    """Return whether a word cannot begin a sentence: a mark, or lower case in a cased text."""
    return (cased and word[:1].islower()) or word[:1] in ",;:)]}%"


def _open_ended(last: str) -> bool:
    """Return whether a full stop ends an abbreviation or an initial, not a sentence."""
    initial = len(last) == 2 and last[0].isupper() and last != "I."
    return initial or last.lower() in _OPEN_ENDED
