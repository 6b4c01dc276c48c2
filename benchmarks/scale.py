"""Measure what grows with the number of articles.

    python -m benchmarks.scale [FOLDER] [--articles 100 1000 10000] [--rounds 3]

Without a folder the articles are made up; with one, its articles are told again and again with
other names, dates and words (`benchmarks/recombined.py`). CPU seconds, medians of the rounds.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from benchmarks import articles, recombined
from kg import pipeline, sources
from kg.export import export
from kg.gazetteer import Gazetteer
from kg.graph import Graph
from kg.questions import ask
from kg.records import Extraction
from kg.store.called import called

Jobs = dict[str, Callable[[Graph], object]]

JOBS: Jobs = {
    "list": lambda graph: graph.listed(),
    "entities by name": lambda graph: called(graph.store, "Israel"),
    "contradictions": lambda graph: ask(graph.store, "contradictions"),
    "corroboration": lambda graph: ask(graph.store, "corroboration"),
    "validate": lambda graph: list(graph.validate()),
    "N-Quads": lambda graph: export(graph.store, Path(os.devnull).open("w"), format="nq"),  # noqa: SIM115
    "Turtle": lambda graph: export(graph.store, Path(os.devnull).open("w"), format="ttl"),  # noqa: SIM115
}


def measured(path: Path, job: Callable[[Graph], object], rounds: int) -> float:
    """Return the median CPU seconds of opening a store and doing a job."""
    costs = []
    for _ in range(rounds):
        start = time.process_time()
        with Graph.open(path) as graph:
            job(graph)
        costs.append(time.process_time() - start)
    return statistics.median(costs)


def adding(path: Path, more: Iterator[Extraction], rounds: int) -> float:
    """Return the median CPU seconds of adding one more article and settling what follows."""
    costs = []
    with Graph.open(path, "w") as graph:
        for extraction in islice(more, rounds + 1):
            start = time.process_time()
            graph.add(extraction, pipeline="made-up")
            assert graph.store
            costs.append(time.process_time() - start)
    return statistics.median(costs[1:])  # the first one looks the whole store through


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure what grows with a store.")
    parser.add_argument("folder", nargs="?", help="articles to tell again; by default made-up ones")
    parser.add_argument("--articles", type=int, nargs="*", default=[100, 1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each kind")
    options = parser.parse_args()
    gazetteer, originals = Gazetteer.load(), []
    if options.folder:
        known = pipeline.load(None)
        originals = [known.extract(article) for article in sources.read([options.folder])]
    for number in options.articles:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "news.kg"
            told = recombined.articles(originals) if originals else articles.articles()
            articles.fill(path, islice(told, number), gazetteer)
            for name, job in JOBS.items():
                seconds = measured(path, job, options.rounds)
                print(f"{number:8,} {name:20} {seconds:9.2f} s", flush=True)
            seconds = adding(path, told, 20)
            print(f"{number:8,} {'one article more':20} {1000 * seconds:9.1f} ms", flush=True)


if __name__ == "__main__":
    main()
