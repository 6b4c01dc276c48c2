"""Acts brought up to date with the statements that have come and gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import islice

import pyoxigraph as ox

from kg import iris
from kg.rdf import vocabulary as v
from kg.rdf.acts import (
    ACT,
    CORROBORATED,
    GIST,
    KEY,
    MANY_TOLD,
    PLACE,
    UNSETTLED,
    act_quads,
    derived,
    of_gist,
    parted,
)
from kg.store import Store
from kg.telling.acts import Account, Act, Telling, comparable
from kg.telling.joining import MANY, acts_of, around, joined

_AT_ONCE = 200  # places in one transaction: some ten thousand quads at the most in ordinary news
_WHOLE = frozenset({KEY, PLACE, GIST})
_SOURCE = v.term("source")
_REPRINT = v.term("reprintOf")


def settle_acts(store: Store, window: int, places: Collection[str] | None = None) -> int:
    """Derive anew the acts whose statements have come or gone; return how many places these had.

    What is to be done stands in the store, so a process that was stopped is made up for. The
    result is the same in whatever order articles came, and costs nothing for acts that are not
    concerned. Of a key that is told very often no more is read than the days around.

    Args:
        store: the graph, in which it is settled whose account each article is.
        window: days by which an act without a date may be away from its article.
        places: those of the statements that have come or gone, where that is known; by default
            what the store says. To ask it after each article costs more with each, since the engine
            keeps what was taken away until it merges its files.
    """
    graph = store.names.acts
    if places is None:
        places = {q.object.value for q in store.match(graph, UNSETTLED, None, graph)}
    pending = sorted(places)
    for first in range(0, len(pending), _AT_ONCE):
        some = pending[first : first + _AT_ONCE]
        work = _Settling(store, window)
        acts = work.acts(some)
        new = work.marks | set(act_quads(acts, work.accounts(acts), base=store.base))
        old = work.old | {v.quad(graph, UNSETTLED, v.plain(place), graph) for place in some}
        store.change(remove=sorted(old - new, key=str), add=sorted(new - old, key=str))
    return len(pending)


class _Settling:
    """What is read to settle some places, and what the store has of their acts so far."""

    def __init__(self, store: Store, window: int) -> None:
        self.store, self.window = store, window
        self.old: set[v.Quad] = set()
        self.marks: set[v.Quad] = set()
        self._derived: dict[str, list[v.Quad]] = defaultdict(list)  # by statement

    def acts(self, places: Iterable[str]) -> list[Act]:
        """Return the acts that are told at these places, and those that a change may touch."""
        periods: dict[str, set[int]] = defaultdict(set)
        vague: dict[str, list[str]] = defaultdict(list)
        for place in places:
            key, number = parted(place)
            if number is None:
                vague[key].append(place)
            else:
                periods[key].add(number)
        keys = sorted(periods.keys() | vague.keys())
        acts: list[Act] = []
        often = self._often(keys)
        for key in sorted(often):
            acts += self._nearby(key, periods[key], vague[key])
        whole: dict[str, list[Telling]] = defaultdict(list)
        for telling in self._tellings(KEY, (key for key in keys if key not in often)):
            whole[telling.key].append(telling)
        graph = self.store.names.acts
        for key, tellings in whole.items():
            acts += joined(tellings, self.window)
            if len(tellings) > MANY:
                self.marks.add(v.quad(graph, MANY_TOLD, v.plain(key), graph))
        self._described(acts)
        return acts

    def _often(self, keys: Iterable[str]) -> set[str]:
        """Return the keys that were told very often when they were settled last, and still are.

        Those that have become so, or are no longer, are looked through once.
        """
        store, graph = self.store, self.store.names.acts
        found = set()
        for quad in store.pointing(MANY_TOLD, map(v.plain, keys), graph):
            told = store.match(None, KEY, quad.object, graph)
            if sum(1 for _ in islice(told, MANY + 1)) > MANY:
                found.add(quad.object.value)
            else:
                self.old.add(quad)
        return found

    def _nearby(self, key: str, periods: Collection[int], vague: Iterable[str]) -> list[Act]:
        """Return the acts of a key that is told very often, as far as a change may touch them."""

        def load(number: int) -> list[Telling]:
            return self._tellings(PLACE, [f"{key}/{number}"])

        parts = around(periods, load, self.window)
        parts += [[telling] for telling in self._tellings(PLACE, vague)]
        return acts_of(parts, self.window)

    def _tellings(self, predicate: ox.NamedNode, values: Iterable[str]) -> list[Telling]:
        """Return what is told with these keys or at these places."""
        names = self.store.names
        literals = list(map(v.plain, values))
        nodes = {q.subject for q in self.store.pointing(predicate, literals, names.acts)}
        said: dict[ox.NamedNode, dict[ox.NamedNode, str]] = defaultdict(dict)
        for quad in self.store.described(nodes, names.acts):
            if derived(quad):
                self._derived[names.identifier(quad.subject)].append(quad)
            else:
                said[quad.subject][quad.predicate] = quad.object.value
        # Of a statement of a dense article that was broken off, part may be there. It counts when
        # the next build has stored the rest.
        whole = [(node, values) for node, values in said.items() if values.keys() >= _WHOLE]
        return [of_gist(names, node, values[KEY], values[GIST]) for node, values in whole]

    def _described(self, acts: Iterable[Act]) -> None:
        """Remember what the store says of the acts that statements told so far."""
        graph = self.store.names.acts
        for act in acts:
            for telling in act.tellings:
                self.old.update(self._derived[telling.id])
        nodes = set(v.nodes(quad.object for quad in self.old if quad.predicate == ACT))
        about = self.store.described(nodes, graph)
        counted = set(v.nodes(quad.object for quad in about if quad.predicate == CORROBORATED))
        self.old |= about | self.store.described(counted, graph)

    def accounts(self, acts: Iterable[Act]) -> Mapping[str, Account]:
        """Return whose accounts the articles are where that matters to the acts."""
        return accounts(self.store, {article for act in acts for article in comparable(act)})


def accounts(store: Store, articles: Iterable[str]) -> Mapping[str, Account]:
    """Return whose account each of these articles is, by identifier."""
    names = store.names
    nodes = {names.article(article): article for article in articles}
    sources: dict[str, str] = {}
    reprints: set[str] = set()
    for quad in store.described(nodes, names.sources):
        article = nodes[quad.subject]
        if quad.predicate == _REPRINT:
            reprints.add(article)
        elif quad.predicate == _SOURCE:
            source = names.identifier(quad.object)
            sources[article] = "" if iris.family(source) == "article" else source
    return {
        article: Account(source=sources.get(article, ""), reprint=article in reprints)
        for article in nodes.values()
    }
