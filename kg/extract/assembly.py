"""Make statements from drafts: add mood, date, sources, evidence and confidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from kg.extract import confidence
from kg.extract.acts.drafts import Draft
from kg.extract.claims.attribution import CONTRAST, Attribution, Chain
from kg.extract.claims.modality import Judge
from kg.extract.claims.moods import Mood
from kg.extract.claims.polarity import denying
from kg.extract.discourse import Chart, Referent
from kg.extract.entities import linking
from kg.extract.spans.dates import Expression
from kg.parsing.tokens import Token
from kg.records import Entity, Evidence, Extraction, Mention, Position, Span, Statement, When

_TAKING_PLACE = frozenset({"hold", "schedule", "plan", "set", "convene", "organise", "organize"})


def _same_dates(
    statements: list[Statement], symmetric: frozenset[str], spoken: frozenset[str]
) -> list[Statement]:
    """Give undated statements the date of the same act elsewhere in the article.

    Two statements tell the same act if relation, mood and parties are equal. Nothing is copied if
    they have several dates. Remarks get no date this way: one speaker makes many.

    Args:
        statements: all statements of the article, in text order.
        symmetric: names of relations whose agents and targets may be swapped.
        spoken: names of relations of remarks.
    """
    known: dict[tuple[object, ...], dict[str, When]] = {}

    def key(s: Statement) -> tuple[object, ...]:
        parties = frozenset((*s.agents, *s.targets))
        if s.relation in symmetric:
            return s.relation, s.modality, s.negated, parties
        return s.relation, s.modality, s.negated, s.agents, s.targets

    for s in statements:
        several = bool(s.targets) or len(s.agents) > 1
        if s.when is not None and several and s.relation not in spoken:
            known.setdefault(key(s), {}).setdefault(s.when.value, s.when)
    found = []
    for s in statements:
        dates = known.get(key(s), {}) if s.when is None else {}
        found.append(replace(s, when=next(iter(dates.values()))) if len(dates) == 1 else s)
    return found


def _says(token: Token) -> bool:
    """Return whether a word is a predicate: a verb, or a noun or adjective with a copula."""
    return token.pos_ == "VERB" or any(c.dep_ == "cop" for c in token.children)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """The date of an act, and the name of the rule that assigned it."""

    expression: Expression
    rule: str


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
        self.anchors = {d.anchor.i for d in drafts} | {d.trigger.i for d in drafts}
        self.dates = self._dated(found)
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
                told.append(Made(grounds=made_from, statement=statement))
        statements = _same_dates([m.statement for m in told], self.mutual, self.spoken)
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

    def _dated(self, found: list[Expression]) -> dict[int, Dated]:
        """Return the dates of acts by token number of the act.

        A date goes to the nearest act above it in the parse; the search does not leave its clause.
        """
        given: dict[int, Dated] = {}
        for expression in found:
            inside = range(expression.first, expression.last + 1)
            token = next(
                (self.chart.doc[i] for i in inside if self.chart.doc[i].head.i not in inside),
                self.chart.doc[expression.first],
            )
            if self._beside(expression, token):
                self._give(given, expression.first - 1, expression, "beside-verb")
                continue
            if self._counts_from(expression, token) or self._of_thing(expression, token):
                continue
            for ancestor in token.ancestors:
                if ancestor.i in self.anchors:
                    if self._speech_object(token, ancestor):
                        break
                    act = self._proposed_act(ancestor, expression)
                    rule = "innermost-act" if act is None else "proposed-act"
                    self._give(given, ancestor.i if act is None else act, expression, rule)
                    break
                if self._of_event(ancestor) or ancestor.lemma_.lower() == "date":
                    continue  # "an order dated yesterday"
                if self.chart.syntax.is_clause_head(ancestor) and _says(ancestor):
                    below = [c for c in self.chart.syntax.clauses(ancestor) if c.i in self.anchors]
                    if below and below[0].tag_ == "VB":
                        self._set(given, below[0].i, expression, "infinitive-below")
                    break
            self._share(given, expression)
            if all(dated.expression != expression for dated in given.values()):
                opening = self._opening(expression)
                if opening is not None:
                    self._set(given, opening, expression, "opens-sentence")
                    self._share(given, expression)
        self._pass_on(given)
        return given

    @staticmethod
    def _give(given: dict[int, Dated], act: int, expression: Expression, rule: str) -> None:
        """Date an act, replacing a week or month ("/" in its value) that it has by a day."""
        known = given.get(act)
        if known is None or ("/" in known.expression.past and "/" not in expression.past):
            given[act] = Dated(expression=expression, rule=rule)

    @staticmethod
    def _set(given: dict[int, Dated], act: int, expression: Expression, rule: str) -> None:
        given.setdefault(act, Dated(expression=expression, rule=rule))

    def _pass_on(self, given: dict[int, Dated]) -> None:
        """Give undated acts the date of the act that they are part of.

        They are participles ("spoke on Friday, urging ..."), nouns after "during" ("said so on
        Friday during his visit"), and where-clauses ("goes to Kono on Friday, where ...").
        """
        for index in sorted(self.anchors):
            if index in given:
                continue
            above = self._within(self.chart.doc[index])
            if above is not None and above.i in given:
                self._set(given, index, given[above.i].expression, "within-dated-act")

    def _within(self, act: Token) -> Token | None:
        """Return the verb whose date this act inherits, None if there is none."""
        syntax = self.chart.syntax
        if act.dep_ in syntax.labels.adverbial and act.tag_ == "VBG":
            return None if any(c.dep_ == "mark" for c in act.children) else act.head
        if act.pos_ == "NOUN" and any(name == "during" for name, _ in syntax.governed(act)):
            return syntax.governor(act)
        if act.dep_ in syntax.labels.relative and any(c.lower_ == "where" for c in act.children):
            return syntax.clause_of(act.head)
        return None

    def _counts_from(self, expression: Expression, token: Token) -> bool:
        """Return whether a date after "since" dates another time: "the first visit since 2022"."""
        before = self.chart.doc[max(0, expression.first - 1) : expression.last + 1]
        if all(t.lower_ != "since" for t in before):
            return False
        clause = self.chart.syntax.clause_of(token.head)
        if denying(self.chart.syntax, clause):
            return True  # "have not met since 2022": they met in 2022
        return all(a.lemma_.lower() != "have" for a in self.chart.syntax.auxiliaries(clause))

    def _of_thing(self, expression: Expression, token: Token) -> bool:
        """Return whether a date after "of" belongs to a noun that is no act: "the law of 2022"."""
        head = token.head
        return (
            expression.text[:3].lower() == "of "
            and head.pos_ in {"NOUN", "PROPN"}
            and head.i not in self.anchors
        )

    def _beside(self, expression: Expression, head: Token) -> bool:
        """Return whether a date stands right after a finite act: "announced Tuesday that ...".

        A date that belongs to the next noun does not count ("condemned Monday's attack").
        """
        before = self.chart.doc[expression.first - 1] if expression.first else None
        after = self.chart.doc[expression.last + 1 : expression.last + 2]
        labels = self.chart.syntax.labels
        return (
            before is not None
            and all(token.text != "'s" for token in after)
            and head.dep_ not in labels.possessive | labels.modifier
            and before.i in self.anchors
            and before.tag_ in {"VBD", "VBZ", "VBP"}
        )

    def _speech_object(self, token: Token, verb: Token) -> bool:
        """Return whether a date stands inside the object or content of a speech verb."""
        speaks = any(d.anchor.i == verb.i and d.relation.reports for d in self.drafts)
        if not speaks or verb.pos_ != "VERB" or token.i < verb.i:
            return False
        while token.head != verb:
            token = token.head
        return token.dep_ in self.chart.syntax.labels.object | self.chart.syntax.labels.clause

    def _share(self, given: dict[int, Dated], expression: Expression) -> None:
        """Give verbs coordinated with a dated verb its date, if that stands before them all."""
        dated = [i for i, d in given.items() if d.expression is expression]
        for index in [i for i in dated if i > expression.last]:
            verb = self.chart.doc[index]
            for other in self.chart.syntax.conjuncts(verb)[1:]:
                if other.i in self.anchors and other.tag_ == verb.tag_:
                    self._set(given, other.i, expression, "coordinated-verb")

    def _opening(self, expression: Expression) -> int | None:
        """Return the token number of the highest act, if the sentence opens with this date."""
        sentence = self.chart.doc[expression.first].sent
        if expression.first - sentence.start > 2:
            return None
        acts = [d.anchor for d in self.drafts if d.anchor.sent.start == sentence.start]
        verbs = [a for a in acts if a.pos_ == "VERB"]
        if not verbs:
            return acts[0].i if len(acts) == 1 else None
        return min(verbs, key=lambda a: (len(list(a.ancestors)), a.i)).i

    def _of_event(self, verb: Token) -> bool:
        """Return whether a verb only says when a noun takes place ("talks to be held in May")."""
        labels = self.chart.syntax.labels
        return verb.dep_ in labels.adnominal and verb.lemma_.lower() in _TAKING_PLACE

    def _proposed_act(self, verb: Token, expression: Expression) -> int | None:
        """Return the token number of a noun act between a verb of proposing and a date.

        The date belongs to that act: "proposed talks in May". It must stand at most 8 tokens after
        the noun; chosen, not measured.
        """
        if verb.i not in self.judge.contents:
            return None
        nouns = [
            d.trigger.i
            for d in self.drafts
            if d.trigger.pos_ == "NOUN" and verb.i < d.trigger.i < expression.first
        ]
        return nouns[-1] if nouns and nouns[-1] < expression.first <= nouns[-1] + 8 else None

    def _when(self, draft: Draft, mood: Mood) -> When | None:
        dated = self.dates.get(draft.anchor.i) or self.dates.get(draft.trigger.i)
        if dated is None:
            return None
        return dated.expression.when(future=mood.modality != "actual")
