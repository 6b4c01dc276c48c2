"""A temporary SQLite database with the content of a site, while it is written.

Articles are read once, one after the other; what several pages need of them is kept in tables. So
memory does not grow with texts, mentions and statements. The database file has no name and is
deleted when the process ends, even if it is killed.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import Any

from kg.errors import WriteError
from kg.export.html.gathering import UNLINKED
from kg.export.html.passages import excerpt
from kg.export.site import addresses
from kg.export.site.cards import REMARKS, ROLES
from kg.export.site.sorting import folded, newest_first
from kg.ontology import Ontology
from kg.records import Extraction, Statement
from kg.telling.acts import alone

CACHE = 16 * 1024
"""KiB of the tables cached in memory; chosen, not measured."""

_NO_ROOM = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})
_TABLES = """
CREATE TABLE source (
    n INTEGER PRIMARY KEY, id TEXT, title TEXT, outlet TEXT, url TEXT, published TEXT,
    language TEXT, digest TEXT, file TEXT, rank INTEGER);
CREATE TABLE version (
    id TEXT, kind TEXT, name TEXT, times INTEGER, PRIMARY KEY (id, kind, name)) WITHOUT ROWID;
CREATE TABLE alias (id TEXT, text TEXT, PRIMARY KEY (id, text)) WITHOUT ROWID;
CREATE TABLE naming (id TEXT, source INTEGER, PRIMARY KEY (id, source)) WITHOUT ROWID;
CREATE INDEX named ON naming (source, id);
CREATE TABLE post (
    n INTEGER PRIMARY KEY, id TEXT, same TEXT, title TEXT, organisation TEXT, source INTEGER,
    UNIQUE (id, same, organisation));
CREATE INDEX office ON post (organisation);
CREATE TABLE read (
    id TEXT PRIMARY KEY, act TEXT, date TEXT, source INTEGER, start INTEGER, end INTEGER,
    place INTEGER, confidence REAL, data TEXT);
CREATE TABLE entity (
    n INTEGER PRIMARY KEY, id TEXT UNIQUE, kind TEXT, name TEXT, folded TEXT, described INTEGER,
    weight INTEGER DEFAULT 0, acts INTEGER DEFAULT 0, file TEXT DEFAULT '');
CREATE INDEX filed ON entity (file);
CREATE TABLE act (n INTEGER PRIMARY KEY, id TEXT UNIQUE);
CREATE TABLE telling (
    n INTEGER PRIMARY KEY, id TEXT UNIQUE, act INTEGER, source INTEGER, place INTEGER,
    confidence REAL, data TEXT);
CREATE INDEX told ON telling (act);
CREATE TABLE role (
    node INTEGER, role TEXT, telling INTEGER, PRIMARY KEY (node, role, telling)) WITHOUT ROWID;
CREATE TABLE dispute (
    denial INTEGER, claim INTEGER, PRIMARY KEY (denial, claim)) WITHOUT ROWID;
CREATE TABLE link (
    start INTEGER, end INTEGER, way TEXT, telling INTEGER, act INTEGER, doing TEXT,
    PRIMARY KEY (start, end, way, telling)) WITHOUT ROWID;
CREATE INDEX back ON link (end, start, way, telling);
CREATE TABLE line (
    start INTEGER, end INTEGER, way TEXT, modality TEXT, mark TEXT, weight INTEGER, acts INTEGER,
    again INTEGER, outlets INTEGER, PRIMARY KEY (start, end, way)) WITHOUT ROWID;
CREATE INDEX ending ON line (end);
"""
_WEIGHING = ("agents", REMARKS, "targets", "about")


class Shelf:
    """The tables. Call `add` for each article, then `settle` to compute indexes.

    Entities, acts, statements and articles have the same indexes (column `n`) as on the network
    page.
    """

    def __init__(self, ontology: Ontology, acts: Iterable[tuple[str, str]]) -> None:
        """Create the tables.

        Args:
            ontology: classes and relations.
            acts: (identifier of a statement, identifier of its act).
        """
        self.ontology = ontology
        # For an empty name SQLite creates an unnamed file, which is deleted even after a kill.
        self.tables = sqlite3.connect("", isolation_level=None)
        self.tables.executescript(
            f"PRAGMA cache_size = -{CACHE}; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            + _TABLES
            + "CREATE TABLE told_by (id TEXT PRIMARY KEY, act TEXT) WITHOUT ROWID;"
        )
        self._many("told_by", 2, acts)
        self._sources = 0

    def close(self) -> None:
        """Close and delete the database."""
        self.tables.close()

    def rows(self, query: str, *values: object) -> sqlite3.Cursor:
        """Return the rows of a query."""
        return self.tables.execute(query, values)

    def value(self, query: str, *values: object) -> Any:
        """Return the first value of the first row of a query, or None."""
        row = self.tables.execute(query, values).fetchone()
        return row[0] if row else None

    def _many(self, table: str, columns: int, rows: Iterable[Sequence[object]]) -> None:
        places = ", ".join("?" * columns)
        self.tables.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({places})", rows)

    # Reading

    def add(self, found: Extraction) -> None:
        """Add an article; articles must come sorted by identifier."""
        n = self._sources
        self._sources += 1
        article = found.article
        self.tables.execute(
            "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', 0)",
            (
                n,
                article.id,
                article.title or article.id,
                article.outlet,
                article.url,
                article.published,
                article.language,
                digest(repr(found)),
            ),
        )
        self.tables.executemany(
            "INSERT INTO version VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET times = times + 1",
            ((e.id, e.kind, e.name) for e in found.entities),
        )
        self._many("naming", 2, ((e.id, n) for e in found.entities))
        names = ((m.entity.id, article.quote(m.span)) for m in found.mentions if m.how == "name")
        self._many("alias", 2, ((i, " ".join(text.split())) for i, text in names))
        self._many(
            "post (id, same, title, organisation, source)",
            5,
            (
                (p.holder.id, p.title.casefold(), p.title, p.of.id if p.of else "", n)
                for p in sorted(found.positions, key=lambda p: p.span)
            ),
        )
        places = sorted(
            found.statements, key=lambda s: (s.evidence.span.start, s.evidence.span.end, s.id)
        )
        self._many("read", 9, (self._row(found, s, n, place) for place, s in enumerate(places, 1)))

    def _row(self, found: Extraction, s: Statement, source: int, place: int) -> tuple[object, ...]:
        act = self.value("SELECT act FROM told_by WHERE id = ?", s.id) or alone(s.id)
        quote, span = excerpt(found, s), s.evidence.span
        data = {
            "relation": s.relation,
            "quote": (quote.start, quote.end, quote.marks, found.article.quote(span)),
            "date": s.when.value if s.when else "",
            "modality": s.modality,
            "negated": s.negated,
            "unnamed": s.unnamed_source,
            "agents": [e.id for e in s.agents],
            "targets": [e.id for e in s.targets],
            "about": [e.id for e in s.about],
            "where": [e.id for e in s.where],
            "speakers": [e.id for e in s.attributed_to],
            "outlets": [e.id for e in s.reported_by],
        }
        date = data["date"] or found.article.published
        return (
            s.id, act, date, source, span.start, span.end, place, s.confidence, json.dumps(data),
        )  # fmt: skip

    # Indexing

    def settle(self, contradictions: Iterable[tuple[str, str]]) -> None:
        """Compute the indexes of entities, acts and statements, and the file names of pages.

        Lines are computed by `kg.export.site.joining`.
        """
        self._number_entities()
        self._number_acts()
        self._number_tellings()
        self._many(
            "dispute",
            2,
            (
                pair
                for denial, claim in contradictions
                if None not in (pair := (self._told(denial), self._told(claim)))
            ),
        )
        weighing = ", ".join(map(repr, _WEIGHING))
        self.tables.execute(
            "UPDATE entity SET weight = found.weight FROM (SELECT node, count(DISTINCT telling)"
            f" AS weight FROM role WHERE role IN ({weighing}) GROUP BY node) AS found"
            " WHERE entity.n = found.node"
        )
        self._name_files()

    def _told(self, statement: str) -> int | None:
        found: int | None = self.value("SELECT n FROM telling WHERE id = ?", statement)
        return found

    def _number_entities(self) -> None:
        """Index entities, each with its most specific class and commonest name."""
        depth = {
            kind: len(self.ontology.superclasses(kind))
            for (kind,) in self.rows("SELECT DISTINCT kind FROM version").fetchall()
        }
        versions = self.rows("SELECT id, kind, name, times FROM version ORDER BY id, kind, name")
        for n, (identifier, group) in enumerate(groupby(versions, key=itemgetter(0))):
            rows = list(group)
            kind = min((k for _, k, _, _ in rows), key=lambda k: (-depth[k], k))
            names: Counter[str] = Counter()
            for _, _, name, times in rows:
                names[name] += times
            name = min(names, key=lambda text: (-names[text], text))
            described = identifier.startswith(UNLINKED) and self.ontology.is_a(kind, ("Group",))
            self.tables.execute(
                "INSERT INTO entity (n, id, kind, name, folded, described)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (n, identifier, kind, name, folded(name), described),
            )

    def _number_acts(self) -> None:
        """Index acts by the date of their first statement."""
        self.tables.execute(
            "INSERT OR IGNORE INTO act (id)"
            " SELECT act FROM read ORDER BY date, source, start, end, id"
        )

    def _number_tellings(self) -> None:
        rows = self.rows(
            "SELECT read.id, act.n, source, place, confidence, data FROM read"
            " JOIN act ON act.id = read.act ORDER BY act.n, source, start, end, read.id"
        )
        for n, (identifier, act, source, place, confidence, text) in enumerate(rows):
            data: dict[str, Any] = json.loads(text)
            remark = self.ontology.relations.get(data["relation"])
            for role in ROLES:
                data[role] = [
                    self.value("SELECT n FROM entity WHERE id = ?", entity) for entity in data[role]
                ]
                part = REMARKS if role == "agents" and remark and remark.remark else role
                self._many("role", 3, ((node, part, n) for node in data[role]))
            self._many(
                "telling", 7, [(n, identifier, act, source, place, confidence, json.dumps(data))]
            )
        self.tables.execute("DROP TABLE read")

    def _name_files(self) -> None:
        """Choose the file names; the query `paged` selects the entities that have pages."""
        ranks = sorted(self.rows("SELECT n, published, id FROM source"), key=newest_first)
        files = addresses.files(identifier for _, _, identifier in ranks)
        self.tables.executemany(
            "UPDATE source SET rank = ?, file = ? WHERE n = ?",
            ((rank, files[identifier], n) for rank, (n, _, identifier) in enumerate(ranks)),
        )
        paged = self.rows(
            "SELECT n, id FROM entity WHERE EXISTS (SELECT 1 FROM role WHERE node = n)"
            " OR EXISTS (SELECT 1 FROM post WHERE post.id = entity.id)"
            " OR EXISTS (SELECT 1 FROM post WHERE organisation = entity.id)"
            " OR (SELECT count(*) FROM naming WHERE naming.id = entity.id) > 1 ORDER BY n"
        ).fetchall()
        for n, identifier in paged:
            name = addresses.file(identifier, lambda name: self._taken(name))
            self.tables.execute("UPDATE entity SET file = ? WHERE n = ?", (name, n))

    def _taken(self, name: str) -> bool:
        return self.value("SELECT 1 FROM entity WHERE file = ?", name) is not None


def digest(text: str) -> str:
    """Return a hash of the inputs of a page."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@contextmanager
def shelf(ontology: Ontology, acts: Iterable[tuple[str, str]], place: object) -> Iterator[Shelf]:
    """Yield an empty shelf, closed at the end of the context.

    Raises:
        WriteError: the folder for temporary files is full or cannot be written.
    """
    try:
        found = Shelf(ontology, acts)
        try:
            yield found
        finally:
            found.close()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _NO_ROOM:
            raise
        raise WriteError(
            f"cannot keep the articles on disk meanwhile: {error}",
            where=str(place),
            hint="check the space in the folder of temporary files (TMPDIR)",
        ) from error
