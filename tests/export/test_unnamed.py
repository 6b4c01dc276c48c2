"""Sources without a name in the formats that are no RDF."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import example
import networkx as nx

from kg.graph import Graph
from kg.records import Statement

BASE = "https://w3id.org/newskg/id/"


def written(graph: Graph, suffix: str) -> str:
    stream = io.StringIO()
    graph.export(stream, format=suffix)
    return stream.getvalue()


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def hearsay(graph: Graph) -> Statement:
    """Add an article that has something from an unnamed source, and return that statement."""
    harbour = example.harbour()
    article = replace(harbour.article, id="quay")
    told = replace(
        harbour.statements[1],
        unnamed_source=True,
        evidence=replace(harbour.statements[1].evidence, article="quay"),
    )
    graph.add(replace(harbour, article=article, statements=(told,)))
    return told


def test_who_is_not_named_is_told_in_every_flat_format(graph: Graph, tmp_path: Path) -> None:
    """What somebody unnamed says must not pass for the word of the article."""
    told = hearsay(graph)
    node, act = BASE + told.id, BASE + graph.store.acts()[told.id]
    rows = table(written(graph, ".csv"))
    assert [r["statement"] for r in rows if r["unnamed_source"] == "true"] == [node]
    lines = [json.loads(line) for line in written(graph, ".jsonl").splitlines()]
    assert [r["id"] for r in lines if r.get("unnamed_source")] == [node]
    records = [json.loads(line) for line in written(graph, ".plover.jsonl").splitlines()]
    assert {r["id"] for r in records if r["unnamed_source"]} == {node}
    edges = [data for *_, data in graph.networkx().edges(data=True)]
    assert [e["statement"] for e in edges if e["unnamed_source"]] == [node]
    assert {e["article"] for e in edges if e["act"] == act} == {"lake", "harbour", "quay"}
    for suffix, read in ((".gexf", nx.read_gexf), (".graphml", nx.read_graphml)):
        graph.export(tmp_path / f"x{suffix}")
        found = [data for *_, data in read(tmp_path / f"x{suffix}").edges(data=True)]
        assert [e["statement"] for e in found if e["unnamed_source"] is True] == [node]
        assert sum(e["unnamed_source"] is False for e in found) == len(edges) - 1
    graph.export(tmp_path / "x.neo4j")
    for name, column in (("statements.csv", "id:ID(statement)"), ("relations.csv", "statement")):
        rows = table((tmp_path / "x.neo4j" / name).read_text())
        assert {row["unnamedSource:boolean"] for row in rows} == {"true", "false"}
        assert [r[column] for r in rows if r["unnamedSource:boolean"] == "true"] == [node]
        assert {r["act"] for r in rows if r[column] == node} == {act}
