"""Acts on the word of a source without a name: flagged; on somebody's word, or none: not."""

from __future__ import annotations

import built
import pytest
from notation import Case, cases, check
from parses import extract

from kg.evaluation.acts import line
from kg.records import Article


@pytest.mark.model
@cases(
    """
    Peru reportedly shelled a Chilean convoy.
      Peru attacks Chile | unnamed | ...
    Purportedly, Kenya agreed to sign a pact with Togo.
      Kenya agrees ... | unnamed | ...
    Kenya allegedly armed the rebels and bombed Togo.
      Kenya attacks Togo | unnamed | ...
    Ghana criticised Togo, which supposedly bombed Kenya.
      Togo attacks Kenya | unnamed | ...
    Peru's president reportedly said that Chile had attacked Bolivia.
      Chile attacks Bolivia | unnamed | ...
    Peru is said to have sent weapons to Ghana.
      Peru aids Ghana | unnamed | ...
    Peru is believed to have sent weapons to Ghana.
      Peru aids Ghana | possible | unnamed | ...
    Kenya was alleged to have bombed Togo.
      Kenya attacks Togo | unnamed | ...
    Kenya is rumoured to be planning to invade Togo.
      Kenya attacks Togo | possible | unnamed | ...
    It is claimed that Norway bombed Togo.
      Norway attacks ... | unnamed | ...
    It was reported that Norway would host the talks.
      Norway hosts talks | planned | unnamed | ...
    Kenya is accused of bombing Togo.
      Kenya attacks ... | possible | unnamed | ...
    According to reports, Kenya has arrested two Ugandan reporters.
      Kenya coerces two Ugandan reporters | unnamed | ...
    According to a source, Kenya sanctioned Uganda.
      Kenya sanctions Uganda | unnamed | ...
    According to sources familiar with the matter, Kenya sanctioned Uganda.
      Kenya sanctions Uganda | unnamed | ...
    Kenya, according to rumours, refused to meet Togo.
      Kenya rejects ... | unnamed | ...
    According to a poll, Kenya supports Togo.
      Kenya supports Togo | unnamed | ...
    Reports say Kenya sanctioned Uganda.
      Kenya sanctions Uganda | unnamed | ...
    Rumours have it that Kenya sanctioned Uganda.
      Kenya sanctions Uganda | unnamed | ...
    There were rumours that Kenya sanctioned Uganda.
      Kenya sanctions Uganda | unnamed | ...
    The minister commented on reports that Kenya had bombed Togo.
      Kenya attacks Togo | unnamed | ...
    Sources told the Daily Herald that Kenya sanctioned Uganda.
      Kenya sanctions Uganda | unnamed | ...
    A source said that Kenya sanctioned Uganda.
      Kenya sanctions Uganda | unnamed | ...
    An insider told reporters that Kenya had bombed Togo.
      Kenya attacks Togo | unnamed | ...
    Kenya bombed Togo, reports said.
      Kenya attacks Togo | unnamed | ...
    "Kenya has bombed Togo and will sanction Ghana," a diplomat said.
      Kenya sanctions Ghana | planned | unnamed | ...
    Norway condemned the alleged attack by Chile on Peru.
      Chile attacks Peru | possible | unnamed | ...
    Ghana denounced Peru's alleged support for the rebels.
      Peru supports rebels | possible | unnamed | ...
    """
)
def test_what_nobody_named_says_is_flagged(case: Case) -> None:
    assert all(act.unnamed for act in case.acts)
    check(case)


@pytest.mark.model
@cases(
    """
    Peru shelled a Chilean convoy, and Togo reportedly protested.
      Peru attacks Chile | ...
    Norway reportedly condemned Chile's attack on Peru.
      Chile attacks Peru | ...
    Officials said that Kenya sanctioned Uganda.
      Kenya sanctions Uganda | ...
    Norway said that Kenya sanctioned Uganda.
      Kenya sanctions Uganda | ...
    According to Norway, Kenya sanctioned Uganda.
      Kenya sanctions Uganda | ...
    According to a report by the Daily Herald, Kenya bombed Togo.
      Kenya attacks Togo | ...
    According to a survey published by the Daily Herald, Kenya supports Togo.
      Kenya supports Togo | ...
    Ghana accused Kenya of bombing Togo.
      Kenya attacks ... | ...
    Kenya denied reports that it had bombed Togo.
      Kenya attacks Togo | not | ...
    The meeting showed that Kenya supports Togo.
      Kenya supports Togo | ...
    "I urge Kenya to leave Togo and to sanction Ghana," Eva Ruiz said.
      Eva Ruiz urges Kenya | ...
    The rebels deny it; reports describe what Kenya bombed.
      rebels denies | ...
    The plan was not reported until Kenya bombed Togo.
      Kenya attacks Togo | ...
    Kenya supports Togo, which is believed to be poor.
      Kenya supports Togo | ...
    """
)
def test_what_somebody_or_the_article_says_is_not(case: Case) -> None:
    assert not any(act.unnamed for act in case.acts)
    check(case)


@pytest.mark.model
@cases(
    """
    Sources said that Kenya sanctioned Uganda.
      Kenya sanctions Uganda | says Sources | unnamed
    Diplomats said that Kenya sanctioned Uganda.
      Kenya sanctions Uganda | says Diplomats
    """
)
def test_described_groups_stay_the_speakers(case: Case) -> None:
    check(case)


@pytest.mark.model
@cases(
    """
    Peru said the reports that Kenya had bombed Togo were false.
      Kenya attacks Togo | not | says Peru | unnamed
    """
)
def test_a_report_that_is_said_to_be_false_is_denied(case: Case) -> None:
    check(case)


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
    assert list(map(line, found.statements)) == ["Peru attacks Chile | unnamed"]
