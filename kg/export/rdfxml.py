"""RDF/XML of all graphs merged, for older tools."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import BinaryIO, TextIO, cast

import pyoxigraph as ox

from kg.export.files import Target, opened
from kg.export.sorting import in_order
from kg.export.xml import fit
from kg.rdf import vocabulary as v
from kg.store import Store

_AT_ONCE = 1_000  # lines parsed at once; parsing one by one takes three times as long


def write(store: Store, target: Target, **options: object) -> None:
    """Write the triples as RDF/XML; characters that XML forbids become U+FFFD."""
    lines = in_order(
        f"{ox.Triple(q.subject, q.predicate, _fit(q.object))}\n" for q in store.union()
    )
    with opened(target) as stream:
        ox.serialize(
            _read(line for line, _ in groupby(lines)),
            cast(BinaryIO, _Bytes(stream)),
            format=ox.RdfFormat.RDF_XML,
            prefixes=dict(v.PREFIXES),
        )
        stream.write("\n")


def _read(lines: Iterator[str]) -> Iterator[ox.Triple]:
    while some := list(islice(lines, _AT_ONCE)):
        text = "".join(f"{line[:-1]} .\n" for line in some)
        for quad in cast(Iterable[ox.Quad], ox.parse(text, format=ox.RdfFormat.N_TRIPLES)):
            yield quad.triple


class _Bytes:
    """A binary stream that decodes UTF-8, in pieces of any length, for a text stream."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def write(self, content: bytes) -> int:
        self._stream.write(self._decoder.decode(content))
        return len(content)

    def flush(self) -> None:
        self._stream.flush()


def _fit(term: ox.NamedNode | ox.Literal) -> ox.NamedNode | ox.Literal:
    if not isinstance(term, ox.Literal) or fit(term.value) == term.value:
        return term
    if term.language:
        return ox.Literal(fit(term.value), language=term.language)
    return ox.Literal(fit(term.value), datatype=term.datatype)
