"""`Graph`: add, replace and remove articles and apply decisions; `Views` has what only reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg import decisions as deciding
from kg import ontology as ontologies
from kg import rdf
from kg.corroboration.independence import settle
from kg.corroboration.settling import settle_acts
from kg.corroboration.sketches import Sketches
from kg.errors import InvalidGraphError, KgError, LeftOutError, RecordError
from kg.graph.sifting import without
from kg.graph.views import Views
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.records import Article, Extraction
from kg.store import Store, open_store
from kg.validation import Validator, Violation

if TYPE_CHECKING:
    from kg.decisions import Decision
    from kg.decisions.review import Candidate
    from kg.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What applying decisions did.

    Attributes:
        decisions: number of decisions in force.
        changed: number of articles whose graphs changed.
        problems: decisions that could not be carried out, and articles that would break a shape.
    """

    decisions: int
    changed: int
    problems: tuple[KgError, ...]


class Graph(Views):
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
        """Use a store, by default a new one in memory; see `Views` for the arguments."""
        super().__init__(store, ontology=ontology, gazetteer=gazetteer)
        self._terms_written = False
        self._unsettled = False
        self._floor: float | None = None
        # Act places (see `kg.rdf.acts.place`) to derive anew; None: only the store knows them.
        self._places: set[str] | None = set()
        # Articles added or removed, with their reprints; valid only while `_places` is not None.
        self._articles: set[str] = set()
        self._sketches = Sketches(self._store)
        self._validator: Validator | None = None
        self._rules: deciding.Rules | None = None

    @classmethod
    def open(cls, path: str | Path, mode: str = "r", *, base: str | None = None) -> Self:
        """Return the graph in the store at `path`.

        Args:
            path: folder of the store, or the address of a SPARQL server.
            mode: `r` to read, `w` to read and write; with `w` a missing store is made.
            base: IRI prefix of all identifiers, for a new store.

        Raises:
            StoreError: see `kg.store.open_store`.
        """
        graph = cls(open_store(path, mode, base=base))
        if mode == "w":  # the process that wrote last may have been killed before it derived acts
            graph._unsettled, graph._places = True, None
        return graph

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
        """Return True, also without articles."""
        return True

    def __contains__(self, article: object) -> bool:
        """Return whether the graph has an article with this identifier."""
        return article in self._store

    @property
    def store(self) -> Store:
        """The store, with reprints, original publishers and acts derived for all its articles."""
        self._settle()
        return self._store

    def close(self) -> None:
        """Derive what is pending and close the store."""
        try:
            self._settle()
        finally:
            self._store.close()

    def _settle(self) -> None:
        """Derive reprints, original publishers and acts anew where articles came or went."""
        if self._unsettled:
            changed = None if self._places is None else self._articles
            moved = settle(self._store, changed, self._sketches)
            if self._places is not None:
                self._places |= moved
            settle_acts(self._store, self.ontology.window, self._places)
            self._unsettled, self._places, self._articles = False, set(), set()

    @property
    def link_floor(self) -> float:
        """Return the least confidence that a statement needs to get a plain link."""
        if self._floor is None:
            stored = self._store.link_floor()
            self._floor = self.ontology.link_floor if stored is None else stored
        return self._floor

    def set_link_floor(self, floor: float) -> None:
        """Set the least confidence for plain links and rewrite the links of all articles.

        Args:
            floor: a confidence from 0 to 1.

        Raises:
            ValueError: it is not between 0 and 1.
            StoreWriteError: the store cannot be written.
        """
        if not 0.0 <= floor <= 1.0:
            raise ValueError(f"a confidence is between 0 and 1, not {floor}")
        if floor == self.link_floor and self._store.link_floor() is not None:
            return
        self._floor, self._validator = floor, None
        try:
            for extraction in self._store.extractions(ontology=self.ontology):
                links = self._links(extraction)
                self._store.set_graph(self._store.names.links(extraction.article.id), links)
            self._write_terms()  # last: it holds the floor, so a run cut short is repeated
        except BaseException:
            self._floor = None
            raise

    def _write_terms(self) -> None:
        terms = rdf.term_quads(self.ontology, base=self._store.base, link_floor=self.link_floor)
        self._store.set_graph(self._store.names.terms, terms)
        self._terms_written = True

    def _links(self, extraction: Extraction) -> list[v.Quad]:
        return rdf.link_quads(
            extraction, ontology=self.ontology, base=self._store.base, floor=self.link_floor
        )

    @property
    def validator(self) -> Validator:
        """Return the SHACL validator, made on first use."""
        if self._validator is None:
            self._validator = Validator(
                self.ontology, base=self._store.base, link_floor=self.link_floor
            )
        return self._validator

    def add(
        self, extraction: Extraction, *, pipeline: str = "", validate: bool = True
    ) -> tuple[LeftOutError, ...]:
        """Add an article, in place of an earlier version with the same identifier.

        A statement, mention or position that breaks a shape is left out; the rest is stored.

        Args:
            extraction: the article and what was extracted from it.
            pipeline: version of the pipeline that extracted it; `up_to_date` compares it.
            validate: check it against the shapes first.

        Returns:
            An error for each round in which parts were left out, saying why; usually none.

        Raises:
            RecordError: `extraction` is not an `Extraction`.
            InvalidGraphError: the article itself breaks a shape; the graph is unchanged.
            StoreWriteError: the store cannot be written; the graph is unchanged.
        """
        if not isinstance(extraction, Extraction):
            raise RecordError(
                f"an Extraction is needed, not {type(extraction).__name__}",
                hint="pipeline.extract(article) makes one",
            )
        if not self._terms_written:
            self._write_terms()
        left: list[LeftOutError] = []
        extraction = rdf.canonical(extraction)
        while True:
            quads = rdf.article_graph(
                extraction,
                ontology=self.ontology,
                gazetteer=self.gazetteer,
                base=self._store.base,
                pipeline=pipeline,
            )
            try:
                self._put(extraction, quads, validate=validate)
                return tuple(left)
            except InvalidGraphError as error:
                sifted = without(extraction, error.nodes, self._store.names)
                if sifted is None:
                    raise
                number = len(extraction.statements) - len(sifted.statements)
                what = f"{number:,} statement{'s' if number != 1 else ''} left out: {error.what}"
                left.append(LeftOutError(what, where=error.where))
                extraction = sifted

    def _put(
        self, extraction: Extraction, quads: Iterable[v.Quad], *, validate: bool = True
    ) -> deciding.Outcome | None:
        """Apply the decisions to an article; write its graph, plain links, act keys and background.

        `extraction` is in canonical order. `quads` is gone through more than once.
        """
        store, base, outcome = self._store, self._store.base, None
        rules = self._in_force()
        if rules.decisions:
            outcome, quads = deciding.decided(rules, extraction, quads, base=base)
            extraction = outcome.extraction
        entity = v.term("Entity")
        named = {q.subject for q in quads if q.predicate == v.TYPE and q.object == entity}
        background = rdf.background_quads(
            map(store.names.identifier, named), gazetteer=self.gazetteer, base=base
        )
        links = self._links(extraction)
        keys = rdf.key_quads(extraction, ontology=self.ontology, base=base)
        known = deciding.renamed(rules, background, base=base)
        if validate:
            about = store.names.decided(extraction.article.id)
            checked = (quad for quad in quads if quad.graph_name != about)
            try:
                self.validator.require(chain(checked, links), extraction.article.id)
            except InvalidGraphError as error:
                # The error names statements as decided; add their identifiers as extracted.
                former = dict(outcome.revised) if outcome else {}
                names = store.names
                error.nodes |= {
                    names.node(old).value
                    for new, old in former.items()
                    if names.node(new).value in error.nodes
                }
                raise
        told = {quad.object.value for quad in keys if quad.predicate == rdf.ACT_PLACE}
        with self._changing(extraction.article.id, told):
            store.replace(extraction.article.id, chain(quads, links, keys, known))
        return outcome

    @contextmanager
    def _changing(self, article: str, places: Iterable[str] = ()) -> Iterator[None]:
        """While the block runs, an article changes; note what has to be derived anew afterwards.

        Args:
            article: its identifier.
            places: act places of its new statements.
        """
        store = self._store
        doubtful = {
            store.names.identifier(node).removeprefix("article/")
            for node in store.reprints(store.names.article(article))
        }
        concerned = {*places}
        for one in doubtful if self._places is not None else ():
            concerned |= store.act_places(one) if one in store else set()
        if article in store:
            self._sketches.forget()
        try:
            yield
        except BaseException:
            self._places = None  # a server may have written part of it: ask the store later
            raise
        self._unsettled = True
        self._articles |= doubtful
        if self._places is not None:
            self._places |= concerned

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
        """Return whether decisions in force have not been applied to all stored articles yet."""
        return deciding.unfinished(self._store)

    def decide(self, made: Iterable[Decision]) -> None:
        """Replace the decisions in force; articles that are added from now on follow the new ones.

        Stored articles stay as they are until `apply`.

        Raises:
            DecisionError: decisions contradict each other, or name a class that does not exist.
            UnknownRelationError: they name a relation that does not exist.
        """
        store = self._store
        self._rules = self._ruled(made)
        quads = deciding.decision_quads(self._rules.decisions, base=store.base)
        if store.articles():
            quads.append(deciding.unfinished_quad(store.base))
        store.set_graph(store.names.decisions, quads)

    def apply(self, made: Iterable[Decision]) -> Applied:
        """Replace the decisions in force and apply the new ones to all stored articles.

        Changes made by earlier decisions are undone. A decision that names something the graph does
        not have is kept for later articles and reported as a problem. An article that would break a
        shape stays as it is and is reported too.

        Raises:
            DecisionError, UnknownRelationError: see `decide`; the graph is unchanged.
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
        """Return suggested decisions; see `kg.decisions.review.candidates`."""
        from kg.decisions.review import candidates

        return candidates(self.store, self._in_force(), limit=limit, below=below)

    def add_all(
        self, extractions: Iterable[Extraction], *, pipeline: str = "", validate: bool = True
    ) -> int:
        """Add articles one after the other and return their number; see `add`."""
        number = 0
        for number, extraction in enumerate(extractions, 1):  # noqa: B007
            self.add(extraction, pipeline=pipeline, validate=validate)
        return number

    def validate(self, *, workers: int = 1) -> Iterator[Violation]:
        """Yield the violations of the shapes, article by article.

        Args:
            workers: number of processes. More than one is used only for a store on disk that is
                open for reading, with the ontology of the package.
        """
        store = self.store
        folder = store.shared if self.ontology is ontologies.load() else None
        if workers > 1 and folder is not None:
            from kg.validation.apart import checked

            articles, floor = store.articles(), self.link_floor
            yield from checked(folder, articles, link_floor=floor, workers=workers)
            yield from self.validator.others(store)
        else:
            yield from self.validator.store(store)

    def up_to_date(self, article: Article, *, pipeline: str = "") -> bool:
        """Return whether the graph has this article unchanged, extracted by these versions."""
        if article.id not in self._store or self._store.digest(article.id) != article.digest:
            return False
        return self._store.versions(article.id) == (pipeline, self.ontology.version)

    def remove(self, article: str) -> bool:
        """Remove an article and what no other article supports; return whether it was there."""
        with self._changing(article):
            return self._store.remove(article)
