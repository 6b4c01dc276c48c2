"""Who says "we" and "I" in an official statement outside all quotations: its author."""

from __future__ import annotations

from kg.extract.discourse import Chart, Referent
from kg.gazetteer import Match

_SPEAKING = (
    "statement by", "statement from", "remarks by", "remarks of", "address by", "speech by",
)  # fmt: skip
_BODIES = frozenset(
    {"government", "ministry", "department", "office", "embassy", "mission", "presidency", "house"}
)
_PUBLIC = ("GovernmentBody", "IntergovernmentalOrganization", "Country")


def house(chart: Chart) -> Referent | None:
    """Return the state or organisation that publishes the article, unless a news outlet does.

    A ministry or office speaks for its country.
    """
    outlet = chart.parse.article.outlet.removeprefix("The ")
    for match in chart.gazetteer.find(outlet) if outlet else ():
        if chart.ontology.is_a(match.entry.kind, _PUBLIC):
            return _of(chart, match)
    words = outlet.split()
    if not _BODIES & {word.lower() for word in words}:
        return None
    found = chart.gazetteer.longest(words, 0)
    if found is None or found[1][0].entry.kind != "Country":
        return None
    return _of(chart, found[1][0])


def _of(chart: Chart, match: Match) -> Referent | None:
    wanted = match.entry
    if wanted.kind == "GovernmentBody" and wanted.country:
        country = chart.gazetteer.entry(wanted.country)
        wanted = country or wanted
    for referent in chart.referents:
        if referent.entry is not None and referent.entry.id == wanted.id:
            return referent
    made = Referent(kind=wanted.kind, entry=wanted, described=True)
    chart.referents.append(made)
    return made


def person(chart: Chart) -> Referent | None:
    """Return whose statement the headline says it is, by the article or the gazetteer."""
    title = chart.parse.article.title
    start = next((title.lower().find(w) + len(w) for w in _SPEAKING if w in title.lower()), -1)
    if start < 0:
        return None
    words = title[start:].split()[:8]
    for referent in chart.referents:
        if chart.is_a(referent, ("Person",)) and not referent.described:
            if referent.name.split()[-1] in words:
                return referent
    for first in range(len(words) - 1):
        name = " ".join(words[first : first + 2])
        if chart.gazetteer.holders(name):
            made = Referent(kind="Official", names=[name], described=True)
            chart.referents.append(made)
            return made
    return None
