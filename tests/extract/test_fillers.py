"""Who fills the roles: every rule on a pinned parse, with the slot and the word that gave it."""

from __future__ import annotations

import pytest
from parses import article, extractor

from kg.extract.acts.drafts import LEARNED, RULES, Candidate, Draft
from kg.extract.acts.passes import ADDED

PERU = "Peru/NNP/nsubj/2"
ASKED_BACK = f"{PERU} invited=invite/VBD/ROOT/0 Norway/NNP/obj/2 ././punct/2"
CASES = {
    "slot": (
        f"{PERU} visited=visit/VBD/ROOT/0 Norway/NNP/obj/2",
        "visits/visit",
        ("target", "Norway", "object", "Norway"),
    ),
    "author": (
        "The/DT/det/2 resolution/NN/nsubj/5 by/IN/case/4 Peru/NNP/nmod/2 "
        "criticised=criticise/VBD/ROOT/0 Norway/NNP/obj/5",
        "opposes/oppose",
        ("agent", "Peru", "subject", "Peru"),
    ),
    "in-writing": (
        "Norway/NNP/nsubj:pass/3 was=be/VBD/aux:pass/3 criticised=criticise/VBN/ROOT/0 "
        "in/IN/case/6 a/DT/det/6 statement/NN/obl/3 by/IN/case/8 Peru/NNP/nmod/6",
        "opposes/oppose",
        ("agent", "Peru", "subject", "Peru"),
    ),
    "doer": (
        "Peruvian/JJ/amod/2 shelling/NN/nsubj/3 hit/VBD/ROOT/0 Norway/NNP/obj/3",
        "attacks/strike",
        ("agent", "Peru", "subject", "Peruvian"),
    ),
    "possessor": (
        "Norway/NNP/nsubj/2 rejected=reject/VBD/ROOT/0 Peru/NNP/nmod:poss/5 's/POS/case/3 "
        "offer/NN/obj/2",
        "rejects/reject",
        ("target", "Peru", "object", "Peru"),
    ),
    "performer": (
        f"{PERU} claimed=claim/VBD/ROOT/0 responsibility/NN/obj/2 for/IN/case/6 the/DT/det/6 "
        "attack/NN/nmod/3 on/IN/case/8 Norway/NNP/nmod/6",
        "attacks/attack-noun",
        ("agent", "Peru", "", "Peru"),
    ),
    "beside": (
        "Peru/NNP/nsubj/5 together/RB/advmod/5 with/IN/case/4 Chile/NNP/obl/5 "
        "criticised=criticise/VBD/ROOT/0 Norway/NNP/obj/5",
        "opposes/oppose",
        ("agent", "Chile", "", "Chile"),
    ),
    "inside": (
        f"{PERU} proposed=propose/VBD/ROOT/0 that/IN/mark/5 Norway/NNP/nsubj/5 sleep/VB/ccomp/2",
        "proposes/propose",
        ("about", "Norway", "clause", "Norway"),
    ),
    "rest": (
        f"{PERU} said=say/VBD/ROOT/0 that/IN/mark/5 Norway/NNP/nsubj/5 slept=sleep/VBD/ccomp/2",
        "commentsOn/say",
        ("about", "Norway", "rest", "Norway"),
    ),
    "located": (
        f"{PERU} met=meet/VBD/ROOT/0 Chile/NNP/obj/2 at/IN/case/6 a/DT/det/6 hotel/NN/obl/2 "
        "in/IN/case/8 Oslo/NNP/nmod/6",
        "meets/meet",
        ("where", "Oslo", "at", "Oslo"),
    ),
    "site": (
        f"{PERU} bombed=bomb/VBD/ROOT/0 the/DT/det/4 road/NN/obj/2 to/IN/case/6 Oslo/NNP/nmod/4",
        "attacks/attack",
        ("where", "Oslo", "object", "Oslo"),
    ),
    "is-to-act": (
        f"{PERU} demanded=demand/VBD/ROOT/0 that/IN/mark/5 Chile/NNP/nsubj/5 visit/VB/ccomp/2 "
        "Norway/NNP/obj/5",
        "demands/demand",
        ("target", "Chile", "", "Chile"),
    ),
    "named-in-quotation": (
        "“/``/punct/2 Sleep/VB/ROOT/0 well/RB/advmod/2 ,/,/punct/2 says=say/VBZ/dep/2 "
        "Chile/NNP/nsubj/5 ././punct/2 || Norway/NNP/nsubj/2 rests=rest/VBZ/ROOT/0 now/RB/advmod/2 "
        ",/,/punct/2 ”/''/punct/2 Peru/NNP/nsubj/7 said=say/VBD/parataxis/2 ././punct/2",
        "commentsOn/say",
        ("about", "Chile", "", "Chile"),
    ),
    "same-sentence": (
        f"{PERU} said=say/VBD/ROOT/0 that/IN/mark/5 Norway/NNP/nsubj/5 slept=sleep/VBD/ccomp/2 "
        "and/CC/cc/7 said=say/VBD/conj/2 that/IN/mark/10 Chile/NNP/nsubj/10 "
        "rested=rest/VBD/ccomp/7",
        "commentsOn/say",
        ("about", "Chile", "", "Chile"),
    ),
    "points-back": (
        f"{ASKED_BACK} || Chile/NNP/nsubj/2 welcomed=welcome/VBD/ROOT/0 the/DT/det/4 "
        "move/NN/obj/2 ././punct/2",
        "supports/support",
        ("target", "Peru", "", "Peru"),
    ),
}  # fmt: skip


def drafts(text: str, *, candidates: bool = False) -> list[Draft]:
    """Return what becomes of the triggers of a pinned article."""
    parse = article(text, scheme="ud", published="2025-05-14")
    return list(extractor().reading(parse, candidates=candidates).passed.kept)


def test_every_rule_has_a_case() -> None:
    assert [*CASES, LEARNED] == list(RULES)  # the last is tested in test_learned.py
    assert set(RULES) >= ADDED


@pytest.mark.parametrize("rule", CASES)
def test_fillers_name_slot_word_and_rule(rule: str) -> None:
    text, frame, wanted = CASES[rule]
    role, name, slot, head = wanted
    found = [
        (f.slot, f.head.text, f.rule_name)
        for d in drafts(text)
        if d.frame.rule == frame
        for f in d.of(role)
        if name in {f.referent.name, f.referent.entry.name if f.referent.entry else ""}
    ]
    assert found == [(slot, head, rule)]


def test_a_pronoun_has_its_salience_as_score_and_a_name_one() -> None:
    text = f"{PERU} slept=sleep/VBD/ROOT/0 ././punct/2 || It/PRP/nsubj/2 " \
        "visited=visit/VBD/ROOT/0 Norway/NNP/obj/2"  # fmt: skip
    (draft,) = drafts(text)
    agent, target = draft.fillers
    assert (agent.head.text, agent.referent.name, target.score) == ("It", "Peru", 1.0)
    assert 0.35 <= agent.score < 1.0  # a subject, one sentence away


def test_a_draft_is_never_changed() -> None:
    (draft,) = drafts(CASES["slot"][0])
    other = draft.filled("target", ())
    assert (other.targets, len(draft.targets)) == ((), 1)
    with pytest.raises(AttributeError):
        draft.score = 1.0  # type: ignore[misc]


def test_the_word_that_points_back_is_told() -> None:
    text, _, _ = CASES["points-back"]
    rules = [f.rule for d in drafts(text) for f in d.fillers if f.rule_name == "points-back"]
    assert rules == ["points-back (move)"]


LOST = {
    "wrong class": (
        CASES["author"][0],
        "opposes/oppose",
        ("agent", "resolution", "resolution", "it is no Actor"),
    ),
    "another slot first": (
        f"{PERU} met=meet/VBD/ROOT/0 Chile/NNP/obj/2 with/IN/case/5 Norway/NNP/obl/2",
        "meets/meet",
        ("target", "Norway", "Norway", "the slot object comes first"),
    ),
    "nobody known": (
        CASES["possessor"][0],
        "rejects/reject",
        ("target", None, "offer", "nobody known"),
    ),
    "the agent again": (
        f"{PERU} met=meet/VBD/ROOT/0 Chile/NNP/obj/2 and/CC/cc/5 Peru/NNP/conj/3",
        "meets/meet",
        ("target", "Peru", "Peru", "it is the agent already"),
    ),
    "a topic instead": (
        f"{PERU} visited=visit/VBD/ROOT/0 Norway/NNP/obj/2 and/CC/cc/6 the/DT/det/6 "
        "talks=talk/NNS/conj/3",
        "visits/visit",
        ("target", "talks", "talks", "so the act is about it"),
    ),
    "no place": (
        f"{PERU} met=meet/VBD/ROOT/0 Chile/NNP/obj/2 in/IN/case/5 Norway/NNP/obl/2 at/IN/case/8 "
        "a/DT/det/8 summit/NN/obl/2",
        "meets/meet",
        ("where", "summit", "summit", "it is no place"),
    ),
    "another antecedent": (
        f"{PERU} visited=visit/VBD/ROOT/0 Norway/NNP/obj/2 ././punct/2 || It/PRP/nsubj/2 "
        "criticised=criticise/VBD/ROOT/0 Chile/NNP/obj/2",
        "opposes/oppose",
        ("agent", "Norway", "It", "another antecedent weighs more"),
    ),
}


@pytest.mark.parametrize("name", LOST)
def test_who_is_not_taken_is_kept_with_the_reason_when_asked_for(name: str) -> None:
    text, frame, (role, referent, head, why) = LOST[name]
    assert all(d.tried == () for d in drafts(text))
    (draft,) = [d for d in drafts(text, candidates=True) if d.frame.rule == frame]

    def told(c: Candidate) -> tuple[str, str | None, str]:
        return c.role, c.referent.name if c.referent is not None else None, c.head.text

    assert any(told(c) == (role, referent, head) and why in c.why for c in draft.tried)
    assert all(f.referent is not c.referent for c in draft.tried for f in draft.of(c.role))


def test_asking_for_candidates_changes_nothing() -> None:
    for text, *_ in (*CASES.values(), *LOST.values()):
        parse = article(text, scheme="ud", published="2025-05-14")
        plain, asked = (
            extractor().reading(parse, candidates=keep).assembled({}).extraction
            for keep in (False, True)
        )
        assert plain == asked
