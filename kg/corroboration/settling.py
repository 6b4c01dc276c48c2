"""Derive acts: which statements report the same act, and how many outlets corroborate it."""

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

# Act places in one transaction: at most some ten thousand quads, as seen in ordinary news.
_AT_ONCE = 200
_WHOLE = frozenset({KEY, PLACE, GIST})  # a stored telling has all three
_SOURCE = v.term("source")
_REPRINT = v.term("reprintOf")


def settle_acts(store: Store, window: int, places: Collection[str] | None = None) -> int:
    """Derive the acts of added or removed statements anew; return how many places they had.

    The store marks the places that are pending, so what a killed process left undone is done by the
    next. The result does not depend on the order of articles, and other acts cost nothing. Of a key
    with very many tellings only the days nearby are read.

    Args:
        store: the graph, with the original publisher of every article recorded (`settle`).
        window: how many days an undated act may lie from the date of its article.
        places: act places (see `kg.rdf.acts.place`) of the statements added or removed; by default
            those marked in the store. Passing them is faster: the engine keeps deleted marks until
            it merges its files, so finding the others gets slower with each article.
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
    """The tellings read for some places, and the quads that the store has of their acts so far."""

    def __init__(self, store: Store, window: int) -> None:
        self.store, self.window = store, window
        self.old: set[v.Quad] = set()
        self.marks: set[v.Quad] = set()
        self._derived: dict[str, list[v.Quad]] = defaultdict(list)  # by statement

    def acts(self, places: Iterable[str]) -> list[Act]:
        """Return the acts told at these places, with all other acts that the change may affect."""
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
        """Return the keys that have more than `MANY` tellings and are marked so.

        A key that has just passed the threshold is not marked yet; it is read as a whole once more.
        A mark that no longer holds is noted for removal.
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
        """Return the acts of a key with very many tellings that the change may affect."""

        def load(number: int) -> list[Telling]:
            return self._tellings(PLACE, [f"{key}/{number}"])

        parts = around(periods, load, self.window)
        parts += [[telling] for telling in self._tellings(PLACE, vague)]
        return acts_of(parts, self.window)

    def _tellings(self, predicate: ox.NamedNode, values: Iterable[str]) -> list[Telling]:
        """Return the tellings with these keys, or at these places, by the given predicate."""
        names = self.store.names
        literals = list(map(v.plain, values))
        nodes = {q.subject for q in self.store.pointing(predicate, literals, names.acts)}
        said: dict[ox.NamedNode, dict[ox.NamedNode, str]] = defaultdict(dict)
        for quad in self.store.described(nodes, names.acts):
            if derived(quad):
                self._derived[names.identifier(quad.subject)].append(quad)
            else:
                said[quad.subject][quad.predicate] = quad.object.value
        # A dense article is stored in several transactions. If these were broken off, a statement
        # may be incomplete; it is skipped until the next build stores the rest.
        whole = [(node, values) for node, values in said.items() if values.keys() >= _WHOLE]
        return [of_gist(names, node, values[KEY], values[GIST]) for node, values in whole]

    def _described(self, acts: Iterable[Act]) -> None:
        """Note the quads that the store has of the acts so far, to remove those that changed."""
        graph = self.store.names.acts
        for act in acts:
            for telling in act.tellings:
                self.old.update(self._derived[telling.id])
        nodes = set(v.nodes(quad.object for quad in self.old if quad.predicate == ACT))
        about = self.store.described(nodes, graph)
        counted = set(v.nodes(quad.object for quad in about if quad.predicate == CORROBORATED))
        self.old |= about | self.store.described(counted, graph)

    def accounts(self, acts: Iterable[Act]) -> Mapping[str, Account]:
        """Return the original publishers of the articles that matter for corroboration."""
        return accounts(self.store, {article for act in acts for article in comparable(act)})


def accounts(store: Store, articles: Iterable[str]) -> Mapping[str, Account]:
    """Return the original publisher of each of these articles, by article identifier."""
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
