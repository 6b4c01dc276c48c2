"""Exports: one module for each format, each with `write(store, target, **options)`.

The same articles give the same bytes, in whatever order they were added.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, cast

from kg.errors import UnknownFormatError
from kg.export.files import Target as Target
from kg.store import Store

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        ".graphml": "kg.export.graphml",
        ".html": "kg.export.webpage",
        ".jsonl": "kg.export.jsonl",
        ".jsonld": "kg.export.jsonld",
        ".nq": "kg.export.quads",
        ".trig": "kg.export.trig",
        ".ttl": "kg.export.turtle",
    }
)
"""Module that writes files of each suffix; modules are loaded when they are used."""

SITE = "site"
"""Format of a folder of pages, written by the module of that name."""


class Writer(Protocol):
    """What every export module offers under the name `write`."""

    def __call__(self, store: Store, target: Target, **options: object) -> None:
        """Write the content of `store` to a path, to `-` (standard output) or to a text stream."""


def export(store: Store, target: Target, *, format: str = "", **options: object) -> None:
    """Write the content of a store in the format that `format` or the suffix of `target` names.

    Args:
        store: what to export.
        target: path of a file, `-` for standard output, or an open text stream; or a folder, which
            a slash at its end marks, for a site.
        format: suffix such as `ttl` or `.ttl`, or `site`; needed when `target` has none.
        options: passed on to the writer; a writer ignores what it does not know.

    Raises:
        UnknownFormatError: no writer for that suffix.
        WriteError: the file cannot be written; one that was there before is unchanged.
    """
    suffix = f".{format.removeprefix('.')}" if format else ""
    if not suffix and isinstance(target, str | Path):
        suffix = Path(target).suffix
    home = f"{__name__}.{SITE}" if _is_site(target, format) else FORMATS.get(suffix.lower())
    if home is None:
        what = f"no format is called {suffix!r}" if suffix else "the format is not named"
        known = " ".join((*sorted(FORMATS), "or a folder/ for a site"))
        place = target if isinstance(target, str | Path) else ""
        raise UnknownFormatError(what, where=place, hint=f"one of: {known}")
    cast(Writer, import_module(home).write)(store, target, **options)


def _is_site(target: Target, format: str) -> bool:
    if format or not isinstance(target, str | Path):
        return format == SITE
    return str(target).endswith(("/", os.sep)) or Path(target).is_dir()
