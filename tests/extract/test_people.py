"""People's offices: titles before names, appositions after them, and the class they give."""

from __future__ import annotations

import pytest
from parses import extract, flat

from kg.extract.entities import home, linking, names, people


def read(text, who="", published="2025-05-14"):
    """Return the chart of a text without syntax, names and offices found."""
    chart = flat(text, people=who, published=published)
    names.find(chart)
    people.read(chart)
    linking.complete(chart)
    return chart


def offices(text, who="", published="2025-05-14"):
    """Return holder, title and whose it is."""
    return [
        (o.holder.name, o.title, o.of.name if o.of else None)
        for o in read(text, who, published).offices
    ]


@pytest.mark.parametrize(
    ("text", "who", "office"),
    [
        (
            "The president of Ghana , Ama Boateng , spoke .",
            "Ama Boateng",
            ("Ama Boateng", "president", "Ghana"),
        ),
        (
            "Norway 's foreign minister , Ola Berg , left .",
            "Ola Berg",
            ("Ola Berg", "foreign minister", "Norway"),
        ),
        (
            "Chilean president Rosa Ibarra spoke .",
            "Rosa Ibarra",
            ("Rosa Ibarra", "president", "Chilean"),
        ),
        (
            "Ola Berg , the former ambassador of Norway , spoke .",
            "Ola Berg",
            ("Ola Berg", "former ambassador", "Norway"),
        ),
        (
            "Ola Berg , who was an adviser to the president of Peru , left .",
            "Ola Berg",
            ("Ola Berg", "adviser", "Peru"),
        ),
        (
            "Cui Heng , a scholar at the Institute of Border Studies in Harbin , spoke .",
            "Cui Heng",
            ("Cui Heng", "scholar", "Institute of Border Studies"),
        ),
        (
            "Ada Lund , professor of history at the Oslo - based Lakeside University , spoke .",
            "Ada Lund",
            ("Ada Lund", "professor", "Lakeside University"),
        ),
    ],
)
def test_office(text, who, office):
    assert offices(text, who) == [office]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Ola Berg , in Lima , met the president .", "Ola Berg"),
        ("Ola Berg spoke . The president left .", "Ola Berg"),
        ("The president left\n\nOla Berg spoke .", "Ola Berg"),
        ("Ola Berg , said the president of Peru .", "Ola Berg"),
    ],
)
def test_a_title_near_a_name_need_not_be_its_office(text, who):
    assert offices(text, who) == []


def test_an_apposition_stops_at_the_next_person():
    text = "Ola Berg , Rosa Ibarra , president of Chile , and others spoke ."
    assert offices(text, "Ola Berg; Rosa Ibarra") == [("Rosa Ibarra", "president", "Chile")]


def test_an_aside_that_names_somebody_elses_office_gives_none():
    text = (
        "Ola Berg ( Rosa Ibarra 's adviser ) and Ada Lund , like Luis Prado a professor , spoke ."
    )
    assert offices(text, "Ola Berg; Rosa Ibarra; Ada Lund; Luis Prado") == []


def test_two_people_share_a_plural_title():
    assert offices("Presidents Rosa Ibarra and Ama Boateng met .", "Rosa Ibarra; Ama Boateng") == [
        ("Rosa Ibarra", "president", None),
        ("Ama Boateng", "president", None),
    ]


def test_a_singular_title_is_not_shared():
    assert offices("President Rosa Ibarra and Ama Boateng met .", "Rosa Ibarra; Ama Boateng") == [
        ("Rosa Ibarra", "President", None)
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("President Rosa Ibarra spoke .", "Official"),
        ("Professor Rosa Ibarra spoke .", "Analyst"),
        ("Rosa Ibarra , president of the Lima Press Club , spoke .", "Person"),
        ("Rosa Ibarra spoke .", "Person"),
        ("Mrs Rosa Ibarra spoke .", "Person"),
    ],
)
def test_the_class_comes_from_the_office(text, kind):
    (person,) = {
        p.referent for p in read(text, "Rosa Ibarra").mentions if "Rosa" in p.referent.name
    }
    assert person.kind == kind


def test_honorifics_tell_the_gender_and_give_no_office():
    chart = read("Mr Ola Berg met Mrs Ada Lund .", "Ola Berg; Ada Lund")
    assert [r.gender for r in chart.referents] == ["m", "f"]
    assert chart.offices == []


def test_whose_president_is_taken_for_granted_is_known_by_name_and_date():
    text = "President {} spoke . Envoys of Russia and France left ."
    assert offices(text.format("Putin")) == [("Putin", "President", "Russia")]
    assert offices(text.format("Ibarra")) == [("Ibarra", "President", None)]


def test_a_holder_of_a_country_that_the_article_does_not_name_gets_none():
    assert offices("President Putin spoke .") == [("Putin", "President", None)]


APPOSITION = (
    "Norway/NNP/nmod:poss/4 's/POS/case/1 foreign/JJ/amod/4 minister/NN/nsubj/8 ,/,/punct/6 "
    "Ola/NNP/appos/4/B-PER Berg/NNP/flat/6/I-PER criticised=criticise/VBD/ROOT/0 Chile/NNP/obj/8"
)
APPOSITION_CLEAR = (
    "Norway/NNP/poss/4 's/POS/case/1 foreign/JJ/amod/4 minister/NN/nsubj/8 ,/,/punct/4 "
    "Ola/NNP/compound/7/B-PERSON Berg/NNP/appos/4/I-PERSON criticised=criticise/VBD/ROOT/0 "
    "Chile/NNP/dobj/8"
)


@pytest.mark.parametrize(("scheme", "parse"), [("ud", APPOSITION), ("clearnlp", APPOSITION_CLEAR)])
def test_the_named_person_acts_not_the_title(scheme, parse):
    found = extract(parse, scheme=scheme)
    (statement,) = found.statements
    (agent,) = statement.agents
    assert (agent.name, agent.kind) == ("Ola Berg", "Official")
    (position,) = found.positions
    assert (position.holder, position.title) == (agent, "foreign minister")
    assert position.of is not None and position.of.id == "country/NO"
    assert found.article.quote(position.span) == "Norway's foreign minister, Ola Berg"


# -- offices whose country goes without saying ---------------------------------------------------


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("Peru waits . In Peru , President Ama Ruiz spoke . Peru hopes .", "Peru"),
        ("Peru and Chile wait . President Ama Ruiz spoke .", None),
        ("Peru waits . In Peru , director Ama Ruiz spoke . Peru hopes .", None),
    ],
)
def test_a_national_office_is_of_the_country_that_the_article_is_at_home_in(text, of):
    chart = read(text, "Ama Ruiz")
    home.complete(chart)
    assert [o.of.name if o.of else None for o in chart.offices] == [of]


def test_the_place_of_a_title_is_no_part_of_it():
    text = "Ana Ruiz , the chief executive of Hong Kong , spoke ."
    assert offices(text, "Ana Ruiz") == [("Ana Ruiz", "chief executive", "Hong Kong")]
