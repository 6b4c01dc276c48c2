"""Places: cities from Natural Earth, regions and sites from `input/regions.csv`."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

from training.gazetteer.tables import (
    Row,
    listed,
    nfc,
    read,
    read_input,
    rows_from,
    slug,
    unique,
)

_POPULATION = 200_000
_HOMONYM_POPULATION = 1_000_000
_SMALL_DIVISIONS = re.compile(r" (?:City|District|County)$")
# Dependent territories that Natural Earth codes apart, with the state they belong to.
_DEPENDENCIES = {
    "AS": "US", "AW": "NL", "AX": "FI", "BM": "GB", "CW": "NL", "FK": "GB", "FO": "DK",
    "GF": "FR", "GG": "GB", "GI": "GB", "GL": "DK", "GP": "FR", "GU": "US", "HK": "CN",
    "IM": "GB", "JE": "GB", "KY": "GB", "MO": "CN", "MP": "US", "MQ": "FR", "NC": "FR",
    "PF": "FR", "PR": "US", "RE": "FR", "SJ": "NO", "SX": "NL", "TC": "GB", "VI": "US",
    "YT": "FR",
}  # fmt: skip


def regions() -> list[Row]:
    """Return regions, seas, provinces and sites of diplomacy, written by hand."""
    found = []
    for row in rows_from("regions", "Place", "place"):
        state = re.fullmatch(r"place/us-state-(.+)", row.id)
        found.append(replace(row, id=f"place/{state[1]}-state-US") if state else row)
    return found


def cities(folder: Path, countries: frozenset[str], taken: list[Row]) -> list[Row]:
    """Return capitals and cities of at least 200,000 inhabitants, one per name.

    A name shared by several cities stays with the most prominent one; others are kept, marked
    `homonym`, if they are capitals or have a million inhabitants. Cities that `taken` names
    already, or that `input/cities.csv` drops because their names are common English words or
    given names, are left out.
    """
    edits = {(line["city"], line["iso2"]): line for line in read_input("cities")}
    named = {(slug(n), r.country) for r in taken for n in (r.name, *r.aliases)}
    found: dict[str, list[Row]] = {}
    for line in read(folder / "ne_10m_populated_places.tsv", delimiter="\t"):
        row = _city(line, edits)
        if row is None or row.country not in countries:
            continue
        key = slug(row.name)
        if (key, row.country) in named or (key, "") in named:
            continue
        found.setdefault(key, []).append(row)
    kept: list[Row] = []
    for group in found.values():
        group.sort(key=_prominence)
        kept += _distinct(group)
    return _without_shared_items(kept)


def _city(line: dict[str, str], edits: dict[tuple[str, str], dict[str, str]]) -> Row | None:
    population = int(float(line["POP_MAX"] or 0))
    capital = line["FEATURECLA"].startswith("Admin-0 capital")
    name, original, code = _english(line), nfc(line["NAME"]), line["ISO_A2"]
    edit = edits.get((name, code)) or edits.get((original, code))
    chosen = capital or "Admin-0 region" in line["FEATURECLA"] or population >= _POPULATION
    if not chosen and edit is None:
        return None
    if edit is not None and edit["name"] == "-":
        return None
    aliases: tuple[str, ...] = (original,)
    country = f"country/{_DEPENDENCIES.get(code, code)}"
    extra = {"population": str(population), "capital": "yes" if capital else ""}
    if edit is not None:
        name = edit["name"] or name
        aliases = unique([*listed(edit["aliases"]), original])
        country = edit["country"] or country
        extra["weight"] = edit["weight"]
    code = country.rsplit("/", 1)[1]
    return Row(
        id=f"place/{slug(name)}-{code}",
        kind="Place",
        name=name,
        aliases=aliases,
        country=country,
        wikidata=line["WIKIDATAID"].strip(),
        extra=extra,
    )


def _english(line: dict[str, str]) -> str:
    """Return the English name, unless it names a district or another place altogether."""
    original, english = nfc(line["NAME"]), nfc(line["NAME_EN"])
    if not english:
        return original
    capital = line["FEATURECLA"].startswith("Admin-0")
    if not capital and _SMALL_DIVISIONS.sub("", english) == original:
        return original
    alike = SequenceMatcher(None, slug(original), slug(english)).ratio()
    return original if line["ISO_A2"] == "CN" and alike < 0.6 else english


def _prominence(row: Row) -> tuple[int, int, int, str]:
    return (
        -int(row.extra.get("weight") or 0),
        -(row.extra["capital"] == "yes"),
        -int(row.extra["population"]),
        row.id,
    )


def _distinct(group: list[Row]) -> list[Row]:
    kept = [group[0]]
    for row in group[1:]:
        big = int(row.extra["population"]) >= _HOMONYM_POPULATION
        known = bool(row.extra.get("weight"))
        other_country = row.country not in {r.country for r in kept}
        if other_country and (big or known or row.extra["capital"] == "yes"):
            marked = {**row.extra, "homonym": str(len(kept) + 1)}
            kept.append(replace(row, extra=marked))
    return kept


def _without_shared_items(rows: list[Row]) -> list[Row]:
    seen: set[str] = set()
    found = []
    for row in sorted(rows, key=_prominence):
        found.append(replace(row, wikidata="") if row.wikidata in seen else row)
        seen.add(row.wikidata)
    return found
