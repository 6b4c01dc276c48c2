"""Quads of one graph while they are gathered."""

from __future__ import annotations

import pyoxigraph as ox

from kg.rdf import vocabulary as v


class Quads:
    """Collects the quads of one graph."""

    def __init__(self, graph: ox.NamedNode) -> None:
        """Take the name of the graph."""
        self.graph = graph
        self.quads: set[v.Quad] = set()

    def add(
        self,
        subject: ox.NamedNode,
        predicate: ox.NamedNode | str,
        *objects: ox.NamedNode | ox.Literal,
    ) -> None:
        """Add a quad for each object; a predicate given as text is a term of our ontology."""
        if isinstance(predicate, str):
            predicate = v.term(predicate)
        for value in objects:
            self.quads.add(v.quad(subject, predicate, value, self.graph))

    def sorted(self) -> list[v.Quad]:
        """Return the quads in order of their text."""
        return sorted(self.quads, key=str)
