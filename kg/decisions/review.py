"""Suggest decisions: possible duplicates, low confidence, claims reported by one outlet only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pyoxigraph as ox

from kg.corroboration.independence import corroboration
from kg.decisions.duplicates import Duplicate, duplicates
from kg.decisions.model import Decision, Same, WrongStatement
from kg.decisions.rules import Rules
from kg.rdf import vocabulary as v
from kg.store import Store

HEADER = """\
# What is worth deciding, the likeliest first. Nothing here is in force: take away the # before what
# you decide, leave the rest out. Where two are not the same, write [[not-same]] for [[same]] and
# leave name out; it is not asked again.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A suggested decision, with the reason for suggesting it."""

    decision: Decision
    reason: str


def listing(candidates: Iterable[Candidate], *, active: bool = False) -> str:
    """Return candidates as a decisions file, commented out unless `active`."""
    parts = [] if active else [HEADER]
    for candidate in candidates:
        lines = candidate.decision.toml().splitlines()
        body = lines if active else [f"# {line}" for line in lines]
        parts.append("\n".join([f"# {candidate.reason}", *body]) + "\n")
    return "\n".join(parts)


def candidates(
    store: Store, rules: Rules, *, limit: int = 20, below: float = 0.6
) -> tuple[Candidate, ...]:
    """Return suggested decisions that are not decided yet.

    Args:
        store: the graph.
        rules: the decisions in force.
        limit: most suggestions of each kind.
        below: statements of less confidence are suggested for review; the default is chosen, not
            measured.
    """
    likeliest: dict[str, Duplicate] = {}
    for pair in duplicates(store, rules):
        likeliest.setdefault(pair.second.id, pair)
    places = sorted(_places(store), key=lambda place: place.order)
    told = Counter((place.article, place.relation, place.quote) for place in places)
    places = [replace(p, alone=told[p.article, p.relation, p.quote] == 1) for p in places]
    unsure = [place for place in places if place.confidence < below]
    taken = {place.identifier for place in unsure[:limit]}
    alone = (place for place in places if place.identifier not in taken and place.claim)
    single = (place for place in alone if _lonely(store, place))
    return (
        *(_duplicate(pair, rules) for pair in list(likeliest.values())[:limit]),
        *(place.candidate(f"confidence {place.confidence:g}") for place in unsure[:limit]),
        *(
            place.candidate(f"told by one outlet only, on the word of {place.claim}")
            for place, _ in zip(single, range(limit), strict=False)
        ),
    )


def _duplicate(found: Duplicate, rules: Rules) -> Candidate:
    """Return the suggestion to merge two entities."""
    pair = found.first, found.second
    name = "" if rules.gazetteer.entry(found.first.id) else found.first.name
    counts = " and ".join(str(len(known.articles)) for known in pair)
    return Candidate(
        decision=Same(entities=(found.first.id, found.second.id), name=name),
        reason=f"possible duplicate: {found.first.name}, {found.second.name}: {found.why}; "
        f"in {counts} articles",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A statement, with the fields that this module needs."""

    statement: ox.NamedNode
    identifier: str
    article: str
    relation: str
    quote: str
    confidence: float
    modality: str
    claim: str
    alone: bool = True

    @property
    def order(self) -> tuple[object, ...]:
        return self.confidence, self.article, self.identifier

    def candidate(self, reason: str) -> Candidate:
        if self.alone:
            decision = WrongStatement(
                article=self.article, relation=self.relation, quote=self.quote
            )
        else:  # the clause makes several statements of this relation: name the one meant
            decision = WrongStatement(article=self.article, statement=self.identifier)
        return Candidate(decision=decision, reason=reason)


def _places(store: Store) -> Iterator[_Place]:
    """Yield the affirmed statements that no decision added."""
    names = store.names

    def text(node: ox.NamedNode, name: str, graph: ox.NamedNode) -> str:
        return next((q.object.value for q in store.match(node, v.term(name), None, graph)), "")

    for quad in store.match(None, v.term("polarity"), v.term("affirmed")):
        graph, statement = quad.graph_name, quad.subject
        if next(store.match(statement, v.GENERATED_BY), None):
            continue
        speakers = (
            q.object.value
            for by in store.match(statement, v.term("attributedTo"), None, graph)
            for speaker in v.nodes([by.object])
            for q in store.match(speaker, v.PREF_LABEL, None, graph)
        )
        modality = text(statement, "modality", graph).removeprefix(v.KG)
        yield _Place(
            statement=statement,
            identifier=names.identifier(statement),
            article=names.identifier(graph).removeprefix("article/"),
            relation=text(statement, "relation", graph).removeprefix(v.KG),
            quote=" ".join(text(statement, "quote", graph).split()),
            confidence=float(text(statement, "confidence", graph) or 1),
            modality=modality,
            claim=min(speakers, default="") if modality == "actual" else "",
        )


def _lonely(store: Store, place: _Place) -> bool:
    acts = store.match(place.statement, v.term("act"), None, store.names.acts)
    act = next(v.nodes(quad.object for quad in acts), None)
    if act is None:
        return False
    return len(corroboration(store, act, place.modality, "affirmed").sources) < 2
