"""Entities of referents: office holders by name, office and date; names of their own; scope."""

from __future__ import annotations

import pytest
from parses import extract, extractor, flat


def entities(text, published="2020-05-05", people=""):
    """Return the identifier and class of each entity in a text without syntax."""
    found = extractor().extract(flat(text, published=published, people=people).parse)
    return {(e.id, e.kind) for e in found.entities}


MACRON = ("person/emmanuel-macron", "Official")
PUTIN = ("person/vladimir-putin", "Official")


def test_a_surname_is_linked_by_its_office_and_the_date():
    assert entities("President Macron spoke .") == {MACRON}


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("President Macron spoke .", "2015-05-05"),  # not yet in office
        ("President Macron spoke .", ""),  # when?
        ("Prime Minister Macron spoke .", "2020-05-05"),  # another office
        ("Chilean President Macron spoke .", "2020-05-05"),  # another country
        ("Mr Macron spoke .", "2020-05-05"),  # no office
    ],
)
def test_a_surname_is_not_linked_without_agreement(text, published):
    found = {id for id, _ in entities(text, published, people="Macron") if "macron" in id}
    assert found == {"unlinked/person/macron"}


def test_the_country_stands_in_for_the_date():
    assert entities("Russian President Putin spoke .", published="") == {
        ("country/RU", "Country"),
        PUTIN,
    }


def test_an_office_held_twice_is_linked_between_as_the_other():
    assert entities("President Putin spoke .", published="2005-05-05") == {PUTIN}
    assert PUTIN not in entities("President Putin spoke .", published="2010-05-05")
    assert entities("Prime Minister Putin spoke .", published="2010-05-05") == {PUTIN}


def test_the_date_chooses_among_holders_of_one_name():
    assert ("person/george-h-w-bush", "Official") in entities("President Bush spoke .", "1990-05")
    assert ("person/george-w-bush", "Official") in entities("President Bush spoke .", "2003-05-05")


def test_a_full_name_needs_no_office_but_no_other_country_either():
    assert entities("Emmanuel Macron spoke .", people="Emmanuel Macron") == {MACRON}
    text = "Chilean President Emmanuel Macron spoke ."
    assert MACRON not in entities(text, people="Emmanuel Macron")


def test_an_unknown_name_has_the_same_identifier_in_every_article():
    for published in ("", "1999"):
        assert ("unlinked/person/rosa-ibarra", "Official") in entities(
            "President Rosa Ibarra spoke .", published
        )


ATTENDED = "Peru/NNP/nsubj/2 attended=attend/VBD/ROOT/0 the/DT/det/4 talks=talk/NNS/obj/2"
IN_OSLO = " in/IN/case/6 Oslo/NNP/nmod/4"
REBELS = "Rebels=rebel/NNS/nsubj/2 criticised=criticise/VBD/ROOT/0 Peru/NNP/obj/2"


def ids(parse, article):
    return {e.id for e in extract(parse, id=article).entities if e.id.startswith("unlinked/")}


@pytest.mark.parametrize("parse", [ATTENDED, ATTENDED + IN_OSLO, REBELS])
def test_what_is_definite_in_one_article_only_is_another_thing_in_the_next(parse):
    assert len(ids(parse, "first")) == 1
    assert ids(parse, "first").isdisjoint(ids(parse, "second"))
    assert ids(parse, "first") == ids(parse, "first")


def test_a_group_with_a_name_of_its_own_is_the_same_in_every_article():
    parse = (
        "Norwegian=norwegian/JJ/amod/2 fishermen=fisherman/NNS/nsubj/3 "
        "criticised=criticise/VBD/ROOT/0 Peru/NNP/obj/3"
    )
    assert ids(parse, "first") == ids(parse, "second") == {"unlinked/group/norwegian-fishermen"}
