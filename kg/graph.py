"""The graph: articles go in, questions are answered, files come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg import decisions as deciding
from kg import ontology as ontologies
from kg import rdf
from kg.errors import InvalidGraphError, KgError
from kg.export import Target, export
from kg.independence import settle
from kg.limits import Limits
from kg.ontology import Ontology
from kg.profile import Profile, about
from kg.questions import ask
from kg.rdf import vocabulary as v
from kg.records import Article, Extraction
from kg.results import Result
from kg.store import Store, Summary, open_store
from kg.validation import Validator, Violation

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from kg.decisions import Decision
    from kg.decisions.review import Candidate
    from kg.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What came of decisions.

    Attributes:
        decisions: number of decisions in force.
        changed: number of articles that changed.
        problems: what decisions name that the graph does not have.
    """

    decisions: int
    changed: int
    problems: tuple[KgError, ...]


class Graph:
    """A knowledge graph of news articles, in memory or on disk.

    Example:
        >>> with Graph() as graph:
        ...     len(graph)
        0
    """

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
        self._terms_written = False
        self._unsettled = False
        self._validator: Validator | None = None
        self._rules: deciding.Rules | None = None

    @classmethod
    def open(cls, path: str | Path, mode: str = "r", *, base: str | None = None) -> Self:
        """Return the graph in the store at `path`.

        Args:
            path: folder of the store, or the address of a SPARQL server.
            mode: `r` to read, `w` to read and write; with `w` a missing store is made.
            base: IRI before every identifier of a new store.

        Raises:
            StoreError: see `kg.store.open_store`.
        """
        graph = cls(open_store(path, mode, base=base))
        graph._unsettled = mode == "w"  # whoever wrote before may have been stopped
        return graph

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

    def __enter__(self) -> Self:
        """Return the graph."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the graph."""
        self.close()

    def __len__(self) -> int:
        """Return the number of articles."""
        return len(self._store.articles())

    def __bool__(self) -> bool:
        """Return True: a graph without articles is still a graph."""
        return True

    def __contains__(self, article: object) -> bool:
        """Return whether the article of that identifier is in the graph."""
        return article in self._store

    @property
    def store(self) -> Store:
        """Where the graph is kept, with all that follows from its articles up to date."""
        self._settle()
        return self._store

    def close(self) -> None:
        """Write what is pending and let go of the files."""
        try:
            self._settle()
        finally:
            self._store.close()

    def _settle(self) -> None:
        """Find out whose account the articles are that have come or changed."""
        if self._unsettled:
            settle(self._store)
            self._unsettled = False

    @property
    def validator(self) -> Validator:
        """Return what checks articles against the shapes, made on first use."""
        if self._validator is None:
            self._validator = Validator(self.ontology, base=self._store.base)
        return self._validator

    def add(self, extraction: Extraction, *, pipeline: str = "", validate: bool = True) -> None:
        """Put in an article; one that was there under its identifier is replaced.

        Args:
            extraction: what was found in the article.
            pipeline: version of what extracted it, to know later whether it is up to date.
            validate: check it against the shapes first.

        Raises:
            InvalidGraphError: the article breaks a shape; the graph is as it was before.
            StoreWriteError: the graph is as it was before.
        """
        quads = rdf.article_quads(
            extraction,
            ontology=self.ontology,
            gazetteer=self.gazetteer,
            base=self._store.base,
            pipeline=pipeline,
        )
        if not self._terms_written:
            terms = rdf.term_quads(self.ontology, base=self._store.base)
            self._store.set_graph(self._store.names.terms, terms)
            self._terms_written = True
        self._put(extraction, quads, validate=validate)

    def _put(
        self, extraction: Extraction, quads: list[v.Quad], *, validate: bool = True
    ) -> deciding.Outcome | None:
        """Write the graph of an article as decided, with what follows from it."""
        store, base, outcome = self._store, self._store.base, None
        rules = self._in_force()
        if rules.decisions:
            read = rdf.canonical(extraction)
            outcome, quads = deciding.decided(rules, read, quads, base=base)
            extraction = outcome.extraction
        entity = v.term("Entity")
        named = {q.subject for q in quads if q.predicate == v.TYPE and q.object == entity}
        background = rdf.background_quads(
            map(store.names.identifier, named), gazetteer=self.gazetteer, base=base
        )
        links = rdf.link_quads(extraction, ontology=self.ontology, base=base)
        known = deciding.renamed(rules, background, base=base)
        if validate:
            about = store.names.decided(extraction.article.id)
            checked = [quad for quad in quads if quad.graph_name != about]
            self.validator.require([*checked, *links], extraction.article.id)
        store.replace(extraction.article.id, [*quads, *links, *known])
        self._unsettled = True
        return outcome

    def _in_force(self) -> deciding.Rules:
        if self._rules is None:
            self._rules = self._ruled(deciding.stored(self._store))
        return self._rules

    def _ruled(self, made: Iterable[Decision]) -> deciding.Rules:
        return deciding.Rules(made, ontology=self.ontology, gazetteer=self.gazetteer)

    def decisions(self) -> tuple[Decision, ...]:
        """Return the decisions in force, in order of identifier."""
        return deciding.stored(self._store)

    def undecided(self) -> bool:
        """Return whether decisions are in force that not all articles show yet; see `decide`."""
        return deciding.unfinished(self._store)

    def decide(self, made: Iterable[Decision]) -> None:
        """Put decisions in force, in place of those before, for articles that are added from now.

        Articles that are there already stay as they are, until `apply`.

        Raises:
            DecisionError: they contradict each other, or name a class that does not exist.
            UnknownRelationError: they name a relation that does not exist.
        """
        store = self._store
        self._rules = self._ruled(made)
        quads = deciding.decision_quads(self._rules.decisions, base=store.base)
        if store.articles():
            quads.append(deciding.unfinished_quad(store.base))
        store.set_graph(store.names.decisions, quads)

    def apply(self, made: Iterable[Decision]) -> Applied:
        """Put decisions in force, in place of those before, and change all articles accordingly.

        What only former decisions changed becomes again what was read. A decision that names what
        the graph does not have is kept for articles to come and told as a problem; an article
        that would break a shape stays as it is, and is told as one too.

        Raises:
            DecisionError, UnknownRelationError: see `decide`; the graph is as it was before.
        """
        store = self._store
        self.decide(made)
        rules = self._in_force()
        outcomes: dict[str, deciding.Outcome] = {}
        changed = 0
        broken: list[KgError] = []
        for article in deciding.concerned(store, rules.decisions):
            quads = deciding.as_read(store, article)
            old = self._written(article)
            read = rdf.extraction_of(article, quads, ontology=self.ontology, base=store.base)
            try:
                if outcome := self._put(read, quads):
                    outcomes[article] = outcome
            except InvalidGraphError as error:
                broken.append(error)
            changed += old != self._written(article)
        store.change(remove=[deciding.unfinished_quad(store.base)])
        return Applied(
            decisions=len(rules.decisions),
            changed=changed,
            problems=(*broken, *deciding.problems(store, rules, outcomes)),
        )

    def _written(self, article: str) -> set[v.Quad]:
        names = self._store.names
        graphs = (names.article(article), names.decided(article))
        return {quad for graph in graphs for quad in self._store.match(graph=graph)}

    def review(self, *, limit: int = 20, below: float = 0.6) -> tuple[Candidate, ...]:
        """Return what is worth deciding; see `kg.decisions.review.candidates`."""
        from kg.decisions.review import candidates

        return candidates(self.store, self._in_force(), limit=limit, below=below)

    def add_all(
        self, extractions: Iterable[Extraction], *, pipeline: str = "", validate: bool = True
    ) -> int:
        """Put in articles one after the other and return how many there were; see `add`."""
        number = 0
        for number, extraction in enumerate(extractions, 1):  # noqa: B007
            self.add(extraction, pipeline=pipeline, validate=validate)
        return number

    def validate(self) -> Iterator[Violation]:
        """Yield where the graph is not as its shapes want it, article by article."""
        return self.validator.store(self.store)

    def up_to_date(self, article: Article, *, pipeline: str = "") -> bool:
        """Return whether the graph has this very article, extracted by these very versions."""
        if article.id not in self._store or self._store.digest(article.id) != article.digest:
            return False
        return self._store.versions(article.id) == (pipeline, self.ontology.version)

    def remove(self, article: str) -> bool:
        """Take out an article with what only it supports; return whether it was there."""
        self._unsettled = True
        return self._store.remove(article)

    def articles(self) -> list[Summary]:
        """Return title, outlet, date and counts of every article, in order of identifier."""
        return self.store.summaries()

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
        timeout: float | None = None,
        max_rows: int | None = None,
        memory: int | None = None,
    ) -> Result:
        """Return the answer to a question: SPARQL, or the name of a ready one.

        Args:
            question: see `kg.questions.ask`, also for errors.
            params: values of the variables written with `$`.
            timeout: seconds that it may take.
            max_rows: rows that there may be; more are cut, and the result is not `complete`.
            memory: megabytes that it may use.
        """
        limits = Limits(seconds=timeout, rows=max_rows, megabytes=memory)
        return ask(self.store, question, params, limits=limits)

    def about(self, name: str) -> tuple[Profile, ...]:
        """Return what is known about the entities called `name`, the most named one first."""
        return about(self.store, name, ontology=self.ontology)

    def export(self, target: Target, *, format: str = "", **options: object) -> None:
        """Write the graph to a file, in the format that its suffix or `format` names.

        See `kg.export.export` for formats and errors.
        """
        export(self.store, target, format=format, **options)

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
    ) -> Graph:
        """Return a part of the graph, in memory; without restriction the graph itself.

        Args:
            articles: identifiers of articles, or patterns with `*` and `?`.
            since: EDTF date; articles published before it, or undated, are left out.
            relations: local names of relations.
            min_confidence: least confidence of an evidence, from 0 to 1.
            query: a question; what its rows name is kept, see `kg.export.selection.Selection`. Of
                a CONSTRUCT with predicates of its own, what its triples rest on is kept.
            params: its parameters.
            around: name of an entity; of what the rest leaves, the statements are kept that at most
                `hops` steps lead to, see `kg.export.surroundings.around`.
            hops: number of steps.

        Raises:
            SelectionError: an article or a name is unknown, or `since` is no date.
            UnknownRelationError: a relation is unknown.
            QueryError: the question cannot be answered.
        """
        from kg.export import surroundings
        from kg.export.selection import Selection, part
        from kg.questions import named_nodes, rows_behind

        rows = named_nodes(self.store, query, params) if query else None
        if query and (behind := rows_behind(self.store, query, params)):
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
        return Graph(store, ontology=self._ontology, gazetteer=self._gazetteer)

    def rdflib(self) -> rdflib.Dataset:
        """Return a copy as an rdflib dataset; its default graph is the union of all graphs."""
        from kg.rdf.bridge import dataset

        return dataset(self.store.match(), self.store.base)

    def constructed(self, question: str, params: Mapping[str, str] | None = None) -> Graph | None:
        """Return what a CONSTRUCT or DESCRIBE makes, or None for another question.

        It has triples and no articles: the RDF formats write it.
        """
        from kg.export.constructed import ConstructedStore
        from kg.questions import triples

        found = triples(self.store, question, params)
        return None if found is None else Graph(ConstructedStore(found, self.store.base))

    def networkx(self) -> nx.MultiDiGraph[str]:
        """Return entities as nodes and statements as edges, with typed attributes."""
        from kg.export.network import network

        return network(self.store, self.ontology)
