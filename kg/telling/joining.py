"""Which statements of one key tell the same act: those whose dates can be one date.

All tellings of a key are compared with one another as long as they are few. Of a key that is told
again and again over the years, only those that days can bring together are: each stretch of days
is looked at alone, so that what one article more costs does not depend on how often the key has
been told before. In either case the result depends on the tellings alone, not on their order.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import cache

from kg import iris
from kg.telling.acts import OCCASIONS, UNLINKED, Act, Days, Telling

MANY = 64
"""Tellings of one key that are all compared; of ten thousand articles one key in two hundred has
more. What more of them cost is then no longer small beside the rest of adding an article."""

Stretch = list[Telling]


def joined(tellings: Iterable[Telling], window: int) -> list[Act]:
    """Return the acts that statements of one key tell, by the identifier of their first telling.

    The surest date comes first. A statement joins the act with which its days overlap; where these
    are several, the one that its own article tells; where that leaves a choice, none: it has an
    act of its own, since nobody can say which is meant. More than `MANY` are joined within each of
    their `stretches` only.

    Args:
        tellings: all that is told with one key.
        window: days by which an act without a date may be away from its article.
    """
    told = list(tellings)
    return acts_of([told] if len(told) <= MANY else stretches(told, window), window)


def acts_of(parts: Iterable[Stretch], window: int) -> list[Act]:
    """Return the acts of tellings of which only those of one part are compared."""
    acts = [act for part in parts for act in _matched(part, window)]
    return sorted(acts, key=lambda act: act.id)


def period(telling: Telling, window: int) -> int | None:
    """Return the number of the period in which the days of a telling begin.

    Periods are stretches of the calendar, each a little longer than the days of an act without a
    date. None for a date so vague (a month, a year) that it covers more than one.
    """
    days, length = telling.days(window), _length(window)
    if days.first is None or days.width >= length:
        return None
    return days.first.toordinal() // length


def _length(window: int) -> int:
    return 2 * window + 2  # so that the days of one telling lie in two periods at the most


def stretches(tellings: Iterable[Telling], window: int) -> list[Stretch]:
    """Return the tellings of a key that has many, in parts that do not share acts.

    Days on which nothing is told part them. What is told on every day of two periods in a row is
    parted between these: no days tell one act from the next there, and something must bound how
    much has to be compared. A vague date is a part of its own: among so many acts nobody can say
    which is meant.
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
    """Return the periods with something told on each of their days."""
    length = _length(window)
    covered: dict[int, set[int]] = defaultdict(set)
    for first, last in days:
        for day in range(first.toordinal(), last.toordinal() + 1):
            covered[day // length].add(day)
    return {number for number, found in covered.items() if len(found) == length}


def around(
    changed: Collection[int], load: Callable[[int], Iterable[Telling]], window: int
) -> list[Stretch]:
    """Return the stretches of a key that has many which a change to periods may have touched.

    Args:
        changed: periods in which the days of tellings begin that have come or gone.
        load: gives all tellings whose days begin in a period; asked once for each that matters.
        window: as for `joined`.
    """
    known: dict[int, list[Telling]] = {}
    edges: list[tuple[int, int]] = []
    length = _length(window)

    @cache
    def told(number: int) -> frozenset[int]:
        """Return the days of all tellings that begin in a period."""
        known[number] = list(load(number))
        spans = _spans(known[number], window)
        return frozenset(day for first, last in spans for day in range(first, last + 1))

    def full(number: int) -> bool:
        days = range(number * length, (number + 1) * length)
        return (told(number - 1) | told(number)).issuperset(days)

    for number in sorted(changed):
        # Their days lie in this period and the next; a day beyond either end may be told with them.
        first, last = number * length - 1, (number + 2) * length
        edges.append((first, last))
        before, after = told(number - 1), told(number + 1) | told(number + 2)
        # What stands there ends with a day without anything, or between two full periods.
        if first in before and full(number - 1):
            full(number - 2)
        if last in after and full(number + 2):
            told(number + 3)
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
    """Return the acts of tellings that are all compared with one another."""
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
    """Return the days of an act with one telling more; None where it does not fit in."""
    common = act.days.common(days)
    if common is None or any(_apart(one, other) for other in act.tellings):
        return None
    return common


def _apart(one: Telling, other: Telling) -> bool:
    """Return whether two tellings are about different events or agreements.

    What only its article describes ("the talks") can be compared within that article alone.
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
