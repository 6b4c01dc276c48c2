"""Countries: ISO codes and items from country-codes, names and demonyms from the factbook."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from training.gazetteer.tables import Row, listed, nfc, pairs, read, read_input, unique

# Seats in the United Nations; everything independent in country-codes but these two.
_NOT_MEMBERS = {"TW": "none", "VA": "observer", "PS": "observer", "XK": "none", "EH": "none"}
# The table's own item is missing (Namibia), names the realm instead of the country (Netherlands)
# or the republic instead of the territory (Western Sahara).
_WIKIDATA = {"NA": "Q1030", "NL": "Q55", "EH": "Q6250", "XK": "Q1246"}
_KOSOVO = {"ISO3166-1-Alpha-3": "XKX", "ISO3166-1-numeric": "", "CLDR display name": "Kosovo"}
# Entries of the factbook whose short name differs from the display name of country-codes.
_FACTBOOK = {
    "BA": "Bosnia and Herzegovina",
    "BS": "The Bahamas",
    "CD": "DRC",
    "CF": "Central African Republic",
    "CG": "Congo (Brazzaville)",
    "CV": "Cabo Verde",
    "DO": "The Dominican",
    "FM": "Federated States of Micronesia",
    "GM": "The Gambia",
    "MM": "Burma",
    "AE": "United Arab Emirates",
    "ST": "Sao Tome and Principe",
    "TR": "Turkey",
    "US": "United States",
    "GB": "United Kingdom",
    "VA": "Holy See (Vatican City)",
    "VC": "Saint Vincent and the Grenadines",
}


def territories(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the factbook's entries by their plain name."""
    with (folder / "factbook-slim.json").open(encoding="utf-8") as handle:
        entries: dict[str, dict[str, Any]] = json.load(handle)
    found = {}
    for entry in entries.values():
        name = entry.get("name") or {}
        short = html.unescape(name.get("conventional short form") or "none")
        full = html.unescape(name.get("conventional long form") or "none")
        key = short if short != "none" else full
        if key != "none":
            found[nfc(key)] = entry
    return found


def by_code(folder: Path) -> dict[str, tuple[Row, Mapping[str, Any]]]:
    """Return for each ISO code of `input/countries.csv` its row and its factbook entry."""
    codes = {line["ISO3166-1-Alpha-2"]: line for line in read(folder / "country-codes.csv")}
    codes["XK"] = _KOSOVO
    factbook = territories(folder)
    found: dict[str, tuple[Row, Mapping[str, Any]]] = {}
    for line in read_input("countries"):
        code = line["iso2"]
        source = codes[code]
        display = _display(source["CLDR display name"])
        entry = factbook.get(_FACTBOOK.get(code, "")) or factbook.get(display, {})
        found[code] = (_row(code, line, source, display, entry), entry)
    return found


def others() -> list[Row]:
    """Return the states without an ISO code: disputed ones and former ones."""
    return [
        Row(
            id=line["id"],
            kind="Country",
            name=line["name"],
            aliases=listed(line["aliases"]),
            adjectives=listed(line["adjectives"]),
            people=listed(line["people"]),
            wikidata=line["wikidata"],
            extra={
                "capital": line["capital"],
                "seats": _seats(line["capital"], line["seats"]) if line["seats"] else "",
                "un": "none",
                "status": line["status"],
            },
        )
        for line in read_input("states")
    ]


def _row(
    code: str, line: dict[str, str], source: dict[str, str], display: str, entry: Mapping[str, Any]
) -> Row:
    name = line["name"] or display
    nationality = entry.get("nationality") or {}
    adjectives = listed(line["adjectives"]) or _adjectives(nationality.get("adjective", ""))
    people = listed(line["people"]) or _people(nationality.get("noun", ""))
    if people == ("-",):
        people = ()
    capital = line["capital"] or _capital(entry.get("capital") or "")
    spoken = (display,) if " - " not in display else ()
    formal = _formal(source.get("UNTERM English Formal", ""))
    item = source.get("wikidata_id", "").rsplit("/", 1)[-1]
    return Row(
        id=f"country/{code}",
        kind="Country",
        name=name,
        aliases=unique([*listed(line["aliases"]), *spoken, *formal]),
        adjectives=adjectives,
        people=people,
        wikidata=_WIKIDATA.get(code, item),
        extra={
            "capital": capital,
            "seats": _seats(capital, line["seats"]),
            "iso2": code,
            "iso3": source["ISO3166-1-Alpha-3"],
            "iso_numeric": source["ISO3166-1-numeric"].zfill(3)
            if source["ISO3166-1-numeric"]
            else "",
            "un": _NOT_MEMBERS.get(code, "member"),
            "region": source.get("Sub-region Name", ""),
            "weight": line["weight"],
            **pairs(line["facts"]),
        },
    )


def _display(name: str) -> str:
    return nfc(name).replace(" & ", " and ").replace("St. ", "Saint ")


def _formal(name: str) -> tuple[str, ...]:
    text = re.sub(r"\s*[(\[].*", "", nfc(name)).removeprefix("the ").strip(" *")
    return (text,) if text else ()


def _capital(text: str) -> str:
    return nfc(re.split(r" \(|;|,| in ", html.unescape(text))[0])


def _seats(capital: str, more: str) -> str:
    # "Malé" without its accent is an English word: as a seat it stays with the place.
    return "~".join(unique([capital if capital != "Malé" else "", *listed(more)]))


def _adjectives(text: str) -> tuple[str, ...]:
    return unique(re.split(r",| or ", re.sub(r"\s*\(.*?\)", "", text)))


def _people(text: str) -> tuple[str, ...]:
    found = []
    for part in re.split(r",| or ", text):
        if "(s)" in part:
            found.append(part.replace("(s)", "s").split(" (")[0])
        else:
            found.append(re.sub(r"\s*\(.*?\)", "", part))
    return unique(found)
