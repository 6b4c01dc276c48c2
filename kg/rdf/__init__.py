"""Convert records (articles, extractions) to RDF quads and back.

Every node has an IRI made from its content, so that graphs merge by set union and the same articles
give the same quads. There are no blank nodes.
"""

from __future__ import annotations

from kg.rdf.acts import PLACE as ACT_PLACE
from kg.rdf.acts import key_quads as key_quads
from kg.rdf.links import link_quads as link_quads
from kg.rdf.links import linked as linked
from kg.rdf.ordering import canonical as canonical
from kg.rdf.ordering import names_in as names_in
from kg.rdf.ordering import statement_order as statement_order
from kg.rdf.reading import extraction_of as extraction_of
from kg.rdf.reading import statement_of as statement_of
from kg.rdf.reification import reifier_quads as reifier_quads
from kg.rdf.writing import article_graph as article_graph
from kg.rdf.writing import article_quads as article_quads
from kg.rdf.writing import background_quads as background_quads
from kg.rdf.writing import term_quads as term_quads

__all__ = [
    "ACT_PLACE",
    "article_graph",
    "article_quads",
    "background_quads",
    "canonical",
    "extraction_of",
    "key_quads",
    "link_quads",
    "linked",
    "names_in",
    "reifier_quads",
    "statement_of",
    "statement_order",
    "term_quads",
]
