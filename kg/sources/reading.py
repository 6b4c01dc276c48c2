"""Reads articles from paths; a broken file does not stop the others."""

from __future__ import annotations

import io
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from kg.errors import ArticleError, MalformedArticleError, UnreadablePathError
from kg.records import Article
from kg.sources import decoding, jsonlines
from kg.sources.finding import OnError, discover
from kg.sources.formats import Format, Source, by_name, of_content

_SNIFFED = 512  # bytes by which the format of a stream is recognised; chosen, not measured


def read(
    paths: Iterable[str | Path],
    *,
    stdin: BinaryIO | None = None,
    on_error: OnError | None = None,
    follow_links: bool = False,
) -> Iterator[Article]:
    """Yield the articles that `paths` name; see `discover` for what a path may be.

    Args:
        paths: files, folders, patterns, and `-` for standard input.
        stdin: the stream for `-`, by default the standard input of the process. Its format (JSON
            Lines, HTML or text) is recognised by its first bytes.
        on_error: called with each error, after which reading continues; without it the first error
            is raised.
        follow_links: follow symbolic links that lead out of a folder; see `discover`.

    Raises:
        ArticleError: a file cannot be read and there is no `on_error`.
    """

    def fail(error: ArticleError) -> None:
        if on_error is None:
            raise error
        on_error(error)

    seen: dict[str, str] = {}
    for source in discover(paths, on_error, follow_links=follow_links):
        for found in _articles(source, stdin):
            if isinstance(found, ArticleError):
                fail(found)
            elif found.id not in seen:
                seen[found.id] = found.digest
                yield found
            elif seen[found.id] != found.digest:
                fail(
                    MalformedArticleError(
                        f"another article is called {found.id!r} as well",
                        where=source.name,
                        hint="give each article an id of its own",
                    )
                )


def count(paths: Iterable[str | Path], *, follow_links: bool = False) -> int:
    """Return an upper bound of the number of articles in `paths`, for a progress bar.

    JSON Lines files are read once to count their lines; standard input is not read.
    """
    total = 0
    for source in discover(paths, on_error=lambda error: None, follow_links=follow_links):
        many = bool(source.format) and by_name()[source.format].many
        if many and source.path is not None and source.path.is_file():
            try:
                with source.path.open("rb") as file:
                    total += jsonlines.count(decoding.unpacked(file))
            except (OSError, *decoding.DAMAGE):
                total += 1
        else:
            total += 1
    return total


def _articles(source: Source, stdin: BinaryIO | None) -> Iterator[Article | ArticleError]:
    try:
        if source.path is None:
            yield from _from_stream(stdin or sys.stdin.buffer, source)
        else:
            with _opened(source) as file:
                yield from _from_stream(file, source)
    except ArticleError as error:
        yield error
    except OSError as error:
        yield UnreadablePathError(
            f"the file cannot be read: {error.strerror or error}",
            where=source.name,
            hint="check its permissions",
        )
    except Exception as error:  # a bug of this program must not lose the following files
        yield decoding.unreadable(source.name, error)


def _opened(source: Source) -> BinaryIO:
    """Open a file, pipe or device for reading; a socket is an error."""
    assert source.path is not None
    mode = source.path.stat().st_mode
    if stat.S_ISSOCK(mode):
        raise UnreadablePathError(
            "it is a socket, not a file", where=source.name, hint="give a file"
        )
    return source.path.open("rb")


def _from_stream(stream: BinaryIO, source: Source) -> Iterator[Article | ArticleError]:
    unpacked = decoding.unpacked(stream)
    format_ = by_name()[source.format] if source.format else _sniffed(unpacked)
    yield from format_.reader()(unpacked, source)


def _sniffed(stream: io.BufferedReader) -> Format:
    start = stream.peek(_SNIFFED)[:_SNIFFED].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return of_content(start)
