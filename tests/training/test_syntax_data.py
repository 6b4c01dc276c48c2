import pytest
import spacy
from spacy.tokens import Doc, Span

from training import treebanks
from training.conllu import Sentence, Word
from training.evaluate import f1, name_scores, raw_text_scores, syntax_scores
from training.tokenizer import base_pipeline


def word(form, upos, xpos, head, deprel, space=True, feats=""):
    return Word(
        form=form, lemma=form.lower(), upos=upos, xpos=xpos, feats=feats, head=head,
        deprel=deprel, misc="", space=space,
    )  # fmt: skip


def sentence(number, paragraph=False, document="d"):
    return Sentence(
        sent_id=f"s{number}",
        document=document,
        opens_paragraph=paragraph,
        words=(
            word('"', "PUNCT", "``", 2, "punct", space=False),
            word(
                "Go", "VERB", "VB", 0, "root", space=False, feats="Mood=Imp|Person=2|VerbForm=Fin"
            ),
            word('"', "PUNCT", "''", 2, "punct"),
        ),
    )


def test_runs_stay_inside_documents():
    sentences = [sentence(i, document="ab"[i > 3]) for i in range(8)]
    assert [len(run) for run in treebanks.group(sentences)] == [4, 4]
    sizes = [len(r) for r in treebanks.group_of_size(sentences, lambda: 3)]
    assert sizes == [3, 1, 3, 1]


def test_paragraph_breaks_become_tokens_of_the_sentence_before():
    run = [sentence(0), sentence(1, paragraph=True)]
    doc = treebanks.to_doc(spacy.blank("en").vocab, run, breaks=True)
    assert doc.text == '"Go"\n\n"Go"'
    assert doc[3].is_space
    assert [(s.start, s.end) for s in doc.sents] == [(0, 4), (4, 7)]
    assert doc[1].dep_ == "ROOT"
    assert str(doc[1].morph) == "Mood=Imp|VerbForm=Fin"
    plain = treebanks.to_doc(spacy.blank("en").vocab, run)
    assert plain.text == '"Go" "Go"'


def test_tokenizer_cuts_as_the_treebanks_do():
    nlp = base_pipeline()
    for text, expected in {
        "a Shanghai-based co-founder": "a Shanghai - based co-founder",
        "non-proliferation and/or arms": "non-proliferation and / or arms",
        "Lt. Col. Berg's “plan”": "Lt. Col. Berg 's “ plan ”",
        "F-16 jets cannot fly!!!": "F - 16 jets can not fly !!!",
        "the U.S.-led talks": "the U.S. - led talks",
    }.items():
        assert " ".join(t.text for t in nlp.make_doc(text)) == expected


class Echo:
    """Returns documents with their gold analysis, one head and one tag wrong."""

    def __init__(self, docs):
        self.vocab = docs[0].vocab
        self.docs = docs

    def pipe(self, given):
        list(given)
        for doc in self.docs:
            copy = doc.copy()
            copy[0].tag_ = "XX"
            copy[0].head = copy[2]
            yield copy


def test_scores_count_words_and_sentences():
    doc = treebanks.to_doc(spacy.blank("en").vocab, [sentence(0), sentence(1)])
    scores = syntax_scores(Echo([doc]), [doc])
    assert scores["words"] == 6
    assert scores["uas"] == pytest.approx(5 / 6)
    assert scores["xpos"] == pytest.approx(5 / 6)
    assert scores["upos"] == 1
    assert scores["sentence_f1"] == 1
    assert raw_text_scores(Echo([doc]), [doc])["token_f1"] == 1
    assert f1(1, 2, 2) == 0.5
    assert f1(0, 0, 0) == 0


class Places:
    """Returns documents with a name of each kind of place."""

    def __init__(self, vocab):
        self.vocab = vocab

    def pipe(self, given):
        for doc in given:
            doc.ents = [Span(doc, 0, 1, label="GPE"), Span(doc, 1, 2, label="FAC")]
            yield doc


def test_kinds_of_places_count_as_one_where_the_corpus_has_one():
    vocab = spacy.blank("en").vocab
    gold = Doc(vocab, words=["Zenda", "Castle"], ents=["B-LOC", "B-LOC"])
    assert name_scores(Places(vocab), [gold], {"LOC"})["all"]["f1"] == 1
    assert name_scores(Places(vocab), [gold], {"LOC", "GPE"})["all"]["f1"] == 0
