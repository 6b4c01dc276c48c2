"""Our own queries are answered as an engine answers them, with work that grows with the graph."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import example
import mutating
import pyoxigraph as ox
import pytest
import shacl
from mutating import Mutation, Quads
from mutations import MUTATIONS

from kg import rdf, resources
from kg.graph import Graph
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.records import Extraction
from kg.validation import Validator, engine, shapes
from kg.validation.answers import ANSWERS
from kg.validation.engine import Checker
from kg.validation.index import Index, View
from kg.validation.shapes import Shape

QUERIES = {query.name.rpartition("#")[2]: query for s in shapes.load() for query in s.queries}


@pytest.fixture(scope="module")
def valid(ontology: Ontology) -> Quads:
    return mutating.valid(ontology)


@pytest.fixture(scope="module")
def terms(ontology: Ontology) -> list[v.Quad]:
    return rdf.term_quads(ontology)


@pytest.fixture(scope="module")
def view(terms: list[v.Quad]) -> View:
    return View(Index(terms))


def asking(name: str) -> list[Shape]:
    return [shape for shape in shapes.load() if QUERIES[name] in shape.queries]


def foci(shape: Shape, graph: Index) -> set[ox.NamedNode]:
    """Return the nodes for which a shape of ours asks its query."""
    found = set()
    for kind, term in shape.targets:
        assert isinstance(term, ox.NamedNode)
        if kind == "targetNode":
            found.add(term)
        elif kind == "targetClass":
            found |= set(graph.backward(v.TYPE).get(term, ()))
        else:
            found |= {node for node, values in graph.forward.items() if term in values}
    return found  # type: ignore[return-value]


def test_each_query_of_ours_has_an_answer() -> None:
    assert set(ANSWERS) == set(QUERIES)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_answers_are_those_of_an_engine(
    mutation: Mutation, valid: Quads, terms: list[v.Quad], view: View
) -> None:
    unit = Index(mutation.change(valid))
    view.show(unit)
    store = ox.Store()
    store.extend([*terms, *mutation.change(valid)])  # type: ignore[list-item]
    for name, query in QUERIES.items():
        for focus in foci(asking(name)[0], unit):
            if isinstance(focus, ox.BlankNode):  # an engine takes it for a variable
                continue
            rows = store.query(
                query.select,
                substitutions={ox.Variable("this"): focus},
                use_default_graph_as_union=True,
            )
            names = {variable.value for variable in rows.variables}  # type: ignore[union-attr]
            asked = {(r["value"], r["path"] if "path" in names else None) for r in rows}  # type: ignore[union-attr, index]
            assert set(ANSWERS[name](view, focus)) == asked, name


def dense(number: int) -> Extraction:
    """Return the example with many statements, half of which make a link of their own."""
    lake = example.lake()
    meets = lake.statements[1]
    more = tuple(
        replace(
            meets,
            agents=(replace(meets.agents[0], id=f"unlinked/country/{n}"),),
            negated=bool(n % 2),
            about=(),
        )
        for n in range(number)
    )
    return replace(lake, statements=(*lake.statements, *more))


def steps(validator: Validator, quads: Iterable[v.Quad]) -> int:
    """Return how many functions are called while a graph is checked; it must be valid."""
    count = 0

    def called(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        found = validator.violations(quads, "lake")
    finally:
        sys.setprofile(None)
    assert found == []
    return count


def test_work_grows_with_the_statements_of_an_article(ontology: Ontology) -> None:
    validator = Validator(ontology)
    few, many = (shacl.unit(dense(number), ontology) for number in (100, 400))
    assert len(many) > 3.5 * len(few)
    steps(validator, few)  # what is worked out once
    assert steps(validator, many) < 4.5 * steps(validator, few)
    # Reading a quad and a look at its value: some 14 calls.
    assert steps(validator, many) < 18 * len(many)


def test_no_engine_is_asked_for_our_own_shapes(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine.ox, "Store", None)
    assert list(graph.validate()) == []


def test_queries_of_other_shapes_are_asked(
    valid: Quads, terms: list[v.Quad], tmp_path: Path
) -> None:
    """What answers our query must not answer another one that has its name."""
    text = (resources.ontology_dir() / "shapes.ttl").read_text(encoding="utf-8")
    other = tmp_path / "shapes.ttl"
    other.write_text(text.replace("?place AS ?value", "?text AS ?value"), encoding="utf-8")
    quads = mutating.moved(mutating.stating("meets"), "start", 1)(valid)
    values = [
        {type(f.value) for f in Checker(shapes.load(path), terms).check(quads)}
        for path in (None, other)
    ]
    assert values == [{ox.NamedNode}, {ox.Literal}]


def test_what_two_graphs_say_counts_once(valid: Quads, ontology: Ontology) -> None:
    links = [v.quad(q.subject, q.predicate, q.object, mutating.LINKS) for q in valid]
    index = Index([*valid, *links])
    assert index.forward == Index(valid).forward
    assert all(len(o) == len(set(o)) for found in index.forward.values() for o in found.values())


def test_classes_of_one_graph_do_not_count_in_the_next(ontology: Ontology) -> None:
    validator = Validator(ontology)
    lake = example.lake()
    place = replace(lake.statements[1], agents=(example.LIMA,))
    wrong = shacl.unit(replace(lake, statements=(place,)), ontology)
    found = validator.violations(wrong, "lake")
    assert any("only actors as agents" in violation.sentence for violation in found)
    claim = v.quad(v.term("Place"), v.SUB_CLASS_OF, v.term("Actor"), mutating.GRAPH)
    claimed = [one.sentence for one in validator.violations([*wrong, claim], "lake")]
    assert not any("only actors as agents" in sentence for sentence in claimed)
    assert validator.violations(wrong, "lake") == found
