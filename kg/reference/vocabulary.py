"""Merges the files of the ontology into one RDF graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import iris, resources
from kg.errors import OntologyError
from kg.ontology.phrasing import SLOTS
from kg.rdf import vocabulary as v

if TYPE_CHECKING:
    import rdflib

_FILES = ("kg.ttl", "lexicon.ttl", "others.ttl", "plover.ttl")
_HOW_ENGLISH_SAYS_IT = {
    iris.LEXICON + name for name in ("frame", "example", "nonExample", "matter", *SLOTS)
}
_OURS = (iris.ONTOLOGY, iris.LEXICON)
_DEFINED_BY = ox.NamedNode(v.RDFS + "isDefinedBy")
PREFIXES = {
    **v.PREFIXES,
    "dcterms": "http://purl.org/dc/terms/",
    "lex": iris.LEXICON,
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "oa": "http://www.w3.org/ns/oa#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sh": "http://www.w3.org/ns/shacl#",
    "shapes": "https://w3id.org/newskg/shapes#",
    "vann": "http://purl.org/vocab/vann/",
}

Triple = tuple[object, ox.NamedNode, object]


def merged(directory: Path | None = None) -> list[Triple]:
    """Return the triples of the ontology, its relations, PLOVER, and used terms of others.

    The frames, examples and patterns of cards are left out, since they describe English rather than
    the relation. Each term of our own has `rdfs:isDefinedBy`.

    Raises:
        OntologyError: a file is missing or broken.
    """
    folder = directory or resources.ontology_dir()
    files = [folder / name for name in _FILES]
    files += sorted((folder / "relations").glob("*.ttl"))
    triples = {triple for path in files for triple in _terms(path)}
    for subject in {s for s, p, _ in triples if p == v.TYPE and isinstance(s, ox.NamedNode)}:
        space, mark, _ = subject.value.partition("#")
        if space + mark in _OURS:
            triples.add((subject, _DEFINED_BY, ox.NamedNode(space)))
    return sorted(triples, key=str)


def shapes(directory: Path | None = None) -> list[Triple]:
    """Return the SHACL shapes.

    Raises:
        OntologyError: the file is missing or broken.
    """
    path = (directory or resources.ontology_dir()) / "shapes.ttl"
    return sorted(set(_triples(path)), key=str)


def turtle(triples: Iterable[Triple]) -> str:
    """Return triples as Turtle, with blank nodes and lists nested."""
    return f"{graph(triples).serialize(format='turtle').rstrip()}\n"


def serialized(triples: Iterable[Triple], form: ox.RdfFormat) -> str:
    """Return triples in another RDF format, serialised by pyoxigraph."""
    quads = (ox.Triple(*triple) for triple in triples)  # type: ignore[arg-type]
    prefixes = PREFIXES if form.supports_datasets or form == ox.RdfFormat.RDF_XML else {}
    text: bytes = ox.serialize(quads, format=form, prefixes=prefixes)  # type: ignore[assignment]
    return f"{text.decode().rstrip()}\n"


def _triples(path: Path) -> Iterator[Triple]:
    """Yield the triples of a file; blank nodes are named by file and order of appearance."""
    known: dict[ox.BlankNode, ox.BlankNode] = {}

    def named(term: object) -> object:
        if not isinstance(term, ox.BlankNode):
            return term
        return known.setdefault(term, ox.BlankNode(f"{path.stem}{len(known) + 1:04}"))

    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            yield named(quad.subject), quad.predicate, named(quad.object)
    except (SyntaxError, ValueError, OSError) as error:
        raise OntologyError(str(error), where=path, hint="mend the Turtle") from error


def _terms(path: Path) -> Iterator[Triple]:
    """Yield the triples of a file about terms, without frames, examples and patterns."""
    triples = list(_triples(path))
    dropped = {o for _, p, o in triples if p.value in _HOW_ENGLISH_SAYS_IT}
    for subject, predicate, value in triples:
        if subject not in dropped and predicate.value not in _HOW_ENGLISH_SAYS_IT:
            yield subject, predicate, value


def graph(triples: Iterable[Triple]) -> rdflib.Graph:
    """Return triples as an rdflib graph."""
    import rdflib

    found = rdflib.Graph(bind_namespaces="none")
    for prefix, space in sorted(PREFIXES.items()):
        found.bind(prefix, space)
    for triple in triples:
        found.add(tuple(map(_term, triple)))  # type: ignore[arg-type]
    return found


def _term(term: object) -> rdflib.term.Node:
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    assert isinstance(term, ox.Literal)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype.value == v.XSD + "string":
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
