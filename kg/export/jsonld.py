"""JSON-LD 1.1 with its context inside: one object for each graph, one for each node in it.

The context says of each property what its values are, so that they stand as plain text and numbers.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from kg.export.files import Target, opened
from kg.rdf import vocabulary as v
from kg.store import Store

_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
_SAFE = re.compile(r"[A-Za-z_][\w-]*")
_NODE = "@id"

_Triples = dict[ox.NamedNode, dict[ox.NamedNode, list[ox.NamedNode | ox.Literal]]]


def write(store: Store, target: Target, **options: object) -> None:
    """Write the store as JSON-LD; decimals stay text, so that no digit is lost."""
    graphs = {graph: _grouped(store.match(graph=graph)) for graph in store.graphs()}
    writer = _Writer(store.base, list(graphs.values()))
    found: list[object] = []
    for graph, triples in graphs.items():
        nodes = [writer.node(s, triples) for s in sorted(triples, key=lambda node: node.value)]
        if isinstance(graph, ox.NamedNode):
            found.append({"@id": writer.short(graph), "@graph": nodes})
        else:
            found.extend(nodes)
    with opened(target) as stream:
        json.dump(
            {"@context": writer.context(), "@graph": found}, stream, ensure_ascii=False, indent=1
        )
        stream.write("\n")


class _Writer:
    """Spells nodes and values by one context for the whole document."""

    def __init__(self, base: str, graphs: list[_Triples]) -> None:
        self.prefixes = dict(v.PREFIXES)
        if base[-1:] in ("/", "#", ":", "?"):  # the only ends of a prefix that JSON-LD takes
            self.prefixes["id"] = base
        kinds: dict[ox.NamedNode, set[str]] = defaultdict(set)
        for triples in graphs:
            for predicates in triples.values():
                for predicate, values in predicates.items():
                    kinds[predicate].update(map(_kind, values))
        self.terms: dict[ox.NamedNode, tuple[str, str]] = {}
        """Key and kind of values of each property, where all values are of one kind."""
        for predicate, found in sorted(kinds.items(), key=lambda item: item[0].value):
            name = v.local(predicate)
            plain = bool(_SAFE.fullmatch(name)) and name not in self.prefixes
            key = name if plain else self.short(predicate)
            self.terms[predicate] = key, found.pop() if len(found) == 1 else ""

    def context(self) -> dict[str, object]:
        """Return prefixes, then the properties."""
        found: dict[str, object] = {"@version": 1.1, **self.prefixes}
        for predicate, (key, kind) in self.terms.items():
            if predicate == v.TYPE:
                continue
            term: dict[str, str] = {"@id": self.short(predicate)}
            if kind.startswith("@") and kind != _NODE:
                term["@language"] = kind[1:]
            elif kind == _NODE:
                term["@type"] = _NODE
            elif kind and kind != v.XSD + "string":
                term["@type"] = self.short(ox.NamedNode(kind))
            if len(term) > 1 or key != term["@id"]:
                found[key] = term
        return found

    def node(self, subject: ox.NamedNode, triples: _Triples) -> dict[str, object]:
        found: dict[str, object] = {"@id": self.short(subject)}
        predicates = triples[subject]
        if v.TYPE in predicates:
            found["@type"] = [self.short(value) for value in v.nodes(predicates[v.TYPE])]
        for predicate in sorted(predicates, key=lambda p: p.value):
            if predicate == v.TYPE:
                continue
            key, kind = self.terms[predicate]
            values = [self._value(value, kind) for value in predicates[predicate]]
            found[key] = values[0] if len(values) == 1 else values
        return found

    def _value(self, value: ox.NamedNode | ox.Literal, kind: str) -> object:
        if kind == v.XSD + "integer" and _INTEGER.fullmatch(value.value):
            return int(value.value)
        if kind:
            return value.value if isinstance(value, ox.Literal) else self.short(value)
        if not isinstance(value, ox.Literal):
            return {"@id": self.short(value)}
        if value.language:
            return {"@value": value.value, "@language": value.language}
        if value.datatype.value == v.XSD + "string":
            return {"@value": value.value}
        return {"@value": value.value, "@type": self.short(value.datatype)}

    def short(self, node: ox.NamedNode) -> str:
        """Return an IRI by its prefix, where expanding gives it back."""
        if isinstance(node, ox.BlankNode):
            return f"_:{node.value}"
        for prefix, space in self.prefixes.items():
            rest = node.value.removeprefix(space)
            if rest != node.value and rest and not rest.startswith("//"):
                return f"{prefix}:{rest}"
        return node.value


def _kind(value: ox.NamedNode | ox.Literal) -> str:
    """Return the datatype of a value, `@` and its language, or `@id` for a node."""
    if not isinstance(value, ox.Literal):
        return _NODE
    return f"@{value.language}" if value.language else value.datatype.value


def _grouped(quads: Iterable[v.Quad]) -> _Triples:
    """Return quads by subject and predicate, without their graphs; objects sorted, each once.

    Quads that come in groups already take half the time.
    """
    found: dict[ox.NamedNode, dict[ox.NamedNode, set[ox.NamedNode | ox.Literal]]]
    found = defaultdict(lambda: defaultdict(set))
    last = before = None
    for quad in quads:
        subject = quad.subject
        if subject != last:
            predicates, last, before = found[subject], subject, None
        predicate = quad.predicate
        if predicate != before:
            objects, before = predicates[predicate], predicate
        objects.add(quad.object)
    return {
        subject: {
            predicate: sorted(objects, key=str) if len(objects) > 1 else list(objects)
            for predicate, objects in predicates.items()
        }
        for subject, predicates in found.items()
    }
