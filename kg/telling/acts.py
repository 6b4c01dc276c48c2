"""Which statements tell the same act, and which of them contradict one another.

A statement is one telling. An act is what is told: statements tell the same one only if relation,
agents and second party agree (`key`) and their dates can be one date (`kg.telling.joining`). The
result depends on the statements alone, not on the order in which they come. What an act is about,
its modality and its source are never merged: they stay with each statement.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg import iris
from kg.ontology import Ontology
from kg.records import Article, Entity, Statement
from kg.records.edtf import bounds

KEY = 20
"""Hexadecimal digits of the hash that statements of one act share."""

OCCASIONS = ("event", "agreement")
"""Families of what two acts of one key can be told apart by."""

UNLINKED = "unlinked/"
"""How the identifiers begin of what only its article describes."""

SEVERAL = 2


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
        confidence: as on the statement.
        claimed: it is told on the word of somebody.
        reported_by: identifiers of the outlets that it names as its source.
    """

    id: str
    article: str
    key: str
    published: Days
    dated: Days
    modality: str
    negated: bool
    topics: frozenset[str]
    confidence: float = 1.0
    claimed: bool = False
    reported_by: frozenset[str] = frozenset()

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
    occasions = sorted(i for i in _ids(s.about) if iris.family(i) in OCCASIONS)
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
        e.id.startswith(UNLINKED) and ontology.is_a(e.kind, ("Group",))
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
        confidence=s.confidence,
        claimed=bool(s.attributed_to or s.unnamed_source),
        reported_by=frozenset(entity.id for entity in s.reported_by),
    )


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Whose account an article is.

    Attributes:
        source: identifier of the outlet; empty where it is not known.
        reprint: the article repeats the text of another.
    """

    source: str = ""
    reprint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Corroborated:
    """That several outlets tell an act in one modality, each account counted once.

    Attributes:
        modality: in which they tell it.
        outlets: identifiers of the outlets, sorted; at least two.
        articles: how many articles tell it so.
        reprints: how many of these repeat the text of another.
        claimed: how many only tell it on the word of somebody.
        surest: identifier of the surest of the statements.
    """

    modality: str
    outlets: tuple[str, ...]
    articles: int
    reprints: int
    claimed: int
    surest: str


def corroborated(act: Act, accounts: Mapping[str, Account]) -> Iterator[Corroborated]:
    """Yield in which modalities several outlets affirm an act that several articles tell.

    An outlet that a statement names as its source counts in place of the article's own.

    Args:
        act: the act with all its tellings.
        accounts: whose accounts the articles are that `comparable` names.
    """
    if len(act.articles) < SEVERAL:
        return
    for modality, told in sorted(_affirmed(act).items()):
        outlets: set[str] = set()
        for telling in told:
            outlets |= telling.reported_by or {accounts[telling.article].source}
        outlets.discard("")
        articles = {telling.article for telling in told}
        if len(outlets) >= SEVERAL:
            yield Corroborated(
                modality=modality,
                outlets=tuple(sorted(outlets)),
                articles=len(articles),
                reprints=sum(accounts[article].reprint for article in articles),
                claimed=len(articles - {t.article for t in told if not t.claimed}),
                surest=min(told, key=lambda t: (-t.confidence, iris.iri(t.id))).id,
            )


def comparable(act: Act) -> frozenset[str]:
    """Return the articles of which it matters to `corroborated` whose accounts they are."""
    if len(act.articles) < SEVERAL:
        return frozenset()
    return frozenset(telling.article for told in _affirmed(act).values() for telling in told)


def _affirmed(act: Act) -> dict[str, list[Telling]]:
    """Return the tellings that affirm an act by modality, of those that could be corroborated."""
    found: dict[str, list[Telling]] = defaultdict(list)
    for telling in act.tellings:
        if not telling.negated:
            found[telling.modality].append(telling)
    return {
        modality: told
        for modality, told in found.items()
        if len({t.article for t in told}) >= SEVERAL or any(t.reported_by for t in told)
    }
