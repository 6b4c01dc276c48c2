"""Whose word it is: quotations and their speakers, indirect speech, sources.

Quotations are found by their marks, paragraph by paragraph, and given a speaker from the speech
verb beside them (cf. O'Keefe et al. 2012; Pareti 2016); indirect speech follows the parse.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.discourse import Chart, Referent
from kg.extract.relations import Draft, Matcher

_OPENING, _CLOSING = "“«„", "”»"
_NEAR = 14  # tokens between a quotation and its speech verb
_SHORT = 4  # shorter quotations are turns of phrase, not speech of their own
_SOURCE_NOUNS = frozenset({"interview", "statement", "comment", "remark", "report", "article"})
_CITING = frozenset({"cite", "quote", "report", "carry", "publish", "air", "broadcast"})
_TELLING = frozenset({"tell", "speak", "talk", "say", "comment", "write"})


@dataclass(slots=True, kw_only=True)
class Quotation:
    """A quotation: tokens between the marks, and the heads of its speaker's noun phrase."""

    first: int
    last: int
    open_end: bool
    speaker: list[Token]
    verb: Token | None = None


def quotations(chart: Chart, speech_verbs: frozenset[str]) -> list[Quotation]:
    """Return the quotations of the article in text order, with their speakers where clear."""
    found = _marked(chart)
    quoted = {i for q in found for i in range(q.first, q.last + 1)}
    for number, quotation in enumerate(found):
        _beside(chart, quotation, speech_verbs, quoted)
        if quotation.speaker or quotation.last - quotation.first < _SHORT:
            continue
        before = found[number - 1] if number else None
        if before is None or not before.speaker:
            continue
        gap = chart.parse.paragraph[quotation.first] - chart.parse.paragraph[before.last]
        if gap == 0 or (gap == 1 and before.open_end):
            quotation.speaker, quotation.verb = before.speaker, before.verb
    return found


def _marked(chart: Chart) -> list[Quotation]:
    """Pair the quotation marks; one left open runs to the end of its paragraph."""
    text, starts = chart.parse.article.text, chart.parse.starts
    paragraph = chart.parse.paragraph
    found: list[Quotation] = []
    opened: int | None = None
    for token in chart.doc:
        i = token.i
        if opened is not None and paragraph[i] != paragraph[opened]:
            if i - 1 > opened:
                found.append(Quotation(first=opened + 1, last=i - 1, open_end=True, speaker=[]))
            opened = None
        if '"' not in token.text:
            continue
        mark = text[starts[i]]
        if (opened is None and mark not in _CLOSING) or (opened is not None and mark in _OPENING):
            opened = i
        elif opened is not None:
            if i - 1 > opened:
                found.append(Quotation(first=opened + 1, last=i - 1, open_end=False, speaker=[]))
            opened = None
    if opened is not None and len(chart.doc) - 1 > opened:
        last = len(chart.doc) - 1
        found.append(Quotation(first=opened + 1, last=last, open_end=True, speaker=[]))
    return found


def _beside(chart: Chart, quotation: Quotation, verbs: frozenset[str], quoted: set[int]) -> None:
    """Give the quotation the subject of the nearest speech verb outside it in its paragraph."""
    paragraph = chart.parse.paragraph[quotation.first]
    best: tuple[float, Token, list[Token]] | None = None
    low = max(0, quotation.first - _NEAR - 1)
    high = min(len(chart.doc), quotation.last + _NEAR + 2)
    for index in [*range(low, quotation.first), *range(quotation.last + 1, high)]:
        token = chart.doc[index]
        if token.pos_ != "VERB" or index in quoted or chart.parse.paragraph[index] != paragraph:
            continue
        if token.lemma_.lower() not in verbs:
            continue
        subject = chart.syntax.subject(token)
        if not subject or subject[0].i in quoted:
            continue
        after = index > quotation.last
        distance = index - quotation.last if after else quotation.first - index
        cut = _sentence_ends_between(chart, quotation, index)
        weight = distance + (8.0 if cut else 0.0) + (1.0 if not after else 0.0)
        if cut and not after and chart.doc[quotation.first - 2].text not in {":", ","}:
            weight += 6.0
        if best is None or weight < best[0]:
            best = (weight, token, subject)
    if best is not None and best[0] < _NEAR + 4:
        quotation.verb, quotation.speaker = best[1], best[2]


def _sentence_ends_between(chart: Chart, quotation: Quotation, index: int) -> bool:
    if index > quotation.last:
        cells = range(quotation.last, index)
        if chart.doc[quotation.last].text in {".", "!"}:
            return True
        return any(chart.doc[i].text == "." for i in cells if i > quotation.last)
    return any(chart.doc[i].text == "." for i in range(index, quotation.first))


class Attribution:
    """Answers whose word a statement is, and which outlet is its source."""

    def __init__(
        self, chart: Chart, drafts: Sequence[Draft], quoted: Sequence[Quotation], matcher: Matcher
    ) -> None:
        """Index drafts by trigger and quotations by token."""
        self.chart = chart
        self.matcher = matcher
        self.by_trigger = {d.anchor.i: d for d in drafts} | {d.trigger.i: d for d in drafts}
        self.quotation_at = {i: q for q in quoted for i in range(q.first, q.last + 1)}
        self.sources = self._sources()
        self.cited = self._cited()
        self.inverted = [r for d in drafts if (r := self._inverted(d)) is not None]

    def chain(self, draft: Draft) -> list[Referent]:
        """Return the speakers on whose word `draft` stands, innermost first, outlets left out."""
        found: list[Referent] = []
        token = draft.anchor
        seen: set[int] = {draft.trigger.i, draft.anchor.i}
        labels = self.chart.syntax.labels
        while True:
            for child in token.children:
                if child.dep_ in labels.parenthetical and child.i not in seen:
                    self._extend(found, self.by_trigger.get(child.i), draft)
            for name, head in self.chart.syntax.prepositions(token):
                if name == "according to":
                    self._add(found, self.matcher.referents([head]))
            head = token.head
            if head == token:
                break
            subject = token.dep_ in labels.subject | labels.passive_subject
            if not subject and token.dep_ not in {"conj", *labels.relative} and head.i not in seen:
                if token.dep_ not in labels.parenthetical:
                    self._extend(found, self.by_trigger.get(head.i), draft)
            seen.add(head.i)
            token = head
        for first, last, speech in self.inverted:
            if first <= draft.trigger.i <= last:
                self._extend(found, speech, draft)
        self._add(found, self.cited.get(draft.trigger.sent.start, []))
        quotation = self.quotation_at.get(draft.trigger.i)
        if quotation is not None and quotation.last - quotation.first >= 2:
            outside = [t for t in quotation.speaker if t.i not in self.quotation_at]
            self._add(found, self.matcher.referents(outside))
        own = draft.agents if draft.relation.reports else []
        return [r for r in found if r not in own and not self.chart.is_a(r, ("MediaOutlet",))]

    def _inverted(self, draft: Draft) -> tuple[int, int, Draft] | None:
        """Return the tokens that a closing ", somebody said" reports, whatever the parse says."""
        verb = draft.trigger
        if not draft.relation.reports or verb.pos_ != "VERB" or verb.i in self.quotation_at:
            return None
        subject = self.chart.syntax.children(verb, self.chart.syntax.labels.subject)
        if not subject or subject[0].i > verb.i:
            return None
        comma = subject[0].left_edge.i - 1
        if comma <= verb.sent.start + 2 or self.chart.doc[comma].text not in {",", '"'}:
            return None
        if any(c.i > verb.i for c in self.chart.syntax.clauses(verb)):
            return None
        if self.chart.syntax.children(verb, self.chart.syntax.labels.object):
            return None
        return verb.sent.start, comma - 1, draft

    def _cited(self) -> dict[int, list[Referent]]:
        """Return by sentence who is cited there ("citing officials"), outlets left out."""
        found: dict[int, list[Referent]] = {}
        for token in self.chart.doc:
            if token.lower_ in {"citing", "quoting"}:
                heads = self.chart.syntax.object(token)
                found.setdefault(token.sent.start, []).extend(self.matcher.referents(heads))
        return found

    def _extend(self, found: list[Referent], speech: Draft | None, draft: Draft) -> None:
        if speech is not None and speech is not draft and speech.relation.reports:
            self._add(found, speech.agents)

    @staticmethod
    def _add(found: list[Referent], speakers: Iterable[Referent]) -> None:
        found.extend(s for s in speakers if s not in found)

    def outlets(self, token: Token) -> list[Referent]:
        """Return the outlets that the sentence of `token` names as its source."""
        return self.sources.get(token.sent.start, [])

    def _sources(self) -> dict[int, list[Referent]]:
        found: dict[int, list[Referent]] = {}
        for place in self.chart.in_order():
            if place.how != "name" or not self.chart.is_a(place.referent, ("MediaOutlet",)):
                continue
            head = self.chart.doc[place.head]
            if self._is_source(head, place.first):
                here = found.setdefault(head.sent.start, [])
                if place.referent not in here:
                    here.append(place.referent)
        return found

    def _is_source(self, head: Token, first: int) -> bool:
        syntax, doc = self.chart.syntax, self.chart.doc
        before = [doc[i].lower_ for i in range(max(0, first - 4), first)]
        if "according" in before and "to" in before:
            return True
        while head.dep_ in {"conj", "appos", "flat", "compound"} and head.head != head:
            head = head.head
        governor = head.head
        lemma = governor.lemma_.lower()
        if head.dep_ in syntax.labels.subject or (before[-1:] == ["by"]):
            return lemma in _CITING or lemma in self.matcher.index.speech_verbs
        if lemma in _TELLING or lemma in {"cite", "quote"}:
            return True
        if lemma in _SOURCE_NOUNS:
            return True
        if governor.pos_ == "ADP":
            return governor.head.lemma_.lower() in _TELLING | _SOURCE_NOUNS | _CITING
        return False
