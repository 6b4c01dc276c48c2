"""Syntactic slots of verbs and nouns.

Slots are logical: the by-agent of a passive is its subject, the passive subject its object;
relative pronouns stand for their antecedent; subjects are found through control, coordination and
reduced clauses.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.lexicon import DIRECTING, INTENTIONS
from kg.extract.syntax.phrases import RELATIVE, Phrases, crosses_quotation
from kg.parsing.labels import PEOPLE
from kg.parsing.tokens import Token

_DITRANSITIVE = frozenset({"deny", "refuse", "give", "grant", "offer", "send", "lend", "award"})
_ENGAGED = frozenset({"engage", "involve", "lock", "embroil", "catch", "mire", "entangle"})
_HYPHENS = frozenset({"-", "–", "‐", "‑"})
# Verbs whose infinitive belongs to their own subject although they have an object.
_SUBJECT_CONTROL = frozenset({"promise", "vow", "pledge", "threaten", "use", "take"})
# Verbs whose infinitive belongs to what hangs on them by a preposition ("call on Peru to come").
_OBLIQUE_CONTROL = frozenset(
    {"call", "appeal", "plead", "lobby", "wait", "lean", "prevail", "rely", "count", "depend"}
)
_CONTROLLING = frozenset({"on", "upon", "to", "for", "with"})
# Verbs whose object does what a gerund behind a preposition tells ("accused Peru of lying").
_GERUND_CONTROL = frozenset(
    "accuse suspect charge convict acquit blame indict implicate prevent stop keep bar ban "
    "discourage dissuade deter prohibit block hinder restrain criticise criticize condemn denounce "
    "thank praise applaud commend congratulate fault rebuke punish sanction fine sentence arrest "
    "detain jail expel forgive chastise lambast slam censure chide reprimand dismiss sack honour "
    "honor reward pardon scold berate attack hail salute laud credit catch talk trick push "
    "pressure force lure coax bully warn caution hit put add designate blacklist threaten".split()
)
# What is laid on somebody for what he did ("imposed sanctions on Peru for arming").
_PENALTIES = frozenset(
    "sanction penalty fine tariff embargo ban restriction charge accusation allegation criticism "
    "blame measure curb punishment sentence duty levy lawsuit complaint claim".split()
)
_LAID = frozenset({"on", "upon", "against"})
_EXPRESSING = frozenset({"express", "voice", "pay", "extend", "convey", "offer"})
_LOOSE = frozenset({"parataxis", "dep", "pcomp", "prep"})
_DEEPEST = 6  # verbs above one another through which a subject is sought
_GERUND_MARKS = frozenset({"of", "from", "for", "with", "over", "into", "against"})


class Syntax(Phrases):
    """Logical slots of tokens under one label scheme, `ud` or `clearnlp`."""

    def subject(self, verb: Token, depth: int = 0) -> list[Token]:
        """Return the heads of the logical subject of `verb`, conjuncts not unfolded."""
        if self.is_passive(verb):
            return self.by_agent(verb) or self._hyphenated(verb)
        return (
            self._modified(verb)
            or self._own_subject(verb, self.labels.subject)
            or self._inherited(verb, depth)
            or self._set_off(verb)
        )

    def _modified(self, verb: Token) -> list[Token]:
        """Return the noun in "by protesting miners", which some parses make the object."""
        if verb.tag_ != "VBG" or verb.head is verb or not self.is_passive(verb.head):
            return []
        if all(c.lower_ != "by" for c in verb.children):
            return []
        found = [t for t in self.children(verb, self.labels.object) if t.i == verb.i + 1]
        return [t for t in found if t.tag_ == "NNS"]

    def _set_off(self, verb: Token) -> list[Token]:
        """Return a name right before the verb that the parse took for somebody else's apposition.

        "In a reply to the ministry, Juan Perez, a spokesman, blamed Chile."
        """
        if verb.tag_ not in {"VBD", "VBZ", "VBP"} or verb.head is not verb:
            return []
        for token in reversed(verb.doc[verb.sent[0] : verb.i]):
            if token.dep_ in self.labels.apposition and token.ent_type_ in PEOPLE:
                last = max(t.i for t in token.subtree)
                return [token] if last >= verb.i - 2 else []
        return []

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
        """Return the subject that hangs on `verb`.

        Parsers at times split "A and B met": A is then left without a verb, which is coordinated
        with it, and only B is the subject.
        """
        own = self.children(verb, labels)
        for narrowed in NARROWING:
            if len(own) > 1:
                own = narrowed(verb, own) or own
        if not own:
            return []
        return self._split(verb, own[0]) or [self.antecedent(own[0])]

    def _split(self, verb: Token, own: Token) -> list[Token]:
        """Return both parts of a subject of which the parse has coordinated one with the verb."""
        head = verb.head
        if verb.dep_ != "conj" or head.pos_ not in {"PROPN", "NOUN"} or head.i >= own.i:
            return []
        links = [c.i for c in verb.children if c.dep_ == "cc" and head.i < c.i < own.i]
        return [head, own] if links and own.left_edge.i <= links[-1] + 1 else []

    def _inherited(self, verb: Token, depth: int) -> list[Token]:
        """Return the subject that `verb` shares with, or gets from, the word it hangs on.

        The first of the rules `INHERITING` that applies decides.
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
        """Get to whom thanks or regret for it are expressed.

        Example: Kenya expressed its thanks to Uganda for [helping] Chad. -> Uganda
        """
        host = self._deed_of(verb)
        if host is None or host.lemma_.lower() not in _EXPRESSING:
            return None
        found = [t for name, t in self.prepositions(host) if name == "to"]
        objects = self.object(host, depth + 1)
        found += [t for o in objects for name, t in self.prepositions(o) if name == "to"]
        return [t for t in found if t.i < verb.i][:1] or None

    def _punished(self, verb: Token, depth: int) -> list[Token] | None:
        """Get on whom a penalty for it is laid.

        Example: Kenya imposed sanctions on Uganda for [attacking] Chad. -> Uganda
        """
        host = self._deed_of(verb)
        if host is None or host.lemma_.lower() in _EXPRESSING:
            return None
        for penalty in self.object(host, depth + 1):
            if penalty.lemma_.lower() not in _PENALTIES:
                continue
            phrases = [*self.prepositions(penalty), *self.prepositions(host)]
            laid = [t for name, t in phrases if name in _LAID]
            if bearers := [self.antecedent(t) for t in laid if t.i < verb.i]:
                return bearers[:1]
        return None

    def _accused(self, verb: Token, depth: int) -> list[Token] | None:
        """Get the object of a verb that lays a deed on it.

        Example: Kenya accused Uganda of [attacking] Chad. -> Uganda
        """
        host = self._deed_of(verb)
        if host is None or host.lemma_.lower() not in _GERUND_CONTROL or host.pos_ != "VERB":
            return None
        return [self.antecedent(t) for t in self.object(host, depth + 1) if t is not verb] or None

    def _qualified(self, verb: Token, depth: int) -> list[Token] | None:
        """Get the noun that a relative clause or participle says more about.

        Example: The envoys who [met] rebels left. -> envoys
        """
        marked = any(child.dep_ == "mark" for child in verb.children)
        adnominal = verb.dep_ in self.labels.adnominal
        participle = adnominal and verb.tag_ in {"VBG", "VBN"} and not marked
        return [verb.head] if verb.dep_ in self.labels.relative or participle else None

    def _intended(self, verb: Token, depth: int) -> list[Token] | None:
        """Get the owner of the plan, decision or right that the clause spells out.

        Example: Kenya's plan to [attack] Uganda failed. -> Kenya
        """
        head, labels = verb.head, self.labels
        spelt = verb.dep_ in labels.clause and head.pos_ in {"NOUN", "PROPN"} and not self.ud
        return self._noun_agent(head, depth) if spelt or verb.dep_ in labels.adnominal else None

    def _controlled(self, verb: Token, depth: int) -> list[Token] | None:
        """Get the object of the verb above ("urged"), unless that controls by its subject.

        Example: Kenya urged Uganda to [attack] Chad. -> Uganda
        """
        head = verb.head
        if verb.dep_ not in self.labels.clause:
            return None
        objects = self.children(head, self.labels.object | self.labels.indirect)
        if not objects or self.is_passive(head) or head.lemma_.lower() in _SUBJECT_CONTROL:
            return None
        return [self.antecedent(objects[-1])]

    def _called_upon(self, verb: Token, depth: int) -> list[Token] | None:
        """Get what hangs on the verb above by a preposition.

        Example: Kenya called on Uganda to [attack] Chad. -> Uganda
        """
        head, labels = verb.head, self.labels
        if verb.dep_ not in labels.clause or head.lemma_.lower() not in _OBLIQUE_CONTROL:
            return None
        if self.children(head, labels.object | labels.indirect):
            return None
        for preposition, other in self.prepositions(head):
            if preposition in _CONTROLLING and other.i < verb.i:
                return [other]
        return None

    def _of_verb_above(self, verb: Token, depth: int) -> list[Token] | None:
        """Share the subject of the verb that the clause completes.

        Example: Kenya refused to [attack] Chad. -> Kenya
        """
        if verb.dep_ not in self.labels.clause:
            return None
        return self.surface_subject(verb.head, depth + 1)

    def _held_back(self, verb: Token, depth: int) -> list[Token] | None:
        """Get who is kept from doing it.

        Example: Kenya kept Uganda from [attacking] Chad. -> Uganda
        """
        if verb.tag_ != "VBG" or all(c.lower_ != "from" for c in verb.children):
            return None
        held = self.children(verb.head, self.labels.object)
        return [self.antecedent(held[-1])] if held else None

    def _circumstance(self, verb: Token, depth: int) -> list[Token] | None:
        """Share the subject of the verb whose circumstances the clause tells.

        Example: Kenya left Oslo after [meeting] Uganda. -> Kenya
        """
        if verb.dep_ not in self.labels.adverbial | _LOOSE:
            return None
        return self.directed(verb) or self.surface_subject(verb.head, depth + 1)

    # -- where subjects are inherited from ---------------------------------------------------------

    def directed(self, infinitive: Token) -> list[Token]:
        """Return who should act where a parse has a request as a purpose ("dared Peru to come")."""
        verb = infinitive.head
        if infinitive.tag_ != "VB" or verb.lemma_.lower() not in DIRECTING or verb.pos_ != "VERB":
            return []
        if all(c.tag_ != "TO" for c in infinitive.children) or self.is_passive(verb):
            return []
        objects = self.children(verb, self.labels.object | self.labels.indirect)
        return [self.antecedent(t) for t in objects[-1:] if verb.i < t.i < infinitive.i]

    def _deed_of(self, gerund: Token) -> Token | None:
        """Return the verb on which "of lying", "for having lied" hangs, if it is such a phrase."""
        if not any(c.dep_ == "mark" and c.lower_ in _GERUND_MARKS for c in gerund.children):
            return None
        if gerund.tag_ != "VBG" and all(c.lower_ != "having" for c in gerund.children):
            return None
        host = gerund.head
        if gerund.dep_ in self.labels.adnominal | self.labels.relative:
            return host.head  # some parses hang it on the name
        return host

    def _noun_agent(self, noun: Token, depth: int) -> list[Token]:
        """Return who has the plan, decision ... that `noun` names."""
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
        """Return the subject of the verb on which "in support of ..." hangs, `noun` its head."""
        verb = self._hangs_on(noun, preposition)
        if verb is None:
            return []
        busy = verb.lemma_.lower() in _ENGAGED and self.is_passive(verb)
        return self.surface_subject(verb) if busy else self.subject(verb)

    def affected(self, noun: Token, preposition: str) -> list[Token]:
        """Return the object of the verb on which "in a raid by ..." hangs, `noun` its head."""
        verb = self._hangs_on(noun, preposition)
        return self.object(verb) if verb is not None and verb.pos_ == "VERB" else []

    def _hangs_on(self, noun: Token, preposition: str) -> Token | None:
        """Return the verb, or noun with a copula, that a prepositional phrase says more about."""
        if not any(name == preposition and head == noun for name, head in self.governed(noun)):
            return None
        head = noun.head if self.ud else noun.head.head
        if head.pos_ in {"VERB", "AUX"} or any(c.dep_ == "cop" for c in head.children):
            return head
        if head.dep_ in self.labels.object and head.head.pos_ == "VERB":
            return head.head
        return None

    def object(self, verb: Token, depth: int = 0) -> list[Token]:
        """Return the heads of the logical object of `verb`."""
        while (found := self._object(verb, depth)) is None:
            # "met and praised the delegation": the object stands after the last verb
            verb = next(c for c in verb.children if _shares_object(verb, c))
        return found

    def _object(self, verb: Token, depth: int) -> list[Token] | None:
        """Return the logical object of `verb`; None where that is the one of a verb after it."""
        if self.is_passive(verb):
            if verb.dep_ in self.labels.modifier:
                return [verb.head]
            own = self._own_subject(verb, self.labels.passive_subject | self.labels.subject)
            return own or self._inherited(verb, depth)
        if self._modified(verb):
            return []
        own = self._second_object(verb) or self.children(verb, self.labels.object)
        if not own and self.children(verb, self.labels.clause):
            own = self.indirect(verb)  # "urged Israel to open": some parses make it indirect
        if own:
            return [self.antecedent(child) for child in own]
        raised = [] if self.ud else self._raised(verb)
        if raised:
            return raised
        if verb.dep_ in self.labels.relative:
            subject = self.children(verb, self.labels.subject)
            if subject and subject[0].lower_ not in RELATIVE:
                return [verb.head]
        return None if any(_shares_object(verb, c) for c in verb.children) else []

    def _raised(self, verb: Token) -> list[Token]:
        """Return the subject of an infinitive under `verb`; ClearNLP has it instead of an object.

        "asked Peru to come" is one clause inside another there, two dependents of the verb in UD.
        """
        for clause in self.children(verb, self.labels.clause):
            if clause.tag_ == "VB" and any(c.tag_ == "TO" for c in clause.children):
                own = self.children(clause, self.labels.subject)
                if own:
                    return [self.antecedent(own[0])]
        return []

    def indirect(self, verb: Token) -> list[Token]:
        """Return the heads of the indirect object of `verb`."""
        found = [t for t in self.children(verb, self.labels.indirect) if t.pos_ != "ADP"]
        if not found and self._second_object(verb):
            found = self.children(verb, self.labels.object)[:1]
        return [self.antecedent(child) for child in found]

    def _second_object(self, verb: Token) -> list[Token]:
        """Return what some parses make a predicate: "denied the reporters entry"."""
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
"""From where a verb without a subject of its own has one; the first that applies decides."""


def unowned(verb: Token, subjects: list[Token]) -> list[Token]:
    """Leave out what only owns the subject: "the Herald's Juan Perez said"."""
    return [t for t in subjects if not any(c.tag_ == "POS" for c in t.children)]


def persons(verb: Token, subjects: list[Token]) -> list[Token]:
    """Prefer persons, whom parses make a second subject beside their employer."""
    return [t for t in subjects if t.ent_type_ in PEOPLE]


def behind_mark(verb: Token, subjects: list[Token]) -> list[Token]:
    """Leave out the subject of another verb: "A stayed out, after B had gone in"."""
    marks = [c.i for c in verb.children if c.dep_ == "mark" and c.i < verb.i]
    return [t for t in subjects if marks and t.i > marks[0]]


NARROWING = (unowned, persons, behind_mark)
"""Which of several subjects that a parse gives a verb is its own."""


def _shares_object(verb: Token, child: Token) -> bool:
    """Return whether a verb right behind another may have the object of both."""
    return child.dep_ == "conj" and child.pos_ == "VERB" and child.i - verb.i <= 3
