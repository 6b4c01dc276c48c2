"""What settling reads: the days around, however often and for however long a key has been told."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import replace

import example
import hypothesis
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import ontology
from kg.graph import Graph
from kg.query.questions import ask
from kg.rdf import vocabulary as v
from kg.records import Article, Entity, Evidence, Extraction, Span, Statement, When
from kg.store import MemoryStore
from kg.telling import joining
from kg.telling.acts import Days, Telling

ONTOLOGY = ontology.load()
WINDOW = ONTOLOGY.window
BEGIN = datetime.date(2031, 1, 1)
TOGO = Entity(id="country/TG", kind="Country", name="Togo")
CHAD = Entity(id="country/TD", kind="Country", name="Chad")
WORDS = (
    "harbour ferry grain ledger pepper lantern quarry orchard canal marble copper saddle".split()
)


def article(
    number: int,
    day: int,
    *,
    when: str = "",
    negated: bool = False,
    modality: str = "actual",
    outlet: str = "",
) -> Extraction:
    """Return an article of a day that tells one act, in words of its own."""
    chance = random.Random(number)
    text = "Togo accused Chad. " + " ".join(chance.choice(WORDS) for _ in range(40))
    span = Span(start=0, end=17)
    name = f"a{number:05}"
    statement = Statement(
        relation="accuses",
        agents=(TOGO,),
        targets=(CHAD,),
        when=When(value=when, text="") if when else None,
        negated=negated,
        modality=modality,
        evidence=Evidence(article=name, span=span, trigger=span, rule="accuses/made"),
    )
    return Extraction(
        article=Article(
            id=name,
            text=text,
            outlet=outlet or f"Gazette {number % 7}",
            published=(BEGIN + datetime.timedelta(days=day)).isoformat(),
        ),
        statements=(statement,),
    )


def state(graph: Graph) -> list[str]:
    return sorted(map(str, graph.store.match()))


# -- the same as if all were derived at once --------------------------------------------------

PERIOD = 2 * WINDOW + 2
DAYS = st.integers(min_value=0, max_value=6 * PERIOD)
VAGUE = ("2031", "2031-02", "2031-03")


@st.composite
def tellings(draw: st.DrawFn) -> list[Extraction]:
    """Articles of some months, some days of which are told again and again."""
    dense = draw(st.booleans())
    days = draw(st.lists(DAYS, min_size=4, max_size=16))
    if dense:  # something on every day of some periods
        first = draw(st.integers(min_value=0, max_value=PERIOD))
        days += range(first, first + draw(st.integers(min_value=0, max_value=4)) * PERIOD, 5)
    found = []
    for number, day in enumerate(days):
        kind = draw(st.integers(min_value=0, max_value=5))
        told = (BEGIN + datetime.timedelta(days=day)).isoformat()
        when = {0: told, 1: draw(st.sampled_from(VAGUE))}.get(kind, "")
        found.append(
            article(
                number,
                day,
                when=when,
                negated=draw(st.booleans()),
                modality="possible" if kind == 2 else "actual",
            )
        )
    return found


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take a key for one that is told very often as soon as it is told six times."""
    monkeypatch.setattr("kg.telling.joining.MANY", 6)
    monkeypatch.setattr("kg.corroboration.settling.MANY", 6)
    yield


@pytest.mark.usefixtures("few")
@settings(max_examples=60, deadline=None)
@given(tellings(), st.randoms(use_true_random=False))
@pytest.mark.slow
def test_settled_one_by_one_or_at_once_in_any_order(
    told: list[Extraction], chance: random.Random
) -> None:
    with Graph() as graph:  # all at once
        graph.add_all(told, validate=False)
        expected = state(graph)
    shuffled = list(told)
    chance.shuffle(shuffled)
    with Graph() as graph:  # one by one, some out and in again or told otherwise meanwhile
        for extraction in shuffled:
            graph.add(extraction, validate=False)
            assert graph.store
            if chance.random() < 0.3:
                other = chance.choice(shuffled[: shuffled.index(extraction) + 1])
                if chance.random() < 0.5:
                    graph.remove(other.article.id)
                else:
                    moved = article(99, 40)
                    graph.add(_renamed(moved, other.article.id), validate=False)
                assert graph.store
                graph.add(other, validate=False)
        assert state(graph) == expected
        for extraction in told:
            graph.remove(extraction.article.id)
            assert graph.store
        for name in (graph.store.names.acts, graph.store.names.sources):
            assert list(graph.store.match(graph=name)) == []


@pytest.mark.usefixtures("few")
def test_what_is_kept_of_keys_told_very_often_is_as_the_shapes_want_it() -> None:
    with Graph() as graph:
        graph.add_all([article(number, 3 * number) for number in range(9)], validate=False)
        store = graph.store
        acts = store.names.acts
        assert list(store.match(acts, v.term("manyTold"), None, acts))
        assert list(graph.validator.others(store)) == []


def _renamed(extraction: Extraction, name: str) -> Extraction:
    (statement,) = extraction.statements
    return replace(
        extraction,
        article=replace(extraction.article, id=name),
        statements=(replace(statement, evidence=replace(statement.evidence, article=name)),),
    )


def telling(number: int, first: int, width: int) -> Telling:
    day = BEGIN + datetime.timedelta(days=first)
    dated = Days(first=day, last=day + datetime.timedelta(days=width))
    return Telling(
        id=f"statement/x/{number:04}",
        article=f"x{number}",
        key="k",
        published=Days(),
        dated=dated,
        modality="actual",
        negated=False,
        topics=frozenset(),
    )


SPANS = st.tuples(DAYS, st.integers(min_value=0, max_value=PERIOD - 1))


@settings(max_examples=200, deadline=None)
@given(st.lists(SPANS, max_size=40), st.lists(SPANS, min_size=1, max_size=3), st.booleans())
@hypothesis.example(
    [(31, 15), (46, 14)], [(15, 15)], False
)  # fills a period, whose border then parts
def test_what_stands_around_a_change_is_all_that_it_touches(
    spans: list[tuple[int, int]], more: list[tuple[int, int]], dense: bool
) -> None:
    if dense:
        spans = [*spans, *((day, 5) for day in range(0, 5 * PERIOD, 5))]
    before = [telling(number, *span) for number, span in enumerate(spans)]
    new = [telling(900 + number, *span) for number, span in enumerate(more)]
    after = [*before, *new]

    def parts(told: list[Telling]) -> set[tuple[str, ...]]:
        return {tuple(t.id for t in part) for part in joining.stretches(told, WINDOW)}

    def load(number: int) -> list[Telling]:
        return [t for t in after if joining.period(t, WINDOW) == number]

    changed = {joining.period(t, WINDOW) for t in new} - {None}
    near = joining.around(changed, load, WINDOW)  # type: ignore[arg-type]
    found = {tuple(t.id for t in part) for part in near}
    there = {identifier for part in found for identifier in part}
    assert found <= parts(after), "they are as if all were known"
    assert {t.id for t in new} <= there
    for part in parts(before):
        assert set(part) <= there or part in parts(after), "what is not around stays as it was"


def test_what_is_told_every_day_is_parted_and_a_gap_parts_too() -> None:
    daily = [telling(day, day, WINDOW) for day in range(10 * PERIOD)]
    sizes = [len(part) for part in joining.stretches(daily, WINDOW)]
    assert max(sizes) <= 3 * PERIOD and len(sizes) >= 8
    apart = [telling(n, day, 3) for n, day in enumerate((0, 2, 6, 9))]
    assert [len(p) for p in joining.stretches(apart, WINDOW)] == [2, 2]


# -- what it costs ----------------------------------------------------------------------------


class Counting(MemoryStore):
    """A store that counts what is asked of it, and the quads that it tells."""

    calls = 0
    told = 0

    def match(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: ox.NamedNode | ox.Literal | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[v.Quad]:
        self.calls += 1
        for quad in super().match(subject, predicate, object, graph):
            self.told += 1
            yield quad


def cost(store: Counting, graph: Graph, extraction: Extraction) -> tuple[int, int]:
    """Return how many times the store is asked, and what it tells, for one article more."""
    assert graph.store
    store.calls = store.told = 0
    graph.add(extraction, validate=False)
    assert graph.store
    return store.calls, store.told


def test_one_article_more_costs_the_same_however_often_its_act_was_told() -> None:
    """The key is told every ninth day; a fifth of what is told is vague."""
    store, found = Counting(), {}
    with Graph(store) as graph:
        for number in range(600):
            when = "2031" if number % 5 == 4 else ""
            one = article(number, 9 * number, when=when)
            if number in (100, 101, 598, 599):
                found[number] = cost(store, graph, one)
            else:
                graph.add(one, validate=False)
    calls, told = max(found[100], found[101])
    assert max(found[598], found[599]) <= (calls + 10, told + 20)
    assert max(t for _, t in found.values()) < 400


def test_what_is_told_day_after_day_is_read_for_some_weeks_only() -> None:
    store, found = Counting(), {}
    early, late = range(200, 200 + PERIOD), range(200 + 10 * PERIOD, 200 + 11 * PERIOD)
    with Graph(store) as graph:
        for number in range(late.stop):
            one = article(number, number)
            if number in early or number in late:
                found[number] = cost(store, graph, one)
            else:
                graph.add(one, validate=False)
    for part in (0, 1):  # how often the store is asked, and what it tells
        assert sum(found[n][part] for n in late) <= 1.05 * sum(found[n][part] for n in early)


def test_a_store_that_is_opened_is_not_looked_through(tmp_path) -> None:  # type: ignore[no-untyped-def]
    asked: dict[int, int] = {}
    for number in (20, 120):
        path = tmp_path / str(number)
        with Graph.open(path, "w") as graph:
            graph.add_all((article(n, 20 * n) for n in range(number)), validate=False)
        with Graph.open(path, "w") as graph:
            match, told = graph._store.match, []

            def counting(*pattern: object, of: object = match, to: list[v.Quad] = told) -> object:
                for quad in of(*pattern):  # type: ignore[operator]
                    to.append(quad)
                    yield quad

            graph._store.match = counting  # type: ignore[assignment, method-assign]
            graph._settle()
            del graph._store.match  # type: ignore[method-assign]
            asked[number] = len(told)
    assert asked[20] == asked[120] == 0


# -- kept figures -----------------------------------------------------------------------------

COUNTED = """
SELECT ?act ?mode (COUNT(DISTINCT ?source) AS ?outlets) (COUNT(DISTINCT ?article) AS ?articles)
    (COUNT(DISTINCT ?reprint) AS ?reprints)
    (COUNT(DISTINCT ?article) - COUNT(DISTINCT ?saying) AS ?claimed)
    (IRI(STRAFTER(MIN(?ranked), " ")) AS ?statement) WHERE {
  ?act kg:articles ?number .
  ?telling kg:act ?act ; kg:polarity kg:affirmed ; kg:modality ?mode ; kg:article ?article ;
    kg:confidence ?confidence .
  OPTIONAL { ?telling kg:reportedBy ?named }
  OPTIONAL { ?article kg:source ?own . FILTER NOT EXISTS { ?own a schema:NewsArticle } }
  BIND(COALESCE(?named, ?own) AS ?source)
  OPTIONAL { ?article kg:reprintOf ?original . BIND(?article AS ?reprint) }
  OPTIONAL {
    ?telling kg:article ?saying .
    FILTER NOT EXISTS { ?telling kg:attributedTo|kg:unnamedSource ?word }
  }
  BIND(CONCAT(STR(1 - ?confidence), " ", STR(?telling)) AS ?ranked)
} GROUP BY ?act ?mode HAVING(COUNT(DISTINCT ?source) > 1)
"""

KEPT = """
SELECT ?act ?mode ?outlets ?articles ?reprints ?claimed ?statement WHERE {
  ?act kg:corroboration ?told .
  ?told kg:toldAs ?mode ; kg:independentOutlets ?outlets ; kg:tellingArticles ?articles ;
    kg:repeatingArticles ?reprints ; kg:claimingArticles ?claimed ; kg:surestStatement ?statement .
}
"""


def figures(graph: Graph, question: str) -> set[tuple[object, ...]]:
    return {tuple(row.values()) for row in ask(graph.store, question).records()}


TELLERS = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=11),  # article
        st.sampled_from([0, 3, 40]),  # day
        st.integers(min_value=0, max_value=4),  # text: a number that comes again is a reprint
        st.sampled_from(["", "Pier News", "Mole News", "Quay News"]),  # outlet
        st.sampled_from(["actual", "planned"]),
        st.booleans(),  # negated
        st.sampled_from([(), (example.HERALD,)]),  # reported by
        st.sampled_from([(), (TOGO,)]),  # on whose word
        st.sampled_from([0.5, 0.75, 1.0]),
    ),
    min_size=2,
    max_size=14,
)


@settings(max_examples=60, deadline=None)
@given(TELLERS)
def test_kept_figures_are_those_that_counting_gives(told: list[tuple[object, ...]]) -> None:
    with Graph() as graph:
        for number, day, text, outlet, modality, negated, by, word, sure in told:
            one = article(text, day, negated=negated, modality=modality)  # type: ignore[arg-type]
            one = _renamed(one, f"a{number}")
            (statement,) = one.statements
            graph.add(
                replace(
                    one,
                    article=replace(one.article, outlet=outlet),
                    statements=(
                        replace(
                            statement,
                            reported_by=by,  # type: ignore[arg-type]
                            attributed_to=word,  # type: ignore[arg-type]
                            confidence=sure,  # type: ignore[arg-type]
                        ),
                    ),
                )
            )
            assert figures(graph, KEPT) == figures(graph, COUNTED)
        assert list(graph.validate()) == []
        for number in {number for number, *_ in told}:
            graph.remove(f"a{number}")
            assert figures(graph, KEPT) == figures(graph, COUNTED)


def test_a_part_of_a_graph_has_the_figures_of_its_own() -> None:
    with Graph() as graph:
        graph.add_all(article(n, 0, outlet=f"Gazette {n}") for n in range(4))
        assert {row[2] for row in figures(graph, KEPT)} == {4}
        part = graph.part(articles=("a00000", "a00002"))
        assert {row[2:5] for row in figures(part, KEPT)} == {(2, 2, 0)}
        assert figures(part, KEPT) == figures(part, COUNTED)
        assert list(part.validate()) == []


def test_a_reprint_that_comes_late_changes_the_figures_of_an_act() -> None:
    """What makes two accounts one is the earlier article whose text both have in the main."""
    with Graph() as graph:
        one, two = article(1, 3, outlet="Pier News"), article(2, 2, outlet="Mole News")
        graph.add_all([one, two])
        assert len(figures(graph, KEPT)) == 1
        start = one.article.text.split(". ")
        other = two.article.text.split(". ")
        both = f"{start[0]}. {start[1]} {other[1]}"
        whole = _renamed(article(3, 0, outlet="Quay News"), "a3")
        graph.add(replace(whole, article=replace(whole.article, text=both)))
        assert figures(graph, KEPT) == figures(graph, COUNTED) == set()
        graph.remove("a3")
        assert len(figures(graph, KEPT)) == 1
