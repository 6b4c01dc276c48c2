"""The decisions in force, indexed by what they are about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from kg import iris
from kg.decisions.model import (
    AddedStatement,
    Decision,
    Named,
    NotSame,
    PreferredName,
    Same,
    WrongStatement,
    WrongType,
)
from kg.errors import DecisionError
from kg.gazetteer import Gazetteer
from kg.ontology import Ontology
from kg.records import ROLES

_Kind = TypeVar("_Kind", bound=Decision)


class Rules:
    """The decisions in force.

    Attributes:
        decisions: all of them.
        merged: for each merged entity, the one it is merged into, and the decision.
        named: decided name and decision by entity.
        typed: decided class and decision by entity.
        split: new identifier and decision by article and entity.
    """

    def __init__(
        self, decisions: Iterable[Decision], *, ontology: Ontology, gazetteer: Gazetteer
    ) -> None:
        """Index the decisions.

        Raises:
            DecisionError: two decisions contradict each other, a class is unknown, or an entity
                that others are merged into has no name.
            UnknownRelationError: a relation is unknown.
        """
        self.decisions = tuple(decisions)
        self.ontology = ontology
        self.gazetteer = gazetteer
        self.merged: dict[str, tuple[str, Decision]] = {}
        self.named: dict[str, tuple[str, Decision]] = {}
        self.typed: dict[str, tuple[str, Decision]] = {}
        self.split: dict[tuple[str, str], tuple[str, NotSame]] = {}
        for same in self.of(Same):
            self._merge(same)
        self._names()
        for wrong in self.of(WrongType):
            self._class(wrong.type, wrong)
            self._once(self.typed, self.one(wrong.entity), wrong.type, wrong)
        for different in self.of(NotSame):
            self._different(different)
        for added in self.of(AddedStatement):
            ontology.relation(added.relation)
            for role in ROLES:
                for party in getattr(added, role):
                    if isinstance(party, Named):
                        self._class(party.type, added)

    def of(self, kind: type[_Kind]) -> list[_Kind]:
        """Return the decisions of a kind, in the order of the file."""
        return [decision for decision in self.decisions if isinstance(decision, kind)]

    def one(self, identifier: str) -> str:
        """Return the identifier that an entity has after all merges."""
        while identifier in self.merged:
            identifier = self.merged[identifier][0]
        return identifier

    def merging(self, identifier: str) -> list[Decision]:
        """Return the decisions that merge an identifier, step by step, into its final one."""
        found = []
        while identifier in self.merged:
            identifier, decision = self.merged[identifier]
            found.append(decision)
        return found

    def wrong(self, article: str) -> list[WrongStatement]:
        """Return the decisions on wrong statements that may apply to an article."""
        return [d for d in self.of(WrongStatement) if d.article in ("", article)]

    def added(self, article: str) -> list[AddedStatement]:
        """Return the decisions that add statements to an article."""
        return [d for d in self.of(AddedStatement) if d.article == article]

    def _merge(self, same: Same) -> None:
        first, *others = same.entities
        for other in dict.fromkeys(others):
            if self.one(first) == other:
                what = f"{other} is the same as {first}, and {first} as {other}"
                raise DecisionError(what, hint="name first the one that stays")
            known = self.merged.get(other)
            if known and self.one(other) != self.one(first):
                what = f"{other} is the same as {known[0]}, and as {first}"
                raise DecisionError(what, hint="put all into one list")
            if other != first and not known:
                self.merged[other] = (first, same)

    def _names(self) -> None:
        for called in self.of(PreferredName):
            self._once(self.named, self.one(called.entity), called.name, called)
        for same in self.of(Same):
            stays = self.one(same.entities[0])
            if same.name:
                self.named.setdefault(stays, (same.name, same))
        for same in self.of(Same):
            stays = self.one(same.entities[0])
            if stays not in self.named and self.gazetteer.entry(stays) is None:
                raise DecisionError(
                    f"nothing tells the name of {stays}", hint='add name = "..." to [[same]]'
                )

    def _different(self, decision: NotSame) -> None:
        known: dict[str, str] = {}
        for entity in decision.entities:
            if (one := self.one(entity)) in known:
                what = f"{known[one]} and {entity} are decided to be the same, and not to be"
                raise DecisionError(what, hint="leave one of the two decisions out")
            known[one] = entity
        for article in decision.articles:
            new = iris.unlinked(iris.family(decision.entity), decision.name)
            if new == decision.entity:
                what = f"{decision.name} is the name of {decision.entity} already"
                raise DecisionError(what, hint="choose a name that tells them apart")
            place = (article, decision.entity)
            if self.split.setdefault(place, (new, decision))[0] != new:
                raise DecisionError(f"{decision.entity} is two others in {article}")

    def _class(self, name: str, decision: Decision) -> None:
        if name not in self.ontology.classes or not self.ontology.is_a(name, ("Entity",)):
            known = (n for n in self.ontology.classes if self.ontology.is_a(n, ("Entity",)))
            raise DecisionError(
                f"there is no class {name} of entities: {decision.label}",
                hint=f"one of: {', '.join(sorted(known))}",
            )

    @staticmethod
    def _once(
        known: dict[str, tuple[str, Decision]], entity: str, value: str, decision: Decision
    ) -> None:
        if known.setdefault(entity, (value, decision))[0] != value:
            raise DecisionError(f"{entity} is decided twice: {known[entity][0]} and {value}")
