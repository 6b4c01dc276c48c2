"""Converts statements of an article into PLOVER events with actors and recipients.

Statements carry more, and other, information than events. The rules follow the PLOVER manual:

- A statement is an event if its relation has a PLOVER category, its modality is actual or planned,
  and it is not negated. An attempt at an assault or coercion is an event of the same category.
- Recipients are the targets; without targets the actors among the topics; without these the
  places. Events and agreements are never recipients. Of MOBILIZE, topics are the actor's
  own troops and no recipients; the places to which they move are.
- A warning that addresses nobody is no event; a threat is one, whoever is meant.
- "X says that Y must ..." is a REQUEST by X to Y.
- An offer or request that another statement of the same clause answers is part of that event.
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
_NEAR = 40  # characters before a trigger in which "try to" is looked for; chosen, not measured
_ATTEMPT = re.compile(r"\b(?:try|tries|tried|trying|attempt\w*|efforts?) to (?:\w+ )?$")
_OBLIGED = re.compile(r"(?: [\w-]+){0,2} (?:must|has to|have to|needs? to)\b")
_BELONGING = re.compile(
    r" (?:of|from|with|for|in|at|based in|loyal to|affiliated with)(?: the)?(?: [\w-]+){0,2} "
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One PLOVER event of an article.

    Attributes:
        statement: the statement from which it is made.
        category: PLOVER category.
        actors: the actors; of a reciprocal event all parties.
        recipients: the recipients; empty for a reciprocal event.
    """

    statement: Statement
    category: str
    actors: tuple[Entity, ...]
    recipients: tuple[Entity, ...]


class Coder:
    """Makes the events of one article from its statements."""

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
                and not self._is_aimless(s, relation)
            ):
                yield self._event(s, relation)
            elif relation.reports and not relation.plover and (obliged := self._obliged(s)):
                yield Event(
                    statement=s, category="REQUEST", actors=s.agents, recipients=tuple(obliged)
                )

    def names(self, entity: Entity) -> list[str]:
        """Return the distinct names of an entity in the article; without any, its descriptions."""
        found = self._naming.get(entity, [])
        named = [self.article.quote(m.span) for m in found if m.how == "name"]
        described = [entity.name, *(self.article.quote(m.span) for m in found)]
        return list(dict.fromkeys(named or described))

    def affiliations(self, entity: Entity) -> list[Entity]:
        """Return the countries and organisations to which an actor belongs, by the article.

        These are the countries and organisations in which a person has an office, and those in the
        description of an actor without a name: Peru in "Peruvian farmers", Hamas in "three fighters
        of Hamas", Chad in "rebels in Chad".
        """
        found = [p.of for p in self.extraction.positions if p.holder == entity and p.of]
        if not self._has_name(entity):
            for mention in self._naming.get(entity, ()):
                found += self._inside(mention.span) or self._behind(mention.span)
        return list(dict.fromkeys(found))

    def _within(self, span: Span) -> Iterator[Mention]:
        """Yield the mentions inside a span, in text order."""
        for index in range(bisect_left(self._starts, span.start), len(self._mentions)):
            mention = self._mentions[index]
            if mention.span.start >= span.end:
                return
            if mention.span.end <= span.end:
                yield mention

    def _inside(self, span: Span) -> list[Entity]:
        return [m.entity for m in self._within(span) if m.how == "name"]

    def _behind(self, span: Span) -> list[Entity]:
        """Return the entity named right after a description: Hamas in "fighters of Hamas"."""
        for index in range(bisect_left(self._starts, span.end), len(self._mentions)):
            mention = self._mentions[index]
            if mention.how == "name":
                between = self.article.text[span.end : mention.span.start]
                return [mention.entity] if _BELONGING.fullmatch(between) else []
        return []

    def _is_told(self, s: Statement, category: str) -> bool:
        """Return whether the act is actual, planned or attempted, and not negated."""
        if s.negated or s.modality in _TOLD:
            return not s.negated
        trigger = s.evidence.trigger.start
        tried = _ATTEMPT.search(self.article.text, max(0, trigger - _NEAR), trigger)
        return category in _FORCE and tried is not None

    def _is_answered(self, s: Statement, relation: Relation) -> bool:
        """Return whether a statement is an offer or request that another of its clause answers."""
        return relation.answerable and any(
            a.evidence.span.contains(s.evidence.trigger) and {*s.agents} <= {*a.targets, *a.about}
            for a in self._answers
        )

    def _is_aimless(self, s: Statement, relation: Relation) -> bool:
        """Return whether a statement addresses nobody though its frame calls for it.

        To warn of a storm is no threat; to threaten is one, whoever is meant.
        """
        frame = s.evidence.rule.rpartition("/")[2]
        return bool(relation.unaimed) and not s.targets and frame not in relation.unaimed

    def _event(self, s: Statement, relation: Relation) -> Event:
        category = relation.plover_of(s.modality)
        actors, recipients = list(s.agents), self._recipients(s, relation)
        if relation.symmetric:  # one event with all its parties, not one for each pair
            actors, recipients = [*actors, *(e for e in recipients if e not in actors)], []
        return Event(
            statement=s, category=category, actors=tuple(actors), recipients=tuple(recipients)
        )

    def _recipients(self, s: Statement, relation: Relation) -> list[Entity]:
        """Return the recipients of a statement; of a symmetric relation only its parties."""
        targets = [e for e in s.targets if not self._is_a(e, EVENTS_AND_AGREEMENTS)]
        about = self._actors(s.about)
        if relation.symmetric:
            actors = [e for e in targets if e.kind != "Place"]
            return actors if len({*s.agents, *actors}) > 1 else [*actors, *about]
        where = [e for e in s.where if e not in s.agents]
        places = [*(e for e in s.about if e.kind == "Place"), *where]
        if relation.plover == "MOBILIZE":
            about = []
        # A place that is only described, such as "a camp for refugees", comes last.
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
        """Return the actors that "must" do something, by the words of a statement's clause."""
        text, span = self.article.text, s.evidence.span
        found = [m.entity for m in self._within(span) if _OBLIGED.match(text, m.span.end, span.end)]
        return [e for e in dict.fromkeys(self._actors(found)) if e not in s.agents]
