"""A folder of CSV files for `neo4j-admin database import`, with the command that takes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg import ontology as ontologies
from kg.errors import WriteError
from kg.export import tables
from kg.export.files import Target
from kg.export.network import network
from kg.export.site.folder import Folder
from kg.ontology import Ontology
from kg.records import Extraction
from kg.store import Store

_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ROLES = ("agents", "targets", "about", "where", "attributed_to", "reported_by")

_ENTITIES = (
    *("id:ID(entity)", "name", "kind", "labels:LABEL", "aliases:string[]", "wikidata"),
    *("articles:int", "mentions:int", "statements:int"),
)
_ARTICLES = ("id:ID(article)", "title", "outlet", "published", "url", "byline", ":LABEL")
_STATEMENTS = (
    *("id:ID(statement)", "act", "relation", "sentence", "date", "earliest", "latest", "modality"),
    *("polarity", "unnamedSource:boolean", "confidence:float", "rule", "quote"),
    *("start:int", "end:int", ":LABEL"),
)
_RELATIONS = (
    *(":START_ID(entity)", ":END_ID(entity)", ":TYPE", "role", "modality", "polarity", "date"),
    *("speakers", "unnamedSource:boolean", "reportedBy", "confidence:float", "quote"),
    *("article", "outlet", "statement", "act"),
)

COMMAND = """\
neo4j-admin database import full neo4j --overwrite-destination --multiline-fields=true \\
  --array-delimiter='|' --delimiter=',' \\
  --nodes=entities.csv --nodes=articles.csv --nodes=statements.csv \\
  --relationships=relations.csv --relationships=roles.csv --relationships=sources.csv
"""


def write(store: Store, target: Target, **options: object) -> None:
    """Write the files into a folder, `target`, which is made; they take their place at once.

    Nodes are entities, articles and statements; entities are also joined directly, by one
    relationship for each pair that a statement joins. Option `raw_csv` leaves cells as they are
    that a spreadsheet would run.

    Raises:
        WriteError: the target is no folder, or a file cannot be written.
    """
    if not isinstance(target, str | Path) or target == "-":
        raise WriteError("the import files of Neo4j need a folder", hint="name one: graph.neo4j")
    ontology = ontologies.load()
    extractions = list(store.readable(ontology=ontology))
    files: dict[str, tuple[Sequence[str], Iterable[Sequence[tables.Cell]]]] = {
        "entities.csv": (_ENTITIES, _entities(store, ontology)),
        "articles.csv": (_ARTICLES, map(_article, extractions)),
        "statements.csv": (_STATEMENTS, _statements(store, ontology, extractions)),
        "relations.csv": (_RELATIONS, _relations(store, ontology)),
        "roles.csv": (
            (":START_ID(statement)", ":END_ID(entity)", ":TYPE", "place:int"),
            _roles(store, extractions),
        ),
        "sources.csv": (
            (":START_ID(statement)", ":END_ID(article)", ":TYPE"),
            (
                (store.names.node(s.id).value, e.article.id, "STATED_IN")
                for e in extractions
                for s in e.statements
            ),
        ),
    }
    with Folder(target, fixed=True) as folder:
        for name, (columns, rows) in files.items():
            with folder.opened(name) as stream:
                tables.write(stream, columns, rows, raw=bool(options.get("raw_csv")))
        folder.write("import.sh", COMMAND)


def _type(name: str) -> str:
    """Return a name as Neo4j's relationship types are written: COMMENTS_ON."""
    return _CAPITAL.sub("_", name).upper()


def _truth(value: bool) -> str:
    """Return a truth value as the importer reads it."""
    return str(value).lower()


def _entities(store: Store, ontology: Ontology) -> Iterator[tuple[tables.Cell, ...]]:
    for identifier, name, kind, classes, aliases, *rest in tables.entities(store, ontology):
        yield identifier, name, kind, classes, aliases, *rest


def _article(extraction: Extraction) -> tuple[tables.Cell, ...]:
    a = extraction.article
    return a.id, a.title, a.outlet, a.published, a.url, a.byline, "Article"


def _statements(
    store: Store, ontology: Ontology, extractions: Iterable[Extraction]
) -> Iterator[tuple[tables.Cell, ...]]:
    wanted = (
        *("statement", "act", "relation", "sentence", "date", "earliest", "latest", "modality"),
        *("polarity", "unnamed_source", "confidence", "rule", "quote", "start", "end"),
    )
    acts = store.acts()
    for extraction in extractions:
        for s in extraction.statements:
            row = tables.statement_row(store, ontology, extraction, s, acts.get(s.id, ""))
            cells = dict(zip(tables.STATEMENTS, row, strict=True))
            cells["unnamed_source"] = _truth(s.unnamed_source)
            yield *(cells[name] for name in wanted), "Statement"


def _relations(store: Store, ontology: Ontology) -> Iterator[tuple[tables.Cell, ...]]:
    names = (
        *("role", "modality", "polarity", "date", "speakers", "unnamed_source", "reported_by"),
        *("confidence", "quote", "article", "outlet", "statement", "act"),
    )
    for start, end, data in network(store, ontology).edges(data=True):
        data["unnamed_source"] = _truth(data["unnamed_source"])
        yield start, end, _type(data["relation"]), *(data[name] for name in names)


def _roles(store: Store, extractions: Iterable[Extraction]) -> Iterator[tuple[tables.Cell, ...]]:
    for statement in (s for extraction in extractions for s in extraction.statements):
        for role in _ROLES:
            kind = role.removesuffix("s").upper()
            for place, entity in enumerate(getattr(statement, role), 1):
                node = store.names.node(entity.id).value
                yield store.names.node(statement.id).value, node, kind, place
