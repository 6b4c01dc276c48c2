"""The output of `kg evaluate`: figures as a table or JSON, errors below their sentences."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from kg.cli.tables import plain
from kg.query.results import Result, Value

if TYPE_CHECKING:
    from kg.evaluation import Report

_RATES = ("entity", "statement_strict", "statement_anchor", "statement_pair")
_WHOLE = "all"


def figures(report: Report, *, each: bool = False) -> Result:
    """Return the figures as rows: of all articles, by relation and, with `each`, by article.

    A statement counts as right for its relation if it agrees strictly; see `kg.evaluation.scoring`.
    """
    rows: list[tuple[Value, ...]] = []
    values = report.figures()
    rows += _layers(_WHOLE, values)
    for name, r in report.relations().items():
        rows.append(("relation", name, r.precision, r.recall, r.f1, None, r.right, r.gold, r.found))
    if each:
        for article, own in report.articles().items():
            rows += _layers(article, own)
    columns = "of what precision recall f1 value right gold found".split()
    return Result(columns=tuple(columns), rows=tuple(rows))


def _layers(of: str, values: Mapping[str, float]) -> Iterator[tuple[Value, ...]]:
    for name in _RATES:
        rates = (values[f"{name}_{key}"] for key in ("P", "R", "F1"))
        yield (of, name, *rates, None, None, None, None)
    for name, value in values.items():
        if not name.endswith(("_P", "_R", "_F1")):
            yield (of, name, None, None, None, _number(value), None, None, None)


def as_json(report: Report, *, each: bool = False) -> str:
    """Return the figures as JSON: of all articles, by relation and, with `each`, by article."""
    content: dict[str, object] = {
        "figures": {name: _number(value) for name, value in report.figures().items()},
        "relations": {
            name: {
                "P": rates.precision,
                "R": rates.recall,
                "F1": rates.f1,
                "right": rates.right,
                "gold": rates.gold,
                "found": rates.found,
            }
            for name, rates in report.relations().items()
        },
    }
    if each:
        content["articles"] = {
            article: {name: _number(value) for name, value in own.items()}
            for article, own in report.articles().items()
        }
    return json.dumps(content, indent=2) + "\n"


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def reliability(report: Report) -> Result:
    """Return the reliability table: a row for each bin of confidence with its share right."""
    rows = (
        (b.low, b.high, b.number, round(b.confidence, 3), round(b.right, 3))
        for b in report.reliability().bins
    )
    columns = ("from", "to", "statements", "confidence", "right")
    return Result(columns=columns, rows=tuple(rows))


def calibration(report: Report) -> str:
    """Return Brier score, calibration error and AUC of the confidence, as one line of text."""
    r = report.reliability()
    return (
        f"{r.number:,} statements, {r.right:.3f} right: Brier {r.brier:.3f} "
        f"(base rate alone {r.brier_of_base_rate:.3f}), calibration error {r.ece:.3f}, "
        f"area under the curve {r.auc:.3f}"
    )


def errors(report: Report) -> Result:
    """Return the errors as rows."""
    columns = ("article", "start", "kind", "what", "why", "sentence")
    rows = ((e.article, e.start, e.kind, e.what, e.why, e.sentence) for e in report.errors())
    return Result(columns=columns, rows=tuple(rows))


def listed(report: Report) -> str:
    """Return the errors as text, grouped by article and sentence."""
    lines: list[str] = []
    for article, own in groupby(report.errors(), key=lambda e: e.article):
        lines.append(article)
        for sentence, found in groupby(own, key=lambda e: e.sentence):
            lines += ["", f"  {plain(sentence)}"] if sentence else [""]
            for e in found:
                reason = f"  ({plain(e.why)})" if e.why else ""
                lines.append(f"    {e.kind:8} {plain(e.what)}{reason}")
        lines.append("")
    return "".join(f"{line}\n" for line in lines)
