"""What several commands share: command classes, help texts, examples, output formats."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

_Function = TypeVar("_Function", bound=Callable[..., Any])
_PIPE_CLOSED = 141  # what a shell reports for a program ended by SIGPIPE: 128 + 13

FORMATS = click.Choice(["table", "csv", "tsv", "json"])
FORMAT_HELP = "How to print rows; by default a table on a terminal and CSV in a pipe."
MODEL_HELP = "A language pipeline by name or path."
RAW_HELP = "Leave cells as they are that a spreadsheet would run as formulas."
STORE_HELP = "A folder, or a SPARQL server as QUERY,UPDATE[,GRAPH_STORE]."


class Command(click.Command):
    """A command whose argument STORE may also be given as the option `--store`."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Create the command; if it has the argument STORE, add the option `--store`."""
        super().__init__(*args, **options)
        arguments = [p.name for p in self.params if isinstance(p, click.Argument)]
        self.on_store = arguments[:1] == ["store"]
        if self.on_store:
            names = ["--store", "store_by_option"]
            option = click.Option(names, metavar="STORE", expose_value=False, help=STORE_HELP)
            self.params.append(option)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments, with the value of `--store` moved to the place of STORE."""
        return super().parse_args(ctx, _store_first(args) if self.on_store else args)


def _store_first(args: list[str]) -> list[str]:
    for number, word in enumerate(args):
        if word == "--":
            break
        if word == "--store" and number + 1 < len(args):
            return [args[number + 1], *args[:number], *args[number + 2 :]]
        if word.startswith("--store="):
            return [word.partition("=")[2], *args[:number], *args[number + 1 :]]
    return args


class Ordered(click.Group):
    """A group that lists its commands as they were added: in the order in which users need them."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order in which they were added."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; exit with 141 if the reader of its output (such as `head`) ends first."""
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            close_output()
            ctx.exit(_PIPE_CLOSED)
        return done


def close_output() -> None:
    """Discard unwritten output, so that Python does not report a broken pipe when it exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def example(*lines: str) -> Callable[[_Function], _Function]:
    """Return a decorator that adds examples to a command's help; put it below `@command`."""

    def add(function: _Function) -> _Function:
        block = "\n    ".join(("\b", *lines))
        function.__doc__ = f"{function.__doc__}\n\n    Example:\n\n    {block}\n"
        return function

    return add
