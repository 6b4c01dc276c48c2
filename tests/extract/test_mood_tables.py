"""Tables of what turns a mood: each rule has a sentence that it alone reads as its example says."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import examples
import pytest

from kg.extract.claims import beliefs, clauses, climbing, governors, nouns
from kg.extract.claims.modality import Judge
from kg.extract.claims.moods import Words
from kg.records import MODALITIES

TABLES = (
    (clauses, "AUXILIARIES"),
    (clauses, "AROUND"),
    (clauses, "MODALS"),
    (beliefs, "BELIEFS"),
    (climbing, "ABOVE"),
    (governors, "GOVERNING"),
    (governors, "NOUNS"),
    (nouns, "ACTS"),
    (nouns, "ADJECTIVES"),
    (nouns, "VERBS"),
)


def _rules() -> Iterator[object]:
    for module, table in TABLES:
        for rule in getattr(module, table):
            name = rule.to if isinstance(rule, Words) else rule.__name__
            yield pytest.param(module, table, rule, id=f"{table}-{name}")


def _example(rule: object) -> examples.Example:
    if not isinstance(rule, Words):
        return examples.marked(rule)
    return examples.told(f"{rule.example} -> {rule.to}")


def _mood(example: examples.Example) -> str:
    reading, act = examples.token(example)
    mood = Judge(reading.chart.syntax, {}).mood(act)
    assert mood.modality in MODALITIES
    return " ".join([mood.modality] * (mood.modality != "actual") + ["denied"] * mood.negated)


@pytest.mark.model
@pytest.mark.parametrize(("module", "table", "rule"), list(_rules()))
def test_a_rule_alone_gives_the_mood_of_its_example(
    module: ModuleType, table: str, rule: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = _example(rule)
    expected = " ".join(word for word in example.found if word != "actual")
    assert _mood(example) == expected
    others = tuple(other for other in getattr(module, table) if other is not rule)
    # Rows that other modules have imported are patched there too.
    for user in (clauses, beliefs, climbing, governors, nouns):
        if hasattr(user, table):
            monkeypatch.setattr(user, table, others)
    assert _mood(example) != expected, "the sentence is read so without the rule as well"
