"""Where articles or speakers disagree, by place in the text.

What counts as a contradiction is written once, in the ready question of that name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.questions import ask, named
from kg.store import Store

_STATEMENT = "?statement kg:relation ?relation"
_KEPT = 200  # statements asked about at a time


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Dispute:
    """What another place says against a statement.

    Attributes:
        conflict: `denied`, `affirmed`, `earlier plan`, `later told as done`, `told as done`, or
            planned, possible, proposed.
        outlet: publisher of the other article, or empty.
        quote: its words.
    """

    conflict: str
    outlet: str
    quote: str


_SEEN_FROM_THERE = {"denied": "affirmed", "earlier plan": "later told as done"}


def disputes(store: Store, statements: Collection[ox.NamedNode]) -> dict[str, tuple[Dispute, ...]]:
    """Return what contradicts each evidence of some statements, by IRI of the evidence."""
    sparql = named("contradictions").sparql
    found: dict[str, set[Dispute]] = defaultdict(set)
    nodes = sorted(statements, key=str)
    for first in range(0, len(nodes), _KEPT):
        chosen = " ".join(map(str, nodes[first : first + _KEPT]))
        for variable in ("?statement", "?otherStatement"):
            limited = _limited(sparql, variable, chosen)
            for row in ask(store, limited).records():
                _note(row, found)
    return {evidence: tuple(sorted(told)) for evidence, told in found.items()}


def _limited(sparql: str, variable: str, chosen: str) -> str:
    """Return the question on some statements only, in each of its branches."""
    same, union, rest = sparql.partition("UNION")  # of the first branch both sides are one

    def limit(part: str, name: str) -> str:
        return part.replace(_STATEMENT, f"VALUES {name} {{ {chosen} }}\n    {_STATEMENT}")

    return limit(same, "?statement") + union + limit(rest, variable)


def _note(row: Mapping[str, object], found: dict[str, set[Dispute]]) -> None:
    conflict = str(row["conflict"])
    back = _SEEN_FROM_THERE.get(conflict, "told as done")
    pairs = (("evidence", "other", conflict), ("otherEvidence", "", back))
    for evidence, side, word in pairs:
        outlet, quote = ("otherOutlet", "otherQuote") if side else ("outlet", "quote")
        found[str(row[evidence])].add(
            Dispute(conflict=word, outlet=str(row[outlet] or ""), quote=str(row[quote]))
        )
