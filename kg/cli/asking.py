"""Questions as the command line takes them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.errors import MalformedQueryError


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
