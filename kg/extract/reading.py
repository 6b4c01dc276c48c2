"""One discourse being read: the state that an extraction, or an explanation of it, is made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from kg.extract.acts.frames import Draft
from kg.extract.acts.matching import Matcher
from kg.extract.assembly import Assembly
from kg.extract.claims.attribution import Attribution
from kg.extract.discourse import Chart
from kg.records import Entity, Extraction


class Dropped(Enum):
    """Why a draft that matched gives no statement of its own."""

    SAYS_SO_HIMSELF = "the speaker says of himself, inside the quotation, that he says so"
    OUTLET_AS_SOURCE = "only outlets speak: they are the source of the sentence"
    SPEECH_TO_THE_PRESS = "the press is only spoken to, which is no meeting"
    ONE_REMARK_PER_SENTENCE = "another remark of the same speaker tells this sentence"


@dataclass(slots=True, kw_only=True)
class Reading:
    """What was found in one parse, before it becomes records."""

    chart: Chart
    matcher: Matcher
    sources: Attribution
    assembly: Assembly
    dropped: dict[Draft, Dropped] = field(default_factory=dict)

    def extraction(self, made: dict[str, Entity]) -> Extraction:
        """Return the finished records; `made` keeps the entities of the article."""
        return self.assembly.extraction(made)
