"""Reads JSON Lines, a common format of news archives: one article on each line."""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterator

from kg.errors import ArticleError, EmptyArticleError, MalformedArticleError
from kg.records import Article
from kg.sources import decoding
from kg.sources.documents import build, fields_of
from kg.sources.formats import Source
from kg.text.controls import whole

# Bounds against files made to exhaust time or memory; chosen, not measured.
_AT_ONCE = 1 << 20  # bytes read at a time
_MOST_BLANK = 1_000_000  # empty lines in a row; a few kilobytes of gzip can hold more
_MOST_SKIPPED = 1 << 30  # bytes of a line that is too long and skipped; after more, reading stops


def read(stream: io.BufferedReader, source: Source) -> Iterator[Article | ArticleError]:
    """Yield the article of each line, or an error for a line that cannot be read.

    A line is a JSON object with the key `text` and optionally `id`, `title`, `outlet`, `byline`,
    `url`, `published` and `language`. The default `id` is made of file name and line number.
    """
    empty, blank = True, 0
    for number, line in _lines(stream, source.name):
        where = f"{source.name}:{number}"
        if isinstance(line, ArticleError):
            empty = False
            yield line
            continue
        blank = 0 if line.removeprefix(codecs.BOM_UTF8).strip() else blank + 1
        if blank > _MOST_BLANK:
            yield MalformedArticleError(f"{blank:,} empty lines; the rest is not read", where=where)
            return
        if blank:
            continue
        if empty and line.lstrip().startswith(b"["):
            yield MalformedArticleError(
                "the file is a JSON array", where=where, hint="write one object a line"
            )
            return
        empty = False
        try:
            yield _article(line, f"{source.id}-{number}", where)
        except ArticleError as error:
            yield error
        except Exception as error:  # a bug of this program must not lose the following lines
            yield decoding.unreadable(where, error)
    if empty:
        yield EmptyArticleError("the file is empty", where=source.name)


def count(stream: io.BufferedReader) -> int:
    """Return the number of lines that are not empty; memory does not grow with their length."""
    total, filled = 0, False
    while piece := stream.readline(_AT_ONCE):
        filled = filled or bool(piece.strip())
        if piece.endswith(b"\n"):
            total, filled = total + filled, False
    return total + filled


def _lines(stream: io.BufferedReader, where: str) -> Iterator[tuple[int, bytes | ArticleError]]:
    """Yield (number, line); a line that is too long is replaced by an error."""
    number = 0
    while True:
        number += 1
        try:
            line = stream.readline(decoding.LONGEST + 1)
            skipped = _skip(stream) if _cut(line) else 0
        except decoding.DAMAGE as error:
            raise decoding.damaged(where, error) from error
        if not line:
            return
        if skipped > _MOST_SKIPPED:
            raise decoding.endless(f"{where}:{number}", _MOST_SKIPPED)
        yield number, decoding.too_long(f"{where}:{number}") if _cut(line) else line


def _cut(line: bytes) -> bool:
    return len(line) > decoding.LONGEST


def _skip(stream: io.BufferedReader) -> int:
    """Skip the rest of a line and return its bytes; stop after more than `_MOST_SKIPPED`."""
    skipped = 0
    while skipped <= _MOST_SKIPPED:
        rest = stream.readline(_AT_ONCE)
        skipped += len(rest)
        if not rest or rest.endswith(b"\n"):
            break
    return skipped


def _article(line: bytes, name: str, where: str) -> Article:
    try:
        record = json.loads(decoding.decode(line, where))
    except (ValueError, RecursionError) as error:
        problem = error.msg if isinstance(error, json.JSONDecodeError) else "it cannot be read"
        raise MalformedArticleError(
            f"the line is not JSON: {problem}", where=where, hint="write one object a line"
        ) from error
    if not isinstance(record, dict):
        raise MalformedArticleError(
            "the line is not a JSON object", where=where, hint='write {"id": ..., "text": ...}'
        )
    text = record.get("text")
    if text is not None and not isinstance(text, str):
        raise MalformedArticleError("text is not text", where=where, hint="give text as a string")
    if not text or not text.strip():
        raise EmptyArticleError("the line has no text", where=where, hint="give it as text")
    identifier = record.get("id")
    given = str(identifier).strip() if isinstance(identifier, str | int) else ""
    fields = {key: whole(value) for key, value in fields_of(record, where).items()}
    return build(whole(given) or name, whole(text), fields)
