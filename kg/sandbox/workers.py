"""Processes that work for this one and end with it."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from kg.sandbox.bounds import end_with


def worker_pool(
    number: int, begin: Callable[..., None] | None = None, *arguments: object
) -> ProcessPoolExecutor:
    """Return a pool of worker processes.

    They are spawned, not forked: a fork would share an open store and the state of its threads.
    They end with this process, so that none is left in memory if it is killed.

    Args:
        number: how many.
        begin: a function of a module that each calls first.
        arguments: what it is called with.
    """
    return ProcessPoolExecutor(
        number, get_context("spawn"), initializer=_begin, initargs=(os.getpid(), begin, arguments)
    )


def _begin(parent: int, begin: Callable[..., None] | None, arguments: tuple[object, ...]) -> None:
    end_with(parent)
    if begin is not None:
        begin(*arguments)
