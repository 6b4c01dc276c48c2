"""The commands `kg evaluate` and `kg relation`, which test and extend the extraction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import FORMAT_HELP, FORMATS, MODEL_HELP, Ordered, example

if TYPE_CHECKING:
    from kg.evaluation import Report

_FLOORS = "floors.json"


@click.command()
@click.argument("gold", metavar="GOLD_DIR")
@click.option("--each", is_flag=True, help="Also the figures of each article.")
@click.option("--errors", is_flag=True, help="List what is wrong beside its sentence instead.")
@click.option("--confidence", is_flag=True, help="How confidence agrees with truth instead.")
@click.option(
    "--gate",
    metavar="[FILE]",
    is_flag=False,
    flag_value="",
    help="Exit with 1 when a figure is below its floor.",
)
@click.option("--write-floors", is_flag=True, help="Pin floors a little under the figures.")
@click.option(
    "--candidates", metavar="FILE", help="Write who was tried for each role, as JSON lines."
)
@click.option("--model", metavar="NAME", help=MODEL_HELP)
@click.option("--format", "format_", type=FORMATS, help=FORMAT_HELP)
@example(
    "kg evaluate tests/gold",
    "kg evaluate tests/gold --errors",
    "kg evaluate tests/gold --confidence",
    "kg evaluate tests/gold --gate tests/gold/floors.json",
    "kg evaluate tests/gold --candidates tried.jsonl",
)
@click.pass_context
def evaluate(
    context: click.Context,
    gold: str,
    each: bool,
    errors: bool,
    confidence: bool,
    gate: str | None,
    write_floors: bool,
    candidates: str | None,
    model: str | None,
    format_: str | None,
) -> None:
    """Compare what is found in annotated articles with their annotations.

    GOLD_DIR holds NAME.yaml for each article, with NAME.txt or NAME.md beside it or named in it.
    Prints precision, recall, F1 and accuracies of each layer, and of the statements of each
    relation. --confidence prints how many statements of each confidence are strictly right, with
    Brier score and calibration error. --gate without FILE takes floors.json in GOLD_DIR, which
    --write-floors writes. --candidates writes one line for each trigger, role and candidate:
    article, trigger and head (offsets), relation, frame, role, id, name and class of the entity,
    slot, rule, score, whether it was taken, why not, and gold: whether the annotation has it in
    that role (null: no statement is annotated there); see docs/candidates.md.
    """
    from kg import evaluation
    from kg.cli import judged, tables

    pins = gate or str(Path(gold) / _FLOORS)
    lowest = evaluation.floors(pins) if gate is not None and not write_floors else {}
    report = evaluation.evaluate(gold, model=model, candidates=candidates is not None)
    if candidates is not None:
        _write(candidates, "".join(f"{row.as_json()}\n" for row in report.candidates))
    if confidence:
        tables.show(judged.reliability(report), format_)
        click.echo(judged.calibration(report), err=True)
    elif errors and format_ in (None, "table"):
        tables.put(judged.listed(report))
    elif errors:
        tables.show(judged.errors(report), format_)
    elif format_ == "json":
        tables.put(judged.as_json(report, each=each))
    else:
        tables.show(judged.figures(report, each=each), format_)
    if write_floors:
        _pin(report, pins)
    broken = evaluation.below(report.figures(), lowest)
    for line in broken:
        click.echo(f"kg: {line}", err=True)
    if broken:
        context.exit(1)


def _pin(report: Report, path: str) -> None:
    from kg import evaluation

    _write(path, evaluation.pinned(report.figures()))


def _write(path: str, text: str) -> None:
    from kg.errors import WriteError

    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise WriteError(
            f"it cannot be written: {error.strerror}", where=path, hint="name another file"
        ) from error
    click.echo(f"{path} written", err=True)


@click.group(cls=Ordered)
def relation() -> None:
    """Look at the relations of the ontology, try them out, add one."""


@relation.command("list")
@click.option("--format", "format_", type=FORMATS, help=FORMAT_HELP)
@example("kg relation list")
def relation_list(format_: str | None) -> None:
    """List the relations with what each means."""
    from kg import ontology
    from kg.cli import tables

    tables.show(tables.relations(ontology.load().relations.values()), format_)


@relation.command("new")
@click.argument("name", metavar="NAME")
@click.option(
    "--into",
    default="ontologies/relations",
    show_default=True,
    metavar="FOLDER",
    help="Folder of the cards.",
)
@example("kg relation new trains", "kg relation test trains")
def relation_new(name: str, into: str) -> None:
    """Write a card for a new relation, to be filled in.

    NAME is a verb in the third person, such as trains or tradesWith. Prints the path of the card.
    """
    from kg import ontology

    click.echo(ontology.new_card(name, into))


@relation.command("test")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--explain", "text", metavar="TEXT", help="Say how frames read a text instead.")
@click.option("--model", metavar="NAME", help=MODEL_HELP)
@example("kg relation test proposes", "kg relation test meets --explain 'Peru discussed trade.'")
@click.pass_context
def relation_test(
    context: click.Context, names: tuple[str, ...], text: str | None, model: str | None
) -> None:
    """Run the examples on the cards of relations.

    Without NAME, of all relations. Prints each sentence that is not read as its card says, and
    exits with 1 when there is one. --explain prints the statements that a text gives and, nearest
    first, the frames whose words occur in it and the condition on which each fails; it exits with
    1 when there is no statement.
    """
    from kg import evaluation, ontology, pipeline

    known = ontology.load()
    chosen = [known.relation(name) for name in names or sorted(known.relations)]
    reader = pipeline.load(model)
    if text is not None:
        from kg.cli import reasons

        if not reasons.tried(reader, chosen, text):
            context.exit(1)
        return
    sentences = sum(len(card.examples) + len(card.non_examples) for card in chosen)
    failures = [failure for card in chosen for failure in evaluation.failures(card, reader)]
    for failure in failures:
        click.echo(f"{failure.relation}: {failure.text}\n    {failure.why}")
    wrong = len({(failure.relation, failure.text) for failure in failures})
    click.echo(
        f"{sentences - wrong:,} of {sentences:,} sentences are read as they should", err=True
    )
    if failures:
        context.exit(1)
