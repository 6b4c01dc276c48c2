"""Check graphs against the SHACL shapes in `ontologies/shapes.ttl`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg import iris, rdf
from kg.errors import InvalidGraphError
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.store import Store
from kg.validation import shapes
from kg.validation.engine import Checker, Fault
from kg.validation.index import Index
from kg.validation.knowing import Known
from kg.validation.knowing import place as place
from kg.validation.wording import Violation as Violation
from kg.validation.wording import violations

__all__ = ["Validator", "Violation", "place"]

_FLOOR = v.term("linkFloor")


class Validator:
    """Checks articles and stores; reads shapes and ontology once."""

    def __init__(
        self,
        ontology: Ontology,
        *,
        base: str = iris.DEFAULT_BASE,
        path: Path | None = None,
        link_floor: float | None = None,
    ) -> None:
        """Prepare to check data of an ontology.

        Args:
            ontology: the classes and relations that the data may use.
            base: IRI prefix of all identifiers.
            path: Turtle file with the shapes, by default `ontologies/shapes.ttl`.
            link_floor: least confidence of a statement with plain links, by default that of the
                ontology.

        Raises:
            OntologyError: the shapes are malformed or use an unsupported part of SHACL.
        """
        self.names = v.Names(base)
        loaded = shapes.load(path)
        self._terms = frozenset(rdf.term_quads(ontology, base=base, link_floor=link_floor))
        self._checker = Checker(loaded, self._terms)
        self._known = Known(loaded, ontology)

    def violations(self, quads: Iterable[v.Quad], article: str = "") -> list[Violation]:
        """Return the violations in one article, sorted.

        Args:
            quads: the graph of the article and its plain links.
            article: its identifier, for the violations.
        """
        graphs: dict[ox.NamedNode, list[v.Quad]] = {}
        for quad in quads:
            graphs.setdefault(quad.graph_name, []).append(quad)
        return self._violations(graphs, article)

    def _violations(
        self, graphs: Mapping[ox.NamedNode, Iterable[v.Quad]], article: str
    ) -> list[Violation]:
        """Return the violations in graphs that are checked together, sorted."""
        unit, faults = Index(), list[Fault]()
        kinds = {graph: place(self.names, graph)[0] for graph in graphs}
        for graph in (g for g in graphs if kinds[g] == "article"):
            unit.add(graphs[graph])
        faults += self._known.of_articles(unit)
        for graph in (g for g in graphs if kinds[g] != "article"):
            unit.add(self._known.others(graphs[graph], kinds[graph], faults))
        try:
            faults += self._checker.faults(unit)
            return violations(faults, self._checker, article)
        finally:
            self._checker.forget()

    def terms(self, quads: Iterable[v.Quad]) -> list[Violation]:
        """Return where a graph of terms differs from the ontology, sorted.

        The floor for plain links may differ: each store has its own.
        """
        found = set(quads)
        wrong: dict[ox.NamedNode, list[str]] = defaultdict(list)
        for quad in sorted(found ^ self._terms, key=str):
            if quad.predicate != _FLOOR:
                verb = "has" if quad in found else "lacks"
                wrong[quad.subject].append(f"{verb} {quad.predicate} {quad.object}")
        floors = [q.object for q in found if q.predicate == _FLOOR]
        if len(floors) != 1 or v.fraction(floors[0]) is None:
            wrong[v.term("relatesTo")].append("has no floor for links from 0 to 1")
        name = self.names.identifier(self.names.terms)
        return [
            Violation(
                article=name,
                node=node.value,
                sentence=f"The term {node} must be as the ontology has it, but {what[0]}"
                + (f", and {len(what) - 1:,} more." if len(what) > 1 else "."),
            )
            for node, what in sorted(wrong.items(), key=lambda item: item[0].value)
        ]

    def misplaced(self, graph: ox.NamedNode, articles: Iterable[str]) -> str:
        """Return why a store of these articles cannot have this graph; empty if it can."""
        if not graph.value.startswith(self.names.base):
            return f"lies outside the base {self.names.base}"
        kind, article = place(self.names, graph)
        if not kind:
            return "has a name that no graph of a store has"
        return f"is about {article}, which is no article" if article not in ("", *articles) else ""

    def require(self, quads: Iterable[v.Quad], article: str) -> None:
        """Raise an `InvalidGraphError` with the first violation, if there are any."""
        found = self.violations(quads, article)
        if found:
            first = found[0]
            quote = f" (“{first.quote}”)" if first.quote else ""
            more = f"; {len(found) - 1:,} more" if len(found) > 1 else ""
            raise InvalidGraphError(
                f"{first.sentence}{quote}{more}",
                where=article,
                hint="store it anyway with --no-validate, then run kg validate to see all",
                nodes=(violation.node for violation in found),
            )

    def store(self, store: Store) -> Iterator[Violation]:
        """Yield the violations in a store, article by article, then those of other graphs."""
        for article in store.articles():
            yield from self.article(store, article)
        yield from self.others(store)

    def article(self, store: Store, article: str) -> list[Violation]:
        """Return the violations in one article of a store and its plain links, sorted."""
        graphs = (store.names.article(article), store.names.links(article))
        return self._violations({g: store.match(graph=g) for g in graphs}, article)

    def others(self, store: Store) -> Iterator[Violation]:
        """Yield the violations in the graphs of a store that belong to no article.

        The graph of terms is compared with the ontology; each other graph is checked by itself.
        """
        articles = store.articles()
        known = frozenset(articles)
        joined = {store.names.terms}
        joined.update(map(store.names.article, articles), map(store.names.links, articles))
        if articles:
            yield from self.terms(store.match(graph=store.names.terms))
        for graph in store.graphs():
            if why := self.misplaced(graph, known):
                name = store.names.identifier(graph) or graph.value
                sentence = f"The graph <{graph.value}> must not be there: it {why}."
                yield Violation(article=name, node=graph.value, sentence=sentence)
            elif graph not in joined:
                name = store.names.identifier(graph) or graph.value
                yield from self._violations({graph: store.match(graph=graph)}, name)
