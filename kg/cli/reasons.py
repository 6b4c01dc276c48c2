"""The output of `kg show --why` and `kg relation test --explain`, as text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

import click

from kg.cli.tables import plain, put

if TYPE_CHECKING:
    from kg.extract.explain.steps import Decision, Explanation, NearMiss, Word
    from kg.graph.tracing import Trace
    from kg.ontology import Relation
    from kg.pipeline import Pipeline
    from kg.records import Statement
    from kg.sandbox.limits import Limits

# Chosen for legibility, not measured.
_WIDTH = 100  # characters of a line
_LISTED = 8  # triggers of a frame that are printed
_MISSES = 20  # frames that nearly matched, printed for a text


def show(store: str, name: str, model: str | None, *, limits: Limits) -> bool:
    """Print how a statement was extracted, by reading its article again.

    Args:
        store: path of the store.
        name: identifier of the statement, or the beginning of its hash.
        model: language pipeline by name or path; None for the bundled one.
        limits: time and memory that it may take.

    Returns:
        Whether reading the article again gives the same statement.

    Raises:
        QueryTimeoutError, QueryMemoryError: it takes more than the limits allow.
        UnknownStatementError: there is no such statement.
    """
    from kg.cli.profiles import within

    told, doubt = within(limits, partial(_why, store, name, model), "raise the limit")
    put(told)
    if doubt:
        click.echo(f"kg: {doubt}", err=True)
    return not doubt


def _why(store: str, name: str, model: str | None) -> tuple[str, str]:
    """Return the explanation and, if the article no longer gives the statement, why not."""
    from kg import pipeline
    from kg.graph import Graph, tracing

    with Graph.open(store) as graph:
        # First, so that an unknown name fails before the slow load of the pipeline.
        wanted = tracing.identifier(graph, name)
        trace = tracing.why(graph, wanted, pipeline.load(model))
    text = "".join(f"{line}\n" for line in _trace(wanted, trace))
    if trace.explanation is not None or trace.added:
        return text, ""
    told = f"it was read by {trace.stored}, this is {trace.current}"
    if trace.stored == trace.current:
        told = f"versions agree ({trace.current}): was another --model used, or the rules edited?"
    return text, f"{trace.article.id} is not read so any more; {told}"


def tried(reader: Pipeline, relations: Sequence[Relation], text: str) -> bool:
    """Print the statements that the frames of `relations` give for a text, and near misses.

    Returns:
        Whether there is a statement.
    """
    from kg.evaluation import sentence

    article = sentence(text)
    names = {relation.name for relation in relations}
    explained = [e for e in reader.explain(article) if e.statement.relation in names]
    lines = [line for e in explained for line in (*_explained(e), "")]
    missed = [m for relation in relations for m in reader.near_misses(article, relation)]
    missed.sort(key=lambda m: (-m.passed, m.start, m.rule))
    if not explained:
        lines.append(f"no statement of {', '.join(sorted(names))}")
    if missed:
        lines += ["nearly matched, the nearest first", *_misses(missed[:_MISSES])]
    elif not explained:
        lines.append("no word of its frames occurs in the text")
    if len(missed) > _MISSES:
        lines.append(f"  and {len(missed) - _MISSES} more")
    put("".join(f"{line}\n" for line in lines))
    return bool(explained)


def _trace(identifier: str, trace: Trace) -> Iterator[str]:
    article = trace.article
    parts = (identifier, article.id, article.published, article.outlet)
    yield " · ".join(plain(part) for part in parts if part)
    if trace.explanation is None:
        yield summary(trace.statement)
        yield f"  “{plain(trace.quote)}” by {trace.statement.evidence.rule}"
    else:
        yield from _explained(trace.explanation, trace.quote)
    for verdict in trace.decided:
        yield f"decided by a person: {plain(verdict)}"


def _explained(explanation: Explanation, quote: str = "") -> Iterator[str]:
    yield summary(explanation.statement)
    yield f"  “{plain(quote or explanation.sentence)}”"
    yield "parse"
    yield from _parse(explanation.words)
    yield f"frame {explanation.statement.evidence.rule}"
    yield from _frame(explanation.frame)
    yield "decisions"
    yield from _decisions(explanation.decisions)
    if explanation.candidates:
        yield "not taken for a role"
        yield from _decisions(explanation.candidates)
    if explanation.beaten:
        yield "other frames of the same word"
        yield from _misses(explanation.beaten)


def summary(s: Statement) -> str:
    """Return a statement and its confidence as one line."""
    parts = [_names(s.agents), s.relation]
    parts += [f"→ {_names(s.targets)}"] if s.targets else []
    parts += [f"about {_names(s.about)}"] if s.about else []
    parts += [f"({s.when.value})"] if s.when else []
    return f"{' '.join(parts)} [{s.modality}, {s.polarity}; confidence {s.confidence:.2f}]"


def _names(entities: Iterable[object]) -> str:
    return ", ".join(plain(getattr(e, "name", "")) for e in entities)


def _parse(words: Sequence[Word]) -> Iterator[str]:
    columns = [
        (str(w.number), plain(w.text), plain(w.lemma), w.tag, w.label, str(w.head)) for w in words
    ]
    widths = [max(map(len, column)) for column in zip(*columns, strict=True)]
    for row in columns:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"  {'  '.join(cells)}".rstrip()


def _frame(frame: Mapping[str, str]) -> Iterator[str]:
    width = max(map(len, frame))
    for part, value in frame.items():
        values = value.split(", ")
        more = f", and {len(values) - _LISTED} more" if len(values) > _LISTED else ""
        yield f"  {part.ljust(width)}  {', '.join(values[:_LISTED])}{more}"


def _decisions(decisions: Sequence[Decision]) -> Iterator[str]:
    layers = max(len(d.layer) for d in decisions)
    for d in decisions:
        because = f": {plain(d.because)}" if d.because else ""
        yield from _wrapped(f"{d.layer.ljust(layers)}  {plain(d.what)}", f"by {d.rule}{because}")


def _wrapped(head: str, reason: str) -> Iterator[str]:
    line = f"  {head}  {reason}"
    if len(line) <= _WIDTH:
        yield line
        return
    yield f"  {head}"
    yield from textwrap.wrap(reason, _WIDTH, initial_indent=" " * 16, subsequent_indent=" " * 16)


def _misses(missed: Sequence[NearMiss]) -> Iterator[str]:
    for (word, _), group in groupby(missed, key=lambda m: (m.word, m.start)):
        for m in group:
            yield from _wrapped(f"{m.rule} at “{plain(word)}”", plain(m.why))
