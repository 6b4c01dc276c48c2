"""What an article talks about while it is being read: referents and their mentions.

The referents are those of Discourse Representation Theory (Kamp & Reyle 1993): one per actor,
place, event or agreement, gathering names and facts as reading goes on; in the end they become the
frozen entities of `kg.records`.
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
    """Something the article talks about, compared by identity.

    Attributes:
        kind: class of the ontology, as far as known.
        names: name strings in order of appearance.
        entry: gazetteer entry it is linked to.
        gender: `m`, `f` or empty.
        plural: referred to as "they".
        described: known by a description only; kept when a statement needs it.
        local: definite only within the article ("the talks").
        members: the people or countries that a described group stands for.
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
        """Return the fullest name."""
        return max(self.names, key=lambda n: (len(n.split()), len(n))) if self.names else ""


@dataclass(slots=True, kw_only=True, eq=False)
class Place:
    """A mention: tokens `first..last` with the head that syntax sees, and how it is made.

    `rule` names what found it.
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
    """A position being read: holder, title, whose, and the tokens that say so.

    `shared` tells that the words are a plural ("presidents A and B").
    """

    holder: Referent
    title: str
    of: Referent | None
    first: int
    last: int
    shared: bool = False


class Chart:
    """The state of reading one article."""

    def __init__(self, parse: Parse, gazetteer: Gazetteer, ontology: Ontology) -> None:
        """Start with nothing found."""
        self.parse = parse
        self.doc = parse.doc.copy()  # lemmas are set right in it
        self.gazetteer = gazetteer
        self.ontology = ontology
        self.syntax = Syntax(parse.scheme)
        self.referents: list[Referent] = []
        self.mentions: list[Place] = []
        self.offices: list[Office] = []
        self.at: list[Place | None] = [None] * len(parse.doc)
        self.covers: list[Place | None] = [None] * len(parse.doc)

    def add(self, place: Place) -> Place:
        """Register a mention; its tokens then lead to it."""
        self.mentions.append(place)
        if place.referent not in self.referents:
            self.referents.append(place.referent)
        for index in range(place.first, place.last + 1):
            self.at[index] = place
        return place

    def drop(self, place: Place) -> None:
        """Forget a mention, and its referent when it was the only one."""
        self.mentions.remove(place)
        for index in range(place.first, place.last + 1):
            self.at[index] = None
        if not any(p.referent is place.referent for p in self.mentions):
            self.referents.remove(place.referent)

    def text(self, first: int, last: int) -> str:
        """Return tokens `first..last` as one normalised string without a leading article."""
        return " ".join(self.doc.words(first, last).split())

    def mention(self, token: Token) -> Place | None:
        """Return the mention that `token` belongs to, titles and description heads included."""
        return self.at[token.i] or self.covers[token.i]

    def free(self, first: int, last: int) -> bool:
        """Return whether no mention stands on tokens `first..last`."""
        return all(place is None for place in self.at[first : last + 1])

    def is_a(self, referent: Referent, kinds: Iterable[str]) -> bool:
        """Return whether the referent's class is one of `kinds` or below."""
        return self.ontology.is_a(referent.kind, kinds)

    def linked(self, entry: Entry) -> Referent:
        """Return the referent of a gazetteer entry, a new one if the article has none yet."""
        for referent in self.referents:
            if referent.entry is not None and referent.entry.id == entry.id:
                return referent
        made = Referent(kind=entry.kind, entry=entry, described=True)
        self.referents.append(made)
        return made

    def merge(self, kept: Referent, gone: Referent) -> None:
        """Make `gone` one with `kept`."""
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
        """Return the number of the sentence of each token."""
        numbers = [0] * len(self.doc)
        for number, sentence in enumerate(self.doc.sents):
            numbers[sentence.start : sentence.stop] = [number] * len(sentence)
        return numbers

    def in_order(self) -> Sequence[Place]:
        """Return the mentions in text order."""
        return sorted(self.mentions, key=lambda p: (p.first, p.last))
