"""Supplies the country of offices that name none: "the president" in a Peruvian article."""

from __future__ import annotations

from collections import Counter

from kg.extract import lexicon
from kg.extract.discourse import Chart, Referent
from kg.extract.entities import authors

_NATIONAL = lexicon.words(
    "president minister premier chancellor king queen secretary envoy monarch emperor sultan emir "
    "general ombudsman senator lawmaker mp advisor adviser legislator"
)
_NOT_NATIONAL = frozenset(
    {"secretary general", "secretary-general", "director general", "general secretary"}
    | {"press secretary", "party secretary", "executive secretary", "private secretary"}
)
# The home country is named at least twice, and twice as often as any other; chosen, not measured.
_MARGIN = 2


def country(chart: Chart) -> Referent | None:
    """Return the country that publishes the article, else the one named far more often than others.

    None if no country stands out.
    """
    publisher = authors.house(chart)
    if publisher is not None and publisher.kind == "Country":
        return publisher
    named: Counter[int] = Counter()
    by_id: dict[int, Referent] = {}
    for place in chart.mentions:
        if place.how == "name" and place.referent.kind == "Country":
            named[id(place.referent)] += 1
            by_id[id(place.referent)] = place.referent
    ranked = named.most_common(2)
    if not ranked:
        return None
    if len(ranked) > 1 and ranked[0][1] < _MARGIN * ranked[1][1]:
        return None
    return by_id[ranked[0][0]] if ranked[0][1] >= _MARGIN else None


def complete(chart: Chart) -> None:
    """Set the country of national offices that have none to the article's home country."""
    missing = [o for o in chart.offices if o.of is None and _is_national(o.title)]
    if not missing:
        return
    home = country(chart)
    if home is not None:
        for office in missing:
            if not _foreign_to(home, office.title):
                office.of = home


def _foreign_to(home: Referent, title: str) -> bool:
    """Return whether the country has no such office, by the gazetteer's fact `no_offices`."""
    missing = home.entry.facts("no_offices") if home.entry is not None else ()
    return not set(missing).isdisjoint(title.lower().replace("-", " ").split())


def _is_national(title: str) -> bool:
    """Return whether a title belongs to a state ("prime minister", not "secretary general")."""
    words = title.lower().partition(" of ")[0].split()
    tail = " ".join(words[-2:])
    presidential = words[0] == "presidential"
    return presidential or (words[-1] in _NATIONAL and tail not in _NOT_NATIONAL)
