"""RDF 1.2: the links that statements make, each reified by the statement that makes it."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg import iris
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.rdf.links import linked
from kg.rdf.reading import told

REIFIES = ox.NamedNode(v.RDF + "reifies")


def reifier_quads(
    article: str,
    quads: Iterable[v.Quad],
    *,
    ontology: Ontology,
    base: str = iris.DEFAULT_BASE,
) -> list[v.Quad]:
    """Return what the statements of one article reify, sorted, in the article's graph.

    A triple that is reified is not asserted: planned, denied and attributed acts are among them.
    Their modality, polarity and speakers stand on the statement, the reifier.

    Args:
        article: identifier of the article.
        quads: the graph of the article.
        ontology: says which roles a relation links.
        base: IRI before every identifier.
    """
    names = v.Names(base)
    found = [
        v.quad(
            node,
            REIFIES,
            ox.Triple(names.node(agent), v.term(link), names.node(other)),
            names.article(article),
        )
        for node, statement in told(article, quads, ontology=ontology, base=base)
        for agent, link, other in linked(statement, ontology)
    ]
    return sorted(found, key=str)
