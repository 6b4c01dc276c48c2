"""Making training text look more like news: quotes, cases and boundaries."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from training.conllu import Sentence, Word
from training.treebanks import group_of_size

_CURLY = {"``": "“", "''": "”"}
_APOSTROPHE = str.maketrans({"'": "’", "`": "’"})


def curly(word: Word) -> Word:
    """Return the word with typographic quotes and apostrophes."""
    if word.form in {'"', "``", "''"}:
        return replace(word, form=_CURLY.get(word.xpos, "”"))
    if word.form == "'" and word.xpos == "``":
        return replace(word, form="‘")
    if word.form == "--":
        return replace(word, form="—")
    return replace(word, form=word.form.translate(_APOSTROPHE))


def straight(word: Word) -> Word:
    """Return the word with typewriter quotes."""
    if word.form in {"“", "”", "``", "''"}:
        return replace(word, form='"')
    return replace(word, form=word.form.replace("’", "'").replace("‘", "'"))


def _cased(sentence: Sentence, *, upper: bool) -> Sentence:
    words = tuple(
        replace(word, form=word.form.upper() if upper else word.form.lower())
        for word in sentence.words
    )
    return replace(sentence, words=words)


def _titled(sentence: Sentence) -> Sentence:
    """Return the sentence in the capitals of a headline, without its full stop."""
    words = [
        replace(word, form=word.form[:1].upper() + word.form[1:])
        if word.upos in {"NOUN", "VERB", "ADJ", "ADV", "PROPN", "PRON", "NUM"}
        else word
        for word in sentence.words
    ]
    return replace(sentence, words=tuple(words))


def restyle(run: Sequence[Sentence], rng: random.Random) -> list[Sentence]:
    """Return the run with the quotes of some house style and, rarely, another case."""
    style = rng.random()
    change = curly if style < 0.45 else straight if style < 0.55 else None
    result = list(run)
    if change is not None:
        result = [replace(s, words=tuple(change(word) for word in s.words)) for s in result]
    case = rng.random()
    if case < 0.03:
        return [_cased(sentence, upper=False) for sentence in result]
    if case < 0.07:
        return [_cased(result[0], upper=True), *result[1:]]
    if case < 0.13:
        return [_titled(result[0]), *result[1:]]
    return result


def varied(sentences: Sequence[Sentence], rng: random.Random) -> list[list[Sentence]]:
    """Return restyled runs of one to ten consecutive sentences."""
    return [restyle(run, rng) for run in mixed(sentences, rng)]


def mixed(sentences: Sequence[Sentence], rng: random.Random) -> list[list[Sentence]]:
    """Return runs of one to ten consecutive sentences, mostly short ones."""
    return list(group_of_size(sentences, lambda: rng.choice((1, 2, 3, 4, 5, 6, 8, 10))))
