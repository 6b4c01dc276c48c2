"""The SPARQL constraints of our own shapes, programmed in Python.

Running them as SPARQL needs a copy of each article's graph, takes longer than all other checks
together, and visits all statements for each plain link. The queries stand in
`ontologies/shapes.ttl`; each function here gives the same solutions as one of them. Tests compare
both with a SHACL processor that runs the queries.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from types import MappingProxyType

import pyoxigraph as ox

from kg.ontology import EVENTS_AND_AGREEMENTS
from kg.rdf import vocabulary as v
from kg.validation.index import Found, View
from kg.validation.shapes import Term

Row = tuple[Term, ox.NamedNode | None]
"""A solution of a query: the invalid value, and its property if there is one."""

_INTEGER = ox.NamedNode(v.XSD + "integer")
_NUMERIC = (_INTEGER, ox.NamedNode(v.XSD + "decimal"))
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_TEXT, _ARTICLE, _QUOTE = v.term("text"), v.term("article"), v.term("quote")
_START, _END = v.term("start"), v.term("end")
_RELATION, _STATED = v.term("Relation"), v.term("relation")
_AGENT, _TARGET, _ABOUT = v.term("agent"), v.term("target"), v.term("about")
_CONTRADICTS, _ACT = v.term("contradicts"), v.term("act")
_CONFIDENCE, _FLOOR = v.term("confidence"), v.term("linkFloor")
_MODALITY, _ACTUAL = v.term("modality"), v.term("actual")
_POLARITY, _AFFIRMED = v.term("polarity"), v.term("affirmed")
_ATTRIBUTED, _UNNAMED = v.term("attributedTo"), v.term("unnamedSource")
_ROLE, _MUTUAL = v.term("linkedRole"), v.term("MutualRelation")
_TOPIC, _BESIDE, _TOPIC_CLASS = (
    v.term("topicLink"),
    v.term("topicBesideTarget"),
    v.term("TopicLink"),
)
_OCCASIONS = frozenset(map(v.term, EVENTS_AND_AGREEMENTS))


def _quotes(view: View, focus: Term) -> Iterator[Row]:
    texts = [text.value for text in view.values(focus, _TEXT)]
    places = view.values(focus, _ARTICLE, inverse=True) if texts else []
    forward = view.unit.forward
    for place in places:
        found = forward.get(place, {})
        offsets = product(found.get(_START, ()), found.get(_END, ()))
        for (start, end), quote in product(offsets, found.get(_QUOTE, ())):
            if not all(_quoted(text, start, end, quote) for text in texts):
                yield place, _QUOTE


def _quoted(text: str, start: Term, end: Term, quote: Term) -> bool:
    first, last = _offset(start), _offset(end)
    if last is None or last > len(text):
        return last is None  # another shape checks offsets
    return first is None or text[first : max(first, last)] == quote.value


def _offset(term: Term) -> int | None:
    if isinstance(term, ox.Literal) and term.datatype == _INTEGER and term.value.isdecimal():
        return int(term.value)
    return None


def _above(view: View, _: Term) -> Iterator[Row]:
    """Yield entities that have a class but not its direct superclass."""
    for (types, _names), nodes in view.unit.groups().items():
        above = {a for kind in types for a in view.values(kind, v.SUB_CLASS_OF)}
        if not above <= {*types}:
            yield from ((node, v.TYPE) for node in nodes)


def _one(view: View, _: Term) -> Iterator[Row]:
    """Yield entities with two classes of which neither is a superclass of the other."""
    for (types, _names), nodes in view.unit.groups().items():
        classes = [kind for kind in types if view.values(kind, v.SUB_CLASS_OF)]
        if any(
            one not in view.cone(other) and other not in view.cone(one)
            for one, other in product(classes, classes)
        ):
            yield from ((node, v.TYPE) for node in nodes)


def _taken(role: ox.NamedNode, allowed: ox.NamedNode) -> Callable[[View, Term], Iterator[Row]]:
    """Return a check for statements with an entity in a role that its relation does not allow."""

    def answer(view: View, _: Term) -> Iterator[Row]:
        fits: dict[tuple[Term, Term], bool] = {}
        for statement, found in view.unit.having(_STATED, role):
            for pair in product(found[_STATED], found[role]):
                if pair not in fits:
                    relation, who = pair
                    classes = view.values(relation, allowed)
                    types = view.values(who, v.TYPE)
                    fits[pair] = not classes or any(kind in classes for kind in types)
                if not fits[pair]:
                    yield statement, role

    return answer


def _contradiction(view: View, focus: Term) -> Iterator[Row]:
    told = set(view.values(focus, _ACT))
    for claim in view.values(focus, _CONTRADICTS):
        if told.isdisjoint(view.values(claim, _ACT)):
            yield focus, _CONTRADICTS


@dataclass(frozen=True, slots=True, kw_only=True)
class _Card:
    """The plain links of a relation, from its card.

    Attributes:
        targets: it links agents with targets.
        mutual: it links agents with one another if there is no target.
        topics: properties that link agents with what the act is about.
        beside: these links are made even if there is a target.
    """

    targets: bool
    mutual: bool
    topics: tuple[ox.NamedNode, ...]
    beside: bool


def _card(view: View, relation: Term) -> _Card:
    beside = view.values(relation, _BESIDE)
    return _Card(
        targets=_TARGET in view.values(relation, _ROLE),
        mutual=_MUTUAL in view.values(relation, v.TYPE),
        topics=tuple(v.nodes(view.values(relation, _TOPIC))),  # type: ignore[arg-type]
        beside=v.boolean(False) not in beside,
    )


def _licensed(view: View, least: Term) -> Iterator[tuple[Term, bool, tuple[Term, Term, Term]]]:
    """Yield the plain links of all statements: statement, whether it is symmetric, and triple."""
    floor = min(map(_number, view.values(least, _FLOOR)), default=None)
    if floor is None:
        return
    cards: dict[Term, _Card] = {}
    for statement, found in view.unit.having(_STATED, _AGENT, _CONFIDENCE, _MODALITY, _POLARITY):
        if not _own(found) or max(map(_number, found[_CONFIDENCE])) < floor:
            continue
        targets = found.get(_TARGET, [])
        for relation in found[_STATED]:
            if (card := cards.get(relation)) is None:
                card = cards[relation] = _card(view, relation)
            ends: list[tuple[Term, list[Term]]] = []
            if card.targets:
                ends.append((relation, targets))
            if card.mutual and not targets:
                ends.append((relation, found[_AGENT]))
            if card.topics and (card.beside or not targets):
                topics = [t for t in found.get(_ABOUT, ()) if _occasion(view, t)]
                ends += [(topic, topics) for topic in card.topics]
            for link, others in ends:
                for agent, other in product(found[_AGENT], others):
                    yield statement, card.mutual, (agent, link, other)


def _own(found: Found) -> bool:
    """Return whether a statement is affirmed, actual and not attributed to a source."""
    return (
        _ACTUAL in found[_MODALITY]
        and _AFFIRMED in found[_POLARITY]
        and _ATTRIBUTED not in found
        and v.boolean(True) not in found.get(_UNNAMED, ())
    )


def _number(term: Term) -> Decimal:
    """Return the number of a literal; minus infinity if it is none."""
    if isinstance(term, ox.Literal) and term.datatype in _NUMERIC and _NUMBER.fullmatch(term.value):
        return Decimal(term.value)
    return Decimal("-Infinity")


def _occasion(view: View, node: Term) -> bool:
    return not _OCCASIONS.isdisjoint(view.values(node, v.TYPE))


def _supported(view: View, focus: Term) -> Iterator[Row]:
    """Yield agents with a plain link that no statement supports."""
    properties = {
        node
        for index in (view.background, view.unit)
        for kind in (_RELATION, _TOPIC_CLASS)
        for node in index.backward(v.TYPE).get(kind, ())
    }
    licensed = {link for _, _, link in _licensed(view, focus)}
    for (_, names), nodes in view.unit.groups().items():
        for link in (name for name in names if name in properties):
            for node in nodes:
                others = view.unit.forward[node][link]
                if any((node, link, other) not in licensed for other in others):
                    yield node, link


def _complete(view: View, focus: Term) -> Iterator[Row]:
    """Yield statements whose plain link is missing."""
    links: dict[tuple[Term, Term], set[Term]] = {}

    def there(agent: Term, link: Term, other: Term) -> bool:
        if (others := links.get((agent, link))) is None:
            others = set(view.values(agent, link)) if isinstance(link, ox.NamedNode) else set()
            links[agent, link] = others
        return other in others

    for statement, mutual, (agent, link, other) in _licensed(view, focus):
        if agent == other or there(agent, link, other):
            continue
        if not (mutual and there(other, link, agent)):
            yield statement, None


ANSWERS: Mapping[str, Callable[[View, Term], Iterator[Row]]] = MappingProxyType(
    {
        "quotes": _quotes,
        "above": _above,
        "one": _one,
        "agents": _taken(_AGENT, v.term("agentClass")),
        "targets": _taken(_TARGET, v.term("targetClass")),
        "contradiction": _contradiction,
        "supported": _supported,
        "complete": _complete,
    }
)
"""The function for each query of our own shapes, by local name; it takes view and focus node."""
