"""What is worth deciding, in the form in which it is decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import example
import pytest

from kg import decisions
from kg.decisions.model import Same, WrongStatement
from kg.decisions.review import HEADER, listing
from kg.gazetteer import Gazetteer
from kg.graph import Graph
from kg.records import Article, Entity, Extraction, Mention, Span


@pytest.fixture(scope="module")
def known() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture
def news(known: Gazetteer) -> Iterator[Graph]:
    with Graph(gazetteer=known) as graph:
        graph.add_all([example.lake(), example.harbour()])
        yield graph


def person(name: str) -> Entity:
    slug = name.lower().replace(" ", "-").replace(".", "")
    return Entity(id=f"unlinked/person/{slug}", kind="Person", name=name)


def naming(article: str, *entities: Entity) -> Extraction:
    """Return an article that only names entities."""
    text = "; ".join(entity.name for entity in entities)
    spans, start = [], 0
    for entity in entities:
        spans.append(Span(start=start, end=start + len(entity.name)))
        start += len(entity.name) + 2
    return Extraction(
        article=Article(id=article, text=text, outlet="Pier News"),
        mentions=tuple(
            Mention(span=span, entity=entity) for span, entity in zip(spans, entities, strict=True)
        ),
    )


def duplicates(graph: Graph) -> list[tuple[str, ...]]:
    found = (candidate.decision for candidate in graph.review())
    return [decision.entities for decision in found if isinstance(decision, Same)]


@pytest.mark.parametrize(
    "name",
    ["Quispe", "A. Quispe", "Ana Maria Quispe", "Ana Quispé Rojas-Quispe", "Anna Quispe"],
)
def test_other_forms_of_a_name_are_asked_about(news: Graph, name: str) -> None:
    other = replace(person(name), id="unlinked/person/other")
    news.add(naming("pier", other))
    assert len(duplicates(news)) == 1


@pytest.mark.parametrize("name", ["Jo Quispe", "Ana Lopez", "B. Quispe", "Quispel", "Olav"])
def test_other_persons_are_not(news: Graph, name: str) -> None:
    news.add(naming("pier", replace(person(name), id="unlinked/person/other")))
    assert duplicates(news) == []


def test_a_linked_one_stays_and_needs_no_name(news: Graph) -> None:
    rubio = Entity(id="person/marco-rubio", kind="Official", name="Marco Rubio")
    news.add_all([naming("pier", rubio), naming("mole", person("Marco Rubio"))])
    (found,) = (c for c in news.review() if isinstance(c.decision, Same))
    assert found.decision == Same(entities=(rubio.id, "unlinked/person/marco-rubio"))
    assert "one name; in 1 and 1 articles" in found.reason


def test_initials_of_an_organisation(news: Graph) -> None:
    long = Entity(
        id="unlinked/organization/coastal-fishing-board",
        kind="Organization",
        name="Coastal Fishing Board",
    )
    short = Entity(id="unlinked/organization/cfb", kind="Organization", name="CFB")
    news.add_all([naming("pier", long), naming("mole", short)])
    assert duplicates(news) == [(long.id, short.id)]


def test_events_described_alike_in_two_articles(news: Graph) -> None:
    twin = replace(example.SUMMIT, id=f"{example.SUMMIT.id}-12345678")
    vague = replace(twin, id="unlinked/event/summit-1", name="summit")
    news.add(naming("pier", twin, vague))
    news.add(naming("mole", replace(vague, id="unlinked/event/summit-2")))
    assert duplicates(news) == [(example.SUMMIT.id, twin.id)]


def test_what_is_decided_is_not_asked_again(news: Graph) -> None:
    news.add(naming("pier", person("Quispe")))
    (pair,) = duplicates(news)
    names = ", ".join(f'"{entity}"' for entity in pair)
    news.apply(decisions.parse(f"[[not-same]]\nentities = [{names}]"))
    assert duplicates(news) == []
    news.apply(decisions.parse(f'[[same]]\nentities = [{names}]\nname = "Ana Quispe"'))
    assert duplicates(news) == []
    news.apply(())
    assert duplicates(news) == [pair]


def reasons(graph: Graph, **options: float) -> list[tuple[str, str]]:
    found = graph.review(**options)  # type: ignore[arg-type]
    return [
        (candidate.decision.quote, candidate.reason)
        for candidate in found
        if isinstance(candidate.decision, WrongStatement)
    ]


def test_unsure_readings_come_first(news: Graph) -> None:
    assert reasons(news) == [("Peru may visit Oslo", "confidence 0.5")]
    assert reasons(news, below=0.8) == [
        ("Peru may visit Oslo", "confidence 0.5"),
        ("Norway will attend the fisheries summit", "confidence 0.75"),
    ]
    assert reasons(news, below=0.8, limit=1) == [("Peru may visit Oslo", "confidence 0.5")]
    assert reasons(news, below=0) == []


def test_claims_of_one_outlet(news: Graph) -> None:
    harbour = example.harbour()
    claimed = replace(harbour.statements[1], attributed_to=(example.PERU,))
    news.add(replace(harbour, statements=(claimed,)))
    assert reasons(news, below=0) == [], "another outlet tells it too"
    news.remove("lake")
    assert reasons(news, below=0) == [
        ("Norway and Peru met", "told by one outlet only, on the word of Peru")
    ]


def test_a_place_that_says_two_things_is_told_by_identifier(news: Graph) -> None:
    lake = example.lake()
    last = lake.statements[-1]
    twin = replace(last, targets=(example.LIMA,))
    news.add(replace(lake, statements=(last, twin)))
    found = [c.decision for c in news.review() if isinstance(c.decision, WrongStatement)]
    assert {d.statement for d in found} == {last.id, twin.id}
    assert {d.article for d in found} == {"lake"}


def test_the_list_is_a_decisions_file(news: Graph) -> None:
    news.add(naming("pier", person("Quispe")))
    text = listing(news.review())
    assert text.startswith(HEADER)
    assert decisions.parse(text) == (), "nothing is in force"
    body = text.removeprefix(HEADER)
    lines = [line.removeprefix("# ") for line in body.splitlines() if "]" in line or "=" in line]
    bare = decisions.parse("\n".join(lines))
    assert len(bare) == 2
    active = listing(news.review(), active=True)
    assert decisions.parse(active) == bare
    assert news.apply(bare).problems == ()
    assert news.review() == ()
