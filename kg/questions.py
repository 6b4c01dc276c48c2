"""Questions in SPARQL: ready ones by name, parameters, limits, answers.

What a question may do is decided in `kg.sparql`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from kg import resources, sparql
from kg.errors import QueryError, QueryMemoryError, QueryTimeoutError, UnknownQueryError
from kg.limits import UNLIMITED, EndedError, Limits, run
from kg.rdf import vocabulary as v
from kg.results import Result, Value
from kg.store import Store
from kg.store.base import Results

_Read = TypeVar("_Read")
Source = Store | Callable[[], Store]
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Terms = tuple[tuple[str, ...], list[tuple[Term | None, ...]]]

_HEADER = re.compile(r"#\s*(name|answers|columns|parameter):\s*(.*)")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NUMBERS = frozenset(v.XSD + name for name in ("integer", "decimal", "double", "float"))


def nothing() -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A ready question.

    Attributes:
        name: name of its file.
        answers: what it answers, in a sentence.
        columns: what its columns hold, by name.
        parameters: what each parameter means, by name; every parameter may be left out.
        sparql: the query; a parameter is a variable written with `$`.
    """

    name: str
    answers: str
    columns: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    sparql: str


def ready(directory: Path | None = None) -> dict[str, Question]:
    """Return the ready questions by name, by default those that ship with the package."""
    files = sorted((directory or resources.queries_dir()).glob("*.rq"))
    return {path.stem: _read(path) for path in files}


def _read(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    found: dict[str, list[str]] = {"answers": [], "columns": [], "parameter": [], "name": []}
    for line in text.splitlines():
        if match := _HEADER.match(line):
            found[match[1]].append(match[2].strip())
    return Question(
        name=path.stem,
        answers=" ".join(found["answers"]),
        columns=dict(map(_described, found["columns"])),
        parameters=dict(map(_described, found["parameter"])),
        sparql=text,
    )


def _described(line: str) -> tuple[str, str]:
    name, _, meaning = line.partition(" ")
    return name, meaning.strip()


def ask(
    store: Source,
    question: str,
    params: Mapping[str, str] | None = None,
    *,
    limits: Limits = UNLIMITED,
) -> Result:
    """Return the answer of `store` to a question.

    Args:
        store: what is asked, or a function that opens it where the answer is worked out.
        question: SPARQL, or the name of a ready question. The usual prefixes may be left out; the
            query sees the union of all graphs.
        params: values of the variables written with `$`; of a ready question all may be left out.
        limits: how long it may take and how much it may use; with a limit of time or memory it is
            worked out in a process of its own. Rows beyond the limit are cut, and the result is
            then not `complete`.

    Raises:
        UnknownQueryError: there is no ready question of that name.
        ForbiddenQueryError: the query would change the store or leave this machine.
        MalformedQueryError: the query does not parse.
        QueryTimeoutError, QueryMemoryError: it takes more than the limits allow.
        QueryError: a parameter is unknown, or the query fails.
    """
    return _answered(store, question, params, limits, _result)


def triples(
    store: Source,
    question: str,
    params: Mapping[str, str] | None = None,
    *,
    limits: Limits = UNLIMITED,
    cut: Callable[[], None] = nothing,
) -> list[ox.Triple] | None:
    """Return what a CONSTRUCT or DESCRIBE makes, or None for another question; see `ask`.

    Where there are more triples than the limits allow, `cut` is called and the rest left out.
    """
    found, complete = _answered(store, question, params, limits, _triples)
    if not complete:
        cut()
    return found


def terms(store: Source, question: str, params: Mapping[str, str] | None = None) -> Terms:
    """Return variables and rows of a SELECT as RDF terms; see `ask`."""
    return _answered(store, question, params, UNLIMITED, _terms)


def named_nodes(
    store: Source,
    question: str,
    params: Mapping[str, str] | None = None,
    *,
    limits: Limits = UNLIMITED,
    cut: Callable[[], None] = nothing,
) -> tuple[frozenset[str], ...]:
    """Return the IRIs in each row of the answer, or in each triple of it; see `triples`.

    Where a SELECT shows no IRI, those count that its rows come from: all variables are looked at.
    """
    rows, complete = _answered(store, question, params, limits, _iris)
    text = named(question.strip()).sparql if _NAME.fullmatch(question.strip()) else question
    if not any(rows) and (wider := sparql.showing_all(text)):
        rows, complete = _answered(store, wider, params, limits, _iris)
    if not complete:
        cut()
    return rows


def rows_behind(
    store: Source,
    question: str,
    params: Mapping[str, str] | None = None,
    *,
    limits: Limits = UNLIMITED,
    cut: Callable[[], None] = nothing,
) -> tuple[frozenset[str], ...]:
    """Return the IRIs in each row that a CONSTRUCT with predicates of its own makes triples from.

    The terms of the ontology that the query names are added to each row. Any other question gives
    no rows: what it answers is stated. See `triples` for limits.
    """
    text = named(question.strip()).sparql if _NAME.fullmatch(question.strip()) else question
    wider = sparql.behind_construct(text)
    made = triples(store, question, params, limits=limits) if wider else None
    if not made or any(triple.predicate.value.startswith(v.KG) for triple in made):
        return ()
    rows, complete = _answered(store, wider, params, limits, _iris)
    if not complete:
        cut()
    terms = sparql.terms_in(wider)
    return tuple(row | terms for row in rows)


def _answered(
    store: Source,
    question: str,
    params: Mapping[str, str] | None,
    limits: Limits,
    read: Callable[[Results, int | None], _Read],
) -> _Read:
    text, known = question, None
    if _NAME.fullmatch(question.strip()):
        found = named(question.strip())
        text, known = found.sparql, found.parameters
    sparql.check(text)
    bound = sparql.bind(text, params or {}, known)
    if limits.seconds is None and limits.megabytes is None:
        opened = store if isinstance(store, Store) else store()
        return _read_from(opened, bound, limits.rows, read)
    source = store.elsewhere() if isinstance(store, Store) else store
    job = partial(_read_elsewhere, source, bound, limits.rows, read)
    try:
        return run(job, seconds=limits.seconds, megabytes=limits.megabytes)
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
        raise QueryError(f"the query fails: {error}") from error


def _read_elsewhere(
    source: Callable[[], Store],
    text: str,
    rows: int | None,
    read: Callable[[Results, int | None], _Read],
) -> _Read:
    return _read_from(source(), text, rows, read)


def _read_from(
    store: Store, text: str, rows: int | None, read: Callable[[Results, int | None], _Read]
) -> _Read:
    try:
        return read(store.select(text), rows)
    except SyntaxError as error:
        raise sparql.malformed(error) from error
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the query fails: {error}") from error


def _iris(answer: Results, rows: int | None) -> tuple[tuple[frozenset[str], ...], bool]:
    found: Iterable[Iterable[object]] = ()
    if isinstance(answer, ox.QuerySolutions):
        found = answer
    elif isinstance(answer, ox.QueryTriples):
        found = ((t.subject, t.predicate, t.object) for t in answer)
    named = (frozenset(t.value for t in row if isinstance(t, ox.NamedNode)) for row in found)
    return tuple(dict.fromkeys(islice(named, rows))), _ended(named, rows)


def _triples(answer: Results, rows: int | None) -> tuple[list[ox.Triple] | None, bool]:
    if not isinstance(answer, ox.QueryTriples):
        return None, True
    return list(islice(answer, rows)), _ended(answer, rows)


def _terms(answer: Results, rows: int | None) -> Terms:
    if not isinstance(answer, ox.QuerySolutions):
        raise QueryError("the question is no SELECT", hint="write SELECT")
    columns = tuple(variable.value for variable in answer.variables)
    found = islice(answer, rows)
    return columns, [tuple(solution[c] for c in columns) for solution in found]


def named(name: str) -> Question:
    """Return the ready question called `name`; an unknown one is an `UnknownQueryError`."""
    questions = ready()
    if name in questions:
        return questions[name]
    near = difflib.get_close_matches(name, questions, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"one of: {', '.join(questions)}"
    raise UnknownQueryError(f"there is no ready question {name!r}", hint=hint)


def _result(answer: Results, limit: int | None) -> Result:
    if isinstance(answer, ox.QueryBoolean):
        return Result(columns=("answer",), rows=((bool(answer),),), form="ask")
    if isinstance(answer, ox.QuerySolutions):
        columns = tuple(variable.value for variable in answer.variables)
        rows = tuple(
            tuple(_plain(solution[c]) for c in columns) for solution in islice(answer, limit)
        )
        return Result(columns=columns, rows=rows, complete=_ended(answer, limit))
    made = sorted(set(islice(answer, limit)), key=str)
    text = ox.serialize(made, format=ox.RdfFormat.TURTLE, prefixes=dict(v.PREFIXES))
    return Result(
        columns=("subject", "predicate", "object"),
        rows=tuple((_plain(t.subject), _plain(t.predicate), _plain(t.object)) for t in made),
        form="construct",
        turtle=(text or b"").decode(),
        complete=_ended(answer, limit),
    )


def _ended(answer: Iterable[object], limit: int | None) -> bool:
    return limit is None or next(iter(answer), None) is None


def _plain(term: object) -> Value:
    """Return a term as a Python value: numbers and truth values as such, the rest as text."""
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
