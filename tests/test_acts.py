"""Made-up sentences for each relation: how many of their acts are found, and how much is right.

An act is found when relation and an agent agree, in full when a target or topic does as well, where
it has one. Names agree by half of their words (as described entities do in `kg.evaluation`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import built
import pytest
from fitting import misfits

from kg import ontology
from kg.evaluation.scoring import closeness, normal
from kg.rdf import names_in
from kg.records import Article, Entity, Extraction, Statement

pytestmark = pytest.mark.model

FOLDER = Path(__file__).parent / "acts"
RELATIONS = ontology.load().relations
HALF = 0.5
# Pinned a little under what is measured; raised when the rules have become better.
LEAST = {"found": 0.60, "in full": 0.46, "precision": 0.64, "modality": 0.92, "polarity": 0.96}
LEAST_OF_A_RELATION = 0.38  # found


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One annotated act."""

    relation: str
    agents: tuple[str, ...]
    others: tuple[str, ...]
    modality: str
    negated: bool


def sentences(path: Path) -> Iterator[tuple[str, list[Act]]]:
    """Yield each sentence of a file with its acts."""
    sentence, acts = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            acts.append(act(line))
        elif line:
            if sentence:
                yield sentence, acts
            sentence, acts = line, []
    yield sentence, acts


def act(line: str) -> Act:
    """Return the act that a line tells."""
    relation, agents, targets, about, modality, polarity, *_ = map(str.strip, line.split("|"))
    listed = [tuple(filter(None, map(str.strip, c.split(";")))) for c in (agents, targets, about)]
    return Act(
        relation=relation,
        agents=listed[0],
        others=listed[1] or listed[2],
        modality=modality,
        negated=polarity == "negated",
    )


class Found:
    """What is found in one sentence."""

    def __init__(self, extraction: Extraction) -> None:
        self.left = list(extraction.statements)
        self.names = {
            e.id: {*map(normal, n)} for e, n in names_in(extraction, ontology.load()).items()
        }

    def same(self, names: tuple[str, ...], entities: list[Entity]) -> bool:
        """Return whether one of the names is that of one of the entities."""
        wanted = {*map(normal, names)} - {""}
        return any(
            closeness(wanted, self.names.get(e.id, set()) | {normal(e.name)}) >= HALF
            for e in entities
        )

    def of(self, act: Act) -> tuple[Statement | None, bool]:
        """Return a statement of the same relation and agent, and whether it agrees in full."""
        mutual = RELATIONS[act.relation].symmetric
        found = [
            s
            for s in self.left
            if s.relation == act.relation
            and self.same(act.agents, [*s.agents, *(s.targets if mutual else ())])
        ]
        full = [s for s in found if self.agrees(act, s, mutual)]
        best = next(iter(full or found), None)
        if best is not None:
            self.left.remove(best)
        return best, bool(full)

    def agrees(self, act: Act, s: Statement, mutual: bool) -> bool:
        """Return whether a target or topic agrees, if the act has one."""
        if not act.others or (mutual and len(act.agents) > 1):
            return True
        return self.same(act.others, [*s.targets, *s.about, *(s.agents if mutual else ())])


@cache
def counts(name: str) -> Counter[str]:
    """Return how many acts of a file there are, are found, agree, and how much is said."""
    total: Counter[str] = Counter()
    for text, acts in sentences(FOLDER / name):
        extraction = built.reader().extract(Article(id="sentence", text=text))
        found = Found(extraction)
        assert list(misfits(extraction)) == []
        total["said"] += len(extraction.statements)
        for one in acts:
            best, full = found.of(one)
            total["acts"] += 1
            total["found"] += best is not None
            total["in full"] += full
            if best is not None:
                total["modality"] += best.modality == one.modality
                total["polarity"] += best.negated == one.negated
    return total


FILES = sorted(path.name for path in FOLDER.glob("*.txt"))


def test_there_are_sentences_for_every_relation() -> None:
    assert {Path(name).stem for name in FILES} == set(RELATIONS)
    for name in FILES:
        told = list(sentences(FOLDER / name))
        assert len(told) == 40
        assert all(one.relation in RELATIONS for _, acts in told for one in acts)
        assert all(one.agents for _, acts in told for one in acts)


@pytest.mark.parametrize("name", FILES)
def test_acts_of_a_relation_are_found(name: str) -> None:
    total = counts(name)
    assert total["found"] / total["acts"] >= LEAST_OF_A_RELATION


def test_acts_are_found_in_full_and_little_else_is_said() -> None:
    total = sum(map(counts, FILES), Counter())
    values = {
        "found": total["found"] / total["acts"],
        "in full": total["in full"] / total["acts"],
        "precision": total["in full"] / total["said"],
        "modality": total["modality"] / total["found"],
        "polarity": total["polarity"] / total["found"],
    }
    print({name: round(value, 3) for name, value in values.items()})
    assert {n: v for n, v in values.items() if v < LEAST[n]} == {}
