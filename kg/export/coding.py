"""Which statements of an article are PLOVER events, and whom an event is done by and to.

The rules are those of the PLOVER manual where statements say more, or other things, than events:

- An event has a category of its relation, and is told as a fact or a plan, not denied. An attempt
  at force is an event too, of the same category.
- Recipients are the actors that the act is directed at, or else those that it is about, or else
  the places named with it; events and agreements are none. Forces that an actor mobilizes are its
  own, so that recipients are whom, or where, they are moved against.
- Somebody who says that others must do something makes a REQUEST to them.
- An offer or request that the same clause answers is part of the answer, no event of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.ontology import EVENTS_AND_AGREEMENTS, Ontology, Relation
from kg.records import Entity, Extraction, Mention, Span, Statement

_TOLD = frozenset({"actual", "planned"})
_FORCE = frozenset({"ASSAULT", "COERCE"})
_NEAR = 40
_ATTEMPT = re.compile(r"\b(?:try|tries|tried|trying|attempt\w*|efforts?) to (?:\w+ )?$")
_OBLIGED = re.compile(r"(?: [\w-]+){0,2} (?:must|has to|have to|needs? to)\b")
_BELONGING = re.compile(
    r" (?:of|from|with|for|in|at|based in|loyal to|affiliated with)(?: the)?(?: [\w-]+){0,2} "
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event that an article tells.

    Attributes:
        statement: the statement that tells it.
        category: its PLOVER category.
        actors: who acts; all parties of a reciprocal event.
        recipients: to whom; empty for reciprocal events.
    """

    statement: Statement
    category: str
    actors: tuple[Entity, ...]
    recipients: tuple[Entity, ...]


class Coder:
    """Codes the events of one article."""

    def __init__(self, extraction: Extraction, ontology: Ontology) -> None:
        """Index the mentions of an article's extraction."""
        self.extraction = extraction
        self.article = extraction.article
        self.ontology = ontology
        self._mentions = sorted(extraction.mentions, key=lambda m: m.span)
        self._starts = [m.span.start for m in self._mentions]
        self._naming: dict[Entity, list[Mention]] = {}
        for mention in self._mentions:
            if mention.how != "pronoun":
                self._naming.setdefault(mention.entity, []).append(mention)
        self._answers = [
            s
            for s in extraction.statements
            if s.relation in ontology.relations and ontology.relations[s.relation].answers
        ]

    def events(self) -> Iterator[Event]:
        """Yield the events in the order of the statements."""
        for s in self.extraction.statements:
            relation = self.ontology.relations.get(s.relation)
            if relation is None:
                continue
            if (
                relation.plover
                and self._is_told(s, relation.plover)
                and not self._is_answered(s, relation)
            ):
                yield self._event(s, relation)
            elif relation.reports and not relation.plover and (obliged := self._obliged(s)):
                yield Event(
                    statement=s, category="REQUEST", actors=s.agents, recipients=tuple(obliged)
                )

    def names(self, entity: Entity) -> list[str]:
        """Return how the article names an entity, or else describes it, each wording once."""
        found = self._naming.get(entity, [])
        named = [self.article.quote(m.span) for m in found if m.how == "name"]
        described = [entity.name, *(self.article.quote(m.span) for m in found)]
        return list(dict.fromkeys(named or described))

    def affiliations(self, entity: Entity) -> list[Entity]:
        """Return what an actor belongs to, as the article has it.

        That is where somebody has an office, and what the description of somebody without a name
        mentions: Peru in "Peruvian farmers", Hamas in "three fighters of Hamas", Chad in
        "rebels in Chad".
        """
        found = [p.of for p in self.extraction.positions if p.holder == entity and p.of]
        if not self._has_name(entity):
            for mention in self._naming.get(entity, ()):
                found += self._inside(mention.span) or self._behind(mention.span)
        return list(dict.fromkeys(found))

    def _within(self, span: Span) -> Iterator[Mention]:
        """Yield the mentions that lie in a span, in text order."""
        for index in range(bisect_left(self._starts, span.start), len(self._mentions)):
            mention = self._mentions[index]
            if mention.span.start >= span.end:
                return
            if mention.span.end <= span.end:
                yield mention

    def _inside(self, span: Span) -> list[Entity]:
        return [m.entity for m in self._within(span) if m.how == "name"]

    def _behind(self, span: Span) -> list[Entity]:
        """Return what is named in the phrase right behind a description."""
        for index in range(bisect_left(self._starts, span.end), len(self._mentions)):
            mention = self._mentions[index]
            if mention.how == "name":
                between = self.article.text[span.end : mention.span.start]
                return [mention.entity] if _BELONGING.fullmatch(between) else []
        return []

    def _is_told(self, s: Statement, category: str) -> bool:
        """Return whether a statement tells something that happened, was tried, or is planned."""
        if s.negated or s.modality in _TOLD:
            return not s.negated
        trigger = s.evidence.trigger.start
        tried = _ATTEMPT.search(self.article.text, max(0, trigger - _NEAR), trigger)
        return category in _FORCE and tried is not None

    def _is_answered(self, s: Statement, relation: Relation) -> bool:
        """Return whether an offer or request is what another statement around it answers."""
        return relation.answerable and any(
            a.evidence.span.contains(s.evidence.trigger) and {*s.agents} <= {*a.targets, *a.about}
            for a in self._answers
        )

    def _event(self, s: Statement, relation: Relation) -> Event:
        category = relation.plover_of(s.modality)
        actors, recipients = list(s.agents), self._recipients(s, relation)
        if relation.symmetric:  # one event with all its parties, not one for each pair
            actors, recipients = [*actors, *(e for e in recipients if e not in actors)], []
        return Event(
            statement=s, category=category, actors=tuple(actors), recipients=tuple(recipients)
        )

    def _recipients(self, s: Statement, relation: Relation) -> list[Entity]:
        """Return whom a statement is directed at; a party to a mutual act has to be an actor."""
        targets = [e for e in s.targets if not self._is_a(e, EVENTS_AND_AGREEMENTS)]
        about = self._actors(s.about)
        if relation.symmetric:
            actors = [e for e in targets if e.kind != "Place"]
            return actors if len({*s.agents, *actors}) > 1 else [*actors, *about]
        where = [e for e in s.where if e not in s.agents]
        places = [*(e for e in s.about if e.kind == "Place"), *where]
        if relation.plover == "MOBILIZE":
            about = []
        # "a camp for refugees" is nobody where those that it is named by are known
        described = [e for e in targets if e.kind == "Place" and not self._has_name(e)]
        named = [e for e in targets if e not in described]
        return named or about or list(dict.fromkeys(places)) or described

    def _has_name(self, entity: Entity) -> bool:
        return any(m.how == "name" for m in self._naming.get(entity, ()))

    def _actors(self, entities: Iterable[Entity]) -> list[Entity]:
        return [e for e in entities if self._is_a(e, ("Actor",))]

    def _is_a(self, entity: Entity, classes: tuple[str, ...]) -> bool:
        return self.ontology.is_a(entity.kind, classes)

    def _obliged(self, s: Statement) -> list[Entity]:
        """Return who must act by what somebody says."""
        text, span = self.article.text, s.evidence.span
        found = [m.entity for m in self._within(span) if _OBLIGED.match(text, m.span.end, span.end)]
        return [e for e in dict.fromkeys(self._actors(found)) if e not in s.agents]
