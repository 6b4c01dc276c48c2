"""Estimate the confidence of a statement: the probability that a careful reader finds it too.

A logistic regression over features of parse, frame, coreference and linking. The weights are fitted
on annotated articles by `python -m training.confidence` and stored in `kg/models/confidence.json`;
`docs/confidence.md` has the results on articles held out from fitting.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg import resources
from kg.extract.acts.drafts import Draft
from kg.extract.acts.passes import ADDED
from kg.extract.coreference.references import References
from kg.extract.discourse import Referent

_FAR = 12  # tokens from the trigger at which an agent counts as fully far; chosen, not measured
_KINDS = ("Person", "Country", "Organization", "Group", "Event", "Agreement", "Place")
_DEEP = 5  # ancestors at which a trigger counts as fully deep; chosen, not measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimator:
    """A fitted logistic regression: an intercept, and weights by feature name, in log odds."""

    intercept: float
    weights: Mapping[str, float]

    def of(self, features: Mapping[str, float]) -> float:
        """Return the probability, between 0 and 1, rounded to two digits."""
        value = self.intercept + sum(part for _, part in self.parts(features))
        return round(1 / (1 + math.exp(-value)), 2)

    def parts(self, features: Mapping[str, float]) -> list[tuple[str, float]]:
        """Return what each feature adds to the log odds, sorted by name; zeros are left out."""
        known = ((n, self.weights.get(n, 0.0) * value) for n, value in sorted(features.items()))
        return [(name, part) for name, part in known if part]


@cache
def estimator(path: Path | None = None) -> Estimator:
    """Return the estimator stored at `path`, by default that of the package."""
    content = json.loads((path or resources.confidence_file()).read_text(encoding="utf-8"))
    return Estimator(intercept=content["intercept"], weights=content["weights"])


class Features:
    """Computes the features of the statements of one article, all between 0 and 1."""

    def __init__(self, references: References) -> None:
        """Take the coreference of the article, and count the mentions of each referent."""
        self.chart = references.chart
        self.references = references
        self.times = Counter(place.referent for place in self.chart.mentions)

    def of(self, draft: Draft, chain: Sequence[Referent]) -> dict[str, float]:
        """Return the features of one statement by name; zeros are left out.

        Args:
            draft: the draft of the statement.
            chain: its speakers.
        """
        found = dict(self._frame(draft))
        found |= self._parse(draft)
        found |= self._agents(draft)
        found |= self._objects(draft)
        found["twice-attributed"] = len(chain) > 1
        return {name: float(value) for name, value in found.items() if value}

    def _frame(self, draft: Draft) -> Iterator[tuple[str, float]]:
        yield f"relation={draft.relation.name}", 1
        yield "support-verb", draft.support is not None
        yield "object-noun", draft.noun is not None
        yield "needs", bool(draft.frame.needs)
        yield "contested", draft.rivals > 0
        yield "close-rival", draft.rivals > 0 and draft.lead < 0.5

    def _parse(self, draft: Draft) -> Iterator[tuple[str, float]]:
        anchor = draft.anchor
        depth = sum(1 for _ in anchor.ancestors)
        yield "depth", min(1.0, depth / _DEEP)
        yield "passive", anchor.pos_ == "VERB" and self.chart.syntax.is_passive(anchor)

    def _agents(self, draft: Draft) -> Iterator[tuple[str, float]]:
        agents, head = draft.agents, draft.phrase
        yield f"agent-slot={draft.of('agent')[0].slot if head is not None else 'other'}", 1
        yield "several-agents", len(agents) > 1
        agent = agents[0]
        yield "agent-described", agent.described
        yield "agent-linked", agent.entry is not None
        yield "agent-local", agent.local
        if head is None:
            return
        place = self.chart.mention(head)
        pronoun = place is None and self.references.resolver.is_pronoun(head)
        yield "agent-far", min(1.0, abs(head.i - draft.trigger.i) / _FAR)
        yield "agent-adjective", place is not None and place.adjective
        yield "agent-pronoun", pronoun
        yield "agent-indirect", place is None and not pronoun

    def _objects(self, draft: Draft) -> Iterator[tuple[str, float]]:
        targets, about = draft.targets, draft.about
        yield "target", bool(targets)
        yield "alone", not targets and not about
        yield "many-objects", min(1.0, max(0, len(targets) + len(about) - 1) / 4)
        yield "added", any(f.rule_name in ADDED for f in draft.fillers)
        if targets:
            yield f"target={self._kind(targets[0])}", 1
            yield "target-described", targets[0].described
        for role, group in (("target", targets), ("about", about)):
            if group:
                yield f"{role}-linked", group[0].entry is not None
                yield f"{role}-local", group[0].local
                yield f"{role}-often", min(1.0, max(0, self.times[group[0]] - 1) / 4)

    def _kind(self, referent: Referent) -> str:
        return next((k for k in _KINDS if self.chart.is_a(referent, (k,))), "Thing")
