"""Find the person meant by a bare surname: the only office holder or full name that fits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.decisions.known import Known, World
from kg.decisions.spelling import SURNAME, PersonName, alike, person_name, same_person, sound, words
from kg.gazetteer import Gazetteer, Holder

_CROWDED = 60  # most bearers of a surname, else it says nothing: chosen, not measured
# Years after leaving office in which a surname alone may still mean the office holder: about two
# terms. Chosen, not measured.
_REMEMBERED = 8
TRADES = frozenset({"Official", "Analyst", "Journalist"})
_FIRST_DIGITS = slice(0, 4)
_SPELT = 0.2  # most doubt, from `same_person`, of two spellings of one name

_GIVEN = 2  # persons with a word as first name before it counts as one: chosen, not measured

# How well a person fits an article, best first: named there by the full name; in office then; in
# office at another time, or of the same country; the only one with the surname.
THERE, IN_OFFICE, NEAR, ONLY = range(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """The person whom a surname means.

    Attributes:
        who: the person.
        doubt: from 0 to 1; chosen, not measured.
        why: the evidence, in a few words.
        sure: whether there is evidence beyond the surname.
    """

    who: Known
    doubt: float
    why: str
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bearer:
    known: Known
    names: tuple[PersonName, ...]
    holders: tuple[Holder, ...]

    @property
    def offices(self) -> frozenset[str]:
        return self.known.offices | {holder.of for holder in self.holders}

    @property
    def surnames(self) -> set[str]:
        full = {name.surname for name in self.names if len(name.words) > 1}
        return full | {name.words[0] for name in self.names if len(name.words) == 1}

    def called(self, surname: str, *, exactly: bool) -> bool:
        if exactly:
            return surname in self.surnames
        return any(alike(surname, other, like=SURNAME) for other in self.surnames)

    def given(self, name: str) -> bool:
        """Return whether `name` is a given name here; gazetteer aliases show that Xi is none."""
        first = any(n.words[0] == name != n.surname for n in self.names if len(n.words) > 1)
        return first and not any(words(a) == (name,) for h in self.holders for a in h.aliases)


def full_names(known: Known) -> tuple[PersonName, ...]:
    """Return the full names (two words or more) of a person, or of what may be one.

    Without names in lower case, without endings of other names ("Van Halen" of "Eddie Van Halen"),
    and, if the entity is unlinked, without names unlike its main name.
    """
    main = person_name(known.name)
    found = {n for name in known.names if _proper(name) and (n := person_name(name))}
    if not known.linked and main:
        found = {name for name in found if name == main or same_person(name, main)}
    whole = [n for n in found if n == main or not any(_ends(other, n) for other in found)]
    return tuple(sorted((n for n in whole if len(n.words) > 1), key=lambda name: name.words))


def _ends(whole: PersonName, part: PersonName) -> bool:
    return len(part.words) < len(whole.words) and whole.words[-len(part.words) :] == part.words


def bare_surname(known: Known) -> str:
    """Return the surname of an entity known by a surname only, else an empty string."""
    names = [person_name(name) for name in sorted(known.names)]
    if not names or not all(map(_proper, known.names)):
        return ""
    bare = {name.words[0] for name in names if name and len(name.words) == 1 and name.words[0]}
    return bare.pop() if len(bare) == 1 and all(n and len(n.words) == 1 for n in names) else ""


def _proper(name: str) -> bool:
    last = name.partition(" of ")[0].split()[-1:]
    return any(c.isupper() for word in last for c in word) or not name.isascii()


class Surnames:
    """Index of all persons with a full name, by the sound of their surnames.

    Attributes:
        unnamed: office holders of the gazetteer whom no article names.
    """

    def __init__(self, world: World, gazetteer: Gazetteer) -> None:
        """Index the persons of a store and the office holders of the gazetteer."""
        self._world = world
        self._gazetteer = gazetteer
        self._by_sound: dict[str, list[_Bearer]] = defaultdict(list)
        self._home: dict[str, str] = {}
        self._given: Counter[str] = Counter()
        self.unnamed = tuple(
            Known.of(entry)
            for entry in gazetteer.entries()
            if entry.kind == "Official" and entry.id not in world.entities
        )
        for known in (*self._persons(), *self.unnamed):
            names = tuple(n for n in map(person_name, sorted(known.names)) if n)
            if full_names(known):
                bearer = _Bearer(known=known, names=names, holders=self._holders(known))
                for key in {sound(surname) for surname in bearer.surnames}:
                    self._by_sound[key].append(bearer)
                self._given.update({sound(n.words[0]) for n in names if len(n.words) > 1})

    def _persons(self) -> Iterator[Known]:
        there = self._world.entities
        for _, known in sorted(there.items()):
            if known.family == "person" and not known.described:
                yield known

    def _holders(self, known: Known) -> tuple[Holder, ...]:
        if not known.linked:
            return ()
        entry = self._gazetteer.entry(known.id)
        found = self._gazetteer.holders(entry.name) if entry else ()
        return tuple(holder for holder in found if holder.id == known.id)

    def meant(self, known: Known, surname: str) -> Meant | None:
        """Return the only person whom a bare surname means in all articles of `known`, or None."""
        bearers = [
            bearer
            for bearer in self._by_sound.get(sound(surname), ())
            if bearer.known.id != known.id
            and bearer.called(surname, exactly=known.family != "person")
        ]
        if not bearers or len(bearers) > _CROWDED:
            return None
        chosen = [
            self._choose(known, surname, article, date, bearers)
            for article, date in known.articles.items()
        ]
        told = [choice for choice in chosen if choice]
        if not told or len(told) < len(chosen) or len({meant.who.id for meant in told}) > 1:
            return None
        return max(told, key=lambda meant: (meant.doubt, meant.why))

    def _choose(
        self, known: Known, bare: str, article: str, date: str, bearers: Iterable[_Bearer]
    ) -> Meant | None:
        grades: dict[int, list[_Bearer]] = defaultdict(list)
        for bearer in bearers:
            grade = self._grade(known, bare, article, date, bearer)
            if grade is not None:
                grades[grade].append(bearer)
        for grade in sorted(grades):
            fitting = grades[grade]
            fitting.sort(key=lambda bearer: bearer.known.rank)
            first = fitting[0]
            if not all(_one(first, other) for other in fitting[1:]):
                return None
            rivals = any(not _one(first, b) for g, them in grades.items() for b in them)
            return self._meant(first, grade, date, rivals=rivals)
        return None

    def _meant(self, bearer: _Bearer, grade: int, date: str, *, rivals: bool) -> Meant:
        held = [h for h in bearer.holders if not date or h.held(date)] or list(bearer.holders)
        office = held[0] if held else None
        of = self._gazetteer.entry(office.of) if office else None
        title = f"{office.title} of {of.name}" if office and of else ""
        if grade == THERE:
            return Meant(who=bearer.known, doubt=0.25, why="the surname in its article", sure=True)
        if grade == IN_OFFICE:
            why = f"the surname of the {title}" + (f" in {date[_FIRST_DIGITS]}" if date else "")
            return Meant(who=bearer.known, doubt=0.35 if rivals else 0.2, why=why, sure=True)
        if grade == NEAR:
            why = f"the surname of the {title}, at another time" if title else ""
            why = why or "the surname of the other, of the same country"
            return Meant(who=bearer.known, doubt=0.45 if rivals else 0.35, why=why, sure=True)
        return Meant(who=bearer.known, doubt=0.55, why="the surname of the other", sure=False)

    def _grade(
        self, known: Known, bare: str, article: str, date: str, bearer: _Bearer
    ) -> int | None:
        """Return how well a person fits an article, from `THERE` to `ONLY`; None if not at all."""
        other = bearer.known
        trades = (known.kinds & TRADES, other.kinds & TRADES)
        if all(trades) and not trades[0] & trades[1]:
            return None
        if article in other.articles:  # an article that names two persons means two persons
            return THERE if known.family != "person" and not bearer.given(bare) else None
        offices = bearer.offices
        if known.offices and offices and not self._homes(known.offices) & self._homes(offices):
            return None
        forename = self._given[sound(bare)] >= _GIVEN
        if forename and bare not in bearer.surnames:
            return None
        named = self._world.named.get(article, frozenset())
        there = bool(self._homes(offices) & self._homes(named | known.offices))
        if bearer.holders and there:
            if any(not date or holder.held(date) for holder in bearer.holders):
                return IN_OFFICE
            if bearer.given(bare) or forename:
                return None
            if other.articles or any(_remembered(holder, date) for holder in bearer.holders):
                return NEAR
        if not other.articles or not _together(date, other.articles.values()):
            return None
        if bearer.given(bare) or forename:
            return None
        if known.offices and offices:
            return NEAR
        main = self._world.mainly
        shared = main.get(article) in {main.get(place, "") for place in other.articles}
        if shared and (there or not offices):
            return NEAR
        return ONLY if bare in bearer.surnames else None

    def _homes(self, identifiers: Iterable[str]) -> set[str]:
        """Return the countries and organisations among these, with the organisations' countries."""
        found: set[str] = set()
        for identifier in identifiers:
            if identifier.startswith(("country/", "organization/", "unlinked/organization/")):
                if identifier not in self._home:
                    entry = self._gazetteer.entry(identifier)
                    self._home[identifier] = (entry.country if entry else "") or ""
                found |= {identifier, self._home[identifier]}
        return found - {""}


def _one(first: _Bearer, other: _Bearer) -> bool:
    """Return whether two bearers have spellings of the same full name, so that either will do."""
    if first.known.id == other.known.id:
        return True
    found = (
        same_person(left, right)
        for left in first.names
        for right in other.names
        if min(len(left.words), len(right.words)) > 1
    )
    return any(likeness and likeness[0] <= _SPELT for likeness in found)


def _year(date: str) -> int | None:
    digits = date[_FIRST_DIGITS]
    return int(digits) if len(digits) == 4 and digits.isdigit() else None


def _remembered(holder: Holder, date: str) -> bool:
    year, end = _year(date), _year(holder.end)
    return year is not None and end is not None and 0 <= year - end <= _REMEMBERED


def _together(date: str, others: Iterable[str]) -> bool:
    """Return whether an article is within `_REMEMBERED` years of others, if dates are known."""
    year = _year(date)
    known = [there for there in map(_year, others) if there is not None]
    return year is None or not known or any(abs(year - there) <= _REMEMBERED for there in known)
