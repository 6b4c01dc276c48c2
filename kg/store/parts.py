"""Large changes of an article in several transactions, each of which fits into memory.

An engine holds all of a transaction in memory until it is written, some two kilobytes for each
quad. Therefore a dense article goes in, and out, in parts. The digest is what tells that an article
is there as a whole: it is taken off first and put on last, so that one that was broken off is not
taken for whole, and the next build does it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import pyoxigraph as ox

from kg.rdf import vocabulary as v
from kg.rdf.acts import UNSETTLED

Change = tuple[list[v.Quad], list[v.Quad]]
"""Quads to be removed and quads to be added, in one transaction."""

_DIGEST = v.term("digest")


def batched(quads: Iterable[v.Quad], size: int) -> Iterator[list[v.Quad]]:
    """Yield the quads in lists of `size`, and a shorter one at the end."""
    left = iter(quads)
    while part := list(islice(left, size)):
        yield part


def split(
    remove: Sequence[v.Quad],
    add: Sequence[v.Quad],
    *,
    marks: Iterable[v.Quad],
    names: v.Names,
    size: int,
) -> Iterator[Change]:
    """Yield a change in parts.

    What an article says goes in before what follows from it, and out after it, so that nothing is
    left behind that nobody knows of. That acts are to be settled anew is said before all else.

    Args:
        remove: quads to be removed.
        add: quads to be added afterwards.
        marks: the digests that the store has of the articles concerned.
        names: tells the graphs of articles.
        size: quads in one transaction, at the most; digests beside them.
    """
    taken = set(marks)
    yield list(taken), [q for q in add if q.predicate == UNSETTLED]
    gone = (q for q in remove if q.predicate != _DIGEST)
    for part in batched(outwards(gone, names), size):
        yield part, []
    new = (q for q in add if q.predicate not in (_DIGEST, UNSETTLED))
    for part in batched(sorted(new, key=lambda q: _rank(q, names)), size):
        yield [], part
    yield [], [*taken.difference(remove), *(q for q in add if q.predicate == _DIGEST)]


def outwards(quads: Iterable[v.Quad], names: v.Names) -> list[v.Quad]:
    """Return quads in the order in which they are taken out."""
    return sorted(quads, key=lambda quad: -_rank(quad, names))


def _rank(quad: v.Quad, names: v.Names) -> int:
    """Return the place of a graph in the order of adding."""
    if quad.graph_name == names.background:
        return 2
    return int(not of_article(quad.graph_name, names))


def of_article(graph: ox.NamedNode, names: v.Names) -> bool:
    """Return whether a graph is that of an article."""
    return graph.value.startswith(f"{names.base}article/")
