"""A progress bar on standard error, where somebody looks at it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from kg import sources


@contextmanager
def bar(paths: Sequence[str], *, hidden: bool) -> Iterator[Callable[[str], None]]:
    """Yield a function that is told each article that is done; without a terminal it is silent."""
    if hidden or not sys.stderr.isatty():
        yield lambda article: None
        return
    from rich.console import Console
    from rich.markup import escape
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
        task = progress.add_task("", total=sources.count(paths))
        yield lambda article: progress.update(task, advance=1, description=escape(article))
