"""Selects a part of a graph by articles, relations, confidence, or the result of a query."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

import pyoxigraph as ox

from kg import ontology as ontologies
from kg.corroboration.settling import accounts
from kg.errors import RecordError, SelectionError
from kg.ontology import Ontology
from kg.rdf import extraction_of, link_quads
from kg.rdf import vocabulary as v
from kg.rdf.acts import ACT, CONTRADICTS, GIST, KEY, count_quads, of_gist
from kg.store import MemoryStore, Store
from kg.telling.acts import Act, Days, Telling, comparable

_PARTIES = ("agent", "target", "about", "where", "attributedTo", "reportedBy")
_OTHERS = ("corroboration", "graph", "membership", "mention", "role", "run")
_CHOICES = ("act", "article", "statement")

Rows = tuple[frozenset[str], ...]
_Row = frozenset[frozenset[str]]
"""Sets of IRIs; a selected statement must have at least one IRI of each set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The conditions for keeping statements; an empty one is always met.

    Attributes:
        articles: identifiers of articles, or patterns with `*` and `?`.
        since: EDTF date; articles published before it, or undated, are left out. An article dated
            by month or year is kept if it may be as late.
        relations: local names of relations.
        min_confidence: least confidence of a statement, from 0 to 1.
        rows: the IRIs in each row of a query result. A statement is kept if it matches a row: it is
            one of the row's statements, has one of its acts, relations and articles (each if there
            are any), and all entities in the row are parties to it. Other IRIs are ignored; a row
            without IRIs matches nothing. None means no condition.
    """

    articles: tuple[str, ...] = ()
    since: str = ""
    relations: tuple[str, ...] = ()
    min_confidence: float = 0.0
    rows: Rows | None = None

    @property
    def everything(self) -> bool:
        """Return whether there is no condition."""
        return not (self.articles or self.since or self.by_statement)

    @property
    def by_statement(self) -> bool:
        """Return whether there are conditions on statements, not only on articles."""
        return bool(self.relations or self.min_confidence > 0 or self.rows is not None)


def part(store: Store, selection: Selection, *, ontology: Ontology | None = None) -> Store:
    """Return the selected part of a store, as a store in memory.

    If there are conditions on statements, an article keeps the selected statements, and the
    entities, mentions and positions that these refer to; an article without a selected statement is
    left out. Otherwise articles are kept whole. Plain links are kept if a selected statement
    supports them. Statements keep their acts.

    Raises:
        SelectionError: an article is unknown, or `since` is no date.
        UnknownRelationError: a relation is unknown.
    """
    if selection.everything:
        return store
    known = ontology or ontologies.load()
    relations = frozenset(
        known.relation(name.removeprefix("kg:")).name for name in selection.relations
    )
    rows = _counting(selection.rows, store, known)
    acts = {store.names.node(s): store.names.node(act) for s, act in store.acts().items()}
    kept: set[v.Quad] = set()
    for article in _articles(store, selection):
        quads = set(store.match(graph=store.names.article(article)))
        links = set(store.match(graph=store.names.links(article)))
        if selection.by_statement:
            quads = _Pruning(quads, store.names.article(article), acts).kept(
                relations, selection.min_confidence, rows
            )
            if quads:
                try:
                    found = extraction_of(article, quads, ontology=known, base=store.base)
                except RecordError as error:
                    store.unreadable[article] = error
                    continue
                links &= set(link_quads(found, ontology=known, base=store.base, floor=0))
        if quads:
            kept |= quads | links
    kept |= _around(store, {quad.subject for quad in kept})
    kept |= _acts(store, {q.subject for q in kept if q.object == v.term("Statement")})
    result = MemoryStore(store.base)
    result.change(add=kept)
    return result


def _articles(store: Store, selection: Selection) -> list[str]:
    """Return the identifiers of the articles that meet the conditions on articles."""
    known = store.articles()
    for pattern in selection.articles:
        if not any(fnmatchcase(article, pattern) for article in known):
            near = difflib.get_close_matches(pattern, known, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}?" if near else "kg list shows what there is"
            raise SelectionError(f"no article is called {pattern!r}", hint=hint)
    first, _ = v.bounds(selection.since)
    if selection.since and first is None:
        raise SelectionError(
            f"{selection.since!r} is no date", hint="write 2025, 2025-05 or 2025-05-14"
        )

    def wanted(article: str) -> bool:
        if selection.articles and not any(fnmatchcase(article, p) for p in selection.articles):
            return False
        if first is None:
            return True
        node = store.names.article(article)
        dates = (q.object.value for q in store.match(node, v.DATE_PUBLISHED, None, node))
        return any(last is not None and last >= first for _, last in map(v.bounds, dates))

    return [article for article in known if wanted(article)]


def _counting(rows: Rows | None, store: Store, ontology: Ontology) -> tuple[_Row, ...] | None:
    """Return the IRIs of each row that can be conditions, by kind; rows without any are dropped."""
    if rows is None:
        return None

    def family(iri: str) -> str:
        """Return the kind of an IRI, for an entity the IRI itself, and "" for an ignored one."""
        node = ox.NamedNode(iri)
        if name := v.local(node):
            return "relation" if name in ontology.relations else ""
        found, slash, _ = store.names.identifier(node).partition("/")
        if not slash or found in _OTHERS:
            return ""
        return found if found in _CHOICES else iri

    links = {
        v.term(relation.topic_link).value: v.term(name).value
        for name, relation in ontology.relations.items()
        if relation.topic_link
    }

    def choices(row: frozenset[str]) -> _Row:
        groups: dict[str, set[str]] = defaultdict(set)
        for iri in row:
            known = links.get(iri, iri)  # a topic link counts as its relation
            groups[family(known)].add(known)
        groups.pop("", None)
        return frozenset(map(frozenset, groups.values()))

    return tuple(dict.fromkeys(found for row in rows if (found := choices(row))))


def _around(store: Store, subjects: set[ox.NamedNode]) -> set[v.Quad]:
    """Return the quads about `subjects` in graphs not of articles, links or acts; all terms too."""
    names = store.names
    families = (names.node("article/").value, names.node(v.LINKS).value, names.acts.value)
    found: set[v.Quad] = set()
    for graph in store.graphs():
        if graph == names.terms:
            found |= set(store.match(graph=graph))
        elif not graph.value.startswith(families):
            found |= {quad for quad in store.match(graph=graph) if quad.subject in subjects}
    return found


def _acts(store: Store, statements: set[ox.NamedNode]) -> set[v.Quad]:
    """Return the quads about the acts of `statements`, counting these statements only."""
    names = store.names
    graph = names.acts
    told: dict[ox.NamedNode, list[Telling]] = defaultdict(list)
    about: dict[ox.NamedNode, dict[ox.NamedNode, v.Quad]] = defaultdict(dict)
    found: set[v.Quad] = set()
    for quad in store.match(graph=graph):
        if quad.subject in statements and quad.predicate == CONTRADICTS:
            found |= {quad} if quad.object in statements else set()
        elif quad.subject in statements:
            about[quad.subject][quad.predicate] = quad
    for quads in about.values():
        found.update(quads.values())
        for act in v.nodes([quads[ACT].object] if ACT in quads else []):
            found.add(v.quad(act, v.TYPE, v.term("Act"), graph))
            if GIST in quads and KEY in quads:  # missing if a build was interrupted
                told[act].append(_telling(names, quads))
    kept = {act: Act(days=Days(), tellings=tellings) for act, tellings in told.items()}
    known = accounts(store, {a for tellings in kept.values() for a in comparable(tellings)})
    for act, tellings in kept.items():
        found.update(count_quads(act, tellings, known, names))
    return found


def _telling(names: v.Names, about: Mapping[ox.NamedNode, v.Quad]) -> Telling:
    gist = about[GIST]
    return of_gist(names, gist.subject, about[KEY].object.value, gist.object.value)


class _Pruning:
    """The graph of one article, from which statements are removed."""

    def __init__(
        self,
        quads: set[v.Quad],
        article: ox.NamedNode,
        acts: Mapping[ox.NamedNode, ox.NamedNode],
    ) -> None:
        self.quads = quads
        self.article = article
        self.acts = acts
        self.values: dict[tuple[ox.NamedNode, ox.NamedNode], set[ox.NamedNode]] = defaultdict(set)
        self.typed: dict[str, set[ox.NamedNode]] = defaultdict(set)
        for quad in quads:
            if isinstance(quad.object, ox.NamedNode):
                self.values[quad.subject, quad.predicate].add(quad.object)
                if quad.predicate == v.TYPE:
                    self.typed[quad.object.value].add(quad.subject)

    def of(self, nodes: Iterable[ox.NamedNode], *predicates: ox.NamedNode) -> set[ox.NamedNode]:
        """Return the values of all `predicates` of all `nodes`."""
        return set().union(*(self.values[node, p] for node in nodes for p in predicates))

    def kept(
        self, relations: frozenset[str], min_confidence: float, rows: tuple[_Row, ...] | None
    ) -> set[v.Quad]:
        """Return the quads to keep; an empty set if no statement is selected."""
        kept = self._chosen(relations, min_confidence, rows)
        if not kept:
            return set()
        statements = self.typed[v.KG + "Statement"]
        memberships, mentions = self.typed[v.MEMBERSHIP.value], self.typed[v.KG + "Mention"]
        used = self.of(kept, *map(v.term, _PARTIES))
        used |= self.of(self.of(kept, v.QUALIFIED_ATTRIBUTION), v.PROV_AGENT)
        posts = {post for post in memberships if self.of((post,), v.MEMBER) & used}
        used |= self.of(posts, v.ORGANIZATION) | self.of((self.article,), v.PUBLISHER)
        gone = (statements - kept) | (memberships - posts)
        gone |= self.of(statements - kept, v.QUALIFIED_ATTRIBUTION)
        gone |= {m for m in mentions if not self.of((m,), v.term("refersTo")) & used}
        gone |= self.typed[v.KG + "Entity"] - used
        gone |= self.of(memberships, v.ROLE) - self.of(posts, v.ROLE)
        refers = v.term("refersTo")
        return {
            q
            for q in self.quads
            if q.subject not in gone and (q.predicate != refers or q.object in used)
        }

    def _chosen(
        self, relations: frozenset[str], min_confidence: float, rows: tuple[_Row, ...] | None
    ) -> set[ox.NamedNode]:
        """Return the selected statements."""
        found = {
            q.subject
            for q in self.quads
            if q.predicate == v.term("confidence") and float(q.object.value) >= min_confidence
        }
        if relations:
            wanted = set(map(v.term, relations))
            found = {node for node in found if self.of((node,), v.term("relation")) & wanted}
        return found if rows is None else found & self._named(rows)

    def _named(self, rows: tuple[_Row, ...]) -> set[ox.NamedNode]:
        """Return the statements that match a row."""
        belonging: dict[str, set[ox.NamedNode]] = defaultdict(set)
        for statement in self.typed[v.KG + "Statement"]:
            around = self.of((statement,), v.term("relation"), *map(v.term, _PARTIES))
            around |= {statement, self.article}
            around |= {self.acts[statement]} if statement in self.acts else set()
            for node in around:
                belonging[node.value].add(statement)
        named: set[ox.NamedNode] = set()
        for row in rows:
            if any(group.isdisjoint(belonging) for group in row):
                continue
            sets = [set().union(*(belonging.get(iri, ()) for iri in group)) for group in row]
            named |= set.intersection(*sets)
        return named
