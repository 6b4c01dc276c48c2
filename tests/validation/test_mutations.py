"""Each way of breaking a valid graph is caught, with the requirement that it breaks."""

from __future__ import annotations

import mutating
import pytest
import shacl
from mutating import Mutation, Quads
from mutations import MUTATIONS

from kg import rdf
from kg.ontology import Ontology
from kg.validation import Validator, shapes
from kg.validation.engine import Checker
from kg.validation.wording import at_fault

IDS = [f"{number}-{mutation.name.replace(' ', '-')}" for number, mutation in enumerate(MUTATIONS)]

AT_ONCE = 6


@pytest.fixture(scope="module")
def valid(ontology: Ontology) -> Quads:
    return mutating.valid(ontology)


@pytest.fixture(scope="module")
def validator(ontology: Ontology) -> Validator:
    return Validator(ontology)


def test_there_are_enough(valid: Quads, validator: Validator, ontology: Ontology) -> None:
    assert len(MUTATIONS) >= 110
    assert len({mutation.name for mutation in MUTATIONS}) == len(MUTATIONS)
    assert validator.violations(valid, "lake") == []
    assert shacl.second_opinion(valid, ontology) == set()


def test_each_shape_is_broken_by_some(valid: Quads, ontology: Ontology) -> None:
    """No shape may stand for nothing: each finds one of the faults, and what it asks is broken."""
    terms = rdf.term_quads(ontology)
    changed = [mutation.change(valid) for mutation in MUTATIONS]
    for shape in shapes.load():
        checker = Checker((shape,), terms)
        left = {inner.message for inner in (shape, *shape.properties) if inner.constraints}
        left |= {query.message for query in shape.queries}
        left |= {shape.message} if shape.allowed is not None else set()
        assert left, shape.name
        found = set()
        for quads in changed:
            found |= {fault.message for fault in checker.check(quads)}
            if left <= found:
                break
        assert left <= found, (shape.name, left - found)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=IDS)
def test_each_is_caught(mutation: Mutation, valid: Quads, validator: Validator) -> None:
    changed = mutation.change(valid)
    assert set(changed) != set(valid)
    found = [violation.sentence for violation in validator.violations(changed, "lake")]
    assert [sentence for sentence in found if mutation.says in sentence], found


@pytest.mark.slow
def test_a_second_processor_finds_exactly_the_same(
    valid: Quads, validator: Validator, ontology: Ontology
) -> None:
    copies = [shacl.rebased(m.change(valid), number) for number, m in enumerate(MUTATIONS)]
    faulty = set()
    # What pySHACL takes for a graph grows faster than the graph.
    for start in range(0, len(copies), AT_ONCE):
        part = copies[start : start + AT_ONCE]
        ours = {
            (at_fault(fault).value, fault.message)
            for copy in part
            for fault in validator._checker.check(copy)
        }
        assert shacl.second_opinion([quad for copy in part for quad in copy], ontology) == ours
        faulty |= {node for node, _ in ours}
    assert len(faulty) > len(MUTATIONS)
