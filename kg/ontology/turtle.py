"""Reads a Turtle file and gives access to its triples by subject."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox

from kg import iris
from kg.errors import OntologyError
from kg.iris import OWL, RDF


class Triples:
    """The triples of one Turtle file, by subject."""

    def __init__(self, path: Path) -> None:
        """Read a file; invalid Turtle raises an `OntologyError`."""
        self.path = path
        self.nodes: dict[object, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
        try:
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                self.nodes[quad.subject][quad.predicate.value].append(quad.object)
        except (SyntaxError, ValueError) as error:
            raise OntologyError(str(error), where=path, hint="mend the Turtle") from error

    def texts(self, node: object, predicate: str) -> tuple[str, ...]:
        """Return the values of a property as text."""
        return tuple(str(getattr(o, "value", "")) for o in self.nodes[node][predicate])

    def text(self, node: object, predicate: str, default: str = "") -> str:
        """Return the one value of a property as text, or `default`."""
        return next(iter(self.texts(node, predicate)), default)

    def flag(self, node: object, predicate: str) -> bool:
        """Return whether a boolean property has the value true."""
        return self.text(node, predicate) == "true"

    def locals(self, node: object, predicate: str) -> tuple[str, ...]:
        """Return the local names of a property's values; a class union gives its members."""
        names: list[str] = []
        for value in self.nodes[node][predicate]:
            for item in self._members(value):
                if isinstance(item, ox.NamedNode) and item.value.startswith(iris.ONTOLOGY):
                    names.append(item.value.removeprefix(iris.ONTOLOGY))
        return tuple(names)

    def _members(self, value: object) -> list[object]:
        unions = self.nodes[value][OWL + "unionOf"] if isinstance(value, ox.BlankNode) else []
        if not unions:
            return [value]
        members, rest = [], unions[0]
        while self.nodes[rest][RDF + "first"]:
            members.append(self.nodes[rest][RDF + "first"][0])
            rest = self.nodes[rest][RDF + "rest"][0]
        return members
