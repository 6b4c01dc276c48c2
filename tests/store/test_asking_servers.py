"""Questions to servers: guarded before they are sent, and read there as they are here."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace

import calls
import example
import pytest
from servers import address_of, clear

from kg.errors import ForbiddenQueryError, QueryError, StoreError
from kg.graph import Graph
from kg.query import answering, sparql
from kg.records import Extraction

TITLE = 'A service\'s "Service" \\service #1 <service>'
QUESTIONS = [
    "SELECT ?service { ?service a schema:NewsArticle }",
    "SELECT * { ?s schema:headline ?SERVICE }",
    "SELECT ?s { ?s schema:headline ?h FILTER(CONTAINS(?h, 'service')) } # the service",
    "SELECT ?s { ?s schema:headline ?h FILTER(STRLEN(?h)<100&&STRLEN(?h)>9)#service>\n}",
    "SELECT ?s { ?s schema:headline ?h "
    "FILTER(STR(?h) = 'A service\\'s \"Service\" \\\\\\u0073ervice #1 <service>') }",
    "PREFIX service: <https://schema.org/> SELECT ?h { ?s service:headline ?h }",
    "SELECT ?t { id:article\\/self-service schema:headline ?t }",
    "SELECT ?t { <BASEarticle/self-service> schema:headline ?t }",
    "ASK { ?s schema:headline ?h FILTER(regex(?h, 'SERVICE', 'i')) }",
    "SELECT (COUNT(*) AS ?n) FROM <BASEarticle/self-service> { ?s ?p ?o }",
]


def article() -> Extraction:
    found = example.harbour()
    name = "self-service"
    statements = (replace(s, evidence=replace(s.evidence, article=name)) for s in found.statements)
    return replace(
        found,
        article=replace(found.article, id=name, title=TITLE),
        statements=tuple(statements),
    )


@pytest.fixture(
    scope="module", params=["oxigraph", pytest.param("virtuoso", marks=pytest.mark.slow)]
)
def remote(request: pytest.FixtureRequest) -> Iterator[Graph]:
    server = request.getfixturevalue(f"{request.param}_server")
    clear(request.param, server)
    with Graph.open(address_of(request.param, server), "w") as graph:
        graph.add(article())
        yield graph


@pytest.fixture(scope="module")
def here() -> Iterator[Graph]:
    with Graph() as graph:
        graph.add(article())
        yield graph


@pytest.mark.parametrize("question", QUESTIONS)
def test_names_with_the_word_are_read_as_here(remote: Graph, here: Graph, question: str) -> None:
    question = question.replace("BASE", remote.store.base)
    ours, theirs = here.query(question), remote.query(question)
    assert ours
    # Servers do not agree on the order of columns that nobody named.
    assert [sorted(row.items(), key=str) for row in ours.records()] == [
        sorted(row.items(), key=str) for row in theirs.records()
    ]


def unguarded(text: str, prefixes: object) -> sparql.Guarded:
    return sparql.Guarded(text=text)


def test_no_question_makes_a_server_call(remote: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    with calls.listening() as listener:

        def ask_all() -> None:
            for query in calls.queries(400, 5, listener.address):
                with contextlib.suppress(QueryError, StoreError):
                    remote.query(f"PREFIX x: <urn:x:> {query}", timeout=None, memory=None)

        ask_all()
        for query in (
            f"SELECT * FROM <{listener.address}> {{ ?s ?p ?o }}",
            f"SELECT * FROM NAMED <{listener.address}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
            f"PREFIX g: <{listener.address}> SELECT * FROM g:a {{ ?s ?p ?o }}",
            f"BASE <{listener.address}> SELECT * FROM <a> {{ ?s ?p ?o }}",
        ):
            with pytest.raises(ForbiddenQueryError, match="no graph of the store"):
                remote.query(query)
        assert listener.calls == 0
        monkeypatch.setattr(answering.sparql, "guarded", unguarded)
        ask_all()
        assert listener.calls > 0, "without the guard they call"
