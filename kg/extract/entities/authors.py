"""Who says "we" and "I" in an official statement outside all quotations: its author."""

from __future__ import annotations

import re

from kg.extract.discourse import PUBLIC, Chart, Referent

_SPEAKING = re.compile(r"\b(?:statement|remarks|address|speech) (?:by|from|of) ", re.IGNORECASE)
_TOPIC = re.compile(r"\b(?:on|at|before|after|during|with|to|regarding|about|in|for)\b|[,:–—]")
_BODIES = frozenset({"government", "ministry", "department", "office", "embassy", "presidency"})
_LONGEST = 4  # words of a name


def house(chart: Chart) -> Referent | None:
    """Return the state or organisation that publishes the article, unless a news outlet does.

    A ministry or office speaks for its country. A publisher that the article does not name becomes
    a referent of it.
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
        return chart.linked(country if country and entry.kind == "GovernmentBody" else entry)
    words = outlet.split()
    begins = chart.gazetteer.longest(words, 0)
    if begins is None or not _BODIES & {word.lower() for word in words[begins[0] :]}:
        return None
    entry = begins[1][0].entry
    return chart.linked(entry) if entry.kind == "Country" else None


def person(chart: Chart) -> Referent | None:
    """Return whose statement the headline says it is, by the article or the gazetteer."""
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
                return chart.linked(entry)
    return None
