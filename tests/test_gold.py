"""The sample articles against their annotations: form, and floors that must not be lowered."""

from pathlib import Path

import pytest

from kg import evaluation
from kg.evaluation.gold import paths
from kg.ontology import Ontology

HERE = Path(__file__).resolve().parent
GOLD = HERE / "gold"
SEEDS = HERE.parent / "seeds" / "articles"
FLOORS = GOLD / "floors.json"
NUMBER = 10

each = pytest.mark.parametrize("path", paths(GOLD), ids=lambda path: path.stem)


def test_every_annotation_is_collected() -> None:
    assert len(paths(GOLD)) == NUMBER
    assert {path.stem for path in paths(GOLD)} <= {path.stem for path in SEEDS.glob("*.md")}


@each
def test_annotations_fit_their_articles(path: Path, ontology: Ontology) -> None:
    article, gold = evaluation.read(path)
    assert article.text == (SEEDS / f"{path.stem}.md").read_text(encoding="utf-8")
    assert len(gold.statements) >= 30
    assert {s.relation for s in gold.statements} <= set(ontology.relations)
    assert {e.kind for e in gold.entities} <= set(ontology.classes)
    quotes = [(s.relation, s.agents, s.targets, s.evidence.span) for s in gold.statements]
    assert len(set(quotes)) == len(quotes), "a statement stands there twice"
    for statement in gold.statements:
        parties = {*statement.agents, *statement.targets}
        several = len(parties) > 1 or any(e.kind == "Group" for e in parties)
        assert several or statement.relation != "meets", "somebody meets nobody"
        both = {*statement.agents} & {*statement.targets}
        assert not both or both == parties, "only what all do to each other has the same ends"
        outlets = {e.kind for e in statement.reported_by}
        assert outlets <= {"MediaOutlet"}


@pytest.mark.model
def test_no_figure_is_below_its_floor() -> None:
    lowest = evaluation.floors(FLOORS)
    assert len(lowest) >= 19
    assert evaluation.below(evaluation.evaluate(GOLD).figures(), lowest) == []
