"""The commands `kg apply` and `kg review`, for corrections that users make to the graph."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import example


@click.command()
@click.argument("store", metavar="STORE")
@click.argument("file", metavar="FILE")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@example("kg apply news.kg decisions.toml")
@click.pass_context
def apply(context: click.Context, store: str, file: str, quiet: bool) -> None:
    """Correct the graph by a decisions file.

    The file says in TOML what is the same, not the same, wrong, missing, or called otherwise; see
    docs/decisions.md. It takes the place of decisions applied before: what it does not say any more
    is as it was read. kg build applies the decisions in force to further articles. Exits with 3
    when a decision names something that the graph does not have and the rest is applied.
    """
    from kg import decisions
    from kg.errors import MissingStoreError
    from kg.graph import Graph

    made = decisions.read(file)
    if not Path(store).exists():
        raise MissingStoreError("there is no store", where=store, hint="check the spelling")
    with Graph.open(store, "w") as graph:
        applied = graph.apply(made)
    for problem in applied.problems:
        click.echo(f"kg: {problem}", err=True)
    if not quiet:
        number, changed = applied.decisions, applied.changed
        click.echo(
            f"{number:,} decision{'s' if number != 1 else ''} in force; "
            f"{changed:,} article{'s' if changed != 1 else ''} changed → {store}",
            err=True,
        )
    if applied.problems:
        context.exit(3)


@click.command()
@click.argument("store", metavar="STORE")
@click.option("--limit", type=click.IntRange(1), default=20, help="How many of each kind.")
@click.option(
    "--below", type=click.FloatRange(0, 1), default=0.6, help="Confidence that is unsure."
)
@click.option("--active", is_flag=True, help="Write them as decisions in force, not as comments.")
@example("kg review news.kg >> decisions.toml")
def review(store: str, limit: int, below: float, active: bool) -> None:
    """List what is worth deciding, as a decisions file.

    Possible duplicates, readings of low confidence, and claims that one outlet tells. They are
    commented out: take away the # before what you decide, then run kg apply.
    """
    from kg.cli import tables
    from kg.decisions.review import listing
    from kg.graph import Graph

    with Graph.open(store) as graph:
        tables.put(listing(graph.review(limit=limit, below=below), active=active))
