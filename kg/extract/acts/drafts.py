"""Data passed between the steps of reading: unfinished statements, role fillers, failed frames.

A `Draft` is a frame that matched at a trigger, with its roles filled. A `Miss` is a frame that did
not match there, with the condition that failed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from kg.extract.discourse import Referent
from kg.ontology import Frame, Relation
from kg.parsing.tokens import Token

LEARNED = "learned"
"""The rule of what the learned scorers put in a role."""

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
        LEARNED: "the scorers find it likeliest",
    }
)
"""The rules by which a referent may fill a role: name of the rule, and what it says in words."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Filler:
    """A referent that fills a role, and the rule that put it there.

    Attributes:
        role: one of `ROLES`.
        referent: who or what fills the role.
        slot: the slot of the frame in which it was found; empty if it was found elsewhere.
        head: the head word of the mention.
        rule: one of `RULES`; `points-back` is followed by the anaphoric word in parentheses.
        score: the salience with which a pronoun was resolved, or the probability that the scorers
            give; 1 for anything else.
    """

    role: str
    referent: Referent
    slot: str = ""
    head: Token
    rule: str
    score: float = 1.0

    @property
    def rule_name(self) -> str:
        """Return the name of the rule, without the words in parentheses that may follow it."""
        return self.rule.partition(" ")[0]

    def as_role(self, role: str, rule: str = "") -> Filler:
        """Return this filler with another role; a new `rule` also clears its slot."""
        return replace(self, role=role, rule=rule or self.rule, slot="" if rule else self.slot)

    def lost(self, why: str) -> Candidate:
        """Return this filler as a candidate that was rejected for the reason `why`."""
        return Candidate(
            role=self.role, referent=self.referent, slot=self.slot, head=self.head,
            rule=self.rule, score=self.score, why=why,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidate:
    """Who or what was tried for a role and rejected; kept for explanations.

    Attributes:
        role, slot, head, rule, score: as in `Filler`.
        referent: None if the phrase has no known referent.
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
    """The words at which a frame is tried.

    Attributes:
        trigger: the verb, noun, adjective or preposition.
        support: the support verb of a noun trigger.
        noun: the object noun that the frame requires of a verb trigger ("hold" with "talks").
    """

    trigger: Token
    support: Token | None = None
    noun: Token | None = None

    @property
    def verb(self) -> Token:
        """Return the support verb if there is one, else the trigger."""
        return self.support or self.trigger

    @property
    def named(self) -> Token:
        """Return the required object noun if there is one, else the trigger."""
        return self.noun or self.trigger


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Draft:
    """An unfinished statement: a frame that matched, where it did, and the fillers of its roles.

    Two drafts are equal only if they are the same object.

    Attributes:
        frame, relation: the frame that matched, and the relation that it expresses.
        site: the words at which it matched.
        fillers: the fillers of all roles; within a role, in the order of the later statement.
        phrase: head of the first phrase in the agent slot; None if no slot gave the agents.
        score: how well the frame fits; of all drafts of a trigger, the one with the highest score
            is kept.
        rivals: how many other frames matched the same trigger.
        lead: the score minus that of the best rival; without rivals, the score itself.
        tried: the rejected candidates, if they were asked for; else empty.
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
        """Return the support verb of a noun trigger, if any."""
        return self.site.support

    @property
    def noun(self) -> Token | None:
        """Return the object noun that the frame requires of a verb trigger, if any."""
        return self.site.noun

    @property
    def anchor(self) -> Token:
        """Return the support verb if there is one, else the trigger; it heads the clause."""
        return self.site.support or self.site.trigger

    @property
    def agents(self) -> tuple[Referent, ...]:
        """Return the referents in the role `agent`: who acts."""
        return tuple([f.referent for f in self.fillers if f.role == "agent"])

    @property
    def targets(self) -> tuple[Referent, ...]:
        """Return the referents in the role `target`: at whom or what the act is directed."""
        return tuple([f.referent for f in self.fillers if f.role == "target"])

    @property
    def about(self) -> tuple[Referent, ...]:
        """Return the referents in the role `about`: the topics of the act."""
        return tuple([f.referent for f in self.fillers if f.role == "about"])

    @property
    def where(self) -> tuple[Referent, ...]:
        """Return the referents in the role `where`: the places of the act."""
        return tuple([f.referent for f in self.fillers if f.role == "where"])

    def of(self, role: str) -> tuple[Filler, ...]:
        """Return the fillers of a role."""
        return tuple([f for f in self.fillers if f.role == role])

    def filled(self, role: str, fillers: Iterable[Filler]) -> Draft:
        """Return this draft with the fillers of one role replaced."""
        kept = [f for f in self.fillers if f.role != role]
        return replace(self, fillers=(*kept, *fillers))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Miss:
    """A frame whose trigger word occurs but that does not match, and the condition that failed.

    Attributes:
        frame: the frame.
        site: where it was tried.
        condition: name of the condition that failed, such as `needs` or `agent`.
        wanted: the slots or words that the condition requires.
        got: the words found instead.
        tried: the rejected candidates, if they were asked for; else empty.
    """

    frame: Frame
    site: Site
    condition: str
    wanted: tuple[str, ...] = ()
    got: tuple[str, ...] = ()
    tried: tuple[Candidate, ...] = ()
