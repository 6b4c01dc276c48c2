"""The graph as a network: nodes are entities, edges join the participants of a statement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from kg.export.tables import common
from kg.ontology import Ontology
from kg.records import Entity, Extraction, Statement
from kg.store import Store

if TYPE_CHECKING:
    import networkx as nx


def network(store: Store, ontology: Ontology) -> nx.MultiDiGraph[str]:
    """Return a directed multigraph of entities, with an edge for each pair that a statement joins.

    Nodes have the attributes `label`, `kind` and `articles` (a count). Edges have `relation`,
    `role` (role of the second node: target, about or agent), `modality`, `polarity`, `date`,
    `speakers`, `unnamed_source`, `reported_by`, `confidence`, `quote`, `article`, `outlet`,
    `statement` and `act` (the same for all statements of one act). Every attribute is present; an
    unknown value is the empty string. Nodes and edges are in a fixed order. All is held in memory,
    about 2 KB for each edge.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    edges: list[tuple[str, str, dict[str, str | float]]] = []
    entities: dict[str, Counter[Entity]] = defaultdict(Counter)
    for extraction in store.readable(ontology=ontology):
        for entity in extraction.entities:
            entities[entity.id][entity] += 1
        edges.extend(edges_of(store, extraction))
    for identifier, found in sorted(entities.items()):
        entity = common(found)
        graph.add_node(
            store.names.node(identifier).value,
            label=entity.name,
            kind=entity.kind,
            articles=found.total(),
        )
    for number, (source, end, attributes) in enumerate(edges):
        graph.add_edge(source, end, key=number, **attributes)
    return graph


def edges_of(
    store: Store, extraction: Extraction
) -> Iterator[tuple[str, str, dict[str, str | float]]]:
    """Yield the edges of one article as (node, node, attributes); see `network`."""
    article = extraction.article
    acts = store.acts([s.id for s in extraction.statements])
    for s in extraction.statements:
        act = acts.get(s.id)
        for source, end, role in _pairs(s):
            yield (
                store.names.node(source.id).value,
                store.names.node(end.id).value,
                {
                    "relation": s.relation,
                    "role": role,
                    "modality": s.modality,
                    "polarity": s.polarity,
                    "date": s.when.value if s.when else "",
                    "speakers": "; ".join(e.name for e in s.attributed_to),
                    "unnamed_source": s.unnamed_source,
                    "reported_by": "; ".join(e.name for e in s.reported_by),
                    "confidence": s.confidence,
                    "quote": article.quote(s.evidence.span),
                    "article": article.id,
                    "outlet": article.outlet,
                    "statement": store.names.node(s.id).value,
                    "act": store.names.node(act).value if act else "",
                },
            )


def _pairs(s: Statement) -> list[tuple[Entity, Entity, str]]:
    """Return (agent, other, role) for each target and topic; without any, all pairs of agents."""
    pairs = [
        (agent, other, role)
        for agent in s.agents
        for role, others in (("target", s.targets), ("about", s.about))
        for other in others
        if other.id != agent.id
    ]
    return pairs or [(one, other, "agent") for one, other in combinations(s.agents, 2)]
