"""Exports that are killed: what was there before stays whole, and the next run clears up."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

import pytest

from kg import disk
from kg.export.site import folder as folders
from kg.export.site.folder import Folder
from kg.graph import Graph

MOMENTS = 8
TARGETS = ("news.nq", "news.csv", "news.html", "news.neo4j", "site/")
STRANGER = "CNAME"


def content(path: Path) -> dict[str, bytes]:
    """Return what lies at a path, a file or a folder."""
    if path.is_file():
        return {"": path.read_bytes()}
    return {
        file.relative_to(path).as_posix(): file.read_bytes()
        for file in path.rglob("*")
        if file.is_file()
    }


def export(graph: Graph, folder: Path, name: str) -> None:
    graph.export(f"{folder}/{name}")  # a Path would lose the slash


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_exports_killed_at_any_moment(graph: Graph, tmp_path: Path, name: str) -> None:
    """Forty in all, some of them in the middle of a folder."""
    one, target = graph.part(articles=["lake"]), tmp_path / name
    stranger = {STRANGER: b"example.org"} if name.endswith(("/", ".neo4j")) else {}
    export(graph, tmp_path, name)
    after = {**stranger, **content(target)}
    started = time.perf_counter()
    export(one, tmp_path, name)
    lasting = time.perf_counter() - started
    if stranger:
        (target / STRANGER).write_bytes(stranger[STRANGER])
    before = content(target)
    assert before != after
    chance = random.Random(name)
    broken_off = 0
    for _ in range(MOMENTS):
        child = os.fork()
        if child == 0:
            try:
                export(graph, tmp_path, name)
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0, lasting))
        os.kill(child, signal.SIGKILL)
        broken_off += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
        assert content(target) in (before, after)
        if content(target) == after:
            export(one, tmp_path, name)
            assert content(target) == before
    assert broken_off, "each was done before it was killed"
    export(graph, tmp_path, name)
    assert content(target) == after
    assert [item.name for item in tmp_path.iterdir()] == [target.name]


def dead() -> int:
    """Return the number of a process that is no more."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return child


@pytest.mark.parametrize("name", TARGETS)
def test_what_killed_runs_left_is_cleared_and_nothing_else(
    graph: Graph, tmp_path: Path, name: str
) -> None:
    gone, stem = dead(), name.rstrip("/")
    (tmp_path / f".{stem}.{gone}.part").write_text("half")
    (tmp_path / f".{stem}.{gone + 10**7}.part").mkdir()
    (tmp_path / f".{stem}.{gone + 10**7}.part" / "x").write_text("half")
    kept = {f".{stem}.1.part", f".other.{gone}.part", f".{stem}.{gone}.parts", f"{stem}.part"}
    for other in kept:
        (tmp_path / other).write_text("of somebody else, or of a process that still runs")
    export(graph, tmp_path, name)
    assert {item.name for item in tmp_path.iterdir()} == {*kept, stem}


@pytest.mark.parametrize("at_once", [True, False])
def test_a_folder_takes_its_place_with_what_others_put_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool
) -> None:
    if not at_once:
        monkeypatch.setattr(folders, "exchange", lambda one, other: False)
    path = tmp_path / "news.neo4j"
    path.mkdir()
    (path / "entities.csv").write_text("old")
    (path / ".git" / "objects").mkdir(parents=True)
    (path / ".git" / "objects" / "1").write_text("theirs")
    (path / "link").symlink_to("nowhere")
    with Folder(path, fixed=True) as folder:
        folder.write("entities.csv", "new")
        assert (path / "entities.csv").read_text() == "old"
    assert (path / "entities.csv").read_text() == "new"
    assert (path / ".git" / "objects" / "1").read_text() == "theirs"
    assert (path / "link").is_symlink()
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


def test_a_folder_that_was_taken_away_comes_back(tmp_path: Path) -> None:
    """Where the system cannot swap folders, a kill may come between two steps."""
    old = tmp_path / f".site.{dead()}.old"
    old.mkdir()
    (old / "index.html").write_text("old")
    with pytest.raises(ZeroDivisionError), Folder(tmp_path / "site", fixed=True) as folder:
        folder.write("index.html", "new")
        raise ZeroDivisionError
    assert (tmp_path / "site" / "index.html").read_text() == "old"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems cannot")
def test_two_folders_are_swapped(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    if not disk.exchange(tmp_path / "one", tmp_path / "other"):
        pytest.skip("this file system cannot")
    assert (tmp_path / "one" / "other").exists()
    assert (tmp_path / "other" / "one").exists()
