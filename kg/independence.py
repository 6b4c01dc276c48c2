"""Whose account each article is, so that what is told often is not taken for told by many.

An article is its publisher's account, unless it credits a news agency, or is a reprint: then it is
the agency's, or that of the article it repeats. Articles whose texts are the same in the greater
part (see `kg.shingles`), directly or by way of others, are one group; its earliest member is the
original.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg import shingles
from kg.rdf import vocabulary as v
from kg.store import Store

_REPRINT = v.term("reprintOf")
_SOURCE = v.term("source")
_CROWDED = 50
_NEAREST = 8


def settle(store: Store) -> int:
    """Write whose account the articles are that have come or changed; return how many.

    The result is the same in whatever order the articles came. It has a graph of its own, from
    which `Store.replace` and `Store.remove` take what they put in doubt.
    """
    known = {q.subject for q in store.match(None, _SOURCE, None, store.names.sources)}
    sketches = {
        q.subject: tuple(q.object.value.split()) for q in store.match(None, v.term("sketch"))
    }
    articles = {q.subject for q in store.match(None, v.TYPE, v.NEWS_ARTICLE)}
    pending = sorted(articles - known, key=str)
    if not pending:
        return 0
    groups = _Groups(store, sketches)
    for quad in store.match(None, _REPRINT, None, store.names.sources):
        groups.join(quad.subject, next(v.nodes([quad.object])))
    for article in pending:
        groups.place(article)
    touched = {groups.of(article) for article in pending}
    members: dict[ox.NamedNode, list[ox.NamedNode]] = defaultdict(list)
    for article in sorted(articles, key=str):
        if (root := groups.of(article)) in touched:
            members[root].append(article)
    new = {quad for group in members.values() for quad in _told(store, group)}
    old = {
        quad
        for group in members.values()
        for article in group
        for quad in store.match(article, None, None, store.names.sources)
    }
    store.change(remove=sorted(old - new, key=str), add=sorted(new - old, key=str))
    return len(pending)


class _Groups:
    """Sets of articles with the same text in the main, joined as pairs are found."""

    def __init__(self, store: Store, sketches: Mapping[ox.NamedNode, tuple[str, ...]]) -> None:
        self.store = store
        self.sketches = sketches
        self.parents: dict[ox.NamedNode, ox.NamedNode] = {}
        self.texts: dict[ox.NamedNode, frozenset[str]] = {}
        self.alike: dict[tuple[str, ...], list[ox.NamedNode]] = defaultdict(list)
        for article in sorted(sketches, key=str):
            self.alike[sketches[article]].append(article)
        for first, *others in self.alike.values():
            for other in others:
                self.join(first, other)
        self.having: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for sample in sorted(self.alike):  # so that the lists are in order
            for number in sample:
                self.having[number].append(sample)

    def of(self, article: ox.NamedNode) -> ox.NamedNode:
        """Return the article that stands for the group."""
        while (parent := self.parents.get(article, article)) != article:
            self.parents[article] = self.parents.get(parent, parent)
            article = parent
        return article

    def join(self, one: ox.NamedNode, other: ox.NamedNode) -> None:
        """Make the groups of two articles one."""
        first, second = sorted((self.of(one), self.of(other)), key=str)
        self.parents[second] = first

    def place(self, article: ox.NamedNode) -> None:
        """Join an article with all whose text is the same in the main."""
        sample = self.sketches.get(article)
        if sample is None:
            return
        for other_sample in sorted({o for n in sample for o in self.neighbours(n, sample)}):
            other = self.alike[other_sample][0]
            if self.of(other) == self.of(article) or not shingles.likely(sample, other_sample):
                continue
            if shingles.near(self.text(article), self.text(other)):
                self.join(article, other)

    def neighbours(self, number: str, sample: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Return the sketches with a hash; of a hash that is everywhere, those most like `sample`.

        Such a hash comes from words below every article of an outlet. Near-duplicates share their
        smallest hashes and so stand side by side in order.
        """
        having = self.having[number]
        if len(having) <= _CROWDED:
            return having
        middle = bisect_left(having, sample)
        return having[max(0, middle - _NEAREST) : middle + _NEAREST + 1]

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
    """Return the quads on one group of articles."""
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
    """How many tell an act, each account counted once.

    Attributes:
        sources: names of the outlets whose accounts tell it, sorted.
        articles: number of articles that tell it.
        reprints: how many of these repeat the text of another.
    """

    sources: tuple[str, ...]
    articles: int
    reprints: int


def corroboration(store: Store, act: ox.NamedNode, modality: str, polarity: str) -> Corroboration:
    """Return who tells an act in a modality, such as `actual`, and a polarity.

    An outlet that a statement names as its source counts in place of the article's own; an article
    of unknown outlet counts for none.
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
    """Return whose accounts the articles with these identifiers are."""
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
