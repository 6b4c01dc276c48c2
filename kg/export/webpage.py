"""Writes the network as one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from kg import ontology as ontologies
from kg.export.files import Target, opened
from kg.export.strongest import strongest
from kg.store import Store

MOST = 10_000
"""Most statements on a page. With the text around them that is some 30 MB, which a browser opens in
seconds; nobody can read more."""


def write(store: Store, target: Target, **options: object) -> None:
    """Write the page.

    Options: `title` and `theme` as for `kg.export.html.page`; `most`, the greatest number of
    statements, by default `MOST`, 0 for no limit. If the store has more, the page shows the
    strongest and says so, and the option `cut`, a function, is called with the numbers of
    statements on the page and in the store.
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
