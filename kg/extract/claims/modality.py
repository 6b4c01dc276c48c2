"""Whether an act happened, is planned, possible or only proposed, and whether it is denied.

Factuality is read from auxiliaries, conditionals and the predicates above an act, along the chain
of words that govern it (Saurí & Pustejovsky 2009; implicatives after Karttunen 1971).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from kg.extract import lexicon
from kg.extract.claims.polarity import denying, is_yet_to
from kg.extract.syntax.slots import Syntax
from kg.parsing.tokens import Token

_WILL = frozenset({"will", "shall", "'ll", "wo", "gonna"})
_MIGHT = frozenset({"may", "might", "could", "can", "ca"})
_OUGHT = frozenset({"should", "must", "ought"})
_CONDITIONS = frozenset({"if", "unless", "whether", "provided", "lest"})
# Verbs that say of an event only that it takes place; their mood is the event's.
_OCCUR = lexicon.words(
    "hold take begin start open continue resume happen occur follow proceed conclude end "
    "attend host convene schedule plan arrange expect set facilitate broker mediate organise "
    "organize chair join call"
)
# What is opposed or ruled out need not take place ("opposes a visit"; but "condemns an attack").
_AGAINST = lexicon.words("oppose opposed reject resist object veto forbid prohibit")
_BEFORE_GERUND = frozenset({"to", "on", "about", "of", "from", "in", "at", "against"})
_WORDS = lexicon.words("accusation allegation claim criticism threat warning argument denial")
_TRANSPARENT = lexicon.words(
    "begin start continue manage come proceed help resume hold have make take go keep"
)
_USING = frozenset({"use", "take", "employ"})
_TEMPORAL = frozenset({"before", "until", "till", "once", "when", "after"})
_RANK = {"actual": 0, "planned": 1, "possible": 2, "proposed": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """Modality and polarity of an act, and the words that decided it, for explanations.

    `rules` names, for each word of `because`, the rule that heard it, and `turned` what it turned:
    modality or polarity.
    """

    modality: str = "actual"
    negated: bool = False
    because: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    turned: tuple[str, ...] = ()

    def by(self, rule: str) -> Mood:
        """Return this mood with `rule` as the name for the words that have none yet."""
        missing = len(self.because) - len(self.rules)
        return replace(self, rules=(*self.rules, *(rule,) * missing)) if missing else self

    def under(self, modality: str, word: str) -> Mood:
        """Return this mood moved to `modality` unless it is further from fact already."""
        if not modality or _RANK[modality] <= _RANK[self.modality]:
            return self
        return self._because(word, "modality", modality=modality)

    def denied(self, word: str) -> Mood:
        """Return this mood with the opposite polarity."""
        return self._because(word, "polarity", negated=not self.negated)

    def denied_by(self, verb: str, *, not_so: bool) -> Mood:
        """Return this mood under a verb that denies it, which `not_so` only leaves open."""
        return self.under("possible", verb) if not_so else self.denied(verb)

    def _because(self, word: str, turned: str, **changed: Any) -> Mood:
        because, all_turned = (*self.because, word), (*self.turned, turned)
        return replace(self, because=because, turned=all_turned, **changed)


class Judge:
    """Judges the moods of triggers in one article."""

    def __init__(self, syntax: Syntax, contents: Mapping[int, str]) -> None:
        """Remember which trigger tokens give their content a modality ("urged" -> proposed)."""
        self.syntax = syntax
        self.contents = contents

    def mood(self, trigger: Token, support: Token | None = None) -> Mood:
        """Return the mood of the act that `trigger` tells, `support` being its support verb."""
        token = support or trigger
        mood = Mood()
        owned = trigger.pos_ == "NOUN" and support is None and self._presupposed(trigger)
        if trigger.pos_ in {"NOUN", "PROPN", "ADJ"}:
            mood = self._noun(trigger, mood, climb=support is None, owned=owned).by("noun")
        if owned:
            return mood
        predicate = any(child.dep_ == "cop" for child in token.children)
        if token.pos_ in {"VERB", "AUX"} or token != trigger or predicate:
            mood = self._verb(token, mood).by("governor")
        return self._content(trigger, mood).by("content")

    def _presupposed(self, noun: Token) -> bool:
        """Return whether a noun names an act as somebody's, and so as a fact ("their demands")."""
        named = (m for m in self.syntax.modifiers(noun) if m.text[:1].isupper())
        return bool(self.syntax.possessors(noun)) or any(named)

    # -- the clause itself -----------------------------------------------------------------------

    def _own(self, verb: Token, mood: Mood) -> Mood:
        for auxiliary in self.syntax.auxiliaries(verb):
            word = auxiliary.lower_
            if self._inverted(auxiliary, verb):  # "had Peru gone, ..."
                mood = mood.under("possible", word)
            elif word in _WILL:
                mood = mood.under("planned", word)
            elif word in _MIGHT:
                mood = mood.under("possible", word)
            elif word in {"would", "'d"}:
                mood = mood.under("planned" if self._reported(verb) else "possible", word)
            elif word in _OUGHT:
                mood = mood.under("proposed", word)
            elif self._followed_by_to(auxiliary, verb) and not is_yet_to(verb):
                be = auxiliary.lemma_.lower() == "be"  # "is to go", "has to go"
                mood = mood.under("planned" if be else "proposed", f"{word} to")
        for child in verb.children:
            word = child.lower_
            if child.dep_ == "mark" and word in _CONDITIONS and word != "whether":
                mood = mood.under("possible", word)
            elif word == "due" and verb.tag_ == "VB":  # "is due to leave"
                mood = mood.under("planned", word)
            elif word in {"likely", "probably", "possibly", "perhaps"}:
                mood = mood.under("possible", word)
        for word in denying(self.syntax, verb):
            mood = mood.denied(word)
        return mood

    def _inverted(self, auxiliary: Token, verb: Token) -> bool:
        """Return whether an auxiliary that begins the clause makes it a condition or a question."""
        asked = any(c.lower_ == "?" for c in verb.children)
        if auxiliary.lower_ not in {"had", "were", "should"} and not asked:
            return False
        subject = self.syntax.children(
            verb, self.syntax.labels.subject | self.syntax.labels.passive_subject
        )
        around = (*verb.children, *auxiliary.children)
        begins = all(c.i >= auxiliary.i for c in around if c.pos_ not in {"PUNCT", "CCONJ"})
        return begins and bool(subject) and auxiliary.i < subject[0].i

    @staticmethod
    def _followed_by_to(auxiliary: Token, verb: Token) -> bool:
        """Return whether an auxiliary governs an infinitive with "to", active or passive."""
        if verb.tag_ not in {"VB", "VBN"}:
            return False
        to = next((c for c in verb.children if c.tag_ == "TO" and c.i < verb.i), None)
        return to is not None and auxiliary.i < to.i and auxiliary.lemma_.lower() in {"be", "have"}

    def _reported(self, verb: Token) -> bool:
        head = verb.head
        return (
            verb.dep_ in self.syntax.labels.clause | {"conj", "parataxis"} and head.pos_ == "VERB"
        )

    # -- what stands above it --------------------------------------------------------------------

    def _verb(self, verb: Token, mood: Mood, depth: int = 0) -> Mood:
        mood = self._own(verb, mood).by("clause")
        if depth > 6 or verb.head == verb:
            return mood
        head, label = verb.head, verb.dep_
        labels = self.syntax.labels
        infinite = verb.tag_ in {"VB", "VBG", "VBN"} and not self._finite(verb)
        if label == "conj" and head.pos_ in {"VERB", "AUX", "ADJ"}:
            if infinite and not self.syntax.children(verb, labels.subject):
                above = self._verb(head, Mood(), depth + 1) if verb.tag_ == head.tag_ else Mood()
                mood = mood.under(above.modality, "conj")
            return mood
        if verb.tag_ == "VBG" and label in labels.clause | labels.adverbial:
            if _ruling_out(head, verb):
                above = self._verb(head, Mood(), depth + 1)
                if not above.negated:
                    mood = mood.under(above.modality, "rule out")
                return mood.denied_by("rule out", not_so=above.negated)
        if label in labels.clause and head.lemma_.lower() == "deny":
            above = self._verb(head, Mood(), depth + 1)
            return mood.denied_by("deny", not_so=above.negated)
        if label in labels.clause and infinite:
            if any(c.lower_ == "whether" for c in verb.children):
                return mood.under("possible", "whether")
            to = any(c.tag_ == "TO" for c in verb.children)
            return self._governed(head, mood, depth, to=to)
        marked = any(c.dep_ == "mark" for c in verb.children)
        clausal = label in (
            labels.clause | labels.adnominal | labels.relative if marked else labels.clause
        )
        charge = marked and verb.tag_ == "VBG" and label in labels.adnominal
        if label == "csubj" or charge or (clausal and not infinite):
            if any(c.lower_ == "whether" and c.dep_ == "mark" for c in verb.children):
                mood = mood.under("possible", "whether")
            mood = self._believed(head, mood)
        if label in labels.adnominal and infinite and (verb.tag_ != "VBG" or marked):
            if verb.tag_ == "VBN":
                return mood
            mood = self._by_noun(head, mood)
            if head.head.pos_ in {"VERB", "AUX"} and head.dep_ in labels.object:
                above = self._verb(head.head, Mood(), depth + 1)
                mood = mood.under(above.modality, head.lower_)
                if above.negated:  # "has no plans to", "did not have the intention of"
                    mood = mood.denied(head.head.lower_)
            elif "no" in self.syntax.determiners(head):
                mood = mood.denied("no")
            return mood
        if label in labels.adnominal and verb.tag_ == "VBG" and head.dep_ in labels.object:
            # What a paper says that nobody adopted ("failed to adopt a resolution condemning").
            if head.lemma_.lower() in lexicon.DOCUMENTS and head.head.pos_ == "VERB":
                above = self._verb(head.head, Mood(), depth + 1)
                mood = mood.under(above.modality, head.lower_)
                return mood.denied(head.head.lower_) if above.negated else mood
        if label in labels.adverbial:
            marks = {c.lower_ for c in verb.children if c.dep_ == "mark"}
            if verb.tag_ == "VBG" and self._unsaid_by_whom(head):
                return mood.under("possible", head.lower_)
            if verb.tag_ == "VBG" and marks & _BEFORE_GERUND:  # "is committed to helping"
                return self._governed(head, mood, depth)
            if self.syntax.directed(verb):
                return self._governed(head, mood, depth)
            if marks & _TEMPORAL or any(c.lower_ in _TEMPORAL for c in verb.children):
                above = self._verb(head, Mood(), depth + 1)
                if verb.tag_ in {"VBZ", "VBP"} or self._would(head):
                    mood = mood.under(above.modality, head.lower_)
                return mood
            if infinite and ("to" in marks or verb.tag_ == "VB"):
                for noun in self.syntax.object(head):  # "rejected a call by Peru to go"
                    if head.i < noun.i < verb.i and noun.lemma_.lower() in lexicon.PROPOSED_NOUNS:
                        mood = mood if head.lemma_ in _USING else self._by_noun(noun, mood)
                above = self._verb(head, Mood(), depth + 1) if head.pos_ == "VERB" else Mood()
                return mood.under(above.modality, head.lower_)
        return mood

    def _would(self, verb: Token) -> bool:
        """Return whether a verb tells what was ahead in the past ("would stay until Peru left")."""
        return any(a.lower_ in {"would", "'d"} for a in self.syntax.auxiliaries(verb))

    def _believed(self, head: Token, mood: Mood) -> Mood:
        """Move a clause by how sure of it, or how much for it, somebody is ("does not think")."""
        word = head.lemma_.lower()
        if word in lexicon.CLAIMS:
            labels, above = self.syntax.labels, head.head.lemma_.lower()
            told = head.dep_ in labels.object | labels.passive_subject
            if head.dep_ in labels.subject and above in lexicon.FALSE:
                return mood.denied(above)  # "reports that Peru left were false"
            if not told or above not in lexicon.DENYING:
                return mood
            return mood.denied_by(above, not_so=self._own(head.head, Mood()).negated)
        if word == "doubt" or word in lexicon.SIGNS:
            negated = "no" in self.syntax.determiners(head) or self._own(head, Mood()).negated
            return mood.under("possible", word) if negated != (word == "doubt") else mood
        if word in lexicon.FALSE:
            return mood.denied(word)
        if word in lexicon.UNSURE:
            return mood.under("possible", word)
        if word in lexicon.NEEDFUL:
            return mood.under("proposed", word)
        if word in lexicon.THINKING | lexicon.SURE and self._own(head, Mood()).negated:
            return mood.under("possible", word) if word in lexicon.SURE else mood.denied(word)
        return mood

    def _unsaid_by_whom(self, verb: Token) -> bool:
        """Return whether somebody "is accused", by nobody who could be held to it."""
        blamed = verb.lemma_.lower() in lexicon.BLAMING and self.syntax.is_passive(verb)
        return blamed and not self.syntax.by_agent(verb)

    def _finite(self, verb: Token) -> bool:
        return any(
            c.tag_ in {"VBD", "VBZ", "VBP", "MD"} for c in self.syntax.auxiliaries(verb)
        ) or verb.tag_ in {"VBD", "VBZ", "VBP"}

    def _governed(self, head: Token, mood: Mood, depth: int, *, to: bool = False) -> Mood:
        lemma = head.lemma_.lower()
        if head.pos_ in {"NOUN", "PROPN"}:
            return self._by_noun(head, mood)
        if lemma in lexicon.NEGATING or lemma in {"unable", "unwilling"}:
            mood = mood.denied(lemma)
        elif lemma == "about":
            mood = mood.under("planned", "about to")
        elif lemma in lexicon.PROPOSED:
            mood = mood.under("proposed", lemma)
        elif lemma == "prepare" and head.tag_ != "VBN":
            mood = mood.under("planned", lemma)
        elif lemma in lexicon.POSSIBLE or head.lower_ in lexicon.POSSIBLE | {
            "poised",
            "set",
            "due",
        }:
            planned = head.lower_ in {"set", "due"}
            mood = mood.under("planned" if planned else "possible", head.lower_)
        elif lemma in lexicon.PLANNED:
            mood = mood.under("planned", lemma)
        elif lemma == "be":
            mood = mood.under("planned", "be to")
        elif lemma == "have":
            mood = mood.under("proposed", "have to")
        elif lemma in {"go"}:
            mood = mood.under("planned", "going to")
        elif to and self._moved(head):
            mood = mood.under("proposed", lemma)
        return self._verb(head, mood.by("governor"), depth + 1)

    def _moved(self, verb: Token) -> bool:
        """Return whether a verb, of whatever sense, is done to somebody who should act by it.

        "Challenged Peru to come", "taunted him to leave": they need not have. Verbs of causing say
        that it came about.
        """
        if verb.pos_ != "VERB" or verb.lemma_.lower() in lexicon.CAUSING:
            return False
        return bool(self.syntax.children(verb, self.syntax.labels.object))

    def _by_noun(self, noun: Token, mood: Mood) -> Mood:
        lemma = noun.lemma_.lower()
        if lemma in lexicon.PLANNED_NOUNS:
            mood = mood.under("planned", lemma)
        elif lemma in lexicon.PROPOSED_NOUNS:
            mood = mood.under("proposed", lemma)
        elif lemma in lexicon.POSSIBLE_NOUNS:
            mood = mood.under("possible", lemma)
        elif lemma in {"refusal", "failure"}:
            mood = mood.denied(lemma)
        return mood

    def _noun(self, noun: Token, mood: Mood, *, climb: bool, owned: bool) -> Mood:
        for child in noun.children:
            word = child.lower_
            if word in lexicon.PROPOSED_ADJECTIVES:
                mood = mood.under("proposed", word)
            elif word in lexicon.PLANNED_ADJECTIVES:
                mood = mood.under("planned", word)
            elif word in lexicon.POSSIBLE_ADJECTIVES:
                mood = mood.under("possible", word)
            elif word == "no" and child.dep_ == "det":
                mood = mood.denied(word)
        if not climb:
            return mood
        head, labels = noun.head, self.syntax.labels
        if self._ruled_out(noun, head):
            mood = mood.under("proposed", head.lower_)
        if owned:
            dropped = head.lemma_.lower() in {"cancel", "skip", "abandon"}
            return mood.denied(head.lower_) if dropped and noun.dep_ in labels.object else mood
        if head.pos_ in {"NOUN", "PROPN"} and noun.dep_ not in {"conj", *labels.possessive}:
            return self._by_noun(head, mood)
        if head.pos_ not in {"VERB", "AUX"}:
            return mood
        lemma = head.lemma_.lower()
        if noun.dep_ in labels.object | labels.passive_subject:
            said = noun.lemma_.lower() in lexicon.PROPOSED_NOUNS | _WORDS
            if lemma in {"reject", "refuse"} and said:
                return mood
            if lemma in {"cancel", "reject", "refuse", "avoid", "prevent", "abandon", "skip"}:
                return mood.denied(lemma)
            if lemma in lexicon.PLANNED:
                mood = mood.under("planned", lemma)
            elif lemma in lexicon.PROPOSED - {"need", "let", "allow", "help", "force"}:
                mood = mood.under("proposed", lemma)
        if lemma in _OCCUR and noun.dep_ in (
            labels.object | labels.subject | labels.passive_subject
        ):
            above = self._verb(head, Mood())
            mood = mood.under(above.modality, lemma)
            if above.negated and "no" not in self.syntax.determiners(noun):  # heard already
                mood = mood.denied(lemma)
        return mood

    def _ruled_out(self, noun: Token, head: Token) -> bool:
        """Return whether an act is opposed or ruled out; words rejected were still said."""
        labels = self.syntax.labels
        if noun.lemma_.lower() in lexicon.PROPOSED_NOUNS | lexicon.DOCUMENTS | _WORDS:
            return False
        if noun.dep_ not in labels.object | labels.passive_subject | labels.oblique:
            return False
        if head.lemma_.lower() == "rule":
            return "out" in self.syntax.particles(head)
        against = head.lemma_.lower() in _AGAINST or head.lower_ in _AGAINST
        return against and head.pos_ in {"VERB", "ADJ"}

    def _content(self, trigger: Token, mood: Mood) -> Mood:
        """Apply the nearest request, proposal or promise in whose content the act stands."""
        token = trigger
        while token.head != token:
            head = token.head
            content = self.contents.get(head.i)
            outside = token.dep_ in self.syntax.labels.subject or token.dep_ in {
                "conj", "advcl", "parataxis", "acl:relcl", "relcl", "nsubj:pass", "nsubjpass",
                "nmod:poss", "poss",
            } or self.syntax.is_adjunct(token)  # fmt: skip
            if content and not outside:
                return mood.under(content, head.lower_)
            reduced = token.dep_ in self.syntax.labels.adnominal and token.tag_ == "VBN"
            if reduced or token.dep_ in self.syntax.labels.relative:
                break
            token = head
        return mood


def _ruling_out(head: Token, verb: Token) -> bool:
    """Return whether `head` rules out what `verb` tells."""
    around = (*head.children, *verb.children)
    return head.lemma_.lower() == "rule" and any(
        c.lower_ == "out" and 0 < c.i - head.i <= 2 for c in around
    )
