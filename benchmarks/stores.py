"""Measure the store beside rdflib in memory: loading, questions, Turtle, and the growth of costs.

    python -m benchmarks.stores [--quads 100000] [--rounds 3] [--articles 10000]

Both do the same work in the same run, in turn: the same N-Quads are loaded, the same questions
asked, the same triples written. Figures are medians over the rounds; CPU seconds count all threads
of the process, so that other work on the machine does not.
"""

from __future__ import annotations

import argparse
import io
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
import rdflib

from benchmarks import articles
from kg.export import export
from kg.graph import Graph
from kg.rdf import vocabulary as v
from kg.store import MemoryStore, Store, open_store
from kg.store.bulk import load
from kg.store.engine import EngineStore

QUESTIONS = {
    "basic pattern": """SELECT ?s ?r { ?s kg:agent <BASEunlinked/person/p7> ; kg:relation ?r ;
        kg:modality kg:actual }""",
    "optional with filter": """SELECT ?s ?l { ?s kg:relation kg:meets ; kg:target <BASEcountry/AB>
        OPTIONAL { ?s kg:latest ?l FILTER(?l > "2024-06-30"^^xsd:date) } }""",
    "path": """SELECT DISTINCT ?x { <BASEunlinked/person/p7> (^kg:agent/kg:target) ?c .
        ?c ^kg:target/kg:agent ?x }""",
    "aggregate": """SELECT ?r (COUNT(?s) AS ?n) { ?s kg:relation ?r } GROUP BY ?r""",
    "text search": """SELECT ?s { ?s kg:quote ?q FILTER(CONTAINS(?q, "at round E77")) }""",
    "named-graph join": """SELECT ?g ?s { GRAPH ?g { ?s kg:target <BASEcountry/AB> ; kg:agent ?a }
        GRAPH ?h { ?t kg:agent ?a ; kg:target <BASEcountry/CD> } }""",
}
_AROUND = 50  # articles measured before and after the hundredth and the ten-thousandth


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """CPU and wall seconds of the same work, by us and by rdflib."""

    name: str
    ours: float
    theirs: float
    ours_wall: float
    theirs_wall: float

    def __str__(self) -> str:
        """Return a line of the table."""
        cpu = f"{self.ours:10.4f} {self.theirs:10.2f} {_times(self.theirs, self.ours)}"
        wall = f"{self.ours_wall:10.4f} {self.theirs_wall:10.2f}"
        return f"{self.name:24} {cpu} {wall} {_times(self.theirs_wall, self.ours_wall)}"


def _times(theirs: float, ours: float) -> str:
    return f"{theirs / max(ours, 1e-6):8,.1f}x"


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return CPU seconds of all threads and wall seconds that some work takes."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def compare(
    name: str, rounds: int, ours: Callable[[], object], theirs: Callable[[], object]
) -> Row:
    """Return the medians of several rounds, in each of which both work in turn."""
    measured = [(*timed(ours), *timed(theirs)) for _ in range(rounds)]
    cpu, wall, their_cpu, their_wall = map(statistics.median, zip(*measured, strict=True))
    return Row(name=name, ours=cpu, ours_wall=wall, theirs=their_cpu, theirs_wall=their_wall)


def _dataset(lines: Path) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(lines, format="nquads")
    return dataset


def _loading(lines: Path, folder: Path, rounds: int) -> list[Row]:
    number = iter(range(1_000))

    def on_disk() -> None:
        with open_store(folder / f"{next(number)}.kg", "w") as store:
            assert isinstance(store, EngineStore)
            load(store, lines)

    def in_memory() -> None:
        load(MemoryStore(), lines)

    return [
        compare("load on disk", rounds, on_disk, lambda: _dataset(lines)),
        compare("load in memory", rounds, in_memory, lambda: _dataset(lines)),
    ]


def _asking(store: Store, dataset: rdflib.Dataset, rounds: int) -> list[Row]:
    head = "".join(f"PREFIX {name}: <{space}>\n" for name, space in v.PREFIXES.items())
    rows = []
    for name, text in QUESTIONS.items():
        question, found = text.replace("BASE", store.base), [0, 0]

        def ours(question: str = question, found: list[int] = found) -> None:
            answer = store.select(question)
            assert isinstance(answer, ox.QuerySolutions)
            found[0] = sum(1 for _ in answer)

        def theirs(question: str = question, found: list[int] = found) -> None:
            found[1] = len(list(dataset.query(head + question)))

        rows.append(compare(name, rounds, ours, theirs))
        if found[0] != found[1]:
            raise AssertionError(f"{name}: {found[0]} rows, and rdflib has {found[1]}")
    return rows


def _writing(store: EngineStore, rounds: int) -> Row:
    lines = store.inner.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    merged = rdflib.Graph().parse(data=lines, format="nt")
    for prefix, space in v.PREFIXES.items():
        merged.bind(prefix, space)

    def ours() -> None:
        export(store, io.StringIO(), format="ttl")

    return compare("Turtle export", rounds, ours, lambda: merged.serialize(format="turtle"))


def growth(path: Path, number: int) -> tuple[float, float]:
    """Return the CPU milliseconds of adding the hundredth and the last of many articles.

    Each is the median of the articles around it.
    """
    costs = []
    with Graph.open(path, "w") as graph:
        for extraction in islice(articles.articles(), number + _AROUND):
            costs.append(timed(lambda e=extraction: graph.add(e, pipeline="made-up"))[0] * 1000)  # type: ignore[misc]
    early, late = (costs[max(0, at - _AROUND) : at + _AROUND] for at in (100, number))
    return statistics.median(early), statistics.median(late)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure the store beside rdflib in memory.")
    parser.add_argument("--quads", type=int, default=100_000, help="size of the graph")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each kind")
    parser.add_argument("--articles", type=int, default=10_000, help="0 leaves this part out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = folder / "news.nq"
        number = articles.write(lines, options.quads)
        print(f"{number:,} quads, {options.rounds} rounds; seconds of CPU, then of the clock")
        print(f"{'':24} {'kg':>10} {'rdflib':>10} {'':9} {'kg':>10} {'rdflib':>10}")
        for row in _loading(lines, folder, options.rounds):
            print(row, flush=True)
        with open_store(folder / "0.kg") as store:
            assert isinstance(store, EngineStore)
            dataset = _dataset(lines)
            for row in _asking(store, dataset, options.rounds):
                print(row, flush=True)
            del dataset
            print(_writing(store, options.rounds), flush=True)
        if options.articles:
            early, late = growth(folder / "growth.kg", options.articles)
            print(f"article {100:,}: {early:.2f} ms; article {options.articles:,}: {late:.2f} ms")
            print(f"growth: {late / early:.2f}")


if __name__ == "__main__":
    main()
