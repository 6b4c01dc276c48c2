"""Examples to teach from: runs of sentences with syntax, names, or both."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

from kg.parsing.encoder.lemmas import rule
from kg.parsing.encoder.network import Labels
from kg.parsing.encoder.windows import MOST_WORDS
from training.conllu import Sentence, Word
from training.layers import bio, marks_of
from training.names import NameSentence
from training.treebanks import group_of_size, harmonise_feats

LONGEST = MOST_WORDS  # of one example: what is read at once in use


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Words of running text; what is not annotated is None.

    `heads` are indices of words, a root's head is -1; `starts` marks the first words of
    sentences; `lemmas` are rules (`kg.parsing.encoder.lemmas`); `names` are BIO tags; `kinds`
    tell of each noun phrase's head what it stands for, `O` of all other words.
    """

    words: tuple[str, ...]
    starts: tuple[bool, ...] | None = None
    heads: tuple[int, ...] | None = None
    relations: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    forms: tuple[str, ...] | None = None
    lemmas: tuple[str, ...] | None = None
    names: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None


def labels_of(examples: Iterable[Example]) -> Labels:
    """Collect the labels of `examples`, in a fixed order; rare rules of lemmas are left out."""
    counts: dict[str, Counter[str]] = {field.name: Counter() for field in fields(Labels)}
    for example in examples:
        for name, found in counts.items():
            found.update(getattr(example, name) or ())
    counts["lemmas"] = Counter({r: n for r, n in counts["lemmas"].items() if n > 2})
    return Labels(**{name: sorted(found) for name, found in counts.items()})


def form(word: Word) -> str:
    """Return part of speech and features as one label."""
    return f"{word.upos} {harmonise_feats(word)}".strip()


def lemma(word: Word) -> str:
    """Return the lemma of a word; the word itself where the treebank gives none."""
    return word.form if word.lemma == "_" else word.lemma


def from_treebank(
    sentences: Sequence[Sentence],
    names: Sequence[NameSentence],
    rng: random.Random,
    *,
    most: int = 4,
    kinds: dict[str, list[str]] | None = None,
) -> Iterator[Example]:
    """Yield runs of one to `most` sentences with their syntax, names and, if given, kinds."""
    tagged = marks_of(sentences, names)
    for run in group_of_size(sentences, lambda: rng.randint(1, most)):
        for part in _short(run):
            words = [word for sentence in part for word in sentence.words]
            heads: list[int] = []
            starts: list[bool] = []
            marks: list[str] | None = []
            for sentence in part:
                offset = len(heads)
                heads.extend(offset + w.head - 1 if w.head else -1 for w in sentence.words)
                starts.extend(index == 0 for index in range(len(sentence.words)))
                found = tagged.get(sentence.sent_id)
                marks = None if marks is None or found is None else marks + found
            yield Example(
                words=tuple(word.form for word in words),
                starts=tuple(starts),
                heads=tuple(heads),
                relations=tuple(word.deprel for word in words),
                tags=tuple(word.xpos for word in words),
                forms=tuple(form(word) for word in words),
                lemmas=tuple(rule(word.form, lemma(word)) for word in words),
                names=None if marks is None else tuple(marks),
                kinds=tuple(k for s in part for k in kinds[s.sent_id]) if kinds else None,
            )


def _short(run: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    part: list[Sentence] = []
    for sentence in run:
        if part and sum(len(s.words) for s in part) + len(sentence.words) > LONGEST:
            yield part
            part = []
        part.append(sentence)
    yield part


def from_names(
    sentences: Sequence[NameSentence], rng: random.Random, *, most: int = 4
) -> Iterator[Example]:
    """Yield runs of one to `most` sentences of one document with names alone."""
    run: list[NameSentence] = []
    size = rng.randint(1, most)

    def close() -> Example:
        return Example(
            words=tuple(word for sentence in run for word in sentence.words),
            names=tuple(mark for sentence in run for mark in bio(sentence)),
        )

    for sentence in sentences:
        long = sum(len(s.words) for s in run) + len(sentence.words) > LONGEST
        if run and (len(run) >= size or long or sentence.group != run[0].group):
            yield close()
            run, size = [], rng.randint(1, most)
        if 0 < len(sentence.words) <= 2 * LONGEST:
            run.append(sentence)
    if run:
        yield close()
