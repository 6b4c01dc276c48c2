"""Classes, relations and frames: what the ontology and its cards declare, as records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import UnknownRelationError

if TYPE_CHECKING:
    from kg.ontology.phrasing import Phrasing

EVENTS_AND_AGREEMENTS = ("Event", "Agreement")
"""Classes of what actors attend, propose or sign. Their members are never actors themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One way in which English expresses a relation.

    Attributes:
        name: unique on its card.
        relation: local name of the relation.
        verb, noun, adjective, preposition: trigger lemmas; a verb may carry its particle ("put
            forward"), a preposition its second word ("according to").
        object: lemmas one of which must head the verb's object ("hold" + "talks").
        light: support verbs whose subject is the noun's agent ("make a proposal").
        slots: role -> syntactic slots that fill it, in order of preference.
        needs: slots of which at least one must be present.
        without: slots that must be absent.
        modality: modality that the frame itself gives to the act; empty for none.
        negated: the frame says that the act does not take place.
        content: modality of the acts told inside it; empty when they keep their own.
    """

    name: str
    relation: str
    verb: tuple[str, ...] = ()
    noun: tuple[str, ...] = ()
    adjective: tuple[str, ...] = ()
    preposition: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    modality: str = ""
    negated: bool = False
    content: str = ""

    @property
    def rule(self) -> str:
        """Return the name that evidence carries, such as `meets/hold-talks`."""
        return f"{self.relation}/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence of a card with the statement it must give."""

    text: str
    roles: Mapping[str, tuple[str, ...]]
    modality: str = "actual"
    negated: bool = False


_STANCES = frozenset({"SUPPORT", "ACCUSE", "REJECT", "PROTEST"})
_WILLING = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One relation of the ontology, as its card declares it.

    Attributes:
        name: local name.
        label: in words, third person singular ("meets").
        definition: one sentence.
        domain, range: classes that agents and targets must belong to; empty for any.
        links: whether plain links lead from the agents to the targets.
        topic_link: property of plain links to events and agreements that a statement is about;
            empty for none.
        topic_label: its label ("agrees on").
        topic_beside_target: topic links are written of statements with a target as well.
        topical: the act is done to what it is about, as in "proposes talks", and needs no target.
        remark: statements are mere remarks; no two of them tell one act.
        answers: the act answers an offer or request.
        answerable: the act is an offer or request, which others may answer.
        encounter: the act brings parties together; speaking to journalists only is none.
        symmetric: agents and targets are one set of parties.
        reports: what stands inside its clause is the agents' word.
        plover: PLOVER category, empty when there is none.
        frames, examples, non_examples: how English says it, and what it must not mistake for it.
        phrasing: how it is said of a statement; None where no card was read.
    """

    name: str
    label: str
    definition: str
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    links: bool = True
    topic_link: str = ""
    topic_label: str = ""
    topic_beside_target: bool = False
    topical: bool = False
    remark: bool = False
    answers: bool = False
    answerable: bool = False
    encounter: bool = False
    symmetric: bool = False
    reports: bool = False
    plover: str = ""
    frames: tuple[Frame, ...] = ()
    examples: tuple[Example, ...] = ()
    non_examples: tuple[str, ...] = ()
    phrasing: Phrasing | None = None

    @property
    def judges(self) -> bool:
        """Return whether it tells that somebody is for or against somebody or something."""
        return self.topical and not self.reports and self.plover in _STANCES

    def plover_of(self, modality: str) -> str:
        """Return the PLOVER category of a statement of this relation with this modality.

        To say that one will cooperate, meet, help or yield is to AGREE, in the PLOVER manual.
        """
        return "AGREE" if modality == "planned" and self.plover in _WILLING else self.plover


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """One class of the ontology with its display hints and its PLOVER sector."""

    name: str
    label: str
    parents: tuple[str, ...] = ()
    colour: str = ""
    shape: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """Classes and relations by local name.

    Attributes:
        version: changes with every change of a file.
        classes, relations: by local name.
        link_floor: least confidence of a statement from which plain links are written, unless a
            store has one of its own.
        window: days by which an act without a date may be away from its article.
    """

    version: str
    classes: Mapping[str, Class]
    relations: Mapping[str, Relation]
    link_floor: float = 0.0
    window: int = 0
    _above: dict[str, dict[str, None]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def relation(self, name: str) -> Relation:
        """Return the relation called `name`; an unknown one is an error."""
        try:
            return self.relations[name]
        except KeyError:
            known = ", ".join(sorted(self.relations))
            raise UnknownRelationError(
                f"there is no relation {name!r}", hint=f"one of: {known}"
            ) from None

    def superclasses(self, kind: str) -> tuple[str, ...]:
        """Return `kind` and its superclasses, nearest first, up to `Entity`."""
        return tuple(self._lineage(kind))

    def is_a(self, kind: str, ancestors: Iterable[str]) -> bool:
        """Return whether `kind` is one of `ancestors` or below one of them."""
        return not self._lineage(kind).keys().isdisjoint(ancestors)

    def _lineage(self, kind: str) -> dict[str, None]:
        """Return a class and its superclasses as keys; found once."""
        found = self._above.get(kind)
        if found is not None:
            return found
        found = self._above[kind] = {}
        level: Iterable[str] = (kind,)
        while level:
            found.update(dict.fromkeys(level))
            level = [
                p for name in level if name in self.classes for p in self.classes[name].parents
            ]
        return found
