"""The command line: each command is a thin layer over a function of the Python interface.

Data goes to standard output, messages to standard error. Exit codes: 0 done; 1 ran well and the
answer is no; 2 wrong use, or nothing could be done; 3 some articles failed and the rest is stored.
"""

from __future__ import annotations

from collections.abc import Sequence

import click

from kg.cli.commands import commands
from kg.cli.options import close_output
from kg.errors import KgError, WriteError

INTERRUPTED = 130  # what a shell reports for a program ended by SIGINT: 128 + 2


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code.

    Expected errors are printed on standard error; only a bug raises an exception here.
    """
    try:
        code = commands.main(list(arguments), prog_name="kg", standalone_mode=False)
    except KgError as error:
        click.echo(f"kg: {error}", err=True)
        return 2
    except OSError as error:
        # Exporters raise WriteError themselves, so an error without a file name concerns standard
        # output. An error with one was not expected: raise it.
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
