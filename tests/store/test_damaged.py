"""Stores whose files are not as they were written: each is told as damaged, and none as empty."""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import example
import pyoxigraph as ox
import pytest

from kg import cli
from kg.errors import (
    DamagedStoreError,
    KgError,
    LockedStoreError,
    StoreError,
    StoreWriteError,
    UnreadableStoreError,
)
from kg.graph import Graph
from kg.store import open_store, oxigraph
from kg.store.damage import meant

FLIPS = 60
MOST = 4 << 30  # bytes of address space for each command, most of which it never touches


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two articles."""
    path = tmp_path_factory.mktemp("whole") / "news.kg"
    with Graph.open(path, "w") as graph:
        graph.add_all([example.lake(), example.harbour()])
    return path


@pytest.fixture
def path(whole: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(whole, tmp_path / "news.kg"))


def read_all(path: Path) -> list[object]:
    with Graph.open(path) as graph:
        found: list[object] = [graph.articles(), graph.query("SELECT ?s ?p ?o { ?s ?p ?o }").rows]
        return [*found, graph.about("Peru"), graph.store.quads(), sorted(graph.store.lines())]


def spots(path: Path) -> Iterator[tuple[str, int]]:
    """Yield places to damage: each file, and more often the ends of those that hold the quads."""
    chance = random.Random(7)
    files = sorted(file for file in path.rglob("*") if file.is_file() and file.stat().st_size)
    for file in files:
        size = file.stat().st_size
        near = min(size, 1200) if file.suffix == ".sst" else size
        for _ in range(-(-FLIPS // len(files))):
            yield file.relative_to(path).as_posix(), size - 1 - chance.randrange(near)


def flipped(path: Path, name: str, at: int) -> None:
    content = bytearray((path / name).read_bytes())
    content[at] ^= 1 << at % 8
    (path / name).write_bytes(content)


@pytest.mark.slow
def test_a_flipped_byte_is_told_or_changes_nothing(whole: Path, tmp_path: Path) -> None:
    """Run in a child with little memory, which a damaged length must not take all of."""
    expected = read_all(whole)
    told = 0
    for number, (name, at) in enumerate(spots(whole)):
        path = Path(shutil.copytree(whole, tmp_path / str(number)))
        flipped(path, name, at)
        child = os.fork()
        if child == 0:
            code = 1
            try:
                resource.setrlimit(resource.RLIMIT_AS, (MOST, MOST))
                code = 0 if read_all(path) == expected else 3
                open_store(path, "w").close()
            except DamagedStoreError as error:
                code = 2 if "the store is damaged" in str(error) and error.hint else 1
            except UnreadableStoreError:  # of another format, as it seems
                code = 2 if name == oxigraph.MARKER else 1
            finally:
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code in (0, 2), f"byte {at} of {name}"
        told += code == 2
    assert told > FLIPS / 5, "hardly any flip was noticed"


@pytest.mark.parametrize("mode", ["r", "w"])
def test_a_store_without_its_beginning_is_no_empty_store(path: Path, mode: str) -> None:
    (path / "data" / "CURRENT").unlink()
    before = sorted(path.rglob("*"))
    with pytest.raises(DamagedStoreError, match=r"CURRENT is missing.*kg build.*kg import"):
        open_store(path, mode)
    assert sorted(path.rglob("*")) == before


def test_a_store_without_its_marker(path: Path) -> None:
    (path / oxigraph.MARKER).unlink()
    with pytest.raises(DamagedStoreError, match=r"kg-store\.json is missing"):
        open_store(path)


def test_a_store_that_was_never_filled_is_empty(path: Path) -> None:
    shutil.rmtree(path / "data")
    with open_store(path) as store:
        assert store.articles() == []


@pytest.mark.parametrize("mode", ["r", "w"])
def test_a_base_that_is_not_the_one_written(path: Path, mode: str) -> None:
    marker = path / oxigraph.MARKER
    marker.write_text(marker.read_text().replace("newskg", "newsjg"))
    with pytest.raises(DamagedStoreError, match="is not as it was written"):
        open_store(path, mode)


def test_a_marker_of_a_store_made_before_markers_were_checked(path: Path) -> None:
    marker = path / oxigraph.MARKER
    text = marker.read_text()
    (line,) = [line for line in text.splitlines() if "check" in line]
    marker.write_text(text.replace(f",\n{line}", ""))
    assert "check" not in marker.read_text()
    with open_store(path) as store:
        assert store.articles() == ["harbour", "lake"]


def damage_quads(path: Path) -> None:
    """Damage the quads themselves, at which opening does not look."""
    for file in (path / "data").glob("*.sst"):
        flipped(path, f"data/{file.name}", 20)


@pytest.mark.parametrize(
    "command",
    [
        ["list", "STORE"],
        ["query", "STORE", "SELECT ?s { ?s ?p ?o }"],
        ["query", "STORE", "SELECT ?s { ?s ?p ?o }", "--timeout", "0", "--memory", "0"],
        ["query", "STORE", "--name", "who-attends"],
        ["query", "STORE", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"],
        ["show", "STORE", "Peru"],
        ["validate", "STORE"],
        ["export", "STORE", "OUT.nq"],
        ["export", "STORE", "OUT.ttl", "--query", "CONSTRUCT WHERE { ?s ?p ?o }"],
        ["export", "STORE", "OUT.html"],
        ["export", "STORE", "OUT/"],
        ["remove", "STORE", "lake"],
    ],
    ids=" ".join,
)
def test_every_command_tells_damage_as_damage(
    path: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    damage_quads(path)
    names = {"STORE": str(path)}
    arguments = [names.get(w, w.replace("OUT", str(path.parent / "out"))) for w in command]
    assert cli.run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"kg: [damaged-store] {path}: the store is damaged (")
    assert "kg build ARTICLES -o NEW" in err
    assert err.count("\n") == 1
    assert [item.name for item in path.parent.iterdir()] == ["news.kg"], "something was left"


@pytest.mark.slow
def test_a_question_that_would_take_all_memory_tells_the_damage(
    whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the engine sorts, it takes the same error for one result after the other."""
    command = ["SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o", "--memory", "150"]
    assert cli.run(["query", str(whole), *command]) == 0
    expected = capsys.readouterr()
    told = 0
    for number, file in enumerate((whole / "data").glob("*.sst")):
        path = Path(shutil.copytree(whole, tmp_path / str(number)))
        flipped(path, f"data/{file.name}", 20)
        code = cli.run(["query", str(path), *command])
        found = capsys.readouterr()
        told += code == 2
        assert (code == 0 and found == expected) or "the store is damaged" in found.err
    assert told


def test_every_index_is_read_when_a_store_is_verified(whole: Path, tmp_path: Path) -> None:
    with open_store(whole) as store:
        store.verify(60)
    found = 0
    for number, file in enumerate((whole / "data").glob("*.sst")):
        path = Path(shutil.copytree(whole, tmp_path / str(number)))
        flipped(path, f"data/{file.name}", 20)
        try:
            with open_store(path) as store:
                store.verify(60)
        except DamagedStoreError:
            found += 1
    files = len(list((whole / "data").glob("*.sst")))
    assert found >= files - 2  # names of graphs, and a default family that is never used


def test_the_engine_gives_up_in_the_middle_of_an_answer(path: Path) -> None:
    store = open_store(path)
    assert isinstance(store, oxigraph.OxigraphStore)

    def broken() -> Iterator[ox.Quad]:
        yield from list(store.inner)[:1]
        raise RuntimeError("Corruption: block checksum mismatch")

    found = store._told(broken())
    next(found)
    with pytest.raises(DamagedStoreError, match="block checksum"):
        next(found)


@pytest.mark.parametrize(
    ("reason", "writable", "kind", "says"),
    [
        ("Corruption: block checksum mismatch: stored = 1", False, DamagedStoreError, "damaged"),
        ("IO error: While lock file: x/LOCK: try again", True, LockedStoreError, "another"),
        ("IO error: lock hold by current process", True, LockedStoreError, "another"),
        ("IO error: x/LOG: Permission denied", True, StoreWriteError, "only be read"),
        ("IO error: x/LOG: Read-only file system", True, StoreWriteError, "only be read"),
        ("IO error: While lock file: x: Permission denied", True, StoreWriteError, "only be read"),
        ("IO error: x/1.sst: Permission denied", False, UnreadableStoreError, "not be read"),
        ("IO error: No space left on device", True, StoreWriteError, "no room"),
        ("IO error: x: Too many open files", False, StoreError, "gives no more"),
        ("IO error: No such file or directory: x/9.sst", False, DamagedStoreError, "damaged"),
    ],
)
def test_what_an_error_of_the_engine_means(
    reason: str, writable: bool, kind: type[KgError], says: str
) -> None:
    error = meant(OSError(reason), Path("news.kg"), writable=writable)
    assert type(error) is kind
    assert says in error.what
    assert error.where == "news.kg"
    assert error.hint


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize(
    "command",
    [
        ["list", "STORE"],
        ["query", "STORE", "SELECT ?s { ?s ?p ?o }"],
        ["show", "STORE", "Peru"],
        ["export", "STORE", "-", "--format", "nq"],
        ["--help"],
    ],
    ids=" ".join,
)
def test_standard_output_that_is_full(whole: Path, command: list[str]) -> None:
    arguments = [str(whole) if word == "STORE" else word for word in command]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
    assert done.returncode == 2
    assert done.stderr.startswith("kg: [write] standard output: cannot write: ")
    assert done.stderr.count("\n") == 1


def test_the_check_of_a_marker_is_over_format_and_base() -> None:
    base = "https://example.org/id/"
    expected = zlib.crc32(f"{oxigraph.FORMAT} {base}".encode())
    assert int(oxigraph._check(base), 16) == expected
