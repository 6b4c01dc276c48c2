"""Run a query in a sandboxed process within limits and stream its answer.

The child process parses the query as well, so parsing counts in its time and a crash of the engine
ends only the child. The answer is streamed in parts, lists of rows, so that no process holds it
twice.
"""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import Any, Protocol, TypeVar

import pyoxigraph as ox

from kg.errors import ForbiddenQueryError, QueryError, QueryMemoryError, QueryTimeoutError
from kg.query import sparql
from kg.query.results import Result, Value
from kg.rdf import vocabulary as v
from kg.sandbox import walls
from kg.sandbox.limits import EndedError, Limits, stream
from kg.store import Store
from kg.store.base import Results

_Answer = TypeVar("_Answer", covariant=True)
Source = Store | Callable[[], Store]
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Terms = tuple[tuple[str, ...], list[tuple[Term | None, ...]]]

_AT_ONCE = 1_000  # rows in one part: chosen, not measured
_NUMBERS = frozenset(v.XSD + name for name in ("integer", "decimal", "double", "float"))
_LOG = logging.getLogger("kg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query with values for its parameters.

    Attributes:
        text: SPARQL; a parameter is a variable written with `$`.
        params: values by parameter.
        known: parameters that become the empty string if they have no value.
    """

    text: str
    params: Mapping[str, str]
    known: tuple[str, ...] = ()


class Reader(Protocol[_Answer]):
    """A way to read an answer, in two halves.

    `parts` runs in the child process and `whole` in this one.
    """

    def parts(self, answer: Results, rows: int | None, names: sparql.Guarded) -> Iterator[object]:
        """Yield the answer, at most `rows` rows of it, as objects that can be pickled."""

    def whole(self, parts: Iterator[Any]) -> _Answer:
        """Return the answer, put together from its parts."""


def answered(
    store: Source, query: Query, limits: Limits, reader: Reader[_Answer], *, here: bool = False
) -> _Answer:
    """Return the answer of a store to a query.

    Args:
        store: the store, or a function that opens it in the child process.
        query: the query.
        limits: limits of time, memory and rows.
        reader: what to return of the answer.
        here: run it in this process, where only the limit of rows holds. So it does without limits
            of time and memory.

    Raises:
        QueryError: see `kg.query.questions.ask`.
    """
    if here or (limits.seconds is None and limits.megabytes is None):
        opened = store if isinstance(store, Store) else store()
        return reader.whole(_parts(opened, query, limits.rows, reader))
    source = store.elsewhere() if isinstance(store, Store) else store
    job = partial(_parts_walled, source, query, limits.rows, reader)
    try:
        parts = stream(job, seconds=limits.seconds, megabytes=limits.megabytes)
        _LOG.debug("walls around the question: %s", next(parts))
        return reader.whole(parts)
    except TimeoutError:
        raise QueryTimeoutError(
            f"the query takes longer than {limits.seconds:g} s",
            hint="ask for less, or raise the time limit",
        ) from None
    except MemoryError:
        raise QueryMemoryError(
            f"the query takes more than {limits.megabytes} MB of memory",
            hint="ask for less, or raise the memory limit",
        ) from None
    except EndedError as error:
        if error.status == -signal.SIGSEGV:
            raise QueryError(
                "the query is too much for the engine: it overflowed its stack",
                hint="nest less deeply, and join fewer patterns or conditions in a row",
            ) from error
        raise QueryError(f"the query fails: {error}") from error


def _parts_walled(
    source: Callable[[], Store], query: Query, rows: int | None, reader: Reader[_Answer]
) -> Iterator[object]:
    """Yield which walls are in place in this child process, then the parts of the answer."""
    store = source()
    files = store.files()
    yield ", ".join(sorted(walls.build(files))) if files is not None else "none"
    yield from _parts(store, query, rows, reader)


def _parts(
    store: Store, query: Query, rows: int | None, reader: Reader[_Answer]
) -> Iterator[object]:
    known = dict.fromkeys(query.known, "")
    bound = sparql.bind(query.text, query.params, known)
    guarded = sparql.guarded(bound, {**v.PREFIXES, "id": store.base})
    if store.files() is None:
        _require_own(guarded, store.base)
    try:
        yield from reader.parts(store.select(guarded.text), rows, guarded)
    except SyntaxError as error:
        raise sparql.malformed(error) from error
    except (RuntimeError, ValueError, OSError) as error:
        raise store.failure(error) or QueryError(f"the query fails: {error}") from error


def _require_own(guarded: sparql.Guarded, base: str) -> None:
    """Refuse graphs outside the store: a server might fetch them from elsewhere."""
    for graph in guarded.graphs:
        if graph is None or not graph.startswith(base):
            raise ForbiddenQueryError(
                f"FROM <{graph or '...'}> is no graph of the store, and a server may fetch it",
                hint=f"name graphs in full; they begin with {base}",
            )


class ResultReader:
    """Reads an answer as a `Result`: rows of Python values."""

    def parts(self, answer: Results, rows: int | None, names: sparql.Guarded) -> Iterator[object]:
        """Yield form and columns, then lists of rows, then Turtle and whether it is complete."""
        if isinstance(answer, ox.QueryBoolean):
            yield "ask", ("answer",)
            yield [(bool(answer),)]
            yield "", True
        elif isinstance(answer, ox.QuerySolutions):
            columns = tuple(variable.value for variable in answer.variables)
            yield "select", tuple(names.columns.get(name, name) for name in columns)
            found = (tuple(_plain(row[c]) for c in columns) for row in islice(answer, rows))
            yield from _together(found)
            yield "", _ended(answer, rows)
        else:
            made = sorted(set(islice(answer, rows)), key=str)
            yield "construct", ("subject", "predicate", "object")
            yield from _together(
                (_plain(t.subject), _plain(t.predicate), _plain(t.object)) for t in made
            )
            text = ox.serialize(made, format=ox.RdfFormat.TURTLE, prefixes=dict(v.PREFIXES))
            yield (text or b"").decode(), _ended(answer, rows)

    def whole(self, parts: Iterator[Any]) -> Result:
        """Return the result."""
        (form, columns), *batches, (turtle, complete) = parts
        rows = tuple(chain.from_iterable(batches))
        return Result(columns=columns, rows=rows, form=form, turtle=turtle, complete=complete)


class IriReader:
    """Reads the set of IRIs in each row or triple."""

    def parts(self, answer: Results, rows: int | None, names: sparql.Guarded) -> Iterator[object]:
        """Yield lists of sets of IRIs, then whether these are all."""
        found: Iterable[Iterable[object]] = ()
        if isinstance(answer, ox.QuerySolutions):
            found = answer
        elif isinstance(answer, ox.QueryTriples):
            found = ((t.subject, t.predicate, t.object) for t in answer)
        named = (frozenset(t.value for t in row if isinstance(t, ox.NamedNode)) for row in found)
        yield from _together(islice(named, rows))
        yield _ended(named, rows)

    def whole(self, parts: Iterator[Any]) -> tuple[tuple[frozenset[str], ...], bool]:
        """Return the distinct sets, and whether these are all."""
        *batches, complete = parts
        return tuple(dict.fromkeys(chain.from_iterable(batches))), complete


class TripleReader:
    """Reads the triples of a CONSTRUCT or DESCRIBE."""

    def parts(self, answer: Results, rows: int | None, names: sparql.Guarded) -> Iterator[object]:
        """Yield whether the answer has triples, then lists of them, then whether these are all."""
        made = isinstance(answer, ox.QueryTriples)
        yield made
        if isinstance(answer, ox.QueryTriples):
            yield from _together(islice(answer, rows))
        yield not isinstance(answer, ox.QueryTriples) or _ended(answer, rows)

    def whole(self, parts: Iterator[Any]) -> tuple[list[ox.Triple] | None, bool]:
        """Return the triples (None for another query), and whether these are all."""
        made, *batches, complete = parts
        return list(chain.from_iterable(batches)) if made else None, complete


class TermReader:
    """Reads the variables and rows of a SELECT as RDF terms."""

    def parts(self, answer: Results, rows: int | None, names: sparql.Guarded) -> Iterator[object]:
        """Yield the variables, then lists of rows."""
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("the question is no SELECT", hint="write SELECT")
        columns = tuple(variable.value for variable in answer.variables)
        yield tuple(names.columns.get(name, name) for name in columns)
        yield from _together(tuple(row[c] for c in columns) for row in islice(answer, rows))

    def whole(self, parts: Iterator[Any]) -> Terms:
        """Return the variables and the rows."""
        columns, *batches = parts
        return columns, list(chain.from_iterable(batches))


def _together(rows: Iterable[object]) -> Iterator[list[object]]:
    """Yield rows in lists, which are cheaper to pickle than single rows."""
    found = iter(rows)
    while batch := list(islice(found, _AT_ONCE)):
        yield batch


def _ended(answer: Iterable[object], limit: int | None) -> bool:
    return limit is None or next(iter(answer), None) is None


def _plain(term: object) -> Value:
    """Return a term as a Python value: numbers and booleans as such, all else as text."""
    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        return term.value if isinstance(term, ox.NamedNode) else str(term)
    kind = term.datatype.value
    try:
        if kind == v.XSD + "integer":
            return int(term.value)
        if kind in _NUMBERS:
            return float(term.value)
    except ValueError:
        return term.value
    return term.value == "true" if kind == v.XSD + "boolean" else term.value
