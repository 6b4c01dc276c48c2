"""What only servers do: addresses, rights, foreign graphs, answers that are cut, broken lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import example
import fake
import pytest
import requests
import servers
from servers import address_of, clear

from kg import build, cli, rdf, sources
from kg.errors import (
    MissingStoreError,
    QueryError,
    ServerError,
    StoreError,
    StoreWriteError,
    UnreadableStoreError,
)
from kg.graph import Graph
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.store.remote import RemoteStore, open_remote
from kg.store.server import Address

BOTH = pytest.mark.parametrize(
    "name", ["oxigraph", pytest.param("virtuoso", marks=pytest.mark.slow)]
)
HERE = "http://127.0.0.1"


@pytest.fixture
def server(name: str, request: pytest.FixtureRequest) -> str:
    """The address of a server without articles."""
    address: str = request.getfixturevalue(f"{name}_server")
    clear(name, address)
    return address


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("http://h/q", ("http://h/q", "", "")),
        ("http://h/q,http://h/u", ("http://h/q", "http://h/u", "")),
        ("https://h/q, ,https://h/g", ("https://h/q", "", "https://h/g")),
    ],
)
def test_addresses(text: str, parts: tuple[str, ...]) -> None:
    found = Address.parse(text)
    assert (found.query, found.update, found.graph_store) == parts
    assert found.writable == any(parts[1:])


@pytest.mark.parametrize("text", [",http://h/u", "http://h/q,news.kg", "http://", "http://h,,,"])
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(ServerError, match="not an address"):
        Address.parse(text)


def test_passwords_are_not_told() -> None:
    address = f"http://me:secret@127.0.0.1:{servers.free_port()}/query"
    with pytest.raises(ServerError, match="does not answer") as caught:
        open_remote(address)
    assert "secret" not in str(caught.value)
    assert "secret" not in str(Address.parse(f"{address},{address}"))


@BOTH
def test_a_whole_build(name: str, server: str, tmp_path: Path) -> None:
    address = address_of(name, server)
    (tmp_path / "a.txt").write_text("Peru met Norway in spring. Chile met Peru in autumn.\n")
    (tmp_path / "b.txt").write_text("Norway met Chile.\n")
    first = build.build([tmp_path], address, loader=fake.load)
    again = build.build([tmp_path], address, loader=fake.load)
    (tmp_path / "b.txt").write_text("Norway met Peru.\n")
    changed = build.build([tmp_path], address, loader=fake.load)
    assert (first.added, again.unchanged, changed.replaced) == (2, 2, 1)
    build.build([tmp_path], tmp_path / "disk.kg", loader=fake.load)
    with Graph.open(address) as remote, Graph.open(tmp_path / "disk.kg") as disk:
        assert remote.store.quads() == disk.store.quads()
        assert remote.articles() == disk.articles()
        assert list(remote.extractions()) == list(disk.extractions())
        for suffix in ("ttl", "nq", "jsonl", "html"):
            for graph in (remote, disk):
                graph.export(tmp_path / f"{graph is disk}.{suffix}")
            assert (tmp_path / f"True.{suffix}").read_bytes() == (
                tmp_path / f"False.{suffix}"
            ).read_bytes(), suffix
        for question in (
            "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
            "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
            "ASK { id:country\\/PE kg:meets id:country\\/NO }",
            "CONSTRUCT { ?s kg:agent ?o } WHERE { ?s kg:agent ?o # GRAPH\n }",
            f"PREFIX kg: <{v.KG}> SELECT ?q {{ ?e kg:quote ?q }} ORDER BY ?q",
            "most-connected",
        ):
            ours, theirs = disk.query(question), remote.query(question)
            assert sorted(map(repr, ours.rows)) == sorted(map(repr, theirs.rows)), question
        assert remote.about("Peru") == disk.about("Peru")


@BOTH
def test_every_command_takes_an_address(
    name: str, server: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    address = address_of(name, server)
    with Graph.open(address, "w") as graph:
        graph.add_all([example.lake(), example.harbour()])
    asked = "SELECT ?n { ?x a kg:Country ; skos:prefLabel ?n } ORDER BY ?n"
    assert cli.run(["query", "--store", address, asked, "--format", "csv"]) == 0
    assert capsys.readouterr().out == "n\nNorway\nPeru\n"
    assert cli.run(["query", address, "--name", "timeline"]) == 0
    assert cli.run(["list", f"--store={address}", "--format", "csv"]) == 0
    assert "lake" in capsys.readouterr().out
    assert cli.run(["show", address, "Norway"]) == 0
    assert "Norway and Peru met" in capsys.readouterr().out
    assert cli.run(["export", "--store", address, str(tmp_path / "x.nq")]) == 0
    assert cli.run(["remove", address, "lake"]) == 0
    assert cli.run(["list", address, "--format", "csv"]) == 0
    assert "lake" not in capsys.readouterr().out


@BOTH
def test_foreign_graphs_are_neither_seen_nor_touched(name: str, server: str) -> None:
    update = "/update" if name == "oxigraph" else "/sparql"
    foreign = "INSERT DATA { GRAPH <urn:theirs> { <urn:a> a kg:Entity ; rdfs:label 'x' } }"
    prefixes = f"PREFIX kg: <{v.KG}> PREFIX rdfs: <{v.RDFS}>"
    requests.post(
        server + update, data={"update": f"{prefixes} {foreign}"}, timeout=60
    ).raise_for_status()
    with open_remote(address_of(name, server), "w") as store:
        assert (store.size(), store.graphs(), list(store.match())) == (0, [], [])
        Graph(store).add(example.harbour())
        size = store.size()
        assert store.select("ASK { <urn:a> ?p ?o }") is not None
        assert not store.select("ASK { <urn:a> ?p ?o }")
        store.remove("harbour")
        assert store.size() < size
    query = "/query" if name == "oxigraph" else "/sparql"
    asked = {"query": "SELECT ?p { GRAPH <urn:theirs> { <urn:a> ?p 'x' } }"}
    answer = requests.post(
        server + query,
        data=asked,
        headers={"Accept": "application/sparql-results+json"},
        timeout=60,
    )
    assert len(answer.json()["results"]["bindings"]) == 1


OLD = f"""PREFIX kg: <{v.KG}> PREFIX schema: <{v.SCHEMA}> INSERT DATA {{
    GRAPH <BASEarticle/old> {{
        <BASEarticle/old> a schema:NewsArticle ; kg:digest "beef" .
        <BASEevidence/old/0-9/1> a kg:Evidence ; kg:article <BASEarticle/old>
    }}
}}"""
"""An article as an earlier version stored it."""


@BOTH
@pytest.mark.parametrize("way", ["", "-graph-store"])
def test_articles_of_an_earlier_version_are_refused_and_kept(
    name: str, way: str, server: str
) -> None:
    address, base = address_of(name + way, server), "https://example.org/old/"
    update = "/update" if name == "oxigraph" else "/sparql"
    requests.post(
        server + update, data={"update": OLD.replace("BASE", base)}, timeout=60
    ).raise_for_status()
    asked = f"SELECT * {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), '{base}')) }}"

    def there() -> set[str]:
        query = "/query" if name == "oxigraph" else "/sparql"
        accept = {"Accept": "application/sparql-results+json"}
        answer = requests.post(server + query, data={"query": asked}, headers=accept, timeout=60)
        return {repr(sorted(row.items())) for row in answer.json()["results"]["bindings"]}

    before = there()
    assert len(before) == 4
    for mode in ("r", "w"):
        for given in (None, base):
            with pytest.raises(UnreadableStoreError) as caught:
                open_remote(address, mode, base=given)
            assert "earlier version of kg; nothing was changed" in caught.value.what
            assert "--base" in caught.value.hint
    assert there() == before
    # As the hint says: under another base there is room for what this version stores.
    with Graph.open(address, "w", base="https://example.org/new/") as graph:
        graph.add(example.harbour())
        assert [article.id for article in graph.articles()] == ["harbour"]
    assert there() == before


@BOTH
def test_the_base_is_that_of_the_articles_on_the_server(name: str, server: str) -> None:
    address, base = address_of(name, server), "https://example.org/article-store/"
    with Graph.open(address, "w", base=base) as graph:
        graph.add(example.harbour())
    with Graph.open(address) as graph:
        assert graph.store.base == base
        assert [a.id for a in graph.articles()] == ["harbour"]


@BOTH
def test_reading_only(name: str, server: str) -> None:
    address = address_of(name, server)
    asking = address.partition(",")[0]
    with pytest.raises(MissingStoreError, match="no article"):
        open_remote(asking)
    with pytest.raises(StoreWriteError, match="where to write"):
        open_remote(asking, "w")
    with Graph.open(address, "w") as graph:
        graph.add(example.harbour())
    with Graph.open(asking) as graph:
        assert "harbour" in graph
        with pytest.raises(StoreWriteError, match="for reading"):
            graph.remove("harbour")
    with pytest.raises(ValueError, match="mode"):
        open_remote(asking, "rw")


@BOTH
def test_errors_of_questions_are_told(name: str, server: str) -> None:
    with Graph.open(address_of(name, server), "w") as graph:
        graph.add(example.harbour())
        with pytest.raises(QueryError, match="line 1"):
            graph.query("SELECT ?x { ?x ")
        with pytest.raises(QueryError, match="SERVICE"):
            graph.query("SELECT ?x { SERVICE <http://127.0.0.1/> { ?x ?y ?z } }")


@pytest.mark.slow
def test_a_server_that_cuts_answers_is_told(tmp_path: Path) -> None:
    with (
        servers.virtuoso(tmp_path, rows=50) as server,
        Graph.open(address_of("virtuoso", server), "w") as graph,
    ):
        graph.add(example.harbour())
        assert graph.query("SELECT ?s { ?s a kg:Country }")
        with pytest.raises(ServerError, match="cuts answers at 50 rows"):
            list(graph.store.match())


@pytest.mark.slow
def test_large_articles_reach_a_server_in_parts(virtuoso_server: str, ontology: Ontology) -> None:
    clear("virtuoso", virtuoso_server)
    names = v.Names()
    graph = names.article("long")
    quads = rdf.article_quads(example.harbour(), ontology=ontology)
    many = [v.quad(names.node(f"x/{n}"), v.LABEL, v.plain(str(n)), graph) for n in range(1500)]
    moved = [v.quad(q.subject, q.predicate, q.object, graph) for q in quads]
    with open_remote(address_of("virtuoso", virtuoso_server), "w") as store:
        store.replace("long", [*moved, *many])
        assert set(store.match()) == {*moved, *many}
        store.replace("long", moved)
        assert set(store.match()) == set(moved)


class _Broken(RemoteStore):
    """Lets a number of requests through, then breaks off."""

    left = 0

    @contextmanager
    def breaking(self, after: int) -> Iterator[None]:
        self.left = after
        names = ("update", "put", "post", "delete")
        kept = {name: getattr(self.server, name) for name in names}

        def counted(call):  # type: ignore[no-untyped-def]
            def send(*arguments: object) -> None:
                self.left -= 1
                if self.left < 0:
                    raise ServerError("the line is cut")
                call(*arguments)

            return send

        for attribute, call in kept.items():
            setattr(self.server, attribute, counted(call))
        try:
            yield
        finally:
            for attribute, call in kept.items():
                setattr(self.server, attribute, call)


@pytest.mark.parametrize("after", [*range(9), 99])
def test_an_article_that_was_broken_off_is_taken_up_again(
    after: int, oxigraph_server: str, tmp_path: Path
) -> None:
    name = "oxigraph-graph-store"
    clear(name, oxigraph_server)
    address = address_of(name, oxigraph_server)
    (tmp_path / "a.txt").write_text("Peru met Norway.\n")
    (tmp_path / "b.txt").write_text("Peru met Chile.\n")
    build.build([tmp_path], address, loader=fake.load)
    (tmp_path / "a.txt").write_text("Chile met Norway. Peru met Chile.\n")
    with open_remote(address, "w") as opened:
        broken = _Broken(opened.server, base=opened.base, writable=True)
        graph = Graph(broken)
        (article,) = sources.read([tmp_path / "a.txt"])
        with broken.breaking(after):
            try:
                graph.add(fake.load().extract(article), pipeline="fake-1")
                done = True
            except StoreError:
                done = False
        assert graph.up_to_date(article, pipeline="fake-1") is done
        assert done is (after > 8)
    # Neither the article that was there nor the one that was broken off: nothing of them stays.
    (tmp_path / "a.txt").write_text("Norway met Peru.\n")
    build.build([tmp_path], address, loader=fake.load)
    build.build([tmp_path], tmp_path / "disk.kg", loader=fake.load)
    with Graph.open(address) as remote, Graph.open(tmp_path / "disk.kg") as disk:
        assert remote.store.quads() == disk.store.quads()
        everything = "SELECT ?s ?p ?o { ?s ?p ?o }"
        rows = [
            sorted(map(repr, graph.query(everything, timeout=None, memory=None)))
            for graph in (remote, disk)
        ]
        assert rows[0] == rows[1]


@contextmanager
def answering(status: int, headers: dict[str, str], body: bytes) -> Iterator[str]:
    """Yield the address of a server that always gives the same answer."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            for key, value in headers.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"{HERE}:{server.server_port}/query"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("status", "headers", "body", "words"),
    [
        (200, {"Content-Type": "text/html"}, b"<html>welcome</html>", "cannot be read"),
        (200, {}, b'{"head": {"vars": ["g"]}, "results": {"bindings": [', "cannot be read"),
        (302, {"Location": "http://127.0.0.1/other"}, b"", "sends to http://127.0.0.1/other"),
        (401, {}, b"who are you?", "denies access.*who are you"),
        (403, {}, b"", "denies access"),
        (503, {}, b"busy", "refuses the query: 503"),
    ],
)
def test_odd_answers(status: int, headers: dict[str, str], body: bytes, words: str) -> None:
    with (
        answering(status, headers, body) as address,
        pytest.raises((ServerError, QueryError), match=words),
    ):
        open_remote(address)


@pytest.mark.slow
def test_a_server_that_requires_digest_access(virtuoso_server: str) -> None:
    clear("virtuoso", virtuoso_server)
    place = virtuoso_server.replace("http://", "http://dba:dba@") + "/sparql-auth"
    with Graph.open(f"{place},{place}", "w") as graph:
        graph.add(example.harbour())
        assert "harbour" in graph
    wrong = re.sub("dba:dba", "dba:wrong", place)
    with pytest.raises(ServerError, match="denies access"):
        open_remote(wrong)


@pytest.mark.slow
def test_user_and_token_come_from_the_environment(
    virtuoso_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE_USER", "dba")
    monkeypatch.setenv("KG_STORE_PASSWORD", "dba")
    place = f"{virtuoso_server}/sparql-auth"
    with Graph.open(f"{place},{place}", "w") as graph:
        graph.add(example.harbour())
    monkeypatch.setenv("KG_STORE_TOKEN", "abc")
    from kg.store.server import Server

    request = requests.Request("GET", HERE, auth=Server(Address(query=HERE))._auth).prepare()
    assert request.headers["Authorization"] == "Bearer abc"
