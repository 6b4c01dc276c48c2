"""The output of `kg show`: what the graph says about an entity, as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from kg import iris
from kg.cli.tables import plain
from kg.errors import QueryMemoryError, QueryTimeoutError, SelectionError

if TYPE_CHECKING:
    from kg.corroboration.independence import Corroboration
    from kg.graph.profile import Profile, Source
    from kg.sandbox.limits import Limits

_Value = TypeVar("_Value")

PAGE = 50
"""Statements on a page: some 150 lines. Chosen, not measured."""
_OFFICES = 10  # positions shown on the first of several pages; chosen, not measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The answer to `kg show NAME`.

    Attributes:
        text: the description of the entity that most articles mention by this name; empty if no
            entity has it.
        others: (name, identifier) of the other entities of this name.
    """

    text: str
    others: tuple[tuple[str, str], ...]


def find(store: str, name: str, *, page: int | None, limits: Limits) -> Told:
    """Look up a name in a store and describe its entity.

    Args:
        store: path of the store.
        name: name or identifier of an entity.
        page: number of the page of statements, from 1; None for all statements.
        limits: time and memory that it may take.

    Raises:
        QueryTimeoutError, QueryMemoryError: it takes more than the limits allow.
        SelectionError: there is no such page.
    """
    return within(limits, partial(_find, store, name, page), "ask for one page, or raise the limit")


def within(limits: Limits, job: Callable[[], _Value], hint: str) -> _Value:
    """Return the result of `job`, run in a process that is killed when it exceeds the limits.

    Args:
        limits: time and memory that the process may take.
        job: the function to run; it takes no arguments.
        hint: advice for the error message.

    Raises:
        QueryTimeoutError, QueryMemoryError: it takes more than the limits allow.
    """
    from kg.sandbox.limits import run

    try:
        return run(job, seconds=limits.seconds, megabytes=limits.megabytes)
    except TimeoutError:
        raise QueryTimeoutError(
            f"to tell it takes longer than {limits.seconds:g} s", hint=hint
        ) from None
    except MemoryError:
        raise QueryMemoryError(
            f"to tell it takes more than {limits.megabytes} MB of memory", hint=hint
        ) from None


def _find(store: str, name: str, page: int | None) -> Told:
    from kg.graph import Graph
    from kg.graph.profile import nearest

    first, most = (0, None) if page is None else ((page - 1) * PAGE, PAGE)
    with Graph.open(store) as graph:
        profile, others = nearest(
            graph.store,
            name,
            ontology=graph.ontology,
            first=first,
            most=most,
            offices=_offices(page),
        )
    if profile is None:
        return Told(text="", others=())
    if first and first >= profile.statements:
        last = -(-profile.statements // PAGE)
        raise SelectionError(f"there is no page {page}", hint=f"the last one is {max(1, last)}")
    return Told(text=told(profile, page), others=others)


def told(profile: Profile, page: int | None = None) -> str:
    """Return the description of an entity: its class, names, positions and statements.

    Args:
        profile: the data, with the statements of one page.
        page: number of the page; None if `profile` has all statements.
    """
    lines = [*_head(profile, page), *_statements(profile)]
    rest = 0 if page is None else profile.statements - page * PAGE
    if page is not None and rest > 0:
        more = f"{rest:,} more statement{'s' if rest != 1 else ''}"
        lines += ["", f"... and {more}: --page {page + 1}, or --all"]
    return "".join(f"{line}\n" for line in lines)


def _offices(page: int | None) -> int | None:
    """Return how many positions to show: all (None) without pages, none after the first page."""
    return None if page is None else _OFFICES if page == 1 else 0


def _head(profile: Profile, page: int | None) -> Iterator[str]:
    kinds = ", ".join(profile.kinds)
    yield f"{plain(profile.name)} — {kinds} ({profile.id}{_item(profile.wikidata)})"
    if profile.aliases:
        yield f"also: {', '.join(map(plain, profile.aliases))}"
    yield f"named in {_accounts(profile.coverage)}"
    for verdict in profile.decided:
        yield f"decided: {plain(verdict)}"
    shown = profile.offices[: _offices(page)]
    for office in shown:
        of = f", {plain(office.of)}" if office.of else ""
        yield ""
        yield f"{plain(office.title)}{of} ({_origin(office.source)})"
        yield f"    “{plain(office.quote)}”"
    if page == 1 and (rest := profile.positions - len(shown)) > 0:
        yield ""
        yield f"... and {rest:,} more position{'s' if rest != 1 else ''}: --all"


def _statements(profile: Profile) -> Iterator[str]:
    for source, findings in groupby(profile.findings, key=lambda finding: finding.source):
        yield ""
        yield _origin(source)
        for finding in findings:
            yield f"  {plain(finding.sentence)}"
            yield f"    “{plain(finding.quote)}” [{iris.short(finding.statement.id)}]"
            for verdict in finding.decided:
                yield f"    decided: {plain(verdict)}"
            if finding.told and finding.told.articles > 1:
                yield f"    told in {_accounts(finding.told)}"
            for dispute in finding.disputes:
                outlet = f" ({plain(dispute.outlet)})" if dispute.outlet else ""
                yield f"    but {dispute.conflict}: “{plain(dispute.quote)}”{outlet}"


def _accounts(told: Corroboration) -> str:
    """Return a phrase such as "2 articles of 2 independent outlets: A, B"."""
    text = f"{told.articles:,} article{'s' if told.articles != 1 else ''}"
    if told.reprints:
        text += f" ({told.reprints:,} reprint{'s' if told.reprints != 1 else ''})"
    number = len(told.sources)
    if told.articles > 1 and number:
        who = f"{number:,} independent outlets" if number > 1 else "one outlet"
        text += f" of {who}: {', '.join(map(plain, told.sources))}"
    return text


def _item(wikidata: str) -> str:
    return f", Wikidata {wikidata}" if wikidata else ""


def _origin(source: Source) -> str:
    parts = (source.published, source.outlet, source.title or source.id)
    return " · ".join(plain(part) for part in parts if part)
