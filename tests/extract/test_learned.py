"""The learned scorers decide beside the frames, and their decisions can be taken apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import parses
import pytest
import scoring

from kg.extract.explain.explaining import explanations
from kg.extract.learned.network import FILES, Scorers, gelu, softmax
from kg.extract.learned.paths import NONE, ascent, path
from kg.extract.learned.weighing import relation_moves, role_moves
from kg.parsing.language import Parse
from kg.parsing.tokens import Document, Token
from kg.records import Statement

ATTACK = "Chad/NNP/nsubj/2/B-LOC attacked=attack/VBD/ROOT/0 Mali/NNP/obj/2/B-LOC ././punct/2"
ALONE = "Chad/NNP/nsubj/2/B-LOC sued=sue/VBD/ROOT/0 again/RB/advmod/2 ././punct/2"
SHELLS = "shells=shell/NNS/nsubj/2 attacked=attack/VBD/ROOT/0 Mali/NNP/obj/2/B-LOC ././punct/2"


def statements(parse: Parse, made: Scorers) -> tuple[Statement, ...]:
    """Return what is told in a parse."""
    return scoring.extractor(made).extract(parse).statements


def test_a_frame_keeps_its_statement_where_the_scorers_agree() -> None:
    made = scoring.scorers(surely=9)
    (found,) = statements(scoring.article(ATTACK), made)
    assert (found.relation, found.evidence.rule.partition("/")[0]) == ("attacks", "attacks")
    assert [e.name for e in (*found.agents, *found.targets)] == ["Chad", "Mali"]


def test_scorers_overrule_a_frame_that_they_disbelieve() -> None:
    assert statements(scoring.article(ATTACK), scoring.scorers()) == ()


def test_scorers_find_an_act_where_no_frame_matches() -> None:
    parse = scoring.article(ALONE)
    assert parses.extractor().extract(parse).statements == ()
    (found,) = statements(parse, scoring.scorers(likely="supports"))
    assert (found.relation, found.evidence.rule) == ("supports", "learned/supports")
    assert [e.name for e in found.agents] == ["Chad"]


def test_scorers_choose_between_relations() -> None:
    (found,) = statements(scoring.article(ATTACK), scoring.scorers(likely="accuses", surely=1))
    assert found.relation == "accuses"
    assert found.evidence.rule == "learned/accuses"


def test_relations_that_the_scorers_have_never_seen_are_decided_by_frames() -> None:
    letters = replace(scoring.LETTERS, relations=("accuses", "supports"))
    (found,) = statements(scoring.article(ATTACK), scoring.scorers(letters))
    assert found.relation == "attacks"


def test_an_agent_must_be_of_a_class_that_the_relation_allows() -> None:
    made = scoring.scorers(likely="attacks")
    assert statements(scoring.article(SHELLS), made) == ()


def test_a_phrase_that_is_no_mention_becomes_one() -> None:
    made = scoring.scorers(likely="attacks")
    made.weights["kind.out.bias"][list(made.alphabet.classes).index("Group")] = 5
    (found,) = statements(scoring.article(SHELLS), made)
    assert [(e.name, e.kind) for e in found.agents] == [("shells", "Group")]
    twice = scoring.article(f"{SHELLS} || {SHELLS}")
    first, second = statements(twice, made)
    assert first.agents == second.agents


def test_without_vectors_scorers_are_refused() -> None:
    with pytest.raises(ValueError, match="no vectors"):
        statements(parses.article(ATTACK), scoring.scorers())


def test_the_vector_of_a_word_can_decide() -> None:
    made = scoring.scorers()
    made.weights["word.vectors"][0, 0] = 30
    made.weights["act.in"][0, 0] = 1
    made.weights["act.out"][0, list(made.alphabet.relations).index("accuses")] = 1
    vectors = np.zeros((4, scoring.WIDTH), dtype=np.float32)
    vectors[1, 0] = 1
    assert [s.relation for s in statements(scoring.article(ATTACK, vectors), made)] == ["accuses"]
    assert statements(scoring.article(ATTACK), made) == ()


def test_scorers_survive_their_files() -> None:
    made = scoring.scorers(likely="accuses", surely=2.5)
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


def test_explanations_tell_score_alternatives_and_what_moved_it() -> None:
    made = scoring.scorers(likely="accuses", surely=1)
    reading = scoring.extractor(made).reading(scoring.article(ATTACK), candidates=True)
    (told,) = explanations(reading, {})
    scorer = next(d for d in told.decisions if d.layer == "scorer")
    assert scorer.what == "accuses 1.00"
    assert "attacks 0.0" in scorer.because
    assert "the cards that list the word +" in scorer.because
    agent = next(d for d in told.decisions if d.what == "agent Chad")
    assert agent.rule == "learned"
    assert "the path in the parse +" in agent.because


def test_moves_are_what_a_decision_would_be_without_an_input() -> None:
    made = scoring.scorers(surely=9)
    reading = scoring.extractor(made).reading(scoring.article(ATTACK))
    decider = reading.decider
    assert decider is not None
    trigger, agent = reading.chart.doc[1], reading.chart.doc[0]
    first, *others = relation_moves(decider, trigger, "attacks")
    assert first.name == "the frame that matched"
    assert first.by == pytest.approx(_sigmoid(9) - _sigmoid(0), abs=0.01)
    assert all(abs(move.by) < 1e-6 for move in others)
    moves = role_moves(decider, trigger, "attacks", "agent", agent)
    assert moves[0].name == "the path in the parse"
    assert moves[0].by > 0.8


def _sigmoid(odds: float) -> float:
    """Return the probability of one of three relations, the other two and none at 0, 0 and 3."""
    return float(np.exp(odds) / (np.exp(odds) + 2 + np.exp(3)))
