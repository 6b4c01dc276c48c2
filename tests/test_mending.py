"""What parsers mix up is set right: one example for each rule, and what must stay as it is."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from parses import article

from kg.parsing import mending, trees
from kg.parsing.mending import mend
from kg.parsing.tokens import Document, Token
from kg.parsing.trees import hang

EXAMPLES = {
    "LIMA — The army denied it": (
        "LIMA/NNP/nsubj/5 —/NFP/punct/1 The/DT/det/4 army/NN/appos/1 denied=deny/VBD/ROOT/0 "
        "it/PRP/obj/5",
        {"LIMA": ("dep", "denied"), "army": ("nsubj", "denied")},
    ),
    "Peru today accused Chile": (
        "Peru/NNP/ROOT/0 today/NN/nmod:unmarked/1 accused=accuse/VBD/acl/1 Chile/NNP/obj/3",
        {"Peru": ("nsubj", "accused"), "accused": ("ROOT", "accused")},
    ),
    "Chad won there, a panel alleged.": (
        "Chad/NNP/nsubj/2 won=win/VBD/ROOT/0 there/RB/advmod/2 ,/,/punct/2 a/DT/det/6 "
        "panel/NN/appos/1 alleged=allege/VBD/acl/6 ././punct/2",
        {
            "panel": ("nsubj", "alleged"),
            "alleged": ("ROOT", "alleged"),
            "won": ("ccomp", "alleged"),
        },
    ),
    "Rebels attacked Chad": (
        "Rebels=rebel/NNS/ROOT/0 attacked=attack/VBN/acl/1 Chad/NNP/obj/2",
        {"Rebels": ("nsubj", "attacked"), "attacked": ("ROOT", "attacked")},
    ),
    "President Ruiz and minister Fox met": (
        "President/NNP/nmod:desc/2 Ruiz/NNP/nsubj/6 and/CC/cc/4 minister/NN/nmod:desc/2 "
        "Fox/NNP/flat/2 met=meet/VBD/ROOT/0",
        {"Fox": ("conj", "Ruiz"), "minister": ("nmod:desc", "Fox")},
    ),
    "The head of the court, Ruiz, resigned": (
        "The/DT/det/2 head/NN/nsubj/9 of/IN/case/5 the/DT/det/5 court/NN/nmod/2 ,/,/punct/2 "
        "Ruiz/NNP/conj/5/B-PERSON ,/,/punct/2 resigned=resign/VBD/ROOT/0",
        {"Ruiz": ("appos", "head")},
    ),
    '"We won," minister Fox declared in Rome': (
        "\"/``/punct/3 We=we/PRP/nsubj/3 won=win/VBD/ROOT/0 ,/,/punct/3 \"/''/punct/3 "
        "minister/NN/nmod:desc/7 Fox/NNP/obj/3 declared=declare/VBN/advcl/3 in/IN/case/10 "
        "Rome/NNP/obl/8",
        {
            "Fox": ("nsubj", "declared"),
            "declared": ("ROOT", "declared"),
            "won": ("ccomp", "declared"),
        },
    ),
    "Chad was praised by minister Ruiz": (
        "Chad/NNP/nsubj:pass/3 was=be/VBD/aux:pass/3 praised=praise/VBN/ROOT/0 by/IN/case/5 "
        "minister/NN/nmod:desc/6 Ruiz/NNP/obl:agent/3",
        {"by": ("case", "Ruiz")},
    ),
    "Peru asked Chile to come": (
        "Peru/NNP/nsubj/2 asked=ask/VBD/ROOT/0 Chile/NNP/obj/2 to/TO/mark/5 come/VB/advcl/2",
        {"come": ("xcomp", "asked")},
    ),
    "They failed for the time to elect": (
        "They=they/PRP/nsubj/2 failed=fail/VBD/ROOT/0 for/IN/case/5 the/DT/det/5 time/NN/obl/2 "
        "to/TO/mark/7 elect/VB/acl/5",
        {"elect": ("xcomp", "failed")},
    ),
    "Peru urged Chile to wait and left": (
        "Peru/NNP/nsubj/2 urged=urge/VBD/ROOT/0 Chile/NNP/obj/2 to/TO/mark/5 wait/VB/xcomp/2 "
        "and/CC/cc/7 left=leave/VBD/conj/5",
        {"left": ("conj", "urged")},
    ),
    "Peru has not denied it": (
        "Peru/NNP/nsubj/2 has=have/VBZ/aux/4 not/RB/advmod/4 denied=deny/VBN/ROOT/0 it/PRP/obj/4",
        {"Peru": ("nsubj", "denied")},
    ),
    "Fox fled to Togo": (
        "Fox/NNP/obl/2 fled=flee/VBD/ROOT/0 to/IN/case/4 Togo/NNP/obl/2",
        {"Fox": ("nsubj", "fled")},
    ),
    "Peru hosted fairs, and Fox opened them": (
        "Peru/NNP/nsubj/2 hosted=host/VBD/ROOT/0 fairs=fair/NNS/obj/2 ,/,/punct/6 and/CC/cc/6 "
        "Fox/NNP/conj/3 opened=open/VBD/conj/2 them=they/PRP/obj/7",
        {"Fox": ("nsubj", "opened"), "and": ("cc", "opened")},
    ),
}
RULES = [rule for rules in mending.PASSES for rule in rules]


def labels(parse: str) -> dict[str, tuple[str, str]]:
    """Return label and head of each word after the parser's usual slips are mended."""
    doc = article(parse).doc
    mend(doc)
    return arcs(doc)


def arcs(doc: Document) -> dict[str, tuple[str, str]]:
    return {t.text: (t.dep_, t.head.text) for t in doc}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_rule_does_what_its_examples_show(
    rule: mending.Rule, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(rule.examples) == len(rule.changes) > 0
    for sentence in rule.examples:
        parse, expected = EXAMPLES[sentence]
        assert article(parse).doc.text.strip() == sentence
        assert labels(parse) == arcs(article(parse).doc) | expected
        with monkeypatch.context() as without:
            others = [[r for r in rules if r is not rule] for rules in mending.PASSES]
            without.setattr(mending, "PASSES", others)
            assert labels(parse) != arcs(article(parse).doc) | expected


def test_rules_and_examples_are_as_many() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES) == 11
    assert [example for rule in RULES for example in rule.examples] == [*EXAMPLES]


ASKED = "Peru/NNP/nsubj/2 {}/VBD/ROOT/0 Chile/NNP/obj/2 to/TO/mark/5 come/VB/{}"


@pytest.mark.parametrize("slip", ["advcl/2", "acl/3"])
def test_what_is_asked_of_somebody_is_a_complement(slip):
    assert labels(ASKED.format("asked=ask", slip))["come"] == ("xcomp", "asked")


def test_what_is_asked_of_somebody_by_a_preposition_or_in_the_passive():
    on = (
        "Peru/NNP/nsubj/2 called=call/VBD/ROOT/0 on/IN/case/4 Chile/NNP/obl/2 to/TO/mark/6 "
        "come/VB/advcl/2"
    )
    passive = (
        "Chile/NNP/nsubj:pass/3 was=be/VBD/aux:pass/3 asked=ask/VBN/ROOT/0 to/TO/mark/5 "
        "come/VB/advcl/3"
    )
    assert labels(on)["come"] == ("xcomp", "called")
    assert labels(passive)["come"] == ("xcomp", "asked")


@pytest.mark.parametrize(
    "parse",
    [
        ASKED.format("attacked=attack", "advcl/2"),  # a purpose
        "Peru/NNP/nsubj/2 called=call/VBD/ROOT/0 to/TO/mark/4 complain/VB/advcl/2",  # nobody asked
        "Peru/NNP/nsubj/2 asked=ask/VBD/ROOT/0 a/DT/det/4 way/NN/obj/2 to/TO/mark/6 come/VB/acl/4",
    ],
)
def test_other_infinitives_stay_as_they_are(parse):
    before = {t.text: (t.dep_, t.head.text) for t in article(parse).doc}
    assert labels(parse) == before


def test_a_finite_verb_is_the_clause_of_the_noun_it_was_taken_to_modify():
    parse = "Peru/NNP/ROOT/0 today/NN/nmod:unmarked/1 accused=accuse/VBD/acl/1 Chile/NNP/obj/3"
    assert labels(parse)["Peru"] == ("nsubj", "accused")
    assert labels(parse)["accused"] == ("ROOT", "accused")
    participle = parse.replace("VBD", "VBN").replace("/obj/3", "/obl/3")
    assert labels(participle)["accused"] == ("acl", "Peru")


def test_a_participle_tells_what_was_done_where_a_sentence_has_no_other_verb():
    parse = "Rebels/NNS/ROOT/0 attacked=attack/VBN/acl/1 Chad/NNP/obj/2"
    assert labels(parse)["Rebels"] == ("nsubj", "attacked")
    told = parse + " ,/,/punct/5 Peru/NNP/nsubj/6 said=say/VBD/parataxis/1"
    assert labels(told)["attacked"] == ("acl", "Rebels")


def test_a_name_ends_before_and_with_another_title():
    parse = (
        "President/NNP/nmod:desc/2 Ruiz/NNP/nsubj/6 and/CC/cc/4 minister/NN/nmod:desc/2 "
        "Fox/NNP/flat/2 met=meet/VBD/ROOT/0"
    )
    assert labels(parse)["Fox"] == ("conj", "Ruiz")
    assert labels(parse)["minister"] == ("nmod:desc", "Fox")
    island = "Trinidad/NNP/nsubj/4 and/CC/cc/3 Tobago/NNP/flat/1 met=meet/VBD/ROOT/0"
    assert labels(island)["Tobago"] == ("flat", "Trinidad")


def test_subjects_hang_on_verbs():
    auxiliary = (
        "Peru/NNP/nsubj/2 has=have/VBZ/aux/4 not/RB/advmod/4 denied=deny/VBN/ROOT/0 it/PRP/obj/4"
    )
    assert labels(auxiliary)["Peru"] == ("nsubj", "denied")
    oblique = "Fox/NNP/obl/2 fled=flee/VBD/ROOT/0 to/IN/case/4 Togo/NNP/obl/2"
    assert labels(oblique)["Fox"] == ("nsubj", "fled")
    monday = oblique.replace("Fox/", "Monday/")
    assert labels(monday)["Monday"] == ("obl", "fled")


def test_a_dateline_is_no_part_of_its_sentence():
    parse = (
        "LIMA/NNP/nsubj/5 —/NFP/punct/1 The/DT/det/4 army/NN/appos/1 said=say/VBD/ROOT/0 "
        + "it/PRP/obj/5"
    )
    assert labels(parse)["LIMA"] == ("dep", "said")
    assert labels(parse)["army"] == ("nsubj", "said")
    headed = "LIMA/NNP/ROOT/0 —/NFP/punct/1 Peru/NNP/nsubj/4 said=say/VBD/parataxis/1 it/PRP/obj/4"
    assert labels(headed)["said"] == ("ROOT", "said")
    assert labels(headed)["LIMA"] == ("dep", "said")
    glued = "NATO/NNP/compound/3 -/HYPH/punct/3 led/VBN/nsubj/4 won=win/VBD/ROOT/0"
    assert labels(glued)["led"] == ("nsubj", "won")
    peru = headed.replace("LIMA", "Lima")
    assert labels(peru)["Lima"] == ("ROOT", "Lima")


def test_no_word_comes_to_hang_on_itself():
    doc = article("Peru/NNP/nsubj/2 said=say/VBD/ROOT/0 Chile/NNP/obj/2").doc
    hang(doc[1], doc[0], "obj")  # would close a circle
    assert doc[1].head == doc[1]
    hang(doc[2], doc[0], "nmod")
    assert doc[2].head == doc[0]


@pytest.mark.parametrize("seed", range(40))
def test_trees_stay_trees_and_sentences_follow_them(seed: int) -> None:
    chance = random.Random(seed)
    words = [f"w{i}/NN/dep/{chance.randrange(i) + 1 if i else 0}" for i in range(14)]
    doc = article(" ".join(words)).doc
    for _ in range(30):
        token, head = chance.choice(doc), chance.choice(doc)
        hang(token, head, "ROOT" if token is head else "dep")
        again = Document.of(doc.columns())
        assert doc.sents == again.sents
        assert _shape(doc) == _shape(again)
        assert trees.first_below(token) == min(t.i for t in token.subtree)


def _shape(doc: Document) -> list[tuple[object, ...]]:
    def row(token: Token) -> tuple[object, ...]:
        return token.is_sent_start, token.sent, token.head.i, [c.i for c in token.children]

    return [row(token) for token in doc]


def test_only_what_was_changed_loses_its_probability() -> None:
    import numpy as np

    from kg.parsing.columns import Probabilities

    doc = article(EXAMPLES["Rebels attacked Chad"][0]).doc
    given = np.array([0.5, 0.25, 0.75], dtype="float32")
    doc.probabilities = Probabilities(arcs=given, tags=given)
    mend(doc)
    known: Sequence[object] = (doc.probabilities.arcs, doc.probabilities.tags)
    assert [np.isnan(column).tolist() for column in known] == [
        [True, True, False],
        [False, True, False],
    ]
    assert doc.probabilities.labels is None
    assert given.tolist() == [0.5, 0.25, 0.75]
