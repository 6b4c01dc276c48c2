"""Names by pattern, where no model helps: people by title, institutes, bodies with an owner."""

from __future__ import annotations

import pytest
from parses import flat

from kg.extract.entities import patterns


def texts(chart, spans):
    return [(chart.text(first, last), kind) for first, last, kind in spans]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the president Rosa Ibarra spoke", "Rosa Ibarra"),
        ("President Ibarra spoke", "Ibarra"),
        ("foreign minister Jean - Luc Durand spoke", "Jean-Luc Durand"),
        ("president Ana de Souza spoke", "Ana de Souza"),
        ("general Omar al Rashid spoke", "Omar al Rashid"),
        ("president of Peru Jorge Silva spoke", "Jorge Silva"),
    ],
)
def test_people_after_a_title(text, name):
    chart = flat(text)
    taken = [token.text == "Peru" for token in chart.doc]
    assert set(texts(chart, patterns.people(chart, taken))) == {(name, "Person")}


@pytest.mark.parametrize(
    "text",
    [
        "the president spoke in Lima",
        "President On Monday",  # a sentence opener is nobody's name
        "the president\n\nLima Rising",  # a heading in the next paragraph
    ],
)
def test_nobody_after_a_title(text):
    chart = flat(text)
    assert list(patterns.people(chart, [t.text == "Lima" for t in chart.doc])) == []


def test_people_before_an_apposition_with_a_title():
    chart = flat(
        "we heard Rosa Ibarra , a professor at a college , and Ola Berg , a cyclist , speak"
    )
    found = texts(chart, patterns.people(chart, [False] * len(chart.doc)))
    assert found == [("Rosa Ibarra", "Person")]


def test_surnames_after_the_first_mention_only():
    chart = flat("Ibarra came . Rosa Ibarra spoke . Ibarra left")
    taken = [i in {3, 4} for i in range(len(chart.doc))]
    assert [first for first, *_ in patterns.surnames(chart, {"ibarra": 3}, taken)] == [7]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the Institute for Sea and Coast Studies in Lima", "Institute for Sea and Coast Studies"),
        ("the Lakeside University opened", "Lakeside University"),
        ("the University of the North opened", "University of the North"),
        ("she left the Border Research Centre early", "Border Research Centre"),
    ],
)
def test_institutes(text, name):
    chart = flat(text)
    assert texts(chart, patterns.institutes(chart)) == [(name, "Organization")]


def test_a_head_alone_is_no_institute():
    assert list(patterns.institutes(flat("the University opened"))) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the Chilean Foreign Ministry spoke", "Chilean Foreign Ministry"),
        ("the Ministry of Trade and Energy spoke", "Ministry of Trade and Energy"),
        ("the South Korean Supreme Court spoke", "South Korean Supreme Court"),
        ("today the Federal Council met", "Federal Council"),
    ],
)
def test_bodies(text, name):
    chart = flat(text)
    assert texts(chart, patterns.bodies(chart)) == [(name, "GovernmentBody")]


def test_a_body_is_not_named_across_paragraphs():
    assert list(patterns.bodies(flat("they left Harbour\n\nPolice spoke"))) == []


def test_where_a_persons_name_ends_that_the_model_cut():
    chart = flat("we met Jean - Luc Durand there")
    assert patterns.name_end(chart, 2, 2) == 5


def test_where_a_name_ends_before_a_title():
    chart = flat("the Lakeside Club President Rosa Ibarra")
    assert patterns.before_title(chart, 1, 5) == 2
    assert patterns.before_title(chart, 1, 2) == 2
