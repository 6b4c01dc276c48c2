"""Runs the pipeline on the examples and counter-examples of relation cards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.evaluation.acts import OTHERS, Act, difference, line
from kg.ontology import Example, Relation
from kg.pipeline import Pipeline
from kg.records import Article, Extraction, Statement

PUBLISHED = "2025-05-14"  # date of publication assumed for the sentences on cards; any would do
_ROLES = ("agent", "target", "about", "where")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An example without the expected statement, or a counter-example with a statement."""

    relation: str
    text: str
    why: str


def failures(relation: Relation, pipeline: Pipeline) -> Iterator[Failure]:
    """Yield the examples and counter-examples of a card that the pipeline gets wrong."""
    for example in relation.examples:
        extraction = _read(example.text, pipeline)
        why = _missing(relation, example, extraction)
        if why:
            yield Failure(relation=relation.name, text=example.text, why=why)
    for text in relation.non_examples:
        for statement in _of(relation, _read(text, pipeline)):
            why = f"gives {line(statement)} by {statement.evidence.rule}"
            yield Failure(relation=relation.name, text=text, why=why)


def _read(text: str, pipeline: Pipeline) -> Extraction:
    return pipeline.extract(sentence(text))


def sentence(text: str) -> Article:
    """Return an article with this text, as used for the examples on cards."""
    return Article(id="example", text=text, published=PUBLISHED)


def _of(relation: Relation, extraction: Extraction) -> list[Statement]:
    return [s for s in extraction.statements if s.relation == relation.name]


def _missing(relation: Relation, example: Example, extraction: Extraction) -> str:
    found = _of(relation, extraction)
    if not found:
        others = ", ".join(map(line, extraction.statements)) or "nothing"
        return f"no such statement; found {others}"
    names = {e: {e.name} for e in extraction.entities}
    for mention in extraction.mentions:
        names[mention.entity].add(extraction.article.quote(mention.span))
    reasons = [
        difference(
            act(relation.name, example),
            statement,
            same=lambda name, entity: name in names[entity],
            mutual=relation.symmetric,
        )
        for statement in found
    ]
    return "" if "" in reasons else "; ".join(reasons)


def act(relation: str, example: Example) -> Act:
    """Return the act of an example: what it names must be there, other names may be."""
    roles = {role: (*example.roles.get(role, ()), OTHERS) for role in _ROLES}
    return Act(
        relation=relation,
        agents=roles["agent"],
        targets=roles["target"],
        about=roles["about"],
        where=roles["where"],
        modality=example.modality,
        negated=example.negated,
        unnamed=None,
        open=True,
    )
