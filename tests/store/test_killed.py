"""Builds that are killed: nothing that was acknowledged is lost, and the next build goes on."""

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
from kg.store import oxigraph

MOMENTS = 20
LONGEST = 0.2  # seconds from the start of a build to its end by force
ARTICLES = 200

# A process that has imported everything forks for each build, so that a start costs nothing.
NURSERY = """
import os, sys
sys.path.insert(0, sys.argv[1])
import fake
from kg import build, export, ontology
from kg.gazetteer import Gazetteer
from kg.store import oxigraph
oxigraph._AT_ONCE = int(sys.argv[2])
ontology.load(), Gazetteer.load()
for line in sys.stdin:
    source, target = line.split()
    child = os.fork()
    if child == 0:
        write = lambda article: os.write(1, f"{article}\\n".encode())
        write(os.getpid())
        build.build([source], target, loader=fake.load, progress=write)
        os._exit(0)
    os.waitpid(child, 0)
    os.write(1, b"ended\\n")
"""


@pytest.fixture(params=["whole", "in-parts"])
def nursery(request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    """A process that builds, in a child of its own, what it is told; articles whole or in parts."""
    at_once = 25 if request.param == "in-parts" else oxigraph._AT_ONCE
    tests = Path(__file__).parents[1]
    process = subprocess.Popen(
        [sys.executable, "-c", NURSERY, os.fspath(tests), str(at_once)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=tests.parent,
    )
    yield process
    process.kill()
    process.communicate()


def killed_after(nursery: subprocess.Popen[str], seconds: float, *paths: Path) -> list[str]:
    """Build, kill the build after a time, and return the articles that it acknowledged."""
    assert nursery.stdin is not None and nursery.stdout is not None
    nursery.stdin.write(" ".join(map(str, paths)) + "\n")
    nursery.stdin.flush()
    child = int(nursery.stdout.readline())
    time.sleep(seconds)
    with contextlib.suppress(ProcessLookupError):  # it was done already
        os.kill(child, signal.SIGKILL)
    return list(iter(lambda: nursery.stdout.readline().strip(), "ended"))


@pytest.mark.slow
def test_a_build_killed_at_twenty_moments(nursery: subprocess.Popen[str], tmp_path: Path) -> None:
    names = ["Peru", "Norway", "Chile"]
    chance = random.Random(2024)
    lines = [
        {"id": f"a{n:03}", "text": f"{chance.choice(names)} met {chance.choice(names)}. No. {n}."}
        for n in range(ARTICLES)
    ]
    source, store = tmp_path / "news.jsonl", tmp_path / "news.kg"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines))
    kept: set[str] = set()
    interrupted = 0
    for _ in range(MOMENTS):
        told = killed_after(nursery, chance.uniform(0, LONGEST), source, store)
        interrupted += len(told) < ARTICLES
        kept |= set(told)
        if not store.exists():
            assert not kept
            continue
        with Graph.open(store) as graph:
            # One that was broken off in the middle has no digest.
            found = {a for a in graph.store.articles() if graph.store.digest(a)}
            assert kept <= found
            assert len(found) <= len(kept) + MOMENTS, "more than the one article in the making"
            union = len(graph.query("SELECT ?s ?p ?o { ?s ?p ?o }"))
            assert union == len({(q.subject, q.predicate, q.object) for q in graph.store.match()})
        kept = found
    assert interrupted >= MOMENTS / 5, "the builds end before they are killed"
    report = build.build([source], store, loader=fake.load)
    assert report.unchanged == len(kept)
    assert report.read == ARTICLES
    whole = tmp_path / "whole.kg"
    build.build([source], whole, loader=fake.load)
    with Graph.open(store) as one, Graph.open(whole) as other:
        assert one.store.quads() == other.store.quads()
