"""What is known about an entity, in words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from kg import iris
from kg.cli.tables import plain

if TYPE_CHECKING:
    from kg.independence import Corroboration
    from kg.profile import Profile, Source


def told(profile: Profile) -> str:
    """Return what is known about an entity: who it is, its offices, and what it took part in."""
    return "".join(f"{line}\n" for line in _lines(profile))


def _lines(profile: Profile) -> Iterator[str]:
    kinds = ", ".join(profile.kinds)
    yield f"{plain(profile.name)} — {kinds} ({profile.id}{_item(profile.wikidata)})"
    if profile.aliases:
        yield f"also: {', '.join(map(plain, profile.aliases))}"
    yield f"named in {_accounts(profile.coverage)}"
    for verdict in profile.decided:
        yield f"decided: {plain(verdict)}"
    for office in profile.offices:
        of = f", {plain(office.of)}" if office.of else ""
        yield ""
        yield f"{plain(office.title)}{of} ({_origin(office.source)})"
        yield f"    “{plain(office.quote)}”"
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
