"""Computes the lines of the site's pictures and answers queries about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

from kg.export.html.lines import FLOOR, TOPIC, joins, summed
from kg.export.html.model import Line, Telling
from kg.export.site.cards import Wording
from kg.export.site.content import Content
from kg.export.site.picture import full

_LINE = "SELECT start, end, way, modality, mark, weight, acts, again, outlets FROM line"


def join(content: Content, wording: Wording) -> None:
    """Compute the lines, as `kg.export.html.lines` does for a view, and store them in tables."""
    tables, ontology = content.shelf.tables, content.ontology
    for (n,) in tables.execute("SELECT n FROM telling WHERE confidence >= ? ORDER BY n", (FLOOR,)):
        part, numbers = content.part([n])
        view, back = part.view, {i: node for node, i in numbers.nodes.items()}
        (told,) = view.tellings
        (act,) = next(tables.execute("SELECT act FROM telling WHERE n = ?", (n,)))
        relation = ontology.relations.get(view.relation(told).name)
        kinds = [view.kinds[node.kind].name for node in view.nodes]
        for start, end, way in joins(told, relation, kinds, ontology):
            if way != TOPIC:
                doing = wording.done(view, told, _done_to(told, start, end, way))
                row = (back[start], back[end], way, n, act, doing)
                tables.execute("INSERT INTO link VALUES (?, ?, ?, ?, ?, ?)", row)
    query = "SELECT start, end, way, telling FROM link ORDER BY start, end, way, telling"
    for (start, end, way), rows in groupby(tables.execute(query), key=itemgetter(0, 1, 2)):
        view = content.part(row[3] for row in rows)[0].view
        empty = Line(start=start, end=end, way=way, told=tuple(range(len(view.tellings))))
        for line in full(summed([empty], view.tellings, view.sources, view.disputes)):
            sums = (line.modality, line.mark, line.weight, line.acts, line.again, line.outlets)
            tables.execute(
                "INSERT INTO line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (start, end, way, *sums)
            )
    tables.execute(
        "UPDATE entity SET acts = found.acts FROM (SELECT node, count(DISTINCT act) AS acts FROM"
        " (SELECT start AS node, act FROM link UNION ALL SELECT end, act FROM link) GROUP BY node)"
        " AS found WHERE entity.n = found.node"
    )


def _done_to(telling: Telling, start: int, end: int, way: str) -> int:
    """Return the end of a line that is the target; in a mutual line that may be the start."""
    return start if start in telling.targets and way == "mutual" else end


def lines_of(content: Content, node: int) -> list[Line]:
    """Return the lines of an entity, sorted by start, end and way."""
    rows = content.shelf.rows(
        f"{_LINE} WHERE start = ? UNION {_LINE} WHERE end = ? ORDER BY 1, 2, 3", node, node
    )
    return list(map(_line, rows))


def lines_among(content: Content, nodes: Collection[int]) -> list[Line]:
    """Return the lines between any two of these entities, sorted by start, end and way."""
    query = f"{_LINE} WHERE start = ? AND end = ? ORDER BY way"
    kept = sorted(nodes)
    return [
        _line(row)
        for start in kept
        for end in kept
        if start != end
        for row in content.shelf.rows(query, start, end)
    ]


def best_joined(content: Content, most: int) -> set[int]:
    """Return the `most` entities with the strongest lines.

    Lines of groups known only by a description count only if there are no other lines.
    """
    described = "SELECT n FROM entity WHERE described"
    named = f"WHERE start NOT IN ({described}) AND end NOT IN ({described})"
    for which in (named, ""):
        rows = content.shelf.rows(
            "SELECT node FROM (SELECT start AS node, acts + 2 * again AS degree FROM line"
            f" {which} UNION ALL SELECT end, acts + 2 * again FROM line {which})"
            " GROUP BY node ORDER BY sum(degree) DESC, node LIMIT ?",
            most,
        )
        if found := {node for (node,) in rows}:
            return found
    return set()


def doings(
    content: Content, node: int, others: Iterable[int]
) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return, by other entity, words for what `node` does to or with it, and it to `node`."""
    query = "SELECT doing FROM link WHERE start = ? AND end = ? AND {} ORDER BY way, telling"
    ways = {"acts": "way != 'mutual'", "mutual": "way = 'mutual'"}

    def told(start: int, end: int, way: str) -> list[str]:
        return [words for (words,) in content.shelf.rows(query.format(ways[way]), start, end)]

    found = {}
    for other in others:
        forth = [*told(node, other, "acts"), *told(min(node, other), max(node, other), "mutual")]
        if other < node:  # in the order of lines: those of the lesser index first
            forth = [*told(other, node, "mutual"), *told(node, other, "acts")]
        back = told(other, node, "acts")
        found[other] = (tuple(dict.fromkeys(forth)), tuple(dict.fromkeys(back)))
    return found


def neighbours(content: Content, node: int) -> list[tuple[int, int]]:
    """Return (entity, number of statements) of all neighbours of an entity, greatest first."""
    query = (
        "SELECT other, count(DISTINCT telling) AS weight FROM"
        " (SELECT end AS other, telling FROM link WHERE start = ?"
        " UNION ALL SELECT start, telling FROM link WHERE end = ?)"
        " GROUP BY other ORDER BY weight DESC, other"
    )
    return [(other, weight) for other, weight in content.shelf.rows(query, node, node)]


def _line(row: tuple[Any, ...]) -> Line:
    start, end, way, modality, mark, weight, acts, again, outlets = row
    return Line(
        start=start,
        end=end,
        way=way,
        told=tuple(range(weight)),
        modality=modality,
        mark=mark,
        acts=acts,
        again=again,
        outlets=outlets,
    )
