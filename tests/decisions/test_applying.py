"""Decisions in the graph: applied, remembered, replayed, explained, taken back."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import example
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import decisions, iris, rdf
from kg.cli.profiles import told
from kg.graph import Graph
from kg.rdf import vocabulary as v
from kg.records import Entity, Extraction, Statement

LIEN, QUISPE = example.LIEN.id, example.QUISPE.id


@pytest.fixture
def news() -> Iterator[Graph]:
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add_all([example.lake(), example.harbour()], pipeline="test-1")
        yield graph


def applied(graph: Graph, text: str) -> dict[str, Extraction]:
    """Apply decisions that all find what they name, and return what the articles say then."""
    found = graph.apply(decisions.parse(text))
    assert found.problems == ()
    return {found.article.id: found for found in graph.extractions()}


def by_relation(extraction: Extraction) -> dict[str, Statement]:
    return {s.relation: s for s in extraction.statements}


def label(graph: Graph, node: v.ox.NamedNode, predicate: v.ox.NamedNode) -> set[str]:
    return {q.object.value for q in graph.store.match(node, predicate)}


SAME = f"""
[[same]]
by = "Foreign desk"
entities = ["{QUISPE}", "{LIEN}"]
name = "Ana Quispe Lien"
note = "she married"
"""


def test_same_makes_one_node_with_all_names(news: Graph) -> None:
    before = rdf.canonical(example.lake())
    lake = applied(news, SAME)["lake"]
    one = Entity(id=QUISPE, kind="Official", name="Ana Quispe Lien")
    assert LIEN not in {e.id for e in lake.entities}
    assert one in lake.entities
    assert len(lake.mentions) == len(before.mentions)
    assert by_relation(lake)["commentsOn"].agents == (one,)
    assert by_relation(lake)["visits"].attributed_to == (one,)
    assert [p.holder for p in lake.positions] == [one] * 3
    (profile,) = news.about("Ana Quispe")
    assert {"Olav Lien", "Lien", "Ana Quispe"} <= set(profile.aliases)
    assert profile.decided == (f"{LIEN} is the same as {QUISPE} (Foreign desk: she married)",)
    assert f"decided: {LIEN} is the same as {QUISPE} (Foreign desk: she married)\n" in told(profile)
    node = news.store.names.node
    alternates = [q.object for q in news.store.match(node(LIEN), v.ALTERNATE_OF)]
    assert alternates == [node(QUISPE)]


def test_the_gazetteer_names_who_stays(news: Graph) -> None:
    lake = applied(news, f'[[same]]\nentities = ["country/NO", "{example.OSLO.id}"]')["lake"]
    assert {e.name for e in lake.entities if e.id == "country/NO"} == {"Norway"}
    assert by_relation(lake)["visits"].targets == (example.NORWAY,)


def test_one_who_is_known_here_by_another_identifier_only(news: Graph) -> None:
    text = f'[[same]]\nentities = ["country/NO", "{example.OSLO.id}", "{example.LIMA.id}"]'
    other = replace(
        example.harbour(),
        article=replace(example.harbour().article, id="pier"),
        mentions=(replace(example.harbour().mentions[0], entity=example.LIMA),),
        statements=(),
    )
    news.add(other)
    pier = applied(news, text)["pier"]
    assert pier.entities == (example.NORWAY,)
    assert label(news, news.store.names.node("country/NO"), v.ALT_LABEL) >= {"Lima", "Oslo"}


def test_who_acts_on_himself_after_a_merger_does_nothing(news: Graph) -> None:
    text = '[[same]]\nentities = ["country/NO", "country/PE"]'
    lake = applied(news, text)["lake"]
    assert "meets" not in by_relation(lake), "it takes two to meet"
    statement = news.store.names.node(example.lake().statements[0].id)
    assert len(label(news, statement, v.INVALIDATED_BY)) == 1


def test_not_same_splits_in_some_articles(news: Graph) -> None:
    text = '[[not-same]]\nentity = "country/PE"\narticles = ["harbour"]\nname = "Peru (Indiana)"\n'
    found = applied(news, text)
    other = Entity(id="unlinked/country/peru-indiana", kind="Country", name="Peru (Indiana)")
    assert by_relation(found["harbour"])["attends"].agents == (other,)
    assert example.PERU in found["lake"].entities
    assert example.PERU not in found["harbour"].entities
    assert found["harbour"].statements[1].id != example.harbour().statements[1].id


def test_not_same_is_remembered(news: Graph) -> None:
    applied(news, f'[[not-same]]\nentities = ["{QUISPE}", "{LIEN}"]')
    node = news.store.names.node
    found = news.store.match(node(QUISPE), v.DIFFERENT_FROM)
    assert [q.object for q in found] == [node(LIEN)]


MET = example.lake().statements[0]
PLACE = 'article = "lake"\nrelation = "meets"\n'


@pytest.mark.parametrize(
    "reference",
    [
        f'{PLACE}quote = "Ministers of Norway and Peru met in Lima"',
        f'{PLACE}quote = "Norway and Peru met in Lima"',
        f'{PLACE}quote = "Ministers of Norway and Peru met in Lima on 3 March 2024."',
        f'article = "lake"\nstatement = "{MET.id}"',
        f'statement = "{MET.id}"',
        f'statement = "{iris.short(MET.id)}"',
        f'statement = "{iris.short(MET.id)[:6]}"',
        f'statement = "statement/{iris.short(MET.id)[:8]}"\narticle = "lake"',
    ],
)
def test_a_wrong_statement_goes_where_it_is_wrong(news: Graph, reference: str) -> None:
    found = applied(news, f"[[wrong-statement]]\n{reference}\n")
    assert "meets" not in by_relation(found["lake"])
    assert "meets" in by_relation(found["harbour"])
    assert len(found["lake"].statements) == 4
    links = news.store.match(None, v.term("meets"))
    assert {q.graph_name for q in links} == {news.store.names.links("harbour")}


@pytest.mark.parametrize(
    "reference",
    [
        f'statement = "{iris.short(MET.id)[:5]}"',  # too short to mean one
        f'statement = "statement/lake/0-40-{"0" * iris.HASH}"',
        f'statement = "{MET.id}"\narticle = "harbour"',
        f'statement = "{MET.id[: -iris.HASH]}"',
    ],
)
def test_what_names_no_statement_takes_none_away(news: Graph, reference: str) -> None:
    before = list(news.extractions())
    found = news.apply(decisions.parse(f"[[wrong-statement]]\n{reference}"))
    assert len(found.problems) == 1
    assert list(news.extractions()) == before


def test_others_that_tell_the_same_act_stay(news: Graph) -> None:
    met = [s for e in news.extractions() for s in e.statements if s.relation == "meets"]
    acts = news.store.acts()
    (act,) = {acts[s.id] for s in met}
    number = v.term("articles")
    assert label(news, news.store.names.node(act), number) == {"2"}
    found = applied(news, f'[[wrong-statement]]\nstatement = "{MET.id}"')
    left = by_relation(found["harbour"])["meets"]
    assert {s.id for s in met} == {MET.id, left.id}
    acts = news.store.acts()
    assert MET.id not in acts
    assert label(news, news.store.names.node(acts[left.id]), number) == set()


def test_the_identifier_before_and_after_other_decisions_will_do(news: Graph) -> None:
    before = {s.relation: s.id for s in example.lake().statements}
    after = by_relation(applied(news, SAME)["lake"])["commentsOn"].id
    assert after != before["commentsOn"]
    for identifier in (before["commentsOn"], after):
        text = f'{SAME}[[wrong-statement]]\nstatement = "{identifier}"'
        assert "commentsOn" not in by_relation(applied(news, text)["lake"])


def test_another_class(news: Graph) -> None:
    found = applied(news, f'[[wrong-type]]\nentity = "{example.SUMMIT.id}"\ntype = "Visit"')
    kinds = {e.kind for x in found.values() for e in x.entities if e.id == example.SUMMIT.id}
    assert kinds == {"Visit"}


def test_what_cannot_act_does_not_act_any_more(news: Graph) -> None:
    lake = applied(news, f'[[wrong-type]]\nentity = "{QUISPE}"\ntype = "Place"')["lake"]
    assert not {"proposes", "visits"} & set(by_relation(lake)), "a place neither acts nor speaks"
    assert "Quispe" not in {p.holder.name for p in lake.positions}
    assert len(lake.positions) == 2


@pytest.mark.parametrize("entity", ["country/NO", QUISPE])
def test_another_name(news: Graph, entity: str) -> None:
    old = "Norway" if entity == "country/NO" else "Ana Quispe"
    applied(news, f'[[preferred-name]]\nentity = "{entity}"\nname = "Someone Else"')
    node = news.store.names.node(entity)
    assert label(news, node, v.PREF_LABEL) == {"Someone Else"}
    assert old in label(news, node, v.ALT_LABEL)
    assert [p.name for p in news.about(old)] == ["Someone Else"]


ADDED = """
[[added-statement]]
by = "Ines"
article = "lake"
quote = "Ministers of Norway and Peru
met in Lima"
relation = "visits"
agents = ["Norway", {name = "Jo Doe", type = "Official"}]
targets = ["Lima"]
date = "2024-03-03"
modality = "actual"
attributed-to = ["unlinked/person/olav-lien"]
note = "it says so"
""".replace("Peru\nmet", "Peru   met")


def test_an_added_statement_has_its_quote(news: Graph) -> None:
    applied(news, ADDED)
    lake = news.extraction("lake")
    (added,) = (s for s in lake.statements if s.evidence.rule == "visits/decided")
    doe = Entity(id="unlinked/person/jo-doe", kind="Official", name="Jo Doe")
    assert added.agents == (example.NORWAY, doe)
    assert added.targets == (example.LIMA,)
    assert added.attributed_to == (example.LIEN,)
    assert added.when is not None
    assert (added.when.value, added.confidence, added.modality) == ("2024-03-03", 1.0, "actual")
    assert lake.article.quote(added.evidence.span) == "Ministers of Norway and Peru met in Lima"
    (profile,) = news.about("Jo Doe")
    why = f"decided: lake says visits: {lake.article.quote(added.evidence.span)} (Ines: it says so)"
    assert f"    {why}\n" in told(profile)
    rows = news.query(
        "SELECT ?quote ?who { ?e prov:wasGeneratedBy ?d ; kg:quote ?quote ."
        " ?d a kg:AddedStatementDecision ; prov:wasAssociatedWith/rdfs:label ?who }"
    )
    assert rows.rows == (("Ministers of Norway and Peru met in Lima", "Ines"),)


def test_an_added_act_of_the_article_itself_is_linked(news: Graph) -> None:
    applied(news, ADDED.replace('attributed-to = ["unlinked/person/olav-lien"]\n', ""))
    node = news.store.names.node
    assert next(news.store.match(node("country/NO"), v.term("visits"), node(example.LIMA.id)), None)


EVERYTHING = f"""
{SAME}{ADDED}
[[not-same]]
entity = "country/PE"
articles = ["harbour"]
name = "Peru (Indiana)"
[[wrong-statement]]
{PLACE}quote = "Ministers of Norway and Peru met in Lima"
[[wrong-type]]
entity = "{example.SUMMIT.id}"
type = "Visit"
[[preferred-name]]
entity = "country/NO"
name = "Noreg"
"""
MADE = decisions.parse(EVERYTHING)


def test_taking_all_back_restores_every_byte(news: Graph) -> None:
    before = news.store.quads()
    assert news.apply(MADE).changed == 2
    assert news.store.quads() != before
    again = news.apply(MADE)
    assert (again.changed, again.decisions, again.problems) == (0, 6, ())
    assert news.decisions() == tuple(sorted(MADE, key=lambda d: d.id))
    assert news.apply(()).changed == 2
    assert news.store.quads() == before
    assert not news.undecided()


@settings(max_examples=12)
@given(st.lists(st.sets(st.sampled_from(range(len(MADE)))), min_size=1, max_size=3), st.booleans())
def test_only_the_last_file_counts(files: list[set[int]], late: bool) -> None:
    """Whatever was decided before, and whenever articles came, the bytes are the same."""
    chosen = [[MADE[n] for n in sorted(numbers)] for numbers in files]
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add(example.lake(), pipeline="p")
        for made in chosen[:-1]:
            graph.apply(made)
        if not late:
            graph.add(example.harbour(), pipeline="p")
        graph.apply(chosen[-1])
        if late:
            graph.add(example.harbour(), pipeline="p")
        found = graph.store.quads()
    with Graph(gazetteer=example.gazetteer()) as graph:
        shuffled = random.Random(len(chosen)).sample(chosen[-1], len(chosen[-1]))
        graph.decide(shuffled)
        graph.add_all([example.harbour(), example.lake()], pipeline="p")
        assert graph.store.quads() == found


def test_removing_an_article_takes_its_traces_along(news: Graph) -> None:
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.decide(MADE)
        graph.add(example.harbour(), pipeline="test-1")
        alone = graph.store.quads()
    news.apply(MADE)
    news.remove("lake")
    assert news.store.quads() == alone


def test_versions_stay_those_of_the_reading(news: Graph) -> None:
    news.apply(MADE)
    assert news.up_to_date(example.lake().article, pipeline="test-1")


def test_a_decision_that_stopped_halfway_is_known(news: Graph) -> None:
    news.decide(MADE)
    assert news.undecided(), "until all articles show it"
    news.apply(news.decisions())
    assert not news.undecided()


UNKNOWN = [
    (f'[[same]]\nentities = ["{QUISPE}", "unlinked/person/olav-lein"]\nname = "X"', LIEN),
    ('[[same]]\nentities = ["unlinked/person/nobody-at-all", "country/NO"]\nname = "X"', "nobody"),
    ('[[wrong-type]]\nentity = "Olav Lien"\ntype = "Person"', f"did you mean {LIEN}?"),
    ('[[preferred-name]]\nentity = "person/ana-quispe"\nname = "A"', f"did you mean {QUISPE}?"),
    (
        f'[[not-same]]\nentity = "{LIEN}"\narticles = ["harbour"]\nname = "Olav L."',
        f"harbour does not name {LIEN}",
    ),
    (
        '[[not-same]]\nentity = "country/PE"\narticles = ["harbor"]\nname = "Peru, Indiana"',
        "did you mean harbour?",
    ),
    (
        f'[[wrong-statement]]\n{PLACE}quote = "the ministers met at Lima"',
        "the nearest is meets: Ministers of Norway and Peru met in Lima",
    ),
    (
        '[[wrong-statement]]\narticle = "laek"\nrelation = "meets"\nquote = "met"',
        "did you mean lake?",
    ),
    (
        f'[[wrong-statement]]\nstatement = "{example.lake().statements[0].id[:-2]}xx"',
        f"the nearest is {example.lake().statements[0].id}",
    ),
    (
        ADDED.replace("of Norway and", "from Norway and"),
        "the nearest is: Ministers of Norway and Peru met in Lima on 3 March 2024.",
    ),
    (
        ADDED.replace("Ministers of Norway and Peru   met in Lima", "Norway"),
        "stands in lake 3 times",
    ),
    (ADDED.replace('"Norway",', '"Norwai",'), "did you mean country/NO?"),
    (ADDED.replace('"Norway",', f'"{example.LIMA.id}",'), "a Place such as Lima cannot stand in"),
    (ADDED.replace('"lake"', '"leak"'), "did you mean lake?"),
]


@pytest.mark.parametrize(("text", "said"), UNKNOWN)
def test_what_is_unknown_is_told_with_the_nearest(news: Graph, text: str, said: str) -> None:
    good = '[[preferred-name]]\nentity = "country/NO"\nname = "Noreg"\n'
    found = news.apply(decisions.parse(good + text))
    assert len(found.problems) == 1, found.problems
    assert said in str(found.problems[0])
    assert "Noreg" in {e.name for e in news.extraction("lake").entities}, "the rest is applied"
    news.apply(())
    assert news.extraction("lake") == rdf.canonical(example.lake())


def test_a_name_for_two_is_told(news: Graph) -> None:
    twin = replace(example.LIEN, id="unlinked/organization/olav-lien", kind="Organization")
    lake = example.lake()
    mention = replace(lake.mentions[7], entity=twin)
    news.add(replace(lake, mentions=(*lake.mentions, mention)))
    found = news.apply(decisions.parse(ADDED.replace('"Norway",', '"Olav Lien",')))
    assert f"write one of: {twin.id}, {LIEN}" in str(found.problems[0])


def test_a_decision_waits_for_its_article() -> None:
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add(example.harbour())
        assert len(graph.apply(decisions.parse(ADDED)).problems) == 1
        graph.add(example.lake())
        assert "visits/decided" in {s.evidence.rule for s in graph.extraction("lake").statements}


def test_every_term_is_declared(news: Graph) -> None:
    """See tests/test_ontology_file.py for what is written without decisions."""
    from kg import resources

    files = sorted(resources.ontology_dir().glob("*.ttl"))
    declared = "\n".join(file.read_text(encoding="utf-8") for file in files)
    news.decide(MADE)
    pending = {q.predicate for q in news.store.match(graph=news.store.names.decisions)}
    news.apply(MADE)
    used = pending | {q.predicate for q in news.store.match()}
    used |= {q.object for q in news.store.match(None, v.TYPE)}
    ours = {v.local(node) for node in used} - {""}
    cards = set(news.ontology.relations)
    cards |= {card.topic_link for card in news.ontology.relations.values()}
    assert {"changes", "wording", "SameDecision", "unfinished", "sketch", "source"} <= ours
    assert [name for name in sorted(ours - cards) if f"\nkg:{name} a owl:" not in declared] == []
    prov = {node.value.removeprefix(v.PROV) for node in used if node.value.startswith(v.PROV)}
    assert [name for name in sorted(prov) if f"\nprov:{name} a owl:" not in declared] == []
