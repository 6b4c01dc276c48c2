"""PLOVER event records, one JSON object a line, as event-data tools read them.

A statement is an event when its relation has a PLOVER category and it is told as a fact or a plan,
not denied. Whose word an event is stands on the record; without that it is the article's own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg import iris
from kg import ontology as ontologies
from kg.export.files import Target, opened
from kg.gazetteer import Gazetteer
from kg.ontology import Ontology
from kg.records import Entity, Extraction, Statement
from kg.store import Store

EVENTS = ("actual", "planned")
"""Modalities that event coders record; what is only possible or proposed is no event."""


def write(store: Store, target: Target, **options: object) -> None:
    """Write a record for each place that tells an event."""
    ontology, gazetteer = ontologies.load(), Gazetteer.load()
    with opened(target) as stream:
        for extraction in store.extractions(ontology=ontology):
            coder = _Coder(extraction, ontology, gazetteer, store.base)
            for record in coder.records():
                stream.write(json.dumps(record, ensure_ascii=False) + "\n")


class _Coder:
    """Codes the actors and events of one article."""

    def __init__(
        self, extraction: Extraction, ontology: Ontology, gazetteer: Gazetteer, base: str
    ) -> None:
        self.extraction = extraction
        self.article = extraction.article
        self.ontology = ontology
        self.gazetteer = gazetteer
        self.base = base

    def records(self) -> Iterator[dict[str, object]]:
        for s in self.extraction.statements:
            relation = self.ontology.relations.get(s.relation)
            if relation and relation.plover and s.modality in EVENTS and not s.negated:
                yield self._record(s, relation.plover_of(s.modality), symmetric=relation.symmetric)

    def _record(self, s: Statement, category: str, *, symmetric: bool) -> dict[str, object]:
        span = s.evidence.span
        actors, recipients = list(s.agents), list(s.targets) or self._actors(s.about)
        if symmetric:  # one event with all its parties, not one for each pair
            actors, recipients = [*actors, *(e for e in recipients if e not in actors)], []
        return {
            "id": f"{iris.iri(s.id, self.base)}@{self.article.id}:{span.start}-{span.end}",
            "date": s.when.value if s.when else self.article.published,
            "date_stated": s.when is not None,
            "actor": [self._coded(e) for e in actors],
            "recipient": [self._coded(e) for e in recipients],
            "event": [category],
            "mode": [],
            "context": [],
            "planned": s.modality == "planned",
            "attributed_to": [e.name for e in s.attributed_to],
            "reported_by": [e.name for e in s.reported_by],
            "location": [e.name for e in s.where],
            "relation": s.relation,
            "text": self.article.quote(span),
            "confidence": s.confidence,
            "article": self.article.id,
            "publication": self.article.outlet,
            "published": self.article.published,
            "url": self.article.url,
        }

    def _actors(self, entities: tuple[Entity, ...]) -> list[Entity]:
        return [e for e in entities if self.ontology.is_a(e.kind, ("Actor",))]

    def _coded(self, entity: Entity) -> dict[str, str]:
        kinds = (self.ontology.classes.get(k) for k in self.ontology.superclasses(entity.kind))
        return {
            "code": self._country(entity),
            "sector": next((k.sector for k in kinds if k and k.sector), ""),
            "entity_text": entity.name,
            "id": iris.iri(entity.id, self.base),
        }

    def _country(self, entity: Entity) -> str:
        """Return the ISO 3166-1 alpha-3 code of the country that an actor is or belongs to.

        The article's own word comes first: the gazetteer knows every office that somebody held.
        """
        posts = (p.of for p in self.extraction.positions if p.holder == entity and p.of)
        return next(filter(None, (self._code(e.id) for e in (*posts, entity))), "")

    def _code(self, identifier: str) -> str:
        entry = self.gazetteer.entry(identifier)
        if entry and entry.country:
            entry = self.gazetteer.entry(entry.country)
        return entry.fact("iso3") if entry else ""
