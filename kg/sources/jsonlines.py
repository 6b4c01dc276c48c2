"""JSON lines: one article a line, as news archives are passed on."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator

from kg.errors import ArticleError, EmptyArticleError, MalformedArticleError
from kg.records import Article
from kg.sources import decoding
from kg.sources.documents import build, fields_of
from kg.sources.finding import Source

_SURROGATE = re.compile("[\ud800-\udfff]")


def read(stream: io.BufferedReader, source: Source) -> Iterator[Article | ArticleError]:
    """Yield the article of each line, or the error that says why there is none.

    A line is an object with `text` and, where known, `id`, `title`, `outlet`, `byline`, `url`,
    `published` and `language`; without `id` it is called after the file and its line.
    """
    empty = True
    for number, line in _lines(stream, source.name):
        where = f"{source.name}:{number}"
        if not line.removeprefix(codecs.BOM_UTF8).strip():
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
    if empty:
        yield EmptyArticleError("the file is empty", where=source.name)


def _lines(stream: io.BufferedReader, where: str) -> Iterator[tuple[int, bytes]]:
    number = 0
    while True:
        number += 1
        try:
            line = stream.readline(decoding.LONGEST + 1)
        except decoding.DAMAGE as error:
            raise decoding.damaged(where, error) from error
        if not line:
            return
        if len(line) > decoding.LONGEST:
            raise decoding.too_long(f"{where}:{number}")
        yield number, line


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
    fields = {key: _whole(value) for key, value in fields_of(record, where).items()}
    return build(_whole(given) or name, _whole(text), fields)


def _whole(text: str) -> str:
    """Return `text` with halves of surrogate pairs, which no file can hold, replaced in place."""
    return _SURROGATE.sub("\ufffd", text)
