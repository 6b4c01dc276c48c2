"""A power cut: what the disk was not told to keep is gone, and acknowledged articles are not."""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import replace
from pathlib import Path

import example
import pytest

from kg import disk
from kg.errors import StoreWriteError
from kg.graph import Graph
from kg.records import Extraction
from kg.store import open_store, oxigraph

ARTICLES = 5


def article(number: int) -> Extraction:
    lake = example.lake()
    name = f"lake-{number}"
    return replace(
        lake,
        article=replace(lake.article, id=name),
        statements=tuple(
            replace(s, evidence=replace(s.evidence, article=name)) for s in lake.statements
        ),
    )


def after_the_cut(path: Path, kept: dict[str, int]) -> Path:
    """Return a copy of a store in which logs are as long as when they were synced last.

    RocksDB joins and removes files in the background. A cut happens at one moment, so a copy
    during which a file came or went is made again.
    """
    copy = path.with_name("cut.kg")
    for _ in range(100):
        before = sorted(path.rglob("*"))
        try:
            shutil.copytree(path, copy)
        except shutil.Error:
            shutil.rmtree(copy)
            continue
        if sorted(path.rglob("*")) == before:
            break
        shutil.rmtree(copy)
    else:
        pytest.fail("the files of the store never stood still")
    for log in (copy / oxigraph.DATA).glob("*.log"):
        os.truncate(log, kept.get(log.name, 0))
    (copy / oxigraph.DATA / "LOCK").unlink()
    return copy


@pytest.mark.parametrize("kept", [True, False])
def test_what_was_acknowledged_outlasts_a_power_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    sizes: dict[str, int] = {}

    def noted(path: Path) -> None:
        if path.suffix == ".log":
            sizes[path.name] = path.stat().st_size

    monkeypatch.setattr(oxigraph, "synced", noted if kept else lambda path: None)
    path = tmp_path / "news.kg"
    with Graph.open(path, "w") as graph:
        for number in range(ARTICLES):
            graph.add(article(number))
            with open_store(after_the_cut(path, sizes), "w") as store:
                # The other case shows that the test could tell.
                assert (f"lake-{number}" in store) is kept
                assert len(store.articles()) == (number + 1 if kept else 0)
            shutil.rmtree(tmp_path / "cut.kg")


def test_a_disk_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(path: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with Graph.open(tmp_path / "news.kg", "w") as graph:
        monkeypatch.setattr(oxigraph, "synced", failing)
        with pytest.raises(StoreWriteError, match="no room"):
            graph.add(article(1))
        monkeypatch.undo()


@pytest.mark.parametrize(("code", "fails"), [(errno.EINVAL, False), (errno.EIO, True)])
def test_a_file_system_that_cannot_sync_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, fails: bool
) -> None:
    def refused(number: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(disk, "_sync", refused)
    (tmp_path / "x").write_text("x")
    if fails:
        with pytest.raises(OSError, match="output error"):
            disk.synced(tmp_path / "x")
    else:
        disk.synced(tmp_path / "x")
