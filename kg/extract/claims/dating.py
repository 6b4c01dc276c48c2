"""Which act a date belongs to: the nearest one above it in the parse, with exceptions by rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract import lexicon
from kg.extract.acts.drafts import Draft
from kg.extract.claims.polarity import denying
from kg.extract.discourse import Chart
from kg.extract.spans.dates import Expression
from kg.parsing.tokens import Token
from kg.records import Statement, When

_TAKING_PLACE = frozenset({"hold", "schedule", "plan", "set", "convene", "organise", "organize"})


def same_dates(
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


_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_WHILE = frozenset({"in", "at", "during", "on", "by", "to", "for", "from", "with", "within"})
# Rules by which an act gets the date of another one.
_SHARED = frozenset({"coordinated-verb", "within-dated-act", "opens-sentence"})


def _precision(expression: Expression) -> int:
    """Return how precise a date is: of two, the one of the lower number covers more time."""
    value = expression.past or expression.future
    return len(value) if "/" not in value else 9 if len(value) > 15 else 5


class Dating:
    """Gives the date expressions of one article to its acts.

    Attributes:
        chart: mentions and referents.
        drafts: the acts.
        contents: token numbers of the verbs and nouns whose content has a mood of its own.
        anchors: token numbers of all acts.
    """

    def __init__(self, chart: Chart, drafts: Sequence[Draft], contents: frozenset[int]) -> None:
        self.chart = chart
        self.drafts = drafts
        self.contents = contents
        self.anchors = {d.anchor.i for d in drafts} | {d.trigger.i for d in drafts}

    def given(self, found: list[Expression]) -> dict[int, Dated]:
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
            if self._of_other(expression, token):
                continue
            delivered = False  # whether it dates a speech or letter, or a time "during"
            judged = False
            for ancestor in token.ancestors:
                delivered = delivered or self._delivers(ancestor)
                if delivered and ancestor.tag_ in {"VB", "VBG"} and self._has_finite_act(ancestor):
                    continue  # "urged Togo to leave in a speech on Friday" dates the urging
                if ancestor.i in self.anchors:
                    judged = self._of_judged(token, ancestor)
                    if judged or self._speech_object(token, ancestor):
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
            if not judged and all(dated.expression != expression for dated in given.values()):
                opening = self._opening(expression)
                if opening is not None:
                    self._set(given, opening, expression, "opens-sentence")
                    self._share(given, expression)
        self._pass_on(given)
        return given

    @staticmethod
    def _give(given: dict[int, Dated], act: int, expression: Expression, rule: str) -> None:
        """Date an act; a date of its own replaces one that it shares, and one less precise."""
        known = given.get(act)
        if (
            known is None
            or known.rule in _SHARED
            or _precision(expression) > _precision(known.expression)
        ):
            given[act] = Dated(expression=expression, rule=rule)

    @staticmethod
    def _set(given: dict[int, Dated], act: int, expression: Expression, rule: str) -> None:
        given.setdefault(act, Dated(expression=expression, rule=rule))

    def _delivers(self, noun: Token) -> bool:
        """Return whether a noun is what somebody speaks in: "in a letter", "during his visit"."""
        if noun.pos_ != "NOUN":
            return False
        names = {name for name, _ in self.chart.syntax.governed(noun)}
        return "during" in names or bool(names and noun.lemma_.lower() in lexicon.DOCUMENTS)

    def _has_finite_act(self, verb: Token) -> bool:
        """Return whether a finite act is told above an infinitive or gerund."""
        return any(a.i in self.anchors and a.tag_ in _FINITE for a in verb.ancestors)

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

    def _of_other(self, expression: Expression, token: Token) -> bool:
        """Return whether a date belongs to a noun that is no act, nor the time of one.

        "After the February 20 attack" and "over Monday's raid" date something else; "at Monday's
        meeting" and "during his May 3 visit" date what was done there.
        """
        noun, syntax = token.head, self.chart.syntax
        if noun.pos_ != "NOUN" or noun.i in self.anchors or token.i > noun.i:
            return False
        words = self.chart.doc[expression.first : expression.last + 1]
        if any(t.pos_ in {"ADP", "SCONJ"} for t in words):
            return False  # "three days after the February 20 attack" is a time of its own
        names = {name for name, _ in syntax.governed(noun)}
        return bool(names) and names.isdisjoint(_WHILE)

    def _of_judged(self, token: Token, verb: Token) -> bool:
        """Return whether a date is that of what is judged: "Monday's attack was condemned"."""
        if all(not d.relation.judges for d in self.drafts if d.anchor.i == verb.i):
            return False
        labels = self.chart.syntax.labels
        if token.i > token.head.i or token.head.pos_ != "NOUN":
            return False
        noun = token.head
        taken = labels.object | labels.subject | labels.passive_subject
        return noun.head == verb and noun.dep_ in taken

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
            and before.tag_ in _FINITE
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
        if verb.i not in self.contents:
            return None
        nouns = [
            d.trigger.i
            for d in self.drafts
            if d.trigger.pos_ == "NOUN" and verb.i < d.trigger.i < expression.first
        ]
        return nouns[-1] if nouns and nouns[-1] < expression.first <= nouns[-1] + 8 else None
