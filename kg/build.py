"""Build a store from articles: extract what is new or changed, report failures, keep the rest."""

from __future__ import annotations

import pickle
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self

from kg import decisions as deciding
from kg import ontology, resources, sources, version
from kg.errors import (
    ExtractionError,
    InvalidGraphError,
    KgError,
    LanguageError,
    StoreError,
    WorkerError,
)
from kg.graph import Graph
from kg.records import Article, Extraction
from kg.sandbox.workers import worker_pool
from kg.store import exists

# Tries of an article by itself after a worker was killed: two, since the first process may be
# killed before it begins with the article.
_TRIES = 2
_AHEAD = 4  # articles queued for each worker: chosen, not measured


class Extractor(Protocol):
    """What a build needs of a pipeline; `kg.pipeline.Pipeline` is one."""

    @property
    def version(self) -> str:
        """The versions of everything that decides the result, as one line."""

    def extract(self, article: Article, /) -> Extraction:
        """Return what is extracted from an article."""


Model = str | Path | None
Loader = Callable[[Model], Extractor]
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did.

    Attributes:
        added: number of articles new in the store.
        replaced: number of articles that replaced an earlier version.
        unchanged: number of articles that the store had already, from the same versions.
        failed: errors of articles that could not be read or stored, in the order of reading.
        left_out: parts of stored articles that were left out since they break a shape.
        statements: number of statements in the articles added and replaced.
        words: number of words in the bodies of the articles added and replaced.
        seconds: duration of the build.
    """

    added: int
    replaced: int
    unchanged: int
    failed: tuple[KgError, ...]
    left_out: tuple[KgError, ...]
    statements: int
    words: int
    seconds: float

    @property
    def read(self) -> int:
        """Return the number of articles that were read and are in the store now."""
        return self.added + self.replaced + self.unchanged


def build(
    paths: Iterable[str | Path],
    store: str | Path,
    *,
    model: Model = None,
    base: str | None = None,
    workers: int = 1,
    force: bool = False,
    min_confidence: float = 0.0,
    link_floor: float | None = None,
    validate: bool = True,
    decisions: str | Path | None = None,
    stdin: BinaryIO | None = None,
    follow_links: bool = False,
    progress: Progress | None = None,
    loader: Loader | None = None,
) -> Report:
    """Store the articles that `paths` name and report what was done.

    An article is skipped if the store has the same text from the same versions of pipeline and
    ontology. Each article is stored in a transaction of its own, or, if it is very large, in
    several (see `kg.store.parts`). If one fails, the store keeps its earlier version and the build
    goes on. A build that is stopped keeps what it has stored. A worker that is killed is replaced,
    and its article is tried again by itself. The result depends neither on the order of `paths` nor
    on the number of `workers`. The store is made when the first article is ready, and the language
    pipeline is loaded when needed.

    Args:
        paths: files, folders, patterns, `-`; see `kg.sources.discover`.
        store: folder of the store, or the address of a SPARQL server.
        model: language pipeline by name or path; by default the bundled one.
        base: IRI prefix of all identifiers, for a new store.
        workers: number of processes that extract; with more than one, guard the calling script with
            `if __name__ == "__main__":`.
        force: extract unchanged articles again.
        min_confidence: statements of less confidence are left out.
        link_floor: least confidence for plain links, for the whole store; by default that of the
            store, and for a new store that of the ontology.
        validate: check each article against the shapes before storing it; parts that break a shape
            are left out.
        decisions: decisions file that replaces the decisions in force; by default these are applied
            to new articles. References that the graph cannot resolve count as failed.
        stdin: the stream that `-` reads; by default standard input.
        follow_links: follow symbolic links that lead out of a folder.
        progress: called with the identifier of each article that is done.
        loader: makes the pipeline from `model`; by default `kg.pipeline.load`.

    Raises:
        StoreError: the store cannot be opened or written.
        LanguageError: the language pipeline cannot be used.
        WorkerError: worker processes cannot be started.
        DecisionError: the decisions file is malformed or contradicts itself.
    """
    started = time.perf_counter()
    made = deciding.read(decisions) if decisions is not None else None
    job = _Job(
        graph=Graph.open(store, "w", base=base) if exists(store) else None,
        version=_version(model, loader) + (f"/min-{min_confidence:g}" if min_confidence else ""),
        progress=progress or (lambda article: None),
        validate=validate,
    )

    def prepare(graph: Graph) -> None:
        if link_floor is not None:
            graph.set_link_floor(link_floor)
        if made is not None:
            graph.decide(made)

    try:
        if job.graph is not None:
            prepare(job.graph)
        found = sources.read(
            paths, stdin=stdin, on_error=job.failed.append, follow_links=follow_links
        )
        articles = job.wanted(found, force)
        for article, extraction in _extracted(articles, loader or _default, model, workers):
            if isinstance(extraction, KgError):
                job.failed.append(extraction)
            else:
                if job.graph is None:
                    job.graph = Graph.open(store, "w", base=base)
                    prepare(job.graph)
                job.store(_confident(extraction, min_confidence))
            job.progress(article.id)
        if job.graph is not None and (made is not None or job.graph.undecided()):
            applied = job.graph.apply(job.graph.decisions())
            job.failed += applied.problems if made is not None else ()
    finally:
        if job.graph is not None:
            job.graph.close()
    return Report(
        added=job.added,
        replaced=job.replaced,
        unchanged=job.unchanged,
        failed=tuple(job.failed),
        left_out=tuple(job.left_out),
        statements=job.statements,
        words=job.words,
        seconds=time.perf_counter() - started,
    )


class _Job:
    """The state of a build."""

    def __init__(
        self, *, graph: Graph | None, version: str, progress: Progress, validate: bool
    ) -> None:
        self.graph = graph
        self.validate = validate
        self.version = version
        self.progress = progress
        self.failed: list[KgError] = []
        self.left_out: list[KgError] = []
        self.added = self.replaced = self.unchanged = self.statements = self.words = 0

    def wanted(self, articles: Iterable[Article], force: bool) -> Iterator[Article]:
        """Yield the articles that the graph lacks or has in another version."""
        for article in articles:
            if not force and self.graph and self.graph.up_to_date(article, pipeline=self.version):
                self.unchanged += 1
                self.progress(article.id)
            else:
                yield article

    def store(self, extraction: Extraction) -> None:
        """Store one article."""
        assert self.graph is not None
        article = extraction.article
        known = article.id in self.graph
        try:
            left = self.graph.add(extraction, pipeline=self.version, validate=self.validate)
        except InvalidGraphError as error:
            self.failed.append(error)
            return
        except StoreError:
            raise  # the next article would fail as well
        except Exception as error:
            self.failed.append(_failure(article, error))
            return
        self.left_out += left
        self.replaced += known
        self.added += not known
        self.statements += len(extraction.statements)
        self.words += len(article.text[article.body :].split())


def _default(model: Model) -> Extractor:
    from kg import pipeline

    return pipeline.load(model)


def _version(model: Model, loader: Loader | None) -> str:
    """Return the pipeline's version, without loading it if its folder has a `meta.json`."""
    folder = Path(model or resources.model_dir())
    if loader is not None or not (folder / "meta.json").is_file():
        return _loaded(loader or _default, model).version
    return version.of_pipeline(version.of_language(folder), ontology.load().version)


def _confident(extraction: Extraction, least: float) -> Extraction:
    if least <= 0:
        return extraction
    kept = tuple(s for s in extraction.statements if s.confidence >= least)
    return replace(extraction, statements=kept)


Outcome = Extraction | KgError


def _extracted(
    articles: Iterator[Article], loader: Loader, model: Model, workers: int
) -> Iterator[tuple[Article, Outcome]]:
    """Yield each article with its extraction or its error, in order."""
    if workers <= 1:
        for article in articles:
            yield article, _extract(article, loader, model)
        return
    with _Workers(workers, loader, model) as pool:
        waiting: deque[tuple[Article, Future[Outcome]]] = deque()
        for article in articles:
            waiting.append((article, pool.submit(article)))
            # After a crash, the articles in the queue are finished first, one by one.
            while waiting and (pool.broken or len(waiting) >= _AHEAD * workers):
                article, future = waiting.popleft()
                yield article, pool.outcome(article, future)
            if not waiting:
                pool.mend()
        for article, future in waiting:
            yield article, pool.outcome(article, future)


class _Workers:
    """Worker processes that extract.

    If a worker is killed, any of the articles being extracted may be the cause. So each of these is
    tried again in a process of its own; if that is killed twice, the article fails.
    """

    def __init__(self, number: int, loader: Loader, model: Model) -> None:
        self.broken = False
        self._single = False  # whether the pool is the one process for second tries
        self._number, self._loader, self._model = number, loader, model
        try:
            pickle.dumps((loader, model))
        except Exception as error:
            raise WorkerError(
                f"the language pipeline cannot be handed to other processes: {error}",
                hint="give a loader that is a function of a module, or use one worker",
            ) from error
        self._pool = worker_pool(number)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def submit(self, article: Article) -> Future[Outcome]:
        """Give an article to the pool."""
        try:
            return self._pool.submit(_extract, article, self._loader, self._model)
        except BrokenProcessPool as error:
            self.broken = True
            broken: Future[Outcome] = Future()
            broken.set_exception(error)
            return broken

    def outcome(self, article: Article, future: Future[Outcome]) -> Outcome:
        """Return the extraction or the error of an article that was submitted."""
        try:
            return future.result()
        except BrokenProcessPool:
            self.broken = True
            return self._alone(article)

    def mend(self) -> None:
        """Start the full number of workers again after a crash."""
        if self.broken:
            self._restart(self._number)
            self.broken = self._single = False

    def _alone(self, article: Article) -> Outcome:
        for _ in range(_TRIES):
            self._begin_single()
            try:
                return self._pool.submit(_extract, article, self._loader, self._model).result()
            except BrokenProcessPool:
                self._single = False
        return ExtractionError(
            "the process that reads it is killed again and again",
            where=article.id,
            hint="give it more memory, or split the article",
        )

    def _begin_single(self) -> None:
        """Start one process with its pipeline loaded, unless it is running already."""
        if self._single:
            return
        self._restart(1)
        try:
            self._pool.submit(_ready, self._loader, self._model).result()
        except BrokenProcessPool as error:
            raise WorkerError(
                "a process that should extract ended before it could begin",
                hint='guard the calling script with if __name__ == "__main__", give it more '
                "memory, or use one worker",
            ) from error
        self._single = True

    def _restart(self, number: int) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._pool = worker_pool(number)


@cache
def _loaded(loader: Loader, model: Model) -> Extractor:
    return loader(model)


def _ready(loader: Loader, model: Model) -> None:
    """Load the pipeline in a worker; it returns nothing, since a pipeline cannot be pickled."""
    _loaded(loader, model)


def _extract(article: Article, loader: Loader, model: Model) -> Outcome:
    """Return the extraction or the error of an article; raise errors of the pipeline itself."""
    extractor = _loaded(loader, model)
    try:
        return extractor.extract(article)
    except LanguageError:
        raise
    except Exception as error:
        return _failure(article, error)


def _failure(article: Article, error: Exception) -> KgError:
    """Return the error for an article; an unexpected one with file and line of the code."""
    if isinstance(error, KgError):
        return error if error.where else type(error)(error.what, where=article.id, hint=error.hint)
    frames = traceback.extract_tb(error.__traceback__, limit=-1)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    about = f": {error}" if str(error) else ""
    return ExtractionError(
        f"{type(error).__name__}{about}{place}",
        where=article.id,
        hint="the rest was not affected; please report it",
    )
