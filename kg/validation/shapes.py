"""Read SHACL shapes from Turtle into dataclasses.

Supports the part of SHACL (W3C Recommendation, 2017) that `ontologies/shapes.ttl` uses: the Core
components in `COMPONENTS`, predicate, inverse and sequence paths, and SPARQL constraints. Anything
else raises an error and is never ignored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg import resources
from kg.errors import OntologyError
from kg.rdf import vocabulary as v

SH = "http://www.w3.org/ns/shacl#"

COMPONENTS = frozenset(
    "class datatype nodeKind minCount maxCount in hasValue pattern minLength maxLength "
    "minInclusive maxInclusive lessThan lessThanOrEquals equals or and not node".split()
)
"""Constraint components, by the local name of their parameter."""

_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_LISTS = frozenset({"in", "or", "and"})
_NESTED = frozenset({"or", "and", "not", "node"})
_OTHER = frozenset(
    (*_TARGETS, "path", "property", "sparql", "message", "closed", "ignoredProperties", "order")
)

Term = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A predicate of a property path, forwards or inverse."""

    predicate: ox.NamedNode
    inverse: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A SPARQL constraint: each solution is a violation.

    Attributes:
        name: IRI, or label of a blank node.
        select: the query with its prefixes.
        message: what must hold, as the predicate of a sentence.
    """

    name: str
    select: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """A constraint component with its parameter: terms or shapes."""

    name: str
    terms: tuple[Term, ...] = ()
    shapes: tuple[Shape, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shape:
    """A node shape, or, if it has a path, a property shape.

    Attributes:
        name: IRI, or label of a blank node.
        path: property path from the focus node to the values; empty for a node shape.
        message: what must hold, as the predicate of a sentence.
        targets: (kind, node) of each target; the kind is `targetClass` and so on.
        constraints: constraints on the values, or for a node shape on the focus node.
        properties: property shapes of a focus node.
        queries: SPARQL constraints of a focus node.
        allowed: for a closed shape, the only properties allowed; None for an open one.
    """

    name: str
    path: tuple[Step, ...] = ()
    message: str = ""
    targets: tuple[tuple[str, Term], ...] = ()
    constraints: tuple[Constraint, ...] = ()
    properties: tuple[Shape, ...] = ()
    queries: tuple[Query, ...] = ()
    allowed: frozenset[ox.NamedNode] | None = None


class _Reader:
    """The triples of a shapes file by subject."""

    def __init__(self, path: Path) -> None:
        self.file = path
        self.nodes: dict[object, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        try:
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                self.nodes[quad.subject][quad.predicate.value].append(quad.object)
        except (SyntaxError, ValueError, OSError) as error:
            raise OntologyError(str(error), where=path, hint="mend the Turtle") from error

    def values(self, node: object, name: str) -> list[Term]:
        return self.nodes[node][SH + name] if node in self.nodes else []

    def text(self, node: object, name: str) -> str:
        return next((value.value for value in self.values(node, name)), "")

    def items(self, head: object) -> Iterator[Term]:
        """Yield the members of an RDF list."""
        while (found := self.nodes[head][v.RDF + "first"]) if head in self.nodes else []:
            yield found[0]
            head = self.nodes[head][v.RDF + "rest"][0]

    def error(self, what: str, node: object) -> OntologyError:
        return OntologyError(f"{what} in {node}", where=self.file, hint="see kg.validation.shapes")

    def path(self, node: Term) -> tuple[Step, ...]:
        if isinstance(node, ox.NamedNode):
            return (Step(predicate=node),)
        if inverse := self.values(node, "inversePath"):
            (step,) = self.path(inverse[0])
            return (Step(predicate=step.predicate, inverse=not step.inverse),)
        steps = [step for item in self.items(node) for step in self.path(item)]
        if not steps:
            raise self.error("there is a path of a kind that is not supported", node)
        return tuple(steps)

    def shape(self, node: Term) -> Shape:
        names = {name.removeprefix(SH) for name in self.nodes[node] if name.startswith(SH)}
        if unknown := names - COMPONENTS - _OTHER:
            raise self.error(f"{', '.join(sorted(unknown))} is not supported", node)
        properties = tuple(map(self.shape, self.values(node, "property")))
        path = self.values(node, "path")
        return Shape(
            name=getattr(node, "value", str(node)),
            path=self.path(path[0]) if path else (),
            message=self.text(node, "message"),
            targets=tuple((kind, value) for kind in _TARGETS for value in self.values(node, kind)),
            constraints=tuple(
                self.constraint(name, value)
                for name in sorted(names & COMPONENTS)
                for value in self.values(node, name)
            ),
            properties=properties,
            queries=tuple(map(self.query, self.values(node, "sparql"))),
            allowed=self.allowed(node, properties),
        )

    def constraint(self, name: str, value: Term) -> Constraint:
        found = tuple(self.items(value)) if name in _LISTS else (value,)
        if name in _NESTED:
            return Constraint(name=name, shapes=tuple(map(self.shape, found)))
        return Constraint(name=name, terms=found)

    def allowed(self, node: Term, properties: tuple[Shape, ...]) -> frozenset[ox.NamedNode] | None:
        if self.text(node, "closed") != "true":
            return None
        paths = {
            shape.path[0].predicate
            for shape in properties
            if len(shape.path) == 1 and not shape.path[0].inverse
        }
        for head in self.values(node, "ignoredProperties"):
            paths |= set(v.nodes(self.items(head)))  # type: ignore[arg-type]
        return frozenset(paths)

    def query(self, node: Term) -> Query:
        lines = [
            f"PREFIX {self.text(one, 'prefix')}: <{self.text(one, 'namespace')}>"
            for place in self.values(node, "prefixes")
            for one in self.values(place, "declare")
        ]
        select = self.text(node, "select")
        return Query(
            name=getattr(node, "value", str(node)),
            select="\n".join((*lines, select)),
            message=self.text(node, "message"),
        )


@cache
def load(path: Path | None = None) -> tuple[Shape, ...]:
    """Return the shapes with a target in a Turtle file, by default in `ontologies/shapes.ttl`.

    Raises:
        OntologyError: the Turtle is malformed, or a shape uses an unsupported part of SHACL.
    """
    reader = _Reader(path or resources.ontology_dir() / "shapes.ttl")
    targeted = [
        node
        for node, predicates in reader.nodes.items()
        if any(SH + kind in predicates for kind in _TARGETS)
    ]
    return tuple(reader.shape(node) for node in targeted)  # type: ignore[arg-type]
