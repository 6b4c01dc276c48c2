"""The rows of two tables, of entities and of statements, and a writer for CSV."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TextIO

from kg import iris
from kg.ontology import Ontology
from kg.rdf import names_in
from kg.rdf import vocabulary as v
from kg.records import ROLES, Entity, Extraction, Statement
from kg.store import Store
from kg.telling.sentences import sentence
from kg.text.cells import guarded

Cell = str | int | float
SEPARATOR = "|"
"""Separates the values of one cell; inside a value it is replaced by a slash."""

ENTITIES = (
    "id",
    "name",
    "kind",
    "classes",
    "aliases",
    "wikidata",
    "articles",
    "mentions",
    "statements",
)
STATEMENTS = (
    *("statement", "act", "relation", "label", "sentence"),
    *(column for role in ROLES for column in (role, f"{role}_ids")),
    *("unnamed_source", "date", "earliest", "latest", "modality", "polarity", "confidence", "rule"),
    *("quote", "start", "end", "article", "title", "outlet", "published", "url"),
)


def write(
    stream: TextIO, columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, raw: bool = False
) -> None:
    """Write a header and rows as CSV (RFC 4180, but lines end with a line feed only).

    Cells that a spreadsheet would run as formulas are escaped by an apostrophe, unless `raw`.
    """
    writer(stream, columns, raw=raw)(rows)


def writer(
    stream: TextIO, columns: Sequence[str], *, raw: bool = False
) -> Callable[[Iterable[Sequence[Cell]]], None]:
    """Write a header and return a function that writes rows below it; see `write`."""

    def written(cell: Cell) -> Cell:
        return guarded(v.storable(cell), raw=raw) if isinstance(cell, str) else cell

    table = csv.writer(stream, lineterminator="\n")
    table.writerow(columns)
    return lambda rows: table.writerows(map(written, row) for row in rows)


def joined(values: Iterable[str]) -> str:
    """Return several values as one cell, separated by `SEPARATOR`."""
    return SEPARATOR.join(value.replace(SEPARATOR, "/") for value in values)


def entities(store: Store, ontology: Ontology) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each entity, sorted by identifier; for the columns see `ENTITIES`."""
    found: dict[str, Counter[Entity]] = defaultdict(Counter)
    names: dict[str, set[str]] = defaultdict(set)
    mentions: Counter[str] = Counter()
    statements: Counter[str] = Counter()
    for extraction in store.readable(ontology=ontology):
        for entity, written in names_in(extraction, ontology).items():
            found[entity.id][entity] += 1
            names[entity.id] |= {entity.name, *written}
        mentions.update(m.entity.id for m in extraction.mentions)
        for s in {s.id: s for s in extraction.statements}.values():
            parties = (*s.agents, *s.targets, *s.about, *s.where)
            statements.update({entity.id for entity in parties})
    wikidata = store.wikidata()
    for identifier, same in sorted(found.items()):
        entity = common(same)
        yield (
            iris.iri(identifier, store.base),
            entity.name,
            entity.kind,
            joined(ontology.superclasses(entity.kind)),
            joined(sorted(names[identifier] - {entity.name})),
            wikidata.get(identifier, ""),
            same.total(),
            mentions[identifier],
            statements[identifier],
        )


def common(same: Mapping[Entity, int]) -> Entity:
    """Return the most frequent version of an entity whose name or class differs among articles."""
    return max(sorted(same), key=lambda entity: same[entity])


def statements(store: Store, ontology: Ontology) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each statement, by article and text order; columns are `STATEMENTS`."""
    for extraction in store.readable(ontology=ontology):
        acts = store.acts([statement.id for statement in extraction.statements])
        for statement in extraction.statements:
            act = acts.get(statement.id, "")
            yield statement_row(store, ontology, extraction, statement, act)


def statement_row(
    store: Store, ontology: Ontology, extraction: Extraction, s: Statement, act: str
) -> tuple[Cell, ...]:
    """Return the row of one statement of the act `act`; for the columns see `STATEMENTS`."""
    article, span, relation = (
        extraction.article,
        s.evidence.span,
        ontology.relations.get(s.relation),
    )
    cells: list[Cell] = [
        iris.iri(s.id, store.base),
        iris.iri(act, store.base) if act else "",
        s.relation,
        relation.label if relation else s.relation,
        sentence(s, ontology),
    ]
    for role in ROLES:
        group: tuple[Entity, ...] = getattr(s, role)
        cells.append(joined(e.name for e in group))
        cells.append(joined(iris.iri(e.id, store.base) for e in group))
    bounds = v.bounds(s.when.value) if s.when else (None, None)
    cells.append("true" if s.unnamed_source else "")
    cells += [s.when.value if s.when else "", *(day.isoformat() if day else "" for day in bounds)]
    cells += [s.modality, s.polarity, s.confidence, s.evidence.rule]
    cells += [article.quote(span), span.start, span.end, article.id]
    cells += [article.title, article.outlet, article.published, article.url]
    return tuple(cells)
