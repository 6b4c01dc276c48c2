"""Summaries of stored articles."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Listed:
    """The short summary of an article, for lists of all articles.

    Attributes:
        id: identifier of the article.
        title, outlet, published: as the article gives them; empty when unknown.
        statements: number of statements in it.
    """

    id: str
    title: str
    outlet: str
    published: str
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Summary(Listed):
    """The full summary of an article, with versions and counts.

    Attributes:
        digest: hash of the article's content.
        pipeline, ontology: versions that extracted it.
        entities, mentions: their numbers in the article.
    """

    digest: str
    pipeline: str
    ontology: str
    entities: int
    mentions: int
