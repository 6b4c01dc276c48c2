"""The part of a graph that lies around a name."""

from __future__ import annotations

from pathlib import Path

import example
import pytest
from example import LIEN, NORWAY, OSLO, PERU, QUISPE, SUMMIT

from kg import cli
from kg.errors import SelectionError
from kg.graph import Graph
from kg.records import Entity


def acts(graph: Graph) -> set[tuple[str, tuple[Entity, ...]]]:
    return {(s.relation, s.agents) for e in graph.extractions() for s in e.statements}


def test_one_step_leads_to_the_statements_about_a_name(graph: Graph) -> None:
    assert acts(graph.part(around="Oslo")) == {("visits", (PERU,))}
    assert acts(graph.part(around="Ana Quispe")) == {("proposes", (QUISPE,))}


def test_each_further_step_goes_on_from_their_parties(graph: Graph) -> None:
    near = acts(graph.part(around="oslo", hops=2))
    assert near == {("visits", (PERU,)), ("meets", (NORWAY, PERU)), ("attends", (PERU,))}
    assert ("proposes", (QUISPE,)) not in near
    everything = acts(graph)
    assert acts(graph.part(around="oslo", hops=3)) == everything
    assert acts(graph.part(around="oslo", hops=99)) == everything


def test_who_only_speaks_or_where_it_took_place_is_no_step(graph: Graph) -> None:
    assert acts(graph.part(around="Lima")) == set()
    assert acts(graph.part(around=LIEN.id)) == {("commentsOn", (LIEN,))}


def test_the_other_restrictions_come_first(graph: Graph) -> None:
    part = graph.part(around=OSLO.id, hops=3, relations=["visits", "proposes"])
    assert acts(part) == {("visits", (PERU,))}
    part = graph.part(around=SUMMIT.name, hops=1, articles=["harbour"])
    assert acts(part) == {("attends", (PERU,))}


def test_an_unknown_name_and_no_step_are_errors(graph: Graph) -> None:
    with pytest.raises(SelectionError, match="nothing is called 'Atlantis'"):
        graph.part(around="Atlantis")
    with pytest.raises(SelectionError, match="lead nowhere"):
        graph.part(around="Oslo", hops=0)


def test_what_a_construct_makes_up_is_kept_as_what_it_rests_on(graph: Graph) -> None:
    question = """CONSTRUCT { ?a <http://example.org/alongside> ?b }
    WHERE { ?s kg:relation kg:attends ; kg:agent ?a ; kg:target ?m .
            ?t kg:relation kg:attends ; kg:agent ?b ; kg:target ?m . FILTER(?a != ?b) }"""
    attends = {("attends", (NORWAY,)), ("attends", (PERU,))}
    assert len(graph.query(question)) == 2
    assert acts(graph.part(query=question)) == attends
    assert acts(graph.part(query=question, articles=["harbour"])) == {("attends", (PERU,))}


def test_plain_links_that_a_construct_joins_are_kept(graph: Graph) -> None:
    question = """CONSTRUCT { ?a <http://example.org/knows-of> ?o }
    WHERE { ?a kg:proposesMatter ?o . ?b kg:meets ?c }"""
    assert acts(graph.part(query=question)) == {("proposes", (QUISPE,)), ("meets", (NORWAY, PERU))}


def test_what_a_construct_says_with_our_terms_is_kept_as_stated(graph: Graph) -> None:
    question = "CONSTRUCT { ?a kg:meets ?b } WHERE { ?a kg:meets ?b }"
    assert acts(graph.part(query=question)) == {("meets", (NORWAY, PERU))}
    empty = "CONSTRUCT WHERE { ?a kg:sanctions ?b }"
    assert acts(graph.part(query=empty)) == set()


def test_the_command_draws_what_lies_around(tmp_path: Path) -> None:
    store, target = str(tmp_path / "news.kg"), tmp_path / "near.html"
    with Graph.open(store, "w") as graph:
        graph.add_all([example.lake(), example.harbour()])
    assert cli.run(["export", store, str(target), "--around", "Oslo", "--hops", "1", "-q"]) == 0
    assert "1 statement about" in target.read_text(encoding="utf-8")
    assert cli.run(["export", store, str(target), "--around", "Atlantis", "-q"]) == 2
