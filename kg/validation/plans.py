"""Plans: the checks for all nodes with the same types and predicates, compiled once.

A test returns only whether a node is valid. The few nodes that fail are checked again by `Checker`,
which reports what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.rdf import vocabulary as v
from kg.validation.index import Found, Profile, View
from kg.validation.shapes import Constraint, Shape, Term
from kg.validation.values import TESTS, ordered

Fits = Callable[[Sequence[Term], Found], bool]
"""A test of the values of one property; it also takes all values of the node by property."""

_MANY = 10_000  # profiles kept in memory, of which news articles have some hundreds: chosen
_KEPT = 10_000  # literals remembered as valid for each costly test: chosen, not measured
_COUNTS = frozenset({"minCount", "maxCount"})
_PAIRS = frozenset({"lessThan", "lessThanOrEquals"})
_TESTED = frozenset({*TESTS, *_COUNTS, *_PAIRS, "class", "or"})
_DAYS_AND_NUMBERS = frozenset(v.XSD + name for name in ("integer", "decimal", "date"))
_IRIS = frozenset({"IRI", "BlankNodeOrIRI", "IRIOrLiteral"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The checks for the nodes of one profile, all of them IRIs.

    Attributes:
        shapes: the shapes that target these nodes.
        tests: property, test of its values, and the shape to check again if the test fails.
        whole: shapes that cannot be tested and are checked as a whole.
        inner: shapes with each property shape of theirs that cannot be tested, such as one with a
            longer path.
        asking: shapes with SPARQL constraints.
    """

    shapes: tuple[Shape, ...]
    tests: tuple[tuple[ox.NamedNode, Fits, Shape], ...]
    whole: tuple[Shape, ...]
    inner: tuple[tuple[Shape, Shape], ...]
    asking: tuple[Shape, ...]


class Plans:
    """The plans by profile, for one graph after the other."""

    def __init__(self, shapes: Sequence[Shape], view: View) -> None:
        """Take the shapes, and the view that shows the graph to be checked."""
        self.shapes, self.view = shapes, view
        self._plans: dict[Profile, Plan] = {}
        self._tests: dict[Shape, Fits] = {}

    def plan(self, profile: Profile) -> Plan:
        """Return the plan for the nodes of a profile."""
        if not self.view.plain:  # the graph defines classes of its own: do not reuse its plans
            return self._made(profile)
        if (found := self._plans.get(profile)) is None:
            if len(self._plans) >= _MANY:
                self._plans.clear()
            found = self._plans[profile] = self._made(profile)
        return found

    def concerned(self, profile: Profile) -> list[Shape]:
        """Return the shapes that target nodes of a profile, by class or by predicate."""
        types, names = profile
        above = frozenset[Term]().union(*map(self.view.cone, types))
        return [
            shape
            for shape in self.shapes
            if any(
                (kind == "targetClass" and term in above)
                or (kind == "targetSubjectsOf" and term in names)
                for kind, term in shape.targets
            )
        ]

    def _made(self, profile: Profile) -> Plan:
        types, names = profile
        above = frozenset[Term]().union(*map(self.view.cone, types))
        tests: list[tuple[ox.NamedNode, Fits, Shape]] = []
        whole: list[Shape] = []
        inner: list[tuple[Shape, Shape]] = []
        shapes = self.concerned(profile)
        for shape in shapes:
            closed = shape.allowed is None or shape.allowed.issuperset(names)
            if shape.path or not closed or not all(_plain(c, above) for c in shape.constraints):
                whole.append(shape)
                continue
            for one in shape.properties:
                if not _testable(one):
                    inner.append((shape, one))
                elif (predicate := one.path[0].predicate) in names:
                    tests.append((predicate, self._test(one), shape))
                elif any(c.name == "minCount" and int(c.terms[0].value) for c in one.constraints):
                    whole.append(shape)
                    break
        return Plan(
            shapes=tuple(shapes),
            tests=tuple(test for test in tests if test[2] not in whole),
            whole=tuple(whole),
            inner=tuple(pair for pair in inner if pair[0] not in whole),
            asking=tuple(shape for shape in shapes if shape.queries and shape not in whole),
        )

    def _test(self, shape: Shape) -> Fits:
        if shape not in self._tests:
            self._tests[shape] = self._compiled(shape)
        return self._tests[shape]

    def _compiled(self, shape: Shape) -> Fits:
        least, most = 0, 1 << 30
        pairs: list[tuple[ox.NamedNode, bool]] = []
        each: list[Callable[[Term], bool]] = []
        costly: list[Callable[[Term], bool]] = []
        for c in shape.constraints:
            if c.name == "minCount":
                least = max(least, int(c.terms[0].value))
            elif c.name == "maxCount":
                most = min(most, int(c.terms[0].value))
            elif c.name in _PAIRS:
                assert isinstance(c.terms[0], ox.NamedNode)
                pairs.append((c.terms[0], c.name == "lessThan"))
            else:
                (costly if _costs(c) else each).append(self._single(c))
        if costly:
            each.append(_remembering(costly))

        def fits(values: Sequence[Term], found: Found) -> bool:
            if len(values) == 1:  # most are single
                value = values[0]
                for test in each:
                    if not test(value):
                        return False
                if not pairs:
                    return least <= 1 <= most
            if not least <= len(values) <= most:
                return False
            for test in each:
                for value in values:
                    if not test(value):
                        return False
            for other, strict in pairs:
                for second in found.get(other, ()):
                    for value in values:
                        if not ordered(value, second, strict=strict):
                            return False
            return True

        return fits

    def _single(self, c: Constraint) -> Callable[[Term], bool]:
        """Return a test of one value."""
        if c.name == "class":
            kind, view = c.terms[0], self.view
            return lambda value: kind in view.kinds(value)
        if c.name == "or":
            ways = [[self._single(inner) for inner in s.constraints] for s in c.shapes]
            return lambda value: any(all(test(value) for test in way) for way in ways)
        if c.name == "pattern":
            pattern = re.compile(c.terms[0].value)
            return lambda value: (
                not isinstance(value, ox.BlankNode) and pattern.search(value.value) is not None
            )
        if c.name == "in":
            return frozenset(c.terms).__contains__
        if c.name == "minLength" and int(c.terms[0].value) == 1:
            return lambda value: not isinstance(value, ox.BlankNode) and value.value != ""
        if c.name == "datatype" and c.terms[0].value not in _DAYS_AND_NUMBERS:
            datatype = c.terms[0]
            return lambda value: isinstance(value, ox.Literal) and value.datatype == datatype
        test, terms = TESTS[c.name], c.terms
        return lambda value: test(value, terms)


def _remembering(tests: Iterable[Callable[[Term], bool]]) -> Callable[[Term], bool]:
    """Return a test that remembers the values that passed."""
    all_, passed = tuple(tests), set[Term]()

    def test(value: Term) -> bool:
        if value in passed:
            return True
        if not all(test(value) for test in all_):
            return False
        if len(passed) >= _KEPT:
            passed.clear()
        passed.add(value)
        return True

    return test


def _costs(c: Constraint) -> bool:
    """Return whether the test of a constraint is worth remembering: on short, frequent values."""
    if c.name == "or":
        return all(inner.name == "datatype" for shape in c.shapes for inner in shape.constraints)
    numeric = c.name == "datatype" and c.terms[0].value in _DAYS_AND_NUMBERS
    return numeric or c.name in ("minInclusive", "maxInclusive")


def _plain(c: Constraint, kinds: frozenset[Term]) -> bool:
    """Return whether all IRIs with these classes satisfy a constraint."""
    if c.name == "nodeKind":
        return c.terms[0].value.rpartition("#")[2] in _IRIS
    return c.name == "class" and c.terms[0] in kinds


def _testable(shape: Shape) -> bool:
    """Return whether a property shape can be checked completely by testing values."""
    simple = not (shape.properties or shape.queries or shape.allowed is not None)
    if not simple or len(shape.path) != 1 or shape.path[0].inverse:
        return False
    return all(_tested(c) for c in shape.constraints)


def _tested(c: Constraint) -> bool:
    if c.name == "or":
        return all(
            not (s.path or s.properties or s.queries or s.allowed is not None)
            and all(inner.name in TESTS or inner.name == "class" for inner in s.constraints)
            for s in c.shapes
        )
    return c.name in _TESTED
