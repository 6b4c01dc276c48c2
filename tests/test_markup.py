"""Markup of web pages in the text: what is read, and that offsets stay those of the article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.parsing.plain import normalise
from kg.text import markup

PIECES = [
    "[", "]", "(", ")", "*", "**", "_", "`", "'", "&amp;", "&lt;", "<b>", "</b>", "[1]", "[[", "]]",
    "{{", "}}", "#", "> ", "a", "Fiji", " ", "\n", "https://x.org/a_b", "\\", "|",
]  # fmt: skip
MARKED = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def read(text):
    return normalise(text, 0, len(text)).text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**Fiji** met *Tonga* and ***Samoa***.", "Fiji met Tonga and Samoa."),
        ("__Fiji__ met _Tonga_.", "Fiji met Tonga."),
        ("[Fiji](https://a.org/b_(c) 'Fiji') met [**Tonga**](t).", "Fiji met Tonga."),
        ("[Fiji's\npremier](x) left.", "Fiji's premier left."),
        ("![A map](map.png) Fiji met Tonga.", "Fiji met Tonga."),
        ("[Fiji][f] met [Tonga][].", "Fiji met Tonga."),
        ("Fiji met Tonga.[3] Samoa left.[12][13]", "Fiji met Tonga. Samoa left."),
        ("In 2019,[4]:15–17 Fiji left.[who?]", "In 2019, Fiji left."),
        ("Fiji[note 2] left [7].", "Fiji left."),
        ("[[Fiji]] met [[Kingdom of Tonga|Tonga]]ns.[[Category:Fiji]]", "Fiji met Tongans."),
        ("'''Fiji''' met ''Tonga''. {{cite web}}", "Fiji met Tonga."),
        ("[https://a.org Fiji] met Tonga.", "Fiji met Tonga."),
        ("## Fiji &amp; Tonga", "Fiji & Tonga"),
        ("== Fiji ==", "Fiji"),
        ("> Fiji\n> met Tonga", "Fiji met Tonga"),
        ("- Fiji met Tonga", "Fiji met Tonga"),
        ("3. Fiji met Tonga", "Fiji met Tonga"),
        ('<p>Fiji<br/>met <a href="t">Tonga</a><sup>[2]</sup></p>', "Fiji met Tonga"),
        ("Fiji&rsquo;s &#8220;plan&#x201D;&nbsp;failed", 'Fiji\'s "plan" failed'),
        ("Fiji&amp;#39;s plan", "Fiji's plan"),
        ("``We left,'' Fiji said", '"We left," Fiji said'),
        ("Fiji\\_Tonga \\[sic\\]", "Fiji_Tonga [sic]"),
        ("`Fiji` met Tonga", "Fiji met Tonga"),
    ],
)
def test_markup_is_not_read(text, plain):
    assert read(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        '"[The premier] left," Fiji said.',  # words that an editor put in
        '"[Tonga] has protest[ed]," Fiji said.',
        "The sum was 5 * 3 * 2.",
        "The file fiji_and_tonga was lost.",
        "A & B; C & D",
        "Fiji -- and Tonga",
        "Profit < 5 and loss > 3",
        "Fiji [a state] left.",
        "The islands' and Fiji's plan",
    ],
)
def test_what_only_looks_like_markup_stays(text):
    assert read(text) == text


@given(MARKED)
def test_what_is_read_otherwise_is_in_order_and_within(text):
    at = 0
    for start, end, _ in markup.edits(text, 0, len(text)):
        assert at <= start < end <= len(text)
        at = end


@given(MARKED, st.integers(0, 40))
def test_letters_of_text_outside_markup_are_never_lost(text, cut):
    cut = min(cut, len(text))
    kept = sum(letter.isalnum() for letter in normalise(text, cut, len(text)).text)
    hidden = {i for a, b, _ in markup.edits(text, cut, len(text)) for i in range(a, b)}
    assert kept >= sum(text[i].isalnum() for i in range(cut, len(text)) if i not in hidden)


def test_a_long_paragraph_full_of_open_marks_takes_no_time_to_speak_of():
    for mark in ("[", "*a ", "<", "[[a|", "_a ", "`a ", "{{", "[a](", "''a ", "  #"):
        assert len(read(mark * (8_000 // len(mark)))) > 0
