"""What of a view is drawn: which entities and lines, where, how large, in which order."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np

from kg.export.html.layout import STRESS_LIMIT, layout
from kg.export.html.model import Line, View

MOST_NODES = 1_000
MOST_LINES = 2_500
OPENING_LINES = 120
MOST_OPENING_LINES = 600
SCREEN = (560.0, 500.0)

DASHES = {"planned": (10, 5), "proposed": (8, 4, 2, 4), "possible": (2, 5)}


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnNode:
    """A node in the picture: number in the view, centre and radius in pixels, and community."""

    node: int
    x: int
    y: int
    size: float
    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLine:
    """A line in the picture: number in the view and how it is stroked."""

    line: int
    width: float
    dashes: tuple[int, ...]
    curved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The drawing; the lines stand in order of importance.

    Attributes:
        nodes: best connected first.
        edges: first those that hold the picture together, then the rest, each by strength.
        arrow: size of the arrow heads, for vis-network.
        opening: how many lines are shown when the page opens.
    """

    nodes: tuple[DrawnNode, ...]
    edges: tuple[DrawnLine, ...]
    arrow: float
    opening: int


def draw(view: View) -> Picture:
    """Return the picture of the best connected part of `view`."""
    degree: Counter[int] = Counter()
    for line in view.lines:
        for end in (line.start, line.end):
            degree[end] += line.weight
    best = sorted(degree, key=lambda n: (-degree[n], n))[:MOST_NODES]
    kept = set(best)
    inside = [i for i, line in enumerate(view.lines) if line.start in kept and line.end in kept]
    ranked, joining = _ranked(view, inside)
    ranked = ranked[:MOST_LINES]
    joined = {end for i in ranked for end in (view.lines[i].start, view.lines[i].end)}
    nodes = [n for n in best if n in joined]
    placed, zoom = _placed(view, nodes, ranked)
    scale = max(0.55, _grain(len(nodes))) / zoom
    return Picture(
        nodes=placed,
        edges=_strokes(view, ranked, scale),
        arrow=round(0.5 * max(0.35, _grain(len(nodes))) / zoom, 2),
        opening=min(
            len(ranked), max(OPENING_LINES, min(MOST_OPENING_LINES, math.ceil(joining * 1.25)))
        ),
    )


def _strength(line: Line) -> float:
    return (line.weight + 2 * (line.outlets - 1)) * (0.5 if line.light else 1.0)


def _ranked(view: View, inside: list[int]) -> tuple[list[int], int]:
    """Return lines in order of importance, and how many of them hold the picture together.

    Those first are a spanning forest of greatest strength (Kruskal 1956).
    """
    root: dict[int, int] = {}

    def find(node: int) -> int:
        while root.setdefault(node, node) != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    joining: list[int] = []
    rest: list[int] = []
    for i in sorted(inside, key=lambda i: (-_strength(view.lines[i]), i)):
        start, end = find(view.lines[i].start), find(view.lines[i].end)
        (rest if start == end else joining).append(i)
        root[start] = end
    return joining + rest, len(joining)


def _room(nodes: int) -> float:
    """Return how much larger to lay out: larger pictures open from further away.

    The largest, which are drawn as a field of communities, keep the room between these.
    """
    return min(1.8, max(1.1, math.sqrt(nodes / 60))) if nodes <= STRESS_LIMIT else 1.25


def _grain(nodes: int) -> float:
    """Return how large things are on the screen: the more there are, the smaller, down to 0.3."""
    return min(1.0, max(0.3, math.sqrt(50 / max(1, nodes))))


def _placed(view: View, nodes: list[int], ranked: list[int]) -> tuple[tuple[DrawnNode, ...], float]:
    """Return the nodes where they lie, and the zoom at which all of them are in sight."""
    index = {node: i for i, node in enumerate(nodes)}
    radii = [min(24.0, 6 + 2.4 * math.sqrt(view.nodes[n].weight)) for n in nodes]
    room = _room(len(nodes))
    labelled = len(nodes) if len(nodes) <= 160 else 60
    boxes = [
        (max(2 * room * radius, 6.2 * min(26, len(view.nodes[n].name))), 2 * room * radius + 18)
        if i < labelled
        else (2 * room * radius + 14, 2 * room * radius + 14)
        for i, (n, radius) in enumerate(zip(nodes, radii, strict=True))
    ]
    ties = [
        (index[view.lines[i].start], index[view.lines[i].end], _strength(view.lines[i]))
        for i in ranked
    ]
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
    """Return how far from each place the nearest other one is."""
    points = np.asarray(places, dtype=np.float64).reshape(-1, 2)
    x, y = (np.subtract.outer(points[:, k], points[:, k]) for k in (0, 1))
    distance = np.hypot(x, y)
    np.fill_diagonal(distance, np.inf)
    return [float(d) for d in distance.min(axis=1)] if len(points) else []


def _strokes(view: View, ranked: list[int], scale: float) -> tuple[DrawnLine, ...]:
    """Return the strokes; lines that run both ways between two entities are bent apart."""
    pairs = {(view.lines[i].start, view.lines[i].end) for i in ranked}
    return tuple(
        DrawnLine(
            line=i,
            width=round(scale * min(5.0, 1.2 + 0.9 * math.log2(view.lines[i].outlets)), 1),
            dashes=tuple(round(scale * d) for d in DASHES.get(view.lines[i].modality, ())),
            curved=(view.lines[i].end, view.lines[i].start) in pairs,
        )
        for i in ranked
    )
