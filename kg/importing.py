"""Import a graph from an export: N-Quads, TriG or JSON-LD."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, cast

import pyoxigraph as ox

from kg import ontology as ontologies
from kg.corroboration.independence import settle
from kg.corroboration.settling import settle_acts
from kg.errors import InvalidGraphError, KgError, MalformedGraphError, RecordError
from kg.rdf import extraction_of, key_quads, link_quads, term_quads
from kg.rdf import vocabulary as v
from kg.records import Extraction
from kg.store import Store, open_store
from kg.validation import Validator, Violation, place

FORMATS: Mapping[str, ox.RdfFormat] = MappingProxyType(
    {
        ".jsonld": ox.RdfFormat.JSON_LD,
        ".nq": ox.RdfFormat.N_QUADS,
        ".trig": ox.RdfFormat.TRIG,
    }
)
"""Formats with named graphs, by suffix; each also with .gz."""

_OLD = v.term("Evidence")
_Graphs = dict[ox.NamedNode, set[v.Quad]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an import did.

    Attributes:
        articles: number of articles of the file that are in the store now.
        quads: number of quads in the file.
        failed: errors of articles and graphs that were left out.
    """

    articles: int
    quads: int
    failed: tuple[KgError, ...]


def import_file(path: str | Path, store: str | Path) -> Report:
    """Import the graphs of a file into a store, replacing articles that it has already.

    As in a build, each article is checked against the shapes and stored in a transaction of its
    own; an invalid article is left out. Derived graphs (plain links, acts, original publishers,
    terms) are not taken from the file but derived anew. A missing store is made, with the base of
    the file, unless all articles are left out.

    Args:
        path: file with a suffix of `FORMATS`.
        store: folder of the store.

    Raises:
        MalformedGraphError: the file cannot be read, or is not an export of a store.
        StoreError: the store cannot be opened or written, or has another base.
    """
    graphs = _read(Path(path))
    base = _base(graphs, Path(path))
    if any(quad.object == _OLD for quads in graphs.values() for quad in quads):
        raise MalformedGraphError(
            "it was written by an earlier version, in which a statement had several places",
            where=path,
            hint="build the articles again and export them anew",
        )
    content = _Content(graphs, base, Path(path))
    if content.articles or not content.failed:
        with open_store(store, "w", base=base) as opened:
            _fill(opened, content)
    return Report(
        articles=len(content.articles),
        quads=sum(map(len, graphs.values())),
        failed=tuple(content.failed),
    )


class _Content:
    """The content of a file, checked completely before anything is stored."""

    def __init__(self, graphs: _Graphs, base: str, path: Path) -> None:
        self.path, self.names, self.ontology = path, v.Names(base), ontologies.load()
        self.failed: list[KgError] = []
        self.articles: dict[str, Extraction] = {}
        self.floor = self._floor(graphs[self.names.terms])
        self.validator = Validator(self.ontology, base=base, link_floor=self.floor)
        self._check(self.validator.terms(graphs[self.names.terms]))
        known = list(_articles(graphs, self.names))
        self.graphs: _Graphs = {}
        for graph in sorted(graphs, key=lambda g: g.value):
            if why := self.validator.misplaced(graph, known):
                self._tell(f"the graph <{graph.value}> {why}")
            else:
                self.graphs[graph] = graphs[graph]
        self.background = self._background()
        for article in known:
            try:
                self.articles[article] = self._article(article)
            except (RecordError, InvalidGraphError) as error:
                self._tell(error.what, article)
                for graph in self._of(article):
                    del self.graphs[graph]
        self._decisions()

    def _tell(self, what: str, article: str = "") -> None:
        where = f"{self.path}, article {article}" if article else self.path
        self.failed.append(MalformedGraphError(f"{what}; it was left out", where=where))

    def _check(self, found: Sequence[Violation]) -> bool:
        """Report the first violation of a graph without an article; return whether it is valid."""
        if found:
            more = f" ({len(found) - 1:,} more)" if len(found) > 1 else ""
            self._tell(f"{found[0]}{more}")
        return not found

    def _floor(self, terms: Iterable[v.Quad]) -> float | None:
        floors = (q.object for q in terms if q.predicate == v.term("linkFloor"))
        return next((f for f in map(v.fraction, floors) if f is not None), None)

    def _of(self, article: str) -> list[ox.NamedNode]:
        """Return the graphs of an article that the file has."""
        names = self.names
        graphs = (names.article(article), names.links(article), names.decided(article))
        return [graph for graph in graphs if graph in self.graphs]

    def _article(self, article: str) -> Extraction:
        """Return the extraction of an article.

        Raises:
            RecordError: its graph is not the graph of an article, or its plain links do not follow
                from it.
            InvalidGraphError: it breaks a shape.
        """
        names, base, ontology = self.names, self.names.base, self.ontology
        own = self.graphs[names.article(article)]
        links = self.graphs.get(names.links(article), set())
        read = extraction_of(article, own, ontology=ontology, base=base)
        self.validator.require([*own, *links], article)
        told = {names.node(statement.id) for statement in read.statements}
        stored = {q.subject for q in own if q.object == v.term("Statement")}
        # Characters that RDF cannot hold were replaced by U+FFFD, which changed hashes over them.
        if told != stored and not any("\ufffd" in q.object.value for q in own):
            (first, *_) = sorted((stored - told) or told, key=str)
            raise RecordError(f"<{first.value}> is not what its identifier stands for")
        version = {q.object.value for q in own if q.predicate == v.term("ontologyVersion")}
        derived = set(link_quads(read, ontology=ontology, base=base, floor=self.floor))
        # Another version of the ontology may give other links.
        if links != derived and version == {ontology.version}:
            raise RecordError("its plain links are not those that follow from its statements")
        return read

    def _background(self) -> dict[ox.NamedNode, set[v.Quad]]:
        """Return the background quads of each entity, except of entities with violations."""
        found: dict[ox.NamedNode, set[v.Quad]] = defaultdict(set)
        for quad in self.graphs.get(self.names.background, ()):
            found[quad.subject].add(quad)
        quads = (quad for about in found.values() for quad in about)
        wrong = self.validator.violations(quads, self.names.identifier(self.names.background))
        self._check(wrong)
        for violation in wrong:
            found.pop(ox.NamedNode(violation.node), None)
        return found

    def _decisions(self) -> None:
        """Leave out graphs of decisions that break a shape."""
        for graph in [
            g for g in self.graphs if place(self.names, g)[0] in ("decisions", "decided")
        ]:
            name = self.names.identifier(graph)
            if not self._check(self.validator.violations(self.graphs[graph], name)):
                del self.graphs[graph]


def _read(path: Path) -> _Graphs:
    suffix = Path(path.name.removesuffix(".gz")).suffix.lower()
    if suffix not in FORMATS:
        raise MalformedGraphError(
            f"a file that ends in {suffix or 'nothing'} does not keep graphs apart",
            where=path,
            hint=f"one of: {' '.join(FORMATS)}, each also with .gz",
        )
    found: _Graphs = defaultdict(set)
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            for quad in ox.parse(cast(BinaryIO, stream), format=FORMATS[suffix]):
                if not isinstance(quad.graph_name, ox.NamedNode):
                    raise MalformedGraphError(
                        "it has triples outside named graphs",
                        where=path,
                        hint="export a store, not the answer to a question",
                    )
                if isinstance(quad.subject, ox.BlankNode) or not isinstance(
                    quad.object, ox.NamedNode | ox.Literal
                ):
                    raise MalformedGraphError(
                        f"no store has such a node: {quad.subject} {quad.predicate} {quad.object}",
                        where=path,
                        hint="export without --rdf12",
                    )
                found[quad.graph_name].add(cast(v.Quad, quad))
    except (OSError, EOFError, SyntaxError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise MalformedGraphError(
            f"it cannot be read: {reason}", where=path, hint="name a file that kg export wrote"
        ) from error
    return dict(found)


def _base(graphs: _Graphs, path: Path) -> str:
    """Return the base: what precedes the name of the terms' graph."""
    ends = [g.value.removesuffix(v.TERMS) for g in graphs if g.value.endswith(v.TERMS)]
    if len(ends) != 1:
        raise MalformedGraphError(
            "it is no export of a store: the graph of terms is missing",
            where=path,
            hint="name a file that kg export wrote",
        )
    return ends[0]


def _fill(store: Store, content: _Content) -> None:
    names, ontology = store.names, content.ontology
    # A store keeps its own floor, which its other articles' links follow.
    own = store.link_floor()
    floor = content.floor if own is None else own
    # First, so that an import cut short still leaves a valid store.
    store.set_graph(names.terms, term_quads(ontology, base=store.base, link_floor=floor))
    for article, read in content.articles.items():
        quads = content.graphs[names.article(article)]
        entities = {q.subject for q in quads if q.object == v.term("Entity")}
        known = set().union(*(content.background.get(entity, ()) for entity in entities))
        keys = key_quads(read, ontology=ontology, base=store.base)
        linked = link_quads(read, ontology=ontology, base=store.base, floor=floor)
        changed = content.graphs.get(names.decided(article), set())
        store.replace(article, [*quads, *linked, *known, *keys, *changed])
    if names.decisions in content.graphs:
        store.set_graph(names.decisions, content.graphs[names.decisions])
    # Original publishers and acts depend on the other articles of the store.
    settle(store)
    settle_acts(store, ontology.window)


def _articles(graphs: _Graphs, names: v.Names) -> Iterator[str]:
    for graph in sorted(graphs, key=lambda g: g.value):
        family, _, article = names.identifier(graph).partition("/")
        if family == "article":
            yield article
