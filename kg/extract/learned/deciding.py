"""Decide with the scorers which acts an article tells, beside what the frames found.

A word tells an act if the scorer says so; who does it to whom is the likeliest assignment of the
phrases of its sentence that the relation allows. Where a frame of that relation matched at the
word, the statement keeps the frame with its agents, and its other fillers beside those that are
added. Frames of
relations that the scorers have never seen decide as before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kg.extract.acts.drafts import Draft, Filler, Site
from kg.extract.acts.filling import Filling
from kg.extract.acts.passes import Passed
from kg.extract.coreference.references import Reference
from kg.extract.discourse import Place, Referent
from kg.extract.learned.inputs import Floats, Inputs, Pairs
from kg.extract.learned.network import Fit, Scorers
from kg.ontology import LEARNED, Frame, Relation
from kg.ontology.slots import REST
from kg.parsing.threads import one_thread
from kg.parsing.tokens import Token

# Chosen on a quarter of the annotated articles that took no part in training; see training/README.
ACT = 0.6  # probability that a word tells any act
RULED = 0.2  # the same where a frame matched and the passes kept it
AGENT = 0.5  # probability of the likeliest agent
TARGET = 0.3  # probability of the likeliest target
TOPIC = 0.2  # probability of a topic that is a name or a known description
NEW_TOPIC = 0.4  # probability of a topic that is no mention yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What the scorers decided about one trigger.

    Attributes:
        trigger: token number of the trigger.
        probability: that the word tells an act.
        relations: the likeliest relations with their probabilities, best first.
    """

    trigger: int
    probability: float
    relations: tuple[tuple[str, float], ...]


class Decider:
    """Decides about the acts of one article."""

    def __init__(self, scorers: Scorers, inputs: Inputs, filling: Filling) -> None:
        """Score all words.

        Args:
            scorers: the trained scorers.
            inputs: what they see of the article.
            filling: finds places and checks classes.
        """
        self.scorers = scorers
        self.inputs = inputs
        self.filling = filling
        self.references = inputs.references
        self.chart = inputs.chart
        self.relations: Mapping[str, Relation] = filling.slots.index.relations
        with one_thread():
            self.states = scorers.states(inputs.words)
            self.probabilities = scorers.relations(self.states, inputs.words)
        self.made: dict[int, Reference] = {}

    def drafts(self, passed: Passed) -> list[Draft]:
        """Return the drafts of the article, in text order.

        Args:
            passed: the drafts of the frames after the passes.
        """
        kept = {draft.trigger.i: draft for draft in passed.kept}
        ruled = kept | {d.draft.trigger.i: d.draft for d in passed.dropped}
        names = self.scorers.alphabet.relations
        acting = 1 - self.probabilities[:, self.scorers.none]
        unseen = {at for at, draft in kept.items() if draft.relation.name not in names}
        found = {at: draft for at, draft in kept.items() if at in unseen or acting[at] >= RULED}
        for at in np.flatnonzero(acting >= ACT).tolist():
            token = self.chart.doc[at]
            if at in unseen or not self.inputs.may_trigger(token):
                continue
            number = int(self.probabilities[at, : self.scorers.none].argmax())
            relation = self.relations.get(names[number])
            if relation is None:
                continue
            draft = self._draft(token, relation, number, ruled.get(at))
            if draft is not None:
                found[at] = draft
        return [found[at] for at in sorted(found)]

    def decided(self, trigger: Token, most: int = 3) -> Decided:
        """Return what was decided about a word, with the `most` likeliest relations."""
        row = self.probabilities[trigger.i]
        best = np.argsort(-row[: self.scorers.none], kind="stable")[:most]
        names = self.scorers.alphabet.relations
        return Decided(
            trigger=trigger.i,
            probability=float(1 - row[self.scorers.none]),
            relations=tuple((names[n], float(row[n])) for n in best.tolist()),
        )

    def fit(self, pairs: Pairs, relation: int) -> Fit:
        """Return how well the phrases of a trigger fill the roles of a relation."""
        with one_thread():
            return self.scorers.fit(self.states, pairs, relation)

    # -- one draft ---------------------------------------------------------------------------------

    def _draft(
        self, trigger: Token, relation: Relation, number: int, ruled: Draft | None
    ) -> Draft | None:
        """Return the draft of an act, None if nobody can be its agent."""
        same = ruled if ruled is not None and ruled.relation.name == relation.name else None
        pairs = self.inputs.pairs(trigger)
        if not pairs.phrases:
            return same
        fit = self.fit(pairs, number)
        agents, phrase = self._best(pairs, fit.agent, "agent", relation.domain, AGENT)
        if not agents:
            return same
        taken = {f.referent for f in agents}
        targets, _ = self._best(pairs, fit.target, "target", (), TARGET)
        targets = [f for f in targets if f.referent not in taken]
        fits = self.references.fits
        inside = [f for f in targets if fits(f.referent, relation.range)]
        outside = [f.as_role("about") for f in targets if not fits(f.referent, relation.range)]
        taken |= {f.referent for f in inside}
        topics = [*outside, *self._topics(pairs, fit)]
        topics = list({f.referent: f for f in reversed(topics) if f.referent not in taken}.values())
        fillers = [*agents, *inside, *reversed(topics)]
        site = same.site if same is not None else Site(trigger=trigger)
        frame = same.frame if same is not None else _frame(relation)
        places = same.of("where") if same is not None else self.filling.places(site, frame)
        known = {f.referent for f in fillers}
        score = float(self.probabilities[trigger.i, number])
        draft = Draft(
            frame=frame,
            relation=relation,
            site=site,
            fillers=(*fillers, *(p for p in places if p.referent not in known)),
            phrase=phrase,
            score=score,
            lead=score,
        )
        return _agreed(draft, same)

    def _best(
        self, pairs: Pairs, chances: Floats, role: str, kinds: tuple[str, ...], least: float
    ) -> tuple[list[Filler], Token | None]:
        """Return the likeliest phrase of a role whose referents fit, with its conjuncts."""
        for at in np.argsort(-chances[:-1], kind="stable").tolist():
            if chances[at] < least:
                break
            phrase = pairs.phrases[at]
            found = [
                _filler(role, r, float(chances[at]))
                for r in self._denoted(phrase, role)
                if self.references.fits(r.referent, kinds)
            ]
            if found:
                return found, phrase
        return [], None

    def _topics(self, pairs: Pairs, fit: Fit) -> list[Filler]:
        found: list[Filler] = []
        for at, phrase in enumerate(pairs.phrases):
            chance = float(fit.about[at])
            if chance >= (TOPIC if phrase.i in self.inputs.meanings else NEW_TOPIC):
                found += [_filler("about", r, chance) for r in self.one(phrase)]
        return found

    # -- referents ---------------------------------------------------------------------------------

    def _denoted(self, phrase: Token, role: str) -> list[Reference]:
        """Return the references of a phrase and of the phrases joined to it by "and"."""
        found = [r for member in self.references.members(phrase) for r in self.one(member)]
        return list({r.referent: r for r in reversed(found)}.values())[::-1]

    def one(self, phrase: Token) -> Sequence[Reference]:
        """Return the references of a phrase; a phrase that is no mention becomes one."""
        known = self.inputs.meanings.get(phrase.i)
        if known is not None:
            return known
        if phrase.i in self.made:
            return (self.made[phrase.i],)
        kind = self.scorers.kind(self.states, phrase)
        if not kind:
            return ()
        made = self._described(phrase, kind)
        self.made[phrase.i] = made
        return (made,)

    def _described(self, phrase: Token, kind: str) -> Reference:
        """Return the new referent of a noun phrase; phrases of the same words share one."""
        first = min([c.i for c in phrase.children if c.i < phrase.i and _modifies(c)] + [phrase.i])
        name = self.chart.text(first, phrase.i)
        for place in self.chart.mentions:
            same = place.how == "description" and place.referent.kind == kind
            if same and any(name.lower() == n.lower() for n in place.referent.names):
                referent = place.referent
                break
        else:
            plural = phrase.tag_ in {"NNS", "NNPS"}
            referent = Referent(kind=kind, names=[name], described=True, plural=plural, local=True)
        if self.chart.free(first, phrase.i):
            self.chart.add(
                Place(
                    first=first, last=phrase.i, head=phrase.i, referent=referent,
                    how="description", rule=LEARNED,
                )
            )  # fmt: skip
        return Reference(head=phrase, referent=referent)


_PREMODIFIERS = frozenset({"compound", "amod", "nummod", "flat"})


def _modifies(token: Token) -> bool:
    return token.dep_.partition(":")[0] in _PREMODIFIERS


def _filler(role: str, reference: Reference, chance: float) -> Filler:
    return Filler(
        role=role,
        referent=reference.referent,
        head=reference.head,
        rule=LEARNED,
        score=round(chance, 4),
    )


def _frame(relation: Relation) -> Frame:
    """Return a frame without triggers for an act that no frame of the relation found."""
    contents = [frame.content for frame in relation.frames]
    usual = max(set(contents), key=contents.count) if contents else ""
    slots = {"agent": ("subject",), "about": (REST,)} if relation.reports else {"agent": ()}
    return Frame(name=LEARNED, relation=relation.name, slots=slots, content=usual)


def _agreed(draft: Draft, same: Draft | None) -> Draft:
    """Return the draft with what the frame of the same relation says of its roles.

    The frame's agents stand, as they are right more often; its other fillers are added.
    """
    if same is None:
        return draft
    ruled = {(f.role, id(f.referent)): f for f in same.fillers}
    agents = same.of("agent")
    acting = {id(f.referent) for f in agents}
    others = [
        ruled.get((f.role, id(f.referent)), f)
        for f in draft.fillers
        if f.role != "agent" and id(f.referent) not in acting
    ]
    known = acting | {id(f.referent) for f in others}
    more = [f for f in same.fillers if id(f.referent) not in known]
    return replace(
        draft,
        fillers=(*agents, *others, *more),
        phrase=same.phrase,
        rivals=same.rivals,
        lead=same.lead,
        tried=same.tried,
    )
