"""One discourse being read: the state that an extraction, or an explanation of it, is made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.acts.matching import Matched, Matcher
from kg.extract.acts.passes import Passed
from kg.extract.assembly import Assembled, Assembly
from kg.extract.claims.attribution import Attribution
from kg.extract.discourse import Chart
from kg.extract.spans.quotations import Quotation
from kg.records import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was found in one parse, before it becomes records.

    Attributes:
        chart: mentions and referents.
        quoted: the quotations, in text order.
        matcher: what was asked for the frames of each word.
        matched: what the frames gave.
        passed: what the passes left of that, and what they dropped.
        sources: whose word it is.
        assembly: what makes records of it.
    """

    chart: Chart
    quoted: Sequence[Quotation]
    matcher: Matcher
    matched: Matched
    passed: Passed
    sources: Attribution
    assembly: Assembly

    def assembled(self, made: dict[str, Entity]) -> Assembled:
        """Return the finished records; `made` keeps the entities of the article."""
        return self.assembly.assembled(made)
