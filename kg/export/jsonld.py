"""JSON-LD 1.1 with its context inside: one object for each graph, one for each node in it."""

from __future__ import annotations

import json

import pyoxigraph as ox

from kg.export.files import Target, opened
from kg.export.syntax import grouped
from kg.rdf import vocabulary as v
from kg.store import Store


def write(store: Store, target: Target, **options: object) -> None:
    """Write the store as JSON-LD; numbers stay typed strings, so that no digit is lost."""
    graphs = [
        {
            "@id": graph.value,
            "@graph": [
                _node(subject, predicates)
                for subject, predicates in sorted(
                    grouped(store.match(graph=graph)).items(), key=lambda item: item[0].value
                )
            ],
        }
        for graph in store.graphs()
    ]
    document = {"@context": {"@version": 1.1, **v.PREFIXES}, "@graph": graphs}
    with opened(target) as stream:
        json.dump(document, stream, ensure_ascii=False, indent=1)
        stream.write("\n")


def _node(
    subject: ox.NamedNode, predicates: dict[ox.NamedNode, list[ox.NamedNode | ox.Literal]]
) -> dict[str, object]:
    found: dict[str, object] = {"@id": subject.value}
    for predicate in sorted(predicates, key=lambda p: p.value):
        values = predicates[predicate]
        if predicate == v.TYPE:
            found["@type"] = [_short(value) for value in values if isinstance(value, ox.NamedNode)]
        else:
            found[_short(predicate)] = [_value(value) for value in values]
    return found


def _value(value: ox.NamedNode | ox.Literal) -> dict[str, str]:
    if isinstance(value, ox.NamedNode):
        return {"@id": value.value}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if value.datatype.value == v.XSD + "string":
        return {"@value": value.value}
    return {"@value": value.value, "@type": _short(value.datatype)}


def _short(node: ox.NamedNode) -> str:
    for prefix, space in v.PREFIXES.items():
        if node.value.startswith(space):
            return f"{prefix}:{node.value[len(space) :]}"
    return node.value
