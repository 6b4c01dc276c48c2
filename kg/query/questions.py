"""Answer questions: SPARQL queries, or ready ones by name.

`kg.query.sparql` decides what a query may do, `kg.query.answering` runs it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from kg import resources
from kg.errors import UnknownQueryError
from kg.query import sparql
from kg.query.answering import (
    IriReader,
    Query,
    Reader,
    ResultReader,
    Source,
    TermReader,
    Terms,
    TripleReader,
    answered,
)
from kg.query.results import Result
from kg.rdf import vocabulary as v
from kg.sandbox.limits import UNLIMITED, Limits

_Answer = TypeVar("_Answer")

_HEADER = re.compile(r"#\s*(name|answers|columns|parameter):\s*(.*)")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def nothing() -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A ready question, read from a file `NAME.rq`.

    Attributes:
        name: name of the file.
        answers: what it answers, in a sentence.
        columns: what its columns hold, by name.
        parameters: what its parameters mean, by name; all are optional.
        sparql: the query; a parameter is a variable written with `$`.
    """

    name: str
    answers: str
    columns: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    sparql: str


def ready(directory: Path | None = None) -> dict[str, Question]:
    """Return the ready questions by name, by default those of the package."""
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
    trusting: bool = False,
) -> Result:
    """Return the answer of a store to a question.

    Args:
        store: the store, or a function that opens it in the child process.
        question: SPARQL, or the name of a ready question. The usual prefixes need no declaration;
            the query sees the union of all graphs.
        params: values of the variables written with `$`; those of a ready question are optional.
        limits: limits of time, memory and rows. With a limit of time or memory the query runs in a
            child process. Rows beyond the limit are cut; the result is then not `complete`.
        trusting: run a ready question in this process, which is faster. Its text is known and its
            parameters are string literals, so it cannot crash the engine or reach beyond the store.
            Only the limit of rows holds then.

    Raises:
        UnknownQueryError: there is no ready question of that name.
        ForbiddenQueryError: the query would change the store or contact another machine.
        MalformedQueryError: the query does not parse.
        QueryTimeoutError, QueryMemoryError: it takes more than the limits allow.
        QueryError: a parameter is unknown, or the query fails.
    """
    return _answered(store, question, params, limits, ResultReader(), trusting=trusting)


def triples(
    store: Source,
    question: str,
    params: Mapping[str, str] | None = None,
    *,
    limits: Limits = UNLIMITED,
    cut: Callable[[], None] = nothing,
) -> list[ox.Triple] | None:
    """Return the triples of a CONSTRUCT or DESCRIBE; None for any other query. See `ask`.

    If there are more triples than the limits allow, `cut` is called and the others are left out.
    """
    found, complete = _answered(store, question, params, limits, TripleReader())
    if not complete:
        cut()
    return found


def terms(store: Source, question: str, params: Mapping[str, str] | None = None) -> Terms:
    """Return the variables and rows of a SELECT as RDF terms; see `ask`."""
    return _answered(store, question, params, UNLIMITED, TermReader())


def named_nodes(
    store: Source,
    question: str,
    params: Mapping[str, str] | None = None,
    *,
    limits: Limits = UNLIMITED,
    cut: Callable[[], None] = nothing,
) -> tuple[frozenset[str], ...]:
    """Return the set of IRIs in each row or triple of an answer; see `triples`.

    If a SELECT shows no IRIs at all, those of all its variables are returned, shown or not.
    """
    rows, complete = _answered(store, question, params, limits, IriReader())
    text = named(question.strip()).sparql if _NAME.fullmatch(question.strip()) else question
    if not any(rows) and (wider := sparql.showing_all(text)):
        rows, complete = _answered(store, wider, params, limits, IriReader())
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
    """Return the set of IRIs in each solution of a CONSTRUCT with predicates of its own.

    That is, of the solutions of its WHERE clause; the terms of our ontology in the query are added
    to each set. Any other question gives an empty tuple: its answer consists of stored statements
    or links. See `triples` for the limits.
    """
    text = named(question.strip()).sparql if _NAME.fullmatch(question.strip()) else question
    wider = sparql.behind_construct(text)
    made = triples(store, question, params, limits=limits) if wider else None
    if not made or any(triple.predicate.value.startswith(v.KG) for triple in made):
        return ()
    rows, complete = _answered(store, wider, params, limits, IriReader())
    if not complete:
        cut()
    terms = sparql.terms_in(wider)
    return tuple(row | terms for row in rows)


def _answered(
    store: Source,
    question: str,
    params: Mapping[str, str] | None,
    limits: Limits,
    reader: Reader[_Answer],
    *,
    trusting: bool = False,
) -> _Answer:
    name = question.strip()
    if not _NAME.fullmatch(name):
        return answered(store, Query(text=question, params=params or {}), limits, reader)
    found = named(name)
    query = Query(text=found.sparql, params=params or {}, known=tuple(found.parameters))
    return answered(store, query, limits, reader, here=trusting)


def named(name: str) -> Question:
    """Return a ready question by name; an unknown name raises an `UnknownQueryError`."""
    questions = ready()
    if name in questions:
        return questions[name]
    near = difflib.get_close_matches(name, questions, n=1, cutoff=0.5)  # chosen, not measured
    hint = f"did you mean {near[0]}?" if near else f"one of: {', '.join(questions)}"
    raise UnknownQueryError(f"there is no ready question {name!r}", hint=hint)
