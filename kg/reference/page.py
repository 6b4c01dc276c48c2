"""The page of terms: definition and alignment of every class, property and value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg import iris, resources
from kg import ontology as ontologies
from kg.rdf import vocabulary as v
from kg.reference import vocabulary

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

    from kg.ontology import Ontology

_MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
_MATCH_WORDS = {
    "closeMatch": "close to",
    "broadMatch": "narrower than",
    "relatedMatch": "related to",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A prefixed name, with the anchor of its entry on the page; empty if it has no entry."""

    name: str
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One term on the page.

    Attributes:
        link: its prefixed name and anchor.
        label, definition, note: texts from the ontology; `note` may be empty.
        rows: headings such as `domain`, each with its terms.
        example: example sentence of a relation; empty for other terms.
        roles: (role, words of the example that fill it).
        children: entries of subclasses.
    """

    link: Link
    label: str
    definition: str
    note: str = ""
    rows: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    example: str = ""
    roles: tuple[tuple[str, str], ...] = ()
    children: tuple[Entry, ...] = ()


def page(directory: Path | None = None) -> str:
    """Return the page of terms as HTML, without scripts and external resources.

    Raises:
        OntologyError: a file of the ontology is missing or broken.
    """
    import jinja2

    folder = directory or resources.ontology_dir()
    terms = _Terms(vocabulary.graph(vocabulary.merged(folder)), ontologies.load(folder))
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("kg.reference", "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("page.html.j2").render(
        about=terms.about(),
        sections=terms.sections(),
        prefixes=sorted(terms.prefixes().items()),
    )


class _Terms:
    """Makes the entries of the page from the merged ontology."""

    def __init__(self, graph: Graph, ontology: Ontology) -> None:
        import rdflib

        self.graph = graph
        self.ontology = ontology
        self.rdflib = rdflib
        self.spaces = {space: prefix for prefix, space in vocabulary.PREFIXES.items()}
        self.described = {
            str(node)
            for node in set(graph.subjects(self.node(v.TYPE.value)))
            if isinstance(node, rdflib.URIRef) and list(graph.objects(node, self.node(_DEFINITION)))
        }

    def node(self, value: str) -> Node:
        return self.rdflib.URIRef(value)

    def about(self) -> dict[str, str]:
        ontology = self.node(iris.ONTOLOGY.rstrip("#"))
        wanted = {
            "title": _DCTERMS + "title",
            "description": _DCTERMS + "description",
            "version": v.OWL + "versionInfo",
            "version_iri": v.OWL + "versionIRI",
            "licence": _DCTERMS + "license",
        }
        found = {key: str(self.graph.value(ontology, self.node(p))) for key, p in wanted.items()}
        return {**found, "iri": iris.ONTOLOGY}

    def prefixes(self) -> dict[str, str]:
        text = "\n".join(self.described)
        return {prefix: space for space, prefix in self.spaces.items() if space in text}

    def link(self, node: Node) -> Link:
        value = str(node)
        for space, prefix in self.spaces.items():
            if value.startswith(space):
                name = f"{prefix}:{value[len(space) :]}"
                return Link(
                    name=name, anchor=name.replace(":", "-") if value in self.described else ""
                )
        return Link(name=value)

    def links(self, nodes: Iterable[Node]) -> tuple[Link, ...]:
        """Return links sorted by name; a class union gives its members."""
        found: set[Link] = set()
        for node in nodes:
            union = self.graph.value(node, self.node(v.OWL + "unionOf"))
            members = self.graph.items(union) if union is not None else [node]
            found.update(self.link(member) for member in members)
        return tuple(sorted(found, key=lambda link: link.name.lower()))

    def text(self, node: Node, predicate: str) -> str:
        return str(self.graph.value(node, self.node(predicate)) or "")

    def of_kind(self, kind: str, space: str) -> list[Node]:
        found = self.graph.subjects(self.node(v.TYPE.value), self.node(kind))
        return sorted({node for node in found if str(node).startswith(space)}, key=str)

    def entry(self, node: Node, rows: Iterable[tuple[str, str, bool]] = ()) -> Entry:
        """Return the entry of a term; `rows` are (heading, predicate, inverse direction)."""
        found = [(title, self.links(self.others(node, p, back))) for title, p, back in rows]
        for name in _MATCHES:
            links = self.links(self.graph.objects(node, self.node(v.SKOS + name)))
            found.append((_MATCH_WORDS.get(name, name), links))
        return Entry(
            link=self.link(node),
            label=self.text(node, v.LABEL.value) or self.text(node, v.PREF_LABEL.value),
            definition=self.text(node, _DEFINITION),
            note=self.text(node, v.SKOS + "scopeNote"),
            rows=tuple((title, links) for title, links in found if links),
        )

    def others(self, node: Node, predicate: str, back: bool) -> Iterable[Node]:
        p = self.node(predicate)
        return self.graph.subjects(p, node) if back else self.graph.objects(node, p)

    def sections(self) -> list[tuple[str, str, list[Entry]]]:
        """Return the sections of the page as (heading, introduction, entries)."""
        kg, classes = iris.ONTOLOGY, self.of_kind(v.OWL + "Class", iris.ONTOLOGY)
        relations = {self.node(kg + name) for name in self.ontology.relations}
        properties = [
            node
            for kind in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
            for node in self.of_kind(v.OWL + kind, kg)
            if node not in relations
        ]
        values = self.of_kind(v.OWL + "NamedIndividual", kg)
        return [
            (
                "Classes",
                "What nodes of the graph are.",
                [self._class(node) for node in classes if self._top(node)],
            ),
            (
                "Relations",
                "What actors do. A statement names one of them by kg:relation; where an article "
                "itself says that the act took place, it also links the two directly.",
                [self._relation(node) for node in sorted(relations, key=str)],
            ),
            (
                "Properties",
                "How statements, acts, mentions, articles and runs are described.",
                [self.entry(node, _PROPERTY_ROWS) for node in sorted(properties, key=str)],
            ),
            (
                "Values",
                "Modality and polarity of a statement.",
                [self.entry(node, (("type", v.TYPE.value, False),)) for node in values],
            ),
            (
                "PLOVER",
                "Categories of event data, as a SKOS scheme that relations are matched with.",
                [
                    self.entry(node, (("relations", v.SKOS + m, True) for m in _MATCHES))
                    for node in self.of_kind(v.SKOS + "Concept", v.PLOVER)
                ],
            ),
            (
                "Vocabulary of relation cards",
                "How a card says in which words and constructions English expresses a relation.",
                [
                    self.entry(node, _PROPERTY_ROWS)
                    for kind in ("Class", "ObjectProperty", "DatatypeProperty")
                    for node in self.of_kind(v.OWL + kind, iris.LEXICON)
                ],
            ),
            (
                "Terms of others",
                "Terms of other vocabularies that the graph writes or that ours specialise.",
                [
                    self.entry(self.node(value), _PROPERTY_ROWS)
                    for value in sorted(self.described)
                    if not value.startswith((kg, iris.LEXICON, v.PLOVER))
                ],
            ),
        ]

    def _top(self, node: Node) -> bool:
        above = self.graph.objects(node, self.node(v.SUB_CLASS_OF.value))
        return not any(str(parent).startswith(iris.ONTOLOGY) for parent in above)

    def _class(self, node: Node) -> Entry:
        from dataclasses import replace

        below = sorted(self.graph.subjects(self.node(v.SUB_CLASS_OF.value), node), key=str)
        rows = (("subclass of", v.SUB_CLASS_OF.value, False),)
        return replace(self.entry(node, rows), children=tuple(map(self._class, below)))

    def _relation(self, node: Node) -> Entry:
        from dataclasses import replace

        card = self.ontology.relations[str(node).removeprefix(iris.ONTOLOGY)]
        ends = ["target"] * card.links + [card.topic_link] * bool(card.topic_link)
        linked = self.links(self.node(iris.ONTOLOGY + name) for name in ends)
        entry = self.entry(node, (("domain", _DOMAIN, False), ("range", _RANGE, False)))
        targets = self.links(self.node(iris.ONTOLOGY + name) for name in card.range)
        rows = (*entry.rows[:2], ("targets", targets), ("plain link to", linked), *entry.rows[2:])
        plain = next((e for e in card.examples if not e.negated and e.modality == "actual"), None)
        roles = plain.roles.items() if plain else ()
        return replace(
            entry,
            rows=tuple(row for row in rows if row[1]),
            note=_MUTUAL if card.symmetric else "",
            example=plain.text if plain else "",
            roles=tuple((role, ", ".join(names)) for role, names in roles),
        )


_DCTERMS = vocabulary.PREFIXES["dcterms"]
_DEFINITION = v.DEFINITION.value
_DOMAIN, _RANGE = v.RDFS + "domain", v.RDFS + "range"
_PROPERTY_ROWS = (
    ("subproperty of", v.RDFS + "subPropertyOf", False),
    ("subclass of", v.SUB_CLASS_OF.value, False),
    ("domain", _DOMAIN, False),
    ("range", _RANGE, False),
)
_MUTUAL = "Mutual: without a target, the agents are parties to one another."
