"""Prepares statements for the templates: sentences and quotes in parts, grouped by act."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.export.html.model import Source, Telling, View
from kg.export.html.passages import Excerpt
from kg.ontology import Ontology
from kg.records import Entity, Evidence, Span, Statement
from kg.telling import sentences
from kg.telling.naming import plural

REMARKS = "remarks"
ROLES = ("agents", "targets", "about", "where", "speakers", "outlets")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a sentence: a name (`node` is the entity's index) or the words between names."""

    text: str = ""
    node: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Statements that give the same sentence, with this sentence in parts."""

    sentence: tuple[Part, ...]
    tellings: tuple[Telling, ...]

    @property
    def negated(self) -> bool:
        """Return whether the statements are negated."""
        return self.tellings[0].negated


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An act with some of its statements.

    Attributes:
        claims, denials: statements that contradict each other.
        told: the other statements.
        articles: number of articles of all these statements.
    """

    claims: tuple[Told, ...]
    denials: tuple[Told, ...]
    told: tuple[Told, ...]
    articles: int


def card(view: View, ontology: Ontology, numbers: Sequence[int]) -> Card:
    """Return the card of an act, with the statements of these indexes."""
    shown = set(numbers)
    pairs = [pair for pair in view.disputes if shown.issuperset(pair)]
    denials, claims = ({pair[i] for pair in pairs} for i in (0, 1))
    return Card(
        claims=_told(view, ontology, [n for n in numbers if n in claims]),
        denials=_told(view, ontology, [n for n in numbers if n in denials]),
        told=_told(view, ontology, [n for n in numbers if n not in claims | denials]),
        articles=len({view.tellings[n].source for n in numbers}),
    )


def _told(view: View, ontology: Ontology, numbers: Sequence[int]) -> tuple[Told, ...]:
    found: dict[tuple[Part, ...], list[Telling]] = {}
    for number in numbers:
        telling = view.tellings[number]
        found.setdefault(sentence(view, ontology, telling), []).append(telling)
    return tuple(Told(sentence=words, tellings=tuple(same)) for words, same in found.items())


def sentence(view: View, ontology: Ontology, telling: Telling) -> tuple[Part, ...]:
    """Return the sentence of a statement, with its speakers, in parts."""
    statement, numbers = _statement(view, telling)
    return tuple(
        Part(node=numbers[part.entity.id]) if part.entity else Part(text=part.text)
        for part in sentences.parts(statement, ontology, placed=False)
    )


class Wording:
    """Words for what a line means at one of its ends, such as "supports"."""

    def __init__(self, ontology: Ontology) -> None:
        """Take the ontology, which has the phrasings; inflected forms are cached."""
        self._ontology = ontology
        self._forms = cache(lambda relation: sentences.forms(relation, ontology))

    def done(self, view: View, telling: Telling, end: int) -> str:
        """Return the predicate of a statement about an entity: "supports", "is to visit"."""
        ontology = self._ontology
        targets = telling.targets if end in telling.targets else ()
        topics = (end,) if not targets and end in telling.about else ()
        statement, _ = _statement(view, telling)
        relation = ontology.relations.get(statement.relation)
        matters = relation.phrasing.matters if relation and relation.phrasing else ()
        kinds = [view.kinds[view.nodes[topic].kind].name for topic in topics]
        key = sentences.pattern_of(
            targets=bool(targets),
            topic=bool(topics),
            matter=bool(topics) and all(ontology.is_a(kind, matters) for kind in kinds),
        )
        forms = self._forms(statement.relation)[key][telling.modality]
        number = "many" if plural(statement.agents, ontology) else "one"
        words = forms[statement.polarity][number].removeprefix("{agent} ").replace("{agent}", "…")
        return " ".join(re.sub(r"\{\w+\}", "", words).split())


def _statement(view: View, telling: Telling) -> tuple[Statement, dict[str, int]]:
    """Return a statement with all that its sentence needs, and indexes of entities by name."""
    numbers: dict[str, int] = {}

    def entities(nodes: Sequence[int]) -> tuple[Entity, ...]:
        found = []
        for number in nodes:
            node = view.nodes[number]
            numbers[node.id] = number
            found.append(Entity(id=node.id, kind=view.kinds[node.kind].name, name=node.name))
        return tuple(found)

    span = Span(start=telling.quote.start, end=telling.quote.end)
    article = view.sources[telling.source].id
    statement = Statement(
        relation=view.relation(telling).name,
        agents=entities(telling.agents),
        targets=entities(telling.targets),
        about=entities(telling.about),
        modality=telling.modality,
        negated=telling.negated,
        attributed_to=entities(telling.speakers),
        reported_by=entities(telling.outlets),
        unnamed_source=telling.unnamed,
        evidence=Evidence(article=article, span=span, trigger=span, rule=""),
    )
    return statement, numbers


def quote_parts(source: Source, quote: Excerpt) -> list[tuple[str, str]]:
    """Return a quote as parts (text, role); the role of unmarked text is ""."""
    passage = next(
        (
            p
            for p in source.passages
            if p.start <= quote.start and quote.end <= p.start + _units(p.text)
        ),
        None,
    )
    if passage is None:
        return []
    if passage.text.isascii():
        text, width = passage.text.encode(), 1
    else:
        text, width = passage.text.encode("utf-16-le", "surrogatepass"), 2

    def between(start: int, end: int) -> str:
        units = text[(start - passage.start) * width : (end - passage.start) * width]
        found = units.decode("ascii" if width == 1 else "utf-16-le", "surrogatepass")
        return " ".join(("|" + found + "|").split())[1:-1]

    parts, at = [], quote.start
    for start, end, role in quote.marks:
        parts += [(between(at, start), ""), (between(start, end), role)]
        at = end
    parts.append((between(at, quote.end), ""))
    return [(words, role) for words, role in parts if words]


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
