"""Regular inflection, against a list of forms and as a recogniser of wrong lemmas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parses import article, extractor

from kg.text.inflections import forms


@pytest.mark.parametrize(
    ("kind", "lemma", "expected"),
    [
        ("verb", "accuse", {"accuses", "accused", "accusing"}),
        ("verb", "visit", {"visits", "visited", "visiting"}),
        ("verb", "ban", {"bans", "banned", "banning"}),
        ("verb", "veto", {"vetoes", "vetoed", "vetoing"}),
        ("verb", "deny", {"denies", "denied", "denying"}),
        ("verb", "deploy", {"deploys", "deployed", "deploying"}),
        ("verb", "agree", {"agrees", "agreed", "agreeing"}),
        ("verb", "attach", {"attaches", "attached", "attaching"}),
        ("verb", "untie", {"unties", "untied", "untying"}),
        ("verb", "sail", {"sails", "sailed", "sailing"}),
        ("verb", "withdraw", {"withdrew", "withdrawn", "withdraws"}),
        ("verb", "meet", {"met"}),
        ("noun", "treaty", {"treaties"}),
        ("noun", "speech", {"speeches"}),
        ("noun", "visit", {"visits"}),
    ],
)
def test_forms(kind, lemma, expected):
    assert {lemma, *expected} <= set(forms(kind, lemma))


@pytest.mark.parametrize(
    ("kind", "lemma", "wrong"),
    [
        ("verb", "accuse", "accuseed"),
        ("verb", "sail", "sailled"),
        ("verb", "deploy", "deploied"),
        ("verb", "agree", "agreing"),
        ("noun", "visit", "visited"),
    ],
)
def test_no_such_form(kind, lemma, wrong):
    assert wrong not in set(forms(kind, lemma))


@pytest.mark.parametrize("kind", ["adjective", "preposition"])
def test_other_kinds_do_not_inflect(kind):
    assert list(forms(kind, "able")) == ["able"]


@given(st.sampled_from(["verb", "noun"]), st.text("abcdeiost", min_size=1, max_size=8))
def test_every_word_is_its_own_form_and_no_form_is_empty(kind, lemma):
    found = list(forms(kind, lemma))
    assert found[0] == lemma
    assert all(found)


@pytest.mark.parametrize(
    ("word", "lemma", "expected"),
    [
        ("denied", "deni", "deny"),
        ("criticised", "criticis", "criticise"),
        ("criticised", "criticise", "criticise"),
        ("strolled", "stroll", "stroll"),  # no trigger: left as it is
    ],
)
def test_a_wrong_lemma_gives_way_to_the_inflection(word, lemma, expected):
    document = article(f"{word}={lemma}/VBD/ROOT/0").doc
    extractor().index.lemmatise(document)
    assert document[0].lemma_ == expected
