"""Build the explanation of a statement: parse, frame, slots and every decision behind it.

Nothing is decided here. Explanations are made from what the rules recorded while reading, so they
cannot differ from what was done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.acts.drafts import LEARNED, Candidate, Filler
from kg.extract.assembly import Assembled, Made
from kg.extract.discourse import Place, Referent
from kg.extract.explain import misses
from kg.extract.explain.steps import Decision, Explanation, Word
from kg.extract.learned.weighing import role_moves
from kg.extract.reading import Reading
from kg.ontology import ROLES, TRIGGERS, Frame
from kg.parsing.tokens import Token
from kg.records import Entity

_PARTS = 6  # features shown for a confidence, largest effect first; chosen, not measured
_MOVES = 2  # inputs of a scorer shown, largest effect first; chosen, not measured
_GROUPS = {"agent": "agents", "target": "targets", "about": "about", "where": "where"}


def explanations(reading: Reading, made: dict[str, Entity]) -> list[Explanation]:
    """Return the explanations of all statements of a reading, in text order.

    Args:
        reading: one parse that was read with its candidates.
        made: the entities of the article so far, by id; new ones are added.
    """
    assembled = reading.assembled(made)
    return [_Teller(reading, assembled, part).explanation() for part in assembled.made]


class _Teller:
    """Builds the explanation of one statement."""

    def __init__(self, reading: Reading, assembled: Assembled, made: Made) -> None:
        self.reading = reading
        self.chart = reading.chart
        self.references = reading.sources.references
        self.grounds = made.grounds
        self.draft = made.grounds.draft
        self.mood = made.grounds.mood
        self.statement = made.statement
        self.entities = assembled.linked

    def explanation(self) -> Explanation:
        sentence = self._sentence()
        span = self.chart.parse.span(sentence[0].i, sentence[-1].i)
        return Explanation(
            statement=self.statement,
            sentence=" ".join(self.chart.parse.article.quote(span).split()),
            words=tuple(_words(sentence)),
            frame=told(self.draft.frame),
            decisions=tuple(dict.fromkeys(self._decisions())),
            candidates=tuple(dict.fromkeys(map(self._candidate, self.draft.tried))),
            beaten=tuple(misses.beaten(self.reading, self.draft)),
        )

    def _sentence(self) -> list[Token]:
        return [self.chart.doc[i] for i in self.draft.trigger.sent]

    def _decisions(self) -> Iterator[Decision]:
        yield self._trigger()
        for role in ROLES:
            yield from self._role(role)
        yield from self._speakers()
        yield from self._outlets()
        yield from self._mood()
        yield self._date()
        yield self._confidence()

    def _trigger(self) -> Decision:
        draft = self.draft
        parts = [f"“{draft.trigger}”"]
        if draft.support is not None:
            parts.append(f"with the support verb “{draft.support}”")
        if draft.noun is not None:
            parts.append(f"with the object “{draft.noun}”")
        return Decision(
            layer="frame",
            what=draft.relation.name,
            rule=draft.frame.rule,
            because=f"{' '.join(parts)}, score {draft.score:g}",
        )

    # -- roles -----------------------------------------------------------------------------------

    def _role(self, role: str) -> Iterator[Decision]:
        kept = {e.id for e in getattr(self.statement, _GROUPS[role])}
        for filler in self.draft.of(role):
            entity = self.entities[id(filler.referent)]
            rule = _by(filler)
            if entity.id not in kept:
                rule += ", dropped: it has another role already"
            because = f"“{self._text(filler.head)}”" + self._chance(filler)
            yield Decision(layer="role", what=f"{role} {entity.name}", rule=rule, because=because)
            yield from self._reference(filler.head, filler.referent)
            yield self._link(filler.referent)

    def _chance(self, filler: Filler) -> str:
        """Return the probability of a filler that the scorers chose, and what moved it."""
        completer, draft = self.reading.completer, self.draft
        if completer is None or filler.rule != LEARNED:
            return ""
        moves = role_moves(completer, draft.trigger, draft.relation.name, filler.role, filler.head)
        moved = "".join(f", {m.name} {m.by:+.2f}" for m in moves[:_MOVES])
        return f" {filler.score:.2f}{moved}"

    def _candidate(self, candidate: Candidate) -> Decision:
        """Return a rejected candidate as a decision."""
        what = f"{candidate.role} “{self._text(candidate.head)}”"
        if candidate.referent is not None:
            what += f" ({candidate.referent.name or self._named(candidate.referent)})"
        return Decision(layer="candidate", what=what, rule=_by(candidate), because=candidate.why)

    @staticmethod
    def _named(referent: Referent) -> str:
        return referent.entry.name if referent.entry is not None else referent.kind

    def _text(self, token: Token) -> str:
        place = self.chart.mention(token)
        return token.text if place is None else self.chart.text(place.first, place.last)

    def _reference(self, token: Token, referent: Referent) -> Iterator[Decision]:
        """Yield the decisions by which a word got its referent."""
        place = self.chart.mention(token)
        name = self.entities[id(referent)].name
        if place is None:
            if self.references.resolver.is_pronoun(token):
                yield self._pronoun(token, name)
            return
        text = self.chart.text(place.first, place.last)
        if place.referent is not referent:
            if referent not in place.referent.members:
                return  # "his army" is resolved to his country: nothing to say of the army itself
            what = f"“{text}” stands also for its member {name}"
            yield Decision(layer="description", what=what, rule="members")
            return
        layer = "name" if place.how == "name" else "description"
        first = min((p for p in self.chart.mentions if p.referent is referent), key=_first)
        because = ""
        if (before := self.chart.text(first.first, first.last)) != text:
            because = f"first told as “{before}”"
        yield Decision(
            layer=layer, what=f"“{text}” is {name}", rule=place.rule or layer, because=because
        )
        for office in self.chart.offices:
            if office.holder is referent:
                words = self.chart.text(office.first, office.last)
                body = self.entities.get(id(office.of))
                of = f" of {body.name}" if body is not None else ""
                what = f"{name}: {office.title}{of} ({referent.kind})"
                yield Decision(layer=layer, what=what, rule="office", because=f"“{words}”")

    def _pronoun(self, token: Token, name: str) -> Decision:
        resolved = self.references.resolution(token)
        because = ", ".join(
            f"{' and '.join(r.name for r in weighed.referents)} {weighed.weight:.2f}"
            for weighed in resolved.weighed[:3]
        )
        return Decision(
            layer="coreference", what=f"“{token}” is {name}", rule=resolved.rule, because=because
        )

    def _link(self, referent: Referent) -> Decision:
        entity = self.entities[id(referent)]
        if referent.entry is not None:
            rule = "gazetteer"
        elif "/" in entity.id and not entity.id.startswith(("unlinked/", "article/")):
            rule = "office-holder"
        else:
            rule = "within-article" if entity.id.startswith("article/") else "unlinked"
        what = f"{entity.name} is {entity.id} ({entity.kind})"
        names = ", ".join(f"“{name}”" for name in referent.names[:4])
        return Decision(layer="link", what=what, rule=rule, because=names)

    # -- sources, mood, date -----------------------------------------------------------------------

    def _speakers(self) -> Iterator[Decision]:
        reasons = self.grounds.chain.reasons
        kept = {e.id for e in self.statement.attributed_to}
        told = False
        for referent, rule in reasons.items():
            entity = self.entities.get(id(referent))
            if entity is not None and entity.id in kept:
                told = True
                yield Decision(layer="speaker", what=entity.name, rule=rule)
        nobody = self.grounds.hearsay
        if nobody:
            yield Decision(layer="speaker", what="nobody named", rule="hearsay", because=nobody)
        if not told and not nobody:
            outside = "no speech verb, quotation or source above the clause names another speaker"
            yield Decision(layer="speaker", what="the article", rule="own-voice", because=outside)

    def _outlets(self) -> Iterator[Decision]:
        for referent, rule in self.reading.sources.outlets(self.draft.trigger).items():
            entity = self.entities[id(referent)]
            yield Decision(layer="outlet", what=entity.name, rule=rule)

    def _mood(self) -> Iterator[Decision]:
        mood = self.mood
        reasons = list(zip(mood.turned, mood.rules, mood.because, strict=True))
        for layer, what in (("modality", mood.modality), ("polarity", self.statement.polarity)):
            own = [(rule, word) for turned, rule, word in reasons if turned == layer]
            rules = ", ".join(dict.fromkeys(rule for rule, _ in own)) or "plain-clause"
            because = ", ".join(f"“{word}”" for _, word in own)
            yield Decision(layer=layer, what=what, rule=rules, because=because)

    def _date(self) -> Decision:
        assembly, when = self.reading.assembly, self.statement.when
        if when is None:
            return Decision(layer="date", what="none", rule="no-date-in-clause")
        acts = (self.draft.anchor.i, self.draft.trigger.i)
        act = next((i for i in acts if i in assembly.dates), None)
        if act is None:
            return Decision(layer="date", what=when.value, rule="same-act-dated-elsewhere")
        dated = assembly.dates[act]
        published = self.chart.parse.article.published or "unknown"
        counted = f"publication ({published})"
        if dated.expression.dateline:
            counted = f"the dateline ({dated.expression.dateline})"
        tense = "before" if self.mood.modality == "actual" else "after"
        because = f"“{when.text}”, {tense} {counted}"
        rule = dated.rule
        return Decision(layer="date", what=when.value, rule=rule, because=because)

    def _confidence(self) -> Decision:
        estimator = self.reading.assembly.estimator
        parts = sorted(estimator.parts(self.grounds.features), key=lambda part: -abs(part[1]))
        told = ", ".join(f"{name} {value:+.2f}" for name, value in parts[:_PARTS])
        base = f"{estimator.intercept:+.2f} in log odds, {told}"
        what = f"{self.statement.confidence:.2f}"
        return Decision(layer="confidence", what=what, rule="logistic-regression", because=base)


def _by(filler: Filler | Candidate) -> str:
    """Return the rule, and the slot, by which a referent was found for a role."""
    if not filler.slot or filler.slot == filler.rule:
        return filler.rule
    return f"slot {filler.slot}" if filler.rule == "slot" else f"{filler.rule}, slot {filler.slot}"


def _first(place: Place) -> tuple[int, int]:
    return place.first, place.last


def _words(sentence: Sequence[Token]) -> Iterator[Word]:
    start = sentence[0].i
    for token in sentence:
        yield Word(
            number=token.i - start + 1,
            text=token.text,
            lemma=token.lemma_,
            tag=token.tag_,
            label=token.dep_,
            head=0 if token.head == token else token.head.i - start + 1,
        )


def told(frame: Frame) -> dict[str, str]:
    """Return the parts of a frame as text, by their names on the card; empty parts are left out."""
    parts: dict[str, tuple[str, ...]] = {kind: getattr(frame, kind) for kind in TRIGGERS}
    parts |= {"object": frame.object, "light": frame.light}
    parts |= {role: frame.slots.get(role, ()) for role in ROLES}
    parts |= {"needs": frame.needs, "without": frame.without}
    parts["modality"] = (frame.modality,) if frame.modality else ()
    parts["negated"] = ("true",) if frame.negated else ()
    parts["content"] = (frame.content,) if frame.content else ()
    return {name: ", ".join(values) for name, values in parts.items() if values}
