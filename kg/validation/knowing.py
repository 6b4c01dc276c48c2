"""Find unknown graphs, nodes, types and properties, which SHACL shapes do not report.

A shape only checks its target nodes. It would not report a node that no shape targets, nor an extra
property of a node whose shape is open, such as an entity with plain links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableSequence, Sequence

import pyoxigraph as ox

from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.rdf.acts import MANY_TOLD, UNSETTLED
from kg.validation.engine import Fault
from kg.validation.index import Found, Index, Profile
from kg.validation.shapes import Shape, Step, Term

_ENTITY = v.term("Entity")
_OF_ENTITIES = frozenset({v.TYPE, v.PREF_LABEL, v.ALT_LABEL, v.SAME_AS})
_OF_DECISIONS = (
    *(v.term("unfinished"), v.DIFFERENT_FROM, v.INFLUENCED_BY, v.INVALIDATED_BY),
    *(v.ALTERNATE_OF, v.REVISION_OF, v.GENERATED_BY),
)
_STEP = Step(predicate=v.TYPE)


def place(names: v.Names, graph: ox.NamedNode) -> tuple[str, str]:
    """Return the kind of a graph of a store, and its article if it belongs to one.

    The kind is `article`, `links`, `decided`, `acts`, `background`, `sources`, `decisions` or
    `terms`; empty if no store has a graph of this name.
    """
    single = {
        names.acts: "acts",
        names.background: "background",
        names.sources: "sources",
        names.decisions: "decisions",
        names.terms: "terms",
    }
    if graph in single:
        return single[graph], ""
    name = names.identifier(graph)
    for prefix, kind in (
        ("article/", "article"),
        (v.LINKS, "links"),
        (f"{v.DECISIONS}/", "decided"),
    ):
        article = name.removeprefix(prefix)
        if name.startswith(prefix) and article:
            return kind, article
    return "", ""


class Known:
    """The types and properties that data may have."""

    def __init__(self, shapes: Sequence[Shape], ontology: Ontology) -> None:
        """Collect them from the shapes and the ontology."""
        links = {*ontology.relations, *(r.topic_link for r in ontology.relations.values())} - {""}
        self.links = frozenset(map(v.term, links))
        self._closed: set[Term] = set()
        properties = {*_OF_ENTITIES, *_OF_DECISIONS, MANY_TOLD, UNSETTLED}
        for shape in shapes:
            properties |= set(_paths(shape))
            if shape.allowed is not None:
                properties |= shape.allowed
                self._closed |= set(_classes(shape))
        self.properties = frozenset(properties)
        self.types: frozenset[Term] = frozenset(
            {*self._closed, *map(v.term, ontology.classes), _ENTITY}
        )

    def of_articles(self, unit: Index) -> Iterator[Fault]:
        """Yield the unknown types and properties in graphs of articles."""
        for profile, nodes in unit.groups().items():
            if not self._known(profile):
                for node in nodes:
                    yield from self._of_node(node, unit.forward[node])

    def others(
        self, quads: Iterable[v.Quad], kind: str, found: MutableSequence[Fault]
    ) -> Iterator[v.Quad]:
        """Yield the quads of a graph of plain links or of no article, noting unknown properties.

        Args:
            quads: the graph.
            kind: its kind, see `place`.
            found: the list to which faults are added.
        """
        allowed = self.links if kind == "links" else self.properties
        for quad in quads:
            if quad.predicate not in allowed:
                found.append(_unknown(quad.subject, quad.predicate, quad.object))
            yield quad

    def _known(self, profile: Profile) -> bool:
        """Return whether all nodes of a profile are allowed in an article."""
        types, names = profile
        if not self.types.issuperset(types):
            return False
        if not self._closed.isdisjoint(types):
            return True  # their closed shapes check the properties
        return _ENTITY in types and _OF_ENTITIES.issuperset(names)

    def _of_node(self, node: Term, found: Found) -> Iterator[Fault]:
        types = found.get(v.TYPE, [])
        for kind in types:
            if kind not in self.types:
                yield Fault(
                    focus=node,
                    path=(_STEP,),
                    value=kind,
                    message="must have only types that the ontology has",
                    component="in",
                )
        if not self._closed.isdisjoint(types):
            return  # its closed shape checks the properties
        if _ENTITY not in types:
            message = "must be an entity, a statement or something else that the ontology has"
            yield Fault(focus=node, path=(), value=None, message=message, component="class")
            return
        for predicate, values in found.items():
            if predicate not in _OF_ENTITIES:
                yield _unknown(node, predicate, values[0])


def _unknown(node: Term, predicate: ox.NamedNode, value: Term) -> Fault:
    return Fault(
        focus=node,
        path=(Step(predicate=predicate),),
        value=value,
        message="must have only properties that the ontology gives it",
        component="closed",
    )


def _classes(shape: Shape) -> Iterator[ox.NamedNode]:
    """Yield the classes whose instances a shape targets."""
    for kind, term in shape.targets:
        if kind == "targetClass" and isinstance(term, ox.NamedNode):
            yield term
    for constraint in shape.constraints:
        if constraint.name == "class":
            yield from v.nodes(constraint.terms)  # type: ignore[arg-type]


def _paths(shape: Shape) -> Iterator[ox.NamedNode]:
    """Yield the properties that a shape mentions."""
    for inner in shape.properties:
        yield from (step.predicate for step in inner.path)
