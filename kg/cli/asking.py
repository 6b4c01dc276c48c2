"""Options and arguments of commands that query a store."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.errors import MalformedQueryError, QueryMemoryError
from kg.sandbox.limits import STANDARD, Limits

if TYPE_CHECKING:
    from kg.query.results import Result

_Function = TypeVar("_Function", bound=Callable[..., Any])

_ROWS = click.option(
    "--limit",
    type=click.IntRange(0),
    default=STANDARD.rows,
    show_default=True,
    help="Rows that an answer may have; 0 for any number.",
)
_VERIFYING = 10.0  # seconds for the check of a store after a query ran out of memory; chosen

_OPTIONS = (
    click.option(
        "--timeout",
        type=click.FloatRange(0),
        default=STANDARD.seconds,
        show_default=True,
        help="Seconds that it may take; 0 for any time.",
    ),
    click.option(
        "--memory",
        type=click.IntRange(0),
        default=STANDARD.megabytes,
        show_default=True,
        help="Megabytes that it may use; 0 for any number.",
    ),
)


def bounding(function: _Function) -> _Function:
    """Add the options `--timeout` and `--memory` to a command."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def limiting(function: _Function) -> _Function:
    """Add the options `--limit`, `--timeout` and `--memory` to a command."""
    return _ROWS(bounding(function))


def asked(
    store: str,
    question: str,
    params: Mapping[str, str],
    *,
    limit: int,
    timeout: float,
    memory: int,
) -> Result:
    """Query a store and return the result.

    Warns on standard error if the result has more than `limit` rows.

    Args:
        store: path of the store, or its SPARQL server.
        question: SPARQL, or the name of a ready question.
        params: values of the ready question's parameters, by name.
        limit: most rows; 0 for any number.
        timeout: most seconds; 0 for any time.
        memory: most megabytes; 0 for any number.
    """
    from kg.query.questions import ask
    from kg.store import open_store

    limits = limits_of(limit=limit, timeout=timeout, memory=memory)
    # Only the worker process opens the store; opening it here as well would take twice the time.
    try:
        result = ask(partial(open_store, store), question, params, limits=limits)
    except QueryMemoryError:
        with open_store(store) as opened:
            opened.verify(_VERIFYING)  # damage may be the cause: it can make a query eat memory
        raise
    if not result.complete:
        tell_cut(limit)
    return result


def limits_of(*, limit: int = 0, timeout: float, memory: int) -> Limits:
    """Return the values of the options of `limiting` or `bounding` as limits; 0 means none."""
    return Limits(seconds=timeout or None, rows=limit or None, megabytes=memory or None)


def tell_cut(limit: int) -> None:
    """Warn on standard error that a result was cut to `limit` rows."""
    click.echo(f"kg: only the first {limit:,} rows; --limit raises the number", err=True)


def sparql(question: str) -> str:
    """Return the query text that a command-line argument refers to.

    `-` is standard input, a name that ends in .rq or .sparql a file, anything else the query itself
    or the name of a ready question.

    Raises:
        MalformedQueryError: the file cannot be read.
    """
    if question == "-":
        return sys.stdin.read()
    if not question.lower().endswith((".rq", ".sparql")):
        return question
    try:
        return Path(question).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise MalformedQueryError(
            f"the file cannot be read: {reason}", where=question, hint="name a file with SPARQL"
        ) from error


def pairs(params: tuple[str, ...]) -> dict[str, str]:
    """Return the values of `--param KEY=VALUE` by key.

    Raises:
        click.UsageError: one has no `=`.
    """
    if any("=" not in param for param in params):
        raise click.UsageError("--param takes KEY=VALUE", click.get_current_context(silent=True))
    return dict(param.partition("=")[::2] for param in params)
