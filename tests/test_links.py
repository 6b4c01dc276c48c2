"""Plain links: exactly what an article affirms as actual, in its own voice, and surely enough.

The rule is asked for in SPARQL, in words other than those of the code that writes the links.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import built
import example
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS

from kg import iris, reference
from kg import ontology as ontologies
from kg.errors import StoreWriteError
from kg.graph import Graph
from kg.ontology import Ontology, Relation
from kg.query.results import Result
from kg.rdf import vocabulary as v
from kg.records import MODALITIES, Entity, Extraction, Statement

KG = rdflib.Namespace(iris.ONTOLOGY)

# What a statement joins with whom, if it may: by the relation itself, or by its topic link.
_JOINED = """
    { ?link kg:linkedRole kg:target . ?statement kg:relation ?link ; kg:target ?other }
    UNION { ?link a kg:MutualRelation . ?statement kg:relation ?link ; kg:agent ?other
            MINUS { ?statement kg:target ?target } }
    UNION { ?relation kg:topicLink ?link . ?statement kg:relation ?relation ; kg:about ?other .
            ?other a ?kind . VALUES ?kind { kg:Event kg:Agreement }
            MINUS { ?relation kg:topicBesideTarget false . ?statement kg:target ?target } }
    FILTER(?other != ?agent)
"""
_LINK = "?link a ?sort . VALUES ?sort { kg:Relation kg:TopicLink }"
_LINKED = f"{_LINK} GRAPH ?links {{ ?agent ?link ?other }}"
_OF_ONE_ARTICLE = 'FILTER(STR(?links) = REPLACE(STR(?article), "/id/article/", "/id/graph/links/"))'
_TOLD = f"""
    GRAPH ?article {{
        ?statement kg:agent ?agent ; kg:modality ?modality ; kg:polarity ?polarity ;
            kg:confidence ?confidence .
        OPTIONAL {{ ?statement kg:attributedTo ?speaker }}
        OPTIONAL {{ ?statement kg:unnamedSource ?unnamed }}
    }}
    {_JOINED}
    kg:relatesTo kg:linkFloor ?floor .
    BIND(BOUND(?speaker) || BOUND(?unnamed) AS ?said)
"""
_PLAINLY = """
    FILTER(?modality = kg:actual && ?polarity = kg:affirmed && !?said && ?confidence >= ?floor)
"""

LINKS = f"SELECT DISTINCT ?links ?agent ?link ?other {{ {_LINKED} }}"
FOUNDED = f"""SELECT DISTINCT ?links ?agent ?link ?other {{
    {_LINKED} {_TOLD} {_PLAINLY} {_OF_ONE_ARTICLE}
}}"""
MISSING = f"""SELECT ?statement ?link ?agent ?other {{
    {_TOLD} {_PLAINLY}
    FILTER NOT EXISTS {{ GRAPH ?links {{ ?agent ?link ?other }} {_OF_ONE_ARTICLE} }}
    FILTER NOT EXISTS {{
        ?link a kg:MutualRelation . GRAPH ?links {{ ?other ?link ?agent }} {_OF_ONE_ARTICLE}
    }}
}}"""
HELD_BACK = f"""SELECT DISTINCT ?statement ?modality ?polarity ?said
    (?confidence < ?floor AS ?doubtful) {{
    {_TOLD}
    FILTER(?modality != kg:actual || ?polarity != kg:affirmed || ?said || ?confidence < ?floor)
}}"""


def unfounded(graph: Graph) -> set[tuple[object, ...]]:
    """Return the links that no statement of their own article makes."""
    return set(answer(graph, LINKS).rows) - set(answer(graph, FOUNDED).rows)


def answer(graph: Graph, question: str) -> Result:
    """Return an answer without limits, for which no process has to be started."""
    return graph.query(question, timeout=None, memory=None)


def kept(graph: Graph) -> None:
    """Assert that the links of a graph are exactly those of the rule."""
    assert unfounded(graph) == set()
    assert answer(graph, MISSING).rows == ()


@pytest.mark.model
@pytest.mark.parametrize(
    ("folder", "least"),
    [(built.SEEDS, 40), (built.ANNOTATED, 10)],
    ids=["samples", "annotated"],
)
def test_links_of_whole_articles_keep_the_rule(folder: Path, least: int) -> None:
    if not folder.is_dir():
        pytest.skip("the annotated articles are not part of the project")
    graph = built.graph(folder)
    kept(graph)
    assert list(graph.validate()) == []
    assert len(answer(graph, LINKS)) > least
    held = answer(graph, HELD_BACK)
    assert {str(m).rpartition("#")[2] for m in held.column("modality")} == set(MODALITIES)
    assert held.column("said").count(True) > 20
    assert sum(str(p).endswith("#negated") for p in held.column("polarity")) > 0
    assert held.column("doubtful").count(True) > 0


def test_the_questions_would_find_a_breach(graph: Graph) -> None:
    kept(graph)
    names = graph.store.names
    peru, norway = names.node(example.PERU.id), names.node(example.NORWAY.id)
    summit, lake = names.node(example.SUMMIT.id), names.links("lake")
    quispe = names.node(example.QUISPE.id)
    for wrong in (
        v.quad(norway, v.term("attends"), summit, lake),  # planned
        v.quad(quispe, v.term("proposes"), summit, lake),  # a topic as a target
        v.quad(quispe, v.term("proposesMatter"), norway, lake),  # an actor as a topic
        v.quad(quispe, v.term("proposesMatter"), summit, names.links("harbour")),  # not there
    ):
        graph.store.change(add=[wrong])
        assert len(unfounded(graph)) == 1
        graph.store.change(remove=[wrong])
        kept(graph)
    stated = v.quad(norway, v.term("meets"), peru, lake)
    graph.store.change(remove=[stated])
    assert len(set(answer(graph, MISSING).column("statement"))) == 1
    graph.store.change(add=[stated])
    kept(graph)
    proposed = v.quad(quispe, v.term("proposesMatter"), summit, lake)
    graph.store.change(remove=[proposed])
    assert len(set(answer(graph, MISSING).column("statement"))) == 1


ACTORS = (example.PERU, example.NORWAY, example.QUISPE, example.LIEN)
PACT = Entity(id="unlinked/agreement/pact", kind="Agreement", name="pact")
TOPICS = (*ACTORS, example.SUMMIT, PACT, example.LIMA)
some = st.lists(st.sampled_from(ACTORS), unique=True, min_size=1, max_size=3).map(tuple)
any_ = st.lists(st.sampled_from(ACTORS), unique=True, max_size=2).map(tuple)
topics = st.lists(st.sampled_from(TOPICS), unique=True, max_size=2).map(tuple)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """Return a statement of the example with other parties, modality, polarity and speakers."""
    base = draw(st.sampled_from(example.lake().statements[:2]))
    relations = ("meets", "proposes", "commentsOn", "signs", "opposes", "supports", "agrees")
    agents: tuple[Entity, ...] = draw(some)
    return replace(
        base,
        relation=draw(st.sampled_from(relations)),
        agents=agents,
        targets=draw(any_),
        about=draw(topics),
        # What is plainly told is rare among all combinations, and what the rule is about.
        modality=draw(st.just("actual") | st.sampled_from(MODALITIES)),
        negated=draw(st.just(False) | st.booleans()),
        attributed_to=draw(st.just(()) | any_),
        reported_by=draw(st.sampled_from(((), (example.HERALD,)))),
        unnamed_source=draw(st.just(False) | st.booleans()),
        confidence=draw(st.sampled_from((0.2, 0.49, 0.5, 0.6, 0.69, 0.7, 1.0))),
    )


@settings(max_examples=60)
@given(
    told=st.lists(statements(), min_size=1, max_size=5),
    floor=st.none() | st.sampled_from((0.0, 0.5, 0.6, 1.0)),
    late=st.booleans(),
)
@pytest.mark.slow
def test_links_of_any_statements_keep_the_rule(
    told: list[Statement], floor: float | None, late: bool, ontology: Ontology
) -> None:
    with Graph(ontology=ontology, gazetteer=example.gazetteer()) as graph:
        if floor is not None and not late:
            graph.set_link_floor(floor)
        lake = example.lake()
        graph.add(Extraction(article=lake.article, statements=tuple(told)))
        graph.add(example.harbour())
        kept(graph)
        if floor is not None and late:
            graph.set_link_floor(floor)
            kept(graph)
        assert list(graph.validate()) == []


def linked(graph: Graph) -> set[tuple[str, str, str]]:
    """Return the plain links of a graph, whatever article they are from."""
    names, prefix = graph.store.names, graph.store.names.links("").value
    return {
        (names.identifier(q.subject), v.local(q.predicate), names.identifier(q.object))
        for q in graph.store.match()
        if q.graph_name.value.startswith(prefix)
    }


@cache
def scratch() -> Graph:
    return Graph(gazetteer=example.gazetteer())


@cache
def of(told: Statement) -> frozenset[tuple[str, str, str]]:
    """Return the plain links of an article with one statement, whatever its relation takes."""
    graph = scratch()
    graph.add(Extraction(article=example.lake().article, statements=(told,)), validate=False)
    found = linked(graph)
    graph.remove("lake")
    assert linked(graph) == set()
    return frozenset(found)


BASE = replace(example.lake().statements[1], agents=(example.PERU,), targets=(), about=())


def relations(ontology: Ontology, *, topic: bool) -> list[Relation]:
    return [r for r in ontology.relations.values() if bool(r.topic_link) == topic]


def test_nothing_is_linked_to_what_a_statement_is_only_about(ontology: Ontology) -> None:
    for relation in ontology.relations.values():
        told = replace(BASE, relation=relation.name, about=(example.NORWAY, example.LIEN))
        assert of(told) == set(), relation.name
        told = replace(told, about=(example.SUMMIT, PACT), where=(example.NORWAY,))
        properties = {link for _, link, _ in of(told)}
        assert properties == {relation.topic_link} - {""}, relation.name


def test_topic_links_lead_to_events_and_agreements_where_the_card_says(ontology: Ontology) -> None:
    chosen = relations(ontology, topic=True)
    assert {relation.name for relation in chosen} >= {"proposes", "supports", "opposes", "signs"}
    for relation in chosen:
        told = replace(BASE, relation=relation.name, about=TOPICS)
        found = {link for link in of(told) if link[1] == relation.topic_link}
        peru = example.PERU.id
        assert found == {(peru, relation.topic_link, e.id) for e in (example.SUMMIT, PACT)}
        beside = of(replace(told, targets=(example.NORWAY,)))
        expected = found if relation.topic_beside_target else set()
        assert {link for link in beside if link[1] == relation.topic_link} == expected
        assert {link for link in beside if link[1] == relation.name} == (
            {(peru, relation.name, example.NORWAY.id)} if relation.links else set()
        )
    for relation in relations(ontology, topic=False):
        assert of(replace(BASE, relation=relation.name, about=TOPICS)) == set()


@pytest.mark.parametrize(
    "change",
    [
        {"attributed_to": (example.LIEN,)},
        {"unnamed_source": True},
        {"attributed_to": (example.LIEN,), "reported_by": (example.HERALD,)},
        {"negated": True},
        {"modality": "planned"},
        {"modality": "possible"},
        {"modality": "proposed"},
        {"confidence": ontologies.load().link_floor - 0.01},
    ],
)
def test_no_claim_and_no_plan_is_linked(change: dict[str, object], ontology: Ontology) -> None:
    for relation in ontology.relations.values():
        told = replace(
            BASE,
            relation=relation.name,
            agents=(example.PERU, example.LIEN),
            targets=(example.NORWAY,) if relation.links else (),
            about=(example.SUMMIT,),
        )
        assert bool(of(told)) == bool(relation.links or relation.topic_link), relation.name
        assert of(replace(told, **change)) == set(), relation.name  # type: ignore[arg-type]
        mutual = replace(told, targets=(), **change)  # type: ignore[arg-type]
        assert of(mutual) == set(), relation.name


def test_a_link_stays_as_long_as_one_statement_makes_it(graph: Graph) -> None:
    met = (example.NORWAY.id, "meets", example.PERU.id)
    assert met in linked(graph)
    graph.remove("harbour")
    assert met in linked(graph)
    graph.add(replace(example.lake(), statements=example.lake().statements[1:]))
    assert met not in linked(graph)


def test_the_floor_can_be_moved_up_and_down(graph: Graph) -> None:
    before = graph.store.quads()
    met = (example.NORWAY.id, "meets", example.PERU.id)
    floor = graph.ontology.link_floor
    assert graph.link_floor == floor < 0.95
    graph.set_link_floor(0.95)
    assert met in linked(graph), "the other article has it with confidence 1"
    graph.remove("harbour")
    assert met not in linked(graph)
    kept(graph)
    assert list(graph.validate()) == []
    graph.add(example.harbour(), pipeline="test-1")
    graph.set_link_floor(floor)
    assert graph.store.quads() == before


def test_a_floor_that_was_moved_halfway_is_moved_again(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Graph(gazetteer=example.gazetteer()) as whole:
        whole.set_link_floor(1.0)
        whole.add_all([example.lake(), example.harbour()], pipeline="test-1")
        expected = whole.store.quads()
    store = graph.store
    change = store.change

    def stopping(after: int) -> Callable[..., None]:
        left = iter(range(after))

        def stopped(**options: object) -> None:
            if next(left, None) is None:
                raise StoreWriteError("no space left")
            change(**options)  # type: ignore[arg-type]

        return stopped

    for number in range(2):
        with monkeypatch.context() as patch:
            patch.setattr(store, "change", stopping(number))
            with pytest.raises(StoreWriteError):
                graph.set_link_floor(1.0)
        assert graph.link_floor == graph.ontology.link_floor
    graph.set_link_floor(1.0)
    assert graph.store.quads() == expected
    kept(graph)


@pytest.mark.parametrize("floor", [-0.1, 1.1, float("nan")])
def test_a_floor_is_between_0_and_1(graph: Graph, floor: float) -> None:
    before = graph.store.quads()
    with pytest.raises(ValueError, match="between 0 and 1"):
        graph.set_link_floor(floor)
    assert graph.store.quads() == before


def test_a_store_remembers_its_floor(tmp_path: Path) -> None:
    doubtful = replace(example.harbour().statements[1], confidence=0.7)
    harbour = replace(example.harbour(), statements=(doubtful,))
    with Graph.open(tmp_path / "s.kg", "w") as graph:
        graph.set_link_floor(0.8)
    with Graph.open(tmp_path / "s.kg", "w") as graph:
        assert graph.link_floor == 0.8
        graph.add(harbour)
        assert linked(graph) == set()
        assert list(graph.validate()) == []
    with Graph.open(tmp_path / "s.kg") as graph:
        assert graph.link_floor == 0.8
        assert list(graph.validate()) == []
        kept(graph)
    with Graph.open(tmp_path / "s.kg", "w") as graph:
        graph.set_link_floor(0.7)
    with Graph.open(tmp_path / "s.kg") as graph:
        assert linked(graph) == {(example.NORWAY.id, "meets", example.PERU.id)}


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> rdflib.Graph:
    path = tmp_path_factory.mktemp("ontology") / "o.ttl"
    reference.write(path)
    return rdflib.Graph().parse(path)


def test_every_topic_link_is_declared(merged: rdflib.Graph, ontology: Ontology) -> None:
    chosen = relations(ontology, topic=True)
    declared = set(merged.subjects(RDF.type, KG.TopicLink))
    assert declared == {KG[relation.topic_link] for relation in chosen}
    assert len(declared) == len(chosen), "each relation has its own"
    for relation in chosen:
        link = KG[relation.topic_link]
        assert (link, RDF.type, OWL.ObjectProperty) in merged
        assert (link, RDFS.subPropertyOf, KG.concerns) in merged
        assert [str(label) for label in merged.objects(link, RDFS.label)] == [relation.topic_label]
        assert relation.topic_label.strip()
        assert set(merged.objects(link, RDFS.domain)) == {KG.Actor}
        (found,) = merged.objects(link, RDFS.range)
        union = merged.value(found, OWL.unionOf)
        assert set(Collection(merged, union)) == {KG.Event, KG.Agreement}
