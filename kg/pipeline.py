"""The whole way from an article to its statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg import ontology, version
from kg.extract import Extractor
from kg.extract.explain.explaining import explanations
from kg.extract.explain.misses import of_relation
from kg.extract.explain.steps import Explanation, NearMiss
from kg.gazetteer import Gazetteer
from kg.ontology import Relation
from kg.parsing import language
from kg.parsing.language import Language
from kg.records import Article, Entity, Extraction


class Pipeline:
    """Language pipeline, ontology and gazetteer, ready to read articles."""

    def __init__(self, reader: Language, extractor: Extractor) -> None:
        """Join a language pipeline and an extractor."""
        self.language = reader
        self.extractor = extractor

    @property
    def version(self) -> str:
        """Return the versions of all that decides the result; it changes when results may."""
        return version.of_pipeline(
            self.language.version,
            self.extractor.ontology.version,
            gazetteer=self.extractor.gazetteer.directory,
        )

    def extract(self, article: Article) -> Extraction:
        """Return what is found in `article`."""
        return self.extractor.gather(article, self.language.windows(article))

    def explain(self, article: Article) -> tuple[Explanation, ...]:
        """Return how each statement that `extract` finds in `article` came about."""
        made: dict[str, Entity] = {}
        return tuple(
            explanation
            for window in self.language.windows(article)
            for explanation in explanations(self.extractor.reading(window, candidates=True), made)
        )

    def near_misses(self, article: Article, relation: Relation) -> tuple[NearMiss, ...]:
        """Return the frames of a relation that give no statement although their word occurs."""
        return tuple(
            miss
            for window in self.language.windows(article)
            for miss in of_relation(self.extractor.reading(window, candidates=True), relation)
        )

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """Yield what is found in each article, in order; the same as `extract` one by one."""
        for article in articles:
            yield self.extract(article)


def load(name: str | Path | None = None) -> Pipeline:
    """Return a pipeline with the language pipeline `name`, by default the bundled one.

    Raises:
        MissingModelError: there is no such language pipeline.
        UnsuitableModelError: it lacks a component or has unknown labels.
    """
    return Pipeline(language.load(name), Extractor(ontology.load(), Gazetteer.load()))
