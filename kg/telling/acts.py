"""Acts: group the statements that report the same act, and find contradictions among them.

A statement is one telling of an act. Two statements can tell the same act only if they have the
same key (relation, agents, second party; see `key`) and their dates can be one date
(`kg.telling.joining`). The result depends on the statements, not on their order. Topics, modality
and source stay with each statement and are not merged.
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
"""Hexadecimal digits of an act key (80 bits, so that a collision is not to be expected)."""

OCCASIONS = ("event", "agreement")
"""Identifier families of topics: two acts of one key may differ in the event or agreement."""

UNLINKED = "unlinked/"
"""Prefix of the identifiers of entities that the gazetteer does not have."""

SEVERAL = 2
"""Least number of outlets, and of articles, that corroborate an act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """A range of days, both ends included; an unknown end is None."""

    first: datetime.date | None = None
    last: datetime.date | None = None

    @classmethod
    def of(cls, value: str) -> Days:
        """Return the days that an EDTF date covers; an empty date gives a range without ends."""
        first, last = bounds(value) if value else (None, None)
        return cls(first=first, last=last)

    @property
    def known(self) -> bool:
        """Return whether either end is known."""
        return self.first is not None or self.last is not None

    @property
    def width(self) -> int:
        """Return the number of days after the first; a range without an end is the widest."""
        if self.first is None or self.last is None:
            return datetime.timedelta.max.days
        return (self.last - self.first).days

    def common(self, other: Days) -> Days | None:
        """Return the intersection of two ranges, or None if they have no day in common."""
        first = max((d for d in (self.first, other.first) if d), default=None)
        last = min((d for d in (self.last, other.last) if d), default=None)
        if first is not None and last is not None and first > last:
            return None
        return Days(first=first, last=last)

    def widened(self, before: int, after: int) -> Days:
        """Return the range with `before` days added at its start and `after` days at its end."""
        return Days(first=_moved(self.first, -before), last=_moved(self.last, after))


def _moved(day: datetime.date | None, number: int) -> datetime.date | None:
    try:
        return day + datetime.timedelta(days=number) if day else None
    except OverflowError:
        return day


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A statement, reduced to the fields that decide which act it tells.

    Attributes:
        id: identifier of the statement.
        article: identifier of its article.
        key: what the statements of one act share; see `key`.
        published: days on which the article may have been published.
        dated: days that the article gives for the act.
        modality, negated: as on the statement.
        topics: identifiers of the entities that the statement is about.
        confidence: as on the statement.
        claimed: it is attributed to a speaker or an unnamed source.
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
        """Return the days on which the act may lie; undated, `window` days around the article's."""
        if self.dated.known:
            return self.dated
        before = window if self.modality in ("actual", "possible") else 0
        after = window if self.modality != "actual" else 0
        return self.published.widened(before, after)


@dataclass(slots=True, kw_only=True)
class Act:
    """An act with the tellings found so far; `days` is the intersection of their days."""

    days: Days
    tellings: list[Telling]

    @property
    def id(self) -> str:
        """Return the identifier, made from the identifier of the first telling."""
        return alone(self.tellings[0].id)

    @property
    def articles(self) -> frozenset[str]:
        """Return the identifiers of the articles with a telling of it."""
        return frozenset(telling.article for telling in self.tellings)


def alone(statement: str) -> str:
    """Return the identifier of the act whose first telling is this statement."""
    return f"act/{iris.digest(statement)[:KEY]}"


def key(s: Statement, article: Article, ontology: Ontology) -> str:
    """Return the act key, a hash; empty if the statement shares its act with no other.

    The hash covers relation, agents and second party. The second party is the targets; without any,
    the events and agreements that the statement is about; without these either, there must be
    several agents. The parties of a symmetric relation are one set. The article's identifier is
    added for groups known only by a description ("officials") and for undated acts in undated
    articles: these are the same only within one article.
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
    """Return the telling of a statement."""
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
    """Yield pairs of a telling that denies the act and one that affirms it.

    Both have the same modality, actual or planned, and share a topic if either has one. If they are
    of different articles and not both dated, publication counts: a denial published before an
    actual affirmation is no contradiction, since the act may have happened in between, and plans
    contradict each other only if published on the same day, since plans change.
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
    """The original publisher of an article; see `kg.corroboration.independence`.

    Attributes:
        source: identifier of the outlet; empty if unknown.
        reprint: the article repeats the text of another.
    """

    source: str = ""
    reprint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Corroborated:
    """An act that several outlets affirm in one modality.

    Attributes:
        modality: the modality, such as `actual`.
        outlets: identifiers of the original publishers, sorted; at least two.
        articles: number of articles that affirm it so.
        reprints: how many of these are reprints.
        claimed: how many attribute it to a speaker or an unnamed source.
        surest: identifier of the statement with the highest confidence.
    """

    modality: str
    outlets: tuple[str, ...]
    articles: int
    reprints: int
    claimed: int
    surest: str


def corroborated(act: Act, accounts: Mapping[str, Account]) -> Iterator[Corroborated]:
    """Yield the modalities in which at least two outlets affirm an act.

    If a statement names another outlet as its source, that outlet counts instead of the article's
    original publisher.

    Args:
        act: the act with all its tellings.
        accounts: original publisher of each article in `comparable(act)`.
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
    """Return the articles whose original publishers `corroborated` needs."""
    if len(act.articles) < SEVERAL:
        return frozenset()
    return frozenset(telling.article for told in _affirmed(act).values() for telling in told)


def _affirmed(act: Act) -> dict[str, list[Telling]]:
    """Return the affirming tellings by modality, where at least two outlets are possible."""
    found: dict[str, list[Telling]] = defaultdict(list)
    for telling in act.tellings:
        if not telling.negated:
            found[telling.modality].append(telling)
    return {
        modality: told
        for modality, told in found.items()
        if len({t.article for t in told}) >= SEVERAL or any(t.reported_by for t in told)
    }
