"""Hostile strings in every field go through every store and come out as they went in."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import iris, rdf
from kg import ontology as ontologies
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.records import Article, Entity, Evidence, Extraction, Mention, Span, Statement
from kg.store import Store

PIECES = [
    '"',
    "'",
    '"""',
    "'''",
    "<",
    ">",
    "&amp;",
    "]]>",
    "\\",
    "\\u0041",
    "\\n",
    "\n",
    "\r\n",
    "\t",
    "\x00",
    "\x01",
    "\x1f",
    "\x7f",
    "\x85",
    "\u2028",
    "\u202e",
    "\u200f",
    "\ufeff",
    "\ufffe",
    "\ud800",
    "\U0001f600",
    "e\u0301",
    "?x",
    "$x",
    "#",
    "} . <urn:a> <urn:b> <urn:c> .",
    "; DROP ALL",
    "%20",
    "%",
    "/",
    "../",
    " ",
    "x" * 200,
]
TEXTS = (
    st.lists(st.sampled_from(PIECES) | st.text(max_size=4), min_size=1, max_size=8)
    .map("".join)
    .filter(bool)
)


def said(name: str) -> Extraction:
    """Return an article of which every text and name is `name`."""
    who = Entity(id=iris.unlinked("person", name), kind="Person", name=name)
    body = iris.unlinked("organization", name)
    whom = Entity(id=f"{body}/{name[:50]}", kind="Organization", name=name)
    span = Span(start=0, end=len(name))
    identifier = f"h{name}"[:120]
    return Extraction(
        article=Article(
            id=identifier,
            text=name * 2,
            title=name,
            outlet=name,
            byline=name,
            url=name,
            language=name[:20],
        ),
        mentions=(Mention(span=span, entity=who), Mention(span=span, entity=whom)),
        statements=(
            Statement(
                relation="meets",
                agents=(who,),
                targets=(whom,),
                attributed_to=(whom, who),
                evidence=Evidence(article=identifier, span=span, trigger=span, rule=name),
            ),
        ),
    )


def check(store: Store, ontology: Ontology, name: str) -> None:
    extraction = said(name)
    quads = rdf.article_quads(extraction, ontology=ontology)
    quads += rdf.link_quads(extraction, ontology=ontology)
    article = extraction.article.id
    store.replace(article, quads)
    try:
        assert set(store.match()) == set(quads)
        (found,) = store.articles()
        again = store.extraction(found, ontology=ontology)
        assert again.article.text == v.storable(name * 2)
        assert again.statements[0].agents[0].name == v.storable(name)
        shorter = rdf.article_quads(replace(extraction, statements=()), ontology=ontology)
        store.replace(article, shorter)
        assert set(store.match()) == set(shorter)
    finally:
        store.remove(article)
    assert list(store.match()) == []
    assert not store.select("ASK { ?s ?p ?o }")


LONG = "na\nme\u202e<\"'\\" * 1000


@pytest.mark.parametrize("name", ["".join(PIECES), " ".join(PIECES[::-1]), LONG])
def test_hostile_names(store: Store, ontology: Ontology, name: str) -> None:
    check(store, ontology, name)


@given(TEXTS)
@settings(
    max_examples=6,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_hostile_texts(store: Store, name: str) -> None:
    check(store, _ontology(), name)


@cache
def _ontology() -> Ontology:
    # Not by the fixture: an example that fails would be printed with the whole ontology.
    return ontologies.load()
