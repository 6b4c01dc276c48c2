"""Acts brought up to date with the statements that have come and gone."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import pyoxigraph as ox

from kg.acts import Days, Telling, joined
from kg.rdf import vocabulary as v
from kg.rdf.acts import ACT, CONTRADICTS, KEY, UNSETTLED, act_quads
from kg.store import Store

_AT_ONCE = 200  # keys in one transaction: some ten thousand quads at the most in ordinary news


def settle_acts(store: Store, window: int, keys: Collection[str] | None = None) -> int:
    """Derive anew the acts whose statements have come or gone; return how many keys these had.

    What is to be done stands in the store, so a process that was stopped is made up for. The
    result is the same in whatever order articles came, and costs nothing for acts that are not
    concerned.

    Args:
        store: the graph.
        window: days by which an act without a date may be away from its article.
        keys: those of the statements that have come or gone, where that is known; by default what
            the store says. To ask it after each article costs more with each, since the engine
            keeps what was taken away until it merges its files.
    """
    graph = store.names.acts
    if keys is None:
        keys = {q.object.value for q in store.match(graph, UNSETTLED, None, graph)}
    pending = sorted(keys)
    for first in range(0, len(pending), _AT_ONCE):
        some = [v.plain(key) for key in pending[first : first + _AT_ONCE]]
        groups = _groups(store, some)
        acts = [act for group in groups.values() for act in joined(group, window)]
        new = set(act_quads(acts, base=store.base))
        old = {v.quad(graph, UNSETTLED, key, graph) for key in some}
        old |= _written(store, [telling.id for group in groups.values() for telling in group])
        store.change(remove=sorted(old - new, key=str), add=sorted(new - old, key=str))
    return len(pending)


def _groups(store: Store, keys: Iterable[ox.Literal]) -> dict[str, list[Telling]]:
    """Return what the statements of each key tell."""
    names = store.names
    keyed = {q.subject: q.object.value for q in store.pointing(KEY, keys, names.acts)}
    facts: dict[ox.NamedNode, dict[ox.NamedNode, list[ox.NamedNode | ox.Literal]]] = {
        node: defaultdict(list) for node in keyed
    }
    for quad in store.described(keyed):
        facts[quad.subject][quad.predicate].append(quad.object)
    published: dict[ox.NamedNode, Days] = {}
    found: dict[str, list[Telling]] = defaultdict(list)
    for node, key in keyed.items():
        article = names.telling(node)
        if article not in published:
            dates = store.match(article, v.DATE_PUBLISHED, None, article)
            published[article] = Days.of(next((q.object.value for q in dates), ""))
        found[key].append(_telling(names, node, key, facts[node], published[article]))
    return found


def _telling(
    names: v.Names,
    node: ox.NamedNode,
    key: str,
    facts: Mapping[ox.NamedNode, Sequence[ox.NamedNode | ox.Literal]],
    published: Days,
) -> Telling:
    def value(name: str) -> str:
        return next((term.value for term in facts.get(v.term(name), ())), "")

    return Telling(
        id=names.identifier(node),
        article=names.identifier(names.telling(node)).removeprefix("article/"),
        key=key,
        published=published,
        dated=Days(first=_day(value("earliest")), last=_day(value("latest"))),
        modality=value("modality").removeprefix(v.KG),
        negated=value("polarity") == v.KG + "negated",
        topics=frozenset(map(names.identifier, facts.get(v.term("about"), ()))),
    )


def _day(value: str) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if value else None


def _written(store: Store, statements: Iterable[str]) -> set[v.Quad]:
    """Return what the store says of the acts of these statements."""
    graph = store.names.acts
    quads = store.described(map(store.names.node, statements), graph)
    found = {quad for quad in quads if quad.predicate in (ACT, CONTRADICTS)}
    acts = set(v.nodes(quad.object for quad in found if quad.predicate == ACT))
    return found | store.described(acts, graph)
