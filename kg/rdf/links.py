"""Plain links: `agent kg:attends event`, only where an article itself says that it took place."""

from __future__ import annotations

from itertools import combinations

from kg import iris
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.rdf.gathering import Quads
from kg.records import Extraction, Statement

_OCCASIONS = ("Event", "Agreement")


def link_quads(
    extraction: Extraction,
    *,
    ontology: Ontology,
    base: str = iris.DEFAULT_BASE,
    floor: float | None = None,
) -> list[v.Quad]:
    """Return the plain links that one article supports, sorted, in a graph of their own.

    A link is written exactly when the act is affirmed, actual, told in the article's own voice
    (no speaker, named or unnamed) and not below a floor of confidence. Each article has its own
    graph of links: a link stays as long as one article supports it.

    Args:
        extraction: what was found in the article.
        ontology: says what a relation links.
        base: IRI before every identifier.
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
    """Return agent, property and other end of each link that a statement would make.

    Agents are joined with targets by the relation itself, parties of a mutual act with one another,
    and agents with events and agreements that the act is about by the card's topic link.
    """
    relation = ontology.relations.get(s.relation)
    found: set[tuple[str, str, str]] = set()
    agents = {agent.id for agent in s.agents}
    if relation is None or relation.links:
        found |= {(agent, s.relation, target.id) for agent in agents for target in s.targets}
    if relation and relation.symmetric and not s.targets:
        found |= {(one, s.relation, other) for one, other in combinations(sorted(agents), 2)}
    if relation and relation.topic_link and (relation.topic_beside_target or not s.targets):
        topics = (e.id for e in s.about if ontology.is_a(e.kind, _OCCASIONS))
        found |= {(agent, relation.topic_link, topic) for topic in topics for agent in agents}
    return {link for link in found if link[0] != link[2]}
