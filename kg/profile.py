"""What the graph knows about somebody or something, each fact with its quote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import pyoxigraph as ox

from kg.decisions import verdicts
from kg.disputes import Dispute, disputes
from kg.independence import Corroboration, corroboration, coverage
from kg.ontology import Ontology
from kg.rdf import statement_of, statement_order
from kg.rdf import vocabulary as v
from kg.records import Statement
from kg.store import Store
from kg.store.called import called
from kg.telling import sentence

_Fact = TypeVar("_Fact", "Office", "Finding")

ROLES = ("agent", "target", "about", "where", "attributedTo", "reportedBy")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Source:
    """The article that a fact was read in; fields are empty where unknown."""

    published: str
    outlet: str
    title: str
    id: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A position as an article states it; `of` is the name of the body, or empty."""

    title: str
    of: str
    quote: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A statement in which the entity has a role.

    Attributes:
        roles: how the entity takes part: agent, target, about, where, attributedTo, reportedBy.
        statement: the statement with its speakers, modality and polarity.
        sentence: the statement in words.
        quote: the words of the article.
        source: the article.
        told: who tells the act in this modality and polarity, here and elsewhere; None while it
            is not known which act that is.
        disputes: what other places say against it.
        decided: who decided that the article says so, and why, where it was not read in it.
    """

    roles: tuple[str, ...]
    statement: Statement
    sentence: str
    quote: str
    source: Source
    told: Corroboration | None
    disputes: tuple[Dispute, ...] = ()
    decided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known about one entity.

    Attributes:
        id: identifier relative to the store's base.
        iri: the entity's IRI.
        name: preferred name, the commonest one where articles differ.
        kinds: most specific classes that articles give it, sorted.
        aliases: other names, sorted.
        wikidata: Wikidata item, or empty.
        articles: identifiers of the articles that name it, sorted.
        coverage: whose accounts these are.
        offices: positions, newest article first.
        decided: what persons decided on it, each with who and why.
        findings: statements, newest article first and in order of place within an article.
    """

    id: str
    iri: str
    name: str
    kinds: tuple[str, ...]
    aliases: tuple[str, ...]
    wikidata: str
    articles: tuple[str, ...]
    coverage: Corroboration
    offices: tuple[Office, ...]
    decided: tuple[str, ...]
    findings: tuple[Finding, ...]


def about(store: Store, name: str, *, ontology: Ontology) -> tuple[Profile, ...]:
    """Return what is known about the entities called `name`.

    See `kg.store.called.called` for what a name means and for the order. Nothing found gives an
    empty tuple.
    """
    reader = _Reader(store, ontology)
    return tuple(reader.profile(node) for node in called(store, name))


class _Reader:
    """Reads profiles, each article and relation once."""

    def __init__(self, store: Store, ontology: Ontology) -> None:
        self.store = store
        self.ontology = ontology
        self.sources: dict[ox.NamedNode, Source] = {}

    def profile(self, node: ox.NamedNode) -> Profile:
        store = self.store
        identifier = store.names.identifier(node)
        graphs = {q.graph_name for q in store.match(node, v.TYPE, v.term("Entity"))}
        preferred = [q.object.value for q in store.match(node, v.PREF_LABEL)]
        name = max(sorted(set(preferred)), key=preferred.count, default=identifier)
        others = {q.object.value for q in store.match(node, v.ALT_LABEL)} | set(preferred)
        items = sorted(q.object.value for q in store.match(node, v.SAME_AS))
        articles = sorted(store.names.identifier(g).removeprefix("article/") for g in graphs)
        return Profile(
            id=identifier,
            iri=node.value,
            name=name,
            kinds=tuple(sorted({self._kind(node, graph) for graph in graphs} - {""})),
            aliases=tuple(sorted(others - {name})),
            wikidata=items[0].removeprefix(v.WIKIDATA) if items else "",
            articles=tuple(articles),
            coverage=coverage(store, articles),
            decided=verdicts(store, node, v.INFLUENCED_BY),
            offices=_newest_first(sorted(self._offices(node), key=_place)),
            findings=_newest_first(sorted(self._findings(node), key=_reading_order)),
        )

    def _kind(self, node: ox.NamedNode, graph: ox.NamedNode) -> str:
        kinds = {v.local(q.object) for q in self.store.match(node, v.TYPE, None, graph)} - {""}
        found = (k for k in sorted(kinds) if kinds <= set(self.ontology.superclasses(k)))
        return next(found, "")

    def _source(self, graph: ox.NamedNode) -> Source:
        if graph not in self.sources:
            self.sources[graph] = Source(
                published=self._text(graph, v.DATE_PUBLISHED, graph),
                outlet=self._text(graph, v.term("outlet"), graph),
                title=self._text(graph, v.HEADLINE, graph),
                id=self.store.names.identifier(graph).removeprefix("article/"),
                url=self._text(graph, v.URL, graph),
            )
        return self.sources[graph]

    def _text(self, node: ox.NamedNode, predicate: ox.NamedNode, graph: ox.NamedNode) -> str:
        found = self.store.match(node, predicate, None, graph)
        return next((quad.object.value for quad in found), "")

    def _offices(self, node: ox.NamedNode) -> Iterator[Office]:
        for quad in self.store.match(None, v.MEMBER, node):
            graph = quad.graph_name
            bodies = self.store.match(quad.subject, v.ORGANIZATION, None, graph)
            names = (
                self._text(body, v.PREF_LABEL, graph) for body in v.nodes(b.object for b in bodies)
            )
            yield Office(
                title=self._text(quad.subject, v.term("title"), graph),
                of=next(names, ""),
                quote=self._text(quad.subject, v.term("quote"), graph),
                source=self._source(graph),
            )

    def _findings(self, node: ox.NamedNode) -> Iterator[Finding]:
        """Return every statement in which the entity has a role."""
        roles: dict[tuple[ox.NamedNode, ox.NamedNode], set[str]] = defaultdict(set)
        for role in ROLES:
            for quad in self.store.match(None, v.term(role), node):
                roles[quad.graph_name, quad.subject].add(role)
        told: dict[tuple[str, str, str], Corroboration] = {}
        against = disputes(self.store, (subject for _, subject in roles))
        for (graph, subject), found in roles.items():
            statement = statement_of(
                subject,
                self._around(graph, subject),
                ontology=self.ontology,
                base=self.store.base,
            )
            act = next(self.store.match(subject, v.term("act"), None, self.store.names.acts), None)
            key = act.object.value if act else "", statement.modality, statement.polarity
            if act and key not in told:
                told[key] = corroboration(self.store, ox.NamedNode(key[0]), *key[1:])
            yield Finding(
                roles=tuple(role for role in ROLES if role in found),
                statement=statement,
                sentence=sentence(statement, self.ontology),
                quote=self._text(subject, v.term("quote"), graph),
                source=self._source(graph),
                told=told.get(key),
                disputes=against.get(subject.value, ()),
                decided=verdicts(self.store, subject, v.GENERATED_BY),
            )

    def _around(self, graph: ox.NamedNode, *nodes: ox.NamedNode) -> list[v.Quad]:
        """Return the quads of nodes and of what they name, two steps far."""
        quads: list[v.Quad] = []
        seen: set[ox.NamedNode] = {graph}
        level = set(nodes)
        for _ in range(3):
            found = [q for node in level for q in self.store.match(node, None, None, graph)]
            quads.extend(found)
            seen |= level
            level = set(v.nodes(q.object for q in found)) - seen
        return quads


def _place(office: Office) -> tuple[str, str, str, str]:
    return office.source.id, office.title, office.of, office.quote


def _reading_order(finding: Finding) -> tuple[object, ...]:
    return finding.source.id, *statement_order(finding.statement)


def _newest_first(facts: list[_Fact]) -> tuple[_Fact, ...]:
    """Return facts sorted by date of their article; the order within a date is kept."""
    return tuple(sorted(facts, key=lambda fact: fact.source.published, reverse=True))
