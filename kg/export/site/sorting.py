"""The orders in which pages list names and articles."""

from __future__ import annotations

import unicodedata


def folded(name: str) -> str:
    """Return `name` without case and accents, to sort and to find it."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def newest_first(article: tuple[int, str, str]) -> tuple[tuple[int, ...], str]:
    """Return what sorts articles, given by number, date and identifier; undated ones come last."""
    _, published, identifier = article
    return tuple(-ord(c) for c in published) or (1,), identifier
