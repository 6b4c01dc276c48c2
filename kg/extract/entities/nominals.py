"""Resolves definite descriptions ("the network", "the ministry") to names earlier in the article.

The antecedent is the last name that contains the noun, or that the noun introduced ("the
broadcaster X", "X, a charity"). Failing that, it is the only name of a class that fits the noun in
the nearest sentence with one. This order of evidence follows Vieira and Poesio (2000); bridging
(a part for a whole) is left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from kg.extract import lexicon
from kg.extract.discourse import Chart, Place, Referent
from kg.parsing.tokens import Token

_REACH = 3  # sentences looked back if only the class fits; chosen, not measured
_THIS = frozenset({"the", "this", "that"})
_PUBLIC = ("GovernmentBody", "IntergovernmentalOrganization")
# For each noun, the classes of referents it can stand for.
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
# For each noun, words in a name that mean the same.
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
    """The names in an article: candidates for the antecedent of a description."""

    def __init__(self, chart: Chart) -> None:
        """Index the names found, and the nouns that introduce them."""
        self.chart = chart
        self.named = [p for p in chart.in_order() if p.how == "name"]
        self.firsts = [p.first for p in self.named]
        self.introduced = self._introduced()

    def resolve(self, token: Token, lemma: str) -> Referent | None:
        """Return the antecedent of the description "the `lemma`" at `token`, None if not clear."""
        classes = CLASSES.get(lemma)
        if classes is None and lemma not in lexicon.BODY_HEADS | lexicon.ORGANISATION_HEADS:
            return None
        if not self.chart.syntax.determiners(token) & _THIS:
            return None
        telling = [c for c in token.children if c.dep_ in _TELLING]
        if telling and all(c.lower_ in lexicon.ARMED_MODIFIERS for c in telling):
            return self._last(token, ("ArmedGroup",))  # "the militant group"
        behind = any(name == "behind" for name, _ in self.chart.syntax.prepositions(token))
        if telling or behind:  # "the group behind the attack" is told apart, not told again
            return None
        wanted = _KIN.get(lemma, frozenset({lemma}))
        for place in self._before(token):
            referent = place.referent
            if place.adjective or not self.chart.is_a(referent, ("Organization", "ArmedGroup")):
                continue
            words = {w.lower() for name in referent.names for w in name.split()}
            if lemma in _STATE_FORCES and referent.kind == "ArmedGroup":
                continue  # "the army" is not the rebels
            if wanted & words or lemma in self.introduced.get(id(referent), ()):
                return referent
        return self._last(token, classes) if classes is not None else None

    def country(self, token: Token) -> Referent | None:
        """Return the country named last before `token`, also by an adjective ("Peruvian").

        None if that sentence has several, or if none is within `_REACH` sentences.
        """
        return self._last(token, ("Country",))

    def _before(self, token: Token) -> Iterator[Place]:
        """Yield the names before `token`, the last one first."""
        for index in range(bisect_left(self.firsts, token.i) - 1, -1, -1):
            yield self.named[index]

    def _last(self, token: Token, classes: tuple[str, ...]) -> Referent | None:
        """Return the referent of a class in the nearest sentence with any, None if several."""
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
        """Return whether a name is inside a relative clause that does not contain `token`.

        In "Ruiz, who had come by way of Peru, arrived in the country", Peru is no antecedent.
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
        """Return the nouns (lemmas) that introduce each referent, by `id()` of the referent.

        The noun is an apposition ("X, a charity", "the broadcaster X") or a predicate ("X is a
        charity").
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
