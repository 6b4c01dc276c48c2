"""`python -m training.confidence GOLD_DIR ...`: fit the confidence of statements anew.

Reads annotated articles, takes the features of every statement found in them, and fits a logistic
regression with a ridge penalty to whether the statement is strictly right. Families of features and
the penalty are chosen by leaving out one article after the other; articles named by --held-apart
are only measured. On articles by which the rules were made (--steered) more is right than on new
ones: they get an offset of their own, which the result is without. Only numpy is needed, and the
same articles give the same bytes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from kg import pipeline, resources
from kg.evaluation import compare, read
from kg.evaluation.gold import paths
from kg.evaluation.reliability import Reliability, reliability
from kg.extract.confidence import estimator
from kg.pipeline import Pipeline
from kg.rdf import canonical
from kg.records import Statement

PENALTIES = (4.0, 8.0, 16.0, 32.0)
GAIN = 0.0003  # mean log loss that leaving out a family must save at least
DIGITS = 4
STEERED = "steered"  # feature of the articles by which the rules were made
Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One statement found in an annotated article."""

    article: str
    features: dict[str, float]
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Weights by name of the feature, and the penalty they were fitted with."""

    intercept: float
    weights: dict[str, float]
    penalty: float


def examples(folder: Path, reader: Pipeline, *, steered: bool = False) -> Iterator[Example]:
    """Yield the statements found in the annotated articles of a folder."""
    for path in paths(folder):
        article, gold = read(path)
        reading = reader.extractor.reading(reader.language.parse(article))
        assembled = reading.assembled({})
        compared = compare(gold, canonical(assembled.extraction), reader.extractor.ontology)
        right = {_key(compared.statements[number]) for _, number in compared.strict}
        judged = {_key(statement) for statement in compared.statements}
        for made in assembled.made:
            key = _key(made.statement)
            if key in judged:
                judged.remove(key)  # told twice in the same words, it counts once
                features = dict(made.grounds.features)
                features |= {STEERED: 1.0} if steered else {}
                yield Example(article=str(path), features=features, right=key in right)


def _key(statement: Statement) -> tuple[object, ...]:
    return statement.id, statement.evidence, statement.modality, statement.negated


def family(name: str) -> str:
    """Return the family of a feature: what stands before the value."""
    return name.partition("=")[0]


def matrix(found: Sequence[Example], names: Sequence[str]) -> Vector:
    """Return the features of examples as rows, after a column of ones."""
    at = {name: number for number, name in enumerate(names, 1)}
    rows = np.zeros((len(found), len(names) + 1))
    rows[:, 0] = 1.0
    for row, example in zip(rows, found, strict=True):
        for name, value in example.features.items():
            if name in at:
                row[at[name]] = value
    return rows


def fitted(rows: Vector, right: Vector, penalty: float, start: Vector | None = None) -> Vector:
    """Return the weights with the highest penalised likelihood, by Newton's method."""
    weights = np.zeros(rows.shape[1]) if start is None else start
    ridge = np.full(rows.shape[1], penalty)
    ridge[0] = 1e-6
    for _ in range(50):
        chance = _chance(rows, weights)
        slope = rows.T @ (right - chance) - ridge * weights
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def _chance(rows: Vector, weights: Vector) -> Vector:
    chance: Vector = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
    return chance


def left_out(found: Sequence[Example], names: Sequence[str], penalty: float) -> Vector:
    """Return the chance of each example by weights fitted on the other articles."""
    rows, right = matrix(found, names), _truth(found)
    articles = np.array([example.article for example in found])
    chance = np.zeros(len(found))
    start = fitted(rows, right, penalty)
    for article in sorted(set(articles)):
        inside = articles == article
        weights = fitted(rows[~inside], right[~inside], penalty, start)
        chance[inside] = _chance(rows[inside], weights)
    return chance


def loss(chance: Vector, right: Vector) -> float:
    """Return the mean log loss."""
    sure = np.clip(chance, 1e-6, 1 - 1e-6)
    return float(-np.mean(right * np.log(sure) + (1 - right) * np.log(1 - sure)))


def _truth(found: Sequence[Example]) -> Vector:
    return np.array([float(example.right) for example in found])


def _names(found: Sequence[Example], dropped: Collection[str]) -> list[str]:
    names = {name for example in found for name in example.features}
    return sorted(name for name in names if family(name) not in dropped)


def chosen(found: Sequence[Example]) -> tuple[list[str], float]:
    """Return names of features and the penalty that do best on articles left out.

    Backward elimination: the family without which the loss is lowest goes, as long as that saves
    anything worth it.
    """
    right = _truth(found)

    def tried(dropped: Collection[str], penalty: float) -> float:
        return loss(left_out(found, _names(found, dropped), penalty), right)

    penalty = min(PENALTIES, key=lambda p: tried((), p))
    dropped: set[str] = set()
    best = tried(dropped, penalty)
    while True:
        families = sorted({family(name) for name in _names(found, dropped)} - {STEERED})
        losses = {one: tried({*dropped, one}, penalty) for one in families}
        worst = min(losses, key=lambda one: (losses[one], one))
        if losses[worst] > best - GAIN:
            break
        best = losses[worst]
        dropped.add(worst)
        print(f"without {worst}: {best:.4f}", flush=True)
    penalty = min(PENALTIES, key=lambda p: tried(dropped, p))
    return _names(found, dropped), penalty


def model(found: Sequence[Example], names: Sequence[str], penalty: float) -> Model:
    """Return the weights fitted on all examples."""
    weights = fitted(matrix(found, names), _truth(found), penalty)
    kept = {n: round(float(w), DIGITS) for n, w in zip(names, weights[1:], strict=True)}
    kept.pop(STEERED, None)
    return Model(
        intercept=round(float(weights[0]), DIGITS),
        weights={name: weight for name, weight in kept.items() if weight},
        penalty=penalty,
    )


def as_json(made: Model, found: Sequence[Example], measured: Reliability) -> str:
    """Return a model as the text of its file, with what it was fitted on."""
    content = {
        "about": {
            "articles": len({example.article for example in found}),
            "statements": len(found),
            "right": round(measured.right, 3),
            "penalty": made.penalty,
            "left_out": {
                "brier": round(measured.brier, 4),
                "ece": round(measured.ece, 4),
                "auc": round(measured.auc, 4),
            },
        },
        "intercept": made.intercept,
        "weights": made.weights,
    }
    return json.dumps(content, indent=1, sort_keys=True) + "\n"


def table(measured: Reliability) -> str:
    """Return a reliability table with its summary, in Markdown."""
    lines = ["| confidence | statements | mean confidence | right |", "| --- | --- | --- | --- |"]
    for b in measured.bins:
        span = f"{b.low:.1f} to {b.high:.1f}"
        lines.append(f"| {span} | {b.number} | {b.confidence:.2f} | {b.right:.2f} |")
    lines.append(
        f"\n{measured.number} statements, {measured.right:.3f} right; Brier {measured.brier:.3f} "
        f"(base rate alone {measured.brier_of_base_rate:.3f}), ECE {measured.ece:.3f}, "
        f"AUC {measured.auc:.3f}"
    )
    return "\n".join(lines)


def estimated(path: Path, found: Sequence[Example]) -> list[tuple[float, bool]]:
    """Return confidence and truth of examples that the weights in a file were not fitted on."""
    made = estimator(path)
    return [(made.of(example.features), example.right) for example in found]


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, write, and print what the result is worth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path, help="folders of annotated articles")
    parser.add_argument("--steered", nargs="*", type=Path, default=[], help="more, known to rules")
    parser.add_argument("--held-apart", nargs="*", type=Path, default=[], help="only measured")
    parser.add_argument("-o", "--output", type=Path, default=resources.confidence_file())
    options = parser.parse_args(arguments)
    reader = pipeline.load()
    found = [
        example
        for folders, steered in ((options.gold, False), (options.steered, True))
        for folder in folders
        for example in examples(folder, reader, steered=steered)
    ]
    with threadpool_limits(1, "blas"):  # small matrices: more threads cost more than they save
        fit(found, options.output)
    apart = [e for folder in options.held_apart for e in examples(folder, reader)]
    if apart:
        print(f"\nheld apart\n\n{table(reliability(estimated(options.output, apart)))}")


def fit(found: Sequence[Example], output: Path) -> None:
    """Write the model that fits examples, and print what it is worth on articles left out."""
    names, penalty = chosen(found)
    chance = left_out(found, names, penalty)
    measured = reliability([(float(c), e.right) for c, e in zip(chance, found, strict=True)])
    made = model(found, names, penalty)
    output.write_text(as_json(made, found, measured), encoding="utf-8")
    print(f"penalty {penalty:g}, {len(made.weights)} weights\n\narticle by article left out\n")
    print(table(measured))


if __name__ == "__main__":
    main()
