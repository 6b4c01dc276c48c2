"""Namespaces, the terms that are written, and literals in their canonical form."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol, cast
from urllib.parse import unquote

import pyoxigraph as ox

from kg import iris
from kg.iris import storable as storable
from kg.records.edtf import bounds as bounds

KG = iris.ONTOLOGY
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
FOAF = "http://xmlns.com/foaf/0.1/"
PROV = "http://www.w3.org/ns/prov#"
ORG = "http://www.w3.org/ns/org#"
EDTF = "http://id.loc.gov/datatypes/edtf/"
PLOVER = "https://w3id.org/newskg/plover#"
WIKIDATA = "http://www.wikidata.org/entity/"

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "edtf": EDTF,
        "foaf": FOAF,
        "kg": KG,
        "org": ORG,
        "owl": OWL,
        "plover": PLOVER,
        "prov": PROV,
        "rdf": RDF,
        "rdfs": RDFS,
        "schema": SCHEMA,
        "skos": SKOS,
        "wd": WIKIDATA,
        "xsd": XSD,
    }
)

TYPE = ox.NamedNode(RDF + "type")
LABEL = ox.NamedNode(RDFS + "label")
COMMENT = ox.NamedNode(RDFS + "comment")
SUB_CLASS_OF = ox.NamedNode(RDFS + "subClassOf")
PREF_LABEL = ox.NamedNode(SKOS + "prefLabel")
ALT_LABEL = ox.NamedNode(SKOS + "altLabel")
DEFINITION = ox.NamedNode(SKOS + "definition")
SAME_AS = ox.NamedNode(OWL + "sameAs")
DIFFERENT_FROM = ox.NamedNode(OWL + "differentFrom")
OWL_CLASS = ox.NamedNode(OWL + "Class")
OBJECT_PROPERTY = ox.NamedNode(OWL + "ObjectProperty")

NEWS_ARTICLE = ox.NamedNode(SCHEMA + "NewsArticle")
HEADLINE = ox.NamedNode(SCHEMA + "headline")
PUBLISHER = ox.NamedNode(SCHEMA + "publisher")
DATE_PUBLISHED = ox.NamedNode(SCHEMA + "datePublished")
LANGUAGE = ox.NamedNode(SCHEMA + "inLanguage")
URL = ox.NamedNode(SCHEMA + "url")

MEMBERSHIP = ox.NamedNode(ORG + "Membership")
MEMBER = ox.NamedNode(ORG + "member")
ORGANIZATION = ox.NamedNode(ORG + "organization")
ROLE = ox.NamedNode(ORG + "role")
ROLE_CLASS = ox.NamedNode(ORG + "Role")

ACTIVITY = ox.NamedNode(PROV + "Activity")
ATTRIBUTION = ox.NamedNode(PROV + "Attribution")
QUALIFIED_ATTRIBUTION = ox.NamedNode(PROV + "qualifiedAttribution")
PROV_AGENT = ox.NamedNode(PROV + "agent")
AGENT = ox.NamedNode(PROV + "Agent")
ASSOCIATED_WITH = ox.NamedNode(PROV + "wasAssociatedWith")
GENERATED_BY = ox.NamedNode(PROV + "wasGeneratedBy")
INVALIDATED_BY = ox.NamedNode(PROV + "wasInvalidatedBy")
INFLUENCED_BY = ox.NamedNode(PROV + "wasInfluencedBy")
REVISION_OF = ox.NamedNode(PROV + "wasRevisionOf")
ALTERNATE_OF = ox.NamedNode(PROV + "alternateOf")

BACKGROUND = "graph/background"
TERMS = "graph/terms"
LINKS = "graph/links/"
ACTS = "graph/acts"
SOURCES = "graph/sources"
DECISIONS = "graph/decisions"

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DECIMALS = 6


class Quad(Protocol):
    """A quad as we write them: no blank nodes, nothing in the default graph."""

    @property
    def subject(self) -> ox.NamedNode:
        """What the quad is about."""

    @property
    def predicate(self) -> ox.NamedNode:
        """The property."""

    @property
    def object(self) -> ox.NamedNode | ox.Literal:
        """The value."""

    @property
    def graph_name(self) -> ox.NamedNode:
        """The graph that states it."""

    @property
    def triple(self) -> ox.Triple:
        """The quad without its graph."""

    def __hash__(self) -> int:
        """Return the hash of the four terms."""


def quad(
    subject: ox.NamedNode,
    predicate: ox.NamedNode,
    value: ox.NamedNode | ox.Literal | ox.Triple,
    graph: ox.NamedNode,
) -> Quad:
    """Return a quad."""
    return cast(Quad, ox.Quad(subject, predicate, value, graph))


def nodes(values: Iterable[ox.NamedNode | ox.Literal]) -> Iterator[ox.NamedNode]:
    """Return those of the values that are nodes."""
    return (value for value in values if isinstance(value, ox.NamedNode))


@lru_cache(maxsize=1024)  # some hundred terms, asked for with every quad
def term(name: str) -> ox.NamedNode:
    """Return the term of our own ontology with local name `name`."""
    return ox.NamedNode(KG + name)


def local(node: object) -> str:
    """Return the local name of a term of our own ontology, or "" for anything else."""
    value = node.value if isinstance(node, ox.NamedNode) else ""
    return value.removeprefix(KG) if value.startswith(KG) else ""


class Names:
    """IRIs under one base, there and back."""

    def __init__(self, base: str = iris.DEFAULT_BASE) -> None:
        self.base = base

    def node(self, identifier: str) -> ox.NamedNode:
        """Return the node of a relative identifier."""
        return ox.NamedNode(iris.iri(identifier, self.base))

    def identifier(self, node: object) -> str:
        """Return the relative identifier of a node under the base, or "" for any other node."""
        value = node.value if isinstance(node, ox.NamedNode) else ""
        return unquote(value.removeprefix(self.base)) if value.startswith(self.base) else ""

    def article(self, article: str) -> ox.NamedNode:
        """Return the node of an article, which is also the name of its graph."""
        return self.node(f"article/{article}")

    def links(self, article: str) -> ox.NamedNode:
        """Return the graph of the plain links that an article supports."""
        return self.node(LINKS + article)

    @property
    def acts(self) -> ox.NamedNode:
        """The graph that tells which statements are of one act."""
        return self.node(ACTS)

    def telling(self, statement: ox.NamedNode) -> ox.NamedNode:
        """Return the node of the article in which a statement was read."""
        middle = self.identifier(statement).removeprefix("statement/").rpartition("/")[0]
        return self.article(middle)

    @property
    def background(self) -> ox.NamedNode:
        """The graph of what the gazetteer knows about the entities in use."""
        return self.node(BACKGROUND)

    @property
    def sources(self) -> ox.NamedNode:
        """The graph that tells whose account each article is, reprints by their originals."""
        return self.node(SOURCES)

    @property
    def decisions(self) -> ox.NamedNode:
        """The graph of what persons decided."""
        return self.node(DECISIONS)

    def decided(self, article: str) -> ox.NamedNode:
        """Return the graph of what decisions changed in an article, and how to take it back."""
        return self.node(f"{DECISIONS}/{article}")

    @property
    def terms(self) -> ox.NamedNode:
        """The graph with the labels of classes and relations."""
        return self.node(TERMS)


def plain(value: str) -> ox.Literal:
    """Return an `xsd:string`."""
    return ox.Literal(storable(value))


def text(value: str, language: str) -> ox.Literal:
    """Return a language-tagged string; a tag that is not well formed becomes `und`."""
    tag = language.lower() if _LANGUAGE_TAG.fullmatch(language) else "und"
    try:
        return ox.Literal(storable(value), language=tag)
    except ValueError:  # well formed by its letters only, such as a first subtag of one letter
        return ox.Literal(storable(value), language="und")


def integer(value: int) -> ox.Literal:
    """Return an `xsd:integer`."""
    return ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer"))


def boolean(value: bool) -> ox.Literal:
    """Return an `xsd:boolean`."""
    return ox.Literal(str(value).lower(), datatype=ox.NamedNode(XSD + "boolean"))


def decimal(value: float) -> ox.Literal:
    """Return an `xsd:decimal` rounded to six places, without trailing zeros."""
    digits = format(round(Decimal(repr(value)), _DECIMALS), "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return ox.Literal(digits, datatype=ox.NamedNode(XSD + "decimal"))


def fraction(value: ox.NamedNode | ox.Literal) -> float | None:
    """Return what `decimal` wrote, where it is a number from 0 to 1."""
    try:
        number = Decimal(value.value) if isinstance(value, ox.Literal) else Decimal("NaN")
    except InvalidOperation:
        return None
    return float(number) if number.is_finite() and 0 <= number <= 1 else None


def day(value: datetime.date) -> ox.Literal:
    """Return an `xsd:date`."""
    return ox.Literal(value.isoformat(), datatype=ox.NamedNode(XSD + "date"))


def edtf(value: str) -> ox.Literal:
    """Return a date of the Extended Date/Time Format (ISO 8601-2)."""
    return ox.Literal(storable(value), datatype=ox.NamedNode(EDTF + "EDTF"))


def any_uri(value: str) -> ox.Literal:
    """Return an `xsd:anyURI`; a literal, because what an article gives need not be an IRI."""
    return ox.Literal(storable(value), datatype=ox.NamedNode(XSD + "anyURI"))


def date(value: str) -> ox.Literal:
    """Return `value` as `xsd:date` where it names a real day, else as EDTF."""
    if _DAY.fullmatch(value):
        try:
            return day(datetime.date.fromisoformat(value))
        except ValueError:
            return edtf(value)
    return edtf(value)
