"""Where the network page draws what it gathered, and what of it at first."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest
from example import LIEN, NORWAY, OSLO, PERU, harbour, lake
from networks import network, settled

from kg import ontology as ontologies
from kg.export.html import colours, drawing
from kg.export.html.gathering import view
from kg.export.html.layout import layout
from kg.export.html.lines import sure
from kg.export.html.model import View
from kg.records import Entity

ONTOLOGY = ontologies.load()


def drawn(found: View) -> drawing.Picture:
    """Return the picture of all lines."""
    return drawing.draw(found, found.lines, range(len(found.lines)))


def node(found: View, entity: Entity) -> int:
    return [n.id for n in found.nodes].index(entity.id)


def test_every_line_is_drawn_once_and_ranks_first_what_holds_the_picture_together() -> None:
    found = view(network(120, 400), ONTOLOGY)
    picture = drawn(found)
    assert sorted(e.line for e in picture.edges) == list(range(len(found.lines)))
    first = picture.edges[: len(picture.nodes) - 1]
    reached = {n for e in first for n in (found.lines[e.line].start, found.lines[e.line].end)}
    assert reached == {n.node for n in picture.nodes}
    assert len(first) < len(picture.edges)


def test_the_first_view_has_the_names_whose_acts_are_told_most() -> None:
    found = view(network(300, 1_500), ONTOLOGY)
    chosen = drawing.opening(found, sure(found))
    picture = drawing.draw(found, sure(found), chosen)
    names = {n.node for n in picture.nodes}
    assert 60 <= len(names) <= 100
    assert len(chosen) <= drawing.OPENING_LINES
    assert not any(found.lines[i].light for i in chosen)
    assert not any(found.nodes[n].described for n in names)
    acts = Counter(
        n for x in sure(found) if not x.light for n in (x.start, x.end) for _ in range(x.acts)
    )
    named = [n for n, _ in acts.most_common() if not found.nodes[n].described]
    assert set(named[:40]) <= names


def test_what_several_articles_tell_comes_before_what_one_tells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drawing, "OPENING_NODES", 2)
    monkeypatch.setattr(drawing, "ROOM_FOR_GROUPS", 2)
    urges = replace(lake().statements[1], relation="urges", targets=(LIEN,), about=())
    often = [replace(urges, evidence=replace(urges.evidence, rule=f"urges/{i}")) for i in range(5)]
    found = settled(replace(lake(), statements=(lake().statements[0], *often)), harbour())
    (only,) = drawing.opening(found, sure(found))
    assert {found.lines[only].start, found.lines[only].end} == {
        node(found, NORWAY),
        node(found, PERU),
    }


def test_described_groups_are_drawn_at_first_only_where_names_are_few() -> None:
    crowd = Entity(id="unlinked/group/fishermen", kind="Group", name="fishermen")
    urges = replace(lake().statements[1], relation="urges", targets=(crowd,), about=())
    few = settled(replace(lake(), statements=(*lake().statements, urges)))
    assert few.nodes[node(few, crowd)].described
    among = {
        n for i in drawing.opening(few, sure(few)) for n in (few.lines[i].start, few.lines[i].end)
    }
    assert node(few, crowd) in among
    many = view([*network(60, 300), replace(lake(), statements=(urges,))], ONTOLOGY)
    chosen = drawing.opening(many, sure(many))
    assert len(chosen) > 40
    assert not any(
        many.nodes[n].described for i in chosen for n in (many.lines[i].start, many.lines[i].end)
    )


def test_only_the_best_connected_are_drawn_of_a_large_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drawing, "MOST_NODES", 30)
    monkeypatch.setattr(drawing, "MOST_LINES", 40)
    found = view(network(100, 300), ONTOLOGY)
    picture = drawn(found)
    kept = {n.node for n in picture.nodes}
    assert 20 <= len(kept) <= 30
    assert len(picture.edges) == 40
    assert all({found.lines[e.line].start, found.lines[e.line].end} <= kept for e in picture.edges)
    weight = {
        i: sum(x.weight for x in found.lines if i in (x.start, x.end) and not x.light)
        for i in range(len(found.nodes))
    }
    assert kept >= set(sorted(weight, key=lambda n: -weight[n])[:10])


@pytest.mark.parametrize("count", [2, 10, 100, 400])
def test_nodes_do_not_overlap_and_ties_are_near(count: int) -> None:
    found = view(network(count, 3 * count), ONTOLOGY)
    picture = drawn(found)
    for one, other in combinations(picture.nodes, 2):
        assert max(abs(one.x - other.x), abs(one.y - other.y)) > 0.8 * (one.size + other.size)
    if count == 400:
        at = {n.node: (n.x, n.y) for n in picture.nodes}

        def apart(a: int, b: int) -> float:
            return ((at[a][0] - at[b][0]) ** 2 + (at[a][1] - at[b][1]) ** 2) ** 0.5

        tied = [apart(found.lines[e.line].start, found.lines[e.line].end) for e in picture.edges]
        anyone = [apart(a, b) for a, b in combinations(sorted(at)[::4], 2)]
        assert sum(tied) / len(tied) < 0.6 * sum(anyone) / len(anyone)


def test_parts_that_are_not_joined_lie_apart() -> None:
    places = layout([(0, 1, 1.0), (1, 2, 1.0), (3, 4, 1.0), (5, 6, 1.0)], [(40.0, 30.0)] * 7).places
    parts = [places[:3], places[3:5], places[5:]]

    def box(points: list[tuple[int, int]]) -> tuple[int, int, int, int]:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs) - 20, max(xs) + 20, min(ys) - 15, max(ys) + 15

    for one, other in combinations(map(box, parts), 2):
        clear = one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]
        assert clear


def test_positions_of_nothing_and_of_one() -> None:
    assert layout([], []).places == []
    assert layout([(0, 0, 1.0)], [(30.0, 30.0)]).places == [(0, 0)]


@pytest.mark.parametrize("kind", sorted(ONTOLOGY.classes))
def test_colours_stand_out_on_both_grounds(kind: str) -> None:
    colour = ONTOLOGY.classes[kind].colour
    assert colours.contrast(colours.on_light(colour), colours.LIGHT_GROUND) >= 3
    assert colours.contrast(colours.on_dark(colour), colours.DARK_GROUND) >= 3


def test_hostile_display_hints_are_replaced() -> None:
    assert colours.shape("image") == "dot"
    assert re.fullmatch("#[0-9a-f]{6}", colours.on_light("url(https://example.org)"))


def test_communities_lie_apart_in_large_networks() -> None:
    picture = drawn(view(network(400, 1_600), ONTOLOGY))
    groups: dict[int, list[tuple[int, int]]] = {}
    for n in picture.nodes:
        groups.setdefault(n.group, []).append((n.x, n.y))
    big = {g: points for g, points in groups.items() if len(points) > 5}
    assert len(big) > 5
    centres = {
        g: (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))
        for g, points in big.items()
    }

    def nearest(x: int, y: int) -> int:
        return min(centres, key=lambda g: (centres[g][0] - x) ** 2 + (centres[g][1] - y) ** 2)

    at_home = sum(nearest(x, y) == g for g, points in big.items() for x, y in points)
    assert at_home > 0.9 * sum(map(len, big.values()))


def test_unsure_statements_do_not_count_in_what_is_drawn_at_first() -> None:
    sly = replace(lake().statements[4], confidence=0.3)
    more = replace(sly, confidence=0.5, modality="planned")
    found = settled(replace(lake(), statements=(sly, more)))
    number = next(i for i, x in enumerate(found.lines) if x.end == node(found, OSLO))
    kept = sure(found)[number]
    assert [found.tellings[i].id for i in kept.told] == [more.id]
    assert kept.modality == "planned"
    nothing = settled(replace(lake(), statements=(sly,)))
    assert drawing.opening(nothing, sure(nothing)) == []
    assert len(drawing.opening(nothing, nothing.lines)) == 1
