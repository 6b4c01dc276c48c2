"""Find the fillers of one role: who stands in its slots, and by which rule."""

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
# Slots in which a noun without referent is replaced by its owner ("rejected Iran's offer").
_OWNED = frozenset({"object", "with", "to", "on", "against", "for", "into", "at", "over", "from"})
_AUTHORED = frozenset({"subject", "complement"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One frame tried at one site; `lost` collects rejected candidates, None if not wanted."""

    site: Site
    frame: Frame
    relation: Relation
    slots: Mapping[str, tuple[str, ...]]
    lost: list[Candidate] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The fillers of a role, the number of the slot that gave them, and its first phrase.

    The number counts the slots of the role from 0; it is -1, and `phrase` None, if no slot did.
    """

    fillers: tuple[Filler, ...] = ()
    number: int = -1
    phrase: Token | None = None


class Roles:
    """Finds the fillers of roles in one article."""

    def __init__(self, slots: Slots) -> None:
        """Take the slots of an article, and through them its parse and its coreference."""
        self.slots = slots
        self.references = slots.references
        self.nouns = Nouns(slots.references)
        self.chart = slots.chart
        self.syntax = slots.syntax

    def fill(
        self, trial: Trial, role: str, kinds: tuple[str, ...], *, whole: bool = False
    ) -> Filled:
        """Return the fillers of a role from the first slot that gives any.

        A noun without referent is replaced by its owner: "rejected Iran's offer" has the target
        Iran. With `whole`, set for symmetric relations, this is not done for the object: who meets
        "the Peruvian target" does not meet Peru.
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
        """Return who stands in a slot, and the rule: the first of `STANDING` that finds anybody."""
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
        """Return the referents of the phrases in the slot."""
        return self.references.denoted(heads)

    def _authors(self, name: str, heads: list[Token], site: Site) -> list[Reference]:
        """Return the authors of documents in the slot ("the ministry's statement said")."""
        if name not in _AUTHORED:
            return []
        return [r for head in heads for r in self.references.authors(head)]

    def _in_writing(self, name: str, heads: list[Token], site: Site) -> list[Reference]:
        """Return the authors of a document in a passive: "condemned in a statement by Peru"."""
        if name != "subject" or heads or not self.syntax.is_passive(site.trigger):
            return []
        phrases = self.syntax.prepositions(site.trigger)
        documents = [head for preposition, head in phrases if preposition == "in"]
        return [r for document in documents for r in self.references.authors(document)]

    def _doers(self, name: str, heads: list[Token], site: Site) -> list[Reference]:
        """Return whose act the subject noun names: "Russian shelling killed two"."""
        return self.nouns.doers(heads, ()) if name == "subject" else []

    # -- rejected candidates -----------------------------------------------------------------------

    def _note_others(
        self,
        trial: Trial,
        role: str,
        number: int,
        found: Sequence[Reference],
        kinds: tuple[str, ...],
    ) -> None:
        """Record the candidates in the slots of a role that are not among those found."""
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
        """Record as rejected, for the reason `why`, the referents of a slot that are not taken."""
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
        """Return the other antecedents weighed for a pronoun, with the salience of each."""
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
"""Rules that find who stands in a slot, by name; the first that finds anybody decides."""


def filler_of(role: str, slot: str, rule: str, reference: Reference) -> Filler:
    """Return a reference as a filler of a role."""
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
    """Record a filler as rejected, if the trial collects rejected candidates."""
    if trial.lost is not None:
        trial.lost.append(filler.lost(why))


def unless(
    trial: Trial, fillers: Iterable[Filler], barred: Callable[[Referent], bool], why: str
) -> list[Filler]:
    """Return the fillers that are not `barred`; record the others as rejected, with `why`."""
    kept = []
    for filler in fillers:
        if barred(filler.referent):
            lose(trial, filler, why)
        else:
            kept.append(filler)
    return kept


def either(kinds: Sequence[str]) -> str:
    """Return class names joined by "or"; "actor" if there are none."""
    return " or ".join(kinds) or "actor"
