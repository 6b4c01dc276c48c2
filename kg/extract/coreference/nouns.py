"""For a noun without referent, find who did or owns it, where it is, and its head noun."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kg.extract import lexicon
from kg.extract.coreference.references import Reference, References
from kg.parsing.tokens import Token

_CURRENCIES = frozenset("$€£¥₹₩₽")
# After the "of" of these nouns stands the noun that matters ("hours of talks").
_PARTED = lexicon.PARTITIVES | lexicon.CARRIERS
# Prepositions that say where a thing is ("rioted at a jail in Chad").
_LOCATING = frozenset({"in", "at", "near", "outside"})
_AT = _LOCATING | {"into", "to", "from", "on", "of"}
_ANSWERING = frozenset({"for", "of", "over"})
_ONLINE = frozenset({"site", "website", "page", "webpage"})
_PLACES = ("Place", "Country")


class Nouns:
    """Finds the agents, owners and places of nouns in one article."""

    def __init__(self, references: References) -> None:
        """Take the coreference of the article."""
        self.references = references
        self.chart = references.chart
        self.syntax = references.syntax

    # -- who --------------------------------------------------------------------------------------

    def performers(self, act: Token, kinds: tuple[str, ...]) -> list[Reference]:
        """Return the agents of an act named by a noun, if a verb or adjective above it names them.

        "Peru began the evacuation of the port", "claimed responsibility for the attack", "blamed
        Peru for the attack", "is responsible for the attack".
        """
        if act.pos_ != "NOUN":
            return []
        return self._of(self._performing(act), kinds)

    def _performing(self, act: Token) -> list[Token]:
        """Return the heads of the noun phrases that name the agent of `act`."""
        syntax, head = self.syntax, act.head
        if act.dep_ in syntax.labels.object:
            performing = head.lemma_.lower() in lexicon.PERFORMING and not syntax.is_passive(head)
            return syntax.subject(head) if performing else []
        if not {name for name, _ in syntax.governed(act)} & _ANSWERING:
            return []
        host = head if head.dep_ not in {"prep"} else head.head
        if host.lemma_.lower() in {"responsibility", "credit", "blame"}:
            verb = host.head
            if verb.lemma_.lower() in lexicon.ADMITTING:
                return syntax.subject(verb)
            host = verb if verb.lemma_.lower() in lexicon.BLAMING else host
        if host.lemma_.lower() in lexicon.BLAMING and host.pos_ == "VERB":
            return syntax.object(host)
        if host.lower_ in {"responsible", "guilty"}:
            return syntax.surface_subject(host)
        return []

    def doers(self, heads: Sequence[Token], kinds: tuple[str, ...]) -> list[Reference]:
        """Return whose act a subject noun names: "Russian shelling killed two"."""
        syntax, labels = self.syntax, self.syntax.labels
        owners = [
            t
            for deed in heads
            if deed.lemma_.lower() in lexicon.DEEDS
            for t in [*syntax.possessors(deed), *syntax.modifiers(deed), *syntax.by_agent(deed)]
            if self.references.acts(t) or t.dep_ not in labels.modifier
        ]
        return self._of(owners, kinds)

    def possessed(self, heads: Sequence[Token], kinds: tuple[str, ...]) -> list[Reference]:
        """Return the owner of a noun without referent: Iran in "rejected Iran's offer"."""
        for head in heads:
            place = self.chart.mention(head)
            if place is not None and not self.references.vague(place.referent):
                continue
            if head.lemma_.lower() in _ONLINE:
                continue  # who opens "the site of a museum" is not there
            if head.dep_ in self.syntax.labels.apposition:
                continue  # "the leader of the Front, the Peruvian movement": not Peru
            owners = self.syntax.possessors(head) or [
                t for t in self.syntax.modifiers(head) if self.chart.at[t.i] is not None
            ]
            if head.lemma_.lower() in lexicon.UNDOING:
                return self._of(owners or self._nested_agent(head), kinds)
            owners = owners or [t for name, t in self.syntax.prepositions(head) if name == "of"]
            if found := self._of(owners, kinds):
                return found
        return []

    def _nested_agent(self, noun: Token) -> list[Token]:
        """Return the by-phrase of a noun, even if the parser attached it to a phrase inside."""
        hosts = [noun, *(head for _, head in self.syntax.prepositions(noun) if head.i > noun.i)]
        return [t for host in hosts for t in self.syntax.by_agent(host)][:1]

    def _of(self, heads: Sequence[Token], kinds: tuple[str, ...]) -> list[Reference]:
        found = self.references.denoted(heads)
        return [r for r in found if self.references.fits(r.referent, kinds)]

    def undone(self, verb: Token) -> list[Reference]:
        """Return what is to end: the war, where somebody supports "an end of the war"."""
        nouns = [t for t in self.syntax.object(verb) if t.lemma_.lower() in lexicon.UNDOING]
        heads = [h for t in nouns for name, h in self.syntax.prepositions(t) if name != "by"]
        return self.references.inside(heads)

    # -- where ------------------------------------------------------------------------------------

    def places(self, heads: Sequence[Token]) -> list[Reference]:
        """Return the places that noun phrases name."""
        return [r for r in self._of(heads, _PLACES) if not r.referent.described]

    def located(self, heads: Sequence[Token]) -> list[Reference]:
        """Return the places where the things named are ("rioted at a jail in Chad")."""
        unknown = [t for t in heads if self.chart.mention(t) is None]
        further = [t for h in unknown for n, t in self.syntax.prepositions(h) if n in _LOCATING]
        return self.places(further)

    def sites(self, heads: Sequence[Token]) -> list[Reference]:
        """Return the places of buildings and other sites acted on ("blew up a bridge in Tacna")."""
        things = [
            t for t in heads if self.chart.mention(t) is None and self.headed(t, lexicon.SITE_HEADS)
        ]
        inner = [t for thing in things for t in thing.subtree]
        return self.places([h for t in inner for n, h in self.syntax.governed(t) if n in _AT])

    # -- which noun matters -----------------------------------------------------------------------

    def headed(self, noun: Token, lemmas: Collection[str]) -> Token | None:
        """Return the noun that matters in a phrase, if it is one of `lemmas`.

        In "two hours of talks" it is "talks". A noun before a name, or before a noun such as
        "shipment", counts for the whole phrase; an amount in a currency counts as money.
        """
        waiting = [noun]
        while waiting:
            noun = waiting.pop()
            if self._counts(noun, lemmas):
                return noun
            if noun.lemma_.lower() in _PARTED:
                parts = [head for name, head in self.syntax.prepositions(noun) if name == "of"]
                waiting += reversed(parts)
        return None

    def _counts(self, noun: Token, lemmas: Collection[str]) -> bool:
        """Return whether a noun is one of `lemmas` or counts as one; see `headed`."""
        lemma = noun.lemma_.lower()
        forms = {lemma, lemma.removesuffix("s")}  # "troops", "supplies" have no singular at times
        if lemma.endswith("ies"):
            forms.add(lemma[:-3] + "y")
        if not forms.isdisjoint(lemmas):
            return True
        if "money" in lemmas and (noun.tag_ == "$" or noun.text[:1] in _CURRENCIES):
            return True
        if noun.pos_ == "PROPN" or lemma in lexicon.CARRIERS:
            nouns = (t for t in self.syntax.modifiers(noun) if t.pos_ == "NOUN")
            return any(t.lemma_.lower() in lemmas for t in nouns)
        return False
