"""Things without a name: troops, officials, groups, institutions, events and agreements."""

from __future__ import annotations

import pytest
from parses import extract, told

ACTED = "{} criticised=criticise/VBD/ROOT/0 Mali/NNP/obj/{verb} ././punct/{verb}"


def critic(*words):
    """Return who criticises Mali when `words` are the subject, the last one its head."""
    head, verb = len(words), len(words) + 1
    tokens = [f"{w}/{head}" for w in words[:-1]] + [f"{words[-1]}/nsubj/{verb}"]
    (line,) = told(ACTED.format(" ".join(tokens), verb=verb))
    return line.removesuffix(" opposes Mali")


@pytest.mark.parametrize("noun", ["troops=troop/NNS", "warships=warship/NNS"])
def test_a_states_own_forces_are_the_state(noun):
    assert critic("Norwegian=norwegian/JJ/amod", noun) == "Norway"


@pytest.mark.parametrize("noun", ["government/NN", "side/NN", "administration/NN"])
def test_its_government_is_the_state(noun):
    assert critic("the/DT/det", "Norwegian=norwegian/JJ/amod", noun) == "Norway"


def test_the_american_administration_is_the_white_house():
    words = ("the/DT/det", "American=american/JJ/amod", "administration/NN")
    assert critic(*words) == "White House"


def test_officials_are_a_group_of_their_own():
    words = ("Two=two/CD/nummod", "Norwegian=norwegian/JJ/amod", "officials=official/NNS")
    assert critic(*words) == "Two Norwegian officials"


def test_groups_of_one_description_are_one():
    farmers = "Angry=angry/JJ/amod/2 farmers=farmer/NNS/nsubj/3"
    parse = " || ".join(ACTED.format(farmers, verb=3) for _ in range(2))
    agents = {s.agents for s in extract(parse).statements}
    assert [(a.kind, a.name) for (a,) in agents] == [("Group", "Angry farmers")]


def test_what_no_statement_needs_is_left_out():
    parse = "Angry=angry/JJ/amod/2 farmers=farmer/NNS/nsubj/3 slept=sleep/VBD/ROOT/0"
    assert extract(parse).entities == ()


# -- offices -------------------------------------------------------------------------------------

VISITED = (
    "President/NNP/nmod:desc/2 Rosa/NNP/nsubj/4/B-PER Ibarra/NNP/flat/2/I-PER "
    "visited=visit/VBD/ROOT/0 Peru/NNP/obj/4 ././punct/4"
)


def test_the_president_is_the_last_one_named():
    parse = VISITED + " || " + ACTED.format("The/DT/det/2 president/NN/nsubj/3", verb=3)
    assert "Rosa Ibarra opposes Mali" in told(parse)


def test_a_president_not_yet_named_is_nobody():
    parse = ACTED.format("The/DT/det/2 president/NN/nsubj/3", verb=3) + " || " + VISITED
    assert [line for line in told(parse) if "Mali" in line] == []


def test_another_countrys_president_is_somebody_else():
    chilean = "Chilean=chilean/JJ/amod/2 president/NN/nsubj/3"
    named = (
        "Bolivian=bolivian/JJ/amod/2 president/NN/nmod:desc/3 Rosa/NNP/nsubj/5/B-PER "
        "Ibarra/NNP/flat/3/I-PER visited=visit/VBD/ROOT/0 Peru/NNP/obj/5 ././punct/5"
    )
    text = named + " || " + ACTED.format(chilean, verb=3)
    dated = extract(text, published="2025-05-14")
    assert [s.agents[0].id for s in dated.statements if s.relation == "opposes"] == [
        "person/gabriel-boric"
    ]
    found = extract(text, published="")
    (act,) = (s for s in found.statements if s.relation == "opposes")
    assert [(a.kind, a.name) for a in act.agents] == [("Official", "Chilean president")]
    assert [(p.title, p.of.id) for p in found.positions if p.of and p.holder in act.agents] == [
        ("president", "country/CL")
    ]


def test_the_ministry_is_the_one_named_before():
    named = (
        "The/DT/det/4 Chilean/NNP/amod/4 Foreign/NNP/amod/4 Ministry/NNP/nsubj/5 "
        "invited=invite/VBD/ROOT/0 Peru/NNP/obj/5 ././punct/5"
    )
    parse = named + " || " + ACTED.format("The/DT/det/2 ministry/NN/nsubj/3", verb=3)
    acts = sorted(extract(parse).statements, key=lambda s: s.relation)
    assert [s.relation for s in acts] == ["invites", "opposes"]
    assert acts[0].agents == acts[1].agents
    assert acts[0].agents[0].id == "organization/foreign-ministry-CL"


# -- events ----------------------------------------------------------------------------------------

HOSTED = (
    "Peru/NNP/nsubj/2 hosted=host/VBD/ROOT/0 a/DT/det/4 summit/NN/obj/2 with/IN/case/6 "
    "Chile/NNP/nmod/4 ././punct/2"
)
ATTENDED = "Togo/NNP/nsubj/2 attended=attend/VBD/ROOT/0 {} ././punct/2"
THE_SUMMIT = "the/DT/det/4 summit/NN/obj/2"
OF_GHANA = THE_SUMMIT + " with/IN/case/6 Ghana/NNP/nmod/4"


def events(parse):
    return {e.name for e in extract(parse).entities if e.kind == "Meeting"}


def test_an_event_is_named_by_its_fullest_description():
    assert events(HOSTED) == {"summit with Chile"}


def test_the_summit_is_the_one_spoken_of():
    assert events(HOSTED + " || " + ATTENDED.format(THE_SUMMIT)) == {"summit with Chile"}


def test_a_summit_with_others_is_another():
    both = {"summit with Chile", "summit with Ghana"}
    assert events(HOSTED + " || " + ATTENDED.format(OF_GHANA)) == both


def test_a_press_conference_is_no_meeting():
    press = "a/DT/det/5 press/NN/compound/5 conference/NN/obj/2"
    assert events(ATTENDED.format(press)) == set()


@pytest.mark.parametrize(
    ("noun", "kind"),
    [
        ("talks=talk/NNS", "Meeting"),
        ("visit/NN", "Visit"),
        ("election/NN", "Election"),
        ("war/NN", "Conflict"),
        ("exercise/NN", "Event"),
        ("treaty/NN", "Agreement"),
    ],
)
def test_kinds_of_events(noun, kind):
    (statement,) = extract(
        f"Togo/NNP/nsubj/2 praised=praise/VBD/ROOT/0 the/DT/det/4 {noun}/obj/2"
    ).statements
    assert [e.kind for e in (*statement.targets, *statement.about)] == [kind]


# -- places, governments, spokespersons, groups told again ----------------------------------------


def acts(parse):
    """Return agents, relation and objects of each statement."""
    return [
        (
            [a.name for a in s.agents],
            s.relation,
            [(e.kind, e.name) for e in (*s.targets, *s.about)],
        )
        for s in extract(parse).statements
    ]


def test_a_place_is_known_by_description():
    parse = (
        "Chile/NNP/nsubj/2 attacked=attack/VBD/ROOT/0 the/DT/det/5 old/JJ/amod/5 airbase/NN/obj/2 "
        "|| Peru/NNP/nsubj/2 visited=visit/VBD/ROOT/0 the/DT/det/4 airbase/NN/obj/2"
    )
    assert acts(parse) == [
        (["Chile"], "attacks", [("Place", "old airbase")]),
        (["Peru"], "visits", [("Place", "old airbase")]),
    ]


def test_the_region_of_a_place_is_the_place():
    parse = (
        "Chile/NNP/nsubj/2 attacked=attack/VBD/ROOT/0 the/DT/det/5 Gaza/NNP/compound/5 "
        "region/NN/obj/2"
    )
    assert acts(parse) == [(["Chile"], "attacks", [("Place", "Gaza")])]
    town = parse.replace("Gaza/NNP/compound/5 region/NN/obj/2", "old/JJ/amod/5 town/NN/obj/2")
    town += " of/IN/case/7 Gaza/NNP/nmod/5"
    assert acts(town) == [(["Chile"], "attacks", [("Place", "Gaza")])]


def test_the_region_by_itself_is_no_place_in_particular():
    parse = "Chile/NNP/nsubj/2 attacked=attack/VBD/ROOT/0 the/DT/det/4 region/NN/obj/2"
    assert acts(parse) == []


def test_the_government_of_a_country_is_the_country():
    words = ("the/DT/det/2", "Government/NNP/nsubj/5", "of/IN/case/4", "Peru/NNP/nmod/2")
    parse = " ".join(words) + " criticised=criticise/VBD/ROOT/0 Mali/NNP/obj/5"
    assert told(parse) == ["Peru opposes Mali"]


def test_a_spokesman_without_a_name_is_somebody_a_resident_is_not():
    assert critic("A/DT/det", "spokesman/NN") == "spokesman"
    parse = "A/DT/det/2 resident/NN/nsubj/3 criticised=criticise/VBD/ROOT/0 Mali/NNP/obj/3"
    assert told(parse) == []


def test_a_group_told_again_by_its_noun_is_the_same():
    first = ACTED.format("Angry=angry/JJ/amod/2 farmers=farmer/NNS/nsubj/3", verb=3)
    again = ACTED.format("The/DT/det/2 farmers=farmer/NNS/nsubj/3", verb=3)
    agents = {a.name for s in extract(first + " || " + again).statements for a in s.agents}
    assert agents == {"Angry farmers"}
    others = ACTED.format("Other=other/JJ/amod/2 farmers=farmer/NNS/nsubj/3", verb=3)
    agents = {a.name for s in extract(first + " || " + others).statements for a in s.agents}
    assert agents == {"Angry farmers", "Other farmers"}


@pytest.mark.parametrize(
    "words", [("an/DT/det", "army/NN"), ("a/DT/det", "foreign/JJ/amod", "court/NN")]
)
def test_an_army_or_court_of_no_country_is_no_public_body(words):
    parse = "Peru/NNP/nsubj/2 slept=sleep/VBD/ROOT/0 || "
    tokens = [f"{w}/{len(words)}" for w in words[:-1]] + [f"{words[-1]}/nsubj/{len(words) + 1}"]
    parse += ACTED.format(" ".join(tokens), verb=len(words) + 1)
    assert not any(a.kind == "GovernmentBody" for s in extract(parse).statements for a in s.agents)
