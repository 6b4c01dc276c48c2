"""Words that deny, doubt, ask for or just miss what a clause tells: what is read as a fact."""

from __future__ import annotations

import pytest
from parses import check

SENTENCES = {
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
        ["Peru signs | not | about agreement"],
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
        ["Peru rejects | about Chile", "Peru visits Chile | not"],
    ),
    "not ruled out doing": (
        "Peru/NNP/nsubj/4 has=have/VBZ/aux/4 not/RB/advmod/4 ruled=rule/VBN/ROOT/0 "
        "out/RP/mark/6 visiting=visit/VBG/advcl/4 Chile/NNP/obj/6",
        ["Peru visits Chile | possible"],
    ),
    "not denied": (
        "Peru/NNP/nsubj/4 has=have/VBZ/aux/4 not/RB/advmod/4 denied=deny/VBN/ROOT/0 "
        "visiting=visit/VBG/xcomp/4 Chile/NNP/obj/5",
        ["Peru denies | not | about Chile", "Peru visits Chile | possible | says Peru"],
    ),
    "rejected a call by another to do": (
        "Peru/NNP/nsubj/2 rejected=reject/VBD/ROOT/0 a/DT/det/4 call/NN/obj/2 by/IN/case/6 "
        "Chile/NNP/nmod/4 to/TO/mark/8 visit/VB/advcl/2 Norway/NNP/obj/8",
        ["Chile urges", "Peru rejects | about Chile", "Peru visits Norway | proposed"],
    ),
    "used a call to do": (
        "Peru/NNP/nsubj/2 used=use/VBD/ROOT/0 a/DT/det/4 call/NN/obj/2 to/TO/mark/6 "
        "criticise/VB/advcl/2 Norway/NNP/obj/6",
        ["Peru opposes Norway"],
    ),
    "does not think": (
        "Norway/NNP/nsubj/4 does=do/VBZ/aux/4 not/RB/advmod/4 think/VB/ROOT/0 Peru/NNP/nsubj/6 "
        "visited=visit/VBD/ccomp/4 Chile/NNP/obj/6",
        ["Norway commentsOn | not | about Peru + Chile", "Peru visits Chile | not | says Norway"],
    ),
    "thinks": (
        "Norway/NNP/nsubj/2 thinks=think/VBZ/ROOT/0 Peru/NNP/nsubj/4 visited=visit/VBD/ccomp/2 "
        "Chile/NNP/obj/4",
        ["Norway commentsOn | about Peru + Chile", "Peru visits Chile | says Norway"],
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
        ["Peru opposes Chile | not", "Peru signs | not | about resolution"],
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
        [
            "Norway hosts talks between Peru and Chile | not",
            "Peru + Chile meets | not | about talks between Peru and Chile",
        ],
    ),
    "denied the accusation of": (
        "Peru/NNP/nsubj/2 denied=deny/VBD/ROOT/0 the/DT/det/4 accusation/NN/obj/2 of/IN/mark/6 "
        "attacking=attack/VBG/acl/4 Chile/NNP/obj/6",
        ["Peru attacks Chile | not | says Peru", "Peru denies | about Chile"],
    ),
    "denied reports that": (
        "Norway/NNP/nsubj/2 denied=deny/VBD/ROOT/0 reports=report/NNS/obj/2 that/IN/mark/6 "
        "Peru/NNP/nsubj/6 visited=visit/VBD/acl/3 Chile/NNP/obj/6",
        ["Norway denies | about Peru + Chile", "Peru visits Chile | not | says Norway"],
    ),
    "did not deny reports that": (
        "Norway/NNP/nsubj/4 did=do/VBD/aux/4 not/RB/advmod/4 deny/VB/ROOT/0 "
        "reports=report/NNS/obj/4 that/IN/mark/8 Peru/NNP/nsubj/8 visited=visit/VBD/acl/5 "
        "Chile/NNP/obj/8",
        ["Norway denies | not | about Peru + Chile", "Peru visits Chile | possible | says Norway"],
    ),
    "did not say": (
        "Norway/NNP/nsubj/4 did=do/VBD/aux/4 not/RB/advmod/4 say/VB/ROOT/0 that/IN/mark/7 "
        "Peru/NNP/nsubj/7 visited=visit/VBD/ccomp/4 Chile/NNP/obj/7",
        [
            "Norway commentsOn | not | about Peru + Chile",
            "Peru visits Chile | possible | says Norway",
        ],
    ),
    "not decided whether": (
        "Peru/NNP/nsubj/4 has=have/VBZ/aux/4 not/RB/advmod/4 decided=decide/VBN/ROOT/0 "
        "whether/IN/mark/7 to/TO/mark/7 visit/VB/xcomp/4 Chile/NNP/obj/7",
        ["Peru visits Chile | possible"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SENTENCES)
def test_polarity(name):
    check(name, *SENTENCES[name])
