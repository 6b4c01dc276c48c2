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


PROPOSES = replace(
    example.lake().statements[1],
    agents=(example.NORWAY,),
    targets=(example.PERU,),
    when=When(value="2024-03-03", text="3 March"),
)
DENIES = replace(PROPOSES, when=None, negated=True)


@pytest.fixture
def news() -> Iterator[Graph]:
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add(article("pier", "Norway proposed a summit to Peru", PROPOSES))
        yield graph


def conflicts(graph: Graph) -> list[tuple[object, ...]]:
    """Return the contradictions, short."""
    found = graph.query("contradictions").records()
    return [(row["claimQuote"], row["denialQuote"]) for row in found]


def told_against(graph: Graph, name: str) -> dict[str, list[tuple[str, str, str]]]:
    """Return what is said against each quote in what is told of somebody."""
    (profile,) = graph.about(name)
    return {
        finding.quote: [(d.conflict, d.outlet, d.quote) for d in finding.disputes]
        for finding in profile.findings
    }


BOTH = ("Norway proposed a summit to Peru", "Norway never proposed it")


@pytest.mark.parametrize(
    "change", [{}, {"when": PROPOSES.when}, {"when": When(value="2024", text="this year")}]
)
def test_what_is_told_here_and_denied_there(news: Graph, change: dict[str, object]) -> None:
    news.add(article("mole", BOTH[1], replace(DENIES, **change)))  # type: ignore[arg-type]
    assert conflicts(news) == [BOTH]


@pytest.mark.parametrize(
    "change",
    [
        {"about": (PACT,)},
        {"about": ()},
        {"targets": (), "about": (example.PERU,)},
        {"agents": (example.QUISPE,)},
        {"agents": (example.NORWAY, example.QUISPE)},
        {"relation": "promises"},
        {"when": When(value="2024-02", text="in February")},
        {"negated": False},
        {"modality": "planned"},
        {"modality": "possible"},
    ],
)
def test_other_acts_do_not_contradict(news: Graph, change: dict[str, object]) -> None:
    news.add(article("mole", BOTH[1], replace(DENIES, **change)))  # type: ignore[arg-type]
    assert conflicts(news) == []
    assert not any(told_against(news, "Norway").values())


def test_what_was_denied_before_may_have_happened_since(news: Graph) -> None:
    news.add(article("pier", BOTH[0], replace(PROPOSES, when=None)))
    news.add(article("mole", BOTH[1], DENIES, published="2024-03-01"))
    assert conflicts(news) == []


def test_both_sides_show_the_other(news: Graph) -> None:
    news.add(article("mole", BOTH[1], DENIES))
    for name in ("Norway", "Peru"):
        against = told_against(news, name)
        assert against[BOTH[0]] == [("denied", "Mole News", BOTH[1])]
        assert against[BOTH[1]] == [("affirmed", "Pier News", BOTH[0])]
        (profile,) = news.about(name)
        text = told(profile)
        assert "named in 2 articles of 2 independent outlets: Mole News, Pier News\n" in text
        assert f"    but denied: “{BOTH[1]}” (Mole News)\n" in text
        assert f"    but affirmed: “{BOTH[0]}” (Pier News)\n" in text


def test_a_reprint_is_no_further_side(news: Graph) -> None:
    whole = f"{BOTH[1]}, whatever one reads in the papers of the harbour in these days of March"
    for name, published in (("mole", "2024-03-05"), ("dock", "2024-03-06")):
        text = replace(
            article(name, BOTH[1], DENIES, published=published).article, text=f"{whole} ({name})."
        )
        news.add(replace(article(name, BOTH[1], DENIES), article=text))
    assert conflicts(news) == [BOTH]
    assert told_against(news, "Norway")[BOTH[0]] == [("denied", "Mole News", BOTH[1])]
    news.remove("mole")
    assert told_against(news, "Norway")[BOTH[0]] == [("denied", "Dock News", BOTH[1])]
    assert len(conflicts(news)) == 1


def test_what_cannot_be_met_again_is_not_corroborated(news: Graph) -> None:
    remark = replace(PROPOSES, relation="commentsOn", targets=(), about=(PACT,))
    news.add_all([article("mole", "So it is", remark), article("quay", "Thus it is", remark)])
    (profile,) = news.about("Norway")
    remarks = [f.told for f in profile.findings if f.statement.relation == "commentsOn"]
    assert [told and told.articles for told in remarks] == [1, 1]


def test_how_many_tell_it_counts_one_modality(news: Graph) -> None:
    news.add(article("mole", "Norway will do so", replace(PROPOSES, modality="planned")))
    news.add(article("quay", "So Norway proposed", PROPOSES))
    (profile,) = news.about("Norway")
    assert {f.quote: f.told and f.told.articles for f in profile.findings} == {
        BOTH[0]: 2,
        "So Norway proposed": 2,
        "Norway will do so": 1,
    }
    assert "    told in 2 articles of 2 independent outlets: Pier News, Quay News\n" in told(
        profile
    )
