"""Formats of article files: their suffixes, how to recognise them, and their readers."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, cast

from kg import plugins
from kg.errors import ArticleError
from kg.records import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that holds one article or, as JSON lines, many.

    Attributes:
        path: path of the file; None for standard input.
        id: identifier of its article: the file's name without its suffix.
        format: name of its `Format`; empty if it must be recognised by content.
    """

    path: Path | None
    id: str
    format: str

    @property
    def name(self) -> str:
        """Return the path as messages show it."""
        return "standard input" if self.path is None else str(self.path)


class Reader(Protocol):
    """A function that reads the articles of one file."""

    def __call__(
        self, stream: io.BufferedReader, source: Source
    ) -> Iterator[Article | ArticleError]:
        """Yield the articles of an open file; an article that cannot be read gives an error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format of article files.

    Attributes:
        name: name of the format.
        suffixes: suffixes of its files, in lower case; `.gz` may follow.
        home: module whose function `read` is the reader, or the entry point of another package.
        begins: whether a stream is of this format, given its first bytes in lower case, without
            byte order mark and leading white space.
        many: whether a file holds any number of articles, rather than one.
    """

    name: str
    suffixes: tuple[str, ...]
    home: str | EntryPoint
    begins: Callable[[bytes], bool] = lambda start: False
    many: bool = False

    def reader(self) -> Reader:
        """Import and return the reader of this format."""
        if isinstance(self.home, str):
            return cast(Reader, import_module(self.home).read)
        return cast(Reader, plugins.load(self.home))


def _is_json(start: bytes) -> bool:
    return start.startswith(b"{") and start[1:].lstrip().startswith((b'"', b"}"))


def _is_html(start: bytes) -> bool:
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml", b"<!--"))


FORMATS = (
    Format(
        name="text",
        suffixes=(".txt", ".md", ".markdown"),
        home="kg.sources.documents",
    ),
    Format(
        name="jsonl",
        suffixes=(".jsonl", ".ndjson"),
        home="kg.sources.jsonlines",
        begins=_is_json,
        many=True,
    ),
    Format(
        name="html",
        suffixes=(".html", ".htm", ".xhtml"),
        home="kg.sources.html",
        begins=_is_html,
    ),
)
"""The built-in formats; the first (text) is used for streams that no other recognises."""


@cache
def by_name() -> Mapping[str, Format]:
    """Return all formats by name, with those of other packages, which are named by suffix."""
    found = {format_.name: format_ for format_ in FORMATS}
    taken = {suffix for format_ in FORMATS for suffix in format_.suffixes}
    for point in plugins.found(plugins.SOURCES).values():
        suffix = f".{point.name}"
        if suffix not in taken:
            found[suffix] = Format(name=suffix, suffixes=(suffix,), home=point)
    return MappingProxyType(found)


@cache
def by_suffix() -> Mapping[str, Format]:
    """Return the format of each suffix."""
    return MappingProxyType(
        {s: format_ for format_ in by_name().values() for s in format_.suffixes}
    )


def of_content(start: bytes) -> Format:
    """Return the format of a stream, recognised by its first bytes."""
    return next((format_ for format_ in FORMATS[1:] if format_.begins(start)), FORMATS[0])
