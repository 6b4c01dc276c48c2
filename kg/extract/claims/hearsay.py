"""Find acts attributed to no named source: "reportedly", "is said to have left", "sources said".

Such an act is not told by the article as its own fact, although no source is named (Hyland 1998,
Saurí & Pustejovsky 2009). The same holds for an act in a quotation whose speaker is not found.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from kg.extract import lexicon
from kg.extract.acts.drafts import Draft
from kg.extract.coreference.references import References
from kg.extract.discourse import Referent
from kg.extract.spans.quotations import Quotation, closes_sentence
from kg.parsing.tokens import Token

_SHORT = 4  # tokens; shorter quotations are single phrases, no speech (as in `quotations`)
_PASSING_ON = lexicon.words("suggest indicate have")  # "reports have it that"
_NOUNS = frozenset({"NN", "NNS", "PRP"})
_SPEAKERS = (
    lexicon.SOURCES | lexicon.ROLE_HEADS | lexicon.GROUP_HEADS | lexicon.BODY_HEADS
    | lexicon.HE | lexicon.SHE | lexicon.THEY
)  # fmt: skip
_SOME = frozenset({"some", "many", "others", "most"})
_HERE = lexicon.IT | lexicon.FIRST | lexicon.FIRST_PLURAL
_NAMELESS = frozenset({"source", "sources", "insider", "insiders"})


class Hearsay:
    """Tells whether statements of one article come from an unnamed source."""

    def __init__(
        self,
        references: References,
        speech_verbs: frozenset[str],
        quotation_at: Mapping[int, Quotation],
        outlets: Mapping[int, Collection[Referent]],
    ) -> None:
        """Index the clauses that a closing ", sources said" reports."""
        self.chart = references.chart
        self.references = references
        self.syntax = references.syntax
        self.quotation_at = quotation_at
        self.outlets = outlets
        self.verbs = speech_verbs | _PASSING_ON
        self.closing = [
            (span, rule)
            for token in self.chart.doc
            if token.lemma_.lower() in self.verbs and token.i not in quotation_at
            if (span := closes_sentence(self.chart, token)) and (rule := self._by_nobody(token))
        ]

    def rule(self, draft: Draft, speakers: Sequence[Referent]) -> str:
        """Return the words by which a draft has an unnamed source; empty if it has none.

        Args:
            draft: the act.
            speakers: its speakers, as far as they were found.
        """
        if draft.trigger.dep_ in {"case", "prep"}:
            return ""  # "according to sources": this is what they say
        found = self._noun(draft) or self._above(draft) or self._nameless(speakers)
        if found:
            return found
        for (first, last), rule in self.closing:
            if first <= draft.trigger.i <= last:
                return rule
        quotation = self.quotation_at.get(draft.trigger.i)
        if quotation is None or speakers or self.outlets.get(draft.trigger.sent.start):
            return ""
        outside = [t for t in quotation.speaker if t.i not in self.quotation_at]
        whole = quotation.last - quotation.first >= _SHORT
        return "quotation" if whole and outside and not self.references.referents(outside) else ""

    @staticmethod
    def _nameless(speakers: Sequence[Referent]) -> str:
        """Return the description of a speaker who is only called a source; empty if none is."""
        named = (r.name.lower() for r in speakers if r.described)
        return next((name for name in named if _NAMELESS & {*name.split()}), "")

    def _noun(self, draft: Draft) -> str:
        """Return the adjective that makes an act only alleged ("the alleged attack"), or ""."""
        act = draft.trigger if draft.trigger.pos_ == "NOUN" else draft.noun
        words = [m.lower_ for m in self.syntax.modifiers(act)] if act is not None else []
        return next((word for word in words if word in lexicon.ALLEGED), "")

    def _above(self, draft: Draft) -> str:
        """Return the first sign of hearsay on the path from an act to the root, or "".

        An adverb on the verb above a noun does not count for the noun: in "reportedly condemned
        the attack" the attack is a fact.
        """
        token, labels = draft.anchor, self.syntax.labels
        if token.pos_ != "NOUN" and (found := self._adverb(token)):
            return found
        while True:
            if found := self._beside(token):
                return found
            head = token.head
            if head is token:
                return ""
            content = token.dep_ in labels.clause | {"csubj", "csubj:pass"}
            if found := self._governor(token, head, content=content):
                return found
            if token.dep_ in labels.relative | labels.possessive:
                return ""
            performed = token.pos_ == "NOUN" and head.lemma_.lower() in lexicon.PERFORMING
            shared = token.dep_ == "conj" and not self.syntax.children(token, labels.subject)
            if (performed or content or shared) and (found := self._adverb(head, before=token.i)):
                return found
            token = head

    def _adverb(self, verb: Token, before: int | None = None) -> str:
        """Return an adverb such as "reportedly" of a verb, or "".

        Args:
            verb: the verb.
            before: if given, the adverb must precede the token of this number.
        """
        around = (*verb.children, *(c for a in self.syntax.auxiliaries(verb) for c in a.children))
        for child in around:
            if child.lower_ in lexicon.HEARSAY and (before is None or child.i < before):
                return child.lower_
        return ""

    def _beside(self, token: Token) -> str:
        """Return the unnamed source beside a token ("according to reports"), or ""."""
        for name, head in self.syntax.prepositions(token):
            if name == "according to" and self._nobody(head):
                return f"{name} {head.lower_}"
        for child in token.children:
            if child.dep_ in self.syntax.labels.parenthetical and not self._apart(child):
                if rule := self._by_nobody(child):
                    return rule
        return ""

    def _apart(self, clause: Token) -> bool:
        """Return whether a colon or semicolon stands before a clause."""
        first = clause.left_edge.i
        return any(self.chart.doc[i].text in {":", ";"} for i in (first, max(0, first - 1)))

    def _governor(self, token: Token, head: Token, *, content: bool) -> str:
        """Return the words at `head` that attribute `token` to an unnamed source, or "".

        Args:
            token: the head of the clause or phrase below.
            head: the word above it.
            content: `token` heads a complement clause.
        """
        lemma, labels = head.lemma_.lower(), self.syntax.labels
        if head.tag_ in _NOUNS:
            marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in token.children)
            if not marked or token.dep_ not in labels.adnominal | labels.relative | labels.clause:
                return ""
            if lemma not in lexicon.CLAIMS:  # "told the press that": see the verb above
                verb = next((a for a in head.ancestors if a.pos_ == "VERB"), head)
                return self._by_nobody(verb)
            denied = head.head.lemma_.lower() in lexicon.DENYING
            return lemma if not denied and self._nobody(head) else ""
        gerund = token.dep_ in labels.adverbial and token.tag_ == "VBG"  # "is accused of lying"
        if content or gerund or token.dep_ in labels.oblique:
            if lemma in lexicon.RUMOURED and self.syntax.is_passive(head):
                return head.lower_ if not self.syntax.by_agent(head) else ""
        finite = content and not any(c.tag_ == "TO" for c in token.children)
        return self._by_nobody(head) if finite else ""

    def _by_nobody(self, verb: Token) -> str:
        """Return subject and verb, "sources said", if an unnamed source says so; else ""."""
        if verb.lemma_.lower() not in self.verbs or self.syntax.is_passive(verb):
            return ""
        for head in self.syntax.subject(verb):
            if self._nobody(head):
                return f"{head.lower_} {verb.lower_}"
        return ""

    def _nobody(self, head: Token) -> bool:
        """Return whether a noun or pronoun is a source without a name.

        "Sources" always is. A document with an author is not, nor is anything in a sentence that
        has an outlet as its source.
        """
        if head.lower_ in _SOME and head.pos_ != "PROPN":
            return True  # "Some say that"
        if head.tag_ not in _NOUNS or head.lower_ in _HERE:
            return False
        lemma = head.lemma_.lower()
        if lemma not in _SPEAKERS and (
            lemma in lexicon.EVENT_HEADS or head.head.lemma_.lower() in lexicon.SHOWING
        ):
            return False  # "the meeting showed that"
        if head.lower_ in _NAMELESS:
            return True
        known = any(self.chart.is_a(r, ("Actor",)) for r in self.references.referents([head]))
        return not (known or self.references.authors(head) or self.outlets.get(head.sent.start))
