"""The intermediate results of reading one parse, for extraction and for explanations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.acts.matching import Matched, Matcher
from kg.extract.acts.passes import Passed
from kg.extract.assembly import Assembled, Assembly
from kg.extract.claims.attribution import Attribution
from kg.extract.discourse import Chart
from kg.extract.learned.completing import Completer
from kg.extract.spans.quotations import Quotation
from kg.records import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The results of all steps on one parse, before records are made.

    Attributes:
        chart: mentions and referents.
        quoted: the quotations, in text order.
        matcher: matches frames at words; can be asked again for explanations.
        matched: the drafts and misses of all triggers.
        ruled: the drafts of the frames that the passes kept and dropped.
        passed: the same, the kept ones completed by the scorers.
        completer: the learned scorers at work on the parse; None without them.
        sources: finds the speakers and outlets of a draft.
        assembly: makes records from the kept drafts.
    """

    chart: Chart
    quoted: Sequence[Quotation]
    matcher: Matcher
    matched: Matched
    ruled: Passed
    passed: Passed
    completer: Completer | None
    sources: Attribution
    assembly: Assembly

    def assembled(self, made: dict[str, Entity]) -> Assembled:
        """Return the finished records; `made` collects the entities of the article by id."""
        return self.assembly.assembled(made)
