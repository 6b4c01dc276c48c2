"""One contract for all exports, and what each format must keep."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import example
import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import rdf
from kg.errors import UnknownFormatError, WriteError
from kg.export import FORMATS, export
from kg.export.syntax import Spelling, comment, quoted, value_of
from kg.graph import Graph
from kg.rdf import vocabulary as v
from kg.records import Extraction
from kg.store import MemoryStore, Store

TEXT = sorted(set(FORMATS) - {".html", ".neo4j"})
QUADS = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
HOSTILE = [
    'quote " and """ three',
    "back\\slash \\u0041 \\",
    "<script>alert('x')</script> & ]]> -->",
    "line\nbreak\r\nand\ttab",
    "\x00\x01\x08\x1f\x7f",
    "\u202eright to left\u200f",
    "lone \ud800 surrogate \ufffe\uffff",
    "emoji \U0001f600 \U000e0001",
    "} . <a:b> <a:c> <a:d> .",
    "x" * 10_000,
]


def graph_of(*extractions: Extraction) -> Graph:
    graph = Graph(gazetteer=example.gazetteer())
    graph.add_all(extractions)
    return graph


def written(graph: Graph, suffix: str) -> str:
    stream = io.StringIO()
    graph.export(stream, format=suffix)
    return stream.getvalue()


def hostile(name: str) -> Extraction:
    """Return an article in which everything has a hostile name."""
    base = example.harbour()
    entity = replace(example.PERU, id=f"unlinked/person/{name}"[:300], kind="Person", name=name)
    text = name * 2 + base.article.text
    article = replace(base.article, text=text, title=name, outlet=name, byline=name, url=name)
    shift = len(text) - len(base.article.text)

    def moved(span):  # type: ignore[no-untyped-def]
        return replace(span, start=span.start, end=span.end + shift)

    statements = tuple(
        replace(
            s,
            agents=(entity,),
            evidence=replace(s.evidence, span=moved(s.evidence.span), rule=name),
        )
        for s in base.statements
    )
    return Extraction(article=article, statements=statements)


@pytest.mark.parametrize("suffix", TEXT)
def test_the_order_of_articles_does_not_matter(suffix: str) -> None:
    one = graph_of(example.lake(), example.harbour())
    other = graph_of(example.harbour(), example.harbour(), example.lake())
    assert written(one, suffix) == written(other, suffix)


@pytest.mark.parametrize("suffix", TEXT)
def test_the_history_of_a_graph_does_not_matter(suffix: str) -> None:
    one = graph_of(example.harbour())
    other = graph_of(example.lake(), example.harbour())
    other.remove("lake")
    assert written(one, suffix) == written(other, suffix)


@pytest.mark.slow
def test_other_processes_and_hash_seeds_give_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import example\n"
        "from kg.graph import Graph\n"
        "g = Graph(gazetteer=example.gazetteer()); g.add_all([example.lake(), example.harbour()])\n"
        "for s in sys.argv[3:]: g.export(sys.argv[2] + s)\n"
    )
    here = Path(__file__).parents[1]
    for seed in ("1", "2"):
        target = tmp_path / seed
        target.mkdir()
        subprocess.run(
            [sys.executable, "-c", code, str(here), f"{target}/x", *TEXT],
            check=True,
            cwd=here.parent,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            timeout=120,
        )
    for suffix in TEXT:
        first, second = ((tmp_path / seed / f"x{suffix}").read_bytes() for seed in ("1", "2"))
        assert first == second, suffix
        assert first.decode() == written(graph_of(example.lake(), example.harbour()), suffix)


@pytest.mark.parametrize("suffix", QUADS)
def test_quads_survive(graph: Graph, suffix: str) -> None:
    read = set(ox.parse(written(graph, suffix), format=QUADS[suffix]))
    assert read == set(graph.store.match())


def test_turtle_has_every_triple_once_merged(graph: Graph) -> None:
    text = written(graph, ".ttl")
    read = [q.triple for q in ox.parse(text, format=ox.RdfFormat.TURTLE)]
    assert len(read) == len(set(read))
    assert set(read) == {ox.Triple(q.subject, q.predicate, q.object) for q in graph.store.match()}


def test_turtle_opens_in_rdflib(graph: Graph) -> None:
    theirs = rdflib.Graph().parse(data=written(graph, ".ttl"), format="turtle")
    assert len(theirs) == len({(q.subject, q.predicate, q.object) for q in graph.store.match()})
    text = theirs.value(
        rdflib.URIRef(v.Names().article("lake").value), rdflib.URIRef(v.KG + "text")
    )
    assert str(text) == example.LAKE


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("suffix", "name"), [(".trig", "trig"), (".jsonld", "json-ld")])
def test_datasets_open_in_rdflib(graph: Graph, suffix: str, name: str) -> None:
    theirs = rdflib.Dataset()
    theirs.parse(data=written(graph, suffix), format=name)
    assert len(list(theirs.quads())) == graph.store.size()


def test_turtle_is_legible(graph: Graph) -> None:
    text = written(graph, ".ttl")
    for statement in (*example.lake().statements, *example.harbour().statements):
        short = statement.id.removeprefix("statement/")
        (label,) = graph.store.match(graph.store.names.node(statement.id), v.LABEL)
        assert f"\n# {label.object.value}\n<statement/{short}> a kg:Statement ;\n" in text
        assert text.count(f"\n<statement/{short}>") == 1
    assert (
        '<country/PE> a kg:Actor , kg:Country , kg:Entity ;\n    skos:prefLabel "Peru"@en ;' in text
    )
    assert "\n# Ana Quispe: President, Peru\n<membership/lake/" in text
    assert "kg:start 0 ;" in text
    assert "owl:sameAs wd:Q419" in text
    sections = ("Articles", "Entities", "Positions", "Statements", "Acts", "Mentions", "Terms")
    positions = [text.index(f"# --- {s} ---") for s in sections]
    assert positions == sorted(positions)
    visits = example.lake().statements[4].id.removeprefix("statement/")
    statement, speaker = (
        text.index(f"\n<statement/{visits}{rest}> a ") for rest in ("", "/speaker/1")
    )
    assert 0 < speaker - statement < 1_500
    assert text.count("\n\n", statement, speaker) == 0, "its speakers stand below a statement"
    acts = text[text.index("# --- Acts ---") : text.index("# --- Mentions ---")]
    told = graph.store.acts().values()
    assert acts.count("\n<act/") == len(set(told)) == 6
    assert acts.count("kg:articles 2") == 1


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("suffix", sorted({*QUADS, ".ttl"}))
def test_hostile_strings_break_no_rdf(name: str, suffix: str) -> None:
    graph = graph_of(hostile(name))
    formats = {**QUADS, ".ttl": ox.RdfFormat.TURTLE}
    read = list(ox.parse(written(graph, suffix), format=formats[suffix]))
    ours = {ox.Triple(q.subject, q.predicate, q.object) for q in graph.store.match()}
    assert {q.triple for q in read} == ours


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_strings_break_neither_lines_nor_xml(name: str) -> None:
    graph = graph_of(hostile(name))
    records = [json.loads(line) for line in written(graph, ".jsonl").split("\n") if line]
    assert v.storable(name) in {r.get("name") for r in records}
    ElementTree.fromstring(written(graph, ".graphml"))


@pytest.mark.parametrize("name", HOSTILE)
def test_lines_are_the_union_spelled_as_terms_are(name: str) -> None:
    store = graph_of(example.lake(), hostile(name)).store
    spelled = {str(quad.triple) for quad in store.match()}
    for lines in (list(store.lines()), list(Store.lines(store))):
        assert sorted(lines) == sorted(spelled)
    values = {str(quad.object): quad.object.value for quad in store.match()}
    assert {term: value_of(term) for term in values} == values


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",))))
def test_any_string_survives_turtle(value: str) -> None:
    text = f"<a:b> <a:c> {quoted(value)} ."
    (read,) = ox.parse(text, format=ox.RdfFormat.TURTLE)
    assert read.object == ox.Literal(value)


@given(st.text(alphabet='"\\\n a', max_size=12))
def test_quotes_and_backslashes_survive_turtle(value: str) -> None:
    (read,) = ox.parse(f"<a:b> <a:c> {quoted(value)} .", format=ox.RdfFormat.TURTLE)
    assert read.object == ox.Literal(value)
    theirs = rdflib.Graph().parse(data=f"<a:b> <a:c> {quoted(value)} .", format="turtle")
    assert [str(o) for o in theirs.objects()] == [value]


@given(st.text())
def test_comments_stay_comments(value: str) -> None:
    text = comment(value)
    assert text.startswith("#")
    assert len(text.splitlines()) == 1
    assert list(ox.parse(text.encode("utf-8", "replace"), format=ox.RdfFormat.TURTLE)) == []


@pytest.mark.parametrize(
    "base",
    ["https://example.org/id/", "https://example.org/id#", "https://example.org/?q=/", "urn:x:"],
)
@pytest.mark.parametrize(
    "rest",
    [
        "country/RU",
        "a/../b",
        "./a",
        "..",
        "a//b",
        "a%2Fb/%E2%82%AC",
        "a:b/c",
        "a/b.",
        "x/~y",
        "",
        "/a",
    ],
)
def test_short_iris_mean_the_same(base: str, rest: str) -> None:
    spelling = Spelling(base)
    node = ox.NamedNode(base + rest)
    text = f"{spelling.header()}\n<a:s> <a:p> {spelling.node(node)} ."
    (ours,) = ox.parse(text, format=ox.RdfFormat.TURTLE)
    assert ours.object == node
    theirs = rdflib.Graph().parse(data=text, format="turtle")
    assert [str(o) for o in theirs.objects()] == [node.value]


def records(graph: Graph) -> list[dict[str, object]]:
    return [json.loads(line) for line in written(graph, ".jsonl").splitlines()]


def test_records_of_entities(graph: Graph) -> None:
    entities = [r for r in records(graph) if r["kind"] == "entity" and r["article"] == "lake"]
    by_name = {r["name"]: r for r in entities}
    assert len(entities) == len(by_name) == len(example.lake().entities)
    base = "https://w3id.org/newskg/id/"
    assert by_name["Olav Lien"] == {
        "kind": "entity",
        "article": "lake",
        "id": base + "unlinked/person/olav-lien",
        "name": "Olav Lien",
        "types": ["Analyst", "Person", "Actor"],
        "mentions": ["Lien", "Olav Lien"],
        "positions": [
            {"title": "scholar", "of": None},
            {"title": "scholar", "of": base + "unlinked/organization/fjord-institute"},
        ],
        "wikidata": None,
    }
    assert by_name["Peru"]["wikidata"] == "Q419"
    assert by_name["fisheries summit"]["mentions"] == ["a fisheries summit"]
    assert by_name["Norway"]["mentions"] == ["Norway"], "descriptions of countries are no names"


def test_records_of_statements(graph: Graph) -> None:
    statements = [r for r in records(graph) if r["kind"] == "statement"]
    assert len(statements) == 5 + 2
    (attends,) = (s for s in statements if s["modality"] == "planned")
    base = "https://w3id.org/newskg/id/"
    start = example.LAKE.index("Norway will")
    assert attends == {
        "kind": "statement",
        "article": "lake",
        "id": base + example.lake().statements[2].id,
        "act": base + graph.store.acts()[example.lake().statements[2].id],
        "relation": "attends",
        "agents": [base + "country/NO"],
        "targets": [base + "unlinked/event/fisheries-summit"],
        "about": [],
        "where": [],
        "attributed_to": [base + "unlinked/person/olav-lien"],
        "reported_by": [base + "unlinked/outlet/coast-herald"],
        "unnamed_source": False,
        "modality": "planned",
        "polarity": "affirmed",
        "when": None,
        "start": start,
        "end": start + len("Norway will attend the fisheries summit"),
        "quote": "Norway will attend the fisheries summit",
        "confidence": 0.75,
    }
    shared = [s for s in statements if s["relation"] == "meets"]
    assert len({s["id"] for s in shared}) == 2
    assert len({s["act"] for s in shared}) == 1
    assert len({s["act"] for s in statements}) == 6
    assert [s["where"] for s in shared] == [[], [base + "unlinked/place/lima"]]
    chain = next(s for s in statements if s["relation"] == "visits")
    assert chain["attributed_to"] == [base + example.QUISPE.id, base + example.LIEN.id]


def test_graphml_is_read_back_with_its_types(graph: Graph, tmp_path: Path) -> None:
    target = tmp_path / "x.graphml"
    graph.export(target)
    theirs = nx.read_graphml(target, force_multigraph=True)
    ours = graph.networkx()
    assert theirs.is_directed()
    assert dict(theirs.nodes(data=True)) == dict(ours.nodes(data=True))
    assert sorted(map(repr, theirs.edges(data=True))) == sorted(map(repr, ours.edges(data=True)))
    assert len(theirs.edges) == 9


def test_html_goes_to_the_page(graph: Graph, tmp_path: Path) -> None:
    target = tmp_path / "x.html"
    graph.export(target, title="Fish & ships")
    page = target.read_text(encoding="utf-8")
    assert page.lstrip().lower().startswith("<!doctype html")
    assert "Fish &amp; ships" in page


def test_a_suffix_or_a_format_is_needed(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError, match=r"\.ttl"):
        graph.export(tmp_path / "x.docx")
    with pytest.raises(UnknownFormatError, match="not named"):
        graph.export(io.StringIO())
    with pytest.raises(UnknownFormatError):
        graph.export(tmp_path / "x")
    graph.export(tmp_path / "x", format="NQ")
    graph.export(tmp_path / "y.NQ")
    assert (tmp_path / "x").read_bytes() == (tmp_path / "y.NQ").read_bytes()


def test_standard_output(graph: Graph, capsys: pytest.CaptureFixture[str]) -> None:
    graph.export("-", format="jsonl")
    assert capsys.readouterr().out == written(graph, ".jsonl")


def test_lines_end_the_same_on_every_system(graph: Graph, tmp_path: Path) -> None:
    graph.export(tmp_path / "x.nq")
    content = (tmp_path / "x.nq").read_bytes()
    assert b"\r" not in content
    assert content.decode("utf-8") == written(graph, ".nq")


def test_a_disk_that_fills_up(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "x.ttl"
    target.write_text("precious")
    real: Callable[..., Iterator[str]] = Spelling.block

    def full(*args: object, **options: object) -> Iterator[str]:
        yield from real(*args, **options)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Spelling, "block", full)
    with pytest.raises(WriteError, match="No space left"):
        graph.export(target)
    assert target.read_text() == "precious"
    assert [p.name for p in tmp_path.iterdir()] == ["x.ttl"]


def test_a_folder_that_is_not_there(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="No such file"):
        graph.export(tmp_path / "none" / "x.ttl")


@pytest.mark.slow
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(range(4)))
def test_any_order_of_many_articles_gives_the_same_lines(order: list[int]) -> None:
    def numbered(number: int) -> Extraction:
        base = example.lake() if number % 2 else example.harbour()
        article = replace(base.article, id=f"{base.article.id}-{number}")
        return replace(
            base,
            article=article,
            statements=tuple(
                replace(s, evidence=replace(s.evidence, article=article.id))
                for s in base.statements
            ),
        )

    one = graph_of(*map(numbered, range(4)))
    other = graph_of(*map(numbered, order))
    assert written(one, ".nq") == written(other, ".nq")


def test_nothing_but_the_store_is_needed(ontology) -> None:  # type: ignore[no-untyped-def]
    store = MemoryStore()
    store.replace("lake", rdf.article_quads(example.lake(), ontology=ontology))
    for suffix in TEXT:
        stream = io.StringIO()
        export(store, stream, format=suffix)
        assert stream.getvalue()
