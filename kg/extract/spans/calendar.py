"""Patterns of date expressions, and their values counted from the date of publication.

Values are EDTF level 0 (ISO 8601-2:2019) and as precise as the text: "2024-05-03", "2024-05",
"2024", or "start/end". There are two of each: the last Friday for a verb in the past, the next one
for one in the future.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from kg.extract import lexicon
from kg.extract.spans import ranges
from kg.extract.spans.days import (
    MONTH,
    Published,
    Value,
    days_of_month,
    month_number,
    near_days,
    safe,
)

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NUMBER = r"(?P<number>\d{1,3}|" + "|".join(lexicon.NUMBERS) + r")"
_UNIT = r"(?P<unit>day|week|fortnight|month|year)s?"
_WEEKDAY = r"(?P<weekday>" + "|".join(lexicon.WEEKDAYS) + r")"

_LEAD = r"(?P<lead>last|next|this|past|previous|coming)"

DATE = rf"(?P<month>{MONTH})\.? {_DAY}\b(?:,? {_YEAR}\b)?"
DATED = rf"{_DAY}(?: of)? (?P<month>{MONTH})\b\.?(?:,? {_YEAR}\b)?"
_ON = rf"(?:(?:{'|'.join(lexicon.WEEKDAYS)}),? \(?)?"  # "Monday, 3 March", "Monday (March 3)"
_PART_OF = "(?:end|start|beginning|middle|course|week|days|half)"
_FULL = "|".join(lexicon.MONTHS)
_NTH = ("first", "second", "third", "fourth", "last")
_PARTS = ("first", "second", "third", "fourth")
_AFTER_DAY = r"(?:and|in|at|to|with|for|by|after|before|that|but|as)\b"

PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", r"\b(?P<iso>\d{4}-\d\d-\d\d)\b"),
    ("range", rf"\b(?P<lead>from|between|in|during) {ranges.RANGE}"),
    ("range", rf"\b(?P<lead>){ranges.RANGE}"),
    ("week-of", rf"\bweek (?P<lead>of|beginning|starting|commencing|ending)(?: on)? {DATE}"),
    ("week-of", rf"\bweek (?P<lead>of|beginning|starting|commencing|ending)(?: on)? {DATED}"),
    ("date", rf"\b{_ON}{DATE}"),
    ("date", rf"\b{_ON}(?:the )?{DATED}"),
    ("feast", rf"\b(?P<feast>{'|'.join((*lexicon.FEASTS, *lexicon.EASTER))})\b(?:,? {_YEAR}\b)?"),
    ("part", rf"\b(?P<part>{'|'.join(_PARTS)}) (?P<unit>quarter|half) of {_YEAR}\b"),
    ("season", rf"\b(?P<season>{'|'.join(lexicon.SEASONS)}) (?:of )?{_YEAR}\b"),
    ("nth", rf"\b(?P<nth>{'|'.join(_NTH)}) {_WEEKDAY} (?:in|of) (?P<month>{_FULL})\b(?: {_YEAR})?"),
    ("month", rf"\b(?P<month>{MONTH})\.?,? (?:of )?{_YEAR}\b"),
    (
        "bare-month",
        rf"\b(?P<lead>{_PART_OF} of|in|since|until|by|during|last|next|this|late|early|mid-)\s?"
        rf"(?P<month>{'|'.join(lexicon.MONTHS)})\b",
    ),
    ("of-month", rf"\bon (?:{_WEEKDAY},? )?the {_DAY}(?=\s*(?:[.,;:!?)]|\Z|{_AFTER_DAY}))"),
    ("weekday-of", rf"\b{_WEEKDAY} (?:of )?(?P<lead>last|next|this) week\b"),
    ("weekday", rf"\b(?:{_LEAD} )?{_WEEKDAY}\b"),
    ("ago", rf"\b(?<!half ){_NUMBER} {_UNIT} (?P<dir>ago|earlier|before)\b"),
    ("hence", rf"\b(?P<dir>in|within) {_NUMBER} {_UNIT}\b"),
    ("unit", r"\b(?P<lead>earlier|later) (?:in the|this) (?P<unit>week|month|year)\b"),
    ("unit", rf"\b{_LEAD} (?P<unit>week|month|year)\b"),
    ("weekend", rf"\b{_LEAD} weekend\b"),
    ("weekend", r"\b(?P<lead>over|at|during) the weekend\b"),
    ("day", r"\bthe day (?P<word>before yesterday|after tomorrow)\b"),
    ("day", r"\b(?P<word>today|tonight|yesterday|tomorrow)\b"),
    ("day", r"\b(?P<word>last night|this (?:morning|afternoon|evening))\b"),
    ("year", rf"\b(?P<lead>{_PART_OF}) of {_YEAR}\b"),
    ("year", rf"\b(?P<lead>in|since|during|of|by|until|from|early|late|mid) {_YEAR}\b"),
)
# In years. "In 30 years" and "by 2060" rarely date an act, so expressions further ahead are left
# out: 5 is a common term of office, 10 the horizon of most plans.
_LONGEST_AHEAD = 5
_LONGEST_DEADLINE = 10
_YEARS = {"day": 1 / 365, "week": 7 / 365, "fortnight": 14 / 365, "month": 1 / 12, "year": 1.0}


def _iso(match: re.Match[str], _: object) -> Value:
    try:
        value = date.fromisoformat(match["iso"]).isoformat()
    except ValueError:
        return None
    return value, value


def _day(match: re.Match[str], published: Published) -> Value:
    month, day = month_number(match["month"]), int(match["day"])
    if match["year"]:
        found = safe(int(match["year"]), month, day)
        return (found.isoformat(), found.isoformat()) if found else None
    today, year = published
    if today is None:
        found = safe(year, month, day) if year else None
        return (found.isoformat(), found.isoformat()) if found else None
    near = near_days(today, month, day)
    return (near[0].isoformat(), near[1].isoformat()) if near else None


def _of_month(match: re.Match[str], published: Published) -> Value:
    today, _ = published
    if today is None:
        return None
    past, future = days_of_month(today, int(match["day"]))
    return (past.isoformat(), future.isoformat()) if past and future else None


def _week_of(match: re.Match[str], published: Published) -> Value:
    """Return the week of a day: Monday to Sunday, or seven days from or up to it."""
    value = _day(match, published)
    if value is None:
        return None
    lead, weeks = match["lead"].lower(), []
    for day in map(date.fromisoformat, value):
        back = {"of": day.weekday(), "ending": 6}.get(lead, 0)
        first = day - timedelta(days=back)
        weeks.append(f"{first.isoformat()}/{(first + timedelta(days=6)).isoformat()}")
    return weeks[0], weeks[1]


def _feast(match: re.Match[str], published: Published) -> Value:
    """Return the day of a feast, the last or the next one if its year is not told."""
    today, year = published
    name = match["feast"].lower()
    if match["year"]:
        value = _feast_in(int(match["year"]), name).isoformat()
        return value, value
    if today is None:
        value = _feast_in(year, name).isoformat() if year else ""
        return (value, value) if value else None
    options = [_feast_in(today.year + step, name) for step in (-1, 0, 1)]
    past = [d for d in options if d <= today][-1]
    return past.isoformat(), next(d for d in options if d >= today).isoformat()


def _feast_in(year: int, name: str) -> date:
    if name in lexicon.FEASTS:
        month, day = lexicon.FEASTS[name]
        return date(year, month, day)
    return _easter(year) + timedelta(days=lexicon.EASTER[name])


def _easter(year: int) -> date:
    """Return Easter Sunday, by the Gregorian algorithm (Meeus, Jones, Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    wait = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * wait) // 451
    month, day = divmod(h + wait - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _part(match: re.Match[str], _: object) -> Value:
    """Return the months of a quarter or half of a year."""
    length = 3 if match["unit"].lower() == "quarter" else 6
    first = _PARTS.index(match["part"].lower()) * length + 1
    if first > 12:
        return None
    value = f"{match['year']}-{first:02d}/{match['year']}-{first + length - 1:02d}"
    return value, value


def _season(match: re.Match[str], _: object) -> Value:
    return match["year"], match["year"]


def _month(match: re.Match[str], _: object) -> Value:
    value = f"{match['year']}-{month_number(match['month']):02d}"
    return value, value


def _bare_month(match: re.Match[str], published: Published) -> Value:
    today, _ = published
    if today is None:
        return None
    month, lead = month_number(match["month"]), match["lead"].lower()
    past = today.year if month <= today.month else today.year - 1
    future = today.year if month >= today.month else today.year + 1
    if lead == "next":
        past = future
    elif lead in {"last", "since"}:
        future = past
    return f"{past}-{month:02d}", f"{future}-{month:02d}"


def _weekday(match: re.Match[str], published: Published) -> Value:
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
    if unit == "fortnight":
        return _shifted(today, "week", 2 * number)
    if unit == "week":
        monday = today + timedelta(days=7 * number - today.weekday())
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    if unit == "month":
        month = today.year * 12 + today.month - 1 + number
        return f"{month // 12}-{month % 12 + 1:02d}"
    return str(today.year + number)


def _ago(match: re.Match[str], published: Published) -> Value:
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


def _hence(match: re.Match[str], published: Published) -> Value:
    today, _ = published
    word = match["number"].lower()
    if today is None or word in {"several", "few", "couple"}:
        return None
    number = int(word) if word.isdigit() else lexicon.NUMBERS[word]
    years = number * _YEARS[match["unit"].lower()]
    if match["dir"].lower() == "within" or years > _LONGEST_AHEAD:
        return None
    return "", _shifted(today, match["unit"].lower(), number)


def _unit(match: re.Match[str], published: Published) -> Value:
    today, _ = published
    if today is None:
        return None
    step = {"last": -1, "past": -1, "previous": -1, "this": 0, "earlier": 0, "later": 0}.get(
        match["lead"].lower(), 1
    )
    value = _shifted(today, match["unit"].lower(), step)
    return value, value


def _weekend(match: re.Match[str], published: Published) -> Value:
    today, _ = published
    if today is None:
        return None
    lead = match["lead"].lower()
    if lead in {"over", "at", "during"}:
        return _weekend_near(today)
    step = {"last": -7, "past": -7, "previous": -7, "next": 7}.get(lead, 0)
    saturday = today + timedelta(days=5 - today.weekday() + step)
    value = f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}"
    return value, value


def _weekend_near(today: date) -> Value:
    """Return the last weekend that has begun, and the next one that has not ended."""
    back = (today.weekday() - 5) % 7
    starts = [today - timedelta(days=back), today + timedelta(days=-back if back < 2 else 7 - back)]
    past, future = (f"{d.isoformat()}/{(d + timedelta(days=1)).isoformat()}" for d in starts)
    return past, future


def _nth(match: re.Match[str], published: Published) -> Value:
    """Return a weekday of a month by its number: "the first Monday in May"."""
    today, year = published
    month = month_number(match["month"])
    years = (
        [int(match["year"])] if match["year"] else [year + n for n in (-1, 0, 1)] if year else []
    )
    wanted, count = (
        lexicon.WEEKDAYS.index(match["weekday"].lower()),
        _NTH.index(match["nth"].lower()),
    )
    days = []
    for one in years:
        first = date(one, month, 1)
        day = first + timedelta(days=(wanted - first.weekday()) % 7 + 7 * min(count, 3))
        later = day + timedelta(days=7)
        days.append(later if count == 4 and later.month == month else day)
    if match["year"] and days:
        return days[0].isoformat(), days[0].isoformat()
    if today is None:
        return None
    past, future = [d for d in days if d <= today], [d for d in days if d >= today]
    return (past[-1].isoformat(), future[0].isoformat()) if past and future else None


def _word(match: re.Match[str], published: Published) -> Value:
    today, _ = published
    if today is None:
        return None
    steps = {"before yesterday": -2, "yesterday": -1, "last night": -1, "tomorrow": 1}
    step = {**steps, "after tomorrow": 2}.get(match["word"].lower(), 0)
    value = (today + timedelta(days=step)).isoformat()
    return value, value


def _weekday_of(match: re.Match[str], published: Published) -> Value:
    today, _ = published
    if today is None:
        return None
    step = {"last": -7, "next": 7}.get(match["lead"].lower(), 0)
    wanted = lexicon.WEEKDAYS.index(match["weekday"].lower())
    value = (today + timedelta(days=wanted - today.weekday() + step)).isoformat()
    return value, value


def _year(match: re.Match[str], published: Published) -> Value:
    _, now = published
    deadline = match["lead"].lower() in {"by", "until"}
    if deadline and now is not None and int(match["year"]) - now > _LONGEST_DEADLINE:
        return None
    return match["year"], match["year"]


VALUES: dict[str, Callable[[re.Match[str], Published], Value]] = {
    "iso": _iso,
    "range": ranges.span,
    "week-of": _week_of,
    "date": _day,
    "feast": _feast,
    "part": _part,
    "season": _season,
    "month": _month,
    "bare-month": _bare_month,
    "weekday": _weekday,
    "weekday-of": _weekday_of,
    "ago": _ago,
    "hence": _hence,
    "unit": _unit,
    "weekend": _weekend,
    "day": _word,
    "of-month": _of_month,
    "nth": _nth,
    "year": _year,
}
"""For each kind of pattern, its EDTF values with a verb in the past and in the future."""
