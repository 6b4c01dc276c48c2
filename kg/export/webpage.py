"""The network as one self-contained HTML page."""

from __future__ import annotations

from kg import ontology as ontologies
from kg.export.files import Target, opened
from kg.store import Store


def write(store: Store, target: Target, **options: object) -> None:
    """Write the page; options `title` and `theme` are those of `kg.export.html.page`."""
    from kg.export import html

    ontology = ontologies.load()
    page = html.page(
        store.readable(ontology=ontology),
        ontology=ontology,
        title=str(options.get("title", "")),
        theme=str(options.get("theme", "auto")),
        wikidata=store.wikidata(),
        base=store.base,
        acts=store.acts(),
        contradictions=store.contradictions(),
    )
    with opened(target) as stream:
        stream.write(page)
