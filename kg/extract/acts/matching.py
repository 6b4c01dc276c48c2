"""Frames of the relation cards matched on the parse: who does what to whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.extract.acts.drafts import Draft, Miss, Site
from kg.extract.acts.filling import Filling
from kg.extract.acts.frames import FrameIndex
from kg.extract.acts.slots import VERBS, Slots
from kg.extract.spans.quotations import closes_sentence
from kg.ontology import Frame
from kg.parsing.tokens import Token

_TOLD_TO = frozenset({"infinitive", "purpose"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """What the frames of one trigger give.

    Attributes:
        drafts: those of the frames that match, the best first.
        misses: the frames that do not match.
    """

    drafts: tuple[Draft, ...] = ()
    misses: tuple[Miss, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What all triggers of an article give.

    Attributes:
        drafts: the best reading of every trigger, in text order.
        readings: all readings of the triggers that were tried, by token; those that are the object
            of another act were not.
    """

    drafts: tuple[Draft, ...]
    readings: Mapping[int, Readings]


class Matcher:
    """Matches frames in one article."""

    def __init__(self, slots: Slots, *, keep: bool = False) -> None:
        """Begin with an article whose mentions are found.

        Args:
            slots: who knows the slots of its triggers.
            keep: note who was tried for a role and not taken.
        """
        self.slots = slots
        self.index: FrameIndex = slots.index
        self.filling = Filling(slots)
        self.chart = slots.chart
        self.syntax = slots.syntax
        self.keep = keep

    def matched(self) -> Matched:
        """Return the best reading of every trigger, and what else was tried."""
        used: set[int] = set()
        drafts: list[Draft] = []
        tried: dict[int, Readings] = {}
        tokens = sorted(self.chart.doc, key=lambda t: (t.pos_ not in VERBS, t.i))
        for token in tokens:
            if token.i in used or self.chart.at[token.i] is not None:
                continue
            frames = self.index.frames(token)
            if not frames:
                continue
            tried[token.i] = found = self.readings(token)
            if not found.drafts:
                continue
            best, others = found.drafts[0], found.drafts[1:]
            if others:
                lead = best.score - max(d.score for d in others)
                best = replace(best, rivals=len(others), lead=lead)
            else:
                best = replace(best, lead=best.score)
            used.update(noun.i for noun in self._consumed(best))
            drafts.append(best)
        drafts.sort(key=lambda d: d.trigger.i)
        return Matched(drafts=tuple(drafts), readings=tried)

    def readings(self, token: Token, *, keep: bool | None = None) -> Readings:
        """Return what the frames of a trigger give; `keep` is by default that of the matcher."""
        keep = self.keep if keep is None else keep
        drafts: list[Draft] = []
        misses: list[Miss] = []
        bare = Site(trigger=token)
        for frame, particle in self.index.frames(token):
            found = self._read(bare, frame, particle, keep=keep)
            if isinstance(found, Draft):
                drafts.append(found)
            else:
                misses.append(found)
        drafts.sort(key=lambda d: (d.score, d.relation.name), reverse=True)
        return Readings(drafts=tuple(drafts), misses=tuple(misses))

    def _consumed(self, draft: Draft) -> Iterator[Token]:
        """Yield the nouns that belong to a verb, and trigger nothing of their own."""
        if draft.frame.object:
            yield from self.syntax.object(draft.trigger)
        if draft.noun is not None:
            yield draft.noun

    def _read(self, site: Site, frame: Frame, particle: str, *, keep: bool) -> Draft | Miss:
        """Return the statement that a frame gives at a word, or the condition on which it fails."""
        token = site.trigger
        if particle:
            there = self.syntax.particles(token)
            if particle not in there:
                return _miss(site, frame, "particle", (particle,), there)
        if frame.object:
            objects = self.syntax.object(token)
            headed = self.filling.nouns.headed
            nouns = (headed(t, frame.object) for t in objects)
            noun = next((t for t in nouns if t is not None), None)
            if noun is None:
                return _miss(site, frame, "object", frame.object, [t.text for t in objects])
            site = replace(site, noun=noun)
        if token.pos_ == "NOUN" and (support := self._support(token, frame)) is not None:
            site = replace(site, support=support)
        for fails in CONDITIONS:
            if (miss := fails(self, site, frame)) is not None:
                return miss
        bonus = 2.0 * bool(particle) + 2.0 * bool(frame.object) + 1.0 * bool(frame.needs)
        relation = self.index.relations[frame.relation]
        return self.filling.fill(site, frame, relation, bonus=bonus, keep=keep)

    def _support(self, noun: Token, frame: Frame) -> Token | None:
        """Return the support verb that has `noun` as its object ("made a proposal")."""
        head = noun.head
        while noun.dep_ == "conj" and head.pos_ == "NOUN":
            noun, head = head, head.head
        if head.pos_ not in VERBS or head.lemma_.lower() not in frame.light:
            return None
        labels = self.syntax.labels
        if noun.dep_ in labels.object | labels.passive_subject | labels.oblique:
            return head
        return None

    # -- conditions, in order: each returns the miss where it fails --------------------------------

    def _needs(self, site: Site, frame: Frame) -> Miss | None:
        """Ask for one of the slots that a frame needs, or for what stands for it.

        What is said may stand beside the verb; several do among themselves what one does "with"
        another.
        """
        needs = frame.needs
        if not needs or any(self.slots.heads(name, site) for name in needs):
            return None
        if "with" in needs and self._among_themselves(site.trigger, frame):
            return None
        if ("clause" in needs or "about" in needs) and self._reports_elsewhere(site.trigger):
            return None
        return _miss(site, frame, "needs", needs)

    def _told_to(self, site: Site, frame: Frame) -> Miss | None:
        """Ask a verb of getting somebody to act for whom it gets to ("told Peru to leave")."""
        if _TOLD_TO.isdisjoint(frame.needs) or "object" not in frame.slots.get("target", ()):
            return None
        if site.trigger.pos_ not in VERBS or self.syntax.object(site.trigger):
            return None
        return _miss(site, frame, "needs", ("object",))

    def _without(self, site: Site, frame: Frame) -> Miss | None:
        """Refuse a frame one of whose slots must be empty and is not."""
        for name in frame.without:
            if heads := self.slots.heads(name, site):
                return _miss(site, frame, "without", (name,), [heads[0].text])
        return None

    def _among_themselves(self, verb: Token, frame: Frame) -> bool:
        """Return whether several do together what one does with another ("A and B dined")."""
        symmetric = self.index.relations[frame.relation].symmetric
        if not symmetric or verb.pos_ not in VERBS or "subject" not in frame.slots["agent"]:
            return False
        subject = self.syntax.subject(verb)
        return sum(len(self.syntax.conjuncts(head)) for head in subject) > 1

    def _reports_elsewhere(self, verb: Token) -> bool:
        """Return whether what is said stands beside the verb: in quotes, or before ", he said"."""
        if verb.i in self.slots.quoting or verb.dep_ in self.syntax.labels.parenthetical:
            return True
        return closes_sentence(self.chart, verb) is not None


Condition = Callable[[Matcher, Site, Frame], Miss | None]
CONDITIONS: tuple[Condition, ...] = (Matcher._needs, Matcher._told_to, Matcher._without)
"""What a frame asks for beside its words."""


def _miss(
    site: Site,
    frame: Frame,
    condition: str,
    wanted: tuple[str, ...],
    got: list[str] | tuple[str, ...] = (),
) -> Miss:
    return Miss(site=site, frame=frame, condition=condition, wanted=wanted, got=tuple(got))
