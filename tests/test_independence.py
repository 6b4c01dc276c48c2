"""Whose account an article is: reprints, wire stories, and how often they count."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

import example
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import resources
from kg.corroboration import independence
from kg.gazetteer import Gazetteer
from kg.graph import Graph
from kg.rdf import vocabulary as v
from kg.rdf.credits import credited
from kg.records import Article, Evidence, Extraction, Mention, Statement
from kg.store import MemoryStore
from kg.text import shingles

WIRE = (
    "Norway and Peru met on the island of San Lorenzo and spoke of fish for most of a day. "
    "Neither delegation would say beforehand what it had brought, and both left by boat at dusk. "
    "The catch of anchovies has fallen for three years in a row, harbour masters on the coast say, "
    "and fleets from the north have followed the shoals further south than anybody remembers. "
    "A second round is to follow in the autumn, provided that the ships stay outside the bay."
)
OWN = (
    "Fishing quotas brought two delegations to a rocky island yesterday: Norway and Peru met, "
    "out of sight of the press. What came of it nobody told us, although we asked both embassies "
    "and waited at the pier until the last boat had gone. Skippers we talked to expect little."
)

BELOW = "Write to the newsroom of this paper at any hour of the day if you saw a mistake in it."
SOURCES = v.Names().sources.value


def story(name: str, outlet: str, text: str = WIRE, **more: str) -> Extraction:
    """Return an article that says that two countries met, and that one of them did."""
    article = Article(id=name, text=text, outlet=outlet, **{"published": "2024-03-04", **more})
    clause, trigger = example.span(text, "Norway and Peru met"), example.span(text, "met")
    return Extraction(
        article=article,
        mentions=(Mention(span=example.span(text, "Norway"), entity=example.NORWAY),),
        statements=(
            Statement(
                relation="meets",
                agents=(example.NORWAY, example.PERU),
                evidence=Evidence(article=name, span=clause, trigger=trigger, rule="meets/meet"),
            ),
        ),
    )


@pytest.fixture(scope="module")
def known() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture
def news(known: Gazetteer) -> Iterator[Graph]:
    with Graph(gazetteer=known) as graph:
        yield graph


def sources(graph: Graph) -> dict[str, str]:
    """Return whose account each article is."""
    names = graph.store.names
    found = graph.store.match(None, v.term("source"), None, names.sources)
    return {
        names.identifier(q.subject).removeprefix("article/"): names.identifier(q.object)
        for q in found
    }


def originals(graph: Graph) -> dict[str, str]:
    """Return the original of each reprint."""
    names = graph.store.names
    return {
        names.identifier(q.subject).removeprefix("article/"): names.identifier(
            q.object
        ).removeprefix("article/")
        for q in graph.store.match(None, v.term("reprintOf"))
    }


def outlets(graph: Graph) -> list[tuple[object, ...]]:
    """Return numbers of outlets, articles and reprints of the statements told more than once."""
    found = graph.query("corroboration").records()
    return [(row["outlets"], row["articles"], row["reprints"]) for row in found]


def test_two_outlets_with_texts_of_their_own_corroborate(news: Graph) -> None:
    news.add_all([story("one", "Pier News"), story("two", "Mole News", OWN)])
    assert originals(news) == {}
    assert outlets(news) == [(2, 2, 0)]


def test_a_reprint_does_not(news: Graph) -> None:
    first, *rest = WIRE.split(". ")
    edited = f"{first}. {'. '.join(rest[1:])} Our readers were invited to comment on it.".replace(
        "three years", "3 years"
    )
    news.add(story("one", "Pier News", published="2024-03-05"))
    news.add(story("two", "Mole News", edited, published="2024-03-04"))
    assert originals(news) == {"one": "two"}, "the earlier one is the original"
    assert set(sources(news).values()) == {"unlinked/outlet/mole-news"}
    assert outlets(news) == []
    news.add(story("three", "Quay News", OWN))
    assert outlets(news) == [(2, 3, 1)]


def test_two_articles_of_one_outlet_are_one_account(news: Graph) -> None:
    news.add_all([story("one", "Pier News"), story("two", "Pier News", OWN)])
    assert outlets(news) == []


def test_an_outlet_is_the_same_with_and_without_its_desk(news: Graph) -> None:
    news.add_all([story("one", "Reuters (World Desk)"), story("two", "Reuters", OWN)])
    assert set(sources(news).values()) == {"outlet/reuters"}
    assert outlets(news) == []


def test_articles_of_unknown_outlet_count_for_none(news: Graph) -> None:
    news.add_all([story("one", ""), story("two", "", OWN), story("three", "Pier News", OWN[:140])])
    assert sources(news)["one"] == "article/one"
    assert outlets(news) == []


@pytest.mark.parametrize(
    "credit",
    [
        {"byline": "By Jo Doe, Reuters"},
        {"byline": "Reuters staff"},
        {"byline": "AFP and Jo Doe", "agency": "outlet/afp"},
        {"before": "LIMA, March 3 (Reuters) - "},
        {"before": "LIMA (AP) — ", "agency": "outlet/associated-press"},
        {"after": "\n\nSource: Reuters\n"},
        {"after": "\n\n(Reuters)"},
        {"after": "\n\n— Agence France-Presse", "agency": "outlet/afp"},
    ],
)
def test_a_wire_story_counts_for_the_wire(news: Graph, credit: dict[str, str]) -> None:
    text = credit.get("before", "") + OWN + credit.get("after", "")
    agency = credit.get("agency", "outlet/reuters")
    news.add(story("one", "Pier News", text, byline=credit.get("byline", "")))
    assert sources(news) == {"one": agency}
    news.add(story("two", "Mole News", WIRE))
    assert outlets(news) == [(2, 2, 0)]
    news.add(story("two", "Mole News", WIRE, byline=news.gazetteer.entry(agency).name))  # type: ignore[union-attr]
    assert outlets(news) == []


@pytest.mark.parametrize(
    ("byline", "text"),
    [
        ("By Jo Doe", OWN),
        ("By Jo Doe with Reuters", OWN),
        ("", OWN + " Reuters reported it first."),
        ("", "Reuters (the agency) - as some call it - was there. " + OWN),
        ("", "LIMA (the capital) - " + OWN),
        ("Pier Weekly", OWN + "\n\nSource: Ministry of Fisheries"),
    ],
)
def test_to_mention_an_agency_is_no_credit(known: Gazetteer, byline: str, text: str) -> None:
    assert credited(Article(id="x", text=text, byline=byline), known) is None


def test_a_reprint_of_a_credited_story_counts_for_the_wire_too(news: Graph) -> None:
    news.add(story("one", "Pier News", published="2024-03-05", byline="Reuters"))
    news.add(story("two", "Mole News"))
    assert set(sources(news).values()) == {"outlet/reuters"}
    assert originals(news) == {"one": "two"}


def test_an_outlet_named_as_source_counts_for_itself(news: Graph) -> None:
    news.add(story("one", "Reuters"))
    quoted = story("two", "Mole News", OWN)
    reuters = replace(example.HERALD, id="outlet/reuters", name="Reuters")
    named = replace(quoted.statements[0], reported_by=(reuters,))
    news.add(replace(quoted, statements=(named,)))
    assert outlets(news) == []
    (act,) = {q.subject for q in news.store.match(None, v.TYPE, v.term("Act"))}
    told = independence.corroboration(news.store, act, "actual", "affirmed")
    assert (told.sources, told.articles, told.reprints) == (("Reuters",), 2, 0)


def test_question_and_function_count_alike(news: Graph) -> None:
    """Reprints, wire stories, outlets named as source, claims: one rule in both places."""
    meets = story("x", "X").statements[0]
    named = replace(meets, reported_by=(example.HERALD,))
    said = replace(meets, attributed_to=(example.LIEN,))
    news.add_all(
        [
            story("one", "Pier News"),
            story("two", "Mole News", published="2024-03-05"),
            story("three", "Quay News", OWN, byline="Reuters"),
            _with(story("four", "Dock News", OWN[:140]), named),
            _with(story("five", "Bank News", WIRE[:120]), said),
            story("six", "", OWN[:100]),
        ]
    )
    (row,) = news.query("corroboration").records()
    (act,) = {q.subject for q in news.store.match(None, v.TYPE, v.term("Act"))}
    told = independence.corroboration(news.store, act, "actual", "affirmed")
    assert row["act"] == act.value
    assert str(row["names"]).split("; ") == list(told.sources)
    assert row["outlets"] == len(told.sources)
    assert (row["articles"], row["reprints"]) == (told.articles, told.reprints)
    assert row["claimed"] == 1


def _with(article: Extraction, statement: Statement) -> Extraction:
    """Return an article whose statement is told as another one is."""
    own = article.statements[0].evidence
    return replace(article, statements=(replace(statement, evidence=own),))


def test_a_denial_does_not_corroborate(news: Graph) -> None:
    news.add(story("one", "Pier News"))
    denied = story("two", "Mole News", OWN)
    news.add(replace(denied, statements=(replace(denied.statements[0], negated=True),)))
    assert outlets(news) == []


def test_a_plan_does_not_corroborate_what_happened(news: Graph) -> None:
    news.add(story("one", "Pier News"))
    plan = story("two", "Mole News", OWN)
    news.add(replace(plan, statements=(replace(plan.statements[0], modality="planned"),)))
    assert outlets(news) == []


def test_order_and_removal_do_not_matter(known: Gazetteer) -> None:
    """What is derived is a function of the articles that are there."""
    half = WIRE[: len(WIRE) * 2 // 3]
    stories = [
        story("a", "Pier News", half, published="2024-03-06"),
        story("b", "Mole News", WIRE, published="2024-03-05"),
        story("c", "Quay News", half + " " + OWN, published="2024-03-04"),
        story("d", "Dock News", OWN, published="2024-03-07", byline="AFP"),
    ]
    seen = set()
    for order in permutations(stories):
        with Graph(gazetteer=known) as graph:
            graph.add_all(order[:2])
            assert graph.store.size()
            graph.add(order[2])
            graph.add(story("b", "Mole News", OWN))
            assert graph.store.size()
            graph.remove("b")
            graph.add_all(order)
            seen.add("\n".join(map(str, graph.store.quads())))
            if len(seen) == 1:
                assert originals(graph) == {"a": "c", "b": "c", "d": "c"}
                assert set(sources(graph).values()) == {"outlet/afp"}
    assert len(seen) == 1
    with Graph(gazetteer=known) as graph:
        graph.add_all(stories)
        assert graph.store.size()
        graph.remove("c")
        assert originals(graph) == {"a": "b"}
        assert sources(graph)["d"] == "outlet/afp"
        assert sources(graph)["a"] == "unlinked/outlet/mole-news"


def test_a_build_that_stopped_before_is_settled_later(tmp_path, known: Gazetteer) -> None:  # type: ignore[no-untyped-def]
    graph = Graph.open(tmp_path / "news.kg", "w")
    graph.add(story("one", "Pier News"))
    graph._store.close()  # as if the process had been killed
    with Graph.open(tmp_path / "news.kg", "w") as graph:
        assert sources(graph) == {"one": "unlinked/outlet/pier-news"}


def articles() -> list[str]:
    folder = resources.queries_dir().parent / "articles"
    found = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*-*.md"))]
    return [text.split("---", 2)[2] for text in found]


def test_reprints_are_found_and_others_are_not() -> None:
    """Every article, edited as an outlet does, is its own reprint and nobody else's."""
    chance, texts = random.Random(1), articles()
    assert len(texts) == 10
    whole = [shingles.shingles(text) for text in texts]

    def alike(one: frozenset[str], other: frozenset[str]) -> bool:
        likely = shingles.likely(shingles.sketch(one), shingles.sketch(other))
        assert likely or not shingles.near(one, other), "the sketches miss it"
        return likely and shingles.near(one, other)

    for number, text in enumerate(texts):
        paragraphs = text.strip().split("\n\n")
        words = text.split()
        edits = [
            "\n\n".join(paragraphs[: len(paragraphs) // 2]),
            "\n\n".join([*paragraphs[1:-2], "Follow us for further news about this story."]),
            " ".join(w for w in words if chance.random() > 0.05),
            text.upper(),
            text + " ".join(texts[number - 1].split()[:150]),
        ]
        for edit in edits:
            found = [n for n, other in enumerate(whole) if alike(shingles.shingles(edit), other)]
            assert found == [number]


@given(st.text(max_size=40), st.text(max_size=40))
def test_shingles_of_anything(one: str, other: str) -> None:
    first, second = shingles.shingles(one), shingles.shingles(other)
    sketches = shingles.sketch(first), shingles.sketch(second)
    assert shingles.near(first, second) == shingles.near(second, first)
    assert shingles.likely(*sketches) == shingles.likely(*reversed(sketches))
    assert shingles.near(first, first) == shingles.likely(sketches[0], sketches[0]) == bool(first)


def test_punctuation_and_case_do_not_matter() -> None:
    assert shingles.shingles("One, two; three - four (five)") == shingles.shingles(
        "ONE TWO THREE FOUR FIVE"
    )
    assert shingles.shingles("one two three four") == frozenset()


def test_what_stands_below_every_article_makes_no_reprints() -> None:
    """Sixty articles end alike; one of them is printed again elsewhere with another beginning."""
    chance = random.Random(2)
    words = [f"w{number}" for number in range(2000)]

    def some(number: int) -> str:
        return " ".join(chance.choice(words) for _ in range(number))

    below = some(30)
    texts = [f"{some(120)} {below}" for _ in range(60)]
    texts.append(f"{some(12)} {texts[7]}")
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add_all(
            Extraction(article=Article(id=f"a{n:02}", text=text)) for n, text in enumerate(texts)
        )
        assert originals(graph) == {"a60": "a07"}


def test_what_one_more_article_costs_does_not_depend_on_how_many_there_are() -> None:
    def own(number: int) -> Extraction:
        chance = random.Random(number)
        words = " ".join(f"w{chance.randrange(10_000)}" for _ in range(40))
        return story(f"a{number:03}", "Pier News", f"Norway and Peru met. {words} {BELOW}")

    asked = {}
    with Graph() as graph:
        for number in range(200):
            graph.add(own(number))
            if number not in (98, 99, 198, 199):
                continue
            match, calls = graph._store.match, []

            def counting(*pattern: object, of: object = match, to: list[int] = calls) -> object:
                found = list(of(*pattern))  # type: ignore[operator]
                to.append(len(found))
                return iter(found)

            graph._store.match = counting  # type: ignore[assignment, method-assign]
            independence.settle(graph._store, graph._articles, graph._sketches)
            graph._articles.clear()
            del graph._store.match  # type: ignore[method-assign]
            asked[number] = len(calls), sum(calls)
        assert len(sources(graph)) == 200
    (calls, quads), (later_calls, later_quads) = asked[99], asked[199]
    assert later_calls <= calls + 5
    assert later_quads <= quads + 20


@pytest.mark.parametrize("crowded", [2, 50])
def test_sketches_kept_in_memory_give_what_the_store_gives(
    monkeypatch: pytest.MonkeyPatch, crowded: int
) -> None:
    monkeypatch.setattr("kg.corroboration.sketches._CROWDED", crowded)
    first, *rest = WIRE.split(". ")
    texts = [f"{first}. {'. '.join(rest[n % 3 :])} {BELOW}" for n in range(6)] + [OWN + BELOW] * 2
    with Graph() as graph:
        for number, text in enumerate(texts):
            graph.add(story(f"a{number}", "Pier News", text, published=f"2024-03-{9 - number:02}"))
            if number == 4:
                graph.remove("a2")
            kept = graph.store.quads(graph.store.names.sources)
            fresh = MemoryStore()
            fresh.change(add=[q for q in graph.store.match() if q.graph_name.value != SOURCES])
            independence.settle(fresh, fresh.articles())
            assert fresh.quads(fresh.names.sources) == kept
