"""Saved HTML pages: main text and metadata by trafilatura (Barbaresi 2021)."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator

from kg.errors import ArticleError, EmptyArticleError, MalformedArticleError
from kg.records import Article
from kg.sources import dates, decoding
from kg.sources.documents import build
from kg.sources.formats import Source

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD = 4096
_TAG = re.compile(r"<[^<>]*>")
_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_MOST_ATTRIBUTES = 5_000  # which takes a tenth of a second; 40,000 take seven seconds
_FEWEST_WORDS = 8


def read(stream: io.BufferedReader, source: Source) -> Iterator[Article | ArticleError]:
    """Yield the article of a page; its text is the main text, paragraphs separated by line ends."""
    data = decoding.read_all(stream, source.name)
    charset = _CHARSET.search(data[:_HEAD])
    page = decoding.decode(data, source.name, charset[1].decode("ascii") if charset else "")
    _bound(page, source.name)
    yield parse(page, source.id, source.name)


def _attributes(tag: str) -> int:
    """Return how many attributes a tag has at the most."""
    bare = _VALUE.sub("=", tag) if len(tag) > _MOST_ATTRIBUTES else ""
    return max(bare.count("="), len(bare.split()) - 1)


def _bound(page: str, where: str) -> None:
    """Refuse what would take the parser very long: each attribute is compared with all others."""
    if max(map(_attributes, _TAG.findall(page)), default=0) > _MOST_ATTRIBUTES:
        raise MalformedArticleError(
            f"a tag has more than {_MOST_ATTRIBUTES:,} attributes",
            where=where,
            hint="save the article's text instead",
        )


def parse(page: str, name: str, where: str) -> Article:
    """Return the article of `page`, the HTML of a news article.

    The date is the one that the page declares; none is guessed from its text.

    Raises:
        EmptyArticleError: the page holds no article.
    """
    import trafilatura
    from trafilatura.settings import Document

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    logging.getLogger("htmldate").addHandler(logging.NullHandler())
    found = None
    if page.strip():
        found = trafilatura.bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    if not isinstance(found, Document) or len((found.text or "").split()) < _FEWEST_WORDS:
        raise EmptyArticleError(
            "the page holds no article that can be found",
            where=where,
            hint="save the article's text instead",
        )
    fields = {
        "title": found.title or "",
        "outlet": found.sitename or "",
        "byline": found.author or "",
        "url": found.url or "",
        "published": dates.edtf(found.date or ""),
        "language": "en",
    }
    return build(name, found.text or "", fields)
