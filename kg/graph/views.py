"""What can be read from a graph: articles, answers, profiles, parts, files."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Self

from kg import ontology as ontologies
from kg.export import Target, export
from kg.graph.profile import Profile, about
from kg.ontology import Ontology
from kg.query.questions import ask, named_nodes, rows_behind, triples
from kg.query.results import Result
from kg.records import Extraction
from kg.sandbox.limits import STANDARD, Limits
from kg.store import Listed, Store, Summary, open_store

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from kg.gazetteer import Gazetteer


def _warn(rows: int | None = STANDARD.rows) -> None:
    """Say that an answer has more rows than anybody asked for."""
    warnings.warn(f"only the first {rows:,} rows were taken", stacklevel=3)


def _warn_page(shown: int, total: int) -> None:
    """Say that a page has only the strongest statements."""
    warnings.warn(f"the page has {shown:,} of {total:,} statements", stacklevel=5)


class Views:
    """A graph to read; nothing here changes it."""

    def __init__(
        self,
        store: Store | None = None,
        *,
        ontology: Ontology | None = None,
        gazetteer: Gazetteer | None = None,
    ) -> None:
        """Use a store, by default a new one in memory.

        Args:
            store: where the graph is kept.
            ontology: classes and relations, by default those of the package.
            gazetteer: what is known beforehand, by default that of the package.
        """
        self._store = store if store is not None else open_store()
        self._ontology = ontology
        self._gazetteer = gazetteer

    @property
    def ontology(self) -> Ontology:
        """Return the ontology, loaded on first use."""
        if self._ontology is None:
            self._ontology = ontologies.load()
        return self._ontology

    @property
    def gazetteer(self) -> Gazetteer:
        """Return the gazetteer, loaded on first use."""
        if self._gazetteer is None:
            from kg.gazetteer import Gazetteer

            self._gazetteer = Gazetteer.load()
        return self._gazetteer

    @property
    def store(self) -> Store:
        """Where the graph is kept."""
        return self._store

    def articles(self) -> list[Summary]:
        """Return title, outlet, date and counts of every article, in order of identifier."""
        return self.store.summaries()

    def listed(self) -> list[Listed]:
        """Return title, outlet, date and number of statements of every article, quickly."""
        return self.store.listed()

    def extraction(self, article: str) -> Extraction:
        """Return what was found in one article; an unknown one is a `StoreError`."""
        return self.store.extraction(article, ontology=self.ontology)

    def extractions(self) -> Iterator[Extraction]:
        """Return what was found in every article, in order of identifier."""
        return self.store.extractions(ontology=self.ontology)

    def query(
        self,
        question: str,
        params: Mapping[str, str] | None = None,
        *,
        timeout: float | None = STANDARD.seconds,
        max_rows: int | None = STANDARD.rows,
        memory: int | None = STANDARD.megabytes,
    ) -> Result:
        """Return the answer to a question: SPARQL, or the name of a ready one.

        It is worked out in a process of its own, so that it can be ended and takes nothing down
        with it. A ready question is answered in this one, unless other limits are given; so is any
        question without a limit of time and memory.

        Args:
            question: see `kg.query.questions.ask`, also for errors.
            params: values of the variables written with `$`.
            timeout: seconds that it may take; None for any time.
            max_rows: rows that there may be; None for any number. More are cut: the result is then
                not `complete`, and where the number was not given, a warning says so.
            memory: megabytes that it may use; None for any number.
        """
        limits = Limits(seconds=timeout, rows=max_rows, megabytes=memory)
        found = ask(self.store, question, params, limits=limits, trusting=limits == STANDARD)
        if not found.complete and max_rows == STANDARD.rows:
            _warn()
        return found

    def about(
        self,
        name: str,
        *,
        first: int = 0,
        most: int | None = None,
        timeout: float | None = STANDARD.seconds,
        max_rows: int | None = STANDARD.rows,
        memory: int | None = STANDARD.megabytes,
    ) -> tuple[Profile, ...]:
        """Return what is known about the entities called `name`, the most named one first.

        Args:
            name: a name or an identifier.
            first: number of statements of each to pass over.
            most: how many statements of each to return; None for all.
            timeout: seconds that it may take; None for any time.
            max_rows: statements of all together that there may be; None for any number. More are
                left out, and a warning says so.
            memory: megabytes that it may use; None for any number.

        Raises:
            QueryTimeoutError, QueryMemoryError: it takes more than that.
        """
        limits = Limits(seconds=timeout, rows=max_rows, megabytes=memory)
        found, complete = about(
            self.store, name, ontology=self.ontology, first=first, most=most, limits=limits
        )
        if not complete:
            _warn(max_rows)
        return found

    def export(self, target: Target, *, format: str = "", **options: object) -> None:
        """Write the graph to a file, in the format that its suffix or `format` names.

        See `kg.export.export` for formats and errors. Of a graph with more statements than a page
        can hold (`kg.export.webpage.MOST`, or option `most`), an HTML page has the strongest; a
        warning says so, unless option `cut` is called instead.
        """
        export(self.store, target, format=format, **{"cut": _warn_page, **options})

    def show(self, *, title: str = "", theme: str = "auto", height: int = 640) -> None:
        """Show the network: below the cell of a notebook, elsewhere in a browser.

        Args:
            title: heading; by default a general one.
            theme: `light`, `dark`, or `auto` to follow the reader's settings.
            height: height in a notebook, in pixels.

        Raises:
            ExportError: an option is wrong, or there is neither a notebook nor a browser.
        """
        from kg.export import inline

        inline.show(inline.frame(self.store, title=title, theme=theme, height=height))

    def part(
        self,
        *,
        articles: Iterable[str] = (),
        since: str = "",
        relations: Iterable[str] = (),
        min_confidence: float = 0.0,
        query: str = "",
        params: Mapping[str, str] | None = None,
        around: str = "",
        hops: int = 1,
        limits: Limits = STANDARD,
        cut: Callable[[], None] = _warn,
    ) -> Self:
        """Return a part of the graph, in memory; without restriction the graph itself.

        Args:
            articles: identifiers of articles, or patterns with `*` and `?`.
            since: EDTF date; articles published before it, or undated, are left out.
            relations: local names of relations.
            min_confidence: least confidence of a statement, from 0 to 1.
            query: a question; what its rows name is kept, see `kg.export.selection.Selection`. Of
                a CONSTRUCT with predicates of its own, what its triples rest on is kept.
            params: its parameters.
            around: name of an entity; of what the rest leaves, the statements are kept that at most
                `hops` steps lead to, see `kg.export.surroundings.around`.
            hops: number of steps.
            limits: how much the question may take, see `kg.query.questions.ask`.
            cut: called where its answer has more rows than that; the rest is then left out. By
                default there is a warning.

        Raises:
            SelectionError: an article or a name is unknown, or `since` is no date.
            UnknownRelationError: a relation is unknown.
            QueryError: the question cannot be answered, or not within the limits.
        """
        from kg.export import surroundings
        from kg.export.selection import Selection, part

        rows = None
        if query:
            rows = named_nodes(self.store, query, params, limits=limits, cut=cut)
            if behind := rows_behind(self.store, query, params, limits=limits, cut=cut):
                rows = surroundings.grounds(self.store, behind)
        selection = Selection(
            articles=tuple(articles),
            since=since,
            relations=tuple(relations),
            min_confidence=min_confidence,
            rows=rows,
        )
        store = part(self.store, selection, ontology=self.ontology)
        if around:
            near = Selection(rows=(surroundings.around(store, around, hops),))
            store = part(store, near, ontology=self.ontology)
        if store is self.store:
            return self
        return type(self)(store, ontology=self._ontology, gazetteer=self._gazetteer)

    def rdflib(self) -> rdflib.Dataset:
        """Return a copy as an rdflib dataset; its default graph is the union of all graphs."""
        from kg.rdf.bridge import dataset

        return dataset(self.store.match(), self.store.base)

    def constructed(
        self,
        question: str,
        params: Mapping[str, str] | None = None,
        *,
        limits: Limits = STANDARD,
        cut: Callable[[], None] = _warn,
    ) -> Self | None:
        """Return what a CONSTRUCT or DESCRIBE makes, or None for another question.

        It has triples and no articles: the RDF formats write it. See `part` for limits.
        """
        from kg.export.constructed import ConstructedStore

        found = triples(self.store, question, params, limits=limits, cut=cut)
        return None if found is None else type(self)(ConstructedStore(found, self.store.base))

    def networkx(self) -> nx.MultiDiGraph[str]:
        """Return entities as nodes and statements as edges, with typed attributes."""
        from kg.export.network import network

        return network(self.store, self.ontology)
