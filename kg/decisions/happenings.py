"""Find described events and agreements of different articles that may be the same.

A description ("the summit in Lima") identifies an event within one article only. Two may be the
same if their head nouns are equal, their articles are at most `WINDOW` days apart, and they share
participants or names in the description. A different place, year or party excludes it.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.decisions.known import Known, World
from kg.decisions.spelling import words
from kg.gazetteer import Entry, Gazetteer
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.store import Store

WINDOW = 14
"""Most days between articles on one event. Measured on 391 articles of two outlets: of 17 pairs
within these days that name no year, judged by reading, 12 were one event; of pairs farther apart
fewer than a third were, nearly all of them wars, elections and pandemics."""
# Each event is compared with so many of the next in time: chosen, not measured.
_CROWDED = 60
# Entities named in more articles than this do not show that two articles belong together: chosen,
# not measured.
_RARE = 10
_STORY = 2  # such entities that two articles of one story share: chosen, not measured
_TOKEN = re.compile(r"[^\W_]+(?:\.[^\W_]\.?)+|[^\W_]+|[^\w\s]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday day week month".split())
_AFTER_HEAD = frozenset(
    "of in on at with between for against from to over near by after before during among amid "
    "about under within inside outside across around into through since until that which who "
    "this last next".split()
)
_LITTLE = frozenset(
    "the a an and or its his her their other more most many several such any some all two three "
    "new recent ongoing latest current previous upcoming first second own".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Two events that may be the same, with a doubt from 0 to 1 and the reason.

    The doubts only rank suggestions; they are chosen, not measured.
    """

    one: Known
    other: Known
    doubt: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A description, taken apart.

    Attributes:
        head: its head noun, in the singular.
        kind: lower-case words before the head ("presidential").
        rest: lower-case words after the head ("with opposition leaders").
        named: entities and other proper names in it.
        lands: countries named in it, and countries of places named in it.
        years: years in it.
        months: months in it.
    """

    head: str
    kind: frozenset[str]
    rest: frozenset[str]
    named: frozenset[str]
    lands: frozenset[str]
    years: frozenset[str]
    months: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Happening:
    known: Known
    told: tuple[_Told, ...]
    years: frozenset[str]
    sides: frozenset[str]
    days: tuple[int, ...]

    @property
    def order(self) -> tuple[object, ...]:
        return self.days[:1] or (10**9,), self.known.id


def happenings(
    store: Store, world: World, gazetteer: Gazetteer, ontology: Ontology
) -> Iterator[Likeness]:
    """Yield pairs of described events or agreements that may be the same."""
    return _Finder(store, world, gazetteer, ontology).pairs()


class _Finder:
    def __init__(
        self, store: Store, world: World, gazetteer: Gazetteer, ontology: Ontology
    ) -> None:
        self._world = world
        self._reader = _Reader(gazetteer)
        self._sides = _participants(store, ontology)
        self._often = Counter(who for them in world.named.values() for who in them)

    def pairs(self) -> Iterator[Likeness]:
        blocks: dict[tuple[str, str, str], list[_Happening]] = defaultdict(list)
        for _, known in sorted(self._world.entities.items()):
            if known.family in ("event", "agreement") and not known.linked and known.articles:
                happening = self._happening(known)
                for key in self._keys(happening) if happening.told else ():
                    blocks[known.family, *key].append(happening)
        seen: set[tuple[str, str]] = set()
        for _, block in sorted(blocks.items()):
            for one, other in _neighbours(block):
                pair = (min(one.known.id, other.known.id), max(one.known.id, other.known.id))
                if pair not in seen:
                    seen.add(pair)
                    if likeness := self._likeness(one, other):
                        yield likeness

    def _happening(self, known: Known) -> _Happening:
        first = self._reader.read(known.name)
        rest = (self._reader.read(name) for name in sorted(known.names - {known.name}))
        told = [first] if first else []
        # Other names count only if they have the same head noun: what an article treats as one
        # event may be several.
        told += [other for other in rest if first and other and other.head == first.head]
        days = sorted(day for date in known.articles.values() if (day := _day(date)) is not None)
        return _Happening(
            known=known,
            told=tuple(dict.fromkeys(told)),
            years=frozenset(year for one in told for year in one.years),
            sides=frozenset(self._sides.get(known.id, ())),
            days=tuple(days),
        )

    def _keys(self, happening: _Happening) -> set[tuple[str, str]]:
        main = {self._world.mainly.get(article, "") for article in happening.known.articles}
        found = set()
        for told in happening.told:
            for key in {*told.named, *told.lands, *happening.sides, *main, *told.years} - {""}:
                found.add((told.head, key))
            found.add((told.head, " ".join(sorted(told.kind))))
        return found

    def _likeness(self, one: _Happening, other: _Happening) -> Likeness | None:
        if set(one.known.articles) & set(other.known.articles) or not _years_fit(one, other):
            return None
        if not _fit(one.told[0], other.told[0]):
            return None
        gaps = [abs(left - right) for left in one.days for right in other.days]
        apart = min(gaps) if gaps else None
        found = [
            likeness
            for left in one.told
            for right in other.told
            if (likeness := self._compare(left, right, one, other, apart))
        ]
        if not found:
            return None
        doubt, why = min(found)
        return Likeness(one=one.known, other=other.known, doubt=doubt, why=why)

    def _compare(
        self, left: _Told, right: _Told, one: _Happening, other: _Happening, apart: int | None
    ) -> tuple[float, str] | None:
        if not _fit(left, right):
            return None
        dated = bool(left.years & right.years) or bool(left.months & right.months)
        fits = dated or (apart is not None and apart <= WINDOW)
        when = "of one date" if dated and apart is None else f"in articles {apart} days apart"
        names = left.named & right.named
        less = 0.0 if left.kind == right.kind else 0.05
        sides = one.sides & other.sides
        story = self._story(one, other)
        if fits and (sides or names or left.lands & right.lands):
            doubt, same = 0.5, "that name the same country"
            if names - left.lands:
                doubt, same = 0.4, "that name the same"
            if sides:
                doubt, same = 0.35, "with the same participants"
            if dated:
                doubt -= 0.05
            if not story:
                doubt += 0.2
            return doubt + less, f"events of one kind {same}, {when}"
        bare = not (left.named and right.named)
        if fits and bare and left.kind == right.kind and len(story) >= _STORY:
            return 0.6 + less, f"events of one kind {when} that name the same persons or places"
        if left == right and left.named and left.kind:
            return 0.7, "described alike in different articles, at different times"
        if apart is None and left == right and (left.kind or left.named):
            return 0.9, "described alike in different articles"
        return None

    def _story(self, one: _Happening, other: _Happening) -> set[str]:
        """Return the rarely named entities in the articles of both, countries and outlets aside."""
        them = [
            {who for article in h.known.articles for who in self._world.named[article]}
            for h in (one, other)
        ]
        return {
            who
            for who in them[0] & them[1]
            if self._often[who] <= _RARE and not who.startswith(("country/", "outlet/"))
        }


def _neighbours(block: list[_Happening]) -> Iterator[tuple[_Happening, _Happening]]:
    """Yield the pairs of a block that are close to each other in time."""
    unique = sorted({h.known.id: h for h in block}.values(), key=lambda h: h.order)
    for place, one in enumerate(unique):
        for other in unique[place + 1 : place + 1 + _CROWDED]:
            yield one, other


def _fit(left: _Told, right: _Told) -> bool:
    """Return whether two descriptions do not contradict each other."""
    return (
        left.head == right.head
        and _within(left.kind, right.kind)
        and _within(left.rest, right.rest)
        and _within(left.named, right.named)
        and not _differ(left.lands, right.lands)
        and not _differ(left.years, right.years)
    )


def _years_fit(one: _Happening, other: _Happening) -> bool:
    """Return whether both may be of one year: the year named, else the year of the article."""
    if one.years and other.years:
        return bool(one.years & other.years)
    for dated, free in ((one, other), (other, one)):
        if dated.years and free.days:
            return any(str(datetime.date.fromordinal(d).year) in dated.years for d in free.days)
    return True


def _within(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and not one & other


def _day(date: str) -> int | None:
    try:
        return datetime.date.fromisoformat(date).toordinal()
    except ValueError:
        return None


def _participants(store: Store, ontology: Ontology) -> Mapping[str, set[str]]:
    """Return the participants of each event: who visits it, holds it, or meets at it."""
    names = store.names
    mutual = {v.KG + name for name, card in ontology.relations.items() if card.symmetric}
    found: dict[str, set[str]] = defaultdict(set)
    for role in ("target", "about"):
        for quad in store.match(None, v.term(role)):
            event = names.identifier(next(v.nodes([quad.object])))
            if not event.startswith(("unlinked/event/", "unlinked/agreement/")):
                continue
            statement, graph = quad.subject, quad.graph_name
            if role == "about" and not any(
                q.object.value in mutual
                for q in store.match(statement, v.term("relation"), None, graph)
            ):
                continue
            for actor in ("agent", "target"):
                for q in store.match(statement, v.term(actor), None, graph):
                    who = names.identifier(next(v.nodes([q.object])))
                    if who != event:
                        found[event].add(who)
    return found


class _Reader:
    """Takes descriptions apart."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def read(self, name: str) -> _Told | None:
        tokens = _TOKEN.findall(name)
        end = next(
            (i for i, t in enumerate(tokens) if (i and t.lower() in _AFTER_HEAD) or t in ",;:"),
            len(tokens),
        )
        head = end - 1
        while head > 0 and not _noun(tokens[head]):
            head -= 1
        if head < 0 or not _noun(tokens[head]):
            return None
        named: set[str] = set()
        lands: set[str] = set()
        kind: set[str] = set()
        rest: set[str] = set()
        position = 0
        while position < len(tokens):
            token = tokens[position]
            found = self._gazetteer.longest(tokens, position) if position != head else None
            entry = found[1][0].entry if found else None
            if found and entry and not (position <= head < position + found[0]):
                named.add(entry.id)
                lands |= _lands(entry)
                position += found[0]
                continue
            if position != head and _noun(token) and not _little(token.lower()):
                if token[0].isupper() and (position or len(tokens) == 1 or token.isupper()):
                    named.update(words(token))
                elif token.lower() not in _AFTER_HEAD:
                    (kind if position < head else rest).update(words(token))
            position += 1
        months = {m for m in _MONTHS if m.capitalize() in tokens[1:] or m == tokens[0].lower()}
        return _Told(
            head=_singular(tokens[head].lower()),
            kind=frozenset(map(_singular, kind)),
            rest=frozenset(map(_singular, rest)),
            named=frozenset(named),
            lands=frozenset(lands),
            years=frozenset(_YEAR.findall(name)),
            months=frozenset(months),
        )


def _noun(token: str) -> bool:
    low = token.lower()
    return token[0].isalpha() and low not in _MONTHS and low.rstrip("s") not in _DAYS


def _little(word: str) -> bool:
    return word in _LITTLE or word.endswith("ed")  # attempted, failed, planned


def _lands(entry: Entry) -> set[str]:
    if entry.kind == "Country":
        return {entry.id}
    return {entry.country} if entry.kind == "Place" and entry.country else set()


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
