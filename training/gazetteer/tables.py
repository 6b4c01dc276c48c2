"""Rows of the gazetteer and the small rules that every table shares."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg import iris

INPUT = Path(__file__).parent / "input"
ENTRY_COLUMNS = (
    "id",
    "kind",
    "name",
    "aliases",
    "adjectives",
    "people",
    "country",
    "wikidata",
    "extra",
)
HOLDER_COLUMNS = (
    "id",
    "name",
    "aliases",
    "title",
    "country",
    "organization",
    "wikidata",
    "start",
    "end",
)
TITLE_COLUMNS = ("title", "kind", "class", "plural")

_WIKIDATA = re.compile(r"Q[1-9]\d*")
_LATIN = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D"}
    | {"þ": "th", "Þ": "Th", "æ": "ae", "Æ": "Ae", "ß": "ss", "ə": "a", "Ə": "A"}
)
_IRREGULAR = {"man": "men", "woman": "women", "chief of staff": "chiefs of staff"}
_HEAD_FIRST = re.compile(
    r"^(?P<head>[^ ]+(?: [^ ]+)*?)"
    r"(?P<tail> (?:of|for|at|in|without|at-large)\b.*|-(?:in-chief|designate|elect|at-large)\b.*)$"
)
_POSTPOSED = re.compile(
    r"^(?P<head>.*(?:attorney|solicitor|consul|governor|secretary|director|prosecutor|inspector"
    r"|auditor))(?P<tail>[ -](?:general|emeritus)(?: .*)?)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a gazetteer file.

    Attributes:
        id: identifier relative to the base IRI.
        kind: class of the ontology.
        name: preferred name.
        aliases: other names, best first.
        adjectives: adjectives that stand for it ("Turkish").
        people: nouns for its people ("Turks").
        country: identifier of the country it belongs to, or empty.
        wikidata: Wikidata item, or empty.
        extra: further facts by name.
    """

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    country: str = ""
    wikidata: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    def cells(self) -> list[str]:
        """Return the cells of the line, lists joined by `|`."""
        return [
            self.id,
            self.kind,
            self.name,
            "|".join(unique(a for a in self.aliases if a != self.name)),
            "|".join(unique(self.adjectives)),
            "|".join(unique(self.people)),
            self.country,
            self.wikidata,
            ";".join(f"{key}={value}" for key, value in self.extra.items() if value),
        ]


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """Return `values` stripped, without empty ones and repetitions, in their order."""
    return tuple(dict.fromkeys(v.strip() for v in values if v.strip()))


def listed(cell: str) -> tuple[str, ...]:
    """Return the parts of a list cell."""
    return unique(cell.split("|"))


def pairs(cell: str) -> dict[str, str]:
    """Return the `key=value` parts of an `extra` cell."""
    return dict(part.split("=", 1) for part in cell.split(";") if "=" in part)


def slug(name: str) -> str:
    """Return `name` for an identifier; letters that Unicode does not take apart are spelt."""
    return iris.slug(name.translate(_LATIN))


def nfc(text: str) -> str:
    """Return `text` composed (NFC), with plain apostrophes, without invisible marks."""
    composed = unicodedata.normalize("NFC", text).replace("’", "'").replace("‘", "'")
    return "".join(c for c in composed if unicodedata.category(c) != "Cf").strip()


def read(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    """Return the lines of a csv file as dictionaries."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        if delimiter == "\t":
            return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
        return list(csv.DictReader(handle))


def read_input(name: str) -> list[dict[str, str]]:
    """Return the lines of a hand-written table."""
    return read(INPUT / f"{name}.csv")


def rows_from(table: str, kind: str, prefix: str) -> list[Row]:
    """Return the rows of a hand-written table of one kind; `slug` completes the identifier."""
    return [
        Row(
            id=f"{prefix}/{line['slug']}",
            kind=kind,
            name=line["name"],
            aliases=listed(line["aliases"]),
            adjectives=listed(line["adjectives"]),
            people=listed(line["people"]),
            country=line["country"],
            wikidata=line["wikidata"],
            extra=pairs(line["extra"]),
        )
        for line in read_input(table)
    ]


def check(rows: Sequence[Row], countries: frozenset[str]) -> None:
    """Refuse repeated identifiers, ill-formed Wikidata items and unknown countries.

    Raises:
        ValueError: if a row breaks one of these rules; the message names the row.
    """
    seen: set[str] = set()
    for row in rows:
        if row.id in seen:
            raise ValueError(f"{row.id}: identifier used twice")
        seen.add(row.id)
        if row.wikidata and not _WIKIDATA.fullmatch(row.wikidata):
            raise ValueError(f"{row.id}: {row.wikidata!r} is no Wikidata item")
        if row.country and row.country not in countries:
            raise ValueError(f"{row.id}: unknown country {row.country}")
        for text in (row.name, *row.aliases, *row.adjectives, *row.people):
            if set(text) & set("|;=\n\t"):
                raise ValueError(f"{row.id}: separator inside {text!r}")


def write(path: Path, columns: Sequence[str], lines: Iterable[Sequence[str]]) -> int:
    """Write a csv file with a header and return the number of lines."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(columns)
        for line in lines:
            writer.writerow(line)
            count += 1
    return count


def write_rows(path: Path, rows: Iterable[Row]) -> int:
    """Write rows in order of identifier and return their number."""
    return write(path, ENTRY_COLUMNS, (r.cells() for r in sorted(rows, key=lambda r: r.id)))


def plural(title: str) -> str:
    """Return the plural of an office or occupation ("ministers of defence")."""
    for pattern in (_POSTPOSED, _HEAD_FIRST):
        if match := pattern.match(title):
            return _plural_noun(match["head"]) + match["tail"]
    return _plural_noun(title)


def _plural_noun(noun: str) -> str:
    for singular, many in _IRREGULAR.items():
        if noun.endswith(singular):
            return noun[: -len(singular)] + many
    if noun.endswith(("chargé d'affaires", "charge d'affaires")):
        return noun.replace(" d'affaires", "s d'affaires")
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in set("aeiou"):
        return noun[:-1] + "ies"
    return noun + "s"
