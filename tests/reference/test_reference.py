"""The ontology as one file and as a page."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg import iris, reference, resources
from kg.cli import run
from kg.errors import UnknownFormatError
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.reference.page import page

DOCS = Path(__file__).parents[2] / "docs" / "ontology.html"
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> rdflib.Graph:
    path = tmp_path_factory.mktemp("ontology") / "o.ttl"
    reference.write(path)
    return rdflib.Graph().parse(path)


def test_one_file_has_all_relations_and_what_they_mean(
    merged: rdflib.Graph, ontology: Ontology
) -> None:
    relations = set(merged.subjects(RDF.type, rdflib.URIRef(iris.ONTOLOGY + "Relation")))
    assert relations == {rdflib.URIRef(iris.ONTOLOGY + name) for name in ontology.relations}
    assert len(relations) == 29
    above = rdflib.URIRef(iris.ONTOLOGY + "relatesTo")
    for relation in relations:
        for predicate in (RDFS.label, RDFS.domain, RDFS.range, SKOS.definition, RDFS.isDefinedBy):
            assert len(list(merged.objects(relation, predicate))) == 1, (relation, predicate)
        assert (relation, RDFS.subPropertyOf, above) in merged
    ours = rdflib.URIRef(iris.ONTOLOGY.rstrip("#"))
    assert merged.value(ours, OWL.versionIRI) is not None


def test_frames_and_examples_stay_on_the_cards(merged: rdflib.Graph) -> None:
    for name in ("frame", "example", "nonExample", "verb"):
        assert not list(merged.subject_objects(rdflib.URIRef(iris.LEXICON + name)))


def test_relations_match_the_category_that_their_records_get(
    merged: rdflib.Graph, ontology: Ontology
) -> None:
    matched = 0
    for name, relation in ontology.relations.items():
        node = rdflib.URIRef(iris.ONTOLOGY + name)
        matches = {
            str(o).removeprefix(v.PLOVER)
            for p in (SKOS.closeMatch, SKOS.broadMatch)
            for o in merged.objects(node, p)
            if str(o).startswith(v.PLOVER)
        }
        assert matches >= ({relation.plover} if relation.plover else set()), name
        assert bool(matches) == bool(relation.plover), name
        matched += len(matches)
    assert matched >= 26
    exact = [
        triple
        for p in (SKOS.exactMatch, OWL.equivalentClass)
        for triple in merged.triples((None, p, None))
    ]
    assert not [o for _, _, o in exact if str(o).startswith(v.PLOVER)]


def test_all_formats_say_the_same(merged: rdflib.Graph, tmp_path: Path) -> None:
    for suffix in reference.FORMATS:
        path = tmp_path / f"o{suffix}"
        reference.write(path)
        lines = ox.serialize(
            (quad.triple for quad in ox.parse(path=str(path))), format=ox.RdfFormat.N_TRIPLES
        )
        assert isomorphic(rdflib.Graph().parse(data=lines, format="nt"), merged), suffix


@pytest.mark.slow
def test_the_same_bytes_under_any_hash_seed(tmp_path: Path) -> None:
    files = [f"o{suffix}" for suffix in (*reference.FORMATS, reference.PAGE)]
    code = f"from kg import reference; [reference.write(f) for f in {files!r}]"
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            cwd=folder,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(DOCS.parents[1])},
            timeout=120,
        )
    for name in files:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes(), name


def test_the_shapes_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / "shapes.nt"
    reference.write(path, shapes=True)
    source = rdflib.Graph().parse(resources.ontology_dir() / "shapes.ttl")
    assert isomorphic(rdflib.Graph().parse(path), source)


@pytest.mark.parametrize(("name", "shapes"), [("o.docx", False), ("s.html", True)])
def test_other_formats_are_refused(tmp_path: Path, name: str, shapes: bool) -> None:
    with pytest.raises(UnknownFormatError, match=r"one of: .*\.ttl"):
        reference.write(tmp_path / name, shapes=shapes)
    assert list(tmp_path.iterdir()) == []


def test_the_command_prints_or_writes(
    capsys: Capture, tmp_path: Path, merged: rdflib.Graph
) -> None:
    assert run(["ontology"]) == 0
    assert isomorphic(rdflib.Graph().parse(data=capsys.readouterr().out), merged)
    path = tmp_path / "o.nt"
    assert run(["ontology", "-o", str(path)]) == 0
    assert capsys.readouterr() == ("", f"{path} written\n")
    assert run(["ontology", "--shapes"]) == 0
    assert "sh:NodeShape" in capsys.readouterr().out
    assert run(["ontology", "-o", str(tmp_path / "o.xyz")]) == 2
    assert "[unknown-format]" in capsys.readouterr().err


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if tag == "a":
            self.links.append(str(values["href"]))


@pytest.fixture(scope="module")
def written() -> str:
    return page()


def test_the_page_in_the_documentation_is_up_to_date(written: str) -> None:
    current = DOCS.read_text(encoding="utf-8")
    assert current == written, "run: kg ontology -o docs/ontology.html"


def test_the_page_describes_every_term_once(written: str, ontology: Ontology) -> None:
    found = _Page()
    found.feed(written)
    assert len(found.ids) == len(set(found.ids))
    terms = {name for name in found.ids if "-" in name and not name.endswith("-name")}
    links = {card.topic_link for card in ontology.relations.values()} - {""}
    assert len(links) >= 5
    other = ("agent", "quote", "actual", "negated", "act", "unnamedSource", "linkFloor")
    for name in (*ontology.classes, *ontology.relations, *links, *other):
        assert f"kg-{name}" in terms
    assert len([name for name in terms if name.startswith("plover-")]) == 16
    inside = [link for link in found.links if link.startswith("#")]
    assert len(inside) > 300
    assert {link[1:] for link in inside} <= set(found.ids)
    assert {link for link in found.links if not link.startswith("#")} == {
        "https://spdx.org/licenses/MIT"
    }
    assert not found.tags & {"script", "img", "link", "iframe"}


def test_the_page_shows_domain_range_alignment_and_an_example(written: str) -> None:
    attends = written.split('id="kg-attends"')[1].split("</section>")[0]
    plain = re.sub(r"<[^>]+>", "", attends)
    assert re.search(r"domain\s*kg:Actor", plain)
    assert re.search(r"range\s*kg:Event", plain)
    assert re.search(r"plain link to\s*kg:target", plain)
    assert re.search(r"narrower than\s*plover:CONSULT", plain)
    assert "<q>" in attends
    proposes = written.split('id="kg-proposes"')[1].split("</section>")[0]
    assert re.search(r"plain link to\s*kg:proposesMatter\s", re.sub(r"<[^>]+>", "", proposes))
    comments = written.split('id="kg-commentsOn"')[1].split("</section>")[0]
    assert "plain link" not in comments
    actor = written.split('id="kg-Actor"')[1].split("</dl>")[0]
    assert "sem:Actor" in actor
    assert "foaf:Agent" in actor


def test_text_of_cards_is_escaped(tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "ontologies"
    shutil.copytree(resources.ontology_dir(), folder)
    card = folder / "relations" / "attends.ttl"
    text = card.read_text(encoding="utf-8")
    card.write_text(text.replace('"attends"@en', '"<script>x</script>"@en', 1), encoding="utf-8")
    assert "<script" not in page(folder)
    assert "&lt;script&gt;" in page(folder)
