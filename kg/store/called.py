"""Find entities by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pyoxigraph as ox

from kg import iris
from kg.rdf import vocabulary as v
from kg.store.base import Store

_OTHER = "[^ -~]"
"""A character beyond ASCII: such labels are all fetched, and `iris.slug` compares them here."""
_WORDLESS = "^[^a-z0-9]*$"
"""Labels without an ASCII word, which `iris.slug` turns into a hash; fetched as well."""


def called(store: Store, name: str) -> list[ox.NamedNode]:
    """Return the entities called `name`, those named in most articles first.

    Case, accents and punctuation are ignored. If no name is equal to `name`, names that contain all
    of its words count. An identifier or an IRI is accepted, too.
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
    """Yield entities with each of their names that may contain all words of `name`.

    The engine filters the names: turning each into a Python object would take ten times as long.
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
    """Return a regular expression that matches every name with all words of `name`, in lower case.

    It looks for the longest word, allowing for the apostrophes that a slug drops.
    """
    slug, code = iris.slug(name), iris.digest(name)
    words = slug.split("-")
    if code.startswith(words[-1]) and len(words[-1]) in (8, 12):  # hash in place of cut words
        words.pop()
    word = max(words, key=len, default="")
    return "|".join(filter(None, (_OTHER, _WORDLESS, "'*".join(word))))
