"""Tokens taken over from spaCy: they say what spaCy's own would."""

import random

import parses
import pytest
from spacy.lang.en import English
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.parsing.spacy_pipeline import document as taken

TEXT = """
The=the/DT/det/3 Norwegian/JJ/amod/3 envoy/NN/nsubj/4 left/VBD/ROOT/0 Lima/NNP/obj/4/B-GPE
,/,/punct/7 saying/VBG/advcl/4 he/PRP/nsubj/10 had/VBD/aux/10 lost/VBN/ccomp/7 ././punct/4
|| Two=two/CD/nummod/2 ships/NNS/nsubj/3 followed/VBD/ROOT/0 him/PRP/obj/3 ././punct/3
"""
SAME = (
    "i text lower_ lemma_ tag_ pos_ dep_ ent_type_ is_alpha is_digit is_punct is_stop like_num "
    "is_sent_start whitespace_".split()
)


def pinned() -> Doc:
    """Return the text as spaCy would have it."""
    made = parses.article(TEXT).doc
    columns = made.columns()
    marks = ["O"] * len(made)
    for first, last, kind in columns.names:
        marks[first : last + 1] = [f"B-{kind}"] + [f"I-{kind}"] * (last - first)
    return Doc(
        English().vocab,
        words=[*columns.words],
        spaces=[bool(token.whitespace_) for token in made],
        lemmas=[*columns.lemmas],
        tags=[*columns.tags],
        pos=[*columns.pos],
        deps=[*columns.labels],
        heads=[*columns.heads],
        ents=marks,
    )


def crossing(seed: int) -> Doc:
    """Return a sentence whose branches cross, as no parse of a pinned sentence does."""
    heads = list(range(12))
    order = random.Random(seed).sample(heads, len(heads))
    for number, i in enumerate(order[1:], start=1):
        heads[i] = order[random.Random(seed + i).randrange(number)]
    words = [f"Word{i}" for i in range(12)]
    labels = ["ROOT" if h == i else "dep" for i, h in enumerate(heads)]
    return Doc(English().vocab, words=words, heads=heads, deps=labels)


@pytest.mark.parametrize("doc", [pinned(), *map(crossing, range(20))])
def test_tokens_say_what_spacy_says(doc: Doc) -> None:
    document = taken(doc)
    assert len(document) == len(doc) > 0
    for ours, theirs in zip(document, doc, strict=True):
        assert [getattr(ours, name) for name in SAME] == [getattr(theirs, name) for name in SAME]
        assert ours.head is document[theirs.head.i]
        assert [t.i for t in ours.children] == [t.i for t in theirs.children]
        assert [t.i for t in ours.lefts] == [t.i for t in theirs.lefts]
        assert ours.nbor(-1) is document[ours.i - 1] and ours.doc is document
        assert [t.i for t in ours.ancestors] == [t.i for t in theirs.ancestors]
        assert {t.i for t in ours.subtree} == {t.i for t in theirs.subtree}
        assert (ours.sent.start, ours.sent.stop) == (theirs.sent.start, theirs.sent.end)


def test_stretches_say_what_spacy_says() -> None:
    doc = pinned()
    document = taken(doc)
    assert document.text == doc.text
    assert document.names == [(4, 4, "GPE")]
    assert [len(s) for s in document.sents] == [11, 5]
    for first in range(len(doc)):
        for last in range(first, len(doc)):
            span = doc[first : last + 1]
            assert document.words(first, last) == span.text
            assert document.top(first, last).i == span.root.i
            assert document.at(span.start_char, span.end_char) == (first, last)
            assert document.at(span.start_char + 1, span.end_char) == (first, last) or (
                len(doc[first]) == 1
            )


def test_a_subtree_without_crossing_branches_stands_in_text_order() -> None:
    document = parses.article(TEXT).doc
    assert [t.text for t in document[3].subtree] == [t.text for t in document[:11]]
    assert document[9].left_edge.text == "he"


def test_an_empty_text_has_no_tokens() -> None:
    document = taken(Doc(Vocab()))
    assert (len(document), document.text, document.sents, document.names) == (0, "", [], [])
