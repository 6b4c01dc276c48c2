"""Make statements from drafts: add mood, date, sources, evidence and confidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from kg.extract import confidence, lexicon
from kg.extract.acts.drafts import Draft
from kg.extract.claims.attribution import CONTRAST, Attribution, Chain
from kg.extract.claims.dating import Dating, same_dates
from kg.extract.claims.modality import Judge
from kg.extract.claims.moods import Mood
from kg.extract.discourse import Chart, Referent
from kg.extract.entities import linking
from kg.extract.spans.dates import Expression
from kg.parsing.tokens import Token
from kg.records import Entity, Evidence, Extraction, Mention, Position, Span, Statement, When


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """The parts that a statement is made from.

    Attributes:
        draft: frame and roles.
        mood: modality and polarity.
        chain: its speakers.
        hearsay: the words by which its source is unnamed; empty if they do not exist.
        features: the features of its confidence, by name.
    """

    draft: Draft
    mood: Mood
    chain: Chain
    hearsay: str
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A statement, and the parts that it is made from."""

    grounds: Grounds
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """Finished records.

    Attributes:
        extraction: mentions, positions and statements; statements that are equal appear once.
        linked: the entity of each referent, by `id()` of the referent.
        made: every statement with its parts, in text order; for explanations.
    """

    extraction: Extraction
    linked: Mapping[int, Entity]
    made: tuple[Made, ...]


class Assembly:
    """Turns the drafts of one article into records."""

    def __init__(
        self, chart: Chart, drafts: Sequence[Draft], sources: Attribution, found: list[Expression]
    ) -> None:
        self.chart = chart
        self.drafts = drafts
        self.sources = sources
        contents = {
            token.i: d.frame.content
            for d in drafts
            if d.frame.content
            for token in (d.trigger, d.anchor)
        }
        self.judge = Judge(chart.syntax, contents)
        self.dates = Dating(chart, drafts, frozenset(contents)).given(found)
        self.estimator = confidence.estimator()
        self.features = confidence.Features(sources.references)
        self.chains = [sources.chain(d) for d in drafts]
        self.mutual = frozenset(d.relation.name for d in drafts if d.relation.symmetric)
        self.spoken = frozenset(d.relation.name for d in drafts if d.relation.reports)

    def assembled(self, made: dict[str, Entity]) -> Assembled:
        """Return the finished records, statements in text order, each with its parts.

        Args:
            made: the entities of the article so far, by id; new ones are added.
        """
        linked = linking.entities(self.chart, self._needed(), made)
        told: list[Made] = []
        for draft, chain in zip(self.drafts, self.chains, strict=True):
            mood = self._mood(draft)
            made_from = Grounds(
                draft=draft,
                mood=mood,
                chain=chain,
                hearsay=self.sources.hearsay.rule(draft, chain.speakers),
                features=MappingProxyType(self.features.of(draft, chain.speakers)),
            )
            statement = self._statement(made_from, linked)
            if statement is not None:
                pairs = self._paired(draft, statement)
                told += [Made(grounds=made_from, statement=s) for s in pairs]
        statements = same_dates([m.statement for m in told], self.mutual, self.spoken)
        mentions = {
            (p.first, p.last, linked[id(p.referent)].id): Mention(
                span=self.chart.parse.span(p.first, p.last),
                entity=linked[id(p.referent)],
                how=p.how,
            )
            for p in self.chart.in_order()
            if id(p.referent) in linked
        }
        extraction = Extraction(
            article=self.chart.parse.article,
            mentions=tuple(mentions.values()),
            positions=tuple(self._positions(linked)),
            statements=tuple(dict.fromkeys(statements)),
        )
        return Assembled(
            extraction=extraction,
            linked=MappingProxyType(linked),
            made=tuple(replace(m, statement=s) for m, s in zip(told, statements, strict=True)),
        )

    def _needed(self) -> list[Referent]:
        used: dict[int, Referent] = {}
        for draft, chain in zip(self.drafts, self.chains, strict=True):
            outlets = self.sources.outlets(draft.trigger)
            roles = (draft.agents, draft.targets, draft.about, draft.where)
            for group in (*roles, chain.speakers, outlets):
                used.update({id(r): r for r in group})
        for referent in self.chart.referents:
            if not referent.described:
                used[id(referent)] = referent
        for office in self.chart.offices:
            if id(office.holder) in used and office.of is not None:
                used[id(office.of)] = office.of
        order = [*self.chart.referents, *used.values()]
        return [r for r in dict.fromkeys(order) if id(r) in used]

    def _positions(self, linked: dict[int, Entity]) -> Iterable[Position]:
        for office in self.chart.offices:
            if id(office.holder) not in linked:
                continue
            yield Position(
                holder=linked[id(office.holder)],
                title=office.title,
                of=linked.get(id(office.of)) if office.of is not None else None,
                span=self.chart.parse.span(office.first, office.last),
            )

    def _statement(self, grounds: Grounds, linked: dict[int, Entity]) -> Statement | None:
        """Return the statement of a draft, or None if no agent is left.

        Several referents can be linked to one entity, which has the class of the first. So the
        classes that the relation allows are checked again here, where the entities are known.
        """

        def entities(referents: Iterable[Referent], *kinds: str) -> tuple[Entity, ...]:
            found = dict.fromkeys(linked[id(r)] for r in referents)
            return tuple(e for e in found if not kinds or is_a(e.kind, kinds))

        draft, mood = grounds.draft, grounds.mood
        is_a, relation = self.chart.ontology.is_a, draft.relation
        agents = entities(draft.agents, *relation.domain)
        if not agents:
            return None
        outlets = entities(self.sources.outlets(draft.trigger), "Actor")
        named = {*agents, *outlets}
        targets = tuple(t for t in entities(draft.targets, *relation.range) if t not in named)
        others = entities([*draft.targets, *draft.about])
        about = tuple(a for a in others if a not in named and a not in targets)
        return Statement(
            relation=draft.relation.name,
            agents=agents,
            targets=targets,
            about=about,
            where=tuple(place for place in entities(draft.where) if place not in targets),
            when=self._when(draft, mood),
            modality=mood.modality,
            negated=mood.negated,
            attributed_to=entities(grounds.chain.speakers, "Actor"),
            reported_by=outlets,
            unnamed_source=bool(grounds.hearsay),
            evidence=Evidence(
                article=self.chart.parse.article.id,
                span=self._span(draft),
                trigger=self._trigger(draft),
                rule=draft.frame.rule,
            ),
            confidence=self.estimator.of(grounds.features),
        )

    def _paired(self, draft: Draft, statement: Statement) -> list[Statement]:
        """Return a statement for each agent and its target if the clause says "respectively"."""
        agents, targets = statement.agents, statement.targets
        if len(agents) < 2 or len(agents) != len(targets):
            return [statement]
        if all(t.lower_ not in lexicon.PAIRING for t in draft.anchor.subtree):
            return [statement]
        pairs = zip(agents, targets, strict=True)
        return [replace(statement, agents=(a,), targets=(t,)) for a, t in pairs]

    def _mood(self, draft: Draft) -> Mood:
        mood = self.judge.mood(draft.trigger, draft.support)
        if draft.frame.modality:
            mood = mood.under(draft.frame.modality, draft.frame.name)
        mood = mood.denied(draft.frame.name) if draft.frame.negated else mood
        return mood.by("frame")

    def _span(self, draft: Draft) -> Span:
        """Return the span of a draft's clause: the subtree of its anchor without other clauses."""
        labels = self.chart.syntax.labels
        cells = {draft.trigger.i, draft.anchor.i}
        parenthetical = draft.anchor.dep_ in labels.parenthetical
        tells = bool({"clause", "rest"} & set(draft.frame.slots.get("about", ())))

        waiting = [draft.anchor]
        while waiting:
            token = waiting.pop()
            cells.add(token.i)
            for child in token.children:
                if child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"} and token == draft.anchor:
                    continue
                if child.dep_ in labels.parenthetical | {"discourse"} and not child.is_punct:
                    continue
                before = child.i < token.i == draft.anchor.i and not tells
                if before and self._stands_alone(child):
                    continue  # "Peru accused Togo, Chile attacked Mali" has two main clauses
                waiting.append(child)
        if parenthetical and draft.relation.reports:
            cells.update(t.i for t in draft.anchor.head.subtree)
        doc = self.chart.doc
        first, last = min(cells), max(cells)
        while first < last and (doc[first].is_punct or doc[first].dep_ in {"cc", "mark"}):
            first += 1
        while last > first and doc[last].is_punct and doc[last].text != '"':
            last -= 1
        return self.chart.parse.span(first, last)

    def _stands_alone(self, verb: Token) -> bool:
        """Return whether a dependent clause could be a sentence of its own.

        It is finite, and has no introducing word other than one of contrast ("while").
        """
        labels = self.chart.syntax.labels
        if verb.dep_ not in labels.clause | labels.adverbial:
            return False
        finite = verb.tag_ in {"VBD", "VBZ", "VBP"}
        marks = {c.lower_ for c in verb.children if c.dep_ == "mark" or c.tag_ == "WRB"}
        return finite and marks <= CONTRAST

    def _trigger(self, draft: Draft) -> Span:
        first, last = sorted((draft.trigger.i, draft.anchor.i))
        return self.chart.parse.span(first, last)

    def _when(self, draft: Draft, mood: Mood) -> When | None:
        dated = self.dates.get(draft.anchor.i) or self.dates.get(draft.trigger.i)
        if dated is None:
            return None
        future = mood.modality != "actual"
        present = draft.anchor.tag_ in {"VBZ", "VBP"} and draft.anchor.pos_ == "VERB"
        return dated.expression.when(future=future, present=present)
