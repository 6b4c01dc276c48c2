"""Questions in SPARQL: ready ones by name, safety, parameters, answers.

A question reads and never leaves this machine: updates, SERVICE, LOAD and `FROM <file:...>` are
refused on the tokens of the query, so that words inside strings, comments and IRIs do not count.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from kg import resources
from kg.errors import ForbiddenQueryError, MalformedQueryError, QueryError, UnknownQueryError
from kg.rdf import vocabulary as v
from kg.results import Result, Value
from kg.store import Store
from kg.store.base import Results

_Read = TypeVar("_Read")

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\r\n]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<prefixed>[\w.-]*:(?:[\w:.%~-]|\\.)*)
    | (?P<word>[A-Za-z_]\w*)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<other>\s+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_QUERIES = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_UPDATES = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
)
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_HEADER = re.compile(r"#\s*(name|answers|columns|parameter):\s*(.*)")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NUMBERS = frozenset(v.XSD + name for name in ("integer", "decimal", "double", "float"))


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
    sparql = path.read_text(encoding="utf-8")
    found: dict[str, list[str]] = {"answers": [], "columns": [], "parameter": [], "name": []}
    for line in sparql.splitlines():
        if match := _HEADER.match(line):
            found[match[1]].append(match[2].strip())
    return Question(
        name=path.stem,
        answers=" ".join(found["answers"]),
        columns=dict(map(_described, found["columns"])),
        parameters=dict(map(_described, found["parameter"])),
        sparql=sparql,
    )


def _described(line: str) -> tuple[str, str]:
    name, _, meaning = line.partition(" ")
    return name, meaning.strip()


def ask(store: Store, question: str, params: Mapping[str, str] | None = None) -> Result:
    """Return the answer of `store` to a question.

    Args:
        store: what is asked.
        question: SPARQL, or the name of a ready question. The usual prefixes may be left out; the
            query sees the union of all graphs.
        params: values of the variables written with `$`; of a ready question all may be left out.

    Raises:
        UnknownQueryError: there is no ready question of that name.
        ForbiddenQueryError: the query would change the store or leave this machine.
        MalformedQueryError: the query does not parse.
        QueryError: a parameter is unknown.
    """
    return _answered(store, question, params, _result)


def named_nodes(
    store: Store, question: str, params: Mapping[str, str] | None = None
) -> tuple[frozenset[str], ...]:
    """Return the IRIs in each row of the answer, or in each triple of it; see `ask`.

    Where a SELECT shows no IRI, those count that its rows come from: all variables are looked at.
    """
    rows = _answered(store, question, params, _iris)
    if any(rows):
        return rows
    sparql = named(question.strip()).sparql if _NAME.fullmatch(question.strip()) else question
    if wider := _showing_all(sparql):
        rows = _answered(store, wider, params, _iris)
    return rows


def _showing_all(sparql: str) -> str:
    """Return a SELECT that shows all its variables, or nothing where it cannot."""
    tokens = list(_tokens(sparql))
    words = [text.upper() if kind == "word" else "" for kind, text in tokens]
    if "SELECT" not in words or "GROUP" in words:
        return ""
    start = words.index("SELECT")
    ends = ("WHERE", "FROM", "{")
    end = next(
        (n for n in range(start, len(tokens)) if words[n] in ends or tokens[n][1] in ends), start
    )
    text = ["".join(t for _, t in part) for part in (tokens[:start], tokens[end:])]
    return f"{text[0]}SELECT DISTINCT * {text[1]}"


def _answered(
    store: Store,
    question: str,
    params: Mapping[str, str] | None,
    read: Callable[[Results], _Read],
) -> _Read:
    sparql, known = question, None
    if _NAME.fullmatch(question.strip()):
        found = named(question.strip())
        sparql, known = found.sparql, found.parameters
    check(sparql)
    bound = bind(sparql, params or {}, known)
    try:
        return read(store.select(bound))
    except SyntaxError as error:
        raise malformed(error) from error
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the query fails: {error}") from error


def _iris(answer: Results) -> tuple[frozenset[str], ...]:
    rows: Iterable[Iterable[object]] = ()
    if isinstance(answer, ox.QuerySolutions):
        rows = answer
    elif isinstance(answer, ox.QueryTriples):
        rows = ((t.subject, t.predicate, t.object) for t in answer)
    found = (frozenset(t.value for t in row if isinstance(t, ox.NamedNode)) for row in rows)
    return tuple(dict.fromkeys(found))


def named(name: str) -> Question:
    """Return the ready question called `name`; an unknown one is an `UnknownQueryError`."""
    questions = ready()
    if name in questions:
        return questions[name]
    near = difflib.get_close_matches(name, questions, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"one of: {', '.join(questions)}"
    raise UnknownQueryError(f"there is no ready question {name!r}", hint=hint)


def _tokens(sparql: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(sparql):
        yield match.lastgroup or "other", match[0]


def check(sparql: str) -> None:
    """Refuse queries that would change the store or leave this machine.

    Raises:
        ForbiddenQueryError: it is an update, or uses SERVICE or `FROM` with a file.
    """
    form, file_in_head, words = "", False, set()
    for kind, text in _tokens(sparql):
        if kind == "iri" and text[1:].lower().startswith("file:"):
            file_in_head = True
        if kind != "word":
            continue
        word = text.upper()
        words.add(word)
        if not form and word in _QUERIES | _UPDATES:
            form = word
    if form in _UPDATES:
        raise ForbiddenQueryError(
            f"{form} changes the store, and a question only reads",
            hint="change the graph with kg build and kg remove",
        )
    if "SERVICE" in words:
        raise ForbiddenQueryError(
            "SERVICE asks another server, and a question stays on this machine",
            hint="ask each server by itself",
        )
    if "FROM" in words and file_in_head:
        raise ForbiddenQueryError(
            "FROM with a file reads outside the store", hint="leave FROM out to ask the whole store"
        )


def bind(sparql: str, params: Mapping[str, str], known: Mapping[str, str] | None = None) -> str:
    """Return the query with its `$` variables replaced by values.

    A value becomes a string literal, so it cannot change the query. A parameter of a ready question
    (named in `known`) that has no value becomes the empty string.

    Raises:
        QueryError: a value is given for a parameter that the query does not have.
    """
    found = {text[1:] for kind, text in _tokens(sparql) if kind == "variable" and text[0] == "$"}
    for name in params:
        if name not in found:
            hint = f"it has: {', '.join(sorted(found))}" if found else "it has none"
            raise QueryError(f"the query has no parameter {name!r}", hint=hint)
    values = {**dict.fromkeys(known or (), ""), **params}
    return "".join(
        str(v.plain(values[text[1:]]))
        if kind == "variable" and text[0] == "$" and text[1:] in values
        else text
        for kind, text in _tokens(sparql)
    )


def malformed(error: SyntaxError) -> MalformedQueryError:
    """Return the error for a query that does not parse, with line and column."""
    match = _PLACE.match(str(error))
    if match is None:
        return MalformedQueryError(f"the query does not parse: {error}")
    line, column, reason = match.groups()
    return MalformedQueryError(
        f"the query does not parse: {reason}",
        where=f"line {line}, column {column}",
        hint="see https://www.w3.org/TR/sparql11-query/",
    )


def _result(answer: Results) -> Result:
    if isinstance(answer, ox.QueryBoolean):
        return Result(columns=("answer",), rows=((bool(answer),),), form="ask")
    if isinstance(answer, ox.QuerySolutions):
        columns = tuple(variable.value for variable in answer.variables)
        rows = tuple(tuple(_plain(solution[c]) for c in columns) for solution in answer)
        return Result(columns=columns, rows=rows)
    assert isinstance(answer, ox.QueryTriples)
    triples = sorted(set(answer), key=str)
    text = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(v.PREFIXES))
    rows = tuple((_plain(t.subject), _plain(t.predicate), _plain(t.object)) for t in triples)
    return Result(
        columns=("subject", "predicate", "object"),
        rows=rows,
        form="construct",
        turtle=(text or b"").decode(),
    )


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
