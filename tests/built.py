"""The bundled pipeline, and graphs that it builds from real articles, made once a session."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg import pipeline, sources
from kg.graph import Graph

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds" / "articles"
ANNOTATED = ROOT.parent / "shared" / "gold" / "dev"
"""Articles for development that are not part of the project; they need not be there."""


@cache
def reader() -> pipeline.Pipeline:
    """Return the bundled pipeline, whose cards are indexed once and not for each sentence."""
    return pipeline.load()


class Remembering(pipeline.Pipeline):
    """The bundled pipeline, which reads an article once and gives the same answer again."""

    def __init__(self) -> None:
        super().__init__(reader().language, reader().extractor)
        self.extract = cache(super().extract)  # type: ignore[method-assign]
        self.explain = cache(super().explain)  # type: ignore[method-assign]


@cache
def remembering() -> Remembering:
    """Return the bundled pipeline for texts that several tests read."""
    return Remembering()


@cache
def graph(folder: Path) -> Graph:
    """Return the graph of the articles in a folder; whoever asks must not change it."""
    found = Graph()
    paths = sorted((*folder.glob("*.md"), *folder.glob("*.txt")))
    articles = sources.read([path for path in paths if path.stem != "README"])
    found.add_all(map(remembering().extract, articles), pipeline="test")
    return found
