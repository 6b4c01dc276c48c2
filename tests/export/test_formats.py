"""Formats other than those of `test_exports`: what each keeps, and that others read it."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import example
import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib

from kg import rdf
from kg.errors import ForbiddenQueryError, UnknownFormatError, WriteError
from kg.export import FORMATS, RDF, suffix_of
from kg.graph import Graph
from kg.rdf import vocabulary as v
from kg.rdf.reification import REIFIES
from kg.records import Statement

BASE = "https://w3id.org/newskg/id/"
HOSTILE = 'a"b,c|d\n\r\t<e>&\x01\x00 \u202e;\'"'


def written(graph: Graph, suffix: str, **options: object) -> str:
    stream = io.StringIO()
    graph.export(stream, format=suffix, **options)
    return stream.getvalue()


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def hostile() -> Graph:
    graph = Graph(gazetteer=example.gazetteer())
    base = example.harbour()
    entity = replace(example.PERU, id="unlinked/person/x", kind="Person", name=HOSTILE)
    article = replace(base.article, title=HOSTILE, outlet=HOSTILE, byline=HOSTILE, url=HOSTILE)
    statements = tuple(replace(s, agents=(entity, example.NORWAY)) for s in base.statements)
    graph.add(replace(base, article=article, mentions=(), statements=statements))
    return graph


def test_rdfxml_has_every_triple_once_merged(graph: Graph) -> None:
    text = written(graph, ".rdf")
    read = [q.triple for q in ox.parse(text, format=ox.RdfFormat.RDF_XML)]
    assert Counter(read) == Counter(
        {ox.Triple(q.subject, q.predicate, q.object) for q in graph.store.match()}
    )
    assert len(rdflib.Graph().parse(data=text, format="xml")) == len(read)


def test_rdfxml_replaces_what_xml_forbids() -> None:
    text = written(hostile(), ".rdf")
    read = {q.object.value for q in ox.parse(text, format=ox.RdfFormat.RDF_XML)}
    assert HOSTILE.replace("\x01", "\ufffd").replace("\x00", "\ufffd") in read


def test_gexf_is_read_back_with_its_types(graph: Graph, tmp_path: Path) -> None:
    graph.export(tmp_path / "x.gexf")
    theirs, ours = nx.read_gexf(tmp_path / "x.gexf"), graph.networkx()
    assert theirs.is_directed()
    assert set(theirs) == set(ours)
    peru = theirs.nodes[BASE + "country/PE"]
    assert (peru["label"], peru["kind"], peru["articles"]) == ("Peru", "Country", 2)
    assert peru["viz"]["color"] == {"r": 0, "g": 114, "b": 178, "a": 1.0}
    edges = [data for *_, data in theirs.edges(data=True)]
    assert len(edges) == len(ours.edges)
    assert Counter(e["quote"] for e in edges) == Counter(
        data["quote"] for *_, data in ours.edges(data=True)
    )
    assert {type(e["confidence"]) for e in edges} == {float}
    text = (tmp_path / "x.gexf").read_text(encoding="utf-8")
    numbers = re.findall(r'<edge [^>]*\bid="([^"]*)"', text)
    assert len(set(numbers)) == len(numbers) == len(edges), "Gephi drops edges of one number"
    assert 'label="holds talks with"' in text or 'label="meets"' in text
    assert "lastmodified" not in text


def test_hostile_names_break_neither_gexf_nor_tables(tmp_path: Path) -> None:
    graph = hostile()
    graph.export(tmp_path / "x.gexf")
    labels = {data["label"] for _, data in nx.read_gexf(tmp_path / "x.gexf").nodes(data=True)}
    assert any(label.startswith('a"b,c|d') for label in labels)
    rows = table(written(graph, ".csv"))
    assert {row["title"] for row in rows} == {v.storable(HOSTILE)}
    assert {row["agents"].split("|")[1] for row in rows} == {v.storable(HOSTILE).replace("|", "/")}
    names = {row["name"] for row in table(written(graph, ".entities.csv"))}
    assert v.storable(HOSTILE) in names


def label(graph: Graph, statement: Statement) -> str:
    """Return the sentence by which a graph tells a statement."""
    (found,) = graph.store.match(graph.store.names.node(statement.id), v.LABEL)
    return found.object.value


def test_table_of_statements(graph: Graph) -> None:
    text = written(graph, ".csv")
    assert text == written(graph, ".statements.csv")
    rows = table(text)
    assert len(rows) == sum(len(e.statements) for e in graph.extractions())
    (row,) = (row for row in rows if row["modality"] == "planned")
    start = example.LAKE.index("Norway will")
    quote = "Norway will attend the fisheries summit"
    assert row == {
        "statement": BASE + example.lake().statements[2].id,
        "act": BASE + graph.store.acts()[example.lake().statements[2].id],
        "relation": "attends",
        "label": "attends",
        "sentence": label(graph, example.lake().statements[2]),
        "agents": "Norway",
        "agents_ids": BASE + "country/NO",
        "targets": "fisheries summit",
        "targets_ids": BASE + "unlinked/event/fisheries-summit",
        "about": "",
        "about_ids": "",
        "where": "",
        "where_ids": "",
        "attributed_to": "Olav Lien",
        "attributed_to_ids": BASE + "unlinked/person/olav-lien",
        "reported_by": "Coast Herald",
        "reported_by_ids": BASE + "unlinked/outlet/coast-herald",
        "unnamed_source": "",
        "date": "",
        "earliest": "",
        "latest": "",
        "modality": "planned",
        "polarity": "affirmed",
        "confidence": "0.75",
        "rule": "attends/attend",
        "quote": quote,
        "start": str(start),
        "end": str(start + len(quote)),
        "article": "lake",
        "title": "Talks by the sea",
        "outlet": "Coast Herald",
        "published": "2024-03-04",
        "url": "https://example.org/lake?a=1&b=2",
    }
    meets = [row for row in rows if row["relation"] == "meets"]
    assert {(r["earliest"], r["latest"]) for r in meets} == {("2024-03-03", "2024-03-03")}
    assert {r["agents"] for r in meets} == {"Norway|Peru"}


def test_table_of_entities(graph: Graph) -> None:
    rows = {row["name"]: row for row in table(written(graph, ".entities.csv"))}
    assert len(rows) == len({e.id for x in graph.extractions() for e in x.entities})
    assert rows["Olav Lien"] == {
        "id": BASE + "unlinked/person/olav-lien",
        "name": "Olav Lien",
        "kind": "Analyst",
        "classes": "Analyst|Person|Actor|Entity",
        "aliases": "Lien",
        "wikidata": "",
        "articles": "1",
        "mentions": "4",
        "statements": "1",
    }
    assert (rows["Peru"]["articles"], rows["Peru"]["wikidata"]) == ("2", "Q419")


def test_plover_records(graph: Graph) -> None:
    records = [json.loads(line) for line in written(graph, ".plover.jsonl").splitlines()]
    assert len({r["id"] for r in records}) == len(records)
    told = {(r["relation"], r["article"]): r for r in records}
    assert set(told) == {
        ("meets", "lake"),
        ("proposes", "lake"),
        ("attends", "lake"),
        ("meets", "harbour"),
    }, "what is only possible or denied is no event, a mere remark has no category"
    meets = told["meets", "lake"]
    assert meets["event"] == ["CONSULT"]
    assert meets["date"] == "2024-03-03"
    assert [a["entity_text"] for a in meets["actor"]] == ["Norway", "Peru"]
    assert [a["code"] for a in meets["actor"]] == ["NOR", "PER"]
    assert {a["sector"] for a in meets["actor"]} == {"GOV"}
    assert meets["recipient"] == []
    proposes = told["proposes", "lake"]
    assert proposes["actor"][0] | {"id": ""} == {
        "code": "PER",  # she is president of Peru, the article says
        "sector": "GOV",
        "entity_text": "Ana Quispe",
        "names": ["President Ana Quispe", "Quispe"],
        "affiliation": ["Peru"],
        "id": "",
    }
    assert [r["entity_text"] for r in proposes["recipient"]] == ["Norway"]
    assert (proposes["date"], proposes["date_stated"]) == ("2024-03-04", False)
    planned = told["attends", "lake"]
    assert (planned["event"], planned["planned"]) == (["AGREE"], True)
    assert planned["attributed_to"] == ["Olav Lien"]
    assert all(r["text"] in graph.store.text(r["article"]) for r in records)


def test_neo4j_files_hang_together(graph: Graph, tmp_path: Path) -> None:
    folder = tmp_path / "x.neo4j"
    graph.export(folder)
    files = {path.name: table(path.read_text()) for path in folder.glob("*.csv")}
    command = (folder / "import.sh").read_text()
    assert set(re.findall(r"[a-z]+\.csv", command)) == set(files)
    ids: dict[str, set[str]] = {}
    for name, rows in files.items():
        for header in rows[0]:
            if match := re.fullmatch(r"id:ID\((\w+)\)", header):
                ids[match[1]] = {row[header] for row in rows}
                assert len(ids[match[1]]) == len(rows), f"{name} repeats an identifier"
    for rows in files.values():
        for header in rows[0]:
            if match := re.fullmatch(r":(?:START|END)_ID\((\w+)\)", header):
                assert {row[header] for row in rows} <= ids[match[1]]
    assert len(files["statements.csv"]) == 7
    assert len(files["relations.csv"]) == len(graph.networkx().edges)
    assert {row[":TYPE"] for row in files["relations.csv"]} >= {"MEETS", "COMMENTS_ON"}
    speakers = [row for row in files["roles.csv"] if row[":TYPE"] == "ATTRIBUTED_TO"]
    assert Counter(row["place:int"] for row in speakers) == {"1": 2, "2": 1}
    assert {row["labels:LABEL"] for row in files["entities.csv"]} >= {"Country|Actor|Entity"}
    again = tmp_path / "y.neo4j"
    graph.export(again)
    for path in folder.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes()
    with pytest.raises(WriteError, match="folder"):
        graph.export(io.StringIO(), format="neo4j")
    (tmp_path / "z.neo4j").write_text("a file")
    with pytest.raises(WriteError, match="folder"):
        graph.export(tmp_path / "z.neo4j")


READERS = {".ttl": ox.RdfFormat.TURTLE, ".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG}


@pytest.mark.parametrize("suffix", READERS)
def test_reifiers_of_rdf_12(graph: Graph, suffix: str) -> None:
    text = written(graph, suffix, rdf12=True)
    read = list(ox.parse(text, format=READERS[suffix]))
    more = [q for q in read if q.predicate == REIFIES]
    assert {q for q in read if q.predicate != REIFIES} == set(
        ox.parse(written(graph, suffix), format=READERS[suffix])
    )
    names = graph.store.names
    norway, peru = names.node(example.NORWAY.id), names.node(example.PERU.id)
    triples = Counter(q.object for q in more)
    assert triples[ox.Triple(norway, v.term("meets"), peru)] == 2
    denied = ox.Triple(peru, v.term("attends"), names.node(example.SUMMIT.id))
    (statement,) = (q.subject for q in more if q.object == denied)
    assert ox.Quad(statement, v.term("polarity"), v.term("negated")).triple in {
        q.triple for q in read
    }
    assert denied not in {q.triple for q in read}, "what is reified is not asserted"
    statements = {q.subject for q in graph.store.match(None, v.TYPE, v.term("Statement"))}
    assert {q.subject for q in more} <= statements
    summit, quispe = names.node(example.SUMMIT.id), names.node(example.QUISPE.id)
    assert triples[ox.Triple(quispe, v.term("proposesMatter"), summit)] == 1
    assert triples[ox.Triple(quispe, v.term("proposes"), summit)] == 0, "a topic is no target"
    (proposal,) = (s for s in example.lake().statements if s.relation == "proposes")
    assert {q.object for q in more if q.subject == names.node(proposal.id)} == {
        ox.Triple(quispe, v.term("proposesMatter"), summit)
    }


def test_reifiers_need_a_format_that_has_them(graph: Graph, tmp_path: Path) -> None:
    for suffix in set(FORMATS) - set(READERS):
        with pytest.raises(UnknownFormatError, match="reifiers"):
            graph.export(tmp_path / f"x{suffix}", rdf12=True)
    assert not list(tmp_path.iterdir())


CONSTRUCT = """
CONSTRUCT { ?a kg:meets ?b . ?a kg:note [ skos:prefLabel ?name ] }
WHERE { ?a kg:meets ?b ; skos:prefLabel ?name }
"""


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("suffix", sorted(RDF))
def test_what_a_construct_makes(graph: Graph, suffix: str) -> None:
    made = graph.constructed(CONSTRUCT)
    assert made is not None
    text = written(made, suffix)
    assert text == written(graph.constructed(CONSTRUCT), suffix), "blank nodes keep their names"  # type: ignore[arg-type]
    name = {".rdf": "xml", ".ttl": "turtle", ".nq": "nquads", ".jsonld": "json-ld"}
    theirs = rdflib.Dataset(default_union=True)
    theirs.parse(data=text, format=name.get(suffix, "trig"))
    triples = {(s, p, o) for s, p, o, _ in theirs.quads()}
    assert len(triples) == 3
    assert {str(o) for _, p, o in triples if p == rdflib.URIRef(v.SKOS + "prefLabel")} == {"Norway"}


def test_a_construct_is_written_as_rdf_only(graph: Graph, tmp_path: Path) -> None:
    made = graph.constructed(CONSTRUCT)
    assert made is not None
    for suffix in set(FORMATS) - RDF:
        with pytest.raises(UnknownFormatError, match="CONSTRUCT"):
            made.export(tmp_path / f"x{suffix}")
    assert graph.constructed("SELECT ?s { ?s ?p ?o }") is None
    assert graph.constructed("ASK {}") is None
    with pytest.raises(ForbiddenQueryError):
        graph.constructed("DELETE WHERE { ?s ?p ?o }")


def test_packed_files(graph: Graph, tmp_path: Path) -> None:
    graph.export(tmp_path / "x.nq.gz")
    graph.export(tmp_path / "y.nq.gz")
    content = (tmp_path / "x.nq.gz").read_bytes()
    assert content == (tmp_path / "y.nq.gz").read_bytes()
    assert gzip.decompress(content).decode() == written(graph, ".nq")


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.plover.jsonl", ".plover.jsonl"),
        ("a.b.jsonl", ".jsonl"),
        ("a.CSV", ".csv"),
        ("plover.jsonl", ".jsonl"),
        ("a.entities.csv.gz", ".entities.csv"),
    ],
)
def test_the_longest_suffix_counts(name: str, suffix: str) -> None:
    assert suffix_of(name) == suffix
    assert suffix_of("-", suffix.removeprefix(".")) == suffix


def test_jsonld_reads_as_json(graph: Graph) -> None:
    document = json.loads(written(graph, ".jsonld"))
    (lake,) = (g for g in document["@graph"] if g["@id"] == "id:article/lake")
    nodes = {node["@id"]: node for node in lake["@graph"]}
    (proposes,) = (n for n in nodes.values() if n.get("relation") == "kg:proposes")
    assert proposes["agent"] == "id:unlinked/person/ana-quispe"
    assert proposes["@id"] == f"id:{example.lake().statements[1].id}"
    assert proposes["target"] == "id:country/NO"
    assert proposes["about"] == "id:unlinked/event/fisheries-summit"
    assert proposes["start"] == example.LAKE.index("President")
    assert proposes["quote"] == "President Ana Quispe proposed a fisheries summit"
    assert proposes["polarity"] == "kg:affirmed"
    (acts,) = (g for g in document["@graph"] if g["@id"] == "id:graph/acts")
    (told,) = (n["act"] for n in acts["@graph"] if n["@id"] == proposes["@id"])
    assert {n["@id"]: n["@type"] for n in acts["@graph"] if "@type" in n}[told] == ["kg:Act"]
    assert document["@context"]["agent"] == {"@id": "kg:agent", "@type": "@id"}
    assert document["@context"]["quote"] == {"@id": "kg:quote", "@language": "en"}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("base", ["https://example.org/x", "urn:x:", "https://example.org/a#"])
def test_jsonld_under_any_base(base: str) -> None:
    from kg.store import MemoryStore

    with Graph(MemoryStore(base), gazetteer=example.gazetteer()) as graph:
        graph.add(example.lake())
        text = written(graph, ".jsonld")
        assert set(ox.parse(text, format=ox.RdfFormat.JSON_LD)) == set(graph.store.match())
        theirs = rdflib.Dataset()
        theirs.parse(data=text, format="json-ld")
        assert len(list(theirs.quads())) == graph.store.size()


@pytest.mark.skipif(not shutil.which("rapper"), reason="rapper (raptor2-utils) is not installed")
@pytest.mark.parametrize(
    ("suffix", "name"), [(".ttl", "turtle"), (".rdf", "rdfxml"), (".nq", "nquads")]
)
def test_rapper_counts_the_same(graph: Graph, tmp_path: Path, suffix: str, name: str) -> None:
    graph.add(rdf.canonical(next(hostile().extractions())))
    graph.export(tmp_path / f"x{suffix}")
    done = subprocess.run(
        ["rapper", "-c", "-i", name, str(tmp_path / f"x{suffix}")],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    merged = {(q.subject, q.predicate, q.object) for q in graph.store.match()}
    number = graph.store.size() if suffix == ".nq" else len(merged)
    assert f"returned {number} triples" in done.stderr


READERS_HOME = os.environ.get("KG_READERS", "")


@pytest.mark.skipif(not READERS_HOME, reason="KG_READERS names no folder with Comunica installed")
def test_comunica_counts_the_same(graph: Graph, tmp_path: Path) -> None:
    graph.add(rdf.canonical(next(hostile().extractions())))
    files = [tmp_path / "x.ttl", tmp_path / "x.rdf"]
    for file in files:
        graph.export(file)
    done = subprocess.run(
        ["node", str(Path(READERS_HOME) / "count.mjs"), *map(str, files)],
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    merged = {(q.subject, q.predicate, q.object) for q in graph.store.match()}
    assert done.stdout.splitlines() == [f"{len(merged)} {file}" for file in files]
