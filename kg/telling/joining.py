"""Group the tellings of one key into acts: those whose dates can be one date.

If a key has few tellings, all are compared with one another. If it has more than `MANY`, it is cut
into stretches of consecutive days, and tellings are compared within a stretch only; so the cost of
one more article does not grow with the number of tellings. The result does not depend on the order
of tellings.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import cache

from kg import iris
from kg.telling.acts import OCCASIONS, UNLINKED, Act, Days, Telling

MANY = 64
"""Most tellings of a key that are all compared. Measured on ten thousand articles: one key in two
hundred has more, and comparing them all would no longer be cheap beside adding an article."""

Stretch = list[Telling]
"""Tellings of one key that can only share acts with one another."""


def joined(tellings: Iterable[Telling], window: int) -> list[Act]:
    """Return the acts of the tellings of one key, in order of identifier.

    Tellings are taken by the width of their date, the most precise first. A telling joins the one
    act whose days overlap its own. If several do, it joins the one that its own article tells; if
    that is not unique, it becomes an act of its own. More than `MANY` tellings are joined within
    their `stretches` only.

    Args:
        tellings: all tellings of one key.
        window: how many days an undated act may lie from the date of its article.
    """
    told = list(tellings)
    return acts_of([told] if len(told) <= MANY else stretches(told, window), window)


def acts_of(parts: Iterable[Stretch], window: int) -> list[Act]:
    """Return the acts of tellings, comparing only those in the same part."""
    acts = [act for part in parts for act in _matched(part, window)]
    return sorted(acts, key=lambda act: act.id)


def period(telling: Telling, window: int) -> int | None:
    """Return the number of the calendar period in which the days of a telling begin.

    A period is one day longer than the days of an undated act. None for a date so vague (a month, a
    year) that it covers more than one period.
    """
    days, length = telling.days(window), _length(window)
    if days.first is None or days.width >= length:
        return None
    return days.first.toordinal() // length


def _length(window: int) -> int:
    return 2 * window + 2  # days in a period, so that a telling spans two periods at most


def stretches(tellings: Iterable[Telling], window: int) -> list[Stretch]:
    """Cut the tellings of a key with many into stretches that share no acts.

    A day without any telling cuts. Where two periods in a row have a telling on every day, the
    border between them cuts, to bound how many tellings are compared. A telling with a vague date
    is a stretch of its own.
    """
    found: list[Stretch] = []
    dated: list[tuple[datetime.date, datetime.date, int, Telling]] = []
    for one in sorted(tellings, key=lambda t: t.id):
        days, number = one.days(window), period(one, window)
        if number is None or days.first is None or days.last is None:
            found.append([one])
        else:
            dated.append((days.first, days.last, number, one))
    full = _full(((first, last) for first, last, _, _ in dated), window)
    end: datetime.date | None = None
    before = -1
    for first, last, number, one in sorted(dated, key=lambda known: known[:3]):
        crossing = number != before and number in full and number - 1 in full
        if end is None or first > end or crossing:
            found.append([])
            end = last
        found[-1].append(one)
        end, before = max(end, last), number
    return found


def _full(days: Iterable[tuple[datetime.date, datetime.date]], window: int) -> set[int]:
    """Return the periods that have a telling on each of their days."""
    length = _length(window)
    covered: dict[int, set[int]] = defaultdict(set)
    for first, last in days:
        for day in range(first.toordinal(), last.toordinal() + 1):
            covered[day // length].add(day)
    return {number for number, found in covered.items() if len(found) == length}


def around(
    changed: Collection[int], load: Callable[[int], Iterable[Telling]], window: int
) -> list[Stretch]:
    """Return the stretches that a change in some periods may affect, of a key with many tellings.

    Args:
        changed: periods in which tellings were added or removed.
        load: returns all tellings whose days begin in a period; called once for each period needed.
        window: as for `joined`.
    """
    known: dict[int, list[Telling]] = {}
    edges: list[tuple[int, int]] = []
    length = _length(window)

    @cache
    def told(number: int) -> frozenset[int]:
        """Return the days covered by the tellings whose days begin in a period."""
        known[number] = list(load(number))
        spans = _spans(known[number], window)
        return frozenset(day for first, last in spans for day in range(first, last + 1))

    def full(number: int) -> bool:
        days = range(number * length, (number + 1) * length)
        return (told(number - 1) | told(number)).issuperset(days)

    for number in sorted(changed):
        # The days of these tellings lie in this period and the next. One more day at either end:
        # a telling there would belong to the same stretch.
        first, last = number * length - 1, (number + 2) * length
        before, after = told(number - 1), told(number + 1) | told(number + 2)
        # A stretch ends with an empty day or between two full periods: load the periods needed to
        # see which.
        if first in before and full(number - 1):
            full(number - 2)
        if last in after and full(number + 2):
            # Whether the next period is full may have changed, and with it the border to this one:
            # all that begins in this one may have been parted from what stands before it.
            told(number + 3)
            last = (number + 3) * length - 1
        edges.append((first, last))
        told(number)
    return [
        part
        for part in stretches((one for some in known.values() for one in some), window)
        if any(
            first <= end and start <= last
            for start, end in _spans(part, window)
            for first, last in edges
        )
    ]


def _spans(tellings: Iterable[Telling], window: int) -> list[tuple[int, int]]:
    days = (one.days(window) for one in tellings)
    return [(d.first.toordinal(), d.last.toordinal()) for d in days if d.first and d.last]


def _matched(tellings: Stretch, window: int) -> list[Act]:
    """Return the acts of tellings, each compared with all others."""
    acts: list[Act] = []
    for one in sorted(tellings, key=lambda t: _order(t, t.days(window))):
        days = one.days(window)
        fitting = [(act, found) for act in acts if (found := _fit(act, one, days)) is not None]
        if len(fitting) > 1:
            fitting = [(act, found) for act, found in fitting if one.article in act.articles]
        if len(fitting) == 1:
            act, common = fitting[0]
            act.days = common
            act.tellings.append(one)
        else:
            acts.append(Act(days=days, tellings=[one]))
    return acts


def _order(one: Telling, days: Days) -> tuple[object, ...]:
    return days.width, days.first or datetime.date.min, days.last or datetime.date.max, one.id


def _fit(act: Act, one: Telling, days: Days) -> Days | None:
    """Return the days of the act once the telling has joined; None if it does not fit."""
    common = act.days.common(days)
    if common is None or any(_apart(one, other) for other in act.tellings):
        return None
    return common


def _apart(one: Telling, other: Telling) -> bool:
    """Return whether two tellings are about different events or agreements.

    An unlinked topic ("the talks") is compared only within its article.
    """

    def occasions(telling: Telling) -> frozenset[str]:
        return frozenset(
            topic
            for topic in telling.topics
            if iris.family(topic) in OCCASIONS
            and (one.article == other.article or not topic.startswith(UNLINKED))
        )

    left, right = occasions(one), occasions(other)
    return bool(left and right) and left.isdisjoint(right)
