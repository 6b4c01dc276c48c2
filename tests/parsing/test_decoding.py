"""Scores become sentences, trees and names that are well formed, and lemmas come from rules."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.parsing.encoder import lemmas
from kg.parsing.encoder.decoding import Names, best_heads
from kg.parsing.encoder.trees import crossing, projective_tree, spanning_tree

TAGS = ["B-ORG", "B-PER", "I-ORG", "I-PER", "O"]


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


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_the_best_tree_without_crossing_arcs_is_found(size):
    rng = np.random.default_rng(size)
    plain = [heads for heads in trees(size) if not crosses(heads)]
    for _ in range(40):
        scores = rng.normal(size=(size, size + 1))
        rows = np.arange(size)
        best = max(plain, key=lambda heads: scores[rows, list(heads)].sum())
        assert tuple(projective_tree(scores)) == best


def crosses(heads):
    arcs = [(min(pair), max(pair)) for pair in enumerate(heads, 1)]
    return any(a < c < b < d for a, b in arcs for c, d in arcs)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_crossing_arcs_are_seen(size):
    assert all(crossing(np.array(heads)) == crosses(heads) for heads in trees(size))


def test_no_arcs_cross_in_what_is_read():
    rng = np.random.default_rng(8)
    for _ in range(20):
        heads, _ = best_heads(rng.normal(size=(30, 31)), [True] + [False] * 29)
        assert not crosses([head + 1 for head in heads])


def test_every_sentence_is_a_tree_of_its_own():
    rng = np.random.default_rng(3)
    starts = [True, False, False, True, True, False]
    heads, sure = best_heads(rng.normal(size=(6, 7)), starts)
    for first, end in ((0, 3), (3, 4), (4, 6)):
        inside = heads[first:end]
        assert (inside == -1).sum() == 1
        assert all(head == -1 or first <= head < end for head in inside)
    assert ((sure > 0) & (sure <= 1)).all()
    assert sure[3] == 1  # a sentence of one word can have one tree only


def valid(path, starts):
    """Tell whether each inside follows its own kind in the same sentence."""
    before = "O"
    for label, start in zip(path, starts, strict=True):
        if label[0] == "I" and (start or before[2:] != label[2:]):
            return False
        before = label
    return True


def spans(path):
    found, at = [], 0
    while at < len(path):
        end = at + 1
        if path[at][0] == "B":
            while end < len(path) and path[end][0] == "I":
                end += 1
            found.append((at, end, path[at][2:]))
        at = end
    return found


@pytest.mark.parametrize("size", [1, 2, 4])
def test_the_best_names_are_found(size):
    rng = np.random.default_rng(size)
    for _ in range(30):
        scores = rng.normal(size=(size, len(TAGS)))
        starts = [True, *(rng.random(size - 1) < 0.3)]
        paths = itertools.product(range(len(TAGS)), repeat=size)
        allowed = (p for p in paths if valid([TAGS[i] for i in p], starts))
        best = max(allowed, key=lambda p: scores[np.arange(size), list(p)].sum())
        assert Names(TAGS).find(scores, starts) == spans([TAGS[i] for i in best])


WORDS = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=12)


@given(WORDS, WORDS)
def test_a_rule_makes_the_lemma_that_it_was_made_from(form, lemma):
    assert lemmas.apply(lemmas.rule(form, lemma), form) == lemma


@pytest.mark.parametrize(
    ("form", "lemma", "other", "expected"),
    [
        ("Cities", "city", "Parties", "party"),
        ("talks", "talk", "TALKS", "TALK"),
        ("Met", "meet", "Fet", "feet"),
        ("Ankara", "Ankara", "Oslo", "Oslo"),
        ("going", "go", "is", "is"),  # too short for the cut
    ],
)
def test_a_rule_serves_other_words(form, lemma, other, expected):
    assert lemmas.apply(lemmas.rule(form, lemma), other) == expected


@pytest.mark.parametrize(
    ("word", "tag", "tried", "lemma"),
    [
        ("invading", "VBG", ["invad", "invade", "invading"], "invade"),
        ("Claimed", "VBN", ["claime", "claim"], "claim"),
        ("fishermen", "NNS", ["fishermen", "fish"], "fisherman"),
        ("dockworkers", "NNS", ["dockworkers"], "dockworker"),
        ("glorped", "VBD", ["glorp", "claim"], "glorp"),  # claim is no form of it
        ("Oslo", "NNP", ["Oslo", "claim"], "Oslo"),
        ("3.5", "CD", ["3.5", "claim"], "3.5"),
        ("fish", "NN", ["fish", "claim"], "fish"),
    ],
)
def test_a_known_word_is_preferred_to_one_that_a_rule_made_up(word, tag, tried, lemma):
    assert lemmas.choose(word, tag, tried, {"invade", "claim", "fish"}) == lemma
