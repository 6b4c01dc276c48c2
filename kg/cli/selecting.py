"""The options of `kg export` that select a part of a graph."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.sandbox.limits import Limits

_Function = TypeVar("_Function", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--articles", multiple=True, metavar="ID", help="Only these articles; * and ? match."
    ),
    click.option("--since", default="", metavar="DATE", help="Only articles published since then."),
    click.option("--relation", "relations", multiple=True, metavar="NAME", help="Only this one."),
    click.option(
        "--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out less sure."
    ),
    click.option(
        "--query", default="", metavar="SPARQL", help="Only what this question or ready one names."
    ),
    click.option(
        "--param", "params", multiple=True, metavar="KEY=VALUE", help="Give it a $ variable."
    ),
    click.option("--around", default="", metavar="NAME", help="Only what lies around this one."),
    click.option("--hops", type=click.IntRange(1), default=1, help="Steps away from it."),
)


def selecting(function: _Function) -> _Function:
    """Add the options to a command; pass their values on to `chosen` as keyword arguments."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def chosen(
    graph: Graph,
    *,
    articles: tuple[str, ...],
    since: str,
    relations: tuple[str, ...],
    min_confidence: float,
    query: str,
    params: tuple[str, ...],
    around: str,
    hops: int,
    limits: Limits,
    cut: Callable[[], None],
    triples: bool = False,
) -> Graph:
    """Return the part of a graph that the options select; see `Graph.part`.

    If `triples` is true and the query is a CONSTRUCT, the result has the triples that it builds
    from the part that the other options select.

    Raises:
        SelectionError: nothing is left.
    """
    from kg.cli.asking import pairs, sparql
    from kg.errors import SelectionError

    text, values = sparql(query) if query else "", pairs(params)
    given: dict[str, Any] = {
        "articles": articles,
        "since": since,
        "relations": relations,
        "min_confidence": min_confidence,
        "around": around,
        "hops": hops,
    }
    if text and triples:
        made = graph.part(**given).constructed(text, values, limits=limits, cut=cut)
        if made is not None and made.store.size():
            return made
    part = graph.part(query=text, params=values, limits=limits, cut=cut, **given)
    if part is not graph and not len(part):
        raise SelectionError("nothing is left to export", hint="choose less narrowly")
    return part


def tell_part(target: str, shown: int, total: int) -> None:
    """Say on standard error that a page shows `shown` of `total` statements."""
    click.echo(
        f"kg: {target} has {shown:,} of {total:,} statements, those that most independent accounts "
        "tell and then the surest; --around, --query or --since choose others, --most more",
        err=True,
    )
