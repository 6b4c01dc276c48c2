"""The limits of `kg query`."""

from __future__ import annotations

from pathlib import Path

import example
import pytest

from kg.cli import run
from kg.graph import Graph

Capture = pytest.CaptureFixture[str]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("query") / "news.kg"
    with Graph.open(path, "w") as graph:
        graph.add_all([example.lake(), example.harbour()])
    return str(path)


def test_too_long(capsys: Capture, store: str) -> None:
    assert run(["query", store, ENDLESS, "--timeout", "0.3"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("kg: [query-timeout] the query takes longer than 0.3 s")


@pytest.mark.parametrize(
    ("limit", "rows", "said"), [("2", 2, True), ("7", 7, False), ("0", 7, False)]
)
def test_too_many_rows(capsys: Capture, store: str, limit: str, rows: int, said: bool) -> None:
    assert run(["query", store, "SELECT ?s { ?s a kg:Statement }", "--limit", limit]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1 + rows
    assert err == ("kg: only the first 2 rows; --limit raises the number\n" if said else "")


def test_no_limits_at_all(capsys: Capture, store: str) -> None:
    none = ["--limit", "0", "--timeout", "0", "--memory", "0"]
    assert run(["query", store, "ASK { ?s a kg:Statement }", *none]) == 0
    assert capsys.readouterr().out == "answer\ntrue\n"


def test_a_writer_is_not_disturbed(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "news.kg"
    with Graph.open(path, "w") as graph:
        graph.add(example.lake())
        assert run(["query", str(path), "SELECT ?a { ?a a schema:NewsArticle }"]) == 0
        assert len(capsys.readouterr().out.splitlines()) == 2
        graph.add(example.harbour())
    assert run(["query", str(path), "SELECT ?a { ?a a schema:NewsArticle }"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3
