"""Sort keys for names and articles on the pages."""

from __future__ import annotations

import unicodedata


def folded(name: str) -> str:
    """Return `name` in lower case and without accents, for sorting and search."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def newest_first(article: tuple[int, str, str]) -> tuple[tuple[int, ...], str]:
    """Return the sort key of an article (index, date, identifier): newest first, undated last."""
    _, published, identifier = article
    return tuple(-ord(c) for c in published) or (1,), identifier
