"""The ready questions over two small articles: what they are, and what they answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import example
import pytest

from kg.graph import Graph
from kg.query import questions, sparql
from kg.query.results import Value
from kg.records import Article, Entity, Evidence, Extraction, Position, Statement, When

READY = questions.ready()


@pytest.fixture(scope="module")
def news() -> Iterator[Graph]:
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add_all([example.lake(), example.harbour()])
        yield graph


def story(
    name: str,
    clause: str,
    statement: Statement,
    *,
    published: str = "2024-03-04",
    outlet: str = "",
    positions: Sequence[Position] = (),
) -> Extraction:
    """Return an article of one clause that makes a statement."""
    span = example.span(clause, clause)
    evidence = Evidence(article=name, span=span, trigger=span, rule=f"{statement.relation}/test")
    return Extraction(
        article=Article(
            id=name, text=clause, outlet=outlet or f"{name.title()} News", published=published
        ),
        positions=tuple(positions),
        statements=(replace(statement, evidence=evidence),),
    )


def answers(graph: Graph, name: str, **params: str) -> list[dict[str, Value]]:
    return graph.query(name, params).records()


def only(rows: list[dict[str, Value]], *columns: str) -> list[tuple[Value, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


def test_every_ready_question_is_described() -> None:
    assert len(READY) == 19
    for name, question in READY.items():
        assert question.sparql.startswith(f"# name: {name}\n")
        assert question.answers.endswith(("?", "."))
        for parameter in question.parameters:
            assert f"${parameter}" in question.sparql, name
        bound = sparql.bind(question.sparql, {}, question.parameters)
        assert "$" not in bound, f"{name} uses a parameter that its header lacks"


@pytest.mark.parametrize("name", READY)
def test_columns_are_those_of_the_header(news: Graph, name: str) -> None:
    assert list(news.query(name).columns) == list(READY[name].columns)


@pytest.mark.parametrize("name", READY)
def test_ready_questions_work_elsewhere_too(news: Graph, name: str) -> None:
    """A question pasted into another tool asks for everything: `$who` is `?who` there."""
    assert len(list(news.store.select(READY[name].sparql))) == len(news.query(name))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", READY)
def test_no_row_comes_twice(news: Graph, name: str) -> None:
    rows = news.query(name).rows
    assert len(rows) == len(set(rows))


def test_every_question_names_what_an_export_can_keep(news: Graph) -> None:
    for name in READY:
        found = news.query(name)
        if found.rows:
            assert any(str(value).startswith("https://") for value in found.rows[0]), name


ONE_ROW_A_STATEMENT = [
    "evidence-of",
    "positions-of-countries",
    "relations-between-two",
    "timeline",
    "what-is-planned",
    "who-attends",
    "who-denies-what",
    "who-proposed-what",
    "who-said-what-about",
]


PLACE = {"outlet": "Coast Herald", "published": "2024-03-04", "title": "Talks by the sea"}

ANSWERS: dict[str, tuple[dict[str, str], list[dict[str, Value]]]] = {
    "who-proposed-what": (
        {"who": "quispe"},
        [
            {
                "who": "Ana Quispe",
                "to": "Norway",
                "about": "fisheries summit",
                "says": "Ana Quispe proposes the fisheries summit to Norway",
                "modality": "actual",
                "polarity": "affirmed",
                "speaker": None,
                "quote": "President Ana Quispe proposed a fisheries summit",
                **PLACE,
            }
        ],
    ),
    "who-attends": (
        {"who": "Kingdom of Norway", "event": "fisheries"},
        [
            {
                "who": "Norway",
                "event": "fisheries summit",
                "about": None,
                "modality": "planned",
                "polarity": "affirmed",
                "speaker": "Olav Lien",
                "reporter": "Coast Herald",
                "quote": "Norway will attend the fisheries summit",
                **PLACE,
            }
        ],
    ),
    "who-said-what-about": (
        {"about": "Norway"},
        [
            {
                "who": "Olav Lien",
                "about": "Norway; fisheries summit",
                "quote": '"Norway will attend the fisheries summit," said Olav Lien',
                **PLACE,
            }
        ],
    ),
    "who-denies-what": (
        {},
        [
            {
                "how": "is said not to",
                "who": "Peru",
                "does": "attends",
                "to": "fisheries summit",
                "about": None,
                "speaker": None,
                "outlet": "Harbour Post",
            }
        ],
    ),
    "officials-of-country": (
        {"country": "Peru"},
        [
            {
                "country": "Peru",
                "who": "Ana Quispe",
                "office": "President",
                "quote": "President Ana Quispe",
                **PLACE,
            }
        ],
    ),
    "analysts-by-institution": (
        {},
        [
            {
                "institution": "Fjord Institute",
                "who": "Olav Lien",
                "office": "scholar",
                "quote": "a scholar at the Fjord",
                **PLACE,
            }
        ],
    ),
    "most-connected": (
        {},
        [
            {"acts": 3, "does": 2, "undergoes": 1, "articles": 2, "who": "Norway"},
            {"acts": 3, "does": 3, "undergoes": 0, "articles": 2, "who": "Peru"},
            {"acts": 1, "does": 1, "undergoes": 0, "articles": 1, "who": "Ana Quispe"},
            {"acts": 1, "does": 1, "undergoes": 0, "articles": 1, "who": "Olav Lien"},
        ],
    ),
    "what-is-planned": (
        {"who": "norway"},
        [
            {
                "who": "Norway",
                "to": "fisheries summit",
                "speaker": "Olav Lien",
                "reporter": "Coast Herald",
                "date": None,
            }
        ],
    ),
    "quotes-of-person": (
        {"who": "Lien"},
        [
            {"how": "says", "quote": '"Norway will attend the fisheries summit," said Olav Lien'},
            {"how": "source", "quote": "Norway will attend the fisheries summit"},
            {"how": "source", "quote": "Peru may visit Oslo"},
        ],
    ),
    "meetings-by-month": (
        {},
        [
            {
                "month": "2024-03",
                "one": "Norway",
                "other": "Peru",
                "meetings": 1,
                "claimed": 0,
                "articles": 2,
            }
        ],
    ),
    "first-mention": (
        {},
        [],  # the other article is dated by its month only
    ),
    "who-criticised-whom": ({}, []),
    "positions-of-countries": ({}, []),
    "contradictions": ({}, []),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_answers(news: Graph, name: str) -> None:
    params, wanted = ANSWERS[name]
    found = answers(news, name, **params)
    assert len(found) == len(wanted)
    for row, expected in zip(found, wanted, strict=True):
        assert {column: row[column] for column in expected} == expected


NORWAY, PERU, QUISPE, LIEN = example.NORWAY, example.PERU, example.QUISPE, example.LIEN
CHAD = Entity(id="country/TD", kind="Country", name="Chad")
BOTH = replace(
    example.lake().statements[1],
    agents=(NORWAY, PERU),
    targets=(CHAD, QUISPE),
    about=(example.SUMMIT, example.LIMA),
    attributed_to=(LIEN, QUISPE),
)


@pytest.mark.parametrize("name", ONE_ROW_A_STATEMENT)
def test_several_names_stand_in_one_row(name: str) -> None:
    denied = name == "who-denies-what"
    relation = {"who-attends": "attends", "who-said-what-about": "commentsOn"}
    statement = replace(
        BOTH,
        relation=relation.get(name, "proposes"),
        targets=(example.SUMMIT,) if name == "who-attends" else BOTH.targets,
        negated=denied,
        modality="planned" if name == "what-is-planned" else "actual",
        when=When(value="2024-03-03", text="3 March"),
    )
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add(story("pier", "So they did", statement))
        (row,) = answers(graph, name)
    if "who" in row:
        assert row["who"] == "Norway; Peru"
    if "to" in row:
        assert row["to"] == "Ana Quispe; Chad"
    if "about" in row:
        assert row["about"] == "Lima; fisheries summit"
    assert row["speaker"] == "Olav Lien; Ana Quispe", "the innermost first"


def test_a_source_without_a_name_is_told() -> None:
    hearsay = replace(example.lake().statements[1], unnamed_source=True)
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add(story("pier", "Quispe is said to have proposed it", hearsay))
        (row,) = answers(graph, "who-proposed-what")
    assert row["speaker"] == "an unnamed source"


def test_evidence_of_an_act_is_all_its_tellings(news: Graph) -> None:
    (shared,) = answers(news, "corroboration")
    wanted = {
        "outlets": 2,
        "articles": 2,
        "reprints": 0,
        "claimed": 0,
        "modality": "actual",
        "names": "Coast Herald; Harbour Post",
        "says": "Norway and Peru hold talks (2024-03-03)",
    }
    assert {column: shared[column] for column in wanted} == wanted
    for iri in (shared["statement"], str(shared["statement"])[-12:], shared["act"]):
        rows = answers(news, "evidence-of", statement=str(iri))
        assert {row["outlet"] for row in rows} == {"Coast Herald", "Harbour Post"}
        assert {row["act"] for row in rows} == {shared["act"]}
    assert answers(news, "corroboration", who="Peru")
    assert not answers(news, "corroboration", who="Lien")


def test_who_denies_it_oneself_and_of_whom_it_is_said() -> None:
    denied = replace(BOTH, agents=(NORWAY,), attributed_to=(), negated=True)
    made = {
        "denies": replace(denied, relation="denies", negated=False),
        "rejects": replace(denied, relation="rejects", negated=False),
        "says not to": replace(denied, attributed_to=(NORWAY,)),
        "is said not to": replace(denied, attributed_to=(LIEN,)),
        "other": replace(denied, negated=False),
    }
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add_all(story(f"a{n}", f"{how} it", s) for n, (how, s) in enumerate(made.items()))
        rows = answers(graph, "who-denies-what")
    assert {row["quote"]: row["how"] for row in rows} == {
        f"{how} it": how for how in made if how != "other"
    }


def test_contradictions_show_both_sides() -> None:
    meets = example.harbour().statements[1]
    denial = replace(meets, negated=True)
    vague = replace(denial, relation="commentsOn", agents=(PERU,), when=None)
    text = "Now Norway and Peru met? Neither of the two ministries would hear of it, we are told."
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add(example.harbour())
        graph.add(story("pier", text, denial, published="2024-04-02"))
        graph.add(story("mole", "So it is", vague))
        graph.add(story("quay", "So it is", replace(vague, negated=False)))
        (row,) = answers(graph, "contradictions", who="peru")
        assert not answers(graph, "contradictions", who="Lien")
        assert not answers(graph, "corroboration"), "a denial does not corroborate"
        wanted = {
            "claim": "Norway and Peru hold talks (2024-03-03)",
            "denial": "Norway and Peru do not hold talks (2024-03-03)",
            "claimQuote": "Norway and Peru met",
            "denialQuote": text,
            "claimOutlet": "Harbour Post",
            "denialOutlet": "Pier News",
            "claimPublished": "2024-04",
            "denialPublished": "2024-04-02",
        }
        assert {column: row[column] for column in wanted} == wanted
        graph.add(story("reprint", text, denial, published="2024-04-03"))
        rows = answers(graph, "contradictions")
        assert [row["denialOutlet"] for row in rows] == ["Pier News"], "a reprint adds nothing"
        graph.remove("pier")
        rows = answers(graph, "contradictions")
        assert [row["denialOutlet"] for row in rows] == ["Reprint News"]


def test_a_planned_act_does_not_look_like_one_that_happened() -> None:
    meets = replace(example.harbour().statements[1], confidence=0.5)
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add_all(
            [
                story("pier", "They will meet", replace(meets, modality="planned")),
                story("mole", "They met", meets),
                story("quay", "Surely they met", replace(meets, confidence=0.9)),
                story("dock", "They met, did they not", replace(meets, when=None)),
                story("bank", "They did not meet", replace(meets, negated=True)),
            ]
        )
        rows = answers(graph, "timeline", who="Norway")
    assert only(rows, "date", "status", "articles", "quote") == [
        ("2024-03-03", "did not happen", 1, "They did not meet"),
        ("2024-03-03", "planned", 1, "They will meet"),
        ("2024-03-03", "happened", 3, "Surely they met"),
    ]


def test_relations_between_two() -> None:
    meets = example.harbour().statements[1]
    condemn = replace(BOTH, relation="opposes", targets=(CHAD,), about=(QUISPE,), attributed_to=())
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add_all([story("pier", "They met", meets), story("mole", "They condemned", condemn)])

        def quotes(who: str, other: str) -> list[Value]:
            return [
                row["quote"]
                for row in answers(graph, "relations-between-two", who=who, other=other)
            ]

        assert quotes("Norway", "Peru") == quotes("Peru", "Norway") == ["They met"]
        assert quotes("Norway", "Chad") == quotes("Peru", "Ana Quispe") == ["They condemned"]
        assert quotes("Chad", "Norway") == []


def president(title: str, quote: str) -> Position:
    return Position(holder=QUISPE, title=title, of=PERU, span=example.span(quote, title))


@pytest.mark.parametrize(
    ("quote", "change", "met"),
    [
        ("President met Norway", {}, [("2024-03", "Norway", "Peru", 1, 0)]),
        ("President met Norway", {"when": None}, [(None, "Norway", "Peru", 1, 0)]),
        ("President met", {"when": When(value="2024", text="")}, [(None, "Norway", "Peru", 1, 0)]),
        ("President met", {"attributed_to": (LIEN,)}, [("2024-03", "Norway", "Peru", 1, 1)]),
        ("former President met Norway", {}, []),
        ("President will meet Norway", {"modality": "planned"}, []),
        ("President did not", {"negated": True}, []),
        ("President met Peru", {"targets": (PERU,)}, []),
        ("President urged", {"relation": "urges"}, []),
        ("President had Norway", {"relation": "hosts"}, [("2024-03", "Norway", "Peru", 1, 0)]),
    ],
)
def test_meetings_of_states(quote: str, change: dict[str, object], met: list[object]) -> None:
    title = "former President" if "former" in quote else "President"
    meets = replace(example.harbour().statements[1], agents=(QUISPE,), targets=(NORWAY,))
    with Graph(gazetteer=example.gazetteer()) as graph:
        statement = replace(meets, **change)  # type: ignore[arg-type]
        graph.add(story("pier", quote, statement, positions=[president(title, quote)]))
        rows = answers(graph, "meetings-by-month")
    assert only(rows, "month", "one", "other", "meetings", "claimed") == met


def test_who_meet_a_third_need_not_meet_one_another() -> None:
    meets = replace(example.harbour().statements[1], targets=(CHAD,))
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add(story("pier", "Both met Chad", meets))
        rows = answers(graph, "meetings-by-month")
        assert only(rows, "one", "other") == [("Norway", "Chad"), ("Peru", "Chad")]
        assert len(answers(graph, "meetings-by-month", who="Peru")) == 1


def test_who_criticises_whom_counts_acts() -> None:
    blames = replace(
        BOTH, relation="accuses", agents=(NORWAY,), targets=(CHAD,), about=(), attributed_to=()
    )
    when = When(value="2024-02-01", text="then")
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add_all(
            [
                story("pier", "It blamed Chad", blames),
                story("mole", "Chad was blamed", blames),
                story("quay", "Blamed before", replace(blames, when=when, attributed_to=(LIEN,))),
                story("dock", "May blame Chad", replace(blames, modality="possible")),
                story("bank", "Opposes it", replace(blames, relation="opposes", agents=(PERU,))),
            ]
        )
        rows = answers(graph, "who-criticised-whom", whom="chad")
    assert only(rows, "who", "whom", "acts", "claimed", "articles") == [
        ("Norway", "Chad", 2, 1, 3),
        ("Peru", "Chad", 1, 0, 1),
    ]


def test_first_mention_and_who_followed() -> None:
    meets = example.harbour().statements[1]
    text = "Norway and Peru met on an island and spoke of fish all day long, as nobody had expected"
    denial = replace(meets, negated=True)
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add_all(
            [
                story("quay", text, meets, published="2024-03-09"),
                story("dock", text, meets, published="2024-03-10"),
                story(
                    "pier",
                    "Soon they meet",
                    replace(meets, modality="planned"),
                    published="2024-03-02",
                ),
                story("mole", "They never met", denial, published="2024-03-05"),
                story("bank", "They met", meets, published="2024-03"),
            ]
        )
        (row,) = answers(graph, "first-mention", who="Peru")
        assert not answers(graph, "first-mention", who="Lien")
    assert only([row], "first", "outlet", "quote", "followers", "following") == [
        (
            "2024-03-02",
            "Pier News",
            "Soon they meet",
            3,
            "2024-03-05 Mole News (denied); 2024-03-09 Quay News; 2024-03-10 Dock News (reprint)",
        )
    ]


def test_positions_of_countries() -> None:
    urges = replace(BOTH, relation="urges", agents=(NORWAY, QUISPE))
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add(story("pier", "They urge it", urges))
        (row,) = answers(graph, "positions-of-countries", who="norway")
        assert not answers(graph, "positions-of-countries", who="quispe")
    assert (row["who"], row["does"]) == ("Norway", "urges"), "only the country"


def test_unlinked_entities_have_their_narrowest_class(news: Graph) -> None:
    rows = {row[2]: row for row in news.query("unlinked-entities").rows}
    assert rows["Olav Lien"][:4] == (4, 1, "Olav Lien", "Analyst")
    assert rows["fisheries summit"][3] == "Meeting"
    assert "Peru" not in rows
