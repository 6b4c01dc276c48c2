"""Namespaces, IRIs, names of graphs, and literals in canonical form."""

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
from kg.iris import OWL as OWL
from kg.iris import RDF as RDF
from kg.iris import RDFS as RDFS
from kg.iris import SKOS as SKOS
from kg.iris import storable as storable
from kg.records.edtf import bounds as bounds

KG = iris.ONTOLOGY
XSD = "http://www.w3.org/2001/XMLSchema#"
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
_DECIMALS = 6  # decimal places of stored numbers: chosen, not measured


class Quad(Protocol):
    """A quad of a named graph without blank nodes."""

    @property
    def subject(self) -> ox.NamedNode:
        """The subject."""

    @property
    def predicate(self) -> ox.NamedNode:
        """The predicate."""

    @property
    def object(self) -> ox.NamedNode | ox.Literal:
        """The object."""

    @property
    def graph_name(self) -> ox.NamedNode:
        """The named graph."""

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
    """Return the IRIs among the values."""
    return (value for value in values if isinstance(value, ox.NamedNode))


@lru_cache(maxsize=1024)  # the ontology has some hundred terms; called for every quad
def term(name: str) -> ox.NamedNode:
    """Return the term of our ontology with this local name."""
    return ox.NamedNode(KG + name)


def local(node: object) -> str:
    """Return the local name of a term of our ontology; empty for anything else."""
    value = node.value if isinstance(node, ox.NamedNode) else ""
    return value.removeprefix(KG) if value.startswith(KG) else ""


class Names:
    """IRIs below one base: identifiers to nodes and back, and names of graphs."""

    def __init__(self, base: str = iris.DEFAULT_BASE) -> None:
        self.base = base

    def node(self, identifier: str) -> ox.NamedNode:
        """Return the node of an identifier, which is relative to the base."""
        return ox.NamedNode(iris.iri(identifier, self.base))

    def identifier(self, node: object) -> str:
        """Return the identifier of a node below the base; empty for any other node."""
        value = node.value if isinstance(node, ox.NamedNode) else ""
        return unquote(value.removeprefix(self.base)) if value.startswith(self.base) else ""

    def article(self, article: str) -> ox.NamedNode:
        """Return the node of an article, which is also the name of its graph."""
        return self.node(f"article/{article}")

    def links(self, article: str) -> ox.NamedNode:
        """Return the graph of an article's plain links."""
        return self.node(LINKS + article)

    @property
    def acts(self) -> ox.NamedNode:
        """The graph of acts: which statements report the same act."""
        return self.node(ACTS)

    def telling(self, statement: ox.NamedNode) -> ox.NamedNode:
        """Return the node of the article that a statement belongs to."""
        middle = self.identifier(statement).removeprefix("statement/").rpartition("/")[0]
        return self.article(middle)

    @property
    def background(self) -> ox.NamedNode:
        """The graph of what the gazetteer knows of the stored entities."""
        return self.node(BACKGROUND)

    @property
    def sources(self) -> ox.NamedNode:
        """The graph of original publishers and reprints."""
        return self.node(SOURCES)

    @property
    def decisions(self) -> ox.NamedNode:
        """The graph of decisions."""
        return self.node(DECISIONS)

    def decided(self, article: str) -> ox.NamedNode:
        """Return the graph of what decisions changed in an article, by which it is undone."""
        return self.node(f"{DECISIONS}/{article}")

    @property
    def terms(self) -> ox.NamedNode:
        """The graph with the labels of classes and relations."""
        return self.node(TERMS)


def plain(value: str) -> ox.Literal:
    """Return an `xsd:string`."""
    return ox.Literal(storable(value))


def text(value: str, language: str) -> ox.Literal:
    """Return a language-tagged string; an invalid tag becomes `und`."""
    tag = language.lower() if _LANGUAGE_TAG.fullmatch(language) else "und"
    try:
        return ox.Literal(storable(value), language=tag)
    except ValueError:  # the tag passed the pattern but is invalid, such as "x"
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
    """Return the number of an `xsd:decimal` literal if it is from 0 to 1, else None."""
    try:
        number = Decimal(value.value) if isinstance(value, ox.Literal) else Decimal("NaN")
    except InvalidOperation:
        return None
    return float(number) if number.is_finite() and 0 <= number <= 1 else None


def day(value: datetime.date) -> ox.Literal:
    """Return an `xsd:date`."""
    return ox.Literal(value.isoformat(), datatype=ox.NamedNode(XSD + "date"))


def edtf(value: str) -> ox.Literal:
    """Return a date in the Extended Date/Time Format (ISO 8601-2)."""
    return ox.Literal(storable(value), datatype=ox.NamedNode(EDTF + "EDTF"))


def any_uri(value: str) -> ox.Literal:
    """Return an `xsd:anyURI` literal; an article's URL need not be a valid IRI."""
    return ox.Literal(storable(value), datatype=ox.NamedNode(XSD + "anyURI"))


def date(value: str) -> ox.Literal:
    """Return `value` as `xsd:date` if it is a valid day, else as EDTF."""
    if _DAY.fullmatch(value):
        try:
            return day(datetime.date.fromisoformat(value))
        except ValueError:
            return edtf(value)
    return edtf(value)
