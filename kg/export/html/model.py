"""What the network page shows: entities, acts and the lines that stand for them."""

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
        weight: number of tellings in which it is agent, target or topic.
        countries: itself, if it is a country, or those that it holds an office of.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One place in an article that tells an act; numbers index nodes and sources.

    `id` is the identifier of the evidence in RDF.
    """

    id: str
    source: int
    quote: Excerpt
    modality: str
    negated: bool
    speakers: tuple[int, ...]
    outlets: tuple[int, ...]
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One statement with every telling of it; numbers index relations and nodes."""

    id: str
    relation: int
    agents: tuple[int, ...]
    targets: tuple[int, ...]
    about: tuple[int, ...]
    where: tuple[int, ...]
    date: str
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """All acts that join an ordered pair of entities.

    Attributes:
        start, end: nodes; for a line without direction, the lesser number first.
        acts: indexes of the acts, in order.
        directed: False when all acts are mutual, such as meetings.
        light: the end is only what the acts are about.
        modality: strongest modality among the tellings: actual, planned, proposed, possible.
        mark: `negated` when all tellings deny, `disputed` when one and the same act is both
            affirmed and denied, `partly` when some acts are denied, else empty.
        weight: number of tellings.
        outlets: number of distinct publishers.
    """

    start: int
    end: int
    acts: tuple[int, ...]
    directed: bool
    light: bool
    modality: str
    mark: str
    weight: int
    outlets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A class or relation as the page names it.

    Attributes:
        name: local name.
        label: in words.
        colour, shape: display hints of a class.
        topical: the relation acts on what it is about, as in "proposes talks".
    """

    name: str
    label: str
    colour: str = ""
    shape: str = ""
    topical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything that the page can show, in a fixed order."""

    sources: tuple[Source, ...]
    nodes: tuple[Node, ...]
    acts: tuple[Act, ...]
    lines: tuple[Line, ...]
    kinds: tuple[Term, ...]
    relations: tuple[Term, ...]

    @property
    def tellings(self) -> int:
        """Return how many statements, each at its place in an article, the view holds."""
        return sum(len(act.tellings) for act in self.acts)
