"""The working state while an article is read: referents, their mentions and offices.

A referent (Kamp & Reyle 1993, Discourse Representation Theory) is one actor, place, event or
agreement. It collects names and facts during reading and then becomes an entity of `kg.records`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.extract.syntax.slots import Syntax
from kg.gazetteer import Entry, Gazetteer
from kg.ontology import Ontology
from kg.parsing.language import Parse
from kg.parsing.tokens import Token

PUBLIC = ("Country", "GovernmentBody", "IntergovernmentalOrganization")


@dataclass(slots=True, kw_only=True, eq=False)
class Referent:
    """An actor, place, event or agreement in the article; equal only to itself.

    Attributes:
        kind: class of the ontology, as far as known.
        names: name strings in order of appearance.
        entry: gazetteer entry it is linked to.
        gender: `m`, `f` or empty.
        plural: whether "they" can refer to it.
        described: it has no name; an entity only if a statement uses it.
        members: the people or countries in a described group.
        local: its identifier holds within the article only ("the talks").
        surnames: words of a person's name that can stand alone.
    """

    kind: str
    names: list[str] = field(default_factory=list)
    entry: Entry | None = None
    gender: str = ""
    plural: bool = False
    described: bool = False
    members: tuple[Referent, ...] = ()
    local: bool = False
    surnames: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """Return the name with most words, then most characters; empty if there is none."""
        return max(self.names, key=lambda n: (len(n.split()), len(n))) if self.names else ""


@dataclass(slots=True, kw_only=True, eq=False)
class Place:
    """A mention of a referent in the text.

    Attributes:
        first, last: its tokens.
        head: its syntactic head, a token.
        referent: what is mentioned.
        how: "name" or "description".
        adjective: whether it is an adjective or a people ("Peruvian").
        rule: name of the rule that found it.
    """

    first: int
    last: int
    head: int
    referent: Referent
    how: str = "name"
    adjective: bool = False
    rule: str = ""


@dataclass(slots=True, kw_only=True, eq=False)
class Office:
    """A person's office or employment.

    Attributes:
        holder: the person.
        title: the words of the title.
        of: the country or organisation; None if not known.
        first, last: the tokens with title and name.
        shared: whether the title is a plural ("presidents A and B").
    """

    holder: Referent
    title: str
    of: Referent | None
    first: int
    last: int
    shared: bool = False


class Chart:
    """The state of reading one article.

    Attributes:
        parse: the parsed article; `doc` is a copy of its tokens.
        referents, mentions, offices: what was found so far.
        at: for each token, the mention that it is part of, else None.
        covers: for each token, a mention that a title or description on it leads to, else None.
    """

    def __init__(self, parse: Parse, gazetteer: Gazetteer, ontology: Ontology) -> None:
        """Start with nothing found."""
        self.parse = parse
        self.doc = parse.doc.copy()  # a copy, because lemmas are corrected in it
        self.gazetteer = gazetteer
        self.ontology = ontology
        self.syntax = Syntax(parse.scheme)
        self.referents: list[Referent] = []
        self.mentions: list[Place] = []
        self.offices: list[Office] = []
        self.at: list[Place | None] = [None] * len(parse.doc)
        self.covers: list[Place | None] = [None] * len(parse.doc)

    def add(self, place: Place) -> Place:
        """Add a mention, and its referent if it is new; `at` leads from its tokens to it."""
        self.mentions.append(place)
        if place.referent not in self.referents:
            self.referents.append(place.referent)
        for index in range(place.first, place.last + 1):
            self.at[index] = place
        return place

    def drop(self, place: Place) -> None:
        """Remove a mention, and its referent if that has no other."""
        self.mentions.remove(place)
        for index in range(place.first, place.last + 1):
            self.at[index] = None
        if not any(p.referent is place.referent for p in self.mentions):
            self.referents.remove(place.referent)

    def text(self, first: int, last: int) -> str:
        """Return the text of tokens `first..last` with single spaces."""
        return " ".join(self.doc.words(first, last).split())

    def mention(self, token: Token) -> Place | None:
        """Return the mention that `token` belongs to, also by a title or description, or None."""
        return self.at[token.i] or self.covers[token.i]

    def free(self, first: int, last: int) -> bool:
        """Return whether none of tokens `first..last` is in a mention by `at`."""
        return all(place is None for place in self.at[first : last + 1])

    def is_a(self, referent: Referent, kinds: Iterable[str]) -> bool:
        """Return whether the referent's class is one of `kinds` or a subclass."""
        return self.ontology.is_a(referent.kind, kinds)

    def linked(self, entry: Entry) -> Referent:
        """Return the referent of a gazetteer entry; a new one is added to the chart."""
        for referent in self.referents:
            if referent.entry is not None and referent.entry.id == entry.id:
                return referent
        made = Referent(kind=entry.kind, entry=entry, described=True)
        self.referents.append(made)
        return made

    def merge(self, kept: Referent, gone: Referent) -> None:
        """Move names, mentions and offices of `gone` to `kept`, and remove `gone`."""
        if kept is gone:
            return
        kept.names.extend(n for n in gone.names if n not in kept.names)
        kept.entry = kept.entry or gone.entry
        kept.gender = kept.gender or gone.gender
        kept.described = kept.described and gone.described
        kept.surnames |= gone.surnames
        for place in self.mentions:
            if place.referent is gone:
                place.referent = kept
        for office in self.offices:
            if office.holder is gone:
                office.holder = kept
            if office.of is gone:
                office.of = kept
        self.referents = [r for r in self.referents if r is not gone]

    @cached_property
    def sentence(self) -> list[int]:
        """Return for each token the number of its sentence, from 0."""
        numbers = [0] * len(self.doc)
        for number, sentence in enumerate(self.doc.sents):
            numbers[sentence.start : sentence.stop] = [number] * len(sentence)
        return numbers

    def in_order(self) -> Sequence[Place]:
        """Return the mentions in text order."""
        return sorted(self.mentions, key=lambda p: (p.first, p.last))
