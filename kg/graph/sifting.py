"""Leave out the parts of an extraction that break a shape; the article itself always stays."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from kg.rdf import vocabulary as v
from kg.records import Entity, Extraction, Statement


def without(extraction: Extraction, nodes: Collection[str], names: v.Names) -> Extraction | None:
    """Return the extraction without its invalid parts, or None if nothing more can be left out.

    If some of the nodes are statements, only these go. Otherwise, if some are entities, everything
    that names one of these entities goes. Otherwise all mentions, positions and statements go.

    Args:
        extraction: the article and what was extracted from it.
        nodes: IRIs of the nodes that break a shape: statements, speakers, entities, mentions.
        names: gives the IRIs of statements and entities.
    """

    def wrong(s: Statement) -> bool:
        node = names.node(s.id).value
        return any(found == node or found.startswith(f"{node}/") for found in nodes)

    kept = tuple(s for s in extraction.statements if not wrong(s))
    if len(kept) < len(extraction.statements):
        return replace(extraction, statements=kept)
    at_fault = {e for e in extraction.entities if names.node(e.id).value in nodes}
    if at_fault:
        return replace(
            extraction,
            mentions=tuple(m for m in extraction.mentions if m.entity not in at_fault),
            positions=tuple(p for p in extraction.positions if not {p.holder, p.of} & at_fault),
            statements=tuple(s for s in kept if not set(_parties(s)) & at_fault),
        )
    if extraction.mentions or extraction.positions or extraction.statements:
        return Extraction(article=extraction.article)
    return None


def _parties(s: Statement) -> tuple[Entity, ...]:
    return (*s.agents, *s.targets, *s.about, *s.where, *s.attributed_to, *s.reported_by)
