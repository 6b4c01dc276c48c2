"""The store on disk: what lies there, who holds it, what a killed process leaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import example
import pyoxigraph as ox
import pytest

from kg import cli, rdf
from kg.errors import (
    DamagedStoreError,
    LockedStoreError,
    MissingStoreError,
    StoreError,
    StoreWriteError,
    UnreadableStoreError,
)
from kg.graph import Graph
from kg.ontology import Ontology
from kg.store import open_store, oxigraph


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one article."""
    path = tmp_path / "news.kg"
    with Graph.open(path, "w") as graph:
        graph.add(example.lake())
    return path


def test_it_is_there_again(path: Path, ontology: Ontology) -> None:
    with open_store(path) as store:
        assert store.extraction("lake", ontology=ontology) == rdf.canonical(example.lake())


def test_what_is_new_goes_to_disk_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {}
    flushed: list[Path] = []
    flush = oxigraph.OxigraphStore._flush

    def counted(store: oxigraph.OxigraphStore) -> None:
        flushed.append(store.path)
        flush(store)

    monkeypatch.setattr(oxigraph.OxigraphStore, "_flush", counted)
    for limit in (1, 10**9):
        monkeypatch.setattr(oxigraph, "_IN_MEMORY", limit)
        path = tmp_path / f"{limit}.kg"
        with Graph.open(path, "w") as graph:
            graph.add(example.lake())
            before = set((path / oxigraph.DATA).glob("*.sst"))
            flushed.clear()
            graph.add(example.harbour())
            # The engine merges files when it likes, so only new ones tell something.
            assert bool(flushed) == (limit == 1)
            if limit == 1:
                assert set((path / oxigraph.DATA).glob("*.sst")) - before
        with open_store(path) as store:
            found[limit] = store.quads()
    assert found[1] == found[10**9]


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MissingStoreError, match=r"kg build"):
        open_store(tmp_path / "none.kg")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_mode(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="mode"):
        open_store(tmp_path / "x.kg", "rw")


@pytest.mark.parametrize("mode", ["r", "w"])
def test_a_folder_that_is_no_store_is_left_alone(tmp_path: Path, mode: str) -> None:
    (tmp_path / "letter.txt").write_text("dear reader")
    with pytest.raises(UnreadableStoreError, match="not a store"):
        open_store(tmp_path, mode)
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("mode", ["r", "w"])
def test_a_file_that_is_no_store_is_left_alone(tmp_path: Path, mode: str) -> None:
    file = tmp_path / "news.ttl"
    file.write_text("<a:b> <a:c> <a:d> .")
    with pytest.raises(UnreadableStoreError, match="not a store"):
        open_store(file, mode)
    assert file.read_text() == "<a:b> <a:c> <a:d> ."


def test_an_empty_folder_becomes_a_store(tmp_path: Path) -> None:
    open_store(tmp_path, "w").close()
    assert open_store(tmp_path).articles() == []


@pytest.mark.parametrize(
    "marker", ["", "{}", "[]", "null", '{"format": 2}', '{"format": 2, "base": 5}', "\x00\xff"]
)
@pytest.mark.parametrize("mode", ["r", "w"])
def test_a_damaged_marker(path: Path, marker: str, mode: str) -> None:
    (path / "kg-store.json").write_text(marker)
    with pytest.raises(DamagedStoreError, match=r"damaged.*cannot be read"):
        open_store(path, mode)


def content(path: Path) -> dict[str, bytes]:
    """Return all files of a store."""
    files = (file for file in path.rglob("*") if file.is_file())
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in files}


@pytest.mark.parametrize("mode", ["r", "w"])
@pytest.mark.parametrize("base", [None, "https://w3id.org/newskg/id/", "https://example.org/x/"])
def test_a_store_of_an_earlier_format_is_refused(path: Path, mode: str, base: str | None) -> None:
    marker = path / "kg-store.json"
    assert json.loads(marker.read_text())["format"] == oxigraph.FORMAT == 2
    marker.write_text(json.dumps({**json.loads(marker.read_text()), "format": 1}))
    before = content(path)
    with pytest.raises(UnreadableStoreError) as caught:
        open_store(path, mode, base=base)
    assert caught.value.what == (
        "it was made by an earlier version of kg (format 1, this one reads 2); "
        "nothing in it was changed"
    )
    assert caught.value.where == str(path)
    assert caught.value.hint == "build its articles into a new store: kg build ARTICLES -o NEW"
    assert content(path) == before


def test_no_command_touches_a_store_of_an_earlier_format(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Graph.open(path) as graph:
        graph.export(tmp_path / "x.nq")
    marker = path / "kg-store.json"
    marker.write_text(json.dumps({**json.loads(marker.read_text()), "format": 1}))
    (tmp_path / "a.txt").write_text("Peru met Norway.\n")
    (tmp_path / "d.toml").write_text('[[preferred-name]]\nentity = "country/NO"\nname = "N"\n')
    before = content(path)
    for command in (
        ("build", tmp_path / "a.txt", "-o", path),
        ("import", tmp_path / "x.nq", "-o", path),
        ("apply", path, tmp_path / "d.toml"),
        ("remove", path, "lake"),
        ("list", path),
        ("show", path, "Norway"),
        ("export", path, tmp_path / "y.nq"),
        ("query", path, "ASK { ?s ?p ?o }"),
        ("validate", path),
    ):
        assert cli.run([str(argument) for argument in command]) == 2, command
        assert "made by an earlier version of kg" in capsys.readouterr().err, command
    assert content(path) == before
    assert not (tmp_path / "y.nq").exists()


def test_a_later_format(path: Path) -> None:
    marker = path / "kg-store.json"
    marker.write_text(json.dumps({**json.loads(marker.read_text()), "format": 99}))
    with pytest.raises(UnreadableStoreError, match=r"another version of kg \(format 99"):
        open_store(path, "w")


def many(path: Path, number: int = 60) -> None:
    """Store one article after the other, as a build does."""
    lake = example.lake()
    with Graph.open(path, "w") as graph:
        for place in range(number):
            article = replace(lake.article, id=f"lake-{place:03}", title=f"Talks, day {place}")
            told = tuple(
                replace(s, evidence=replace(s.evidence, article=article.id))
                for s in lake.statements
            )
            graph.add(replace(lake, article=article, statements=told))


def taken(path: Path, pattern: str = "*") -> int:
    """Return how many bytes the files of the database take."""
    return sum(file.stat().st_size for file in (path / oxigraph.DATA).glob(pattern))


def test_files_that_the_engine_takes_away_meanwhile_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "000001.sst").write_bytes(b"12345")
    assert oxigraph._taken([tmp_path / "000001.sst", tmp_path / "000002.sst"]) == 5


@pytest.mark.slow
def test_a_store_takes_no_more_room_than_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, loose = tmp_path / "news.kg", tmp_path / "loose.kg"
    many(path)
    log, size = taken(path, "*.log"), taken(path)
    with open_store(path) as store:
        assert len(store.articles()) == 60
        told = store.quads()
    assert log < 1 << 20
    # As small as it can be: merged by hand, and opened once more, which lets go of the log.
    engine = ox.Store(os.fspath(path / oxigraph.DATA))
    engine.optimize()
    engine.flush()
    del engine
    ox.Store(os.fspath(path / oxigraph.DATA))
    assert size <= 1.3 * taken(path)
    with open_store(path) as store:
        assert store.quads() == told
    # Otherwise the log would stay.
    monkeypatch.setattr(oxigraph, "_LOG", 1 << 40)
    many(loose)
    assert taken(loose, "*.log") > 1 << 20
    with open_store(loose) as store:
        assert store.quads() == told


@pytest.mark.parametrize("mode", ["r", "w"])
def test_a_damaged_database(path: Path, mode: str) -> None:
    for file in (path / "data").glob("*"):
        if file.name != "LOCK":
            file.write_bytes(b"rubbish")
    with pytest.raises(DamagedStoreError, match="the store is damaged"):
        open_store(path, mode)


def test_a_store_whose_first_build_was_killed_is_empty(path: Path) -> None:
    for file in (path / "data").glob("*"):
        file.unlink()
    (path / "data").rmdir()
    assert open_store(path).articles() == []


def test_a_base_is_kept_and_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "b.kg"
    open_store(path, "w", base="https://example.org/x/").close()
    with open_store(path) as store:
        assert store.base == "https://example.org/x/"
    with pytest.raises(StoreWriteError, match=r"example\.org"):
        open_store(path, "w", base="https://example.org/y/")


def test_reading_does_not_write(path: Path) -> None:
    with Graph.open(path) as graph, pytest.raises(StoreWriteError):
        graph.remove("lake")
    assert open_store(path).articles() == ["lake"]


def test_two_readers(path: Path) -> None:
    with open_store(path) as one, open_store(path) as two:
        assert one.articles() == two.articles()


def test_a_store_cannot_be_made_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError):
        open_store(tmp_path / "file" / "news.kg", "w")


WRITER = """
import sys
from dataclasses import replace
sys.path.insert(0, sys.argv[2])
import example
from kg.graph import Graph
from kg.records import Extraction
with Graph.open(sys.argv[1], "w", ) as graph:
    print("open", flush=True)
    extraction = example.harbour()
    for number in range(100000):
        article = replace(extraction.article, id=f"a{number:05}")
        statements = tuple(
            replace(s, evidence=replace(s.evidence, article=article.id))
            for s in extraction.statements
        )
        graph.add(replace(extraction, article=article, statements=statements))
        print(article.id, flush=True)
"""


def writer(path: Path) -> subprocess.Popen[str]:
    here = Path(__file__).parents[1]
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, os.fspath(path), os.fspath(here)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=here.parent,
    )


def test_a_second_writer_is_told(path: Path) -> None:
    process = writer(path)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        with pytest.raises(LockedStoreError, match="another process"):
            open_store(path, "w")
    finally:
        process.kill()
        process.communicate()


def test_a_database_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "news.kg"
    open_store(path, "w").close()
    for file in (path / "data").glob("*"):
        file.unlink()
    (path / "data").rmdir()
    half = path / "data.12345.new"
    half.mkdir()
    (half / "CURRENT").write_text("MANIFEST-000001\n")
    assert open_store(path).articles() == []
    open_store(path, "w").close()
    assert not half.exists()
    assert open_store(path).articles() == []


LIMITED = """
import resource, sys
sys.path.insert(0, sys.argv[2])
from kg.errors import StoreWriteError
from kg.graph import Graph
from kg.records import Article, Extraction
try:
    with Graph.open(sys.argv[1], "w") as graph:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        for number in range(1000):
            text = "".join(chr(0x4E00 + (number * 7919 + n * n) % 20000) for n in range(2000))
            graph.add(Extraction(article=Article(id=f"a{number:04}", text=text)))
            print(f"a{number:04}", flush=True)
except StoreWriteError as error:
    print(error, flush=True)
try:
    Graph.open(sys.argv[1] + "x", "w")
except StoreWriteError as error:
    print("made", error)
"""


def test_a_disk_that_is_full_is_told_and_harms_nothing(path: Path, ontology: Ontology) -> None:
    tests = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, os.fspath(path), os.fspath(tests)],
        capture_output=True,
        text=True,
        cwd=tests.parent,
        timeout=120,
    )
    *stored, told = [line for line in done.stdout.splitlines() if not line.startswith("made")]
    assert done.returncode == 0, done.stderr
    assert told.startswith("[store-write]")
    assert "File too large" in told
    assert "check space" in told
    assert stored
    with open_store(path, "w") as store:
        assert store.articles() == [*stored, "lake"]
        assert store.extraction("lake", ontology=ontology) == rdf.canonical(example.lake())
    with Graph.open(path, "w") as graph:
        graph.add(example.harbour())
        assert "harbour" in graph
