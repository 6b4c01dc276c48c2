"""The gazetteer: names of countries, places, organisations, outlets and offices.

A name is looked up word by word, without regard to hyphens, apostrophes, accents and full stops
(`U.S.` equals `US`, `Nagorno Karabakh` equals `Nagorno-Karabakh`). A capital in the gazetteer must
be a capital in the text: "who" does not match `WHO`, nor "chad" `Chad`, but "Foreign Ministry"
matches `foreign ministry`. Look-up takes constant time; the files are read once.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from kg import resources
from kg.errors import GazetteerError
from kg.gazetteer.index import Index

ENTRY_FILES = ("countries", "organizations", "ministries", "outlets", "groups", "places")
HOW = ("name", "alias", "adjective", "people", "seat")

_KINDS = (
    "Country",
    "IntergovernmentalOrganization",
    "GovernmentBody",
    "ArmedGroup",
    "Group",
    "Organization",
    "MediaOutlet",
    "Place",
    "Official",
)
_KIND_RANK = {kind: rank for rank, kind in enumerate(_KINDS)}
_HOW_CLASS = {"name": 0, "alias": 0, "adjective": 1, "people": 1, "seat": 2}
_ENTRY_COLUMNS = "id kind name aliases adjectives people country wikidata extra".split()
_HOLDER_COLUMNS = "id name aliases title country organization wikidata start end".split()
_TITLE_COLUMNS = "title kind class plural".split()
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entity of the gazetteer.

    Attributes:
        id: identifier relative to the base IRI, such as `country/RU`.
        kind: class of the ontology.
        name: preferred name.
        aliases: other names.
        adjectives: adjectives for it ("Russian").
        people: nouns for its people ("Russians").
        country: identifier of the country it belongs to, if any.
        wikidata: Wikidata item; empty when unknown.
        extra: further facts (`capital`, `seats`, `iso3`, `population`, `part_of` ...) as pairs.
    """

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    country: str | None = None
    wikidata: str = ""
    extra: tuple[tuple[str, str], ...] = ()

    def fact(self, key: str, default: str = "") -> str:
        """Return a fact of `extra`, or `default`."""
        return next((value for name, value in self.extra if name == key), default)

    def facts(self, key: str) -> tuple[str, ...]:
        """Return a fact of `extra` that is a list ("seats", "members")."""
        value = self.fact(key)
        return tuple(value.split("~")) if value else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An entry that matches a text, and by what: name, alias, adjective, people or seat.

    A seat is a capital or building that stands for a government ("Kyiv", "the Kremlin").
    """

    entry: Entry
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """One term of a person in an office.

    Attributes:
        id: identifier relative to the base IRI, such as `person/vladimir-putin`.
        name: preferred name.
        aliases: other spellings, surnames in common use among them.
        title: the office ("President").
        country: identifier of the country whose office it is, if it is a country's.
        organization: identifier of the organisation whose office it is, if it is one's.
        wikidata: Wikidata item; empty when unknown.
        start: EDTF date; empty when unknown.
        end: EDTF date; empty when unknown or still in office.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    title: str
    country: str | None
    organization: str | None
    wikidata: str
    start: str
    end: str

    @property
    def of(self) -> str:
        """Return the identifier of the country or organisation whose office it is."""
        return self.country or self.organization or ""

    def held(self, date: str) -> bool:
        """Return whether the office was held on an EDTF date.

        Dates are compared to the precision that both have: a term from `2019` covers `2019-03`.
        """
        after_start = not self.start or date[: len(self.start)] >= self.start[: len(date)]
        return after_start and (not self.end or date[: len(self.end)] <= self.end[: len(date)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """An office, occupation or honorific.

    Attributes:
        title: singular form.
        kind: office, expertise, press, other or honorific.
        class_: class of the ontology of a person with this title.
        plural: plural form; empty when there is none.
        is_plural: whether the look-up found the plural form.
    """

    title: str
    kind: str
    class_: str
    plural: str = ""
    is_plural: bool = False

    def kind_of_holder(self, of: str = "") -> str:
        """Return the class of a person with this title in an organisation of class `of`.

        The president of a company, university or newspaper is not an official.
        """
        private = of in {"Organization", "MediaOutlet"}
        return "Person" if private and self.class_ == "Official" else self.class_


class Gazetteer:
    """The gazetteer, indexed by name; get it by `Gazetteer.load()`, which reads the files once."""

    def __init__(self, directory: Path) -> None:
        """Read and index the entries of a folder; titles and office holders are read when needed.

        The attribute `short_forms` maps a name to its short form ("United States" to "US"), for
        longer names that contain either ("US Congress"). `attributive` has the short names that
        are used before a noun like an adjective.

        Raises:
            GazetteerError: if a file is missing or a line is not well formed.
        """
        self.directory = directory
        self._lines: dict[str, list[str]] = {}
        self._entries: dict[str, Entry] = {}
        self._names: Index[tuple[str, str]] = Index()
        self.short_forms: dict[str, str] = {}
        self.attributive: set[str] = set()
        for name in ENTRY_FILES:
            for line in _read(directory / f"{name}.csv", len(_ENTRY_COLUMNS)):
                self._add(line)

    @staticmethod
    def load(directory: Path | None = None) -> Gazetteer:
        """Return the gazetteer of a folder, the bundled one by default; read once per folder.

        Raises:
            GazetteerError: if a file is missing or a line is not well formed.
        """
        return _load(directory or resources.gazetteer_dir())

    def find(self, surface: str) -> tuple[Match, ...]:
        """Return the entries that the text `surface` may refer to, best first.

        Names rank before adjectives and peoples, and these before seats of power; then follow the
        weight in the files, the class (countries first) and the population. A leading "the" and a
        possessive ending in `surface` are ignored if needed. For persons see `holders`.
        """
        found = self._names.exact(surface)
        if not found and surface[:4].lower() == "the ":
            found = self._names.exact(surface[4:])
        if not found and (bare := _POSSESSIVE.sub("", surface)) != surface:
            return self.find(bare)
        return self._ranked(found)

    def longest(self, tokens: Sequence[str], start: int) -> tuple[int, tuple[Match, ...]] | None:
        """Return the longest name that begins at token `start`.

        Returns:
            Its number of tokens, and the entries that it may refer to, best first; None if no name
            begins there.
        """
        found = self._names.longest(tokens, start)
        return (found[0], self._ranked(found[1])) if found else None

    def entry(self, identifier: str) -> Entry | None:
        """Return the entry with this identifier; office holders are entries of class Official."""
        known = self._entries.get(identifier)
        if known is None:
            line = self._lines.get(identifier)
            if line is None:
                return self._persons.get(identifier) if identifier.startswith("person/") else None
            known = self._entries[identifier] = _entry(line)
        return known

    def entries(self) -> Iterator[Entry]:
        """Return all entries in the order of the files, office holders last."""
        for identifier in (*self._lines, *self._persons):
            entry = self.entry(identifier)
            if entry is not None:
                yield entry

    def holders(self, name: str) -> tuple[Holder, ...]:
        """Return the terms in office of all persons with this name, the latest first."""
        found = self._holders.exact(name) or self._holders.exact(_POSSESSIVE.sub("", name))
        terms = sorted(set(found), key=lambda h: (h.start, h.id, h.of, h.title), reverse=True)
        return tuple(terms)

    def longest_holder(self, tokens: Sequence[str], start: int) -> int:
        """Return the number of tokens of the longest name of an office holder at `start`, or 0."""
        found = self._holders.longest(tokens, start)
        return found[0] if found else 0

    def of_office(self, body: str, title: str) -> tuple[Holder, ...]:
        """Return all known terms in the office `title` of a country or organisation `body`."""
        wanted = title.lower()
        return tuple(h for h in self._by_body.get(body, ()) if h.title.lower() == wanted)

    def title(self, text: str) -> Title | None:
        """Return the title equal to `text`, singular or plural; None if it is no title."""
        return next(iter(self._titles.exact(text)), None)

    def longest_title(self, tokens: Sequence[str], start: int) -> tuple[int, Title] | None:
        """Return (number of tokens, title) of the longest title at token `start`, or None."""
        found = self._titles.longest(tokens, start)
        return (found[0], found[1][0]) if found else None

    @cached_property
    def _holder_rows(self) -> list[Holder]:
        path = self.directory / "officeholders.csv"
        return [_holder(line) for line in _read(path, len(_HOLDER_COLUMNS))]

    @cached_property
    def _holders(self) -> Index[Holder]:
        index: Index[Holder] = Index()
        for holder in self._holder_rows:
            for name in dict.fromkeys((holder.name, *holder.aliases)):
                index.add(name, holder)
        return index

    @cached_property
    def _by_body(self) -> dict[str, list[Holder]]:
        found: dict[str, list[Holder]] = {}
        for holder in self._holder_rows:
            found.setdefault(holder.of, []).append(holder)
        return found

    @cached_property
    def _persons(self) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for holder in self._holder_rows:
            found.setdefault(holder.id, _person(holder))
        return found

    @cached_property
    def _titles(self) -> Index[Title]:
        index: Index[Title] = Index()
        path = self.directory / "titles.csv"
        for text, kind, class_, plural in _read(path, len(_TITLE_COLUMNS)):
            title = Title(title=text, kind=kind, class_=class_, plural=plural)
            index.add(text, title)
            if plural and plural != text:
                index.add(plural, replace(title, is_plural=True))
        return index

    def _add(self, line: list[str]) -> None:
        identifier, _, name, aliases, adjectives, people, _, _, extra = line
        self._lines[identifier] = line
        add = self._names.add
        # A bracket in a preferred name only distinguishes it from another: no text writes it.
        if "(" not in name:
            add(name, (identifier, "name"))
        for alias in _list(aliases):
            add(alias, (identifier, "alias"))
        for adjective in _list(adjectives):
            add(adjective, (identifier, "adjective"))
        for noun in _list(people):
            add(noun, (identifier, "people"))
        if "seats=" in extra:
            for seat in _entry(line).facts("seats"):
                add(seat, (identifier, "seat"))
        if "short=" in extra:
            self.short_forms[name] = _entry(line).fact("short")
        if "attributive=" in extra:
            self.attributive.update(_entry(line).facts("attributive"))

    def _ranked(self, found: Iterable[tuple[str, str]]) -> tuple[Match, ...]:
        matches = [Match(entry=entry, how=how) for id_, how in found if (entry := self.entry(id_))]
        best: dict[str, Match] = {}
        for match in sorted(matches, key=_rank):
            best.setdefault(match.entry.id, match)
        return tuple(best.values())


def _rank(match: Match) -> tuple[int, int, int, int, int, str]:
    entry = match.entry
    return (
        _HOW_CLASS[match.how],
        -int(entry.fact("weight", "0")),
        _KIND_RANK.get(entry.kind, len(_KINDS)),
        -int(entry.fact("population", "0")),
        HOW.index(match.how),
        entry.id,
    )


def _person(holder: Holder) -> Entry:
    return Entry(
        id=holder.id,
        kind="Official",
        name=holder.name,
        aliases=holder.aliases,
        country=holder.country,
        wikidata=holder.wikidata,
    )


@cache
def _load(directory: Path) -> Gazetteer:
    return Gazetteer(directory)


def _read(path: Path, columns: int) -> list[list[str]]:
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            lines = list(csv.reader(handle))[1:]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise GazetteerError(
            f"cannot be read: {error}", where=path, hint="reinstall, or rebuild the gazetteer"
        ) from error
    for number, line in enumerate(lines, start=2):
        if len(line) != columns:
            raise GazetteerError(
                f"line {number} has {len(line)} cells instead of {columns}",
                where=path,
                hint="rebuild the gazetteer",
            )
    return lines


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _entry(line: list[str]) -> Entry:
    id_, kind, name, aliases, adjectives, people, country, wikidata, extra = line
    parts = (part.partition("=") for part in extra.split(";") if part)
    return Entry(
        id=id_,
        kind=kind,
        name=name,
        aliases=_list(aliases),
        adjectives=_list(adjectives),
        people=_list(people),
        country=country or None,
        wikidata=wikidata,
        extra=tuple((key, value) for key, _, value in parts),
    )


def _holder(line: list[str]) -> Holder:
    id_, name, aliases, title, country, organization, wikidata, start, end = line
    return Holder(
        id=id_,
        name=name,
        aliases=_list(aliases),
        title=title,
        country=country or None,
        organization=organization or None,
        wikidata=wikidata,
        start=start,
        end=end,
    )
