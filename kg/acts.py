"""Which statements tell the same act, and which of them contradict one another.

A statement is one telling. An act is what is told: statements tell the same one only if relation,
agents and second party agree (`key`) and their dates can be one date (`joined`). The result depends
on the statements alone, not on the order in which they come. What an act is about, its modality
and its source are never merged: they stay with each statement.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg import iris
from kg.edtf import bounds
from kg.ontology import Ontology
from kg.records import Article, Entity, Statement

KEY = 20
"""Hexadecimal digits of the hash that statements of one act share."""

_OCCASIONS = ("event", "agreement")
_UNLINKED = "unlinked/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """A stretch of days, both ends included; an end that is not known is None."""

    first: datetime.date | None = None
    last: datetime.date | None = None

    @classmethod
    def of(cls, value: str) -> Days:
        """Return the days that an EDTF date covers; of an empty one, none is excluded."""
        first, last = bounds(value) if value else (None, None)
        return cls(first=first, last=last)

    @property
    def known(self) -> bool:
        """Return whether either end is known."""
        return self.first is not None or self.last is not None

    @property
    def width(self) -> int:
        """Return the number of days beyond the first; a stretch without an end is the widest."""
        if self.first is None or self.last is None:
            return datetime.timedelta.max.days
        return (self.last - self.first).days

    def common(self, other: Days) -> Days | None:
        """Return the days of both, or None where there are none."""
        first = max((d for d in (self.first, other.first) if d), default=None)
        last = min((d for d in (self.last, other.last) if d), default=None)
        if first is not None and last is not None and first > last:
            return None
        return Days(first=first, last=last)

    def widened(self, before: int, after: int) -> Days:
        """Return the stretch with so many days more at its ends."""
        return Days(first=_moved(self.first, -before), last=_moved(self.last, after))


def _moved(day: datetime.date | None, number: int) -> datetime.date | None:
    try:
        return day + datetime.timedelta(days=number) if day else None
    except OverflowError:
        return day


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A statement, as far as it decides which act it tells.

    Attributes:
        id: identifier of the statement.
        article: identifier of its article.
        key: what statements of one act share; see `key`.
        published: days on which the article may have been published.
        dated: days that the article gives for the act.
        modality, negated: as on the statement.
        topics: identifiers of what the statement is about.
    """

    id: str
    article: str
    key: str
    published: Days
    dated: Days
    modality: str
    negated: bool
    topics: frozenset[str]

    def days(self, window: int) -> Days:
        """Return the days on which the act may lie; without a date, `window` around the article."""
        if self.dated.known:
            return self.dated
        before = window if self.modality in ("actual", "possible") else 0
        after = window if self.modality != "actual" else 0
        return self.published.widened(before, after)


@dataclass(slots=True, kw_only=True)
class Act:
    """An act while its tellings are gathered: the days common to all of them."""

    days: Days
    tellings: list[Telling]

    @property
    def id(self) -> str:
        """Return the identifier, made from that of the first telling."""
        return alone(self.tellings[0].id)

    @property
    def articles(self) -> frozenset[str]:
        """Return the identifiers of the articles that tell it."""
        return frozenset(telling.article for telling in self.tellings)


def alone(statement: str) -> str:
    """Return the identifier of the act of which a statement is the first telling."""
    return f"act/{iris.digest(statement)[:KEY]}"


def key(s: Statement, article: Article, ontology: Ontology) -> str:
    """Return what statements of one act share, as a hash; empty for an act that has no other.

    That is relation and agents with the second party: the targets; without any, the events and
    agreements that the statement is about, or else the further agents. The parties of a symmetric
    relation are one set. Within one article only count the same: groups that are known by a
    description ("officials"), and acts without a date in an article without one.
    """
    relation = ontology.relations.get(s.relation)
    if relation and relation.remark:
        return ""
    symmetric = bool(relation and relation.symmetric)
    agents, targets = _ids(s.agents), _ids(s.targets)
    if symmetric:
        agents, targets = sorted({*agents, *targets}), []
    occasions = sorted(i for i in _ids(s.about) if iris.family(i) in _OCCASIONS)
    if targets:
        second = targets
    elif symmetric and len(agents) > 1:
        second = []
    elif occasions:
        second = occasions
    elif len(agents) > 1:
        second = []
    else:
        return ""
    described = any(
        e.id.startswith(_UNLINKED) and ontology.is_a(e.kind, ("Group",))
        for e in (*s.agents, *s.targets)
    )
    undated = not (s.when and Days.of(s.when.value).known) and not Days.of(article.published).known
    place = article.id if described or undated else ""
    return iris.digest(s.relation, " ".join(agents), " ".join(second), place)[:KEY]


def _ids(entities: Iterable[Entity]) -> list[str]:
    return sorted({entity.id for entity in entities})


def telling(s: Statement, article: Article, ontology: Ontology) -> Telling:
    """Return a statement of an article as far as it decides which act it tells."""
    return Telling(
        id=s.id,
        article=article.id,
        key=key(s, article, ontology),
        published=Days.of(article.published),
        dated=Days.of(s.when.value if s.when else ""),
        modality=s.modality,
        negated=s.negated,
        topics=frozenset(entity.id for entity in s.about),
    )


def joined(tellings: Iterable[Telling], window: int) -> list[Act]:
    """Return the acts that statements of one key tell, by the identifier of their first telling.

    The surest date comes first. A statement joins the act with which its days overlap; where these
    are several, the one that its own article tells; where that leaves a choice, none: it has an
    act of its own, since nobody can say which is meant.

    Args:
        tellings: all that is told with one key.
        window: days by which an act without a date may be away from its article.
    """
    acts: list[Act] = []
    for one in sorted(tellings, key=lambda t: _order(t, t.days(window))):
        days = one.days(window)
        fitting = [(act, found) for act in acts if (found := _fit(act, one, days)) is not None]
        if len(fitting) > 1:
            fitting = [(act, found) for act, found in fitting if one.article in act.articles]
        if len(fitting) == 1:
            act, common = fitting[0]
            act.days = common
            act.tellings.append(one)
        else:
            acts.append(Act(days=days, tellings=[one]))
    return sorted(acts, key=lambda act: act.id)


def _order(one: Telling, days: Days) -> tuple[object, ...]:
    return days.width, days.first or datetime.date.min, days.last or datetime.date.max, one.id


def _fit(act: Act, one: Telling, days: Days) -> Days | None:
    """Return the days of an act with one telling more; None where it does not fit in."""
    common = act.days.common(days)
    if common is None or any(_apart(one, other) for other in act.tellings):
        return None
    return common


def _apart(one: Telling, other: Telling) -> bool:
    """Return whether two tellings are about different events or agreements.

    What only its article describes ("the talks") can be compared within that article alone.
    """

    def occasions(telling: Telling) -> frozenset[str]:
        return frozenset(
            topic
            for topic in telling.topics
            if iris.family(topic) in _OCCASIONS
            and (one.article == other.article or not topic.startswith(_UNLINKED))
        )

    left, right = occasions(one), occasions(other)
    return bool(left and right) and left.isdisjoint(right)


def contradictions(act: Act) -> Iterator[tuple[Telling, Telling]]:
    """Yield the pairs of a telling that denies an act and one that affirms it.

    They are about like topics and in the same modality: to plan and not to do is no contradiction,
    nor is that something may be and may not be. What was denied before it was affirmed may have
    happened in between, and a plan may have changed from one day to the next.
    """
    for denial in act.tellings:
        for claim in act.tellings:
            if denial.negated and not claim.negated and _contrary(denial, claim):
                yield denial, claim


def _contrary(denial: Telling, claim: Telling) -> bool:
    if denial.modality != claim.modality or denial.modality not in ("actual", "planned"):
        return False
    if (denial.topics or claim.topics) and denial.topics.isdisjoint(claim.topics):
        return False
    if denial.article == claim.article or (denial.dated.known and claim.dated.known):
        return True
    if denial.modality == "planned":
        return denial.published.common(claim.published) is not None
    return not _before(denial.published, claim.published)


def _before(one: Days, other: Days) -> bool:
    return one.last is not None and other.first is not None and one.last < other.first
