"""The graph as a whole: in, out, questions, profiles."""

from __future__ import annotations

import datetime
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import example
import pandas
import pytest
import rdflib

from kg import rdf
from kg.errors import MissingStoreError, StoreError
from kg.graph import Graph
from kg.graph.profile import Profile
from kg.rdf import vocabulary as v
from kg.records import Extraction


def test_articles_go_in_and_come_out(graph: Graph) -> None:
    assert len(graph) == 2
    assert "lake" in graph
    assert "sea" not in graph
    assert [a.id for a in graph.articles()] == ["harbour", "lake"]
    assert graph.extraction("lake") == rdf.canonical(example.lake())
    assert list(graph.extractions()) == [
        rdf.canonical(example.harbour()),
        rdf.canonical(example.lake()),
    ]


def test_adding_twice_changes_nothing(graph: Graph) -> None:
    before = graph.store.quads()
    graph.add(example.lake(), pipeline="test-1")
    assert graph.store.quads() == before


def test_removing(graph: Graph) -> None:
    assert graph.remove("lake")
    assert not graph.remove("lake")
    assert len(graph) == 1
    with pytest.raises(StoreError, match="no such article"):
        graph.extraction("lake")


def test_a_graph_without_articles_is_a_graph() -> None:
    with Graph() as graph:
        assert graph
        assert len(graph) == 0
        assert graph.about("Peru") == ()
        assert not graph.query("timeline")


def test_unchanged_articles_are_known(graph: Graph) -> None:
    article = example.lake().article
    assert graph.up_to_date(article, pipeline="test-1")
    assert not graph.up_to_date(article, pipeline="test-2")
    assert not graph.up_to_date(replace(article, title="Other"), pipeline="test-1")
    assert not graph.up_to_date(replace(article, id="sea"), pipeline="test-1")
    newer = replace(graph.ontology, version="99")
    assert not Graph(graph.store, ontology=newer).up_to_date(article, pipeline="test-1")


def test_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "news.kg"
    with Graph.open(path, "w") as graph:
        graph.add_all([example.lake(), example.harbour()])
    with Graph.open(path) as graph:
        assert len(graph) == 2
        assert graph.query("who-attends", {"who": "Peru"}).column("polarity") == ["negated"]
    with pytest.raises(MissingStoreError):
        Graph.open(tmp_path / "other.kg")


def test_the_union_asserts_only_what_articles_state(graph: Graph) -> None:
    def linked(relation: str) -> bool:
        return bool(graph.query(f"ASK {{ ?a kg:{relation} ?b }}"))

    assert linked("meets")
    assert linked("proposesMatter")
    assert not linked("proposes")  # the summit is what it is about, and Norway only hears of it
    assert not linked("commentsOn")
    assert not linked("attends")  # planned and attributed in one article, denied in the other
    assert not linked("visits")  # possible, and hearsay


def test_labels_of_relations_travel_with_the_data(graph: Graph) -> None:
    found = graph.query("SELECT ?label { kg:commentsOn rdfs:label ?label }")
    assert found.rows == ((graph.ontology.relations["commentsOn"].label,),)


def only(profiles: tuple[Profile, ...]) -> Profile:
    assert len(profiles) == 1
    return profiles[0]


@pytest.mark.parametrize(
    "name", ["Olav Lien", "olav lien", "Lien", "OLAV-LIEN", "unlinked/person/olav-lien"]
)
def test_somebody_is_found_by_any_name(graph: Graph, name: str) -> None:
    assert only(graph.about(name)).id == example.LIEN.id


def test_somebody_is_found_by_iri(graph: Graph) -> None:
    iri = graph.store.names.node(example.LIEN.id).value
    assert only(graph.about(iri)).iri == iri


def test_words_of_a_name_find_it_when_nothing_is_called_so(graph: Graph) -> None:
    assert only(graph.about("fjord")).name == "Fjord Institute"
    assert graph.about("Kingdom") != ()
    assert graph.about("nobody of that name") == ()
    assert graph.about("") == ()


def test_a_profile_tells_all_with_quotes(graph: Graph) -> None:
    lien = only(graph.about("Lien"))
    assert (lien.name, lien.kinds, lien.aliases) == ("Olav Lien", ("Analyst",), ("Lien",))
    assert lien.articles == ("lake",)
    assert {(o.title, o.of, o.quote) for o in lien.offices} == {
        ("scholar", "", "a scholar"),
        ("scholar", "Fjord Institute", "a scholar at the Fjord"),
    }
    told = [(f.roles, f.statement.relation, f.quote) for f in lien.findings]
    assert told == [
        (("agent",), "commentsOn", '"Norway will attend the fisheries summit," said Olav Lien'),
        (("attributedTo",), "attends", "Norway will attend the fisheries summit"),
        (("attributedTo",), "visits", "Peru may visit Oslo"),
    ]
    assert [f.statement for f in lien.findings] == [
        s
        for s in rdf.canonical(example.lake()).statements
        if example.LIEN in (*s.agents, *s.attributed_to)
    ]
    assert lien.findings[0].source.outlet == "Coast Herald"
    labels = {q.object.value for q in graph.store.match(None, v.LABEL)}
    assert len({f.sentence for f in lien.findings} & labels) == 3, "the sentences of the graph"


def test_a_profile_gathers_articles_newest_first(graph: Graph) -> None:
    peru = only(graph.about("Peru"))
    assert peru.wikidata == "Q419"
    assert peru.articles == ("harbour", "lake")
    dates = [f.source.published for f in peru.findings]
    assert dates == sorted(dates, reverse=True)
    assert {f.statement.relation for f in peru.findings} == {"attends", "meets", "visits"}


def test_entities_of_one_name_are_all_shown_the_most_named_first(graph: Graph) -> None:
    twin = replace(example.PERU, id="unlinked/person/peru", kind="Person")
    article = replace(example.harbour().article, id="twin")
    statement = replace(
        example.harbour().statements[0],
        agents=(twin,),
        evidence=replace(example.harbour().statements[0].evidence, article="twin"),
    )
    graph.add(Extraction(article=article, statements=(statement,)))
    assert [p.id for p in graph.about("peru")] == ["country/PE", "unlinked/person/peru"]


def test_networkx(graph: Graph) -> None:
    network = graph.networkx()
    peru, norway = (graph.store.names.node(e.id).value for e in (example.PERU, example.NORWAY))
    assert network.nodes[peru] == {"label": "Peru", "kind": "Country", "articles": 2}
    meetings = network.get_edge_data(norway, peru)
    assert meetings is not None
    assert {edge["article"] for edge in meetings.values()} == {"harbour", "lake"}
    assert {edge["quote"] for edge in meetings.values()} >= {"Norway and Peru met"}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib warns of itself
def test_rdflib(graph: Graph) -> None:
    dataset = graph.rdflib()
    assert isinstance(dataset, rdflib.Dataset)
    ours = {tuple(term.value for term in q) for q in graph.store.match()}
    theirs = {
        (str(s), str(p), str(o), str(getattr(g, "identifier", g))) for s, p, o, g in dataset.quads()
    }
    assert theirs == ours
    text = graph.store.names.node("article/lake").value
    node = dataset.value(rdflib.URIRef(text), rdflib.URIRef(v.KG + "text"))
    assert node == rdflib.Literal(example.LAKE, lang="en")
    rows = dataset.query("SELECT ?d { ?s kg:earliest ?d ; kg:relation kg:meets }")
    assert {row.d.toPython() for row in rows} == {datetime.date(2024, 3, 3)}


def test_rows_become_a_data_frame(graph: Graph) -> None:
    found = graph.query(
        "SELECT ?quote ?start ?confidence ?date WHERE { ?s kg:relation ?relation ;"
        " kg:quote ?quote ; kg:start ?start ; kg:confidence ?confidence ."
        " OPTIONAL { ?s kg:date ?date } }"
    )
    frame = pandas.DataFrame(found)
    assert tuple(frame.columns) == found.columns
    assert len(frame) == len(found) == 7
    assert frame["start"].dtype == "int64"
    assert frame["confidence"].dtype == "float64"
    assert frame["date"].isna().sum() == 5
    pandas.testing.assert_frame_equal(found.dataframe(), frame)
    empty = graph.query("SELECT ?a ?b { ?a kg:nothing ?b }").dataframe()
    assert (tuple(empty.columns), len(empty)) == (("a", "b"), 0)


def test_rows_have_names(graph: Graph) -> None:
    (row,) = graph.query("SELECT (1 AS ?class) (kg:meets AS ?_x) ?nothing {}")
    assert (row["class"], row._x, row.nothing) == (1, v.KG + "meets", None)
    assert row == (1, v.KG + "meets", None)
    assert list(row) == [1, v.KG + "meets", None]
    with pytest.raises(AttributeError, match="there are: class, _x, nothing"):
        _ = row.other
    with pytest.raises(KeyError, match="there are"):
        _ = row["other"]
    assert pickle.loads(pickle.dumps(tuple(row))) == row


def test_the_terms_of_an_older_ontology_are_replaced(graph: Graph) -> None:
    card = replace(graph.ontology.relations["meets"], label="gets together with")
    newer = replace(graph.ontology, relations={**graph.ontology.relations, "meets": card})
    Graph(graph.store, ontology=newer, gazetteer=example.gazetteer()).add(example.harbour())
    found = graph.store.match(v.term("meets"), v.LABEL)
    assert [q.object.value for q in found] == ["gets together with"]


def test_heavy_libraries_stay_out() -> None:
    code = (
        "import sys, kg.graph; kg.graph.Graph().query('timeline');"
        "print([m for m in ('spacy', 'rdflib', 'networkx', 'pyvis', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "[]\n"
