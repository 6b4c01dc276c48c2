"""Fill the roles of one frame: agent, target, topic (`about`) and place (`where`).

Each filler keeps the slot, head word and rule by which it was found. On request, rejected
candidates are recorded too, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.extract.acts.drafts import Candidate, Draft, Filler, Miss, Site
from kg.extract.acts.roles import VAGUE, Filled, Roles, Trial, either, filler_of, lose, unless
from kg.extract.acts.slots import VERBS, Slots
from kg.extract.discourse import Referent
from kg.extract.spans.quotations import closes_sentence
from kg.ontology import Frame, Relation
from kg.ontology.slots import REST

WHERE = ("in", "at")
_JOINTLY = frozenset({"together", "along", "jointly", "alongside"})
# Names inside phrases in these slots are no topics.
_BARE = frozenset({"subject", "possessor", "modifier"})
_OUTLETS = ("MediaOutlet",)
_THINGS = ("Event", "Agreement", "Place")
_PEOPLE = ("Person",)
_SEVERAL = ("Group", "IntergovernmentalOrganization")


class Filling:
    """Fills the roles of frames in one article."""

    def __init__(self, slots: Slots) -> None:
        """Take the slots of an article, and through them its parse and its coreference."""
        self.slots = slots
        self.references = slots.references
        self.roles = Roles(slots)
        self.nouns = self.roles.nouns
        self.chart = slots.chart
        self.syntax = slots.syntax

    def fill(
        self, site: Site, frame: Frame, relation: Relation, *, bonus: float, keep: bool
    ) -> Draft | Miss:
        """Return the draft of a frame that matches, or a miss with the condition that failed.

        Args:
            site: where the frame is tried.
            frame: the frame.
            relation: the relation that it expresses.
            bonus: points added to the score for how specific the frame's trigger is.
            keep: record rejected candidates.
        """
        slots = _slots(frame, site)
        lost: list[Candidate] | None = [] if keep else None
        trial = Trial(site=site, frame=frame, relation=relation, slots=slots, lost=lost)
        found = self._filled(trial)
        tried = tuple(lost or ())
        if isinstance(found, Draft):
            found_more = 0.5 * bool(found.targets) + 0.25 * bool(found.about)
            return replace(found, score=found.score + found_more + bonus, tried=tried)
        condition, wanted = found
        return Miss(frame=frame, site=site, condition=condition, wanted=wanted, tried=tried)

    def _filled(self, trial: Trial) -> Draft | tuple[str, tuple[str, ...]]:
        """Return the draft, or the name of the failed condition and the slots that it requires."""
        relation = trial.relation
        first = self._agents(trial)
        if not first.fillers:
            return "agent", trial.slots["agent"]
        targets = self._targets(trial)
        agents = self._with_company(trial, first.fillers)
        taken = {f.referent for f in agents}
        targets = self._new(trial, targets, taken, "it is the agent already")
        inside, outside = self._apart(trial, targets)
        if not inside and self._other_sense(trial, [f.referent for f in outside]):
            return "pointless", ("object",)
        taken |= {f.referent for f in inside}
        topics = [*outside, *self._topics(trial)]
        topics = _each_once(self._new(trial, topics, taken, "it has another role already"))
        sites = [] if targets or "Place" not in relation.range else self._sites(trial)
        draft = Draft(
            frame=trial.frame,
            relation=relation,
            site=trial.site,
            fillers=(*agents, *inside, *topics, *_each_once([*self._where(trial), *sites])),
            phrase=first.phrase,
            score=0.2 if first.number == 0 else 0.0,
        )
        if not sites:
            draft = self._with_object(draft)
            if self._pointless(draft):
                return "pointless", trial.slots.get("target", ("object",))
        draft = self._without_undone(trial, draft)
        if not (draft.targets or draft.about or sites or relation.topical):
            draft = draft.filled("about", self._rest_of(draft))
        if relation.symmetric and not relation.topical and not self._parties(draft):
            return "parties", ()
        return draft

    # -- agents, targets ---------------------------------------------------------------------------

    def _agents(self, trial: Trial) -> Filled:
        """Return the agents: from the agent slots, else those who "began" or "claimed" the act."""
        kinds = trial.relation.domain
        found = self.roles.fill(trial, "agent", kinds)
        if found.fillers:
            return found
        performers = self.nouns.performers(trial.site.trigger, kinds)
        return Filled(fillers=tuple(filler_of("agent", "", "performer", r) for r in performers))

    def _with_company(self, trial: Trial, agents: tuple[Filler, ...]) -> tuple[Filler, ...]:
        """Add agents named by "together with ...", except in symmetric relations.

        There the phrase after "with" is the other party, which is a target.
        """
        if trial.relation.symmetric:
            return agents
        heads = [
            head
            for name, head in self.syntax.prepositions(trial.site.verb)
            if name == "with" and head.left_edge.i
            if self.chart.doc[head.left_edge.i - 1].lower_ in _JOINTLY
        ]
        if not heads:
            return agents
        known = {f.referent for f in agents}
        beside = (
            filler_of("agent", "", "beside", r)
            for r in self.references.denoted(heads)
            if self.references.fits(r.referent, trial.relation.domain) and r.referent not in known
        )
        return (*agents, *beside)

    def _targets(self, trial: Trial) -> list[Filler]:
        """Return the targets, before their class is checked."""
        found = self.roles.fill(trial, "target", (), whole=trial.relation.symmetric).fillers
        return unless(trial, found, self.references.vague, VAGUE)

    def _apart(self, trial: Trial, targets: Iterable[Filler]) -> tuple[list[Filler], list[Filler]]:
        """Return the targets whose class the relation allows, and the others as topics."""
        kinds = trial.relation.range
        inside: list[Filler] = []
        outside: list[Filler] = []
        for filler in targets:
            if self.references.fits(filler.referent, kinds):
                inside.append(filler)
            else:
                outside.append(filler.as_role("about"))
                lose(trial, filler, f"it is no {either(kinds)}, so the act is about it")
        return inside, outside

    def _other_sense(self, trial: Trial, objects: Sequence[Referent]) -> bool:
        """Return whether the class of the object shows that the verb has another sense here.

        True for a verb whose target is a person but whose objects are all events, agreements or
        places ("promoted talks", "dismissed the meeting"), and for a verb of going whose
        destination is an agreement ("returned to the treaty"). Such limits on the class of an
        object are selectional restrictions (Resnik 1996).
        """
        trigger, kinds = trial.site.trigger, trial.relation.range
        if trigger.pos_ not in VERBS:
            return False
        is_a = self.chart.is_a
        if trial.relation.symmetric and trial.relation.topical and trial.frame.verb:
            signed = self.syntax.object(trigger)
            named = [r.referent for r in self.references.denoted(signed)]
            if named and all(is_a(r, _PEOPLE) for r in named):
                return True  # "signed the striker Juan Perez"
        if objects and {"Place", "Event"} & {*kinds} and not self.syntax.object(trigger):
            return all(is_a(r, ("Agreement",)) for r in objects)
        return (
            _aimed(trial.slots) and kinds == ("Person",) and all(is_a(r, _THINGS) for r in objects)
        )

    # -- topics ------------------------------------------------------------------------------------

    def _topics(self, trial: Trial) -> list[Filler]:
        """Return the topics from the `about` slots of the frame.

        Names inside a clause, or inside a phrase whose head is no mention, count as topics too.
        """
        found: list[Filler] = []
        for name in trial.slots.get("about", ()):
            if name == REST:
                found += self._named_elsewhere(trial.site, name)
                continue
            heads = self.slots.heads(name, trial.site)
            found += [filler_of("about", name, "slot", r) for r in self.references.denoted(heads)]
            if name not in _BARE:
                mention = self.chart.mention
                loose = [h for h in heads if name == "clause" or mention(h) is None]
                within = self.references.inside(loose, named=True)
                found += [filler_of("about", name, "inside", r) for r in within]
        return found

    def _with_object(self, draft: Draft) -> Draft:
        """Give an empty draft of a topical relation the names in its object as topics."""
        if not draft.relation.topical or not self._empty(draft):
            return draft
        objects = self.syntax.object(draft.trigger)
        agents = draft.agents
        found = [
            filler_of("about", "object", "inside", r)
            for r in self.references.inside(objects, named=True)
            if r.referent not in agents
        ]
        return draft.filled("about", found) if found else draft

    @staticmethod
    def _empty(draft: Draft) -> bool:
        """Return whether a draft that needs a target or topic has none."""
        if draft.relation.reports or draft.targets or draft.about:
            return False
        return not (draft.relation.symmetric and len(draft.agents) > 1)

    def _pointless(self, draft: Draft) -> bool:
        """Return whether a draft lacks the target that its frame or its object calls for.

        Then the verb has another sense here ("went to great lengths"), or acts on nobody known.
        """
        if not self._empty(draft):
            return False
        objects = self.syntax.object(draft.trigger)
        if draft.relation.topical:
            return any(t.pos_ == "PRON" for t in objects)
        slots, verbal = draft.frame.slots, draft.trigger.pos_ in VERBS
        needs = draft.frame.needs
        if needs and {*slots.get("target", ())}.issuperset(needs) and not draft.where:
            return verbal  # "went to great lengths"
        return _aimed(slots) and verbal and bool(objects)

    def _without_undone(self, trial: Trial, draft: Draft) -> Draft:
        """Drop topics that are to end: who "supports an end to war" does not support war."""
        topics = draft.of("about")
        if not draft.relation.judges or not topics:
            return draft
        undone = {r.referent for r in self.nouns.undone(draft.trigger)}
        if not undone:
            return draft
        why = "it is to be undone, and no topic"
        return draft.filled("about", unless(trial, topics, undone.__contains__, why))

    def _rest_of(self, draft: Draft) -> list[Filler]:
        """Return everything else that the clause names, as topics of a draft that has none."""
        syntax, verb = self.syntax, draft.anchor
        purposes = syntax.purposes(verb)
        aside = [c for c in syntax.children(verb, syntax.labels.adverbial) if c not in purposes]
        known = {*draft.agents, *draft.where}
        known |= {r.referent for r in self.references.inside(aside)}
        return [
            f
            for f in self._named_elsewhere(draft.site, "")
            if f.referent not in known and not self.chart.is_a(f.referent, _OUTLETS)
        ]

    def _named_elsewhere(self, site: Site, slot: str) -> list[Filler]:
        """Return everything that the clause of an act names outside its subject, as topics."""
        found = self.references.among(sorted(self.clause(site)), named=True)
        return [filler_of("about", slot, "rest", r) for r in found]

    def clause(self, site: Site) -> set[int]:
        """Return the token numbers of an act's clause, without subject and coordinated clauses.

        The clause around ", he said," belongs to it; the complement of a preposition that is the
        trigger ("according to Kenya") does not.
        """
        syntax, labels, trigger, verb = self.syntax, self.syntax.labels, site.trigger, site.verb
        if trigger.dep_ in {"case", "prep"}:
            inside = {t.i for c in syntax.complement(trigger) for t in c.subtree}
            return {t.i for t in syntax.clause_of(trigger.head).subtree} - inside
        cells = {t.i for t in verb.subtree}
        for subject in syntax.children(verb, labels.subject):
            cells -= {t.i for t in subject.subtree}
        if verb.dep_ in labels.parenthetical:
            cells |= {t.i for t in verb.head.subtree} - {t.i for t in verb.subtree}
        if before := closes_sentence(self.chart, verb):
            cells |= set(range(before[0], before[1] + 1))
        for child in verb.children:
            if child.dep_ == "conj" and child.pos_ in VERBS:
                cells -= {t.i for t in child.subtree}
        return cells.difference(syntax.dateline(verb))

    # -- where -------------------------------------------------------------------------------------

    def _where(self, trial: Trial) -> list[Filler]:
        """Return the places from the `where` slots of the frame, by default "in" and "at"."""
        names = trial.slots.get("where", WHERE)
        phrases = [(name, self.slots.heads(name, trial.site)) for name in names]
        ways = (("slot", self.nouns.places), ("located", self.nouns.located))
        found = [
            filler_of("where", name, rule, reference)
            for rule, places in ways
            for name, heads in phrases
            if heads
            for reference in places(heads)
        ]
        if trial.lost is not None:
            places = {f.referent for f in found}
            for name, heads in phrases:
                self.roles.note(trial, "where", name, heads, "it is no place", places)
        return found

    def _sites(self, trial: Trial) -> list[Filler]:
        """Return the places where the target object is ("blew up a bridge in Tacna")."""
        return [
            filler_of("where", name, "site", reference)
            for name in trial.slots.get("target", ())
            for reference in self.nouns.sites(self.slots.heads(name, trial.site))
        ]

    # -- parties -----------------------------------------------------------------------------------

    def _parties(self, draft: Draft) -> bool:
        """Return whether a symmetric relation has two parties, or one plural party."""
        parties = {*draft.agents, *draft.targets}
        # "a NATO summit" does not say that NATO meets somebody
        several = _SEVERAL[:1] if draft.anchor.pos_ == "NOUN" else _SEVERAL
        return len(parties) > 1 or any(p.plural or self.chart.is_a(p, several) for p in parties)

    # -- rejected candidates -----------------------------------------------------------------------

    def _new(
        self, trial: Trial, fillers: Iterable[Filler], taken: Iterable[Referent], why: str
    ) -> list[Filler]:
        """Return the fillers whose referents are not in `taken`."""
        return unless(trial, fillers, {*taken}.__contains__, why)


def _slots(frame: Frame, site: Site) -> Mapping[str, tuple[str, ...]]:
    """Return the slots of a frame by role; with a support verb, its subject is tried first."""
    if site.support is None:
        return frame.slots
    return {**frame.slots, "agent": ("subject", *frame.slots["agent"])}


def _aimed(slots: Mapping[str, tuple[str, ...]]) -> bool:
    """Return whether the object slot gives a target and no topic."""
    return "object" in slots.get("target", ()) and "object" not in slots.get("about", ())


def _each_once(fillers: Iterable[Filler]) -> list[Filler]:
    """Return the first filler of each referent."""
    found: dict[Referent, Filler] = {}
    for filler in fillers:
        found.setdefault(filler.referent, filler)
    return list(found.values())
