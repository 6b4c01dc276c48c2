"""Finds the arguments (slots) of verbs and nouns in a dependency tree.

Slots are logical: the by-agent of a passive is its subject, the passive subject its object.
Relative pronouns are replaced by their antecedent. A verb without a subject of its own gets one
through control, coordination or a reduced clause.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.lexicon import DIRECTING, INTENTIONS
from kg.extract.syntax import controlling
from kg.extract.syntax.controlling import deed_of
from kg.extract.syntax.narrowing import NARROWING, set_off
from kg.extract.syntax.phrases import RELATIVE, Phrases, crosses_quotation
from kg.parsing.tokens import Token

_DITRANSITIVE = frozenset({"deny", "refuse", "give", "grant", "offer", "send", "lend", "award"})
_ENGAGED = frozenset({"engage", "involve", "lock", "embroil", "catch", "mire", "entangle"})
_HYPHENS = frozenset({"-", "–", "‐", "‑"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "DET"})
_STANDING = frozenset({"be", "stand", "lie", "remain"})
_LOOSE = frozenset({"parataxis", "dep", "pcomp", "prep"})
_DEEPEST = 6  # heads climbed in search of a subject; chosen, not measured


class Syntax(Phrases):
    """Finds logical arguments of tokens under one label scheme, `ud` or `clearnlp`."""

    def subject(self, verb: Token, depth: int = 0) -> list[Token]:
        """Return the heads of the logical subject of `verb`; add `conjuncts` for all members."""
        if self.is_passive(verb):
            return self.by_agent(verb) or self._hyphenated(verb)
        return (
            self._modified(verb)
            or self._own_subject(verb, self.labels.subject)
            or self._inherited(verb, depth)
            or set_off(self, verb)
        )

    def _modified(self, verb: Token) -> list[Token]:
        """Return "miners" in "stopped by protesting miners", an object in some parses."""
        if verb.tag_ != "VBG" or verb.head is verb or not self.is_passive(verb.head):
            return []
        if all(c.lower_ != "by" for c in verb.children):
            return []
        found = [t for t in self.children(verb, self.labels.object) if t.i == verb.i + 1]
        return [t for t in found if t.tag_ == "NNS"]

    def _hyphenated(self, participle: Token) -> list[Token]:
        """Return the agent in "UN-brokered", "Iran-backed"."""
        if participle.dep_ not in self.labels.modifier:
            return []
        return [c for c in participle.lefts if c.dep_ != "punct" and c.nbor(1).text in _HYPHENS]

    def surface_subject(self, verb: Token, depth: int = 0) -> list[Token]:
        """Return the heads of the grammatical subject of `verb`, active or passive."""
        labels = self.labels.subject | self.labels.passive_subject
        return self._own_subject(verb, labels) or self._inherited(verb, depth)

    def _own_subject(self, verb: Token, labels: frozenset[str]) -> list[Token]:
        """Return the subject that is a dependent of `verb`.

        Some parses of "A and B met" make "met" a conjunct of A and only B its subject; the
        result is then both.
        """
        own = self.children(verb, labels)
        for narrowed in NARROWING:
            if len(own) > 1:
                own = narrowed(verb, own) or own
        if not own:
            return []
        return self._split(verb, own[0]) or [self.antecedent(own[0])]

    def _split(self, verb: Token, own: Token) -> list[Token]:
        """Return A and B if the parse of "A and B met" makes "met" a conjunct of A, else []."""
        head = verb.head
        if verb.dep_ != "conj" or head.pos_ not in {"PROPN", "NOUN"} or head.i >= own.i:
            return []
        links = [c.i for c in verb.children if c.dep_ == "cc" and head.i < c.i < own.i]
        return [head, own] if links and own.left_edge.i <= links[-1] + 1 else []

    def _inherited(self, verb: Token, depth: int) -> list[Token]:
        """Return the subject that `verb` gets from its head, by the first rule that applies.

        The rules are those of `INHERITING`.
        """
        if depth > _DEEPEST or verb.head == verb:
            return []
        for inherits in INHERITING:
            found = inherits(self, verb, depth)
            if found is not None:
                return found
        return []

    # -- rules of inheritance: each returns None where it does not apply ---------------------------

    def _coordinated(self, verb: Token, depth: int) -> list[Token] | None:
        """Share the subject of the verb before "and".

        Example: Kenya criticised Uganda and [praised] Chad. -> Kenya
        """
        if verb.dep_ != "conj":
            return None
        head = verb.head
        outside = crosses_quotation(head, verb) and head.dep_ in self.labels.clause
        return self.surface_subject(head.head if outside else head, depth + 1)

    def _thanked(self, verb: Token, depth: int) -> list[Token] | None:
        """Get the recipient of thanks or regret for the act.

        Example: Kenya expressed its thanks to Uganda for [helping] Chad. -> Uganda
        """
        host = deed_of(self, verb)
        if host is None or host.lemma_.lower() not in controlling.EXPRESSING:
            return None
        found = [t for name, t in self.prepositions(host) if name == "to"]
        objects = self.object(host, depth + 1)
        found += [t for o in objects for name, t in self.prepositions(o) if name == "to"]
        return [t for t in found if t.i < verb.i][:1] or None

    def _punished(self, verb: Token, depth: int) -> list[Token] | None:
        """Get the bearer of a penalty for the act.

        Example: Kenya imposed sanctions on Uganda for [attacking] Chad. -> Uganda
        """
        host = deed_of(self, verb)
        if host is None or host.lemma_.lower() in controlling.EXPRESSING:
            return None
        for penalty in self.object(host, depth + 1):
            if penalty.lemma_.lower() not in controlling.PENALTIES:
                continue
            phrases = [*self.prepositions(penalty), *self.prepositions(host)]
            laid = [t for name, t in phrases if name in controlling.LAID]
            if bearers := [self.antecedent(t) for t in laid if t.i < verb.i]:
                return bearers[:1]
        return None

    def _accused(self, verb: Token, depth: int) -> list[Token] | None:
        """Get the object of a verb that blames, praises or punishes it for the act.

        Example: Kenya accused Uganda of [attacking] Chad. -> Uganda
        """
        host = deed_of(self, verb)
        if (
            host is None
            or host.lemma_.lower() not in controlling.GERUND_CONTROL
            or host.pos_ != "VERB"
        ):
            return None
        return [self.antecedent(t) for t in self.object(host, depth + 1) if t is not verb] or None

    def _qualified(self, verb: Token, depth: int) -> list[Token] | None:
        """Get the noun that a relative clause or participle modifies.

        Example: The envoys who [met] rebels left. -> envoys
        """
        marked = any(child.dep_ == "mark" for child in verb.children)
        adnominal = verb.dep_ in self.labels.adnominal
        participle = adnominal and verb.tag_ in {"VBG", "VBN"} and not marked
        return [verb.head] if verb.dep_ in self.labels.relative or participle else None

    def _intended(self, verb: Token, depth: int) -> list[Token] | None:
        """Get the owner of the plan or right whose content is the clause, or who was asked to.

        Example: Kenya's plan to [attack] Uganda failed. -> Kenya
        """
        head, labels = verb.head, self.labels
        if controlling.is_answered(head) and head.dep_ in labels.object:
            return self.surface_subject(head.head, depth + 1)
        spelt = verb.dep_ in labels.clause and head.pos_ in {"NOUN", "PROPN"} and not self.ud
        return self._noun_agent(head, depth) if spelt or verb.dep_ in labels.adnominal else None

    def _controlled(self, verb: Token, depth: int) -> list[Token] | None:
        """Get the object of the governing verb ("urged"), unless that has subject control.

        Example: Kenya urged Uganda to [attack] Chad. -> Uganda
        """
        head = verb.head
        if verb.dep_ not in self.labels.clause:
            return None
        objects = self.children(head, self.labels.object | self.labels.indirect)
        if (
            not objects
            or self.is_passive(head)
            or head.lemma_.lower() in controlling.SUBJECT_CONTROL
        ):
            return None
        return [self.antecedent(objects[-1])]

    def _called_upon(self, verb: Token, depth: int) -> list[Token] | None:
        """Get the object of a preposition under the governing verb.

        Example: Kenya called on Uganda to [attack] Chad. -> Uganda
        """
        head, labels = verb.head, self.labels
        if verb.dep_ not in labels.clause or head.lemma_.lower() not in controlling.OBLIQUE_CONTROL:
            return None
        if self.children(head, labels.object | labels.indirect):
            return None
        for preposition, other in self.prepositions(head):
            if preposition in controlling.CONTROLLING and other.i < verb.i:
                return [other]
        return None

    def _of_verb_above(self, verb: Token, depth: int) -> list[Token] | None:
        """Share the subject of the verb whose complement the clause is.

        Example: Kenya refused to [attack] Chad. -> Kenya
        """
        if verb.dep_ not in self.labels.clause:
            return None
        return self.surface_subject(verb.head, depth + 1)

    def _held_back(self, verb: Token, depth: int) -> list[Token] | None:
        """Get the object of a verb with "from" and a gerund.

        Example: Kenya kept Uganda from [attacking] Chad. -> Uganda
        """
        if verb.tag_ != "VBG" or all(c.lower_ != "from" for c in verb.children):
            return None
        held = [t for t in self.children(verb.head, self.labels.object) if t.i < verb.i]
        return [self.antecedent(held[-1])] if held else None

    def _circumstance(self, verb: Token, depth: int) -> list[Token] | None:
        """Share the subject of the verb that the adverbial clause modifies.

        Example: Kenya left Oslo after [meeting] Uganda. -> Kenya
        """
        if verb.dep_ not in self.labels.adverbial | _LOOSE:
            return None
        host = verb.head.head if verb.head.dep_ == "advmod" else verb.head  # "stopped short of"
        return self.directed(verb) or self.surface_subject(host, depth + 1)

    # -- where subjects are inherited from ---------------------------------------------------------

    def directed(self, infinitive: Token) -> list[Token]:
        """Return "Peru" in "dared Peru to come" if a parse has the infinitive as a purpose."""
        verb = infinitive.head
        if infinitive.tag_ != "VB" or verb.lemma_.lower() not in DIRECTING or verb.pos_ != "VERB":
            return []
        if all(c.tag_ != "TO" for c in infinitive.children) or self.is_passive(verb):
            return []
        objects = self.children(verb, self.labels.object | self.labels.indirect)
        return [self.antecedent(t) for t in objects[-1:] if verb.i < t.i < infinitive.i]

    def _noun_agent(self, noun: Token, depth: int) -> list[Token]:
        """Return the owner of a plan or right: possessor, by-phrase, modifier or subject."""
        owner = self.children(noun, self.labels.possessive) or self.by_agent(noun)
        if not owner and noun.lemma_.lower() in INTENTIONS:  # "the right of Peru to leave"
            owner = [head for name, head in self.prepositions(noun) if name == "of"]
        if owner:
            return [self.antecedent(owner[0])]
        modifiers = [
            c for c in self.children(noun, self.labels.modifier) if c.ent_type_ or c.pos_ == "PROPN"
        ]
        if modifiers:
            return modifiers[:1]
        if noun.dep_ in self.labels.object and noun.head.pos_ in {"VERB", "AUX"}:
            return self.subject(noun.head, depth + 1)
        return []

    def bearers(self, noun: Token, preposition: str) -> list[Token]:
        """Return the subject of the verb that "in support of ..." modifies (`noun`: "support")."""
        behind = preposition == "behind" and noun.head.pos_ in _NOMINAL
        if behind and any(name == preposition for name, _ in self.governed(noun)):
            above = self.children(noun, self.labels.auxiliary)
            return self.subject(noun) if above else [noun.head]  # "those behind the attack"
        verb = self._hangs_on(noun, preposition)
        if verb is None:
            return []
        if preposition == "behind" and verb.pos_ == "VERB" and verb.lemma_ not in _STANDING:
            return [t for t in self.object(verb) if verb.i < t.i < noun.i]
        busy = verb.lemma_.lower() in _ENGAGED and self.is_passive(verb)
        return self.surface_subject(verb) if busy else self.subject(verb)

    def affected(self, noun: Token, preposition: str) -> list[Token]:
        """Return the object of the verb that "in a raid by ..." modifies (`noun`: "raid")."""
        verb = self._hangs_on(noun, preposition)
        return self.object(verb) if verb is not None and verb.pos_ == "VERB" else []

    def _hangs_on(self, noun: Token, preposition: str) -> Token | None:
        """Return the verb, or predicate with a copula, that a prepositional phrase modifies."""
        if not any(name == preposition and head == noun for name, head in self.governed(noun)):
            return None
        if any(c.dep_ == "cop" for c in noun.children):
            return noun  # "Peru was behind the attack, Chile said"
        head = self.governor(noun)
        if head.pos_ in {"VERB", "AUX"} or any(c.dep_ == "cop" for c in head.children):
            return head
        if head.dep_ in self.labels.object and head.head.pos_ == "VERB":
            return head.head
        return None

    def object(self, verb: Token, depth: int = 0) -> list[Token]:
        """Return the heads of the logical object of `verb`.

        The first rule of `OBJECTS` that applies decides. If none does, the object of a conjunct
        right behind is shared ("met and praised the delegation").
        """
        while True:
            for has in OBJECTS:
                found = has(self, verb, depth)
                if found is not None:
                    return found
            behind = next((c for c in verb.children if _shares_object(verb, c)), None)
            if behind is None:
                return []
            verb = behind

    # -- rules for objects: each returns None where it does not apply ------------------------------

    def _undergoing(self, verb: Token, depth: int) -> list[Token] | None:
        """Get the subject of a passive, or the noun that a participle modifies.

        Example: Chad was [attacked] by Kenya. -> Chad
        """
        if not self.is_passive(verb):
            return None
        if verb.dep_ in self.labels.modifier:
            return [verb.head]
        if given := self._given(verb):
            return given
        own = self._own_subject(verb, self.labels.passive_subject | self.labels.subject)
        return own or self._inherited(verb, depth)

    def _given(self, verb: Token) -> list[Token]:
        """Return "a loan" in "Peru was given a loan", where Peru is the indirect object."""
        if not self.is_passive(verb) or not self.children(verb, self.labels.passive_subject):
            return []
        return [t for t in self.children(verb, self.labels.object) if t.i > verb.i]

    def _own_object(self, verb: Token, depth: int) -> list[Token] | None:
        """Get the direct object, unless that is the logical subject of a gerund.

        Example: Kenya [attacked] Chad. -> Chad
        """
        if self._modified(verb):
            return []
        own = self._second_object(verb) or self.children(verb, self.labels.object)
        return [self.antecedent(child) for child in own] or None

    def _indirect_object(self, verb: Token, depth: int) -> list[Token] | None:
        """Get the indirect object of a verb with a clause: the object in some parses.

        Example: Kenya [told] Chad that it was late. -> Chad
        """
        asked = self.indirect(verb) if self.children(verb, self.labels.clause) else []
        return [self.antecedent(child) for child in asked] or None

    def _of_relative(self, verb: Token, depth: int) -> list[Token] | None:
        """Get the antecedent of a relative clause with a subject of its own.

        Example: The rebels Kenya [attacked] fled to Chad. -> rebels
        """
        if verb.dep_ not in self.labels.relative:
            return None
        subject = self.children(verb, self.labels.subject)
        return [verb.head] if subject and subject[0].lower_ not in RELATIVE else None

    def _raised(self, verb: Token, depth: int) -> list[Token] | None:
        """Get the subject of an infinitive under `verb`, in ClearNLP only.

        In "asked Peru to come" ClearNLP makes Peru the subject of "come", UD the object of "asked".
        """
        if self.ud:
            return None
        for clause in self.children(verb, self.labels.clause):
            if clause.tag_ == "VB" and any(c.tag_ == "TO" for c in clause.children):
                own = self.children(clause, self.labels.subject)
                if own:
                    return [self.antecedent(own[0])]
        return None

    def indirect(self, verb: Token) -> list[Token]:
        """Return the heads of the indirect object of `verb`."""
        found = [t for t in self.children(verb, self.labels.indirect) if t.pos_ != "ADP"]
        if not found and self._given(verb):
            found = self.children(verb, self.labels.passive_subject)
        if not found and self._second_object(verb):
            found = self.children(verb, self.labels.object)[:1]
        return [self.antecedent(child) for child in found]

    def _second_object(self, verb: Token) -> list[Token]:
        """Return the second object of "denied the reporters entry", `xcomp` in some parses."""
        if verb.lemma_.lower() not in _DITRANSITIVE:
            return []
        return [t for t in self.children(verb, self.labels.clause) if t.pos_ == "NOUN"]


Inherits = Callable[[Syntax, Token, int], list[Token] | None]
INHERITING: tuple[Inherits, ...] = (
    Syntax._coordinated,
    Syntax._thanked,
    Syntax._punished,
    Syntax._accused,
    Syntax._qualified,
    Syntax._intended,
    Syntax._controlled,
    Syntax._called_upon,
    Syntax._of_verb_above,
    Syntax._held_back,
    Syntax._circumstance,
)
"""Rules for the subject of a verb that has none of its own; the first that applies decides."""

OBJECTS: tuple[Inherits, ...] = (
    Syntax._undergoing,
    Syntax._own_object,
    Syntax._indirect_object,
    Syntax._raised,
    Syntax._of_relative,
)
"""Rules for the logical object of a verb; the first that applies decides."""


def _shares_object(verb: Token, child: Token) -> bool:
    """Return whether `child` is a verb joined to `verb`, at most 3 tokens on (chosen)."""
    return child.dep_ == "conj" and child.pos_ == "VERB" and child.i - verb.i <= 3
