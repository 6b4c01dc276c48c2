"""What the encoder reads at once: a paragraph, or a part of a long one.

The scales of a quantised network depend on all that is read together, so each window is read by
itself: its analysis depends on its own words and on nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

MOST_WORDS = 160  # as in training; a longer paragraph is cut, at the end of a sentence if it can be
MOST_PIECES = 510  # the encoder has 512 positions, two of them for [CLS] and [SEP]
_ENDS = frozenset({".", "!", "?", '."', ".'", "…"})
_CLOSING = frozenset({'"', "'", "''", "”", "’", ")", "]"})
_OPENING = frozenset({"``", "“", "‘", "(", "["})
_EITHER = frozenset({'"', "'"})


def windows(
    words: Sequence[str], lengths: Sequence[int], begins: Sequence[bool | None]
) -> list[tuple[int, int]]:
    """Return first position and end of each window, in order.

    Args:
        words: the words of one paragraph.
        lengths: how many pieces each has.
        begins: where a sentence is known to begin, known not to begin, or None.
    """
    found: list[tuple[int, int]] = []
    first = 0
    while first < len(words):
        end = _end(lengths, first)
        if end < len(words):
            end = _last_beginning(words, begins, first, end) or end
        found.append((first, end))
        first = end
    return found


def _end(lengths: Sequence[int], first: int) -> int:
    """Return the farthest end of a window; at least one word."""
    total, end = 0, first
    while end < len(lengths) and end - first < MOST_WORDS:
        total += lengths[end]
        if total > MOST_PIECES:
            break
        end += 1
    return max(end, first + 1)


def _last_beginning(
    words: Sequence[str], begins: Sequence[bool | None], first: int, end: int
) -> int:
    """Return the last position at which a sentence is likely to begin; 0 if there is none."""
    for at in range(end, first, -1):
        if begins[at] or (begins[at] is None and _likely(words, at, first)):
            return at
    return 0


def _likely(words: Sequence[str], at: int, first: int) -> bool:
    """Return whether a sentence is likely to begin at a word, as the marks before it tell."""
    before = at - 1
    while before > first and words[before] in _CLOSING and not _opens(words, before, first):
        before -= 1
    begins = words[at][0].isupper() or words[at][0].isdigit() or _opens(words, at, first)
    return words[before] in _ENDS and begins


def _opens(words: Sequence[str], at: int, first: int) -> bool:
    """Return whether a word is a mark that opens a quotation or a bracket."""
    if words[at] in _EITHER:  # the first of a pair opens
        return words[first:at].count(words[at]) % 2 == 0
    return words[at] in _OPENING
