"""Why a statement is as it is, and why another is missing: what explanations consist of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.records import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One token of a parsed sentence; numbers count from 1, `head` 0 is the root."""

    number: int
    text: str
    lemma: str
    tag: str
    label: str
    head: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One step on the way to a statement.

    Attributes:
        layer: `frame`, `role`, `name`, `description`, `coreference`, `link`, `speaker`, `outlet`,
            `modality`, `polarity`, `date` or `confidence`; `candidate` for who was not taken.
        what: what was decided.
        rule: name of the rule that decided.
        because: the words or numbers that the rule went by.
    """

    layer: str
    what: str
    rule: str
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A frame whose trigger word occurs and that gives no statement.

    Attributes:
        rule: relation and frame.
        word: the trigger word as it stands in the text.
        start: offset of the word in the article.
        passed: how many conditions were met before one failed; the more, the nearer.
        why: the condition that fails, in words.
    """

    rule: str
    word: str
    start: int
    passed: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """How one statement came about.

    Attributes:
        statement: the statement.
        sentence: the sentence of its trigger.
        words: the parse of that sentence.
        frame: the frame by its parts: triggers, slots by role, and conditions.
        decisions: what was decided, in order.
        candidates: who was tried for a role and not taken, and why.
        beaten: other frames that matched or nearly matched the same trigger word.
    """

    statement: Statement
    sentence: str
    words: tuple[Word, ...]
    frame: Mapping[str, str]
    decisions: tuple[Decision, ...]
    candidates: tuple[Decision, ...]
    beaten: tuple[NearMiss, ...]
