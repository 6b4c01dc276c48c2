"""The evidence as the page's script reads it: plain lists and mappings, nothing repeated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.export.html import colours
from kg.export.html.drawing import Picture
from kg.export.html.model import Act, Line, Node, Source, Telling, View
from kg.export.html.passages import Excerpt
from kg.export.html.words import plain_form
from kg.records import MODALITIES

ROLES = ("trigger", "agent", "target", "about")


def evidence(view: View, picture: Picture, texts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the view as JSON values; empty and usual values are left out."""
    return {
        "texts": texts,
        "modalities": MODALITIES,
        "kinds": [
            {
                "label": kind.label,
                "shape": colours.shape(kind.shape),
                "light": colours.on_light(kind.colour),
                "dark": colours.on_dark(kind.colour),
            }
            for kind in view.kinds
        ],
        "relations": [[r.label, plain_form(r.label), int(r.topical)] for r in view.relations],
        "sources": [_source(source) for source in view.sources],
        "nodes": [_node(node) for node in view.nodes],
        "acts": [_act(act) for act in view.acts],
        "lines": [_line(line) for line in view.lines],
        "opening": picture.opening,
    }


def _filled(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _source(source: Source) -> dict[str, Any]:
    return _filled(
        title=source.title,
        outlet=source.outlet,
        url=source.url,
        published=source.published,
        passages=[[passage.start, passage.text] for passage in source.passages],
    )


def _node(node: Node) -> dict[str, Any]:
    return {"id": node.id, "name": node.name, "kind": node.kind} | _filled(
        aliases=node.aliases,
        posts=[[post.title, post.of, post.source, *_quote(post.quote)] for post in node.posts],
        wikidata=node.wikidata,
        weight=node.weight,
    )


def _quote(quote: Excerpt) -> list[int]:
    """Return start and end, then start, end and number of the role of each mark."""
    marks = [n for start, end, role in quote.marks for n in (start, end, ROLES.index(role))]
    return [quote.start, quote.end, *marks]


def _act(act: Act) -> dict[str, Any]:
    return {"relation": act.relation, "tellings": [_telling(t) for t in act.tellings]} | _filled(
        agents=act.agents, targets=act.targets, about=act.about, where=act.where, date=act.date
    )


def _telling(telling: Telling) -> dict[str, Any]:
    return {
        "source": telling.source,
        "quote": _quote(telling.quote),
        "confidence": round(telling.confidence * 100),
    } | _filled(
        modality=MODALITIES.index(telling.modality),
        negated=int(telling.negated),
        speakers=telling.speakers,
        outlets=telling.outlets,
    )


def _line(line: Line) -> dict[str, Any]:
    return {"from": line.start, "to": line.end, "acts": line.acts} | _filled(
        mutual=not line.directed,
        light=line.light,
        modality=line.modality if line.modality != "actual" else "",
        mark=line.mark,
        weight=line.weight,
    )
