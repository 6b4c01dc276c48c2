"""Finds the author of an official statement: the referent of "we" and "I" outside quotations."""

from __future__ import annotations

import re

from kg.extract.discourse import PUBLIC, Chart, Referent
from kg.gazetteer import Entry

_SPEAKING = re.compile(r"\b(?:statement|remarks|address|speech) (?:by|from|of) ", re.IGNORECASE)
_TOPIC = re.compile(r"\b(?:on|at|before|after|during|with|to|regarding|about|in|for)\b|[,:–—]")
_BODIES = frozenset({"government", "ministry", "department", "office", "embassy", "presidency"})
_LONGEST = 4  # words of a name; chosen, not measured


def house(chart: Chart) -> Referent | None:
    """Return the state or organisation that publishes the article, None for a news outlet.

    If the article does not name the publisher, a referent for it is added to the chart.
    """
    entry = _publisher(chart)
    return chart.linked(entry) if entry is not None else None


def publisher(chart: Chart) -> Referent | None:
    """Return the same as `house` without changing the chart."""
    entry = _publisher(chart)
    return _known(chart, entry) if entry is not None else None


def _publisher(chart: Chart) -> Entry | None:
    """Return the gazetteer entry of the state or organisation that publishes the article.

    For a ministry or office it is the entry of its country; None for a news outlet.
    """
    outlet = chart.parse.article.outlet
    if not outlet:
        return None
    found = chart.gazetteer.find(outlet) or chart.gazetteer.find(outlet.removeprefix("The "))
    if found and found[0].how in {"name", "alias"}:
        if not chart.ontology.is_a(found[0].entry.kind, PUBLIC):
            return None
        entry = found[0].entry
        country = chart.gazetteer.entry(entry.country) if entry.country else None
        return country if country and entry.kind == "GovernmentBody" else entry
    words = outlet.split()
    begins = chart.gazetteer.longest(words, 0)
    if begins is None or not _BODIES & {word.lower() for word in words[begins[0] :]}:
        return None
    entry = begins[1][0].entry
    return entry if entry.kind == "Country" else None


def _known(chart: Chart, entry: Entry) -> Referent:
    """Return the chart's referent of a gazetteer entry, else a new one, not added to the chart."""
    same = (r for r in chart.referents if r.entry is not None and r.entry.id == entry.id)
    return next(same, None) or Referent(kind=entry.kind, entry=entry, described=True)


def person(chart: Chart) -> Referent | None:
    """Return the person in a headline such as "Statement by Ana Ruiz", None for other headlines.

    A person named in the article is preferred to an office holder in the gazetteer.
    """
    title = chart.parse.article.title
    opening = _SPEAKING.search(title)
    if opening is None:
        return None
    rest = title[opening.end() :]
    topic = _TOPIC.search(rest)
    words = rest[: topic.start()].split() if topic else rest.split()
    people = {
        referent.name.split()[-1]: referent
        for referent in reversed(chart.referents)
        if chart.is_a(referent, ("Person",)) and not referent.described
    }
    for word in words:
        if word in people:
            return people[word]
    for first in range(len(words)):
        for last in range(min(len(words), first + _LONGEST), first + 1, -1):
            holders = chart.gazetteer.holders(" ".join(words[first:last]))
            entry = chart.gazetteer.entry(holders[0].id) if holders else None
            if entry is not None:
                return _known(chart, entry)
    return None
