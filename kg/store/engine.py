"""The common part of the stores on an Oxigraph engine, in memory and on disk."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import TypeVar, cast

import pyoxigraph as ox

from kg.errors import StoreWriteError
from kg.rdf import vocabulary as v
from kg.store.base import Results, Store

BEFORE = "the store is as it was before"
_DEFAULT = ox.DefaultGraph()
_Value = TypeVar("_Value")


class EngineStore(Store):
    """Quads in an Oxigraph engine.

    Oxigraph can query the union of all graphs, but yields a triple once for each graph that has it,
    so that COUNT is too high. Therefore the default graph keeps the union as a set. `change` keeps
    it up to date, and only `select`, `union`, `values` and `lines` read it.
    """

    def __init__(self, inner: ox.Store, base: str) -> None:
        """Wrap an open engine."""
        super().__init__(base)
        self._inner: ox.Store | None = inner
        self._prefixes = {**v.PREFIXES, "id": base}

    @property
    def inner(self) -> ox.Store:
        """The engine; after `close` this raises a `StoreWriteError`."""
        if self._inner is None:
            raise StoreWriteError("the store is closed")
        return self._inner

    def match(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: ox.NamedNode | ox.Literal | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[v.Quad]:
        """Return the quads that match, in no particular order."""
        found = self._read(lambda: self._found(subject, predicate, object, graph))
        if graph is None:
            found = (quad for quad in found if quad.graph_name != _DEFAULT)
        return cast(Iterator[v.Quad], found)

    def _found(
        self,
        subject: ox.NamedNode | None,
        predicate: ox.NamedNode | None,
        object: ox.NamedNode | ox.Literal | None,
        graph: ox.NamedNode | ox.DefaultGraph | None,
    ) -> Iterator[ox.Quad]:
        return self.inner.quads_for_pattern(subject, predicate, object, graph)

    def _read(self, read: Callable[[], _Value]) -> _Value:
        """Return what `read` returns; a store on disk turns its errors into store errors."""
        return read()

    def counts(self, kind: str, graph: ox.NamedNode | None = None) -> dict[ox.NamedNode, int]:
        """Return the number of instances of a class in each graph, or in the given one."""
        # The engine counts: that takes a quarter of the time of a Python object for each quad.
        place = str(graph) if graph else "?g"
        question = (
            f"SELECT {'' if graph else '?g'} (COUNT(*) AS ?n) "
            f"{{ GRAPH {place} {{ ?s {v.TYPE} {v.term(kind)} }} }} {'' if graph else 'GROUP BY ?g'}"
        )
        rows = self._read(lambda: list(cast(ox.QuerySolutions, self.inner.query(question))))
        return {
            graph or cast(ox.NamedNode, row["g"]): int(cast(ox.Literal, row["n"]).value)
            for row in rows
        }

    def union(self) -> Iterator[v.Quad]:
        """Return the union of all graphs, each triple once, by subject and predicate."""
        return cast(Iterator[v.Quad], self._read(lambda: self._found(None, None, None, _DEFAULT)))

    def values(self, predicate: ox.NamedNode) -> Iterator[v.Quad]:
        """Return the triples of all graphs with this predicate, each once."""
        found = self._read(lambda: self._found(None, predicate, None, _DEFAULT))
        return cast(Iterator[v.Quad], found)

    def lines(self) -> Iterator[str]:
        """Return the triples of `union` as N-Triples lines, without the final dot."""
        # The engine serialises: that takes far less time than a Python object for each term.
        form = ox.RdfFormat.N_TRIPLES
        with tempfile.TemporaryFile("w+b") as file:
            self._read(lambda: self.inner.dump(file, format=form, from_graph=_DEFAULT))
            file.seek(0)
            for line in file:
                yield line.decode("utf-8").removesuffix(" .\n")

    def graphs(self) -> list[ox.NamedNode]:
        """Return the names of the graphs that are not empty, sorted."""
        # The engine may keep the name of a graph whose last quad was deleted.
        named = self._read(lambda: list(self.inner.named_graphs()))
        names = [g for g in named if isinstance(g, ox.NamedNode)]
        found = (g for g in names if next(self.match(graph=g), None) is not None)
        return sorted(found, key=lambda graph: graph.value)

    def size(self) -> int:
        """Return the number of quads."""
        return sum(1 for _ in self.match())

    def change(self, *, remove: Iterable[v.Quad] = (), add: Iterable[v.Quad] = ()) -> None:
        """Remove and add quads in one transaction."""
        inner, gone, new = self.inner, list(remove), list(add)
        # Quads come sorted, which is faster for the indexes. They are generated one by one, since
        # those of a long article take a hundred megabytes. Duplicates do no harm.
        merged = map(_merged, new)
        lost = {_merged(q) for q in self._unsupported(gone)}
        try:
            if gone:
                dropped, added = _data([*gone, *lost]), _data(chain(new, merged))
                inner.update(f"DELETE DATA {{{dropped}}} ; INSERT DATA {{{added}}}")
            elif new:
                inner.extend(cast(Iterable[ox.Quad], chain(new, merged)))
        except (OSError, RuntimeError) as error:
            raise self.failure(error) or StoreWriteError(
                f"{error}; {BEFORE}", hint="check space and permissions"
            ) from error

    def _unsupported(self, gone: list[v.Quad]) -> Iterator[v.Quad]:
        """Yield the quads whose triple is in no graph any more once all of them are removed."""
        leaving = set(gone)
        for quad in gone:
            found = self.match(quad.subject, quad.predicate, quad.object)
            if all(other in leaving for other in found):
                yield quad

    @contextmanager
    def filling(self) -> Iterator[ox.Store]:
        """Give the engine of an empty store to be filled; an error empties the store again."""
        inner = self.inner
        try:
            yield inner
        except BaseException:
            inner.clear()
            raise

    def select(self, sparql: str) -> Results:
        """Return the results of a SPARQL query over the union of all graphs."""
        inner = self.inner
        return self._read(lambda: inner.query(sparql, prefixes=self._prefixes))

    def close(self) -> None:
        """Release the engine."""
        self._inner = None


def _merged(quad: v.Quad) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object, _DEFAULT)


def _data(quads: Iterable[v.Quad | ox.Quad]) -> str:
    """Return quads as the body of `INSERT DATA`."""
    return "\n".join(map(_statement, quads))


def _statement(quad: v.Quad | ox.Quad) -> str:
    triple = f"{quad.subject} {quad.predicate} {quad.object}"
    return (
        f"{triple} ." if quad.graph_name == _DEFAULT else f"GRAPH {quad.graph_name} {{ {triple} }}"
    )
