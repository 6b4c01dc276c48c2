"""Whose word a statement is: indirect speech, quotations, outlets named as the source."""

from __future__ import annotations

import pytest
from parses import extract, told

INVERTED = (
    "Peru/NNP/nsubj/2 attacked=attack/VBD/ccomp/6 Chile/NNP/obj/2 ,/,/punct/2 Norway/NNP/nsubj/6 "
    "said=say/VBD/ROOT/0 ././punct/6"
)
# the same sentence as parsers often have it: two clauses side by side
SIDE_BY_SIDE = (
    "Peru/NNP/nsubj/2 attacked=attack/VBD/ROOT/0 Chile/NNP/obj/2 ,/,/punct/2 Norway/NNP/nsubj/6 "
    "said=say/VBD/conj/2 ././punct/2"
)
PARENTHETICAL = (
    "Peru/NNP/nsubj/5 ,/,/punct/4 Norway/NNP/nsubj/4 said=say/VBD/parataxis/5 "
    "attacked=attack/VBD/ROOT/0 Chile/NNP/obj/5 ././punct/5"
)
INVERTED_CLEAR = (
    "Peru/NNP/nsubj/2 attacked=attack/VBD/ccomp/6 Chile/NNP/dobj/2 ,/,/punct/6 "
    "Norway/NNP/nsubj/6 said=say/VBD/ROOT/0 ././punct/6"
)
SPOKEN = ["Norway commentsOn | about Peru + Chile", "Peru attacks Chile | says Norway"]


@pytest.mark.parametrize(
    ("scheme", "parse"),
    [
        ("ud", INVERTED),
        ("ud", SIDE_BY_SIDE),
        ("ud", PARENTHETICAL),
        ("clearnlp", INVERTED_CLEAR),
    ],
)
def test_a_speaker_after_or_inside_what_is_said(scheme, parse):
    assert told(parse, scheme=scheme)[-1] == SPOKEN[-1]


def test_nested_speakers_come_innermost_first():
    found = told(
        "Ghana/NNP/nsubj/2 said=say/VBD/ROOT/0 Norway/NNP/nsubj/5 had=have/VBD/aux/5 "
        "claimed=claim/VBN/ccomp/2 that/IN/mark/8 Peru/NNP/nsubj/8 attacked=attack/VBD/ccomp/5 "
        "Chile/NNP/obj/8 ././punct/2"
    )
    assert "Peru attacks Chile | says Norway + Ghana" in found
    assert "Norway commentsOn | about Peru + Chile | says Ghana" in found


def test_the_speaker_of_one_clause_is_not_that_of_the_next():
    # "Norway said Peru attacked Chile, and Ghana criticised Togo": coordinated with "said"
    found = told(
        "Norway/NNP/nsubj/2 said=say/VBD/ROOT/0 Peru/NNP/nsubj/4 attacked=attack/VBD/ccomp/2 "
        "Chile/NNP/obj/4 and/CC/cc/8 Ghana/NNP/nsubj/8 criticised=criticise/VBD/conj/2 "
        "Togo/NNP/obj/8 ././punct/2"
    )
    assert "Ghana opposes Togo" in found
    assert "Peru attacks Chile | says Norway" in found


# -- sources ---------------------------------------------------------------------------------

ACCORDING_UD = (
    "Peru/NNP/nsubj/2 attacked=attack/VBD/ROOT/0 Chile/NNP/obj/2 ,/,/punct/7 "
    "according=accord/VBG/case/7 to/IN/fixed/5 {}/NNP/obl/2 ././punct/2"
)
ACCORDING_CLEAR = (
    "Peru/NNP/nsubj/2 attacked=attack/VBD/ROOT/0 Chile/NNP/dobj/2 ,/,/punct/2 "
    "according=accord/VBG/prep/2 to/IN/prep/5 {}/NNP/pobj/6 ././punct/2"
)


@pytest.mark.parametrize(("scheme", "parse"), [("ud", ACCORDING_UD), ("clearnlp", ACCORDING_CLEAR)])
def test_according_to_an_outlet_is_reported_by_it(scheme, parse):
    assert told(parse.format("CNN"), scheme=scheme) == ["Peru attacks Chile | via CNN"]


@pytest.mark.parametrize(("scheme", "parse"), [("ud", ACCORDING_UD), ("clearnlp", ACCORDING_CLEAR)])
def test_according_to_anybody_else_is_a_remark(scheme, parse):
    assert told(parse.format("Norway"), scheme=scheme) == SPOKEN


def test_an_outlet_that_reports_is_no_agent():
    found = told(
        "CNN/NNP/nsubj/2 reported=report/VBD/ROOT/0 that/IN/mark/5 Peru/NNP/nsubj/5 "
        "attacked=attack/VBD/ccomp/2 Chile/NNP/obj/5"
    )
    assert found == ["Peru attacks Chile | via CNN"]


def test_an_outlet_that_is_told_is_a_source_and_no_target():
    found = told(
        "Peru/NNP/nsubj/2 told=tell/VBD/ROOT/0 Reuters/NNP/iobj/2 that/IN/mark/8 it/PRP/nsubj/8 "
        "would/MD/aux/8 not/RB/advmod/8 attack/VB/ccomp/2 Chile/NNP/obj/8"
    )
    assert found == [
        "Peru attacks Chile | not | planned | says Peru | via Reuters",
        "Peru commentsOn | about Chile | via Reuters",
    ]


def test_an_outlet_that_is_attacked_is_no_source():
    (statement,) = extract(
        "Peru/NNP/nsubj/2 criticised=criticise/VBD/ROOT/0 Reuters/NNP/obj/2"
    ).statements
    assert statement.reported_by == ()
    assert [t.name for t in statement.targets] == ["Reuters"]


def test_officials_cited_by_an_outlet():
    found = told(
        "Peru/NNP/nsubj/2 attacked=attack/VBD/ROOT/0 Chile/NNP/obj/2 ,/,/punct/6 "
        "Reuters/NNP/nsubj/6 reported=report/VBD/parataxis/2 ,/,/punct/8 citing=cite/VBG/advcl/6 "
        "Norwegian=norwegian/JJ/amod/10 officials=official/NNS/obj/8 ././punct/2"
    )
    assert found == ["Peru attacks Chile | says Norwegian officials | via Reuters"]


# -- quotations --------------------------------------------------------------------------------

SAID_NORWAY = (
    '"/``/punct/3 Peru/NNP/nsubj/3 attacked=attack/VBD/ccomp/7 Chile/NNP/obj/3 ,/,/punct/3 '
    "\"/''/punct/3 said=say/VBD/ROOT/0 Norway/NNP/nsubj/7 ././punct/7"
)
GOES_ON = (
    ' || "/``/punct/3 Ghana/NNP/nsubj/3 criticised=criticise/VBD/ROOT/0 Togo/NNP/obj/3 '
    "and/CC/cc/6 Mali/NNP/conj/4 ././punct/3 \"/''/punct/3"
)
UNCLOSED = GOES_ON.rsplit(" ", 1)[0]
NEXT_PARAGRAPH = (
    "\n\nCuba/NNP/nsubj/2 invited=invite/VBD/ROOT/0 the/DT/det/4 rebels=rebel/NNS/obj/2 ././punct/2"
)


def curly(parse):
    return parse.replace('"/``', "“/``").replace("\"/''", "”/''")


@pytest.mark.parametrize("marks", [str, curly])
def test_quotation_and_its_speaker_behind(marks):
    assert told(marks(SAID_NORWAY)) == SPOKEN


@pytest.mark.parametrize("marks", [str, curly])
def test_a_quotation_goes_on_after_its_speaker(marks):
    found = told(marks(SAID_NORWAY + GOES_ON))
    assert "Ghana opposes Togo + Mali | says Norway" in found
    assert "Peru attacks Chile | says Norway" in found


def test_a_quotation_left_open_ends_with_its_paragraph():
    found = told(SAID_NORWAY + UNCLOSED + NEXT_PARAGRAPH)
    assert "Ghana opposes Togo + Mali | says Norway" in found
    assert "Cuba invites rebels" in found


def test_a_quotation_without_a_speaker_near_is_nobodys():
    (_, attacks) = sorted(told(NEXT_PARAGRAPH.strip() + "\n\n" + GOES_ON[4:]))
    assert attacks == "Ghana opposes Togo + Mali"


def test_a_lone_closing_mark_opens_nothing():
    parse = (
        "Peru/NNP/nsubj/2 attacked=attack/VBD/ROOT/0 Chile/NNP/obj/2 \"/''/punct/2 ././punct/2 "
        "|| Norway/NNP/nsubj/2 said=say/VBD/ROOT/0 no/DT/obj/2 ././punct/2 "
        "|| Ghana/NNP/nsubj/2 criticised=criticise/VBD/ROOT/0 Togo/NNP/obj/2 ././punct/2"
    )
    assert "Ghana opposes Togo" in told(parse)


def test_what_follows_a_closed_quotation_is_the_articles_own_word():
    parse = (
        SAID_NORWAY + " || Ghana/NNP/nsubj/2 criticised=criticise/VBD/ROOT/0 Togo/NNP/obj/2 "
        "././punct/2"
    )
    assert "Ghana opposes Togo" in told(parse)


def test_the_clause_of_a_remark_covers_what_is_said():
    found = extract(INVERTED)
    remark = next(s for s in found.statements if s.relation == "commentsOn")
    act = next(s for s in found.statements if s.relation == "attacks")
    assert found.article.quote(remark.evidence.span) == "Peru attacked Chile, Norway said"
    assert found.article.quote(act.evidence.span) == "Peru attacked Chile"


def test_one_remark_per_speaker_and_sentence():
    # "Norway said Peru attacked Chile and added that Ghana criticised Togo"
    found = told(
        "Norway/NNP/nsubj/2 said=say/VBD/ROOT/0 Peru/NNP/nsubj/4 attacked=attack/VBD/ccomp/2 "
        "Chile/NNP/obj/4 and/CC/cc/7 noted=note/VBD/conj/2 that/IN/mark/10 Ghana/NNP/nsubj/10 "
        "criticised=criticise/VBD/ccomp/7 Togo/NNP/obj/10 ././punct/2"
    )
    remarks = [line for line in found if " commentsOn" in line]
    assert remarks == ["Norway commentsOn | about Peru + Chile + Ghana + Togo"]
    assert "Ghana opposes Togo | says Norway" in found
