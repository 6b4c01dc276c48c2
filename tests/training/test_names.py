import json
import random

import spacy

from training import marked, names
from training.conllu import Word

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
        ("Strelsau", "LOC"),
        ("Borduri", "NORP"),
    ]


def test_wikigold_bare_inside_tags(tmp_path):
    path = tmp_path / "wikigold.txt"
    path.write_text("Zenda I-LOC\n, O\nThe I-ORG\nTimes I-ORG\n", encoding="utf-8")
    (sentence,) = names.read_columns(path, KNOWN, crossner=False)
    assert found(sentence) == [("Zenda", "LOC"), ("Times", "ORG")]
    assert marked.mark(sentence).text == "Zenda, The Times"


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
    assert found(sentence) == [("Ruritanian", "NORP"), ("Zenda Castle", "LOC")]


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
    assert marked.mark(sentence).text == "(Zenda) isn't Ruritanian."


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


def test_joined_passages_keep_offsets():
    parts = [
        marked.MarkedText(text='Zenda "fell".', spans=((0, 5, "LOC"),)),
        marked.MarkedText(text="Ana's men left.", spans=((0, 3, "PER"),)),
    ]
    whole = marked.join(parts, ["\n\n"])
    styled = marked.restyle_text(whole, random.Random(1))
    assert len(styled.text) == len(whole.text)
    assert [(whole.text[s:e], label) for s, e, label in styled.spans] == [
        ("Zenda", "LOC"),
        ("Ana", "PER"),
    ]
    assert marked.curly_text(whole.text) == "Zenda “fell”.\n\nAna’s men left."
    doc = marked.to_doc(spacy.blank("en"), whole)
    assert [(e.text, e.label_) for e in doc.ents] == [("Zenda", "LOC"), ("Ana", "PER")]
