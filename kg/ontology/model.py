"""Records for what the ontology and its relation cards declare: classes, relations, frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import UnknownRelationError

if TYPE_CHECKING:
    from kg.ontology.phrasing import Phrasing

EVENTS_AND_AGREEMENTS = ("Event", "Agreement")
"""Classes of entities that actors attend, propose or sign, and that never act themselves."""

DESCRIBED = (*EVENTS_AND_AGREEMENTS, "Group")
"""Classes of entities that articles may describe rather than name ("the talks in Lima")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One way in which English expresses a relation.

    Attributes:
        name: unique on its card.
        relation: local name of the relation.
        verb, noun, adjective, preposition: trigger lemmas; a verb may have its particle ("put
            forward"), a preposition its second word ("according to").
        object: lemmas; the head of the verb's object must be one of them ("hold" + "talks").
        light: lemmas of light verbs, whose subject is the agent of the trigger noun ("make a
            proposal").
        slots: syntactic slots that fill a role, by role, in order of preference.
        needs: slots; at least one must be filled.
        without: slots; none may be filled.
        modality: modality of the frame's statements, whatever the sentence says; empty for none.
        negated: the frame means that the act does not take place.
        content: modality of statements in a clause below the trigger; empty if they keep theirs.
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
        """Return the rule name in evidence: relation and frame, such as `meets/hold-talks`."""
        return f"{self.relation}/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An example sentence of a card, with the statement that must be extracted from it."""

    text: str
    roles: Mapping[str, tuple[str, ...]]
    modality: str = "actual"
    negated: bool = False


# PLOVER categories of being for or against somebody.
_STANCES = frozenset({"SUPPORT", "ACCUSE", "REJECT", "PROTEST"})
# PLOVER categories of which a mere announcement or proposal is AGREE; see `Relation.plover_of`.
_WILLING = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One relation of the ontology, as its card declares it.

    Attributes:
        name: local name.
        label: in words, third person singular ("meets").
        definition: one sentence.
        domain, range: classes of agents and of targets; empty for any.
        links: whether plain links (direct triples) from agents to targets are written.
        topic_link: property of plain links from agents to the events and agreements that a
            statement is about; empty for none.
        topic_label: label of `topic_link` ("agrees on").
        topic_beside_target: write topic links even if the statement has a target.
        topical: the topic is what the act is done to, as in "proposes talks"; a target is optional.
        remark: statements are mere remarks; two of them never report the same act.
        answers: the act answers an offer or request.
        answerable: the act is an offer or request, which others may answer.
        encounter: the parties meet; speaking to journalists only does not count.
        violent: the act is done by force; figures of speech and matches are left out.
        symmetric: agents and targets are equal parties ("meets").
        reports: statements inside the clause are attributed to the agents ("says that").
        plover: PLOVER category; empty for none.
        unaimed: names of the frames whose statements are events without a target too; empty if
            those of all frames are.
        frames: the ways in which English expresses the relation.
        examples, non_examples: sentences that must, or must not, give a statement of it.
        phrasing: patterns for writing a statement as a sentence; None without a card.
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
    violent: bool = False
    symmetric: bool = False
    reports: bool = False
    plover: str = ""
    unaimed: tuple[str, ...] = ()
    frames: tuple[Frame, ...] = ()
    examples: tuple[Example, ...] = ()
    non_examples: tuple[str, ...] = ()
    phrasing: Phrasing | None = None

    @property
    def judges(self) -> bool:
        """Return whether the relation is a stance: support, accusation, rejection, protest."""
        return self.topical and not self.reports and self.plover in _STANCES

    def plover_of(self, modality: str) -> str:
        """Return the PLOVER category of a statement of this relation with this modality.

        By the PLOVER manual, announcing to cooperate, meet, help or yield is AGREE.
        """
        return "AGREE" if modality == "planned" and self.plover in _WILLING else self.plover


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """One class of the ontology, with the colour and shape of its nodes and its PLOVER sector."""

    name: str
    label: str
    parents: tuple[str, ...] = ()
    colour: str = ""
    shape: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """The ontology.

    Attributes:
        version: the declared version and a hash of the files.
        classes, relations: by local name.
        link_floor: least confidence of statements for which plain links are written; a store may
            set its own.
        window: an act without a date is assumed to lie within so many days of its article's date.
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
        """Return a relation by local name; an unknown one raises an `UnknownRelationError`."""
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
        """Return whether `kind` is one of the classes `ancestors` or a subclass of one."""
        return not self._lineage(kind).keys().isdisjoint(ancestors)

    def _lineage(self, kind: str) -> dict[str, None]:
        """Return a class and its superclasses as keys of a dictionary; cached."""
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
