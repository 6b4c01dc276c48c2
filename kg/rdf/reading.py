"""Convert quads back to records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from kg import iris
from kg.errors import RecordError
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.rdf.ordering import canonical
from kg.records import (
    Article,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Position,
    Span,
    Statement,
    When,
    edtf,
)

_Node = ox.NamedNode


class _Reader:
    """The quads of one article by subject and predicate."""

    def __init__(self, quads: Iterable[v.Quad], ontology: Ontology, base: str) -> None:
        self.names = v.Names(base)
        self.ontology = ontology
        self.nodes: dict[_Node, dict[_Node, list[_Node | ox.Literal]]] = defaultdict(dict)
        self.typed: dict[str, list[_Node]] = defaultdict(list)
        self.known: dict[_Node, Entity] = {}
        for quad in quads:
            self.nodes[quad.subject].setdefault(quad.predicate, []).append(quad.object)
            if quad.predicate == v.TYPE:
                self.typed[quad.object.value].append(quad.subject)

    def of_type(self, kind: _Node) -> list[_Node]:
        return self.typed[kind.value]

    def values(self, node: _Node, predicate: _Node | str) -> Sequence[_Node | ox.Literal]:
        if isinstance(predicate, str):
            predicate = v.term(predicate)
        return self.nodes.get(node, {}).get(predicate, ())

    def text(self, node: _Node, predicate: _Node | str, default: str = "") -> str:
        found = self.values(node, predicate)
        return found[0].value if found else default

    def term(self, node: _Node, predicate: str) -> str:
        """Return the local name of a property's only value."""
        return v.local(_Node(self.one(node, predicate)))

    def one(self, node: _Node, predicate: _Node | str) -> str:
        found = self.values(node, predicate)
        if len(found) != 1:
            name = predicate if isinstance(predicate, str) else predicate.value
            raise RecordError(f"expected one value of {name}, found {len(found)}", where=node.value)
        return found[0].value

    def number(self, node: _Node, predicate: str) -> int:
        return int(self.one(node, predicate))

    def span(self, node: _Node) -> Span:
        return Span(start=self.number(node, "start"), end=self.number(node, "end"))

    def entity(self, node: _Node) -> Entity:
        if node not in self.known:
            self.known[node] = Entity(
                id=self.names.identifier(node),
                kind=self._kind(node),
                name=self.text(node, v.PREF_LABEL),
            )
        return self.known[node]

    def _kind(self, node: _Node) -> str:
        """Return the most specific class: all others are its superclasses."""
        kinds = {name for value in self.values(node, v.TYPE) if (name := v.local(value))}
        for kind in sorted(kinds):
            if kinds <= set(self.ontology.superclasses(kind)):
                return kind
        raise RecordError(
            f"no single most specific class among {', '.join(sorted(kinds)) or 'none'}",
            where=node.value,
        )

    def entities(self, node: _Node, predicate: _Node | str) -> tuple[Entity, ...]:
        found = self.values(node, predicate)
        return tuple(sorted(map(self.entity, v.nodes(found))))

    def article(self, node: _Node) -> Article:
        return Article(
            id=self.names.identifier(node).removeprefix("article/"),
            text=self.one(node, "text"),
            title=self.text(node, v.HEADLINE),
            outlet=self.text(node, "outlet"),
            byline=self.text(node, "byline"),
            url=self.text(node, v.URL),
            published=edtf.date_of(self.text(node, v.DATE_PUBLISHED)),
            language=self.text(node, v.LANGUAGE, "en"),
            body=self.number(node, "bodyStart"),
        )

    def mentions(self) -> Iterable[Mention]:
        for node in self.of_type(v.term("Mention")):
            for entity in self.entities(node, "refersTo"):
                yield Mention(span=self.span(node), entity=entity, how=self.one(node, "how"))

    def positions(self) -> Iterable[Position]:
        for node in self.of_type(v.MEMBERSHIP):
            (holder,) = self.entities(node, v.MEMBER)
            yield Position(
                holder=holder,
                title=self.one(node, "title"),
                of=next(iter(self.entities(node, v.ORGANIZATION)), None),
                span=self.span(node),
            )

    def speakers(self, node: _Node) -> tuple[Entity, ...]:
        chain = list(v.nodes(self.values(node, v.QUALIFIED_ATTRIBUTION)))
        if not chain:
            return self.entities(node, "attributedTo")
        chain.sort(key=lambda link: self.number(link, "order"))
        return tuple(self.entities(link, v.PROV_AGENT)[0] for link in chain)

    def statement(self, node: _Node) -> Statement:
        date = edtf.date_of(self.text(node, "date"))
        article = _Node(self.one(node, "article"))
        return Statement(
            relation=self.term(node, "relation"),
            agents=self.entities(node, "agent"),
            targets=self.entities(node, "target"),
            about=self.entities(node, "about"),
            where=self.entities(node, "where"),
            when=When(value=date, text=self.text(node, "dateText")) if date else None,
            modality=self.term(node, "modality"),
            negated=self.term(node, "polarity") == "negated",
            attributed_to=self.speakers(node),
            reported_by=self.entities(node, "reportedBy"),
            unnamed_source=self.text(node, "unnamedSource") == "true",
            evidence=Evidence(
                article=self.names.identifier(article).removeprefix("article/"),
                span=self.span(node),
                trigger=Span(
                    start=self.number(node, "triggerStart"),
                    end=self.number(node, "triggerEnd"),
                ),
                rule=self.one(node, "rule"),
            ),
            confidence=float(self.one(node, "confidence")),
        )

    def statements(self) -> Iterable[tuple[_Node, Statement]]:
        for node in self.of_type(v.term("Statement")):
            yield node, self.statement(node)


def extraction_of(
    article: str,
    quads: Iterable[v.Quad],
    *,
    ontology: Ontology,
    base: str = iris.DEFAULT_BASE,
) -> Extraction:
    """Return the extraction that `article_quads` wrote, in canonical form.

    It equals what was written, except for characters that RDF cannot hold (`vocabulary.storable`).

    Raises:
        RecordError: the quads are not the complete graph of that article.
    """
    names = v.Names(base)
    graph = names.article(article)
    reader = _Reader((q for q in quads if q.graph_name == graph), ontology, base)
    if graph not in reader.of_type(v.NEWS_ARTICLE):
        raise RecordError("there is no such article in the graph", where=article)
    try:
        read = canonical(
            Extraction(
                article=reader.article(graph),
                mentions=tuple(reader.mentions()),
                positions=tuple(reader.positions()),
                statements=tuple(statement for _, statement in reader.statements()),
            )
        )
    except (ValueError, IndexError) as error:  # a malformed number, or a speaker without entity
        raise RecordError(f"its graph is not well formed: {error}", where=article) from error
    _within(read)
    return read


def _within(read: Extraction) -> None:
    """Raise an error if a span ends after the text, so that it has no quote."""
    end = len(read.article.text)
    spans = [mention.span for mention in read.mentions]
    spans += [position.span for position in read.positions if position.span]
    spans += [s for told in read.statements for s in (told.evidence.span, told.evidence.trigger)]
    for span in spans:
        if span.end > end:
            raise RecordError(
                f"span {span.start}..{span.end} ends after the text ({end} characters)",
                where=read.article.id,
            )


def told(
    article: str,
    quads: Iterable[v.Quad],
    *,
    ontology: Ontology,
    base: str = iris.DEFAULT_BASE,
) -> Iterable[tuple[ox.NamedNode, Statement]]:
    """Yield node and record of each statement in the graph of an article."""
    graph = v.Names(base).article(article)
    return _Reader((q for q in quads if q.graph_name == graph), ontology, base).statements()


def statement_of(
    statement: ox.NamedNode,
    quads: Iterable[v.Quad],
    *,
    ontology: Ontology,
    base: str = iris.DEFAULT_BASE,
) -> Statement:
    """Return one statement from its quads.

    Args:
        statement: its node.
        quads: from the graph of its article, at least the quads of this node, of the entities it
            names and of its speakers.
        ontology: has the superclasses of each class.
        base: IRI prefix of all identifiers.
    """
    return _Reader(quads, ontology, base).statement(statement)
