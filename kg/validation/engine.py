"""Checks a graph against shapes.

SHACL processors for Python hold a graph in rdflib and take longer for an article than its
extraction; this one walks the quads as they are about to be stored. The tests compare it with
pySHACL, the continuous integration with a processor for Node as well.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

import pyoxigraph as ox

from kg.rdf import vocabulary as v
from kg.validation.shapes import Constraint, Query, Shape, Step, Term

_THIS = ox.Variable("this")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_DAY = re.compile(r"-?[0-9]{4,}-[0-9]{2}-[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?")
_KINDS: dict[str, tuple[type, ...]] = {
    "IRI": (ox.NamedNode,),
    "Literal": (ox.Literal,),
    "BlankNode": (ox.BlankNode,),
    "BlankNodeOrIRI": (ox.BlankNode, ox.NamedNode),
    "IRIOrLiteral": (ox.NamedNode, ox.Literal),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One result of a check, as a SHACL validation report has it.

    Attributes:
        focus: the node that was checked.
        path: property that is at fault; empty where it is the node as a whole.
        value: the value at fault; None where the number of values is.
        message: what must hold.
        component: name of the constraint component.
        found: all values of the path.
    """

    focus: Term
    path: tuple[Step, ...]
    value: Term | None
    message: str
    component: str
    found: tuple[Term, ...] = ()


class _Index:
    """Quads by subject and predicate, each triple once, and backwards where somebody asks."""

    def __init__(self, quads: Iterable[v.Quad]) -> None:
        self.forward: dict[Term, dict[ox.NamedNode, list[Term]]] = {}
        self._backward: dict[ox.NamedNode, dict[Term, list[Term]]] = {}
        for quad in quads:
            values = self.forward.setdefault(quad.subject, {}).setdefault(quad.predicate, [])
            if (value := quad.object) not in values:
                values.append(value)

    def backward(self, predicate: ox.NamedNode) -> dict[Term, list[Term]]:
        """Return the subjects of a predicate by its objects."""
        if predicate not in self._backward:
            found: dict[Term, list[Term]] = {}
            for subject, predicates in self.forward.items():
                for value in predicates.get(predicate, ()):
                    found.setdefault(value, []).append(subject)
            self._backward[predicate] = found
        return self._backward[predicate]

    def follow(self, node: Term, step: Step) -> list[Term]:
        """Return the nodes that one step leads to."""
        if step.inverse:
            return self.backward(step.predicate).get(node, [])
        return self.forward.get(node, {}).get(step.predicate, [])


class Checker:
    """Checks one graph after the other against the same shapes and the same background."""

    def __init__(self, shapes: Sequence[Shape], background: Iterable[v.Quad]) -> None:
        """Take shapes, and quads that stand beside every graph, such as those of the ontology."""
        self.shapes = shapes
        self._known = list(background)
        self._background, self._unit = _Index(self._known), _Index(())
        self._store = ox.Store()
        self._cones: dict[Term, frozenset[Term]] = {}

    def check(self, quads: Iterable[v.Quad]) -> list[Fault]:
        """Return what is wrong with `quads`, whose graphs are merged; in no particular order."""
        unit = list(quads)
        self._unit = _Index(unit)
        # A new engine each time: one in memory keeps, and goes through, what was taken out of it.
        self._store = ox.Store()
        self._store.extend(cast(list[ox.Quad], [*self._known, *unit]))
        found: list[Fault] = []
        for shape in self.shapes:
            for focus in self._targets(shape):
                found.extend(self._faults(shape, focus))
        return found

    def forget(self) -> None:
        """Let go of the graph that was checked last, which is as large as the article is dense."""
        self._unit, self._store = _Index(()), ox.Store()

    def values(self, node: Term, step: Step) -> list[Term]:
        """Return the nodes that one step leads to."""
        here, beside = self._unit.follow(node, step), self._background.follow(node, step)
        return [*here, *beside] if beside else here

    def has_type(self, node: Term, kind: Term) -> bool:
        """Return whether a node is an instance of a class or of one below it."""
        types = self.values(node, Step(predicate=v.TYPE))
        return any(kind in self._cone(value) for value in types)

    def _cone(self, kind: Term) -> frozenset[Term]:
        """Return a class and all above it."""
        if kind not in self._cones:
            found, left = {kind}, [kind]
            while left:
                for parent in self.values(left.pop(), Step(predicate=v.SUB_CLASS_OF)):
                    if parent not in found:
                        found.add(parent)
                        left.append(parent)
            self._cones[kind] = frozenset(found)
        return self._cones[kind]

    def _targets(self, shape: Shape) -> list[Term]:
        found: dict[Term, None] = {}
        types = self._unit.backward(v.TYPE)
        for kind, term in shape.targets:
            if kind == "targetNode":
                found[term] = None
            elif kind == "targetClass":
                for name, members in types.items():
                    if term in self._cone(name):
                        found.update(dict.fromkeys(members))
            elif kind == "targetObjectsOf":
                found.update(dict.fromkeys(self._unit.backward(cast(ox.NamedNode, term))))
            else:
                nodes = self._unit.forward.items()
                found.update(dict.fromkeys(n for n, predicates in nodes if term in predicates))
        return list(found)

    def _faults(self, shape: Shape, focus: Term) -> Iterator[Fault]:
        """Yield what is wrong with one focus node."""
        found: list[Term]
        if len(shape.path) == 1:
            found = self.values(focus, shape.path[0])
        elif shape.path:
            found = [focus]
            for step in shape.path:
                found = list(dict.fromkeys(o for node in found for o in self.values(node, step)))
        else:
            found = [focus]
        for constraint in shape.constraints:
            for value in self._broken(constraint, focus, found):
                yield Fault(
                    focus=focus,
                    path=shape.path,
                    value=value,
                    message=shape.message,
                    component=constraint.name,
                    found=tuple(found) if shape.path else (),
                )
        if shape.allowed is not None:
            for predicate, values in self._unit.forward.get(focus, {}).items():
                if predicate not in shape.allowed:
                    yield Fault(
                        focus=focus,
                        path=(Step(predicate=predicate),),
                        value=values[0],
                        message=shape.message,
                        component="closed",
                    )
        for inner in shape.properties:
            for value in found:
                yield from self._faults(inner, value)
        for query in shape.queries:
            yield from self._answers(query, focus)

    def _answers(self, query: Query, focus: Term) -> Iterator[Fault]:
        rows = self._store.query(
            query.select, substitutions={_THIS: focus}, use_default_graph_as_union=True
        )
        assert isinstance(rows, ox.QuerySolutions)
        names = {variable.value for variable in rows.variables}
        for row in rows:
            path = cast(ox.NamedNode | None, row["path"] if "path" in names else None)
            yield Fault(
                focus=focus,
                path=(Step(predicate=path),) if path else (),
                value=cast(Term | None, row["value"] if "value" in names else None),
                message=query.message,
                component="sparql",
            )

    def _broken(self, c: Constraint, focus: Term, found: list[Term]) -> Iterable[Term | None]:
        """Return the values that break a constraint, or one None where their number does."""
        test = _TESTS.get(c.name)
        if test is not None:
            return [value for value in found if not test(value, c.terms)]
        return getattr(self, f"_{c.name}")(c, focus, found)  # type: ignore[no-any-return]

    def _class(self, c: Constraint, focus: Term, found: list[Term]) -> list[Term]:
        return [value for value in found if not self.has_type(value, c.terms[0])]

    def _minCount(self, c: Constraint, focus: Term, found: list[Term]) -> list[None]:  # noqa: N802
        return [] if len(found) >= int(c.terms[0].value) else [None]

    def _maxCount(self, c: Constraint, focus: Term, found: list[Term]) -> list[None]:  # noqa: N802
        return [] if len(found) <= int(c.terms[0].value) else [None]

    def _hasValue(self, c: Constraint, focus: Term, found: list[Term]) -> list[None]:  # noqa: N802
        return [] if c.terms[0] in found else [None]

    def _others(self, c: Constraint, focus: Term) -> list[Term]:
        return self.values(focus, Step(predicate=cast(ox.NamedNode, c.terms[0])))

    def _equals(self, c: Constraint, focus: Term, found: list[Term]) -> list[Term]:
        return sorted(set(found) ^ set(self._others(c, focus)), key=str)

    def _lessThan(self, c: Constraint, focus: Term, found: list[Term]) -> list[Term]:  # noqa: N802
        others = self._others(c, focus)
        return [a for a in found for b in others if not _ordered(a, b, strict=True)]

    def _lessThanOrEquals(  # noqa: N802
        self, c: Constraint, focus: Term, found: list[Term]
    ) -> list[Term]:
        others = self._others(c, focus)
        return [a for a in found for b in others if not _ordered(a, b, strict=False)]

    def _fits(self, value: Term, shape: Shape) -> bool:
        return next(self._faults(shape, value), None) is None

    def _or(self, c: Constraint, focus: Term, found: list[Term]) -> list[Term]:
        return [value for value in found if not any(self._fits(value, s) for s in c.shapes)]

    def _and(self, c: Constraint, focus: Term, found: list[Term]) -> list[Term]:
        return [value for value in found if not all(self._fits(value, s) for s in c.shapes)]

    _node = _and

    def _not(self, c: Constraint, focus: Term, found: list[Term]) -> list[Term]:
        return [value for value in found if self._fits(value, c.shapes[0])]


def _quantity(term: Term) -> Decimal | datetime.date | None:
    """Return a number or a day for comparison; None for anything else, ill-formed ones included."""
    if not isinstance(term, ox.Literal):
        return None
    kind, value = term.datatype.value, term.value
    if (kind == v.XSD + "integer" and _INTEGER.fullmatch(value)) or (
        kind == v.XSD + "decimal" and _DECIMAL.fullmatch(value)
    ):
        return Decimal(value)
    if kind == v.XSD + "date" and _DAY.fullmatch(value):
        try:
            return datetime.date.fromisoformat(value[:10])
        except ValueError:
            return None
    return None


def _ordered(one: Term, other: Term, *, strict: bool) -> bool:
    first, second = _quantity(one), _quantity(other)
    if isinstance(first, Decimal) and isinstance(second, Decimal):
        return first < second or (not strict and first == second)
    if isinstance(first, datetime.date) and isinstance(second, datetime.date):
        return first < second or (not strict and first == second)
    return False


_CHECKED = frozenset(v.XSD + name for name in ("integer", "decimal", "date"))


def _of_datatype(value: Term, terms: Sequence[Term]) -> bool:
    if not isinstance(value, ox.Literal) or value.datatype != terms[0]:
        return False
    kind = value.datatype.value
    return kind not in _CHECKED or _quantity(value) is not None


def _length(value: Term) -> int:
    return -1 if isinstance(value, ox.BlankNode) else len(value.value)


_TESTS: dict[str, Callable[[Term, Sequence[Term]], bool]] = {
    "datatype": _of_datatype,
    "nodeKind": lambda value, terms: isinstance(value, _KINDS[terms[0].value.rpartition("#")[2]]),
    "in": lambda value, terms: value in terms,
    "pattern": lambda value, terms: (
        not isinstance(value, ox.BlankNode) and bool(re.search(terms[0].value, value.value))
    ),
    "minLength": lambda value, terms: _length(value) >= int(terms[0].value),
    "maxLength": lambda value, terms: 0 <= _length(value) <= int(terms[0].value),
    "minInclusive": lambda value, terms: _ordered(terms[0], value, strict=False),
    "maxInclusive": lambda value, terms: _ordered(value, terms[0], strict=False),
}
