"""Quads of one graph while they are gathered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pyoxigraph as ox

from kg.rdf import vocabulary as v

_Term = ox.NamedNode | ox.Literal


class Quads:
    """Collects the quads of one graph, and yields them in order of their text.

    A quad of the engine has a copy of each of its four terms, some 500 bytes. Here terms are kept
    once and quads are made as they are gone through, which takes a fifth of the memory: a dense
    article of 130 kB has 240,000 quads.
    """

    def __init__(self, graph: ox.NamedNode) -> None:
        """Take the name of the graph."""
        self.graph = graph
        # Of each subject, predicate and value in turn: pairs of them would take twice the memory.
        self._about: dict[ox.NamedNode, list[_Term]] = {}
        self._terms: dict[_Term, _Term] = {}
        self._in_order = True

    def add(
        self,
        subject: ox.NamedNode,
        predicate: ox.NamedNode | str,
        *objects: ox.NamedNode | ox.Literal,
    ) -> None:
        """Add a quad for each object; a predicate given as text is a term of our ontology."""
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
        """Yield the quads in order of their text, each once."""
        if not self._in_order:
            self._arrange()
        for subject, said in self._about.items():
            terms = iter(said)
            for predicate in terms:
                yield v.quad(subject, cast(ox.NamedNode, predicate), next(terms), self.graph)

    def _arrange(self) -> None:
        # A subject's text ends with a bracket that none has inside: its quads stand together.
        # The dictionary changes while it is made, so that nothing is there twice.
        for subject in sorted(self._about, key=str):
            said = self._about.pop(subject)
            pairs = dict.fromkeys(zip(said[::2], said[1::2], strict=True))
            inner = sorted(pairs, key=lambda pair: f"{pair[0]} {pair[1]} ")
            self._about[subject] = [term for pair in inner for term in pair]
        self._terms.clear()
        self._in_order = True

    def sorted(self) -> list[v.Quad]:
        """Return the quads in order of their text."""
        return list(self)
