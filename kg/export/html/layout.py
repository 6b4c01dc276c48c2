"""Computes positions of the network's nodes in advance, so that the page opens without moving.

Small connected components are placed by stress majorisation (Gansner, Koren and North 2004). Large
ones start from Louvain communities (Blondel et al. 2008) and are refined by attraction along lines
and repulsion from random samples, as in LargeVis (Tang et al. 2016). Then overlaps are removed, and
the components are packed around the largest. The same input gives the same positions.

All numbers here and in the functions were chosen by looking at pictures, not measured.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

LENGTH = 130.0  # ideal length of a line in pixels
STRESS_LIMIT = 220  # most nodes of a component placed by stress majorisation
ASPECT = 1.1  # weight of height against width when components are packed
GAP = 10.0  # least space between the boxes of two nodes in pixels
FENCE = 60.0  # least space between two communities in pixels
ACROSS = 0.15  # factor for the attraction along lines between communities
GRID = 32.0  # half sizes of components are rounded up to multiples of it before packing, in pixels
_GOLDEN = math.pi * (3 - math.sqrt(5))


@dataclass(frozen=True, slots=True)
class Layout:
    """The positions and communities of nodes.

    Attributes:
        places: positions in whole pixels, centred on the origin.
        groups: number of each node's community; its nodes are in one connected component.
    """

    places: list[tuple[int, int]]
    groups: list[int]


def layout(lines: Sequence[tuple[int, int, float]], boxes: Sequence[tuple[float, float]]) -> Layout:
    """Return positions and communities of the nodes.

    Args:
        lines: (node, node, strength above 0).
        boxes: width and height in pixels of each node with its label.
    """
    if not boxes:
        return Layout([], [])
    sizes = np.asarray(boxes, dtype=np.float64)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(boxes)))
    for start, end, weight in lines:
        if start != end:
            known = graph.edges[start, end]["weight"] if graph.has_edge(start, end) else 0.0
            graph.add_edge(start, end, weight=known + weight)
    parts = [sorted(part) for part in nx.connected_components(graph)]
    parts.sort(key=lambda part: (-len(part), part[0]))
    placed = np.zeros((len(boxes), 2))
    of = np.zeros(len(boxes), dtype=int)
    number = 0
    for part in parts:
        placed[part], groups = _part(graph.subgraph(part), part, sizes[part])
        for group in groups:
            of[[part[i] for i in group]] = number
            number += 1
    _pack(placed, parts, sizes)
    low, high = (placed - sizes / 2).min(axis=0), (placed + sizes / 2).max(axis=0)
    centred = np.rint(placed - (low + high) / 2).astype(int)
    return Layout([(int(x), int(y)) for x, y in centred], of.tolist())


def _part(graph: nx.Graph[int], nodes: list[int], sizes: Points) -> tuple[Points, list[list[int]]]:
    if len(nodes) == 1:
        return np.zeros((1, 2)), [[0]]
    index = {node: i for i, node in enumerate(nodes)}
    ties = sorted(
        (min(index[a], index[b]), max(index[a], index[b]), w)
        for a, b, w in graph.edges(data="weight", default=1.0)
    )
    ends = np.array([(a, b) for a, b, _ in ties])
    weights = np.array([w for _, _, w in ties])
    groups = _communities(len(nodes), ties)
    of = np.empty(len(nodes), dtype=int)
    for i, group in enumerate(groups):
        of[group] = i
    inside = of[ends[:, 0]] == of[ends[:, 1]]
    if len(nodes) <= STRESS_LIMIT:
        points = _stress(_lengths(len(nodes), ends, inside), _circle(groups))
        return _spread(_level(points), sizes), groups
    weights = np.where(inside, weights, weights * ACROSS)
    points = _refine(_seed(groups, ends), ends, weights)
    points = _level(_spread(points, sizes))
    return _spread(_separate(points, sizes, groups), sizes), groups


def _separate(points: Points, sizes: Points, groups: list[list[int]], rounds: int = 200) -> Points:
    """Return `points` with communities moved apart until their ellipses do not overlap."""
    centre = np.array([np.median(points[group], axis=0) for group in groups])
    reach = np.empty_like(centre)
    for i, group in enumerate(groups):
        away = np.abs(points[group] - centre[i]) + sizes[group] / 2
        reach[i] = np.maximum(np.quantile(away, 0.85, axis=0) * 1.1, LENGTH / 2) + FENCE / 2
    moved = centre.copy()
    a, b = np.triu_indices(len(groups), 1)
    room = reach[a] + reach[b]
    mass = np.array([len(group) for group in groups], dtype=float)
    share = (mass[b] / (mass[a] + mass[b]))[:, None]
    for _ in range(rounds):
        delta = moved[a] - moved[b]
        delta[np.abs(delta) < 1e-3] = 1e-3
        nearness = np.hypot(delta[:, 0] / room[:, 0], delta[:, 1] / room[:, 1])
        hit = nearness < 1
        if not hit.any():
            break
        push = delta[hit] * np.minimum(1 / nearness[hit] - 1, 1.0)[:, None] * 0.5
        for k in (0, 1):
            moved[:, k] += np.bincount(a[hit], push[:, k] * share[hit, 0], len(moved))
            moved[:, k] -= np.bincount(b[hit], push[:, k] * (1 - share[hit, 0]), len(moved))
    shift = np.empty_like(points)
    for i, group in enumerate(groups):
        shift[group] = moved[i] - centre[i]
    return points + shift


def _communities(count: int, ties: Sequence[tuple[int, int, float]]) -> list[list[int]]:
    """Return Louvain communities, largest first; the same for every hash seed of Python."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from(ties)
    found = nx.community.louvain_communities(graph, weight="weight", seed=1)
    return sorted((sorted(group) for group in found), key=lambda g: (-len(g), g[0]))


def _circle(groups: list[list[int]]) -> Points:
    """Return initial positions on a circle, ordered by community."""
    order = [node for group in groups for node in group]
    points = np.zeros((len(order), 2))
    angles = np.arange(len(order)) * (2 * math.pi / len(order))
    points[order] = np.column_stack((np.cos(angles), np.sin(angles))) * LENGTH * len(order) / 6
    return points


def _lengths(count: int, ends: NDArray[np.int64], inside: NDArray[np.bool_]) -> Points:
    """Return ideal distances of all pairs of nodes: lengths of the shortest paths.

    Lines between nodes of high degree and between communities are longer.
    """
    degree = np.bincount(ends.ravel(), minlength=count)
    far = np.full((count, count), np.inf)
    np.fill_diagonal(far, 0.0)
    crowd = np.sqrt(np.minimum(degree[ends[:, 0]], degree[ends[:, 1]]))
    hub = np.sqrt(np.maximum(degree[ends[:, 0]], degree[ends[:, 1]]))
    length = LENGTH * (0.35 + 0.38 * crowd + 0.08 * hub) * np.where(inside, 1.0, 1.5)
    far[ends[:, 0], ends[:, 1]] = far[ends[:, 1], ends[:, 0]] = length
    for via in range(count):
        np.minimum(far, far[:, via, None] + far[None, via, :], out=far)
    return far


def _stress(ideal: Points, start: Points, rounds: int = 200) -> Points:
    """Return positions whose distances approximate `ideal`; near pairs have more weight."""
    away = ~np.eye(len(ideal), dtype=bool)
    weight = np.zeros_like(ideal)
    weight[away] = ideal[away] ** -2
    total = weight.sum(axis=1)
    points = start.copy()
    for _ in range(rounds):
        x, y = (np.subtract.outer(points[:, k], points[:, k]) for k in (0, 1))
        distance = np.sqrt(x * x + y * y)
        pull = weight * ideal / np.maximum(distance, 1e-6)
        moved = np.empty_like(points)
        for k, delta in enumerate((x, y)):
            moved[:, k] = ((pull * delta).sum(axis=1) + (weight * points[:, k]).sum(axis=1)) / total
        step = np.abs(moved - points).max()
        points = moved
        if step < LENGTH / 400:
            break
    return points


def _seed(groups: list[list[int]], ends: NDArray[np.int64]) -> Points:
    """Return initial positions: each community is a disc, placed by the lines between discs."""
    count = sum(len(group) for group in groups)
    degree = np.bincount(ends.ravel(), minlength=count)
    of = np.empty(count, dtype=int)
    for i, group in enumerate(groups):
        of[group] = i
    across = np.zeros((len(groups), len(groups)))
    np.add.at(across, (of[ends[:, 0]], of[ends[:, 1]]), 1.0)
    across += across.T
    radius = np.array([LENGTH * 0.55 * math.sqrt(len(group)) for group in groups])
    reach = np.add.outer(radius, radius)
    ideal = np.where(across > 0, reach * 1.1, reach * 1.8)
    np.fill_diagonal(ideal, 0.0)
    centres = np.zeros((1, 2))
    if len(groups) > 1:
        angles = np.arange(len(groups)) * _GOLDEN
        ring = np.sqrt(np.arange(len(groups)) + 0.5) * radius.mean() * 1.6
        start = np.column_stack((np.cos(angles) * ring, np.sin(angles) * ring))
        centres = _stress(ideal, start, rounds=100)
    points = np.empty((count, 2))
    for centre, group in zip(centres, groups, strict=True):
        inward = sorted(group, key=lambda node: (-degree[node], node))
        rank = np.arange(len(inward))
        out = LENGTH * 0.5 * np.sqrt(rank)
        turn = rank * _GOLDEN
        points[inward] = centre + np.column_stack((np.cos(turn) * out, np.sin(turn) * out))
    return points


def _refine(
    start: Points, ends: NDArray[np.int64], weights: NDArray[np.float64], rounds: int = 160
) -> Points:
    """Return `start` refined by attraction along lines and repulsion from random nodes."""
    count = len(start)
    chance = np.random.default_rng(1)
    points = start / LENGTH
    both = np.concatenate((ends, ends[:, ::-1]))
    share = np.tile(np.minimum(1.0, 0.4 + 0.2 * np.log2(1 + weights)), 2)
    samples = 6
    who = np.repeat(np.arange(count), samples)
    for step in range(rounds):
        rate = 0.35 * (1 - step / rounds)
        gap = points[both[:, 0]] - points[both[:, 1]]
        square = (gap * gap).sum(axis=1)
        pull = gap * (share * 1.2 / (1 + square))[:, None]
        other = chance.integers(0, count, size=len(who))
        apart = points[who] - points[other]
        square = (apart * apart).sum(axis=1)
        push = apart * (1.6 / ((0.05 + square) * (1 + square)))[:, None]
        for k in (0, 1):
            drawn = np.bincount(both[:, 0], weights=pull[:, k], minlength=count)
            pushed = np.bincount(who, weights=push[:, k], minlength=count)
            points[:, k] += rate * (np.clip(pushed, -4, 4) - np.clip(drawn, -4, 4))
    return points * LENGTH


def _level(points: Points) -> Points:
    """Return `points` rotated so that their longest extent is horizontal."""
    centred = points - points.mean(axis=0)
    xx, yy = (centred**2).sum(axis=0)
    xy = (centred[:, 0] * centred[:, 1]).sum()
    angle = -0.5 * math.atan2(2 * xy, xx - yy)
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = centred[:, 0] * cos - centred[:, 1] * sin, centred[:, 0] * sin + centred[:, 1] * cos
    return np.column_stack((x, y))


def _spread(points: Points, sizes: Points, rounds: int = 120) -> Points:
    """Return `points` moved apart until the boxes of nodes hardly overlap."""
    moved = points.copy()
    need = sizes + GAP
    reach = need.max()
    pairs = np.empty((2, 0), dtype=int)
    for step in range(rounds):
        if step % 6 == 0:
            near = np.abs(np.subtract.outer(moved[:, 0], moved[:, 0])) < reach * 1.2
            near &= np.abs(np.subtract.outer(moved[:, 1], moved[:, 1])) < reach * 1.2
            pairs = np.array(np.nonzero(np.triu(near, 1)))
        a, b = pairs
        delta = moved[a] - moved[b]
        delta[np.abs(delta) < 1e-3] = 1e-3
        room = (need[a] + need[b]) / 2
        over = room - np.abs(delta)
        hit = (over > 0).all(axis=1)
        if not hit.any() and step % 6 == 0:
            break
        a, b, delta, over, room = a[hit], b[hit], delta[hit], over[hit], room[hit]
        axis = np.argmin(over / room, axis=1)
        rows = np.arange(len(a))
        shift = np.zeros_like(delta)
        shift[rows, axis] = 0.45 * over[rows, axis] * np.sign(delta[rows, axis])
        for k in (0, 1):
            moved[:, k] += np.bincount(a, weights=shift[:, k], minlength=len(moved)) * 0.7
            moved[:, k] -= np.bincount(b, weights=shift[:, k], minlength=len(moved)) * 0.7
    return moved


def _pack(placed: Points, parts: list[list[int]], sizes: Points) -> None:
    """Move the components, largest first, to the free places nearest to the centre."""
    lows, highs = np.empty((0, 2)), np.empty((0, 2))
    margin = LENGTH * 0.35
    for part in parts:
        low = (placed[part] - sizes[part] / 2).min(axis=0) - margin / 2
        high = (placed[part] + sizes[part] / 2).max(axis=0) + margin / 2
        half, centre = np.ceil((high - low) / 2 / GRID) * GRID, (high + low) / 2
        spot = np.zeros(2)
        if len(lows):
            spot = _free(half, lows, highs)
        placed[part] += spot - centre
        lows, highs = np.vstack((lows, spot - half)), np.vstack((highs, spot + half))


def _free(half: Points, lows: Points, highs: Points) -> Points:
    """Return a centre for a box that touches the placed boxes and enlarges the picture least."""
    xs = np.unique(np.concatenate((lows[:, 0] - half[0], highs[:, 0] + half[0], [0.0])))
    ys = np.unique(np.concatenate((lows[:, 1] - half[1], highs[:, 1] + half[1], [0.0])))
    cost_x, cost_y = np.abs(xs) + half[0], (np.abs(ys) + half[1]) * ASPECT
    cost = np.hypot(cost_x[:, None], cost_y[None, :])
    cost += 0.6 * np.maximum(cost_x[:, None], cost_y[None, :])
    for flat in np.argsort(cost, axis=None, kind="stable"):
        x, y = xs[flat // len(ys)], ys[flat % len(ys)]
        clear = (x + half[0] <= lows[:, 0] + 1e-6) | (x - half[0] >= highs[:, 0] - 1e-6)
        clear |= (y + half[1] <= lows[:, 1] + 1e-6) | (y - half[1] >= highs[:, 1] - 1e-6)
        if clear.all():
            return np.array([x, y])
    return np.array([highs[:, 0].max() + half[0], 0.0])
