"""Questions in SPARQL: ready ones by name, parameters, limits, answers.

What a question may do is decided in `kg.query.sparql`, how it is answered in `kg.query.answering`.
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
    trusting: bool = False,
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
        trusting: answer a ready question in this process, which is quicker: what it asks is known,
            and its parameters are strings, so it can neither overflow the engine nor lead it
            astray. Of the limits, that of rows holds then.

    Raises:
        UnknownQueryError: there is no ready question of that name.
        ForbiddenQueryError: the query would change the store or leave this machine.
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
    """Return what a CONSTRUCT or DESCRIBE makes, or None for another question; see `ask`.

    Where there are more triples than the limits allow, `cut` is called and the rest left out.
    """
    found, complete = _answered(store, question, params, limits, TripleReader())
    if not complete:
        cut()
    return found


def terms(store: Source, question: str, params: Mapping[str, str] | None = None) -> Terms:
    """Return variables and rows of a SELECT as RDF terms; see `ask`."""
    return _answered(store, question, params, UNLIMITED, TermReader())


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
    """Return the IRIs in each row that a CONSTRUCT with predicates of its own makes triples from.

    The terms of the ontology that the query names are added to each row. Any other question gives
    no rows: what it answers is stated. See `triples` for limits.
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
    """Return the ready question called `name`; an unknown one is an `UnknownQueryError`."""
    questions = ready()
    if name in questions:
        return questions[name]
    near = difflib.get_close_matches(name, questions, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"one of: {', '.join(questions)}"
    raise UnknownQueryError(f"there is no ready question {name!r}", hint=hint)
