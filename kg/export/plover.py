"""PLOVER event records in JSON Lines, for tools that read event data.

`kg.export.coding` decides which statements are events. A record names the speakers to whom the
article attributes the event; without any the article asserts it itself. An actor has the names that
the article uses for it and for its affiliations, besides the entity's name and identifier.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg import iris
from kg import ontology as ontologies
from kg.export.coding import Coder, Event
from kg.export.files import Target, opened
from kg.gazetteer import Gazetteer
from kg.ontology import Ontology
from kg.records import Entity, Extraction
from kg.store import Store


def write(store: Store, target: Target, **options: object) -> None:
    """Write the event records of all articles."""
    ontology, gazetteer = ontologies.load(), Gazetteer.load()
    with opened(target) as stream:
        for extraction in store.readable(ontology=ontology):
            for record in records(extraction, ontology, gazetteer, store.base):
                stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def records(
    extraction: Extraction,
    ontology: Ontology,
    gazetteer: Gazetteer,
    base: str = iris.DEFAULT_BASE,
) -> Iterator[dict[str, object]]:
    """Yield the event records of one article in the order of its statements.

    Args:
        extraction: the records of the article.
        ontology: has the PLOVER categories of relations and the sectors of classes.
        gazetteer: has the countries of actors.
        base: base IRI of identifiers.
    """
    yield from _Writer(extraction, ontology, gazetteer, base).records()


class _Writer:
    """Writes the events of one article as records."""

    def __init__(
        self, extraction: Extraction, ontology: Ontology, gazetteer: Gazetteer, base: str
    ) -> None:
        self.article = extraction.article
        self.coder = Coder(extraction, ontology)
        self.ontology = ontology
        self.gazetteer = gazetteer
        self.base = base

    def records(self) -> Iterator[dict[str, object]]:
        return map(self._record, self.coder.events())

    def _record(self, event: Event) -> dict[str, object]:
        s = event.statement
        span = s.evidence.span
        return {
            "id": iris.iri(s.id, self.base),
            "date": s.when.value if s.when else self.article.published,
            "date_stated": s.when is not None,
            "actor": [self._coded(e) for e in event.actors],
            "recipient": [self._coded(e) for e in event.recipients],
            "event": [event.category],
            "mode": [],
            "context": [],
            "planned": s.modality == "planned",
            "attempted": s.modality not in {"actual", "planned"} and event.category != "REQUEST",
            "attributed_to": [e.name for e in s.attributed_to],
            "unnamed_source": s.unnamed_source,
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

    def _coded(self, entity: Entity) -> dict[str, object]:
        kinds = (self.ontology.classes.get(k) for k in self.ontology.superclasses(entity.kind))
        owners = self.coder.affiliations(entity)
        # Affiliations come first: they hold at the time of the article, unlike the gazetteer's.
        return {
            "code": next(filter(None, map(self._country, (*owners, entity))), ""),
            "sector": next((k.sector for k in kinds if k and k.sector), ""),
            "entity_text": entity.name,
            "names": self.coder.names(entity),
            "affiliation": [name for e in owners for name in self.coder.names(e)],
            "id": iris.iri(entity.id, self.base),
        }

    def _country(self, entity: Entity) -> str:
        """Return the ISO 3166-1 alpha-3 code of an entity's country; empty if unknown."""
        entry = self.gazetteer.entry(entity.id)
        if entry and entry.country:
            entry = self.gazetteer.entry(entry.country)
        return entry.fact("iso3") if entry else ""
