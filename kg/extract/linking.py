"""Referents to entities: gazetteer ids where the evidence agrees, else stable names."""

from __future__ import annotations

from kg import iris
from kg.extract.discourse import Chart, Referent
from kg.records import Entity

_FAMILIES = (
    ("Person", "person"),
    ("MediaOutlet", "outlet"),
    ("Organization", "organization"),
    ("Group", "group"),
    ("Country", "country"),
    ("Place", "place"),
    ("Event", "event"),
    ("Agreement", "agreement"),
)


def entities(chart: Chart, referents: list[Referent]) -> dict[int, Entity]:
    """Return the entity of each referent, by `id()` of the referent.

    Two referents that get the same identifier are one entity; the first one's class and name stay.
    """
    made: dict[str, Entity] = {}
    found: dict[int, Entity] = {}
    for referent in referents:
        entity = _entity(chart, referent)
        found[id(referent)] = made.setdefault(entity.id, entity)
    return found


def _entity(chart: Chart, referent: Referent) -> Entity:
    if referent.entry is not None:
        entry = referent.entry
        return Entity(id=entry.id, kind=referent.kind, name=entry.name)
    name = referent.name
    family = next((f for kind, f in _FAMILIES if chart.is_a(referent, (kind,))), "entity")
    if family == "person" and not referent.described:
        holder = _office_holder(chart, referent)
        if holder is not None:
            return Entity(id=holder[0], kind=referent.kind, name=holder[1])
    if family in {"event", "agreement"} and referent.described:
        return Entity(
            id=iris.within(chart.parse.article.id, family, name), kind=referent.kind, name=name
        )
    if referent.local or (referent.described and family == "person"):
        return Entity(
            id=iris.within(chart.parse.article.id, family, name), kind=referent.kind, name=name
        )
    return Entity(id=iris.unlinked(family, name), kind=referent.kind, name=name)


def _office_holder(chart: Chart, referent: Referent) -> tuple[str, str] | None:
    """Return id and name of a head of state or government whose name and country agree."""
    countries = {
        o.of.entry.id
        for o in chart.offices
        if o.holder is referent and o.of is not None and o.of.entry is not None
    }
    for name in sorted(referent.names, key=len, reverse=True):
        for holder in chart.gazetteer.holders(name):
            if len(name.split()) > 1 and (not countries or holder.country in countries):
                return holder.id, holder.name
    return None
