"""The pipeline from an article to its extraction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg import ontology, version
from kg.extract import Extractor
from kg.extract.explain.explaining import explanations
from kg.extract.explain.misses import of_relation
from kg.extract.explain.steps import Explanation, NearMiss
from kg.extract.learned.network import FILES, Scorers
from kg.gazetteer import Gazetteer
from kg.ontology import Relation
from kg.parsing import language
from kg.parsing.language import Language
from kg.parsing.parser import Parser
from kg.records import Article, Entity, Extraction


class Pipeline:
    """A parser with the extractor that applies ontology and gazetteer."""

    def __init__(self, reader: Language | Parser, extractor: Extractor) -> None:
        """Combine a parser and an extractor.

        Raises:
            UnsuitableModelError: the parser is none, or its label scheme is unknown.
        """
        self.language = reader if isinstance(reader, Language) else Language(reader)
        self.extractor = extractor

    @property
    def version(self) -> str:
        """Return the versions of everything that decides the result, as one line."""
        return version.of_pipeline(
            self.language.version,
            self.extractor.ontology.version,
            gazetteer=self.extractor.gazetteer.directory,
        )

    def extract(self, article: Article) -> Extraction:
        """Return the mentions, positions and statements extracted from an article."""
        return self.extractor.gather(article, self.language.windows(article))

    def explain(self, article: Article) -> tuple[Explanation, ...]:
        """Return the steps that led to each statement that `extract` finds in an article."""
        made: dict[str, Entity] = {}
        return tuple(
            explanation
            for window in self.language.windows(article)
            for explanation in explanations(self.extractor.reading(window, candidates=True), made)
        )

    def near_misses(self, article: Article, relation: Relation) -> tuple[NearMiss, ...]:
        """Return where a trigger word of a relation occurs without giving a statement, and why."""
        return tuple(
            miss
            for window in self.language.windows(article)
            for miss in of_relation(self.extractor.reading(window, candidates=True), relation)
        )

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """Yield the extraction of each article, in order, as `extract` does."""
        for article in articles:
            yield self.extract(article)


def load(name: str | Path | Parser | None = None) -> Pipeline:
    """Return a pipeline with the parser `name`, ready to read articles.

    Args:
        name: a spaCy pipeline by package or folder, what a package offers by name in the group
            `kg.parsers` of entry points, or a parser itself (`kg.parsing.parser.Parser`); by
            default the language pipeline that comes with `kg`.

    Raises:
        MissingModelError: there is no such language pipeline.
        UnsuitableModelError: it lacks a component or has unknown labels, or is no parser.
    """
    reader = language.load(name) if name is None or isinstance(name, str | Path) else name
    chosen = reader if isinstance(reader, Language) else Language(reader)
    files = chosen.scorers
    scorers = Scorers.read(files) if set(FILES) <= set(files) else None
    return Pipeline(chosen, Extractor(ontology.load(), Gazetteer.load(), scorers))
