"""Plain text and Markdown: one article a file, with front matter or header lines."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, datetime

import yaml

from kg.errors import ArticleError, EmptyArticleError, MalformedArticleError
from kg.records import Article
from kg.sources import dates, decoding, header
from kg.sources.formats import Source

FIELDS = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher", "site", "sitename"),
    "byline": ("byline", "author", "authors"),
    "url": ("url", "link", "source_url"),
    "published": ("published", "date", "datePublished", "date_published"),
    "language": ("language", "lang"),
}
"""Keys of front matter and JSON Lines that are read into each field of an article."""

_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_OPEN = re.compile(r"---[ \t]*\r?\n")


def read(stream: io.BufferedReader, source: Source) -> Iterator[Article | ArticleError]:
    """Yield the one article of a text or Markdown file."""
    text = decoding.decode(decoding.read_all(stream, source.name), source.name)
    yield parse(text, source.id, source.name)


def parse(text: str, name: str, where: str) -> Article:
    """Return the article of a file.

    Args:
        text: content of the file; it becomes the article's text unchanged.
        name: identifier of the article.
        where: name of the file, for messages.

    Raises:
        EmptyArticleError: there is no text below front matter.
        MalformedArticleError: the front matter is not a YAML mapping of texts.
    """
    front = _FRONT.match(text)
    if front is None:
        if _OPEN.match(text):
            raise MalformedArticleError(
                "the front matter has no end", where=where, hint="close it with a line of ---"
            )
        if not text.strip():
            raise EmptyArticleError("the file is empty", where=where)
        found = header.parse(text, known_outlet)
        fields = {
            "title": found.title,
            "outlet": found.outlet,
            "byline": found.byline,
            "url": found.url,
            "published": found.published,
        }
        return Article(id=name, text=text, body=found.body, **fields)
    fields = fields_of(_mapping(front[1], where), where)
    if not text[front.end() :].strip():
        raise EmptyArticleError("there is no text below the front matter", where=where)
    return build(name, text, fields, front.end())


def build(name: str, text: str, fields: dict[str, str], start: int = 0) -> Article:
    """Return an article with these `fields`; its body begins after datelines and captions."""
    above = header.Header(title=fields.get("title", ""), body=start)
    above.published = fields.get("published", "")
    body = header.skip_preamble(text, above)
    fields = {**fields, "published": above.published}
    for name_, value in (("byline", above.byline), ("url", above.url), ("outlet", above.outlet)):
        fields[name_] = fields.get(name_) or value
    return Article(id=name, text=text, body=body, **fields)


def fields_of(record: dict[str, object], where: str) -> dict[str, str]:
    """Return the fields of an article from front matter or a JSON object; see `FIELDS`.

    Dates become EDTF. A language that is not a BCP 47 tag ("English") becomes `en`.

    Raises:
        MalformedArticleError: a value is neither text, number, date nor a list of texts.
    """
    fields = {}
    for field, names in FIELDS.items():
        value = next((record[n] for n in names if record.get(n) is not None), None)
        if value is not None:
            text = _text(value, field, where)
            fields[field] = dates.edtf(text) if field == "published" else text
    if not _LANGUAGE.fullmatch(fields.get("language", "")):
        fields["language"] = "en"
    return fields


def known_outlet(name: str) -> bool:
    """Return whether the gazetteer's best match for `name` is a media outlet."""
    from kg.gazetteer import Gazetteer

    found = Gazetteer.load().find(name)
    return bool(found) and found[0].entry.kind == "MediaOutlet"


def _mapping(front: str, where: str) -> dict[str, object]:
    try:
        record = yaml.safe_load(front)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 2} of " if mark else ""
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise MalformedArticleError(
            f"{line}the front matter is not YAML: {problem}",
            where=where,
            hint="put a title that holds a colon between quotes",
        ) from error
    if record is None:
        return {}
    if not isinstance(record, dict):
        raise MalformedArticleError(
            "the front matter is not a list of fields",
            where=where,
            hint='write "title: ..." line by line',
        )
    return {str(key): value for key, value in record.items()}


def _text(value: object, field: str, where: str) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return " ".join(str(value).split())
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    raise MalformedArticleError(f"{field} is not text", where=where, hint=f"give {field} as text")
