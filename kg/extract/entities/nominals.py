"""Definite descriptions of what the article has named: "the network", "the ministry".

A description is that of the name which contains its noun, of whoever was introduced by the noun
("the broadcaster X", "X, a charity"), or of the last one named whose class the noun fits, where
only one does: the order of evidence of Vieira and Poesio (2000), without bridging.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from kg.extract import lexicon
from kg.extract.discourse import Chart, Place, Referent
from kg.parsing.tokens import Token

_REACH = 3  # sentences looked back where only the class fits
_THIS = frozenset({"the", "this", "that"})
_PUBLIC = ("GovernmentBody", "IntergovernmentalOrganization")
# Nouns by the classes of what they can stand for.
CLASSES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        "company firm corporation manufacturer conglomerate retailer carrier airline bank operator "
        "developer giant business enterprise startup charity foundation nonprofit ngo institute "
        "university college club institution think-tank".split(),
        ("Organization",),
    ),
    **dict.fromkeys(
        "network broadcaster channel station newspaper paper magazine outlet tabloid daily "
        "weekly publication".split(),
        ("MediaOutlet",),
    ),
    **dict.fromkeys("party movement".split(), ("Organization", "ArmedGroup")),
    **dict.fromkeys(
        "group organization organisation".split(),
        ("Organization", "ArmedGroup", "IntergovernmentalOrganization"),
    ),
    **dict.fromkeys("militia faction".split(), ("ArmedGroup",)),
    **dict.fromkeys("bloc alliance".split(), ("IntergovernmentalOrganization",)),
    **dict.fromkeys(
        "agency ministry department commission committee council court parliament senate panel "
        "tribunal embassy consulate regulator watchdog legislature assembly directorate bureau "
        "body".split(),
        _PUBLIC,
    ),
    **dict.fromkeys("country nation republic kingdom government regime".split(), ("Country",)),
}
# Words of names that say what a noun says.
_KIN = {
    "airline": frozenset({"air", "airlines", "airways", "aviation", "airline"}),
    "carrier": frozenset({"air", "airlines", "airways", "aviation", "airline"}),
    "newspaper": frozenset({"times", "post", "herald", "tribune", "daily", "gazette", "news"}),
    "paper": frozenset({"times", "post", "herald", "tribune", "daily", "gazette"}),
    "broadcaster": frozenset({"tv", "television", "radio", "broadcasting", "news"}),
    "party": frozenset({"party", "front", "league", "democrats", "labour"}),
    "bloc": frozenset({"union", "association", "eu", "asean"}),
    "alliance": frozenset({"nato", "alliance"}),
    "panel": frozenset({"committee", "commission", "panel"}),
    "parliament": frozenset({"parliament", "assembly", "congress", "duma", "knesset"}),
    "legislature": frozenset({"parliament", "assembly", "congress", "senate", "duma"}),
    "organization": frozenset({"organization", "organisation"}),
    "organisation": frozenset({"organization", "organisation"}),
}


_TELLING = frozenset({"amod", "compound", "nummod", "acl:relcl"})
_STATE_FORCES = frozenset({"army", "military", "navy", "force", "guard", "police"})


class Names:
    """What an article has named, for the descriptions that come after."""

    def __init__(self, chart: Chart) -> None:
        """Index the names found, and the nouns that introduce them."""
        self.chart = chart
        self.named = [p for p in chart.in_order() if p.how == "name"]
        self.firsts = [p.first for p in self.named]
        self.introduced = self._introduced()

    def resolve(self, token: Token, lemma: str) -> Referent | None:
        """Return what "the `lemma`" at `token` stands for, or nothing where that is not clear."""
        classes = CLASSES.get(lemma)
        if classes is None and lemma not in lexicon.BODY_HEADS | lexicon.ORGANISATION_HEADS:
            return None
        if not self.chart.syntax.determiners(token) & _THIS:
            return None
        telling = [c for c in token.children if c.dep_ in _TELLING]
        if telling and all(c.lower_ in lexicon.ARMED_MODIFIERS for c in telling):
            return self._last(token, ("ArmedGroup",))  # "the militant group"
        if telling:
            return None
        wanted = _KIN.get(lemma, frozenset({lemma}))
        for place in self._before(token):
            referent = place.referent
            if place.adjective or not self.chart.is_a(referent, ("Organization", "ArmedGroup")):
                continue
            words = {w.lower() for name in referent.names for w in name.split()}
            if lemma in _STATE_FORCES and referent.kind == "ArmedGroup":
                continue  # "the army" is not that of the rebels
            if wanted & words or lemma in self.introduced.get(id(referent), ()):
                return referent
        return self._last(token, classes) if classes is not None else None

    def country(self, token: Token) -> Referent | None:
        """Return the one country that was spoken of last before `token`, adjectives included."""
        return self._last(token, ("Country",))

    def _before(self, token: Token) -> Iterator[Place]:
        """Yield the names before `token`, the last one first."""
        for index in range(bisect_left(self.firsts, token.i) - 1, -1, -1):
            yield self.named[index]

    def _last(self, token: Token, classes: tuple[str, ...]) -> Referent | None:
        """Return the only one of the classes in the last sentence that names any."""
        here = self.chart.sentence[token.i]
        found: list[Referent] = []
        nearest = None
        for place in self._before(token):
            number = self.chart.sentence[place.head]
            if here - number > _REACH or (nearest is not None and number < nearest):
                break
            if place.adjective and classes != ("Country",):
                continue
            if number == here and self._aside(self.chart.doc[place.head], token):
                continue
            if self._of_class(place.referent, classes):
                nearest = number
                if place.referent not in found:
                    found.append(place.referent)
        return found[0] if len(found) == 1 else None

    def _aside(self, name: Token, token: Token) -> bool:
        """Return whether a name stands in a relative clause that ends before `token`.

        "Ruiz, who had come by way of Peru, arrived in the country": not in Peru.
        """
        around = {token.i}
        while token.head.i != token.i:
            token = token.head
            around.add(token.i)
        while name.i not in around:
            if name.dep_ in self.chart.syntax.labels.relative:
                return True
            name = name.head
        return False

    def _of_class(self, referent: Referent, classes: tuple[str, ...]) -> bool:
        if classes == ("Organization",):
            return referent.kind in {"Organization", "MediaOutlet"}
        return self.chart.is_a(referent, classes)

    def _introduced(self) -> dict[int, set[str]]:
        """Return the nouns that introduce each referent, by its identity.

        They stand in apposition ("X, a charity", "the broadcaster X") or are its predicate.
        """
        found: dict[int, set[str]] = {}
        labels = self.chart.syntax.labels

        def note(place: Place, noun: Token) -> None:
            if noun.pos_ == "NOUN" and noun.tag_ == "NN":
                found.setdefault(id(place.referent), set()).add(noun.lemma_.lower())

        for place in self.named:
            if place.adjective:
                continue
            head = self.chart.doc[place.head]
            for noun in self.chart.syntax.appositions(head):
                note(place, noun)
            if head.dep_ in labels.apposition:
                note(place, head.head)
            before = self.chart.doc[place.first - 1] if place.first else None
            if before is not None and before.head.i in range(place.first, place.last + 1):
                note(place, before)
            if head.dep_ in labels.subject and any(c.dep_ == "cop" for c in head.head.children):
                note(place, head.head)
        return found
