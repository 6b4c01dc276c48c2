"""The parts of explanations: why a statement was extracted, and why another is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.records import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One token of a parsed sentence; tokens count from 1, and the root has `head` 0."""

    number: int
    text: str
    lemma: str
    tag: str
    label: str
    head: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision that led to a statement.

    Attributes:
        layer: `frame`, `role`, `name`, `description`, `coreference`, `link`,
            `speaker`, `outlet`, `modality`, `polarity`, `date` or `confidence`; `candidate` for a
            rejected candidate.
        what: the result.
        rule: name of the rule that decided.
        because: the words or numbers that the rule used.
    """

    layer: str
    what: str
    rule: str
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A frame whose trigger word occurs but that gave no statement.

    Attributes:
        rule: names of relation and frame.
        word: the trigger word as it stands in the text.
        start: offset of the word in the article, in characters.
        passed: how many conditions were met before one failed.
        why: the condition that failed, in words.
    """

    rule: str
    word: str
    start: int
    passed: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The explanation of one statement.

    Attributes:
        statement: the statement.
        sentence: the sentence of its trigger.
        words: the parse of that sentence.
        frame: triggers, slots and conditions of the frame, by their names on the card.
        decisions: all decisions, in order.
        candidates: rejected candidates for roles, with the reason.
        beaten: other frames that matched or nearly matched the same trigger word.
    """

    statement: Statement
    sentence: str
    words: tuple[Word, ...]
    frame: Mapping[str, str]
    decisions: tuple[Decision, ...]
    candidates: tuple[Decision, ...]
    beaten: tuple[NearMiss, ...]
