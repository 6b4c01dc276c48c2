"""Which statements tell the same act, and which contradict one another."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import ontology
from kg.graph import Graph
from kg.records import Article, Entity, Evidence, Extraction, Span, Statement, When
from kg.telling import acts, joining

ONTOLOGY = ontology.load()
TOGO = Entity(id="country/TG", kind="Country", name="Togo")
CHAD = Entity(id="country/TD", kind="Country", name="Chad")
MALI = Entity(id="country/ML", kind="Country", name="Mali")
SAHEL_SUMMIT = Entity(id="event/sahel-summit", kind="Meeting", name="Sahel summit")
LAKE_TREATY = Entity(id="agreement/lake-treaty", kind="Agreement", name="Lake Treaty")
TALKS = Entity(id="unlinked/event/talks-1", kind="Meeting", name="talks")
ROUND = Entity(id="unlinked/event/round-1", kind="Meeting", name="second round")
MINERS = Entity(id="unlinked/group/miners", kind="Group", name="miners")
TEXT = "Togo and Chad met in Lomé. " * 40


class Story:
    """Articles made of statements, each at a place of its own."""

    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self.statements: list[Statement] = []

    def tell(
        self,
        relation: str,
        agents: Sequence[Entity],
        targets: Sequence[Entity] = (),
        *,
        article: str = "one",
        published: str = "2031-05-10",
        when: str = "",
        about: Sequence[Entity] = (),
        modality: str = "actual",
        negated: bool = False,
    ) -> Statement:
        self.articles.setdefault(article, Article(id=article, text=TEXT, published=published))
        start = 10 * len(self.statements)
        span = Span(start=start, end=start + 9)
        statement = Statement(
            relation=relation,
            agents=tuple(agents),
            targets=tuple(targets),
            about=tuple(about),
            when=When(value=when, text="") if when else None,
            modality=modality,
            negated=negated,
            evidence=Evidence(article=article, span=span, trigger=span, rule=f"{relation}/made"),
        )
        self.statements.append(statement)
        return statement

    def extractions(self) -> list[Extraction]:
        return [
            Extraction(
                article=article,
                statements=tuple(s for s in self.statements if s.evidence.article == name),
            )
            for name, article in self.articles.items()
        ]

    def acts(self) -> list[set[str]]:
        """Return the statements of each act of several, as a store has them."""
        with stored(self.extractions()) as graph:
            return groups(graph)

    def contradictions(self) -> list[tuple[str, str]]:
        with stored(self.extractions()) as graph:
            return graph.store.contradictions()


def stored(extractions: Iterable[Extraction]) -> Graph:
    graph = Graph()
    for extraction in extractions:
        assert graph.add(extraction) == ()
    return graph


def groups(graph: Graph) -> list[set[str]]:
    found: dict[str, set[str]] = {}
    for statement, act in graph.store.acts().items():
        found.setdefault(act, set()).add(statement)
    return [members for _, members in sorted(found.items()) if len(members) > 1]


def one_act(*statements: Statement) -> list[set[str]]:
    return [{s.id for s in statements}]


def test_two_articles_tell_one_dated_act() -> None:
    story = Story()
    one = story.tell("meets", [TOGO, CHAD], when="2031-05-09")
    two = story.tell("meets", [TOGO], [CHAD], article="two", when="2031-05-09")
    story.tell("meets", [TOGO, MALI], article="two", when="2031-05-09")
    assert story.acts() == one_act(one, two)


def test_direction_parts_acts_of_relations_that_are_not_symmetric() -> None:
    story = Story()
    story.tell("sanctions", [TOGO], [CHAD], when="2031-05-09")
    story.tell("sanctions", [CHAD], [TOGO], when="2031-05-09")
    assert story.acts() == []


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2031-05-09", "2031-05-09", True),
        ("2031-05-09", "2031-05-10", False),
        ("2031-05", "2031-05-10", True),
        ("2031", "2030-12-31", False),
        ("2031-05-05/2031-05-11", "2031-05-11", True),
        ("2031-05-05/2031-05-11", "2031-05-12/2031-05-18", False),
    ],
)
def test_dates_must_be_able_to_be_one(first: str, second: str, same: bool) -> None:
    story = Story()
    story.tell("visits", [TOGO], [CHAD], when=first)
    story.tell("visits", [TOGO], [CHAD], article="two", when=second)
    assert bool(story.acts()) is same


@pytest.mark.parametrize(
    ("published", "same"),
    [("2031-05-10", True), ("2031-05-17", True), ("2031-05-18", False), ("", False)],
)
def test_acts_without_a_date_are_told_within_the_window(published: str, same: bool) -> None:
    assert ONTOLOGY.window == 7
    story = Story()
    story.tell("accuses", [TOGO], [CHAD])
    story.tell("accuses", [TOGO], [CHAD], article="two", published=published)
    assert bool(story.acts()) is same


def test_an_act_without_a_date_lies_before_its_article() -> None:
    story = Story()
    story.tell("visits", [TOGO], [CHAD], published="2031-05-10")
    story.tell("visits", [TOGO], [CHAD], article="two", when="2031-05-12")
    assert story.acts() == []
    plans = Story()
    visit = plans.tell("visits", [TOGO], [CHAD], when="2031-05-12")
    plan = plans.tell(
        "visits", [TOGO], [CHAD], article="two", published="2031-05-06", modality="planned"
    )
    assert plans.acts() == one_act(visit, plan)


def test_a_vague_date_joins_no_act_where_it_may_be_of_several() -> None:
    story = Story()
    story.tell("meets", [TOGO, CHAD], when="2031-03-01")
    story.tell("meets", [TOGO, CHAD], article="two", when="2031-04-01")
    story.tell("meets", [TOGO, CHAD], article="three", when="2031")
    assert story.acts() == []


def test_of_several_acts_that_of_the_same_article_is_meant() -> None:
    story = Story()
    story.tell("meets", [TOGO, CHAD], when="2031-05-08")
    there = story.tell("meets", [TOGO, CHAD], article="two", when="2031-05-07")
    again = story.tell("meets", [TOGO, CHAD], article="two")
    assert story.acts() == one_act(there, again)


def test_remarks_and_acts_without_a_second_party_stand_alone() -> None:
    story = Story()
    for article in ("one", "two"):
        story.tell("commentsOn", [TOGO], [CHAD], article=article, about=[SAHEL_SUMMIT])
        story.tell("announces", [TOGO], article=article)
        story.tell("announces", [TOGO], article=article, about=[MALI])
    assert story.acts() == []


def test_events_and_agreements_are_second_parties() -> None:
    story = Story()
    one = story.tell("signs", [TOGO], about=[LAKE_TREATY])
    two = story.tell("signs", [TOGO], article="two", about=[LAKE_TREATY, CHAD])
    story.tell("signs", [TOGO], article="two", about=[SAHEL_SUMMIT])
    assert story.acts() == one_act(one, two)


def test_acts_at_different_events_are_two() -> None:
    story = Story()
    story.tell("meets", [TOGO, CHAD], about=[SAHEL_SUMMIT])
    story.tell("meets", [TOGO, CHAD], article="two", about=[LAKE_TREATY])
    assert story.acts() == []
    other = Story()
    other.tell("meets", [TOGO, CHAD], about=[TALKS])
    other.tell("meets", [TOGO, CHAD], about=[ROUND])
    assert other.acts() == []


def test_what_ansecondarticle_describes_cannot_be_compared() -> None:
    story = Story()
    one = story.tell("meets", [TOGO, CHAD], about=[TALKS])
    two = story.tell("meets", [TOGO, CHAD], article="two", about=[ROUND])
    assert story.acts() == one_act(one, two)


def test_described_groups_are_the_same_within_an_article_only() -> None:
    story = Story()
    one = story.tell("attacks", [MINERS], [CHAD])
    two = story.tell("attacks", [MINERS], [CHAD])
    story.tell("attacks", [MINERS], [CHAD], article="two")
    assert story.acts() == one_act(one, two)


def test_a_denial_contradicts_a_claim() -> None:
    story = Story()
    claim = story.tell("attacks", [TOGO], [CHAD])
    denial = story.tell("attacks", [TOGO], [CHAD], article="two", negated=True)
    assert story.contradictions() == [(denial.id, claim.id)]


def test_no_contradiction_where_both_can_be_true() -> None:
    def pair(one: dict[str, object], other: dict[str, object]) -> list[tuple[str, str]]:
        story = Story()
        story.tell("supports", [TOGO], [CHAD], **one)  # type: ignore[arg-type]
        story.tell("supports", [TOGO], [CHAD], article="two", negated=True, **other)  # type: ignore[arg-type]
        return story.contradictions()

    assert len(pair({}, {})) == 1
    assert pair({"modality": "planned"}, {}) == []  # planned, and then not done
    assert pair({"modality": "possible"}, {"modality": "possible"}) == []
    assert pair({"about": [SAHEL_SUMMIT]}, {"about": [MALI]}) == []  # unlike topics
    assert pair({"about": [SAHEL_SUMMIT]}, {}) == []
    assert len(pair({"about": [MALI, SAHEL_SUMMIT]}, {"about": [MALI]})) == 1
    later = {"published": "2031-05-12"}
    assert pair(later, {}) == []  # first denied, then told as done
    assert len(pair({}, later)) == 1
    plan: dict[str, object] = {"modality": "planned"}
    assert len(pair(plan, plan)) == 1
    assert pair(plan, {**plan, **later}) == []  # a plan may change from one day to the next
    dated = {"when": "2031-05-09"}
    assert len(pair({**dated, **later}, dated)) == 1


ARTICLES = st.sampled_from(["a", "b", "c", "d"])
PUBLISHED = {"a": "2031-05-10", "b": "2031-05-12", "c": "2031-05", "d": ""}
WHEN = ("", "", "2031-05-09", "2031-05-10", "2031-05", "2031", "2031-05-05/2031-05-11")
TELLINGS = st.lists(
    st.tuples(
        ARTICLES,
        st.sampled_from(["meets", "accuses", "signs", "attacks", "commentsOn"]),
        st.lists(st.sampled_from([TOGO, CHAD, MALI, MINERS]), min_size=1, max_size=2, unique=True),
        st.lists(st.sampled_from([TOGO, CHAD, MALI]), max_size=1),
        st.lists(st.sampled_from([SAHEL_SUMMIT, LAKE_TREATY, TALKS, ROUND, MALI]), max_size=2),
        st.sampled_from(WHEN),
        st.sampled_from(["actual", "planned", "possible", "proposed"]),
        st.booleans(),
    ),
    max_size=14,
)


def story_of(tellings: Iterable[tuple[object, ...]]) -> Story:
    story = Story()
    for article, relation, agents, targets, about, when, modality, negated in tellings:
        story.tell(
            relation,  # type: ignore[arg-type]
            agents,  # type: ignore[arg-type]
            [t for t in targets if t not in agents],  # type: ignore[attr-defined,operator]
            article=article,  # type: ignore[arg-type]
            published=PUBLISHED[article],  # type: ignore[index]
            about=about,  # type: ignore[arg-type]
            when=when,  # type: ignore[arg-type]
            modality=modality,  # type: ignore[arg-type]
            negated=negated,  # type: ignore[arg-type]
        )
    return story


@given(TELLINGS)
def test_statements_of_one_act_never_contradict_its_key(tellings: list[tuple[object, ...]]) -> None:
    story = story_of(tellings)
    told = [acts.telling(s, story.articles[s.evidence.article], ONTOLOGY) for s in story.statements]
    by_key: dict[str, list[acts.Telling]] = {}
    for telling in told:
        by_key.setdefault(telling.key, []).append(telling)
    statements = {s.id: s for s in story.statements}
    for key, members in by_key.items():
        if not key:
            continue
        found = joining.joined(members, ONTOLOGY.window)
        assert sorted(t.id for act in found for t in act.tellings) == sorted(t.id for t in members)
        assert len({act.id for act in found}) == len(found)
        for act in found:
            for one, other in combinations(act.tellings, 2):
                assert one.days(7).common(other.days(7)) is not None
                first, second = statements[one.id], statements[other.id]
                assert first.relation == second.relation
                card = ONTOLOGY.relations[first.relation]
                sides = [
                    ({*s.agents, *s.targets}, set())
                    if card.symmetric
                    else (set(s.agents), set(s.targets))
                    for s in (first, second)
                ]
                assert sides[0] == sides[1]
                assert first.targets or len({*first.agents}) > 1 or {*first.about} & {*second.about}
            for denial, claim in acts.contradictions(act):
                assert denial.negated and not claim.negated
                assert denial.modality == claim.modality


@settings(max_examples=30)
@given(TELLINGS, st.randoms(use_true_random=False))
def test_acts_depend_on_the_articles_alone(
    tellings: list[tuple[object, ...]], chance: random.Random
) -> None:
    extractions = story_of(tellings).extractions()
    with stored(extractions) as graph:
        expected = sorted(map(str, graph.store.match()))
        for extraction in extractions:  # out and in again
            graph.remove(extraction.article.id)
            if chance.random() < 0.5:
                assert graph.store.match()  # settled in between
            graph.add(extraction)
        assert sorted(map(str, graph.store.match())) == expected
    chance.shuffle(extractions)
    with stored(extractions) as other:
        assert sorted(map(str, other.store.match())) == expected
        for extraction in extractions:
            other.remove(extraction.article.id)
        assert list(other.store.match(graph=other.store.names.acts)) == []


@settings(max_examples=30)
@given(TELLINGS)
def test_the_layer_is_that_of_the_statements(tellings: list[tuple[object, ...]]) -> None:
    """What is settled in a store, article by article, is what the statements give at once."""
    story = story_of(tellings)
    told = [acts.telling(s, story.articles[s.evidence.article], ONTOLOGY) for s in story.statements]
    keys = {telling.key for telling in told} - {""}
    found = [
        act
        for key in keys
        for act in joining.joined([t for t in told if t.key == key], ONTOLOGY.window)
    ]
    expected = {t.id: act.id for act in found for t in act.tellings}
    expected |= {t.id: acts.alone(t.id) for t in told if not t.key}
    graph = Graph()
    for extraction in story.extractions():
        graph.add(extraction)
        assert graph.store.acts()  # settles
    with graph:
        assert graph.store.acts() == expected
        assert not list(graph.validate())
        counts = {
            q.subject.value: int(q.object.value)
            for q in graph.store.match(None, acts_term("articles"))
        }
        assert counts == {
            graph.store.names.node(act.id).value: len(act.articles)
            for act in found
            if len(act.articles) > 1
        }


def acts_term(name: str):  # type: ignore[no-untyped-def]
    from kg.rdf import vocabulary as v

    return v.term(name)


def test_a_stopped_process_is_made_up_for(tmp_path) -> None:  # type: ignore[no-untyped-def]
    story = Story()
    one = story.tell("meets", [TOGO, CHAD])
    two = story.tell("meets", [TOGO, CHAD], article="two")
    graph = Graph.open(tmp_path / "kg", "w")
    for extraction in story.extractions():
        graph.add(extraction)
    graph._store.close()  # as if it had been killed before acts were derived
    with Graph.open(tmp_path / "kg", "w"):
        pass
    with Graph.open(tmp_path / "kg") as reopened:
        assert groups(reopened) == one_act(one, two)
