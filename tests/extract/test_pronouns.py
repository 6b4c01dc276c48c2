"""Pronouns and "the two sides": resolved where that is safe, and not where it is not."""

from __future__ import annotations

import pytest
from parses import told

CRITICISED = "{0}/PRP/nsubj/2 criticised=criticise/VBD/ROOT/0 Mali/NNP/obj/2 ././punct/2"
MET = (
    "President/NNP/nmod:desc/2 Rosa/NNP/nsubj/4/B-PER Ibarra/NNP/flat/2/I-PER "
    "invited=invite/VBD/ROOT/0 Ola/NNP/obj/4/B-PER Berg/NNP/flat/5/I-PER ././punct/4"
)
MR_AND_MRS = (
    "Mr/NNP/nmod:desc/2 Ola/NNP/nsubj/4/B-PER Berg/NNP/flat/2/I-PER invited=invite/VBD/ROOT/0 "
    "Mrs/NNP/nmod:desc/6 Ada/NNP/obj/4/B-PER Lund/NNP/flat/6/I-PER ././punct/4"
)
VISITED = "Norway/NNP/nsubj/2 visited=visit/VBD/ROOT/0 Peru/NNP/obj/2 ././punct/2"
BOTH = (
    "Peru/NNP/nsubj/4 and/CC/cc/3 Chile/NNP/conj/1 met=meet/VBD/ROOT/0 in/IN/case/6 "
    "Oslo/NNP/obl/4 ././punct/4"
)
BOTH_CLEAR = (
    "Peru/NNP/nsubj/4 and/CC/cc/1 Chile/NNP/conj/1 met=meet/VBD/ROOT/0 in/IN/prep/4 "
    "Oslo/NNP/pobj/5 ././punct/4"
)
PAIR = (
    "The/DT/det/3 two/CD/nummod/3 {}/NNS/nsubj/4 criticised=criticise/VBD/ROOT/0 Mali/NNP/obj/4 "
    "././punct/4"
)


def critics(*sentences, scheme="ud"):
    """Return who criticises Mali in an article of these sentences."""
    lines = told(" || ".join(sentences), scheme=scheme)
    end = " opposes Mali"
    return [line.removesuffix(end) for line in lines if line.endswith(end)]


def test_the_subject_of_the_last_sentence_is_preferred():
    assert critics(VISITED, CRITICISED.format("It=it")) == ["Norway"]
    assert critics(MET, CRITICISED.format("She=she")) == ["Rosa Ibarra"]


@pytest.mark.parametrize(("pronoun", "who"), [("He=he", "Ola Berg"), ("She=she", "Ada Lund")])
def test_gender_decides_where_it_is_known(pronoun, who):
    assert critics(MR_AND_MRS, CRITICISED.format(pronoun)) == [who]


def test_a_person_is_not_it_and_a_country_not_she():
    assert critics(VISITED, CRITICISED.format("She=she")) == []
    assert critics(
        "Rosa/NNP/nsubj/3/B-PER Ibarra/NNP/flat/1/I-PER spoke=speak/VBD/ROOT/0 ././punct/3",
        CRITICISED.format("It=it"),
    ) == []  # fmt: skip


def test_nothing_is_resolved_forwards_or_from_afar():
    silence = "Rain=rain/NN/nsubj/2 fell=fall/VBD/ROOT/0 ././punct/2"
    assert critics(CRITICISED.format("It=it"), VISITED) == []
    assert critics(VISITED, *[silence] * 5, CRITICISED.format("It=it")) == []


def test_two_arguments_of_one_verb_are_two():
    # "Prado spoke. Berg criticised him": about Prado, though Berg is nearer
    berg = (
        "Ola/NNP/nsubj/3/B-PER Berg/NNP/flat/1/I-PER criticised=criticise/VBD/ROOT/0 "
        "him=he/PRP/obj/3 ././punct/3"
    )
    prado = "Luis/NNP/nsubj/3/B-PER Prado/NNP/flat/1/I-PER spoke=speak/VBD/ROOT/0 ././punct/3"
    assert told(berg) == []
    assert told(f"{prado} || {berg}") == ["Ola Berg opposes Luis Prado"]


def test_they_are_those_named_together():
    assert critics(BOTH, CRITICISED.format("They=they")) == ["Peru + Chile"]


@pytest.mark.parametrize("noun", ["sides=side", "countries=country"])
@pytest.mark.parametrize(("scheme", "both"), [("ud", BOTH), ("clearnlp", BOTH_CLEAR)])
def test_the_two_sides_are_those_named_together(scheme, both, noun):
    pair = PAIR.format(noun).replace("/obj/", "/dobj/" if scheme == "clearnlp" else "/obj/")
    assert critics(both, pair, scheme=scheme) == ["Peru + Chile"]


def test_the_two_sides_are_else_the_last_two_of_their_kind():
    assert critics(VISITED, PAIR.format("sides=side")) == ["Norway + Peru"]
    assert critics(MR_AND_MRS, PAIR.format("leaders=leader")) == ["Ola Berg + Ada Lund"]


def test_two_sides_need_two():
    parse = "Norway/NNP/nsubj/2 slept=sleep/VBD/ROOT/0 ././punct/2"
    assert critics(parse, PAIR.format("sides=side")) == []


def test_two_other_things_are_a_group():
    assert critics(VISITED, PAIR.format("fishermen=fisherman")) == ["two fishermen"]


def test_its_owner_acts():
    parse = (
        "Its=its/PRP$/nmod:poss/2 criticism/NN/nsubj/5 of/IN/case/4 Mali/NNP/nmod/2 "
        "continued=continue/VBD/ROOT/0 ././punct/5"
    )
    assert critics(VISITED, parse) == ["Norway"]


# -- first person ------------------------------------------------------------------------------

SAID = (
    '"/``/punct/3 {}/PRP/nsubj/3 criticise/VBP/ccomp/{verb} Mali/NNP/obj/3 ,/,/punct/3 '
    "\"/''/punct/3 "
)
BERG = "Ola/NNP/nsubj/9/B-PER Berg/NNP/flat/7/I-PER said=say/VBD/ROOT/0 ././punct/9"
MINISTER = (
    "Norway/NNP/nmod:poss/10 's/POS/case/7 foreign/JJ/amod/10 minister/NN/nsubj/14 ,/,/punct/12 "
    "Ola/NNP/appos/10/B-PER Berg/NNP/flat/12/I-PER said=say/VBD/ROOT/0 ././punct/14"
)


def test_i_is_the_speaker():
    found = told(SAID.format("I=I", verb=9) + BERG)
    assert "Ola Berg opposes Mali | says Ola Berg" in found


def test_we_of_an_office_holder_is_what_he_holds_office_of():
    found = told(SAID.format("We=we", verb=14) + MINISTER)
    assert "Norway opposes Mali | says Ola Berg" in found


def test_i_outside_quotations_is_nobody():
    assert critics(VISITED, CRITICISED.format("I=I")) == []


def test_it_is_the_body_that_somebody_speaks_for():
    said = (
        "Ola/NNP/nsubj/9/B-PER Berg/NNP/flat/1/I-PER ,/,/punct/4 spokesman/NN/appos/1 of/IN/case/7 "
        "the/DT/det/7 UN/NNP/nmod/4 ,/,/punct/1 said=say/VBD/ROOT/0 it/PRP/nsubj/12 "
        "had=have/VBD/aux/12 criticised=criticise/VBN/ccomp/9 Mali/NNP/obj/12"
    )
    lines = told(VISITED + " || " + said)
    assert "United Nations opposes Mali | says Ola Berg" in lines
