"""Find the sources of a statement: its speakers, from quotations and parse, and its outlets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from types import MappingProxyType

from kg.extract import lexicon
from kg.extract.acts.drafts import Draft
from kg.extract.claims.hearsay import Hearsay
from kg.extract.coreference.references import References
from kg.extract.discourse import Referent
from kg.extract.spans.quotations import Quotation, closes_sentence
from kg.extract.syntax.phrases import crosses_quotation
from kg.parsing.tokens import Token

_SOURCE_NOUNS = frozenset({"interview", "statement", "comment", "remark", "report", "article"})
_SAYING_NOUNS = lexicon.words(
    "claim report fact news idea belief view hope fear statement rumour rumor allegation evidence "
    "announcement promise warning assertion condition"
)
_NONE: Mapping[Referent, str] = MappingProxyType({})
_ACTORS = ("Actor",)  # nothing else can be a source
CONTRAST = frozenset({"while", "whereas", "although", "though"})
_TRAILING = 6  # tokens after a quotation in which its source may follow; chosen, not measured
_CITING = frozenset({"cite", "quote", "report", "carry", "publish", "air", "broadcast"})
_SERVICES = frozenset(
    {"service", "correspondent", "reporter", "programme", "program", "website", "network", "desk"}
)
_TELLING = frozenset({"tell", "speak", "talk", "say", "comment", "write"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The speakers to whom an act is attributed.

    Attributes:
        speakers: the innermost speaker first; without outlets and, for a remark, its own agents.
        reasons: the rule that found each speaker; also has those who are left out of `speakers`.
    """

    speakers: tuple[Referent, ...]
    reasons: Mapping[Referent, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One token on the path from an act up to the root of its sentence.

    Attributes:
        draft: the act.
        token: the token.
        above: its head; None at the end of the path, if the head was seen before, or if a quotation
            mark separates the two.
        seen: token numbers on the path so far.
    """

    draft: Draft
    token: Token
    above: Token | None
    seen: Set[int]


Voice = tuple[Iterable[Referent], str]
"""Speakers, and the rule that found them."""


class Attribution:
    """Finds the speakers and outlets of statements in one article."""

    def __init__(
        self,
        references: References,
        drafts: Sequence[Draft],
        quoted: Sequence[Quotation],
        speech_verbs: frozenset[str],
    ) -> None:
        """Index drafts by trigger and quotations by token."""
        self.chart = references.chart
        self.references = references
        self.speech_verbs = speech_verbs
        self.by_trigger = {d.anchor.i: d for d in drafts} | {d.trigger.i: d for d in drafts}
        self.quotation_at = {i: q for q in quoted for i in range(q.first, q.last + 1)}
        self.sources = self._sources()
        self.cited = self._cited()
        self.inverted = [r for d in drafts if (r := self._inverted(d)) is not None]
        self.hearsay = Hearsay(references, speech_verbs, self.quotation_at, self.sources)

    def chain(self, draft: Draft) -> Chain:
        """Return the speakers to whom `draft` is attributed, without outlets."""
        found: dict[Referent, str] = {}
        for speakers, rule in self._voices(draft):
            for speaker in speakers:
                found.setdefault(speaker, rule)
        own = draft.agents if draft.relation.reports else ()
        speakers = [r for r in found if r not in own and not self.chart.is_a(r, ("MediaOutlet",))]
        return Chain(speakers=tuple(speakers), reasons=MappingProxyType(found))

    def _voices(self, draft: Draft) -> Iterator[Voice]:
        """Yield speakers, the innermost first, with the rule that found them."""
        for step in self._way_up(draft):
            for hears in ON_THE_WAY:
                yield from hears(self, step)
        for surrounds in AROUND:
            yield from surrounds(self, draft)

    def _way_up(self, draft: Draft) -> Iterator[Step]:
        """Yield the path from an act to the root, or to a relative clause that denies it."""
        token, labels = draft.anchor, self.chart.syntax.labels
        seen = {draft.trigger.i, token.i}
        if token.dep_ in labels.adnominal and token.tag_ == "VBG":
            if token.head.lemma_.lower() in lexicon.DOCUMENTS:
                seen.add(token.head.head.i)  # "issued a statement supporting ...": not a source
        while True:
            head = token.head
            last = head == token or self._answers(token)
            outside = token.dep_ == "conj" and crosses_quotation(head, token)
            above = None if last or outside or head.i in seen else head
            yield Step(draft=draft, token=token, above=above, seen=seen)
            if last:
                return
            token = head.head if outside else head
            seen.add(token.i)

    # -- rules for each token on the path ----------------------------------------------------------

    def _in_parenthesis(self, step: Step) -> Iterator[Voice]:
        """Yield the speaker in a parenthetical clause.

        Example: Kenya [attacked] Uganda (Chad said so). -> Chad
        """
        for child in self.chart.syntax.children(step.token, self.chart.syntax.labels.parenthetical):
            if child.i not in step.seen and not self._after_stop(child):
                yield from _said(self.by_trigger.get(child.i), step.draft, "parenthesis")

    def _according_to(self, step: Step) -> Iterator[Voice]:
        """Yield the source after "according to".

        Example: Kenya [attacked] Uganda, according to Chad. -> Chad
        """
        for name, head in self.chart.syntax.prepositions(step.token):
            if name == "according to":
                yield self._speakers([head]), "according-to"

    def _in_that_clause(self, step: Step) -> Iterator[Voice]:
        """Yield the speaker of a that-clause that the parser did not attach to the verb of saying.

        Example: Chad insisted it was right, and that Kenya, not Togo, [attacked] Uganda. -> Chad
        """
        if step.above is not None:
            yield from _said(self._told_by(step.token), step.draft, "that-clause")

    def _content_of_speech(self, step: Step) -> Iterator[Voice]:
        """Yield the speaker of the verb of saying that a clause completes.

        Example: Chad said that Kenya [attacked] Uganda. -> Chad
        """
        token, labels = step.token, self.chart.syntax.labels
        if step.above is None or self._told_by(token) is not None:
            return
        roles = labels.subject | labels.passive_subject | labels.relative | labels.parenthetical
        apart = token.dep_ == "conj" or token.dep_ in roles
        speech = self.by_trigger.get(step.above.i)
        if apart or self.chart.syntax.is_adjunct(token) or not self._is_content(token, speech):
            return
        yield from _said(speech, step.draft, "content-of-speech")

    # -- rules asked once, after the path ----------------------------------------------------------

    def _closing_said(self, draft: Draft) -> Iterator[Voice]:
        """Yield the speaker in ", somebody said" at the end of the sentence.

        Example: Kenya, which [attacked] Uganda, left, Chad said. -> Chad
        """
        for first, last, speech in self.inverted:
            if first <= draft.trigger.i <= last:
                yield from _said(speech, draft, "closing-said")

    def _citing(self, draft: Draft) -> Iterator[Voice]:
        """Yield who is cited in the sentence ("citing", "quoting").

        Example: Kenya [attacked] Uganda, newspapers reported, citing Chad. -> Chad
        """
        yield self.cited.get(draft.trigger.sent.start, []), "citing"

    def _quoted(self, draft: Draft) -> Iterator[Voice]:
        """Yield the speaker of the quotation in which the act stands.

        Example: "Mali left Oslo in May," Chad said. "Kenya [attacked] Uganda in June." -> Chad
        """
        quotation = self.quotation_at.get(draft.trigger.i)
        if quotation is not None and quotation.last - quotation.first >= 2:
            outside = [t for t in quotation.speaker if t.i not in self.quotation_at]
            yield self._speakers(outside), "quotation"

    # -- helpers of the rules ----------------------------------------------------------------------

    def _answers(self, verb: Token) -> bool:
        """Return whether `verb` heads a relative clause of denial (", which Kenya denied").

        Such a clause answers what is said before it, and is no part of that.
        """
        labels = self.chart.syntax.labels
        if verb.lemma_.lower() not in lexicon.DENYING:
            return False
        related = verb.dep_ in labels.relative or verb.dep_ == "advcl:relcl"
        return related and any(t.lower_ == "which" for t in verb.children)

    def _speakers(self, heads: Iterable[Token]) -> list[Referent]:
        """Return the actors among the sources; for a document, its authors."""
        found: list[Referent] = []
        for head in heads:
            named = [r for r in self.references.referents([head]) if self.chart.is_a(r, _ACTORS)]
            found.extend(named or (a.referent for a in self.references.authors(head)))
        return found

    def _told_by(self, clause: Token) -> Draft | None:
        """Return the speech act of a content clause that is not attached to the verb of saying.

        The parser may attach it to a noun ("announced in the garden that ...") or coordinate it
        with the verb of saying ("said that he would stay and would hold talks").
        """
        marks = {c.lower_ for c in clause.children if c.dep_ == "mark"}
        head, labels = clause.head, self.chart.syntax.labels
        if clause.dep_ == "conj":
            own = self.chart.syntax.children(clause, labels.subject | labels.passive_subject)
            would = any(c.lower_ in {"would", "'d"} for c in clause.children)
            speech = self.by_trigger.get(head.i)
            told = speech is not None and bool(self.chart.syntax.clauses(head))
            return speech if told and ("that" in marks or (would and not own)) else None
        if "that" not in marks or head.pos_ not in {"NOUN", "PROPN"}:
            return None
        if head.lemma_.lower() in _SAYING_NOUNS:
            return None
        for ancestor in head.ancestors:
            if ancestor.pos_ in {"VERB", "AUX"}:
                speech = self.by_trigger.get(ancestor.i)
                return speech if speech is not None and speech.relation.reports else None
        return None

    def _is_content(self, token: Token, speech: Draft | None) -> bool:
        """Return whether the clause of `token` is the content of the speech act above it.

        An adverbial clause ("asked about it, he said ...") is not, nor is an infinitive under a
        symmetric relation ("agreed to leave"). Without a speech act the answer is True.
        """
        if speech is None:
            return True
        labels = self.chart.syntax.labels
        if token.dep_ in labels.adverbial:
            if token.i < speech.anchor.i:
                return token.i in self.quotation_at
            apart = self.chart.syntax.is_circumstance(token)  # "warned Peru after Chile left"
            if apart or any(c.lower_ in CONTRAST for c in token.children if c.dep_ == "mark"):
                return token.i in self.quotation_at  # "..., while Peru agreed"
        infinitive = token.dep_ == "xcomp" or any(c.tag_ == "TO" for c in token.children)
        return not (speech.relation.symmetric and infinitive)

    def _inverted(self, draft: Draft) -> tuple[int, int, Draft] | None:
        """Return first and last token reported by a closing ", somebody said", and its draft."""
        if not draft.relation.reports or draft.trigger.i in self.quotation_at:
            return None
        span = closes_sentence(self.chart, draft.trigger)
        return (*span, draft) if span is not None else None

    def _cited(self) -> dict[int, list[Referent]]:
        """Return who is cited ("citing officials"), by first token of the sentence."""
        found: dict[int, list[Referent]] = {}
        for token in self.chart.doc:
            if token.lower_ in {"citing", "quoting"}:
                heads = self.chart.syntax.object(token)
                found.setdefault(token.sent.start, []).extend(self._speakers(heads))
        return found

    def _after_stop(self, verb: Token) -> bool:
        """Return whether a colon or semicolon stands before the clause of `verb`."""
        first = verb.left_edge.i
        return any(self.chart.doc[i].text in {":", ";"} for i in {first, max(0, first - 1)})

    def outlets(self, token: Token) -> Mapping[Referent, str]:
        """Return the outlets that are a source of the sentence of `token`, each with its rule."""
        return self.sources.get(token.sent.start, _NONE)

    def _sources(self) -> dict[int, dict[Referent, str]]:
        """Return the outlets that are a source and their rules, by first token of the sentence."""
        found: dict[int, dict[Referent, str]] = {}
        for place in self.chart.in_order():
            if place.how != "name" or not self.chart.is_a(place.referent, ("MediaOutlet",)):
                continue
            head = self.chart.doc[place.head]
            if rule := self._source_rule(head, place.first):
                for start in self._sentences_told(head):
                    found.setdefault(start, {}).setdefault(place.referent, rule)
        return found

    def _person(self, token: Token) -> bool:
        """Return whether `token` names a person, as in "the Herald's Juan Perez said"."""
        place = self.chart.mention(token)
        return place is not None and self.chart.is_a(place.referent, ("Person",))

    def _sentences_told(self, head: Token) -> list[int]:
        """Return the first tokens of the sentences that an outlet is the source of.

        They are its own sentence, and those of a quotation that ends shortly before it.
        """
        starts = [head.sent.start]
        before = [self.quotation_at[i] for i in range(head.i - _TRAILING, head.i)
                  if i in self.quotation_at]  # fmt: skip
        if before and head.i not in self.quotation_at:
            first = self.chart.doc[before[-1].first].sent.start
            inside = dict.fromkeys(t.sent.start for t in self.chart.doc[first : head.i])
            starts += [start for start in inside if start not in starts]
        return starts

    def _source_rule(self, head: Token, first: int) -> str:
        """Return the rule by which an outlet is a source; empty if it is none.

        Args:
            head: head of the outlet's name.
            first: number of the first token of the name.
        """
        syntax, doc = self.chart.syntax, self.chart.doc
        before = [doc[i].lower_ for i in range(max(0, first - 5), first)]
        if "according" in before and "to" in before:
            return "according-to"
        while head.dep_ in {"conj", "appos", "flat", "compound"} and head.head != head:
            head = head.head
        owned = head.dep_ in syntax.labels.possessive | syntax.labels.modifier
        if owned and (head.head.lemma_.lower() in _SERVICES or self._person(head.head)):
            head = head.head
        governor = head.head
        lemma = governor.lemma_.lower()
        by = before[-1:] == ["by"] or before[-2:] == ["by", "the"]
        if head.dep_ in syntax.labels.subject or by:
            speaks = lemma in _CITING or lemma in self.speech_verbs
            return f"reports ({governor})" if speaks else ""
        if lemma in _TELLING or lemma in {"cite", "quote"}:
            return f"told ({governor})"
        if lemma in _SOURCE_NOUNS:
            return f"source-noun ({governor})"
        telling = governor.head.lemma_.lower() in _TELLING | _SOURCE_NOUNS | _CITING
        return f"told ({governor.head})" if governor.pos_ == "ADP" and telling else ""


def _said(speech: Draft | None, draft: Draft, rule: str) -> Iterator[Voice]:
    """Yield the agents of a speech act, unless it is the act itself."""
    if speech is None or speech.trigger is draft.trigger:
        return
    if speech.relation.reports:
        yield speech.agents, f"{rule} ({speech.trigger})"


ON_THE_WAY: tuple[Callable[[Attribution, Step], Iterator[Voice]], ...] = (
    Attribution._in_parenthesis,
    Attribution._according_to,
    Attribution._in_that_clause,
    Attribution._content_of_speech,
)
"""Rules asked at each token on the path; every rule may add speakers, in this order."""

AROUND: tuple[Callable[[Attribution, Draft], Iterator[Voice]], ...] = (
    Attribution._closing_said,
    Attribution._citing,
    Attribution._quoted,
)
"""Rules asked once, after the path; every rule may add speakers, in this order."""
