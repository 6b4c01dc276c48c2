import json
import random

import spacy

from training import annotated, marked, names
from training.conllu import Sentence, Word
from training.tokenizer import base_pipeline

KNOWN = frozenset({("ruritanian",), ("borduri",)})


def found(sentence):
    return [(" ".join(sentence.words[s.start : s.end]), s.label) for s in sentence.spans]


def test_crossner_labels_are_mapped(tmp_path):
    rows = [
        ("Ana", "B-politician"),
        ("Berg", "I-politician"),
        ("of", "O"),
        ("the", "O"),
        ("Ruritanian", "B-politicalparty"),
        ("Farmers", "I-politicalparty"),
        ("won", "O"),
        ("the", "O"),
        ("1931", "B-election"),
        ("election", "I-election"),
        ("in", "O"),
        ("Strelsau", "B-location"),
        ("against", "O"),
        ("Borduri", "B-misc"),
        ("Weekly", "B-misc"),
    ]
    path = tmp_path / "dev.txt"
    path.write_text("\n".join("\t".join(row) for row in rows) + "\n", encoding="utf-8")
    (sentence,) = names.read_columns(path, KNOWN, crossner=True)
    assert found(sentence) == [
        ("Ana Berg", "PER"),
        ("Ruritanian Farmers", "ORG"),
        ("1931 election", "EVENT"),
        ("Strelsau", "GPE"),
        ("Borduri", "NORP"),
    ]


def test_wikigold_bare_inside_tags(tmp_path):
    path = tmp_path / "wikigold.txt"
    path.write_text("Zenda I-LOC\n, O\nThe I-ORG\nTimes I-ORG\n", encoding="utf-8")
    (sentence,) = names.read_columns(path, KNOWN, crossner=False)
    assert found(sentence) == [("Zenda", "GPE"), ("Times", "ORG")]
    assert sentence.spaces == (False, True, True, True)


def test_redocred_demonyms_are_groups(tmp_path):
    document = {
        "sents": [["The", "Ruritanian", "king", "left", "the", "Zenda", "Castle", "."]],
        "vertexSet": [
            [{"type": "LOC", "pos": [1, 2], "sent_id": 0}],
            [{"type": "LOC", "pos": [4, 7], "sent_id": 0}],
            [{"type": "TIME", "pos": [3, 4], "sent_id": 0}],
        ],
    }
    path = tmp_path / "dev_revised.json"
    path.write_text(json.dumps([document]), encoding="utf-8")
    (sentence,) = names.read_redocred(path, KNOWN)
    assert found(sentence) == [("Ruritanian", "NORP"), ("Zenda Castle", "FAC")]


def test_uner_as_is_keeps_spacing_and_drops_other(tmp_path):
    layer = tmp_path / "x.iob2"
    layer.write_text(
        "# newdoc id = d\n# sent_id = 1\n# text = (Zenda) isn't Ruritanian.\n"
        "1\t(\tO\n2\tZenda\tB-LOC\n3\t)\tO\n4\tis\tO\n5\tn't\tO\n"
        "6\tRuritanian\tB-OTH\n7\t.\tB-O\n\n",
        encoding="utf-8",
    )
    (sentence,) = names.read_uner_as_is(layer)
    assert found(sentence) == [("Zenda", "LOC")]
    assert sentence.spaces == (False, False, True, False, True, False, False)


def word(form, xpos, head, deprel, misc=""):
    return Word(
        form=form, lemma=form, upos="X", xpos=xpos, feats="", head=head, deprel=deprel,
        misc=misc, space=True,
    )  # fmt: skip


def test_gum_entities_are_cut_to_the_name():
    words = [
        word("former", "JJ", 3, "amod", "Entity=(1-person-new-nn-cf1-1-sgl-Ana_Berg"),
        word("minister", "NN", 3, "nmod:desc"),
        word("Ana", "NNP", 0, "root"),
        word("Berg", "NNP", 3, "flat"),
        word("of", "IN", 6, "case"),
        word("Zenda", "NNP", 3, "nmod", "Entity=(2-place-new-nn-cf1-1-sgl)1)"),
    ]
    entities = sorted(names.gum_entities(words))
    assert entities == [(0, 6, "person", "Ana_Berg"), (5, 6, "place", "")]
    heads = [w.head - 1 for w in words]
    assert names.cut_to_name(words, heads, 5, 6) == slice(5, 6)
    cut = names.cut_to_name(words[:4], heads[:4], 0, 4)
    assert [w.form for w in words[cut]] == ["Ana", "Berg"]
    common = [word("the", "DT", 2, "det"), word("town", "NN", 0, "root")]
    assert names.cut_to_name(common, [1, -1], 0, 2) is None


def test_heads_of_noun_phrases_tell_what_they_stand_for():
    words = (
        word("Talks", "NNS", 4, "nsubj", "Entity=(1-event-new-nn-cf1-1-sgl"),
        word("in", "IN", 3, "case"),
        word("Zenda", "NNP", 1, "nmod", "Entity=(2-place-new-nn-cf1-1-sgl)1)"),
        word("failed", "VBD", 0, "root"),
    )
    sentence = Sentence(sent_id="s", document="d", words=words)
    assert names.phrase_kinds([sentence]) == {"s": ["event", "O", "place", "O"]}


def test_restyled_texts_keep_offsets():
    whole = marked.MarkedText(text='Zenda "fell".', spans=((0, 5, "GPE"),))
    styled = marked.restyle_text(whole, random.Random(1))
    assert len(styled.text) == len(whole.text)
    assert [(whole.text[s:e], label) for s, e, label in styled.spans] == [("Zenda", "GPE")]
    assert marked.curly_text(whole.text) == "Zenda “fell”."
    doc = marked.to_doc(spacy.blank("en"), whole)
    assert [(e.text, e.label_) for e in doc.ents] == [("Zenda", "GPE")]


def test_articles_give_the_names_of_their_entities(tmp_path):
    (tmp_path / "a.yaml").write_text(
        """entities:
- {id: r, name: Ruritania, type: Country, mentions: [Ruritania, Ruritanian]}
- {id: b, name: Ana Berg, type: Official, mentions: [President Berg, Berg, her office]}
- {id: g, name: Zenda protesters, type: Group, mentions: [Zenda protesters]}
- {id: k, name: the Kremlin, type: Country, mentions: [Kremlin]}
""",
        encoding="utf-8",
    )
    text = (
        "Title\nPaper\n2020\n\nPresident Berg of Ruritania met the Ruritanian envoy at the Kremlin."
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    nlp = base_pipeline()
    held = annotated.held_out("a")
    (sentence,) = annotated.read_articles(tmp_path, nlp, KNOWN, held=held)
    assert found(sentence) == [
        ("Berg", "PER"), ("Ruritania", "GPE"), ("Ruritanian", "NORP"), ("Kremlin", "ORG"),
    ]  # fmt: skip
    assert not list(annotated.read_articles(tmp_path, nlp, KNOWN, held=not held))


def test_about_a_fifth_of_the_articles_is_held_out():
    share = sum(annotated.held_out(f"article-{n}") for n in range(2000)) / 2000
    assert 0.17 < share < 0.23
