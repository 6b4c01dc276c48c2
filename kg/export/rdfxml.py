"""RDF/XML: all graphs merged, as older tools read it."""

from __future__ import annotations

import pyoxigraph as ox

from kg.export.files import Target, opened
from kg.export.xml import fit
from kg.rdf import vocabulary as v
from kg.store import Store


def write(store: Store, target: Target, **options: object) -> None:
    """Write the triples as RDF/XML; characters that XML forbids become U+FFFD."""
    triples = {ox.Triple(q.subject, q.predicate, _fit(q.object)) for q in store.match()}
    content = ox.serialize(
        sorted(triples, key=str), format=ox.RdfFormat.RDF_XML, prefixes=dict(v.PREFIXES)
    )
    with opened(target) as stream:
        stream.write((content or b"").decode())
        stream.write("\n")


def _fit(term: ox.NamedNode | ox.Literal) -> ox.NamedNode | ox.Literal:
    if not isinstance(term, ox.Literal) or fit(term.value) == term.value:
        return term
    if term.language:
        return ox.Literal(fit(term.value), language=term.language)
    return ox.Literal(fit(term.value), datatype=term.datatype)
