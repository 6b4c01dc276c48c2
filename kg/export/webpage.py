"""The network as one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from kg import ontology as ontologies
from kg.export.files import Target, opened
from kg.export.strongest import strongest
from kg.store import Store

MOST = 10_000
"""Statements on a page: with the sentences around them some 30 MB, which a browser still opens in
seconds; no eye gets through more."""


def write(store: Store, target: Target, **options: object) -> None:
    """Write the page; options `title` and `theme` are those of `kg.export.html.page`.

    Of more statements than option `most`, by default `MOST`, it has the strongest and says so; 0 is
    no limit. Option `cut` is then called with the number of those on the page and of all.
    """
    from kg.export import html

    ontology = ontologies.load()
    most = cast(int, options.get("most", MOST))
    part = strongest(store, most) if most else None
    page = html.page(
        part.extractions(store, ontology) if part else store.readable(ontology=ontology),
        ontology=ontology,
        title=str(options.get("title", "")),
        theme=str(options.get("theme", "auto")),
        wikidata=store.wikidata(),
        base=store.base,
        acts=part.acts if part else store.acts(),
        contradictions=part.contradictions if part else store.contradictions(),
        of=part.total if part else None,
    )
    with opened(target) as stream:
        stream.write(page)
    if part and (tell := cast("Callable[[int, int], None] | None", options.get("cut"))):
        tell(most, part.total)
