"""Look up the mentions before a token, those joined by "and", and those that only name a place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.extract.discourse import Chart, Place, Referent
from kg.parsing.tokens import Token

_REACH = 4  # sentences looked back; chosen, not measured
_WHERE = frozenset({"in", "at", "near", "from", "to", "inside", "across"})


class Nearby:
    """Finds the mentions before a token in one article."""

    def __init__(self, chart: Chart) -> None:
        """Index the mentions found so far."""
        self.chart = chart
        self.places = chart.in_order()
        self.firsts = [place.first for place in self.places]

    def all_before(self, token: Token) -> Sequence[Place]:
        """Return all mentions before `token`, in text order."""
        return self.places[: bisect_left(self.firsts, token.i)]

    def before(self, token: Token) -> Iterator[Place]:
        """Yield the mentions at most `_REACH` sentences before `token`, the nearest first."""
        for place in reversed(self.all_before(token)):
            if self.distance(token, place.head) > _REACH:
                return
            yield place

    def distance(self, token: Token, at: int) -> int:
        """Return how many sentences `token` comes after token number `at`; 0 in the same one."""
        return self.chart.sentence[token.i] - self.chart.sentence[at]

    def coordinated(self, place: Place) -> tuple[Referent, ...]:
        """Return the referent of a mention and the actors joined to it by "and"."""
        found = [place.referent]
        if not self.chart.is_a(place.referent, ("Actor",)):
            return tuple(found)
        for token in self.chart.syntax.conjuncts(self.chart.doc[place.head])[1:]:
            other = self.chart.mention(token)
            if other is None or other.referent in found:
                continue
            if self.chart.is_a(other.referent, ("Actor",)):
                found.append(other.referent)
        return tuple(found)


def says_where(head: Token) -> bool:
    """Return whether a name stands after a preposition of place ("in Yemen")."""
    cases = {c.lower_ for c in head.children if c.dep_ == "case"}
    if head.dep_ == "pobj":
        cases.add(head.head.lower_)
    return not cases.isdisjoint(_WHERE)
