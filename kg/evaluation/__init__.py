"""Evaluation of the pipeline on the examples of relation cards and on annotated articles.

report = evaluate("tests/gold")
report.figures()["statement_strict_F1"]
"""

from __future__ import annotations

from kg.evaluation.cards import Failure as Failure
from kg.evaluation.cards import failures as failures
from kg.evaluation.cards import sentence as sentence
from kg.evaluation.gold import read as read
from kg.evaluation.reliability import Reliability as Reliability
from kg.evaluation.reliability import reliability as reliability
from kg.evaluation.report import Report as Report
from kg.evaluation.report import below as below
from kg.evaluation.report import evaluate as evaluate
from kg.evaluation.report import floors as floors
from kg.evaluation.report import pinned as pinned
from kg.evaluation.scoring import Comparison as Comparison
from kg.evaluation.scoring import compare as compare
from kg.evaluation.scoring import figures as figures

__all__ = [
    "Comparison",
    "Failure",
    "Reliability",
    "Report",
    "below",
    "compare",
    "evaluate",
    "failures",
    "figures",
    "floors",
    "pinned",
    "read",
    "reliability",
    "sentence",
]
