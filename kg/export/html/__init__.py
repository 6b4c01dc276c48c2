"""The network as one self-contained HTML page that works from a file, without network."""

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
    """Return the page as text; the same extractions give the same page, in whatever order.

    Args:
        extractions: articles with what was found in them.
        ontology: names, colours and shapes of classes and relations.
        title: heading; by default a general one.
        theme: `light`, `dark`, or `auto` to follow the reader's settings.
        wikidata: items such as `Q7747` by identifier of the entity.
        base: IRI before every identifier, for the Turtle that the page writes.
        acts: the act that each statement tells, as `Store.acts` gives it; by default each tells
            one of its own.
        contradictions: statements that contradict each other, as `Store.contradictions` gives
            them.
        of: number of statements of which these are the strongest, to be told on the page; None
            where these are all.

    Raises:
        ExportError: the theme is unknown or the installed pyvis lacks vis-network.
    """
    # Here, because pyvis takes long to load.
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
