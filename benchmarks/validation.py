"""Measure what it costs to check an article against the shapes before it is stored.

    python -m benchmarks.validation [PATH...] [--rounds 5]

All times are CPU milliseconds an article, medians over the rounds; within a round every stage has
the same articles, so ratios hold on any machine. pySHACL checks the same graphs against the same
shapes, for comparison.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pyshacl
import rdflib

from kg import pipeline, rdf, resources, sources
from kg.graph import Graph
from kg.rdf import vocabulary as v
from kg.records import Extraction
from kg.validation import Validator

SEEDS = Path(__file__).resolve().parent.parent / "seeds" / "articles"


def milliseconds(number: int, run: Callable[[], object]) -> float:
    """Return the CPU milliseconds of a run, divided by a number of articles."""
    start = time.process_time()
    run()
    return (time.process_time() - start) * 1000 / number


def graphs(found: Sequence[Extraction], known: pipeline.Pipeline) -> list[list[v.Quad]]:
    """Return the graph of each article with its plain links."""
    ontology = known.extractor.ontology
    return [
        rdf.article_quads(e, ontology=ontology, gazetteer=known.extractor.gazetteer)
        + rdf.link_quads(e, ontology=ontology)
        for e in found
    ]


def read(quads: Sequence[v.Quad]) -> rdflib.Graph:
    """Return quads as a graph of rdflib."""
    lines = "".join(f"{q.subject} {q.predicate} {q.object} .\n" for q in quads)
    return rdflib.Graph().parse(data=lines, format="nt")


def main(arguments: Sequence[str] | None = None) -> dict[str, float]:
    """Print and return the figures by stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", default=[str(SEEDS)])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(arguments)
    known = pipeline.load()
    ontology = known.extractor.ontology
    articles = list(sources.read(options.paths))
    known.extract(articles[0])
    shapes = rdflib.Graph().parse(resources.ontology_dir() / "shapes.ttl")
    terms = rdf.term_quads(ontology)
    validator = Validator(ontology)
    times: dict[str, list[float]] = {}
    for number in range(options.rounds):
        found: list[Extraction] = []

        def timed(stage: str, run: Callable[[], object]) -> None:
            times.setdefault(stage, []).append(milliseconds(len(articles), run))

        timed("extract", lambda found=found: found.extend(map(known.extract, articles)))
        units = graphs(found, known)
        timed("store", lambda found=found: Graph().add_all(found, validate=False))
        timed("validate", lambda units=units: [validator.violations(unit) for unit in units])
        if number == 0:
            timed(
                "pySHACL",
                lambda units=units: [
                    pyshacl.validate(read([*unit, *terms]), shacl_graph=shapes, inplace=True)
                    for unit in units
                ],
            )
    figures = {stage: statistics.median(values) for stage, values in times.items()}
    quads = statistics.mean(map(len, units))
    print(f"{len(articles)} articles of {quads:,.0f} quads; CPU ms an article")
    for stage, value in figures.items():
        print(f"{stage:10} {value:8.1f}")
    added = figures["validate"] / (figures["extract"] + figures["store"])
    print(f"validation adds {added:.0%} to extracting and storing")
    return figures


if __name__ == "__main__":
    main()
