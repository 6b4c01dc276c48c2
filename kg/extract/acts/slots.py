"""Find the phrases that stand in the slots of a frame.

A slot with a fixed name ("subject", "clause") is a function in `SLOTS`. Any other slot name is a
preposition ("with"), or "subject-" or "object-" before one ("subject-in"). A test runs the
examples: the trigger is in brackets, the heads of the phrases found are behind the arrow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from kg.extract.acts.drafts import Site
from kg.extract.acts.frames import FrameIndex
from kg.extract.coreference.references import References
from kg.extract.spans.quotations import Quotation, closing_subject
from kg.parsing.tokens import Token

_APART = frozenset({"according to", "due to", "thanks to", "prior to", "owing to", "because of"})
VERBS = frozenset({"VERB", "AUX"})
_NESTED = frozenset({"by", "against", "to", "of", "on"})


class Slots:
    """Finds the phrases in the slots of triggers in one article."""

    def __init__(
        self, references: References, index: FrameIndex, quoted: Sequence[Quotation] = ()
    ) -> None:
        """Index the verbs of saying that introduce quotations."""
        self.references = references
        self.chart = references.chart
        self.syntax = references.syntax
        self.index = index
        self.quoting = {q.verb.i for q in quoted if q.verb is not None}

    def heads(self, name: str, site: Site) -> list[Token]:
        """Return the heads of the phrases in the slot `name` of a card."""
        if (find := SLOTS.get(name)) is not None:
            return find(self, site)
        role, dash, preposition = name.partition("-")
        if dash and (hanging := HANGING.get(role)) is not None:
            return hanging(self, site, preposition)
        return prepositional(self, site, name)

    def hosts(self, site: Site) -> list[Token]:
        """Return the words whose dependents count as phrases of the act.

        They are the trigger, its support verb or required noun, and otherwise the object of a
        verb, because the parser often attaches a prepositional phrase to the object instead.
        """
        if site.support is not None or site.noun is not None:
            return [t for t in (site.trigger, site.support, site.noun) if t is not None]
        if site.trigger.pos_ in VERBS:
            return [site.trigger, *self.syntax.object(site.trigger)[:1]]
        return [site.trigger]

    def nested(self, name: str, noun: Token) -> list[Token]:
        """Return phrases of a noun that the parser attached to another phrase of that noun.

        In "the arrest of a mayor by the police" it may attach "by the police" to "mayor".
        """
        if name not in _NESTED:
            return []
        hosts = [head for _, head in self.syntax.prepositions(noun) if head.i > noun.i]
        if name in {"to", "of"}:  # "the ambassador to Lima" is no journey
            hosts = [head for head in hosts if head.pos_ == "PROPN"]
        return [h for head in hosts for p, h in self.syntax.prepositions(head) if p == name]


# -- slots with fixed names ------------------------------------------------------------------------


def subject(slots: Slots, site: Site) -> list[Token]:
    """Return the logical subject; in a passive, the by-phrase.

    Example: Uganda was [criticised] by Kenya. -> Kenya
    """
    verb, syntax = site.verb, slots.syntax
    if verb.pos_ not in VERBS and not verb.tag_.startswith("VB"):
        return syntax.surface_subject(verb)
    if slots.index.describes(verb) and not syntax.by_agent(verb):
        return syntax.surface_subject(verb)  # "is opposed to"
    closing = closing_subject(slots.chart, verb)
    return [closing] if closing is not None else syntax.subject(verb)


def object_(slots: Slots, site: Site) -> list[Token]:
    """Return the logical object; in a passive, the grammatical subject.

    Example: Uganda was [criticised] by Kenya. -> Uganda
    """
    return slots.syntax.object(site.verb)


def quotation(slots: Slots, site: Site) -> list[Token]:
    """Return the trigger itself if it introduces a quotation.

    Example: "The talks have failed and we are leaving," Kenya [said]. -> said
    """
    return [site.trigger] if site.trigger.i in slots.quoting else []


def complement(slots: Slots, site: Site) -> list[Token]:
    """Return the complement of a trigger that is a preposition.

    Example: [According] to Kenya, Uganda left. -> Kenya
    """
    return slots.syntax.complement(site.trigger)


def indirect_object(slots: Slots, site: Site) -> list[Token]:
    """Return the indirect object.

    Example: Kenya [gave] Uganda an answer. -> Uganda
    """
    return slots.syntax.indirect(site.verb)


def possessor(slots: Slots, site: Site) -> list[Token]:
    """Return the possessors of the noun: whose act it is.

    Example: Kenya's [criticism] of Uganda was sharp. -> Kenya
    """
    return slots.syntax.possessors(site.named)


def modifier(slots: Slots, site: Site) -> list[Token]:
    """Return the names among the modifiers before a noun.

    Example: The Kenyan [criticism] of Uganda was sharp. -> Kenyan
    """
    at = slots.chart.at
    before = slots.syntax.modifiers(site.named)
    return [t for m in before for t in m.subtree if at[t.i] is not None]


def actor_modifier(slots: Slots, site: Site) -> list[Token]:
    """Return the modifiers before a noun that can be its agent.

    Example: The Kenyan [criticism] of Uganda was sharp. -> Kenyan
    """
    return [t for t in slots.syntax.modifiers(site.named) if slots.references.acts(t)]


def clause(slots: Slots, site: Site) -> list[Token]:
    """Return the verbs of complement clauses: what is said, thought or decided.

    Example: Kenya [said] that Uganda had left. -> left
    """
    found = (t for host in slots.hosts(site) for t in slots.syntax.clauses(host))
    return [t for t in found if t is not site.trigger]


def clause_subject(slots: Slots, site: Site) -> list[Token]:
    """Return the subject of the first complement clause.

    Example: Kenya [said] that Uganda had left. -> Uganda
    """
    clauses = [t for host in slots.hosts(site) for t in slots.syntax.clauses(host)]
    return slots.syntax.surface_subject(clauses[0]) if clauses else []


def infinitive(slots: Slots, site: Site) -> list[Token]:
    """Return the infinitives with "to" that complete the verb.

    Example: Kenya [agreed] to leave. -> leave
    """
    verb = site.verb
    behind = (t for t in slots.syntax.clauses(verb) if t.i > verb.i)
    return [t for t in behind if any(c.tag_ == "TO" for c in t.children)]


def purpose(slots: Slots, site: Site) -> list[Token]:
    """Return the infinitives of purpose ("to" in the sense of "in order to").

    Example: Kenya and Uganda [met] in Oslo to discuss trade. -> discuss
    """
    return slots.syntax.purposes(site.verb)


Find = Callable[[Slots, Site], list[Token]]
SLOTS: Mapping[str, Find] = MappingProxyType(
    {
        "subject": subject,
        "object": object_,
        "quotation": quotation,
        "complement": complement,
        "iobj": indirect_object,
        "possessor": possessor,
        "modifier": modifier,
        "actor-modifier": actor_modifier,
        "clause": clause,
        "clause-subject": clause_subject,
        "infinitive": infinitive,
        "purpose": purpose,
    }
)
"""Slots by the names used on cards; `kg.ontology.slots` explains each name."""


# -- slots named by a preposition ------------------------------------------------------------------


def bearer(slots: Slots, site: Site, preposition: str) -> list[Token]:
    """Return the subject of the verb that governs "preposition + trigger" ("subject-in").

    Example: Kenya acted in [support] of Uganda. -> Kenya
    """
    trigger = site.trigger
    return slots.syntax.bearers(trigger, preposition) if trigger.pos_ == "NOUN" else []


def affected(slots: Slots, site: Site, preposition: str) -> list[Token]:
    """Return the object of the verb that governs "preposition + trigger" ("object-in").

    Example: Kenya killed rebels in an [attack]. -> rebels
    """
    trigger = site.trigger
    return slots.syntax.affected(trigger, preposition) if trigger.pos_ == "NOUN" else []


Hanging = Callable[[Slots, Site, str], list[Token]]
HANGING: Mapping[str, Hanging] = MappingProxyType({"subject": bearer, "object": affected})
"""What may precede a preposition in a slot name: "subject-in", "object-in"."""


def prepositional(slots: Slots, site: Site, name: str) -> list[Token]:
    """Return the complements of the preposition `name` in the phrases of the act.

    Example: Kenya [met] with Uganda. -> Uganda
    """
    trigger, syntax = site.trigger, slots.syntax
    hosts = slots.hosts(site)
    if trigger.pos_ in VERBS and name != "of":  # "gave food and arms to": one for both
        hosts += [t for host in hosts[1:] for t in syntax.conjuncts(host)[1:]]
    found = []
    for host in hosts:
        for preposition, head in syntax.prepositions(host):
            last = preposition.split()[-1]
            if preposition == name or (last == name and preposition not in _APART):
                found.append(head)
    if found:
        return found
    if trigger.pos_ == "NOUN" and site.noun is None:
        return slots.nested(name, trigger)
    if name == "against":  # "brought a case of genocide against Peru"
        return [h for t in syntax.object(site.verb)[:1] for h in slots.nested(name, t)]
    return []
