"""Match the frames of the relation cards against the parse of an article."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.extract.acts import figures
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
    """The result of trying all frames of one trigger.

    Attributes:
        drafts: one for each frame that matches, highest score first.
        misses: one for each frame that does not match.
    """

    drafts: tuple[Draft, ...] = ()
    misses: tuple[Miss, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The result of trying all triggers of an article.

    Attributes:
        drafts: the draft with the highest score for each trigger, in text order.
        readings: all drafts and misses, by token number of the trigger; a noun that is the object
            of another act is not tried.
    """

    drafts: tuple[Draft, ...]
    readings: Mapping[int, Readings]


class Matcher:
    """Matches frames in one article."""

    def __init__(self, slots: Slots, *, keep: bool = False) -> None:
        """Take an article whose mentions have been found.

        Args:
            slots: finds the phrases in the slots of a trigger.
            keep: record rejected candidates.
        """
        self.slots = slots
        self.index: FrameIndex = slots.index
        self.filling = Filling(slots)
        self.chart = slots.chart
        self.syntax = slots.syntax
        self.keep = keep

    def matched(self) -> Matched:
        """Return the best draft of every trigger, and all that was tried; verbs come first."""
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
        """Return the drafts and misses of a trigger; `keep` defaults to that of the matcher."""
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
        """Yield the nouns that a draft uses up, so that they are not tried as triggers."""
        if draft.frame.object:
            yield from self.syntax.object(draft.trigger)
        if draft.noun is not None:
            yield draft.noun

    def _read(self, site: Site, frame: Frame, particle: str, *, keep: bool) -> Draft | Miss:
        """Return the draft of a frame at a trigger, or a miss with the condition that failed."""
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
        while noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
            noun = noun.head
        head = self.syntax.governor(noun)
        if head.pos_ not in VERBS or head.lemma_.lower() not in frame.light:
            return None
        return head if self.syntax.is_complement(noun) else None

    # -- conditions, in order: each returns a miss if it fails -------------------------------------

    def _needs(self, site: Site, frame: Frame) -> Miss | None:
        """Miss if all slots that the frame needs are empty.

        Two things replace a filled slot: a quotation or a clause before ", he said" replaces
        `clause` and `about`; a coordinated subject replaces `with` in a symmetric relation.
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
        """Miss if a verb of making somebody act has no object ("told Peru to leave" has one)."""
        if _TOLD_TO.isdisjoint(frame.needs) or "object" not in frame.slots.get("target", ()):
            return None
        if site.trigger.pos_ not in VERBS or self.syntax.object(site.trigger):
            return None
        return _miss(site, frame, "needs", ("object",))

    def _without(self, site: Site, frame: Frame) -> Miss | None:
        """Miss if a slot is filled that must be empty."""
        for name in frame.without:
            if heads := self.slots.heads(name, site):
                return _miss(site, frame, "without", (name,), [heads[0].text])
        return None

    def _figurative(self, site: Site, frame: Frame) -> Miss | None:
        """Miss if violence is only a figure of speech: "a charm offensive", "shot down the idea".

        See `kg.extract.acts.figures`.
        """
        if not self.index.relations[frame.relation].violent:
            return None
        word = figures.figurative(self.chart, site)
        return _miss(site, frame, "without", ("figure",), (word,)) if word else None

    def _among_themselves(self, verb: Token, frame: Frame) -> bool:
        """Return whether a coordinated subject gives both parties ("A and B dined")."""
        symmetric = self.index.relations[frame.relation].symmetric
        if not symmetric or verb.pos_ not in VERBS or "subject" not in frame.slots["agent"]:
            return False
        subject = self.syntax.subject(verb)
        return sum(len(self.syntax.conjuncts(head)) for head in subject) > 1

    def _reports_elsewhere(self, verb: Token) -> bool:
        """Return whether a quotation, or a clause before ", he said", gives what is said."""
        if verb.i in self.slots.quoting or verb.dep_ in self.syntax.labels.parenthetical:
            return True
        return closes_sentence(self.chart, verb) is not None


Condition = Callable[[Matcher, Site, Frame], Miss | None]
CONDITIONS: tuple[Condition, ...] = (
    Matcher._needs,
    Matcher._told_to,
    Matcher._without,
    Matcher._figurative,
)
"""Conditions of a frame beyond its trigger words, in the order in which they are checked."""


def _miss(
    site: Site,
    frame: Frame,
    condition: str,
    wanted: tuple[str, ...],
    got: list[str] | tuple[str, ...] = (),
) -> Miss:
    return Miss(site=site, frame=frame, condition=condition, wanted=wanted, got=tuple(got))
