"""The command line: each command a few lines over a function that Python users call too.

Data goes to standard output and words to standard error. Exit codes: 0 done; 1 ran well and the
answer is no; 2 wrong use, or nothing could be done; 3 some articles failed and the rest is stored.
"""

from __future__ import annotations

from collections.abc import Sequence

import click

from kg.cli.commands import commands
from kg.cli.options import close_output
from kg.errors import KgError, WriteError

INTERRUPTED = 130


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; only errors that are a bug come out of it."""
    try:
        code = commands.main(list(arguments), prog_name="kg", standalone_mode=False)
    except KgError as error:
        click.echo(f"kg: {error}", err=True)
        return 2
    except OSError as error:
        # Files that cannot be opened have a name; those that are written report it themselves.
        if error.filename is not None:
            raise
        close_output()
        reason = f"cannot write: {error.strerror or error}"
        told = WriteError(reason, where="standard output", hint="make space, or name a file")
        click.echo(f"kg: {told}", err=True)
        return 2
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    return code if isinstance(code, int) else 0
