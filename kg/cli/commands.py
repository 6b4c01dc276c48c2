"""The commands of `kg`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kg import __version__
from kg.cli.asking import bounding, limiting, limits_of, sparql, tell_cut
from kg.cli.checking import ontology, validate
from kg.cli.decisions import apply, review
from kg.cli.importing import import_
from kg.cli.options import FORMAT_HELP, FORMATS, MODEL_HELP, RAW_HELP, Ordered, example
from kg.cli.quality import evaluate, relation
from kg.cli.selecting import selecting

if TYPE_CHECKING:
    from kg.build import Report
    from kg.errors import KgError
    from kg.query.results import Result


@click.group(cls=Ordered, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg", message="%(prog)s %(version)s")
@example(
    "kg build seeds/articles -o news.kg",
    "kg query news.kg --name who-proposed-what",
    "kg export news.kg news.html",
)
def commands() -> None:
    """Turn news articles into a knowledge graph that can be trusted."""


@commands.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "-o",
    "--output",
    "--store",
    "store",
    required=True,
    metavar="STORE",
    help="A folder, or a SPARQL server: QUERY,UPDATE.",
)
@click.option("--model", metavar="NAME", help=MODEL_HELP)
@click.option("--base", metavar="IRI", help="IRI before every identifier, for a new store.")
@click.option("--workers", type=click.IntRange(1), default=1, help="Processes that extract.")
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out less sure."
)
@click.option(
    "--link-floor",
    type=click.FloatRange(0, 1),
    help="Least confidence for plain links, of the whole store.",
)
@click.option("--force", is_flag=True, help="Extract again what is unchanged.")
@click.option("--no-validate", is_flag=True, help="Store without checking against the shapes.")
@click.option("--decisions", metavar="FILE", help="Apply a decisions file, as kg apply does.")
@click.option("--follow-links", is_flag=True, help="Follow links that lead out of a folder.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@example(
    "kg build seeds/articles -o news.kg",
    "kg build 'archive/**/*.html' more.jsonl.gz -o news.kg",
    "cat article.txt | kg build - -o news.kg",
    "kg build news/ --store http://host/query,http://host/update",
)
@click.pass_context
def build(
    context: click.Context,
    paths: tuple[str, ...],
    store: str,
    model: str | None,
    base: str | None,
    workers: int,
    min_confidence: float,
    link_floor: float | None,
    force: bool,
    no_validate: bool,
    decisions: str | None,
    follow_links: bool,
    quiet: bool,
) -> None:
    """Put articles into the graph.

    PATH is a file (text, Markdown, JSON lines, HTML, each also as .gz), a folder, a pattern, or -
    for standard input. Run again, it takes up only what changed. Exits with 3 when some articles
    failed and the rest is stored, with 2 when there was nothing to store.
    """
    from kg import build
    from kg.cli.progress import bar

    with bar(paths, hidden=quiet, follow_links=follow_links) as advance:
        report = build.build(
            paths,
            store,
            model=model,
            base=base,
            workers=workers,
            force=force,
            min_confidence=min_confidence,
            link_floor=link_floor,
            validate=not no_validate,
            decisions=decisions,
            follow_links=follow_links,
            progress=advance,
        )
    for error in (*report.left_out, *report.failed):
        click.echo(f"kg: {error}", err=True)
    if not quiet:
        click.echo(_told(report, store), err=True)
    if report.failed:
        context.exit(3 if report.read else 2)


def _told(report: Report, store: str) -> str:
    counts = {
        "new": report.added,
        "replaced": report.replaced,
        "unchanged": report.unchanged,
        "failed": len(report.failed),
        "with something left out": len({error.where for error in report.left_out}),
    }
    number = report.read + len(report.failed)
    parts = ", ".join(f"{n:,} {name}" for name, n in counts.items() if n) or "none"
    done = f"{number:,} article{'s' if number != 1 else ''}: {parts}"
    if report.words:
        done += f"; {report.statements:,} statements from {report.words:,} words"
    return f"{done}; {report.seconds:.1f} s → {store}"


@commands.command()
@click.argument("store", required=False, metavar="STORE")
@click.argument("question", required=False, metavar="[SPARQL|FILE.rq|-]")
@click.option("--name", metavar="NAME", help="Ask a ready question.")
@click.option("--param", "params", multiple=True, metavar="KEY=VALUE", help="Give a $ variable.")
@click.option("--list", "listing", is_flag=True, help="List the ready questions.")
@click.option("--columns", metavar="A,B,...", help="Print only these columns.")
@limiting
@click.option("--format", "format_", type=FORMATS, help=FORMAT_HELP)
@click.option("--raw-csv", is_flag=True, help=RAW_HELP)
@example(
    "kg query news.kg 'SELECT ?name WHERE { ?c a kg:Country ; skos:prefLabel ?name }'",
    "kg query news.kg --name who-attends --param who=Rubio --format csv",
    "kg query news.kg question.rq --format json | jq .",
)
@click.pass_context
def query(
    context: click.Context,
    /,
    store: str | None,
    question: str | None,
    name: str | None,
    params: tuple[str, ...],
    listing: bool,
    columns: str | None,
    format_: str | None,
    raw_csv: bool,
    **limits: Any,
) -> None:
    """Ask the graph a question.

    It is SPARQL, a file that ends in .rq, - for standard input, or a ready one by --name. Usual
    prefixes may be left out. Nothing but the store is read, and nothing changed. ASK exits with 1
    when the answer is no. CONSTRUCT and DESCRIBE print Turtle.
    """
    from kg.cli import tables
    from kg.cli.asking import asked, pairs

    if listing:
        tables.show(tables.questions(), format_)
        return
    if store is None or (question is None) == (name is None):
        raise click.UsageError("give STORE and either a question or --name", context)
    result = asked(store, name or sparql(str(question)), pairs(params), **limits)
    if result.form == "construct" and format_ is None:
        tables.put(result.turtle)
        return
    tables.show(_chosen(result, columns, context), format_, raw=raw_csv)
    if result.form == "ask" and not result:
        context.exit(1)


def _chosen(result: Result, columns: str | None, context: click.Context) -> Result:
    from dataclasses import replace

    if columns is None:
        return result
    names = tuple(name.strip() for name in columns.split(","))
    if unknown := set(names) - set(result.columns):
        known = ", ".join(result.columns)
        raise click.UsageError(
            f"no column {', '.join(sorted(unknown))}; there are: {known}", context
        )
    rows = zip(*(result.column(name) for name in names), strict=True)
    return replace(result, columns=names, rows=tuple(dict.fromkeys(rows)))


@commands.command()
@click.argument("store", metavar="STORE")
@click.argument("targets", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "format_", default="", metavar="SUFFIX", help="Needed for -.")
@selecting
@limiting
@click.option("--raw-csv", is_flag=True, help=RAW_HELP)
@click.option("--rdf12", is_flag=True, help="Add reifiers of RDF 1.2 (.ttl .trig .nq).")
@click.option("--title", help="Heading of an HTML page.")
@click.option("--theme", type=click.Choice(["auto", "light", "dark"]), help="Of an HTML page.")
@click.option("--most", type=click.IntRange(0), help="Statements on an HTML page; 0 for all.")
@click.option("--address", metavar="URL", help="Where a site will be, for its sitemap.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.pass_context
@example(
    "kg export news.kg news.html news.ttl",
    "kg export news.kg - --format jsonl | head -n 3",
    "kg export news.kg talks.ttl --since 2025-05 --relation meets --min-confidence 0.8",
    "kg export news.kg links.ttl --query 'CONSTRUCT { ?a kg:meets ?b } WHERE { ?a kg:meets ?b }'",
    "kg export news.kg putin.html --query quotes-of-person --param who=Putin",
    "kg export news.kg near.html --around Putin --hops 2",
    "kg export news.kg site/ --title 'Talks in May'",
)
def export(
    context: click.Context,
    /,
    store: str,
    targets: tuple[str, ...],
    format_: str,
    title: str | None,
    theme: str | None,
    address: str | None,
    most: int | None,
    rdf12: bool,
    raw_csv: bool,
    quiet: bool,
    limit: int,
    timeout: float,
    memory: int,
    **selection: Any,
) -> None:
    """Write the graph to files.

    The suffix names the format: .html is the network as a page; .ttl .trig .nq .jsonld .rdf are
    RDF; .jsonl is one record a line, .plover.jsonl event records; .csv or .statements.csv and
    .entities.csv are tables; .graphml and .gexf open in Gephi; .neo4j is a folder to import.
    With .gz after it the file is packed. - is standard output. A folder, with / at its end,
    becomes a site of pages to publish: an overview, each article, each name. Written again into
    the same folder, only those pages are written that changed.

    --query keeps what a row of the answer names: a statement, an act, an article, a relation,
    and statements to which all entities of the row are parties. A CONSTRUCT writes its triples,
    where the format is RDF. It runs within the same limits as in kg query.

    Exits with 3 when articles that cannot be read back are missing from a file.
    """
    from functools import cache, partial

    from kg.cli.progress import steps
    from kg.cli.selecting import chosen, tell_part
    from kg.export import RDF, suffix_of
    from kg.graph import Graph

    named: dict[str, Any] = {"title": title, "theme": theme, "address": address}
    named |= {"rdf12": rdf12, "raw_csv": raw_csv}
    options = {key: value for key, value in named.items() if value}
    options |= {} if most is None else {"most": most}
    selection["query"] = sparql(selection["query"]) if selection["query"] else ""
    selection["limits"] = limits_of(limit=limit, timeout=timeout, memory=memory)
    selection["cut"] = cache(partial(tell_cut, limit))  # warn only once
    with Graph.open(store) as graph:
        kinds = [suffix_of(target, format_) in RDF for target in targets]
        parts = {kind: chosen(graph, triples=kind, **selection) for kind in dict.fromkeys(kinds)}
        for target, kind in zip(targets, kinds, strict=True):
            told: list[tuple[int, int, int]] = []
            with steps(hidden=quiet) as progress:
                parts[kind].export(
                    target,
                    format=format_,
                    progress=progress,
                    changes=lambda *numbers, told=told: told.append(numbers),
                    cut=partial(tell_part, str(target)),
                    **options,
                )
            if target != "-" and not quiet:
                click.echo(f"{target} {_outcome(*told[0]) if told else 'written'}", err=True)
        broken: dict[str, KgError] = {}
        for part in (graph, *parts.values()):
            broken |= part.store.unreadable
    for error in broken.values():
        click.echo(f"kg: {error}; the article was left out", err=True)
    if broken:
        context.exit(3)


def _outcome(files: int, written: int, deleted: int) -> str:
    """Return the message about an exported folder, from the numbers of its files."""
    if not written and not deleted:
        return f"unchanged ({files:,} files)"
    gone = f", {deleted:,} deleted" if deleted else ""
    return f"written ({written:,} of {files:,} files{gone})"


@commands.command()
@click.argument("store", metavar="STORE")
@click.argument("name", metavar="[NAME]", default="")
@click.option("--page", type=click.IntRange(1), default=1, help="Which page of statements.")
@click.option("--all", "whole", is_flag=True, help="Print all statements and positions.")
@bounding
@click.option("--why", "statement", metavar="STATEMENT", help="Explain a statement instead.")
@click.option("--model", metavar="NAME", help=f"With --why: {MODEL_HELP}")
@example(
    'kg show news.kg "Vladimir Putin"',
    'kg show news.kg "Vladimir Putin" --page 2',
    "kg show news.kg --why 1f3c9a2b04",
)
@click.pass_context
def show(
    context: click.Context,
    store: str,
    name: str,
    page: int,
    whole: bool,
    timeout: float,
    memory: int,
    statement: str | None,
    model: str | None,
) -> None:
    """Tell what is known about a name, or why a statement is in the graph.

    Each line comes with its quote and, in brackets, the beginning of its statement's identifier.
    Where there are many statements, they come in pages, the newest first.
    NAME is a name or an identifier; STATEMENT is an identifier or its beginning. --why reads the
    article again and prints parse, frame, slots and every decision. Exits with 1 when nothing is
    known, or when the article is not read so any more.
    """
    from kg.cli import profiles, tables

    if bool(name) == (statement is not None):
        raise click.UsageError("give either NAME or --why STATEMENT", context)
    limits = limits_of(timeout=timeout, memory=memory)
    if statement is not None:
        from kg.cli import reasons

        if not reasons.show(store, statement, model, limits=limits):
            context.exit(1)
        return
    found = profiles.find(store, name, page=None if whole else page, limits=limits)
    if not found.text:
        click.echo(f"kg: nothing is known about {name!r}", err=True)
        context.exit(1)
    tables.put(found.text)
    if found.others:
        others = "".join(f"\n  {other} ({id_})" for other, id_ in found.others)
        click.echo(f"\nkg: others of that name:{others}", err=True)


@commands.command("list")
@click.argument("store", metavar="STORE")
@click.option("--format", "format_", type=FORMATS, help=FORMAT_HELP)
@example("kg list news.kg")
def list_(store: str, format_: str | None) -> None:
    """List the articles of a store."""
    from kg.cli import tables
    from kg.graph import Graph

    with Graph.open(store) as graph:
        tables.show(tables.articles(graph.listed()), format_)


@commands.command()
@click.argument("store", metavar="STORE")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@example("kg remove news.kg istanbul-talks-eve")
@click.pass_context
def remove(context: click.Context, store: str, articles: tuple[str, ...]) -> None:
    """Take articles out, with what only they support.

    ARTICLE is an identifier as `kg list` prints it. Exits with 1 when one was not there.
    """
    from kg.errors import MissingStoreError
    from kg.graph import Graph
    from kg.store import exists

    if not exists(store):
        raise MissingStoreError("there is no store", where=store, hint="check the spelling")
    with Graph.open(store, "w") as graph:
        missing = [article for article in articles if not graph.remove(article)]
    for article in missing:
        click.echo(f"kg: {article} is not in {store}", err=True)
    if missing:
        context.exit(1)


commands.add_command(import_)
commands.add_command(validate)
commands.add_command(ontology)
commands.add_command(apply)
commands.add_command(review)
commands.add_command(evaluate)
commands.add_command(relation)
