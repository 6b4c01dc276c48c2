"""Whether an act happened, is planned, possible or proposed, and whether it is denied."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parses import article, check

from kg.extract.claims.modality import Judge
from kg.extract.claims.moods import Mood
from kg.extract.syntax.slots import Syntax
from kg.records import MODALITIES

SENTENCES = {
    "did not invite": (
        "Peru/NNP/nsubj/4 did=do/VBD/aux/4 not/RB/advmod/4 invite/VB/ROOT/0 Chile/NNP/obj/4",
        ["Peru invites Chile | not"],
    ),
    "didn't invite": (
        "Peru/NNP/nsubj/4 did=do/VBD/aux/4 n't=not/RB/advmod/4 invite/VB/ROOT/0 Chile/NNP/obj/4",
        ["Peru invites Chile | not"],
    ),
    "never": (
        "Peru/NNP/nsubj/3 never/RB/advmod/3 criticised=criticise/VBD/ROOT/0 Chile/NNP/obj/3",
        ["Peru opposes Chile | not"],
    ),
    "not ... or": (
        "Norway/NNP/nsubj/4 did=do/VBD/aux/4 not/RB/advmod/4 criticise/VB/ROOT/0 or/CC/cc/6 "
        "invite/VB/conj/4 Chile/NNP/obj/6",
        ["Norway invites Chile | not", "Norway opposes Chile | not"],
    ),
    "may": (
        "Peru/NNP/nsubj/3 may/MD/aux/3 invite/VB/ROOT/0 Chile/NNP/obj/3",
        ["Peru invites Chile | possible"],
    ),
    "might have": (
        "Peru/NNP/nsubj/4 might/MD/aux/4 have/VB/aux/4 attacked=attack/VBN/ROOT/0 Chile/NNP/obj/4",
        ["Peru attacks Chile | possible"],
    ),
    "cannot": (
        "Peru/NNP/nsubj/4 can/MD/aux/4 not/RB/advmod/4 support/VB/ROOT/0 Chile/NNP/obj/4",
        ["Peru supports Chile | not | possible"],
    ),
    "will": (
        "Peru/NNP/nsubj/3 will/MD/aux/3 visit/VB/ROOT/0 Chile/NNP/obj/3",
        ["Peru visits Chile | planned"],
    ),
    "is going to": (
        "Peru/NNP/nsubj/3 is=be/VBZ/aux/3 going=go/VBG/ROOT/0 to/TO/mark/5 visit/VB/xcomp/3 "
        "Chile/NNP/obj/5",
        ["Peru visits Chile | planned"],
    ),
    "should": (
        "Peru/NNP/nsubj/3 should/MD/aux/3 invite/VB/ROOT/0 Chile/NNP/obj/3",
        ["Peru invites Chile | proposed"],
    ),
    "condition": (
        "If/IN/mark/3 Norway/NNP/nsubj/3 invites=invite/VBZ/advcl/7 Bolivia/NNP/obj/3 "
        "Peru/NNP/nsubj/7 will/MD/aux/7 visit/VB/ROOT/0 Chile/NNP/obj/7",
        ["Norway invites Bolivia | possible", "Peru visits Chile | planned"],
    ),
    "would without a report": (
        "Peru/NNP/nsubj/3 would/MD/aux/3 support/VB/ROOT/0 Chile/NNP/obj/3",
        ["Peru supports Chile | possible"],
    ),
    "without": (
        "Peru/NNP/nsubj/2 criticised=criticise/VBD/ROOT/0 Chile/NNP/obj/2 without/IN/mark/5 "
        "attacking=attack/VBG/advcl/2 Bolivia/NNP/obj/5",
        ["Peru attacks Bolivia | not", "Peru opposes Chile"],
    ),
    "failed to": (
        "Peru/NNP/nsubj/2 failed=fail/VBD/ROOT/0 to/TO/mark/4 invite/VB/xcomp/2 Chile/NNP/obj/4",
        ["Peru invites Chile | not"],
    ),
    "did not fail to": (
        "Peru/NNP/nsubj/4 did=do/VBD/aux/4 not/RB/advmod/4 fail/VB/ROOT/0 to/TO/mark/6 "
        "invite/VB/xcomp/4 Chile/NNP/obj/6",
        ["Peru invites Chile"],
    ),
    "appears to": (
        "Peru/NNP/nsubj/2 appears=appear/VBZ/ROOT/0 to/TO/mark/4 support/VB/xcomp/2 "
        "Chile/NNP/obj/4",
        ["Peru supports Chile | possible"],
    ),
    "is expected to": (
        "Peru/NNP/nsubj:pass/3 is=be/VBZ/aux:pass/3 expected=expect/VBN/ROOT/0 to/TO/mark/5 "
        "visit/VB/xcomp/3 Chile/NNP/obj/5",
        ["Peru visits Chile | possible"],
    ),
    "plans to": (
        "Chile/NNP/nsubj/2 plans=plan/VBZ/ROOT/0 to/TO/mark/4 visit/VB/xcomp/2 Bolivia/NNP/obj/4",
        ["Chile visits Bolivia | planned"],
    ),
    "a plan to": (
        "Chile/NNP/nsubj/2 has=have/VBZ/ROOT/0 plans=plan/NNS/obj/2 to/TO/mark/5 "
        "visit/VB/acl/3 Bolivia/NNP/obj/5",
        ["Chile visits Bolivia | planned"],
    ),
    "wants ... to": (
        "Norway/NNP/nsubj/2 wants=want/VBZ/ROOT/0 Peru/NNP/obj/2 to/TO/mark/5 invite/VB/xcomp/2 "
        "Chile/NNP/obj/5",
        ["Peru invites Chile | proposed"],
    ),
    "coordinated after will": (
        "Peru/NNP/nsubj/3 will/MD/aux/3 visit/VB/ROOT/0 Chile/NNP/obj/3 and/CC/cc/6 "
        "support/VB/conj/3 Bolivia/NNP/obj/6",
        ["Peru supports Bolivia | planned", "Peru visits Chile | planned"],
    ),
    "planned meeting": (
        "A/DT/det/3 planned=plan/VBN/amod/3 meeting/NN/nsubj/8 between/IN/case/5 Peru/NNP/nmod/3 "
        "and/CC/cc/7 Chile/NNP/conj/5 surprised=surprise/VBD/ROOT/0 Bolivia/NNP/obj/8",
        ["Peru + Chile meets | planned | about planned meeting between Peru and Chile"],
    ),
    "cancelled talks": (
        "Peru/NNP/nsubj/2 cancelled=cancel/VBD/ROOT/0 its/PRP$/nmod:poss/4 talks=talk/NNS/obj/2 "
        "with/IN/case/6 Chile/NNP/nmod/4",
        ["Peru meets Chile | not"],
    ),
    "talks will be held": (
        "Talks=talk/NNS/nsubj:pass/8 between/IN/case/3 Peru/NNP/nmod/1 and/CC/cc/5 "
        "Chile/NNP/conj/3 will/MD/aux/8 be/VB/aux:pass/8 held=hold/VBN/ROOT/0",
        ["Peru + Chile meets | planned | about Talks between Peru and Chile"],
    ),
    "talks were not held": (
        "Talks=talk/NNS/nsubj:pass/8 between/IN/case/3 Peru/NNP/nmod/1 and/CC/cc/5 "
        "Chile/NNP/conj/3 were=be/VBD/aux:pass/8 not/RB/advmod/8 held=hold/VBN/ROOT/0",
        ["Peru + Chile meets | not | about Talks between Peru and Chile"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SENTENCES)
def test_mood(name):
    check(name, *SENTENCES[name])


CLEARNLP = {
    "did not invite": (
        "Peru/NNP/nsubj/4 did=do/VBD/aux/4 not/RB/neg/4 invite/VB/ROOT/0 Chile/NNP/dobj/4",
        ["Peru invites Chile | not"],
    ),
    "may": (
        "Peru/NNP/nsubj/3 may/MD/aux/3 invite/VB/ROOT/0 Chile/NNP/dobj/3",
        ["Peru invites Chile | possible"],
    ),
    "failed to": (
        "Peru/NNP/nsubj/2 failed=fail/VBD/ROOT/0 to/TO/aux/4 invite/VB/xcomp/2 Chile/NNP/dobj/4",
        ["Peru invites Chile | not"],
    ),
    "is expected to": (
        "Peru/NNP/nsubjpass/3 is=be/VBZ/auxpass/3 expected=expect/VBN/ROOT/0 to/TO/aux/5 "
        "visit/VB/xcomp/3 Chile/NNP/dobj/5",
        ["Peru visits Chile | possible"],
    ),
    "wants ... to": (
        "Norway/NNP/nsubj/2 wants=want/VBZ/ROOT/0 Peru/NNP/nsubj/5 to/TO/aux/5 invite/VB/ccomp/2 "
        "Chile/NNP/dobj/5",
        ["Peru invites Chile | proposed"],
    ),
    "condition": (
        "If/IN/mark/3 Norway/NNP/nsubj/3 invites=invite/VBZ/advcl/7 Bolivia/NNP/dobj/3 "
        "Peru/NNP/nsubj/7 will/MD/aux/7 visit/VB/ROOT/0 Chile/NNP/dobj/7",
        ["Norway invites Bolivia | possible", "Peru visits Chile | planned"],
    ),
    "talks will be held": (
        "Talks=talk/NNS/nsubjpass/8 between/IN/prep/1 Peru/NNP/pobj/2 and/CC/cc/3 "
        "Chile/NNP/conj/3 will/MD/aux/8 be/VB/auxpass/8 held=hold/VBN/ROOT/0",
        ["Peru + Chile meets | planned | about Talks between Peru and Chile"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CLEARNLP)
def test_mood_in_the_other_label_scheme(name):
    check(name, *CLEARNLP[name], scheme="clearnlp")


@given(st.lists(st.sampled_from(MODALITIES), max_size=6))
def test_a_mood_only_moves_away_from_fact(steps):
    mood = Mood()
    for step in steps:
        mood = mood.under(step, step)
    assert mood.modality == max(["actual", *steps], key=MODALITIES.index)


def test_a_mood_names_the_words_that_decided_it():
    text = SENTENCES["did not fail to"][0]
    mood = Judge(Syntax("ud"), {}).mood(article(text).doc[5])
    assert (mood.modality, mood.negated) == ("actual", False)
    assert mood.because == ("fail", "not")


def test_content_of_a_request_is_proposed_though_its_verb_is_finite():
    # "urged that Peru invites Chile"
    text = (
        "Ghana/NNP/nsubj/2 urged=urge/VBD/ROOT/0 that/IN/mark/5 Peru/NNP/nsubj/5 "
        "invites=invite/VBZ/ccomp/2 Chile/NNP/obj/5"
    )
    judge, doc = Judge(Syntax("ud"), {1: "proposed"}), article(text).doc
    assert judge.mood(doc[4]).modality == "proposed"
    assert Judge(Syntax("ud"), {}).mood(doc[4]).modality == "actual"


def test_the_subject_of_a_request_is_not_its_content():
    # "The visit urged ..." says nothing about the visit's own modality
    text = (
        "Visitors=visitor/NNS/nsubj/4 who/WP/nsubj/3 criticised=criticise/VBD/acl:relcl/1 "
        "urged=urge/VBD/ROOT/0 restraint/NN/obj/4"
    )
    doc = article(text).doc
    assert Judge(Syntax("ud"), {3: "proposed"}).mood(doc[2]).modality == "actual"
