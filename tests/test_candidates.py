"""Candidates for roles from an annotated article: taken or not, right or not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg import evaluation
from kg.cli import run
from kg.evaluation.candidates import Row

TEXT = """Lake talks

Ghana visited Togo in May. Benin praised a statement by Ghana. It accused Togo of delay.

Togo met Ghana with Benin. The storm criticised Mali. Reuters said that Niger had left.
"""
GOLD = {
    "article": {},
    "entities": [
        {"id": name.lower(), "name": name, "type": "Country", "mentions": [name]}
        for name in ("Ghana", "Togo", "Benin", "Mali", "Niger")
    ],
    "statements": [
        {
            "relation": "visits",
            "agents": ["ghana"],
            "targets": ["togo"],
            "quote": "Ghana visited Togo in May",
        },
        {
            "relation": "accuses",
            "agents": ["ghana"],
            "targets": ["togo"],
            "quote": "It accused Togo of delay",
        },
        {
            "relation": "meets",
            "agents": ["togo"],
            "targets": ["ghana", "benin"],
            "quote": "Togo met Ghana with Benin",
        },
        {
            "relation": "opposes",
            "agents": ["niger"],
            "targets": ["mali"],
            "quote": "The storm criticised Mali",
        },
    ],
}
DOCS = Path(__file__).resolve().parent.parent / "docs" / "candidates.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lake.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "lake.yaml").write_text(yaml.safe_dump(GOLD), encoding="utf-8")
    return tmp_path


@pytest.fixture
def rows(folder: Path) -> list[dict[str, Any]]:
    out = folder / "tried.jsonl"
    assert run(["evaluate", str(folder), "--candidates", str(out)]) == 0
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def of(rows: list[dict[str, Any]], relation: str) -> set[tuple[Any, ...]]:
    """Return role, word, entity, and whether taken and right, of a relation's candidates."""
    return {
        (r["role"], TEXT[slice(*r["head"])], r["name"], r["taken"], r["gold"])
        for r in rows
        if r["relation"] == relation
    }


@pytest.mark.model
def test_each_candidate_of_an_annotated_article_is_a_line(rows: list[dict[str, Any]]) -> None:
    assert of(rows, "visits") == {
        ("agent", "Ghana", "Ghana", True, True),
        ("target", "Togo", "Togo", True, True),
        ("where", "May", None, False, None),
    }
    # parties of a mutual act are right in either role; what comes too late is told
    assert of(rows, "meets") == {
        ("agent", "Togo", "Togo", True, True),
        ("target", "Ghana", "Ghana", True, True),
        ("target", "Benin", "Benin", False, True),
    }
    (late,) = [r for r in rows if r["relation"] == "meets" and not r["taken"]]
    assert (late["slot"], late["why"]) == ("with", "the slot object comes first")
    # no actor acts: who was tried is there although there is no statement
    assert ("agent", "storm", "storm", False, False) in of(rows, "opposes")
    # a pronoun has its antecedents with their weights
    accusers = [r for r in rows if (r["relation"], r["role"]) == ("accuses", "agent")]
    assert {TEXT[slice(*r["head"])] for r in accusers} == {"It"}
    assert {r["name"] for r in accusers} >= {"Ghana", "Benin"}
    assert {r["name"]: r["gold"] for r in accusers}["Ghana"] is True
    assert {r["name"]: r["gold"] for r in accusers}["Benin"] is False
    assert len({r["score"] for r in accusers}) > 1
    # the draft of an outlet is dropped, with the reason
    said = [r for r in rows if TEXT[slice(*r["trigger"])] == "said" and r["role"] == "agent"]
    assert [(r["name"], r["taken"], r["gold"]) for r in said] == [("Reuters", False, None)]
    assert "only outlets speak" in said[0]["why"]


@pytest.mark.model
def test_triggers_lie_in_the_text_and_taken_ones_have_no_reason(
    rows: list[dict[str, Any]],
) -> None:
    assert {TEXT[slice(*r["trigger"])] for r in rows} >= {"visited", "accused", "met", "said"}
    assert all(r["taken"] == (r["why"] == "") for r in rows)
    assert all(r["frame"].startswith(f"{r['relation']}/") for r in rows)
    assert all(r["article"] == "lake" for r in rows)
    assert len({json.dumps(r) for r in rows}) == len(rows)


@pytest.mark.model
def test_the_page_tells_of_every_field(rows: list[dict[str, Any]]) -> None:
    told = re.findall(r"^\| (`.+?) \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert re.findall(r"`(\w+)`", " ".join(told)) == list(rows[0])


@pytest.mark.model
def test_without_asking_there_are_none(folder: Path) -> None:
    report = evaluation.evaluate(folder)
    asked = evaluation.evaluate(folder, candidates=True)
    assert report.candidates == ()
    assert all(isinstance(row, Row) for row in asked.candidates)
    assert asked.comparisons == report.comparisons


@pytest.mark.model
def test_a_file_that_cannot_be_written_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = folder / "no" / "tried.jsonl"
    assert run(["evaluate", str(folder), "--candidates", str(missing)]) != 0
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.model
def test_an_explanation_lists_who_was_not_taken(capsys: pytest.CaptureFixture[str]) -> None:
    text = "Togo met Ghana with Benin."
    assert run(["relation", "test", "meets", "--explain", text]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "not taken for a role candidate target “Benin” (Benin) by slot with: the slot" in told
    assert run(["relation", "test", "meets", "--explain", "Togo met Ghana."]) == 0
    assert "not taken" not in capsys.readouterr().out
