"""A folder of files that takes its place whole or not at all.

What it wrote stands in a list inside the folder. Only what a list names is ever replaced or
deleted, so that files which somebody else put there (`CNAME`, `.git`) stay.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.errors import WriteError

LIST = ".kg-site"
_HEADER = (
    "# Files of this site, written by kg export; anything else in this folder is left alone.\n"
)


class Folder:
    """Files written beside `path`, which replace what is there when the context ends well."""

    def __init__(self, path: str | Path) -> None:
        """Take the place of the folder; nothing is written yet.

        Raises:
            WriteError: it is a file, or a folder with content that no list names as ours.
        """
        self.path = Path(path).resolve()
        self._part = self.path.with_name(f".{self.path.name[:100]}.{os.getpid()}.part")
        self._names: list[str] = []
        with _reported(self.path):
            self._check()

    def _check(self) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise WriteError(
                "there is a file of that name", where=self.path, hint="name another folder"
            )
        if self.path.is_dir() and any(self.path.iterdir()) and not (self.path / LIST).is_file():
            raise WriteError(
                "the folder holds files that were not written by kg export",
                where=self.path,
                hint="name a new or an empty folder",
            )

    def __enter__(self) -> Self:
        """Make the folder that the files go to first."""
        with _reported(self.path):
            shutil.rmtree(self._part, ignore_errors=True)
            self._part.mkdir(parents=True)
        return self

    def write(self, name: str, text: str) -> None:
        """Write a file in UTF-8 with line feeds; `name` is its path inside the folder."""
        with _reported(self.path / name):
            file = self._part / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        self._names.append(name)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Put the files in place, or after an error leave everything as it was."""
        try:
            if error is None:
                with _reported(self.path):
                    self._finish()
        finally:
            shutil.rmtree(self._part, ignore_errors=True)

    def _finish(self) -> None:
        listed = _HEADER + "".join(f"{name}\n" for name in sorted(self._names))
        (self._part / LIST).write_text(listed, encoding="utf-8", newline="\n")
        if not self.path.exists():
            self._part.rename(self.path)
            return
        old = self.path.with_name(f".{self.path.name[:100]}.{os.getpid()}.old")
        self.path.rename(old)
        try:
            self._part.rename(self.path)
        except OSError:
            old.rename(self.path)
            raise
        _move_strangers(old, self.path)
        shutil.rmtree(old, ignore_errors=True)


def _move_strangers(old: Path, new: Path) -> None:
    """Move what an old folder holds beyond its list to the new one, unless that has its own."""
    ours = {LIST}
    if (old / LIST).is_file():
        lines = (old / LIST).read_text(encoding="utf-8").splitlines()
        ours |= {line for line in lines if not line.startswith("#")}
    folders = {parent.as_posix() for name in ours for parent in Path(name).parents} - {"."}

    def move(folder: Path) -> None:
        for item in sorted(folder.iterdir()):
            name = item.relative_to(old).as_posix()
            if name in folders and item.is_dir() and not item.is_symlink():
                move(item)
            elif name not in ours and not (new / name).exists():
                (new / name).parent.mkdir(parents=True, exist_ok=True)
                item.rename(new / name)

    move(old)


@contextmanager
def _reported(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WriteError(
            f"cannot write: {error.strerror or error}", where=place, hint="check folder and space"
        ) from error
