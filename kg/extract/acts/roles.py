"""Who stands in the slots of a role, and by which rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.extract.acts.drafts import Candidate, Filler, Site
from kg.extract.acts.slots import Slots
from kg.extract.coreference.nouns import Nouns
from kg.extract.coreference.references import Reference
from kg.extract.discourse import Referent
from kg.ontology import Frame, Relation
from kg.parsing.tokens import Token

VAGUE = "it is nobody in particular"
# Slots in which a thing stands for its owner.
_OWNED = frozenset({"object", "with", "to", "on", "against", "for", "into", "at", "over", "from"})
_AUTHORED = frozenset({"subject", "complement"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One frame tried at one site; `lost` takes who is not taken, None where nobody asks."""

    site: Site
    frame: Frame
    relation: Relation
    slots: Mapping[str, tuple[str, ...]]
    lost: list[Candidate] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """Who fills a role, and the number and first phrase of the slot; -1 and None where none did."""

    fillers: tuple[Filler, ...] = ()
    number: int = -1
    phrase: Token | None = None


class Roles:
    """Answers who fills a role of a frame in one article."""

    def __init__(self, slots: Slots) -> None:
        """Keep who knows the slots, and what noun phrases refer to."""
        self.slots = slots
        self.references = slots.references
        self.nouns = Nouns(slots.references)
        self.chart = slots.chart
        self.syntax = slots.syntax

    def fill(
        self, trial: Trial, role: str, kinds: tuple[str, ...], *, whole: bool = False
    ) -> Filled:
        """Return who fills a role by the first slot that gives anybody.

        A thing stands for its owner, but as the object of what is done mutually where `whole` is
        set: who meets "the Peruvian target" does not meet Peru.
        """
        names = trial.slots.get(role, ())
        for number, name in enumerate(names):
            heads = self.slots.heads(name, trial.site)
            rule, found = self._by_rule(name, heads, trial.site, kinds)
            owned = name in _OWNED and not (whole and name == "object")
            if heads and owned and all(self.references.vague(r.referent) for r in found):
                if owners := self.nouns.possessed(heads, kinds):
                    rule, found = "possessor", owners
            if found:
                if trial.lost is not None:
                    self._note_others(trial, role, number, found, kinds)
                fillers = tuple(filler_of(role, name, rule, reference) for reference in found)
                phrase = heads[0] if rule == "slot" else None
                return Filled(fillers=fillers, number=number, phrase=phrase)
            self.note(trial, role, name, heads, f"it is no {either(kinds)}")
        return Filled()

    def _by_rule(
        self, name: str, heads: list[Token], site: Site, kinds: tuple[str, ...]
    ) -> tuple[str, list[Reference]]:
        """Return who stands in a slot, by the first of the rules `STANDING` that finds anybody."""
        for rule, stands in STANDING:
            found = [
                r
                for r in stands(self, name, heads, site)
                if self.references.fits(r.referent, kinds)
            ]
            if found:
                return rule, found
        return "", []

    def _named(self, name: str, heads: list[Token], site: Site) -> list[Reference]:
        """Return whom the phrases in the slot name."""
        return self.references.denoted(heads)

    def _authors(self, name: str, heads: list[Token], site: Site) -> list[Reference]:
        """Return whose word the documents in the slot are ("the ministry's statement said")."""
        if name not in _AUTHORED:
            return []
        return [r for head in heads for r in self.references.authors(head)]

    def _in_writing(self, name: str, heads: list[Token], site: Site) -> list[Reference]:
        """Return by whose document something is done: "condemned in a statement by Peru"."""
        if name != "subject" or heads or not self.syntax.is_passive(site.trigger):
            return []
        phrases = self.syntax.prepositions(site.trigger)
        documents = [head for preposition, head in phrases if preposition == "in"]
        return [r for document in documents for r in self.references.authors(document)]

    def _doers(self, name: str, heads: list[Token], site: Site) -> list[Reference]:
        """Return who acts where a deed is the subject: "Russian shelling killed two"."""
        return self.nouns.doers(heads, ()) if name == "subject" else []

    # -- who is not taken --------------------------------------------------------------------------

    def _note_others(
        self,
        trial: Trial,
        role: str,
        number: int,
        found: Sequence[Reference],
        kinds: tuple[str, ...],
    ) -> None:
        """Note whom the slots of a role name besides those who are taken."""
        names = trial.slots[role]
        taken = {r.referent for r in found}
        heads = self.slots.heads(names[number], trial.site)
        self.note(trial, role, names[number], heads, f"it is no {either(kinds)}", taken)
        for name in names[number + 1 :]:
            heads = self.slots.heads(name, trial.site)
            self.note(trial, role, name, heads, f"the slot {names[number]} comes first", taken)

    def note(
        self,
        trial: Trial,
        role: str,
        slot: str,
        heads: Iterable[Token],
        why: str,
        taken: Iterable[Referent] = (),
    ) -> None:
        """Note what the phrases in a slot name, apart from who is taken."""
        if trial.lost is None:
            return
        known = {*taken}
        for head in heads:
            named = self.references.denoted([head])
            for r in named:
                if r.referent not in known:
                    reason = VAGUE if self.references.vague(r.referent) else why
                    trial.lost.append(_candidate(role, slot, "slot", r, reason))
            trial.lost.extend(self._antecedents(role, slot, head, {r.referent for r in named}))
            if not named:
                trial.lost.append(
                    Candidate(
                        role=role, referent=None, slot=slot, head=head, rule="slot",
                        why="nobody known",
                    )
                )  # fmt: skip

    def _antecedents(
        self, role: str, slot: str, head: Token, meant: set[Referent]
    ) -> list[Candidate]:
        """Return what else a pronoun may refer to, with the salience of each."""
        if self.chart.mention(head) is not None or not self.references.resolver.is_pronoun(head):
            return []
        resolved = self.references.resolution(head)
        why = "another antecedent weighs more" if meant else "no antecedent is safe"
        return [
            Candidate(
                role=role, referent=r, slot=slot, head=head, rule="antecedent",
                score=weighed.weight, why=why,
            )
            for weighed in resolved.weighed
            for r in weighed.referents
            if r not in meant
        ]  # fmt: skip


Stands = Callable[[Roles, str, list[Token], Site], list[Reference]]
STANDING: tuple[tuple[str, Stands], ...] = (
    ("slot", Roles._named),
    ("author", Roles._authors),
    ("in-writing", Roles._in_writing),
    ("doer", Roles._doers),
)
"""Who stands in a slot, by name of the rule; the first that finds anybody decides."""


def filler_of(role: str, slot: str, rule: str, reference: Reference) -> Filler:
    """Return who a word refers to as what fills a role."""
    return Filler(
        role=role,
        referent=reference.referent,
        slot=slot,
        head=reference.head,
        rule=rule,
        score=reference.weight,
    )


def _candidate(role: str, slot: str, rule: str, reference: Reference, why: str) -> Candidate:
    return Candidate(
        role=role,
        referent=reference.referent,
        slot=slot,
        head=reference.head,
        rule=rule,
        score=reference.weight,
        why=why,
    )


def lose(trial: Trial, filler: Filler, why: str) -> None:
    """Note that a filler is not taken, where somebody asks."""
    if trial.lost is not None:
        trial.lost.append(filler.lost(why))


def unless(
    trial: Trial, fillers: Iterable[Filler], barred: Callable[[Referent], bool], why: str
) -> list[Filler]:
    """Return the fillers that are not barred from their role for the reason `why`."""
    kept = []
    for filler in fillers:
        if barred(filler.referent):
            lose(trial, filler, why)
        else:
            kept.append(filler)
    return kept


def either(kinds: Sequence[str]) -> str:
    """Return classes in words."""
    return " or ".join(kinds) or "actor"
