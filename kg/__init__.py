"""News articles into a knowledge graph that can be trusted.

Names are loaded on first use, so that `import kg` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.errors import KgError as KgError
    from kg.graph import Graph as Graph
    from kg.pipeline import Pipeline as Pipeline
    from kg.pipeline import load as load
    from kg.records import Article as Article
    from kg.records import Entity as Entity
    from kg.records import Evidence as Evidence
    from kg.records import Extraction as Extraction
    from kg.records import Mention as Mention
    from kg.records import Position as Position
    from kg.records import Span as Span
    from kg.records import Statement as Statement
    from kg.records import When as When
    from kg.sources import read as read

    __version__: str

_HOMES = {
    "Article": "records",
    "Entity": "records",
    "Evidence": "records",
    "Extraction": "records",
    "Graph": "graph",
    "KgError": "errors",
    "Mention": "records",
    "Pipeline": "pipeline",
    "Position": "records",
    "Span": "records",
    "Statement": "records",
    "When": "records",
    "load": "pipeline",
    "read": "sources",
}

__all__ = [*sorted(_HOMES), "__version__"]


def __getattr__(name: str) -> object:
    """Load a public name from its home module on first use; the version is looked up then too."""
    if name == "__version__":
        return _version()
    try:
        home = _HOMES[name]
    except KeyError:
        raise AttributeError(f"module 'kg' has no attribute {name!r}") from None
    value: object = getattr(import_module(f"kg.{home}"), name)
    globals()[name] = value
    return value


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("newskg")
    except PackageNotFoundError:  # a checkout that was never installed
        return "0.0.0"


def __dir__() -> list[str]:
    """Return the public names."""
    return list(__all__)
