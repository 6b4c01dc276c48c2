"""Which pairs are offered as one, and which typical wrong ones are not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path

import pytest

from kg import iris, resources
from kg.decisions.model import Same
from kg.decisions.spelling import alike
from kg.gazetteer import Gazetteer
from kg.graph import Graph
from kg.records import Article, Entity, Evidence, Extraction, Mention, Position, Span, Statement

HOLDERS = """\
id,name,aliases,title,country,organization,wikidata,start,end
person/olav-brekke,Olav Brekke,Brekke,Prime Minister,country/NO,,,2006-01-01,2009-12-31
person/siri-brekke,Siri Brekke,Brekke,Prime Minister,country/NO,,,2018-01-01,2022-12-31
person/per-aune,Per Aune,Aune,President,country/NO,,,2018-01-01,2022-12-31
person/ida-aune,Ida Aune,Aune,Foreign Minister,country/NO,,,2019-01-01,2021-12-31
person/ham-do-won,Ham Do-won,Ham,Secretary-General,,organization/united-nations,,2018-01-01,
person/qasim-al-harbi,Qasim al-Harbi,al-Harbi|Harbi,President,country/OM,,,2018-01-01,
"""
NORWAY = Entity(id="country/NO", kind="Country", name="Norway")
PERU = Entity(id="country/PE", kind="Country", name="Peru")
OMAN = Entity(id="country/OM", kind="Country", name="Oman")
NATIONS = Entity(
    id="organization/united-nations", kind="IntergovernmentalOrganization", name="United Nations"
)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """Return the gazetteer with office holders of our own invention."""
    folder: Path = tmp_path_factory.mktemp("known") / "gazetteer"
    shutil.copytree(resources.gazetteer_dir(), folder)
    (folder / "officeholders.csv").write_text(HOLDERS, encoding="utf-8")
    return Gazetteer(folder)


@pytest.fixture
def news(known: Gazetteer) -> Iterator[Graph]:
    with Graph(gazetteer=known) as graph:
        yield graph


def entity(name: str, kind: str = "Person", *, family: str = "person", within: str = "") -> Entity:
    identifier = iris.within(within, family, name) if within else iris.unlinked(family, name)
    return Entity(id=identifier, kind=kind, name=name)


def body(name: str, kind: str = "Organization") -> Entity:
    return entity(name, kind, family="organization")


def place(name: str) -> Entity:
    return entity(name, "Place", family="place")


def event(article: str, name: str, kind: str = "Meeting") -> Entity:
    return entity(name, kind, family="event", within=article)


def naming(
    article: str,
    *entities: Entity,
    on: str = "2019-05-06",
    offices: Sequence[tuple[Entity, Entity]] = (),
    attends: Sequence[tuple[Entity, Entity]] = (),
    also: Sequence[tuple[Entity, str]] = (),
) -> Extraction:
    """Return an article that names entities, some of them in office, at an event or twice."""
    text = "; ".join((*(one.name for one in entities), *(name for _, name in also)))
    spans, start = [], 0
    for one in entities:
        spans.append(Span(start=start, end=start + len(one.name)))
        start += len(one.name) + 2
    where = dict(zip((one.id for one in entities), spans, strict=True))
    return Extraction(
        article=Article(id=article, text=text, outlet="Pier News", published=on or None),
        mentions=tuple(
            Mention(
                span=where[one.id], entity=one, how="description" if "event" in one.id else "name"
            )
            for one in entities
        )
        + tuple(
            Mention(span=Span(start=(at := text.rindex(name)), end=at + len(name)), entity=one)
            for one, name in also
        ),
        positions=tuple(
            Position(holder=who, title="envoy", of=of, span=where[who.id]) for who, of in offices
        ),
        statements=tuple(
            Statement(
                relation="attends",
                agents=(who,),
                targets=(what,),
                evidence=Evidence(
                    article=article,
                    span=where[what.id],
                    trigger=where[what.id],
                    rule="attends/attend",
                ),
            )
            for who, what in attends
        ),
    )


def offered(graph: Graph) -> list[tuple[str, ...]]:
    """Return the pairs that are offered, the likeliest first."""
    found = (candidate.decision for candidate in graph.review(limit=100))
    return [decision.entities for decision in found if isinstance(decision, Same)]


def why(graph: Graph) -> str:
    (only,) = (c.reason for c in graph.review() if isinstance(c.decision, Same))
    return only


@pytest.mark.parametrize(
    ("on", "who"), [("2007-05", "olav"), ("2019-05-06", "siri"), ("2014-01-01", "olav")]
)
def test_the_date_tells_which_holder_a_surname_means(news: Graph, on: str, who: str) -> None:
    news.add(naming("pier", NORWAY, entity("Brekke"), on=on))
    assert offered(news) == [(f"person/{who}-brekke", "unlinked/person/brekke")]
    assert "the surname of the Prime Minister of Norway" in why(news)


def test_a_surname_is_one_person_in_all_its_articles(news: Graph) -> None:
    news.add(naming("pier", NORWAY, entity("Brekke"), on="2019-05-06"))
    news.add(naming("mole", NORWAY, entity("Brekke"), on="2020-05-06"))
    assert len(offered(news)) == 1
    news.add(naming("quay", NORWAY, entity("Brekke"), on="2007-05-06"))
    assert offered(news) == []


def test_where_two_holders_fit_none_is_offered(news: Graph) -> None:
    news.add(naming("pier", NORWAY, entity("Aune"), on="2020-01-01"))
    assert offered(news) == []
    news.add(naming("pier", NORWAY, entity("Aune"), on="2018-06-01"))
    assert offered(news) == [("person/per-aune", "unlinked/person/aune")]


@pytest.mark.parametrize(
    "extraction",
    [
        naming("pier", PERU, entity("Brekke")),
        naming("pier", NORWAY, entity("Brekke", "Analyst")),
        naming("pier", NORWAY, PERU, e := entity("Brekke", "Official"), offices=[(e, PERU)]),
        naming("pier", NORWAY, entity("Brekke"), on="1999-01-01"),
        naming("pier", NORWAY, entity("Siri")),
    ],
    ids=["country", "trade", "office", "before", "first name"],
)
def test_a_holder_who_does_not_fit_is_not_offered(news: Graph, extraction: Extraction) -> None:
    news.add(extraction)
    assert offered(news) == []


def test_an_office_of_an_organisation_and_a_surname_that_comes_first(news: Graph) -> None:
    news.add(naming("pier", NATIONS, entity("Ham", "Official")))
    assert offered(news) == [("person/ham-do-won", "unlinked/person/ham")]


def test_one_full_name_elsewhere_is_offered_and_two_are_not(news: Graph) -> None:
    news.add(naming("pier", entity("Lien")))
    news.add(naming("mole", entity("Olav Lien")))
    assert offered(news) == [("unlinked/person/olav-lien", "unlinked/person/lien")]
    news.add(naming("quay", entity("Tora Lien")))
    assert offered(news) == []


def test_an_office_in_common_speaks_for_a_surname(news: Graph) -> None:
    short, full = entity("Lien", "Official"), entity("Olav Lien", "Official")
    news.add(naming("pier", NORWAY, short, offices=[(short, NORWAY)]))
    news.add(naming("mole", NORWAY, full, offices=[(full, NORWAY)]))
    assert "of the same country" in why(news)
    news.add(naming("mole", PERU, full, offices=[(full, PERU)]))
    assert offered(news) == []


@pytest.mark.parametrize(
    ("taken", "found"),
    [(body("Brekke"), "organisation"), (place("Brekke"), "place"), (place("Brekke of Norway"), "")],
)
def test_a_surname_taken_for_something_else(news: Graph, taken: Entity, found: str) -> None:
    news.add(naming("pier", NORWAY, taken))
    assert offered(news) == [("person/siri-brekke", taken.id)]
    assert "taken for a" in why(news) and found in why(news)


def test_a_full_name_taken_for_something_else(news: Graph) -> None:
    news.add(naming("pier", PERU, body("Siri Brekke")))
    assert offered(news) == [("person/siri-brekke", "unlinked/organization/siri-brekke")]


def test_a_town_or_university_of_a_surname_is_nobody(news: Graph) -> None:
    news.add(naming("pier", PERU, place("Lien"), body("Lien University"), body("Hall of Lien")))
    news.add(naming("mole", PERU, entity("Olav Lien"), entity("Jo Hall")))
    assert offered(news) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ayşe Yıldıray", "Ayse Yildiray"),
        ("Kassim Nuri", "Qasim al-Nuri"),
        ("Chung Ho Min", "Chung Homin"),
        ("Yuri Petrenko", "Yuriy Petrenko"),
        ("Muhammad Yousafi", "Mohammed Yusafi"),
        ("Tora Gundersen", "T. Gundersen"),
        ("Tora Gundersen", "Tora K. Gundersen"),
        ("Tora Gundersen", "Gundersen Tora"),
        ("Tora Gundersen", "Tora Gunderssen"),
        ("Tora Stavrangen", "Tora Stavangen"),
        ("Łukasz Brzozowski", "Lukasz Brzozowski"),
    ],
)
def test_spellings_of_one_name(news: Graph, one: str, other: str) -> None:
    news.add(naming("pier", entity(one)))
    news.add(naming("mole", entity(other)))
    assert len(offered(news)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jon Gundersen", "Jon Gundersen Jr."),
        ("Salim bin Omari", "Yusuf bin Salim bin Omari"),
        ("Mario Rossetti", "Maria Rossetti"),
        ("Olga Petrenko", "Oleg Petrenko"),
        ("Hassan Azizi", "Hussein Azizi"),
        ("Chung Ho Min", "Chung Ho Sik"),
        ("J. Gundersen", "Tora Gundersen"),
        ("J. R. Mayers", "Jess Mears"),
        ("Tora Gundersen", "Tora Gundesrud"),
    ],
)
def test_namesakes_and_kin_are_not_offered(news: Graph, one: str, other: str) -> None:
    news.add(naming("pier", entity(one)))
    news.add(naming("mole", entity(other)))
    assert offered(news) == []


def test_a_form_that_is_of_two_is_offered_with_neither(news: Graph) -> None:
    news.add(naming("pier", entity("T. Gundersen")))
    news.add(naming("mole", entity("Tora Gundersen")))
    assert len(offered(news)) == 1
    news.add(naming("quay", entity("Terje Gundersen")))
    assert offered(news) == []


def test_two_of_one_surname_in_a_double_name(news: Graph) -> None:
    one, other = entity("Ole Van Dal"), entity("Per Van Dal")
    news.add(naming("pier", one, also=[(one, "Van Dal")]))
    news.add(naming("mole", other, also=[(other, "Van Dal")]))
    assert offered(news) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Norway's Salmon Board", "Norwegian Salmon Board"),
        ("Council for the Defence of Salmon", "Council for Defense of Salmon"),
        ("Centre for Cod Research", "Cod Research Center"),
        ("Coastal Cod Board", "CCB"),
        ("Norway's coast guard", "Norwegian coast guard"),
    ],
)
def test_variants_of_an_organisation(news: Graph, one: str, other: str) -> None:
    news.add(naming("pier", NORWAY, body(one)))
    news.add(naming("mole", NORWAY, body(other)))
    assert len(offered(news)) == 1


def test_an_organisation_of_the_gazetteer_by_other_words(news: Graph) -> None:
    mission = Entity(
        id="organization/ocha",
        kind="IntergovernmentalOrganization",
        name="United Nations Office for the Coordination of Humanitarian Affairs",
    )
    news.add(naming("pier", mission))
    news.add(naming("mole", body("U.N. Office for Coordination of Humanitarian Affairs")))
    assert len(offered(news)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (body("Salmon University"), body("Salmon")),
        (body("Supreme Court", "GovernmentBody"), body("Norwegian Supreme Court")),
        (body("Norwegian Salmon Board"), body("Peruvian Salmon Board")),
        (NORWAY, body("Norwegian Salmon Ministry", "GovernmentBody")),
        (NORWAY, entity("Norwegians", "Group", family="group")),
        (body("Norwegian rebels", "ArmedGroup"), body("Norway's rebels", "ArmedGroup")),
        (
            entity("Norwegian officials", "Group", family="group", within="pier"),
            entity("Norwegian officials", "Group", family="group", within="mole"),
        ),
        (entity("president", within="pier"), entity("president", within="mole")),
        (event("pier", "talks"), event("mole", "talks")),
        (event("pier", "meeting in Lima"), event("mole", "meeting in Oslo")),
        (event("pier", "2014 salmon summit in Oslo"), event("mole", "2018 salmon summit in Oslo")),
        (event("pier", "election in Norway"), event("mole", "election in Peru")),
        (event("pier", "salmon summit in Oslo"), event("mole", "cod summit in Oslo")),
    ],
)
def test_typical_wrong_pairs(news: Graph, one: Entity, other: Entity) -> None:
    news.add(naming("pier", one))
    news.add(naming("mole", other))
    assert offered(news) == []


def test_an_embassy_is_one_of_many(news: Graph) -> None:
    news.add(naming("pier", OMAN, body("Norwegian Embassy")))
    news.add(naming("mole", PERU, body("Norway's Embassy")))
    assert offered(news) == []
    news.add(naming("mole", OMAN, body("Norway's Embassy")))
    assert "the same country and words" in why(news)


def test_initials_of_two_are_offered_with_neither(news: Graph) -> None:
    news.add(naming("pier", body("CCB"), body("Coastal Cod Board")))
    assert len(offered(news)) == 1
    news.add(naming("mole", body("Common Carp Bank")))
    assert offered(news) == []


SUMMITS = event("pier", "salmon summit in Oslo"), event("mole", "summit in Oslo")


def summits(days: str, *, guests: bool) -> list[Extraction]:
    """Return two articles on a summit, the second on some day of May."""
    first, second = event("pier", "salmon summit"), event("mole", "summit")
    come = [[(PERU, e)] if guests else [] for e in (first, second)]
    return [
        naming("pier", PERU, first, on="2019-05-01", attends=come[0]),
        naming("mole", PERU, second, on=f"2019-{days}", attends=come[1]),
    ]


def test_events_with_the_same_participants_in_the_same_weeks(news: Graph) -> None:
    news.add_all(summits("05-10", guests=True))
    assert len(offered(news)) == 1
    assert "with the same participants, in articles 9 days apart" in why(news)


def test_events_of_other_weeks_or_without_participants_are_not_offered(news: Graph) -> None:
    news.add_all(summits("05-10", guests=False))
    assert offered(news) == []
    news.add_all(summits("07-10", guests=True))
    assert offered(news) == []


def test_events_that_name_the_same(news: Graph) -> None:
    first, second = SUMMITS
    news.add(naming("pier", NORWAY, first, place("Bryggen"), on="2019-05-01"))
    news.add(naming("mole", NORWAY, second, place("Bryggen"), on="2019-05-04"))
    assert offered(news) == [(first.id, second.id)]
    assert "that name the same, in articles 3 days apart" in why(news)


def test_what_more_speaks_for_comes_first(news: Graph) -> None:
    first, second = SUMMITS
    news.add(naming("pier", first, NORWAY, entity("Tora Gundersen"), entity("Brekke")))
    news.add(naming("mole", second, entity("Tora Gunderssen"), body("Coastal Cod Board")))
    news.add(naming("quay", body("CCB"), entity("Lien"), entity("Siri Gran")))
    news.add(naming("weir", entity("Olav Lien"), place("Siri Gran")))
    order = [pair[1].removeprefix("unlinked/").split("/") for pair in offered(news)]
    assert [name[1].rpartition("-")[0] or name[1] for name in order] == [
        "siri",
        "tora",
        "brekke",
        "ccb",
        "summit-in-oslo",
        "lien",
    ]


def test_the_order_of_the_articles_does_not_matter(known: Gazetteer) -> None:
    articles = [
        *summits("05-10", guests=True),
        naming("quay", NORWAY, entity("Brekke"), entity("Tora Gundersen"), body("CCB")),
        naming("weir", NORWAY, body("Brekke"), entity("T. Gundersen"), body("Coastal Cod Board")),
    ]
    lists = set()
    for order in permutations(articles):
        with Graph(gazetteer=known) as graph:
            graph.add_all(order)
            lists.add(tuple(candidate.reason for candidate in graph.review()))
    assert len(lists) == 1
    assert len(lists.pop()) == 5


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("qaddur", "kadur", True),
        ("shoygin", "shoigin", True),
        ("mario", "maria", False),
        ("hassan", "hussein", False),
        ("abdullah", "abdulla", True),
        ("li", "lu", False),
    ],
)
def test_words_that_sound_alike(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is alike(other, one) is same
