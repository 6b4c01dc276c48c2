"""Find frames that nearly matched, and the condition that failed for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from types import MappingProxyType

from kg.extract.acts.drafts import Draft, Miss
from kg.extract.acts.matching import Readings
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
    """Return why frames of a relation gave no statement at words that are their triggers.

    Those that met most conditions come first; frames that gave a statement are left out.
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
    """Return the other frames of a statement's trigger, and why each was not chosen."""
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
    """Return the kind of trigger ("verb", "noun", ...) that a word is on the card, or "".

    The part of speech in the parse is not considered.
    """
    for kind in TRIGGERS:
        words = {lemma.partition(" ")[0] for lemma in getattr(frame, kind)}
        if words & {token.lemma_.lower(), token.lower_}:
            return kind
    return ""


class _Search:
    """Finds why one frame gives no statement at one word."""

    def __init__(self, reading: Reading, token: Token, frame: Frame, kind: str) -> None:
        self.reading = reading
        self.chart = reading.chart
        self.matcher = reading.matcher
        self.token = token
        self.frame = frame
        self.kind = kind

    def miss(self) -> Iterator[NearMiss]:
        """Yield the near miss, or nothing if the frame gave a statement here."""
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
        readings = self._readings()
        mine = next((d for d in readings.drafts if d.frame is frame), None)
        if mine is None:
            own = [m for m in readings.misses if m.frame is frame]
            last = max(own, key=lambda m: _ORDER.index(m.condition), default=None)
            return (last.condition, self._words(last)) if last is not None else None
        best = readings.drafts[0]
        if best is not mine:
            better = f"{best.frame.rule} fits better"
            return "beaten", f"it matches, but {better} (score {best.score:g} > {mine.score:g})"
        return self._fate()

    def _readings(self) -> Readings:
        """Return the readings of the word; match again if they were not recorded."""
        found = self.reading.matched.readings.get(self.token.i) if self.matcher.keep else None
        return found or self.matcher.readings(self.token, keep=True)

    def _fate(self) -> tuple[str, str] | None:
        """Return why the best match of a word gave no statement, None if it gave one."""
        at, passed = self.token.i, self.reading.passed
        for dropped in passed.dropped:
            if dropped.draft.trigger.i == at:
                return "dropped", f"it matches, but {dropped.by.why} ({dropped.by.name})"
        drafts = [*passed.kept, *(d.draft for d in passed.dropped)]
        if any(d.trigger.i == at for d in drafts):
            return None
        for draft in drafts:
            if draft.noun is not None and draft.noun.i == at:
                return "consumed", f"it belongs to “{draft.trigger}” by {draft.frame.rule}"
        return "consumed", "another act takes it as its object"

    # -- words -----------------------------------------------------------------------------------

    def _words(self, miss: Miss) -> str:
        """Return in words the condition that failed, and what was found instead."""
        return _WORDS[miss.condition](self, miss)

    def _particle(self, miss: Miss) -> str:
        got = f", not {_or(miss.got)}" if miss.got else ""
        return f"it needs the particle {_or(miss.wanted)}{got}"

    def _object(self, miss: Miss) -> str:
        got = f"its object is “{miss.got[0]}”" if miss.got else "it has no object"
        return f"{got}; it must be {_or(miss.wanted)}"

    def _needs(self, miss: Miss) -> str:
        slots = self.matcher.slots
        names = [n for n in _PHRASES if slots.heads(n, miss.site)]
        prepositions = (name for name, _ in self.chart.syntax.prepositions(self.token))
        there = _or([*names, *dict.fromkeys(prepositions)]) or "none"
        return f"it needs one of the slots {_or(miss.wanted)}; there is {there}"

    def _without(self, miss: Miss) -> str:
        return f"the slot {_or(miss.wanted)} must be empty; it has “{miss.got[0]}”"

    def _agent(self, miss: Miss) -> str:
        domain = self.matcher.index.relations[self.frame.relation].domain
        told = []
        for name in miss.wanted:
            there = [c for c in miss.tried if c.slot == name and c.role == "agent"]
            if not there:
                told.append(f"{name} is empty")
                continue
            known = (c.referent for c in there if c.referent is not None)
            kinds = ", ".join(f"{r.name} is a {r.kind}" for r in known) or "nobody known"
            told.append(f"{name} is “{there[0].head}”: {kinds}")
        wanted = f" of class {_or(domain)}" if domain else ""
        return f"it has no agent{wanted}: {'; '.join(told)}"

    def _pointless(self, miss: Miss) -> str:
        return f"nobody known is in the slot {_or(miss.wanted)}, at whom the act would be directed"

    def _parties(self, miss: Miss) -> str:
        return "a mutual act needs two parties, and only one is known"


_WORDS: Mapping[str, Callable[[_Search, Miss], str]] = MappingProxyType(
    {
        "particle": _Search._particle,
        "object": _Search._object,
        "needs": _Search._needs,
        "without": _Search._without,
        "agent": _Search._agent,
        "pointless": _Search._pointless,
        "parties": _Search._parties,
    }
)


def _or(names: Iterable[str]) -> str:
    listed = [name for name, _ in groupby(names)]
    return (
        listed[0]
        if len(listed) == 1
        else f"{', '.join(listed[:-1])} or {listed[-1]}"
        if (listed)
        else ""
    )
