"""What the commands share: their groups, their examples, the formats they print."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

_Function = TypeVar("_Function", bound=Callable[..., Any])
_PIPE_CLOSED = 141

FORMATS = click.Choice(["table", "csv", "tsv", "json"])
FORMAT_HELP = "How to print rows; by default a table on a terminal and CSV in a pipe."
MODEL_HELP = "A spaCy pipeline by name or path."


class Ordered(click.Group):
    """A group that lists its commands in the order of a first visit."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order in which they were added."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; when whoever reads its output has enough, end as a signal would."""
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # Without this Python would complain once more when it closes standard output.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(_PIPE_CLOSED)
        return done


def example(*lines: str) -> Callable[[_Function], _Function]:
    """Add examples to the help of a command; goes below `@command`."""

    def add(function: _Function) -> _Function:
        block = "\n    ".join(("\b", *lines))
        function.__doc__ = f"{function.__doc__}\n\n    Example:\n\n    {block}\n"
        return function

    return add
