"""Checks a graph against shapes.

SHACL processors for Python hold a graph in rdflib and take longer for an article than its
extraction; this one walks the quads as they are about to be stored. The tests compare it with
pySHACL, the continuous integration with a processor for Node as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import pyoxigraph as ox

from kg.rdf import vocabulary as v
from kg.validation.answers import ANSWERS
from kg.validation.index import Index, View
from kg.validation.plans import Plan, Plans
from kg.validation.shapes import Constraint, Query, Shape, Step, Term, load
from kg.validation.values import TESTS, ordered

_THIS = ox.Variable("this")


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


class Checker:
    """Checks one graph after the other against the same shapes and the same background."""

    def __init__(self, shapes: Sequence[Shape], background: Iterable[v.Quad]) -> None:
        """Take shapes, and quads that stand beside every graph, such as those of the ontology."""
        self.shapes = shapes
        self._known = list(background)
        self._view = View(Index(self._known))
        self._plans = Plans(shapes, self._view)
        ours = {query for shape in load() for query in shape.queries}
        self._answers = {
            query: ANSWERS[name]
            for shape in shapes
            for query in shape.queries
            if query in ours and (name := query.name.rpartition("#")[2]) in ANSWERS
        }
        self._store: ox.Store | None = None

    def check(self, quads: Iterable[v.Quad]) -> list[Fault]:
        """Return what is wrong with `quads`, whose graphs are merged; in no particular order."""
        return self.faults(Index(quads))

    def faults(self, unit: Index) -> list[Fault]:
        """Return what is wrong with a graph, in no particular order."""
        self._view.show(unit)
        self._store = None
        found: list[Fault] = []
        for profile, nodes in unit.groups().items():
            found.extend(self._of_profile(self._plans.plan(profile), nodes))
        for shape in self.shapes:
            for focus in self._targets(shape):
                found.extend(self._faults(shape, focus))
        return found

    def forget(self) -> None:
        """Let go of the graph that was checked last, which is as large as the article is dense."""
        self._view.show(Index())
        self._store = None

    def values(self, node: Term, step: Step) -> list[Term]:
        """Return the nodes that one step leads to."""
        return self._view.values(node, step.predicate, inverse=step.inverse)

    def _of_profile(self, plan: Plan, nodes: Sequence[Term]) -> Iterator[Fault]:
        """Yield what is wrong with nodes of a profile, by the shapes for such nodes."""
        if not plan.shapes:
            return
        forward, beside = self._view.unit.forward, self._view.background.forward
        usual = [n for n in nodes if isinstance(n, ox.NamedNode) and n not in beside]
        if len(usual) < len(nodes):
            same = set(usual)
            for node in (n for n in nodes if n not in same):
                for shape in plan.shapes:
                    yield from self._faults(shape, node)
        broken: dict[Term, dict[Shape, None]] = {}
        if plan.whole:
            broken = {node: dict.fromkeys(plan.whole) for node in usual}
        values = [forward[node] for node in usual]
        for predicate, fits, shape in plan.tests:
            for node, found in zip(usual, values, strict=True):
                if not fits(found[predicate], found):
                    broken.setdefault(node, {})[shape] = None
        for node, shapes in broken.items():
            for shape in shapes:
                yield from self._faults(shape, node)
        for shape, inner in plan.inner:
            for node in usual:
                if shape not in broken.get(node, ()):
                    yield from self._faults(inner, node)
        for shape in plan.asking:
            for node in usual:
                if shape not in broken.get(node, ()):
                    for query in shape.queries:
                        yield from self._answered(query, node)

    def _targets(self, shape: Shape) -> list[Term]:
        """Return the nodes that a shape is for whatever their types and predicates are."""
        found: dict[Term, None] = {}
        for kind, term in shape.targets:
            if kind == "targetNode":
                found[term] = None
            elif kind == "targetObjectsOf" and isinstance(term, ox.NamedNode):
                found.update(dict.fromkeys(self._view.unit.backward(term)))
        return [node for node in found if shape not in self._shapes_of(node)]

    def _shapes_of(self, node: Term) -> tuple[Shape, ...]:
        if (found := self._view.unit.forward.get(node)) is None:
            return ()
        return self._plans.plan((tuple(found.get(v.TYPE, ())), tuple(found))).shapes

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
            for predicate, values in self._view.unit.forward.get(focus, {}).items():
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
            yield from self._answered(query, focus)

    def _answered(self, query: Query, focus: Term) -> Iterator[Fault]:
        answer = self._answers.get(query)
        rows = answer(self._view, focus) if answer else self._asked(query, focus)
        for value, path in rows:
            yield Fault(
                focus=focus,
                path=(Step(predicate=path),) if path else (),
                value=value,
                message=query.message,
                component="sparql",
            )

    def _asked(
        self, query: Query, focus: Term
    ) -> Iterator[tuple[Term | None, ox.NamedNode | None]]:
        """Ask a query that we have no answer to, such as one of somebody's own shapes."""
        if self._store is None:
            # A new engine each time: one in memory keeps, and goes through, what was taken out.
            self._store = ox.Store()
            unit = self._view.unit.forward
            graph = ox.DefaultGraph()
            self._store.extend(
                ox.Quad(subject, predicate, value, graph)  # type: ignore[arg-type]
                for subject, found in unit.items()
                for predicate, values in found.items()
                for value in values
            )
            self._store.extend(cast(ox.Quad, quad) for quad in self._known)
        rows = self._store.query(
            query.select, substitutions={_THIS: focus}, use_default_graph_as_union=True
        )
        assert isinstance(rows, ox.QuerySolutions)
        names = {variable.value for variable in rows.variables}
        for row in rows:
            value = row["value"] if "value" in names else None
            path = row["path"] if "path" in names else None
            yield cast(Term | None, value), cast(ox.NamedNode | None, path)

    def _broken(self, c: Constraint, focus: Term, found: list[Term]) -> Iterable[Term | None]:
        """Return the values that break a constraint, or one None where their number does."""
        test = TESTS.get(c.name)
        if test is not None:
            return [value for value in found if not test(value, c.terms)]
        return getattr(self, f"_{c.name}")(c, focus, found)  # type: ignore[no-any-return]

    def _class(self, c: Constraint, focus: Term, found: list[Term]) -> list[Term]:
        return [value for value in found if c.terms[0] not in self._view.kinds(value)]

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
        return [a for a in found for b in others if not ordered(a, b, strict=True)]

    def _lessThanOrEquals(  # noqa: N802
        self, c: Constraint, focus: Term, found: list[Term]
    ) -> list[Term]:
        others = self._others(c, focus)
        return [a for a in found for b in others if not ordered(a, b, strict=False)]

    def _fits(self, value: Term, shape: Shape) -> bool:
        return next(self._faults(shape, value), None) is None

    def _or(self, c: Constraint, focus: Term, found: list[Term]) -> list[Term]:
        return [value for value in found if not any(self._fits(value, s) for s in c.shapes)]

    def _and(self, c: Constraint, focus: Term, found: list[Term]) -> list[Term]:
        return [value for value in found if not all(self._fits(value, s) for s in c.shapes)]

    _node = _and

    def _not(self, c: Constraint, focus: Term, found: list[Term]) -> list[Term]:
        return [value for value in found if self._fits(value, c.shapes[0])]
