"""The ontology files: they open elsewhere, nothing is undeclared, and the data fits them."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import example
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SKOS, XSD

from kg import iris, rdf, resources
from kg.export import FORMATS
from kg.graph import Graph
from kg.ontology import Ontology
from kg.query.questions import ready
from kg.rdf import vocabulary as v
from kg.records import MODALITIES, Extraction

FILES = sorted(resources.ontology_dir().rglob("*.ttl"))
KG, LEX = rdflib.Namespace(iris.ONTOLOGY), rdflib.Namespace(iris.LEXICON)
KINDS = {
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    OWL.NamedIndividual,
    RDFS.Datatype,
    SKOS.Collection,
    SKOS.Concept,
    SKOS.ConceptScheme,
}
OURS = (iris.ONTOLOGY, iris.LEXICON, v.PLOVER)
PALETTE = {
    *("#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7"),
    *("#8C8C8C", "#4D4D4D"),
}
TREE = {
    "Entity": None,
    "Actor": "Entity",
    "Country": "Actor",
    "Person": "Actor",
    "Official": "Person",
    "Analyst": "Person",
    "Journalist": "Person",
    "Organization": "Actor",
    "GovernmentBody": "Organization",
    "IntergovernmentalOrganization": "Organization",
    "MediaOutlet": "Organization",
    "ArmedGroup": "Organization",
    "Group": "Actor",
    "Place": "Entity",
    "Event": "Entity",
    "Meeting": "Event",
    "Visit": "Event",
    "Election": "Event",
    "Conflict": "Event",
    "Agreement": "Entity",
}


@pytest.fixture(scope="module")
def everything() -> rdflib.Graph:
    """All ontology files but the shapes as one graph, read by another library than ours."""
    graph = rdflib.Graph()
    for path in FILES:
        if path.name != "shapes.ttl":
            graph.parse(path, format="turtle")
    return graph


@pytest.fixture(scope="module")
def declared(everything: rdflib.Graph) -> set[str]:
    return {str(s) for kind in KINDS for s in everything.subjects(RDF.type, kind)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_opens_by_itself(path: Path) -> None:
    assert len(rdflib.Graph().parse(path, format="turtle")) > 0


def test_the_ontology_has_a_version(everything: rdflib.Graph) -> None:
    everything = everything + rdflib.Graph().parse(resources.ontology_dir() / "shapes.ttl")
    for name in (iris.ONTOLOGY, iris.LEXICON, "https://w3id.org/newskg/shapes#"):
        node = rdflib.URIRef(name.rstrip("#"))
        assert (node, RDF.type, OWL.Ontology) in everything
        version = everything.value(node, OWL.versionInfo)
        assert str(everything.value(node, OWL.versionIRI)) == f"{node}/{version}"


def test_no_term_of_ours_is_undeclared(everything: rdflib.Graph, declared: set[str]) -> None:
    nodes = {t for triple in everything for t in triple if isinstance(t, rdflib.URIRef)}
    used = {str(t) for t in nodes if str(t).startswith(OURS)}
    assert used - declared == set()


def test_every_property_that_cards_and_ontology_use_is_declared(
    everything: rdflib.Graph, declared: set[str]
) -> None:
    built_in = (str(RDF), str(RDFS), str(OWL), str(SKOS))
    used = {str(p) for p in everything.predicates() if not str(p).startswith(built_in)}
    assert used - declared == set()


def test_every_term_is_labelled_and_defined(everything: rdflib.Graph) -> None:
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.NamedIndividual):
        for term in everything.subjects(RDF.type, kind):
            if not str(term).startswith(OURS):
                continue
            for predicate in (RDFS.label, SKOS.definition):
                texts = list(everything.objects(term, predicate))
                assert len(texts) == 1, f"{term} {predicate}"
                assert isinstance(texts[0], rdflib.Literal)
                assert texts[0].language == "en"
                assert str(texts[0]).strip()


def test_the_class_tree(ontology: Ontology) -> None:
    for name, parent in TREE.items():
        assert ontology.classes[name].parents == ((parent,) if parent else ())
    assert ontology.superclasses("Analyst") == ("Analyst", "Person", "Actor", "Entity")
    below_event = {name for name in TREE if "Event" in ontology.superclasses(name)}
    assert below_event == {"Event", "Meeting", "Visit", "Election", "Conflict"}


def test_classes_are_told_apart_by_colour_and_shape(ontology: Ontology) -> None:
    hints = [(ontology.classes[name].colour, ontology.classes[name].shape) for name in TREE]
    assert {colour for colour, _ in hints} <= PALETTE
    assert {shape for _, shape in hints} <= {
        *("dot", "square", "diamond", "star", "triangle", "triangleDown", "hexagon")
    }
    assert len(set(hints)) == len(hints)


def test_modalities_and_polarities(everything: rdflib.Graph) -> None:
    assert set(everything.subjects(RDF.type, KG.Modality)) == {KG[m] for m in MODALITIES}
    assert set(everything.subjects(RDF.type, KG.Polarity)) == {KG.affirmed, KG.negated}


def test_plover_has_its_sixteen_categories(everything: rdflib.Graph, ontology: Ontology) -> None:
    scheme = rdflib.URIRef(v.PLOVER + "scheme")
    concepts = {str(c).removeprefix(v.PLOVER) for c in everything.subjects(SKOS.inScheme, scheme)}
    assert len(concepts) == 16
    assert {r.plover for r in ontology.relations.values()} - {""} <= concepts


def test_relations_do_not_clash_with_other_terms(ontology: Ontology) -> None:
    main = rdflib.Graph().parse(resources.ontology_dir() / "kg.ttl", format="turtle")
    others = {str(s).removeprefix(iris.ONTOLOGY) for s in main.subjects()}
    assert set(ontology.relations) & others == set()
    links = {card.topic_link for card in ontology.relations.values()} - {""}
    assert links & (others | set(ontology.relations)) == set()


def merged(*extractions: Extraction) -> rdflib.Graph:
    """Return articles as data, merged, read by another library than ours."""
    stream = io.StringIO()
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add_all(extractions, pipeline="p")
        graph.export(stream, format="nq")
    found = rdflib.Graph()
    for line in stream.getvalue().splitlines():
        triple = line.rpartition(" <")[0]
        found.parse(data=f"{triple} .", format="nt")
    return found


@pytest.fixture(scope="module")
def data() -> rdflib.Graph:
    """Both articles of the example, and some of what they do not have."""
    lake, harbour = example.lake(), example.harbour()
    met, proposed, *_ = lake.statements
    more = (
        replace(met, unnamed_source=True),
        replace(proposed, modality="planned", attributed_to=(example.LIEN,)),
        replace(met, negated=True),
    )
    found = merged(replace(lake, statements=(*lake.statements, *more)), harbour)
    written = {KG.contradicts, KG.articles, KG.unnamedSource, KG.actKey, KG.proposesMatter}
    assert written <= set(found.predicates())
    return found


RDF_SUFFIXES = [
    suffix for suffix in sorted(FORMATS) if ox.RdfFormat.from_extension(suffix[1:]) is not None
]


@pytest.mark.parametrize("suffix", RDF_SUFFIXES)
def test_no_undeclared_term_is_in_any_output(
    graph: Graph, declared: set[str], suffix: str, tmp_path: Path
) -> None:
    """Every property, class, datatype and term of ours in a file is one that we declare."""
    path = tmp_path / f"graph{suffix}"
    graph.export(path)
    quads = list(ox.parse(path=str(path)))
    assert len(quads) > 300
    used = {quad.predicate.value for quad in quads}
    used |= {quad.object.value for quad in quads if quad.predicate == v.TYPE}
    nodes = {term for quad in quads for term in (quad.subject, quad.object)}
    used |= {t.value for t in nodes if isinstance(t, ox.NamedNode) and t.value.startswith(OURS)}
    used |= {t.datatype.value for t in nodes if isinstance(t, ox.Literal)}
    standard = (v.RDF, v.RDFS, v.OWL, v.XSD)
    assert {term for term in used - declared if not term.startswith(standard)} == set()
    built_in = {term for term in used if term.startswith(standard)}
    assert {term.rpartition("#")[2] for term in built_in} <= {
        *("type", "langString", "label", "subClassOf", "sameAs", "Class", "ObjectProperty"),
        *("integer", "decimal", "date", "string", "anyURI", "boolean"),
    }


def test_no_undeclared_term_is_in_the_flat_outputs(
    graph: Graph, declared: set[str], tmp_path: Path
) -> None:
    path = tmp_path / "graph.jsonl"
    graph.export(path)
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    used = {name for record in records for name in record.get("types", ())}
    used |= {
        record[key]
        for record in records
        if record["kind"] == "statement"
        for key in ("relation", "modality", "polarity")
    }
    network = graph.networkx()
    used |= {kind for _, kind in network.nodes(data="kind")}
    used |= {edge[key] for *_, edge in network.edges(data=True) for key in ("relation", "role")}
    assert len(used) > 15
    assert {iris.ONTOLOGY + name for name in used} - declared == set()


def allowed(
    graph: rdflib.Graph, prop: rdflib.term.Node, predicate: rdflib.URIRef
) -> set[rdflib.term.Node]:
    """Return the classes that domain or range names, unions unfolded."""
    found: set[rdflib.term.Node] = set()
    for value in graph.objects(prop, predicate):
        union = graph.value(value, OWL.unionOf)
        found |= set(Collection(graph, union)) if union else {value}
    return found


def test_what_is_written_fits_domain_and_range(
    data: rdflib.Graph, everything: rdflib.Graph, ontology: Ontology
) -> None:
    integers = {XSD.integer, XSD.nonNegativeInteger, XSD.positiveInteger}
    relations = {KG[name] for name in ontology.relations}
    links = relations | {KG[card.topic_link] for card in ontology.relations.values()}
    checked = 0
    for subject, predicate, value in data:
        if not str(predicate).startswith(iris.ONTOLOGY) or predicate in links:
            continue
        if domains := allowed(everything, predicate, RDFS.domain):
            kinds = set(data.objects(subject, RDF.type))
            assert domains & kinds, (subject, predicate)
            checked += 1
        for kind in everything.objects(predicate, RDFS.range):
            checked += 1
            if isinstance(value, rdflib.URIRef):
                assert (
                    (value, RDF.type, kind) in data
                    or (value, RDF.type, kind) in everything
                    or (kind == KG.Relation and value in relations)
                ), (predicate, value)
            elif kind == RDF.langString:
                assert isinstance(value, rdflib.Literal)
                assert value.language
            else:
                assert isinstance(value, rdflib.Literal)
                assert kind == (value.datatype or XSD.string) or {kind, value.datatype} <= integers
    assert checked > 300


def test_links_fit_the_domain_and_range_of_their_relation(
    everything: rdflib.Graph, ontology: Ontology
) -> None:
    lake = example.lake()
    met, proposed, attended, *_ = lake.statements
    act = replace(proposed, agents=(example.PERU,), about=(example.SUMMIT,))
    told = (
        met,
        replace(attended, modality="actual", attributed_to=()),
        replace(act, relation="visits", targets=(example.OSLO,)),
        *(
            replace(act, relation=name, targets=())
            for name, r in ontology.relations.items()
            if r.topic_link
        ),
        *(replace(act, relation=name) for name in ("supports", "urges", "mediates", "hosts")),
    )
    data = merged(replace(lake, statements=told))
    checked = set()
    for card in ontology.relations.values():
        for link in {card.name, card.topic_link} - {""}:
            for subject, value in data.subject_objects(KG[link]):
                for node, predicate in ((subject, RDFS.domain), (value, RDFS.range)):
                    classes = allowed(everything, KG[link], predicate)
                    fits = not classes or classes & set(data.objects(node, RDF.type))
                    assert fits, f"{node} of {link} is none of {classes}"
                    checked.add((link, predicate))
    assert len(checked) >= 2 * (6 + sum(bool(r.topic_link) for r in ontology.relations.values()))


def test_questions_use_declared_terms_only(declared: set[str]) -> None:
    names = re.compile(r"\b(kg|org|schema|prov|skos|owl|foaf|plover):([A-Za-z]+)")
    found = set()
    for question in ready().values():
        found |= {v.PREFIXES[p] + n for p, n in names.findall(question.sparql)}
    assert len(found) > 20
    assert found - declared == set()


def test_the_vocabulary_of_cards_is_used(everything: rdflib.Graph, declared: set[str]) -> None:
    lexicon = {term for term in declared if term.startswith(iris.LEXICON)}
    used = {str(p) for p in everything.predicates() if str(p).startswith(iris.LEXICON)}
    unused = {
        LEX.Frame,
        LEX.Example,
        LEX.light,
        LEX.content,
        LEX.targets,
    }  # classes, and what is optional
    assert {rdflib.URIRef(t) for t in lexicon - used} <= unused


def test_labels_of_terms_cover_ontology_and_cards(ontology: Ontology) -> None:
    written = rdf.term_quads(ontology)
    labelled = {v.local(q.subject) for q in written if q.predicate == v.LABEL}
    links = {card.topic_link for card in ontology.relations.values()} - {""}
    assert len(links) >= 5
    assert labelled == set(ontology.classes) | set(ontology.relations) | links
