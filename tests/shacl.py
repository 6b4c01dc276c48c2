"""Graphs as an independent SHACL processor takes them, and what it finds in them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import example
import pyoxigraph as ox
import rdflib

from kg import iris, rdf, resources
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.rdf.acts import UNSETTLED, act_quads
from kg.records import Extraction
from kg.telling.acts import Account, comparable, telling
from kg.telling.joining import joined

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


def unit(extraction: Extraction, ontology: Ontology) -> list[v.Quad]:
    """Return the graph of an article and its plain links."""
    quads = rdf.article_quads(
        extraction, ontology=ontology, gazetteer=example.gazetteer(), pipeline="test-1"
    )
    return quads + rdf.link_quads(extraction, ontology=ontology)


def acts(extraction: Extraction, ontology: Ontology) -> list[v.Quad]:
    """Return which acts an article tells, as a store has them that has no other article."""
    told = [telling(s, extraction.article, ontology) for s in extraction.statements]
    keys = {one.key for one in told} - {""}
    joint = [
        act
        for key in sorted(keys)
        for act in joined([one for one in told if one.key == key], ontology.window)
    ]
    accounts = {article: Account() for act in joint for article in comparable(act)}
    pending = rdf.key_quads(extraction, ontology=ontology)
    return [q for q in pending if q.predicate != UNSETTLED] + act_quads(joint, accounts)


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> rdflib.term.Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    kind = rdflib.URIRef(term.datatype.value)
    # What is ill-formed shall stay so: no lexical form is mended on the way.
    return rdflib.Literal(term.value, datatype=None if kind == rdflib.XSD.string else kind)


def graph(quads: Iterable[v.Quad]) -> rdflib.Graph:
    """Return quads as one graph of rdflib."""
    found = rdflib.Graph()
    for quad in quads:
        found.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return found


@cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(resources.ontology_dir() / "shapes.ttl")


def rebased(quads: Iterable[v.Quad], number: int) -> list[v.Quad]:
    """Return a copy of quads whose data lies under a base of its own."""

    def moved(term: ox.NamedNode | ox.Literal) -> ox.NamedNode | ox.Literal:
        if isinstance(term, ox.NamedNode) and term.value.startswith(iris.DEFAULT_BASE):
            rest = term.value.removeprefix(iris.DEFAULT_BASE)
            return ox.NamedNode(f"{iris.DEFAULT_BASE}{number}/{rest}")
        if isinstance(term, ox.BlankNode):
            return ox.BlankNode(f"{term.value}{number}")
        return term

    return [
        v.quad(moved(q.subject), q.predicate, moved(q.object), moved(q.graph_name))  # type: ignore[arg-type]
        for q in quads
    ]


def second_opinion(quads: Iterable[v.Quad], ontology: Ontology) -> set[tuple[str, str]]:
    """Return what pySHACL finds wrong with graphs of articles: the node and what must hold.

    The node is the solution of a SPARQL-based constraint, or else the focus node.
    """
    import pyshacl

    data = graph([*quads, *rdf.term_quads(ontology)])
    _, report, _ = pyshacl.validate(data, shacl_graph=_shapes(), inference="none", inplace=True)
    found = set()
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        component = report.value(result, SH.sourceConstraintComponent)
        node = report.value(result, SH.focusNode)
        if component == SH.SPARQLConstraintComponent:
            node = report.value(result, SH.value)
        (message,) = report.objects(result, SH.resultMessage)
        found.add((str(node), str(message)))
    return found
