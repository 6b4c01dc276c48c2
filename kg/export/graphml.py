"""GraphML of the network of entities, as Gephi, yEd, Cytoscape and networkx read it."""

from __future__ import annotations

import re

from kg import ontology as ontologies
from kg.export.files import Target, opened
from kg.export.network import network
from kg.store import Store

# What XML 1.0 cannot contain, escaped or not.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(store: Store, target: Target, **options: object) -> None:
    """Write the network as GraphML; characters that XML forbids become U+FFFD."""
    import networkx as nx

    graph = network(store, ontologies.load())
    for _, attributes in graph.nodes(data=True):
        _clean(attributes)
    for *_, attributes in graph.edges(data=True):
        _clean(attributes)
    with opened(target) as stream:
        stream.write('<?xml version="1.0" encoding="utf-8"?>\n')
        stream.writelines(f"{line}\n" for line in nx.generate_graphml(graph, named_key_ids=True))


def _clean(attributes: dict[str, object]) -> None:
    for key, value in attributes.items():
        if isinstance(value, str):
            attributes[key] = _NOT_XML.sub("\ufffd", value)
