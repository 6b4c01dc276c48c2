"""What a store says of an article at a glance."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Listed:
    """One article of a store, as a list of all of them shows it.

    Attributes:
        id: identifier of the article.
        title, outlet, published: as the article gives them; empty when unknown.
        statements: how many the article makes.
    """

    id: str
    title: str
    outlet: str
    published: str
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Summary(Listed):
    """One article of a store, with its versions and with all that it has counted.

    Attributes:
        digest: hash of the article as it was read.
        pipeline, ontology: versions of what extracted it.
        entities, mentions: how many of them the article names.
    """

    digest: str
    pipeline: str
    ontology: str
    entities: int
    mentions: int
