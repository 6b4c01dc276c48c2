"""Statements being read, who fills their roles and how, and frames that did not match."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from kg.extract.discourse import Referent
from kg.ontology import Frame, Relation
from kg.parsing.tokens import Token

RULES: Mapping[str, str] = MappingProxyType(
    {
        "slot": "a phrase in a slot of the frame names it",
        "author": "a document in the slot is its word",
        "in-writing": "it is done in a document of its, “in a statement by ...”",
        "doer": "a deed of its is the subject, “its shelling killed ...”",
        "possessor": "what stands in the slot is its own, “rejected its offer”",
        "performer": "the clause says that it performs what the noun names",
        "beside": "it acts together with the subject",
        "inside": "it is named within the phrase in the slot",
        "rest": "it is named elsewhere in the clause",
        "located": "what stands in the slot is there",
        "site": "what the act is directed at is there",
        "is-to-act": "it is the one to act by a proposal or request",
        "named-in-quotation": "the quotation of a remark names it",
        "same-sentence": "another remark of the speaker in the sentence is about it",
        "points-back": "a word such as “the move” points back to an act with it",
    }
)
"""How a referent may come into a role, in words."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Filler:
    """A referent in a role, and how it came there.

    Attributes:
        role: one of `ROLES`.
        referent: who or what fills it.
        slot: the slot of the card whose phrase gave it; empty where none did.
        head: the word that speaks of it.
        rule: one of `RULES`; `points-back` is followed by the word that does.
        score: the salience by which a pronoun was resolved, else 1.
    """

    role: str
    referent: Referent
    slot: str = ""
    head: Token
    rule: str
    score: float = 1.0

    @property
    def rule_name(self) -> str:
        """Return the rule without the words it went by."""
        return self.rule.partition(" ")[0]

    def as_role(self, role: str, rule: str = "") -> Filler:
        """Return the filler in another role; brought there by a rule of its own, it has no slot."""
        return replace(self, role=role, rule=rule or self.rule, slot="" if rule else self.slot)

    def lost(self, why: str) -> Candidate:
        """Return the filler as one that was tried and is not taken for the reason `why`."""
        return Candidate(
            role=self.role, referent=self.referent, slot=self.slot, head=self.head,
            rule=self.rule, score=self.score, why=why,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidate:
    """Who or what was tried for a role and not taken.

    Attributes:
        role, slot, head, rule, score: as of a `Filler`.
        referent: None where the phrase names nobody known.
        why: the reason, in words.
    """

    role: str
    referent: Referent | None
    slot: str
    head: Token
    rule: str
    score: float = 1.0
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where a frame is tried.

    Attributes:
        trigger: the verb, noun, adjective or preposition.
        support: the support verb of a noun trigger.
        noun: the object noun that completes a verb trigger.
    """

    trigger: Token
    support: Token | None = None
    noun: Token | None = None

    @property
    def verb(self) -> Token:
        """Return the support verb, or else the trigger."""
        return self.support or self.trigger

    @property
    def named(self) -> Token:
        """Return the noun that names the act: the one that completes the verb, or the trigger."""
        return self.noun or self.trigger


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Draft:
    """A statement being read: frame, place, and who fills its roles; equal only to itself.

    Attributes:
        frame, relation: what matched.
        site: where it did.
        fillers: who fills the roles, in the order of a statement's.
        phrase: head of the first phrase in the slot that names the agents; None where no slot does.
        score: how well the frame fits; the best reading of a trigger is kept.
        rivals: how many other frames matched the trigger.
        lead: how far the best of them scores behind.
        tried: who was tried for a role and not taken, where that was asked for.
    """

    frame: Frame
    relation: Relation
    site: Site
    fillers: tuple[Filler, ...]
    phrase: Token | None = None
    score: float = 0.0
    rivals: int = 0
    lead: float = 0.0
    tried: tuple[Candidate, ...] = ()

    @property
    def trigger(self) -> Token:
        """Return the word that triggers the frame."""
        return self.site.trigger

    @property
    def support(self) -> Token | None:
        """Return the support verb of a noun trigger."""
        return self.site.support

    @property
    def noun(self) -> Token | None:
        """Return the object noun that completes a verb trigger."""
        return self.site.noun

    @property
    def anchor(self) -> Token:
        """Return the verb whose clause tells the act, or the trigger noun itself."""
        return self.site.support or self.site.trigger

    @property
    def agents(self) -> tuple[Referent, ...]:
        """Return who acts."""
        return tuple([f.referent for f in self.fillers if f.role == "agent"])

    @property
    def targets(self) -> tuple[Referent, ...]:
        """Return whom it is directed at."""
        return tuple([f.referent for f in self.fillers if f.role == "target"])

    @property
    def about(self) -> tuple[Referent, ...]:
        """Return what it is about."""
        return tuple([f.referent for f in self.fillers if f.role == "about"])

    @property
    def where(self) -> tuple[Referent, ...]:
        """Return where it takes place."""
        return tuple([f.referent for f in self.fillers if f.role == "where"])

    def of(self, role: str) -> tuple[Filler, ...]:
        """Return what fills a role."""
        return tuple([f for f in self.fillers if f.role == role])

    def filled(self, role: str, fillers: Iterable[Filler]) -> Draft:
        """Return the draft with other fillers of a role."""
        kept = [f for f in self.fillers if f.role != role]
        return replace(self, fillers=(*kept, *fillers))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Miss:
    """A frame that a trigger has, but that does not match: the condition that fails.

    Attributes:
        frame: the frame.
        site: where it was tried.
        condition: name of the condition.
        wanted: the slots or words that the condition asks for.
        got: the words that stand there instead.
        tried: who was tried for a role, where that was asked for.
    """

    frame: Frame
    site: Site
    condition: str
    wanted: tuple[str, ...] = ()
    got: tuple[str, ...] = ()
    tried: tuple[Candidate, ...] = ()
