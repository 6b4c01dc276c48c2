"""SPARQL as text: what a query may do, and its parameters.

A question reads and never leaves this machine: updates, SERVICE, LOAD and `FROM <file:...>` are
refused on the tokens of the query, as the grammar reads them, so that words inside strings,
comments and IRIs do not count and no escape hides one.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping

from kg.errors import ForbiddenQueryError, MalformedQueryError, QueryError
from kg.rdf import vocabulary as v

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
_REASON = 160
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


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


def showing_all(sparql: str) -> str:
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


def behind_construct(sparql: str) -> str:
    """Return a SELECT of what a CONSTRUCT is made from, or nothing for another form."""
    tokens = list(_tokens(sparql))
    words = [text.upper() if kind == "word" else "" for kind, text in tokens]
    if "CONSTRUCT" not in words:
        return ""
    start = words.index("CONSTRUCT")
    depth, end = 0, start + 1
    while end < len(tokens) and (depth or words[end] not in ("WHERE", "FROM")):
        depth += {"{": 1, "}": -1}.get(tokens[end][1], 0)
        end += 1
        if not depth and tokens[end - 1][1] == "}":
            break
    text = ["".join(t for _, t in part) for part in (tokens[:start], tokens[end:])]
    return f"{text[0]}SELECT DISTINCT * {text[1]}"


def terms_in(sparql: str) -> frozenset[str]:
    """Return the IRIs of our own terms that a query names with the usual prefix or in full."""
    found = set()
    for kind, text in _tokens(sparql):
        if kind == "prefixed" and text.startswith("kg:"):
            found.add(v.KG + text[3:])
        elif kind == "iri" and text[1:].startswith(v.KG):
            found.add(text[1:-1])
    return frozenset(found)


def malformed(error: SyntaxError) -> MalformedQueryError:
    """Return the error for a query that does not parse, with line and column."""
    match = _PLACE.match(str(error))
    if match is None:
        return MalformedQueryError(f"the query does not parse: {error}")
    line, column, reason = match.groups()
    # The parser lists all it would have taken, letter by letter.
    reason = textwrap.shorten(reason, _REASON, placeholder=" ...")
    return MalformedQueryError(
        f"the query does not parse: {reason}",
        where=f"line {line}, column {column}",
        hint="see https://www.w3.org/TR/sparql11-query/",
    )
