"""Find pairs of entities that may be the same, with a reason and a doubt.

Pairs are not compared all with all. Two entities are compared if they share a key: a surname by
sound, the words or initials of an organisation, a whole name, or for events the head noun with what
the description names. Contrary evidence (two entities fit equally well, another country, year or
first name) excludes a pair. The others get a doubt from 0 to 1, which ranks them. The doubts are
chosen, not measured.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from kg.decisions.bodies import BodyName, body_name, same_body
from kg.decisions.happenings import happenings
from kg.decisions.known import Known, World, world
from kg.decisions.model import NotSame
from kg.decisions.rules import Rules
from kg.decisions.spelling import PersonName, same_person, sound, words
from kg.decisions.surnames import TRADES, Surnames, bare_surname, full_names
from kg.store import Store

_CROWDED = 60  # most entities that share a key, else it says nothing: chosen, not measured
_BODIES = frozenset({"organization", "outlet", "place"})
# A doubt above this, from `same_person`, means that one name is only a part of the other; it is
# offered only if no third name fits.
_LOOSE = 0.2
# First letters of surnames that must agree for a slip further on to be found: chosen, not measured.
_BEGINNING = 3
# Names that must end in a word before it counts as a common noun ("Navy", "Committee"): chosen, not
# measured.
_HEAD_OF = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """Two entities that may be the same.

    Attributes:
        first: the entity that would stay.
        second: the entity that would be merged into it.
        doubt: 0 if hardly any, up to 1.
        why: the evidence, in a few words.
    """

    first: Known
    second: Known
    doubt: float
    why: str

    @property
    def order(self) -> tuple[object, ...]:
        """Sort key: least doubt first, then most articles."""
        return round(self.doubt, 2), -len(self.second.articles), self.first.id, self.second.id


def duplicates(store: Store, rules: Rules) -> list[Duplicate]:
    """Return the undecided pairs that may be the same, the likeliest first."""
    finder = _Finder(store, rules)
    best: dict[tuple[str, str], Duplicate] = {}
    for found in finder.pairs():
        pair = found.first.id, found.second.id
        if pair not in best or found.order < best[pair].order:
            best[pair] = found
    apart = {
        frozenset(map(rules.one, pair))
        for decision in rules.of(NotSame)
        for pair in combinations(decision.entities, 2)
    }
    open_ = (found for pair, found in best.items() if frozenset(pair) not in apart)
    return sorted(_unmistakable(open_), key=lambda found: found.order)


def _unmistakable(found: Iterable[Duplicate]) -> list[Duplicate]:
    """Leave out unlinked entities that may be either of two linked ones."""
    kept = list(found)
    linked: dict[str, set[str]] = defaultdict(set)
    for pair in kept:
        if pair.first.linked:
            linked[pair.second.id].add(pair.first.id)
    return [pair for pair in kept if len(linked[pair.second.id]) < 2]


class _Finder:
    def __init__(self, store: Store, rules: Rules) -> None:
        self._store = store
        self._gazetteer = rules.gazetteer
        self._ontology = rules.ontology
        self._world: World = world(store, rules.gazetteer)
        self._surnames = Surnames(self._world, rules.gazetteer)
        named = (known for known in self._world.entities.values() if not known.described)
        self._named = sorted(named, key=lambda known: known.id)

    def pairs(self) -> Iterator[Duplicate]:
        yield from self._persons()
        yield from self._bare()
        yield from self._bodies()
        yield from self._kinds()
        yield from self._items()
        for likeness in happenings(self._store, self._world, self._gazetteer, self._ontology):
            yield from _pair(likeness.one, likeness.other, likeness.doubt, likeness.why)

    def _items(self) -> Iterator[Duplicate]:
        blocks: dict[str, list[Known]] = defaultdict(list)
        for known in self._named:
            if known.wikidata:
                blocks[known.wikidata].append(known)
        for block in blocks.values():
            for one, other in combinations(block, 2):
                first, second = sorted((one, other), key=lambda known: known.rank)
                yield Duplicate(first=first, second=second, doubt=0.05, why="one item of Wikidata")

    def _persons(self) -> Iterator[Duplicate]:
        """Yield pairs with like full names: two persons, or a person and a body or place."""
        names: dict[str, tuple[PersonName, ...]] = {}
        people: dict[str, Known] = {}
        blocks: dict[Hashable, set[str]] = defaultdict(set)
        for known in (*self._named, *self._surnames.unnamed):
            if known.family != "person" and (known.linked or known.family not in _BODIES):
                continue
            names[known.id] = full_names(known)
            people[known.id] = known
            for name in names[known.id]:
                begins = name.words[0], name.surname[:_BEGINNING]  # finds a slip after these
                whole = "".join(name.words)
                for key in (sound(name.surname), whole, tuple(sorted(name.words)), begins):
                    blocks[key].add(known.id)
        loose: dict[str, list[Duplicate]] = defaultdict(list)
        for one, other in _within(blocks, _CROWDED):
            found = self._likeness(people[one], people[other], names)
            if found and found.doubt <= _LOOSE:
                yield found
            elif found:
                shorter = min(one, other, key=lambda who: (_length(names[who]), who))
                loose[shorter].append(found)
        for fitting in loose.values():
            if len(fitting) == 1:
                yield from fitting

    def _likeness(
        self, one: Known, other: Known, names: Mapping[str, tuple[PersonName, ...]]
    ) -> Duplicate | None:
        told = [
            likeness
            for left in names[one.id]
            for right in names[other.id]
            if (likeness := same_person(left, right))
        ]
        if not told or "person" not in (one.family, other.family):
            return None
        doubt, why = min(told)
        together = bool(set(one.articles) & set(other.articles))
        if doubt > _LOOSE and (together or {one.family, other.family} != {"person"}):
            return None
        found = next(_pair(one, other, doubt, why), None)
        return found and _person_first(found)

    def _bare(self) -> Iterator[Duplicate]:
        """Yield entities known by a bare surname, each with the only person whom it fits."""
        for known in self._named:
            person = known.family == "person"
            if known.linked or not (person or known.family in _BODIES):
                continue
            surname = bare_surname(known)
            meant = self._surnames.meant(known, surname) if surname else None
            if not meant or not (person or meant.sure):
                continue
            # A town may happen to have the surname of a person in the article.
            bare = known.family != "place" and " of " not in known.name
            if person or meant.who.linked or bare:
                why = meant.why if person else f"{meant.why}, taken for {_A[known.family]}"
                doubt = meant.doubt if person else meant.doubt + 0.05
                yield Duplicate(first=meant.who, second=known, doubt=doubt, why=why)

    def _bodies(self) -> Iterator[Duplicate]:
        blocks: dict[Hashable, set[str]] = defaultdict(set)
        bodies: dict[str, Known] = {}
        names: dict[str, list[BodyName]] = {}
        for known in self._named:
            if known.family not in _BODIES:
                continue
            names[known.id] = self._body_names(known)
            bodies[known.id] = known
            for name in names[known.id]:
                kind = known.family == "place"
                keys = {name.key, tuple(sorted(map(sound, name.words))), name.acronym}
                for key in (keys | name.initials) - {""}:
                    blocks[kind, key].add(known.id)
        short: dict[str, list[Duplicate]] = defaultdict(list)
        for one, other in _within(blocks, _CROWDED):
            told_of = [
                likeness
                for left in names[one]
                for right in names[other]
                if (likeness := same_body(left, right))
            ]
            if not told_of or not self._one_country(bodies[one], bodies[other]):
                continue
            common = any(name.common for who in (one, other) for name in names[who])
            if common and not self._main(bodies[one]) & self._main(bodies[other]):
                continue
            for found in _pair(bodies[one], bodies[other], *min(told_of)):
                acronym = min(one, other, key=lambda who: (len(bodies[who].name), who))
                short[acronym if "initials" in found.why else ""].append(found)
        for which, fitting in sorted(short.items()):
            if not which or len(fitting) == 1:
                yield from fitting

    def _body_names(self, known: Known) -> list[BodyName]:
        """Return the names of an organisation or place that hold beyond a single article.

        For a linked one these are the gazetteer's names, for others only the main name: many
        articles call some court the Supreme Court.
        """
        entry = self._gazetteer.entry(known.id)
        told = (entry.name.partition(" (")[0], *entry.aliases) if entry else (known.name,)
        names = [body_name(name, self._gazetteer) for name in told]
        fine = (n for n in names if n.proper or (n.whose and "ArmedGroup" not in known.kinds))
        found = [name for name in fine if name.words]
        if all(name.acronym for name in found):
            return found
        return [replace(name, acronym="") for name in found]  # the full name decides

    def _one_country(self, one: Known, other: Known) -> bool:
        """Return whether two entities may belong to one country, by gazetteer or articles."""
        lands = [self._lands(known) for known in (one, other)]
        return not all(lands) or bool(lands[0] & lands[1])

    def _main(self, known: Known) -> set[str]:
        return {self._world.mainly.get(article, "") for article in known.articles} - {""}

    def _lands(self, known: Known) -> set[str]:
        entry = self._gazetteer.entry(known.id)
        if entry:
            return {entry.country} if entry.country else set()
        named = (self._world.named[article] for article in known.articles)
        return {who for them in named for who in them if who.startswith("country/")}

    def _kinds(self) -> Iterator[Duplicate]:
        """Yield pairs with the same name but different families, such as a person and a place."""
        heads = Counter(
            parts[-1]
            for known in self._named
            if known.family in _BODIES and len(parts := words(known.name)) > 1
        )
        blocks: dict[tuple[str, ...], list[Known]] = defaultdict(list)
        for known in self._named:
            parts = words(known.name)
            common = len(parts) == 1 and heads[parts[0]] >= _HEAD_OF
            if (known.family == "person" or known.family in _BODIES) and not common:
                if body_name(known.name, self._gazetteer).proper:
                    blocks[parts].append(known)
        for block in blocks.values():
            for one, other in combinations(block, 2):
                if one.family != other.family and not (one.linked and other.linked):
                    yield from _pair(one, other, 0.5, "one name, two kinds")


_A = {"organization": "an organisation", "outlet": "a newspaper", "place": "a place"}


def _pair(one: Known, other: Known, doubt: float, why: str) -> Iterator[Duplicate]:
    if one.linked and other.linked:
        return
    first, second = sorted((one, other), key=lambda known: known.rank)
    yield Duplicate(first=first, second=second, doubt=doubt, why=why)


def _person_first(found: Duplicate) -> Duplicate:
    """Return the pair so that a person with an office or a profession stays."""
    who = found.second
    if found.first.family == "person" or not (who.linked or who.kinds & TRADES):
        return found
    return replace(found, first=found.second, second=found.first)


def _length(names: Iterable[PersonName]) -> int:
    return max(sum(map(len, name.words)) for name in names)


def _within(blocks: Mapping[Hashable, set[str]], most: int) -> Iterator[tuple[str, str]]:
    pairs = {
        pair
        for block in blocks.values()
        if len(block) <= most
        for pair in combinations(sorted(block), 2)
    }
    yield from sorted(pairs)
