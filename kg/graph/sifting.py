"""What is left of an article when parts of it cannot be stored: never less than its text."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from kg.rdf import vocabulary as v
from kg.records import Entity, Extraction, Statement


def without(extraction: Extraction, nodes: Collection[str], names: v.Names) -> Extraction | None:
    """Return an extraction without what is at fault; None where nothing is left to leave out.

    Statements at fault go alone. Where there are none among the nodes, all that names an entity at
    fault goes; where there is none either, all that was found in the article.

    Args:
        extraction: what was found in an article.
        nodes: IRIs of what breaks a shape: statements, their speakers, entities, places.
        names: tells the IRIs of statements and entities.
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
