"""Selects the strongest statements of a graph, as many as a page can hold.

Statements are ranked by the number of independent sources of their act, then by confidence. Those
that are not selected are not kept in memory, so that memory does not grow with the store.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import cast

import pyoxigraph as ox

from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.rdf.acts import ACT, CONTRADICTS
from kg.records import Extraction
from kg.store import Store

_REMEMBERED = 50_000  # articles whose source is cached; chosen, not measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The selected statements of a store.

    Attributes:
        total: number of all statements in the store.
        statements: identifiers of the selected statements, by identifier of the article.
        acts: act of each selected statement, if it has one.
        contradictions: pairs of selected statements, of which the first denies the second.
    """

    total: int
    statements: dict[str, frozenset[str]]
    acts: dict[str, str]
    contradictions: tuple[tuple[str, str], ...]

    def extractions(self, store: Store, ontology: Ontology) -> Iterator[Extraction]:
        """Yield each article with the selected statements and the records that these refer to."""
        for found in store.readable(ontology=ontology, articles=sorted(self.statements)):
            yield pruned(found, self.statements[found.article.id])


def strongest(store: Store, most: int) -> Part | None:
    """Return the `most` strongest statements of a store; None if it has no more than these."""
    answer = cast(ox.QuerySolutions, store.select("SELECT (COUNT(?s) AS ?n) { ?s a kg:Statement }"))
    total = int(cast(ox.Literal, next(iter(answer))["n"]).value)
    if total <= most:
        return None
    chosen = list(islice(_ranked(store, most), most))
    name = store.names.identifier
    statements: dict[str, set[str]] = defaultdict(set)
    for node in chosen:
        article = name(store.names.telling(node)).removeprefix("article/")
        statements[article].add(name(node))
    about = store.described(chosen, store.names.acts)
    return Part(
        total=total,
        statements={article: frozenset(found) for article, found in statements.items()},
        acts={name(q.subject): name(q.object) for q in about if q.predicate == ACT},
        contradictions=tuple(
            (name(q.subject), name(q.object)) for q in about if q.predicate == CONTRADICTS
        ),
    )


def _ranked(store: Store, most: int) -> Iterator[ox.NamedNode]:
    """Yield at least `most` statements, the strongest first; fewer if the store has fewer."""
    seen: set[ox.NamedNode] = set()
    for _, act in heapq.nsmallest(most, _shared(store)):
        node = ox.NamedNode(act)
        told = {q.subject for q in store.match(None, ACT, node, store.names.acts)}
        for statement in sorted(told, key=lambda s: (-_confidence(store, s), s.value)):
            seen.add(statement)
            yield statement
        if len(seen) >= most:
            return
    sure = (
        (-(v.fraction(q.object) or 0.0), q.subject.value)
        for q in store.match(None, v.term("confidence"))
    )
    for _, iri in heapq.nsmallest(most + len(seen), sure):
        node = ox.NamedNode(iri)
        if node not in seen:
            yield node


def _shared(store: Store) -> Iterator[tuple[int, str]]:
    """Yield (-number of independent sources, IRI) of each act with more than one source."""
    graph = store.names.acts

    @lru_cache(_REMEMBERED)
    def source(article: ox.NamedNode) -> str:
        found = store.match(article, v.term("source"), None, store.names.sources)
        return min((quad.object.value for quad in found), default="")

    for quad in store.match(None, v.term("articles"), None, graph):
        told = store.match(None, ACT, quad.subject, graph)
        accounts = {source(store.names.telling(q.subject)) for q in told} - {""}
        if len(accounts) > 1:
            yield -len(accounts), quad.subject.value


def _confidence(store: Store, statement: ox.NamedNode) -> float:
    found = store.match(statement, v.term("confidence"))
    return next(filter(None, (v.fraction(quad.object) for quad in found)), 0.0)


def pruned(extraction: Extraction, statements: Iterable[str]) -> Extraction:
    """Return an extraction with only these statements and the records that they refer to."""
    wanted = frozenset(statements)
    alone = replace(
        extraction,
        mentions=(),
        positions=(),
        statements=tuple(s for s in extraction.statements if s.id in wanted),
    )
    named = {entity.id for entity in alone.entities}
    positions = tuple(p for p in extraction.positions if p.holder.id in named)
    named |= {p.of.id for p in positions if p.of}
    return replace(
        alone,
        positions=positions,
        mentions=tuple(m for m in extraction.mentions if m.entity.id in named),
    )
