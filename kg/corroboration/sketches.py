"""Which articles of a store have sketches that meet, found through the store.

Each hash of a sketch is a quad of its own, so that the store itself finds the articles that share
one: what a new article costs does not depend on how many there are.
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

_CROWDED = 50
_NEAREST = 8


class Sketches:
    """The sketches of the articles of a store.

    What very many articles share is kept in memory from one article to the next, since to read it
    each time would cost more the more articles there are. Whoever changes or removes an article
    that was there has to `forget` it.
    """

    def __init__(self, store: Store) -> None:
        """Take the store; nothing is read yet."""
        self.store = store
        self._crowds: dict[str, _Crowd] = {}

    def forget(self) -> None:
        """Read everything from the store again."""
        self._crowds.clear()

    def of(self, article: ox.NamedNode) -> Sketch:
        """Return the sketch of an article; empty for a text of fewer than five words."""
        found = self.store.match(article, SKETCH, None, article)
        return tuple(sorted(quad.object.value for quad in found))

    def add(self, articles: Iterable[ox.NamedNode]) -> None:
        """Tell that articles have come."""
        for article in articles if self._crowds else ():
            sketch = self.of(article)
            for number in sketch:
                if number in self._crowds:
                    self._crowds[number].add(article, sketch)

    def meeting(self, sketch: Sketch) -> dict[Sketch, list[ox.NamedNode]]:
        """Return the sketches, with their articles, that are likely to be of the same text."""
        found: dict[Sketch, list[ox.NamedNode]] = {}
        known: dict[ox.NamedNode, Sketch] = {}
        for crowd in self._having(sketch, known):
            for other in crowd.near(sketch):
                if other not in found and shingles.likely(sketch, other):
                    found[other] = crowd.articles[other]
        return found

    def _having(self, sketch: Sketch, known: dict[ox.NamedNode, Sketch]) -> list[_Crowd]:
        """Return who has each hash of a sketch; `known` are sketches that have been read."""
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
    """The sketches that have one hash, in order, with the articles of each."""

    def __init__(self) -> None:
        self.size = 0
        self.sketches: list[Sketch] = []
        self.articles: dict[Sketch, list[ox.NamedNode]] = {}

    def add(self, article: ox.NamedNode, sketch: Sketch) -> None:
        """Put an article in, unless it is there."""
        articles = self.articles.setdefault(sketch, [])
        if not articles:
            insort(self.sketches, sketch)
        if article not in articles:
            insort(articles, article, key=str)
            self.size += 1

    def near(self, sketch: Sketch) -> list[Sketch]:
        """Return the sketches; of a hash that is everywhere, those most like `sketch`.

        Such a hash comes from words below every article of an outlet. Near-duplicates share their
        smallest hashes and so stand side by side in order.
        """
        if len(self.sketches) <= _CROWDED:
            return self.sketches
        middle = bisect_left(self.sketches, sketch)
        return self.sketches[max(0, middle - _NEAREST) : middle + _NEAREST + 1]
