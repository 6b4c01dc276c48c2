"""Entities by name."""

from __future__ import annotations

import pyoxigraph as ox

from kg import iris
from kg.rdf import vocabulary as v
from kg.store.base import Store


def called(store: Store, name: str) -> list[ox.NamedNode]:
    """Return the entities called `name`, the one that most articles name first.

    Case, accents and punctuation do not matter. Names that are equal count; only when there are
    none, names that contain all words of `name` do. An identifier or an IRI is taken as well.
    """
    found: dict[ox.NamedNode, int] = {}
    for node in _matching(store, name):
        graphs = sum(1 for _ in store.match(node, v.TYPE, v.term("Entity")))
        if graphs:
            found[node] = graphs
    return sorted(found, key=lambda node: (-found[node], store.names.identifier(node)))


def _matching(store: Store, name: str) -> set[ox.NamedNode]:
    given = store.names.node(name.removeprefix(store.base))
    if next(store.match(given, v.TYPE, v.term("Entity")), None):
        return {given}
    wanted = iris.slug(name)
    words = set(wanted.split("-"))
    equal, partial = set(), set()
    for predicate in (v.PREF_LABEL, v.ALT_LABEL):
        for quad in store.values(predicate):
            found = iris.slug(quad.object.value)
            if found == wanted:
                equal.add(quad.subject)
            elif words <= set(found.split("-")):
                partial.add(quad.subject)
    return equal or partial
