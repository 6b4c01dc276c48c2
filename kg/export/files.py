"""Opens the target of an export: a file (written atomically), standard output, or a stream."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOBase, TextIOWrapper
from pathlib import Path
from typing import TextIO, cast

from kg.disk import clear_leftovers, part_of, synced
from kg.errors import WriteError
from kg.text.controls import visible

Target = str | Path | TextIO
PACKED = ".gz"


@contextmanager
def opened(target: Target) -> Iterator[TextIO]:
    """Yield a text stream for writing to `target`; `-` is standard output.

    Files are UTF-8 with line feeds, gzipped if their name ends in .gz. A file is written under
    another name and renamed at the end, so that a failure leaves a previous file unchanged.
    Temporary files that killed processes left are deleted.

    Raises:
        WriteError: the file cannot be written.
    """
    if target == "-":
        terminal = cast(TextIO, _Visible(sys.stdout))
        yield terminal if sys.stdout.isatty() else sys.stdout
        sys.stdout.flush()
    elif isinstance(target, str | Path):
        with _replaced(Path(target)) as stream:
            yield stream
    else:
        yield target


class _Visible(TextIOBase):
    """A terminal; control characters in what is written to it become visible signs."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal

    def write(self, text: str) -> int:
        return self._terminal.write(visible(text))


@contextmanager
def _replaced(path: Path) -> Iterator[TextIO]:
    part = part_of(path)
    clear_leftovers(path)
    try:
        with _written(part, packed=path.suffix == PACKED) as stream:
            yield stream
        synced(part)
        part.replace(path)
    except OSError as error:
        raise WriteError(
            f"cannot write: {error.strerror or error}", where=path, hint="check folder and space"
        ) from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _written(path: Path, *, packed: bool) -> Iterator[TextIO]:
    if not packed:
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        return
    # No name and time in the gzip header, so that the same content gives the same bytes.
    with (
        path.open("wb") as file,
        gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packer,
        TextIOWrapper(packer, encoding="utf-8", newline="\n") as stream,
    ):
        yield stream
