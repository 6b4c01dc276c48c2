"""Questions as the command line takes them."""

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
_VERIFYING = 10.0  # seconds

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
    """Add the options that limit time and memory to a command."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def limiting(function: _Function) -> _Function:
    """Add the options that limit a question to a command."""
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
    """Return the answer of a store; where it was cut, say so on standard error."""
    from kg.query.questions import ask
    from kg.store import open_store

    limits = limits_of(limit=limit, timeout=timeout, memory=memory)
    # The store is opened by the process that answers: opened here, it would be opened twice.
    try:
        result = ask(partial(open_store, store), question, params, limits=limits)
    except QueryMemoryError:
        with open_store(store) as opened:
            opened.verify(_VERIFYING)  # a damaged store can take any memory
        raise
    if not result.complete:
        tell_cut(limit)
    return result


def limits_of(*, limit: int = 0, timeout: float, memory: int) -> Limits:
    """Return the limits that the options of `limiting` or `bounding` stand for."""
    return Limits(seconds=timeout or None, rows=limit or None, megabytes=memory or None)


def tell_cut(limit: int) -> None:
    """Say on standard error that an answer has more rows than were asked for."""
    click.echo(f"kg: only the first {limit:,} rows; --limit raises the number", err=True)


def sparql(question: str) -> str:
    """Return the query that an argument stands for: itself, a file's content or standard input."""
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
    """Return parameters by name; one that is not KEY=VALUE is wrong use."""
    if any("=" not in param for param in params):
        raise click.UsageError("--param takes KEY=VALUE", click.get_current_context(silent=True))
    return dict(param.partition("=")[::2] for param in params)
