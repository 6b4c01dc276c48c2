"""Evaluates the pipeline on annotated articles: figures, errors, and floors for the figures."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from kg import pipeline as pipelines
from kg.errors import GoldError
from kg.evaluation.candidates import Row, rows
from kg.evaluation.gold import paths, read
from kg.evaluation.reliability import Reliability, reliability
from kg.evaluation.scoring import Comparison, compare, date, figures, rates
from kg.ontology import Ontology
from kg.pipeline import Pipeline
from kg.rdf import canonical
from kg.records import Entity, Span, Statement

CEILINGS = frozenset({"reversed_direction"})
"""Figures whose floor is a ceiling: they must not rise. All others must not fall."""

COUNTS = frozenset({"gold_statements", "predicted_statements"})
_SLACK = 0.03  # how far below the measured figure a floor is pinned; chosen, not measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Precision, recall and F1 (0 to 1) with the counts they come from."""

    precision: float
    recall: float
    f1: float
    right: int
    gold: int
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Error:
    """One error of the pipeline.

    Attributes:
        article: identifier of the article.
        sentence: text of the sentence; empty for entities.
        start: offset of the sentence; -1 for entities.
        kind: `missed`, `false`, `reversed` or `differs` for statements; `entity missed`,
            `entity false` or `entity type` for entities.
        what: the statement or entity in words.
        why: the difference, or the rule that gave a false statement.
    """

    article: str
    sentence: str
    start: int
    kind: str
    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The result of an evaluation.

    Attributes:
        comparisons: prediction against annotation, one for each article.
        sentences: spans of the sentences of each article, in text order.
        candidates: the candidates for roles, if they were requested.
    """

    comparisons: tuple[Comparison, ...]
    sentences: tuple[tuple[Span, ...], ...]
    candidates: tuple[Row, ...] = ()

    @property
    def counts(self) -> Mapping[str, int]:
        """Return the counts of all articles, added up."""
        total: Counter[str] = Counter()
        for comparison in self.comparisons:
            total.update(comparison.counts)
        return total

    def figures(self) -> dict[str, float]:
        """Return the figures over all articles; see `scoring.figures`."""
        return figures(self.counts)

    def articles(self) -> dict[str, dict[str, float]]:
        """Return the figures of each article."""
        return {c.gold.article.id: figures(c.counts) for c in self.comparisons}

    def relations(self) -> dict[str, Rates]:
        """Return the strict rates of each relation, by name."""
        total: Counter[tuple[str, str]] = Counter()
        for c in self.comparisons:
            total.update((s.relation, "gold") for s in c.gold.statements)
            total.update((s.relation, "found") for s in c.statements)
            total.update((c.gold.statements[g].relation, "right") for g, _ in c.strict)
        found = {}
        for name in sorted({name for name, _ in total}):
            counts = {key: total[name, key] for key in ("right", "gold", "found")}
            precision, recall, f1 = rates(counts, "right", "gold", "found")
            found[name] = Rates(precision=precision, recall=recall, f1=f1, **counts)
        return found

    def reliability(self) -> Reliability:
        """Return the calibration of confidence; right is a statement that agrees strictly."""
        judged = []
        for comparison in self.comparisons:
            right = {number for _, number in comparison.strict}
            judged += [(s.confidence, n in right) for n, s in enumerate(comparison.statements)]
        return reliability(judged)

    def errors(self) -> Iterator[Error]:
        """Yield the errors by article: first those of entities, then those of each sentence."""
        for comparison, sentences in zip(self.comparisons, self.sentences, strict=True):
            yield from _entity_errors(comparison)
            found = list(_statement_errors(comparison, sentences))
            yield from sorted(found, key=lambda e: (e.start, _ORDER.index(e.kind)))


_ORDER = ("missed", "reversed", "false", "differs")


def evaluate(
    folder: str | Path,
    *,
    model: str | Path | None = None,
    pipeline: Pipeline | None = None,
    candidates: bool = False,
) -> Report:
    """Run the pipeline on the annotated articles of a folder and compare the results.

    Args:
        folder: has a NAME.yaml for each article, with its text in a file next to it or named in it.
        model: language pipeline by name or path; by default the bundled one.
        pipeline: the pipeline to evaluate; by default a new one with `model`.
        candidates: also record the candidates for the roles of each trigger.

    Raises:
        GoldError: there is no annotation, or one is not well formed.
        ArticleError: a text cannot be read.
        LanguageError: the language pipeline cannot be used.
    """
    found = paths(folder)
    pipeline = pipeline or pipelines.load(model)
    comparisons, sentences = [], []
    tried: list[Row] = []
    for path in found:
        article, right = read(path)
        _check(right.statements, path, pipeline.extractor.ontology)
        parse = pipeline.language.parse(article)
        made: dict[str, Entity] = {}
        reading = pipeline.extractor.reading(parse, candidates=candidates)
        assembled = reading.assembled(made)
        ours = canonical(assembled.extraction)
        comparisons.append(compare(right, ours, pipeline.extractor.ontology))
        if candidates:
            tried += rows(reading, assembled, made, comparisons[-1])
        sentences.append(tuple(parse.span(s.start, s.stop - 1) for s in parse.doc.sents))
    return Report(
        comparisons=tuple(comparisons), sentences=tuple(sentences), candidates=tuple(tried)
    )


def _check(statements: Sequence[Statement], path: Path, ontology: Ontology) -> None:
    unknown = sorted({s.relation for s in statements} - set(ontology.relations))
    if unknown:
        raise GoldError(
            f"the ontology has no relation {', '.join(unknown)}",
            where=path,
            hint="`kg relation list` names them all",
        )


def floors(path: str | Path) -> dict[str, float]:
    """Return the floors in a JSON file: the lowest value allowed by name of the figure."""
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
        return {str(name): float(value) for name, value in content.items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise GoldError(
            f"floors cannot be read: {error}",
            where=path,
            hint='write {"statement_strict_F1": 0.5, ...}',
        ) from error


def below(values: Mapping[str, float], lowest: Mapping[str, float]) -> list[str]:
    """Return a message for each figure below its floor, above its ceiling, or missing."""
    broken = []
    for name, floor in sorted(lowest.items()):
        value = values.get(name, math.nan)
        if name in CEILINGS:
            if not value <= floor:
                broken.append(f"{name} is {value:g}, above {floor:g}")
        elif not value >= floor:
            broken.append(f"{name} is {value:g}, below {floor:g}")
    return broken


def pinned(values: Mapping[str, float], slack: float = _SLACK) -> str:
    """Return floors as the text of a JSON file: figures less `slack`, and ceilings as they are."""
    kept = {
        name: value if name in CEILINGS else max(0.0, round(value - slack, 3))
        for name, value in values.items()
        if name not in COUNTS and not math.isnan(value)
    }
    return json.dumps(kept, indent=2) + "\n"


def _entity_errors(comparison: Comparison) -> Iterator[Error]:
    right = {entity.id: entity for entity in comparison.gold.entities}
    reached = set(comparison.entities.values())

    def error(kind: str, entity: Entity, why: str = "") -> Error:
        return Error(
            article=comparison.gold.article.id,
            sentence="",
            start=-1,
            kind=kind,
            what=f"{entity.name} ({entity.kind})",
            why=why,
        )

    for entity in right.values():
        if entity.id not in reached:
            yield error("entity missed", entity)
    for entity in comparison.found.entities:
        same = right.get(comparison.entities.get(entity.id, ""))
        if same is None:
            yield error("entity false", entity, entity.id)
        elif entity.id in comparison.mistyped:
            yield error("entity type", entity, f"annotated as {same.kind}")


def _statement_errors(comparison: Comparison, sentences: Sequence[Span]) -> Iterator[Error]:
    golds, ours = comparison.gold.statements, comparison.statements
    text = comparison.gold.article.text

    def error(kind: str, statement: Statement, what: str, why: str) -> Error:
        span = _sentence(statement.evidence.span, sentences)
        return Error(
            article=comparison.gold.article.id,
            sentence=" ".join(text[span.start : span.end].split()),
            start=span.start,
            kind=kind,
            what=what,
            why=why,
        )

    hit = {g for g, _ in comparison.strict}
    used = {p for _, p in comparison.strict}
    near = dict(comparison.anchored)
    for g, gold in enumerate(golds):
        if g not in hit:
            why = f"but {words(ours[near[g]])}" if g in near else ""
            yield error("missed", gold, words(gold), why)
    for p, statement in enumerate(ours):
        if p not in used:
            why = f"{statement.evidence.rule}, {statement.confidence:.2f}"
            yield error("false", statement, words(statement), why)
    for g, p in comparison.reversed:
        yield error("reversed", ours[p], words(ours[p]), f"annotated: {words(golds[g])}")
    for g, p in comparison.anchored:
        if different := ", ".join(_differences(golds[g], ours[p], comparison.entities)):
            yield error("differs", ours[p], words(ours[p]), different)


def _differences(gold: Statement, ours: Statement, aligned: Mapping[str, str]) -> Iterator[str]:
    if gold.negated != ours.negated:
        yield f"polarity is {ours.polarity}, not {gold.polarity}"
    if gold.modality != ours.modality:
        yield f"modality is {ours.modality}, not {gold.modality}"
    if date(gold) != date(ours):
        yield f"date is {date(ours) or 'missing'}, not {date(gold) or 'given'}"
    for label, right, given in (
        ("speaker", gold.attributed_to, ours.attributed_to),
        ("outlet", gold.reported_by, ours.reported_by),
    ):
        same = {e.id for e in right} & {aligned.get(e.id, "") for e in given}
        if (right or given) and not same:
            yield f"{label} is {_names(given) or 'missing'}, not {_names(right) or 'given'}"


def words(statement: Statement) -> str:
    """Return a statement as a line: agents, relation, targets, topics, modality, polarity."""
    parts = [_names(statement.agents), statement.relation]
    if statement.targets:
        parts.append(f"→ {_names(statement.targets)}")
    if statement.about:
        parts.append(f"about {_names(statement.about)}")
    notes = [statement.modality] if statement.modality != "actual" else []
    notes += ["negated"] if statement.negated else []
    return " ".join(parts) + (f" [{', '.join(notes)}]" if notes else "")


def _names(entities: Sequence[Entity]) -> str:
    return ", ".join(entity.name for entity in entities)


def _sentence(span: Span, sentences: Sequence[Span]) -> Span:
    """Return the span from the first to the last sentence that `span` overlaps."""
    reached = [s for s in sentences if s.overlaps(span)]
    ends = chain.from_iterable((s.start, s.end) for s in (*reached, span))
    offsets = sorted(ends)
    return Span(start=offsets[0], end=offsets[-1])
