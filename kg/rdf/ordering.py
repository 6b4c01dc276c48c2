"""The canonical order of an extraction, and the names of its entities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.ontology import DESCRIBED, Ontology
from kg.rdf import vocabulary as v
from kg.records import Entity, Extraction, Mention, Position, Statement

SHORT = 8
"""Hexadecimal digits of a digest in identifiers that also hold offsets, and in those of runs."""


def canonical(extraction: Extraction) -> Extraction:
    """Return an extraction in canonical form, as it is stored.

    Mentions, positions and statements are sorted by offsets, without duplicates. The entities of a
    role are sorted by identifier, except the chain of speakers, whose order has a meaning.
    """

    def ordered(s: Statement) -> Statement:
        return replace(
            s,
            agents=_each_once(s.agents),
            targets=_each_once(s.targets),
            about=_each_once(s.about),
            where=_each_once(s.where),
            reported_by=_each_once(s.reported_by),
            confidence=float(v.decimal(s.confidence).value),
        )

    # Of two statements that differ in confidence only, the one with the higher confidence stays.
    unsure_first = sorted(map(ordered, extraction.statements), key=lambda s: s.confidence)
    statements = {s.id: s for s in unsure_first}
    return Extraction(
        article=extraction.article,
        mentions=tuple(sorted(set(extraction.mentions), key=_mention_order)),
        positions=tuple(sorted(set(extraction.positions), key=_position_order)),
        statements=tuple(sorted(statements.values(), key=statement_order)),
    )


def _each_once(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    return tuple(sorted(set(entities)))


def _mention_order(mention: Mention) -> tuple[object, ...]:
    return mention.span, mention.entity, mention.how


def _position_order(position: Position) -> tuple[object, ...]:
    return position.span, position.holder, position.title, position.of.id if position.of else ""


def statement_order(s: Statement) -> tuple[object, ...]:
    """Return the sort key of a statement within its article: offsets, then content."""
    return s.evidence.span, s.evidence.trigger, s.relation, s.id


def names_in(extraction: Extraction, ontology: Ontology) -> dict[Entity, tuple[str, ...]]:
    """Return the distinct names of each entity in this article, sorted.

    A description counts as a name for events, agreements and groups, and for entities without any
    name. White space is collapsed.
    """
    found: dict[Entity, set[str]] = {entity: set() for entity in extraction.entities}
    by_name = sorted(extraction.mentions, key=lambda m: m.how != "name")
    for mention in by_name:
        described = ontology.is_a(mention.entity.kind, DESCRIBED) or not found[mention.entity]
        if mention.how == "name" or (mention.how == "description" and described):
            name = " ".join(extraction.article.quote(mention.span).split())
            found[mention.entity].add(name)
    return {entity: tuple(sorted(names - {""})) for entity, names in found.items()}
