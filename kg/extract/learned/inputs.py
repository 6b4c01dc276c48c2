"""What the scorers see of an article: columns of its words, and of pairs of trigger and phrase.

Training and reading use the same code, so the inputs cannot differ.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extract import lexicon
from kg.extract.acts.matching import Matched
from kg.extract.acts.passes import Passed
from kg.extract.coreference.references import Reference, References
from kg.extract.learned.alphabet import RULED, Alphabet
from kg.extract.learned.paths import ascent, path
from kg.extract.spans.quotations import Quotation
from kg.parsing.tokens import Token

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

COLUMNS = (
    "path", "ruled", "distance", "kind", "pronoun", "known", "quoted", "up", "down",
)  # fmt: skip
"""The columns of a pair, in order."""

MOST = 50  # phrases tried for one trigger, the nearest; no sentence of the training text had more
_FARTHEST = 7  # in doublings of the distance in words
_HEADS = frozenset({"NOUN", "PROPN", "PRON"})
_PARTS = frozenset(
    {
        "compound", "flat", "fixed", "amod", "det", "case", "punct", "aux", "cop", "mark", "cc",
        "nummod", "advmod",
    }
)  # fmt: skip
_TRIGGERS = frozenset({"VERB", "NOUN", "ADJ"})
_PRONOMINAL = frozenset({"PRP", "PRP$", "WP", "WDT", "DT"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The columns of all words of an article; each has one row per word.

    Attributes:
        vectors: embeddings, shape `(words, width)`.
        pos, dep, kind: numbers in the alphabet.
        ruled: the relation that the frames give at the word: its number, or that plus the number
            of relations if a pass dropped it; 0 for none.
        quoted: 1 inside a quotation.
        cards: which relations have a frame with this word, shape `(words, relations)`, 0 or 1.
    """

    vectors: Floats
    pos: Numbers
    dep: Numbers
    kind: Numbers
    ruled: Numbers
    quoted: Numbers
    cards: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """A trigger with the phrases that may fill its roles.

    Attributes:
        trigger: the trigger.
        phrases: heads of the phrases, in text order.
        columns: shape `(phrases, len(COLUMNS))`.
    """

    trigger: Token
    phrases: Sequence[Token]
    columns: Numbers


class Inputs:
    """The inputs of one article or window.

    Attributes:
        alphabet: the numbers of values.
        words: the columns of its words.
        meanings: the references of each word that refers by itself, by token number.
    """

    def __init__(
        self,
        alphabet: Alphabet,
        references: References,
        quoted: Sequence[Quotation],
        matched: Matched,
        passed: Passed,
    ) -> None:
        """Compute the columns of all words.

        Args:
            alphabet: the numbers of values.
            references: the coreference of the article, whose parser gives vectors.
            quoted: its quotations.
            matched: what the frames gave.
            passed: the same after the passes.
        """
        self.alphabet = alphabet
        self.references = references
        self.chart = references.chart
        self.fates = {d.draft.trigger.i: (d.draft, False) for d in passed.dropped}
        self.fates |= {draft.trigger.i: (draft, True) for draft in passed.kept}
        self.inside = {i for q in quoted for i in range(q.first, q.last + 1)}
        self.meanings: dict[int, list[Reference]] = {}
        self.phrases: dict[int, list[Token]] = {}
        self._find()
        self.words = self._words(matched)

    def _find(self) -> None:
        for token in self.chart.doc:
            found = self.references.meaning(token)
            if found:
                self.meanings[token.i] = found
            if found or _is_head(token):
                self.phrases.setdefault(self.chart.sentence[token.i], []).append(token)

    def _words(self, matched: Matched) -> Words:
        numbers, doc = self.alphabet.numbers, self.chart.doc
        relations = numbers["relations"]
        cards = np.zeros((len(doc), len(relations)), dtype=np.float32)
        ruled = np.zeros(len(doc), dtype=np.int64)
        for at, tried in matched.readings.items():
            for miss in tried.misses:
                if number := relations.get(miss.frame.relation, 0):
                    cards[at, number - 1] = 1
        for at, (draft, kept) in self.fates.items():
            if number := relations.get(draft.relation.name, 0):
                cards[at, number - 1] = 1
                ruled[at] = number if kept else number + len(relations)
        if doc.vectors is None:
            raise ValueError("the parser gives no vectors")

        def column(name: str, values: Sequence[str]) -> Numbers:
            return np.array([numbers[name].get(value, 0) for value in values], dtype=np.int64)

        return Words(
            vectors=np.asarray(doc.vectors, dtype=np.float32),
            pos=column("pos", [t.pos_ for t in doc]),
            dep=column("deps", [t.dep_ for t in doc]),
            kind=column("kinds", [self._kind(t) for t in doc]),
            ruled=ruled,
            quoted=np.array([t.i in self.inside for t in doc], dtype=np.int64),
            cards=cards,
        )

    def _kind(self, token: Token) -> str:
        found = self.meanings.get(token.i)
        return found[0].referent.kind if found else ""

    def may_trigger(self, token: Token) -> bool:
        """Return whether a word may tell an act: a content word, or one that a card names."""
        return token.pos_ in _TRIGGERS or bool(self.words.cards[token.i].any())

    def pairs(self, trigger: Token) -> Pairs:
        """Return a trigger with the phrases of its sentence."""
        sentence = self.phrases.get(self.chart.sentence[trigger.i], ())
        near = sorted(
            (phrase for phrase in sentence if phrase is not trigger),
            key=lambda phrase: abs(phrase.i - trigger.i),
        )
        phrases = sorted(near[:MOST], key=lambda phrase: phrase.i)
        above = ascent(trigger)
        steps = {token.i: step for step, token in enumerate(above)}
        by_head, by_referent = self._ruled(trigger)
        rows = [
            self._row(trigger, phrase, path(phrase, above, steps), by_head, by_referent)
            for phrase in phrases
        ]
        columns = np.array(rows, dtype=np.int64).reshape(len(rows), len(COLUMNS))
        return Pairs(trigger=trigger, phrases=phrases, columns=columns)

    def _ruled(self, trigger: Token) -> tuple[dict[int, int], dict[int, int]]:
        """Return the roles that the frames give at a trigger, by head and by referent."""
        by_head: dict[int, int] = {}
        by_referent: dict[int, int] = {}
        if trigger.i in self.fates:
            draft, _ = self.fates[trigger.i]
            for filler in draft.fillers:
                number = RULED.index(filler.role) + 1
                by_head.setdefault(filler.head.i, number)
                by_referent.setdefault(id(filler.referent), number + len(RULED))
        return by_head, by_referent

    def _row(
        self,
        trigger: Token,
        phrase: Token,
        way: Any,
        by_head: Mapping[int, int],
        by_referent: Mapping[int, int],
    ) -> list[int]:
        numbers = self.alphabet.numbers
        found = self.meanings.get(phrase.i, ())
        ruled = by_head.get(phrase.i, 0)
        if not ruled:
            ruled = next((n for r in found if (n := by_referent.get(id(r.referent), 0))), 0)
        step = phrase.i - trigger.i
        doublings = min(_FARTHEST, int(math.log2(abs(step) + 1)))
        return [
            numbers["paths"].get(way.text, 0),
            ruled,
            _FARTHEST + (doublings if step > 0 else -doublings),
            numbers["kinds"].get(self._kind(phrase), 0),
            numbers["pronouns"].get(pronoun(phrase), 0),
            int(bool(found)),
            2 * (phrase.i in self.inside) + (trigger.i in self.inside),
            way.up,
            way.down,
        ]


def _is_head(token: Token) -> bool:
    return token.pos_ in _HEADS and token.dep_.partition(":")[0] not in _PARTS


_GROUPS = MappingProxyType(
    {
        "I": lexicon.FIRST,
        "we": lexicon.FIRST_PLURAL,
    }
)


def pronoun(token: Token) -> str:
    """Return the group of a pronoun, "other" for one without a group, "" for other words."""
    if token.tag_ not in _PRONOMINAL:
        return ""
    for name, words in _GROUPS.items():
        if token.lower_ in words:
            return name
    return token.lower_ if token.tag_ != "DT" else "other"
