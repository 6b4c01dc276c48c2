"""Whether an act happened, is planned, possible or proposed, and whether it is denied."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parses import article, told

from kg.extract.modality import Judge, Mood
from kg.extract.slots import Syntax
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
        ["Peru + Chile meets | planned"],
    ),
    "cancelled talks": (
        "Peru/NNP/nsubj/2 cancelled=cancel/VBD/ROOT/0 its/PRP$/nmod:poss/4 talks=talk/NNS/obj/2 "
        "with/IN/case/6 Chile/NNP/nmod/4",
        ["Peru meets Chile | not"],
    ),
    "talks will be held": (
        "Talks=talk/NNS/nsubj:pass/8 between/IN/case/3 Peru/NNP/nmod/1 and/CC/cc/5 "
        "Chile/NNP/conj/3 will/MD/aux/8 be/VB/aux:pass/8 held=hold/VBN/ROOT/0",
        ["Peru + Chile meets | planned"],
    ),
    "talks were not held": (
        "Talks=talk/NNS/nsubj:pass/8 between/IN/case/3 Peru/NNP/nmod/1 and/CC/cc/5 "
        "Chile/NNP/conj/3 were=be/VBD/aux:pass/8 not/RB/advmod/8 held=hold/VBN/ROOT/0",
        ["Peru + Chile meets | not"],
    ),
    "neither ... nor, subjects": (
        "Neither/CC/cc:preconj/2 Peru/NNP/nsubj/5 nor/CC/cc/4 Chile/NNP/conj/2 "
        "visited=visit/VBD/ROOT/0 Norway/NNP/obj/5",
        ["Peru + Chile visits Norway | not"],
    ),
    "neither ... nor, objects": (
        "Peru/NNP/nsubj/2 visited=visit/VBD/ROOT/0 neither/CC/cc:preconj/4 Chile/NNP/obj/2 "
        "nor/CC/cc/6 Norway/NNP/conj/4",
        ["Peru visits Chile + Norway | not"],
    ),
    "neither ... nor, verbs": (
        "Peru/NNP/nsubj/3 neither/CC/cc:preconj/3 invited=invite/VBD/ROOT/0 nor/CC/cc/5 "
        "criticised=criticise/VBD/conj/3 Chile/NNP/obj/5",
        ["Peru invites Chile | not", "Peru opposes Chile | not"],
    ),
    "nor after not": (
        "Peru/NNP/nsubj/4 did=do/VBD/aux/4 not/RB/advmod/4 invite/VB/ROOT/0 Chile/NNP/obj/4 "
        "nor/CC/cc/7 visit/VB/conj/4 Norway/NNP/obj/7",
        ["Peru invites Chile | not", "Peru visits Norway | not"],
    ),
    "not only": (
        "Peru/NNP/nsubj/4 not/RB/advmod/4 only/RB/advmod/4 invited=invite/VBD/ROOT/0 "
        "Chile/NNP/obj/4",
        ["Peru invites Chile"],
    ),
    "but not": (
        "Peru/NNP/nsubj/5 but/CC/cc/4 not/RB/advmod/4 Chile/NNP/conj/1 "
        "visited=visit/VBD/ROOT/0 Norway/NNP/obj/5",
        ["Peru visits Norway"],
    ),
    "but not only": (
        "Peru/NNP/nsubj/6 but/CC/cc/5 not/RB/advmod/5 only/RB/advmod/5 Chile/NNP/conj/1 "
        "visited=visit/VBD/ROOT/0 Norway/NNP/obj/6",
        ["Peru + Chile visits Norway"],
    ),
    "no subject of a passive": (
        "No/DT/det/2 agreement/NN/nsubj:pass/4 was=be/VBD/aux:pass/4 signed=sign/VBN/ROOT/0 "
        "by/IN/case/6 Peru/NNP/obl:agent/4",
        ["Peru signs | not"],
    ),
    "had he gone": (
        "Had=have/VBD/aux/3 Peru/NNP/nsubj/3 visited=visit/VBN/advcl/7 Chile/NNP/obj/3 "
        "Norway/NNP/nsubj/7 would/MD/aux/7 cheer/VB/ROOT/0",
        ["Peru visits Chile | possible"],
    ),
    "never had he gone": (
        "Never/RB/advmod/4 had=have/VBD/aux/4 Peru/NNP/nsubj/4 visited=visit/VBN/ROOT/0 "
        "Chile/NNP/obj/4",
        ["Peru visits Chile | not"],
    ),
    "was to be done": (
        "Chile/NNP/nsubj:pass/5 was=be/VBD/aux/5 to/TO/mark/5 be/VB/aux:pass/5 "
        "visited=visit/VBN/ROOT/0 by/IN/case/7 Peru/NNP/obl:agent/5",
        ["Peru visits Chile | planned"],
    ),
    "ruled out doing": (
        "Peru/NNP/nsubj/2 ruled=rule/VBD/ROOT/0 out/RP/compound:prt/2 "
        "visiting=visit/VBG/xcomp/2 Chile/NNP/obj/4",
        ["Peru rejects", "Peru visits Chile | not"],
    ),
    "not ruled out doing": (
        "Peru/NNP/nsubj/4 has=have/VBZ/aux/4 not/RB/advmod/4 ruled=rule/VBN/ROOT/0 "
        "out/RP/mark/6 visiting=visit/VBG/advcl/4 Chile/NNP/obj/6",
        ["Peru visits Chile | possible"],
    ),
    "not denied": (
        "Peru/NNP/nsubj/4 has=have/VBZ/aux/4 not/RB/advmod/4 denied=deny/VBN/ROOT/0 "
        "visiting=visit/VBG/xcomp/4 Chile/NNP/obj/5",
        ["Peru denies | not", "Peru visits Chile | possible | says Peru"],
    ),
    "rejected a call by another to do": (
        "Peru/NNP/nsubj/2 rejected=reject/VBD/ROOT/0 a/DT/det/4 call/NN/obj/2 by/IN/case/6 "
        "Chile/NNP/nmod/4 to/TO/mark/8 visit/VB/advcl/2 Norway/NNP/obj/8",
        ["Chile urges", "Peru rejects", "Peru visits Norway | proposed"],
    ),
    "used a call to do": (
        "Peru/NNP/nsubj/2 used=use/VBD/ROOT/0 a/DT/det/4 call/NN/obj/2 to/TO/mark/6 "
        "criticise/VB/advcl/2 Norway/NNP/obj/6",
        ["Peru opposes Norway"],
    ),
    "does not think": (
        "Norway/NNP/nsubj/4 does=do/VBZ/aux/4 not/RB/advmod/4 think/VB/ROOT/0 Peru/NNP/nsubj/6 "
        "visited=visit/VBD/ccomp/4 Chile/NNP/obj/6",
        ["Norway commentsOn | not", "Peru visits Chile | not | says Norway"],
    ),
    "thinks": (
        "Norway/NNP/nsubj/2 thinks=think/VBZ/ROOT/0 Peru/NNP/nsubj/4 visited=visit/VBD/ccomp/2 "
        "Chile/NNP/obj/4",
        ["Norway commentsOn", "Peru visits Chile | says Norway"],
    ),
    "unlikely that": (
        "It/PRP/expl/3 is=be/VBZ/cop/3 unlikely/JJ/ROOT/0 that/IN/mark/6 Peru/NNP/nsubj/6 "
        "visited=visit/VBD/csubj/3 Chile/NNP/obj/6",
        ["Peru visits Chile | possible"],
    ),
    "not true that": (
        "It/PRP/expl/4 is=be/VBZ/cop/4 not/RB/advmod/4 true/JJ/ROOT/0 that/IN/mark/7 "
        "Peru/NNP/nsubj/7 visited=visit/VBD/ccomp/4 Chile/NNP/obj/7",
        ["Peru visits Chile | not"],
    ),
    "impossible for": (
        "It/PRP/expl/3 was=be/VBD/cop/3 impossible/JJ/ROOT/0 for/IN/mark/7 Peru/NNP/nsubj/7 "
        "to/TO/mark/7 visit/VB/csubj/3 Chile/NNP/obj/7",
        ["Peru visits Chile | not"],
    ),
    "vital that": (
        "It/PRP/expl/3 is=be/VBZ/cop/3 vital/JJ/ROOT/0 that/IN/mark/6 Peru/NNP/nsubj/6 "
        "visits=visit/VBZ/csubj/3 Chile/NNP/obj/6",
        ["Peru visits Chile | proposed"],
    ),
    "no evidence that": (
        "There/EX/expl/2 is=be/VBZ/ROOT/0 no/DT/det/4 evidence/NN/nsubj/2 that/IN/mark/7 "
        "Peru/NNP/nsubj/7 visited=visit/VBD/acl/4 Chile/NNP/obj/7",
        ["Peru visits Chile | possible"],
    ),
    "evidence that": (
        "The/DT/det/2 evidence/NN/nsubj/7 that/IN/mark/5 Peru/NNP/nsubj/5 "
        "visited=visit/VBD/acl/2 Chile/NNP/obj/5 grows=grow/VBZ/ROOT/0",
        ["Peru visits Chile"],
    ),
    "nobody adopted the resolution": (
        "Peru/NNP/nsubj/4 did=do/VBD/aux/4 not/RB/advmod/4 adopt/VB/ROOT/0 a/DT/det/6 "
        "resolution/NN/obj/4 condemning=condemn/VBG/acl/6 Chile/NNP/obj/7",
        ["Peru opposes Chile | not", "Peru signs | not"],
    ),
    "has yet to": (
        "Peru/NNP/nsubj/5 has=have/VBZ/aux/5 yet/RB/advmod/5 to/TO/mark/5 visit/VB/ROOT/0 "
        "Chile/NNP/obj/5",
        ["Peru visits Chile | not"],
    ),
    "no longer": (
        "Peru/NNP/nsubj/4 no/RB/advmod/3 longer=long/RBR/advmod/4 supports=support/VBZ/ROOT/0 "
        "Chile/NNP/obj/4",
        ["Peru supports Chile | not"],
    ),
    "almost": (
        "Peru/NNP/nsubj/3 almost/RB/advmod/3 invited=invite/VBD/ROOT/0 Chile/NNP/obj/3",
        ["Peru invites Chile | not"],
    ),
    "unable to": (
        "Peru/NNP/nsubj/3 was=be/VBD/cop/3 unable/JJ/ROOT/0 to/TO/mark/5 visit/VB/xcomp/3 "
        "Chile/NNP/obj/5",
        ["Peru visits Chile | not"],
    ),
    "about to": (
        "Peru/NNP/nsubj/3 was=be/VBD/cop/3 about/JJ/ROOT/0 to/TO/mark/5 attack/VB/xcomp/3 "
        "Chile/NNP/obj/5",
        ["Peru attacks Chile | planned"],
    ),
    "instead of": (
        "Instead/RB/mark/3 of/IN/fixed/1 visiting=visit/VBG/advcl/6 Chile/NNP/obj/3 "
        "Peru/NNP/nsubj/6 visited=visit/VBD/ROOT/0 Norway/NNP/obj/6",
        ["Peru visits Chile | not", "Peru visits Norway"],
    ),
    "question": (
        "Was=be/VBD/aux/3 Peru/NNP/nsubj/3 supporting=support/VBG/ROOT/0 Chile/NNP/obj/3 "
        "?/./punct/3",
        ["Peru supports Chile | possible"],
    ),
    "question why": (
        "Why/WRB/advmod/4 did=do/VBD/aux/4 Peru/NNP/nsubj/4 support/VB/ROOT/0 Chile/NNP/obj/4 "
        "?/./punct/4",
        ["Peru supports Chile"],
    ),
    "hosted no talks": (
        "Norway/NNP/nsubj/2 hosted=host/VBD/ROOT/0 no/DT/det/4 talks=talk/NNS/obj/2 "
        "between/IN/case/6 Peru/NNP/nmod/4 and/CC/cc/8 Chile/NNP/conj/6",
        ["Norway hosts talks between Peru and Chile | not", "Peru + Chile meets | not"],
    ),
    "denied the accusation of": (
        "Peru/NNP/nsubj/2 denied=deny/VBD/ROOT/0 the/DT/det/4 accusation/NN/obj/2 of/IN/mark/6 "
        "attacking=attack/VBG/acl/4 Chile/NNP/obj/6",
        ["Peru attacks Chile | not | says Peru", "Peru denies"],
    ),
    "denied reports that": (
        "Norway/NNP/nsubj/2 denied=deny/VBD/ROOT/0 reports=report/NNS/obj/2 that/IN/mark/6 "
        "Peru/NNP/nsubj/6 visited=visit/VBD/acl/3 Chile/NNP/obj/6",
        ["Norway denies", "Peru visits Chile | not | says Norway"],
    ),
    "did not deny reports that": (
        "Norway/NNP/nsubj/4 did=do/VBD/aux/4 not/RB/advmod/4 deny/VB/ROOT/0 "
        "reports=report/NNS/obj/4 that/IN/mark/8 Peru/NNP/nsubj/8 visited=visit/VBD/acl/5 "
        "Chile/NNP/obj/8",
        ["Norway denies | not", "Peru visits Chile | possible | says Norway"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SENTENCES)
def test_mood(name):
    parse, expected = SENTENCES[name]
    moods = [line.split(" | about")[0] for line in told(parse)]
    assert moods == expected


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
        ["Peru + Chile meets | planned"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CLEARNLP)
def test_mood_in_the_other_label_scheme(name):
    parse, expected = CLEARNLP[name]
    assert [line.split(" | about")[0] for line in told(parse, scheme="clearnlp")] == expected


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
