"""JSON Lines: one record for each entity and each statement of each article."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping

from kg import iris
from kg import ontology as ontologies
from kg.export.files import Target, opened
from kg.ontology import Ontology
from kg.rdf import names_in
from kg.records import Entity, Extraction, Statement
from kg.store import Store


def write(store: Store, target: Target, **options: object) -> None:
    """Write the records of all articles; see `records`."""
    ontology = ontologies.load()
    with opened(target) as stream:
        for record in records(store, ontology):
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def records(store: Store, ontology: Ontology) -> Iterator[dict[str, object]]:
    """Yield the records of every article: first its entities, then its statements."""
    wikidata = store.wikidata()
    for extraction in store.readable(ontology=ontology):
        yield from _entities(store, extraction, ontology, wikidata)
        acts = store.acts([statement.id for statement in extraction.statements])
        for statement in extraction.statements:
            yield _statement(store, extraction, statement, acts.get(statement.id))


def _iris(store: Store, entities: tuple[Entity, ...]) -> list[str]:
    return [iris.iri(entity.id, store.base) for entity in entities]


def _entities(
    store: Store, extraction: Extraction, ontology: Ontology, wikidata: Mapping[str, str]
) -> Iterator[dict[str, object]]:
    names = names_in(extraction, ontology)
    positions: dict[str, list[dict[str, str | None]]] = defaultdict(list)
    for position in extraction.positions:
        of = iris.iri(position.of.id, store.base) if position.of else None
        fact = {"title": position.title, "of": of}
        if fact not in positions[position.holder.id]:
            positions[position.holder.id].append(fact)
    for entity in extraction.entities:
        classes = ontology.superclasses(entity.kind)
        yield {
            "kind": "entity",
            "article": extraction.article.id,
            "id": iris.iri(entity.id, store.base),
            "name": entity.name,
            "types": [name for name in classes if name != "Entity"],
            "mentions": list(names[entity]),
            "positions": positions[entity.id],
            "wikidata": wikidata.get(entity.id),
        }


def _statement(
    store: Store, extraction: Extraction, s: Statement, act: str | None
) -> dict[str, object]:
    span = s.evidence.span
    return {
        "kind": "statement",
        "article": extraction.article.id,
        "id": iris.iri(s.id, store.base),
        "act": iris.iri(act, store.base) if act else None,
        "relation": s.relation,
        "agents": _iris(store, s.agents),
        "targets": _iris(store, s.targets),
        "about": _iris(store, s.about),
        "where": _iris(store, s.where),
        "attributed_to": _iris(store, s.attributed_to),
        "reported_by": _iris(store, s.reported_by),
        "unnamed_source": s.unnamed_source,
        "modality": s.modality,
        "polarity": s.polarity,
        "when": s.when.value if s.when else None,
        "start": span.start,
        "end": span.end,
        "quote": extraction.article.quote(span),
        "confidence": s.confidence,
    }
