"""A folder of files that takes its place whole or not at all.

What it wrote stands in a list inside the folder, unless its files have fixed names. Only these are
ever replaced or deleted, so that files which somebody else put there (`CNAME`, `.git`) stay.

The list has, for each file, a hash of what it was made of and one of its content. So a file that
would be the same need not be made again; it gets a second name in the new folder, and keeps its
time. Where nothing would change, nothing is written at all.
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
    """What writing a folder changed.

    Attributes:
        files: how many files of ours it has.
        written: how many of these are new or differ from what was there.
        deleted: how many files of ours are gone.
    """

    files: int
    written: int
    deleted: int


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
        self.changes = Changes(files=0, written=0, deleted=0)
        self._fixed = fixed
        self._part = part_of(self.path)
        self._old: dict[str, str] = {}  # hashes of the files that were ours and are not yet again
        self._new: dict[str, str] = {}  # hashes of the files that are to be there
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
        """Clear up after processes that were killed, and see what there is."""
        with _reported(self.path):
            self._recover()
            shutil.rmtree(self._part, ignore_errors=True)
            if self._fixed:
                self._part.mkdir(parents=True)
            else:
                self._old = _listed_in(self.path)
        return self

    def _recover(self) -> None:
        """Make up for processes that were killed: put back what they took away."""
        for old in leftovers(self.path, "old"):
            if self.path.exists():
                shutil.rmtree(old, ignore_errors=True)
            else:
                old.rename(self.path)
        clear_leftovers(self.path)

    def keeps(self, name: str, made_of: str) -> bool:
        """Return whether a file is there as it was made of the same; then it stays.

        What somebody changed in it since then, or deleted, is not the same.

        Args:
            name: path of the file inside the folder.
            made_of: hash of all that its content depends on.
        """
        known = self._old.get(name, "")
        before, _, content = known.partition(" ")
        if not content or before != made_of or _content_of(self.path / name) != content:
            return False
        self._new[name] = self._old.pop(name)
        return True

    def write(self, name: str, text: str, *, made_of: str = "-") -> None:
        """Have a file with a text in UTF-8; one of ours that holds just that stays.

        Args:
            name: path of the file inside the folder.
            text: its content, with line feeds.
            made_of: hash of all that the text depends on, for `keeps`.
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
        """Yield a stream for a file in UTF-8 with line feeds."""
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
        """Put the files in place, or after an error leave everything as it was."""
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
        """Have the new folder those of our files that are as they were, maybe the list as well."""
        for name in sorted({*self._new, *((LIST,) if listed else ())} - self._written):
            place = self._part / name
            place.parent.mkdir(parents=True, exist_ok=True)
            _doubled(self.path / name, place)


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _content_of(file: Path) -> str:
    """Return the hash of a file's content; empty where there is none that can be read."""
    with suppress(OSError):
        if not file.is_symlink():
            with file.open("rb") as stream:
                found = hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=16))
                return found.hexdigest()
    return ""


def _listed_in(folder: Path) -> dict[str, str]:
    """Return the hashes of each file that the list in a folder names; earlier lists have none."""
    if not (folder / LIST).is_file():
        return {}
    lines = (folder / LIST).read_text(encoding="utf-8").splitlines()
    parts = (line.partition(" ") for line in lines if not line.startswith("#"))
    return {name: hashes for name, _, hashes in parts}


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
