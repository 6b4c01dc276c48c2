"""Reads saved HTML pages: main text and metadata by trafilatura (Barbaresi 2021)."""

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
_HEAD = 4096  # bytes in which the declared encoding is looked for; HTML demands the first 1,024
_TAG = re.compile(r"<[^<>]*>")
_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_MOST_ATTRIBUTES = 5_000  # of a tag: parsing so many takes 0.1 s; 40,000 take 7 s (measured)
_FEWEST_WORDS = 8  # of an article; less is a page without one. Chosen, not measured


def read(stream: io.BufferedReader, source: Source) -> Iterator[Article | ArticleError]:
    """Yield the article of a page; line ends separate the paragraphs of its main text."""
    data = decoding.read_all(stream, source.name)
    charset = _CHARSET.search(data[:_HEAD])
    page = decoding.decode(data, source.name, charset[1].decode("ascii") if charset else "")
    _bound(page, source.name)
    yield parse(page, source.id, source.name)


def _attributes(tag: str) -> int:
    """Return an upper bound of the number of attributes of a tag."""
    bare = _VALUE.sub("=", tag) if len(tag) > _MOST_ATTRIBUTES else ""
    return max(bare.count("="), len(bare.split()) - 1)


def _bound(page: str, where: str) -> None:
    """Refuse a page with a tag of too many attributes: parsing takes time quadratic in these."""
    if max(map(_attributes, _TAG.findall(page)), default=0) > _MOST_ATTRIBUTES:
        raise MalformedArticleError(
            f"a tag has more than {_MOST_ATTRIBUTES:,} attributes",
            where=where,
            hint="save the article's text instead",
        )


def parse(page: str, name: str, where: str) -> Article:
    """Return the article of an HTML page.

    Its date is the one in the page's metadata; it is never guessed from the text.

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
