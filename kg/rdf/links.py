"""Plain links such as `agent kg:attends event`, for acts that an article states as facts."""

from __future__ import annotations

from itertools import combinations

from kg import iris
from kg.ontology import EVENTS_AND_AGREEMENTS, Ontology
from kg.rdf import vocabulary as v
from kg.rdf.gathering import Quads
from kg.records import Extraction, Statement


def link_quads(
    extraction: Extraction,
    *,
    ontology: Ontology,
    base: str = iris.DEFAULT_BASE,
    floor: float | None = None,
) -> list[v.Quad]:
    """Return the plain links of one article, sorted, in the article's graph of links.

    A statement gives links if it is affirmed, actual, not attributed to any source, and not below
    the least confidence. Since each article has its own graph of links, a link exists as long as
    one article supports it.

    Args:
        extraction: what was extracted from the article.
        ontology: says what a relation links.
        base: IRI prefix of all identifiers.
        floor: least confidence of a statement, by default that of the ontology.
    """
    names = v.Names(base)
    least = ontology.link_floor if floor is None else floor
    out = Quads(names.links(extraction.article.id))
    for s in extraction.statements:
        claimed = s.attributed_to or s.unnamed_source
        if s.modality != "actual" or s.negated or claimed or s.confidence < least:
            continue
        for agent, link, other in linked(s, ontology):
            out.add(names.node(agent), link, names.node(other))
    return out.sorted()


def linked(s: Statement, ontology: Ontology) -> set[tuple[str, str, str]]:
    """Return (agent, property, other entity) for each link that a statement would give.

    The relation links agents with targets, or the parties of a symmetric relation with one another.
    The card's topic link links agents with the events and agreements that the act is about.
    """
    relation = ontology.relations.get(s.relation)
    found: set[tuple[str, str, str]] = set()
    agents = {agent.id for agent in s.agents}
    if relation is None or relation.links:
        found |= {(agent, s.relation, target.id) for agent in agents for target in s.targets}
    if relation and relation.symmetric and not s.targets:
        found |= {(one, s.relation, other) for one, other in combinations(sorted(agents), 2)}
    if relation and relation.topic_link and (relation.topic_beside_target or not s.targets):
        topics = (e.id for e in s.about if ontology.is_a(e.kind, EVENTS_AND_AGREEMENTS))
        found |= {(agent, relation.topic_link, topic) for topic in topics for agent in agents}
    return {link for link in found if link[0] != link[2]}
