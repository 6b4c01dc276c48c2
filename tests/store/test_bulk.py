"""Whole stores from N-Quads, at once."""

from __future__ import annotations

import gzip
import signal
import subprocess
import sys
from pathlib import Path

import example
import pytest

from kg.errors import StoreWriteError, UnreadableStoreError
from kg.graph import Graph
from kg.store import MemoryStore, open_store
from kg.store.bulk import load
from kg.store.engine import EngineStore


@pytest.fixture
def lines(graph: Graph, tmp_path: Path) -> Path:
    graph.export(tmp_path / "news.nq")
    return tmp_path / "news.nq"


@pytest.mark.parametrize("place", ["memory", "disk"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_store_comes_back_whole(
    graph: Graph, lines: Path, tmp_path: Path, place: str, packed: bool
) -> None:
    if packed:
        lines.with_suffix(".nq.gz").write_bytes(gzip.compress(lines.read_bytes().rstrip()))
        lines = lines.with_suffix(".nq.gz")
    with open_store(tmp_path / "again.kg" if place == "disk" else None, "w") as store:
        assert isinstance(store, EngineStore)
        assert load(store, lines) == graph.store.size()
        assert store.quads() == graph.store.quads()
        again = Graph(store)
        everything = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"
        assert again.query(everything) == graph.query(everything)
        again.remove("lake")
        again.remove("harbour")
        assert not again.query("ASK { ?s a kg:Entity }")


@pytest.mark.parametrize(
    "line",
    [
        "<urn:a> <urn:b> <urn:c> .",
        '<urn:a> <urn:b> "<urn:c> ." .',
        "# a remark",
        "<urn:a> <urn:b> <urn:c <urn:d> .",
        "@prefix kg: <urn:x> .",
    ],
)
def test_other_lines_are_refused_and_nothing_is_stored(lines: Path, line: str) -> None:
    lines.write_text(f"{lines.read_text()}{line}\n")
    store = MemoryStore()
    with pytest.raises(UnreadableStoreError, match=r"news\.nq"):
        load(store, lines)
    assert list(store.match()) == []


def test_a_file_that_is_cut_or_missing(lines: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.nq.gz"
    cut.write_bytes(gzip.compress(lines.read_bytes())[:-20])
    for path in (cut, tmp_path / "none.nq"):
        store = MemoryStore()
        with pytest.raises(UnreadableStoreError, match=r"read|No such file"):
            load(store, path)
        assert list(store.match()) == []


KILLED = """
import contextlib, os, signal, sys
from kg.store import open_store
from kg.store.bulk import load
from kg.store.oxigraph import OxigraphStore
class Killing:
    def __init__(self, inner):
        self.inner, self.left = inner, int(sys.argv[3])
    def bulk_load(self, *args, **options):
        self.inner.bulk_load(*args, **options)
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)
filling = OxigraphStore.filling
@contextlib.contextmanager
def killing(self):
    with filling(self) as inner:
        yield Killing(inner)
OxigraphStore.filling = killing
with open_store(sys.argv[1], "w") as store:
    load(store, sys.argv[2])
"""


@pytest.mark.slow
@pytest.mark.parametrize("steps", [1, 2])
def test_a_load_that_is_killed_leaves_an_empty_store(
    graph: Graph, lines: Path, tmp_path: Path, steps: int
) -> None:
    everything = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"
    target = tmp_path / "again.kg"
    killed = subprocess.run([sys.executable, "-c", KILLED, target, lines, str(steps)])
    assert killed.returncode == -signal.SIGKILL
    for _ in range(2):
        with Graph.open(target) as reading:
            assert reading.store.size() == 0
            assert len(reading.query(everything)) == 0
    with open_store(target, "w") as store:
        assert isinstance(store, EngineStore)
        assert list(store.match()) == []
        load(store, lines)
        assert Graph(store).query(everything) == graph.query(everything)
    with Graph.open(target) as reading:
        assert reading.store.quads() == graph.store.quads()


@pytest.mark.parametrize("line", ["<urn:a> <urn:b> <urn:c> .", "<urn:a> <urn:b c> ."])
def test_a_store_on_disk_goes_on_after_a_load_that_failed(
    graph: Graph, lines: Path, tmp_path: Path, line: str
) -> None:
    good = lines.read_text()
    lines.write_text(f"{good}{line}\n")
    with open_store(tmp_path / "again.kg", "w") as store:
        assert isinstance(store, EngineStore)
        with pytest.raises(UnreadableStoreError):
            load(store, lines)
        with pytest.raises(UnreadableStoreError):
            load(store, tmp_path / "none.nq")
        assert not list(store.select("SELECT * { ?s ?p ?o }"))  # type: ignore[arg-type]
        Graph(store).add(example.harbour())
    with Graph.open(tmp_path / "again.kg") as again:
        assert [summary.id for summary in again.articles()] == ["harbour"]


def test_a_store_that_has_something_is_left_alone(lines: Path) -> None:
    with Graph() as graph:
        graph.add(example.harbour())
        before = graph.store.quads()
        with pytest.raises(StoreWriteError, match="not empty"):
            load(graph.store, lines)  # type: ignore[arg-type]
        assert graph.store.quads() == before


def test_a_store_opened_to_read_is_left_alone(graph: Graph, lines: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / "empty.kg", "w"):
        pass
    with open_store(tmp_path / "empty.kg") as store:
        assert isinstance(store, EngineStore)
        with pytest.raises(StoreWriteError, match="read only"):
            load(store, lines)
    assert not list((tmp_path / "empty.kg").glob("unfinished*"))
