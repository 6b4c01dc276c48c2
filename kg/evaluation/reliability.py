"""Whether confidence can be taken at its word: how often statements of one confidence are right.

Measures: Brier score (Brier 1950), expected calibration error over bins of equal width (Naeini,
Cooper & Hauskrecht 2015), and the area under the ROC curve.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10
Judged = Sequence[tuple[float, bool]]
"""Confidence and whether the statement is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Statements of about one confidence.

    Attributes:
        low, high: borders of the confidence; `high` belongs to the next bin but in the last one.
        number: how many statements.
        confidence: their mean confidence, 0 to 1.
        right: the share of them that is right, 0 to 1.
    """

    low: float
    high: float
    number: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """How confidence and truth agree.

    Attributes:
        bins: those that hold statements, by confidence.
        number: how many statements were judged.
        right: the share that is right.
        brier: mean squared difference of confidence and truth; 0 is perfect.
        brier_of_base_rate: what it would be if all had `right` as their confidence.
        ece: mean difference of confidence and share right over the bins, weighted by number.
        auc: chance that a right statement has a higher confidence than a wrong one; 0.5 without
            both kinds.
    """

    bins: tuple[Bin, ...]
    number: int
    right: float
    brier: float
    brier_of_base_rate: float
    ece: float
    auc: float


def reliability(judged: Judged, bins: int = BINS) -> Reliability:
    """Return how confidence and truth agree over `bins` bins of equal width."""
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
