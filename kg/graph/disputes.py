"""Statements that contradict each other: one denies an act that the other affirms.

Which statements contradict each other is decided in `kg.telling.acts.contradictions` only.
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
    """A statement that contradicts another one.

    Attributes:
        conflict: `denied` if it denies the act, `affirmed` if it affirms it.
        outlet: outlet of its article, as the article names it; empty if unknown.
        quote: its words in the article.
    """

    conflict: str
    outlet: str
    quote: str


def disputes(store: Store, statements: Iterable[ox.NamedNode]) -> dict[str, tuple[Dispute, ...]]:
    """Return the statements that contradict the given ones, by the IRI of the given one.

    A statement without contradictions has no entry. A statement of a reprint is left out where the
    original article contradicts as well.
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
    """Return the statements, less those of reprints whose original is among their articles too."""
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
