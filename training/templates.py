"""Generated news sentences: titles before and after names, institutes, ministries, outlets.

The wording is this project's own. Slots are filled with made-up people, real places and
demonyms from the open gazetteers, and bodies put together from parts.
"""

from __future__ import annotations

import csv
import html
import json
import random
import re
from dataclasses import dataclass
from pathlib import Path

from training import wordlists as lists

_SLOT = re.compile(r"\{(\w+)\}")
_LABEL = {
    "per": "PER", "sur": "PER", "org": "ORG", "inst": "ORG", "min": "ORG", "out": "ORG",
    "city": "LOC",
    "capital": "LOC", "country": "LOC", "reg": "LOC", "dem": "NORP", "event": "EVENT",
}  # fmt: skip

TEMPLATES = tuple(
    line
    for line in """
{CITY} ({out}) — {dem} {title} {per} said on {day} that talks with {country} would go on.
{CITY}, {month} {num} ({out}) - {title} {per} met {dem} {title} {per} in {city} on {day}.
{dem} {title} {per} arrived in {city} late on {day} for a two-day visit.
“We will not accept this,” said {per}, {office} of the {min}.
"The situation in {reg} is grave," {per}, a {city}-based analyst at the {inst}, told {out}.
{per}, a senior fellow at the {inst}, said the {org} had little choice.
{per}, director of the {inst}, and {per} of the {inst} disagreed.
According to {out}, {country} and {country} signed a trade agreement in {city}.
The {min} in {city} summoned the {dem} ambassador, {per}.
{title} {sur} did not say whether {country} would attend the {event}.
{sur} told the {org} that {dem} troops had left {reg}.
The {org} urged {country} to stop the strikes on {city}.
{country}'s {min} rejected the claim, {out} reported, citing {title} {per}.
{title} {per} of {country} will meet {sur} on the sidelines of the {event}.
Speaking in {city}, {per} accused the {dem} government of breaking the truce.
The {dem} {office} thanked {per} for her work at the {org}.
{out} correspondent {per} contributed to this report from {city}.
By {per} and {per}, {out}
{per} in {city} and {per} in {city}; editing by {per}
{num} people were killed in {city}, in northern {country}, officials said.
{country}, {country} and {country} abstained; {country} voted against.
The {inst} was founded in {city} in {year} by {per}.
Relations between {country} and the {org} have cooled since the {event}.
The {dem} {min} did not respond to a request for comment.
“{sur} must go,” read a banner carried by {dem} protesters outside the {min}.
{title} {per}, {title} {per} and their {dem} counterpart, {per}, posed for photographs.
Asked about {reg}, the {title} said only that {sur} would decide.
{per} ({dem}), who chairs the committee, opposed the plan.
The talks, hosted by {country}, were the first since {year}.
A spokesman for the {org}, {per}, said the envoy would travel to {city}, {country}.
{dem} and {dem} officials met at the {inst} in {city}.
Neither {country} nor the {org} has commented on the {out} report.
On {day}, {sur} phoned {title} {per} and congratulated him.
Former {dem} {title} {per} died in {city} on {day}. He was {num}.
Protesters in {city} burned {dem} flags after {sur}'s speech.
In {month} {year}, the {org} sent {num} observers to {reg}.
The {title} said the {dem} people wanted peace.
{month} {num} was the deadline set by the {org} for {country}.
Photo: {per}/{out}
The move was welcomed in {city}, {city} and {city} but not in {city}.
The {inst}'s {per} called the {dem} proposal “a first step”.
{per} is the author of a book on {reg}.
Officials close to the matter spoke on condition of anonymity.
Analysts warned that the ceasefire might not hold for long.
The minister said that the government had no plans to raise taxes.
Talks Resume After Long Pause
{country} Says {dem} Ships Entered Its Waters
{sur} Heads To {city} For Talks With {sur}
{COUNTRY} REJECTS {DEM} PROPOSAL
{org} Chief Urges Calm In {reg}
The {dem}-led coalition struck targets near {city}, the {min} said.
{sur}, {num}, has led the {org} since {year}.
Ambassador {per} handed his credentials to {title} {per} at the {org}.
A joint statement by {country}, the {org} and the {dem} {min} was published by {out}.
Students of the University of {city} and the {city} National University marched to the {min}.
{per} told the {city} {paper} that {country} was ready.
{capital} said it would not send troops to {country}.
{capital} and {capital} have been at odds since {year}.
{capital} has called on {capital} to return to the table.
Ties between {capital} and {capital} worsened in {month}.
“{capital} must decide,” {sur} said. “So must {capital}.”
The plan, backed by {capital}, was rejected by {country}.
{per} said that {capital} should lift its sanctions on {country}.
{capital} denied that {country} had been told of the raid.
Sources in {capital} say that {capital} had not been invited.
Neither {capital} nor {capital} would say what {sur} was offered.
{country} accused {capital} of bad faith, and {capital} hit back.
According to {sur}, {capital} wants a deal before {month}.
{capital}'s offer was dismissed by {capital} on {day}.
{CAPITAL} — The {dem} {min} said on {day} that {capital} would pay.
{CITY}, {month} {num} ({out}) - {dem} police held {num} people on {day}.
{CAPITAL} ({out}) – {title} {per} and {title} {per} spoke by phone.
{CAPITAL}, {country} ({out}) — Voters in {country} went to the polls on {day}.
{CAPITAL}: {sur} is back in {capital} after talks in {city}.
""".splitlines()
    if line
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """Places, demonyms and office holders that fill the slots."""

    countries: tuple[str, ...]
    demonyms: tuple[str, ...]
    cities: tuple[str, ...]
    capitals: tuple[str, ...]
    leaders: tuple[str, ...]


def load_gazetteer(folder: Path) -> Gazetteer:
    """Read the open gazetteers of the corpora folder."""
    facts = json.loads((folder / "factbook-slim.json").read_text(encoding="utf-8"))
    countries: list[str] = ["U.S.", "United States", "UK", "Britain"]
    adjectives: list[str] = []
    capitals: list[str] = []
    for fact in facts.values():
        seat = re.split(r"[,;(<]| or ", html.unescape(str(fact.get("capital") or "")))[0].strip()
        if re.fullmatch(r"[A-Z][\w' -]{2,20}", seat):
            capitals.append(seat)
        name = html.unescape(str((fact.get("name") or {}).get("conventional short form", "")))
        adjective = str((fact.get("nationality") or {}).get("adjective", ""))
        plain = re.split(r"[,;(<]| or ", html.unescape(adjective))[0].strip()
        if re.fullmatch(r"(?!The )[A-Z][^\d,()<]+", name) and name.lower() != "none":
            countries.append(name)
        if re.fullmatch(r"[A-Z][a-z]+( [A-Z][a-z]+)?", plain) and plain not in countries:
            adjectives.append(plain)
    with (folder / "ne_10m_populated_places.tsv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        cities = sorted(
            {
                row["NAME_EN"] or row["NAME"]
                for row in rows
                if float(row["POP_MAX"] or 0) > 400_000 or "capital" in row["FEATURECLA"][:12]
            }
        )
    with (folder / "world-leaders-2022-wikidata.csv").open(encoding="utf-8") as lines:
        leaders = sorted({row["officeholderLabel"] for row in csv.DictReader(lines)})
    named = tuple(leader for leader in leaders if " " in leader and not leader[1:2].isdigit())
    return Gazetteer(
        countries=tuple(sorted(countries)),
        demonyms=tuple(sorted(adjectives)),
        cities=tuple(city for city in cities if re.fullmatch(r"[\w' -]+", city)),
        capitals=tuple(sorted(set(capitals))),
        leaders=named,
    )


def person(rng: random.Random, gazetteer: Gazetteer, *, surname: bool = False) -> str:
    """Return a person's name, made up nine times in ten."""
    if not surname and rng.random() < 0.1:
        return rng.choice(gazetteer.leaders)
    culture = rng.choice(sorted(lists.GIVEN))
    family = rng.choice(lists.SURNAMES[culture].split())
    if surname:
        return family
    given = rng.choice(lists.GIVEN[culture].split())
    if culture in {"chinese", "korean"}:
        return f"{family} {given}"
    if culture == "western" and rng.random() < 0.15:
        return f"{given} {rng.choice('ABCDEFGHJKLMRSTW')}. {family}"
    if culture == "arabic" and rng.random() < 0.2:
        return f"{given} {rng.choice(lists.GIVEN['arabic'].split())} {family}"
    if culture == "spanish" and rng.random() < 0.2:
        return f"{given} {family} {rng.choice(lists.SURNAMES['spanish'].split())}"
    return f"{given} {family}"


def institute(rng: random.Random, gazetteer: Gazetteer) -> str:
    """Return the long name of a research body."""
    start = rng.choice(["", rng.choice(gazetteer.countries), rng.choice(gazetteer.cities)])
    kind = rng.random()
    if kind < 0.2:
        return f"{rng.choice(gazetteer.demonyms)} {rng.choice(lists.BODIES)} {_field(rng)}"
    if kind < 0.3:
        return f"University of {rng.choice(gazetteer.cities)}"
    if kind < 0.4:
        return f"{rng.choice(gazetteer.cities)} University"
    if kind < 0.5:
        return f"{rng.choice(lists.SURNAMES['western'].split())} Institute"
    return f"{start} {rng.choice(lists.BODIES)} {_field(rng)}".strip()


def _field(rng: random.Random) -> str:
    field = rng.choice(lists.FIELDS)
    return f"{field} and {rng.choice(lists.FIELDS)}" if rng.random() < 0.2 else field


def _fill(slot: str, rng: random.Random, gazetteer: Gazetteer) -> str:
    match slot:
        case "per":
            return person(rng, gazetteer)
        case "sur":
            return person(rng, gazetteer, surname=True)
        case "inst":
            return institute(rng, gazetteer)
        case "min":
            return rng.choice(lists.MINISTRIES)
        case "org":
            return rng.choice(lists.KNOWN)
        case "out":
            known = rng.choice("Reuters AP AFP BBC TASS Xinhua Interfax Yonhap Bloomberg".split())
            place = rng.choice([rng.choice(gazetteer.cities), rng.choice(gazetteer.countries)])
            return rng.choice([known, f"{place} {rng.choice(lists.OUTLETS)}"])
        case "city":
            return rng.choice(gazetteer.cities)
        case "capital":
            return rng.choice([rng.choice(lists.POWERS), rng.choice(gazetteer.capitals)])
        case "country":
            return rng.choice(gazetteer.countries)
        case "dem":
            return rng.choice(gazetteer.demonyms)
        case "reg":
            return rng.choice(lists.REGIONS)
        case "event":
            return rng.choice(lists.EVENTS)
        case "title":
            return rng.choice(lists.TITLES)
        case "office":
            return rng.choice(["spokesman", "spokeswoman", "head", "deputy director", "envoy"])
        case "paper":
            return rng.choice(["airport", "police", "stock exchange"])
        case "day":
            return rng.choice("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
        case "month":
            return rng.choice("January March April May June July Aug. Sept. October Nov.".split())
        case "year":
            return str(rng.randint(1945, 2025))
        case "num":
            return str(rng.randint(2, 99))
    raise ValueError(f"unknown slot {slot!r}")


Marked = tuple[str, list[tuple[int, int, str]]]


def generate(rng: random.Random, gazetteer: Gazetteer) -> Marked:
    """Return one sentence and its names as character offsets with labels."""
    template = rng.choice(TEMPLATES)
    text = ""
    spans: list[tuple[int, int, str]] = []
    at = 0
    for match in _SLOT.finditer(template):
        text += template[at : match.start()]
        at = match.end()
        slot = match.group(1)
        value = _fill(slot.lower(), rng, gazetteer)
        value = value.upper() if slot.isupper() else value
        # A demonym before a ministry belongs to the ministry's name.
        joins = slot == "min" and spans and spans[-1][1] == len(text) - 1
        if joins and spans[-1][2] == "NORP" and text.endswith(" "):
            start = spans.pop()[0]
        else:
            start = len(text)
        text += value
        if slot.lower() in _LABEL:
            spans.append((start, len(text), _LABEL[slot.lower()]))
    text += template[at:]
    return text[:1].upper() + text[1:], spans
