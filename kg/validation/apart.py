"""Check the articles of a store in several processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from kg import ontology
from kg.errors import WorkerError
from kg.sandbox.workers import worker_pool
from kg.store import Store, open_store
from kg.validation import Validator, Violation

_AT_ONCE = 50
"""Articles given to a process at a time: about a second of work. Chosen, not measured."""

_state: list[tuple[Store, Validator]] = []  # in a worker: its store and validator, made once


def checked(
    path: Path, articles: Sequence[str], *, link_floor: float, workers: int
) -> Iterator[Violation]:
    """Yield the violations in articles of a store on disk, in order of the articles.

    Each worker process opens the store for reading and uses the ontology of the package. The
    workers end with this process.

    Args:
        path: folder of the store.
        articles: identifiers of the articles.
        link_floor: see `Validator`.
        workers: number of processes.

    Raises:
        StoreError: the store cannot be read.
        WorkerError: a worker was killed.
    """
    parts = [articles[i : i + _AT_ONCE] for i in range(0, len(articles), _AT_ONCE)]
    with worker_pool(min(workers, len(parts)), _begin, path, link_floor) as working:
        try:
            for found in working.map(_check, parts):
                yield from found
        except BrokenProcessPool as error:
            raise WorkerError(
                "a process that checks articles was ended", hint="use --workers 1"
            ) from error
        finally:
            working.shutdown(cancel_futures=True)


def _begin(path: Path, link_floor: float) -> None:
    store = open_store(path)
    _state.append((store, Validator(ontology.load(), base=store.base, link_floor=link_floor)))


def _check(articles: Sequence[str]) -> list[Violation]:
    ((store, validator),) = _state
    return [found for article in articles for found in validator.article(store, article)]
