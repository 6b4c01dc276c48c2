"""Heads of state and government with the dates of their offices.

Three sources, the later ones filling gaps: `input/holders.csv` (ministers, heads of organisations
and leaders between the two lists below), the factbook of late 2025 (present leaders, with days),
Wikidata's leaders of 2022 (items and years) and the table of American presidents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from training.gazetteer.leaders import Office, americans, by_hand, factbook, wikidata
from training.gazetteer.tables import Row, slug, unique


def holders(
    sources: Path, coded: Mapping[str, tuple[Row, Mapping[str, Any]]], bodies: frozenset[str]
) -> list[list[str]]:
    """Return the lines of `officeholders.csv`.

    Raises:
        ValueError: if a line names an unknown organisation or one identifier has two items.
    """
    items = {row.wikidata: row.id for row, _ in coded.values()}
    # Wikidata names the realm where the country is meant.
    items |= {"Q756617": "country/DK", "Q29999": "country/NL"}
    earlier = wikidata(sources / "world-leaders-2022-wikidata.csv", items)
    present = [_linked(o, earlier) for o in factbook(coded) + americans(sources)]
    known = by_hand(bodies)
    offices = _merged(known, _merged(present, _closed(earlier, present, known)))
    return _lines(offices)


def _linked(office: Office, earlier: list[Office]) -> Office:
    """Return a present office with item and first year of the same person in the table of 2022."""
    for other in earlier:
        if office.country != other.country or not _same_person(office, other):
            continue
        office = replace(
            office,
            wikidata=office.wikidata or other.wikidata,
            aliases=unique([*office.aliases, other.name]),
        )
        if office.key == other.key and not other.end and other.start < office.start[:4]:
            office = replace(office, start=other.start)
    return office


def _same_person(one: Office, other: Office) -> bool:
    if one.wikidata and other.wikidata:
        return one.wikidata == other.wikidata
    first, second = slug(one.name).split("-"), slug(other.name).split("-")
    return (first[0], first[-1]) == (second[0], second[-1])


def _merged(trusted: list[Office], more: list[Office]) -> list[Office]:
    """Return `trusted` and what `more` adds: other people, other offices, other terms."""
    found = list(trusted)
    for office in more:
        same = [
            o
            for o in found
            if (o.country, o.organization, o.key)
            == (office.country, office.organization, office.key)
            and _same_person(o, office)
        ]
        if not any(_overlap(o, office) for o in same):
            found.append(office)
    return found


def _overlap(one: Office, other: Office) -> bool:
    return (not one.end or other.start[: len(one.end)] <= one.end[: len(other.start)]) and (
        not other.end or one.start[: len(other.end)] <= other.end[: len(one.start)]
    )


def _closed(earlier: list[Office], present: list[Office], known: list[Office]) -> list[Office]:
    """Return the offices of 2022 with an end: when the next known holder began."""
    later = present + known
    found = []
    for office in earlier:
        starts = [
            o.start
            for o in later
            if (o.country, o.key) == (office.country, office.key)
            and o.start > office.start
            and not _same_person(o, office)
        ]
        stays = any(
            (o.country, o.key) == (office.country, office.key)
            and _same_person(o, office)
            and not o.end
            for o in present
        )
        if not office.end and not stays and starts:
            office = replace(office, end=min(starts))
        found.append(office)
    return found


def _lines(offices: list[Office]) -> list[list[str]]:
    """Return csv lines; one person has one identifier, name, item and set of aliases."""
    items: dict[str, str] = {}
    people: dict[str, list[Office]] = {}
    for office in offices:
        identifier = _identifier(office, people)
        people.setdefault(identifier, []).append(office)
        if office.wikidata and items.setdefault(identifier, office.wikidata) != office.wikidata:
            raise ValueError(f"{identifier}: {items[identifier]} and {office.wikidata}")
    lines = []
    for identifier, terms in people.items():
        name = terms[0].name
        aliases = unique(a for t in terms for a in (t.name, *t.aliases) if a != name)
        for term in terms:
            lines.append(
                [
                    identifier,
                    name,
                    "|".join(aliases),
                    term.title,
                    term.country,
                    term.organization,
                    items.get(identifier, ""),
                    term.start,
                    term.end,
                ]
            )
    return sorted(lines, key=lambda line: (line[0], line[7], line[3], line[4], line[5]))


def _identifier(office: Office, people: Mapping[str, list[Office]]) -> str:
    for identifier, known in people.items():
        if office.wikidata and any(o.wikidata == office.wikidata for o in known):
            return identifier
    return f"person/{slug(office.name)}"
