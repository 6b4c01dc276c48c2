"""Candidates for the roles of each trigger, accepted or not, next to the annotated role fillers.

The rows serve to train a model that scores role fillers. `docs/candidates.md` explains each field.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.evaluation.scoring import Comparison
from kg.extract.acts.drafts import Candidate, Draft, Filler
from kg.extract.assembly import Assembled
from kg.extract.entities import linking
from kg.extract.reading import Reading
from kg.parsing.tokens import Token
from kg.records import Entity, Span, Statement

_GROUPS = {"agent": "agents", "target": "targets", "about": "about", "where": "where"}
_PARTIES = frozenset({"agent", "target"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One candidate for a role of a trigger.

    Attributes:
        article: identifier of the article.
        trigger: span of the trigger word.
        relation: relation of the frame.
        frame: name of the frame, such as `meets/hold-talks`.
        role: `agent`, `target`, `about` or `where`.
        head: span of the head word of the candidate's phrase.
        entity: entity that the phrase is linked to; None if it is linked to none.
        slot: slot of the card in which it was found; empty if another rule found it.
        rule: the rule that proposed it.
        score: salience if a pronoun was resolved to it, else 1.
        taken: whether it fills the role in the extracted statement.
        why: reason for its rejection; empty if it was accepted.
        gold: whether it fills this role in the annotated statement at the trigger; None if there is
            no such statement, or no entity.
    """

    article: str
    trigger: Span
    relation: str
    frame: str
    role: str
    head: Span
    entity: Entity | None
    slot: str
    rule: str
    score: float
    taken: bool
    why: str
    gold: bool | None

    def as_json(self) -> str:
        """Return the row as one line of JSON."""
        entity = self.entity
        fields = {
            "article": self.article,
            "trigger": [self.trigger.start, self.trigger.end],
            "relation": self.relation,
            "frame": self.frame,
            "role": self.role,
            "head": [self.head.start, self.head.end],
            "id": entity.id if entity is not None else None,
            "name": entity.name if entity is not None else None,
            "class": entity.kind if entity is not None else None,
            "slot": self.slot,
            "rule": self.rule,
            "score": round(self.score, 4),
            "taken": self.taken,
            "why": self.why,
            "gold": self.gold,
        }
        return json.dumps(fields, ensure_ascii=False)


def rows(
    reading: Reading, assembled: Assembled, made: dict[str, Entity], comparison: Comparison
) -> list[Row]:
    """Return the candidates of one article in text order, without duplicates.

    Args:
        reading: the article as the pipeline read it, with the recording of candidates on.
        assembled: the records made from `reading`.
        made: the entities of these records, by identifier.
        comparison: the comparison of these records with the annotation.
    """
    return list(dict.fromkeys(_Rows(reading, assembled, made, comparison).rows()))


class _Rows:
    """The rows of one article."""

    def __init__(
        self,
        reading: Reading,
        assembled: Assembled,
        made: dict[str, Entity],
        comparison: Comparison,
    ) -> None:
        self.reading = reading
        self.chart = reading.chart
        self.comparison = comparison
        self.relations = reading.matcher.index.relations
        self.statements = {m.grounds.draft.trigger.i: m.statement for m in assembled.made}
        self.kept = {d.trigger.i: d for d in reading.passed.kept}
        self.dropped = {d.draft.trigger.i: d for d in reading.passed.dropped}
        tried = (c.referent for _, _, found in self._found() for c, _ in found)
        new = dict.fromkeys(r for r in tried if r is not None and id(r) not in assembled.linked)
        self.entities = linking.entities(self.chart, list(new), made) | dict(assembled.linked)

    def rows(self) -> Iterator[Row]:
        for trigger, rule, found in self._found():
            span = self._span(trigger)
            gold = self._annotated(rule.partition("/")[0], span)
            statement = self.statements.get(trigger.i)
            for candidate, why in found:
                yield self._row(span, rule, candidate, why, gold, statement)

    def _found(self) -> Iterator[tuple[Token, str, list[tuple[Filler | Candidate, str]]]]:
        """Yield (trigger, frame name, candidates); each candidate with the reason of rejection."""
        for at, readings in sorted(self.reading.matched.readings.items()):
            trigger = self.chart.doc[at]
            for miss in readings.misses:
                if miss.tried:
                    yield trigger, miss.frame.rule, _lost(miss.tried)
            for number, draft in enumerate(readings.drafts):
                if number:
                    why = f"the frame {readings.drafts[0].frame.rule} fits better"
                    fillers = draft.fillers
                else:
                    fillers, why = self._fate(draft)
                yield trigger, draft.frame.rule, [(f, why) for f in fillers] + _lost(draft.tried)

    def _fate(self, draft: Draft) -> tuple[tuple[Filler, ...], str]:
        """Return the role fillers of a draft after all passes, and why it was dropped, if so."""
        at = draft.trigger.i
        if at in self.dropped:
            dropped = self.dropped[at]
            return dropped.draft.fillers, f"the statement is dropped: {dropped.by.why}"
        return self.kept[at].fillers, ""

    def _row(
        self,
        span: Span,
        rule: str,
        candidate: Filler | Candidate,
        why: str,
        gold: Statement | None,
        statement: Statement | None,
    ) -> Row:
        referent = candidate.referent
        entity = self.entities[id(referent)] if referent is not None else None
        there = getattr(statement, _GROUPS[candidate.role]) if statement is not None else ()
        if not why and entity not in there:
            why = "it has another role already, or is of a class that the role does not take"
        return Row(
            article=self.chart.parse.article.id,
            trigger=span,
            relation=rule.partition("/")[0],
            frame=rule,
            role=candidate.role,
            head=self._span(candidate.head),
            entity=entity,
            slot=candidate.slot,
            rule=candidate.rule,
            score=candidate.score,
            taken=not why,
            why=why,
            gold=self._right(candidate.role, entity, gold),
        )

    def _span(self, token: Token) -> Span:
        return self.chart.parse.span(token.i, token.i)

    # -- the annotation ---------------------------------------------------------------------------

    def _annotated(self, relation: str, trigger: Span) -> Statement | None:
        """Return the annotated statement that corresponds to a trigger; None if there is none.

        That is the one aligned with the extracted statement of this trigger or, without such, the
        one of the same relation with the shortest quote that overlaps the trigger.
        """
        comparison = self.comparison
        golds = comparison.gold.statements
        for g, p in (*comparison.strict, *comparison.anchored):
            ours = comparison.statements[p]
            if ours.relation == relation == golds[g].relation:
                if ours.evidence.trigger.overlaps(trigger):
                    return golds[g]
        around = [g for g in golds if g.relation == relation and g.evidence.span.overlaps(trigger)]
        return min(around, key=lambda g: g.evidence.span.end - g.evidence.span.start, default=None)

    def _right(self, role: str, entity: Entity | None, gold: Statement | None) -> bool | None:
        """Return whether `entity` fills `role` in the annotated statement; None if one is None."""
        if gold is None or entity is None:
            return None
        symmetric = role in _PARTIES and self.relations[gold.relation].symmetric
        roles: Iterable[str] = ("agent", "target") if symmetric else (role,)
        there = {e.id for one in roles for e in getattr(gold, _GROUPS[one])}
        return self.comparison.entities.get(entity.id) in there


def _lost(tried: Iterable[Candidate]) -> list[tuple[Filler | Candidate, str]]:
    return [(candidate, candidate.why) for candidate in tried]
