"""No query that is allowed leaves this machine, however it is written."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg import sparql
from kg.errors import ForbiddenQueryError


class Listener:
    """A server that notes who calls and hangs up."""

    def __init__(self) -> None:
        self.calls = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                self.calls += 1
                connection.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.socket.close()


def asked(query: str) -> None:
    """Put the question to an empty engine, whatever comes of it."""
    with contextlib.suppress(SyntaxError, RuntimeError, ValueError, OSError):
        list(ox.Store().query(query))  # type: ignore[arg-type]


def test_the_listener_hears(listener: Listener) -> None:
    before = listener.calls
    asked(f"SELECT * {{ SERVICE <http://127.0.0.1:{listener.port}/> {{ ?s ?p ?o }} }}")
    assert listener.calls == before + 1


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
@example(["'''", "#", "'"], ["'''"], "")
@example(['"', "\\u0022"], ['"'], "")
@example(["#", "\r"], [], "")
@example(["<", "#", ">"], [], " ")
def test_what_is_allowed_does_not_call(
    listener: Listener, before: list[str], after: list[str], gap: str
) -> None:
    text = " ".join((gap.join(before), CALL, gap.join(after)))
    for query in (f"SELECT * {{ {text} }}", f"SELECT * {{ ?a ?b {text} }}", text):
        query = query.replace("PORT", str(listener.port))
        try:
            sparql.check(query)
        except ForbiddenQueryError:
            continue
        calls = listener.calls
        asked(query)
        assert listener.calls == calls, query


def test_what_is_allowed_reads_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<urn:a> <urn:b> <urn:c> .")
    for query in (
        f"SELECT * FROM <{secret.as_uri()}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{secret.as_uri()}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"LOAD <{secret.as_uri()}>",
    ):
        with pytest.raises(ForbiddenQueryError):
            sparql.check(query)
