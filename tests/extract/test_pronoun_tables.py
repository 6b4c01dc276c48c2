"""Tables of the rules for pronouns: each has a sentence in which it makes a difference."""

from __future__ import annotations

import math

import examples
import pytest

from kg.extract.coreference import pairs, pronouns, salience
from kg.extract.coreference.pronouns import Resolver


def _resolved(example: examples.Example) -> pronouns.Resolution:
    reading, token = examples.token(example)
    quoted = reading.quoted
    resolver = Resolver(reading.chart, quoted, reading.sources.speech_verbs)
    return resolver.resolve(token)


@pytest.mark.model
@pytest.mark.parametrize("preference", salience.PREFERENCES, ids=lambda p: p.name)
def test_a_preference_changes_the_weight_of_the_candidate_in_its_example(
    preference: salience.Preference, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = examples.marked(preference.measure)

    def weight() -> float:
        weighed = _resolved(example).weighed
        found = [w.weight for w in weighed if [r.name for r in w.referents] == [*example.found]]
        assert len(found) == 1, weighed
        return found[0]

    whole = weight()
    others = tuple(p for p in salience.PREFERENCES if p is not preference)
    monkeypatch.setattr(salience, "PREFERENCES", others)
    assert not math.isclose(weight(), whole)
    assert (whole > weight()) == (preference.weight > 0)


def test_every_weight_says_where_it_comes_from() -> None:
    assert len({p.name for p in salience.PREFERENCES}) == len(salience.PREFERENCES)
    assert all(p.origin and p.weight for p in salience.PREFERENCES)


@pytest.mark.model
@pytest.mark.parametrize(
    ("module", "table", "rule"),
    [
        pytest.param(module, table, rule, id=rule.__name__)
        for module, table in ((pairs, "TOGETHER"), (pairs, "AT_LAST"), (pronouns, "GROUPS"))
        for rule in getattr(module, table)
    ],
)
def test_a_rule_alone_finds_who_is_meant_in_its_example(
    module: object, table: str, rule: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = examples.marked(rule)
    assert [r.name for r in _resolved(example).referents] == [*example.found]
    others = tuple(other for other in getattr(module, table) if other is not rule)
    monkeypatch.setattr(module, table, others)
    assert [r.name for r in _resolved(example).referents] != [*example.found]
