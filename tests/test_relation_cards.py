"""New cards, and the examples of cards tried out on the pipeline."""

import shutil
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from kg import ontology as ontologies
from kg import pipeline, resources
from kg.cli import run
from kg.errors import CardError, OntologyError
from kg.evaluation import failures
from kg.extract import Extractor
from kg.gazetteer import Gazetteer
from kg.ontology import Ontology, new_card, read_card

Capture = pytest.CaptureFixture[str]


def kg(capsys: Capture, *arguments: object) -> tuple[int, str, str]:
    capsys.readouterr()
    code = run([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_new_card_is_well_formed(tmp_path: Path) -> None:
    card = read_card(new_card("tradesWith", tmp_path))
    assert (card.name, card.label, card.domain, card.links) == (
        "tradesWith",
        "trades with",
        ("Actor",),
        True,
    )
    assert (card.topic_link, card.topical, card.remark) == ("", False, False)
    (frame,) = card.frames
    assert (frame.verb, frame.rule) == (("trade with",), "tradesWith/trade-with")
    assert [example.negated for example in card.examples] == [False, True]
    assert len(card.non_examples) == 2


@pytest.mark.parametrize("name", ["", "Trains", "trades-with", "../trains", "trains7", "a b"])
def test_names_that_are_none_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(CardError, match="cannot name a relation"):
        new_card(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_cards_are_not_overwritten_and_folders_not_made(tmp_path: Path) -> None:
    path = new_card("trains", tmp_path)
    path.write_text("mine")
    with pytest.raises(CardError, match="there is a card of that name"):
        new_card("trains", tmp_path)
    assert path.read_text() == "mine"
    with pytest.raises(OntologyError, match="no such folder"):
        new_card("trains", tmp_path / "none")


def test_new_command(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "trains.ttl"
    assert kg(capsys, "relation", "new", "trains", "--into", tmp_path) == (0, f"{path}\n", "")
    code, out, err = kg(capsys, "relation", "new", "trains", "--into", tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith(f"kg: [card] {path}: ")


@pytest.mark.model
def test_a_new_card_passes_its_own_examples(tmp_path: Path) -> None:
    folder = tmp_path / "ontologies"
    shutil.copytree(resources.ontology_dir(), folder)
    new_card("trains", folder / "relations")
    known = ontologies.load(folder)
    reader = pipeline.Pipeline(pipeline.load().language, Extractor(known, Gazetteer.load()))
    assert list(failures(known.relation("trains"), reader)) == []


@pytest.mark.model
def test_test_command(capsys: Capture, monkeypatch: pytest.MonkeyPatch, ontology: Ontology) -> None:
    code, out, err = kg(capsys, "relation", "test", "visits")
    assert (code, out) == (0, "")
    visits = ontology.relation("visits")
    total = len(visits.examples) + len(visits.non_examples)
    assert err == f"{total} of {total} sentences are read as they should\n"

    wrong = "Peru visited Norway."
    card = replace(visits, non_examples=(wrong,))
    known = replace(ontology, relations=MappingProxyType({**ontology.relations, "visits": card}))
    monkeypatch.setattr(ontologies, "load", lambda: known)
    code, out, err = kg(capsys, "relation", "test", "visits")
    assert code == 1
    assert out == f"visits: {wrong}\n    gives Peru visits Norway by visits/visit\n"
    assert err.endswith(" sentences are read as they should\n")
    code, _, err = kg(capsys, "relation", "test", "flies")
    assert (code, "[unknown-relation]" in err) == (2, True)
