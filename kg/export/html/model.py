"""What the network page shows: entities, acts with their tellings, and lines between entities."""

from __future__ import annotations

from dataclasses import dataclass

from kg.export.html.passages import Excerpt, Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One article: where it was published and the passages of it that the page carries.

    `wide` has the offsets, in UTF-16 units, of the characters that take two of these.
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
    """An office that an article gives a person: title, organisation (or -1) and the place."""

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
        language: that of the first article which has this name.
        kind: index into `View.kinds`.
        aliases: other names that articles use.
        posts: offices held.
        wikidata: item such as `Q7747`; empty when unknown.
        weight: number of statements in which it is agent, target or topic.
        countries: itself, if it is a country, or those that it holds an office of.
        described: it is a group known only by a description, such as "analysts".
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
    """One statement: what one clause of one article tells of an act, and of nothing else.

    Attributes:
        id: identifier of the statement.
        act: index into `View.acts`.
        source: index into `View.sources`.
        quote: the clause.
        agents, targets, about, where, speakers, outlets: indexes into `View.nodes`; speakers
            stand innermost first.
        date: of the act, in EDTF; empty when the article gives none.
        modality, negated, confidence: as on the statement.
        unnamed: it is told on the word of a source that the article does not name.
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
    """An act: its identifier, its relation, and the numbers of the statements that tell it."""

    id: str
    relation: int
    tellings: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What joins two entities in one way, with exactly the statements that join them so.

    Attributes:
        start, end: nodes; for a mutual line the lesser number first.
        way: `acts` from who acts to whom it is done to, `mutual` between parties of an act that
            they do together, `topic` from who acts or speaks to what that is merely about.
        told: numbers of the statements, in order.
        modality: strongest modality among them: actual, planned, proposed, possible.
        mark: `disputed` when two of them contradict each other, else `negated` when all of them
            deny and `partly` when some do, else empty.
        acts: number of acts that they tell.
        again: how often articles tell one of these acts that another article tells.
        outlets: number of distinct publishers.
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
        """Return whether the line is pale: its end is only spoken of."""
        return self.way == "topic"

    @property
    def weight(self) -> int:
        """Return the number of statements."""
        return len(self.told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A class or relation as the page names it.

    Attributes:
        name: local name.
        label: in words.
        colour, shape: display hints of a class.
        remark: statements of the relation are mere remarks.
    """

    name: str
    label: str
    colour: str = ""
    shape: str = ""
    remark: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything that the page can show, in a fixed order.

    Attributes:
        sources: the articles.
        nodes: the entities.
        acts: what is told, by date.
        tellings: the statements, those of one act together.
        lines: which entities they join, and how.
        kinds, relations: classes and relations that occur.
        disputes: pairs of statements that contradict each other, the denial first.
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
        """Return the number of articles that tell an act."""
        return len({self.tellings[i].source for i in self.acts[act].tellings})

    def relation(self, telling: Telling) -> Term:
        """Return the relation of a statement."""
        return self.relations[self.acts[telling.act].relation]
