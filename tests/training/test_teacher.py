"""What the teacher learns from, and how its scores become trees."""

import itertools
import random

import numpy as np
import pytest

from training.conllu import Sentence, Word
from training.harmonise import NameSpan
from training.layers import bio, marks_of
from training.names import NameSentence
from training.teacher import examples
from training.teacher.trees import spanning_tree


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
    assert run.words == ("Ana", "'s", "dog", "Ola", "Nordmann", "left")
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
    assert [run.words for run in runs] == [("Ana", "'s", "dog"), ("Hi",)]
    assert bio(LAYER[1]) == ["B-PER", "I-PER", "O"]


def trees(size):
    """Yield all trees with one root, as columns."""
    for heads in itertools.product(range(size + 1), repeat=size):
        if heads.count(0) != 1:
            continue
        for word in range(1, size + 1):
            seen, at = set(), word
            while at and at not in seen:
                seen.add(at)
                at = heads[at - 1]
            if at:
                break
        else:
            yield heads


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_the_best_tree_is_found(size):
    rng = np.random.default_rng(size)
    all_trees = list(trees(size))
    for _ in range(40):
        scores = rng.normal(size=(size, size + 1))
        rows = np.arange(size)
        best = max(all_trees, key=lambda heads: scores[rows, list(heads)].sum())
        assert tuple(spanning_tree(scores)) == best


def test_a_long_tree_has_one_root_and_no_cycle():
    rng = np.random.default_rng(7)
    for _ in range(30):
        heads = spanning_tree(rng.normal(size=(40, 41)) * 3)
        assert (heads == 0).sum() == 1
        for word in range(1, 41):
            at, steps = word, 0
            while at and steps <= 40:
                at, steps = int(heads[at - 1]), steps + 1
            assert at == 0
