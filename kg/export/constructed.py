"""The result of a CONSTRUCT query as a store, so that the RDF formats can write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

import pyoxigraph as ox

from kg import iris
from kg.rdf import vocabulary as v
from kg.store import MemoryStore


class ConstructedStore(MemoryStore):
    """A store of triples in the default graph, without articles."""

    def __init__(self, triples: Iterable[ox.Triple], base: str = iris.DEFAULT_BASE) -> None:
        """Keep the triples, with canonical names of blank nodes (RDFC-1.0)."""
        super().__init__(base)
        found = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
        found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        self.inner.extend(found)

    def match(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: ox.NamedNode | ox.Literal | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[v.Quad]:
        """Return the triples that match, as quads of the default graph."""
        found = self.inner.quads_for_pattern(subject, predicate, object, graph)
        return cast(Iterator[v.Quad], found)

    def graphs(self) -> list[ox.NamedNode]:
        """Return a list of the default graph; an empty one if there are no triples."""
        default = cast(ox.NamedNode, ox.DefaultGraph())
        return [default] if next(self.match(), None) else []
