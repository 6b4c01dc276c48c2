"""What tests of the page do as a reader would: open it, click in the picture, read the panel."""

from __future__ import annotations

import io

from playwright.sync_api import Page

from kg import ontology as ontologies
from kg.export import html
from kg.graph import Graph
from kg.records import Entity, Extraction


def document(*extractions: Extraction, **options: object) -> str:
    return html.page(extractions, ontology=ontologies.load(), **options)  # type: ignore[arg-type]


def graphed(*extractions: Extraction) -> str:
    """Return the page of a graph of these articles, with acts and contradictions."""
    text = io.StringIO()
    with Graph() as graph:
        graph.add_all(extractions, validate=False)
        graph.export(text, format="html")
    return text.getvalue()


def click_line(page: Page, start: Entity, end: Entity) -> None:
    at = page.evaluate(
        "([a, b]) => { const p = newskg.linePoint(newskg.line(a, b)); return [p.x, p.y]; }",
        [start.id, end.id],
    )
    page.locator("#canvas").click(position={"x": at[0], "y": at[1]})


def click_node(page: Page, entity: Entity) -> None:
    at = page.evaluate(
        "(id) => { const p = newskg.nodePoint(newskg.node(id)); return [p.x, p.y]; }", entity.id
    )
    page.locator("#canvas").click(position={"x": at[0], "y": at[1]})


def labels(page: Page) -> list[dict[str, float]]:
    page.evaluate("() => newskg.network.redraw()")
    return page.evaluate("() => newskg.state.labels")  # type: ignore[no-any-return]


def shown(page: Page) -> tuple[set[str], int]:
    """Return the names of the entities in the picture, and how many lines there are in it."""
    names, lines = page.evaluate(
        """() => {
          const { nodes } = JSON.parse(document.getElementById("evidence").textContent);
          const { nodeIndices, edgeIndices } = newskg.network.body;
          return [nodeIndices.map((id) => nodes[id].name), edgeIndices.length];
        }"""
    )
    return set(names), lines


def unfold(page: Page) -> None:
    """Open every group of filters."""
    groups = "document.querySelectorAll('#facets details')"
    page.evaluate(f"() => {{ for (const group of {groups}) group.open = true; }}")
