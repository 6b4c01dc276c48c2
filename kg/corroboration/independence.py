"""The original publisher of each article, so that a text reprinted often counts once.

An article has one account, that of its original publisher: the news agency that it credits, or, if
it is a reprint, the original publisher of the text it repeats, or else its own outlet. Articles
with nearly the same text (see `kg.text.shingles`) form a group, also by way of a third article; the
earliest of a group is the original and the others are its reprints.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.corroboration.sketches import Sketches
from kg.rdf import vocabulary as v
from kg.rdf.acts import UNSETTLED
from kg.store import Store
from kg.text import shingles

_REPRINT = v.term("reprintOf")
_SOURCE = v.term("source")


def settle(
    store: Store, changed: Iterable[str] | None = None, sketches: Sketches | None = None
) -> set[str]:
    """Record the original publisher of each new or changed article, and which are reprints.

    The quads go to the graph `names.sources`. The result does not depend on the order of articles.
    The cost grows with the number of new articles and of those similar to them, not with the store.
    `Store.replace` and `Store.remove` delete what an article leaves in doubt there.

    Args:
        store: the graph.
        changed: identifiers of the articles added, changed or removed, and of those in the same
            groups (`Store.reprints`). By default the articles marked as pending in the store.
        sketches: sketches kept from the last call, less those of changed articles.

    Returns:
        The act places (see `kg.rdf.acts.place`) of articles whose original publisher changed. Their
        acts must be derived anew; they are marked so in the store.
    """
    graph = store.names.sources
    if changed is None:
        changed = {q.object.value for q in store.match(graph, UNSETTLED, None, graph)}
    marked = sorted(set(changed))
    pending = _pending(store, marked)
    known = sketches if sketches is not None else Sketches(store)
    known.add(pending)
    groups = _Groups(store, known)
    for article in pending:
        groups.place(article)
    new: set[v.Quad] = set()
    old: set[v.Quad] = set()
    for members in groups.members():
        new.update(_told(store, members))
        old |= store.described(members, graph)
    moved = {store.names.identifier(quad.subject) for quad in old - new}
    places = {place for a in moved for place in store.act_places(a.removeprefix("article/"))}
    acts = store.names.acts
    new |= {v.quad(acts, UNSETTLED, v.plain(place), acts) for place in places}
    old |= {v.quad(graph, UNSETTLED, v.plain(article), graph) for article in marked}
    store.change(remove=sorted(old - new, key=str), add=sorted(new - old, key=str))
    return places


def _pending(store: Store, articles: Iterable[str]) -> list[ox.NamedNode]:
    """Return the articles that are in the store and have no original publisher yet."""
    graph = store.names.sources
    there = map(store.names.article, filter(store.__contains__, articles))
    return sorted(
        (a for a in there if next(store.match(a, _SOURCE, None, graph), None) is None), key=str
    )


class _Groups:
    """Disjoint sets of articles with nearly the same text (union-find)."""

    def __init__(self, store: Store, sketches: Sketches) -> None:
        self.store = store
        self.sketches = sketches
        self.parents: dict[ox.NamedNode, ox.NamedNode] = {}
        self.texts: dict[ox.NamedNode, frozenset[str]] = {}

    def of(self, article: ox.NamedNode) -> ox.NamedNode:
        """Return the representative of an article's group; its known reprints are joined first."""
        if article not in self.parents:
            self.parents[article] = article
            for other in self.store.reprints(article):
                if other in self.parents:
                    self.join(article, other)
                else:
                    self.parents[other] = article
        while (parent := self.parents[article]) != article:
            self.parents[article] = self.parents[parent]
            article = parent
        return article

    def join(self, one: ox.NamedNode, other: ox.NamedNode) -> None:
        """Merge the groups of two articles."""
        first, second = sorted((self.of(one), self.of(other)), key=str)
        self.parents[second] = first

    def place(self, article: ox.NamedNode) -> None:
        """Merge the group of an article with those of all articles with nearly the same text."""
        own = self.of(article)
        sketch = self.sketches.of(article)
        if not sketch:
            return
        for other_sketch, others in sorted(self.sketches.meeting(sketch).items()):
            other = others[0]
            if other_sketch == sketch:
                for same in others:
                    self.join(article, same)
            elif self.of(other) != self.of(own) and shingles.near(
                self.text(article), self.text(other)
            ):
                self.join(article, other)

    def members(self) -> list[list[ox.NamedNode]]:
        """Return the groups, each sorted by IRI."""
        found: dict[ox.NamedNode, list[ox.NamedNode]] = defaultdict(list)
        for article in sorted(self.parents, key=str):
            found[self.of(article)].append(article)
        return list(found.values())

    def text(self, article: ox.NamedNode) -> frozenset[str]:
        """Return the shingles of an article's body."""
        if article not in self.texts:
            text = _value(self.store, article, v.term("text"))
            start = _value(self.store, article, v.term("bodyStart"))
            self.texts[article] = shingles.shingles(text[int(start or 0) :])
        return self.texts[article]


def _value(store: Store, article: ox.NamedNode, predicate: ox.NamedNode) -> str:
    found = store.match(article, predicate, None, article)
    return next((quad.object.value for quad in found), "")


def _node(store: Store, article: ox.NamedNode, predicate: ox.NamedNode) -> ox.NamedNode | None:
    found = store.match(article, predicate, None, article)
    return min(v.nodes(quad.object for quad in found), key=str, default=None)


def _told(store: Store, group: list[ox.NamedNode]) -> Iterable[v.Quad]:
    """Yield the quads for one group: original publisher of all, original of each reprint."""
    graph = store.names.sources

    def age(article: ox.NamedNode) -> tuple[str, str]:
        return _value(store, article, v.DATE_PUBLISHED) or "~", article.value

    group = sorted(group, key=age)
    agencies = (_node(store, article, v.term("credits")) for article in group)
    publishers = (_node(store, article, v.PUBLISHER) for article in group)
    original = group[0]
    source = next(filter(None, agencies), None) or next(filter(None, publishers), original)
    for article in group:
        yield v.quad(article, _SOURCE, source, graph)
        if article != original:
            yield v.quad(article, _REPRINT, original, graph)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corroboration:
    """How many outlets and articles report an act; outlets count by original publisher.

    Attributes:
        sources: names of the original publishers, sorted.
        articles: number of articles.
        reprints: how many of these articles are reprints.
    """

    sources: tuple[str, ...]
    articles: int
    reprints: int


def corroboration(store: Store, act: ox.NamedNode, modality: str, polarity: str) -> Corroboration:
    """Return who reports an act with this modality (such as `actual`) and polarity.

    If a statement names another outlet as its source, that outlet counts instead of the article's
    original publisher. An article of unknown outlet adds no source.
    """
    sources: set[ox.NamedNode] = set()
    articles: set[ox.NamedNode] = set()
    for quad in store.match(None, v.term("act"), act, store.names.acts):
        statement = quad.subject
        article = store.names.telling(statement)
        said = (("polarity", polarity), ("modality", modality))
        if all(next(store.match(statement, v.term(p), v.term(o), article), None) for p, o in said):
            articles.add(article)
            named = store.match(statement, v.term("reportedBy"), None, article)
            sources |= set(v.nodes(q.object for q in named)) or _sources(store, article)
    return _counted(store, sources, articles)


def coverage(store: Store, articles: Iterable[str]) -> Corroboration:
    """Return the original publishers of the articles with these identifiers, and their numbers."""
    nodes = {store.names.article(article) for article in articles}
    return _counted(store, {source for node in nodes for source in _sources(store, node)}, nodes)


def _counted(
    store: Store, sources: set[ox.NamedNode], articles: set[ox.NamedNode]
) -> Corroboration:
    names = {_name(store, source) for source in sources} - {""}
    reprints = (next(store.match(a, _REPRINT, None, store.names.sources), None) for a in articles)
    return Corroboration(
        sources=tuple(sorted(names)),
        articles=len(articles),
        reprints=sum(1 for found in reprints if found),
    )


def _sources(store: Store, article: ox.NamedNode) -> set[ox.NamedNode]:
    found = store.match(article, _SOURCE, None, store.names.sources)
    return set(v.nodes(quad.object for quad in found))


def _name(store: Store, outlet: ox.NamedNode) -> str:
    return min((quad.object.value for quad in store.match(outlet, v.PREF_LABEL)), default="")
