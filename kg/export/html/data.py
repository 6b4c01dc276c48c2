"""Converts a view to JSON values for the page's script, as compactly as possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg import iris
from kg.export.html import colours
from kg.export.html.drawing import Picture
from kg.export.html.lines import FLOOR
from kg.export.html.model import Act, Line, Node, Source, Telling, View
from kg.export.html.passages import Excerpt
from kg.ontology import Ontology
from kg.records import MODALITIES, Entity
from kg.telling.naming import article, plural
from kg.telling.sentences import tables

ROLES = ("trigger", "agent", "target", "about")
PARTIES = ("agents", "targets")


def evidence(
    view: View,
    pictures: tuple[Picture, Picture],
    texts: Mapping[str, Any],
    base: str,
    ontology: Ontology,
) -> dict[str, Any]:
    """Return the view as JSON values; empty and default values are left out.

    Args:
        view: the content of the page.
        pictures: the drawing shown first, and the drawing of everything.
        texts: the user interface texts of the page.
        base: base IRI of identifiers.
        ontology: has the labels and phrasings of relations.
    """
    first, whole = pictures
    return {
        "texts": texts,
        "base": base,
        "ontology": iris.ONTOLOGY,
        "modalities": MODALITIES,
        "least": round(FLOOR * 100),
        "kinds": [
            {
                "name": kind.name,
                "label": kind.label,
                "shape": colours.shape(kind.shape),
                "light": colours.on_light(kind.colour),
                "dark": colours.on_dark(kind.colour),
            }
            for kind in view.kinds
        ],
        "relations": [[r.label, r.name, int(r.remark)] for r in view.relations],
        "telling": tables(ontology, [relation.name for relation in view.relations]),
        "sources": [_source(source) for source in view.sources],
        "nodes": [
            _node(
                node, Entity(id=node.id, kind=view.kinds[node.kind].name, name=node.name), ontology
            )
            for node in view.nodes
        ],
        "acts": [_act(view, act) for act in view.acts],
        "lines": [_line(line) for line in view.lines],
        "disputes": view.disputes,
        "scale": first.scale,
        "arrow": first.arrow,
        "whole": _places(first, whole),
    }


def _filled(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _source(source: Source) -> dict[str, Any]:
    return {"id": source.id} | _filled(
        title=source.title,
        outlet=source.outlet,
        url=source.url,
        published=source.published,
        language=source.language if source.language != "en" else "",
        wide=source.wide,
        passages=[[passage.start, passage.text] for passage in source.passages],
    )


def _node(node: Node, entity: Entity, ontology: Ontology) -> dict[str, Any]:
    return {"id": node.id, "name": node.name, "kind": node.kind} | _filled(
        language=node.language if node.language != "en" else "",
        aliases=node.aliases,
        posts=[[post.title, post.of, post.source, *_quote(post.quote)] for post in node.posts],
        wikidata=node.wikidata,
        countries=node.countries,
        described=int(node.described),
        the=article(entity, ontology),
        many=int(plural((entity,), ontology)),
    )


def _quote(quote: Excerpt) -> list[int]:
    """Return [start, end] of a quote, followed by start, end, role number of each mark in it."""
    marks = [n for start, end, role in quote.marks for n in (start, end, ROLES.index(role))]
    return [quote.start, quote.end, *marks]


def _act(view: View, act: Act) -> dict[str, Any]:
    """Return an act, with the agents and targets that are the same in all its statements."""
    told = [view.tellings[i] for i in act.tellings]
    parties = {role: getattr(told[0], role) for role in PARTIES}
    same = {
        role: ids for role, ids in parties.items() if all(getattr(t, role) == ids for t in told)
    }
    return {
        "id": act.id.removeprefix("act/"),
        "relation": act.relation,
        "tellings": [_telling(telling, same) for telling in told],
    } | _filled(**same)


def _telling(telling: Telling, same: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    own = {role: getattr(telling, role) for role in PARTIES if role not in same}
    return {
        "id": iris.short(telling.id),
        "source": telling.source,
        "quote": _quote(telling.quote),
        "confidence": _percent(telling.confidence),
    } | _filled(
        **own,
        about=telling.about,
        where=telling.where,
        date=telling.date,
        modality=MODALITIES.index(telling.modality),
        negated=int(telling.negated),
        speakers=telling.speakers,
        outlets=telling.outlets,
        unnamed=int(telling.unnamed),
    )


def _percent(share: float) -> int | float:
    value = round(share * 100, 4)
    return int(value) if value.is_integer() else value


def _line(line: Line) -> dict[str, Any]:
    return {"from": line.start, "to": line.end, "told": line.told} | _filled(
        way=line.way if line.way != "acts" else ""
    )


def _places(first: Picture, whole: Picture) -> dict[str, Any] | None:
    """Return the positions of all entities; None if the first picture has all of them."""
    if {n.node for n in whole.nodes} <= {n.node for n in first.nodes}:
        return None
    return {
        "nodes": [[n.node, n.x, n.y, n.size, n.group] for n in whole.nodes],
        "arrow": whole.arrow,
        "scale": whole.scale,
    }
