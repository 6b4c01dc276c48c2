"""One discourse being read: the state that an extraction, or an explanation of it, is made from."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.assembly import Assembly
from kg.extract.attribution import Attribution
from kg.extract.discourse import Chart
from kg.extract.frames import Draft
from kg.extract.relations import Matcher
from kg.records import Entity, Extraction


@dataclass(slots=True, kw_only=True)
class Reading:
    """What was found in one parse, before it becomes records.

    `dropped` names the rule by which a draft that matched gives no statement of its own.
    """

    chart: Chart
    matcher: Matcher
    sources: Attribution
    assembly: Assembly
    dropped: dict[Draft, str] = field(default_factory=dict)

    def extraction(self, made: dict[str, Entity]) -> Extraction:
        """Return the finished records; `made` keeps the entities of the article."""
        return self.assembly.extraction(made)
