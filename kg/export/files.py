"""Where exports go: a file that appears whole or not at all, standard output, or an open stream."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from kg.errors import WriteError

Target = str | Path | TextIO


@contextmanager
def opened(target: Target) -> Iterator[TextIO]:
    """Yield a stream for text that ends up at `target`; `-` is standard output.

    Files are UTF-8 with line feeds. A file is written beside its place and moved there at the end,
    so that a failure leaves what was there before.

    Raises:
        WriteError: the file cannot be written.
    """
    if target == "-":
        yield sys.stdout
        sys.stdout.flush()
    elif isinstance(target, str | Path):
        with _replaced(Path(target)) as stream:
            yield stream
    else:
        yield target


@contextmanager
def _replaced(path: Path) -> Iterator[TextIO]:
    part = path.with_name(f".{path.name[:100]}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        part.replace(path)
    except OSError as error:
        raise WriteError(
            f"cannot write: {error.strerror or error}", where=path, hint="check folder and space"
        ) from error
    finally:
        part.unlink(missing_ok=True)
