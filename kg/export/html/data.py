"""The evidence as the page's script reads it: plain lists and mappings, nothing repeated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg import iris
from kg.export.html import colours
from kg.export.html.drawing import Picture
from kg.export.html.model import Act, Line, Node, Source, Telling, View
from kg.export.html.passages import Excerpt
from kg.export.html.words import plain_form
from kg.records import MODALITIES

STATEMENTS = "statement/"
ROLES = ("trigger", "agent", "target", "about")


def evidence(view: View, picture: Picture, texts: Mapping[str, Any], base: str) -> dict[str, Any]:
    """Return the view as JSON values; empty and usual values are left out."""
    return {
        "texts": texts,
        "base": base,
        "ontology": iris.ONTOLOGY,
        "modalities": MODALITIES,
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
        "relations": [
            [r.label, plain_form(r.label), int(r.topical), r.name] for r in view.relations
        ],
        "sources": [_source(source) for source in view.sources],
        "nodes": [_node(node) for node in view.nodes],
        "acts": [_act(act) for act in view.acts],
        "lines": [_line(line) for line in view.lines],
        "opening": picture.opening,
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


def _node(node: Node) -> dict[str, Any]:
    return {"id": node.id, "name": node.name, "kind": node.kind} | _filled(
        language=node.language if node.language != "en" else "",
        aliases=node.aliases,
        posts=[[post.title, post.of, post.source, *_quote(post.quote)] for post in node.posts],
        wikidata=node.wikidata,
        weight=node.weight,
        countries=node.countries,
    )


def _quote(quote: Excerpt) -> list[int]:
    """Return start and end, then start, end and number of the role of each mark."""
    marks = [n for start, end, role in quote.marks for n in (start, end, ROLES.index(role))]
    return [quote.start, quote.end, *marks]


def _act(act: Act) -> dict[str, Any]:
    identity = act.id.removeprefix(STATEMENTS)
    return {
        "id": identity,
        "relation": act.relation,
        "tellings": [_telling(t, identity) for t in act.tellings],
    } | _filled(
        agents=act.agents, targets=act.targets, about=act.about, where=act.where, date=act.date
    )


def _telling(telling: Telling, act: str) -> dict[str, Any]:
    """Return a telling; the usual end of its identifier is the beginning of its act's."""
    end = telling.id.rpartition("/")[2]
    return {
        "source": telling.source,
        "quote": _quote(telling.quote),
        "confidence": _percent(telling.confidence),
    } | _filled(
        end="" if act.startswith(end) else end,
        modality=MODALITIES.index(telling.modality),
        negated=int(telling.negated),
        speakers=telling.speakers,
        outlets=telling.outlets,
    )


def _percent(share: float) -> int | float:
    value = round(share * 100, 4)
    return int(value) if value.is_integer() else value


def _line(line: Line) -> dict[str, Any]:
    return {"from": line.start, "to": line.end, "acts": line.acts} | _filled(
        mutual=not line.directed,
        light=line.light,
        modality=line.modality if line.modality != "actual" else "",
        mark=line.mark,
        weight=line.weight,
        outlets=line.outlets,
    )
