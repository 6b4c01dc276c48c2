"""JSON-LD 1.1 with an embedded context: one object for each graph, with one for each node.

The context gives the datatype of each property, so that values are plain strings and numbers.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import cast

import pyoxigraph as ox

from kg.export.files import Target, opened
from kg.export.syntax import line_of, subjects
from kg.rdf import vocabulary as v
from kg.store import Store

_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
_SAFE = re.compile(r"[A-Za-z_][\w-]*")
_NODE = "@id"

_Predicates = dict[ox.NamedNode, list[ox.NamedNode | ox.Literal]]


def write(store: Store, target: Target, **options: object) -> None:
    """Write the store as JSON-LD; decimals are strings, so that no digit is lost."""
    writer = _Writer(store)
    context = _laid_out(writer.context(), 1)
    graphs = chain.from_iterable(map(writer.graph, store.graphs()))
    with opened(target) as stream:
        stream.write(f'{{\n "@context": {context},\n "@graph": ')
        stream.writelines(_list(graphs, 1))
        stream.write("\n}\n")


def _laid_out(value: object, depth: int) -> str:
    """Return a value as JSON, indented for the nesting `depth`."""
    # JSON escapes line feeds in strings, so each of those left ends a line.
    lines = json.dumps(value, ensure_ascii=False, indent=1)
    return lines.replace("\n", f"\n{' ' * depth}")


def _list(items: Iterable[Iterable[str]], depth: int) -> Iterator[str]:
    """Yield a JSON list, as `json.dump` with indent 1 writes it, from items given in pieces."""
    before = "["
    for item in items:
        yield f"{before}\n{' ' * (depth + 1)}"
        yield from item
        before = ","
    yield "[]" if before == "[" else f"\n{' ' * depth}]"


class _Writer:
    """Writes nodes and values, shortened by one context for the whole document."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.prefixes = dict(v.PREFIXES)
        base = store.base
        if base[-1:] in ("/", "#", ":", "?"):  # JSON-LD allows only these ends
            self.prefixes["id"] = base
        kinds: dict[ox.NamedNode, set[str]] = defaultdict(set)
        for quad in store.match():
            kinds[quad.predicate].add(_kind(quad.object))
        self.terms: dict[ox.NamedNode, tuple[str, str]] = {}
        """(key, datatype) of each property; the datatype is "" if values have different ones."""
        for predicate, found in sorted(kinds.items(), key=lambda item: item[0].value):
            name = v.local(predicate)
            plain = bool(_SAFE.fullmatch(name)) and name not in self.prefixes
            key = name if plain else self.short(predicate)
            self.terms[predicate] = key, found.pop() if len(found) == 1 else ""

    def context(self) -> dict[str, object]:
        """Return the context: prefixes and properties."""
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

    def graph(self, graph: ox.NamedNode) -> Iterator[Iterator[str]]:
        """Yield the object of a named graph, or of each node of the default one, in pieces."""
        depth = 4 if isinstance(graph, ox.NamedNode) else 2
        nodes = (
            iter([_laid_out(self._node(subject, predicates), depth)])
            for subject, predicates in _subjects(self.store.match(graph=graph))
        )
        if isinstance(graph, ox.NamedNode):
            name = json.dumps(self.short(graph), ensure_ascii=False)
            head = f'{{\n   "@id": {name},\n   "@graph": '
            yield chain([head], _list(nodes, 3), ["\n  }"])
        else:
            yield from nodes

    def _node(self, subject: ox.NamedNode, predicates: _Predicates) -> dict[str, object]:
        found: dict[str, object] = {"@id": self.short(subject)}
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
        """Return an IRI as a compact IRI (`prefix:name`), if that expands to the same IRI."""
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


def _subjects(quads: Iterable[v.Quad]) -> Iterator[tuple[ox.NamedNode, _Predicates]]:
    """Yield each subject with its objects by predicate, all sorted and without duplicates."""
    for _, subject, spelled in subjects(map(line_of, quads)):
        lines = "".join(f"{subject} {p} {o} .\n" for p, objects in spelled.items() for o in objects)
        predicates: _Predicates = {}
        for triple in cast(Iterable[v.Quad], ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)):
            predicates.setdefault(triple.predicate, []).append(triple.object)
            node = triple.subject
        yield node, predicates
