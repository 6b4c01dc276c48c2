"""RDF 1.2 reification: the links that a statement would give, with the statement as reifier."""

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
    """Return the `rdf:reifies` quads of one article's statements, sorted, in the article's graph.

    A reified triple is not asserted: planned, denied and attributed acts are among them. Modality,
    polarity and speakers belong to the statement, the reifier.

    Args:
        article: identifier of the article.
        quads: the graph of the article.
        ontology: says which roles a relation links.
        base: IRI prefix of all identifiers.
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
