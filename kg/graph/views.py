"""The read-only half of `Graph`: articles, answers, profiles, subgraphs, exports."""

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
    """Warn that an answer was cut at the standard limit of rows."""
    warnings.warn(f"only the first {rows:,} rows were taken", stacklevel=3)


def _warn_page(shown: int, total: int) -> None:
    """Warn that an HTML page has only the statements of highest confidence."""
    warnings.warn(f"the page has {shown:,} of {total:,} statements", stacklevel=5)


class Views:
    """A graph that is only read; `Graph` adds the methods that change it."""

    def __init__(
        self,
        store: Store | None = None,
        *,
        ontology: Ontology | None = None,
        gazetteer: Gazetteer | None = None,
    ) -> None:
        """Use a store, by default a new one in memory.

        Args:
            store: the store that holds the quads.
            ontology: classes and relations, by default those of the package.
            gazetteer: names known in advance, by default those of the package.
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
        """The store that holds the quads."""
        return self._store

    def articles(self) -> list[Summary]:
        """Return title, outlet, date and counts of every article, in order of identifier."""
        return self.store.summaries()

    def listed(self) -> list[Listed]:
        """Return title, outlet, date and statement count of articles; faster than `articles`."""
        return self.store.listed()

    def extraction(self, article: str) -> Extraction:
        """Return what was extracted from one article; an unknown article raises a `StoreError`."""
        return self.store.extraction(article, ontology=self.ontology)

    def extractions(self) -> Iterator[Extraction]:
        """Return what was extracted from every article, in order of identifier."""
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
        """Return the answer to a SPARQL query or to a ready question.

        A query runs in a process of its own, which can be stopped and whose crash leaves this one
        alone. It runs in this process if `timeout` and `memory` are both None, and so does a ready
        question under the standard limits.

        Args:
            question: SPARQL, or the name of a ready question; see `kg.query.questions.ask`, also
                for errors.
            params: values of the variables written with `$`.
            timeout: most seconds; None for no limit.
            max_rows: most rows; None for no limit. More rows are cut: the result is then not
                `complete`, and with the standard limit there is a warning.
            memory: most megabytes; None for no limit.
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
        """Return the profiles of the entities called `name`, the one in most articles first.

        Args:
            name: a name or an identifier.
            first: number of statements of each entity to skip.
            most: how many statements of each entity to return; None for all.
            timeout: most seconds; None for no limit.
            max_rows: most statements of all entities together; None for no limit. More are left
                out, with a warning.
            memory: most megabytes; None for no limit.

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

        See `kg.export.export` for formats, options and errors. An HTML page has at most
        `kg.export.webpage.MOST` statements (option `most`), those of highest confidence. If that
        leaves any out there is a warning, or, if the option `cut` is given, `cut` is called
        instead.
        """
        export(self.store, target, format=format, **{"cut": _warn_page, **options})

    def show(self, *, title: str = "", theme: str = "auto", height: int = 640) -> None:
        """Show the network in the notebook, or in a browser outside of notebooks.

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
        """Return a subgraph in memory; without any restriction the graph itself.

        Args:
            articles: identifiers of articles, or patterns with `*` and `?`.
            since: EDTF date; articles published earlier or without a date are left out.
            relations: local names of relations.
            min_confidence: least confidence of a statement, from 0 to 1.
            query: a question; the nodes in its rows are kept, see `kg.export.selection.Selection`.
                For a CONSTRUCT with predicates of its own, the statements behind its triples are
                kept.
            params: values of the parameters of `query`.
            around: name of an entity; of the statements that are left, those within `hops` steps of
                it are kept, see `kg.export.surroundings.around`.
            hops: number of steps.
            limits: limits for `query`, see `kg.query.questions.ask`.
            cut: called if `query` has more rows than `limits` allow; the others are ignored. By
                default it warns.

        Raises:
            SelectionError: an article or a name is unknown, or `since` is not a date.
            UnknownRelationError: a relation is unknown.
            QueryError: the query fails or takes more than its limits.
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
        """Return a graph of the triples of a CONSTRUCT or DESCRIBE; None for any other query.

        It has no articles; only the RDF formats can write it. See `part` for `limits` and `cut`.
        """
        from kg.export.constructed import ConstructedStore

        found = triples(self.store, question, params, limits=limits, cut=cut)
        return None if found is None else type(self)(ConstructedStore(found, self.store.base))

    def networkx(self) -> nx.MultiDiGraph[str]:
        """Return entities as nodes and statements as edges, with typed attributes."""
        from kg.export.network import network

        return network(self.store, self.ontology)
