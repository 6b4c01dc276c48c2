"""Whether a graph is as the shapes in `ontologies/shapes.ttl` want it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg import iris, rdf
from kg.errors import InvalidGraphError
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.store import Store
from kg.validation import shapes
from kg.validation.engine import Checker
from kg.validation.wording import Violation as Violation
from kg.validation.wording import violations

__all__ = ["Validator", "Violation"]


class Validator:
    """Checks articles and stores; what it needs of shapes and ontology it reads once."""

    def __init__(
        self,
        ontology: Ontology,
        *,
        base: str = iris.DEFAULT_BASE,
        path: Path | None = None,
        link_floor: float | None = None,
    ) -> None:
        """Use the relations and classes of an ontology.

        Args:
            ontology: gives the terms that the data may use.
            base: IRI before every identifier.
            path: Turtle file with the shapes, by default `ontologies/shapes.ttl`.
            link_floor: least confidence of a statement from which plain links are to be there, by
                default that of the ontology.

        Raises:
            OntologyError: the shapes are broken or use what is not supported.
        """
        self.names = v.Names(base)
        self._checker = Checker(
            shapes.load(path), rdf.term_quads(ontology, base=base, link_floor=link_floor)
        )

    def violations(self, quads: Iterable[v.Quad], article: str = "") -> list[Violation]:
        """Return what is wrong with one article, sorted; nothing where all is well.

        Args:
            quads: the graph of the article and its plain links.
            article: its identifier, to name it.
        """
        return violations(self._checker.check(quads), self._checker, article)

    def require(self, quads: Iterable[v.Quad], article: str) -> None:
        """Raise an `InvalidGraphError` with the first violations unless all is well."""
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
        """Yield what is wrong with each graph of a store, article by article.

        An article is checked with its plain links; every other graph but that of the terms, such
        as the background, by itself.
        """
        articles = store.articles()
        joined = {store.names.terms}
        for article in articles:
            graphs = (store.names.article(article), store.names.links(article))
            joined.update(graphs)
            yield from self.violations((q for g in graphs for q in store.match(graph=g)), article)
        for graph in store.graphs():
            if graph not in joined:
                name = store.names.identifier(graph) or graph.value
                yield from self.violations(store.match(graph=graph), name)
