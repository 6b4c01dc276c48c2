"""The fit of the confidence: known weights come back, noise goes, articles stay apart."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest

from training.confidence import Example, chosen, examples, family, fit, fitted, left_out, matrix


def made(number: int = 400, articles: int = 8) -> list[Example]:
    """Examples of which `sure` decides by three to one, and `noise` nothing."""
    draw = random.Random(7)
    found = []
    for n in range(number):
        sure = draw.random() < 0.5
        features = {"sure": 1.0} if sure else {"unsure": 1.0}
        features[f"noise={draw.randrange(12)}"] = 1.0
        right = draw.random() < (0.75 if sure else 0.25)
        found.append(Example(article=f"a{n % articles}", features=features, right=right))
    return found


def test_weights_come_near_the_truth() -> None:
    found = made()
    rows = matrix(found, ["sure"])
    assert rows.shape == (400, 2)
    weights = fitted(rows, np.array([float(e.right) for e in found]), 0.01)
    assert weights[0] == pytest.approx(-np.log(3), abs=0.4)
    assert weights[1] == pytest.approx(2 * np.log(3), abs=0.5)


def test_an_article_is_judged_by_weights_of_the_others() -> None:
    found = made()
    chance = left_out(found, ["sure"], 1.0)
    mirrored = [
        Example(article=e.article, features=e.features, right=not e.right)
        if e.article == "a0"
        else e
        for e in found
    ]
    again = left_out(mirrored, ["sure"], 1.0)
    own = np.array([e.article == "a0" for e in found])
    assert np.allclose(chance[own], again[own], atol=1e-5)
    assert not np.allclose(chance[~own], again[~own], atol=1e-5)


def test_families_that_tell_nothing_go() -> None:
    names, penalty = chosen(made())
    assert {family(name) for name in names} in ({"sure"}, {"unsure"}, {"sure", "unsure"})
    assert penalty > 0


def test_the_same_examples_give_the_same_bytes(tmp_path: Path) -> None:
    found = made(200)
    for name in ("one.json", "two.json"):
        fit(found, tmp_path / name)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    about = json.loads((tmp_path / "one.json").read_text())["about"]
    assert (about["articles"], about["statements"]) == (8, 200)


@pytest.mark.model
def test_examples_carry_features_and_truth(tmp_path: Path) -> None:
    from kg import pipeline

    root = Path(__file__).resolve().parent.parent
    name = "istanbul-talks-eve"
    content = (root / "gold" / f"{name}.yaml").read_text(encoding="utf-8")
    (tmp_path / f"{name}.yaml").write_text(
        content.replace("../../seeds/articles/", ""), encoding="utf-8"
    )
    text = (root.parent / "seeds" / "articles" / f"{name}.md").read_text(encoding="utf-8")
    (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    found = list(examples(tmp_path, pipeline.load()))
    assert {e.right for e in found} == {True, False}
    assert all(any(f.startswith("relation=") for f in e.features) for e in found)
    assert all(0 < value <= 1 for e in found for value in e.features.values())
