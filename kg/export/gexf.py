"""GEXF 1.2 of the network of entities, for Gephi and networkx."""

from __future__ import annotations

from xml.etree import ElementTree

from kg import ontology as ontologies
from kg.export.files import Target, opened
from kg.export.network import network
from kg.export.xml import fit_all
from kg.ontology import Ontology
from kg.store import Store

_VIZ = "http://www.gexf.net/1.2draft/viz"
_SPACE = "http://www.gexf.net/1.2draft"


def write(store: Store, target: Target, **options: object) -> None:
    """Write the network as GEXF; nodes have the colours of their classes.

    The whole network is held in memory; see `kg.export.network.network`.
    """
    import networkx as nx

    ontology = ontologies.load()
    graph = network(store, ontology)
    for _, attributes in graph.nodes(data=True):
        fit_all(attributes)
        if colour := _colour(ontology, str(attributes["kind"])):
            attributes["viz"] = {"color": colour}
    for *_, key, attributes in graph.edges(keys=True, data=True):
        fit_all(attributes)
        attributes["id"] = str(key)
        attributes["label"] = _label(ontology, str(attributes["relation"]))
    text = "\n".join(nx.generate_gexf(graph, prettyprint=True))
    with opened(target) as stream:
        stream.write('<?xml version="1.0" encoding="utf-8"?>\n')
        stream.write(_undated(text) + "\n")


def _colour(ontology: Ontology, kind: str) -> dict[str, int | float]:
    hints = (
        ontology.classes[k].colour for k in ontology.superclasses(kind) if k in ontology.classes
    )
    value = next(filter(None, hints), "").removeprefix("#")
    if len(value) != 6:
        return {}
    red, green, blue = (int(value[n : n + 2], 16) for n in (0, 2, 4))
    return {"r": red, "g": green, "b": blue, "a": 1.0}


def _label(ontology: Ontology, relation: str) -> str:
    found = ontology.relations.get(relation)
    return found.label if found else relation


def _undated(text: str) -> str:
    """Return the document without the date and generator that networkx adds, to be reproducible."""
    for prefix, space in (("", _SPACE), ("viz", _VIZ)):
        ElementTree.register_namespace(prefix, space)
    root = ElementTree.fromstring(text)
    for meta in root.findall(f"{{{_SPACE}}}meta"):
        root.remove(meta)
    return ElementTree.tostring(root, encoding="unicode")
