"""What is worth deciding: possible duplicates, unsure readings, claims of one outlet only."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations

import pyoxigraph as ox

from kg import iris
from kg.decisions.model import Decision, NotSame, Same, WrongStatement
from kg.decisions.rules import Rules
from kg.independence import corroboration
from kg.rdf import vocabulary as v
from kg.store import Store

_ALIKE = 0.9
_CROWDED = 60  # entities that share a word; beyond, the word tells nothing
_BODIES = frozenset({"organization", "outlet"})
_DESCRIBED = frozenset({"event", "agreement", "group"})

HEADER = """\
# What is worth deciding, the likeliest first. Nothing here is in force: take away the # before what
# you decide, leave the rest out. Where two are not the same, write [[not-same]] for [[same]] and
# leave name out; it is not asked again.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One thing worth deciding: the decision that suggests itself, and why it is asked."""

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
    """Return what is worth deciding and not decided yet.

    Args:
        store: the graph.
        rules: the decisions in force.
        limit: how many of each kind at most.
        below: readings with less confidence are unsure.
    """
    found = sorted(_duplicates(store, rules), key=lambda pair: pair[:3])
    likeliest: dict[str, Candidate] = {}
    for _, _, other, candidate in found:
        likeliest.setdefault(other, candidate)
    places = sorted(_places(store), key=lambda place: place.order)
    told = Counter((place.article, place.relation, place.quote) for place in places)
    places = [replace(p, alone=told[p.article, p.relation, p.quote] == 1) for p in places]
    unsure = [place for place in places if place.confidence < below]
    taken = {place.evidence for place in unsure[:limit]}
    alone = (place for place in places if place.evidence not in taken and place.claim)
    single = (place for place in alone if _lonely(store, place))
    return (
        *list(likeliest.values())[:limit],
        *(place.candidate(f"confidence {place.confidence:g}") for place in unsure[:limit]),
        *(
            place.candidate(f"told by one outlet only, on the word of {place.claim}")
            for place, _ in zip(single, range(limit), strict=False)
        ),
    )


@dataclass(slots=True, kw_only=True)
class _Known:
    """One entity of the store."""

    id: str
    family: str
    names: set[str] = field(default_factory=set)
    preferred: list[str] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return max(sorted(set(self.preferred)), key=self.preferred.count, default=self.id)

    @property
    def linked(self) -> bool:
        return not self.id.startswith("unlinked/")

    @property
    def rank(self) -> tuple[object, ...]:
        """Who stays: the linked one, then the one that more articles name, then the longer name."""
        return not self.linked, -len(self.articles), -len(self.name), self.id


def _entities(store: Store) -> dict[str, _Known]:
    names = store.names
    found: dict[ox.NamedNode, _Known] = {}
    for quad in store.match(None, v.TYPE, v.term("Entity")):
        identifier = names.identifier(quad.subject)
        known = found.setdefault(
            quad.subject, _Known(id=identifier, family=iris.family(identifier))
        )
        known.articles.add(names.identifier(quad.graph_name))
    for predicate in (v.PREF_LABEL, v.ALT_LABEL):
        for quad in store.match(None, predicate):
            if entity := found.get(quad.subject):
                entity.names.add(quad.object.value)
                if predicate == v.PREF_LABEL:
                    entity.preferred.append(quad.object.value)
    return {entity.id: entity for entity in found.values()}


def _duplicates(store: Store, rules: Rules) -> Iterator[tuple[float, str, str, Candidate]]:
    """Yield pairs that may be one, with how doubtful that is and their identifiers."""
    entities = _entities(store)
    words: dict[str, set[str]] = defaultdict(set)
    for entity in entities.values():
        for name in entity.names:
            parts = iris.slug(name).split("-")
            initials = "".join(part[0] for part in parts)
            for word in {*(p for p in parts if len(p) > 2), "".join(parts), initials}:
                words[word].add(entity.id)
    apart = {
        frozenset(map(rules.one, pair))
        for decision in rules.of(NotSame)
        for pair in combinations(decision.entities, 2)
    }
    pairs = {
        pair
        for block in words.values()
        if len(block) <= _CROWDED
        for pair in combinations(sorted(block), 2)
        if frozenset(pair) not in apart
    }
    for one, other in sorted(pairs):
        first, second = sorted((entities[one], entities[other]), key=lambda e: e.rank)
        if first.linked and second.linked:
            continue
        if likeness := _likeness(first, second):
            doubt, reason = likeness
            counts = " and ".join(str(len(e.articles)) for e in (first, second))
            name = "" if rules.gazetteer.entry(first.id) else first.name
            yield (
                doubt,
                first.id,
                second.id,
                Candidate(
                    decision=Same(entities=(first.id, second.id), name=name),
                    reason=f"possible duplicate: {first.name}, {second.name}: {reason}; "
                    f"in {counts} articles",
                ),
            )


def _likeness(first: _Known, second: _Known) -> tuple[float, str] | None:
    """Return how doubtful it is that two are one, and why they may be; None if nothing says so."""
    one, other = _forms(first), _forms(second)
    apart = not first.articles & second.articles
    described = {first.family, second.family} <= _DESCRIBED
    if first.family != second.family and not {first.family, second.family} <= _BODIES:
        preferred = set(map(iris.slug, first.preferred)) & set(map(iris.slug, second.preferred))
        return (0.5, "one name, two kinds") if preferred and apart and not described else None
    if described:
        shared = {name for name in one & other if "-" in name}
        return (0.4, "described alike in different articles") if shared and apart else None
    if one & other:
        return 0.1, "one name"
    for left in sorted(one):
        for right in sorted(other):
            if found := _similar(left, right, first.family, apart):
                return found
    return None


def _forms(entity: _Known) -> set[str]:
    """Return the names to compare: a surname only of somebody who has no fuller name."""
    names = set(map(iris.slug, entity.names))
    fuller = {name for name in names if "-" in name}
    return fuller or names if entity.family == "person" else names


def _similar(left: str, right: str, family: str, apart: bool) -> tuple[float, str] | None:
    short, long = sorted((left.split("-"), right.split("-")), key=len)
    if family == "person":
        if short[-1] == long[-1] and apart:
            if len(short) == 1 and len(long) > 1:
                return 0.4, "the surname of the other"
            if short[0][0] == long[0][0] and 1 in (len(short[0]), len(long[0])):
                return 0.2, "one surname and initial"
            if len(long) > len(short) > 1 and set(short) < set(long):
                return 0.2, "a shorter form of the name"
    elif len(short) == 1 and len(long) > 2 and short[0] == "".join(word[0] for word in long):
        return 0.3, "the initials of the other"
    elif len(short) > 1 and set(short) < set(long) and apart:
        return 0.5, "a shorter form of the name"
    if min(len(left), len(right)) > 5:
        ratio = difflib.SequenceMatcher(None, left, right).ratio()
        digits = [[c for c in name if c.isdigit()] for name in (left, right)]
        if ratio >= _ALIKE and digits[0] == digits[1]:
            return 0.3, "spelt nearly alike"
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """One evidence, as far as it matters here."""

    evidence: str
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
        return self.confidence, self.article, self.evidence

    def candidate(self, reason: str) -> Candidate:
        if self.alone:
            decision = WrongStatement(
                article=self.article, relation=self.relation, quote=self.quote
            )
        else:  # one clause makes several such statements
            decision = WrongStatement(article=self.article, statement=self.identifier)
        return Candidate(decision=decision, reason=reason)


def _places(store: Store) -> Iterator[_Place]:
    """Yield the evidences of statements that are affirmed and that nobody decided."""
    names = store.names

    def text(node: ox.NamedNode, name: str, graph: ox.NamedNode) -> str:
        return next((q.object.value for q in store.match(node, v.term(name), None, graph)), "")

    for quad in store.match(None, v.term("evidence")):
        graph, statement = quad.graph_name, quad.subject
        evidence = next(v.nodes([quad.object]))
        rule = text(evidence, "rule", graph)
        decided = next(store.match(evidence, v.GENERATED_BY), None)
        if decided or not text(evidence, "polarity", graph).endswith("#affirmed"):
            continue
        speakers = (
            q.object.value
            for by in store.match(evidence, v.term("attributedTo"), None, graph)
            for speaker in v.nodes([by.object])
            for q in store.match(speaker, v.PREF_LABEL, None, graph)
        )
        modality = text(evidence, "modality", graph).rpartition("#")[2]
        yield _Place(
            evidence=evidence.value,
            statement=statement,
            identifier=names.identifier(statement),
            article=names.identifier(graph).removeprefix("article/"),
            relation=rule.partition("/")[0],
            quote=" ".join(text(evidence, "quote", graph).split()),
            confidence=float(text(evidence, "confidence", graph) or 1),
            modality=modality,
            claim=min(speakers, default="") if modality == "actual" else "",
        )


def _lonely(store: Store, place: _Place) -> bool:
    told = corroboration(store, place.statement, place.modality, "affirmed")
    return len(told.sources) < 2
