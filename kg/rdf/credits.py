"""Find the news agency that the byline, the dateline or the last line of an article credits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.records import Article

if TYPE_CHECKING:
    from kg.gazetteer import Entry, Gazetteer

_DATELINE = re.compile(  # LIMA, March 3 (Agency) --
    r"^[^\S\n]*[^\W\d_][^\n()]{0,60}\((?P<name>[^\n()]{2,40})\)[^\S\n]*[-–—:]", re.MULTILINE
)
_OPENING = 600  # characters of the body searched for a dateline: chosen, not measured
_CREDIT = re.compile(  # Source: Agency
    r"[-–—(\s]*(?:(?:source|via|from|credit)\b\s*:?|[©(–—-])\s*(?P<name>[^()]{2,40}?)[.)\s]*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[,;|/·•()\[\]–—]|\s-\s|\b(?:by|for|of|at|from|via|and|in)\b", re.I)
# "By ... with agencies": the outlet's own work, with help.
_HELP = re.compile(r"\bwith\b.*", re.IGNORECASE | re.DOTALL)
_STAFF = re.compile(r"\b(?:staff|reporters?|writers?|correspondents?|news ?desk)\b", re.IGNORECASE)


def credited(article: Article, gazetteer: Gazetteer) -> Entry | None:
    """Return the news agency credited with an article's text, or None.

    An agency that the text merely cites for a fact is not credited.
    """
    for name in _names(article):
        for match in gazetteer.find(name):
            if match.how in ("name", "alias") and match.entry.fact("type") == "agency":
                return match.entry
    return None


def _names(article: Article) -> list[str]:
    body = article.text[article.body :]
    parts = _BETWEEN.split(_HELP.sub("", article.byline))
    found = [" ".join(_STAFF.sub(" ", part).split()) for part in parts]
    found += [match["name"].strip() for match in _DATELINE.finditer(body[:_OPENING])]
    last = next((line for line in reversed(body.splitlines()) if line.strip()), "")
    if match := _CREDIT.fullmatch(last.strip()):
        found.append(match["name"].strip())
    return [name for name in found if name]
