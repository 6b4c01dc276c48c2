"""Organisations, outlets, groups and titles: hand-written tables, and ministries by rule."""

from __future__ import annotations

from dataclasses import replace

from training.gazetteer.tables import Row, listed, pairs, plural, read_input, rows_from, unique

# Files of organisations by the class that they give.
_TABLES = {
    "intergovernmental": "IntergovernmentalOrganization",
    "government": "GovernmentBody",
    "armed_groups": "ArmedGroup",
    "parties": "Organization",
    "civil_society": "Organization",
}
# Ministries that exist under a name of their own in `input/government.csv`.
_OWN_FOREIGN = frozenset("AU BR CA CN CU DE FR GB IN JP MX MY NZ PH PK RU TR US ZA".split())
_OWN_DEFENCE = frozenset("GB RU US".split())


def organizations() -> list[Row]:
    """Return organisations of all kinds, written by hand."""
    found: list[Row] = []
    for table, kind in _TABLES.items():
        rows = rows_from(table, kind, "organization")
        if table == "parties":
            rows = [replace(row, extra={**row.extra, "type": "party"}) for row in rows]
        found += rows
    return found


def outlets() -> list[Row]:
    """Return newspapers, broadcasters and agencies, written by hand."""
    return rows_from("outlets", "MediaOutlet", "outlet")


def groups() -> list[Row]:
    """Return blocs and peoples that act in the news ("the West"), written by hand."""
    return [
        Row(
            id=line["id"],
            kind=line["kind"],
            name=line["name"],
            aliases=listed(line["aliases"]),
            adjectives=listed(line["adjectives"]),
            people=listed(line["people"]),
            country=line["country"],
            wikidata=line["wikidata"],
            extra=pairs(line["extra"]),
        )
        for line in read_input("groups")
    ]


def ministries(countries: list[Row]) -> list[Row]:
    """Return the foreign and the defence ministry of each state that has an ISO code.

    English usage forms their names by rule: "Turkish Foreign Ministry", "Foreign Ministry of
    Turkey", "Turkey's foreign ministry", "Ministry of Foreign Affairs of Turkey".
    """
    found = []
    for row in countries:
        code = row.extra.get("iso2", "")
        if not code or code == "VA":
            continue
        if code not in _OWN_FOREIGN:
            found.append(_ministry(row, code, "foreign", "Foreign Ministry", "Foreign Affairs"))
        if code not in _OWN_DEFENCE:
            found.append(_ministry(row, code, "defence", "Defence Ministry", "Defence"))
    return found


def titles() -> list[tuple[str, str, str, str]]:
    """Return offices, occupations and honorifics: title, kind, class of the holder, plural."""
    found = []
    for line in sorted(read_input("titles"), key=lambda t: (t["title"].lower(), t["title"])):
        many = line["plural"] or plural(line["title"])
        found.append((line["title"], line["kind"], line["class"], "" if many == "-" else many))
    return found


def _ministry(row: Row, code: str, slug: str, short: str, field: str) -> Row:
    adjective = row.adjectives[0]
    spellings = [(short, field)]
    if slug == "defence":
        spellings.append((short.replace("Defence", "Defense"), "Defense"))
    aliases: list[str] = []
    for ministry, matter in spellings:
        # Written small, a name is found with and without capitals.
        aliases += [
            f"{adjective} {ministry.lower()}",
            f"{row.name}'s {ministry.lower()}",
            f"{adjective} Ministry of {matter}",
            f"Ministry of {matter} of {row.name}",
        ]
    return Row(
        id=f"organization/{slug}-ministry-{code}",
        kind="GovernmentBody",
        name=f"{short} of {row.name}",
        aliases=unique(aliases),
        country=row.id,
        extra={"type": f"{slug}-ministry"},
    )
