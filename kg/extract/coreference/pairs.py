"""Resolve "the two sides" and "both" to the two parties last mentioned together.

Two parties are mentioned together if they are joined by "and", or if both are arguments of one
verb. Merely being the nearest mention is not enough. A test runs the examples: without the rule,
the word in brackets does not resolve to the names behind the arrow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from kg.extract.coreference.nearby import Nearby, says_where
from kg.extract.discourse import Place, Referent
from kg.parsing.tokens import Token

_OTHER_SIDE = frozenset({"with", "against", "from", "to", "by"})
Parties = tuple[Referent, ...]


class Search:
    """One search backwards through the mentions for the two parties."""

    def __init__(self, nearby: Nearby, token: Token, kinds: tuple[str, ...]) -> None:
        """Start at `token`, for parties whose class is one of `kinds`."""
        self.nearby = nearby
        self.chart = nearby.chart
        self.token = token
        self.kinds = kinds
        self.doing = self._doing()
        self.recent: dict[Referent, None] = {}
        self.people: list[Place] = []
        self.acting: dict[int, Place] = {}
        self.sentence = -1  # number of the sentence in which `clause` was found
        self.clause: Parties = ()  # two parties that are arguments of one verb

    def found(self) -> Parties:
        """Return the two parties; empty if none are found."""
        for place in self.nearby.before(self.token):
            for rule in TOGETHER:
                if parties := rule(self, place):
                    return parties
            self._note(place)
        return next((parties for rule in AT_LAST if (parties := rule(self))), ())

    def is_side(self, place: Place) -> bool:
        """Return whether a mention may be one of the parties."""
        if not self.chart.is_a(place.referent, self.kinds):
            return False
        return not says_where(self.chart.doc[place.head])

    def group(self, place: Place) -> Parties:
        """Return the parties joined by "and" at `place`, if they are exactly two."""
        joined = self.nearby.coordinated(place)
        group = tuple(r for r in joined if self.chart.is_a(r, self.kinds))
        return group if len(group) == 2 and self.doing.isdisjoint(group) else ()

    def country(self, person: Referent) -> Referent | None:
        """Return the country for which a person holds an office."""
        offices = (o.of for o in self.chart.offices if o.holder is person and o.of)
        of = next(offices, None)
        return of if of is not None and self.chart.is_a(of, ("Country",)) else None

    def _note(self, place: Place) -> None:
        """Record a mention, for the rules at the mentions before it."""
        if self.chart.is_a(place.referent, ("Person",)):
            self.people.append(place)
        if not self.is_side(place):
            return
        verb = self._acts_by(self.chart.doc[place.head])
        if verb is not None:
            other = self.acting.setdefault(verb.i, place)
            if other.referent is not place.referent and not self.clause:
                self.sentence = self.chart.sentence[place.head]
                self.clause = (place.referent, other.referent)
        if place.referent not in self.doing:
            self.recent[place.referent] = None

    def _doing(self) -> set[Referent]:
        """Return the subjects of the clause of "both sides", who cannot be one of the sides."""
        token, syntax = self.token, self.chart.syntax
        verb = syntax.clause_of(token.head if token.head is not token else token)
        subject = [head for head in syntax.subject(verb) if token not in head.subtree]
        members = [member for head in subject for member in syntax.conjuncts(head)]
        places = (self.chart.mention(member) for member in members)
        return {place.referent for place in places if place is not None}

    def _acts_by(self, head: Token) -> Token | None:
        """Return the verb of which `head` is an argument, None if it is none.

        Arguments are subject, objects, and phrases such as "with" or "against" somebody.
        """
        labels, syntax = self.chart.syntax.labels, self.chart.syntax
        if head.dep_ in labels.subject | labels.passive_subject | labels.object | labels.indirect:
            return head.head
        if head.dep_ == "conj" or all(n not in _OTHER_SIDE for n, _ in syntax.governed(head)):
            return None
        verb = syntax.governor(head)
        return verb if verb.pos_ == "VERB" else None


# -- rules asked at each mention, the nearest first ------------------------------------------------


def of_one_verb(search: Search, place: Place) -> Parties:
    """Return two arguments of one verb, once the search has left their sentence.

    Example: Chad and Mali met. Kenya attacked Uganda. The two [sides] left. -> Kenya, Uganda
    """
    return search.clause if search.chart.sentence[place.head] != search.sentence else ()


def of_two_people(search: Search, place: Place) -> Parties:
    """Return the countries of two officials mentioned one after the other, if they differ.

    People in the sentence of "the two sides" itself do not count: they often speak of them.

    Example: Kenya left. French President Emmanuel Macron called Chinese President Xi Jinping. The
    two [sides] left. -> French, Chinese
    """
    chart, others = search.chart, search.people
    if "Country" not in search.kinds or not chart.is_a(place.referent, ("Person",)):
        return ()
    if len(search.recent) >= 2 or not others or others[-1].referent is place.referent:
        return ()
    if chart.sentence[others[-1].head] == chart.sentence[search.token.i]:
        return ()
    one, other = search.country(place.referent), search.country(others[-1].referent)
    return (one, other) if one and other and one is not other else ()


def joined(search: Search, place: Place) -> Parties:
    """Return two parties joined by "and".

    Example: Chad left. Kenya and Uganda met. The two [sides] left. -> Kenya, Uganda
    """
    return search.group(place) if search.is_side(place) else ()


# -- rules asked when no mention is left -----------------------------------------------------------


def of_first_verb(search: Search) -> Parties:
    """Return two arguments of one verb in the earliest sentence searched.

    Example: Kenya attacked Uganda, and Chad fell silent. The two [sides] left. -> Kenya, Uganda
    """
    return search.clause


def only_two(search: Search) -> Parties:
    """Return the two parties if only two were mentioned.

    Example: Kenya fell silent. Uganda left. The two [sides] left. -> Kenya, Uganda
    """
    return tuple(reversed(search.recent)) if len(search.recent) == 2 else ()


def usual(search: Search) -> Parties:
    """Return the pair that the article has joined by "and" most often so far, at least twice.

    Example: Kenya and Uganda met. Kenya and Uganda left. Rain fell. Snow fell. Rain fell. Snow
    fell. Rain fell. The two [sides] left. -> Kenya, Uganda
    """
    counts: Counter[frozenset[Referent]] = Counter()
    found: dict[frozenset[Referent], Parties] = {}
    for place in search.nearby.all_before(search.token):
        if group := search.group(place):
            counts[frozenset(group)] += 1
            found.setdefault(frozenset(group), group)
    (most, often), (_, less) = (*counts.most_common(2), (frozenset(), 0), (frozenset(), 0))[:2]
    return found[most] if often > max(1, less) else ()


TOGETHER: tuple[Callable[[Search, Place], Parties], ...] = (of_one_verb, of_two_people, joined)
"""Rules asked at each mention; the first that finds two parties decides."""

AT_LAST: tuple[Callable[[Search], Parties], ...] = (of_first_verb, only_two, usual)
"""Rules asked when no mention is left; the first that finds two parties decides."""
