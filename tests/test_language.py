"""Normalised input with exact offsets, paragraphs, and which pipelines are taken."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from threadpoolctl import threadpool_info, threadpool_limits

from kg.errors import MissingModelError, UnsuitableModelError
from kg.parsing import language, spacy_pipeline
from kg.parsing.language import Language
from kg.parsing.plain import normalise, paragraphs
from kg.parsing.spacy_pipeline import SpacyParser
from kg.records import Article
from kg.text import markup

ODD = "“”„«»‘’`\u00ad\u200b\ufeff\x00ﬁﬃ‑…\u00a0\u2028\r\n\t \ud800\U0001f600é"
TEXT = st.text(st.one_of(st.sampled_from(ODD), st.characters()), max_size=60)


def whole(text):
    return normalise(text, 0, len(text))


# -- normalised text ---------------------------------------------------------------------------


@given(TEXT, st.data())
def test_every_character_knows_where_it_came_from(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    plain = normalise(text, start, end)
    assert len(plain.text) == len(plain.origin) == len(plain.ends)
    assert list(plain.origin) == sorted(plain.origin)
    assert all(start <= a < b <= end for a, b in zip(plain.origin, plain.ends, strict=True))
    if markup.edits(text, start, end):
        return
    for letter, first, last in zip(plain.text, plain.origin, plain.ends, strict=True):
        alone = normalise(text, first, last).text
        if not markup.edits(text, first, last):  # ">" is a mark where it begins a line
            assert letter in alone if alone else letter == " "


@given(TEXT)
def test_no_character_is_lost_but_space_markup_and_the_invisible(text):
    plain = whole(text)
    read = {i for a, b in zip(plain.origin, plain.ends, strict=True) for i in range(a, b)}
    marked = {i for a, b, _ in markup.edits(text, 0, len(text)) for i in range(a, b)}
    for offset, letter in enumerate(text):
        if whole(letter).text:
            assert offset in read | marked or letter == "-"


@given(TEXT)
def test_spaces_are_single_and_inside(text):
    plain = whole(text).text
    assert plain == " ".join(plain.split())
    if not markup.edits(text, 0, len(text)) and not markup.edits(plain, 0, len(plain)):
        assert whole(plain).text == plain


@given(TEXT)
def test_normalised_text_can_be_encoded(text):
    whole(text).text.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("“Yes,” she said", '"Yes," she said'),
        ("«Oui» „Ja”", '"Oui" "Ja"'),
        ("Peru’s ‘plan’", "Peru's 'plan'"),
        ("co\u00adoperate", "cooperate"),
        ("\ufeffPeru\u200b met", "Peru met"),
        ("ofﬁce oﬃcial", "office official"),
        ("Pe\x00ru", "Peru"),
        ("Nagorno‑Karabakh …", "Nagorno-Karabakh ..."),
        ("a\r\n\tb\u00a0\u2028c ", "a b c"),
        ("half \ud800 pair", "half \ufffd pair"),
        ("\U0001f1f5\U0001f1ea Peru ➡️ Chile", "Peru Chile"),
        ("Ｐｅｒｕ met Jose\u0301", "Peru met José"),
        ("Guinea-\nBissau met Peru -\nand left", "Guinea-Bissau met Peru - and left"),
    ],
)
def test_what_the_pipeline_reads_instead(text, plain):
    assert whole(text).text == plain


def test_letters_of_a_ligature_share_their_origin():
    assert whole("aﬃb").origin == (0, 1, 1, 1, 2)


# -- paragraphs ----------------------------------------------------------------------------------


@given(TEXT, st.data())
def test_paragraphs_hold_every_letter_of_the_body_once(text, data):
    body = data.draw(st.integers(0, len(text)))
    found = list(paragraphs(text, body))
    cells = [i for start, end in found for i in range(start, end)]
    assert cells == sorted(set(cells))
    letters = {i for i in range(body, len(text)) if text[i].isalnum()}
    assert letters <= set(cells) or "]:" in text
    assert not any(text[end - 1] in "\r\n" for _, end in found)


def test_lines_without_a_letter_are_no_paragraphs():
    text = "Title\r\n***\r\n\r\nOne.\rTwo."
    assert [text[a:b] for a, b in paragraphs(text)] == ["Title", "One.", "Two."]


WRAPPED = """\
Rail link opens

The prime minister of New
Zealand met Fiji's envoy. He
praised Fiji.

Both sides agreed, South
Africa's minister said.
- The first item
- The second item
"""


def test_lines_of_a_hard_wrapped_paragraph_are_one():
    assert [" ".join(WRAPPED[a:b].split()) for a, b in paragraphs(WRAPPED)] == [
        "Rail link opens",
        "The prime minister of New Zealand met Fiji's envoy. He praised Fiji.",
        "Both sides agreed, South Africa's minister said.",
        "- The first item",
        "- The second item",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Fiji Rising\nThe president of Fiji spoke.\nHe praised Tonga.",  # a line a paragraph
        "Fiji: a chronicle\nhttps://example.org/fiji\nThe president spoke.",
        "The president spoke to\n\nFiji's envoys and left.",  # a blank line, whatever it parts
        "rain in fiji\nsun in tonga",  # no capitals, so that lower case tells nothing
    ],
)
def test_other_lines_stay_paragraphs(text):
    lines = [line for line in text.split("\n") if line]
    assert [text[a:b] for a, b in paragraphs(text)] == lines


def test_a_line_that_only_defines_a_link_is_no_paragraph():
    text = "Fiji met [Tonga][1].\n\n[1]: https://example.org/tonga"
    assert len(list(paragraphs(text))) == 1
    assert normalise(text, 0, 20).text == "Fiji met Tonga."


def test_a_very_long_paragraph_is_cut_after_a_sentence():
    sentence = "Peru met Chile. "
    text = sentence * 3000
    found = list(paragraphs(text))
    assert len(found) > 1
    assert [found[0][0], *(b for _, b in found)] == [*(a for a, _ in found), len(text)]
    assert all(b - a <= 20_000 and text[b - 1] in ". " for a, b in found)


def test_a_very_long_paragraph_without_sentences_is_cut_all_the_same():
    found = list(paragraphs("a" * 50_000))
    assert [b - a for a, b in found] == [20_000, 20_000, 10_000]


# -- pipelines -------------------------------------------------------------------------------------


def blank(*labels, ner=True):
    """Return an untrained pipeline whose parser has these labels."""
    nlp = spacy.blank("en")
    parser = nlp.add_pipe("parser")
    for label in labels:
        parser.add_label(label)
    if ner:
        nlp.add_pipe("ner")
    return nlp


def test_an_unknown_name_or_folder_is_missing(tmp_path):
    for name in ("no_such_pipeline", tmp_path / "nowhere", tmp_path):
        with pytest.raises(MissingModelError) as caught:
            language.load(name)
        assert caught.value.where == str(name)


def test_a_broken_folder_is_unsuitable(tmp_path):
    (tmp_path / "meta.json").write_text('{"lang": "en", "name": "broken"}', encoding="utf-8")
    with pytest.raises(UnsuitableModelError, match="cannot be loaded"):
        language.load(tmp_path)


def test_a_blank_pipeline_lacks_parser_and_names(tmp_path):
    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(UnsuitableModelError, match="no parser and no ner"):
        language.load(tmp_path)
    with pytest.raises(UnsuitableModelError, match="no ner") as caught:
        SpacyParser(blank("nsubj:pass", ner=False), name="half")
    assert "no parser" not in str(caught.value)


@pytest.mark.parametrize(
    ("labels", "scheme"),
    [
        (("nsubj", "nsubj:pass", "obl"), "ud"),
        (("nsubj", "obl"), "ud"),
        (("nsubj", "nsubjpass", "pobj"), "clearnlp"),
    ],
)
def test_the_label_scheme_is_seen_from_the_parser(labels, scheme):
    assert Language(SpacyParser(blank(*labels), name="made")).scheme == scheme


def test_unknown_labels_are_unsuitable():
    with pytest.raises(UnsuitableModelError, match="neither Universal Dependencies nor ClearNLP"):
        SpacyParser(blank("SB", "OA"), name="german")


# -- parsed articles -------------------------------------------------------------------------------


def tokenizer_only():
    """Return a language that only cuts text into words."""
    made = SpacyParser(blank("obl"), name="words")
    made.nlp.select_pipes(disable=["parser", "ner"])
    return made


CUT = tokenizer_only()
WORDS = Language(CUT)


@given(TEXT)
def test_tokens_stand_where_the_article_has_them(text):
    parse = WORDS.parse(Article(id="odd", text=text))
    assert len(parse.doc) == len(parse.starts) == len(parse.ends) == len(parse.paragraph)
    for token, start, end in zip(parse.doc, parse.starts, parse.ends, strict=True):
        found = whole(text[start:end]).text
        # a token may be part of a ligature or an ellipsis, never the other way round
        assert (
            token.text in found or token.text in text[start:end] or markup.edits(text, 0, len(text))
        )


def test_offsets_are_of_the_article_not_of_the_normalised_text():
    text = "Headline\n\nﬁve  “co\u00adoperating” states\r\nMet Peru’s envoy"
    parse = WORDS.parse(Article(id="odd", text=text, body=10))
    quotes = [text[a:b] for a, b in zip(parse.starts, parse.ends, strict=True)]
    assert [t.text for t in parse.doc] == [
        "five", '"', "cooperating", '"', "states", "Met", "Peru", "'s", "envoy",
    ]  # fmt: skip
    assert quotes == ["ﬁve", "“", "co\u00adoperating", "”", "states", "Met", "Peru", "’s", "envoy"]
    assert parse.paragraph == (0, 0, 0, 0, 0, 1, 1, 1, 1)
    assert parse.article.quote(parse.span(1, 3)) == "“co\u00adoperating”"


@pytest.mark.parametrize("text", ["", "   ", "*** \n ---"])
def test_an_article_without_words_is_parsed_to_nothing(text):
    assert len(WORDS.parse(Article(id="none", text=text)).doc) == 0


def test_windows_are_whole_paragraphs_that_cover_the_article():
    text = "\n".join(f"Peru met envoy {number}. " * 40 for number in range(300))
    article = Article(id="long", text=text)
    windows = list(WORDS.windows(article))
    assert len(windows) > 1
    starts = [start for window in windows for start in window.starts]
    assert starts == list(WORDS.parse(article).starts)
    assert all(text[window.starts[0] - 1] == "\n" for window in windows[1:])


def test_a_short_article_is_one_window():
    (window,) = WORDS.windows(Article(id="short", text="Peru met Chile.\nThey agreed."))
    assert len(window.doc) == 7


# -- where sentences may begin ---------------------------------------------------------------------


def may_begin(text):
    """Return the words that may begin a sentence, the first left out."""
    doc = CUT._opened(normalise(text, 0, len(text)).text)
    return [token.text for token in doc[1:] if token.is_sent_start is not False]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They met. Peru left.", ["Peru"]),
        ("Did they? Yes! No… Why", ["Yes", "No", "Why"]),
        ("Prime Minister Ana Maria Fox and Chancellor Bo Lund", []),
        ('"Is it so?" he asked. "No," Fox said.', ['"']),
        ("“It is over.” Fox left.", ["Fox"]),
        ("They met (in Rome). Peru left.", ["Peru"]),
        ("Gen. Fox met Mr. Lund and J. Smith of St. Kitts.", []),
        ("He lives in the U.S. Fox does not.", ["Fox"]),
        ("See No. 10 and no. It ended.", ["It"]),
        ("It fell in Jan. Fox said so; Peru: No.", ["Fox"]),
        ("ROME — The talks went on.", []),
        ('It ended. "We won," she said.', ['"']),
        ("So did I. Fox too.", ["Fox"]),
        ("peru praised chile. togo left.", ["togo"]),
        ("``It is over.'' Fox left.", ["Fox"]),
    ],
)
def test_sentences_begin_after_a_final_mark_and_in_upper_case(text, words):
    assert may_begin(text) == words


def test_matrices_are_multiplied_by_numpy_in_one_thread(tmp_path):
    blank("obl").to_disk(tmp_path)
    nodes = list(spacy_pipeline.load(str(tmp_path)).nlp.get_pipe("parser").model.walk())
    layers = [node for node in nodes if node.name == "maxout"]
    assert layers
    assert not any(node.ops.use_blis for node in layers)
    seen = []

    def look(doc):
        seen.extend(i["num_threads"] for i in threadpool_info() if i["user_api"] == "blas")
        return doc

    spacy.Language.component("look", func=look)
    made = SpacyParser(blank("obl"), name="look")
    made.nlp.select_pipes(disable=["parser", "ner"])
    made.nlp.add_pipe("look")
    with threadpool_limits(2, "blas"):
        made.parse(["Peru met Chile."])
    assert seen
    assert set(seen) == {1}
