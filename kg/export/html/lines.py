"""Derives the lines of the network page from statements.

A statement gives lines between its agents and targets, or between the parties of a symmetric
relation, and from its agents to the events and agreements that they act on ("proposes talks",
"signs a treaty"). Other topics, and all topics and targets of remarks, get pale lines. All
statements that join the same two entities in the same way share one line.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from kg.export.html.model import Act, Line, Source, Telling, View
from kg.ontology import EVENTS_AND_AGREEMENTS, Ontology, Relation
from kg.records import MODALITIES

FLOOR = 0.4
"""Least confidence of drawn statements, which readers can change: below, statements are more often
wrong than right (measured; see `docs/confidence.md`)."""

ACTS, MUTUAL, TOPIC = "acts", "mutual", "topic"
STRENGTH = ("actual", "planned", "proposed", "possible")
assert set(STRENGTH) == set(MODALITIES)
Join = tuple[int, int, str]


def joins(
    telling: Telling, relation: Relation | None, kinds: Sequence[str], ontology: Ontology
) -> list[Join]:
    """Return (start, end, way) of the lines to which a statement contributes.

    Args:
        telling: the statement.
        relation: its relation; None if the ontology lacks it.
        kinds: class of each entity.
        ontology: has the superclasses of classes.
    """
    found: dict[Join, None] = {}
    remark = bool(relation and relation.remark)
    if relation and relation.symmetric:
        others = telling.targets or telling.agents
        pairs = [(a, b) for a in telling.agents for b in others]
        if not telling.targets:
            pairs = list(combinations(telling.agents, 2))
        found.update({(min(pair), max(pair), MUTUAL): None for pair in pairs})
    else:
        way = TOPIC if remark else ACTS
        found.update({(a, b, way): None for a in telling.agents for b in telling.targets})
    done = bool(relation and relation.topical and not remark) and not (
        telling.targets and relation and not relation.topic_beside_target
    )
    for topic in telling.about:
        acted_on = done and ontology.is_a(kinds[topic], EVENTS_AND_AGREEMENTS)
        for agent in telling.agents:
            if acted_on:
                found[agent, topic, ACTS] = None
            elif not {(agent, topic, ACTS), _mutual(agent, topic)} & found.keys():
                found[agent, topic, TOPIC] = None
    return [join for join in found if join[0] != join[1]]


def _mutual(one: int, other: int) -> Join:
    return min(one, other), max(one, other), MUTUAL


def lines(
    tellings: Sequence[Telling],
    acts: Sequence[Act],
    relations: Sequence[str],
    kinds: Sequence[str],
    ontology: Ontology,
) -> list[Line]:
    """Return the lines of the statements, sorted by their ends, without sums (see `summed`)."""
    behind: dict[Join, list[int]] = defaultdict(list)
    for number, telling in enumerate(tellings):
        relation = ontology.relations.get(relations[acts[telling.act].relation])
        for join in joins(telling, relation, kinds, ontology):
            behind[join].append(number)
    return [
        Line(start=start, end=end, way=way, told=tuple(told))
        for (start, end, way), told in sorted(behind.items())
    ]


def summed(
    found: Iterable[Line],
    tellings: Sequence[Telling],
    sources: Sequence[Source],
    disputes: Collection[tuple[int, int]],
) -> tuple[Line, ...]:
    """Return the lines with modality, mark and counts, computed from their statements."""
    against: Mapping[int, set[int]] = _against(disputes)
    return tuple(_summed(line, tellings, sources, against) for line in found)


def sure(view: View, least: float = FLOOR) -> tuple[Line, ...]:
    """Return all lines, keeping only statements of at least this confidence; some have none."""
    kept = [
        replace(line, told=tuple(i for i in line.told if view.tellings[i].confidence >= least))
        for line in view.lines
    ]
    return summed(kept, view.tellings, view.sources, view.disputes)


def _against(disputes: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for denial, claim in disputes:
        found[denial].add(claim)
    return found


def _summed(
    line: Line,
    tellings: Sequence[Telling],
    sources: Sequence[Source],
    against: Mapping[int, set[int]],
) -> Line:
    told = [tellings[i] for i in line.told]
    if not told:
        return replace(line, acts=0, again=0, outlets=0, mark="")
    denied = [telling.negated for telling in told]
    behind = set(line.told)
    disputed = any(not behind.isdisjoint(against.get(i, ())) for i in line.told)
    articles = Counter(act for act, _ in {(telling.act, telling.source) for telling in told})
    return replace(
        line,
        modality=min((telling.modality for telling in told), key=STRENGTH.index),
        mark=(
            "disputed"
            if disputed
            else "negated"
            if all(denied)
            else "partly"
            if any(denied)
            else ""
        ),
        acts=len(articles),
        again=sum(number - 1 for number in articles.values()),
        outlets=len({sources[t.source].outlet or sources[t.source].id for t in told}),
    )
