"""What lies around an entity: the statements that some steps lead to."""

from __future__ import annotations

import pyoxigraph as ox

from kg.errors import SelectionError
from kg.rdf import vocabulary as v
from kg.store import Store
from kg.store.called import called

PARTIES = ("agent", "target", "about")


def around(store: Store, name: str, hops: int = 1) -> frozenset[str]:
    """Return the IRIs of the statements at most `hops` steps away from an entity.

    One step leads from an entity to the statements in which it is agent, target or topic, and to
    the other entities in these. Of several entities of that name the one that most articles name
    counts.

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


def _statements(store: Store, node: ox.NamedNode) -> set[ox.NamedNode]:
    """Return the statements to which an entity is a party."""
    found = {q.subject for role in PARTIES for q in store.match(None, v.term(role), node)}
    return {s for s in found if store.names.identifier(s).startswith("statement/")}


def _parties(store: Store, statement: ox.NamedNode) -> set[ox.NamedNode]:
    quads = (q for role in PARTIES for q in store.match(statement, v.term(role)))
    return set(v.nodes(q.object for q in quads))
