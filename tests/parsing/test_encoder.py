"""The bundled encoder as a component of spaCy."""

from __future__ import annotations

import pickle
from importlib.metadata import entry_points
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy import displacy
from spacy.tokens import Doc

from kg import resources, sources
from kg.parsing.columns import SURE
from kg.parsing.encoder.component import KINDS, NAME, Encoder
from kg.parsing.encoder.network import Network
from kg.parsing.encoder.pieces import CASES, Coder, case
from kg.parsing.encoder.windows import MOST_PIECES, MOST_WORDS, windows
from kg.parsing.spacy_pipeline import SpacyParser

SAMPLES = Path(__file__).parents[2] / "seeds" / "articles"
TEXTS = [
    "The Norwegian foreign minister met Ana Berg in Lagos on Friday.",
    "“We will not sign,” she said. Talks in Hanoi were postponed, and nobody knows until when.",
    "MINISTERS MEET",
    "Ghana, Togo and Benin may send observers to the Gulf of Guinea.\n\nThe vote is on Monday.",
    "",
    " \n ",
    "no",
    "He accused the bank, which had refused to pay, of breaking its word; it denied that.",
]
ATTRIBUTES = ["TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE", "SENT_START"]


@pytest.fixture(scope="module")
def nlp():
    return spacy.load(resources.model_dir())


def facts(doc):
    """Return all that the component says of a document."""
    kinds = [(span.start, span.label_) for span in doc.spans[KINDS]]
    return (
        doc.to_array(ATTRIBUTES).tolist(),
        doc.tensor.tobytes(),
        doc.user_data[SURE].tobytes(),
        kinds,
    )


# -- pieces and windows ------------------------------------------------------------------------

PIECES = "[PAD] [UNK] [CLS] [SEP] talk ##s an ##kara ' \" - a é resume ##d 中".split()


def test_words_are_cut_into_the_longest_known_pieces():
    coder = Coder(PIECES)

    def cut(word):
        return [PIECES[n] for n in coder.word(word)[0]]

    assert cut("Talks") == ["talk", "##s"]
    assert cut("Ankara") == ["an", "##kara"]
    assert cut("“") == ['"']
    assert cut("’s") == ["'", "[UNK]"]
    assert cut("Á-A") == ["a", "-", "a"]
    assert cut("zzz") == ["[UNK]"]
    assert cut("中中") == ["中", "中"]
    assert cut("\u200b") == ["[UNK]"]
    assert cut("a" * 200) == ["[UNK]"]
    coded = coder.code(["Talks", "resumed"])
    assert [PIECES[n] for n in coded.pieces] == "[CLS] talk ##s resume ##d [SEP]".split()
    assert coded.first == [0, 1, 3]
    assert [CASES[n] for n in coded.cases] == ["", "title", "inside", "lower", "inside", ""]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("talks", "lower"), ("Talks", "title"), ("UN", "upper"), ("McCoy", "mixed"),
        ("2025", "digit"), ("3.5", "digit"), (",", "other"), ("A", "letter"), ("a", "lower"),
    ],
)  # fmt: skip
def test_cases(word, kind):
    assert CASES[case(word)] == kind


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "B", ".", '"']),
            st.integers(1, 5),
            st.sampled_from([None, True, False]),
        ),
        min_size=1,
        max_size=900,
    )
)  # fmt: skip
def test_windows_cover_all_words_and_fit_the_encoder(rows):
    words, lengths, begins = zip(*rows, strict=True)
    found = windows(words, lengths, begins)
    assert [at for first, end in found for at in range(first, end)] == list(range(len(words)))
    for first, end in found:
        assert 0 < end - first <= MOST_WORDS
        assert sum(lengths[first:end]) <= MOST_PIECES


def test_a_long_paragraph_is_cut_where_a_sentence_is_likely_to_begin():
    words = ["It", *["x"] * 98, ".", '"', "He", *["x"] * 80, "."]
    (first, second) = windows(words, [1] * len(words), [None] * len(words))
    assert first == (0, 100)
    assert second == (100, len(words))
    known = [None] * len(words)
    known[100], known[50] = False, True
    assert windows(words, [1] * len(words), known)[0] == (0, 50)


# -- the component -----------------------------------------------------------------------------


@pytest.mark.model
def test_it_reads_alike_whatever_is_read_beside_it(nlp):
    alone = [facts(nlp(text)) for text in TEXTS]
    assert [facts(doc) for doc in nlp.pipe(TEXTS)] == alone
    assert [facts(doc) for doc in nlp.pipe(TEXTS[::-1], batch_size=3)][::-1] == alone
    twice = nlp("\n\n".join([TEXTS[0], TEXTS[1]]))
    first = facts(nlp(TEXTS[0]))
    assert twice[: len(nlp.make_doc(TEXTS[0]))].as_doc().to_array(ATTRIBUTES).tolist() == first[0]


@pytest.mark.model
def test_it_reads_alike_in_other_processes(nlp):
    alone = [facts(nlp(text)) for text in TEXTS]
    assert [facts(doc) for doc in nlp.pipe(TEXTS, n_process=2, batch_size=2)] == alone


@pytest.mark.model
def test_documents_are_well_formed(nlp):
    for text in TEXTS:
        doc = nlp(text)
        assert doc.text == text
        for sentence in doc.sents:
            words = [token for token in sentence if not token.is_space]
            assert len([token for token in words if token.dep_ == "ROOT"]) == min(1, len(words))
            assert all(token.head in sentence for token in sentence)
        assert doc.tensor.shape == (len(doc), 384)
        assert doc.tensor.dtype == np.float16
        sure = doc.user_data[SURE]
        assert sure.shape == (len(doc), 3)
        for token in doc:
            values = sure[token.i]
            assert (
                np.isnan(values).all() if token.is_space else ((values > 0) & (values <= 1)).all()
            )
    assert [name.text for name in nlp(TEXTS[3]).ents] == [
        "Ghana",
        "Togo",
        "Benin",
        "Gulf of Guinea",
    ]


@pytest.mark.model
def test_an_empty_line_ends_a_sentence(nlp):
    assert [s.text.strip() for s in nlp("Talks in Oslo\n\nA vote in Riga").sents] == [
        "Talks in Oslo", "A vote in Riga",
    ]  # fmt: skip


@pytest.mark.model
def test_beginnings_of_sentences_that_are_set_are_kept(nlp):
    doc = nlp.make_doc("Ministers met. Talks resumed today")
    doc[3].is_sent_start = False
    doc[4].is_sent_start = True
    assert [s.text for s in nlp(doc).sents] == ["Ministers met. Talks", "resumed today"]


@pytest.mark.model
def test_noun_phrases_tell_what_they_stand_for(nlp):
    doc = nlp("The president of the bank attended a summit in the capital.")
    kinds = {doc[span.start].text: span.label_ for span in doc.spans[KINDS]}
    assert kinds == {
        "president": "person",
        "bank": "organization",
        "summit": "event",
        "capital": "place",
    }


@pytest.mark.model
def test_a_sentence_without_end_is_read_in_parts(nlp):
    doc = nlp("and then " * 1500)
    assert len(doc) == 3000
    assert all(abs(token.head.i - token.i) <= MOST_WORDS for token in doc)


@pytest.mark.model
def test_it_is_written_and_loaded(nlp, tmp_path):
    nlp.to_disk(tmp_path)
    assert [facts(d) for d in spacy.load(tmp_path).pipe(TEXTS)] == [
        facts(d) for d in nlp.pipe(TEXTS)
    ]
    other = spacy.blank("en")
    other.add_pipe(NAME, name="encoder")
    other.from_bytes(nlp.to_bytes())
    assert facts(other(TEXTS[0])) == facts(nlp(TEXTS[0]))
    loaded = Doc(nlp.vocab).from_bytes(nlp(TEXTS[0]).to_bytes())
    assert facts(loaded) == facts(nlp(TEXTS[0]))
    assert pickle.loads(pickle.dumps(nlp(TEXTS[0]))).text == TEXTS[0]


@pytest.mark.model
def test_spacy_draws_its_trees_and_names(nlp):
    doc = nlp(TEXTS[0])
    assert "nsubj" in displacy.render(doc, style="dep", jupyter=False)
    assert "Lagos" in displacy.render(doc, style="ent", jupyter=False)


def test_spacy_finds_the_component_by_its_entry_point():
    (point,) = entry_points(group="spacy_factories", name=NAME)
    assert point.value.startswith("kg.parsing.encoder.component:")


def test_a_component_without_a_network_says_so():
    blank = spacy.blank("en")
    with pytest.raises(ValueError, match="no network"):
        Encoder(blank.vocab)(blank.make_doc("Hello"))
    assert Encoder(blank.vocab).labels == ()


@pytest.mark.model
def test_documents_of_our_own_carry_vectors_and_probabilities_if_asked(nlp):
    texts = [text for text in TEXTS if text.strip()]
    reader = SpacyParser(nlp, name="plain")
    assert reader.scored  # the bundled pipeline has scorers, which read vectors
    reader.scored = False
    plain = reader.parse(texts)
    scored = SpacyParser(nlp, name="scored", scored=True).parse(texts)
    assert all(document.vectors is None for document in plain)
    for document, other in zip(scored, plain, strict=True):
        assert document.vectors.shape == (len(document), 384)
        assert document.probabilities.arcs.shape == (len(document),)
        assert [t.dep_ for t in document] == [t.dep_ for t in other]


@pytest.mark.model
def test_vectors_can_be_left_out(nlp):
    lean = Encoder(nlp.vocab, vectors=False)
    lean.set_network(nlp.get_pipe("encoder").network)
    doc = lean(nlp.make_doc(TEXTS[0]))
    assert doc.tensor.size == 0
    assert doc.to_array(ATTRIBUTES).tolist() == facts(nlp(TEXTS[0]))[0]


# -- the same everywhere ---------------------------------------------------------------------------

NEVER_ALIKE = 0.003  # share of decisions; measured on the samples: 22 of 21,488


@pytest.mark.slow
@pytest.mark.model
def test_sums_in_another_order_change_next_to_no_decision(monkeypatch):
    """Kernels of another processor round otherwise; leaving all graphs as written does so too."""
    import onnxruntime

    usual = Network.load(resources.model_dir() / "encoder")
    level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    made = onnxruntime.SessionOptions

    def plain():
        options = made()
        options.graph_optimization_level = level
        return options

    monkeypatch.setattr(onnxruntime, "SessionOptions", plain)
    other = Network.load(resources.model_dir() / "encoder")
    decided = changed = 0
    for article in sources.read([str(SAMPLES)]):
        for line in article.text.splitlines():
            words = line.split()[:MOST_WORDS]
            if words:
                one, two = (net.read(words, [None] * len(words)) for net in (usual, other))
                for name in ("tags", "heads", "relations", "forms"):
                    decided += len(words)
                    changed += int((getattr(one, name) != getattr(two, name)).sum())
    assert decided > 20_000
    assert changed / decided < NEVER_ALIKE, f"{changed} of {decided}"
