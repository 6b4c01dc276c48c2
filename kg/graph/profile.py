"""Profiles: the statements and positions of one entity, each with its quote and source."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice

import pyoxigraph as ox

from kg.corroboration.independence import Corroboration, corroboration, coverage
from kg.decisions import verdicts
from kg.graph.disputes import Dispute, disputes
from kg.ontology import Ontology
from kg.rdf import statement_of, statement_order
from kg.rdf import vocabulary as v
from kg.records import Statement
from kg.sandbox.limits import UNLIMITED, Limits, Watch
from kg.store import Store
from kg.store.called import called
from kg.telling.sentences import sentence

Told = tuple[ox.NamedNode, ox.NamedNode]
"""A statement as (graph of its article, its node)."""

_PLACE = re.compile(r"/(\d+)-(\d+)-[0-9a-f]+$")  # START-END-HASH ends a statement's identifier
ROLES = ("agent", "target", "about", "where", "attributedTo", "reportedBy")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Source:
    """The article in which a statement or position was found; unknown fields are empty."""

    published: str
    outlet: str
    title: str
    id: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A position as one article states it; `of` names the organisation or country, or is empty."""

    title: str
    of: str
    quote: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A statement in which the entity has a role.

    Attributes:
        roles: roles of the entity in it: agent, target, about, where, attributedTo, reportedBy.
        statement: the statement with its speakers, modality and polarity.
        sentence: the statement as an English sentence.
        quote: its words in the article.
        source: the article.
        told: how many outlets and articles report the act with this modality and polarity; None
            while the act is not derived.
        disputes: statements that contradict it.
        decided: for a statement that a person added: who decided so and why.
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
        kinds: most specific class in each article, sorted, each once.
        aliases: other names, sorted.
        wikidata: Wikidata item, or empty.
        articles: identifiers of the articles that name it, sorted.
        coverage: outlets and numbers of the articles that name it; see `Corroboration`.
        positions: number of positions that articles give it.
        offices: the positions, or the first of them, newest article first.
        decided: decisions on this entity, each with its author and reason.
        statements: number of statements in which the entity has a role.
        findings: these statements, or a page of them: newest article first, then by position in the
            text.
    """

    id: str
    iri: str
    name: str
    kinds: tuple[str, ...]
    aliases: tuple[str, ...]
    wikidata: str
    articles: tuple[str, ...]
    coverage: Corroboration
    positions: int
    offices: tuple[Office, ...]
    decided: tuple[str, ...]
    statements: int
    findings: tuple[Finding, ...]


def about(
    store: Store,
    name: str,
    *,
    ontology: Ontology,
    first: int = 0,
    most: int | None = None,
    limits: Limits = UNLIMITED,
) -> tuple[tuple[Profile, ...], bool]:
    """Return the profiles of the entities called `name`, and whether no findings were left out.

    `kg.store.called.called` says what a name may be and in which order entities come. The cost
    grows with the number of findings asked for, not with those the entities have.

    Args:
        store: where to look.
        name: a name or an identifier.
        ontology: classes and relations.
        first: number of findings of each entity to skip.
        most: how many findings of each entity to return; None for all.
        limits: time and memory; its `rows` bounds the findings of all entities together.

    Returns:
        The profiles, empty if nothing is called so; and False if `limits` cut findings.

    Raises:
        QueryTimeoutError, QueryMemoryError: it takes more than the limits allow.
    """
    reader = _Reader(store, ontology, limits)
    left, found = limits.rows, []
    complete = True
    for node in called(store, name):
        wanted = most if left is None else left if most is None else min(most, left)
        profile = reader.profile(node, first, wanted)
        found.append(profile)
        rest = max(0, profile.statements - first - len(profile.findings))
        complete &= rest == 0 or len(profile.findings) == most
        left = None if left is None else left - len(profile.findings)
    return tuple(found), complete


def nearest(
    store: Store,
    name: str,
    *,
    ontology: Ontology,
    first: int = 0,
    most: int | None = None,
    offices: int | None = None,
) -> tuple[Profile | None, tuple[tuple[str, str], ...]]:
    """Return the profile of the first entity called `name`, and name and identifier of the others.

    See `about` for the arguments; at most `offices` positions are returned. The profile is None if
    nothing is called so.
    """
    reader = _Reader(store, ontology)
    found = called(store, name)
    profile = reader.profile(found[0], first, most, offices) if found else None
    others = tuple((reader.name(node), store.names.identifier(node)) for node in found[1:])
    return profile, others


class _Reader:
    """Reads profiles; reads each article once and checks its limits before each read."""

    def __init__(self, store: Store, ontology: Ontology, limits: Limits = UNLIMITED) -> None:
        self.store = store
        self.ontology = ontology
        self.watch = Watch(seconds=limits.seconds, megabytes=limits.megabytes)
        self.sources: dict[ox.NamedNode, Source] = {}
        self.dates: dict[ox.NamedNode, str] = {}

    def name(self, node: ox.NamedNode) -> str:
        """Return the preferred name; if articles differ, the most frequent one."""
        return self._named(node, Counter(self._names(node, v.PREF_LABEL)))

    def _named(self, node: ox.NamedNode, preferred: Counter[str]) -> str:
        found = min(preferred.items(), key=lambda pair: (-pair[1], pair[0]), default=None)
        return found[0] if found else self.store.names.identifier(node)

    def _names(self, node: ox.NamedNode, predicate: ox.NamedNode) -> Iterator[str]:
        return (quad.object.value for quad in self.store.match(node, predicate))

    def profile(
        self, node: ox.NamedNode, first: int, most: int | None, offices: int | None = None
    ) -> Profile:
        """Return the profile of an entity with a page of its findings and some of its offices."""
        self.watch.look()
        store = self.store
        identifier = store.names.identifier(node)
        types = self._types(node)
        graphs = [graph for graph, kinds in types.items() if "Entity" in kinds]
        preferred = Counter(self._names(node, v.PREF_LABEL))
        name = self._named(node, preferred)
        others = {*preferred, *self._names(node, v.ALT_LABEL)}
        items = sorted(q.object.value for q in store.match(node, v.SAME_AS))
        articles = sorted(store.names.identifier(g).removeprefix("article/") for g in graphs)
        roles, held = self._roles(node), list(store.match(None, v.MEMBER, node))
        return Profile(
            id=identifier,
            iri=node.value,
            name=name,
            kinds=tuple(sorted({self._kind(k) for k in {types[g] for g in graphs}} - {""})),
            aliases=tuple(sorted(others - {name})),
            wikidata=items[0].removeprefix(v.WIKIDATA) if items else "",
            articles=tuple(articles),
            coverage=coverage(store, articles),
            decided=verdicts(store, node, v.INFLUENCED_BY),
            positions=len(held),
            offices=tuple(islice(self._offices(held), offices)),
            statements=len(roles),
            findings=tuple(self._findings(self._chosen(roles, first, most))),
        )

    def _types(self, node: ox.NamedNode) -> dict[ox.NamedNode, frozenset[str]]:
        """Return the classes of an entity by graph."""
        found: dict[ox.NamedNode, set[str]] = defaultdict(set)
        for quad in self.store.match(node, v.TYPE):
            found[quad.graph_name].add(v.local(quad.object))
        return {graph: frozenset(kinds) for graph, kinds in found.items()}

    def _kind(self, types: frozenset[str]) -> str:
        """Return the most specific of the classes that one article gives, or an empty string."""
        kinds = types - {""}
        found = (k for k in sorted(kinds) if kinds <= set(self.ontology.superclasses(k)))
        return next(found, "")

    def _published(self, graph: ox.NamedNode) -> str:
        if graph not in self.dates:
            self.watch.look()
            self.dates[graph] = self._text(graph, v.DATE_PUBLISHED, graph)
        return self.dates[graph]

    def _source(self, graph: ox.NamedNode) -> Source:
        if graph not in self.sources:
            self.sources[graph] = Source(
                published=self._published(graph),
                outlet=self._text(graph, v.term("outlet"), graph),
                title=self._text(graph, v.HEADLINE, graph),
                id=self.store.names.identifier(graph).removeprefix("article/"),
                url=self._text(graph, v.URL, graph),
            )
        return self.sources[graph]

    def _text(self, node: ox.NamedNode, predicate: ox.NamedNode, graph: ox.NamedNode) -> str:
        found = self.store.match(node, predicate, None, graph)
        return next((quad.object.value for quad in found), "")

    def _offices(self, held: Iterable[v.Quad]) -> Iterator[Office]:
        """Yield the positions, newest article first; articles are read only as far as asked for."""

        def of_day(article: ox.NamedNode) -> str:
            return self._published(article)

        told: dict[ox.NamedNode, list[ox.NamedNode]] = defaultdict(list)
        for quad in held:
            told[quad.graph_name].append(quad.subject)
        articles = sorted(told, key=self.store.names.identifier)
        for article in sorted(articles, key=of_day, reverse=True):
            yield from sorted((self._office(post, article) for post in told[article]), key=_words)

    def _office(self, post: ox.NamedNode, article: ox.NamedNode) -> Office:
        self.watch.look()
        bodies = self.store.match(post, v.ORGANIZATION, None, article)
        names = (
            self._text(body, v.PREF_LABEL, article) for body in v.nodes(b.object for b in bodies)
        )
        return Office(
            title=self._text(post, v.term("title"), article),
            of=next(names, ""),
            quote=self._text(post, v.term("quote"), article),
            source=self._source(article),
        )

    def _roles(self, node: ox.NamedNode) -> dict[Told, set[str]]:
        """Return the statements in which the entity has a role, with these roles."""
        roles: dict[Told, set[str]] = defaultdict(set)
        for role in ROLES:
            for quad in self.store.match(None, v.term(role), node):
                roles[quad.graph_name, quad.subject].add(role)
        return roles

    def _chosen(
        self, roles: Mapping[Told, set[str]], first: int, most: int | None
    ) -> Iterator[tuple[Told, Statement, set[str]]]:
        """Yield statements `first` to `first + most`, newest article first, then by text position.

        The identifier of a statement holds its offsets, so statements of other pages are not read.
        Only those with equal offsets must be, to find their order.
        """
        places = sorted(roles, key=self._place)
        places.sort(key=lambda told: self._published(told[0]), reverse=True)
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
        """Return the article and the start and end offsets of a statement."""
        place = _PLACE.search(told[1].value)
        start, end = map(int, place.groups()) if place else (0, 0)
        return told[0].value, start, end

    def _statement(self, told: Told) -> Statement:
        self.watch.look()
        graph, subject = told
        quads = self._around(graph, subject)
        return statement_of(subject, quads, ontology=self.ontology, base=self.store.base)

    def _findings(self, chosen: Iterable[tuple[Told, Statement, set[str]]]) -> Iterator[Finding]:
        """Yield statements with quote, source, corroboration, disputes and decisions."""
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
        """Return the quads of nodes and of the nodes they point to, up to two steps away."""
        quads: list[v.Quad] = []
        seen: set[ox.NamedNode] = {graph}
        level = set(nodes)
        for _ in range(3):
            found = [q for node in level for q in self.store.match(node, None, None, graph)]
            quads.extend(found)
            seen |= level
            level = set(v.nodes(q.object for q in found)) - seen
        return quads


def _words(office: Office) -> tuple[str, str, str]:
    return office.title, office.of, office.quote
