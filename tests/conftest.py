"""Fixtures shared by all tests; its place makes the helper modules beside it importable."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

# Before numpy is imported: threads that multiply small matrices only get in the way of workers.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import example
import pytest
import threads
from hypothesis import settings

from kg import ontology as ontologies
from kg.graph import Graph
from kg.ontology import Ontology

# A busy machine is no failure.
settings.register_profile("kg", deadline=None)
settings.load_profile("kg")

# A worker of pytest-xdist listens in a thread of its own.
threads.settle()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files first in which few tests use a folder.

    An engine that has worked on disk keeps its threads, and questions do not fork beside these.
    """
    folders = {"tmp_path", "tmp_path_factory"}
    tests: Counter[Path] = Counter(item.path for item in items)
    using: Counter[Path] = Counter(
        item.path for item in items if folders & {*getattr(item, "fixturenames", ())}
    )
    items.sort(key=lambda item: (using[item.path] / tests[item.path], item.path))


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The ontology of the package."""
    return ontologies.load()


@pytest.fixture
def graph() -> Iterator[Graph]:
    """Both articles of the example in memory."""
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add_all([example.lake(), example.harbour()], pipeline="test-1")
        yield graph
