"""Dense articles go into a store on disk, and out of it, in several transactions."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import fake
import pytest

from kg import build, sources
from kg.errors import StoreWriteError
from kg.graph import Graph
from kg.records import Extraction
from kg.store import oxigraph
from kg.store.engine import BEFORE as BEFORE_IT
from kg.store.oxigraph import OxigraphStore

AT_ONCE = 40  # quads in one transaction: the dense articles below have some 150
BEFORE = "Peru met Norway. Norway met Chile. Chile met Peru. Peru met Chile.\n"
AFTER = "Chile met Norway. Chile met Peru. Norway met Peru. Norway met Peru.\n"
BRIEF = "Nothing.\n"
EVERYTHING = "SELECT ?s ?p ?o { ?s ?p ?o }"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Transactions are small; their sizes."""
    sizes: list[int] = []
    transact = OxigraphStore._transact

    def counted(store: OxigraphStore, gone: list, new: list) -> None:  # type: ignore[type-arg]
        sizes.append(len(gone) + len(new))
        transact(store, gone, new)

    monkeypatch.setattr(oxigraph, "_AT_ONCE", AT_ONCE)
    monkeypatch.setattr(OxigraphStore, "_transact", counted)
    return sizes


def read(file: Path, text: str) -> Extraction:
    """Return what is found in an article after its text was written into a file."""
    file.write_text(text)
    (article,) = sources.read([file])
    return fake.load().extract(article)


def put(store: Path, *files: Path) -> None:
    """Put the articles of these files into a store."""
    build.build(files, store, loader=fake.load)


def same(one: Path, other: Path) -> None:
    """Check that two stores have the same quads, and the same union of all graphs."""
    with Graph.open(one) as left, Graph.open(other) as right:
        assert left.store.quads() == right.store.quads()
        unions = [sorted(map(repr, graph.query(EVERYTHING))) for graph in (left, right)]
        assert unions[0] == unions[1]


@pytest.mark.parametrize("texts", [(BEFORE,), (BEFORE, AFTER), (BEFORE, BRIEF), (BRIEF, AFTER)])
def test_a_dense_article_goes_in_and_out_in_parts(
    texts: tuple[str, ...], tmp_path: Path, small: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, path = tmp_path / "dense.txt", tmp_path / "news.kg"
    with Graph.open(path, "w") as graph:
        graph._write_terms()  # at once: it is no article
        for text in texts:
            found = read(file, text)
            small.clear()
            graph.add(found, pipeline="fake-1")
            written = [size for size in small if size]
            assert len(written) > 3 or text == texts[0] == BRIEF
            assert max(written) <= AT_ONCE
            assert graph.up_to_date(found.article, pipeline="fake-1")
    monkeypatch.setattr(oxigraph, "_AT_ONCE", 10**9)
    whole = tmp_path / "whole.kg"
    put(whole, file)
    same(path, whole)
    with Graph.open(path, "w") as graph:
        monkeypatch.setattr(oxigraph, "_AT_ONCE", AT_ONCE)
        assert graph.remove("dense")
        assert {quad.graph_name for quad in graph.store.match()} == {graph.store.names.terms}


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("texts", [("", BEFORE), (BEFORE, AFTER), (BEFORE, BRIEF)])
@pytest.mark.slow
def test_a_dense_article_that_was_broken_off_is_taken_up_again(
    texts: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = texts
    file, beside = tmp_path / "dense.txt", tmp_path / "beside.txt"
    beside.write_text("Peru met Norway.\n")
    begun, fresh = tmp_path / "begun.kg", tmp_path / "fresh.kg"
    put(begun, beside)
    if before:
        read(file, before)
        put(begun, file)
    found = read(file, after)
    put(fresh, beside, file)
    transact = OxigraphStore._transact
    for number in range(100):
        path, left = tmp_path / f"{number}.kg", number
        shutil.copytree(begun, path)

        def breaking(store: OxigraphStore, gone: list, new: list) -> None:  # type: ignore[type-arg]
            nonlocal left
            left -= 1
            if left < 0:
                raise StoreWriteError(f"the disk is full; {BEFORE_IT}")
            transact(store, gone, new)

        with Graph.open(path, "w") as graph:
            graph._write_terms()
            with monkeypatch.context() as context:
                context.setattr(OxigraphStore, "_transact", breaking)
                try:
                    graph.add(found, pipeline="fake-1")
                    done = True
                except StoreWriteError as error:
                    assert number == 0 or "the article counts as not stored" in str(error)
                    done = False
            assert graph.up_to_date(found.article, pipeline="fake-1") is done
            whole = "dense" in graph and graph.store.digest("dense") != ""
            assert whole is (done or (number == 0 and before != ""))
        # The next build makes up for it: nothing stays of either version but what it should have.
        put(path, file)
        same(path, fresh)
        if done:
            break
    assert number > 3


MEMORY = """
import sys
sys.path.insert(0, sys.argv[2])
import fake
from kg.graph import Graph
from kg.records import Article

def megabytes(name):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(name)) / 1024

with Graph.open(sys.argv[1], "w") as graph:
    graph.add(fake.load().extract(Article(id="first", text="Peru met Chile.")))
    text = " ".join(["Peru met Norway. Chile met Peru."] * 1500)
    found = fake.load().extract(Article(id="dense", text=text))
    assert len(found.statements) == 3000
    before = megabytes("VmRSS")
    graph.add(found, validate=False)
    print(megabytes("VmHWM") - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="tells the memory of a process")
@pytest.mark.slow
def test_a_dense_article_does_not_take_all_memory(tmp_path: Path) -> None:
    tests = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, os.fspath(tmp_path / "news.kg"), os.fspath(tests)],
        capture_output=True,
        text=True,
        check=True,
        cwd=tests.parent,
    )
    # Measured 266 MB in one transaction, 125 MB in parts.
    assert float(done.stdout) < 200
