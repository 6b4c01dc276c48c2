"""The interface of every store.

A store implements six primitives: `match`, `graphs`, `size`, `change`, `select`, `close`. The
methods that deal with articles are built on these and are the same for all stores.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph as ox

from kg import iris
from kg.errors import RecordError, StoreError
from kg.ontology import Ontology
from kg.rdf import extraction_of
from kg.rdf import vocabulary as v
from kg.rdf.acts import ACT, CONTRADICTS, CORROBORATED, PLACE, UNSETTLED
from kg.records import Extraction
from kg.store.summaries import Listed, Summary

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class Store(ABC):
    """Quads in named graphs; articles are added, replaced and removed as a whole.

    The graph of an article is named by the article's IRI and has what the article says.
    `graph/links/<article>` has its plain links, `graph/acts` says which statements report the same
    act, `graph/background` has what the gazetteer knows of the entities, and `graph/terms` has the
    labels of classes and relations. `Names` in `kg.rdf.vocabulary` has all of them.
    """

    def __init__(self, base: str = iris.DEFAULT_BASE) -> None:
        """Remember `base`, the IRI prefix of all identifiers."""
        self.base = base
        self.unreadable: dict[str, RecordError] = {}
        self.names = v.Names(base)

    @property
    def shared(self) -> Path | None:
        """Return the folder that other processes may read meanwhile; None if there is none."""
        return None

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
        """Remove and add quads in one transaction; a very large article may take several.

        Raises:
            StoreWriteError: nothing was changed, except that a very large article may be
                incomplete: it has no digest then, and the next build stores it again.
        """

    @abstractmethod
    def select(self, sparql: str) -> Results:
        """Return the results of a SPARQL query over the union of all graphs.

        The usual prefixes need no declaration. The caller has checked that the query is allowed.

        Raises:
            SyntaxError: the query does not parse.
        """

    @abstractmethod
    def close(self) -> None:
        """Write what is pending and close the files."""

    def failure(self, error: Exception) -> StoreError | None:
        """Return the store error that an engine's error means, or None for any other error.

        For readers of `select`: rows are fetched one by one, so a damaged file may show only
        midway.
        """
        return None

    def verify(self, seconds: float) -> None:
        """Read the stored quads through every index for at most some seconds.

        Raises:
            DamagedStoreError: a file is damaged.
        """
        return

    def elsewhere(self) -> Callable[[], Store]:
        """Return a picklable function that opens this store for reading in another process.

        By default it carries the store itself.
        """
        return partial(_same, self)

    def files(self) -> tuple[Path, ...] | None:
        """Return the files and folders that a query reads; None if it needs the network."""
        return ()

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

    def union(self) -> Iterator[v.Quad]:
        """Return the union of all graphs; ignore the graph names of the quads.

        Where a store supports it, each triple comes once, and triples are grouped by subject.
        """
        return self.match()

    def values(self, predicate: ox.NamedNode) -> Iterator[v.Quad]:
        """Return the quads of all graphs with this predicate; ignore their graph names.

        Where a store supports it, each triple comes once, however many articles have it.
        """
        return self.match(None, predicate)

    def lines(self) -> Iterable[str]:
        """Return the triples of `union` as N-Triples lines, without the final dot."""
        return (str(quad.triple) for quad in self.union())

    def quads(self, graph: ox.NamedNode | None = None) -> list[v.Quad]:
        """Return the quads of one graph, or of all, sorted by graph and then as N-Quads text."""
        return sorted(self.match(graph=graph), key=lambda q: (q.graph_name.value, str(q)))

    def __contains__(self, article: object) -> bool:
        """Return whether the store has an article with this identifier."""
        if not isinstance(article, str):
            return False
        node = self.names.article(article)
        return next(self.match(node, v.TYPE, v.NEWS_ARTICLE, node), None) is not None

    def articles(self) -> list[str]:
        """Return the identifiers of all articles, sorted."""
        found = self.match(None, v.TYPE, v.NEWS_ARTICLE)
        return sorted(self.names.identifier(q.subject).removeprefix("article/") for q in found)

    def text(self, article: str) -> str:
        """Return the text of an article, to which all offsets refer."""
        return self._value(article, v.term("text"))

    def digest(self, article: str) -> str:
        """Return the hash of an article's content; empty if it was not stored completely."""
        if article not in self:
            raise StoreError("there is no such article in the store", where=article)
        return self._value(article, v.term("digest"), "")

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
        if article not in self:
            raise StoreError("there is no such article in the store", where=article)
        return self._summaries(self.names.article(article))[0]

    def summaries(self) -> list[Summary]:
        """Return a summary of every article, in order of identifier."""
        return sorted(self._summaries(None))

    def listed(self) -> list[Listed]:
        """Return a short summary of every article, in order of identifier.

        Much cheaper than `summaries`: it counts no mentions and no entities.
        """
        found = self._described(None)
        statements = self.counts("Statement")
        return sorted(
            Listed(**values, statements=statements.get(node, 0)) for node, values in found.items()
        )

    def counts(self, kind: str, graph: ox.NamedNode | None = None) -> dict[ox.NamedNode, int]:
        """Return the number of instances of a class in each graph, or in the given one."""
        found: dict[ox.NamedNode, int] = {}
        for quad in self.match(None, v.TYPE, v.term(kind), graph):
            found[quad.graph_name] = found.get(quad.graph_name, 0) + 1
        return found

    def _values(
        self, predicate: ox.NamedNode, graph: ox.NamedNode | None
    ) -> dict[ox.NamedNode, str]:
        """Return the value of a property that each graph has at most once, by graph."""
        found = self.match(None, predicate, None, graph)
        return {quad.graph_name: quad.object.value for quad in found}

    def _described(self, graph: ox.NamedNode | None) -> dict[ox.NamedNode, dict[str, str]]:
        """Return identifier, title, outlet and date of one article or of all."""
        properties = {
            "title": v.HEADLINE,
            "outlet": v.term("outlet"),
            "published": v.DATE_PUBLISHED,
        }
        values = {name: self._values(term, graph) for name, term in properties.items()}
        nodes = {q.subject for q in self.match(None, v.TYPE, v.NEWS_ARTICLE, graph)}
        return {
            node: {
                "id": self.names.identifier(node).removeprefix("article/"),
                **{name: found.get(node, "") for name, found in values.items()},
            }
            for node in nodes
        }

    def _summaries(self, graph: ox.NamedNode | None) -> list[Summary]:
        """Return the summary of one article or of all; both take the same number of matches."""
        digests, pipelines, ontologies = (
            self._values(v.term(name), graph)
            for name in ("digest", "pipelineVersion", "ontologyVersion")
        )
        entities, mentions, statements = (
            self.counts(kind, graph) for kind in ("Entity", "Mention", "Statement")
        )
        return [
            Summary(
                **values,
                digest=digests.get(node, ""),
                pipeline=pipelines.get(node, ""),
                ontology=ontologies.get(node, ""),
                entities=entities.get(node, 0),
                mentions=mentions.get(node, 0),
                statements=statements.get(node, 0),
            )
            for node, values in self._described(graph).items()
        ]

    def extraction(self, article: str, *, ontology: Ontology) -> Extraction:
        """Return what was extracted from one article, in canonical order."""
        if article not in self:
            raise StoreError("there is no such article in the store", where=article)
        graph = self.names.article(article)
        return extraction_of(article, self.match(graph=graph), ontology=ontology, base=self.base)

    def extractions(self, *, ontology: Ontology) -> Iterator[Extraction]:
        """Yield what was extracted from every article, in order of identifier."""
        for article in self.articles():
            yield self.extraction(article, ontology=ontology)

    def readable(
        self, *, ontology: Ontology, articles: Iterable[str] | None = None
    ) -> Iterator[Extraction]:
        """Yield what `extractions` does, but skip articles that cannot be read back.

        Their errors go to `unreadable`, so that one broken article does not stop an export. If
        `articles` is given, only these are read.
        """
        for article in self.articles() if articles is None else articles:
            try:
                found = self.extraction(article, ontology=ontology)
            except RecordError as error:
                self.unreadable[article] = error
            else:
                yield found

    def acts(self, statements: Iterable[str] | None = None) -> dict[str, str]:
        """Return the act of each statement: identifier of the act by identifier of the statement.

        Of all statements, or of those with the given identifiers.
        """
        name, graph = self.names.identifier, self.names.acts
        if statements is None:
            found: Iterable[v.Quad] = self.match(None, ACT, None, graph)
        else:
            about = self.described(map(self.names.node, statements), graph)
            found = (quad for quad in about if quad.predicate == ACT)
        return dict(sorted((name(quad.subject), name(quad.object)) for quad in found))

    def act_places(self, article: str) -> set[str]:
        """Return the act places of an article's statements; see `kg.rdf.acts.place`."""
        graph, kind = self.names.article(article), v.term("Statement")
        statements = {quad.subject for quad in self.match(None, v.TYPE, kind, graph)}
        about = self.described(statements, self.names.acts)
        return {quad.object.value for quad in about if quad.predicate == PLACE}

    def contradictions(self) -> list[tuple[str, str]]:
        """Return pairs of contradicting statements by identifier, the denial first."""
        found = self.match(None, CONTRADICTS, None, self.names.acts)
        name = self.names.identifier
        return sorted((name(quad.subject), name(quad.object)) for quad in found)

    def link_floor(self) -> float | None:
        """Return the least confidence for plain links; None in a new store."""
        found = self.match(v.term("relatesTo"), v.term("linkFloor"), None, self.names.terms)
        return next(filter(lambda floor: floor is not None, map(_floor, found)), None)

    def wikidata(self) -> dict[str, str]:
        """Return the Wikidata item, such as `Q419`, of each entity that has one, by identifier."""
        found = self.match(None, v.SAME_AS, None, self.names.background)
        items = {
            self.names.identifier(q.subject): q.object.value.removeprefix(v.WIKIDATA) for q in found
        }
        return dict(sorted(items.items()))

    def replace(self, article: str, quads: Iterable[v.Quad]) -> None:
        """Store an article in place of its earlier version, in one `change`.

        Args:
            article: identifier of the article.
            quads: its graph, its plain links, the keys of its acts, and the background of the
                entities that it names.

        Raises:
            StoreWriteError: see `change`.
        """
        new = set(quads)
        old = self._owned(article)
        # Without a digest it was stored only in part (by a server without transactions): then all
        # of it is removed and added again.
        broken = bool(old) and all(q.predicate != v.term("digest") for q in old)
        old |= self._orphans(article, old, kept={q.subject for q in new})
        known = {q.subject for q in new if q.graph_name == self.names.background}
        old |= self.described(known, self.names.background)
        new |= self._unsettled(article, old)
        gone, added = (old, new) if broken else (old - new, new - old)
        self.change(remove=sorted(gone, key=str), add=sorted(added, key=str))

    def remove(self, article: str) -> bool:
        """Remove an article and what no other article supports; return whether it was there."""
        if article not in self:
            return False
        old = self._owned(article)
        old |= self._orphans(article, old, kept=set())
        new = self._unsettled(article, old)
        self.change(remove=sorted(old, key=str), add=sorted(new, key=str))
        return True

    def _owned(self, article: str) -> set[v.Quad]:
        names = self.names
        graphs = (names.article(article), names.links(article), names.decided(article))
        owned = {quad for graph in graphs for quad in self.match(graph=graph)}
        statements = {q.subject for q in owned if q.object == v.term("Statement")}
        owned |= set(self.match(names.sources, UNSETTLED, v.plain(article), names.sources))
        return owned | self._doubtful(names.article(article)) | self._acts(statements)

    def _acts(self, statements: set[ox.NamedNode]) -> set[v.Quad]:
        """Return the quads in the graph of acts on statements, and on acts that only these tell."""
        graph = self.names.acts
        found = self.described(statements, graph) | self.pointing(CONTRADICTS, statements, graph)
        acts = set(v.nodes(quad.object for quad in found if quad.predicate == ACT))
        elsewhere = {
            quad.object
            for quad in self.pointing(ACT, acts, graph)
            if quad.subject not in statements
        }
        about = self.described(acts - elsewhere, graph)
        counted = set(v.nodes(quad.object for quad in about if quad.predicate == CORROBORATED))
        return found | about | self.described(counted, graph)

    def _unsettled(self, article: str, quads: Iterable[v.Quad]) -> set[v.Quad]:
        """Return the marks of what must be derived anew when these quads of an article go.

        These are the acts of its statements and, for other articles of its group of reprints, their
        original publisher and their acts.
        """
        acts, sources, node = self.names.acts, self.names.sources, self.names.article(article)
        places = {quad.object for quad in quads if quad.predicate == PLACE}
        doubtful = {q.subject for q in quads if q.graph_name == sources} - {node, sources}
        others = {self.names.identifier(other).removeprefix("article/") for other in doubtful}
        for other in others:
            places |= set(map(v.plain, self.act_places(other)))
        found = {v.quad(acts, UNSETTLED, place, acts) for place in places}
        return found | {v.quad(sources, UNSETTLED, v.plain(one), sources) for one in others}

    def _doubtful(self, article: ox.NamedNode) -> set[v.Quad]:
        """Return the original publisher and reprints of all articles with the text of this one.

        A change to one article may split or join such a group, so it is derived anew.
        """
        graph = self.names.sources
        members = self.reprints(article)
        return {quad for member in members for quad in self.match(member, None, None, graph)}

    def reprints(self, article: ox.NamedNode) -> set[ox.NamedNode]:
        """Return an article, its original if it is a reprint, and all other reprints of that."""
        graph, reprint = self.names.sources, v.term("reprintOf")
        found = self.match(article, reprint, None, graph)
        original = next(v.nodes(quad.object for quad in found), article)
        return {original, article} | {q.subject for q in self.match(None, reprint, original, graph)}

    def _orphans(self, article: str, owned: set[v.Quad], *, kept: set[ox.NamedNode]) -> set[v.Quad]:
        """Return the background of entities that no other article names, less those in `kept`."""
        node, kind = self.names.article(article), v.term("Entity")
        named = {q.subject for q in owned if q.predicate == v.TYPE and q.object == kind} - kept
        return self.described(named - self.named_elsewhere(named, node), self.names.background)

    def named_elsewhere(
        self, nodes: Iterable[ox.NamedNode], article: ox.NamedNode
    ) -> set[ox.NamedNode]:
        """Return the entities among the nodes that another article names, too."""
        kind = v.term("Entity")
        return {
            node
            for node in nodes
            if any(q.graph_name != article for q in self.match(node, v.TYPE, kind))
        }

    def described(
        self, nodes: Iterable[ox.NamedNode], graph: ox.NamedNode | None = None
    ) -> set[v.Quad]:
        """Return the quads with these subjects, of one graph or of all."""
        return {quad for node in nodes for quad in self.match(node, None, None, graph)}

    def pointing(
        self,
        predicate: ox.NamedNode,
        objects: Iterable[ox.NamedNode | ox.Literal],
        graph: ox.NamedNode | None = None,
    ) -> set[v.Quad]:
        """Return the quads with this predicate and one of these objects, of one graph or of all."""
        return {quad for value in objects for quad in self.match(None, predicate, value, graph)}

    def set_graph(self, graph: ox.NamedNode, quads: Iterable[v.Quad]) -> None:
        """Replace the content of a graph by `quads`, in one transaction."""
        new, old = set(quads), set(self.match(graph=graph))
        if new != old:
            self.change(remove=sorted(old - new, key=str), add=sorted(new - old, key=str))


def _floor(quad: v.Quad) -> float | None:
    return v.fraction(quad.object)


def _same(store: Store) -> Store:
    return store
