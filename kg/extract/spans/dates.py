"""Finds date expressions in the text and resolves them against the date of publication.

Values are EDTF level 0 (ISO 8601-2:2019) and as precise as the text: "2024-05-03", "2024-05",
"2024", or "start/end". The verb's tense decides between the last and the next Friday. Expressions
that cannot be resolved are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.extract import lexicon
from kg.extract.discourse import Chart
from kg.records import When

_MONTH = "|".join(lexicon.MONTHS) + r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NUMBER = r"(?P<number>\d{1,3}|" + "|".join(lexicon.NUMBERS) + r")"
_UNIT = r"(?P<unit>day|week|month|year)s?"
_WEEKDAY = r"(?P<weekday>" + "|".join(lexicon.WEEKDAYS) + r")"

_LEAD = r"(?P<lead>last|next|this|past|previous|coming)"

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", r"\b(?P<iso>\d{4}-\d\d-\d\d)\b"),
    (
        "range",
        rf"\b(?P<month>{_MONTH})\.? {_DAY} ?(?:-|–|to) ?(?P<until>\d{{1,2}})\b(?:,? {_YEAR})?",
    ),
    ("date", rf"\b(?P<month>{_MONTH})\.? {_DAY}\b(?:,? {_YEAR}\b)?"),
    ("date", rf"\b{_DAY}(?: of)? (?P<month>{_MONTH})\b\.?(?:,? {_YEAR}\b)?"),
    ("month", rf"\b(?P<month>{_MONTH})\.?,? (?:of )?{_YEAR}\b"),
    (
        "bare-month",
        r"\b(?P<lead>in|since|until|by|during|last|next|this|late|early|mid-)\s?"
        rf"(?P<month>{'|'.join(lexicon.MONTHS)})\b",
    ),
    ("weekday-of", rf"\b{_WEEKDAY} (?:of )?(?P<lead>last|next|this) week\b"),
    ("weekday", rf"\b(?:{_LEAD} )?{_WEEKDAY}\b"),
    ("ago", rf"\b{_NUMBER} {_UNIT} (?P<dir>ago|earlier|before)\b"),
    ("hence", rf"\b(?P<dir>in|within) {_NUMBER} {_UNIT}\b"),
    ("unit", r"\b(?P<lead>earlier|later) (?:in the|this) (?P<unit>week|month|year)\b"),
    ("unit", rf"\b{_LEAD} (?P<unit>week|month|year)\b"),
    ("weekend", rf"\b{_LEAD} weekend\b"),
    ("day", r"\b(?P<word>today|tonight|yesterday|tomorrow)\b"),
    ("year", rf"\b(?P<lead>in|since|during|of|by|until|from|early|late|mid) {_YEAR}\b"),
)
_POINTING = re.compile(
    r"\b(?:(?:the|that) (?P<lead>same|following|next|previous) (?:day|night|evening|morning)"
    r"|that (?:day|night|evening|morning|afternoon)"
    r"|(?:a|one|the) day (?P<after>later|earlier|(?:before|after)(?=\s*[.,;:!?])))(?!\w)",
    re.IGNORECASE,
)
_POINTS = {"following": 1, "next": 1, "later": 1, "after": 1, "previous": -1, "earlier": -1,
           "before": -1}  # fmt: skip
# Every date expression has one of these words or a year. Patterns are tried only within _AROUND
# characters of one, more than any expression needs.
_ANCHOR = re.compile(
    rf"\b(?:{_MONTH}|{'|'.join(lexicon.WEEKDAYS)}|(?:day|week|month|year|weekend)s?|today|tonight"
    r"|yesterday|tomorrow|night|evening|morning|afternoon)\b|\d{4}",
    re.IGNORECASE,
)
_AROUND = 60
# In years. "In 30 years" and "by 2060" rarely date an act, so expressions further ahead are left
# out: 5 is a common term of office, 10 the horizon of most plans.
_LONGEST_AHEAD = 5
_LONGEST_DEADLINE = 10
_FAR = 120  # tokens from a date to "the next day"; chosen, not measured
_IS_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_COMPILED = tuple((kind, re.compile(text, re.IGNORECASE)) for kind, text in _PATTERNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """A date expression at tokens `first..last`.

    `past` and `future` are its EDTF values with a verb in that tense; empty if it has none.
    """

    first: int
    last: int
    text: str
    past: str
    future: str

    def when(self, *, future: bool) -> When | None:
        """Return the date of an act in the future, else in the past or present; None without one.

        "In two weeks" is a date in the future only: with a past verb it is a duration.
        """
        value = self.future if future else self.past
        return When(value=value, text=self.text) if value else None


def find(chart: Chart) -> list[Expression]:
    """Return the date expressions in the article, in text order."""
    published = _published(chart.parse.article.published)
    text = chart.doc.text
    stretches = _stretches(text)
    taken: list[tuple[int, int]] = []
    found: list[Expression] = []
    for kind, pattern in _COMPILED:
        for match in _matches(pattern, text, stretches):
            start, end = match.span()
            if any(start < b and a < end for a, b in taken):
                continue
            if kind == "date" and match["month"] in {"may", "march", "mar"}:
                continue
            value = _VALUES[kind](match, published)
            if value is None:
                continue
            first, last = chart.doc.at(start, end)
            taken.append((start, end))
            found.append(
                Expression(
                    first=first,
                    last=last,
                    text=match.group(),
                    past=value[0],
                    future=value[1],
                )
            )
    return _with_pointing(chart, found, stretches)


def _stretches(text: str) -> list[tuple[int, int]]:
    """Return start and end (in characters) of parts that can hold dates, in order, no overlap."""
    found: list[tuple[int, int]] = []
    for match in _ANCHOR.finditer(text):
        start, end = max(0, match.start() - _AROUND), match.end() + _AROUND
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end))
    return found


def _matches(
    pattern: re.Pattern[str], text: str, stretches: list[tuple[int, int]]
) -> Iterator[re.Match[str]]:
    for start, end in stretches:
        yield from pattern.finditer(text, start, end)


def _with_pointing(
    chart: Chart, found: list[Expression], stretches: list[tuple[int, int]]
) -> list[Expression]:
    """Return the expressions in text order, with "the same day" or "the following day" added.

    Their value is counted from the last day before them, at most `_FAR` tokens back.
    """
    pointing = []
    for match in _matches(_POINTING, chart.doc.text, stretches):
        word = (match["lead"] or match["after"] or "same").lower()
        pointing.append((*chart.doc.at(*match.span()), match.group(), _POINTS.get(word, 0)))
    merged: list[Expression] = []
    last: Expression | None = None
    order = [(e.first, e) for e in found] + [(p[0], p) for p in pointing]
    for first, item in sorted(order, key=lambda pair: pair[0]):
        expression: Expression | None = None
        if isinstance(item, Expression):
            expression = item
        elif last is not None and first - last.last <= _FAR:
            expression = _counted(last, item)
        if expression is None:
            continue
        merged.append(expression)
        last = expression if _IS_DAY.fullmatch(expression.past) else last
    return merged


def _counted(base: Expression, item: tuple[int, int, str, int]) -> Expression | None:
    """Return an expression for the day `step` days from `base`, None if out of range for `date`.

    Args:
        base: an expression whose value is a day.
        item: first and last token, text and step (in days) of the new expression.
    """
    first, last, text, step = item
    try:
        value = (date.fromisoformat(base.past) + timedelta(days=step)).isoformat()
    except OverflowError:
        return None
    return Expression(first=first, last=last, text=text, past=value, future=value)


_YEARS = {"day": 1 / 365, "week": 7 / 365, "month": 1 / 12, "year": 1.0}
Value = tuple[str, str] | None


def _published(text: str) -> tuple[date | None, int | None]:
    """Return date and year of publication; the date is None if only a year is known."""
    try:
        return date.fromisoformat(text[:10]), int(text[:4])
    except ValueError:
        year = int(text[:4]) if re.match(r"\d{4}", text) else None
        return None, year


def _month_number(word: str) -> int:
    return next(i for i, m in enumerate(lexicon.MONTHS, 1) if m.startswith(word.lower()[:3]))


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _iso(match: re.Match[str], _: object) -> Value:
    try:
        value = date.fromisoformat(match["iso"]).isoformat()
    except ValueError:
        return None
    return value, value


def _day(match: re.Match[str], published: tuple[date | None, int | None]) -> Value:
    month, day = _month_number(match["month"]), int(match["day"])
    if match["year"]:
        found = _safe(int(match["year"]), month, day)
        return (found.isoformat(), found.isoformat()) if found else None
    today, year = published
    if today is None:
        found = _safe(year, month, day) if year else None
        return (found.isoformat(), found.isoformat()) if found else None
    options = [d for y in (-1, 0, 1) if (d := _safe(today.year + y, month, day))]
    # A date soon after publication may follow a past verb ("was set for May 15") and is this
    # year's; 60 days are chosen, not measured.
    past = [d for d in options if d <= today + timedelta(days=60)]
    future = [d for d in options if d >= today]
    if not past or not future:
        return None
    return past[-1].isoformat(), future[0].isoformat()


def _range(match: re.Match[str], published: tuple[date | None, int | None]) -> Value:
    start = _day(match, published)
    if start is None:
        return None
    past, future = (_until(first, int(match["until"])) for first in start)
    return (past, future) if past and future else None


def _until(first: str, day: int) -> str:
    """Return the interval from `first` to a later day of its month; empty if there is none."""
    start = date.fromisoformat(first)
    end = _safe(start.year, start.month, day)
    return f"{first}/{end.isoformat()}" if end is not None and end > start else ""


def _month(match: re.Match[str], _: object) -> Value:
    value = f"{match['year']}-{_month_number(match['month']):02d}"
    return value, value


def _bare_month(match: re.Match[str], published: tuple[date | None, int | None]) -> Value:
    today, _ = published
    if today is None:
        return None
    month, lead = _month_number(match["month"]), match["lead"].lower()
    past = today.year if month <= today.month else today.year - 1
    future = today.year if month >= today.month else today.year + 1
    if lead == "next":
        past = future
    elif lead in {"last", "since"}:
        future = past
    return f"{past}-{month:02d}", f"{future}-{month:02d}"


def _weekday(match: re.Match[str], published: tuple[date | None, int | None]) -> Value:
    today, _ = published
    if today is None:
        return None
    wanted = lexicon.WEEKDAYS.index(match["weekday"].lower())
    back = (today.weekday() - wanted) % 7
    ahead = (wanted - today.weekday()) % 7
    lead = (match["lead"] or "").lower()
    past, future = today - timedelta(days=back), today + timedelta(days=ahead)
    if lead in {"next", "coming"}:
        past = future = today + timedelta(days=ahead or 7)
    elif lead in {"last", "past"}:
        past = future = today - timedelta(days=back or 7)
    return past.isoformat(), future.isoformat()


def _shifted(today: date, unit: str, number: int) -> str:
    if unit == "day":
        return (today + timedelta(days=number)).isoformat()
    if unit == "week":
        monday = today + timedelta(days=7 * number - today.weekday())
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    if unit == "month":
        month = today.year * 12 + today.month - 1 + number
        return f"{month // 12}-{month % 12 + 1:02d}"
    return str(today.year + number)


def _ago(match: re.Match[str], published: tuple[date | None, int | None]) -> Value:
    today, _ = published
    word = match["number"].lower()
    counted = match["dir"].lower() == "earlier" and word in {"a", "one"}  # from another day
    if today is None or match["dir"].lower() == "before" or counted:
        return None
    number = int(word) if word.isdigit() else lexicon.NUMBERS[word]
    if word in {"several", "few", "couple"}:
        return None
    value = _shifted(today, match["unit"].lower(), -number)
    return value, value


def _hence(match: re.Match[str], published: tuple[date | None, int | None]) -> Value:
    today, _ = published
    word = match["number"].lower()
    if today is None or word in {"several", "few", "couple"}:
        return None
    number = int(word) if word.isdigit() else lexicon.NUMBERS[word]
    years = number * _YEARS[match["unit"].lower()]
    if match["dir"].lower() == "within" or years > _LONGEST_AHEAD:
        return None
    return "", _shifted(today, match["unit"].lower(), number)


def _unit(match: re.Match[str], published: tuple[date | None, int | None]) -> Value:
    today, _ = published
    if today is None:
        return None
    step = {"last": -1, "past": -1, "previous": -1, "this": 0, "earlier": 0, "later": 0}.get(
        match["lead"].lower(), 1
    )
    value = _shifted(today, match["unit"].lower(), step)
    return value, value


def _weekend(match: re.Match[str], published: tuple[date | None, int | None]) -> Value:
    today, _ = published
    if today is None:
        return None
    step = {"last": -7, "past": -7, "previous": -7, "next": 7}.get(match["lead"].lower(), 0)
    saturday = today + timedelta(days=5 - today.weekday() + step)
    value = f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}"
    return value, value


def _word(match: re.Match[str], published: tuple[date | None, int | None]) -> Value:
    today, _ = published
    if today is None:
        return None
    step = {"yesterday": -1, "tomorrow": 1}.get(match["word"].lower(), 0)
    value = (today + timedelta(days=step)).isoformat()
    return value, value


def _weekday_of(match: re.Match[str], published: tuple[date | None, int | None]) -> Value:
    today, _ = published
    if today is None:
        return None
    step = {"last": -7, "next": 7}.get(match["lead"].lower(), 0)
    wanted = lexicon.WEEKDAYS.index(match["weekday"].lower())
    value = (today + timedelta(days=wanted - today.weekday() + step)).isoformat()
    return value, value


def _year(match: re.Match[str], published: tuple[date | None, int | None]) -> Value:
    _, now = published
    deadline = match["lead"].lower() in {"by", "until"}
    if deadline and now is not None and int(match["year"]) - now > _LONGEST_DEADLINE:
        return None
    return match["year"], match["year"]


_VALUES: dict[str, Callable[[re.Match[str], tuple[date | None, int | None]], Value]] = {
    "iso": _iso,
    "range": _range,
    "date": _day,
    "month": _month,
    "bare-month": _bare_month,
    "weekday": _weekday,
    "weekday-of": _weekday_of,
    "ago": _ago,
    "hence": _hence,
    "unit": _unit,
    "weekend": _weekend,
    "day": _word,
    "year": _year,
}
