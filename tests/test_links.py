"""Plain links: written exactly when some evidence is affirmed, actual and the article's own word.

The rule is asked for in SPARQL, in words other than those of the code that writes the links.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import built
import example
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph import Graph
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.records import MODALITIES, Entity, Extraction, Statement

# A link, and the evidence of the same article that makes it: who acts, and whom the card links.
_PARTIES = """
    { ?relation kg:linkedRole kg:target . ?statement kg:target ?other }
    UNION { ?relation kg:linkedRole kg:about . GRAPH ?article { ?evidence kg:about ?other } }
    UNION { ?relation a kg:MutualRelation . ?statement kg:agent ?other
            MINUS { ?statement kg:target ?target } }
    FILTER(?other != ?agent)
"""
_LINKED = "?relation a kg:Relation . GRAPH ?links { ?agent ?relation ?other }"
_OF_ONE_ARTICLE = 'FILTER(STR(?links) = REPLACE(STR(?article), "/id/article/", "/id/graph/links/"))'
_TOLD = f"""
    GRAPH ?article {{
        ?statement kg:relation ?relation ; kg:agent ?agent ; kg:evidence ?evidence .
        ?evidence kg:modality ?modality ; kg:polarity ?polarity .
    }}
    {_PARTIES}
"""
_PLAINLY = """
    FILTER(?modality = kg:actual && ?polarity = kg:affirmed)
    FILTER NOT EXISTS { GRAPH ?article { ?evidence kg:attributedTo ?speaker } }
"""

LINKS = f"SELECT DISTINCT ?links ?agent ?relation ?other {{ {_LINKED} }}"
UNFOUNDED = f"""SELECT ?links ?agent ?relation ?other {{
    {_LINKED}
    FILTER NOT EXISTS {{ {_TOLD} {_PLAINLY} {_OF_ONE_ARTICLE} }}
}}"""
MISSING = f"""SELECT ?evidence ?relation ?agent ?other {{
    {_TOLD} {_PLAINLY}
    FILTER NOT EXISTS {{ GRAPH ?links {{ ?agent ?relation ?other }} {_OF_ONE_ARTICLE} }}
    FILTER NOT EXISTS {{
        ?relation a kg:MutualRelation . GRAPH ?links {{ ?other ?relation ?agent }} {_OF_ONE_ARTICLE}
    }}
}}"""
# Links whose every evidence, in whatever article, makes a reservation.
RESERVED = f"""SELECT ?agent ?relation ?other {{
    ?relation a kg:Relation . ?agent ?relation ?other .
    FILTER NOT EXISTS {{ {_TOLD} {_PLAINLY} }}
}}"""
HELD_BACK = f"""SELECT DISTINCT ?evidence ?modality ?polarity (BOUND(?speaker) AS ?said) {{
    {_TOLD}
    OPTIONAL {{ GRAPH ?article {{ ?evidence kg:attributedTo ?speaker }} }}
    FILTER(?modality != kg:actual || ?polarity != kg:affirmed || BOUND(?speaker))
}}"""


def kept(graph: Graph) -> None:
    """Assert that the links of a graph are exactly those of the rule."""
    assert graph.query(UNFOUNDED).rows == ()
    assert graph.query(MISSING).rows == ()
    assert graph.query(RESERVED).rows == ()


@pytest.mark.model
@pytest.mark.parametrize("folder", [built.SEEDS, built.ANNOTATED], ids=["samples", "annotated"])
def test_links_of_whole_articles_keep_the_rule(folder: Path) -> None:
    if not folder.is_dir():
        pytest.skip("the annotated articles are not part of the project")
    graph = built.graph(folder)
    kept(graph)
    assert list(graph.validate()) == []
    assert len(graph.query(LINKS)) > 100
    held = graph.query(HELD_BACK)
    assert {str(m).rpartition("#")[2] for m in held.column("modality")} == set(MODALITIES)
    assert held.column("said").count(True) > 20
    assert sum(str(p).endswith("#negated") for p in held.column("polarity")) > 0


def test_the_questions_would_find_a_breach(graph: Graph) -> None:
    kept(graph)
    names = graph.store.names
    peru, norway = names.node(example.PERU.id), names.node(example.NORWAY.id)
    summit, lake = names.node(example.SUMMIT.id), names.links("lake")
    planned = v.quad(norway, v.term("attends"), summit, lake)
    graph.store.change(add=[planned])
    assert len(graph.query(UNFOUNDED)) == len(graph.query(RESERVED)) == 1
    graph.store.change(remove=[planned])
    kept(graph)
    stated = v.quad(norway, v.term("meets"), peru, lake)
    graph.store.change(remove=[stated])
    assert len(set(graph.query(MISSING).column("evidence"))) == 1
    assert graph.query(RESERVED).rows == ()


ACTORS = (example.PERU, example.NORWAY, example.QUISPE, example.LIEN)
some = st.lists(st.sampled_from(ACTORS), unique=True, max_size=3).map(tuple)
topics = st.lists(st.sampled_from((*ACTORS, example.SUMMIT)), unique=True, max_size=2).map(tuple)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """Return a statement of the example with other parties, modality, polarity and speakers."""
    base = draw(st.sampled_from(example.lake().statements[:2]))
    agents: tuple[Entity, ...] = draw(some.filter(bool))
    return replace(
        base,
        relation=draw(st.sampled_from(("meets", "proposes", "commentsOn", "signs", "opposes"))),
        agents=agents,
        targets=draw(some),
        about=draw(topics),
        modality=draw(st.sampled_from(MODALITIES)),
        negated=draw(st.booleans()),
        attributed_to=draw(some),
        reported_by=draw(st.sampled_from(((), (example.HERALD,)))),
    )


@settings(max_examples=50)
@given(told=st.lists(statements(), min_size=1, max_size=5))
def test_links_of_any_statements_keep_the_rule(told: list[Statement], ontology: Ontology) -> None:
    with Graph(ontology=ontology, gazetteer=example.gazetteer()) as graph:
        lake = example.lake()
        graph.add(Extraction(article=lake.article, statements=tuple(told)))
        graph.add(example.harbour())
        kept(graph)
