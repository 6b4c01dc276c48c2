"""What the ready questions answer over the sample articles.

Extraction gets better, so the answers are not pinned as a whole: of each question some rows must be
there, which a careful reader expects, and some must never be. A row is given by a few of its
columns; a value that begins and ends with `*` is a part of the column's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kg import build
from kg.graph import Graph
from kg.query import questions
from kg.query.results import Result, Value

ARTICLES = Path(__file__).parents[1] / "seeds" / "articles"
WIRE, REVIEW = "Sample Wire", "Sample Foreign Affairs Review"
TALKS = "In Istanbul, the empty chairs speak first"

Row = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Case:
    """A question with what must be and what must never be in its answer."""

    name: str
    params: Mapping[str, str] = field(default_factory=dict)
    must: tuple[Row, ...] = ()
    never: tuple[Row, ...] = ()


CASES = [
    Case(
        name="who-proposed-what",
        params={"who": "Vladimir Putin"},
        must=(
            {"quote": "*was proposed by Russian President Vladimir Putin*", "outlet": WIRE},
            {"quote": "*Putin suggested that direct talks with Ukraine*", "outlet": REVIEW},
        ),
        never=({"who": "Ukraine"}, {"who": "Volodymyr Zelenskyy"}, {"polarity": "negated"}),
    ),
    Case(
        name="who-proposed-what",
        never=({"who": "Istanbul"}, {"to": "Vladimir Putin", "who": "Vladimir Putin"}),
    ),
    Case(
        name="who-attends",
        must=(
            {"who": "Vladimir Putin", "polarity": "negated", "outlet": REVIEW},
            {"who": "Donald Trump", "polarity": "negated", "speaker": "US official"},
            {"who": "Marco Rubio", "polarity": "negated", "outlet": REVIEW},
            {"who": "Marco Rubio", "modality": "planned", "polarity": "affirmed", "outlet": WIRE},
            {"who": "Joe Biden", "about": "Munich Security Conference", "modality": "actual"},
            {"who": "Eritrea", "polarity": "negated"},
        ),
        never=(
            {"who": "Vladimir Putin", "modality": "actual", "polarity": "affirmed"},
            {"who": "Eritrea", "polarity": "affirmed"},
            {
                "who": "Marco Rubio",
                "event": "*Ukraine*",
                "modality": "actual",
                "polarity": "affirmed",
            },
        ),
    ),
    Case(
        name="who-attends",
        params={"who": "rubio", "event": "meeting"},
        must=({"who": "Marco Rubio", "modality": "actual", "polarity": "affirmed"},),
        never=({"who": "Donald Trump"}, {"polarity": "negated"}),
    ),
    Case(
        name="who-said-what-about",
        must=(
            {"who": "Hassan Rouhani", "quote": "*Iran would remain in the agreement*"},
            {"who": "Federica Mogherini", "about": "*agreement*"},
            {"who": "Cui Heng", "outlet": WIRE},
            {"who": "Sun Xiuwen"},
        ),
        never=({"who": WIRE}, {"who": "Tass"}),
    ),
    Case(
        name="who-said-what-about",
        params={"about": "China"},
        must=({"who": "Hassan Rouhani"},),
        never=({"who": "António Guterres"},),
    ),
    Case(
        name="who-said-what-about",
        params={"who": "António Guterres"},
        must=({"quote": "*deeply concerned*"},),
        never=({"who": "Hassan Rouhani"},),
    ),
    Case(
        name="positions-of-countries",
        must=(
            {"who": "Brazil; China", "does": "supports", "outlet": WIRE},
            {"who": "North Korea", "does": "opposes", "modality": "actual"},
        ),
        never=(
            {"who": "Vladimir Putin"},
            {"who": "Brazil", "does": "opposes"},
            {"who": "Ukraine", "does": "supports", "to": "Russia"},
        ),
    ),
    Case(
        name="positions-of-countries",
        params={"who": "China"},
        must=({"does": "supports", "quote": "*backed direct dialogue*"},),
        never=({"who": "Brazil"}, {"who": "North Korea"}),
    ),
    Case(
        name="who-denies-what",
        must=(
            {"who": "Vladimir Putin", "does": "attends", "polarity": "negated"},
            {"who": "Marco Rubio", "does": "attends", "polarity": "negated", "title": TALKS},
            {"who": "Eritrea", "does": "attends", "polarity": "negated"},
        ),
        never=(
            {"who": "Joe Biden", "does": "attends"},
            {"does": "supports", "polarity": "affirmed"},
        ),
    ),
    Case(
        name="who-denies-what",
        params={"who": "rubio"},
        must=({"does": "attends", "polarity": "negated"},),
        never=({"who": "Vladimir Putin"},),
    ),
    Case(
        name="contradictions",
        never=(  # an earlier plan is none, nor is what may be
            {"claim": "*Turkish*"},
            {"claimQuote": "*he would meet Turkish President*"},
            {"denialQuote": "*might fly to Turkey*"},
        ),
    ),
    Case(name="contradictions", params={"who": "Zelensky"}, never=({"claim": "Donald Trump*"},)),
    Case(name="corroboration", never=({"outlets": 0}, {"outlets": 1}, {"articles": 1})),
    Case(
        name="corroboration",
        params={"who": "Trump"},
        must=({"outlets": 2, "modality": "possible", "says": "*may visit Turkey*"},),
        never=({"says": "Volodymyr*"},),
    ),
    Case(
        name="timeline",
        must=(
            {"date": "2015-12-12", "status": "happened", "says": "*the Paris Agreement*"},
            {"date": "2018-04", "says": "Emmanuel Macron visits Washington, D.C.*"},
            {"date": "2018-06-12", "says": "Donald Trump and Kim Jong Un hold talks*"},
            {"date": "2021-04-22", "status": "planned", "says": "Joe Biden is to host*"},
            {"status": "did not happen", "says": "Marco Rubio does not take part*"},
        ),
        never=(
            {"date": ""},
            {"says": "Boris Johnson*", "date": "2018-05-08"},
            {"status": "happened", "says": "* is to *"},
            {"status": "happened", "says": "* may *"},
            {"status": "happened", "says": "* not *"},
        ),
    ),
    Case(
        name="timeline",
        params={"who": "Macron"},
        must=({"date": "2018-04"},),
        never=({"says": "Donald Trump and*"},),
    ),
    Case(
        name="what-is-planned",
        must=(
            {"who": "Nguyen Phu Trong", "date": "2019-03-01", "to": "Kim Jong Un"},
            {"who": "Keith Kellogg; Steve Witkoff", "reporter": "Reuters", "to": "Istanbul"},
        ),
        never=({"says": "* not to *"}, {"says": "* may *"}),
    ),
    Case(
        name="what-is-planned",
        params={"who": "rubio"},
        must=({"date": "2025-05-16", "to": "Istanbul"},),
        never=({"who": "Volodymyr Zelenskyy"},),
    ),
    Case(
        name="who-criticised-whom",
        must=(
            {"who": "Antony Blinken", "whom": "Russia", "claimed": 0},
            {"who": "Saudi Arabia", "whom": "Iran"},
            {"who": "Recep Tayyip Erdoğan", "whom": "Sweden"},
        ),
        never=({"who": "Iran", "whom": "Saudi Arabia"}, {"acts": 0}),
    ),
    Case(
        name="who-criticised-whom",
        params={"who": "Netanyahu", "whom": "Iran"},
        must=({"who": "Benjamin Netanyahu", "whom": "Iran", "acts": 1},),
        never=({"who": "United States"},),
    ),
    Case(
        name="meetings-by-month",
        must=(
            {"month": "2016-09", "one": "China", "other": "United States"},
            {"month": "2018-06", "one": "North Korea", "other": "United States"},
            {"month": "2025-05", "other": "Turkey", "says": "*Vladimir Putin*"},
        ),
        never=({"one": "France", "other": "Poland"}, {"meetings": 0}),
    ),
    Case(
        name="meetings-by-month",
        params={"who": "South Korea"},
        must=({"month": "2018-04", "one": "North Korea"},),
        never=({"other": "United States"},),
    ),
    Case(
        name="first-mention",
        must=(
            {"first": "2025-05-14", "outlet": WIRE, "following": f"2025-05-16 {REVIEW}"},
            {"says": "*may visit Turkey*", "following": f"2025-05-16 {REVIEW} (possible)"},
        ),
        never=({"followers": 0}, {"first": "2025-05-16"}),
    ),
    Case(
        name="first-mention",
        params={"who": "Trump"},
        must=({"says": "Donald Trump may visit Turkey*"},),
        never=({"says": "Volodymyr*"},),
    ),
    Case(
        name="officials-of-country",
        must=(
            {"country": "Germany", "who": "Angela Merkel", "office": "Chancellor"},
            {"country": "Russia", "who": "Vladimir Putin", "office": "President"},
            {"country": "Ethiopia", "who": "Abiy Ahmed", "office": "Prime Minister"},
        ),
        never=(
            {"country": "Ukraine", "who": "Vladimir Putin"},
            {"country": "Russia", "who": "Volodymyr Zelenskyy"},
            {"country": "Turkey", "who": "Marco Rubio"},
        ),
    ),
    Case(
        name="officials-of-country",
        params={"country": "Russian Federation"},
        must=(
            {"who": "Sergei Shoigu", "office": "Defence Minister"},
            {"who": "Dmitry Peskov", "office": "spokesman"},
        ),
        never=({"country": "Ukraine"}, {"who": "Angela Merkel"}),
    ),
    Case(
        name="analysts-by-institution",
        must=(
            {"who": "Cui Heng", "office": "researcher", "institution": "China National Institute*"},
            {"who": "Sun Xiuwen"},
        ),
        never=({"who": "Vladimir Putin"}, {"who": "Dmitry Peskov"}),
    ),
    Case(
        name="analysts-by-institution",
        params={"institution": "China National Institute"},
        must=({"who": "Cui Heng"},),
        never=({"who": "Sun Xiuwen"},),
    ),
    Case(
        name="quotes-of-person",
        params={"who": "Peskov"},
        must=({"who": "Dmitry Peskov", "outlet": WIRE},),
        never=({"who": "Vladimir Putin"}, {"who": "Donald Trump"}),
    ),
    Case(
        name="relations-between-two",
        params={"who": "Zelensky", "other": "Erdoğan"},
        must=(
            {"does": "meets", "modality": "planned", "polarity": "affirmed", "outlet": WIRE},
            {"does": "meets", "modality": "actual", "outlet": REVIEW},
        ),
        never=({"who": "Vladimir Putin"}, {"to": "Vladimir Putin"}, {"does": "attacks"}),
    ),
    Case(
        name="most-connected",
        must=({"who": "United States"}, {"who": "Russia"}, {"who": "Donald Trump"}),
        never=({"acts": 0}, {"who": "Istanbul"}, {"who": "Paris Agreement"}),
    ),
    Case(
        name="unlinked-entities",
        must=(
            {"name": "Dmitry Peskov", "kind": "Official"},
            {"name": "Cui Heng", "kind": "Analyst"},
            {"name": "Paris Agreement", "kind": "Agreement"},
        ),
        never=({"name": "Russia"}, {"name": "Vladimir Putin"}, {"name": "Donald Trump"}),
    ),
    Case(
        name="evidence-of",
        must=(
            {"who": "Donald Trump", "polarity": "negated", "rule": "attends/*"},
            {"who": "Vladimir Putin", "rule": "proposes/*", "outlet": REVIEW},
        ),
        never=({"quote": ""}, {"rule": ""}),
    ),
]


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    store = tmp_path_factory.mktemp("answers") / "news.kg"
    report = build.build([ARTICLES], store)
    assert (report.added, report.failed) == (10, ())
    with Graph.open(store) as graph:
        yield graph


def agrees(value: Value, wanted: object) -> bool:
    if not isinstance(wanted, str) or "*" not in wanted:
        return value == wanted
    text, part = str(value or ""), wanted.strip("*")
    if wanted.startswith("*"):
        return part in text
    return text.startswith(part)


def matching(found: Result, wanted: Row) -> list[dict[str, Value]]:
    assert set(wanted) <= set(found.columns), wanted
    return [r for r in found.records() if all(agrees(r[k], w) for k, w in wanted.items())]


@pytest.mark.model
@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: "-".join([case.name, *case.params.values()])
)
def test_answers_over_the_sample_articles(news: Graph, case: Case) -> None:
    found = news.query(case.name, case.params)
    for wanted in case.must:
        assert matching(found, wanted), f"missing: {dict(wanted)}"
    for unwanted in case.never:
        assert not matching(found, unwanted), f"must not be: {dict(unwanted)}"


def test_every_ready_question_has_an_expected_answer() -> None:
    assert {case.name for case in CASES} == set(questions.ready())
    for name, question in questions.ready().items():
        given = {key for case in CASES if case.name == name for key in case.params}
        assert given == set(question.parameters) - {"statement"}, f"{name} is asked without one"


@pytest.mark.model
def test_evidence_of_the_statement_that_another_question_returns(news: Graph) -> None:
    (row,) = news.query("corroboration", {"who": "Trump"}).records()
    evidence = news.query("evidence-of", {"statement": str(row["statement"])})
    assert set(evidence.column("outlet")) == set(str(row["names"]).split("; "))
    assert set(evidence.column("act")) == {row["act"]}


@pytest.mark.model
def test_timeline_is_in_order_and_counts_descend(news: Graph) -> None:
    dates = [str(date) for date in news.query("timeline").column("date")]
    assert [d[:4] for d in dates] == sorted(d[:4] for d in dates)
    numbers = news.query("most-connected").column("acts")
    assert numbers == sorted(numbers, key=lambda n: -int(n or 0))
