"""Regular English inflection, to recognise a trigger whose lemma the model got wrong."""

from __future__ import annotations

from collections.abc import Iterator

_VOWELS = frozenset("aeiou")
_DOUBLING = frozenset("bdgklmnprt")


def forms(kind: str, lemma: str) -> Iterator[str]:
    """Yield the lemma and the regular inflected forms of a verb or noun."""
    yield lemma
    if kind not in {"verb", "noun"} or len(lemma) < 3:
        return
    yield _with_s(lemma)
    if kind == "verb":
        yield _stem(lemma) + "ed"
        yield (lemma[:-2] + "ying") if lemma.endswith("ie") else _before_ing(lemma) + "ing"
        if lemma[-1] in _DOUBLING and lemma[-2] in _VOWELS and lemma[-3] not in _VOWELS:
            yield lemma + lemma[-1] + "ed"
            yield lemma + lemma[-1] + "ing"


def _with_s(lemma: str) -> str:
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def _stem(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma[:-1]
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma[:-1] + "i"
    return lemma


def _before_ing(lemma: str) -> str:
    silent = lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye"))
    return lemma[:-1] if silent else lemma
