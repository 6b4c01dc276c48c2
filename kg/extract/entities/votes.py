"""Puts the parser's names to the vote: a name is one kind of thing throughout an article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from kg.parsing.tokens import Document

Name = tuple[int, int, str]  # first and last token, label
_TWICE = 2  # a name of one word must be found so often before it is looked for elsewhere


def agreed(document: Document) -> list[Name]:
    """Return the parser's names, alike throughout the article, in order.

    A name gets the label that most of its mentions have, if one has more than any other. A name of
    several words, or of one that was found twice, is added where it was missed, in the same
    letters and outside other names.
    """
    found = list(document.names)
    texts = [_text(document, first, last) for first, last, _ in found]
    votes: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for text, (_, _, label) in zip(texts, found, strict=True):
        votes[text][label] += 1
    chosen = {text: label for text, count in votes.items() if (label := _majority(count))}
    same = [
        (first, last, chosen.get(text, label))
        for text, (first, last, label) in zip(texts, found, strict=True)
    ]
    sure = {
        text: label
        for text, label in chosen.items()
        if len(text) > 1 or votes[text].total() >= _TWICE
    }
    return sorted([*same, *_missed(document, same, sure)])


def _text(document: Document, first: int, last: int) -> tuple[str, ...]:
    return tuple(token.text for token in document[first : last + 1])


def _majority(count: Counter[str]) -> str:
    """Return the label with most votes; nothing if two have as many."""
    (label, most), *others = count.most_common(2)
    return "" if others and others[0][1] == most else label


def _missed(
    document: Document, found: Sequence[Name], sure: dict[tuple[str, ...], str]
) -> Iterator[Name]:
    """Yield the names in `sure` where they stand outside all names that were found."""
    taken = {at for first, last, _ in found for at in range(first, last + 1)}
    begins: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for text in sorted(sure, key=len, reverse=True):
        if text[0][:1].isupper():
            begins[text[0]].append(text)
    for token in document:
        for text in begins.get(token.text, ()):
            places = range(token.i, token.i + len(text))
            if taken.isdisjoint(places) and _text(document, token.i, places[-1]) == text:
                taken.update(places)
                yield token.i, places[-1], sure[text]
                break
