"""Convert quads to an rdflib dataset."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.rdf import vocabulary as v

if TYPE_CHECKING:
    import rdflib


def dataset(quads: Iterable[v.Quad], base: str) -> rdflib.Dataset:
    """Return the quads as an rdflib dataset whose default graph is the union of its graphs.

    Literals keep their lexical form. The usual prefixes are bound, and `id` to the base.
    """
    import rdflib

    found = rdflib.Dataset(default_union=True)
    for prefix, space in {**v.PREFIXES, "id": base}.items():
        found.bind(prefix, space, replace=True)

    def term(value: ox.NamedNode | ox.Literal) -> rdflib.URIRef | rdflib.Literal:
        if isinstance(value, ox.NamedNode):
            return rdflib.URIRef(value.value)
        if value.language:
            return rdflib.Literal(value.value, lang=value.language)
        kind = value.datatype.value
        datatype = None if kind == v.XSD + "string" else rdflib.URIRef(kind)
        return rdflib.Literal(value.value, datatype=datatype, normalize=False)

    graphs: dict[ox.NamedNode, rdflib.Graph] = {}
    for quad in quads:
        name = quad.graph_name
        if name not in graphs:
            graphs[name] = found.graph(rdflib.URIRef(name.value))
        graphs[name].add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return found
