"""Writes a folder of files atomically: all of them or none.

A list inside the folder names the files that were written, unless their names are fixed. Only these
are ever replaced or deleted, so that other files (`CNAME`, `.git`) are kept.

For each file the list has a hash of its inputs and one of its content. A file with the same inputs
is not made again: it is hard-linked into the new folder, with its modification time. If no file
changes, nothing is written.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from kg.disk import clear_leftovers, exchange, leftovers, part_of
from kg.errors import WriteError

LIST = ".kg-site"
_HEADER = (
    "# Files of this site, written by kg export; anything else in this folder is left alone.\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Numbers of files after a folder was written, without files of others.

    Attributes:
        files: all files.
        written: files that are new or changed.
        deleted: files that were deleted.
    """

    files: int
    written: int
    deleted: int


class Folder:
    """A context manager for writing a folder under another name and renaming it at the end."""

    def __init__(self, path: str | Path, *, fixed: bool = False) -> None:
        """Check the folder; nothing is written yet.

        Args:
            path: path of the folder.
            fixed: the files have the same names each time, so that no list is needed and the folder
                may have files of others.

        Raises:
            WriteError: it is a file, or a folder that has files but no list.
        """
        self.path = Path(path).resolve()
        self.changes = Changes(files=0, written=0, deleted=0)
        self._fixed = fixed
        self._part = part_of(self.path)
        self._old: dict[str, str] = {}  # hashes of listed files, not yet written or kept
        self._new: dict[str, str] = {}  # hashes of the files of the new folder
        self._written: set[str] = set()
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
        """Clean up after killed processes, and read the list of files."""
        with _reported(self.path):
            self._recover()
            shutil.rmtree(self._part, ignore_errors=True)
            if self._fixed:
                self._part.mkdir(parents=True)
            else:
                self._old = _listed_in(self.path)
        return self

    def _recover(self) -> None:
        """Clean up after killed processes: restore a folder that was being replaced."""
        for old in leftovers(self.path, "old"):
            if self.path.exists():
                shutil.rmtree(old, ignore_errors=True)
            else:
                old.rename(self.path)
        clear_leftovers(self.path)

    def keeps(self, name: str, made_of: str) -> bool:
        """Keep a file if it was made of the same inputs and not changed since.

        Args:
            name: path of the file inside the folder.
            made_of: hash of all inputs of its content.

        Returns:
            Whether the file is kept; if not, it has to be written.
        """
        known = self._old.get(name, "")
        before, _, content = known.partition(" ")
        if not content or before != made_of or _content_of(self.path / name) != content:
            return False
        self._new[name] = self._old.pop(name)
        return True

    def write(self, name: str, text: str, *, made_of: str = "-") -> None:
        """Write a file in UTF-8, or keep it if it has the same content.

        Args:
            name: path of the file inside the folder.
            text: its content, with line feeds.
            made_of: hash of all inputs of the text, for `keeps`.
        """
        content = _hash(text.encode("utf-8"))
        same = name in self._old and _content_of(self.path / name) == content
        if not same:
            with self.opened(name) as stream:
                stream.write(text)
            self._written.add(name)
        self._old.pop(name, None)
        self._new[name] = f"{made_of} {content}"

    @contextmanager
    def opened(self, name: str) -> Iterator[TextIO]:
        """Yield a text stream for writing a file, in UTF-8 with line feeds."""
        with _reported(self.path / name):
            file = self._part / name
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("w", encoding="utf-8", newline="\n") as stream:
                yield stream
        self._new.setdefault(name, "")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Replace the folder by the new one; after an error leave it unchanged."""
        try:
            if error is None:
                with _reported(self.path):
                    self._finish()
        finally:
            shutil.rmtree(self._part, ignore_errors=True)

    def _finish(self) -> None:
        self.changes = Changes(
            files=len(self._new), written=len(self._written), deleted=len(self._old)
        )
        if not self._fixed:
            listed = _HEADER + "".join(
                f"{name} {hashes}\n" for name, hashes in sorted(self._new.items())
            )
            listed_already = _hash(listed.encode("utf-8")) == _content_of(self.path / LIST)
            if listed_already and not self._written and not self._old:
                return
            self._part.mkdir(parents=True, exist_ok=True)
            if not listed_already:
                (self._part / LIST).write_text(listed, encoding="utf-8", newline="\n")
            self._keep(listed=listed_already)
        if not self.path.exists():
            self._part.rename(self.path)
            return
        ours = {LIST, *self._old, *self._new} if not self._fixed else set(self._new)
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

    def _keep(self, *, listed: bool) -> None:
        """Hard-link the kept files, and the list if it is unchanged, into the new folder."""
        for name in sorted({*self._new, *((LIST,) if listed else ())} - self._written):
            place = self._part / name
            place.parent.mkdir(parents=True, exist_ok=True)
            _doubled(self.path / name, place)


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _content_of(file: Path) -> str:
    """Return the hash of a file's content; empty if it cannot be read."""
    with suppress(OSError):
        if not file.is_symlink():
            with file.open("rb") as stream:
                found = hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=16))
                return found.hexdigest()
    return ""


def _listed_in(folder: Path) -> dict[str, str]:
    """Return the files in a folder's list with their hashes; lists of early versions have none."""
    if not (folder / LIST).is_file():
        return {}
    lines = (folder / LIST).read_text(encoding="utf-8").splitlines()
    parts = (line.partition(" ") for line in lines if not line.startswith("#"))
    return {name: hashes for name, _, hashes in parts}


def _keep_strangers(old: Path, new: Path, ours: set[str]) -> None:
    """Hard-link files of others (not in `ours`) into the new folder, unless it has such names.

    Files are linked, not moved, so that the old folder stays complete until it is replaced.
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
    """Hard-link a file; copy it if the file system has no hard links."""
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
