"""Finds the files with articles, and gives each article its identifier."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from glob import glob, has_magic
from itertools import count
from pathlib import Path

from kg.errors import (
    KgError,
    MalformedArticleError,
    MissingPathError,
    NoArticlesError,
    UnreadablePathError,
)
from kg.sources.formats import Source, by_suffix

STDIN = "-"
_PACKED = ".gz"
OnError = Callable[[KgError], None]


def discover(
    paths: Iterable[str | Path],
    on_error: OnError | None = None,
    *,
    follow_links: bool = False,
) -> tuple[Source, ...]:
    """Return the files that `paths` name, each once, in the order given.

    A folder stands for all articles below it, in the order of their paths, without hidden files and
    without a README that has no front matter. A path with `*`, `?` or `[` is a glob pattern (`**`
    too), unless a file has that name. `-` is standard input. If two files have the same name, the
    names of their folders are put before it, as many as needed to distinguish them.

    A path that the caller names is read whatever it is. Below a folder only files are read: pipes,
    sockets, devices, and symbolic links that lead out of the folder (without `follow_links`), are
    skipped and reported as errors.

    Args:
        paths: files, folders, patterns, `-`.
        on_error: called with each error, after which the search continues; without it the first
            error is raised.
        follow_links: follow symbolic links that lead out of a folder, each folder once.

    Raises:
        MissingPathError: a path does not exist or a pattern matches nothing.
        NoArticlesError: a folder holds no article.
        MalformedArticleError: a named file has a suffix that is not read.
    """
    found: dict[str, Source] = {}
    for path in paths:
        try:
            for source in _expand(str(path), follow_links):
                if isinstance(source, KgError):
                    if on_error is None:
                        raise source
                    on_error(source)
                    continue
                key = STDIN if source.path is None else os.path.realpath(source.path)
                found.setdefault(key, source)
        except KgError as error:
            if on_error is None:
                raise
            on_error(error)
    return _named(list(found.values()))


def _expand(path: str, follow: bool) -> Sequence[Source | KgError]:
    if path == STDIN:
        return [Source(path=None, id="stdin", format="")]
    if not os.path.lexists(path) and has_magic(path):
        # glob.glob, because Path.glob refuses absolute patterns.
        matches = [Path(match) for match in sorted(glob(path, recursive=True))]  # noqa: PTH207
        if not matches:
            raise MissingPathError(
                "no file matches the pattern", where=path, hint="quote it, or check the spelling"
            )
        return [source for match in matches for source in _at(match, follow)]
    return _at(Path(path), follow)


def _at(path: Path, follow: bool) -> Sequence[Source | KgError]:
    if path.is_dir():
        return _within(path, follow)
    if not path.exists():
        raise MissingPathError(
            "there is no such file or folder", where=path, hint="check the spelling"
        )
    stem, suffix = _split(path)
    known = by_suffix()
    if suffix and suffix not in known:
        raise MalformedArticleError(
            f"{suffix} files are not read",
            where=path,
            hint=f"give {' '.join(known)}, or hand it over on standard input",
        )
    return [Source(path=path, id=stem, format=known[suffix].name if suffix else "")]


def _within(folder: Path, follow: bool) -> list[Source | KgError]:
    found: list[Source] = []
    passed: list[KgError] = []
    known = by_suffix()
    root, seen = Path(os.path.realpath(folder)), {os.path.realpath(folder)}
    for parent, folders, files in os.walk(folder, followlinks=True):
        inner = sorted(name for name in folders if not name.startswith("."))
        folders[:] = []
        for name in inner:
            path = Path(parent) / name
            real = os.path.realpath(path)
            if not follow and path.is_symlink() and not Path(real).is_relative_to(root):
                passed.append(_leading_out(path))
            elif real not in seen:  # links may lead in a circle
                seen.add(real)
                folders.append(name)
        for name in sorted(files):
            path = Path(parent) / name
            stem, suffix = _split(path)
            if name.startswith(".") or suffix not in known:
                continue
            out = path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root)
            if out and not follow:
                passed.append(_leading_out(path))
                continue
            if path.exists() and not path.is_file():
                passed.append(
                    UnreadablePathError(
                        "it is a pipe, a socket or a device, not a file",
                        where=path,
                        hint="name it to have it read",
                    )
                )
                continue
            if stem.lower() == "readme" and not _has_front_matter(path):
                continue
            found.append(Source(path=path, id=stem, format=known[suffix].name))
    if not found and not passed:
        raise NoArticlesError(
            "the folder holds no article", where=folder, hint=f"they end in {' '.join(known)}"
        )
    return [*passed, *sorted(found, key=lambda source: source.path.parts if source.path else ())]


def _leading_out(path: Path) -> UnreadablePathError:
    return UnreadablePathError(
        "it is a link that leads out of the folder; it is not followed",
        where=path,
        hint="name what it leads to, or use --follow-links",
    )


def _split(path: Path) -> tuple[str, str]:
    """Return a file's name without its suffix, and the suffix in lower case, ignoring `.gz`."""
    name = path.name
    if name.lower().endswith(_PACKED):
        name = name[: -len(_PACKED)]
    stem, suffix = os.path.splitext(name)  # noqa: PTH122  pathlib drops a trailing dot
    return stem or name, suffix.lower()


def _has_front_matter(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(16).lstrip(b"\xef\xbb\xbf").startswith((b"---\n", b"---\r\n"))
    except OSError:
        return False


def _named(sources: list[Source]) -> tuple[Source, ...]:
    """Return `sources` with names of folders put before identifiers that are not unique."""
    beside = Counter((s.path.parent, s.id) for s in sources if s.path)
    sources = [
        replace(s, id=s.path.name) if s.path and beside[s.path.parent, s.id] > 1 else s
        for s in sources
    ]
    names = [s.id for s in sources]
    for depth in count(1):
        shared = {name for name, times in Counter(names).items() if times > 1}
        longer = [
            _under_folders(s, depth) if name in shared else name
            for s, name in zip(sources, names, strict=True)
        ]
        if longer == names:
            break
        names = longer
    return tuple(replace(s, id=name) for s, name in zip(sources, names, strict=True))


def _under_folders(source: Source, depth: int) -> str:
    if source.path is None:
        return source.id
    folders = Path(os.path.abspath(source.path)).parent.parts[1:]  # noqa: PTH100  keeps links
    return "/".join((*folders[-depth:], source.id))
