"""What the network page gathers from articles, and where it draws it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import pytest
from example import FJORD, LIEN, NORWAY, OSLO, PERU, QUISPE, SUMMIT, harbour, lake
from networks import network

from kg import ontology as ontologies
from kg.export.html import colours, drawing
from kg.export.html.gathering import view
from kg.export.html.layout import layout
from kg.export.html.model import View
from kg.export.html.passages import passages, units
from kg.records import Article, Entity, Evidence, Extraction, Mention, Span, Statement

ONTOLOGY = ontologies.load()


def example() -> View:
    return view([lake(), harbour()], ONTOLOGY)


def node(found: View, entity: Entity) -> int:
    return [n.id for n in found.nodes].index(entity.id)


def line(found: View, start: Entity, end: Entity) -> drawing.Line:
    ends = (node(found, start), node(found, end))
    return next(x for x in found.lines if (x.start, x.end) == ends)


# What is gathered


def test_the_same_act_told_twice_is_one_act_with_two_tellings() -> None:
    found = example()
    meetings = [a for a in found.acts if found.relations[a.relation].name == "meets"]
    assert len(meetings) == 1
    assert [found.sources[t.source].id for t in meetings[0].tellings] == ["harbour", "lake"]
    assert found.tellings == 7


def test_mutual_acts_give_one_line_without_direction() -> None:
    found = example()
    joined = [
        x for x in found.lines if {x.start, x.end} == {node(found, NORWAY), node(found, PERU)}
    ]
    assert [(x.directed, x.weight, x.outlets) for x in joined] == [(False, 2, 2)]


def test_lines_run_from_agent_to_target_and_to_what_it_is_about() -> None:
    found = example()
    assert line(found, QUISPE, NORWAY).directed
    assert not line(found, QUISPE, SUMMIT).light
    assert line(found, LIEN, SUMMIT).directed
    assert line(found, NORWAY, SUMMIT).modality == "planned"
    assert line(found, PERU, OSLO).modality == "possible"


def test_a_statement_without_target_leads_lightly_to_its_topic() -> None:
    lone = replace(lake().statements[2], targets=(), about=(PERU,))
    found = view([replace(lake(), statements=(lone,))], ONTOLOGY)
    assert [(x.start, x.end, x.light) for x in found.lines] == [
        (node(found, NORWAY), node(found, PERU), True)
    ]


def test_lines_are_marked_as_negated_or_disputed() -> None:
    assert line(example(), PERU, SUMMIT).mark == "negated"
    assert line(example(), NORWAY, SUMMIT).mark == ""
    denied = harbour()
    told = replace(denied.statements[0], negated=False)
    both = replace(denied, statements=(*denied.statements, told))
    assert line(view([both], ONTOLOGY), PERU, SUMMIT).mark == "disputed"


def test_a_line_is_disputed_only_where_one_act_is_both_affirmed_and_denied() -> None:
    attends = replace(harbour().statements[0], negated=True)
    other = replace(attends, relation="visits", negated=False)
    found = view([replace(harbour(), statements=(attends, other))], ONTOLOGY)
    assert line(found, PERU, SUMMIT).mark == "partly"
    later = replace(attends, negated=False, when=harbour().statements[1].when)
    found = view([replace(harbour(), statements=(attends, later))], ONTOLOGY)
    assert line(found, PERU, SUMMIT).mark == "disputed"


def test_officials_stand_for_their_country() -> None:
    found = view([lake()], ONTOLOGY)
    assert found.nodes[node(found, QUISPE)].countries == (node(found, PERU),)
    assert found.nodes[node(found, PERU)].countries == (node(found, PERU),)
    assert found.nodes[node(found, LIEN)].countries == ()


def test_communities_lie_apart_in_large_networks() -> None:
    picture = drawing.draw(view(network(400, 1_600), ONTOLOGY))
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


def test_an_entity_keeps_its_aliases_and_offices_with_their_place() -> None:
    found = view([lake()], ONTOLOGY, {PERU.id: "Q419"})
    lien = found.nodes[node(found, LIEN)]
    assert lien.aliases == ("Lien",)
    assert {(p.title, p.of) for p in lien.posts} == {
        ("scholar", node(found, FJORD)),
        ("scholar", -1),
    }
    assert found.nodes[node(found, PERU)].wikidata == "Q419"


def test_articles_that_differ_on_an_entity_give_its_most_specific_class() -> None:
    vague = Entity(id=QUISPE.id, kind="Person", name="A. Quispe")
    article = Article(id="a", text="A. Quispe spoke.")
    mention = Mention(span=Span(start=0, end=9), entity=vague)
    found = view([Extraction(article=article, mentions=(mention,)), lake()], ONTOLOGY)
    quispe = found.nodes[node(found, QUISPE)]
    assert found.kinds[quispe.kind].name == "Official"


def test_order_of_the_articles_does_not_matter() -> None:
    assert view([lake(), harbour()], ONTOLOGY) == view([harbour(), lake()], ONTOLOGY)


def test_quotes_and_marks_are_exact_in_utf16_units() -> None:
    text = "😀😀 Oslo 😀 urged Lima now."
    oslo, lima = (
        Entity(id="a", kind="Place", name="Oslo"),
        Entity(id="b", kind="Place", name="Lima"),
    )
    spans = {
        w: Span(start=text.index(w), end=text.index(w) + len(w)) for w in ("Oslo", "Lima", "urged")
    }
    clause = Span(start=text.index("Oslo"), end=text.index(" now"))
    statement = Statement(
        relation="urges",
        agents=(oslo,),
        targets=(lima,),
        evidence=Evidence(article="x", span=clause, trigger=spans["urged"], rule="urges/urge"),
    )
    mentions = (Mention(span=spans["Oslo"], entity=oslo), Mention(span=spans["Lima"], entity=lima))
    article = Article(id="x", text=text)
    found = view(
        [Extraction(article=article, mentions=mentions, statements=(statement,))], ONTOLOGY
    )
    quote = found.acts[0].tellings[0].quote
    coded = text.encode("utf-16-le")

    def cut(start: int, end: int) -> str:
        return coded[2 * start : 2 * end].decode("utf-16-le")

    assert cut(quote.start, quote.end) == "Oslo 😀 urged Lima"
    assert [(cut(a, b), role) for a, b, role in quote.marks] == [
        ("Oslo", "agent"),
        ("urged", "trigger"),
        ("Lima", "target"),
    ]
    assert units(text, len(text)) == len(coded) // 2


def test_long_articles_are_cut_to_the_surroundings_of_the_evidence() -> None:
    article = Article(id="long", text="word " * 20_000)
    spans = [
        Span(start=1_000, end=1_050),
        Span(start=1_200, end=1_250),
        Span(start=90_000, end=90_020),
    ]
    kept = passages(article, spans)
    assert [p.start for p in kept] == [600, 89_600]
    assert sum(len(p.text) for p in kept) < 3_000
    assert passages(replace(article, text="short"), [])[0].text == "short"


def test_front_matter_stays_out_unless_evidence_lies_in_it() -> None:
    article = Article(id="a", text="Title line\n\nBody text.", body=12)
    assert passages(article, [Span(start=12, end=16)])[0].text == "Body text."
    assert passages(article, [Span(start=6, end=10)])[0].text == article.text


# What is drawn


def test_every_line_is_drawn_once_and_ranks_first_what_holds_the_picture_together() -> None:
    found = view(network(120, 400), ONTOLOGY)
    picture = drawing.draw(found)
    assert sorted(e.line for e in picture.edges) == list(range(len(found.lines)))
    first = picture.edges[: picture.opening]
    reached = {n for e in first for n in (found.lines[e.line].start, found.lines[e.line].end)}
    assert reached == {n.node for n in picture.nodes}
    assert picture.opening < len(picture.edges)


def test_only_the_best_connected_are_drawn_of_a_large_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drawing, "MOST_NODES", 30)
    monkeypatch.setattr(drawing, "MOST_LINES", 40)
    found = view(network(100, 300), ONTOLOGY)
    picture = drawing.draw(found)
    drawn = {n.node for n in picture.nodes}
    assert 20 <= len(drawn) <= 30
    assert len(picture.edges) == 40
    assert all({found.lines[e.line].start, found.lines[e.line].end} <= drawn for e in picture.edges)
    weight = {
        i: sum(x.weight for x in found.lines if i in (x.start, x.end))
        for i in range(len(found.nodes))
    }
    assert drawn >= set(sorted(weight, key=lambda n: -weight[n])[:10])


@pytest.mark.parametrize("count", [2, 10, 100, 400])
def test_nodes_do_not_overlap_and_ties_are_near(count: int) -> None:
    found = view(network(count, 3 * count), ONTOLOGY)
    picture = drawing.draw(found)
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
