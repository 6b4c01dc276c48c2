"""What the graph knows about somebody or something, each fact with its quote."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

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

Told = tuple[ox.NamedNode, ox.NamedNode]
"""The graph of an article and a statement in it."""

_PLACE = re.compile(r"/(\d+)-(\d+)-[0-9a-f]+$")  # at the end of a statement's identifier
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
        statements: number of statements in which the entity has a role.
        findings: these, or a part of them, newest article first and in order of place within an
            article.
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
    statements: int
    findings: tuple[Finding, ...]


def about(
    store: Store, name: str, *, ontology: Ontology, first: int = 0, most: int | None = None
) -> tuple[Profile, ...]:
    """Return what is known about the entities called `name`.

    See `kg.store.called.called` for what a name means and for the order. Nothing found gives an
    empty tuple. What it costs grows with the findings that are asked for.

    Args:
        store: where to look.
        name: a name or an identifier.
        ontology: classes and relations.
        first: number of findings to pass over.
        most: how many findings to return; None for all.
    """
    reader = _Reader(store, ontology)
    return tuple(reader.profile(node, first, most) for node in called(store, name))


def nearest(
    store: Store, name: str, *, ontology: Ontology, first: int = 0, most: int | None = None
) -> tuple[Profile | None, tuple[tuple[str, str], ...]]:
    """Return what is known of the first entity called `name`, and names and identifiers of others.

    See `about`.
    """
    reader = _Reader(store, ontology)
    found = called(store, name)
    profile = reader.profile(found[0], first, most) if found else None
    others = tuple((reader.name(node), store.names.identifier(node)) for node in found[1:])
    return profile, others


class _Reader:
    """Reads profiles, each article and relation once."""

    def __init__(self, store: Store, ontology: Ontology) -> None:
        self.store = store
        self.ontology = ontology
        self.sources: dict[ox.NamedNode, Source] = {}

    def name(self, node: ox.NamedNode) -> str:
        """Return the preferred name, the commonest one where articles differ."""
        preferred = Counter(q.object.value for q in self.store.match(node, v.PREF_LABEL))
        found = min(preferred.items(), key=lambda pair: (-pair[1], pair[0]), default=None)
        return found[0] if found else self.store.names.identifier(node)

    def profile(self, node: ox.NamedNode, first: int, most: int | None) -> Profile:
        """Return what is known of an entity, with some of its findings."""
        store = self.store
        identifier = store.names.identifier(node)
        graphs = {q.graph_name for q in store.match(node, v.TYPE, v.term("Entity"))}
        name = self.name(node)
        others = {
            quad.object.value
            for predicate in (v.PREF_LABEL, v.ALT_LABEL)
            for quad in store.match(node, predicate)
        }
        items = sorted(q.object.value for q in store.match(node, v.SAME_AS))
        articles = sorted(store.names.identifier(g).removeprefix("article/") for g in graphs)
        roles = self._roles(node)
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
            statements=len(roles),
            findings=tuple(self._findings(self._chosen(roles, first, most))),
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

    def _roles(self, node: ox.NamedNode) -> dict[Told, set[str]]:
        """Return the statements in which the entity has a role, with its roles."""
        roles: dict[Told, set[str]] = defaultdict(set)
        for role in ROLES:
            for quad in self.store.match(None, v.term(role), node):
                roles[quad.graph_name, quad.subject].add(role)
        return roles

    def _chosen(
        self, roles: Mapping[Told, set[str]], first: int, most: int | None
    ) -> Iterator[tuple[Told, Statement, set[str]]]:
        """Yield a part of the statements, in order; no others are read.

        Where a statement stands is told by its identifier, so that those of other pages need not be
        read; only those of one place have to be, to tell which comes first.
        """
        places = sorted(roles, key=self._place)
        places.sort(key=lambda told: self._source(told[0]).published, reverse=True)
        last = len(places) if most is None else first + most
        start = 0
        for _, same in groupby(places, key=self._place):
            group = list(same)
            if start < last and start + len(group) > first:
                read = [(told, self._statement(told), roles[told]) for told in group]
                read.sort(key=lambda found: statement_order(found[1]))
                yield from read[max(0, first - start) : last - start]
            start += len(group)

    def _place(self, told: Told) -> tuple[str, int, int]:
        """Return article, start and end of a statement."""
        place = _PLACE.search(told[1].value)
        start, end = map(int, place.groups()) if place else (0, 0)
        return told[0].value, start, end

    def _statement(self, told: Told) -> Statement:
        graph, subject = told
        quads = self._around(graph, subject)
        return statement_of(subject, quads, ontology=self.ontology, base=self.store.base)

    def _findings(self, chosen: Iterable[tuple[Told, Statement, set[str]]]) -> Iterator[Finding]:
        """Return statements with all that is known of them."""
        accounts: dict[tuple[str, str, str], Corroboration] = {}
        for (graph, subject), statement, roles in chosen:
            act = next(self.store.match(subject, v.term("act"), None, self.store.names.acts), None)
            key = act.object.value if act else "", statement.modality, statement.polarity
            if act and key not in accounts:
                accounts[key] = corroboration(self.store, ox.NamedNode(key[0]), *key[1:])
            yield Finding(
                roles=tuple(role for role in ROLES if role in roles),
                statement=statement,
                sentence=sentence(statement, self.ontology),
                quote=self._text(subject, v.term("quote"), graph),
                source=self._source(graph),
                told=accounts.get(key),
                disputes=disputes(self.store, [subject]).get(subject.value, ()),
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


def _newest_first(facts: list[Office]) -> tuple[Office, ...]:
    """Return facts sorted by date of their article; the order within a date is kept."""
    return tuple(sorted(facts, key=lambda fact: fact.source.published, reverse=True))
