"""Measure what grows with the number of articles, in time and in memory.

    python -m benchmarks.scale [FOLDER] [--articles 100 1000 10000] [--rounds 3] [--jobs NAME ...]

Without a folder the articles are made up; with one, its articles are told again and again with
other names, dates and words (`benchmarks/recombined.py`). CPU seconds, medians of the rounds. Each
job runs in a process of its own, of which the memory is told that it took at most; `nothing` is a
process that only opens the store.
"""

from __future__ import annotations

import argparse
import multiprocessing
import multiprocessing.connection
import os
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from benchmarks import articles, recombined
from kg import pipeline, sources
from kg.export import FOLDERS, FORMATS, export
from kg.gazetteer import Gazetteer
from kg.graph import Graph
from kg.graph.profile import nearest
from kg.query.questions import ask
from kg.rdf import vocabulary as v
from kg.records import Extraction
from kg.store.called import called

Job = Callable[[Graph, str], object]
"""What is done with a graph; it is given the name of a country that is everywhere."""

_PAGE = 50  # statements that `kg show` prints at once


def country(path: Path) -> str:
    """Return the name of the country that most articles name."""
    with Graph.open(path) as graph:
        found = graph.store.match(None, v.TYPE, v.term("Country"))
        (node, _), *_ = Counter(quad.subject for quad in found).most_common(1)
        return min(quad.object.value for quad in graph.store.match(node, v.PREF_LABEL))


def _written(suffix: str) -> Job:
    def write(graph: Graph, name: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            if suffix in FOLDERS:
                export(graph.store, Path(folder) / f"news{suffix}")
                return
            with Path(os.devnull).open("w", encoding="utf-8") as stream:
                export(graph.store, stream, format=suffix)

    return write


JOBS: dict[str, Job] = {
    "nothing": lambda graph, name: len(graph),
    "list": lambda graph, name: graph.listed(),
    "entities by name": lambda graph, name: called(graph.store, name),
    "show": lambda graph, name: nearest(
        graph.store, name, ontology=graph.ontology, most=_PAGE, offices=0
    ),
    "contradictions": lambda graph, name: ask(graph.store, "contradictions"),
    "corroboration": lambda graph, name: ask(graph.store, "corroboration"),
    "validate": lambda graph, name: sum(1 for _ in graph.validate()),
    **{suffix: _written(suffix) for suffix in sorted(FORMATS) if suffix != ".statements.csv"},
}


def measured(path: Path, job: str, name: str, rounds: int) -> tuple[float, float]:
    """Return the median CPU seconds of opening a store and doing a job, and the most megabytes."""
    found = [_apart(path, job, name) for _ in range(rounds)]
    return statistics.median(cpu for cpu, _ in found), max(memory for _, memory in found)


def _apart(path: Path, job: str, name: str) -> tuple[float, float]:
    """Do a job in a fresh process, so that neither time nor memory of others counts."""
    context = multiprocessing.get_context("spawn")
    answer, end = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(path, job, name, end))
    process.start()
    end.close()
    try:
        cpu, memory = answer.recv()
    except EOFError:
        raise SystemExit(f"{job} broke off") from None
    finally:
        process.join()
    return float(cpu), float(memory)


def _work(path: Path, job: str, name: str, end: multiprocessing.connection.Connection) -> None:
    start = time.process_time()
    with Graph.open(path) as graph:
        JOBS[job](graph, name)
    end.send((time.process_time() - start, peak()))


def peak() -> float:
    """Return the memory that this process occupied at most, in megabytes."""
    status = Path("/proc/self/status")
    if status.is_file():  # what getrusage tells includes the process that started this one
        found = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
        return int(found.split()[1]) / 1024
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1 << 20 if sys.platform == "darwin" else 1024)


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
    parser.add_argument("--jobs", nargs="*", choices=JOBS, default=list(JOBS), metavar="NAME")
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
            name = country(path)
            for job in options.jobs:
                seconds, most = measured(path, job, name, options.rounds)
                print(f"{number:8,} {job:20} {seconds:9.2f} s {most:7.0f} MB", flush=True)
            seconds = adding(path, told, 20)
            print(f"{number:8,} {'one article more':20} {1000 * seconds:9.1f} ms", flush=True)


if __name__ == "__main__":
    main()
