"""The graph that is checked and its background, indexed by node and predicate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.rdf import vocabulary as v
from kg.validation.shapes import Term

Found = dict[ox.NamedNode, list[Term]]
"""The values of one node by predicate."""

Profile = tuple[tuple[Term, ...], tuple[ox.NamedNode, ...]]
"""The types and the predicates of a node; nodes with equal profiles share most checks."""


class Index:
    """Quads by subject and predicate, without duplicate triples; backwards on demand."""

    def __init__(self, quads: Iterable[v.Quad] = ()) -> None:
        """Index the quads, graphs merged."""
        self.forward: dict[Term, Found] = {}
        self._backward: dict[ox.NamedNode, dict[Term, list[Term]]] = {}
        self._groups: dict[Profile, list[Term]] | None = None
        self.add(quads)

    def add(self, quads: Iterable[v.Quad]) -> None:
        """Add quads; it is faster if those of one subject follow each other."""
        forward = self.forward
        # The engine makes a new object for each term; one object for each predicate saves memory.
        same: dict[ox.NamedNode, ox.NamedNode] = {}
        several: dict[int, tuple[Found, ox.NamedNode]] = {}
        last: Term | None = None
        found: Found = {}
        for quad in quads:
            subject = quad.subject
            if subject != last:
                last = subject
                if (known := forward.get(subject)) is None:
                    known = forward[subject] = {}
                found = known
            predicate = quad.predicate
            if (values := found.get(predicate)) is None:
                found[same.setdefault(predicate, predicate)] = [quad.object]
            else:
                values.append(quad.object)
                several[id(values)] = (found, predicate)
        for found, predicate in several.values():
            found[predicate] = list(dict.fromkeys(found[predicate]))
        self._backward.clear()
        self._groups = None

    def groups(self) -> dict[Profile, list[Term]]:
        """Return the nodes by profile; the nodes of an article have few different ones."""
        if self._groups is None:
            self._groups = {}
            for node, found in self.forward.items():
                profile = (tuple(found.get(v.TYPE, ())), tuple(found))
                self._groups.setdefault(profile, []).append(node)
        return self._groups

    def having(self, *predicates: ox.NamedNode) -> Iterator[tuple[Term, Found]]:
        """Yield the nodes that have all of these predicates, with their values."""
        for (_, names), nodes in self.groups().items():
            if all(predicate in names for predicate in predicates):
                for node in nodes:
                    yield node, self.forward[node]

    def backward(self, predicate: ox.NamedNode) -> dict[Term, list[Term]]:
        """Return the subjects of a predicate by object."""
        if predicate not in self._backward:
            found: dict[Term, list[Term]] = {}
            for subject, predicates in self.having(predicate):
                for value in predicates[predicate]:
                    found.setdefault(value, []).append(subject)
            self._backward[predicate] = found
        return self._backward[predicate]


class View:
    """A graph (`unit`) merged with a background graph, such as that of the ontology."""

    def __init__(self, background: Index) -> None:
        """Start with an empty graph."""
        self.background, self.unit = background, Index()
        self.plain = True
        self._cones: dict[Term, frozenset[Term]] = {}
        self._kinds: dict[Term, frozenset[Term]] = {}

    def show(self, unit: Index) -> None:
        """Replace the graph by another one."""
        plain = not any(v.SUB_CLASS_OF in names for _, names in unit.groups())
        if not (plain and self.plain):  # one of the two defines classes of its own
            self._cones.clear()
        self._kinds.clear()
        self.unit, self.plain = unit, plain

    def values(self, node: Term, predicate: ox.NamedNode, *, inverse: bool = False) -> list[Term]:
        """Return the objects of a node and a predicate, or with `inverse` the subjects."""
        if inverse:
            here = self.unit.backward(predicate).get(node, [])
            beside = self.background.backward(predicate).get(node, [])
        else:
            known, other = self.unit.forward.get(node), self.background.forward.get(node)
            here = known.get(predicate, []) if known else []
            beside = other.get(predicate, []) if other else []
        return [*here, *beside] if beside else here

    def kinds(self, node: Term) -> frozenset[Term]:
        """Return the classes of a node with all their superclasses."""
        if (found := self._kinds.get(node)) is None:
            types = self.values(node, v.TYPE)
            found = frozenset[Term]().union(*map(self.cone, types))
            self._kinds[node] = found
        return found

    def cone(self, kind: Term) -> frozenset[Term]:
        """Return a class with all its superclasses."""
        if kind not in self._cones:
            found, left = {kind}, [kind]
            while left:
                for parent in self.values(left.pop(), v.SUB_CLASS_OF):
                    if parent not in found:
                        found.add(parent)
                        left.append(parent)
            self._cones[kind] = frozenset(found)
        return self._cones[kind]
