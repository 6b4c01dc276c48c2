"""Where a sentence may begin in an edited text, by its words alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

# What may end a sentence and what may stand between that and the next one; after the
# abbreviations a name or a number follows.
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

    Treebanks of web text teach a parser that sentences may begin anywhere; in an edited paragraph
    they begin after a final mark, and in upper case unless nothing there is.

    Args:
        words: each word of a paragraph, and whether no space parts it from the one before.
        cased: whether the paragraph has upper case at all.
    """
    last, before, quoted = "", "", False  # the last words that are no closing marks
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
    """Return whether a word cannot begin a sentence of a text with or without upper case."""
    return (cased and word[:1].islower()) or word[:1] in ",;:)]}%"


def _open_ended(last: str) -> bool:
    """Return whether a full stop ends an abbreviation or an initial, not a sentence."""
    initial = len(last) == 2 and last[0].isupper() and last != "I."
    return initial or last.lower() in _OPEN_ENDED
