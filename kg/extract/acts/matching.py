"""Frames of the relation cards matched on the parse: who does what to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract import lexicon
from kg.extract.acts.filling import VERBS, Slots
from kg.extract.acts.frames import Draft, FrameIndex, Miss
from kg.extract.coreference.pronouns import Resolver
from kg.extract.discourse import Chart, Referent
from kg.extract.spans.quotations import Quotation, closes_sentence
from kg.ontology import Frame
from kg.parsing.tokens import Token

_WHERE = ("in", "at")
# Slots in which a thing stands for its owner.
_JOINTLY = frozenset({"together", "along", "jointly", "alongside"})
_OWNED = frozenset({"object", "with", "to", "on", "against", "for", "into", "at", "over", "from"})


class Matcher(Slots):
    """Matches frames in one article."""

    def __init__(
        self, chart: Chart, resolver: Resolver, index: FrameIndex, quoted: Sequence[Quotation] = ()
    ) -> None:
        """Start without misses."""
        super().__init__(chart, resolver, index, quoted)
        self.misses: list[Miss] = []

    def drafts(self) -> list[Draft]:
        """Return the best reading of every trigger, in text order."""
        used: set[int] = set()
        found: list[Draft] = []
        tokens = sorted(self.chart.doc, key=lambda t: (t.pos_ not in VERBS, t.i))
        for token in tokens:
            if token.i in used or self.chart.at[token.i] is not None:
                continue
            readings = self.readings(token)
            if not readings:
                continue
            best, others = readings[0], readings[1:]
            best.rivals, best.lead = (
                len(others),
                best.score - max((d.score for d in others), default=0),
            )
            for noun in self._consumed(best):
                used.add(noun.i)
            found.append(best)
        return sorted(found, key=lambda d: d.trigger.i)

    def readings(self, token: Token) -> list[Draft]:
        """Return the readings of a trigger, the best first; `misses` has the frames that fail."""
        found = [d for pair in self.index.frames(token) for d in self._read(token, *pair)]
        return sorted(found, key=lambda d: (d.score, d.relation.name), reverse=True)

    def _consumed(self, draft: Draft) -> Iterator[Token]:
        if draft.frame.object:
            yield from self.syntax.object(draft.trigger)
        if draft.noun is not None:
            yield draft.noun

    def _read(self, token: Token, frame: Frame, particle: str) -> Iterator[Draft]:
        if particle and particle not in self.syntax.particles(token):
            self._miss(token, frame, "particle", particle)
            return
        noun = support = None
        if frame.object:
            heads = [h for t in self.syntax.object(token) if (h := self.headed(t, frame.object))]
            if not heads:
                self._miss(token, frame, "object", *frame.object)
                return
            noun = heads[0]
        if token.pos_ == "NOUN":
            support = self._support(token, frame)
        if frame.needs and not any(self.slot(n, token, support, noun) for n in frame.needs):
            told = "clause" in frame.needs or "about" in frame.needs
            mutual = "with" in frame.needs and self._among_themselves(token, frame)
            if not mutual and (not told or not self._reports_elsewhere(token)):
                self._miss(token, frame, "needs", *frame.needs)
                return
        told_to = {"infinitive", "purpose"} & set(frame.needs) and "object" in frame.slots.get(
            "target", ()
        )
        if told_to and token.pos_ in VERBS and not self.syntax.object(token):
            self._miss(token, frame, "needs", "object")
            return
        if any(self.slot(n, token, support, noun) for n in frame.without):
            self._miss(token, frame, "without", *frame.without)
            return
        draft = self._fill(token, frame, support, noun)
        if draft is not None:
            draft.score += 2.0 * bool(particle) + 2.0 * bool(frame.object) + 1.0 * bool(frame.needs)
            yield draft

    def _miss(self, token: Token, frame: Frame, condition: str, *values: str) -> None:
        """Remember on which condition a frame fails."""
        self.misses.append(Miss(trigger=token, frame=frame, condition=condition, values=values))

    def _among_themselves(self, verb: Token, frame: Frame) -> bool:
        """Return whether several do together what one does with another ("A and B dined")."""
        symmetric = self.index.relations[frame.relation].symmetric
        if not symmetric or verb.pos_ not in VERBS or "subject" not in frame.slots["agent"]:
            return False
        subject = self.syntax.subject(verb)
        return sum(len(self.syntax.conjuncts(head)) for head in subject) > 1

    def _reports_elsewhere(self, verb: Token) -> bool:
        """Return whether what is said stands beside the verb: in quotes, or before ", he said"."""
        if verb.i in self.quoting or verb.dep_ in self.syntax.labels.parenthetical:
            return True
        return closes_sentence(self.chart, verb) is not None

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

    def _fill(
        self, token: Token, frame: Frame, support: Token | None, noun: Token | None
    ) -> Draft | None:
        relation = self.index.relations[frame.relation]
        slots = self._slots(frame, support)
        agents, how = self._role(slots["agent"], token, support, noun, relation.domain)
        if not agents:
            agents = self.performers(token, relation.domain)
        if not agents:
            self._miss(token, frame, "agent", *slots["agent"])
            return None
        draft = Draft(frame=frame, relation=relation, trigger=token, support=support, agents=agents)
        draft.noun = noun
        draft.score += 0.2 if how == 0 else 0.0
        targets, _ = self._role(
            slots.get("target", ()), token, support, noun, (), whole=relation.symmetric
        )
        if not relation.symmetric:
            beside = [r for r in self._beside(support or token) if self.fits(r, relation.domain)]
            agents.extend(r for r in beside if r not in agents)
        targets = [t for t in targets if t not in agents and not self.vague(t)]
        inside = [t for t in targets if self.fits(t, relation.range)]
        outside = [t for t in targets if t not in inside]
        if not inside and self._other_sense(draft, slots, outside):
            self._miss(token, frame, "pointless", "object")
            return None
        draft.targets = inside
        draft.about = outside + self._about(slots.get("about", ()), token, support, noun)
        draft.where = self._where(slots.get("where", _WHERE), token, support, noun)
        draft.about = [
            r
            for r in dict.fromkeys(draft.about)
            if r not in draft.agents and r not in draft.targets
        ]
        sites: list[Referent] = []
        if not targets and "Place" in relation.range:
            goals = slots.get("target", ())
            sites = self.sites([t for n in goals for t in self.slot(n, token, support, noun)])
        draft.where += [r for r in sites if r not in draft.where]
        if not sites and self._pointless(draft):
            self._miss(token, frame, "pointless", *slots.get("target", ("object",)))
            return None
        if relation.judges and draft.about and (undone := self._undone(token)):
            draft.about = [r for r in draft.about if r not in undone]
        if not (draft.targets or draft.about or sites or relation.topical):
            draft.about = self._rest_of(draft)
        mutual = relation.symmetric and not relation.topical
        if mutual and not self._parties(draft):
            self._miss(token, frame, "parties")
            return None
        draft.score += 0.5 * bool(draft.targets) + 0.25 * bool(draft.about)
        return draft

    @staticmethod
    def _slots(frame: Frame, support: Token | None) -> dict[str, tuple[str, ...]]:
        """Return the slots of a frame by role; a support verb's subject is the agent."""
        slots = dict(frame.slots)
        if support is not None:
            slots["agent"] = ("subject", *slots["agent"])
        return slots

    def fillers(self, draft: Draft, role: str) -> dict[Referent, str]:
        """Return by which slot each referent that may fill a role came in."""
        slots = self._slots(draft.frame, draft.support)
        place = draft.trigger, draft.support, draft.noun
        found: dict[Referent, str] = {}
        for name in slots.get(role, _WHERE if role == "where" else ()):
            kinds = draft.relation.domain if role == "agent" else ()
            referents = self._about((name,), *place) if role == "about" else []
            referents = referents or self._role((name,), *place, kinds)[0]
            found |= {r: name for r in referents if r not in found}
        if role == "about":  # what cannot be a target is what the act is about
            found = self.fillers(draft, "target") | found
        return found

    def _undone(self, verb: Token) -> list[Referent]:
        """Return what is undone by what somebody is for or against ("an end of the war")."""
        nouns = [t for t in self.syntax.object(verb) if t.lemma_.lower() in lexicon.UNDOING]
        heads = [h for t in nouns for name, h in self.syntax.prepositions(t) if name != "by"]
        return self.inside(heads)

    def _rest_of(self, draft: Draft) -> list[Referent]:
        """Return who and what else the clause names, where no slot is filled."""
        outlets = ("MediaOutlet",)
        verb = draft.anchor
        found = self._rest(draft.trigger, draft.support)
        aside = [
            c
            for c in self.syntax.children(verb, self.syntax.labels.adverbial)
            if c not in self.syntax.purposes(verb)
        ]
        elsewhere = self.inside(aside)
        found = [r for r in found if r not in elsewhere]
        known = [*draft.agents, *draft.where]
        return [r for r in found if r not in known and not self.chart.is_a(r, outlets)]

    def _parties(self, draft: Draft) -> bool:
        """Return whether a mutual act has two parties, or one that is several itself."""
        parties = {*draft.agents, *draft.targets}
        several: tuple[str, ...] = ("Group", "IntergovernmentalOrganization")
        if draft.anchor.pos_ == "NOUN":
            several = ("Group",)  # "a NATO summit" does not tell that NATO meets
        return len(parties) > 1 or any(p.plural or self.chart.is_a(p, several) for p in parties)

    def _other_sense(
        self, draft: Draft, slots: dict[str, tuple[str, ...]], objects: Sequence[Referent]
    ) -> bool:
        """Return whether a verb of dealing with people has an event or a text for its object.

        "Promoted talks", "dismissed the meeting" (selectional restriction; Resnik 1996). Nobody
        goes to a text either ("returned to the treaty").
        """
        goal = bool(objects) and draft.trigger.pos_ in VERBS
        goal = goal and bool({"Place", "Event"} & {*draft.relation.range})
        if goal and not self.syntax.object(draft.trigger):
            return all(self.chart.is_a(r, ("Agreement",)) for r in objects)
        aimed = "object" in slots.get("target", ()) and "object" not in slots.get("about", ())
        personal = aimed and draft.trigger.pos_ in VERBS and draft.relation.range == ("Person",)
        return personal and all(
            self.chart.is_a(r, ("Event", "Agreement", "Place")) for r in objects
        )

    def _pointless(self, draft: Draft) -> bool:
        """Return whether the object, which the act should be directed at, cannot be acted on."""
        if draft.relation.reports or draft.targets or draft.about:
            return False
        if draft.relation.symmetric and len(draft.agents) > 1:
            return False
        objects = self.syntax.object(draft.trigger)
        if draft.relation.topical:
            draft.about = [r for r in self.inside(objects, named=True) if r not in draft.agents]
            return not draft.about and any(t.pos_ == "PRON" for t in objects)
        slots = draft.frame.slots
        goals = set(slots.get("target", ()))
        if draft.frame.needs and goals.issuperset(draft.frame.needs) and not draft.where:
            return draft.trigger.pos_ in VERBS  # "went to great lengths"
        aimed = "object" in slots.get("target", ()) and "object" not in slots.get("about", ())
        return aimed and draft.trigger.pos_ in VERBS and bool(objects)

    def _role(
        self,
        slots: Sequence[str],
        token: Token,
        support: Token | None,
        noun: Token | None,
        kinds: tuple[str, ...],
        *,
        whole: bool = False,
    ) -> tuple[list[Referent], int]:
        """Return the referents of the first slot that gives any, and the number of that slot.

        A thing stands for its owner, but as the object of what is done mutually where `whole` is
        set: who meets "the Peruvian target" does not meet Peru.
        """
        for number, name in enumerate(slots):
            heads = self.slot(name, token, support, noun)
            found = [r for r in self.referents(heads) if self.fits(r, kinds)]
            if not found and name in {"subject", "complement"}:
                found = [r for h in heads for r in self.authors(h) if self.fits(r, kinds)]
            if not found and not heads and name == "subject" and self.syntax.is_passive(token):
                found = [r for r in self._in_writing(token) if self.fits(r, kinds)]
            if not found and name == "subject":
                deeds = [h for h in heads if h.lemma_.lower() in lexicon.DEEDS]
                found = self.doers(deeds, kinds)
            owned = name in _OWNED and not (whole and name == "object")
            if all(self.vague(r) for r in found) and heads and owned:
                found = self.possessed(heads, kinds) or found
            if found:
                return found, number
        return [], -1

    def _beside(self, verb: Token) -> list[Referent]:
        """Return who does something "together with" the subject."""
        heads = [
            head
            for name, head in self.syntax.prepositions(verb)
            if name == "with" and head.left_edge.i
            if self.chart.doc[head.left_edge.i - 1].lower_ in _JOINTLY
        ]
        return self.referents(heads)

    def _in_writing(self, verb: Token) -> list[Referent]:
        """Return by whose document something is done: "condemned in a statement by Peru"."""
        documents = [head for name, head in self.syntax.prepositions(verb) if name == "in"]
        return [r for document in documents for r in self.authors(document)]

    def _about(
        self, slots: Sequence[str], token: Token, support: Token | None, noun: Token | None
    ) -> list[Referent]:
        found: list[Referent] = []
        for name in slots:
            if name == "rest":
                found.extend(self._rest(token, support))
                continue
            heads = self.slot(name, token, support, noun)
            direct = self.referents(heads)
            found.extend(direct)
            if name not in {"subject", "possessor", "modifier"}:
                loose = [h for h in heads if self.chart.mention(h) is None or name == "clause"]
                found.extend(self.inside(loose, named=True))
        return list(dict.fromkeys(found))

    def _rest(self, token: Token, support: Token | None) -> list[Referent]:
        verb = support or token
        if token.dep_ in {"case", "prep"}:
            inside = {t.i for c in self.syntax.complement(token) for t in c.subtree}
            clause = self.syntax.clause_of(token.head)
            return self.among(sorted({t.i for t in clause.subtree} - inside), named=True)
        cells = {t.i for t in verb.subtree}
        for subject in self.syntax.children(verb, self.syntax.labels.subject):
            cells -= {t.i for t in subject.subtree}
        if verb.dep_ in self.syntax.labels.parenthetical:
            cells |= {t.i for t in verb.head.subtree} - {t.i for t in verb.subtree}
        before = closes_sentence(self.chart, verb)
        if before is not None:
            cells |= set(range(before[0], before[1] + 1))
        for child in verb.children:
            if child.dep_ == "conj" and child.pos_ in VERBS:
                cells -= {t.i for t in child.subtree}
        return self.among(sorted(cells), named=True)

    def _where(
        self, slots: Sequence[str], token: Token, support: Token | None, noun: Token | None
    ) -> list[Referent]:
        return self.whereabouts([t for n in slots for t in self.slot(n, token, support, noun)])
