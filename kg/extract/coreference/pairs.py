"""Whom "the two sides" and "both" mean: the two parties last spoken of together.

Together are those joined by "and", and those of whom one does something to the other. Who was
merely named last is no side of anything. Examples are run by a test: without its rule the word in
brackets has not the meaning behind the arrow.
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
    """One look backwards for the parties of a pair."""

    def __init__(self, nearby: Nearby, token: Token, kinds: tuple[str, ...]) -> None:
        """Begin at `token`, for parties of one of `kinds`."""
        self.nearby = nearby
        self.chart = nearby.chart
        self.token = token
        self.kinds = kinds
        self.doing = self._doing()
        self.recent: dict[Referent, None] = {}
        self.people: list[Place] = []
        self.acting: dict[int, Place] = {}
        self.sentence = -1  # where `clause` was found
        self.clause: Parties = ()  # the parties of one verb

    def found(self) -> Parties:
        """Return the parties; nothing where there are no two."""
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
        """Return the two parties joined by "and" from `place` on, if they are two."""
        joined = self.nearby.coordinated(place)
        group = tuple(r for r in joined if self.chart.is_a(r, self.kinds))
        return group if len(group) == 2 and self.doing.isdisjoint(group) else ()

    def country(self, person: Referent) -> Referent | None:
        """Return the country for which a person holds an office."""
        offices = (o.of for o in self.chart.offices if o.holder is person and o.of)
        of = next(offices, None)
        return of if of is not None and self.chart.is_a(of, ("Country",)) else None

    def _note(self, place: Place) -> None:
        """Remember a mention for the ones before it."""
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
        """Return who does something to "both sides" in their own clause, and so is none of them."""
        token, syntax = self.token, self.chart.syntax
        verb = syntax.clause_of(token.head if token.head is not token else token)
        subject = [head for head in syntax.subject(verb) if token not in head.subtree]
        members = [member for head in subject for member in syntax.conjuncts(head)]
        places = (self.chart.mention(member) for member in members)
        return {place.referent for place in places if place is not None}

    def _acts_by(self, head: Token) -> Token | None:
        """Return the verb of which a name is subject, object, or the one it is done to or with."""
        labels, syntax = self.chart.syntax.labels, self.chart.syntax
        if head.dep_ in labels.subject | labels.passive_subject | labels.object | labels.indirect:
            return head.head
        if head.dep_ == "conj" or all(n not in _OTHER_SIDE for n, _ in syntax.governed(head)):
            return None
        verb = head.head if syntax.ud else head.head.head
        return verb if verb.pos_ == "VERB" else None


# -- rules asked at each mention, the nearest first ------------------------------------------------


def of_one_verb(search: Search, place: Place) -> Parties:
    """Return the parties of one verb, once their sentence is left.

    Example: Chad and Mali met. Kenya attacked Uganda. The two [sides] left. -> Kenya, Uganda
    """
    return search.clause if search.chart.sentence[place.head] != search.sentence else ()


def of_two_people(search: Search, place: Place) -> Parties:
    """Return the countries of a person and of the one named after him, where they differ.

    In the sentence of "the two sides" themselves, people are those who speak of them.

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
    """Return two joined by "and".

    Example: Chad left. Kenya and Uganda met. The two [sides] left. -> Kenya, Uganda
    """
    return search.group(place) if search.is_side(place) else ()


# -- rules asked when all mentions are passed ------------------------------------------------------


def of_first_verb(search: Search) -> Parties:
    """Return the parties of one verb in the first sentence looked at.

    Example: Kenya attacked Uganda, and Chad fell silent. The two [sides] left. -> Kenya, Uganda
    """
    return search.clause


def only_two(search: Search) -> Parties:
    """Return the only two there are.

    Example: Kenya fell silent. Uganda left. The two [sides] left. -> Kenya, Uganda
    """
    return tuple(reversed(search.recent)) if len(search.recent) == 2 else ()


def usual(search: Search) -> Parties:
    """Return the two whom the article has joined by "and" most often before, if any.

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
"""What two parties may be at a mention; the first that finds them decides."""

AT_LAST: tuple[Callable[[Search], Parties], ...] = (of_first_verb, only_two, usual)
"""What they may be when no mention is left; the first that finds them decides."""
