"""A folder of CSV files for `neo4j-admin database import`, with the command that imports them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from kg import ontology as ontologies
from kg.errors import WriteError
from kg.export import tables
from kg.export.files import Target
from kg.export.network import edges_of
from kg.export.site.folder import Folder
from kg.ontology import Ontology
from kg.records import ROLES, Extraction
from kg.store import Store

_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")

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
_FILES: Mapping[str, Sequence[str]] = {
    "articles.csv": _ARTICLES,
    "statements.csv": _STATEMENTS,
    "relations.csv": _RELATIONS,
    "roles.csv": (":START_ID(statement)", ":END_ID(entity)", ":TYPE", "place:int"),
    "sources.csv": (":START_ID(statement)", ":END_ID(article)", ":TYPE"),
}

COMMAND = """\
neo4j-admin database import full neo4j --overwrite-destination --multiline-fields=true \\
  --array-delimiter='|' --delimiter=',' \\
  --nodes=entities.csv --nodes=articles.csv --nodes=statements.csv \\
  --relationships=relations.csv --relationships=roles.csv --relationships=sources.csv
"""


def write(store: Store, target: Target, **options: object) -> None:
    """Write the files into the folder `target`, all or none; it is created if needed.

    Nodes are entities, articles and statements. Besides, each statement gives a relationship
    between any two entities that it joins. With the option `raw_csv`, cells that a spreadsheet
    would run as formulas are not escaped.

    Raises:
        WriteError: the target is not a folder, or a file cannot be written.
    """
    if not isinstance(target, str | Path) or target == "-":
        raise WriteError("the import files of Neo4j need a folder", hint="name one: graph.neo4j")
    ontology = ontologies.load()
    raw = bool(options.get("raw_csv"))
    with Folder(target, fixed=True) as folder:
        with folder.opened("entities.csv") as stream:
            tables.write(stream, _ENTITIES, tables.entities(store, ontology), raw=raw)
        with ExitStack() as files:
            # All files are open at once, so that each article is read once and not kept.
            writers = {
                name: tables.writer(files.enter_context(folder.opened(name)), columns, raw=raw)
                for name, columns in _FILES.items()
            }
            for extraction in store.readable(ontology=ontology):
                for name, rows in _rows(store, ontology, extraction).items():
                    writers[name](rows)
        folder.write("import.sh", COMMAND)


def _rows(
    store: Store, ontology: Ontology, extraction: Extraction
) -> dict[str, Iterable[Sequence[tables.Cell]]]:
    """Return the rows of one article by the name of their file."""
    return {
        "articles.csv": [_article(extraction)],
        "statements.csv": _statements(store, ontology, extraction),
        "relations.csv": _relations(store, extraction),
        "roles.csv": _roles(store, extraction),
        "sources.csv": (
            (store.names.node(s.id).value, extraction.article.id, "STATED_IN")
            for s in extraction.statements
        ),
    }


def _type(name: str) -> str:
    """Return a name in the style of Neo4j's relationship types: COMMENTS_ON for commentsOn."""
    return _CAPITAL.sub("_", name).upper()


def _truth(value: bool) -> str:
    """Return a boolean as the importer reads it."""
    return str(value).lower()


def _article(extraction: Extraction) -> tuple[tables.Cell, ...]:
    a = extraction.article
    return a.id, a.title, a.outlet, a.published, a.url, a.byline, "Article"


def _statements(
    store: Store, ontology: Ontology, extraction: Extraction
) -> Iterator[tuple[tables.Cell, ...]]:
    wanted = (
        *("statement", "act", "relation", "sentence", "date", "earliest", "latest", "modality"),
        *("polarity", "unnamed_source", "confidence", "rule", "quote", "start", "end"),
    )
    acts = store.acts([s.id for s in extraction.statements])
    for s in extraction.statements:
        row = tables.statement_row(store, ontology, extraction, s, acts.get(s.id, ""))
        cells = dict(zip(tables.STATEMENTS, row, strict=True))
        cells["unnamed_source"] = _truth(s.unnamed_source)
        yield *(cells[name] for name in wanted), "Statement"


def _relations(store: Store, extraction: Extraction) -> Iterator[tuple[tables.Cell, ...]]:
    names = (
        *("role", "modality", "polarity", "date", "speakers", "unnamed_source", "reported_by"),
        *("confidence", "quote", "article", "outlet", "statement", "act"),
    )
    for start, end, data in edges_of(store, extraction):
        data["unnamed_source"] = _truth(bool(data["unnamed_source"]))
        yield start, end, _type(str(data["relation"])), *(data[name] for name in names)


def _roles(store: Store, extraction: Extraction) -> Iterator[tuple[tables.Cell, ...]]:
    for statement in extraction.statements:
        for role in ROLES:
            kind = role.removesuffix("s").upper()
            for place, entity in enumerate(getattr(statement, role), 1):
                node = store.names.node(entity.id).value
                yield store.names.node(statement.id).value, node, kind, place
