"""Turns referents into entities: with a gazetteer id if the evidence agrees, else one by name."""

from __future__ import annotations

import re

from kg import iris
from kg.extract.discourse import Chart, Referent
from kg.extract.entities import names
from kg.gazetteer import Holder
from kg.records import Entity

_MIDDLE = re.compile(r",? (?:Jr|Sr)\.?$| [A-Z]\.(?= \S)")


def complete(chart: Chart) -> None:
    """Set the country of offices without one ("President Ruiz"), among countries in the article.

    It is the country whose office holder of that name the gazetteer has (see `_holder`). Failing
    that, it is a country that has such an office by the gazetteer's fact `offices`.
    """
    for office in chart.offices:
        if office.of is not None:
            continue
        holder = _holder(chart, office.holder)
        whose = ""
        if holder is not None and _same_office(holder, office.title):
            whose = holder.of
        for referent in chart.referents:
            entry = referent.entry
            if entry is None:
                continue
            alone = not whose and office.title.lower() in entry.facts("offices")
            if alone or entry.id == whose:
                office.of = referent


def entities(chart: Chart, referents: list[Referent], made: dict[str, Entity]) -> dict[int, Entity]:
    """Return the entity of each referent, by `id()` of the referent, and add it to `made`.

    Referents with the same identifier become one entity, with the class and name of the first.
    """
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
    family = next((f for kind, f in iris.FAMILIES if chart.is_a(referent, (kind,))), "entity")
    if family == "person" and not referent.described:
        holder = _holder(chart, referent)
        if holder is not None:
            kind = "Official" if referent.kind == "Person" else referent.kind
            return Entity(id=holder.id, kind=kind, name=holder.name)
    scoped = referent.local or (referent.described and family in {"event", "agreement", "person"})
    identifier = (
        iris.within(chart.parse.article.id, family, name) if scoped else iris.unlinked(family, name)
    )
    return Entity(id=identifier, kind=referent.kind, name=name)


def _holder(chart: Chart, referent: Referent) -> Holder | None:
    """Return the gazetteer's office holder that fits name, country, office and date.

    None if nobody fits, or several do. One word as a name must fit in office and country too.
    """
    offices = [o for o in chart.offices if o.holder is referent]
    countries = {
        o.of.entry.id
        for o in offices
        if o.of is not None and o.of.entry is not None and o.of.kind == "Country"
    }
    date = chart.parse.article.published
    plain = [_MIDDLE.sub("", name) for name in referent.names]  # "Joan R. Lopez, Jr."
    for name in sorted(dict.fromkeys([*referent.names, *plain]), key=len, reverse=True):
        found: dict[str, Holder] = {}
        part = name != referent.name and referent.name.endswith(f" {name}")
        for holder in chart.gazetteer.holders(name):
            if part and not names.same_person(referent.name.split(), holder.name.split()):
                continue  # "Ana Roe" is no other Roe that holds an office
            if len(name.split()) > 1:
                fits = not countries or holder.of in countries or not holder.country
            else:
                fits = any(_same_office(holder, o.title) for o in offices) and (
                    holder.of in countries or (not countries and bool(date) and holder.held(date))
                )
            if fits:
                found.setdefault(holder.id, holder)
        if len(found) > 1 and date:
            found = {
                k: h
                for k, h in found.items()
                if any(
                    other.id == k and other.held(date) for other in chart.gazetteer.holders(name)
                )
            }
        if len(found) == 1:
            return next(iter(found.values()))
    return None


def _same_office(holder: Holder, title: str) -> bool:
    mine, theirs = title.lower().split(), holder.title.lower().split()
    return bool(mine) and bool(theirs) and mine[-1].rstrip("s") in {w.rstrip("s") for w in theirs}
