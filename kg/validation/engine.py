"""A SHACL engine.

SHACL processors for Python need the graph in rdflib and take longer for an article than extraction
does; this one works on the quads as they are stored. Tests compare it with pySHACL, and continuous
integration also with a processor for Node.
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
    """A validation result, as in a SHACL validation report.

    Attributes:
        focus: the focus node.
        path: the property path; empty if the node as a whole is invalid.
        value: the invalid value; None if the number of values is wrong.
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
    """Checks one graph after the other against the same shapes, with the same background."""

    def __init__(self, shapes: Sequence[Shape], background: Iterable[v.Quad]) -> None:
        """Take the shapes and the background: quads added to every graph, such as terms."""
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
        """Return the faults of `quads`, merged into one graph, in no particular order."""
        return self.faults(Index(quads))

    def faults(self, unit: Index) -> list[Fault]:
        """Return the faults of an indexed graph, in no particular order."""
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
        """Release the graph that was checked last; it may be large."""
        self._view.show(Index())
        self._store = None

    def values(self, node: Term, step: Step) -> list[Term]:
        """Return the values of a node for one step of a path."""
        return self._view.values(node, step.predicate, inverse=step.inverse)

    def _of_profile(self, plan: Plan, nodes: Sequence[Term]) -> Iterator[Fault]:
        """Yield the faults of nodes with the same profile, by the shapes that target them."""
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
        """Return the target nodes of a shape that types and predicates do not already tell."""
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
        """Yield the faults of one focus node."""
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
        """Run a query without a function in `ANSWERS`, such as one in a user's own shapes."""
        if self._store is None:
            # A new engine each time: one in memory keeps deleted quads and still scans them.
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
        """Return the values that violate a constraint; one None if their number does."""
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
