"""Readers of office holders: the factbook, the American table, Wikidata of 2022, our own table."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from training.gazetteer import countries
from training.gazetteer.tables import Row, listed, nfc, read, read_input, slug, unique

_AMERICANS_SINCE = "1977"
_MONTHS = {
    name: number
    for number, name in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1
    )
}
# Scheduled ends of present terms are no news: the sources end here.
_LATEST = "2026-01-31"
# Offices as the factbook writes them before a name, longest first.
_TITLES = sorted(
    """
    President|King|Queen|Emperor|Sultan and Prime Minister|Amir|Pope|Grand Duke|Prince|Sultan
    Prime Minister|Premier|Chancellor|Supreme Leader|Transition President|Transitional President
    Interim President|Acting President|Transition Prime Minister|Interim Prime Minister
    CNSP Prime Minister|Acting Prime Minister|Caretaker Prime Minister|Vice President
    Prime Minister and Co-Vice President|Prime Minister and Foreign Minister
    Crown Prince and Prime Minister|Prime Minister Crown Prince|Minister of State
    GNU Interim Prime Minister|Taoiseach (Prime Minister)|Chairman of the Cabinet of Ministers
    President, Presidential Council,|Presidential Leadership Council Chairperson
    President of Council of Ministers|Chairperson of the Council of Ministers
    Chairperson of the Presidency|President of the Swiss Confederation
    State Affairs Commission President|Supreme People's Assembly President
    President of the Government of Spain (prime minister-equivalent)|Taliban Leader
    President of the National Council for the Safeguard of the Homeland (CNSP)
    Sovereign Council Chair and Commander-in-Chief of the Sudanese Armed Forces
    Secretary of State for Foreign and Political Affairs|Co-prince
    """.replace("\n", "|").split("|"),
    key=len,
    reverse=True,
)
_TITLES = [t.strip() for t in _TITLES if t.strip()]
_PLAIN_TITLES = {
    "Amir": "Emir",
    "Taoiseach (Prime Minister)": "Taoiseach",
    "Prime Minister and Co-Vice President": "Prime Minister",
    "Prime Minister Crown Prince": "Prime Minister",
    "Crown Prince and Prime Minister": "Crown Prince and Prime Minister",
    "CNSP Prime Minister": "Prime Minister",
    "GNU Interim Prime Minister": "Prime Minister",
    "President, Presidential Council,": "Chairman of the Presidential Council",
    "Presidential Leadership Council Chairperson": (
        "Chairman of the Presidential Leadership Council"
    ),
    "President of the Swiss Confederation": "President",
    "State Affairs Commission President": "President of the State Affairs Commission",
    "Supreme People's Assembly President": "President of the Supreme People's Assembly",
    "President of the Government of Spain (prime minister-equivalent)": "Prime Minister",
    "Taliban Leader": "Supreme Leader",
    "President of the National Council for the Safeguard of the Homeland (CNSP)": "President",
    "Sovereign Council Chair and Commander-in-Chief of the Sudanese Armed Forces": (
        "Chairman of the Transitional Sovereignty Council"
    ),
    "President of Council of Ministers": "President of the Council of Ministers",
}
_NUMERALS = frozenset("II III IV V VI VII VIII IX X XIV XVI".split())
_PASSING = re.compile(r"^(?:acting|interim|caretaker|transition|transitional) ")
_SAME_OFFICE = (
    (frozenset({"king", "queen", "monarch", "emperor", "emir", "sultan"}), "monarch"),
    (frozenset({"premier", "prime minister", "crown prince and prime minister"}), "premier"),
    (frozenset({"co-prince", "french co-prince"}), "co-prince"),
    (frozenset({"sultan and prime minister", "emir of the state"}), "monarch"),
    (frozenset({"president of the state affairs commission", "supreme leader"}), "leader"),
)
_RANKS = re.compile(r"^(?:Col\.|Capt\.|Gen\.|Sr\. Gen\.|General|Dr\.|Sir|Sultan|Ratu|Dame) ")
_SENTENCE = re.compile(
    rf"^(?P<title>{'|'.join(re.escape(t) for t in _TITLES)}) (?P<name>[^(;]+?) "
    r"\((?:since )?(?P<since>[^);,]+)[^)]*\)"
)
_GOVERNOR = re.compile(
    r"represented by (?:Acting )?(?:Governor[- ]General)(?: of [A-Z][\w ]+?)? "
    r"(?P<name>(?:Dame |Sir |Grand Chief Sir |General )?[A-Z][^(;]+?) \(since (?P<since>[^)]+)\)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A person in an office, before the sources are brought together."""

    name: str
    title: str
    country: str = ""
    organization: str = ""
    aliases: tuple[str, ...] = ()
    wikidata: str = ""
    start: str = ""
    end: str = ""

    @property
    def key(self) -> str:
        """Return what makes two titles the same office ("Acting President", "President")."""
        title = _PASSING.sub("", self.title.lower())
        for words, key in _SAME_OFFICE:
            if title in words:
                return key
        return title


def by_hand(bodies: frozenset[str]) -> list[Office]:
    """Return the offices of `input/holders.csv`."""
    found = []
    for line in read_input("holders"):
        body = f"organization/{line['organization']}" if line["organization"] else ""
        if body and body not in bodies:
            raise ValueError(f"{line['name']}: unknown organisation {body}")
        found.append(
            Office(
                name=line["name"],
                title=line["title"],
                country=f"country/{line['country']}" if line["country"] else "",
                organization=body,
                aliases=listed(line["aliases"]),
                wikidata=line["wikidata"],
                start=line["start"],
                end=line["end"],
            )
        )
    return found


def factbook(coded: Mapping[str, tuple[Row, Mapping[str, Any]]]) -> list[Office]:
    """Return present heads of state and government and governors-general."""
    corrections = _corrections()
    found = []
    for code, (row, entry) in coded.items():
        for text in (entry.get("chief_of_state"), entry.get("head_of_government")):
            for pattern, fixed in ((_SENTENCE, ""), (_GOVERNOR, "Governor-General")):
                match = pattern.search(nfc(html.unescape(text or "")))
                if match is None:
                    continue
                title = fixed or match["title"]
                office = Office(
                    name=_name(match["name"]),
                    title=_PLAIN_TITLES.get(title, title),
                    country=row.id,
                    aliases=_surname(match["name"]),
                    start=_date(match["since"]),
                )
                found += _corrected(office, corrections.get((code, slug(office.name))))
    return found


def americans(sources: Path) -> list[Office]:
    """Return presidents and vice presidents of the United States since 1977."""
    corrections = _corrections()
    with (sources / "us-executive.yaml").open(encoding="utf-8") as handle:
        people = yaml.safe_load(handle)
    found = []
    for person in people:
        parts = person["name"]
        full = " ".join(parts[k] for k in ("first", "middle", "last") if k in parts)
        name = f"{parts.get('nickname') or parts['first']} {parts['last']}"
        for kind, start, end in _terms(person["terms"]):
            office = Office(
                name=name,
                title={"prez": "President", "viceprez": "Vice President"}[kind],
                country="country/US",
                aliases=unique([parts["last"], full]),
                wikidata=person["id"].get("wikidata", ""),
                start=start,
                end=end if end <= _LATEST else "",
            )
            found += _corrected(office, corrections.get(("US", slug(full))))
    return found


def _terms(terms: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    """Return kind, start and end of each unbroken time in an office since 1977."""
    found: list[tuple[str, str, str]] = []
    for term in terms:
        kind, start, end = term["type"], term["start"], term["end"]
        if found and found[-1][0] == kind and found[-1][2] == start:
            found[-1] = (kind, found[-1][1], end)
        else:
            found.append((kind, start, end))
    return [t for t in found if t[1] >= _AMERICANS_SINCE]


def wikidata(path: Path, items: Mapping[str, str]) -> list[Office]:
    """Return the leaders of 2022; dates are years."""
    found: dict[tuple[str, ...], Office] = {}
    states = {row.wikidata: row.id for row in countries.others() if row.wikidata}
    for line in read(path):
        country = items.get(line["countryid"]) or states.get(line["countryid"])
        name = nfc(line["officeholderLabel"])
        if country is None or re.fullmatch(r"Q\d+", name):
            continue
        title = _short_title(line["positionLabel"], name)
        bare = re.sub(r" of [A-Z]\w+$|, Prince of .*", "", name)
        office = Office(
            name=name,
            title=title,
            country=country,
            aliases=unique([bare, *_last(bare)]),
            wikidata=line["officeholder"],
            start=line["start_year"],
            end=line["end_year"],
        )
        found.setdefault((office.wikidata, country, office.key), office)
    return list(found.values())


def _short_title(label: str, name: str) -> str:
    title = re.sub(r" of (?:the )?.*", "", label)
    if title.lower() in {"monarch", "druk gyalpo", "ngwenyama", "yang di-pertuan agong"}:
        return "Queen" if name.startswith(("Elizabeth", "Margrethe")) else "King"
    if title in {"Federal Chancellor", "Prime minister"}:
        return {"Federal Chancellor": "Chancellor"}.get(title, "Prime Minister")
    if label.startswith(("Chairman", "Member", "President of the Exec", "President of the Pont")):
        return label
    return title[0].upper() + title[1:]


def _corrections() -> dict[tuple[str, str], dict[str, str]]:
    return {(line["country"], slug(line["factbook"])): line for line in read_input("leaders")}


def _corrected(office: Office, line: dict[str, str] | None) -> list[Office]:
    """Return the office under the name that English-language news use; `-` drops it."""
    if line is None:
        return [office]
    if line["name"] == "-":
        return []
    return [
        replace(
            office,
            name=line["name"],
            aliases=unique([*listed(line["aliases"]), office.name, *office.aliases]),
            wikidata=line["wikidata"] or office.wikidata,
            start=line["start"] or office.start,
        )
    ]


def _name(text: str) -> str:
    """Return a name with capitals as usual; the factbook writes surnames in capitals."""
    bare = re.sub(r"; also spelled.*| \(also spelled [^)]*\)", "", text).strip()
    while (shorter := _RANKS.sub("", bare)) != bare:
        bare = shorter
    return _cased(bare)


def _surname(text: str) -> tuple[str, ...]:
    """Return the part of a name that the factbook writes in capitals."""
    words = [
        w
        for w in text.split()
        if len(w) > 1 and w.isupper() and w not in _NUMERALS and not w.endswith(".")
    ]
    return (_cased(" ".join(words)),) if words else ()


def _last(name: str) -> tuple[str, ...]:
    words = name.split()
    return (words[-1],) if len(words) > 1 and words[-1] not in _NUMERALS else ()


def _cased(text: str) -> str:
    """Return `text` with words in capitals, numerals apart, in usual case."""
    return re.sub(
        r"[^\W\d_]{2,}",
        lambda m: m[0].capitalize() if m[0].isupper() and m[0] not in _NUMERALS else m[0],
        text,
    )


def _date(text: str) -> str:
    """Return a date of the factbook ("12 December 2019", "April 2018", "1997") as EDTF."""
    parts = text.split()
    if not parts or not parts[-1].isdigit():
        return ""
    if len(parts) == 1:
        return parts[0]
    month = f"{parts[-1]}-{_MONTHS[parts[-2][:3].lower()]:02}"
    return month if len(parts) == 2 else f"{month}-{int(parts[-3]):02}"
