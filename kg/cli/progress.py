"""Progress bars on standard error, shown on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg import sources
from kg.text.controls import one_line

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


@contextmanager
def bar(
    paths: Sequence[str], *, hidden: bool, follow_links: bool = False
) -> Iterator[Callable[[str], None]]:
    """Yield a function to call with the identifier of each article when it is done.

    It moves a progress bar; without a terminal, or if `hidden`, it does nothing.
    """
    with _progress(hidden) as progress:
        if progress is None:
            yield lambda article: None
            return
        from rich.markup import escape

        task = progress.add_task("", total=sources.count(paths, follow_links=follow_links))
        yield lambda article: progress.update(
            task, advance=1, description=escape(one_line(article))
        )


@contextmanager
def steps(*, hidden: bool) -> Iterator[Callable[[int, int], None]]:
    """Yield a function to call with the number of steps done and the number of all steps.

    The progress bar appears with the first call.
    """
    with _progress(hidden) as progress:
        if progress is None:
            yield lambda done, total: None
            return
        tasks: list[TaskID] = []

        def advance(done: int, total: int) -> None:
            if not tasks:
                tasks.append(progress.add_task(""))
            progress.update(tasks[0], completed=done, total=total)

        yield advance


@contextmanager
def _progress(hidden: bool) -> Iterator[Progress | None]:
    if hidden or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield progress
