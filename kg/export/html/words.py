"""Formats the user interface texts of `texts.json`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.export.html.model import View

_PART = "part"
_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>\d\d)")


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language."""

    texts: Mapping[str, Any]

    def count(self, key: str, number: int) -> str:
        """Return `number` with its noun, such as `3 articles`."""
        forms: Mapping[str, str] = self.texts[key]
        return forms["one" if number == 1 else "other"].format(n=f"{number:,}")

    def date(self, value: str) -> str:
        """Return an EDTF date in words; other text is returned unchanged."""
        parts = value.split("-")
        if not all(p.isdigit() for p in parts) or len(parts) > 3:
            return value
        if len(parts) > 1 and not 1 <= int(parts[1]) <= 12:
            return value
        month = self.texts["months"][int(parts[1]) - 1] if len(parts) > 1 else ""
        form = {1: "{year}", 2: self.texts["month"], 3: self.texts["day"]}[len(parts)]
        day = int(parts[2]) if len(parts) == 3 else ""
        return str(form.format(year=parts[0], month=month, day=day))

    def interval(self, first: str, last: str) -> str:
        """Return the interval between two EDTF dates, such as "3 to 7 May 2025"."""
        if first == last:
            return self.date(first)
        days = [_DAY.fullmatch(value) for value in (first, last)]
        if not (days[0] and days[1]) or days[0]["year"] != days[1]["year"]:
            return str(self.texts["interval"].format(first=self.date(first), last=self.date(last)))
        months = [self.texts["months"][int(day["month"]) - 1] for day in days if day]
        form = self.texts["daysOfMonth" if months[0] == months[1] else "daysOfYear"]
        return str(
            form.format(
                first=int(days[0]["day"]),
                firstMonth=months[0],
                last=int(days[1]["day"]),
                month=months[1],
                year=days[1]["year"],
            )
        )

    def summary(self, view: View) -> str:
        """Return a sentence with the numbers of articles, statements and entities in a view."""
        outlets = {source.outlet for source in view.sources if source.outlet}
        dates = sorted({source.published for source in view.sources if source.published})
        return self.summed(
            articles=len(view.sources),
            outlets=len(outlets),
            dates=(dates[0], dates[-1]) if dates else ("", ""),
            statements=len(view.tellings),
            entities=len(view.nodes),
        )

    def summed(
        self, *, articles: int, outlets: int, dates: tuple[str, str], statements: int, entities: int
    ) -> str:
        """Return the sentence of `summary`, from the numbers and the first and last date."""
        span = self.interval(*dates) if dates[0] else ""
        return str(
            self.texts["summary" if statements else "summaryEmpty"].format(
                articles=self.count("articles", articles),
                outlets=self.texts["summaryOutlets"].format(outlets=self.count("outlets", outlets))
                if outlets
                else "",
                dates=self.texts["summaryDates"].format(dates=span) if span else "",
                statements=self.count("statements", statements),
                entities=self.count("entities", entities),
            )
        )

    @property
    def spoken(self) -> Mapping[str, Any]:
        """Return the texts for the page's script."""
        return {key: text for key, text in self.texts.items() if key != _PART}

    def part(self, view: View, of: int) -> str:
        """Return the note that the view has only the strongest of `of` statements."""
        return str(
            self.texts[_PART].format(
                shown=f"{len(view.tellings):,}", statements=self.count("statements", of)
            )
        )

    def shown(self, entities: tuple[int, int], lines: tuple[int, int]) -> str:
        """Return a sentence with the numbers of drawn entities and lines.

        Args:
            entities: numbers of entities drawn, and of all that pass the filters.
            lines: the same of lines.
        """
        return str(
            self.texts["shown"].format(
                entities=f"{entities[0]:,}",
                allEntities=f"{entities[1]:,}",
                lines=f"{lines[0]:,}",
                allLines=f"{lines[1]:,}",
            )
        )
