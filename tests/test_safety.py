"""No query that is allowed leaves this machine, however it is written, nor means anything else."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import calls
import example
import pyoxigraph as ox
import pytest
from hypothesis import example as case
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cli import run
from kg.errors import ForbiddenQueryError, MalformedQueryError, QueryError
from kg.graph import Graph
from kg.query import sparql

SPACES = {"x": "urn:x:", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}
FOUND = 3_000
"""Queries of the fuzz test; 20,000 of either of two seeds were tried once."""


@pytest.fixture(scope="module")
def listener() -> Iterator[calls.Listener]:
    with calls.listening() as found:
        yield found


@pytest.fixture(scope="module")
def engine() -> ox.Store:
    return calls.store()


def test_many_of_these_queries_call_where_nothing_stops_them(
    listener: calls.Listener, engine: ox.Store
) -> None:
    before = listener.calls
    for query in calls.queries(300, 1, listener.address):
        calls.ask(engine, query)
    assert listener.calls > before + 60


def test_what_is_allowed_does_not_call(listener: calls.Listener, engine: ox.Store) -> None:
    before, allowed = listener.calls, 0
    for query in calls.queries(FOUND, 1, listener.address):
        with contextlib.suppress(ForbiddenQueryError, MalformedQueryError):
            calls.ask(engine, sparql.guarded(query, SPACES).text)
            allowed += 1
            assert listener.calls == before, query
    assert allowed > FOUND / 50, "a guard that refuses all tells nothing"


PIECES = st.sampled_from(
    [
        *("SERVICE", "service", "SeRvIcE", "\\u0053ERVICE", "SILENT", "FROM", "LOAD", "INSERT"),
        *('"', "'", '"""', "'''", "\\", '\\"', "\\u0022", "\\u005C", "#", "\n", "\r", "<", ">"),
        *("{", "}", "(", ")", "<http://127.0.0.1:PORT/>", "{ ?s ?p ?o }", "?x", "$x", "_:b"),
        *("SELECT * {", "ASK {", "?s ?p", ".", ";", ",", "a:b", "a\\,b:c", "@en", "^^", "FILTER"),
        *("OPTIONAL", "GRAPH ?g", "BIND(", "VALUES ?x {", "1", "-", "|", "/", "\u00a0", "\ufeff"),
    ]
)
CALL = "SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o }"


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=8), st.lists(PIECES, max_size=4), st.sampled_from(["", " "]))
@case(["'''", "#", "'"], ["'''"], "")
@case(['"', "\\u0022"], ['"'], "")
@case(["#", "\r"], [], "")
@case(["<", "#", ">"], [], " ")
def test_what_is_allowed_of_anything_does_not_call(
    listener: calls.Listener, before: list[str], after: list[str], gap: str
) -> None:
    text = " ".join((gap.join(before), CALL, gap.join(after)))
    for query in (f"SELECT * {{ {text} }}", f"SELECT * {{ ?a ?b {text} }}", text):
        query = query.replace("PORT", str(listener.port))
        try:
            query = sparql.guarded(query).text
        except (ForbiddenQueryError, MalformedQueryError):
            continue
        number = listener.calls
        calls.ask(ox.Store(), query)
        assert listener.calls == number, query


@pytest.mark.parametrize(
    "word", ["SERVICE", "sErViCe", "SERVICESILENT", "\u017fervice", "serv\u0131ce", "SERV\u0130CE"]
)
@pytest.mark.parametrize(
    "before", ["1e0", "true", "FILTER(1<2)", "'a'", "BIND(1 AS ?z)", "}", "?s ?p <urn:#a>", "x:o."]
)
def test_the_word_is_refused_wherever_it_stands(word: str, before: str) -> None:
    with pytest.raises(ForbiddenQueryError, match="SERVICE"):
        sparql.guarded(f"SELECT * {{ ?s ?p {before}{word}#>\n<http://host/>{{}} }}")


def test_the_word_cannot_be_escaped() -> None:
    with pytest.raises(MalformedQueryError, match="backslash"):
        sparql.guarded("SELECT * { \\u0053ERVICE <http://host/> {} }")
    # For those who decode escapes before they look for tokens, the string ends where it does.
    assert sparql.guarded('ASK { FILTER("\\u0022 \\u000A\\u0073ervice") }').text == (
        'ASK { FILTER("\\" \\n\\u0073ervice") }'
    )
    for bad in ('"\\uD83D"', "<urn:\\u0020>", '"\\UFFFFFFFF"'):
        with pytest.raises(MalformedQueryError):
            sparql.guarded(f"ASK {{ ?s ?p {bad} }}")


DATA = """
PREFIX x: <urn:x:> PREFIX service: <urn:service:>
INSERT DATA { x:service service:of "service", 'A Service', <urn:self-service#x>, x:serviceable ;
  x:my.service "it's #1, not <2> or SERVICE" , "a\\tservice\\n" , "ser", 3 }
"""
HARMLESS = [
    "SELECT ?service { ?service ?p ?o }",
    "SELECT * { ?SERVICE ?service ?myService2 }",
    "SELECT ?o { x:service ?p ?o } # the service",
    "PREFIX service: <urn:service:> SELECT ?o { ?s service:of ?o }",
    'SELECT ?s { ?s ?p "service" }',
    "SELECT ?p { ?s ?p '''A Service''' }",
    'SELECT ?p { ?s ?p "it\'s #1, not <2> or SERVICE" }#service',
    'SELECT ?p { ?s ?p "a\\tservice\\u000A" }',
    "SELECT ?p { ?s ?p <urn:self-service#x> }",
    "SELECT ?p { ?s ?p <urn:self-\\u0073ervice#x>, x:serviceable }",
    "SELECT ?o { ?s x:my.service ?o FILTER(?o<4&&?o>2) }",
    "SELECT ?o { ?s x:my\\.service ?o FILTER(?o<4)#service>\n}",
    "SELECT ?o { ?s x:my.service ?o . _:service ?p ?o FILTER(?o<?o||1<2)#'\n}",
    "SELECT (CONCAT('serv', 'ice\\\\service', STR(?s)) AS ?serviceName) { ?s ?p 3 }",
    "CONSTRUCT { ?s x:service 'service' } WHERE { ?s x:my.service ?service }",
    "BASE <urn:self-> SELECT ?p { ?s ?p <urn:self-service#x> }",
    "\ufeffASK { ?s ?p ?service }",
]


@pytest.fixture(scope="module")
def served() -> ox.Store:
    found = ox.Store()
    found.update(DATA)
    return found


def answer(engine: ox.Store, query: str, columns: dict[str, str] | None = None) -> object:
    found = engine.query(query.removeprefix("\ufeff"), prefixes=SPACES)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    if isinstance(found, ox.QueryTriples):
        return sorted(map(str, found))
    names = [variable.value for variable in found.variables]
    shown = [(columns or {}).get(name, name) for name in names]
    return shown, sorted([str(row[name]) for name in names] for row in found)


@pytest.mark.parametrize("query", HARMLESS)
def test_names_and_texts_with_the_word_mean_what_they_meant(served: ox.Store, query: str) -> None:
    guarded = sparql.guarded(query, SPACES)
    assert answer(served, guarded.text, dict(guarded.columns)) == answer(served, query)
    assert answer(served, query) not in (False, []) or "FILTER" in query


WORDS = st.sampled_from(
    [
        *('"a service"', "'SERVICE'", '"""no "service" #"""', "'\\'service'", "<urn:service#a>"),
        *("x:service", "x:my.service", "?service", "?o", "?SerVice", "_:service", "3", "1e0"),
        *("# a service\n", "#service <>'\r", " ", "\n", "rdf:service", "'#'", "'<'", '">"'),
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=6), st.booleans())
def test_harmless_queries_are_read_as_before(
    served: ox.Store, words: list[str], values: bool
) -> None:
    body = f"?s ?p {' , '.join(words)}" if not values else f"VALUES ?v {{ {' '.join(words)} }}"
    query = f"SELECT * {{ {body} \n}}"
    try:
        before: object = answer(served, query)
    except SyntaxError:
        before = None
    guarded = sparql.guarded(query, SPACES)
    try:
        after: object = answer(served, guarded.text, dict(guarded.columns))
    except SyntaxError:
        after = None
    assert after == before


def test_what_needs_no_change_is_left_as_it_is() -> None:
    query = 'PREFIX a: <urn:a>\nSELECT ?x { ?x a:b \'c\\\'\', """d"e"""@en ; ^a:f/a:g* <h#i> }'
    assert sparql.guarded(query).text == query
    assert sparql.guarded(f"# before\n{query} # after").text == f"\n{query} "


def test_what_is_nested_too_deeply_is_refused() -> None:
    sparql.guarded(f"ASK {'{' * 500}{'}' * 500}")
    with pytest.raises(MalformedQueryError, match="nested"):
        sparql.guarded(f"ASK {'{' * 501}{'}' * 501}")


def test_functions_of_a_server_are_refused() -> None:
    for query in (
        "ASK { FILTER(<bif:http_get>('http://host/') = '') }",
        "PREFIX b: <bif:> ASK { FILTER(b:http_get('http://host/') = '') }",
        "ASK { ?s <java:com.example.Fetch> ?o }",
    ):
        with pytest.raises(ForbiddenQueryError, match="only some server"):
            sparql.guarded(query)


def test_what_is_allowed_reads_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<urn:a> <urn:b> <urn:c> .")
    for query in (
        f"SELECT * FROM <{secret.as_uri()}> {{ ?s ?p ?o }}",
        f"SELECT*FROM<\\u0066ile://{secret}>{{?s ?p ?o}}",
        f"PREFIX f: <{tmp_path.as_uri()}/> SELECT * FROM f:secret.ttl {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{secret.as_uri()}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"LOAD <{secret.as_uri()}>",
    ):
        with pytest.raises(ForbiddenQueryError):
            sparql.check(query)


def test_graphs_after_from_are_told() -> None:
    query = "PREFIX g: <urn:g:> SELECT * FROM g:a FROM NAMED <urn:b> FROM <c> FROM z:d { ?s ?p ?o }"
    assert sparql.guarded(query).graphs == ("urn:g:a", "urn:b", None, None)


def test_every_way_to_ask_is_guarded(
    listener: calls.Listener, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "news.kg"
    with Graph.open(store, "w") as graph:
        graph.add(example.lake())
    before = listener.calls
    query = f"SELECT*{{FILTER(1<2)SERVICE#>\n<{listener.address}>{{?s ?p ?o}}}}"
    with Graph.open(store) as graph:
        for ask in (graph.query, graph.constructed, lambda text: graph.part(query=text)):
            for given in (query, query.replace("SELECT*", "CONSTRUCT{?s ?p ?o}")):
                with pytest.raises(QueryError):
                    ask(given)
        with pytest.raises(ForbiddenQueryError):
            graph.query(query, timeout=None, memory=None)
    for command in (
        ["query", str(store), query],
        ["export", str(store), str(tmp_path / "x.ttl"), "--query", query],
    ):
        assert run(command) == 2
        assert "[forbidden-query]" in capsys.readouterr().err
    assert listener.calls == before
