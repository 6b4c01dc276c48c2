"""Questions: what is refused, what is malformed, how answers are read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import example
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import (
    ForbiddenQueryError,
    MalformedQueryError,
    QueryError,
    UnknownQueryError,
)
from kg.graph import Graph
from kg.query.results import Result


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
    question = 'SELECT ($x AS ?y) { FILTER($x != "\\u0001\\u0002") }'
    with Graph() as graph:  # without limits no process has to be started
        found = graph.query(question, {"x": value}, timeout=None, memory=None)
    assert found.rows == ((value.replace("\x00", "\ufffd"),),)
