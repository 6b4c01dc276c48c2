"""Decisions: corrections of the graph by a person, read from a file, applied, stored and undone.

The store keeps the decisions and, for each article that they change, the difference to what was
extracted. So no extraction is lost, and removing a decision restores it.
"""

from __future__ import annotations

from kg.decisions.applying import DECIDED as DECIDED
from kg.decisions.applying import Outcome as Outcome
from kg.decisions.file import parse as parse
from kg.decisions.file import read as read
from kg.decisions.file import write as write
from kg.decisions.model import Decision as Decision
from kg.decisions.record import as_read as as_read
from kg.decisions.record import decided as decided
from kg.decisions.record import decision_quads as decision_quads
from kg.decisions.record import renamed as renamed
from kg.decisions.record import stored as stored
from kg.decisions.record import unfinished as unfinished
from kg.decisions.record import unfinished_quad as unfinished_quad
from kg.decisions.record import verdicts as verdicts
from kg.decisions.references import concerned as concerned
from kg.decisions.references import problems as problems
from kg.decisions.rules import Rules as Rules

__all__ = [
    "DECIDED",
    "Decision",
    "Outcome",
    "Rules",
    "as_read",
    "concerned",
    "decided",
    "decision_quads",
    "parse",
    "problems",
    "read",
    "renamed",
    "stored",
    "unfinished",
    "unfinished_quad",
    "verdicts",
    "write",
]
