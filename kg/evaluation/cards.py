"""Runs the pipeline on the examples and counter-examples of relation cards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.ontology import Example, Relation
from kg.pipeline import Pipeline
from kg.records import Article, Entity, Extraction, Statement

PUBLISHED = "2025-05-14"  # date of publication assumed for the sentences on cards; any would do


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
            why = f"gives {_words(statement)} by {statement.evidence.rule}"
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
        others = ", ".join(_words(s) for s in extraction.statements) or "nothing"
        return f"no such statement; found {others}"
    reasons = [_difference(s, example, extraction, relation.symmetric) for s in found]
    return "" if "" in reasons else "; ".join(reasons)


def _difference(
    statement: Statement, example: Example, extraction: Extraction, symmetric: bool
) -> str:
    """Return how a statement differs from the example, in words; empty if it does not."""
    roles: dict[str, tuple[Entity, ...]] = {
        "agent": statement.agents,
        "target": statement.targets,
        "about": statement.about,
        "where": statement.where,
    }
    if symmetric:
        roles["agent"] = roles["target"] = (*statement.agents, *statement.targets)
    for role, names in example.roles.items():
        for name in names:
            if not any(name in _names(e, extraction) for e in roles[role]):
                got = ", ".join(e.name for e in roles[role]) or "nobody"
                return f"{role} is {got}, not {name}"
    if statement.modality != example.modality:
        return f"modality is {statement.modality}, not {example.modality}"
    if statement.negated != example.negated:
        return f"polarity is {statement.polarity}"
    return ""


def _names(entity: Entity, extraction: Extraction) -> set[str]:
    quotes = {extraction.article.quote(m.span) for m in extraction.mentions if m.entity == entity}
    return quotes | {entity.name}


def _words(statement: Statement) -> str:
    agents = ", ".join(e.name for e in statement.agents)
    others = ", ".join(e.name for e in (*statement.targets, *statement.about))
    return f"{agents} {statement.relation} {others}".rstrip()
