"""Imports that are killed: no article is there in part, and a second import ends like any other."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import fake
import pytest

from kg import build
from kg.graph import Graph
from kg.importing import import_file

ARTICLES = 24
MOMENTS = 6
SHORT = 0.004  # seconds, in which an article or two are written


# A process that has imported everything forks for each import, so that a start costs nothing; and
# it has opened no store, the threads of which a fork would miss.
NURSERY = """
import os, sys
from kg import ontology
from kg.importing import import_file
from kg.store.base import Store
replace = Store.replace
def told(self, article, quads):
    os.write(1, b"begun\\n")
    replace(self, article, quads)
Store.replace = told
ontology.load()
for line in sys.stdin:
    source, target = line.split()
    child = os.fork()
    if child == 0:
        os.write(1, f"{os.getpid()}\\n".encode())
        import_file(source, target)
        os.write(1, b"done\\n")
        os._exit(0)
    os.waitpid(child, 0)
    os.write(1, b"ended\\n")
"""


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Several articles of a few acts, two of them reprints, as N-Quads."""
    folder = tmp_path_factory.mktemp("exported")
    chance, names = random.Random(7), ["Peru", "Norway", "Chile"]
    lines = [
        {"id": f"a{n:03}", "text": f"{chance.choice(names)} met {chance.choice(names)}. No. {n}."}
        for n in range(ARTICLES - 2)
    ]
    long = "Peru met Chile. " + "They spoke of ferries, nets and the price of salt. " * 12
    lines += [{"id": f"b{n}", "text": long, "outlet": f"Gazette {n}"} for n in range(2)]
    (folder / "news.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    build.build([folder / "news.jsonl"], folder / "news.kg", loader=fake.load)
    with Graph.open(folder / "news.kg") as graph:
        graph.export(folder / "news.nq")
    return folder / "news.nq"


@pytest.fixture
def nursery() -> Iterator[subprocess.Popen[str]]:
    """A process that imports, in a child of its own, what it is told."""
    process = subprocess.Popen(
        [sys.executable, "-c", NURSERY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield process
    process.kill()
    process.communicate()


def killed_after(nursery: subprocess.Popen[str], number: int, seconds: float, *paths: Path) -> bool:
    """Import, kill that some time after so many articles were begun; return whether it was."""
    output = nursery.stdout
    assert nursery.stdin is not None and output is not None
    nursery.stdin.write(" ".join(map(str, paths)) + "\n")
    nursery.stdin.flush()
    child = int(output.readline())
    for _ in range(number):
        output.readline()
    time.sleep(seconds)
    with contextlib.suppress(ProcessLookupError):  # it was done already
        os.kill(child, signal.SIGKILL)
    return "done" not in iter(lambda: output.readline().strip(), "ended")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the process that imports is forked")
@pytest.mark.slow
def test_an_import_killed_at_any_moment(
    nursery: subprocess.Popen[str], exported: Path, tmp_path: Path
) -> None:
    import_file(exported, tmp_path / "whole.kg")
    with Graph.open(tmp_path / "whole.kg") as graph:
        whole = graph.store.quads()
        read = {e.article.id: e for e in graph.extractions()}
    assert len(read) == ARTICLES
    chance = random.Random(2026)
    moments = [0, ARTICLES, *(chance.randrange(1, ARTICLES) for _ in range(MOMENTS - 2))]
    halfway = 0
    for number in moments:
        store = tmp_path / f"{number}.kg"
        killed = killed_after(nursery, number, chance.uniform(0, SHORT), exported, store)
        if store.exists():
            with Graph.open(store) as graph:
                found = {e.article.id: e for e in graph.extractions()}
                assert found.items() <= read.items(), "what is there is whole"
                assert max(0, number - 1) <= len(found)
                assert all(graph.store.digest(article) for article in found)
                union = len(graph.query("SELECT ?s ?p ?o { ?s ?p ?o }", timeout=None, memory=None))
                assert union == len(
                    {(q.subject, q.predicate, q.object) for q in graph.store.match()}
                )
            halfway += killed and 0 < len(found) < ARTICLES
        else:
            assert number == 0
        report = import_file(exported, store)
        assert (report.articles, report.failed) == (ARTICLES, ())
        with Graph.open(store) as graph:
            assert graph.store.quads() == whole
    assert halfway, "none was killed between its first article and its last"
