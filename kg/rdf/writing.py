"""Convert records to quads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import iris
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.rdf.credits import credited
from kg.rdf.gathering import Quads
from kg.rdf.ordering import SHORT, canonical, names_in
from kg.records import Entity, Extraction, Position, Statement, When
from kg.telling.sentences import sentence
from kg.text import shingles

if TYPE_CHECKING:
    from kg.gazetteer import Gazetteer


def article_quads(
    extraction: Extraction,
    *,
    ontology: Ontology,
    gazetteer: Gazetteer | None = None,
    base: str = iris.DEFAULT_BASE,
    pipeline: str = "",
) -> list[v.Quad]:
    """Return an extraction as sorted quads of the article's own graph.

    Args:
        extraction: the article and what was extracted from it.
        ontology: has the superclasses, which are written as types, too.
        gazetteer: identifies the outlet and the credited agency by name.
        base: IRI prefix of all identifiers.
        pipeline: version of the pipeline, stored so that unchanged articles can be skipped.
    """
    found = article_graph(
        extraction, ontology=ontology, gazetteer=gazetteer, base=base, pipeline=pipeline
    )
    return found.sorted()


def article_graph(
    extraction: Extraction,
    *,
    ontology: Ontology,
    gazetteer: Gazetteer | None = None,
    base: str = iris.DEFAULT_BASE,
    pipeline: str = "",
) -> Quads:
    """Return the quads of `article_quads` in less memory: each is made on iteration."""
    return _ArticleWriter(canonical(extraction), ontology, gazetteer, base, pipeline).write()


_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")


class _ArticleWriter(Quads):
    """Writes the graph of one article."""

    def __init__(
        self,
        extraction: Extraction,
        ontology: Ontology,
        gazetteer: Gazetteer | None,
        base: str,
        pipeline: str,
    ) -> None:
        self.names = v.Names(base)
        self.article = extraction.article
        self.node = self.names.article(self.article.id)
        super().__init__(self.node)
        self.extraction = extraction
        self.ontology = ontology
        self.gazetteer = gazetteer
        self.pipeline = pipeline

    def write(self) -> Quads:
        self._article()
        for entity, found in names_in(self.extraction, self.ontology).items():
            self._entity(entity, found)
        self._mentions()
        for position in self.extraction.positions:
            self._position(position)
        for statement in self.extraction.statements:
            self._statement(statement)
        return self

    def _text(self, value: str) -> ox.Literal:
        return v.text(value, self.article.language)

    def _types(self, node: ox.NamedNode, kind: str) -> None:
        self.add(node, v.TYPE, *map(v.term, self.ontology.superclasses(kind)))

    def _place(self, node: ox.NamedNode, start: int, end: int) -> None:
        self.add(node, "article", self.node)
        self.add(node, "start", v.integer(start))
        self.add(node, "end", v.integer(end))
        self.add(node, "quote", self._text(self.article.text[start:end]))

    def _article(self) -> None:
        article, node = self.article, self.node
        self.add(node, v.TYPE, v.NEWS_ARTICLE)
        self.add(node, "text", self._text(article.text))
        self.add(node, "bodyStart", v.integer(article.body))
        self.add(node, "digest", v.plain(article.digest))
        self.add(node, v.LANGUAGE, v.plain(article.language))
        if article.title:
            self.add(node, v.HEADLINE, self._text(article.title))
        if article.byline:
            self.add(node, "byline", self._text(article.byline))
        if article.url:
            self.add(node, v.URL, v.any_uri(article.url))
        if article.published:
            self.add(node, v.DATE_PUBLISHED, v.date(article.published))
        if article.outlet:
            self.add(node, "outlet", self._text(article.outlet))
            self._publisher()
        if agency := credited(article, self.gazetteer) if self.gazetteer else None:
            self.add(node, "credits", self.names.node(agency.id))
            self._outlet(Entity(id=agency.id, kind=agency.kind, name=agency.name))
        found = shingles.shingles(article.text[article.body :])
        self.add(node, "sketch", *map(v.plain, shingles.sketch(found)))
        run = self.names.node(f"run/{iris.digest(self.pipeline, self.ontology.version)[:SHORT]}")
        self.add(node, "extractedBy", run)
        self.add(run, v.TYPE, v.ACTIVITY)
        self.add(run, "pipelineVersion", v.plain(self.pipeline))
        self.add(run, "ontologyVersion", v.plain(self.ontology.version))

    def _publisher(self) -> None:
        name = self.article.outlet
        known = _outlet(self.gazetteer, name)
        entity = Entity(
            id=known[0] if known else iris.unlinked("outlet", name),
            kind="MediaOutlet",
            name=known[1] if known else name,
        )
        self.add(self.node, v.PUBLISHER, self.names.node(entity.id))
        self._outlet(entity)

    def _outlet(self, entity: Entity) -> None:
        if all(entity.id != other.id for other in self.extraction.entities):
            self._entity(entity, ())

    def _entity(self, entity: Entity, found: Sequence[str]) -> None:
        node = self.names.node(entity.id)
        self._types(node, entity.kind)
        self.add(node, v.PREF_LABEL, self._text(entity.name))
        self.add(node, v.ALT_LABEL, *(self._text(name) for name in found if name != entity.name))

    def _mentions(self) -> None:
        ways = defaultdict(set)
        for mention in self.extraction.mentions:
            ways[mention.span].add(mention.how)
        for mention in self.extraction.mentions:
            span = mention.span
            identifier = f"mention/{self.article.id}/{span.start}-{span.end}"
            if len(ways[span]) > 1:  # one span, mentioned in two ways: two nodes
                identifier += f"/{mention.how}"
            node = self.names.node(identifier)
            self.add(node, v.TYPE, v.term("Mention"))
            self._place(node, span.start, span.end)
            self.add(node, "how", v.plain(mention.how))
            self.add(node, "refersTo", self.names.node(mention.entity.id))

    def _position(self, position: Position) -> None:
        of = position.of.id if position.of else ""
        content = iris.digest(position.holder.id, position.title, of)[:SHORT]
        span = position.span
        node = self.names.node(f"membership/{self.article.id}/{span.start}-{span.end}/{content}")
        self.add(node, v.TYPE, v.MEMBERSHIP)
        self._place(node, span.start, span.end)
        self.add(node, v.MEMBER, self.names.node(position.holder.id))
        self.add(node, "title", self._text(position.title))
        if position.of:
            self.add(node, v.ORGANIZATION, self.names.node(of))
        # org:role needs an org:Role node, which articles share; the title keeps the wording.
        role = self.names.node(f"role/{iris.slug(position.title)}")
        self.add(node, v.ROLE, role)
        self.add(role, v.TYPE, v.ROLE_CLASS)
        self.add(role, v.LABEL, self._text(" ".join(position.title.casefold().split())))

    def _nodes(self, entities: Iterable[Entity]) -> list[ox.NamedNode]:
        return [self.names.node(entity.id) for entity in entities]

    def _statement(self, s: Statement) -> None:
        node, e = self.names.node(s.id), s.evidence
        self.add(node, v.TYPE, v.term("Statement"))
        self.add(node, v.LABEL, v.text(sentence(s, self.ontology), "en"))
        self.add(node, "relation", v.term(s.relation))
        self.add(node, "agent", *self._nodes(s.agents))
        self.add(node, "target", *self._nodes(s.targets))
        self.add(node, "about", *self._nodes(s.about))
        self.add(node, "where", *self._nodes(s.where))
        self.add(node, "modality", v.term(s.modality))
        self.add(node, "polarity", v.term(s.polarity))
        if s.when:
            self._date(s.when, node)
        self.add(node, "attributedTo", *self._nodes(s.attributed_to))
        self.add(node, "reportedBy", *self._nodes(s.reported_by))
        if s.unnamed_source:
            self.add(node, "unnamedSource", v.boolean(True))
        if len(s.attributed_to) > 1:
            self._chain(s.attributed_to, node)
        self._place(node, e.span.start, e.span.end)
        self.add(node, "triggerStart", v.integer(e.trigger.start))
        self.add(node, "triggerEnd", v.integer(e.trigger.end))
        self.add(node, "rule", v.plain(e.rule))
        self.add(node, "confidence", v.decimal(s.confidence))

    def _date(self, when: When, node: ox.NamedNode) -> None:
        self.add(node, "date", v.edtf(when.value))
        for name, bound in zip(("earliest", "latest"), v.bounds(when.value), strict=True):
            if bound:
                self.add(node, name, v.day(bound))
        if when.text:
            self.add(node, "dateText", self._text(when.text))

    def _chain(self, speakers: Sequence[Entity], statement: ox.NamedNode) -> None:
        # Values of a property have no order, and RDF lists need blank nodes. So each speaker gets a
        # prov:Attribution node with a number, unless there is only one.
        for number, speaker in enumerate(speakers, 1):
            node = ox.NamedNode(f"{statement.value}/speaker/{number}")
            self.add(statement, v.QUALIFIED_ATTRIBUTION, node)
            self.add(node, v.TYPE, v.ATTRIBUTION)
            self.add(node, v.PROV_AGENT, self.names.node(speaker.id))
            self.add(node, "order", v.integer(number))


def _outlet(gazetteer: Gazetteer | None, name: str) -> tuple[str, str] | None:
    """Return identifier and preferred name of an outlet that the gazetteer knows by `name`.

    A suffix in brackets, such as a desk, is ignored if the full name is unknown.
    """
    names = dict.fromkeys((name, _BRACKETS.sub("", name)))
    matches = (match for n in names for match in (gazetteer.find(n) if gazetteer else ()))
    outlets = (m.entry for m in matches if m.entry.kind == "MediaOutlet")
    return next(((entry.id, entry.name) for entry in outlets), None)


def background_quads(
    entities: Iterable[str], *, gazetteer: Gazetteer | None, base: str = iris.DEFAULT_BASE
) -> list[v.Quad]:
    """Return the gazetteer's names and Wikidata items of these entities, sorted."""
    names = v.Names(base)
    out = Quads(names.background)
    for identifier in sorted(set(entities)):
        entry = gazetteer.entry(identifier) if gazetteer else None
        if entry is None:
            continue
        node = names.node(identifier)
        out.add(node, v.PREF_LABEL, v.text(entry.name, "en"))
        out.add(node, v.ALT_LABEL, *(v.text(a, "en") for a in entry.aliases if a != entry.name))
        if entry.wikidata:
            out.add(node, v.SAME_AS, ox.NamedNode(v.WIKIDATA + iris.path_of(entry.wikidata)))
    return out.sorted()


def term_quads(
    ontology: Ontology, *, base: str = iris.DEFAULT_BASE, link_floor: float | None = None
) -> list[v.Quad]:
    """Return the terms as quads: labels, hierarchy and what relations link, sorted.

    They are stored with the data, so that queries can show labels ("holds talks with"), and so that
    shapes can check the data without other files.

    Args:
        ontology: classes and relations.
        base: IRI prefix of all identifiers.
        link_floor: least confidence of a statement with plain links, by default that of the
            ontology.
    """
    floor = ontology.link_floor if link_floor is None else link_floor
    out = Quads(v.Names(base).terms)
    out.add(v.term("relatesTo"), "linkFloor", v.decimal(floor))
    for name, kind in ontology.classes.items():
        out.add(v.term(name), v.TYPE, v.OWL_CLASS)
        out.add(v.term(name), v.LABEL, v.text(kind.label, "en"))
        out.add(v.term(name), v.SUB_CLASS_OF, *map(v.term, kind.parents))
    for name, relation in ontology.relations.items():
        kinds = ("Relation", "MutualRelation") if relation.symmetric else ("Relation",)
        out.add(v.term(name), v.TYPE, v.OBJECT_PROPERTY, *map(v.term, kinds))
        out.add(v.term(name), "agentClass", *map(v.term, relation.domain))
        out.add(v.term(name), "targetClass", *map(v.term, relation.range))
        if relation.links:
            out.add(v.term(name), "linkedRole", v.term("target"))
        if relation.topic_link:
            link = v.term(relation.topic_link)
            out.add(v.term(name), "topicLink", link)
            out.add(v.term(name), "topicBesideTarget", v.boolean(relation.topic_beside_target))
            out.add(link, v.TYPE, v.OBJECT_PROPERTY, v.term("TopicLink"))
            out.add(link, v.LABEL, v.text(relation.topic_label, "en"))
        out.add(v.term(name), v.LABEL, v.text(relation.label, "en"))
        if relation.definition:
            out.add(v.term(name), v.DEFINITION, v.text(relation.definition, "en"))
    return out.sorted()
