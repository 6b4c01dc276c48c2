"""Contradictions between articles, as a question and in what is told of somebody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import example
import pytest

from kg.cli.profiles import told
from kg.graph import Graph
from kg.records import Article, Entity, Evidence, Extraction, Statement, When

PACT = Entity(id="unlinked/agreement/trade-pact", kind="Agreement", name="trade pact")


def article(
    name: str, clause: str, statement: Statement, published: str = "2024-03-04"
) -> Extraction:
    """Return an article of one clause that makes a statement."""
    text = f"{clause} ({name})."
    span = example.span(text, clause)
    return Extraction(
        article=Article(id=name, text=text, outlet=f"{name.title()} News", published=published),
        statements=(
            replace(
                statement,
                evidence=Evidence(article=name, span=span, trigger=span, rule="proposes/suggest"),
            ),
        ),
    )


def summit(name: str) -> Entity:
    """Return the summit as described in one article only."""
    return replace(example.SUMMIT, id=f"{example.SUMMIT.id}-{name}")


PROPOSES = replace(
    example.lake().statements[1],
    agents=(example.NORWAY,),
    targets=(example.PERU,),
    about=(summit("pier"),),
    when=When(value="2024-03-03", text="3 March"),
)
DENIES = replace(PROPOSES, about=(summit("mole"),), when=None, negated=True)


@pytest.fixture
def news() -> Iterator[Graph]:
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add(article("pier", "Norway proposed a summit to Peru", PROPOSES))
        yield graph


def conflicts(graph: Graph) -> list[tuple[object, ...]]:
    """Return the contradictions, short."""
    found = graph.query("contradictions").records()
    return [(row["conflict"], row["quote"], row["otherQuote"]) for row in found]


BOTH = ("Norway proposed a summit to Peru", "Norway never proposed it")


def test_what_is_proposed_here_and_denied_there(news: Graph) -> None:
    """Date and described event of the two differ, so they are two statements."""
    news.add(article("mole", BOTH[1], DENIES))
    assert conflicts(news) == [("denied", *BOTH)]


@pytest.mark.parametrize(
    "change",
    [
        {"about": (PACT,)},
        {"about": (replace(summit("mole"), name="summit"),)},
        {"targets": (), "about": (example.PERU,)},
        {"agents": (example.QUISPE,)},
        {"relation": "promises"},
        {"when": When(value="2024-02", text="in February")},
        {"negated": False},
    ],
)
def test_other_acts_do_not_contradict(news: Graph, change: dict[str, object]) -> None:
    news.add(article("mole", BOTH[1], replace(DENIES, **change)))
    assert conflicts(news) == []


@pytest.mark.parametrize(
    "change",
    [
        {"about": ()},
        {"targets": ()},
        {"when": When(value="2024", text="this year")},
        {"agents": (example.NORWAY, example.QUISPE)},
    ],
)
def test_less_said_still_contradicts(news: Graph, change: dict[str, object]) -> None:
    news.add(article("mole", BOTH[1], replace(DENIES, **change)))
    assert conflicts(news) == [("denied", *BOTH)]


@pytest.mark.parametrize(
    ("modality", "published", "conflict"),
    [
        ("planned", "2024-03-05", "planned"),
        ("planned", "2024-03-01", "earlier plan"),
        ("possible", "2024-03-04", "possible"),
        ("proposed", "2024-03-05", "proposed"),
    ],
)
def test_what_happened_here_and_not_yet_there(
    news: Graph, modality: str, published: str, conflict: str
) -> None:
    later = replace(DENIES, negated=False, modality=modality)
    news.add(article("mole", "Norway will propose it", later, published))
    assert conflicts(news) == [(conflict, BOTH[0], "Norway will propose it")]


def test_without_an_event_plans_and_acts_are_two_occasions(news: Graph) -> None:
    later = replace(DENIES, negated=False, modality="planned", about=())
    news.add(article("mole", "Norway will propose it", later))
    assert conflicts(news) == []


def test_both_sides_show_the_other(news: Graph) -> None:
    news.add(article("mole", BOTH[1], DENIES))
    for name in ("Norway", "Peru"):
        (profile,) = news.about(name)
        found = {finding.quote: finding.disputes for finding in profile.findings}
        assert [(d.conflict, d.outlet, d.quote) for d in found[BOTH[0]]] == [
            ("denied", "Mole News", BOTH[1])
        ]
        assert [(d.conflict, d.outlet, d.quote) for d in found[BOTH[1]]] == [
            ("affirmed", "Pier News", BOTH[0])
        ]
        text = told(profile)
        assert "named in 2 articles of 2 independent outlets: Mole News, Pier News\n" in text
        assert f"    but denied: “{BOTH[1]}” (Mole News)\n" in text
        assert f"    but affirmed: “{BOTH[0]}” (Pier News)\n" in text


def test_what_cannot_be_met_again_is_not_corroborated(news: Graph) -> None:
    remark = replace(PROPOSES, relation="commentsOn", targets=(), about=(PACT,))
    news.add_all([article("mole", "So it is", remark), article("quay", "Thus it is", remark)])
    (profile,) = news.about("Norway")
    assert [f.told for f in profile.findings if f.statement.relation == "commentsOn"] == [None] * 2


def test_the_act_itself_is_shown_on_both_sides(news: Graph) -> None:
    news.add(article("mole", "Norway will do so", replace(PROPOSES, modality="planned")))
    news.add(article("quay", "So Norway proposed", PROPOSES))
    (profile,) = news.about("Norway")
    found = {f.quote: [d.conflict for d in f.disputes] for f in profile.findings}
    assert found == {
        BOTH[0]: ["planned"],
        "So Norway proposed": ["planned"],
        "Norway will do so": ["told as done", "told as done"],
    }
    assert "    told in 2 articles of 2 independent outlets: Pier News, Quay News\n" in told(
        profile
    )
