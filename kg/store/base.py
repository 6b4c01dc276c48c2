"""What every store can do.

A store needs six primitives (`match`, `graphs`, `size`, `change`, `select`, `close`); what concerns
articles is written here once, on top of them, and so is the same in every store.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import pyoxigraph as ox

from kg import iris
from kg.errors import StoreError
from kg.ontology import Ontology
from kg.rdf import extraction_of
from kg.rdf import vocabulary as v
from kg.records import Extraction

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Summary:
    """One article of a store.

    Attributes:
        id: identifier of the article.
        title, outlet, published: as the article gives them; empty when unknown.
        digest: hash of the article as it was read.
        pipeline, ontology: versions of what extracted it.
        entities, mentions, statements, evidences: how many of them the article names or makes.
    """

    id: str
    title: str
    outlet: str
    published: str
    digest: str
    pipeline: str
    ontology: str
    entities: int
    mentions: int
    statements: int
    evidences: int


class Store(ABC):
    """Quads in named graphs, with articles as the unit of change.

    The graph of an article has the article's IRI as its name and states what the article says;
    `graph/links/<article>` has the plain links that it supports, `graph/background` what the
    gazetteer knows of the entities in use and `graph/terms` the labels of classes and relations.
    """

    def __init__(self, base: str = iris.DEFAULT_BASE) -> None:
        """Remember the IRI before every identifier."""
        self.base = base
        self.names = v.Names(base)

    @abstractmethod
    def match(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: ox.NamedNode | ox.Literal | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[v.Quad]:
        """Return the quads that match, in no particular order; None matches anything."""

    @abstractmethod
    def graphs(self) -> list[ox.NamedNode]:
        """Return the names of the graphs that are not empty, sorted."""

    @abstractmethod
    def size(self) -> int:
        """Return the number of quads."""

    @abstractmethod
    def change(self, *, remove: Iterable[v.Quad] = (), add: Iterable[v.Quad] = ()) -> None:
        """Remove and add quads in one transaction.

        Raises:
            StoreWriteError: nothing was changed.
        """

    @abstractmethod
    def select(self, sparql: str) -> Results:
        """Return the results of a SPARQL query over the union of all graphs.

        The usual prefixes may be left out. Whether the query is allowed was checked before.

        Raises:
            SyntaxError: the query does not parse.
        """

    @abstractmethod
    def close(self) -> None:
        """Write what is pending and let go of the files."""

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the store."""
        self.close()

    def quads(self, graph: ox.NamedNode | None = None) -> list[v.Quad]:
        """Return the quads of one graph, or of all, sorted by graph and then as N-Quads."""
        return sorted(self.match(graph=graph), key=lambda q: (q.graph_name.value, str(q)))

    def __contains__(self, article: object) -> bool:
        """Return whether an article of that identifier is in the store."""
        if not isinstance(article, str):
            return False
        node = self.names.article(article)
        return next(self.match(node, v.TYPE, v.NEWS_ARTICLE, node), None) is not None

    def articles(self) -> list[str]:
        """Return the identifiers of all articles, sorted."""
        found = self.match(None, v.TYPE, v.NEWS_ARTICLE)
        return sorted(self.names.identifier(q.subject).removeprefix("article/") for q in found)

    def text(self, article: str) -> str:
        """Return the text of an article, to which offsets refer."""
        return self._value(article, v.term("text"))

    def digest(self, article: str) -> str:
        """Return the hash of an article as it was read."""
        return self._value(article, v.term("digest"))

    def versions(self, article: str) -> tuple[str, str]:
        """Return the versions of the pipeline and the ontology that extracted an article."""
        return self._run(article, "pipelineVersion"), self._run(article, "ontologyVersion")

    def _run(self, article: str, name: str) -> str:
        found = self.match(None, v.term(name), None, self.names.article(article))
        return next((quad.object.value for quad in found), "")

    def _value(self, article: str, predicate: ox.NamedNode, default: str | None = None) -> str:
        node = self.names.article(article)
        quad = next(self.match(node, predicate, None, node), None)
        if quad is None and default is None:
            raise StoreError("there is no such article in the store", where=article)
        return quad.object.value if quad else default or ""

    def summary(self, article: str) -> Summary:
        """Return title, outlet, date, versions and counts of one article."""
        graph = self.names.article(article)

        def count(kind: str) -> int:
            return sum(1 for _ in self.match(None, v.TYPE, v.term(kind), graph))

        digest = self.digest(article)
        pipeline, ontology = self.versions(article)
        return Summary(
            id=article,
            title=self._value(article, v.HEADLINE, ""),
            outlet=self._value(article, v.term("outlet"), ""),
            published=self._value(article, v.DATE_PUBLISHED, ""),
            digest=digest,
            pipeline=pipeline,
            ontology=ontology,
            entities=count("Entity"),
            mentions=count("Mention"),
            statements=count("Statement"),
            evidences=count("Evidence"),
        )

    def summaries(self) -> list[Summary]:
        """Return a summary of every article, in order of identifier."""
        return [self.summary(article) for article in self.articles()]

    def extraction(self, article: str, *, ontology: Ontology) -> Extraction:
        """Return what was found in one article, in canonical order."""
        if article not in self:
            raise StoreError("there is no such article in the store", where=article)
        graph = self.names.article(article)
        return extraction_of(article, self.match(graph=graph), ontology=ontology, base=self.base)

    def extractions(self, *, ontology: Ontology) -> Iterator[Extraction]:
        """Return what was found in every article, in order of their identifiers."""
        for article in self.articles():
            yield self.extraction(article, ontology=ontology)

    def wikidata(self) -> dict[str, str]:
        """Return the Wikidata item, such as `Q419`, of each entity that has one, by identifier."""
        found = self.match(None, v.SAME_AS, None, self.names.background)
        items = {
            self.names.identifier(q.subject): q.object.value.removeprefix(v.WIKIDATA) for q in found
        }
        return dict(sorted(items.items()))

    def replace(self, article: str, quads: Iterable[v.Quad]) -> None:
        """Put an article in place of what the store has of it, in one transaction.

        Args:
            article: identifier of the article.
            quads: its graph, its links, and the background of the entities it names.

        Raises:
            StoreWriteError: the store is as it was before.
        """
        new = set(quads)
        old = self._owned(article)
        old |= self._orphans(article, {q.subject for q in new})
        for subject in {q.subject for q in new if q.graph_name == self.names.background}:
            old |= set(self.match(subject, None, None, self.names.background))
        self.change(remove=sorted(old - new, key=str), add=sorted(new - old, key=str))

    def remove(self, article: str) -> bool:
        """Drop an article and what only it supports; return whether it was there."""
        if article not in self:
            return False
        old = self._owned(article) | self._orphans(article, set())
        self.change(remove=sorted(old, key=str))
        return True

    def _owned(self, article: str) -> set[v.Quad]:
        graphs = (self.names.article(article), self.names.links(article))
        owned = {quad for graph in graphs for quad in self.match(graph=graph)}
        return owned | self._doubtful(self.names.article(article))

    def _doubtful(self, article: ox.NamedNode) -> set[v.Quad]:
        """Return whose account an article and all reprints of the same text are.

        A change to one member may split or join such a group, so it is settled anew.
        """
        graph, reprint = self.names.sources, v.term("reprintOf")
        found = self.match(article, reprint, None, graph)
        original = next(v.nodes(quad.object for quad in found), article)
        members = {original} | {q.subject for q in self.match(None, reprint, original, graph)}
        return {quad for member in members for quad in self.match(member, None, None, graph)}

    def _orphans(self, article: str, kept: set[ox.NamedNode]) -> set[v.Quad]:
        """Return the background of entities that no other article names, but for those kept."""
        graph, kind = self.names.article(article), v.term("Entity")
        gone: set[v.Quad] = set()
        for quad in self.match(None, v.TYPE, kind, graph):
            node = quad.subject
            others = self.match(node, v.TYPE, kind)
            if node not in kept and all(q.graph_name == graph for q in others):
                gone |= set(self.match(node, None, None, self.names.background))
        return gone

    def set_graph(self, graph: ox.NamedNode, quads: Iterable[v.Quad]) -> None:
        """Make `quads` the whole content of a graph, in one transaction."""
        new, old = set(quads), set(self.match(graph=graph))
        if new != old:
            self.change(remove=sorted(old - new, key=str), add=sorted(new - old, key=str))
