"""The records that modules exchange: frozen, compared by value, standard library only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg import iris
from kg.errors import RecordError
from kg.records import checks

MODALITIES = ("actual", "planned", "possible", "proposed")
ROLES = ("agents", "targets", "about", "where", "attributed_to", "reported_by")
"""Fields of a statement that hold entities."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A half-open range of character offsets in an article's text; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Raise a `RecordError` for an empty span, a negative offset, or one that is no int."""
        if not (isinstance(self.start, int) and isinstance(self.end, int)):
            raise RecordError(
                f"a span needs two whole numbers, got {self.start!r} and {self.end!r}",
                hint="give the offsets of its first character and of the one after its last",
            )
        if not 0 <= self.start < self.end:
            raise RecordError(f"a span needs 0 <= start < end, got {self.start}..{self.end}")

    def overlaps(self, other: Span) -> bool:
        """Return whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Return whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as it was read.

    Attributes:
        id: stable name, unique in a store; the file's name without its ending.
        text: the text that offsets refer to; it never changes.
        title: headline; empty when unknown.
        outlet: who published it, as the source names it; empty when unknown.
        byline: author line; empty when unknown.
        url: where it was published; empty when unknown.
        published: EDTF date (`2025-05-14`, `2015-11`); empty when unknown.
        language: BCP 47 tag.
        body: offset where the body begins, after front matter and header lines.
    """

    id: str
    text: str
    title: str = ""
    outlet: str = ""
    byline: str = ""
    url: str = ""
    published: str = ""
    language: str = "en"
    body: int = 0

    def __post_init__(self) -> None:
        """Raise a `RecordError` for a wrong type, a date not in EDTF, or a body out of range."""
        checks.text("id", self.id, needed="give a name that no other article in the store has")
        for name in ("text", "title", "outlet", "byline", "url", "language"):
            checks.text(name, getattr(self, name), where=self.id)
        checks.date("published", self.published, where=self.id)
        checks.number("body", self.body, 0, len(self.text), where=self.id)

    def quote(self, span: Span) -> str:
        """Return the text of `span`."""
        if span.end > len(self.text):
            raise RecordError(
                f"span {span.start}..{span.end} ends after the text ({len(self.text)} characters)",
                where=self.id,
            )
        return self.text[span.start : span.end]

    @property
    def digest(self) -> str:
        """Return a hash of all fields but `id`, to detect that an article changed."""
        return iris.digest(
            self.text,
            self.title,
            self.outlet,
            self.byline,
            self.url,
            self.published,
            self.language,
            str(self.body),
        )


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Entity:
    """An actor, place, event or agreement.

    Attributes:
        id: identifier relative to the base IRI, such as `country/RU`.
        kind: name of its class in the ontology, the most specific that the article supports.
        name: preferred name.
    """

    id: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span that refers to an entity; `how` is `name`, `description` or `pronoun`."""

    span: Span
    entity: Entity
    how: str = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """An office or employment as the article states it.

    Attributes:
        holder: the person.
        title: title of the office, such as "president".
        of: country or organisation; None if unknown.
        span: where the article states it.
    """

    holder: Entity
    title: str
    of: Entity | None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date as the article gives it.

    Attributes:
        value: EDTF level 0 (`2025`, `2025-05`, `2025-05-13`, or an interval `a/b`).
        text: the words that give the date.
    """

    value: str
    text: str

    def __post_init__(self) -> None:
        """Raise a `RecordError` for a value that is not a date of EDTF level 0."""
        checks.text("a date", self.value, needed="leave `when` out where no date is known")
        checks.date("a date", self.value)
        checks.text("the words of a date", self.text)

    @property
    def precision(self) -> str:
        """Return `year`, `month`, `day` or `interval`."""
        if "/" in self.value:
            return "interval"
        return {4: "year", 7: "month"}.get(len(self.value), "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The place in an article from which a statement was extracted.

    Attributes:
        article: identifier of the article (`Article.id`).
        span: the clause.
        trigger: the words that express the relation ("held talks").
        rule: relation and frame, such as `meets/hold-talks`.
    """

    article: str
    span: Span
    trigger: Span
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement: what one clause of one article says about an act.

    Several statements, in one article or in many, may report the same act; see `kg.telling.acts`.

    Attributes:
        relation: local name of the relation in the ontology.
        agents: the actors; of "Peru and Chile" both.
        targets: at whom or what the act is directed.
        about: topics: what is discussed, proposed, supported ...
        where: places of the act.
        when: date of the act, if the article gives one.
        modality: actual, planned, possible or proposed.
        negated: the article says that the act does not take place.
        attributed_to: speakers of a chain of reported speech, innermost first; empty if the article
            asserts it itself.
        reported_by: outlets that the article names as its source.
        unnamed_source: the article names no source for its report ("reportedly", "sources said").
        evidence: place in the article.
        confidence: 0 to 1.
    """

    relation: str
    agents: tuple[Entity, ...]
    targets: tuple[Entity, ...] = ()
    about: tuple[Entity, ...] = ()
    where: tuple[Entity, ...] = ()
    when: When | None = None
    modality: str = "actual"
    negated: bool = False
    attributed_to: tuple[Entity, ...] = ()
    reported_by: tuple[Entity, ...] = ()
    unnamed_source: bool = False
    evidence: Evidence
    confidence: float = 1.0

    def __post_init__(self) -> None:
        """Raise a `RecordError` without agent, or for an invalid modality or confidence."""
        for name, kinds, hint in _STATED:
            if not isinstance(getattr(self, name), kinds):
                raise RecordError(f"{name} is {getattr(self, name)!r}", hint=hint)
        if not self.agents:
            raise RecordError(f"a statement of {self.relation} needs an agent")
        if not isinstance(self.agents[0], Entity):
            raise RecordError(
                f"an agent is {self.agents[0]!r}", hint="write Entity(id=..., kind=..., name=...)"
            )
        if self.modality not in MODALITIES:
            raise RecordError(f"unknown modality {self.modality!r}: one of {', '.join(MODALITIES)}")
        if not 0.0 <= self.confidence <= 1.0:
            raise RecordError(f"confidence {self.confidence} is not between 0 and 1")

    @property
    def id(self) -> str:
        """Return the identifier: article, offsets of the clause, and a hash of the content.

        It does not depend on confidence, on the names of entities, or on their order in a role,
        except in the chain of speakers.
        """
        roles = (self.agents, self.targets, self.about, self.where, self.reported_by)
        trigger, when = self.evidence.trigger, self.when
        return iris.statement(
            self.evidence.article,
            self.evidence.span.start,
            self.evidence.span.end,
            self.relation,
            *(" ".join(sorted({e.id for e in role})) for role in roles),
            " ".join(e.id for e in self.attributed_to),
            f"{when.value} {when.text}" if when else "",
            f"{self.modality} {self.polarity} {self.unnamed_source}",
            f"{trigger.start}-{trigger.end} {self.evidence.rule}",
        )

    @property
    def polarity(self) -> str:
        """Return `affirmed` or `negated`."""
        return "negated" if self.negated else "affirmed"


_STATED: tuple[tuple[str, type | tuple[type, ...], str], ...] = (
    ("relation", str, "give the local name of a relation"),
    *((name, tuple, f"write {name}=(entity,)") for name in ROLES),
    ("when", (When, type(None)), "write When(value=..., text=...)"),
    ("negated", bool, "write True or False"),
    ("unnamed_source", bool, "write True or False"),
    ("evidence", Evidence, "write Evidence(article=..., span=..., trigger=..., rule=...)"),
    ("confidence", (int, float), "give a number from 0 to 1"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All records of one article, extracted by the pipeline or annotated by hand."""

    article: Article
    mentions: tuple[Mention, ...] = ()
    positions: tuple[Position, ...] = ()
    statements: tuple[Statement, ...] = ()
    entities: tuple[Entity, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Collect the entities of all records, sorted by identifier, one for each."""
        found: dict[str, Entity] = {}
        for entity in self._named():
            other = found.setdefault(entity.id, entity)
            if other != entity:
                raise RecordError(
                    f"two descriptions of {entity.id}: {other} and {entity}", where=self.article.id
                )
        object.__setattr__(self, "entities", tuple(sorted(found.values())))

    def _named(self) -> Iterable[Entity]:
        for mention in self.mentions:
            yield mention.entity
        for position in self.positions:
            yield position.holder
            if position.of:
                yield position.of
        for s in self.statements:
            for name in ROLES:
                yield from getattr(s, name)
