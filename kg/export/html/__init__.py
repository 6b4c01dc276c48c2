"""Renders the network as one self-contained HTML page that also works offline from a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from kg.iris import DEFAULT_BASE
from kg.ontology import Ontology
from kg.records import Extraction


def page(
    extractions: Iterable[Extraction],
    *,
    ontology: Ontology,
    title: str = "",
    theme: str = "auto",
    wikidata: Mapping[str, str] | None = None,
    base: str = DEFAULT_BASE,
    acts: Mapping[str, str] | None = None,
    contradictions: Iterable[tuple[str, str]] = (),
    of: int | None = None,
) -> str:
    """Return the HTML of the page; the order of extractions does not matter.

    Args:
        extractions: the records of each article.
        ontology: has labels, colours and shapes of classes, and labels of relations.
        title: heading; by default a general one.
        theme: `light`, `dark`, or `auto` to follow the reader's settings.
        wikidata: Wikidata items such as `Q7747` by identifier of the entity.
        base: base IRI of identifiers, for the Turtle that readers can save from the page.
        acts: act of each statement, as returned by `Store.acts`; by default each statement has an
            act of its own.
        contradictions: pairs of statements, as returned by `Store.contradictions`.
        of: number of all statements, if these are only the strongest, to be shown on the page.

    Raises:
        ExportError: the theme is unknown or the installed pyvis lacks vis-network.
    """
    # Imported here because pyvis loads slowly.
    from kg.export.html.document import NetworkPage, read
    from kg.export.html.gathering import view
    from kg.export.html.words import Words

    words = Words(json.loads(read("texts.json")))
    network = NetworkPage(
        view(extractions, ontology, wikidata, acts=acts, contradictions=contradictions),
        words,
        ontology,
        title=title or words.texts["title"],
        theme=theme,
        base=base,
        of=of,
    )
    return network.generate_html()
