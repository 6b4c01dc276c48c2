"""The command `kg import`, which reads exported graphs into a store."""

from __future__ import annotations

import click

from kg.cli.options import example


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "-o", "--output", "store", required=True, metavar="STORE", help="Folder of the store."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@example("kg import news.nq.gz -o news.kg", "kg import one.trig other.trig -o both.kg")
@click.pass_context
def import_(context: click.Context, /, files: tuple[str, ...], store: str, *, quiet: bool) -> None:
    """Put exported graphs into a store.

    FILE is N-Quads, TriG or JSON-LD (.nq .trig .jsonld, each also with .gz): the formats that keep
    the graph of each article apart. Articles that the store has already are replaced. Each is
    held against the shapes first, as in a build, and plain links are derived anew. Exits with 3
    when something was left out and the rest is stored, with 2 when there was nothing to store.
    """
    from kg.importing import import_file

    failed = stored = False
    for file in files:
        report = import_file(file, store)
        stored |= report.articles > 0
        for error in report.failed:
            failed = True
            click.echo(f"kg: {error}", err=True)
        if not quiet:
            number = f"{report.articles:,} article{'s' if report.articles != 1 else ''}"
            click.echo(f"{number}, {report.quads:,} quads; {file} → {store}", err=True)
    if failed:
        context.exit(3 if stored else 2)
