"""Trees in ClearNLP get the shape of Universal Dependencies where rules look at the shape."""

from __future__ import annotations

from dataclasses import replace

import parses
import pytest
from parses import article

from kg.evaluation.acts import line
from kg.parsing import mending
from kg.parsing.language import Language
from kg.parsing.mending import RESHAPING, mend
from kg.parsing.tokens import Document
from kg.records import Article

EXAMPLES = {
    "Peru accused Chile of lying": (
        "Peru/NNP/nsubj/2 accused=accuse/VBD/ROOT/0 Chile/NNP/dobj/2 of/IN/prep/2 "
        "lying=lie/VBG/pcomp/4",
        {"lying": ("advcl", "accused"), "of": ("mark", "lying")},
    ),
    "Peru is ready to talk": (
        "Peru/NNP/nsubj/2 is=be/VBZ/ROOT/0 ready/JJ/acomp/2 to/TO/aux/5 talk/VB/xcomp/3",
        {"Peru": ("nsubj", "ready"), "is": ("cop", "ready"), "ready": ("ROOT", "ready")},
    ),
    "Peru urged Chile to wait and left": (
        "Peru/NNP/nsubj/2 urged=urge/VBD/ROOT/0 Chile/NNP/dobj/2 to/TO/aux/5 wait/VB/xcomp/2 "
        "and/CC/cc/5 left=leave/VBD/conj/5",
        {"left": ("conj", "urged")},
    ),
}
RULES = [rule for rules in RESHAPING for rule in rules]


def arcs(doc: Document) -> dict[str, tuple[str, str]]:
    return {t.text: (t.dep_, t.head.text) for t in doc}


def reshaped(parse: str) -> dict[str, tuple[str, str]]:
    doc = article(parse).doc
    mend(doc, "clearnlp")
    return arcs(doc)


def changes(parse: str) -> dict[str, tuple[str, str]]:
    before = arcs(article(parse).doc)
    return {word: arc for word, arc in reshaped(parse).items() if arc != before[word]}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_rule_does_what_its_examples_show(
    rule: mending.Rule, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(rule.examples) == len(rule.changes) > 0
    for sentence in rule.examples:
        parse, expected = EXAMPLES[sentence]
        assert article(parse).doc.text.strip() == sentence
        assert changes(parse) == expected
        with monkeypatch.context() as without:
            others = tuple(tuple(r for r in rules if r is not rule) for rules in RESHAPING)
            without.setattr(mending, "RESHAPING", others)
            assert changes(parse) == {}


def test_rules_and_examples_are_as_many() -> None:
    assert [example for rule in RULES for example in rule.examples] == [*EXAMPLES]


@pytest.mark.parametrize(
    ("parse", "expected"),
    [
        (  # a perfect participle, and what stands before the preposition
            "Peru/NNP/nsubj/2 fled=flee/VBD/ROOT/0 just/RB/advmod/4 after/IN/prep/2 "
            "having=have/VBG/aux/6 lied=lie/VBN/pcomp/4",
            {"lied": ("advcl", "fled"), "after": ("mark", "lied"), "just": ("advmod", "lied")},
        ),
        (  # a noun is spelt out
            "Peru/NNP/nsubj/2 has=have/VBZ/ROOT/0 hopes=hope/NNS/dobj/2 of/IN/prep/3 "
            "winning=win/VBG/pcomp/4",
            {"winning": ("acl", "hopes"), "of": ("mark", "winning")},
        ),
        (  # two words introduce the clause
            "Peru/NNP/nsubj/2 fled=flee/VBD/ROOT/0 instead/RB/advmod/2 of/IN/prep/3 "
            "talking=talk/VBG/pcomp/4",
            {
                "talking": ("advcl", "fled"),
                "instead": ("mark", "talking"),
                "of": ("fixed", "instead"),
            },
        ),
        (  # a clause with a predicate noun, below another and with its auxiliary
            "Peru/NNP/nsubj/2 said=say/VBD/ROOT/0 Togo/NNP/nsubj/5 had=have/VBD/aux/5 "
            "been=be/VBN/ccomp/2 host/NN/attr/5",
            {
                "Togo": ("nsubj", "host"),
                "had": ("aux", "host"),
                "been": ("cop", "host"),
                "host": ("ccomp", "said"),
            },
        ),
    ],
)
def test_other_forms_of_the_same(parse: str, expected: dict[str, tuple[str, str]]) -> None:
    assert changes(parse) == expected


@pytest.mark.parametrize(
    "parse",
    [
        "By/IN/prep/0 lying=lie/VBG/pcomp/1",  # nothing to hang it on
        "They=they/PRP/nsubj/2 spoke=speak/VBD/ROOT/0 about/IN/prep/2 how/WRB/advmod/5 "
        "came=come/VBD/pcomp/3",  # no gerund
        "There=there/EX/expl/2 was=be/VBD/ROOT/0 a/DT/det/4 visit/NN/attr/2",  # no copula
        "Peru/NNP/nsubj/2 seems=seem/VBZ/ROOT/0 ready/JJ/acomp/2",  # another verb
        "Ready=ready/JJ/acomp/2 is=be/VBZ/ROOT/0 Peru/NNP/nsubj/2",  # the other way round
        "Peru/NNP/nsubj/2 met=meet/VBD/ROOT/0 Chile/NNP/dobj/2 in/IN/prep/2 Lima/NNP/pobj/4",
    ],
)
def test_all_else_stays_as_it_is(parse: str) -> None:
    assert changes(parse) == {}


def test_a_sentence_stays_one_and_others_stay_apart() -> None:
    parse, _ = EXAMPLES["Peru is ready to talk"]
    doc = article(f"{parse} || {parse}").doc
    mend(doc, "clearnlp")
    assert doc.sents == Document.of(doc.columns()).sents == [range(5), range(5, 10)]


class Pinned:
    """A parser that knows one sentence."""

    version = "pinned-1"
    scheme = "clearnlp"

    def __init__(self, parse: str) -> None:
        self.made = parse

    def parse(self, texts: list[str]) -> list[Document]:
        return [Document.of(replace(article(self.made).doc.columns(), text=t)) for t in texts]


@pytest.mark.parametrize(
    ("parse", "told"),
    [
        (
            "Peru/NNP/nsubj/2/B-GPE criticised=criticise/VBD/ROOT/0 Chile/NNP/dobj/2/B-GPE "
            "for/IN/prep/2 attacking=attack/VBG/pcomp/4 Togo/NNP/dobj/5/B-GPE",
            ["Chile attacks Togo", "Peru opposes Chile | about Togo"],
        ),
        (
            "Peru/NNP/nsubj/2/B-GPE left=leave/VBD/ROOT/0 without/IN/prep/2 "
            "meeting=meet/VBG/pcomp/3 Togo/NNP/dobj/4/B-GPE",
            ["Peru meets Togo | not"],
        ),
        (
            "Peru/NNP/nsubj/2/B-GPE is=be/VBZ/ROOT/0 due/JJ/acomp/2 to/TO/aux/5 "
            "meet/VB/xcomp/3 Togo/NNP/dobj/5/B-GPE",
            ["Peru meets Togo | planned"],
        ),
    ],
)
def test_acts_get_who_did_them(parse: str, told: list[str]) -> None:
    made = Article(id="made", text=article(parse).doc.text.strip())
    found = parses.extractor().extract(Language(Pinned(parse)).parse(made))
    assert sorted(map(line, found.statements)) == told
