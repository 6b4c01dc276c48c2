"""Patterns on cards: what is wrong with one is said, and what lacks is made from the label."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import ontology as ontologies
from kg.errors import CardError

CARD = """\
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix lex: <https://w3id.org/newskg/lexicon#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
kg:greets a kg:Relation ; rdfs:label "greets"@en ;
    lex:frame [ lex:name "greet" ; lex:verb "greet" ; lex:agent "subject" ] ;
    """


@pytest.mark.parametrize(
    ("patterns", "words"),
    [
        ("lex:sayTarget 'greet {object}'", ["greet {object}", "unknown placeholder {object}"]),
        ("lex:say 'greet {target}'", ["greet {target}", "unknown placeholder {target}"]),
        ("lex:sayTopic 'greet somebody'", ["greet somebody", "not each placeholder once"]),
        ("lex:sayTarget 'greet {target} {target}'", ["not each placeholder once"]),
        ("lex:sayTarget 'greet {target'", ["not each placeholder once"]),
        ("lex:sayTarget '{target}'", ["'{target}'", "no verb"]),
        ("lex:sayTopic 'over {topic}'", ["over {topic}", "no verb"]),
        ("lex:sayTarget 'greets {target}'", ["greets {target}", "no verb in its plain form"]),
        ("lex:sayTarget 'greet or hails {target}'", ["no verb in its plain form"]),
        ("lex:say ''", ["no verb"]),
        ("lex:sayPassive 'be greeted, {agent}'", ["does not name the agent behind by"]),
        ("lex:say 'bow', 'wave'", ["there are 2 lex:say"]),
    ],
)
def test_a_wrong_pattern_says_card_and_pattern(
    tmp_path: Path, patterns: str, words: list[str]
) -> None:
    path = tmp_path / "greets.ttl"
    path.write_text(f"{CARD}{patterns} .", encoding="utf-8")
    with pytest.raises(CardError) as caught:
        ontologies.read_card(path)
    for word in (*words, str(path)):
        assert word in str(caught.value)


def test_a_card_may_give_some_patterns_and_leave_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "greets.ttl"
    path.write_text(f"{CARD}lex:sayMatter 'greet {{topic}}' .", encoding="utf-8")
    found = ontologies.read_card(path).phrasing
    assert found.matters == ("Event", "Agreement")
    assert found.patterns["sayTarget"] == "greet {target}"
    assert found.patterns["sayBare"] == "be greeted"
    assert found.patterns["sayTargetMatter"] == "greet {target} concerning {topic}"
