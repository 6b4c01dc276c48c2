"""Many articles into a store: what changed is read, what fails is told, the rest is kept."""

from __future__ import annotations

import os
import pickle
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import get_context
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
from kg.sandbox.bounds import end_with
from kg.store import exists

_TRIES = 2  # of an article alone, after its process or one beside it was killed
_AHEAD = 4  # articles per worker that are read before they are needed


class Extractor(Protocol):
    """What a build needs of a pipeline; `kg.pipeline.Pipeline` is one."""

    @property
    def version(self) -> str:
        """Versions of all that decides the result."""

    def extract(self, article: Article, /) -> Extraction:
        """Return what is found in an article."""


Model = str | Path | None
Loader = Callable[[Model], Extractor]
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did.

    Attributes:
        added: articles that are new in the store.
        replaced: articles that took the place of an earlier version.
        unchanged: articles that the store had already, extracted by the same versions.
        failed: why articles are missing, in the order of reading.
        left_out: what was read and left out, since it breaks a shape; its article was stored.
        statements: statements in the articles added and replaced.
        words: words in the articles added and replaced, from the body on.
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
        """Return the number of articles that could be read and are in the store now."""
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
    """Put the articles that `paths` name into a store, and return what was done.

    An article that the store has already, with the same text and from the same versions of pipeline
    and ontology, is passed over. Every article is stored in a transaction of its own, but very
    dense ones (see `kg.store.parts`): an article that fails, for whatever reason, leaves what the
    store had of it, and the rest goes on; a build that is stopped keeps what it has done. A worker
    that is killed is replaced, and its article tried once more alone. The result is the same for
    any order of `paths` and any number of `workers`. The store is made when the first article is
    ready, the language pipeline loaded when one is needed.

    Args:
        paths: files, folders, patterns, `-`; see `kg.sources.discover`.
        store: folder of the store, or the address of a SPARQL server.
        model: language pipeline by name or path; by default the bundled one.
        base: IRI before every identifier, for a new store.
        workers: processes that extract; with more than one, guard the calling script with
            `if __name__ == "__main__":`.
        force: extract again what is unchanged.
        min_confidence: statements below it are left out.
        link_floor: least confidence of statements from which plain links are written, for the whole
            store; by default what the store has, and for a new one what the ontology says.
        validate: check each article against the shapes before it is stored; what breaks them is
            left out.
        decisions: file of decisions that take the place of those in force; by default these are
            applied to what is added. What they name and the graph does not have counts as failed.
        stdin: what `-` reads, by default the standard input of the process.
        follow_links: follow symbolic links that lead out of a folder.
        progress: is called with the identifier of each article that is done.
        loader: makes the pipeline from `model`; by default `kg.pipeline.load`.

    Raises:
        StoreError: the store cannot be opened or written.
        LanguageError: the language pipeline cannot be used.
        WorkerError: processes that extract cannot be started.
        DecisionError: the decisions file is not well formed, or contradicts itself.
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
    """The state of one build."""

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
        """Yield the articles that the graph does not have as they are."""
        for article in articles:
            if not force and self.graph and self.graph.up_to_date(article, pipeline=self.version):
                self.unchanged += 1
                self.progress(article.id)
            else:
                yield article

    def store(self, extraction: Extraction) -> None:
        """Put one article into the graph."""
        assert self.graph is not None
        article = extraction.article
        known = article.id in self.graph
        try:
            left = self.graph.add(extraction, pipeline=self.version, validate=self.validate)
        except InvalidGraphError as error:
            self.failed.append(error)
            return
        except StoreError:
            raise  # the next article would fare no better
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
    """Return the pipeline's version, without loading it where its folder tells."""
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
    """Yield each article with what was found in it, or why there is nothing, in order."""
    if workers <= 1:
        for article in articles:
            yield article, _extract(article, loader, model)
        return
    with _Workers(workers, loader, model) as pool:
        waiting: deque[tuple[Article, Future[Outcome]]] = deque()
        for article in articles:
            waiting.append((article, pool.submit(article)))
            # After a crash all that were under way come first, one by one.
            while waiting and (pool.broken or len(waiting) >= _AHEAD * workers):
                article, future = waiting.popleft()
                yield article, pool.outcome(article, future)
            if not waiting:
                pool.mend()
        for article, future in waiting:
            yield article, pool.outcome(article, future)


class _Workers:
    """Processes that extract. When one is killed, nobody knows which article was to blame.

    So each that was under way is tried again, with no other beside it, and once more if that
    process is killed too, since it may not have begun before; then it is told as failed.
    """

    def __init__(self, number: int, loader: Loader, model: Model) -> None:
        self.broken = False
        self._single = False  # whether the pool is one process that tries articles again
        self._number, self._loader, self._model = number, loader, model
        try:
            pickle.dumps((loader, model))
        except Exception as error:
            raise WorkerError(
                f"the language pipeline cannot be handed to other processes: {error}",
                hint="give a loader that is a function of a module, or use one worker",
            ) from error
        self._pool = _pool(number)

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
        """Have an article extracted."""
        try:
            return self._pool.submit(_extract, article, self._loader, self._model)
        except BrokenProcessPool as error:
            self.broken = True
            broken: Future[Outcome] = Future()
            broken.set_exception(error)
            return broken

    def outcome(self, article: Article, future: Future[Outcome]) -> Outcome:
        """Return what came of an article that was submitted."""
        try:
            return future.result()
        except BrokenProcessPool:
            self.broken = True
            return self._alone(article)

    def mend(self) -> None:
        """Start as many processes as before, if one has been killed."""
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
        """Have one process that is ready to read, unless there is one already."""
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
        self._pool = _pool(number)


def _pool(workers: int) -> ProcessPoolExecutor:
    # Spawned, not forked: a fork would share the open store with its threads.
    # A worker that outlived a build that was killed would hold its memory for good.
    return ProcessPoolExecutor(
        workers, get_context("spawn"), initializer=end_with, initargs=(os.getpid(),)
    )


@cache
def _loaded(loader: Loader, model: Model) -> Extractor:
    return loader(model)


def _ready(loader: Loader, model: Model) -> None:
    """Load the pipeline; the pipeline itself does not leave its process."""
    _loaded(loader, model)


def _extract(article: Article, loader: Loader, model: Model) -> Outcome:
    """Return what is found in an article, or why there is nothing; what concerns all is raised."""
    extractor = _loaded(loader, model)
    try:
        return extractor.extract(article)
    except LanguageError:
        raise
    except Exception as error:
        return _failure(article, error)


def _failure(article: Article, error: Exception) -> KgError:
    """Return why there is nothing of an article; where the program is at fault, tell the place."""
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
