"""Candidates for reprints: articles whose sketches share hashes.

A sketch is the smallest hashes of a text's shingles (`kg.text.shingles`). Each hash is a quad of
its own, so that the store's index finds the articles that share one, and the cost of a new article
does not grow with the number of articles.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

import pyoxigraph as ox

from kg.rdf import vocabulary as v
from kg.store import Store
from kg.text import shingles

SKETCH = v.term("sketch")
Sketch = tuple[str, ...]

# A hash of more articles than this, mostly from boilerplate, is kept in memory and searched by
# neighbourhood: so many sketches on either side. Both chosen, not measured.
_CROWDED = 50
_NEAREST = 8


class Sketches:
    """The sketches of the articles of a store.

    Articles of a hash that very many share are kept in memory, since reading them for each new
    article would get slower with every article. After a change or removal of a stored article, call
    `forget`.
    """

    def __init__(self, store: Store) -> None:
        """Take the store; nothing is read yet."""
        self.store = store
        self._crowds: dict[str, _Crowd] = {}

    def forget(self) -> None:
        """Drop what is kept in memory; it is read again when needed."""
        self._crowds.clear()

    def of(self, article: ox.NamedNode) -> Sketch:
        """Return the sketch of an article; empty for a text of fewer than five words."""
        found = self.store.match(article, SKETCH, None, article)
        return tuple(sorted(quad.object.value for quad in found))

    def add(self, articles: Iterable[ox.NamedNode]) -> None:
        """Add new articles to what is kept in memory."""
        for article in articles if self._crowds else ():
            sketch = self.of(article)
            for number in sketch:
                if number in self._crowds:
                    self._crowds[number].add(article, sketch)

    def meeting(self, sketch: Sketch) -> dict[Sketch, list[ox.NamedNode]]:
        """Return the sketches likely to be of nearly the same text, with their articles."""
        found: dict[Sketch, list[ox.NamedNode]] = {}
        known: dict[ox.NamedNode, Sketch] = {}
        for crowd in self._having(sketch, known):
            for other in crowd.near(sketch):
                if other not in found and shingles.likely(sketch, other):
                    found[other] = crowd.articles[other]
        return found

    def _having(self, sketch: Sketch, known: dict[ox.NamedNode, Sketch]) -> list[_Crowd]:
        """Return the articles of each hash of a sketch; `known` caches sketches already read."""
        crowds = {number: self._crowds[number] for number in sketch if number in self._crowds}
        read = {number: _Crowd() for number in sketch if number not in crowds}
        for quad in self.store.pointing(SKETCH, map(v.plain, read)):
            article = quad.subject
            if article not in known:
                known[article] = self.of(article)
            read[quad.object.value].add(article, known[article])
        for number, crowd in read.items():
            if crowd.size > _CROWDED:
                self._crowds[number] = crowd
        return [*crowds.values(), *read.values()]


class _Crowd:
    """The articles whose sketches contain one hash, by sketch, in order."""

    def __init__(self) -> None:
        self.size = 0
        self.sketches: list[Sketch] = []
        self.articles: dict[Sketch, list[ox.NamedNode]] = {}

    def add(self, article: ox.NamedNode, sketch: Sketch) -> None:
        """Add an article if it is not there yet."""
        articles = self.articles.setdefault(sketch, [])
        if not articles:
            insort(self.sketches, sketch)
        if article not in articles:
            insort(articles, article, key=str)
            self.size += 1

    def near(self, sketch: Sketch) -> list[Sketch]:
        """Return the sketches; if there are too many, only the neighbours of `sketch` in order.

        Such a hash comes from words below every article of an outlet. Near-duplicates share their
        smallest hashes and so stand side by side in order.
        """
        if len(self.sketches) <= _CROWDED:
            return self.sketches
        middle = bisect_left(self.sketches, sketch)
        return self.sketches[max(0, middle - _NEAREST) : middle + _NEAREST + 1]
