"""The commands `kg validate` and `kg ontology`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from kg.cli.options import FORMAT_HELP, FORMATS, example

if TYPE_CHECKING:
    from kg.query.results import Result
    from kg.validation import Violation

# Articles from which on several processes check: there a second one saves more time than it takes
# to start.
_MANY = 200


@click.command()
@click.argument("store", metavar="STORE")
@click.option("--format", "format_", type=FORMATS, help=f"{FORMAT_HELP} Without it: sentences.")
@click.option(
    "--workers",
    type=click.IntRange(1),
    help="Processes that check; by default one for each core where there are many articles.",
)
@example("kg validate news.kg", "kg validate news.kg --format json | jq '.[].article'")
@click.pass_context
def validate(context: click.Context, store: str, format_: str | None, workers: int | None) -> None:
    """Check a whole store against the shapes of the ontology.

    Prints a sentence for each violation, with the words of the article that it is about. Exits
    with 1 when there is one.
    """
    from kg.cli import tables
    from kg.graph import Graph

    with Graph.open(store) as graph:
        number = len(graph)
        workers = workers or (os.cpu_count() or 1 if number >= _MANY else 1)
        found = list(graph.validate(workers=workers))
    if format_ is None:
        tables.put("".join(_told(found)))
    else:
        tables.show(_rows(found), format_)
    several = "" if len(found) == 1 else "s"
    click.echo(
        f"{number:,} article{'' if number == 1 else 's'}: {len(found):,} violation{several}",
        err=True,
    )
    if found:
        context.exit(1)


def _told(found: Iterable[Violation]) -> Iterator[str]:
    from kg.cli.tables import plain

    for violation in found:
        yield f"{plain(str(violation))}\n"
        if violation.quote:
            yield f"    “{plain(violation.quote)}”\n"


def _rows(found: Iterable[Violation]) -> Result:
    from kg.query.results import Result

    columns = ("article", "sentence", "quote", "property", "node")
    rows = ((x.article, x.sentence, x.quote, x.property, x.node) for x in found)
    return Result(columns=columns, rows=tuple(rows))


@click.command()
@click.option(
    "-o",
    "--output",
    "targets",
    multiple=True,
    metavar="FILE",
    help="Write to a file: .ttl .nt .rdf .jsonld or .html.",
)
@click.option("--shapes", is_flag=True, help="The SHACL shapes instead.")
@example("kg ontology | less", "kg ontology -o ontology.ttl -o ontology.html")
def ontology(targets: tuple[str, ...], shapes: bool) -> None:
    """Print or write the ontology: its terms, the relations, and how they align with others.

    In one file what stands in `kg.ttl`, the cards of the relations, PLOVER and the terms of
    others that are used. Without -o it is printed as Turtle.
    """
    from kg import reference

    for target in targets or ("-",):
        reference.write(target, shapes=shapes)
        if target != "-":
            click.echo(f"{target} written", err=True)
