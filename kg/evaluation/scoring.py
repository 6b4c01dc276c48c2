"""Compares the predicted statements of an article with the annotated ones.

Entities are aligned one to one by common names. A predicted and an annotated statement can be
aligned if their quotes overlap. They agree *strictly* if they have the same relation, a common
agent, and a common target or topic; as *anchor* with the same relation and a common agent; as
*pair* with a common agent and a common target or topic, whatever the relation. Each statement is
aligned once, the best agreement first. Figures are micro-averages: counts are summed over the
articles before ratios are taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg import iris
from kg.ontology import DESCRIBED, Ontology
from kg.rdf import names_in
from kg.records import Entity, Extraction, Statement

STRICT, ANCHOR, PAIR = 4, 3, 2  # levels of agreement; only their order counts
LEVELS: Mapping[str, Collection[int]] = MappingProxyType(
    {"strict": {STRICT}, "anchor": {STRICT, ANCHOR}, "pair": {STRICT, PAIR}}
)
# Least word overlap (F1) of two descriptions of one entity, which need not be equal; chosen, not
# measured.
_CLOSE = 0.5
_WORDS = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The comparison of annotation and prediction of one article.

    Attributes:
        gold: the annotation.
        found: the prediction.
        entities: identifiers of aligned entities: the annotated one by the predicted one.
        mistyped: predicted identifiers of aligned entities with another class than annotated.
        statements: predicted statements in the article's body, without those of the header.
        strict: pairs of indexes into the annotated and the predicted statements, which agree
            strictly.
        anchored: such pairs that agree as anchor.
        reversed: such pairs in which agents and targets are exchanged.
        counts: the counts from which figures are computed.
    """

    gold: Extraction
    found: Extraction
    entities: Mapping[str, str]
    mistyped: frozenset[str]
    statements: tuple[Statement, ...]
    strict: tuple[tuple[int, int], ...]
    anchored: tuple[tuple[int, int], ...]
    reversed: tuple[tuple[int, int], ...]
    counts: Mapping[str, int]


def compare(gold: Extraction, found: Extraction, ontology: Ontology) -> Comparison:
    """Compare the annotation `gold` with the prediction `found`."""
    return _Comparer(gold, found, ontology).comparison()


def normal(name: str) -> str:
    """Return a name as lower-case ASCII words without "the" and possessive "s"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return " ".join(word for word in _WORDS.findall(plain) if word not in {"the", "s"})


def closeness(left: Collection[str], right: Collection[str]) -> float:
    """Return the greatest word overlap (F1, 0 to 1) of a string in `left` with one in `right`."""
    best = 0.0
    for a in (set(name.split()) for name in left):
        for b in (set(name.split()) for name in right):
            best = max(best, 2 * len(a & b) / (len(a) + len(b)))
    return best


def align(gold: Extraction, found: Extraction, ontology: Ontology) -> dict[str, str]:
    """Align entities by common names; return the annotated identifier by the predicted one."""
    right, ours = _name_strings(gold, ontology), _name_strings(found, ontology)
    pairs = []
    for g, wanted in right.items():
        for p, given in ours.items():
            if shared := wanted & given:
                rank = (1 + len(shared) / len(wanted | given), max(map(len, shared)))
            elif g.kind in DESCRIBED and (close := closeness(wanted, given)) >= _CLOSE:
                rank = (close, 0)
            else:
                continue
            pairs.append((-rank[0], -rank[1], g.id, iris.path_of(p.id), p.id))
    aligned: dict[str, str] = {}
    for *_, g_id, _, p_id in sorted(pairs):
        if p_id not in aligned and g_id not in aligned.values():
            aligned[p_id] = g_id
    return aligned


def _name_strings(extraction: Extraction, ontology: Ontology) -> dict[Entity, set[str]]:
    return {
        entity: {normal(name) for name in (*names, entity.name)} - {""}
        for entity, names in names_in(extraction, ontology).items()
    }


class _Comparer:
    """The state of one comparison."""

    def __init__(self, gold: Extraction, found: Extraction, ontology: Ontology) -> None:
        self.gold = gold
        self.found = found
        self.ontology = ontology
        self.entities = align(gold, found, ontology)
        body = gold.article.body
        self.statements = tuple(s for s in found.statements if s.evidence.span.start >= body)
        self.counts: Counter[str] = Counter()
        self.mistyped: set[str] = set()

    def comparison(self) -> Comparison:
        self.count_entities()
        self.counts["gold"] = len(self.gold.statements)
        self.counts["pred"] = len(self.statements)
        candidates = sorted(self.candidates())
        matched = {name: _matching(candidates, levels) for name, levels in LEVELS.items()}
        for name, pairs in matched.items():
            self.counts[name] = len(pairs)
        for g, p in matched["anchor"]:
            self.count_details(self.gold.statements[g], self.statements[p])
        exchanged = tuple(self.exchanged())
        self.counts["reversed"] = len(exchanged)
        return Comparison(
            gold=self.gold,
            found=self.found,
            entities=MappingProxyType(self.entities),
            mistyped=frozenset(self.mistyped),
            statements=self.statements,
            strict=matched["strict"],
            anchored=matched["anchor"],
            reversed=exchanged,
            counts=MappingProxyType(dict(self.counts)),
        )

    def aligned(self, *groups: Iterable[Entity]) -> set[str]:
        """Return the annotated identifiers aligned with predicted entities."""
        return {self.entities[e.id] for group in groups for e in group if e.id in self.entities}

    def count_entities(self) -> None:
        counts = self.counts
        kinds = {entity.id: entity.kind for entity in self.gold.entities}
        counts["entity_gold"] = len(kinds)
        counts["entity_pred"] = len(self.found.entities)
        counts["entity_hit"] = counts["type_all"] = len(self.entities)
        self.mistyped = {
            entity.id
            for entity in self.found.entities
            if entity.id in self.entities
            and not self.ontology.is_a(entity.kind, (kinds[self.entities[entity.id]],))
        }
        counts["type_ok"] = len(self.entities) - len(self.mistyped)
        ours = [
            (self.entities.get(p.holder.id), _words(p.title), p.of and self.entities.get(p.of.id))
            for p in self.found.positions
        ]
        for position in self.gold.positions:
            counts["position_gold"] += 1
            counts["position_hit"] += any(
                holder == position.holder.id
                and bool(title & _words(position.title))
                and (position.of is None or of == position.of.id)
                for holder, title, of in ours
            )

    def candidates(self) -> Iterator[tuple[int, float, int, int]]:
        """Yield pairs that agree: (-level, -overlap of quotes, annotated, predicted index)."""
        for g, gold in enumerate(self.gold.statements):
            for p, ours in enumerate(self.statements):
                if overlap := _overlap(gold, ours):
                    if level := self.level(gold, ours):
                        yield -level, -overlap, g, p

    def level(self, gold: Statement, ours: Statement) -> int:
        symmetric = self.symmetric(gold.relation)
        agents, others = _ids(gold.agents), _ids(gold.targets)
        our_agents = self.aligned(ours.agents)
        if symmetric:
            agents, others = agents | others, set()
            our_agents = self.aligned(ours.agents, ours.targets)
        others = others or _ids(gold.about)
        shared = len(agents & our_agents)
        agent = shared > 1 if symmetric and len(agents) > 1 else shared > 0
        if not agent:
            return 0
        other = not others or bool(others & self.aligned(ours.targets, ours.about))
        if gold.relation == ours.relation:
            return STRICT if other else ANCHOR
        return PAIR if other else 0

    def symmetric(self, name: str) -> bool:
        relation = self.ontology.relations.get(name)
        return relation is not None and relation.symmetric

    def exchanged(self) -> Iterator[tuple[int, int]]:
        for g, gold in enumerate(self.gold.statements):
            if self.symmetric(gold.relation):
                continue
            agents, targets = _ids(gold.agents), _ids(gold.targets)
            for p, ours in enumerate(self.statements):
                our_agents, our_targets = self.aligned(ours.agents), self.aligned(ours.targets)
                same = gold.relation == ours.relation and not agents & our_agents
                if same and _overlap(gold, ours) and targets & our_agents and agents & our_targets:
                    yield g, p

    def count_details(self, gold: Statement, ours: Statement) -> None:
        counts = self.counts
        counts["matched"] += 1
        counts["polarity_ok"] += gold.negated == ours.negated
        counts["modality_ok"] += gold.modality == ours.modality
        for key, right, given in (
            ("attributed_to", gold.attributed_to, ours.attributed_to),
            ("reported_by", gold.reported_by, ours.reported_by),
        ):
            if right or given:
                counts[key + "_all"] += 1
                counts[key + "_ok"] += bool(_ids(right) & self.aligned(given))
        if gold.when or ours.when:
            counts["when_all"] += 1
            counts["when_ok"] += date(gold) == date(ours)


def date(statement: Statement) -> str:
    """Return the EDTF date of a statement; empty when it has none."""
    return statement.when.value if statement.when else ""


def _ids(entities: Iterable[Entity]) -> set[str]:
    return {entity.id for entity in entities}


def _words(text: str) -> set[str]:
    return set(normal(text).split())


def _overlap(a: Statement, b: Statement) -> float:
    """Return the Jaccard overlap of two quotes: common length by length of the union."""
    one, two = a.evidence.span, b.evidence.span
    shared = min(one.end, two.end) - max(one.start, two.start)
    return max(0, shared) / (max(one.end, two.end) - min(one.start, two.start))


def _matching(
    candidates: Iterable[tuple[int, float, int, int]], levels: Collection[int]
) -> tuple[tuple[int, int], ...]:
    """Return pairs of indexes, chosen greedily from sorted candidates; each index is used once."""
    golds: set[int] = set()
    used: set[int] = set()
    pairs = []
    for level, _, g, p in candidates:
        if -level in levels and g not in golds and p not in used:
            golds.add(g)
            used.add(p)
            pairs.append((g, p))
    return tuple(pairs)


def figures(counts: Mapping[str, int]) -> dict[str, float]:
    """Return the figures by name, computed from summed counts and rounded to three digits.

    Precision (P), recall (R), their harmonic mean (F1) and accuracies lie between 0 and 1, and are
    NaN if there was nothing to judge. The other figures are counts.
    """
    values: dict[str, float] = {}
    for name, hit, gold, found in (
        ("entity", "entity_hit", "entity_gold", "entity_pred"),
        *((f"statement_{level}", level, "gold", "pred") for level in LEVELS),
    ):
        for key, value in zip("P R F1".split(), rates(counts, hit, gold, found), strict=True):
            values[f"{name}_{key}"] = value
    for name, right, judged in (
        ("type_accuracy", "type_ok", "type_all"),
        ("position_recall", "position_hit", "position_gold"),
        *((f"{key}_accuracy", f"{key}_ok", "matched") for key in ("polarity", "modality")),
        *(
            (f"{key}_accuracy", f"{key}_ok", f"{key}_all")
            for key in ("attributed_to", "reported_by", "when")
        ),
    ):
        total = counts.get(judged, 0)
        values[name] = round(counts.get(right, 0) / total, 3) if total else float("nan")
    values["reversed_direction"] = counts.get("reversed", 0)
    values["gold_statements"] = counts.get("gold", 0)
    values["predicted_statements"] = counts.get("pred", 0)
    return values


def rates(counts: Mapping[str, int], hit: str, gold: str, found: str) -> tuple[float, float, float]:
    """Return precision, recall and F1 from three counts, rounded to three digits."""
    hits, wanted, given = (counts.get(key, 0) for key in (hit, gold, found))
    precision = hits / given if given else 0.0
    recall = hits / wanted if wanted else 0.0
    total = precision + recall
    f1 = 2 * precision * recall / total if total else 0.0
    return round(precision, 3), round(recall, 3), round(f1, 3)
