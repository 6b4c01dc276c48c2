"""Extensions by other packages: relations, parsers, formats of articles, formats of exports.

A package registers an entry point in one of four groups, in its `pyproject.toml`:

    [project.entry-points."kg.relations"]
    railways = "my_package.cards"          # a package that holds relation cards, *.ttl

    [project.entry-points."kg.sources"]
    eml = "my_package.mail:read"           # suffix without its dot, and what reads such files

    [project.entry-points."kg.parsers"]
    mine = "my_package.parser:make"        # name for kg.load and --model, and what makes a parser

    [project.entry-points."kg.exporters"]
    dot = "my_package.graphviz:write"      # suffix without its dot, and what writes such files

Entry points are looked up when their group is asked for, and imported when they are used.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.errors import PluginError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

RELATIONS = "kg.relations"
SOURCES = "kg.sources"
EXPORTERS = "kg.exporters"
PARSERS = "kg.parsers"


@cache
def found(group: str) -> Mapping[str, EntryPoint]:
    """Return the entry points of a group by name, sorted.

    Raises:
        PluginError: two packages use the same name.
    """
    # Most processes that answer a question never ask, and it is a tenth of their start.
    from importlib.metadata import entry_points

    points: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=group), key=lambda p: (p.name, p.value)):
        other = points.setdefault(point.name, point)
        if other.value != point.value:
            raise PluginError(
                f"two packages add {point.name!r} to {group}",
                where=f"{_package(other)} and {_package(point)}",
                hint="uninstall one of them",
            )
    return MappingProxyType(points)


def load(point: EntryPoint) -> object:
    """Import and return the object that an entry point names.

    Raises:
        PluginError: the import fails, for any reason.
    """
    try:
        return point.load()
    except Exception as error:  # importing runs the package's code, which may raise anything
        raise failed(point, error) from error


def failed(point: EntryPoint, error: Exception) -> PluginError:
    """Return the error that names the package whose code failed, and how."""
    return PluginError(
        f"{point.group} {point.name!r} fails: {type(error).__name__}: {error}",
        where=f"{_package(point)} ({point.value})",
        hint="mend or uninstall it",
    )


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else point.value.partition(":")[0]
