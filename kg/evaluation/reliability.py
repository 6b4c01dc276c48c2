"""Calibration: do statements with a confidence of 0.8 turn out right in 80 % of cases?

Measures: Brier score (Brier 1950), expected calibration error over bins of equal width (Naeini,
Cooper & Hauskrecht 2015), and the area under the ROC curve.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10  # as is usual for the expected calibration error
Judged = Sequence[tuple[float, bool]]
"""Pairs of a statement's confidence and whether the statement is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The statements whose confidence lies in one interval.

    Attributes:
        low, high: bounds of the interval, without `high` except in the last bin.
        number: number of statements.
        confidence: their mean confidence, 0 to 1.
        right: share of them that is right, 0 to 1.
    """

    low: float
    high: float
    number: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """Measures of how well confidence predicts whether a statement is right.

    Attributes:
        bins: the bins that are not empty, by confidence.
        number: number of statements.
        right: share of them that is right, 0 to 1.
        brier: Brier score: mean squared difference of confidence and truth (0 or 1); 0 is best.
        brier_of_base_rate: Brier score if every statement had the confidence `right`.
        ece: expected calibration error: mean over the bins of the absolute difference of mean
            confidence and share right, weighted by the number of statements; 0 is best.
        auc: area under the ROC curve: chance that a right statement has a higher confidence than a
            wrong one; 1 is best, 0.5 if all statements are right or all wrong.
    """

    bins: tuple[Bin, ...]
    number: int
    right: float
    brier: float
    brier_of_base_rate: float
    ece: float
    auc: float


def reliability(judged: Judged, bins: int = BINS) -> Reliability:
    """Return the measures of calibration, with `bins` bins of equal width."""
    number = len(judged)
    found = tuple(_bins(judged, bins))
    right = _mean([float(truth) for _, truth in judged])
    return Reliability(
        bins=found,
        number=number,
        right=right,
        brier=_mean([(confidence - truth) ** 2 for confidence, truth in judged]),
        brier_of_base_rate=right * (1 - right),
        ece=sum(b.number * abs(b.confidence - b.right) for b in found) / number if number else 0.0,
        auc=_auc(judged),
    )


def _bins(judged: Judged, bins: int) -> list[Bin]:
    filled: dict[int, list[tuple[float, bool]]] = {}
    for confidence, truth in judged:
        filled.setdefault(min(int(confidence * bins + 1e-9), bins - 1), []).append(
            (confidence, truth)
        )
    return [
        Bin(
            low=at / bins,
            high=(at + 1) / bins,
            number=len(inside),
            confidence=_mean([confidence for confidence, _ in inside]),
            right=_mean([float(truth) for _, truth in inside]),
        )
        for at, inside in sorted(filled.items())
    ]


def _auc(judged: Judged) -> float:
    right = [confidence for confidence, truth in judged if truth]
    wrong = [confidence for confidence, truth in judged if not truth]
    if not right or not wrong:
        return 0.5
    won = sum((r > w) + 0.5 * (r == w) for r in right for w in wrong)
    return won / (len(right) * len(wrong))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
