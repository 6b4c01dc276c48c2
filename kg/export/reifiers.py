"""The reifiers of RDF 1.2 that the option `rdf12` adds to an export."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg import ontology as ontologies
from kg.rdf import reifier_quads
from kg.rdf import vocabulary as v
from kg.store import Store


def reifiers(
    store: Store, options: Mapping[str, object], graph: ox.NamedNode | None = None
) -> Iterable[v.Quad]:
    """Yield the reifiers of all articles, or of the article with this graph.

    Without the option `rdf12` there are none.
    """
    if not options.get("rdf12"):
        return
    ontology = ontologies.load()
    for article in store.articles():
        node = store.names.article(article)
        if graph is None or graph == node:
            quads = store.match(graph=node)
            yield from reifier_quads(article, quads, ontology=ontology, base=store.base)
