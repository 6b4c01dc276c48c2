"""Dependents of a word: prepositional phrases, modifiers, clauses, auxiliaries and particles."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from kg.extract.lexicon import MONTHS, ONLY, TURNING_DOWN, WEEKDAYS
from kg.parsing.labels import SCHEMES
from kg.parsing.tokens import Token
from kg.parsing.words import DASHES

_CALENDAR = frozenset({*WEEKDAYS, *MONTHS, "today", "yesterday"})
RELATIVE = frozenset({"who", "which", "that", "whom"})
_COMPLEMENT = frozenset({"pobj", "pcomp"})  # what a preposition governs, in ClearNLP
# Prepositions of adjuncts (time, place, cause), not of arguments.
_CIRCUMSTANCE = frozenset(
    {"in", "after", "during", "despite", "amid", "following", "since", "because", "under", "before"}
    | {"at", "by", "while", "ahead", "due", "according"}
)


# Conjunctions of time: such a clause is told beside the main clause, not inside it.
_MARKS = frozenset({"``", "''"})
_TIMES = frozenset({"after", "before", "once", "when", "as", "since", "until", "till", "because"})


class Phrases:
    """Finds the dependents of a word under one label scheme."""

    def __init__(self, scheme: str) -> None:
        """Choose the label table of `scheme`, `ud` or `clearnlp`."""
        self.labels = SCHEMES[scheme]
        self.ud = scheme == "ud"

    # -- small steps -----------------------------------------------------------------------------

    def dateline(self, verb: Token) -> range:
        """Return the positions of the dateline that hangs on `verb` ("LIMA — The army said").

        Its parts are `dep` (see `kg.parsing.mending`), and a dash follows them.
        """
        first = verb.sent.start
        loose = {t.i for c in verb.children if c.dep_ == "dep" for t in c.subtree}
        dash = next((c.i for c in verb.children if c.text in DASHES and c.i > first), None)
        if dash is None or first not in loose:
            return range(first, first)
        inside = (t for t in verb.doc[first:dash] if t.i not in loose and not t.is_punct)
        return range(first, first) if any(inside) else range(first, dash + 1)

    def children(self, token: Token, labels: frozenset[str]) -> list[Token]:
        """Return the dependents of `token` with one of `labels`, in text order."""
        return [child for child in token.children if child.dep_ in labels]

    def conjuncts(self, token: Token) -> list[Token]:
        """Return `token` and its conjuncts, in text order.

        Conjuncts after "not" are left out ("Peru, but not Chile").
        """
        found, waiting = [], [token]
        while waiting:
            token = waiting.pop()
            if not (_left_out(token) and any(c.dep_ == "conj" for c in token.children)):
                found.append(token)  # not "Peru" in "not Peru but Chile"
            more = [c for c in token.children if c.dep_ == "conj" and not _left_out(c)]
            waiting += reversed(more)
        return found

    def is_passive(self, verb: Token) -> bool:
        """Return whether `verb` is a passive, full or reduced."""
        while (passive := self._passive(verb)) is None:
            verb = verb.head
        return passive

    def _passive(self, verb: Token) -> bool | None:
        """Return whether `verb` is a passive; None if it is one only if its first conjunct is."""
        if any(
            c.dep_ in self.labels.passive_auxiliary or c.dep_ in self.labels.passive_subject
            for c in verb.children
        ):
            return True
        if verb.tag_ != "VBN" or self.has_auxiliary(verb):
            return False
        if verb.dep_ == "conj" and self.children(verb, self.labels.object | self.labels.clause):
            return False
        if verb.dep_ in self.labels.adnominal or verb.dep_ in self.labels.modifier:
            return True
        if verb.dep_ in self.labels.adverbial:
            return not self.children(verb, self.labels.object)
        if verb.dep_ == "conj" and not self.children(verb, self.labels.subject):
            return None
        return False

    def has_auxiliary(self, verb: Token) -> bool:
        """Return whether `verb` has an auxiliary of its own."""
        return any(child.dep_ in self.labels.auxiliary for child in verb.children)

    def auxiliaries(self, verb: Token) -> list[Token]:
        """Return the auxiliaries of `verb`; a conjunct without any shares the first verb's."""
        while True:
            found = self.children(verb, self.labels.auxiliary)
            if found or verb.dep_ != "conj" or self.children(verb, self.labels.subject):
                return found
            verb = verb.head

    def antecedent(self, token: Token) -> Token:
        """Return the antecedent of a relative pronoun; any other token is returned as it is."""
        if token.lower_ not in RELATIVE:
            return token
        for ancestor in token.ancestors:
            if ancestor.dep_ in self.labels.relative:
                return ancestor.head
        return token

    def particles(self, word: Token) -> list[str]:
        """Return the particles of a verb ("put forward") or the rest of a fixed preposition.

        Adjectives predicated of the object count as particles ("holds Peru responsible").
        """
        found = []
        for child in word.children:
            near = child.i == word.i + 1 and child.dep_ in {"advmod", "prep"}
            if child.dep_ in self.labels.particle or child.dep_ == "fixed" or near:
                found.append(child.lower_)
        if word.pos_ == "VERB":  # "holds Peru responsible"
            found += [c.lower_ for c in self.children(word, self.labels.clause) if c.pos_ == "ADJ"]
        if word.pos_ == "VERB":  # "pulled out of Kono", "forced them out of Kono"
            for child in self.children(word, self.labels.oblique):
                cases = [c for c in child.children if c.dep_ == "case"]
                if len(cases) > 1 and cases[1].tag_ == "IN":
                    found.append(cases[0].lower_)
        return found

    def complement(self, preposition: Token) -> list[Token]:
        """Return the head of the noun phrase that a preposition governs."""
        if self.ud:
            return [preposition.head]
        return [head for _, head in self._clear_preposition(preposition)]

    # -- prepositional phrases, modifiers, clauses -----------------------------------------------

    def prepositions(self, token: Token) -> Iterator[tuple[str, Token]]:
        """Yield preposition and noun of each prepositional phrase that depends on `token`."""
        waiting: list[Iterator[Token | tuple[str, Token]]] = [iter(token.children)]
        while waiting:
            for child in waiting[-1]:
                if isinstance(child, tuple):
                    yield child
                    continue
                if child.tag_ == "VBG" and child.dep_ in self.labels.adverbial | self.labels.clause:
                    # "charged Peru with breaching the treaty"
                    yield from ((c.lower_, child) for c in child.children if c.dep_ == "mark")
                oblique = self._oblique(child)
                if child.lower_ in _CALENDAR and (oblique or child.dep_ == "obl:unmarked"):
                    # "on Monday in Lima": some parses attach "in Lima" to the day; yield it first
                    waiting.append(chain(child.children, self._phrases(child) if oblique else ()))
                    break
                if oblique:
                    yield from self._phrases(child)
            else:
                waiting.pop()

    def _oblique(self, token: Token) -> bool:
        """Return whether `token` heads a prepositional phrase, which is a preposition in ClearNLP.

        There "to" is labelled like an indirect object in "gave aid to Peru".
        """
        if token.dep_ in self.labels.oblique:
            return True
        indirect = not self.ud and token.dep_ in self.labels.indirect
        return indirect and any(c.dep_ in _COMPLEMENT for c in token.children)

    def _phrases(self, oblique: Token) -> Iterator[tuple[str, Token]]:
        """Yield preposition and noun of the phrase that the dependent `oblique` heads."""
        if not self.ud:
            yield from self._clear_preposition(oblique)
        elif case := [c for c in oblique.children if c.dep_ == "case"]:
            yield self._name_of(case[0]), self.antecedent(oblique)

    def _clear_preposition(self, preposition: Token) -> Iterator[tuple[str, Token]]:
        waiting = [(preposition.lower_, iter(preposition.children))]
        while waiting:
            name, children = waiting[-1]
            for child in children:
                if child.dep_ in _COMPLEMENT:
                    yield name, self.antecedent(child)
                elif child.dep_ == "prep":  # "out of Lima"
                    waiting.append((f"{name} {child.lower_}", iter(child.children)))
                    break
            else:
                waiting.pop()

    @staticmethod
    def _name_of(case: Token) -> str:
        fixed = [child.lower_ for child in case.children if child.dep_ == "fixed"]
        return " ".join([case.lower_, *fixed])

    def possessors(self, noun: Token) -> list[Token]:
        """Return the heads of the possessive of `noun` ("Russia's demand", "its demand")."""
        return self.children(noun, self.labels.possessive)

    def modifiers(self, noun: Token) -> list[Token]:
        """Return adjectives and nouns that modify `noun` directly ("Russian demands")."""
        found: list[Token] = []
        for child in noun.children:
            bare = not any(c.dep_ == "case" for c in child.children)
            if child.dep_ in self.labels.modifier and child.i < noun.i and bare:
                if child.pos_ in {"NOUN", "PROPN"}:  # "Peruvian drone attacks": all in a row
                    found.extend(c for c in child.children if c.dep_ == "compound")
                found.append(child)
        return found

    def clauses(self, token: Token) -> list[Token]:
        """Return the heads of the complement clauses of a verb or noun."""
        labels = self.labels.clause
        if token.pos_ in {"NOUN", "PROPN"}:
            labels = labels | self.labels.adnominal
        return self.children(token, labels)

    def purposes(self, verb: Token) -> list[Token]:
        """Return the infinitives of purpose of a verb ("met to discuss the border")."""
        return [
            child
            for child in self.children(verb, self.labels.adverbial)
            if child.tag_ == "VB" and any(c.tag_ == "TO" for c in child.children)
        ]

    def is_adjunct(self, token: Token) -> bool:
        """Return whether `token` heads an adjunct ("in response to ..."), not an argument."""
        if token.dep_ not in self.labels.oblique:
            return False  # "said that Peru is in touch"
        cases = {c.lower_ for c in token.children if c.dep_ == "case"}
        if token.dep_ == "prep":
            cases.add(token.lower_)
        return bool(cases & _CIRCUMSTANCE)

    def turned_down(self, verb: Token) -> bool:
        """Return whether a verb says that what was put forward is not adopted ("voted down")."""
        if verb.lemma_.lower() in TURNING_DOWN:
            return True
        parts = set(self.particles(verb))
        return (verb.lemma_.lower() == "vote" and bool(parts & {"down", "against"})) or (
            verb.lemma_.lower() == "throw" and "out" in parts
        )

    def is_circumstance(self, verb: Token) -> bool:
        """Return whether a verb heads a clause of time with its own subject ("after Peru left")."""
        if verb.dep_ not in self.labels.adverbial:
            return False
        own = self.children(verb, self.labels.subject | self.labels.passive_subject)
        marks = {c.lower_ for c in verb.children if c.dep_ == "mark" or c.tag_ == "WRB"}
        return bool(own) and bool(marks & _TIMES)

    def determiners(self, noun: Token) -> set[str]:
        """Return the determiners of `noun`, in lower case."""
        return {child.lower_ for child in noun.children if child.dep_ == "det"}

    def appositions(self, noun: Token) -> list[Token]:
        """Return the heads of appositions of `noun`."""
        return self.children(noun, self.labels.apposition)

    def clause_of(self, token: Token) -> Token:
        """Return the head of the innermost clause that `token` stands in."""
        while not self.is_clause_head(token) and token.head != token:
            token = token.head
        return token

    def is_clause_head(self, token: Token) -> bool:
        """Return whether `token` heads a clause."""
        return (
            token.dep_ == "ROOT"
            or token.dep_ in self.labels.clause
            or token.dep_ in self.labels.adverbial
            or token.dep_ in self.labels.relative
            or token.dep_ in self.labels.adnominal
            or token.dep_ in self.labels.parenthetical
            or (token.dep_ == "conj" and token.pos_ in {"VERB", "AUX"})
            or token.dep_ in {"csubj", "csubj:pass", "root"}
        )

    def governed(self, noun: Token) -> Iterator[tuple[str, Token]]:
        """Yield each preposition that governs `noun`, paired with `noun`."""
        if self.ud:
            for child in noun.children:
                if child.dep_ == "case":
                    yield self._name_of(child), noun
        elif noun.dep_ in _COMPLEMENT:
            yield noun.head.lower_, noun

    def governor(self, noun: Token) -> Token:
        """Return the word that a noun depends on, past a preposition that stands between them.

        In "met with Peru" the head of "Peru" is "met" in UD, but "with" in ClearNLP.
        """
        return noun.head.head if not self.ud and noun.dep_ in _COMPLEMENT else noun.head

    def is_complement(self, noun: Token) -> bool:
        """Return whether a noun is an object, a passive subject or in a prepositional phrase."""
        labels = self.labels
        taken = labels.object | labels.passive_subject | labels.oblique
        return noun.dep_ in taken or (not self.ud and noun.dep_ in _COMPLEMENT)

    def by_agent(self, token: Token) -> list[Token]:
        """Return the head of the by-phrase of a passive or a noun."""
        found = [child for name, child in self.prepositions(token) if name == "by"]
        return found[:1]


def crosses_quotation(head: Token, verb: Token) -> bool:
    """Return whether one verb is inside a quotation and one outside: one mark between them."""
    between = head.doc[min(head.i, verb.i) : max(head.i, verb.i)]
    marks = (t.text == '"' or (t.text == "'" and t.tag_ in _MARKS) for t in between)
    return sum(marks) == 1


def _left_out(token: Token) -> bool:
    """Return whether a noun follows "not" ("Peru, but not Chile"), except in "not only Chile"."""
    if token.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return False
    around = {c.i: c.lower_ for c in token.children}
    return any(
        word == "not" and at < token.i and around.get(at + 1) not in ONLY
        for at, word in around.items()
    )
