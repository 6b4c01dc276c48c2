"""Who does what to whom, on whose word: from a parsed article to its statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from kg.extract import dates, descriptions, lexicon, linking, names, people
from kg.extract.attribution import Attribution
from kg.extract.coref import Resolver
from kg.extract.dates import Expression
from kg.extract.discourse import Chart, Referent
from kg.extract.frames import Draft, FrameIndex
from kg.extract.modality import Judge, Mood
from kg.extract.quotations import Quotation, quotations
from kg.extract.relations import Matcher
from kg.gazetteer import Gazetteer
from kg.language import Parse
from kg.ontology import Ontology
from kg.records import (
    Article,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Position,
    Span,
    Statement,
    When,
)


class Extractor:
    """Reads parsed articles with one ontology and one gazetteer."""

    def __init__(self, ontology: Ontology, gazetteer: Gazetteer) -> None:
        """Index the frames of all relation cards."""
        self.ontology = ontology
        self.gazetteer = gazetteer
        self.index = FrameIndex(ontology)

    def extract(self, parse: Parse) -> Extraction:
        """Return what is found in one article parsed whole."""
        return self._read(parse, {})

    def gather(self, article: Article, windows: Iterable[Parse]) -> Extraction:
        """Return what is found in one article parsed in windows, each let go when it is read."""
        made: dict[str, Entity] = {}
        parts = [self._read(window, made) for window in windows]
        if len(parts) == 1:
            return parts[0]
        return Extraction(
            article=article,
            mentions=tuple(m for part in parts for m in part.mentions),
            positions=tuple(p for part in parts for p in part.positions),
            statements=tuple(s for part in parts for s in part.statements),
        )

    def _read(self, parse: Parse, made: dict[str, Entity]) -> Extraction:
        """Return what is found in one window; `made` keeps the entities of the article."""
        chart = Chart(parse, self.gazetteer, self.ontology)
        names.find(chart)
        people.read(chart)
        linking.complete(chart)
        descriptions.find(chart)
        quoted = quotations(chart, self.index.speech_verbs)
        matcher = Matcher(
            chart, Resolver(chart, quoted, self.index.speech_verbs), self.index, quoted
        )
        drafts = [d for d in matcher.drafts() if not _own_words(chart, d, quoted)]
        _address(chart, drafts)
        sources = Attribution(chart, drafts, quoted, matcher)
        drafts = _widen(drafts, quoted, matcher)
        drafts = _one_per_sentence([d for d in drafts if not _by_outlet(chart, d)])
        return _Assembly(chart, drafts, sources, dates.find(chart)).extraction(made)


def _own_words(chart: Chart, draft: Draft, quoted: Sequence[Quotation]) -> bool:
    """Return whether a speaker says inside the quotation that he says or thinks so."""
    if not draft.relation.reports or "rest" not in draft.frame.slots.get("about", ()):
        return False
    if not any(q.first <= draft.trigger.i <= q.last for q in quoted):
        return False
    subject = chart.syntax.subject(draft.anchor)
    first_person = lexicon.FIRST | lexicon.FIRST_PLURAL
    return bool(subject) and subject[0].lower_ in first_person


def _by_outlet(chart: Chart, draft: Draft) -> bool:
    """Return whether only outlets speak: they are the source of the sentence, not actors."""
    outlets = all(chart.is_a(a, ("MediaOutlet",)) for a in draft.agents)
    return outlets and draft.relation.reports


def _address(chart: Chart, drafts: list[Draft]) -> None:
    """Direct proposals and requests at those who are to act by them."""
    by_trigger = {d.trigger.i: d for d in drafts}
    for act in drafts:
        for ancestor in act.anchor.ancestors:
            above = by_trigger.get(ancestor.i)
            if above is None or above.frame.content != "proposed":
                continue
            if not above.targets and not set(act.agents) & set(above.agents):
                parties = [*act.agents, *(act.targets if act.relation.symmetric else ())]
                above.targets = [p for p in parties if chart.is_a(p, above.relation.range)]
                above.about = [a for a in above.about if a not in above.targets]
            break


def _widen(drafts: list[Draft], quoted: Sequence[Quotation], matcher: Matcher) -> list[Draft]:
    """Let remarks be about what their quotations speak of."""
    by_verb = {d.trigger.i: d for d in drafts}
    for quotation in quoted:
        draft = by_verb.get(quotation.verb.i) if quotation.verb is not None else None
        if draft is None or "rest" not in draft.frame.slots.get("about", ()):
            continue
        taken = {*draft.agents, *draft.targets, *draft.about}
        more = matcher.among(range(quotation.first, quotation.last + 1), named=True)
        draft.about.extend(r for r in more if r not in taken)
    return drafts


def _one_per_sentence(drafts: Iterable[Draft]) -> list[Draft]:
    """Keep one statement per speech act, speaker and sentence (GUIDELINES, rule 2)."""
    kept: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        key: tuple[object, ...] = (id(draft),)
        if draft.relation.reports and "rest" in draft.frame.slots.get("about", ()):
            key = (draft.relation.name, draft.trigger.sent.start, *map(id, draft.agents))
        first = kept.setdefault(key, draft)
        if first is not draft:
            taken = {*first.agents, *first.targets, *first.about}
            first.about.extend(r for r in [*draft.targets, *draft.about] if r not in taken)
    return list(kept.values())


class _Assembly:
    """Turns drafts into records."""

    def __init__(
        self, chart: Chart, drafts: list[Draft], sources: Attribution, found: list[Expression]
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
        self.chains = [sources.chain(d) for d in drafts]

    def extraction(self, made: dict[str, Entity]) -> Extraction:
        """Return the finished records, statements in text order."""
        linked = linking.entities(self.chart, self._needed(), made)
        statements = [
            self._statement(draft, chain, linked)
            for draft, chain in zip(self.drafts, self.chains, strict=True)
        ]
        mentions = {
            (p.first, p.last, linked[id(p.referent)].id): Mention(
                span=self.chart.parse.span(p.first, p.last),
                entity=linked[id(p.referent)],
                how=p.how,
            )
            for p in self.chart.in_order()
            if id(p.referent) in linked
        }
        return Extraction(
            article=self.chart.parse.article,
            mentions=tuple(mentions.values()),
            positions=tuple(self._positions(linked)),
            statements=tuple(dict.fromkeys(statements)),
        )

    def _needed(self) -> list[Referent]:
        used: dict[int, Referent] = {}
        for draft, chain in zip(self.drafts, self.chains, strict=True):
            outlets = self.sources.outlets(draft.trigger)
            for group in (draft.agents, draft.targets, draft.about, draft.where, chain, outlets):
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

    def _statement(
        self, draft: Draft, chain: list[Referent], linked: dict[int, Entity]
    ) -> Statement:
        mood = self._mood(draft)

        def entities(referents: Iterable[Referent]) -> tuple[Entity, ...]:
            return tuple(dict.fromkeys(linked[id(r)] for r in referents))

        agents = entities(draft.agents)
        outlets = self.sources.outlets(draft.trigger)
        named = {*agents, *entities(outlets)}
        targets = tuple(t for t in entities(draft.targets) if t not in named)
        about = tuple(a for a in entities(draft.about) if a not in named and a not in targets)
        return Statement(
            relation=draft.relation.name,
            agents=agents,
            targets=targets,
            about=about,
            where=entities(draft.where),
            when=self._when(draft, mood),
            modality=mood.modality,
            negated=mood.negated,
            attributed_to=entities(chain),
            reported_by=entities(outlets),
            evidence=Evidence(
                article=self.chart.parse.article.id,
                span=self._span(draft),
                trigger=self._trigger(draft),
                rule=draft.frame.rule,
            ),
            confidence=_confidence(draft),
        )

    def _mood(self, draft: Draft) -> Mood:
        mood = self.judge.mood(draft.trigger, draft.support)
        if draft.frame.modality:
            mood = mood.under(draft.frame.modality, draft.frame.name)
        return mood.denied(draft.frame.name) if draft.frame.negated else mood

    def _span(self, draft: Draft) -> Span:
        """Return the clause of a draft: its anchor's subtree without coordinated clauses."""
        labels = self.chart.syntax.labels
        cells = {draft.trigger.i, draft.anchor.i}
        parenthetical = draft.anchor.dep_ in labels.parenthetical

        def gather(token: Token) -> None:
            cells.add(token.i)
            for child in token.children:
                if child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"} and token == draft.anchor:
                    continue
                if child.dep_ in labels.parenthetical | {"discourse"} and not child.is_punct:
                    continue
                gather(child)

        gather(draft.anchor)
        if parenthetical and draft.relation.reports:
            cells.update(t.i for t in draft.anchor.head.subtree)
        doc = self.chart.doc
        first, last = min(cells), max(cells)
        while first < last and (doc[first].is_punct or doc[first].dep_ in {"cc", "mark"}):
            first += 1
        while last > first and doc[last].is_punct and doc[last].text != '"':
            last -= 1
        return self.chart.parse.span(first, last)

    def _trigger(self, draft: Draft) -> Span:
        first, last = sorted((draft.trigger.i, draft.anchor.i))
        return self.chart.parse.span(first, last)

    def _dated(self, found: list[Expression]) -> dict[int, Expression]:
        """Give each date to the innermost act above it, past nouns but not past other clauses."""
        given: dict[int, Expression] = {}
        for expression in found:
            inside = range(expression.first, expression.last + 1)
            token = next(
                (self.chart.doc[i] for i in inside if self.chart.doc[i].head.i not in inside),
                self.chart.doc[expression.first],
            )
            for ancestor in token.ancestors:
                if ancestor.i in self.anchors:
                    if self._speech_object(token, ancestor):
                        break
                    act = self._proposed_act(ancestor, expression)
                    given.setdefault(ancestor.i if act is None else act, expression)
                    break
                if self.chart.syntax.is_clause_head(ancestor) and ancestor.pos_ == "VERB":
                    below = [c for c in self.chart.syntax.clauses(ancestor) if c.i in self.anchors]
                    if below and below[0].tag_ == "VB":
                        given.setdefault(below[0].i, expression)
                    break
            if expression not in given.values():
                opening = self._opening(expression)
                if opening is not None:
                    given.setdefault(opening, expression)
        return given

    def _speech_object(self, token: Token, verb: Token) -> bool:
        """Return whether a date stands inside what a speech verb is about, not beside the verb."""
        speaks = any(d.anchor.i == verb.i and d.relation.reports for d in self.drafts)
        return speaks and verb.pos_ == "VERB" and token.head != verb and token.i > verb.i

    def _opening(self, expression: Expression) -> int | None:
        """Return the uppermost act of a sentence that opens with a date."""
        sentence = self.chart.doc[expression.first].sent
        if expression.first - sentence.start > 2:
            return None
        acts = [d.anchor for d in self.drafts if d.anchor.sent.start == sentence.start]
        verbs = [a for a in acts if a.pos_ == "VERB"]
        if not verbs:
            return None
        return min(verbs, key=lambda a: (len(list(a.ancestors)), a.i)).i

    def _proposed_act(self, verb: Token, expression: Expression) -> int | None:
        """Return the act proposed between a verb and a date, to which the date belongs."""
        if verb.i not in self.judge.contents:
            return None
        nouns = [
            d.trigger.i
            for d in self.drafts
            if d.trigger.pos_ == "NOUN" and verb.i < d.trigger.i < expression.first
        ]
        return nouns[-1] if nouns and nouns[-1] < expression.first <= nouns[-1] + 8 else None

    def _when(self, draft: Draft, mood: Mood) -> When | None:
        expression = self.dates.get(draft.anchor.i) or self.dates.get(draft.trigger.i)
        if expression is None:
            return None
        return expression.when(future=mood.modality != "actual")


def _confidence(draft: Draft) -> float:
    """Return a first estimate from how much of the frame was found, and how."""
    value = 0.5
    value += 0.15 * all(not a.described for a in draft.agents)
    value += 0.15 * bool(draft.targets or draft.about)
    value += 0.1 * bool(draft.frame.needs or draft.frame.object)
    value += 0.05 * (draft.trigger.pos_ == "VERB")
    return round(min(value, 0.95), 2)
