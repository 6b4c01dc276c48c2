"""The slots of frames on the parse: which phrases fill them."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.acts.frames import FrameIndex
from kg.extract.coreference.pronouns import Resolver
from kg.extract.coreference.references import References
from kg.extract.discourse import Chart
from kg.extract.spans.quotations import Quotation, closing_subject
from kg.parsing.tokens import Token

_APART = frozenset({"according to", "due to", "thanks to", "prior to", "owing to", "because of"})
VERBS = frozenset({"VERB", "AUX"})


class Slots(References):
    """Answers which phrases stand in a slot of a trigger."""

    def __init__(
        self, chart: Chart, resolver: Resolver, index: FrameIndex, quoted: Sequence[Quotation] = ()
    ) -> None:
        """Index the verbs that quotations belong to."""
        super().__init__(chart, resolver, quoted)
        self.quoting = {q.verb.i for q in quoted if q.verb is not None}
        self.index = index

    def slot(
        self, name: str, trigger: Token, support: Token | None, noun: Token | None
    ) -> list[Token]:
        """Return the heads of the phrases in slot `name` of a trigger.

        Args:
            name: slot as the card names it.
            trigger: the verb, noun or adjective.
            support: the support verb of a noun trigger.
            noun: the object noun that completes a verb trigger.
        """
        syntax = self.syntax
        verb = support or trigger
        if name == "subject":
            if verb.pos_ in VERBS or verb.tag_.startswith("VB"):
                if self.index.describes(verb) and not syntax.by_agent(verb):
                    return syntax.surface_subject(verb)
                closing = closing_subject(self.chart, verb)
                return [closing] if closing is not None else syntax.subject(verb)
            return syntax.surface_subject(verb)
        if name == "object":
            return syntax.object(verb)
        if name == "quotation":
            return [trigger] if trigger.i in self.quoting else []
        if name == "complement":
            return syntax.complement(trigger)
        if name == "iobj":
            return syntax.indirect(verb)
        if name == "possessor":
            return [t for n in self._nouns(trigger, noun) for t in syntax.possessors(n)]
        if name == "modifier":
            return [
                t
                for n in self._nouns(trigger, noun)
                for m in syntax.modifiers(n)
                for t in m.subtree
                if self.chart.at[t.i] is not None
            ]
        if name == "actor-modifier":
            return [
                t for n in self._nouns(trigger, noun) for t in syntax.modifiers(n) if self.acts(t)
            ]
        if name == "clause":
            hosts = self._hosts(trigger, support, noun)
            return [t for n in hosts for t in syntax.clauses(n) if t is not trigger]
        if name == "infinitive":
            return [
                t
                for t in syntax.clauses(verb)
                if t.i > verb.i and any(c.tag_ == "TO" for c in t.children)
            ]
        if name == "purpose":
            return syntax.purposes(verb)
        if name.startswith(("subject-", "object-")):
            role, _, preposition = name.partition("-")
            find = syntax.bearers if role == "subject" else syntax.affected
            return find(trigger, preposition) if trigger.pos_ == "NOUN" else []
        if name == "clause-subject":
            clauses = [t for n in self._hosts(trigger, support, noun) for t in syntax.clauses(n)]
            return [t for clause in clauses[:1] for t in syntax.surface_subject(clause)]
        found = []
        hosts = self._hosts(trigger, support, noun)
        if trigger.pos_ in VERBS and name != "of":  # "gave food and arms to": one for all objects
            hosts += [t for host in hosts[1:] for t in syntax.conjuncts(host)[1:]]
        for host in hosts:
            for preposition, head in syntax.prepositions(host):
                last = preposition.split()[-1]
                if preposition == name or (last == name and preposition not in _APART):
                    found.append(head)
        if not found and trigger.pos_ == "NOUN" and noun is None:
            return self._nested(name, trigger)
        if not found and name == "against":  # "brought a case of genocide against Peru"
            return [h for t in syntax.object(verb)[:1] for h in self._nested(name, t)]
        return found

    def _nested(self, name: str, noun: Token) -> list[Token]:
        """Return the phrase of a noun that its parse hangs on another phrase of the noun.

        "The arrest of a mayor by the police", "a visit by Eva Ruiz to Lima".
        """
        if name not in {"by", "against", "to", "of"}:
            return []
        hosts = [head for _, head in self.syntax.prepositions(noun) if head.i > noun.i]
        if name in {"to", "of"}:  # "the ambassador to Lima" goes nowhere
            hosts = [head for head in hosts if head.pos_ == "PROPN"]
        return [h for head in hosts for p, h in self.syntax.prepositions(head) if p == name]

    def _nouns(self, trigger: Token, noun: Token | None) -> list[Token]:
        return [noun] if noun is not None else [trigger]

    def _hosts(self, trigger: Token, support: Token | None, noun: Token | None) -> list[Token]:
        hosts = [trigger]
        for extra in (support, noun):
            if extra is not None:
                hosts.append(extra)
        if noun is None and support is None and trigger.pos_ in VERBS:
            # a prepositional phrase often hangs on the object instead of the verb
            hosts.extend(self.syntax.object(trigger)[:1])
        return hosts
