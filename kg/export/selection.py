"""A part of a graph: some articles, some relations, what is sure enough, what a question names."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

import pyoxigraph as ox

from kg import ontology as ontologies
from kg.errors import SelectionError
from kg.ontology import Ontology
from kg.rdf import extraction_of, link_quads
from kg.rdf import vocabulary as v
from kg.store import MemoryStore, Store

_PARTIES = ("agent", "target", "about", "where", "attributedTo", "reportedBy")
_OTHERS = ("graph", "membership", "mention", "role", "run")
_CHOICES = ("article", "evidence", "statement")

Rows = tuple[frozenset[str], ...]
_Row = frozenset[frozenset[str]]
"""Sets of IRIs; an evidence has to have one of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What to keep of a graph; what is left empty restricts nothing.

    Attributes:
        articles: identifiers of articles, or patterns with `*` and `?`.
        since: EDTF date; articles published before it, or undated, are left out. One of which only
            the month or the year is known stays when it may be as late.
        relations: local names of relations.
        min_confidence: least confidence of an evidence, from 0 to 1.
        rows: for each row of an answer the IRIs in it. An evidence is kept when some row names it:
            where the row has evidences, statements, relations or articles, those of the evidence
            are among them, and all entities in the row are parties to it. IRIs of anything else
            do not count, and a row without any that counts names nothing. None restricts nothing.
    """

    articles: tuple[str, ...] = ()
    since: str = ""
    relations: tuple[str, ...] = ()
    min_confidence: float = 0.0
    rows: Rows | None = None

    @property
    def everything(self) -> bool:
        """Return whether nothing is restricted."""
        return not (self.articles or self.since or self.by_statement)

    @property
    def by_statement(self) -> bool:
        """Return whether single statements are chosen, not only whole articles."""
        return bool(self.relations or self.min_confidence > 0 or self.rows is not None)


def part(store: Store, selection: Selection, *, ontology: Ontology | None = None) -> Store:
    """Return the part of a store that a selection means, as a store in memory.

    Articles are kept whole, or, when statements are chosen one by one, without those of their
    statements, evidences, entities, mentions and positions that the chosen ones do not need; an
    article of which no statement is left is left out. Plain links stay where what is left still
    supports them.

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
    kept: set[v.Quad] = set()
    for article in _articles(store, selection):
        quads = set(store.match(graph=store.names.article(article)))
        links = set(store.match(graph=store.names.links(article)))
        if selection.by_statement:
            quads = _Pruning(quads, store.names.article(article)).kept(
                relations, selection.min_confidence, rows
            )
            if quads:
                found = extraction_of(article, quads, ontology=known, base=store.base)
                links &= set(link_quads(found, ontology=known, base=store.base))
        if quads:
            kept |= quads | links
    kept |= _around(store, {quad.subject for quad in kept})
    result = MemoryStore(store.base)
    result.change(add=kept)
    return result


def _articles(store: Store, selection: Selection) -> list[str]:
    """Return the identifiers of the articles that the selection allows."""
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
    """Return of each row the IRIs that can restrict; rows without any are dropped."""
    if rows is None:
        return None

    def family(iri: str) -> str:
        """Return what an IRI can be chosen among; entities stand alone, the rest does not count."""
        node = ox.NamedNode(iri)
        if name := v.local(node):
            return "relation" if name in ontology.relations else ""
        found, slash, _ = store.names.identifier(node).partition("/")
        if not slash or found in _OTHERS:
            return ""
        return found if found in _CHOICES else iri

    def choices(row: frozenset[str]) -> _Row:
        groups: dict[str, set[str]] = defaultdict(set)
        for iri in row:
            groups[family(iri)].add(iri)
        groups.pop("", None)
        return frozenset(map(frozenset, groups.values()))

    return tuple(dict.fromkeys(found for row in rows if (found := choices(row))))


def _around(store: Store, subjects: set[ox.NamedNode]) -> set[v.Quad]:
    """Return what graphs other than those of articles say about what is kept, and all terms."""
    names = store.names
    families = (names.node("article/").value, names.node(v.LINKS).value)
    found: set[v.Quad] = set()
    for graph in store.graphs():
        if graph == names.terms:
            found |= set(store.match(graph=graph))
        elif not graph.value.startswith(families):
            found |= {quad for quad in store.match(graph=graph) if quad.subject in subjects}
    return found


class _Pruning:
    """The graph of one article, and what is left of it when some evidences go."""

    def __init__(self, quads: set[v.Quad], article: ox.NamedNode) -> None:
        self.quads = quads
        self.article = article
        self.values: dict[tuple[ox.NamedNode, ox.NamedNode], set[ox.NamedNode]] = defaultdict(set)
        self.typed: dict[str, set[ox.NamedNode]] = defaultdict(set)
        for quad in quads:
            if isinstance(quad.object, ox.NamedNode):
                self.values[quad.subject, quad.predicate].add(quad.object)
                if quad.predicate == v.TYPE:
                    self.typed[quad.object.value].add(quad.subject)

    def of(self, nodes: Iterable[ox.NamedNode], *predicates: ox.NamedNode) -> set[ox.NamedNode]:
        """Return the values of the predicates of all the nodes together."""
        return set().union(*(self.values[node, p] for node in nodes for p in predicates))

    def kept(
        self, relations: frozenset[str], min_confidence: float, rows: tuple[_Row, ...] | None
    ) -> set[v.Quad]:
        """Return the quads that are left; none when no statement is left."""
        chosen = self._chosen(relations, min_confidence, rows)
        kept = {evidence for found in chosen.values() for evidence in found}
        if not kept:
            return set()
        statements, evidences = self.typed[v.KG + "Statement"], self.typed[v.KG + "Evidence"]
        memberships, mentions = self.typed[v.MEMBERSHIP.value], self.typed[v.KG + "Mention"]
        parties = tuple(map(v.term, _PARTIES))
        used = self.of(chosen, *parties[:2]) | self.of(kept, *parties)
        used |= self.of(self.of(kept, v.QUALIFIED_ATTRIBUTION), v.PROV_AGENT)
        posts = {post for post in memberships if self.of((post,), v.MEMBER) & used}
        used |= self.of(posts, v.ORGANIZATION) | self.of((self.article,), v.PUBLISHER)
        gone = (statements - set(chosen)) | (evidences - kept) | (memberships - posts)
        gone |= self.of(evidences - kept, v.QUALIFIED_ATTRIBUTION)
        gone |= {m for m in mentions if not self.of((m,), v.term("refersTo")) & used}
        gone |= self.typed[v.KG + "Entity"] - used
        gone |= self.of(memberships, v.ROLE) - self.of(posts, v.ROLE)
        return {q for q in self.quads if q.subject not in gone and self._holds(q, chosen, used)}

    def _chosen(
        self, relations: frozenset[str], min_confidence: float, rows: tuple[_Row, ...] | None
    ) -> dict[ox.NamedNode, set[ox.NamedNode]]:
        """Return the evidences that are kept, by the statements that they are evidence of."""
        sure = {
            q.subject
            for q in self.quads
            if q.predicate == v.term("confidence") and float(q.object.value) >= min_confidence
        }
        found: dict[ox.NamedNode, set[ox.NamedNode]] = {}
        for statement in self.typed[v.KG + "Statement"]:
            names = set(map(v.local, self.of((statement,), v.term("relation"))))
            if not relations or names & relations:
                found[statement] = self.of((statement,), v.term("evidence")) & sure
        if rows is not None:
            named = self._named(rows)
            found = {s: {e for e in es if (s, e) in named} for s, es in found.items()}
        return {statement: evidences for statement, evidences in found.items() if evidences}

    def _named(self, rows: tuple[_Row, ...]) -> set[tuple[ox.NamedNode, ox.NamedNode]]:
        """Return the pairs of statement and evidence that some row names."""
        belonging: dict[str, set[tuple[ox.NamedNode, ox.NamedNode]]] = defaultdict(set)
        parties = tuple(map(v.term, _PARTIES))
        for s in self.typed[v.KG + "Statement"]:
            for e in self.of((s,), v.term("evidence")):
                around = self.of((s,), v.term("relation"), *parties[:2]) | self.of((e,), *parties)
                for node in {s, e, self.article} | around:
                    belonging[node.value].add((s, e))
        named: set[tuple[ox.NamedNode, ox.NamedNode]] = set()
        for row in rows:
            if any(group.isdisjoint(belonging) for group in row):
                continue
            sets = [set().union(*(belonging.get(iri, ()) for iri in group)) for group in row]
            named |= set.intersection(*sets)
        return named

    def _holds(
        self,
        quad: v.Quad,
        chosen: dict[ox.NamedNode, set[ox.NamedNode]],
        used: set[ox.NamedNode],
    ) -> bool:
        """Return whether a quad of a node that is kept still holds."""
        evidences = chosen.get(quad.subject)
        if evidences is not None and quad.predicate == v.term("evidence"):
            return quad.object in evidences
        if evidences is not None and quad.predicate in (v.term("about"), v.term("where")):
            return quad.object in self.of(evidences, quad.predicate)
        return quad.predicate != v.term("refersTo") or quad.object in used
