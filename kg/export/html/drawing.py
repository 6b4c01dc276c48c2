"""Selects the entities and lines of a view to draw, and computes positions, sizes and order."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kg.export.html.layout import STRESS_LIMIT, layout
from kg.export.html.model import Line, View

# Most entities and lines drawn at once. A step of the time slider takes 0.13 s with 2,500 lines
# (benchmarks/network_page.py).
MOST_NODES = 1_000
MOST_LINES = 2_500
OPENING_NODES = 80
"""Most entities in the first view: their names can still be read on a screen of ordinary size."""
OPENING_LINES = 160
"""Most lines in the first view; chosen, not measured."""
ROOM_FOR_GROUPS = 20
"""With fewer names in the first view, groups known by a description only are added to it.

Chosen, not measured.
"""
SCREEN = (560.0, 500.0)
"""Width and height in pixels into which the first view must fit; chosen, not measured."""

# Lengths of dash and gap in pixels.
DASHES = {"planned": (10, 5), "proposed": (8, 4, 2, 4), "possible": (2, 5)}


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnNode:
    """A drawn node.

    Attributes:
        node: index into `View.nodes`.
        x, y: centre in pixels.
        size: radius in pixels.
        group: number of its community.
    """

    node: int
    x: int
    y: int
    size: float
    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLine:
    """A drawn line.

    Attributes:
        line: index into `View.lines`.
        width: width in pixels.
        dashes: lengths of dashes and gaps in pixels; empty for a solid line.
        bend: curvature; 0 for a straight line.
    """

    line: int
    width: float
    dashes: tuple[int, ...]
    bend: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing of nodes and lines.

    Attributes:
        nodes: the nodes with most connections first.
        edges: first the lines of a spanning forest, then the rest, each by strength.
        arrow: size of arrow heads, in the unit of vis-network.
        scale: factor for widths and dashes of lines, above 1 in large pictures.
    """

    nodes: tuple[DrawnNode, ...]
    edges: tuple[DrawnLine, ...]
    arrow: float
    scale: float


def opening(view: View, lines: Sequence[Line]) -> list[int]:
    """Return the indexes of the lines in the first view, the most important first.

    Pale lines (to mere topics) are left out. Entities are ranked by the number of repeated reports
    of their acts by several articles, then by the number of acts.

    Args:
        view: the view of the lines.
        lines: its lines, each with the statements of sufficient confidence.
    """
    acts = [i for i, line in enumerate(lines) if line.told and not line.light]
    named = [i for i in acts if not any(view.nodes[n].described for n in _ends(lines[i]))]
    chosen = _best(lines, named, OPENING_NODES)
    if len(chosen) < ROOM_FOR_GROUPS:
        chosen = _best(lines, named, OPENING_NODES) | _best(lines, acts, ROOM_FOR_GROUPS)
    among = [i for i in acts if chosen.issuperset(_ends(lines[i]))]
    joining, rest = _ranked(lines, among)
    return [*joining, *rest][:OPENING_LINES]


def _best(lines: Sequence[Line], candidates: Sequence[int], most: int) -> set[int]:
    """Return the `most` entities with most connections, each joined with another of them."""
    again: Counter[int] = Counter()
    acts: Counter[int] = Counter()
    near: dict[int, set[int]] = {}
    for line in (lines[i] for i in candidates):
        for node, other in ((line.start, line.end), (line.end, line.start)):
            again[node] += line.again
            acts[node] += line.acts
            near.setdefault(node, set()).add(other)
    order = sorted(acts, key=lambda n: (-again[n], -acts[n], n))
    chosen = set(order[:most])
    chosen = {node for node in chosen if not near[node].isdisjoint(chosen)}
    for node in order:
        if len(chosen) >= most:
            break
        if not near[node].isdisjoint(chosen):
            chosen.add(node)
    return chosen


def draw(view: View, lines: Sequence[Line], numbers: Iterable[int]) -> Picture:
    """Return the drawing of some lines; of too many, those between the best connected entities.

    Args:
        view: the view of the lines.
        lines: its lines, each with the statements of sufficient confidence.
        numbers: indexes of the lines to draw; a line without statements is not drawn.
    """
    wanted = [i for i in numbers if lines[i].told]
    weights = _weights(lines)
    degree: Counter[int] = Counter()
    for i in wanted:
        for end in _ends(lines[i]):
            degree[end] += lines[i].weight if lines[i].light else 1_000 * lines[i].weight
    best = sorted(degree, key=lambda n: (-degree[n], n))[:MOST_NODES]
    kept = set(best)
    inside = [i for i in wanted if kept.issuperset(_ends(lines[i]))]
    joining, rest = _ranked(lines, inside)
    ranked = [*joining, *rest][:MOST_LINES]
    joined = {end for i in ranked for end in _ends(lines[i])}
    nodes = [n for n in best if n in joined]
    placed, zoom = _placed(view, lines, nodes, ranked, weights)
    scale = max(0.55, _grain(len(nodes))) / zoom
    return Picture(
        nodes=placed,
        edges=_strokes(lines, ranked, scale),
        arrow=round(0.5 * max(0.35, _grain(len(nodes))) / zoom, 2),
        scale=round(scale, 3),
    )


def _ends(line: Line) -> tuple[int, int]:
    return line.start, line.end


def _weights(lines: Iterable[Line]) -> Counter[int]:
    """Return the number of statements of each entity, which determines its size.

    Pale lines (to mere topics) do not count.
    """
    found: Counter[int] = Counter()
    for line in lines:
        if not line.light:
            for end in _ends(line):
                found[end] += line.weight
    return found


def strength(line: Line) -> float:
    """Return the weight of a line: its acts, more if several articles report them; chosen."""
    return (line.acts + 2 * line.again) * (0.5 if line.light else 1.0)


def _ranked(lines: Sequence[Line], inside: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return the lines of a maximum spanning forest (Kruskal 1956), and the rest, by strength."""
    root: dict[int, int] = {}

    def find(node: int) -> int:
        while root.setdefault(node, node) != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    joining: list[int] = []
    rest: list[int] = []
    for i in sorted(inside, key=lambda i: (-strength(lines[i]), i)):
        start, end = map(find, _ends(lines[i]))
        (rest if start == end else joining).append(i)
        root[start] = end
    return joining, rest


def _room(nodes: int) -> float:
    """Return the factor for the space around nodes: larger pictures are shown at a smaller zoom.

    Chosen, not measured. Pictures above `STRESS_LIMIT` have space between communities already.
    """
    return min(1.8, max(1.1, math.sqrt(nodes / 60))) if nodes <= STRESS_LIMIT else 1.25


def _grain(nodes: int) -> float:
    """Return the factor for sizes on screen: 1 up to 50 nodes, then less, down to 0.3; chosen."""
    return min(1.0, max(0.3, math.sqrt(50 / max(1, nodes))))


def _placed(
    view: View,
    lines: Sequence[Line],
    nodes: list[int],
    ranked: list[int],
    weights: Mapping[int, int],
) -> tuple[tuple[DrawnNode, ...], float]:
    """Return the positioned nodes, and the zoom at which all fit into `SCREEN`."""
    index = {node: i for i, node in enumerate(nodes)}
    radii = [min(24.0, 6 + 2.4 * math.sqrt(weights.get(n, 0))) for n in nodes]
    room = _room(len(nodes))
    labelled = len(nodes) if len(nodes) <= 160 else 60
    boxes = [
        (max(2 * room * radius, 6.2 * min(26, len(view.nodes[n].name))), 2 * room * radius + 18)
        if i < labelled
        else (2 * room * radius + 14, 2 * room * radius + 14)
        for i, (n, radius) in enumerate(zip(nodes, radii, strict=True))
    ]
    ties = [(index[lines[i].start], index[lines[i].end], strength(lines[i])) for i in ranked]
    found = layout(ties, boxes)
    extents = [max(axis) - min(axis) for axis in zip(*found.places, strict=True)] or [0, 0]
    zoom = min([1.0, *(s / e for s, e in zip(SCREEN, extents, strict=True) if e)])
    grain = _grain(len(nodes))
    free = _nearest(found.places)
    drawn = tuple(
        DrawnNode(
            node=node, x=x, y=y, size=round(min(radius * grain / zoom, 0.4 * gap), 1), group=group
        )
        for node, radius, (x, y), gap, group in zip(
            nodes, radii, found.places, free, found.groups, strict=True
        )
    )
    return drawn, zoom


def _nearest(places: list[tuple[int, int]]) -> list[float]:
    """Return the distance from each place to the nearest other one, in pixels."""
    points = np.asarray(places, dtype=np.float64).reshape(-1, 2)
    x, y = (np.subtract.outer(points[:, k], points[:, k]) for k in (0, 1))
    distance = np.hypot(x, y)
    np.fill_diagonal(distance, np.inf)
    return [float(d) for d in distance.min(axis=1)] if len(points) else []


def _strokes(lines: Sequence[Line], ranked: list[int], scale: float) -> tuple[DrawnLine, ...]:
    """Return the drawn lines; several between the same two entities are curved to be distinct."""
    beside = Counter(frozenset(_ends(lines[i])) for i in ranked)
    return tuple(
        DrawnLine(
            line=i,
            width=round(scale * min(5.0, 1.2 + 0.9 * math.log2(lines[i].outlets)), 1),
            dashes=tuple(round(scale * d) for d in DASHES.get(lines[i].modality, ())),
            bend=bend(lines[i], beside[frozenset(_ends(lines[i]))]),
        )
        for i in ranked
    )


def bend(line: Line, beside: int) -> float:
    """Return the curvature of a line, if `beside` lines join its two entities; 0 for straight."""
    if beside < 2 or line.way == "mutual":
        return 0.0
    return 0.28 if line.light else 0.14
