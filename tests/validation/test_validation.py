"""Valid graphs pass, broken ones are kept out, and what is wrong is told in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import example
import fake
import pyoxigraph as ox
import pytest
import shacl

from kg import build, pipeline, resources
from kg.cli import run
from kg.errors import InvalidGraphError, OntologyError
from kg.graph import Graph
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.records import Extraction, Statement
from kg.validation import Validator, Violation, shapes

Capture = pytest.CaptureFixture[str]
POLARITY = v.term("polarity")


def kg(capsys: Capture, *arguments: object) -> tuple[int, str, str]:
    capsys.readouterr()
    code = run([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture(scope="module")
def validator(ontology: Ontology) -> Validator:
    return Validator(ontology)


def backwards() -> Extraction:
    """Return the example with a place that attends a place."""
    lake = example.lake()
    wrong: Statement = replace(lake.statements[2], agents=(example.LIMA,), targets=(example.OSLO,))
    return replace(lake, statements=(wrong,))


@pytest.mark.parametrize("make", [example.lake, example.harbour])
def test_what_is_written_is_valid(make, validator, ontology) -> None:  # type: ignore[no-untyped-def]
    quads = shacl.unit(make(), ontology)
    assert validator.violations(quads, "x") == []
    assert shacl.second_opinion(quads, ontology) == set()


def test_the_graph_as_a_whole_is_valid(graph: Graph) -> None:
    assert list(graph.validate()) == []


def test_shapes_cover_every_class_and_property_that_is_written(
    graph: Graph, ontology: Ontology
) -> None:
    """No node goes unchecked: each type has a shape, and each property is known to one."""
    known = shapes.load()
    targets = {term for shape in known for kind, term in shape.targets if kind == "targetClass"}
    targets |= {c.terms[0] for shape in known for c in shape.constraints if c.name == "class"}
    paths = {
        step.predicate
        for shape in known
        for inner in (shape, *shape.properties)
        for step in inner.path
    }
    above = {v.term(name) for name in ontology.classes}
    relations = {v.term(name) for name in ontology.relations}
    relations |= {v.term(card.topic_link) for card in ontology.relations.values()}
    quads = [q for q in graph.store.match() if q.graph_name != graph.store.names.terms]
    types = {q.object for q in quads if q.predicate == v.TYPE}
    assert types - above <= targets
    assert {v.term(n) for n in ("Entity", "Mention", "Statement", "Act")} <= targets
    assert {q.predicate for q in quads} - relations - {v.TYPE} <= paths
    closed = [shape for shape in known if shape.allowed is not None]
    assert len(closed) >= 8


def test_every_requirement_is_said_in_words() -> None:
    for shape in shapes.load():
        for inner in (shape, *shape.properties):
            if inner.constraints or inner.allowed is not None:
                assert inner.message.startswith("must "), inner
        assert all(query.message.startswith("must ") for query in shape.queries)


def test_what_breaks_a_shape_is_left_out_and_the_rest_stored(graph: Graph) -> None:
    backward = backwards().statements
    lake = example.lake()
    before = graph.store.quads()
    mixed = replace(lake, statements=(*lake.statements, *backward))
    (left,) = graph.add(mixed, pipeline="test-1")
    assert left.where == "lake"
    assert left.what.startswith("1 statement left out: The statement “Lima — attends — Oslo” must")
    assert "“Norway will attend the fisheries summit”" in left.what
    assert graph.store.quads() == before
    assert graph.add(lake, pipeline="test-1") == ()


def test_an_article_that_is_itself_broken_is_not_stored(graph: Graph) -> None:
    before = graph.store.quads()
    with pytest.raises(InvalidGraphError) as caught:
        graph.add(Extraction(article=replace(example.lake().article, text="")))
    assert caught.value.where == "lake"
    assert caught.value.what.startswith("The article must have exactly one text")
    assert "--no-validate" in caught.value.hint
    assert graph.store.quads() == before


def test_it_is_stored_on_demand_and_found_later(graph: Graph) -> None:
    graph.add(backwards(), validate=False)
    found = list(graph.validate())
    assert {violation.article for violation in found} == {"lake"}
    assert {violation.quote for violation in found} == {"Norway will attend the fisheries summit"}
    assert [str(violation) for violation in found] == [
        "In lake: The statement “Lima — attends — Oslo” must have at least one agent, and only "
        "actors as agents, but has Lima.",
        "In lake: The statement “Lima — attends — Oslo” must have only agents that its relation "
        "takes, but has kg:agent Lima.",
        "In lake: The statement “Lima — attends — Oslo” must have only targets that its relation "
        "takes, but has kg:target Oslo.",
    ]


def test_links_and_background_are_checked_too(graph: Graph) -> None:
    names = graph.store.names
    peru, summit = (names.node(e.id) for e in (example.PERU, example.SUMMIT))
    wrong = [
        v.quad(peru, v.term("attends"), summit, names.links("harbour")),
        v.quad(peru, v.SAME_AS, ox.NamedNode("urn:x"), names.background),
        v.quad(peru, v.term("visits"), summit, names.links("gone")),
    ]
    graph.store.change(add=wrong)
    found = {violation.article: violation for violation in graph.validate()}
    assert set(found) == {"harbour", "graph/background", "graph/links/gone"}
    assert found["harbour"].quote == "Peru did not attend the fisheries summit"
    assert found["harbour"].property == "kg:attends"
    assert found["graph/background"].sentence == (
        "The entity Peru must be the same as items of Wikidata only, but has <urn:x>."
    )


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "news.kg"
    with Graph.open(path, "w") as graph:
        graph.add_all([example.lake(), example.harbour()])
    return path


def test_the_command_says_that_all_is_well(capsys: Capture, store: Path) -> None:
    assert kg(capsys, "validate", store) == (0, "", "2 articles: 0 violations\n")


def test_the_command_prints_sentences_with_quotes(capsys: Capture, store: Path) -> None:
    with Graph.open(store, "w") as graph:
        names = graph.store.names
        harbour = names.article("harbour")
        (gone,) = graph.store.match(None, POLARITY, v.term("negated"), harbour)
        graph.store.change(remove=[gone])
    assert kg(capsys, "validate", store) == (
        1,
        "In harbour: The statement “Peru — attends — fisheries summit” must have exactly one "
        "polarity: affirmed or negated, but has none.\n"
        "    “Peru did not attend the fisheries summit”\n",
        "2 articles: 1 violation\n",
    )
    code, out, _ = kg(capsys, "validate", store, "--format", "csv")
    assert code == 1
    header, row = out.splitlines()
    assert header == "article,sentence,quote,property,node"
    assert row.startswith("harbour,")
    assert ",kg:polarity," in row


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put a pipeline in place that lets a group of people be attended."""

    class Careless(fake.FakePipeline):
        def extract(self, article):  # type: ignore[no-untyped-def, override]
            found = super().extract(article)
            wrong = tuple(replace(s, relation="attends") for s in found.statements)
            return replace(found, statements=wrong if "Chile" in article.text else found.statements)

    build._loaded.cache_clear()
    monkeypatch.setattr(pipeline, "load", lambda model=None: Careless())
    yield
    build._loaded.cache_clear()


def test_a_build_leaves_out_what_breaks_a_shape(
    capsys: Capture, tmp_path: Path, careless: None
) -> None:
    (tmp_path / "a.txt").write_text("Peru met Chile.\n")
    (tmp_path / "b.txt").write_text("Peru met Norway.\n")
    out = tmp_path / "s.kg"
    code, _, err = kg(capsys, "build", tmp_path / "a.txt", tmp_path / "b.txt", "-o", out, "-q")
    assert code == 0
    assert err.startswith(
        "kg: [left-out] a: 1 statement left out: The statement “Peru — attends — Chile” must have"
    )
    with Graph.open(out) as graph:
        counts = {found.id: found.statements for found in graph.store.summaries()}
        assert counts == {"a": 0, "b": 1}
        assert list(graph.validate()) == []
    arguments = ("build", tmp_path / "a.txt", "-o", out, "-q", "--no-validate", "--force")
    assert kg(capsys, *arguments) == (0, "", "")
    assert kg(capsys, "validate", out)[0] == 1


def test_violations_are_in_order_whatever_the_order_of_quads(ontology: Ontology) -> None:
    quads = [q for q in shacl.unit(example.lake(), ontology) if q.predicate != POLARITY]
    validator = Validator(ontology)
    found = validator.violations(quads, "lake")
    assert len(found) > 4
    assert validator.violations(quads[::-1], "lake") == found == sorted(found)
    assert all(isinstance(violation, Violation) for violation in found)


def test_relations_of_ones_own_are_checked_by_their_cards(ontology: Ontology) -> None:
    card = replace(ontology.relations["meets"], range=("Person",), name="greets", symmetric=False)
    own = replace(ontology, relations={**ontology.relations, "greets": card})
    lake = example.lake()
    greets = replace(lake.statements[1], relation="greets", about=())
    quads = shacl.unit(replace(lake, statements=(greets,)), own)
    (violation,) = Validator(own).violations(quads, "lake")
    assert violation.sentence.endswith(
        "must have only targets that its relation takes, but has kg:target Norway."
    )


@pytest.mark.parametrize(
    ("turtle", "says"),
    [
        ("a:x a sh:NodeShape ; sh:targetClass a:C ; sh:xone ( ) .", "xone is not supported"),
        ("a:x sh:targetNode a:C ; sh:property [ sh:path [ sh:zeroOrMorePath a:p ] ] .", "path"),
        ("a:x a sh:NodeShape ; sh:targetClass", "mend the Turtle"),
    ],
)
def test_shapes_that_cannot_be_checked_are_refused(tmp_path: Path, turtle: str, says: str) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(f"@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix a: <urn:a:> . {turtle}\n")
    with pytest.raises(OntologyError, match=says) as caught:
        shapes.load(path)
    assert caught.value.where == str(path)


def test_the_shapes_of_the_package_are_all_read() -> None:
    text = (resources.ontology_dir() / "shapes.ttl").read_text(encoding="utf-8")
    assert len(shapes.load()) == text.count(" a sh:NodeShape ")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Return a store of some articles, every fourth of which has something wrong."""
    path = tmp_path / "broken.kg"
    for number in range(12):
        (tmp_path / f"a-{number:02}.txt").write_text("Peru met Norway.")
    build.build([tmp_path / "*.txt"], path, loader=fake.load)
    with Graph.open(path, "w") as graph:
        for number in range(0, 12, 4):
            node = graph.store.names.article(f"a-{number:02}")
            graph.store.change(add=[v.quad(node, v.term("digest"), v.plain("beef"), node)])
    return path


def test_several_processes_find_the_same_in_the_same_order(
    broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.validation.apart._AT_ONCE", 2)
    with Graph.open(broken) as graph:
        alone = list(graph.validate())
        assert [x.article for x in alone] == ["a-00", "a-04", "a-08"]
        monkeypatch.setattr(Validator, "article", None)  # this process checks no article
        assert list(graph.validate(workers=2)) == alone


def test_a_store_that_is_being_written_is_checked_alone(
    broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.validation.apart.checked", None)
    with Graph.open(broken, "w") as graph:
        assert len(list(graph.validate(workers=2))) == 3


def test_the_command_takes_the_number_of_processes(capsys: Capture, broken: Path) -> None:
    code, out, err = kg(capsys, "validate", broken, "--workers", "2")
    assert (code, out.count("In a-")) == (1, 3)
    assert "12 articles: 3 violations" in err
