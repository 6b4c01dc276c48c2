"""The decisions file: what it may say, and what is refused with which advice."""

from __future__ import annotations

from pathlib import Path

import example
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import decisions
from kg.decisions.model import (
    AddedStatement,
    Named,
    NotSame,
    PreferredName,
    Same,
    WrongStatement,
    WrongType,
)
from kg.decisions.rules import Rules
from kg.errors import DecisionError, UnknownRelationError
from kg.ontology import Ontology

WHOLE = """
by = "Foreign desk"

[[same]]
entities = ["country/NO", "unlinked/country/norge"]
note = "the same\\nstate"

[[not-same]]
by = "Ines"
entities = ["unlinked/person/a", "unlinked/person/b"]

[[not-same]]
entity = "unlinked/person/olav-lien"
articles = ["harbour"]
name = "Olav Lien (skipper)"

[[wrong-statement]]
article = "lake"
relation = "meets"
quote = "Ministers of Norway   and Peru"

[[wrong-statement]]
statement = "statement/0123456789"

[[wrong-type]]
entity = "unlinked/place/lima"
type = "Organization"

[[preferred-name]]
entity = "country/NO"
name = "Noreg"

[[added-statement]]
article = "lake"
quote = "Peru may visit Oslo"
relation = "visits"
agents = ["Peru", {name = "Jo Doe", type = "Official"}]
targets = ["unlinked/place/oslo"]
date = 2024-03-05
modality = "possible"
negated = true
attributed-to = ["Lien"]
"""


def test_a_file_with_everything(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text("\ufeff" + WHOLE, encoding="utf-8")
    by = "Foreign desk"
    found = decisions.read(path)
    assert found == (
        Same(by=by, note="the same state", entities=("country/NO", "unlinked/country/norge")),
        NotSame(by="Ines", entities=("unlinked/person/a", "unlinked/person/b")),
        NotSame(
            by=by,
            entity="unlinked/person/olav-lien",
            articles=("harbour",),
            name="Olav Lien (skipper)",
        ),
        WrongStatement(
            by=by, article="lake", relation="meets", quote="Ministers of Norway and Peru"
        ),
        WrongStatement(by=by, statement="statement/0123456789"),
        WrongType(by=by, entity="unlinked/place/lima", type="Organization"),
        PreferredName(by=by, entity="country/NO", name="Noreg"),
        AddedStatement(
            by=by,
            article="lake",
            quote="Peru may visit Oslo",
            relation="visits",
            agents=("Peru", Named(name="Jo Doe", type="Official")),
            targets=("unlinked/place/oslo",),
            date="2024-03-05",
            modality="possible",
            negated=True,
            attributed_to=("Lien",),
        ),
    )
    assert decisions.parse(decisions.write(found)) == found
    assert len({decision.id for decision in found}) == len(found)
    assert all(decision.label for decision in found)


def test_an_empty_file_decides_nothing() -> None:
    assert decisions.parse("# nothing yet\n") == ()


@given(st.text(min_size=1), st.text(min_size=1))
def test_any_text_survives_the_file(name: str, note: str) -> None:
    name, note = (" ".join(text.split()) for text in (name, note))
    if not name:
        return
    decision = PreferredName(entity="country/NO", name=name, note=note)
    (found,) = decisions.parse(decision.toml())
    assert decisions.parse(found.toml()) == (found,)
    assert found.toml() == decision.toml() or "\x00" in name + note


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[same]", "no TOML"),
        ("by = 1", "by is a text"),
        ("[[sane]]\nentities = ['a', 'b']", "did you mean same?"),
        ("[same]\nentities = ['a', 'b']", "two brackets"),
        ("same = 1", "two brackets"),
        ("[[same]]\nentity = ['a', 'b']", "did you mean entities?"),
        ("[[same]]\nentities = 'a'", "entities is a list"),
        ("[[same]]\nentities = ['a']", "two different"),
        ("[[same]]\nentities = ['a', 'a']", "two different"),
        ("[[same]]\nentities = ['a', 1]", "something else than an entity"),
        ("[[same]]\nentities = ['a', {name = 'b', type = 'Place'}]", "something else"),
        ("[[same]]\nname = 'x'", "entities is missing"),
        ("[[not-same]]\nentity = 'a'", "not clear what differs"),
        ("[[not-same]]\nentities = ['a', 'b']\nentity = 'a'", "not clear what differs"),
        ("[[wrong-statement]]\narticle = 'a'", "not clear which statement"),
        ("[[wrong-statement]]\nstatement = 'a'\nquote = 'b'", "not clear which statement"),
        ("[[wrong-type]]\nentity = 'a'", "type is missing"),
        ("[[preferred-name]]\nentity = 'a'\nname = ' '", "name is a text"),
        ("[[preferred-name]]\nentity = 'a'\nname = 3", "name is a text"),
        ("[[preferred-name]]\nentity = 'a'\nname = 'b'\n[[same]]\nname = ''", "name is a text"),
        (
            "[[added-statement]]\narticle='a'\nquote='b'\nrelation='meets'\nagents=['c']\n"
            "modality='plannned'",
            "did you mean planned?",
        ),
        (
            "[[added-statement]]\narticle='a'\nquote='b'\nrelation='meets'\nagents=['c']\n"
            "date='soon'",
            "soon is no date",
        ),
        (
            "[[added-statement]]\narticle='a'\nquote='b'\nrelation='meets'\nagents=['c']\n"
            "negated='no'",
            "true or false",
        ),
        ("[[added-statement]]\narticle='a'\nquote='b'\nrelation='meets'\nagents=[]", "missing"),
    ],
)
def test_what_is_refused(text: str, said: str) -> None:
    with pytest.raises(DecisionError, match="decision") as caught:
        decisions.parse(text, where="decisions.toml")
    assert said in str(caught.value)
    assert "decisions.toml" in str(caught.value)


def test_a_place_says_which_of_several() -> None:
    text = "[[preferred-name]]\nentity = 'a'\nname = 'b'\n[[preferred-name]]\nentity = 'a'"
    with pytest.raises(DecisionError, match=r"\[\[preferred-name\]\] number 2"):
        decisions.parse(text, where="d.toml")


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "decisions.toml"
    if content:
        path.write_bytes(content)
    with pytest.raises(DecisionError, match="cannot be read"):
        decisions.read(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[same]]\nentities = ['x/a', 'x/b']", "nothing tells the name of x/a"),
        (
            "[[same]]\nentities = ['x/a', 'x/b']\nname='A'\n"
            "[[same]]\nentities = ['x/b', 'x/a']\nname='B'",
            "name first the one that stays",
        ),
        (
            "[[same]]\nentities = ['x/a', 'x/c']\nname='A'\n"
            "[[same]]\nentities = ['x/b', 'x/c']\nname='B'",
            "put all into one list",
        ),
        (
            "[[same]]\nentities = ['x/a', 'x/b']\nname='A'\n[[not-same]]\nentities=['x/b','x/a']",
            "decided to be the same, and not to be",
        ),
        (
            "[[preferred-name]]\nentity='x/a'\nname='A'\n"
            "[[preferred-name]]\nentity='x/a'\nname='B'",
            "decided twice: A and B",
        ),
        ("[[wrong-type]]\nentity='x/a'\ntype='Planet'", "there is no class Planet"),
        ("[[wrong-type]]\nentity='x/a'\ntype='Statement'", "there is no class Statement"),
        (
            "[[not-same]]\nentity='unlinked/person/a-b'\narticles=['x']\nname='A. B.'",
            "choose a name that tells them apart",
        ),
    ],
)
def test_decisions_that_contradict_each_other(text: str, said: str, ontology: Ontology) -> None:
    with pytest.raises(DecisionError) as caught:
        Rules(decisions.parse(text), ontology=ontology, gazetteer=example.gazetteer())
    assert said in str(caught.value)


def test_an_unknown_relation(ontology: Ontology) -> None:
    text = "[[added-statement]]\narticle='a'\nquote='b'\nrelation='meet'\nagents=['c']"
    with pytest.raises(UnknownRelationError, match="meets"):
        Rules(decisions.parse(text), ontology=ontology, gazetteer=example.gazetteer())


def test_what_is_the_same_goes_on(ontology: Ontology) -> None:
    """The first of one list may be further down in another."""
    text = """
    [[same]]
    entities = ["country/NO", "x/b"]
    [[same]]
    entities = ["x/b", "x/c"]
    [[same]]
    entities = ["country/NO", "x/c"]
    """
    rules = Rules(decisions.parse(text), ontology=ontology, gazetteer=example.gazetteer())
    assert {rules.one(name) for name in ("country/NO", "x/b", "x/c")} == {"country/NO"}
