"""Frames that nearly matched, and the condition on which each fails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from kg.extract.acts.frames import Draft, Miss
from kg.extract.explain.steps import NearMiss
from kg.extract.reading import Reading
from kg.ontology import TRIGGERS, Frame, Relation
from kg.parsing.tokens import Token

# The conditions in the order in which they are tried.
_ORDER = (
    "part-of-speech", "name", "particle", "object", "needs", "without", "agent", "pointless",
    "parties", "beaten", "consumed", "dropped",
)  # fmt: skip
_PARTS = {"verb": "VERB", "noun": "NOUN", "adjective": "ADJ", "preposition": "ADP"}
_PHRASES = ("subject", "object", "iobj", "possessor", "modifier", "clause", "purpose")


def of_relation(reading: Reading, relation: Relation) -> list[NearMiss]:
    """Return the frames of a relation whose trigger word occurs, and why they give nothing.

    The nearest come first; frames that match are left out.
    """
    found = [
        miss
        for frame in relation.frames
        for token in reading.chart.doc
        if (kind := _trigger_kind(token, frame))
        for miss in _Search(reading, token, frame, kind).miss()
    ]
    return sorted(found, key=lambda m: (-m.passed, m.start, m.rule))


def beaten(reading: Reading, draft: Draft) -> list[NearMiss]:
    """Return the other frames of a statement's trigger, and why they lost."""
    pairs = reading.matcher.index.frames(draft.trigger)
    frames = dict.fromkeys(frame.rule for frame, _ in pairs if frame is not draft.frame)
    found = [
        miss
        for frame in {f.rule: f for f, _ in pairs if f.rule in frames}.values()
        for miss in _Search(reading, draft.trigger, frame, "").miss()
    ]
    other_verbs = _ORDER.index("particle")  # "back" and "back down" share a word only
    return sorted((m for m in found if m.passed > other_verbs), key=lambda m: (-m.passed, m.rule))


def _trigger_kind(token: Token, frame: Frame) -> str:
    """Return as what a word is a trigger on the card, whatever the parse says that it is."""
    for kind in TRIGGERS:
        words = {lemma.partition(" ")[0] for lemma in getattr(frame, kind)}
        if words & {token.lemma_.lower(), token.lower_}:
            return kind
    return ""


class _Search:
    """Asks why one frame gives no statement at one word."""

    def __init__(self, reading: Reading, token: Token, frame: Frame, kind: str) -> None:
        self.reading = reading
        self.chart = reading.chart
        self.matcher = reading.matcher
        self.token = token
        self.frame = frame
        self.kind = kind

    def miss(self) -> Iterator[NearMiss]:
        """Yield the reason, none when the frame gives a statement here."""
        found = self._reason()
        if found is not None:
            condition, why = found
            yield NearMiss(
                rule=self.frame.rule,
                word=self.token.text,
                start=self.chart.parse.starts[self.token.i],
                passed=_ORDER.index(condition),
                why=why,
            )

    def _reason(self) -> tuple[str, str] | None:
        token, frame = self.token, self.frame
        place = self.chart.at[token.i]
        if place is not None:
            return "name", f"it is part of the name “{self.chart.text(place.first, place.last)}”"
        if all(f is not frame for f, _ in self.matcher.index.frames(token)):
            wanted = f"the frame wants a {self.kind}"
            return "part-of-speech", f"it is parsed as {token.pos_} ({token.dep_}); {wanted}"
        before = len(self.matcher.misses)
        readings = self.matcher.readings(token)
        failed = self.matcher.misses[before:]
        del self.matcher.misses[before:]
        mine = next((d for d in readings if d.frame is frame), None)
        if mine is None:
            own = [m for m in failed if m.frame is frame]
            last = max(own, key=lambda m: _ORDER.index(m.condition), default=None)
            return (last.condition, self._words(last)) if last is not None else None
        best = readings[0]
        if best is not mine:
            better = f"{best.frame.rule} fits better"
            return "beaten", f"it matches, but {better} (score {best.score:g} > {mine.score:g})"
        return self._fate()

    def _fate(self) -> tuple[str, str] | None:
        """Return what became of a match that is the best of its word."""
        at = self.token.i
        for draft, rule in self.reading.dropped.items():
            if draft.trigger.i == at:
                return "dropped", f"it matches, but {rule.value}"
        drafts = [*self.reading.assembly.drafts, *self.reading.dropped]
        if any(d.trigger.i == at for d in drafts):
            return None
        for draft in drafts:
            if draft.noun is not None and draft.noun.i == at:
                return "consumed", f"it belongs to “{draft.trigger}” by {draft.frame.rule}"
        return "consumed", "another act takes it as its object"

    # -- words -----------------------------------------------------------------------------------

    def _words(self, miss: Miss) -> str:
        wanted = _or(miss.values)
        if miss.condition == "particle":
            got = _or(self.chart.syntax.particles(self.token))
            return f"it needs the particle {wanted}" + (f", not {got}" if got else "")
        if miss.condition == "object":
            heads = self.chart.syntax.object(self.token)
            got = f"its object is “{heads[0]}”" if heads else "it has no object"
            return f"{got}; it must be {wanted}"
        if miss.condition == "needs":
            there = _or(self._filled())
            return f"it needs one of the slots {wanted}; there is {there or 'none'}"
        if miss.condition == "without":
            filled = [n for n in miss.values if self._phrase(n)]
            return f"the slot {_or(filled)} must be empty; it has {self._phrase(filled[0])}"
        if miss.condition == "agent":
            return self._agent(miss.values)
        if miss.condition == "pointless":
            return f"nobody known is in the slot {wanted}, at whom the act would be directed"
        return "a mutual act needs two parties, and only one is known"

    def _agent(self, slots: Iterable[str]) -> str:
        domain = self.matcher.index.relations[self.frame.relation].domain
        told = []
        for name in slots:
            phrase = self._phrase(name)
            if not phrase:
                told.append(f"{name} is empty")
                continue
            referents = self.matcher.referents(self._slot(name))
            kinds = ", ".join(f"{r.name} is a {r.kind}" for r in referents) or "nobody known"
            told.append(f"{name} is {phrase}: {kinds}")
        wanted = f" of class {_or(domain)}" if domain else ""
        return f"it has no agent{wanted}: {'; '.join(told)}"

    def _filled(self) -> list[str]:
        names = [n for n in _PHRASES if self._slot(n)]
        prepositions = (name for name, _ in self.chart.syntax.prepositions(self.token))
        return [*names, *dict.fromkeys(prepositions)]

    def _slot(self, name: str) -> list[Token]:
        return self.matcher.slot(name, self.token, None, None)

    def _phrase(self, name: str) -> str:
        heads = self._slot(name)
        return f"“{heads[0]}”" if heads else ""


def _or(names: Iterable[str]) -> str:
    listed = [name for name, _ in groupby(names)]
    return (
        listed[0]
        if len(listed) == 1
        else f"{', '.join(listed[:-1])} or {listed[-1]}"
        if (listed)
        else ""
    )
