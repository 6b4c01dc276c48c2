"""A folder of files that takes its place whole or not at all.

What it wrote stands in a list inside the folder, unless its files have fixed names. Only these are
ever replaced or deleted, so that files which somebody else put there (`CNAME`, `.git`) stay.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from kg.disk import clear_leftovers, exchange, leftovers, part_of
from kg.errors import WriteError

LIST = ".kg-site"
_HEADER = (
    "# Files of this site, written by kg export; anything else in this folder is left alone.\n"
)


class Folder:
    """Files written beside `path`, which replace what is there when the context ends well."""

    def __init__(self, path: str | Path, *, fixed: bool = False) -> None:
        """Take the place of the folder; nothing is written yet.

        Args:
            path: the folder.
            fixed: its files have the same names each time, so that no list of them is needed and
                they may lie among others.

        Raises:
            WriteError: it is a file, or a folder with content that no list names as ours.
        """
        self.path = Path(path).resolve()
        self._fixed = fixed
        self._part = part_of(self.path)
        self._names: list[str] = []
        with _reported(self.path):
            self._check()

    def _check(self) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise WriteError(
                "there is a file of that name", where=self.path, hint="name another folder"
            )
        if self._fixed or not self.path.is_dir() or not any(self.path.iterdir()):
            return
        if not (self.path / LIST).is_file():
            raise WriteError(
                "the folder holds files that were not written by kg export",
                where=self.path,
                hint="name a new or an empty folder",
            )

    def __enter__(self) -> Self:
        """Make the folder that the files go to first."""
        with _reported(self.path):
            self._recover()
            shutil.rmtree(self._part, ignore_errors=True)
            self._part.mkdir(parents=True)
        return self

    def _recover(self) -> None:
        """Make up for processes that were killed: put back what they took away."""
        for old in leftovers(self.path, "old"):
            if self.path.exists():
                shutil.rmtree(old, ignore_errors=True)
            else:
                old.rename(self.path)
        clear_leftovers(self.path)

    def write(self, name: str, text: str) -> None:
        """Write a file in UTF-8 with line feeds; `name` is its path inside the folder."""
        with self.opened(name) as stream:
            stream.write(text)

    @contextmanager
    def opened(self, name: str) -> Iterator[TextIO]:
        """Yield a stream for such a file."""
        with _reported(self.path / name):
            file = self._part / name
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("w", encoding="utf-8", newline="\n") as stream:
                yield stream
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
        if not self._fixed:
            listed = _HEADER + "".join(f"{name}\n" for name in sorted(self._names))
            (self._part / LIST).write_text(listed, encoding="utf-8", newline="\n")
        if not self.path.exists():
            self._part.rename(self.path)
            return
        ours = set(self._names) if self._fixed else _listed_in(self.path)
        _keep_strangers(self.path, self._part, ours)
        if exchange(self._part, self.path):
            return
        old = part_of(self.path, "old")
        self.path.rename(old)
        try:
            self._part.rename(self.path)
        except OSError:
            old.rename(self.path)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _listed_in(folder: Path) -> set[str]:
    """Return the names that the list in a folder has, and its own."""
    if not (folder / LIST).is_file():
        return {LIST}
    lines = (folder / LIST).read_text(encoding="utf-8").splitlines()
    return {LIST, *(line for line in lines if not line.startswith("#"))}


def _keep_strangers(old: Path, new: Path, ours: set[str]) -> None:
    """Have a new folder what an old one holds beyond `ours`, unless that has its own.

    Files get a second name instead of being moved, so that the old folder stays whole until the
    new one takes its place.
    """
    folders = {parent.as_posix() for name in ours for parent in Path(name).parents} - {"."}

    def keep(folder: Path) -> None:
        for item in sorted(folder.iterdir()):
            name = item.relative_to(old).as_posix()
            place = new / name
            if place.exists() and not place.is_dir():
                continue
            if item.is_dir() and not item.is_symlink():
                if name not in folders and name not in ours and not place.exists():
                    place.mkdir(parents=True)
                    shutil.copystat(item, place)
                if name in folders or name not in ours:
                    keep(item)
            elif name not in ours and not os.path.lexists(place):
                place.parent.mkdir(parents=True, exist_ok=True)
                _doubled(item, place)

    keep(old)


def _doubled(item: Path, place: Path) -> None:
    """Give a file a second name, or where the file system knows none, copy it."""
    try:
        os.link(item, place, follow_symlinks=False)
    except OSError:
        shutil.copy2(item, place, follow_symlinks=False)


@contextmanager
def _reported(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WriteError(
            f"cannot write: {error.strerror or error}", where=place, hint="check folder and space"
        ) from error
