"""Every plain link of the sample articles, read aloud.

`tests/links/samples.txt` lists them as sentences, each below the words that it was read from. A
person has read every line against its article; when the rules change, what is new has to be read
before the file is written again with KG_WRITE_LINKS=1.
"""

from __future__ import annotations

import os
from pathlib import Path

import built
import pytest

from kg.graph import Graph
from kg.rdf import linked
from kg.rdf import vocabulary as v

LISTED = Path(__file__).parent / "links" / "samples.txt"


def read_aloud(graph: Graph) -> str:
    """Return each plain link with the labels of its terms, below the words that say so."""
    lines: list[str] = []
    store = graph.store
    for extraction in graph.extractions():
        article = extraction.article
        links = {
            (q.subject, q.predicate, q.object)
            for q in store.match(graph=store.names.links(article.id))
        }
        names = {entity.id: entity.name for entity in extraction.entities}
        lines += [f"# {article.id}", ""]
        for s in extraction.statements:
            if s.modality != "actual" or s.negated or s.attributed_to or s.unnamed_source:
                continue
            told = []
            for agent, link, other in sorted(linked(s, graph.ontology)):
                triple = (store.names.node(agent), v.term(link), store.names.node(other))
                if s.confidence >= graph.link_floor:
                    assert triple in links
                    told.append(f"{names[agent]} {label(graph, link)} {names[other]}")
            if told:
                lines += [f"“{' '.join(article.quote(s.evidence.span).split())}”", *told, ""]
    return "\n".join(lines)


def label(graph: Graph, link: str) -> str:
    found = graph.store.match(v.term(link), v.LABEL, None, graph.store.names.terms)
    return next(quad.object.value for quad in found)


@pytest.mark.model
def test_every_link_of_the_samples_has_been_read() -> None:
    graph = built.graph(built.SEEDS)
    found = read_aloud(graph)
    if os.environ.get("KG_WRITE_LINKS"):
        LISTED.write_text(found, encoding="utf-8")
    assert found == LISTED.read_text(encoding="utf-8"), "read what is new, then KG_WRITE_LINKS=1"


@pytest.mark.model
def test_the_list_has_all_links() -> None:
    graph = built.graph(built.SEEDS)
    store = graph.store
    number = sum(1 for a in store.articles() for _ in store.match(graph=store.names.links(a)))
    told = [
        line
        for line in LISTED.read_text(encoding="utf-8").split("\n")
        if line and line[0] not in "#“"
    ]
    links = {
        (article, line)
        for article, part in _parts(LISTED.read_text(encoding="utf-8"))
        for line in part
    }
    assert len(told) >= len(links) == number > 40


def _parts(text: str) -> list[tuple[str, list[str]]]:
    found = []
    for part in text.split("# ")[1:]:
        article, _, rest = part.partition("\n")
        found.append((article, [line for line in rest.split("\n") if line and line[0] != "“"]))
    return found
