"""What the encoder learns from."""

import random
from dataclasses import replace

import pytest

from training.conllu import Sentence, Word
from training.encoder import data, examples
from training.harmonise import NameSpan
from training.layers import bio, marks_of
from training.names import NameSentence
from training.places import place_kind


class Largest(random.Random):
    """Always draws the largest number."""

    def randint(self, a, b):
        return b


def sentence(number, forms, heads, document="d"):
    return Sentence(
        sent_id=f"s{number}",
        document=document,
        words=tuple(
            Word(
                form=form, lemma=form, upos="X", xpos="FW", feats="", head=head,
                deprel="dep" if head else "root", misc="", space=True,
            )
            for form, head in zip(forms, heads, strict=True)
        ),
    )  # fmt: skip


def named(forms, *spans):
    return NameSentence(
        group="d",
        words=tuple(forms),
        spaces=(True,) * len(forms),
        spans=tuple(NameSpan(start=a, end=b, label=label) for a, b, label in spans),
    )


ONE = sentence(1, ["Ana", "’s", "dog"], [3, 1, 0])
TWO = sentence(2, ["Go", "home"], [0, 1])
THREE = sentence(3, ["Ola", "Nordmann", "left"], [3, 1, 0])
LAYER = [
    named(["Ana", "’s", "dog"], (0, 1, "PER")),
    named(["Ola", "Nordmann", "left"], (0, 2, "PER")),
]


def test_names_are_laid_beside_the_sentences_with_the_same_words():
    marks = marks_of([ONE, TWO, THREE], LAYER)
    assert marks == {"s1": ["B-PER", "O", "O"], "s3": ["B-PER", "I-PER", "O"]}


def test_names_of_other_sentences_are_an_error():
    with pytest.raises(ValueError, match="Ola"):
        marks_of([ONE, TWO], LAYER)


def test_a_run_has_one_root_a_sentence_and_names_only_if_all_are_known():
    (run,) = examples.from_treebank([ONE, THREE], LAYER, Largest(), most=2)
    assert run.words == ("Ana", "’s", "dog", "Ola", "Nordmann", "left")
    assert run.heads == (2, 0, -1, 5, 3, -1)
    assert run.starts == (True, False, False, True, False, False)
    assert run.names == ("B-PER", "O", "O", "B-PER", "I-PER", "O")
    (run,) = examples.from_treebank([ONE, TWO], LAYER[:1], Largest(), most=2)
    assert run.names is None


def test_long_runs_are_parted_between_sentences():
    long = sentence(9, ["x"] * 150, [0, *range(1, 150)])
    runs = list(examples.from_treebank([long, ONE, TWO], LAYER[:1], Largest(), most=9))
    assert all(len(run.words) <= examples.LONGEST for run in runs)
    assert sum(len(run.words) for run in runs) == 155


def test_name_sentences_stay_with_their_document():
    other = NameSentence(group="e", words=("Hi",), spaces=(True,), spans=())
    runs = list(examples.from_names([LAYER[0], other], Largest(), most=9))
    assert [run.words for run in runs] == [("Ana", "’s", "dog"), ("Hi",)]
    assert bio(LAYER[1]) == ["B-PER", "I-PER", "O"]


def test_cases_and_names_vary_but_nothing_else_does():
    rng = random.Random(5)
    (run,) = examples.from_treebank([ONE, THREE], LAYER, Largest(), most=2)
    seen = {data.varied(run, rng).words for _ in range(300)}
    assert {run.words, tuple(w.upper() for w in run.words)} <= seen
    assert all(data.varied(run, rng).heads == run.heads for _ in range(50))


def test_rare_rules_of_lemmas_are_no_classes():
    (run,) = examples.from_treebank([ONE, THREE], LAYER, Largest(), most=2)
    labels = examples.labels_of([run, run, run])
    assert labels.lemmas == ["k0:"]
    assert examples.labels_of([run]).lemmas == ["k0:"]
    odd = replace(run, lemmas=("k0:x",) * 2 + ("k0:",) * 4)
    assert examples.labels_of([odd]).lemmas == ["k0:"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ruritania", "GPE"),
        ("Strelsau", "GPE"),
        ("South Ruritania", "GPE"),
        ("Zenda Castle", "FAC"),
        ("Port Zenda", "GPE"),
        ("Lake Zenda", "LOC"),
        ("Zenda River", "LOC"),
        ("West Africa", "LOC"),
        ("Middle East", "LOC"),
        ("South Africa", "GPE"),
        ("Europe", "LOC"),
    ],
)
def test_kinds_of_places(name, kind):
    assert place_kind(name.split()) == kind
