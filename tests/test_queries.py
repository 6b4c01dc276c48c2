"""Questions: what is refused, what is malformed, what the ready ones answer."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace

import example
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import questions, sparql
from kg.errors import (
    ForbiddenQueryError,
    MalformedQueryError,
    QueryError,
    UnknownQueryError,
)
from kg.graph import Graph
from kg.records import Extraction
from kg.results import Result

READY = questions.ready()


@pytest.fixture(scope="module")
def news() -> Iterator[Graph]:
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add_all([example.lake(), example.harbour()])
        yield graph


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <a:b> <a:c> <a:d> }",
        "delete where { ?s ?p ?o }",
        "PREFIX a: <a:> # comment\nDROP ALL",
        "LOAD <file:///etc/passwd>",
        "CLEAR ALL",
        "CREATE GRAPH <a:b>",
        "COPY <a:b> TO <a:c>",
        "MOVE <a:b> TO <a:c>",
        "ADD <a:b> TO <a:c>",
        "WITH <a:b> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service silent ?x { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER(?s<?o)SERVICE<http://127.0.0.1:9/>{?a ?b ?c} }",
        'SELECT * { BIND("\\u0022" AS ?x) SERVICE <http://127.0.0.1:9/> { ?s ?p "x" } }',
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <FILE:///etc/passwd> { ?s ?p ?o }",
        "BASE <file:///etc/> SELECT * FROM <passwd> { ?s ?p ?o }",
        "PREFIX f: <file:///etc/> SELECT * FROM f:passwd { ?s ?p ?o }",
    ],
)
def test_what_changes_or_leaves_is_refused(news: Graph, query: str) -> None:
    before = news.store.quads()
    with pytest.raises(ForbiddenQueryError):
        news.query(query)
    assert news.store.quads() == before


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ("INSERT DATA" AS ?x) {}',
        "SELECT ('SERVICE <http://a>' AS ?x) {}",
        'SELECT ("""LOAD "" <file:///x> FROM """ AS ?x) {}',
        "# DROP ALL\nASK {}",
        "SELECT ?service { ?service ?insert ?from }",
        "SELECT * { ?s <http://example.org/SERVICE> <file:///x> }",
        "PREFIX delete: <http://example.org/> SELECT * { ?s delete:load ?o }",
        "PREFIX service: <http://example.org/> SELECT * { ?s service:a ?o }",
        "SELECT * FROM <https://w3id.org/newskg/id/article/lake> { ?s ?p ?o }",
    ],
)
def test_words_that_only_look_dangerous_are_allowed(news: Graph, query: str) -> None:
    assert news.query(query).form in ("select", "ask")


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT * {\n ?s ?p }", "line 2, column"),
        ("SELECT", "line 1, column"),
        ("ASK { ?s nosuchprefix:x ?o }", "line 1, column"),
        ("no query at all", "line 1, column"),
        ("", "line 1, column"),
        ("SELECT * { ?s ?p 'open }", "line 1, column"),
        ("\x00", "line 1, column"),
    ],
)
def test_malformed_queries_say_where(news: Graph, query: str, place: str) -> None:
    with pytest.raises(MalformedQueryError) as caught:
        news.query(query)
    assert caught.value.where.startswith(place)


def test_an_unknown_name_names_the_nearest(news: Graph) -> None:
    with pytest.raises(UnknownQueryError, match="who-attends"):
        news.query("who-attend")
    with pytest.raises(UnknownQueryError, match="timeline"):
        news.query("zzz")


def test_rows_are_plain_values(news: Graph) -> None:
    found = news.query(
        'SELECT (1 AS ?a) (1.5 AS ?b) (true AS ?c) ("x"@en AS ?d) (<a:b> AS ?e) ?f'
        ' ("2024-01-01"^^xsd:date AS ?g) ("oops"^^xsd:integer AS ?h) {}'
    )
    assert found.columns == ("a", "b", "c", "d", "e", "f", "g", "h")
    assert found.rows == ((1, 1.5, True, "x", "a:b", None, "2024-01-01", "oops"),)
    assert [type(v) for v in found.rows[0][:3]] == [int, float, bool]
    assert found.records()[0]["d"] == "x"
    assert found.column("a") == [1]


def test_ask_and_construct(news: Graph) -> None:
    yes, no = news.query("ASK { ?s a kg:Country }"), news.query("ASK { ?s a kg:Agreement }")
    assert yes
    assert not no
    assert (yes.columns, yes.rows) == (("answer",), ((True,),))
    made = news.query("CONSTRUCT { ?s a kg:Country } WHERE { ?s a kg:Country }")
    assert made.form == "construct"
    assert len(made) == 2
    assert "a kg:Country" in made.turtle


def test_formats() -> None:
    result = Result(columns=("a", "b"), rows=(('x,"y"', None), ("two\tcells\n", True), ("ü", 1.5)))
    assert list(csv.reader(io.StringIO(result.csv()))) == [
        ["a", "b"],
        ['x,"y"', ""],
        ["two\tcells\n", "true"],
        ["ü", "1.5"],
    ]
    assert result.tsv() == 'a\tb\nx,"y"\t\ntwo cells\ttrue\nü\t1.5\n'
    assert json.loads(result.json())[1] == {"a": "two\tcells\n", "b": True}
    assert "ü" in result.json()
    assert [row[0] for row in result][2] == "ü"
    assert not Result(columns=("a",), rows=())


def test_parameters_become_literals(news: Graph) -> None:
    query = "SELECT ?e { ?e skos:prefLabel ?l FILTER(STR(?l) = $name) }"
    assert len(news.query(query, {"name": "Lima"})) == 1
    assert len(news.query(query, {"name": '" || true || "'})) == 0
    with pytest.raises(QueryError, match="name"):
        news.query(query, {"nam": "Lima"})


@given(st.text())
def test_no_value_of_a_parameter_breaks_out(value: str) -> None:
    with Graph() as graph:
        found = graph.query('SELECT ($x AS ?y) { FILTER($x != "\\u0001\\u0002") }', {"x": value})
    assert found.rows == ((value.replace("\x00", "\ufffd"),),)


def test_every_ready_question_is_described() -> None:
    assert len(READY) == 15
    for name, question in READY.items():
        assert question.sparql.startswith(f"# name: {name}\n")
        assert question.answers.endswith(("?", "."))
        for parameter in question.parameters:
            assert f"${parameter}" in question.sparql, name
        bound = sparql.bind(question.sparql, {}, question.parameters)
        assert "$" not in bound, f"{name} uses a parameter that its header lacks"


@pytest.mark.parametrize("name", READY)
def test_columns_are_those_of_the_header(news: Graph, name: str) -> None:
    assert set(news.query(name).columns) == set(READY[name].columns)


@pytest.mark.parametrize("name", READY)
def test_ready_questions_work_elsewhere_too(news: Graph, name: str) -> None:
    """A question pasted into another tool asks for everything: `$who` is `?who` there."""
    assert len(list(news.store.select(READY[name].sparql))) == len(news.query(name))  # type: ignore[arg-type]


PLACE = ("Coast Herald", "2024-03-04", "Talks by the sea")

ANSWERS: dict[str, tuple[dict[str, str], list[tuple[object, ...]]]] = {
    "who-proposed-what": (
        {"who": "quispe"},
        [
            (
                "Ana Quispe",
                "Norway",
                "fisheries summit",
                "actual",
                "affirmed",
                None,
                "President Ana Quispe proposed a fisheries summit",
                *PLACE,
            )
        ],
    ),
    "who-attends": (
        {"who": "Kingdom of Norway", "event": "fisheries"},
        [
            (
                "Norway",
                "fisheries summit",
                "planned",
                "affirmed",
                "Olav Lien",
                "Coast Herald",
                "Norway will attend the fisheries summit",
                *PLACE,
            )
        ],
    ),
    "who-said-what-about": (
        {"about": "Norway"},
        [
            (
                "Olav Lien",
                "Norway",
                '"Norway will attend the fisheries summit," said Olav Lien',
                *PLACE,
            )
        ],
    ),
    "who-denies-what": (
        {},
        [
            (
                "Peru",
                "attends",
                "fisheries summit",
                "negated",
                None,
                "Peru did not attend the fisheries summit",
                "Harbour Post",
                "2024-04",
                "No summit",
            )
        ],
    ),
    "officials-of-country": (
        {"country": "Peru"},
        [("Peru", "Ana Quispe", "President", "President Ana Quispe", *PLACE)],
    ),
    "analysts-by-institution": (
        {"institution": "fjord"},
        [("Fjord Institute", "Olav Lien", "scholar", "a scholar at the Fjord", *PLACE)],
    ),
    "most-connected": (
        {},
        [
            (3, 2, "Norway", "https://w3id.org/newskg/id/country/NO"),
            (3, 2, "Peru", "https://w3id.org/newskg/id/country/PE"),
            (1, 1, "Ana Quispe", "https://w3id.org/newskg/id/unlinked/person/ana-quispe"),
            (1, 1, "Olav Lien", "https://w3id.org/newskg/id/unlinked/person/olav-lien"),
        ],
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_answers(news: Graph, name: str) -> None:
    params, rows = ANSWERS[name]
    assert list(news.query(name, params).rows) == rows


def test_who_speaks_is_the_innermost_of_a_chain(news: Graph) -> None:
    found = news.query("evidence-of")
    speakers = dict(zip(found.column("quote"), found.column("speaker"), strict=True))
    assert speakers["Peru may visit Oslo"] == "Ana Quispe"


def test_evidence_of_one_statement(news: Graph) -> None:
    shared = news.query("corroboration")
    assert shared.rows[0][:4] == (2, 2, "Norway", "meets")
    assert len(shared) == 1
    evidence = news.query("evidence-of", {"statement": str(shared.rows[0][4])})
    assert set(evidence.column("outlet")) == {"Coast Herald", "Harbour Post"}


def test_contradictions_show_both_quotes() -> None:
    meets = example.harbour().statements[1]
    text = "Now Norway and Peru met? Neither of the two ministries in question would hear of it."
    article = replace(example.harbour().article, id="pier", outlet="Pier News", text=text)
    trigger = example.span(text, "met")
    evidence = replace(
        meets.evidence,
        article="pier",
        span=example.span(text, "Norway and Peru met"),
        trigger=trigger,
    )
    denial = replace(meets, negated=True, evidence=evidence)
    vague = replace(denial, relation="commentsOn", agents=(example.PERU,), when=None)
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add(example.harbour())
        graph.add(Extraction(article=article, statements=(denial, vague)))
        affirmed = replace(vague, negated=False, evidence=replace(evidence, article="mole"))
        graph.add(Extraction(article=replace(article, id="mole"), statements=(affirmed,)))
        rows = graph.query("contradictions").records()
        assert not graph.query("corroboration"), "a denial does not corroborate"
    assert {row["who"] for row in rows} == {"Norway", "Peru"}
    assert {(row["one"], row["other"]) for row in rows} == {("actual, affirmed", "actual, negated")}
    assert {(row["outlet"], row["otherOutlet"]) for row in rows} == {("Harbour Post", "Pier News")}
    assert {row["does"] for row in rows} == {"meets"}


def test_timeline_and_relations(news: Graph) -> None:
    assert set(news.query("timeline", {"who": "Norway"}).column("date")) == {"2024-03-03"}
    between = news.query("relations-between-two", {"who": "Lien", "other": "Norway"})
    assert between.column("does") == ["comments on"]


def test_positions_of_countries(news: Graph) -> None:
    assert news.query("positions-of-countries").rows == ()


def test_unlinked_entities_have_their_narrowest_class(news: Graph) -> None:
    rows = {row[2]: row for row in news.query("unlinked-entities").rows}
    assert rows["Olav Lien"][:4] == (4, 1, "Olav Lien", "Analyst")
    assert rows["fisheries summit"][3] == "Meeting"
    assert "Peru" not in rows


def test_quotes_of_a_person(news: Graph) -> None:
    found = news.query("quotes-of-person", {"who": "Lien"})
    assert [row[1] for row in found.rows] == ["comments on", "comments on", "attends", "visits"]
