"""Parses dates of publication, as news sites and archives write them, into EDTF."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = r"(?P<month>" + "|".join(f"{m[:3]}(?:{m[3:]})?" for m in _MONTHS) + r"|sept)\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)",
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b",
        rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b",
        rf"\b(?P<a>\d{{1,2}})[/.](?P<b>\d{{1,2}})[/.]{_YEAR}\b",
        rf"\b{_YEAR}-(?P<month>\d{{2}})\b(?!-)",
        rf"(?<!\d\s)\b{_MONTH},?\s+{_YEAR}\b",
        rf"^\s*{_YEAR}\s*$",
    )
)
_BESIDE = re.compile(
    r"""(?:
        first | last | published | publication | posted | updated | modified | issued | released
      | created | date[ds]? | on | at | time | modified | undated
      | (?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?
      | t?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)? | [ap]\.?m\.? | noon | hours | hrs?
      | z | utc | gmt | [bc]?est | edt | [ecmp][sd]?t | bst | ist | msk
      | local | beijing | [+-]\d{2}:?\d{2}
      | [\s:,;|()\[\]/·•–—.-]
    )+""",
    re.IGNORECASE | re.VERBOSE,
)
_NONE = re.compile(r"(?:published:?\s*|date:?\s*)?(?:n\.\s?d\.?|undated|no date)", re.IGNORECASE)

_AGO = re.compile(
    r"(?:(?:published|updated|posted):?\s+)?(?:\d+|an?)\s+(?:minute|hour|day|week)s?\s+ago",
    re.IGNORECASE,
)


def edtf(text: str) -> str:
    """Return the first date in `text` as EDTF level 0; empty when there is none.

    A month without a day gives `2025-05`, a year alone `2025`. `03/04/2020` is ambiguous (day or
    month first) and gives no date.
    """
    for form in _FORMS:
        if (found := form.search(text)) and (value := _value(found.groupdict())):
            return value
    return ""


def is_line(line: str) -> bool:
    """Return whether `line` is a date and nothing but time, weekday or words like "Published"."""
    if _NONE.fullmatch(line.strip()) or _AGO.fullmatch(line.strip()):
        return True
    for form in _FORMS:
        if (found := form.search(line)) and _value(found.groupdict()):
            rest = form.sub(" ", line).strip()
            return not rest or _BESIDE.fullmatch(rest) is not None
    return False


def _value(parts: dict[str, str | None]) -> str:
    year = int(parts["year"] or 0)
    if "a" in parts:
        first, second = int(parts["a"] or 0), int(parts["b"] or 0)
        if min(first, second) > 12 or (max(first, second) <= 12 and first != second):
            return ""
        return _checked(year, min(first, second), max(first, second))
    if not parts.get("month"):
        return f"{year:04}"
    month = _month(str(parts["month"]))
    if not parts.get("day"):
        return f"{year:04}-{month:02}" if 1 <= month <= 12 else ""
    return _checked(year, month, int(parts["day"] or 0))


def _month(word: str) -> int:
    if word.isdecimal():
        return int(word)
    start = word.lower()[:3]
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(start))


def _checked(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
