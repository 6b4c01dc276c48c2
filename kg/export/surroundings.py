"""Finds the statements within some steps of an entity in the graph."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import pyoxigraph as ox

from kg.errors import SelectionError
from kg.rdf import vocabulary as v
from kg.store import Store
from kg.store.called import called

PARTIES = ("agent", "target", "about")
STATEMENTS = "statement/"


def around(store: Store, name: str, hops: int = 1) -> frozenset[str]:
    """Return the IRIs of the statements at most `hops` steps away from an entity.

    A step leads from an entity to the statements in which it is agent, target or topic, and from
    these to their other entities. Of several entities with this name, the one that most articles
    mention is used.

    Raises:
        SelectionError: there is no entity of that name, or `hops` is less than 1.
    """
    if hops < 1:
        raise SelectionError(f"{hops} steps lead nowhere", hint="take 1 or more")
    found = called(store, name)
    if not found:
        raise SelectionError(f"nothing is called {name!r}", hint="check the spelling")
    statements: set[ox.NamedNode] = set()
    seen = level = {found[0]}
    for _ in range(hops):
        new = {s for node in level for s in _statements(store, node)} - statements
        statements |= new
        parties = {party for s in new for party in _parties(store, s)}
        level = parties - seen
        seen = seen | level
    return frozenset(node.value for node in statements)


def grounds(store: Store, rows: Iterable[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Return rows for a `Selection` that match the statements behind each row of a query result.

    That is one row for each statement in the result row or, if it has none, one for each pair of
    its entities. A row with two persons and an event that both attend so matches the statements
    about one person and the event, and those about the other.
    """
    found: dict[frozenset[str], None] = {}
    entities: dict[str, bool] = {}
    for row in rows:
        terms = {iri for iri in row if iri.startswith(v.KG)}
        others = sorted(row - terms)
        stated = [iri for iri in others if iri.startswith(store.base + STATEMENTS)]
        for iri in others:
            if iri not in entities:
                named = store.match(ox.NamedNode(iri), v.TYPE, v.term("Entity"))
                entities[iri] = next(named, None) is not None
        members = [iri for iri in others if entities[iri]]
        pairs = (terms.union(pair) for pair in combinations(members, 2))
        found.update((frozenset(ground), None) for ground in ([{s} for s in stated] or pairs))
    return tuple(found)


def _statements(store: Store, node: ox.NamedNode) -> set[ox.NamedNode]:
    """Return the statements in which an entity is agent, target or topic."""
    found = {q.subject for role in PARTIES for q in store.match(None, v.term(role), node)}
    return {s for s in found if store.names.identifier(s).startswith(STATEMENTS)}


def _parties(store: Store, statement: ox.NamedNode) -> set[ox.NamedNode]:
    quads = (q for role in PARTIES for q in store.match(statement, v.term(role)))
    return set(v.nodes(q.object for q in quads))
