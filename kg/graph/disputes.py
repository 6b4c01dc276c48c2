"""Where articles or speakers disagree: statements that deny what others affirm of one act.

What counts as a contradiction is decided once, in `kg.telling.acts.contradictions`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.rdf import vocabulary as v
from kg.store import Store

_CONTRADICTS = v.term("contradicts")
_REPRINT = v.term("reprintOf")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Dispute:
    """What another statement says against one.

    Attributes:
        conflict: `denied` or `affirmed`.
        outlet: publisher of the other article, or empty.
        quote: its words.
    """

    conflict: str
    outlet: str
    quote: str


def disputes(store: Store, statements: Iterable[ox.NamedNode]) -> dict[str, tuple[Dispute, ...]]:
    """Return what is said against each of some statements, by IRI; others are left out.

    What a reprint only repeats of its original is left out too.
    """
    graph = store.names.acts
    found: dict[str, tuple[Dispute, ...]] = {}
    for node in set(statements):
        claims = v.nodes(q.object for q in store.match(node, _CONTRADICTS, None, graph))
        denials = (q.subject for q in store.match(None, _CONTRADICTS, node, graph))
        against = {_dispute(store, other, "affirmed") for other in _accounts(store, claims)}
        against |= {_dispute(store, other, "denied") for other in _accounts(store, denials)}
        if against:
            found[node.value] = tuple(sorted(against))
    return found


def _accounts(store: Store, statements: Iterable[ox.NamedNode]) -> list[ox.NamedNode]:
    """Return the statements without those of reprints whose original is there as well."""
    told = {statement: store.names.telling(statement) for statement in statements}
    articles = set(told.values())
    return [
        statement
        for statement, article in told.items()
        if not any(q.object in articles for q in store.match(article, _REPRINT))
    ]


def _dispute(store: Store, statement: ox.NamedNode, conflict: str) -> Dispute:
    article = store.names.telling(statement)

    def text(node: ox.NamedNode, name: str) -> str:
        found = store.match(node, v.term(name), None, article)
        return next((quad.object.value for quad in found), "")

    return Dispute(
        conflict=conflict, outlet=text(article, "outlet"), quote=text(statement, "quote")
    )
