"""Every relation card: well formed, with sentences that hold and others that give nothing."""

from __future__ import annotations

import built
import pytest

from kg import ontology, pipeline
from kg.cli import run
from kg.errors import CardError
from kg.evaluation import failures
from kg.ontology import slots

RELATIONS = ontology.load().relations
ASKED = (
    "proposes attends commentsOn supports opposes agrees meets visits urges demands announces "
    "accuses rejects sanctions attacks"
).split()


def test_all_relations_have_a_card():
    assert len(RELATIONS) == 29
    assert set(ASKED) <= set(RELATIONS)


@pytest.mark.parametrize("name", sorted(RELATIONS))
def test_a_card_is_complete(name):
    card = RELATIONS[name]
    assert card.definition.endswith(".")
    assert card.domain, "who can do it"
    assert len(card.examples) >= 2
    assert len(card.non_examples) >= 2
    assert isinstance(card.links, bool)
    assert card.links or not card.symmetric, "parties of one act are linked"
    assert bool(card.topic_link) == bool(card.topic_label)
    assert card.topic_link or not card.topic_beside_target
    assert card.topical or not card.topic_link, "whoever acts on no topic is linked to none"


@pytest.mark.model
@pytest.mark.parametrize("name", sorted(RELATIONS))
def test_examples_hold_and_counter_examples_give_nothing(name):
    assert list(failures(RELATIONS[name], built.remembering())) == []


@pytest.mark.model
def test_the_command_counts_the_sentences_of_all_cards(capsys, monkeypatch):
    monkeypatch.setattr(pipeline, "load", lambda model=None: built.remembering())
    code = run(["relation", "test"])
    out, err = capsys.readouterr()
    right, number = (int(word.replace(",", "")) for word in err.split()[:3:2])
    assert number == sum(len(c.examples) + len(c.non_examples) for c in RELATIONS.values())
    wrong = {line for line in out.splitlines() if not line.startswith("    ")}
    assert number - right == len(wrong)
    assert code == (1 if wrong else 0)
    assert right > 0.8 * number


@pytest.mark.model
def test_the_examples_ask_for_more_than_plain_facts():
    examples = [e for card in RELATIONS.values() for e in card.examples]
    assert sum(e.negated for e in examples) >= 10
    assert {e.modality for e in examples} >= {"actual", "planned", "possible"}


@pytest.mark.parametrize(
    ("turtle", "word"),
    [
        ("kg:greets a owl:ObjectProperty .", "no frame"),
        ("kg:greets a owl:ObjectProperty ; lex:frame [ lex:verb 'greet' ] .", "no name"),
        ("kg:greets a owl:ObjectProperty ; lex:frame [ lex:name 'a' ] .", "no trigger"),
        (
            "kg:greets a owl:ObjectProperty ; lex:frame [ lex:name 'a' ; lex:verb 'greet' ] .",
            "no agent",
        ),
        ("kg:hails a owl:ObjectProperty .", "does not declare kg:greets"),
        (
            "kg:greets a owl:ObjectProperty ; lex:topicLink kg:greetsMatter ; "
            "lex:frame [ lex:name 'a' ; lex:verb 'greet' ; lex:agent 'subject' ] .",
            "does not declare kg:greetsMatter",
        ),
        *(
            (
                "kg:greets a owl:ObjectProperty ; lex:frame [ lex:name 'a' ; "
                f"lex:verb 'greet' ; lex:agent 'subject' ; {slots} ] .",
                word,
            )
            for slots, word in (
                ("lex:target 'objct'", "unknown slot 'objct' — did you mean 'object'"),
                ("lex:about 'agianst'", "did you mean 'against'"),
                ("lex:needs 'subject-inn'", "did you mean 'subject-in'"),
                ("lex:without 'clauses'", "did you mean 'clause'"),
                ("lex:where 'zzz'", "write a preposition, or one of: subject, object"),
                ("lex:target 'rest'", "fills no target"),
            )
        ),
    ],
)
def test_a_broken_card_says_what_is_wrong(tmp_path, turtle, word):
    path = tmp_path / "greets.ttl"
    path.write_text(
        "@prefix kg: <https://w3id.org/newskg/ontology#> .\n"
        "@prefix lex: <https://w3id.org/newskg/lexicon#> .\n"
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n" + turtle,
        encoding="utf-8",
    )
    with pytest.raises(CardError, match=word):
        ontology.read_card(path)


def test_prepositions_are_slots_and_every_slot_of_a_card_is_known():
    used = {
        (slot, role)
        for card in RELATIONS.values()
        for frame in card.frames
        for role, slots in (*frame.slots.items(), ("", (*frame.needs, *frame.without)))
        for slot in slots
    }
    assert {("subject-in", "agent"), ("rest", "about"), ("near", "where")} <= used
    assert [pair for pair in sorted(used) if not slots.known(*pair)] == []
    assert set(slots.NAMED) <= {slot for slot, _ in used}, "no card uses the slot"
    assert not slots.known("objct")
    assert not slots.known("subject-objct")
