"""Sites written for tests, and what their pages hold."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import ClassVar

import example

from kg.export.site import write
from kg.graph import Graph
from kg.records import Extraction


class Page(HTMLParser):
    """Elements with their attributes, the text of each, and whether all of them were closed."""

    VOID: ClassVar = {"meta", "link", "input", "br"}

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self.open: list[int] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {k: v or "" for k, v in attrs}, []))
        if tag not in self.VOID:
            self.open.append(len(self.elements) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {k: v or "" for k, v in attrs}, []))

    def handle_endtag(self, tag: str) -> None:
        assert self.elements[self.open.pop()][0] == tag

    def handle_data(self, data: str) -> None:
        for i in self.open:
            self.elements[i][2].append(data)

    def all(self, tag: str, **wanted: str) -> list[tuple[dict[str, str], str]]:
        wanted = {key.rstrip("_"): value for key, value in wanted.items()}
        return [
            (attributes, "".join(text))
            for found, attributes, text in self.elements
            if found == tag and wanted.items() <= attributes.items()
        ]

    def texts(self, tag: str, **wanted: str) -> list[str]:
        return [" ".join(text.split()) for _, text in self.all(tag, **wanted)]


def site(graph: Graph, path: Path, **options: object) -> dict[str, str]:
    """Return the files of a site by name."""
    write(graph.store, path, **{"network": False, **options})
    return {
        file.relative_to(path).as_posix(): file.read_bytes().decode()
        for file in sorted(path.rglob("*"))
        if file.is_file()
    }


def pages(files: dict[str, str]) -> dict[str, str]:
    """Return those that this package renders."""
    return {n: text for n, text in files.items() if n.endswith(".html") and n != "network.html"}


def one(extraction: Extraction) -> Graph:
    graph = Graph(gazetteer=example.gazetteer())
    graph.add(extraction)
    return graph
