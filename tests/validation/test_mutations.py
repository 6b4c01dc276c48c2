"""Each way of breaking a valid graph is caught, with the requirement that it breaks."""

from __future__ import annotations

import example
import pytest
import shacl
from mutations import MUTATIONS, Mutation, Quads

from kg.ontology import Ontology
from kg.validation import Validator
from kg.validation.wording import at_fault

IDS = [f"{number}-{mutation.name.replace(' ', '-')}" for number, mutation in enumerate(MUTATIONS)]


@pytest.fixture(scope="module")
def valid(ontology: Ontology) -> Quads:
    return shacl.unit(example.lake(), ontology)


@pytest.fixture(scope="module")
def validator(ontology: Ontology) -> Validator:
    return Validator(ontology)


def test_there_are_enough() -> None:
    assert len(MUTATIONS) >= 60
    assert len(set(IDS)) == len(IDS)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=IDS)
def test_each_is_caught(mutation: Mutation, valid: Quads, validator: Validator) -> None:
    changed = mutation.change(valid)
    assert set(changed) != set(valid)
    found = [violation.sentence for violation in validator.violations(changed, "lake")]
    assert [sentence for sentence in found if mutation.says in sentence], found


def test_a_second_processor_finds_exactly_the_same(
    valid: Quads, validator: Validator, ontology: Ontology
) -> None:
    copies = [shacl.rebased(m.change(valid), number) for number, m in enumerate(MUTATIONS)]
    ours = {
        (at_fault(fault).value, fault.message)
        for copy in copies
        for fault in validator._checker.check(copy)
    }
    assert len({node for node, _ in ours}) > len(MUTATIONS)
    assert shacl.second_opinion([quad for copy in copies for quad in copy], ontology) == ours
