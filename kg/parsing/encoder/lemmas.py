"""Lemmas as rules: what is cut from the end of a word, and what is put in its place.

One rule serves many words ("cut 3, add y": cities, parties), so lemmas can be classes of a
classifier (Chrupała 2006, "Simple data-driven context-sensitive lemmatization").
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from kg.text.inflections import forms

_PLURAL = frozenset({"NNS", "NNPS"})


def rule(form: str, lemma: str) -> str:
    """Return the rule that makes the lemma of a form: case, length of the cut, ending.

    >>> rule("Cities", "city")
    'l3:y'
    >>> rule("Ankara", "Ankara")
    'k0:'
    """
    keep = "k"
    if not lemma or not _starts_alike(form, lemma):
        if _starts_alike(form.lower(), lemma):
            keep = "l"
        elif _starts_alike(form.title(), lemma):
            keep = "t"
    cased = _cased(form, keep)
    same = 0
    while same < min(len(cased), len(lemma)) and cased[same] == lemma[same]:
        same += 1
    return f"{keep}{len(cased) - same}:{lemma[same:]}"


def apply(rule: str, form: str) -> str:
    """Return the lemma that a rule makes of a form; the lower-cased form if it cannot."""
    number, _, ending = rule[1:].partition(":")
    cut = int(number)
    if cut > len(form):
        return form.lower()
    cased = _cased(form, rule[0])
    return (cased[: len(cased) - cut] + ending) or form.lower()


def choose(word: str, tag: str, tried: Iterable[str], known: Container[str]) -> str:
    """Return the lemma of a word among what several rules make, the likeliest first.

    That is the first if it is a known word, or no word at all (a name, a number). Otherwise it is
    the first known word of which `word` is an inflected form: a rule may cut too much or too little
    of a word that was never seen ("invading": "invad"). If there is none either, a plural that
    was left as it is loses its ending.

    Args:
        word: the word as it stands in the text.
        tag: its fine part of speech (Penn).
        tried: what the rules make.
        known: lower-case words of open texts.
    """
    others = iter(tried)
    first = next(others)
    if first in known or not (first.isalpha() and first.islower()):
        return first
    low = word.lower()
    kind = "verb" if tag.startswith("VB") else "noun"
    for lemma in others:
        if lemma in known and low in forms(kind, lemma):
            return lemma
    if tag in _PLURAL and low.endswith("men"):
        return low[:-2] + "an"
    if tag in _PLURAL and first == low and low.endswith("s") and not low.endswith(("ss", "us")):
        return low[:-1]
    return first


def _cased(form: str, keep: str) -> str:
    return {"k": form, "l": form.lower(), "t": form.title()}[keep]


def _starts_alike(form: str, lemma: str) -> bool:
    return form[:1] == lemma[:1]
