"""The learned scorers complete what frames found, and their decisions can be taken apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import parses
import pytest
import scoring

from kg.extract.explain.explaining import explanations
from kg.extract.learned.network import FILES, Scorers, gelu, softmax
from kg.extract.learned.paths import NONE, ascent, path
from kg.extract.learned.weighing import role_moves
from kg.parsing.language import Parse
from kg.parsing.tokens import Document, Token
from kg.records import Statement

SAID = "Chad/NNP/nsubj/2/B-LOC said=say/VBD/ROOT/0"
AMID = f"{SAID} amid/IN/case/4 rebels=rebel/NNS/obl/2"
ATTACK = "Chad/NNP/nsubj/2/B-LOC attacked=attack/VBD/ROOT/0"
NEAR = "Chad/NNP/nsubj/2/B-LOC retaliated=retaliate/VBD/ROOT/0 near/IN/case/4 rebels/NNS/obl/2"
AIMED = f"{ATTACK} Togo/NNP/obj/2/B-LOC amid/IN/case/5 Mali/NNP/obl/2/B-LOC"


def statements(parse: Parse, made: Scorers) -> tuple[Statement, ...]:
    """Return what is told in a parse."""
    return scoring.extractor(made).extract(parse).statements


def told(parse: Parse, made: Scorers | None = None) -> list[tuple[str, list[str], list[str]]]:
    """Return relation, targets and topics of each statement; by frames alone without scorers."""
    found = (
        parses.extractor().extract(parse).statements if made is None else statements(parse, made)
    )
    return [(s.relation, [e.name for e in s.targets], [e.name for e in s.about]) for s in found]


def test_a_remark_gets_the_topics_that_the_scorers_find() -> None:
    parse = scoring.article(AMID)
    assert told(parse) == [("commentsOn", [], [])]
    assert told(parse, scoring.scorers()) == [("commentsOn", [], ["rebels"])]


def test_a_phrase_that_names_nobody_is_no_topic() -> None:
    parse = scoring.article(AMID.replace("rebel", "shell"))
    assert told(parse, scoring.scorers()) == told(parse) == [("commentsOn", [], [])]


def test_nobody_becomes_a_party_of_an_act_by_the_scorers() -> None:
    parse = scoring.article(NEAR)
    assert told(parse, scoring.scorers()) == told(parse) == [("attacks", [], [])]


def test_what_is_named_in_a_clause_of_time_is_no_topic() -> None:
    parse = scoring.article(
        f"{SAID} when/WRB/advmod/5 it/PRP/nsubj/5 left=leave/VBD/advcl/2 amid/IN/case/7 "
        "rebels=rebel/NNS/obl/5"
    )
    made = scoring.scorers()
    made.weights["role.out.bias"][2] = 9  # every phrase is a likely topic
    assert told(scoring.article(AMID), made) == [("commentsOn", [], ["rebels"])]
    assert told(parse, made) == told(parse)


def test_what_a_pronoun_means_is_no_topic_by_the_scorers() -> None:
    parse = scoring.article(
        "Togo/NNP/nsubj/2/B-LOC left=leave/VBD/ROOT/0 || Ana/NNP/nsubj/3/B-PER "
        "Ruiz/NNP/flat/1/I-PER said=say/VBD/ROOT/0 amid/IN/case/7 its/PRP$/nmod:poss/7 "
        "old/JJ/amod/7 envoys=envoy/NNS/obl/3"
    )
    made = scoring.scorers()
    made.weights["role.out.bias"][2] = 9  # every phrase is a likely topic
    (_, _, topics) = told(parse, made)[-1]
    assert topics == ["old envoys"]


def test_an_act_with_an_object_stays_as_the_frame_has_it() -> None:
    parse = scoring.article(AIMED)
    assert told(parse, scoring.scorers()) == told(parse) == [("attacks", ["Togo"], [])]


def test_relations_that_the_scorers_have_never_seen_stay_as_they_are() -> None:
    letters = replace(scoring.LETTERS, relations=("attacks", "visits"))
    assert told(scoring.article(AMID), scoring.scorers(letters)) == [("commentsOn", [], [])]


def test_without_vectors_scorers_are_refused() -> None:
    with pytest.raises(ValueError, match="no vectors"):
        statements(parses.article(ATTACK), scoring.scorers())


def test_scorers_survive_their_files() -> None:
    made = scoring.scorers()
    again = Scorers.read(made.files())
    assert set(made.files()) == set(FILES)
    assert again.alphabet.written() == made.alphabet.written()
    assert all((again.weights[name] == array).all() for name, array in made.weights.items())
    assert again.width == scoring.WIDTH


def test_activations() -> None:
    values = np.array([-3, -1, 0, 1, 3], dtype=np.float32)
    exact = np.array([-0.00405, -0.15866, 0, 0.84134, 2.99595])  # by the error function
    assert np.allclose(gelu(values), exact, atol=1e-3)
    assert np.allclose(softmax(values).sum(), 1)


TREE = (
    "Chad/NNP/nsubj/2 said=say/VBD/ROOT/0 that/IN/mark/6 Mali/NNP/nsubj/6 had=have/VBD/aux/6 "
    "tried=try/VBN/ccomp/2 to/TO/mark/8 attack/VB/xcomp/6 Togo/NNP/obj/8 with/IN/case/11 "
    "Niger/NNP/obl/8"
)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("Togo", "obj^"),
        ("Niger", "obl=with^"),
        ("Mali", "nsubj^xcomp"),
        ("Chad", "nsubj^ccomp<xcomp"),
        ("said", "^ccomp<xcomp"),
    ],
)
def test_paths_lead_up_and_down(word: str, text: str) -> None:
    doc = parses.article(TREE).doc
    above = ascent(_word(doc, "attack"))
    found = path(_word(doc, word), above, {t.i: step for step, t in enumerate(above)})
    assert found.text == text


def test_words_of_other_sentences_have_no_path() -> None:
    doc = parses.article(f"{TREE} || Oslo/NNP/ROOT/0").doc
    above = ascent(_word(doc, "attack"))
    assert path(_word(doc, "Oslo"), above, {t.i: step for step, t in enumerate(above)}) == NONE


def _word(doc: Document, text: str) -> Token:
    return next(token for token in doc if token.text == text)


def test_explanations_tell_the_chance_and_what_moved_it() -> None:
    reading = scoring.extractor(scoring.scorers()).reading(scoring.article(AMID), candidates=True)
    (explained,) = explanations(reading, {})
    topic = next(d for d in explained.decisions if d.what == "about rebels")
    assert topic.rule == "learned"
    assert "“rebels” 0.9" in topic.because
    assert "the path in the parse +" in topic.because


def test_moves_are_what_a_decision_would_be_without_an_input() -> None:
    reading = scoring.extractor(scoring.scorers()).reading(scoring.article(AMID))
    completer, doc = reading.completer, reading.chart.doc
    assert completer is not None
    first, *others = role_moves(completer, doc[1], "commentsOn", "about", doc[3])
    assert first.name == "the path in the parse"
    assert first.by > 0.8
    assert all(abs(move.by) < 1e-6 for move in others)
    assert role_moves(completer, doc[1], "commentsOn", "about", doc[2]) == []
