"""What the network page gathers from articles, and where it draws it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from example import FJORD, LIEN, NORWAY, OSLO, PERU, QUISPE, SUMMIT, harbour, lake
from networks import network, settled

from kg import ontology as ontologies
from kg.export.html.gathering import view
from kg.export.html.model import Line, View
from kg.export.html.passages import passages, units
from kg.records import Article, Entity, Evidence, Extraction, Mention, Span, Statement

ONTOLOGY = ontologies.load()


def example() -> View:
    return settled(lake(), harbour())


def node(found: View, entity: Entity) -> int:
    return [n.id for n in found.nodes].index(entity.id)


def lines(found: View, start: Entity, end: Entity) -> dict[str, Line]:
    """Return the lines that lead from one entity to another, by their way."""
    ends = (node(found, start), node(found, end))
    return {x.way: x for x in found.lines if (x.start, x.end) == ends}


def line(found: View, start: Entity, end: Entity) -> Line:
    (only,) = lines(found, start, end).values()
    return only


# What is gathered


def test_the_same_act_told_twice_is_one_act_with_two_tellings() -> None:
    found = example()
    meetings = [a for a in found.acts if found.relations[a.relation].name == "meets"]
    assert len(meetings) == 1
    told = [found.tellings[i] for i in meetings[0].tellings]
    assert [found.sources[t.source].id for t in told] == ["harbour", "lake"]
    assert [[found.nodes[n].name for n in t.where] for t in told] == [[], ["Lima"]]
    assert len(found.tellings) == 7


def test_without_acts_each_statement_tells_one_of_its_own() -> None:
    found = view([lake(), harbour()], ONTOLOGY)
    assert [act.tellings for act in found.acts] == [(i,) for i in range(7)]
    assert found.disputes == ()


def test_nothing_of_two_tellings_is_united() -> None:
    meets, attends = lake().statements[0], lake().statements[2]
    late = replace(meets, about=(SUMMIT,), where=(), modality="planned", attributed_to=(LIEN,))
    turned = replace(meets, agents=(PERU,), targets=(NORWAY,), where=(OSLO,))
    turned = replace(turned, evidence=replace(meets.evidence, span=attends.evidence.span))
    turned = replace(turned, evidence=replace(turned.evidence, trigger=attends.evidence.trigger))
    found = settled(replace(lake(), statements=(meets, late, turned)))
    (act,) = found.acts
    told = [found.tellings[i] for i in act.tellings]
    assert sorted(t.modality for t in told) == ["actual", "actual", "planned"]
    for t in told:
        own = next(s for s in (meets, late, turned) if s.id == t.id)
        for role, given in (("agents", own.agents), ("targets", own.targets), ("about", own.about)):
            assert [found.nodes[n].id for n in getattr(t, role)] == [e.id for e in given]
        assert [found.nodes[n].id for n in t.where] == [e.id for e in own.where]
        assert t.date == (own.when.value if own.when else "")
    pale = [x for x in found.lines if x.light]
    assert {found.tellings[i].id for x in pale for i in x.told} == {late.id}


def test_mutual_acts_give_one_line_without_direction() -> None:
    found = example()
    joined = [
        x for x in found.lines if {x.start, x.end} == {node(found, NORWAY), node(found, PERU)}
    ]
    (only,) = joined
    assert (only.directed, only.weight, only.outlets, only.acts, only.again) == (False, 2, 2, 1, 1)


def test_a_line_of_each_way_has_its_own_statements() -> None:
    meets, proposes = lake().statements[:2]
    urges = replace(proposes, relation="urges", agents=(NORWAY,), targets=(PERU,), about=())
    remark = replace(lake().statements[3], agents=(NORWAY,), about=(PERU,))
    found = settled(replace(lake(), statements=(meets, urges, remark)))
    joined = lines(found, NORWAY, PERU)
    told = {way: [found.tellings[i].id for i in x.told] for way, x in joined.items()}
    assert told == {"mutual": [meets.id], "acts": [urges.id], "topic": [remark.id]}


def test_lines_run_from_agent_to_target_and_to_what_it_is_about() -> None:
    found = example()
    assert line(found, QUISPE, NORWAY).directed
    assert not line(found, QUISPE, SUMMIT).light
    assert line(found, LIEN, SUMMIT).directed
    assert line(found, NORWAY, SUMMIT).modality == "planned"
    assert line(found, PERU, OSLO).modality == "possible"


def test_what_is_only_spoken_of_is_joined_by_a_pale_line() -> None:
    urges = replace(lake().statements[1], relation="urges", about=(SUMMIT, PERU))
    remark = lake().statements[3]
    found = settled(replace(lake(), statements=(urges, remark)))
    assert line(found, QUISPE, NORWAY).way == "acts"
    assert line(found, QUISPE, SUMMIT).way == "topic"
    assert line(found, QUISPE, PERU).way == "topic"
    assert line(found, LIEN, NORWAY).way == line(found, LIEN, SUMMIT).way == "topic"


@pytest.mark.parametrize(
    ("relation", "targets", "way"),
    [
        ("proposes", (), "acts"),
        ("proposes", (NORWAY,), "acts"),
        ("supports", (), "acts"),
        # Whoever backs Norway at the summit does not back the summit.
        ("supports", (NORWAY,), "topic"),
        ("warns", (), "topic"),
        ("commentsOn", (), "topic"),
    ],
)
def test_events_are_acted_on_only_as_the_card_says(
    relation: str, targets: tuple[Entity, ...], way: str
) -> None:
    told = replace(lake().statements[1], relation=relation, targets=targets, about=(SUMMIT,))
    found = settled(replace(lake(), statements=(told,)))
    assert line(found, QUISPE, SUMMIT).way == way


def test_a_statement_without_object_is_no_line() -> None:
    lone = replace(lake().statements[1], relation="warns", targets=(), about=())
    assert settled(replace(lake(), statements=(lone,))).lines == ()


def test_parties_of_a_mutual_act_are_joined_as_the_statement_says() -> None:
    meets = lake().statements[0]
    three = replace(meets, agents=(NORWAY, PERU), targets=(QUISPE,))
    found = settled(replace(lake(), statements=(three,)))
    joined = {frozenset((found.nodes[x.start].id, found.nodes[x.end].id)) for x in found.lines}
    assert joined == {frozenset((NORWAY.id, QUISPE.id)), frozenset((PERU.id, QUISPE.id))}
    together = replace(meets, agents=(NORWAY, PERU, QUISPE))
    assert len(settled(replace(lake(), statements=(together,))).lines) == 3


def test_behind_lines_stands_only_what_joins_their_ends() -> None:
    """For each line, every statement has one end among those who act and the other in its part."""
    found = view(network(60, 400), ONTOLOGY)
    assert len(found.lines) > 200
    for x in found.lines:
        for t in (found.tellings[i] for i in x.told):
            if x.way == "mutual":
                assert {x.start, x.end} <= {*t.agents, *t.targets}
            else:
                assert x.start in t.agents
                assert x.end in (*t.targets, *t.about)
                relation = ONTOLOGY.relations[found.relation(t).name]
                done_to = x.end in t.targets and not relation.remark
                done_to |= relation.topical and not relation.remark and x.end in t.about
                assert done_to or x.light


def test_only_contradictions_make_a_line_disputed() -> None:
    assert line(example(), PERU, SUMMIT).mark == "negated"
    assert line(example(), NORWAY, SUMMIT).mark == ""
    denied = harbour().statements[0]
    told = replace(denied, negated=False)
    both = settled(replace(harbour(), statements=(denied, told)))
    assert line(both, PERU, SUMMIT).mark == "disputed"
    assert [
        found.id for pair in both.disputes for found in map(both.tellings.__getitem__, pair)
    ] == [
        denied.id,
        told.id,
    ]
    plan = settled(replace(harbour(), statements=(denied, replace(told, modality="planned"))))
    assert line(plan, PERU, SUMMIT).mark == "partly"
    other = settled(replace(harbour(), statements=(denied, replace(told, relation="visits"))))
    assert line(other, PERU, SUMMIT).mark == "partly"
    unlike = (replace(denied, about=(NORWAY,)), replace(told, about=(LIEN,)))
    found = settled(replace(harbour(), statements=unlike))
    assert line(found, PERU, SUMMIT).mark == "partly"


def test_officials_stand_for_their_country() -> None:
    found = view([lake()], ONTOLOGY)
    assert found.nodes[node(found, QUISPE)].countries == (node(found, PERU),)
    assert found.nodes[node(found, PERU)].countries == (node(found, PERU),)
    assert found.nodes[node(found, LIEN)].countries == ()


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
    quote = found.tellings[0].quote
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
