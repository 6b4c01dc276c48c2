"""What is known about an entity, in words."""

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
"""Statements on a page: some 150 lines."""
_OFFICES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known about a name.

    Attributes:
        text: what is known of the entity most named so; empty if there is none.
        others: names and identifiers of other entities called so.
    """

    text: str
    others: tuple[tuple[str, str], ...]


def find(store: str, name: str, *, page: int | None, limits: Limits) -> Told:
    """Return a page of what a store knows about a name, or all of it.

    Raises:
        QueryTimeoutError, QueryMemoryError: it takes more than the limits allow.
        SelectionError: there is no such page.
    """
    return within(limits, partial(_find, store, name, page), "ask for one page, or raise the limit")


def within(limits: Limits, job: Callable[[], _Value], hint: str) -> _Value:
    """Return what a job tells, worked out in a process that is ended at the limits.

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
    """Return what is known about an entity: who it is, its offices, and what it took part in.

    Args:
        profile: what is known, with the statements of a page.
        page: number of the page; None where it has all statements.
    """
    lines = [*_head(profile, page), *_statements(profile)]
    rest = 0 if page is None else profile.statements - page * PAGE
    if page is not None and rest > 0:
        more = f"{rest:,} more statement{'s' if rest != 1 else ''}"
        lines += ["", f"... and {more}: --page {page + 1}, or --all"]
    return "".join(f"{line}\n" for line in lines)


def _offices(page: int | None) -> int | None:
    """Return how many positions are told: all with all else, and else only on the first page."""
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
    """Return how many articles of how many independent outlets, such as for "told in"."""
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
