"""Finds date expressions in the text and resolves them against the date of publication.

A dateline ("LIMA, Feb 27 (Agency) -") tells from which day the article counts, and dates no act.
The verb's tense decides between the last and the next Friday. Expressions that cannot be resolved
are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.extract import lexicon
from kg.extract.discourse import Chart
from kg.extract.spans import calendar, days
from kg.extract.spans.calendar import PATTERNS, VALUES
from kg.extract.spans.days import MONTH, Published
from kg.records import When

_WEEKDAYS = "|".join(lexicon.WEEKDAYS)
_NUMBERS = "|".join(lexicon.NUMBERS)
_POINTING = re.compile(
    r"\b(?:(?:the|that) (?P<lead>same|following|next|previous) "
    rf"(?:day|night|evening|morning|(?P<weekday>{_WEEKDAYS}))"
    r"|that (?:day|night|evening|morning|afternoon)"
    r"|(?:a|one|the) day (?P<after>later|earlier|(?:before|after)(?=\s*[.,;:!?]))"
    rf"|(?P<number>\d{{1,2}}|{_NUMBERS}) days (?P<count>later|earlier))(?!\w)",
    re.IGNORECASE,
)
_POINTS = {"following": 1, "next": 1, "later": 1, "after": 1, "previous": -1, "earlier": -1,
           "before": -1}  # fmt: skip
# "Three days after" a date, "the day before" one.
_OFFSET = re.compile(
    rf"\b(?:(?P<number>\d{{1,2}}|{_NUMBERS}) (?P<unit>day|week)s?|(?:the|one) day) "
    r"(?P<way>after|before|following)\b",
    re.IGNORECASE,
)
_NEAR = 4  # tokens from "three days after" to its date, as in "his visit on May 3"; chosen
# Every date expression has one of these words or a year. Patterns are tried only within _AROUND
# characters of one, more than any expression needs.
_ANCHOR = re.compile(
    rf"\b(?:{MONTH}|{_WEEKDAYS}|(?:day|week|fortnight|month|year|weekend)s?|today|tonight"
    r"|yesterday|tomorrow|night|evening|morning|afternoon"
    rf"|{'|'.join((*lexicon.FEASTS, *lexicon.EASTER))}|\d{{1,2}}(?:st|nd|rd|th))\b|\d{{4}}",
    re.IGNORECASE,
)
_AROUND = 60
_FAR = 120  # tokens from a date to "the next day"; chosen, not measured
_IS_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_COMPILED = tuple((kind, re.compile(text, re.IGNORECASE)) for kind, text in PATTERNS)
_UNNAMED = re.compile(r"\(\?P<\w+>")
_DAY = _UNNAMED.sub("(?:", calendar.DATE), _UNNAMED.sub("(?:", calendar.DATED)
_SOON = timedelta(days=90)  # a quarter of a year; chosen, not measured
_PLACE = r"[^\W\d_][\w.'/-]*(?: [^\W\d_][\w.'/-]*){0,3}"
_DATELINE = re.compile(
    rf"\W*(?:(?P<place>{_PLACE}(?:, {_PLACE}){{0,2}}),? )?(?:\([^()]{{1,40}}\),? ?)?"
    rf"(?:(?:{_WEEKDAYS}),? )?(?:(?P<date>{_DAY[0]})|(?P<dated>{_DAY[1]}))\.?,?"
    r"(?: ?\([^()]{1,40}\))?(?: ?[/|] ?[\w ]{1,30})? ?(?:-{1,2}|–|—|:)(?= )",
    re.IGNORECASE,
)
_SMALL = frozenset({"of", "and", "the", "de", "del", "la", "el", "al", "da", "do"})  # in a place
# Kinds whose year an earlier one in the sentence may tell: "in 2004 ... and signed in August".
_BARE = frozenset({"date", "bare-month", "range"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """A date expression at tokens `first..last`.

    `past` and `future` are its EDTF values with a verb in that tense; empty if it has none.
    `dateline` is the day from which they are counted, empty if that is the day of publication.
    `ahead` is whether the one in the future is much nearer.
    """

    first: int
    last: int
    text: str
    past: str
    future: str
    dateline: str = ""
    ahead: bool = False

    def when(self, *, future: bool, present: bool = False) -> When | None:
        """Return the date of an act in the future, else in the past or present; None without one.

        "In two weeks" is a date in the future only: with a past verb it is a duration. In the
        present, it is the future one if that is near and the past one is not ("visits Peru on May
        3", read in April).
        """
        value = self.future if future or (present and self.ahead) else self.past
        return When(value=value, text=self.text) if value else None


def find(chart: Chart) -> list[Expression]:
    """Return the date expressions in the article, in text order."""
    published = days.publication(chart.parse.article.published)
    text = chart.doc.text
    head, day = _dateline(text, published)
    if day is not None:
        published = day, day.year
    stretches = _stretches(text)
    taken: list[tuple[int, int]] = [(0, head)] if head else []
    found: list[tuple[Expression, str, int]] = []
    for kind, pattern in _COMPILED:
        for match in _matches(pattern, text, stretches):
            start, end = match.span()
            if any(start < b and a < end for a, b in taken):
                continue
            told = match.groupdict()
            if kind in {"date", "week-of"} and told["month"] in {"may", "march", "mar"}:
                continue
            value = VALUES[kind](match, published)
            if value is None:
                continue
            first, last = chart.doc.at(start, end)
            taken.append((start, end))
            expression = Expression(
                first=first,
                last=last,
                text=match.group(),
                past=value[0],
                future=value[1],
                dateline=day.isoformat() if day else "",
                ahead=_ahead(value, published[0]),
            )
            year = int(told.get("year") or 0)
            relative = (told.get("lead") or "").lower() in {"last", "next", "this", "since"}
            bare = kind in _BARE and not relative and not re.search(r"(?:19|20)\d\d", match.group())
            found.append((expression, "bare" if bare else kind, year))
    found.sort(key=lambda item: item[0].first)
    return _with_pointing(chart, _with_years(chart, found, published), stretches)


def _ahead(value: tuple[str, str], today: date | None) -> bool:
    """Return whether the second of two days is within `_SOON` and the first is longer ago."""
    if today is None or not all(_IS_DAY.match(day) for day in value):
        return False
    past, future = (date.fromisoformat(day[:10]) for day in value)
    return today - past > _SOON > future - today


def _dateline(text: str, published: Published) -> tuple[int, date | None]:
    """Return how long the dateline is that opens a text, and its day; 0 and None without one.

    A day after publication is no day from which the article counts.
    """
    match = _DATELINE.match(text)
    if match is None:
        return 0, None
    names = [w for w in re.findall(r"[^\W\d_][\w.'-]*", match["place"] or "") if w not in _SMALL]
    if any(not word[0].isupper() for word in names):
        return 0, None
    pattern = calendar.DATE if match["date"] else calendar.DATED
    told = re.fullmatch(pattern, match["date"] or match["dated"], re.IGNORECASE)
    value = VALUES["date"](told, published) if told else None
    if value is None:
        return 0, None
    day, today = date.fromisoformat(value[0]), published[0]
    late = today is not None and day > today + timedelta(days=1)
    return match.end(), None if late else day


def _with_years(
    chart: Chart, found: list[tuple[Expression, str, int]], published: Published
) -> list[Expression]:
    """Return the expressions; those without a year get that of one before them in the sentence."""
    known: dict[int, int] = {}
    expressions = []
    for expression, kind, year in found:
        sentence = chart.doc[expression.first].sent.start
        if kind == "bare" and sentence in known:
            expression = _in_year(expression, known[sentence], published)
        elif year and kind in {"season", "year", "month", "date"}:
            known[sentence] = year
        expressions.append(expression)
    return expressions


def _in_year(expression: Expression, year: int, published: Published) -> Expression:
    values = [re.sub(r"\b\d{4}(?=-\d\d)", str(year), expression.past)] * 2
    if not published[1] or year < published[1]:
        values[1] = expression.future
    try:
        for day in _IS_DAY.findall("/".join(values)):
            date.fromisoformat(day)
    except ValueError:  # February 29 in another year
        return expression
    return replace(expression, past=values[0], future=values[1])


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
    """Return the expressions in text order, with those that count from another one added.

    "The same day", "two days later", "the following Friday" count from the last day before them, at
    most `_FAR` tokens back; "three days after May 5" from the one behind, whose place it takes.
    """
    pointing = [
        (*chart.doc.at(*match.span()), match)
        for match in _matches(_POINTING, chart.doc.text, stretches)
    ]
    merged: list[Expression] = []
    last: Expression | None = None
    order = [(e.first, e.last, e) for e in found] + [(p[0], p[1], p) for p in pointing]
    for first, _, item in sorted(order, key=lambda entry: (entry[0], -entry[1])):
        if isinstance(item, Expression):
            expression: Expression | None = item
        elif last is not None and last.last < first <= last.last + _FAR:
            expression = _counted(last, item)
        else:
            expression = None
        if expression is None or (merged and merged[-1].last >= expression.first):
            continue
        merged.append(expression)
        last = expression if _IS_DAY.fullmatch(expression.past) else last
    return _with_offsets(chart, merged, stretches)


def _counted(base: Expression, item: tuple[int, int, re.Match[str]]) -> Expression | None:
    """Return an expression counted from `base`, None if out of range for `date`.

    Args:
        base: an expression whose value is a day.
        item: first and last token of the new expression, and its match.
    """
    first, last, match = item
    step = _POINTS.get((match["lead"] or match["after"] or match["count"] or "same").lower(), 0)
    try:
        day = date.fromisoformat(base.past)
        if match["weekday"]:
            wanted = lexicon.WEEKDAYS.index(match["weekday"].lower())
            day += timedelta(days=((wanted - day.weekday()) * (step or 1) % 7 or 7) * (step or 1))
        else:
            day += timedelta(days=step * _number(match["number"] or "1"))
    except (OverflowError, ValueError):
        return None
    value = day.isoformat()
    text = match.group()
    return replace(base, first=first, last=last, text=text, past=value, future=value)


def _number(word: str) -> int:
    """Return the number that a word means.

    Raises:
        ValueError: it means none exactly.
    """
    if word.isdigit():
        return int(word)
    if word.lower() in {"several", "few", "couple"}:
        raise ValueError(word)
    return lexicon.NUMBERS[word.lower()]


def _with_offsets(
    chart: Chart, found: list[Expression], stretches: list[tuple[int, int]]
) -> list[Expression]:
    """Replace days by those that the words before count from them: "two days after May 5"."""
    result = list(found)
    for match in _matches(_OFFSET, chart.doc.text, stretches):
        first, last = chart.doc.at(*match.span())
        behind = (i for i, e in enumerate(result) if last < e.first <= last + 1 + _NEAR)
        place = next(behind, None)
        if place is None or not _IS_DAY.fullmatch(result[place].past):
            continue
        base = result[place]
        between = chart.doc[last + 1 : base.first]
        if any(t.is_punct or t.pos_ in {"VERB", "AUX"} for t in between):
            continue
        try:
            count = _number(match["number"] or "1") * (7 if match["unit"] == "week" else 1)
            step = timedelta(days=-count if match["way"].lower() == "before" else count)
            moved = [(date.fromisoformat(d) + step).isoformat() for d in (base.past, base.future)]
        except (OverflowError, ValueError):
            continue
        text = match.group() + chart.doc.text[match.end() :].partition(base.text)[0] + base.text
        result[place] = replace(base, first=first, text=text, past=moved[0], future=moved[1])
    return result
