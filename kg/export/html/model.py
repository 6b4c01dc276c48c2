"""The content of the network page as records: entities, acts, statements, lines."""

from __future__ import annotations

from dataclasses import dataclass

from kg.export.html.passages import Excerpt, Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One article: its publication, and the passages of its text on the page.

    `wide` has the offsets, in UTF-16 code units, of characters of two code units.
    """

    id: str
    title: str
    outlet: str
    url: str
    published: str
    language: str
    passages: tuple[Passage, ...]
    wide: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A position of a person, as stated by an article.

    Attributes:
        title: title of the office.
        of: index of the country or organisation into `View.nodes`; -1 if unknown.
        source: index of the article into `View.sources`.
        quote: where the article states it.
    """

    title: str
    of: int
    source: int
    quote: Excerpt


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One entity.

    Attributes:
        id: identifier relative to the base IRI.
        name: preferred name.
        language: language of the first article with this name.
        kind: index into `View.kinds`.
        aliases: other names that articles use.
        posts: offices held.
        wikidata: item such as `Q7747`; empty when unknown.
        weight: number of statements in which it is agent, target or topic.
        countries: indexes of countries: itself, if it is one, or those in which it has an office.
        described: whether it is a group known only by a description, such as "analysts".
    """

    id: str
    name: str
    language: str
    kind: int
    aliases: tuple[str, ...]
    posts: tuple[Post, ...]
    wikidata: str
    weight: int
    countries: tuple[int, ...]
    described: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One statement, as in `kg.records.Statement`, with indexes instead of entities.

    Attributes:
        id: identifier of the statement.
        act: index into `View.acts`.
        source: index into `View.sources`.
        quote: the clause.
        agents, targets, about, where, speakers, outlets: indexes into `View.nodes`; the innermost
            speaker comes first.
        date: date of the act in EDTF; empty if the article gives none.
        modality, negated, confidence: as in the statement.
        unnamed: whether the article reports it from a source that it does not name.
    """

    id: str
    act: int
    source: int
    quote: Excerpt
    agents: tuple[int, ...]
    targets: tuple[int, ...]
    about: tuple[int, ...]
    where: tuple[int, ...]
    date: str
    modality: str
    negated: bool
    speakers: tuple[int, ...]
    outlets: tuple[int, ...]
    unnamed: bool
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act: its identifier, and indexes of its relation and of the statements that report it."""

    id: str
    relation: int
    tellings: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line between two entities, with all statements that join them in the same way.

    Attributes:
        start, end: indexes into `View.nodes`; in a mutual line the lesser comes first.
        way: `acts` from agent to target, `mutual` between the parties of a symmetric relation,
            `topic` from an agent to a mere topic.
        told: indexes of the statements, ascending.
        modality: strongest modality among the statements: actual, planned, proposed, possible.
        mark: `disputed` if two of the statements contradict each other, else `negated` if all are
            negated, `partly` if some are, "" if none is.
        acts: number of distinct acts.
        again: number of further articles that report one of these acts, summed over the acts.
        outlets: number of distinct outlets.
    """

    start: int
    end: int
    way: str
    told: tuple[int, ...]
    modality: str = "actual"
    mark: str = ""
    acts: int = 0
    again: int = 0
    outlets: int = 0

    @property
    def directed(self) -> bool:
        """Return whether the line has an arrow."""
        return self.way != "mutual"

    @property
    def light(self) -> bool:
        """Return whether the line is pale, that is, leads to a mere topic."""
        return self.way == "topic"

    @property
    def weight(self) -> int:
        """Return the number of statements."""
        return len(self.told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A class or relation with its label.

    Attributes:
        name: local name.
        label: label, such as "meets".
        colour, shape: look of the nodes of a class.
        remark: whether statements of a relation are mere remarks.
    """

    name: str
    label: str
    colour: str = ""
    shape: str = ""
    remark: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The whole content of the page, in a fixed order.

    Attributes:
        sources: the articles.
        nodes: the entities.
        acts: the acts, by date.
        tellings: the statements, grouped by act.
        lines: the lines between entities.
        kinds, relations: the classes and relations that occur.
        disputes: pairs of contradicting statements, the denial first.
    """

    sources: tuple[Source, ...]
    nodes: tuple[Node, ...]
    acts: tuple[Act, ...]
    tellings: tuple[Telling, ...]
    lines: tuple[Line, ...]
    kinds: tuple[Term, ...]
    relations: tuple[Term, ...]
    disputes: tuple[tuple[int, int], ...]

    def articles(self, act: int) -> int:
        """Return the number of articles that report an act."""
        return len({self.tellings[i].source for i in self.acts[act].tellings})

    def relation(self, telling: Telling) -> Term:
        """Return the relation of a statement."""
        return self.relations[self.acts[telling.act].relation]
