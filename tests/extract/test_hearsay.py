"""Acts on the word of a source without a name: flagged; on somebody's word, or none: not."""

from __future__ import annotations

import built
import pytest
from parses import extract

from kg.records import Article, Statement

NAMELESS = {
    "Peru reportedly shelled a Chilean convoy.": "Peru attacks",
    "Purportedly, Kenya agreed to sign a pact with Togo.": "Kenya agrees",
    "Kenya allegedly armed the rebels and bombed Togo.": "Kenya attacks",
    "Ghana criticised Togo, which supposedly bombed Kenya.": "Togo attacks",
    "Peru's president reportedly said that Chile had attacked Bolivia.": "Chile attacks",
    "Peru is said to have sent weapons to Ghana.": "Peru aids",
    "Peru is believed to have sent weapons to Ghana.": "Peru aids",
    "Kenya was alleged to have bombed Togo.": "Kenya attacks",
    "Kenya is rumoured to be planning to invade Togo.": "Kenya attacks",
    "It is claimed that Norway bombed a camp in Togo.": "Norway attacks",
    "It was reported that Norway would host the talks.": "Norway hosts",
    "Kenya is accused of bombing Togo.": "Kenya attacks",
    "According to reports, Kenya has arrested two Ugandan reporters.": "Kenya coerces",
    "According to a source, Kenya sanctioned Uganda.": "Kenya sanctions",
    "According to sources familiar with the matter, Kenya sanctioned Uganda.": "Kenya sanctions",
    "Kenya, according to rumours, refused to meet Togo.": "Kenya rejects",
    "According to a poll, Kenya supports Togo.": "Kenya supports",
    "Reports say Kenya sanctioned Uganda.": "Kenya sanctions",
    "Rumours have it that Kenya sanctioned Uganda.": "Kenya sanctions",
    "There were rumours that Kenya sanctioned Uganda.": "Kenya sanctions",
    "The minister commented on reports that Kenya had bombed Togo.": "Kenya attacks",
    "Sources told the Daily Herald that Kenya sanctioned Uganda.": "Kenya sanctions",
    "A source said that Kenya sanctioned Uganda.": "Kenya sanctions",
    "An insider told reporters that Kenya had bombed Togo.": "Kenya attacks",
    "Kenya bombed Togo, reports said.": "Kenya attacks",
    '"Kenya has bombed Togo and will sanction Ghana," a diplomat said.': "Kenya sanctions",
    "Norway condemned the alleged attack by Chile on Peru.": "Chile attacks",
    "Ghana denounced Peru's alleged support for the rebels.": "Peru supports",
}  # fmt: skip
NOT = {
    "Peru shelled a Chilean convoy, and Togo reportedly protested.": "Peru attacks",
    "Norway reportedly condemned Chile's attack on Peru.": "Chile attacks",
    "Officials said that Kenya sanctioned Uganda.": "Kenya sanctions",
    "Norway said that Kenya sanctioned Uganda.": "Kenya sanctions",
    "According to Norway, Kenya sanctioned Uganda.": "Kenya sanctions",
    "According to a report by the Daily Herald, Kenya bombed Togo.": "Kenya attacks",
    "According to a survey published by the Daily Herald, Kenya supports Togo.": "Kenya supports",
    "Ghana accused Kenya of bombing Togo.": "Kenya attacks",
    "Kenya denied reports that it had bombed Togo.": "Kenya attacks",
    "The meeting showed that Kenya supports Togo.": "Kenya supports",
    '"I urge Kenya to leave Togo and to sanction Ghana," Eva Ruiz said.': "Eva Ruiz urges",
    "The rebels deny it; reports describe what Kenya bombed.": "rebels denies",
    "The plan was not reported until Kenya bombed Togo.": "Kenya attacks",
    "Kenya supports Togo, which is believed to be poor.": "Kenya supports",
}  # fmt: skip


def one(text: str, told: str) -> Statement:
    """Return the statement of a sentence that `told` names by agent and relation."""
    found = built.reader().extract(Article(id="hearsay", text=text, published="2025-05-14"))
    agent, _, relation = told.rpartition(" ")
    same = [s for s in found.statements if s.relation == relation and s.agents[0].name == agent]
    assert len(same) == 1, [f"{s.agents[0].name} {s.relation}" for s in found.statements]
    return same[0]


@pytest.mark.model
@pytest.mark.parametrize(("text", "told"), NAMELESS.items())
def test_what_nobody_named_says_is_flagged(text: str, told: str) -> None:
    assert one(text, told).unnamed_source


@pytest.mark.model
@pytest.mark.parametrize(("text", "told"), NOT.items())
def test_what_somebody_or_the_article_says_is_not(text: str, told: str) -> None:
    assert not one(text, told).unnamed_source


@pytest.mark.model
def test_described_groups_stay_the_speakers() -> None:
    statement = one("Sources said that Kenya sanctioned Uganda.", "Kenya sanctions")
    assert [e.name for e in statement.attributed_to] == ["Sources"]
    assert statement.unnamed_source
    statement = one("Diplomats said that Kenya sanctioned Uganda.", "Kenya sanctions")
    assert [e.name for e in statement.attributed_to] == ["Diplomats"]
    assert not statement.unnamed_source


@pytest.mark.model
def test_a_report_that_is_said_to_be_false_is_denied() -> None:
    text = "Peru said that reports that Kenya had bombed Togo were false."
    assert one(text, "Kenya attacks").negated


@pytest.mark.model
def test_an_explanation_names_the_word() -> None:
    article = Article(id="why", text="Peru reportedly shelled Chile.", published="2025-05-14")
    (explanation,) = built.reader().explain(article)
    (speaker,) = (d for d in explanation.decisions if d.layer == "speaker")
    assert (speaker.what, speaker.rule) == ("nobody named", "hearsay")
    assert speaker.because == "reportedly"


@pytest.mark.parametrize("scheme", ["ud", "clearnlp"])
def test_hearsay_in_both_label_schemes(scheme: str) -> None:
    passive, aux = ("nsubj:pass", "aux:pass") if scheme == "ud" else ("nsubjpass", "auxpass")
    obj = "obj" if scheme == "ud" else "dobj"
    found = extract(
        f"Peru/NNP/{passive}/3 is=be/VBZ/{aux}/3 said=say/VBN/ROOT/0 to/TO/mark/6 "
        f"have/VB/aux/6 attacked=attack/VBN/xcomp/3 Chile/NNP/{obj}/6 ././punct/3",
        scheme=scheme,
    )
    assert [(s.relation, s.unnamed_source) for s in found.statements] == [("attacks", True)]
