"""Calibration: the measures by hand-made numbers, and the confidence of the package."""

from __future__ import annotations

import json
import math
from pathlib import Path

import built
import pytest

from kg import build, resources, sources
from kg.cli import run
from kg.evaluation import reliability
from kg.extract.confidence import Estimator, estimator
from kg.graph import Graph

HERE = Path(__file__).resolve().parent
SEEDS = HERE.parent / "seeds" / "articles"


def test_measures_by_hand() -> None:
    found = reliability([(0.9, True), (0.9, True), (0.9, False), (0.25, False), (0.2, True)])
    assert [(b.low, b.number) for b in found.bins] == [(0.2, 2), (0.9, 3)]
    assert found.bins[0].confidence == pytest.approx(0.225)
    assert found.bins[1].right == pytest.approx(2 / 3)
    assert (found.number, found.right) == (5, 0.6)
    assert found.brier == pytest.approx((0.01 + 0.01 + 0.81 + 0.0625 + 0.64) / 5)
    assert found.brier_of_base_rate == pytest.approx(0.24)
    assert found.ece == pytest.approx((2 * abs(0.225 - 0.5) + 3 * abs(0.9 - 2 / 3)) / 5)
    assert found.auc == pytest.approx((0.5 + 0.5 + 1 + 1 + 0 + 0) / 6)


def test_borders_belong_to_the_bin_above_and_one_to_the_last() -> None:
    found = reliability([(0.3, True), (0.7, True), (1.0, True), (0.0, False)])
    assert [b.low for b in found.bins] == [0.0, 0.3, 0.7, 0.9]


def test_nothing_to_judge() -> None:
    found = reliability([])
    assert (found.bins, found.number, found.brier, found.ece, found.auc) == ((), 0, 0.0, 0.0, 0.5)


def test_an_estimate_is_a_logistic_sum_of_known_features() -> None:
    made = Estimator(intercept=-0.5, weights={"about": 1.5, "crowded": -1.0})
    features = {"about": 1.0, "crowded": 0.5, "never-seen": 1.0}
    assert made.parts(features) == [("about", 1.5), ("crowded", -0.5)]
    assert made.of(features) == round(1 / (1 + math.exp(-0.5)), 2)


def test_the_weights_of_the_package_say_what_they_were_fitted_on() -> None:
    content = json.loads(resources.confidence_file().read_text(encoding="utf-8"))
    assert content["about"]["articles"] >= 30
    assert content["about"]["left_out"]["auc"] > 0.7
    assert content["about"]["left_out"]["brier"] < 0.25
    assert len(estimator().weights) >= 20
    assert all(math.isfinite(w) and abs(w) < 5 for w in estimator().weights.values())


@pytest.mark.model
def test_confidence_is_spread_and_explained() -> None:
    reader = built.reader()
    told = [e for a in sources.read([SEEDS / "pretoria-agreement.md"]) for e in reader.explain(a)]
    values = {e.statement.confidence for e in told}
    assert len(values) > 10
    assert all(0 < value < 1 for value in values)
    extreme = sum(not 0.1 < e.statement.confidence < 0.9 for e in told)
    assert extreme < len(told) / 3, "it is bimodal"
    for explanation in told:
        decision = explanation.decisions[-1]
        assert decision.layer == "confidence"
        assert decision.what == f"{explanation.statement.confidence:.2f}"
    assert any("relation=" in e.decisions[-1].because for e in told)


@pytest.mark.model
def test_a_build_leaves_out_what_is_less_sure(tmp_path: Path) -> None:
    paths = [SEEDS / "pretoria-agreement.md"]
    whole = build.build(paths, tmp_path / "all.kg")
    sure = build.build(paths, tmp_path / "sure.kg", min_confidence=0.6)
    assert 0 < sure.statements < whole.statements
    with Graph.open(tmp_path / "all.kg") as graph, Graph.open(tmp_path / "sure.kg") as part:
        (every,), (kept,) = graph.extractions(), part.extractions()
    assert kept.statements == tuple(s for s in every.statements if s.confidence >= 0.6)


@pytest.mark.model
def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("istanbul-talks-eve", "singapore-to-hanoi"):
        content = (HERE / "gold" / f"{name}.yaml").read_text(encoding="utf-8")
        text = (SEEDS / f"{name}.md").read_text(encoding="utf-8")
        (tmp_path / f"{name}.yaml").write_text(
            content.replace("../../seeds/articles/", ""), encoding="utf-8"
        )
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    assert run(["evaluate", str(tmp_path), "--confidence", "--format", "csv"]) == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert lines[0] == "from,to,statements,confidence,right"
    number = sum(int(line.split(",")[2]) for line in lines[1:])
    assert err.startswith(f"{number} statements, ")
    assert "calibration error" in err
