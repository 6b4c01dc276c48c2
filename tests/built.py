"""Graphs that the whole pipeline builds from real articles, built once a session."""

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
def graph(folder: Path) -> Graph:
    """Return the graph of the articles in a folder; whoever asks must not change it."""
    reader = pipeline.load()
    found = Graph()
    paths = sorted((*folder.glob("*.md"), *folder.glob("*.txt")))
    articles = sources.read([path for path in paths if path.stem != "README"])
    found.add_all(map(reader.extract, articles), pipeline="test")
    return found
