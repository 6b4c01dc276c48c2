"""Collect the quads of one graph in little memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pyoxigraph as ox

from kg.rdf import vocabulary as v

_Term = ox.NamedNode | ox.Literal


class Quads:
    """Collects the quads of one graph and yields them sorted as N-Quads text.

    A quad object of the engine has copies of its four terms, some 500 bytes. Here each term is kept
    once and quads are made on iteration, which takes a fifth of the memory: a very large article of
    130 kB has 240,000 quads.
    """

    def __init__(self, graph: ox.NamedNode) -> None:
        """Take the name of the graph."""
        self.graph = graph
        # By subject: predicate, object, predicate, object ... Tuples would take twice the memory.
        self._about: dict[ox.NamedNode, list[_Term]] = {}
        self._terms: dict[_Term, _Term] = {}
        self._in_order = True

    def add(
        self,
        subject: ox.NamedNode,
        predicate: ox.NamedNode | str,
        *objects: ox.NamedNode | ox.Literal,
    ) -> None:
        """Add a quad for each object; a predicate given as text is a local name of our ontology."""
        if not objects:
            return
        if isinstance(predicate, str):
            predicate = v.term(predicate)
        once = self._terms.setdefault
        said = self._about.setdefault(subject, [])
        for value in objects:
            said += once(predicate, predicate), once(value, value)
        self._in_order = False

    def __iter__(self) -> Iterator[v.Quad]:
        """Yield the quads, sorted as N-Quads text, without duplicates."""
        if not self._in_order:
            self._arrange()
        for subject, said in self._about.items():
            terms = iter(said)
            for predicate in terms:
                yield v.quad(subject, cast(ox.NamedNode, predicate), next(terms), self.graph)

    def _arrange(self) -> None:
        # An IRI's text ends with `>`, which no IRI contains, so sorting by subject sorts the quads.
        # Entries are replaced one by one, so that no second copy is in memory.
        for subject in sorted(self._about, key=str):
            said = self._about.pop(subject)
            pairs = dict.fromkeys(zip(said[::2], said[1::2], strict=True))
            inner = sorted(pairs, key=lambda pair: f"{pair[0]} {pair[1]} ")
            self._about[subject] = [term for pair in inner for term in pair]
        self._terms.clear()
        self._in_order = True

    def sorted(self) -> list[v.Quad]:
        """Return the quads as a list, sorted as N-Quads text."""
        return list(self)
