"""Who does what to whom: whole statements from pinned parses of both label schemes."""

from __future__ import annotations

import pytest
from parses import article, check, extract, told

from kg.extract.syntax.slots import Syntax

UD = {
    "passive": (
        "Japan/NNP/nsubj:pass/3 was=be/VBD/aux:pass/3 criticised=criticise/VBN/ROOT/0 "
        "by/IN/case/5 China/NNP/obl:agent/3",
        ["China opposes Japan"],
    ),
    "perfect passive": (
        "Chile/NNP/nsubj:pass/4 has=have/VBZ/aux/4 been=be/VBN/aux:pass/4 "
        "invited=invite/VBN/ROOT/0 by/IN/case/6 Peru/NNP/obl:agent/4",
        ["Peru invites Chile"],
    ),
    "passive without an agent": (
        "Chile/NNP/nsubj:pass/4 has=have/VBZ/aux/4 been=be/VBN/aux:pass/4 "
        "invited=invite/VBN/ROOT/0",
        [],
    ),
    "agents and targets coordinated": (
        "Ghana/NNP/nsubj/4 and/CC/cc/3 Togo/NNP/conj/1 criticised=criticise/VBD/ROOT/0 "
        "Mali/NNP/obj/4 and/CC/cc/7 Niger/NNP/conj/5",
        ["Ghana + Togo opposes Mali + Niger"],
    ),
    "verbs coordinated": (
        "Ghana/NNP/nsubj/2 invited=invite/VBD/ROOT/0 Togo/NNP/obj/2 and/CC/cc/5 "
        "criticised=criticise/VBD/conj/2 Mali/NNP/obj/5",
        ["Ghana invites Togo", "Ghana opposes Mali"],
    ),
    "relative clause": (
        "Norway/NNP/nsubj/5 which/WDT/nsubj/3 criticised=criticise/VBD/acl:relcl/1 "
        "Peru/NNP/obj/3 visited=visit/VBD/ROOT/0 Chile/NNP/obj/5",
        ["Norway opposes Peru", "Norway visits Chile"],
    ),
    "reduced relative clause": (
        "Peru/NNP/nsubj/5 criticised=criticise/VBN/acl/1 by/IN/case/4 Norway/NNP/obl:agent/2 "
        "visited=visit/VBD/ROOT/0 Chile/NNP/obj/5",
        ["Norway opposes Peru", "Peru visits Chile"],
    ),
    "object control": (
        "Peru/NNP/nsubj/2 urged=urge/VBD/ROOT/0 Chile/NNP/obj/2 to/TO/mark/5 "
        "invite/VB/xcomp/2 Bolivia/NNP/obj/5",
        [
            "Chile invites Bolivia | proposed | says Peru",
            "Peru urges Chile | about Bolivia",
        ],
    ),
    "control by a preposition": (
        "Peru/NNP/nsubj/2 called=call/VBD/ROOT/0 on/IN/case/4 Chile/NNP/obl/2 to/TO/mark/6 "
        "invite/VB/xcomp/2 Bolivia/NNP/obj/6",
        [
            "Chile invites Bolivia | proposed | says Peru",
            "Peru urges Chile | about Bolivia",
        ],
    ),
    "subject control in spite of an object": (
        "Peru/NNP/nsubj/2 promised=promise/VBD/ROOT/0 Chile/NNP/obj/2 to/TO/mark/5 "
        "invite/VB/xcomp/2 Bolivia/NNP/obj/5",
        [
            "Peru invites Bolivia | planned | says Peru",
            "Peru promises Chile | about Bolivia",
        ],
    ),
    "refused to meet": (
        "Peru/NNP/nsubj/2 refused=refuse/VBD/ROOT/0 to/TO/mark/4 meet/VB/xcomp/2 Chile/NNP/obj/4",
        ["Peru meets Chile | not", "Peru rejects | about Chile"],
    ),
    "support verb and noun": (
        "Peru/NNP/nsubj/4 and/CC/cc/3 Chile/NNP/conj/1 held=hold/VBD/ROOT/0 talks=talk/NNS/obj/4 "
        "in/IN/case/7 Oslo/NNP/obl/4",
        ["Peru + Chile meets | in Oslo"],
    ),
    "noun with possessor": (
        "Norway/NNP/nmod:poss/3 's/POS/case/1 criticism/NN/nsubj/6 of/IN/case/5 Peru/NNP/nmod/3 "
        "continued=continue/VBD/ROOT/0",
        ["Norway opposes Peru"],
    ),
    "noun with a demonym as its agent": (
        "Norwegian=norwegian/JJ/amod/2 support/NN/nsubj/5 for/IN/case/4 Peru/NNP/nmod/2 "
        "continued=continue/VBD/ROOT/0",
        ["Norway supports Peru"],
    ),
    "an unknown noun's owner is whom the act is directed at": (
        "Norway/NNP/nsubj/2 rejected=reject/VBD/ROOT/0 Russian=russian/JJ/amod/4 "
        "demands=demand/NNS/obj/2",
        ["Norway rejects Russia", "Russia demands"],
    ),
    "verb with particle": (
        "Peru/NNP/nsubj/2 turned=turn/VBD/ROOT/0 down/RP/compound:prt/2 Chile/NNP/nmod:poss/6 "
        "'s/POS/case/4 offer/NN/obj/2",
        ["Chile proposes", "Peru rejects Chile"],
    ),
    "a remark's content hangs on the verb": (
        "Norway/NNP/nsubj/2 said=say/VBD/ROOT/0 that/IN/mark/5 Peru/NNP/nsubj/5 "
        "attacked=attack/VBD/ccomp/2 Chile/NNP/obj/5",
        ["Norway commentsOn | about Peru + Chile", "Peru attacks Chile | says Norway"],
    ),
    "object that nothing can be directed at": (
        "Peru/NNP/nsubj/2 attacked=attack/VBD/ROOT/0 the/DT/det/4 problem/NN/obj/2",
        [],
    ),
    "an agent outside the relation's domain": (
        "Prices=price/NNS/nsubj/2 attacked=attack/VBD/ROOT/0 Peru/NNP/obj/2",
        [],
    ),
    "a lemma that the model got wrong": (
        "Peru/NNP/nsubj/2 criticised=criticis/VBD/ROOT/0 Chile/NNP/obj/2",
        ["Peru opposes Chile"],
    ),
    "a verb of two meanings by its object": (
        "Peru/NNP/nsubj/2 closed=close/VBD/ROOT/0 the/DT/det/4 door/NN/obj/2 on/IN/case/6 "
        "Chile/NNP/obl/2",
        ["Peru rejects Chile"],
    ),
    "the same verb with another object": (
        "Peru/NNP/nsubj/2 closed=close/VBD/ROOT/0 the/DT/det/4 shop/NN/obj/2 on/IN/case/6 "
        "Chile/NNP/obl/2",
        [],
    ),
}

CLEARNLP = {
    "passive": (
        "Japan/NNP/nsubjpass/3 was=be/VBD/auxpass/3 criticised=criticise/VBN/ROOT/0 "
        "by/IN/agent/3 China/NNP/pobj/4",
        ["China opposes Japan"],
    ),
    "agents and targets coordinated": (
        "Ghana/NNP/nsubj/4 and/CC/cc/1 Togo/NNP/conj/1 criticised=criticise/VBD/ROOT/0 "
        "Mali/NNP/dobj/4 and/CC/cc/5 Niger/NNP/conj/5",
        ["Ghana + Togo opposes Mali + Niger"],
    ),
    "verbs coordinated": (
        "Ghana/NNP/nsubj/2 invited=invite/VBD/ROOT/0 Togo/NNP/dobj/2 and/CC/cc/2 "
        "criticised=criticise/VBD/conj/2 Mali/NNP/dobj/5",
        ["Ghana invites Togo", "Ghana opposes Mali"],
    ),
    "relative clause": (
        "Norway/NNP/nsubj/5 which/WDT/nsubj/3 criticised=criticise/VBD/relcl/1 "
        "Peru/NNP/dobj/3 visited=visit/VBD/ROOT/0 Chile/NNP/dobj/5",
        ["Norway opposes Peru", "Norway visits Chile"],
    ),
    "reduced relative clause": (
        "Peru/NNP/nsubj/5 criticised=criticise/VBN/acl/1 by/IN/agent/2 Norway/NNP/pobj/3 "
        "visited=visit/VBD/ROOT/0 Chile/NNP/dobj/5",
        ["Norway opposes Peru", "Peru visits Chile"],
    ),
    "object control": (
        "Peru/NNP/nsubj/2 urged=urge/VBD/ROOT/0 Chile/NNP/dobj/2 to/TO/aux/5 "
        "invite/VB/xcomp/2 Bolivia/NNP/dobj/5",
        [
            "Chile invites Bolivia | proposed | says Peru",
            "Peru urges Chile | about Bolivia",
        ],
    ),
    "object control as en_core_web sees it": (
        "Peru/NNP/nsubj/2 urged=urge/VBD/ROOT/0 Chile/NNP/nsubj/5 to/TO/aux/5 "
        "invite/VB/ccomp/2 Bolivia/NNP/dobj/5",
        [
            "Chile invites Bolivia | proposed | says Peru",
            "Peru urges Chile | about Bolivia",
        ],
    ),
    "control by a preposition": (
        "Peru/NNP/nsubj/2 called=call/VBD/ROOT/0 on/IN/prep/2 Chile/NNP/pobj/3 to/TO/aux/6 "
        "invite/VB/xcomp/2 Bolivia/NNP/dobj/6",
        [
            "Chile invites Bolivia | proposed | says Peru",
            "Peru urges Chile | about Bolivia",
        ],
    ),
    "refused to meet": (
        "Peru/NNP/nsubj/2 refused=refuse/VBD/ROOT/0 to/TO/aux/4 meet/VB/xcomp/2 Chile/NNP/dobj/4",
        ["Peru meets Chile | not", "Peru rejects | about Chile"],
    ),
    "support verb and noun": (
        "Peru/NNP/nsubj/4 and/CC/cc/1 Chile/NNP/conj/1 held=hold/VBD/ROOT/0 talks=talk/NNS/dobj/4 "
        "in/IN/prep/4 Oslo/NNP/pobj/6",
        ["Peru + Chile meets | in Oslo"],
    ),
    "noun with possessor": (
        "Norway/NNP/poss/3 's/POS/case/1 criticism/NN/nsubj/6 of/IN/prep/3 Peru/NNP/pobj/4 "
        "continued=continue/VBD/ROOT/0",
        ["Norway opposes Peru"],
    ),
    "noun with a demonym as its agent": (
        "Norwegian=norwegian/JJ/amod/2 support/NN/nsubj/5 for/IN/prep/2 Peru/NNP/pobj/3 "
        "continued=continue/VBD/ROOT/0",
        ["Norway supports Peru"],
    ),
    "verb with particle": (
        "Peru/NNP/nsubj/2 turned=turn/VBD/ROOT/0 down/RP/prt/2 Chile/NNP/poss/6 's/POS/case/4 "
        "offer/NN/dobj/2",
        ["Chile proposes", "Peru rejects Chile"],
    ),
    "a remark's content hangs on the verb": (
        "Norway/NNP/nsubj/2 said=say/VBD/ROOT/0 that/IN/mark/5 Peru/NNP/nsubj/5 "
        "attacked=attack/VBD/ccomp/2 Chile/NNP/dobj/5",
        ["Norway commentsOn | about Peru + Chile", "Peru attacks Chile | says Norway"],
    ),
}


@pytest.mark.parametrize("name", UD)
def test_universal_dependencies(name):
    check(name, *UD[name])


@pytest.mark.parametrize("name", CLEARNLP)
def test_clearnlp(name):
    check(name, *CLEARNLP[name], scheme="clearnlp")


@pytest.mark.parametrize(
    ("scheme", "mark", "object_"), [("ud", "mark", "obj"), ("clearnlp", "aux", "dobj")]
)
def test_what_is_agreed_to_is_planned(scheme, mark, object_):
    parse = (
        f"Chile/NNP/nsubj/2 agreed=agree/VBD/ROOT/0 to/TO/{mark}/4 meet/VB/xcomp/2 "
        f"Bolivia/NNP/{object_}/4"
    )
    meets = [line for line in told(parse, scheme=scheme) if " meets " in line]
    assert [line.split(" | ")[:2] for line in meets] == [["Chile meets Bolivia", "planned"]]


def test_who_is_asked_is_the_object_of_the_asking_in_both_schemes():
    ud = "Peru/NNP/nsubj/2 asked=ask/VBD/ROOT/0 Chile/NNP/obj/2 to/TO/mark/5 come/VB/xcomp/2"
    clear = "Peru/NNP/nsubj/2 asked=ask/VBD/ROOT/0 Chile/NNP/nsubj/5 to/TO/aux/5 come/VB/ccomp/2"
    finite = "Peru/NNP/nsubj/2 said=say/VBD/ROOT/0 Chile/NNP/nsubj/4 came=come/VBD/ccomp/2"
    for scheme, parse in (("ud", ud), ("clearnlp", clear)):
        verb = article(parse, scheme=scheme).doc[1]
        assert [t.text for t in Syntax(scheme).object(verb)] == ["Chile"]
    assert Syntax("clearnlp").object(article(finite, scheme="clearnlp").doc[1]) == []


def test_talks_urged_are_proposed_between_those_urged():
    parse = (
        "Peru/NNP/nsubj/2 urged=urge/VBD/ROOT/0 Chile/NNP/obj/2 to/TO/mark/5 resume/VB/xcomp/2 "
        "talks=talk/NNS/obj/5 with/IN/case/8 Bolivia/NNP/nmod/6"
    )
    meets, urges = sorted(extract(parse).statements, key=lambda s: s.relation)
    parties = {e.name for e in (*meets.agents, *meets.targets)}
    assert (meets.relation, meets.modality) == ("meets", "proposed")
    assert {"Bolivia"} <= parties <= {"Bolivia", "Chile"}
    assert [e.name for e in meets.attributed_to] == ["Peru"]
    assert (urges.relation, urges.modality) == ("urges", "actual")
    assert [e.name for e in urges.targets] == ["Chile"]


def test_evidence_is_the_clause_and_its_trigger():
    parse, _ = UD["verbs coordinated"]
    found = extract(parse)
    invites, opposes = sorted(found.statements, key=lambda s: s.relation)
    quote = found.article.quote
    assert quote(invites.evidence.span) == "Ghana invited Togo"
    assert quote(invites.evidence.trigger) == "invited"
    assert quote(opposes.evidence.span) == "criticised Mali"
    assert opposes.evidence.rule == "opposes/oppose"
    assert opposes.evidence.article == "pinned"


def test_more_of_the_frame_found_is_more_confidence():
    named, described = UD["passive"][0], UD["passive"][0].replace("China/NNP", "rebels=rebel/NNS")
    (sure,), (less,) = extract(named).statements, extract(described).statements
    assert 0 < less.confidence < sure.confidence <= 1
