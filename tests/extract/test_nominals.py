"""Descriptions of what the article has named, public bodies, and words that point back."""

from __future__ import annotations

import pytest
from parses import extract, told

# Radio Sur, a network, criticised Mali.
NAMED = (
    "Radio/NNP/nmod:desc/2/B-ORG Sur/NNP/nsubj/7/I-ORG ,/,/punct/5 a/DT/det/5 "
    "network/NN/appos/2 ,/,/punct/2 criticised=criticise/VBD/ROOT/0 Mali/NNP/obj/7 "
)
ABBEY = (
    "Abbey/NNP/nmod:desc/2/B-ORG Foundation/NNP/nsubj/3/I-ORG "
    "criticised=criticise/VBD/ROOT/0 Mali/NNP/obj/3"
)
PERU = "Peru/NNP/nsubj/2 criticised=criticise/VBD/ROOT/0 Mali/NNP/obj/2"


def attacked(*words):
    """Return the statements when `words`, the last one its head, then praise Togo."""
    head, verb = len(words), len(words) + 1
    tokens = [f"{w}/{head}" for w in words[:-1]] + [f"{words[-1]}/nsubj/{verb}"]
    return " ".join([*tokens, f"praised=praise/VBD/ROOT/0 Togo/NNP/obj/{verb}"])


def test_a_noun_that_introduced_a_name_stands_for_it_later():
    found = told(NAMED + " || " + attacked("The/DT/det", "network/NN"))
    assert found[-1] == "Radio Sur supports Togo"


def test_a_noun_of_the_name_stands_for_it_later():
    found = told(ABBEY + " || " + attacked("The/DT/det", "foundation/NN"))
    assert found[-1] == "Abbey Foundation supports Togo"


def test_a_noun_of_its_class_stands_for_the_only_one_named():
    assert told(ABBEY + " || " + attacked("The/DT/det", "charity/NN"))[-1] == (
        "Abbey Foundation supports Togo"
    )
    two = ABBEY.replace("Mali/NNP/obj/3", "Mali/NNP/obj/3 and/CC/cc/6 Orbis/NNP/conj/4/B-ORG")
    assert len(told(two + " || " + attacked("The/DT/det", "charity/NN"))) == 1


@pytest.mark.parametrize(
    "words", [("A/DT/det", "charity/NN"), ("The/DT/det", "other/JJ/amod", "charity/NN")]
)
def test_a_new_one_is_not_the_one_named(words):
    assert not any(
        "Abbey Foundation supports" in line for line in told(ABBEY + " || " + attacked(*words))
    )


def test_the_government_is_that_of_the_only_country_spoken_of():
    parse = "Peru/NNP/nsubj/2 slept=sleep/VBD/ROOT/0 || " + attacked("The/DT/det", "government/NN")
    assert told(parse) == ["Peru supports Togo"]
    both = PERU + " || " + attacked("The/DT/det", "government/NN")
    assert told(both) == ["Peru opposes Mali"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("The/DT/det", "Chilean/JJ/amod", "military/NN"), "Chilean military"),
        (("The/DT/det", "Chilean/JJ/amod", "supreme/JJ/amod", "court/NN"), "Chilean supreme court"),
        (("Chile/NNP/nmod:poss", "parliament/NN"), "Chile parliament"),
    ],
)
def test_bodies_in_lower_case_are_those_of_their_country(words, name):
    (statement,) = extract(attacked(*words)).statements
    assert [(a.kind, a.name) for a in statement.agents] == [("GovernmentBody", name)]


def test_a_name_told_again_with_a_small_head_is_the_same():
    first = (
        "Blue/NNP/compound/2/B-ORG Party/NNP/nsubj/3/I-ORG "
        "criticised=criticise/VBD/ROOT/0 Mali/NNP/obj/3"
    )
    again = (
        "The/DT/det/3 Blue/NNP/compound/3 party/NN/nsubj/4 praised=praise/VBD/ROOT/0 Togo/NNP/obj/4"
    )
    assert told(first + " || " + again) == ["Blue Party opposes Mali", "Blue Party supports Togo"]


# -- what is said in writing, and by whom --------------------------------------------------------


def test_a_document_says_what_its_author_says():
    parse = (
        "Chile/NNP/nmod:poss/3 's/POS/case/1 statement/NN/nsubj/4 criticised=criticise/VBD/ROOT/0 "
        "Mali/NNP/obj/4"
    )
    assert told(parse)[-1] == "Chile opposes Mali"
    from_peru = (
        "A/DT/det/2 letter/NN/nsubj/5 from/IN/case/4 Peru/NNP/nmod/2 "
        "criticised=criticise/VBD/ROOT/0 Mali/NNP/obj/5"
    )
    assert told(from_peru)[-1] == "Peru opposes Mali"


WE = "We/PRP/nsubj/2 condemn/VBP/ROOT/0 Mali/NNP/obj/2"


@pytest.mark.parametrize(
    ("outlet", "lines"),
    [
        ("UK Government", ["United Kingdom opposes Mali"]),
        ("The White House", ["United States opposes Mali"]),
        ("European Union", ["European Union opposes Mali"]),
        ("BBC", []),
        ("The American", []),
        ("Israel House", []),
        ("", []),
    ],
)
def test_we_in_an_official_statement_is_who_publishes_it(outlet, lines):
    assert told(WE, outlet=outlet) == lines


def test_i_in_an_official_statement_is_whose_statement_it_is():
    parse = "I/PRP/nsubj/2 condemn/VBP/ROOT/0 Mali/NNP/obj/2"
    title = "Statement by President Joe Biden on Mali"
    assert told(parse, outlet="The White House", title=title) == ["Joe Biden opposes Mali"]
    (agent,) = extract(parse, outlet="The White House", title=title).statements[0].agents
    assert agent.id.startswith("person/")
    assert told(parse, outlet="The White House", title="On Mali") == []


# -- words that point back ------------------------------------------------------------------------

ASKED = (
    "Peru/NNP/nsubj/2 asked=ask/VBD/ROOT/0 Chile/NNP/obj/2 to/TO/mark/5 attack/VB/xcomp/2 "
    "Mali/NNP/obj/5"
)


def test_a_refused_request_is_refused_to_those_who_made_it():
    refused = "Chile/NNP/nsubj/2 rejected=reject/VBD/ROOT/0 the/DT/det/4 request/NN/obj/2"
    (*_, statement) = extract(ASKED + " || " + refused).statements
    assert statement.relation == "rejects"
    assert [t.name for t in statement.targets] == ["Peru"]


def test_a_remark_on_the_move_is_about_what_was_told_before():
    said = (
        "Togo/NNP/nsubj/2 said=say/VBD/ROOT/0 the/DT/det/4 move/NN/nsubj/6 was=be/VBD/cop/6 "
        "wrong/JJ/ccomp/2"
    )
    (*_, statement) = extract(PERU + " || " + said).statements
    assert statement.relation == "commentsOn"
    assert [a.name for a in statement.about] == ["Mali"]
    vague = said.replace("the/DT/det/4 move/NN", "a/DT/det/4 move/NN")
    (*_, statement) = extract(PERU + " || " + vague).statements
    assert statement.about == ()


def test_a_meeting_is_about_what_it_is_held_for():
    parse = (
        "Peru/NNP/nsubj/2 met=meet/VBD/ROOT/0 Chile/NNP/obj/2 to/TO/mark/5 discuss/VB/advcl/2 "
        "Mali/NNP/obj/5"
    )
    assert any(line.startswith("Peru meets Chile | about Mali") for line in told(parse))
