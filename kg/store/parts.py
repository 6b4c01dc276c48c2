"""Store a very large article in several transactions, each small enough for memory.

The engine holds a transaction in memory until it is written, some two kilobytes for each quad. A
"part" is the quads of one such transaction. An article is complete if it has its digest: the digest
is removed first and added last, so that the next build recognises an article that was broken off
and stores it again.
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
    """Yield the quads in lists of `size`; the last one may be shorter."""
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

    When adding, the graph of the article comes before what is derived from it; when removing, it is
    the other way round. So nothing derived is ever left without its article. Marks of acts to
    derive anew come before all else.

    Args:
        remove: quads to remove.
        add: quads to add afterwards.
        marks: the digests that the store has of the articles concerned.
        names: tells which graphs are those of articles.
        size: most quads in one transaction, not counting digests.
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
    """Return quads in the order in which they must be removed."""
    return sorted(quads, key=lambda quad: -_rank(quad, names))


def _rank(quad: v.Quad, names: v.Names) -> int:
    """Return the rank of a quad's graph in the order of adding."""
    if quad.graph_name == names.background:
        return 2
    return int(not of_article(quad.graph_name, names))


def of_article(graph: ox.NamedNode, names: v.Names) -> bool:
    """Return whether a graph is the graph of an article."""
    return graph.value.startswith(f"{names.base}article/")
