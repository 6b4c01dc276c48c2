"""Entities by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pyoxigraph as ox

from kg import iris
from kg.rdf import vocabulary as v
from kg.store.base import Store

_OTHER = "[^ -~]"
"""Characters beyond ASCII: what words a label with one of them has, only `iris.slug` knows."""
_WORDLESS = "^[^a-z0-9]*$"
"""Labels without a word, which `iris.slug` tells apart by a hash."""


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
    for node, label in _labelled(store, name):
        found = iris.slug(label)
        if found == wanted:
            equal.add(node)
        elif words <= set(found.split("-")):
            partial.add(node)
    return equal or partial


def _labelled(store: Store, name: str) -> Iterator[tuple[ox.NamedNode, str]]:
    """Yield entities with those of their names that may have all words of a name.

    The engine looks the names through: most stores have far more than there are of one name, and
    handing over each of them would cost ten times as much as looking at it.
    """
    question = (
        f"SELECT ?s ?l {{ {{ ?s {v.PREF_LABEL} ?l }} UNION {{ ?s {v.ALT_LABEL} ?l }} "
        f'FILTER(REGEX(STR(?l), "{pattern(name)}", "i")) }}'
    )
    try:
        for row in cast(ox.QuerySolutions, store.select(question)):
            yield cast(ox.NamedNode, row["s"]), cast(ox.Literal, row["l"]).value
    except (RuntimeError, OSError) as error:
        raise store.failure(error) or error from error


def pattern(name: str) -> str:
    """Return a pattern that is found in each name that has all words of `name`, in any case.

    That is the longest word, with the apostrophes that a slug drops.
    """
    slug, code = iris.slug(name), iris.digest(name)
    words = slug.split("-")
    if code.startswith(words[-1]) and len(words[-1]) in (8, 12):  # what stands for the rest
        words.pop()
    word = max(words, key=len, default="")
    return "|".join(filter(None, (_OTHER, _WORDLESS, "'*".join(word))))
