"""Exports: one module for each format, each with a function `write(store, target, **options)`.

Exports are reproducible: the same articles give the same bytes, in whatever order they were added.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from importlib import import_module
from importlib.metadata import EntryPoint
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, cast

from kg import plugins
from kg.errors import KgError, UnknownFormatError
from kg.export.constructed import ConstructedStore
from kg.export.files import PACKED
from kg.export.files import Target as Target
from kg.store import Store

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        ".csv": "kg.export.csv_statements",
        ".entities.csv": "kg.export.csv_entities",
        ".gexf": "kg.export.gexf",
        ".graphml": "kg.export.graphml",
        ".html": "kg.export.webpage",
        ".jsonl": "kg.export.jsonl",
        ".jsonld": "kg.export.jsonld",
        ".neo4j": "kg.export.neo4j",
        ".nq": "kg.export.quads",
        ".plover.jsonl": "kg.export.plover",
        ".rdf": "kg.export.rdfxml",
        ".statements.csv": "kg.export.csv_statements",
        ".trig": "kg.export.trig",
        ".ttl": "kg.export.turtle",
    }
)
"""Names of the modules by the suffix of the files that they write; imported when first used.

Other packages can add suffixes, each with a function of the type `Writer` (see `kg.plugins`).
"""

SITE = "site"
"""Format of a folder of HTML pages, written by the package `kg.export.site`."""

RDF = frozenset({".jsonld", ".nq", ".rdf", ".trig", ".ttl"})
"""Suffixes of the RDF formats, which keep every triple and can write the result of a CONSTRUCT."""

FOLDERS = frozenset({".neo4j"})
"""Suffixes of the formats that consist of several files in a folder."""

REIFYING = frozenset({".nq", ".trig", ".ttl"})
"""Suffixes of the formats that can write reifiers of RDF 1.2."""


class Writer(Protocol):
    """Type of the function `write` of every export module."""

    def __call__(self, store: Store, target: Target, **options: object) -> None:
        """Write the content of `store` to a path, to `-` (standard output) or to a text stream."""


def export(store: Store, target: Target, *, format: str = "", **options: object) -> None:
    """Write the content of a store in the format given by `format` or the suffix of `target`.

    Args:
        store: the store.
        target: path of a file, `-` for standard output, or an open text stream; for a site, path of
            a folder with a slash at its end.
        format: suffix such as `ttl` or `.ttl`, or `site`; needed if `target` has no suffix.
        options: options of the writer; unknown ones are ignored.

    Raises:
        UnknownFormatError: there is no writer for the suffix, or it does not support an option.
        WriteError: the file cannot be written; a previous one is unchanged.
        PluginError: the writer of another package cannot be loaded, or fails.
    """
    suffix = suffix_of(target, format)
    place = target if isinstance(target, str | Path) else ""
    if options.get("rdf12") and suffix not in REIFYING:
        raise UnknownFormatError(
            f"{suffix} has no reifiers", where=place, hint=f"one of: {' '.join(sorted(REIFYING))}"
        )
    if isinstance(store, ConstructedStore) and suffix not in RDF:
        raise UnknownFormatError(
            f"{suffix} is not written from the triples of a CONSTRUCT",
            where=place,
            hint=f"one of: {' '.join(sorted(RDF))}",
        )
    _writer(suffix)(store, target, **options)


def suffixes() -> tuple[str, ...]:
    """Return the sorted suffixes of all formats, with those that other packages add."""
    return tuple(sorted({*FORMATS, *_added()}))


def _foreign(point: EntryPoint, store: Store, target: Target, **options: object) -> None:
    """Call the writer of another package; if it fails, raise an error that names the package."""
    writer = cast(Writer, plugins.load(point))
    try:
        writer(store, target, **options)
    except (KgError, MemoryError):
        raise
    except Exception as error:  # code of another package may raise anything
        raise plugins.failed(point, error) from error


def _added() -> Mapping[str, EntryPoint]:
    """Return the writers of other packages by suffix; they cannot replace built-in formats."""
    points = plugins.found(plugins.EXPORTERS).values()
    return {f".{p.name}": p for p in points if f".{p.name}" not in FORMATS}


def _writer(suffix: str) -> Writer:
    home = f"{__name__}.{SITE}" if suffix == SITE else FORMATS.get(suffix)
    if home is None:
        return partial(_foreign, _added()[suffix])
    return cast(Writer, import_module(home).write)


def suffix_of(target: Target, format: str = "") -> str:
    """Return the known suffix given by `format` or by the end of `target`; the longest that fits.

    A further suffix `.gz` is ignored. A folder without a known suffix is a `SITE`.

    Raises:
        UnknownFormatError: there is no such format.
    """
    place = target if isinstance(target, str | Path) else ""
    name = f".{format.removeprefix('.')}" if format else Path(place).name.removesuffix(PACKED)
    if format == SITE or (not format and place != "" and _is_folder(place)):
        return next((s for s in FOLDERS if name.lower().endswith(s)), SITE)
    for suffix in sorted(suffixes(), key=len, reverse=True):
        if name.lower().endswith(suffix):
            return suffix
    shown = name if format else Path(name).suffix
    what = f"no format is called {shown!r}" if shown else "the format is not named"
    known = " ".join((*suffixes(), "or a folder/ for a site"))
    raise UnknownFormatError(what, where=place, hint=f"one of: {known}")


def _is_folder(target: str | Path) -> bool:
    return str(target).endswith(("/", os.sep)) or Path(target).is_dir()
