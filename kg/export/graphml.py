"""GraphML of the network of entities, for Gephi, yEd, Cytoscape and networkx."""

from __future__ import annotations

from kg import ontology as ontologies
from kg.export.files import Target, opened
from kg.export.network import network
from kg.export.xml import fit_all
from kg.store import Store


def write(store: Store, target: Target, **options: object) -> None:
    """Write the network as GraphML; characters that XML forbids become U+FFFD.

    The whole network is held in memory; see `kg.export.network.network`.
    """
    import networkx as nx

    graph = network(store, ontologies.load())
    for _, attributes in graph.nodes(data=True):
        fit_all(attributes)
    for *_, attributes in graph.edges(data=True):
        fit_all(attributes)
    with opened(target) as stream:
        stream.write('<?xml version="1.0" encoding="utf-8"?>\n')
        stream.writelines(f"{line}\n" for line in nx.generate_graphml(graph, named_key_ids=True))
