"""Heads of state and government with the dates of their offices.

Three sources, the later ones filling gaps: `input/holders.csv` (ministers, heads of organisations
and leaders between the two lists below), the factbook of late 2025 (present leaders, with days),
Wikidata's leaders of 2022 (items and years) and the table of American presidents.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from kg import iris
from training.gazetteer.tables import Row, listed, nfc, plain, read, read_input, unique

_AMERICANS_SINCE = "1977"
_MONTHS = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_STATE, _GOVERNMENT, _OTHER = "state", "government", ""
_GOVERNMENT_WORDS = (
    "prime minister", "premier", "chancellor", "taoiseach", "head of government",
    "council of ministers", "cabinet of ministers", "minister of state", "chief minister",
    "executive yuan", "state administration",
)  # fmt: skip
# Offices as the factbook writes them before a name, longest first.
_TITLES = sorted(
    """
    President|King|Queen|Emperor|Sultan and Prime Minister|Amir|Pope|Grand Duke|Prince|Sultan
    Prime Minister|Premier|Chancellor|Supreme Leader|Transition President|Transitional President
    Interim President|Acting President|Transition Prime Minister|Interim Prime Minister
    CNSP Prime Minister|Acting Prime Minister|Caretaker Prime Minister|Vice President
    Prime Minister and Co-Vice President|Prime Minister and Foreign Minister
    Crown Prince and Prime Minister|Prime Minister Crown Prince|Minister of State
    GNU Interim Prime Minister|Taoiseach (Prime Minister)|Chairman of the Cabinet of Ministers
    President, Presidential Council,|Presidential Leadership Council Chairperson
    President of Council of Ministers|Chairperson of the Council of Ministers
    Chairperson of the Presidency|President of the Swiss Confederation
    State Affairs Commission President|Supreme People's Assembly President
    President of the Government of Spain (prime minister-equivalent)|Taliban Leader
    President of the National Council for the Safeguard of the Homeland (CNSP)
    Sovereign Council Chair and Commander-in-Chief of the Sudanese Armed Forces
    Secretary of State for Foreign and Political Affairs|Co-prince
    """.replace("\n", "|").split("|"),
    key=len,
    reverse=True,
)
_TITLES = [t.strip() for t in _TITLES if t.strip()]
_PLAIN_TITLES = {
    "Amir": "Emir",
    "Taoiseach (Prime Minister)": "Taoiseach",
    "Prime Minister and Co-Vice President": "Prime Minister",
    "Prime Minister Crown Prince": "Prime Minister",
    "Crown Prince and Prime Minister": "Crown Prince and Prime Minister",
    "CNSP Prime Minister": "Prime Minister",
    "GNU Interim Prime Minister": "Prime Minister",
    "President, Presidential Council,": "Chairman of the Presidential Council",
    "Presidential Leadership Council Chairperson": "Chairman of the Presidential Leadership Council",
    "President of the Swiss Confederation": "President",
    "State Affairs Commission President": "President of the State Affairs Commission",
    "Supreme People's Assembly President": "President of the Supreme People's Assembly",
    "President of the Government of Spain (prime minister-equivalent)": "Prime Minister",
    "Taliban Leader": "Supreme Leader",
    "President of the National Council for the Safeguard of the Homeland (CNSP)": "President",
    "Sovereign Council Chair and Commander-in-Chief of the Sudanese Armed Forces": (
        "Chairman of the Transitional Sovereignty Council"
    ),
    "President of Council of Ministers": "President of the Council of Ministers",
}
_RANKS = re.compile(r"^(?:Col\.|Capt\.|Gen\.|Sr\. Gen\.|General|Dr\.|Sir|Sultan|Ratu|Dame) ")
_SENTENCE = re.compile(
    rf"^(?P<title>{'|'.join(re.escape(t) for t in _TITLES)}) (?P<name>[^(;]+?) "
    r"\((?:since )?(?P<since>[^);,]+)[^)]*\)"
)
_GOVERNOR = re.compile(
    r"represented by (?:Acting )?(?:Governor[- ]General)(?: of [A-Z][\w ]+?)? "
    r"(?P<name>(?:Dame |Sir |Grand Chief Sir |General )?[A-Z][^(;]+?) \(since (?P<since>[^)]+)\)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A person in an office, before the sources are brought together."""

    name: str
    title: str
    country: str
    role: str
    aliases: tuple[str, ...] = ()
    organization: str = ""
    wikidata: str = ""
    start: str = ""
    end: str = ""
    rank: int = 0  # 0 by hand, 1 factbook or American table, 2 Wikidata 2022


def factbook(coded: Mapping[str, tuple[Row, Mapping[str, Any]]]) -> list[Office]:
    """Return present heads of state and government and governors-general."""
    found = []
    for row, entry in coded.values():
        for key, role in (("chief_of_state", _STATE), ("head_of_government", _GOVERNMENT)):
            text = nfc(html.unescape(entry.get(key) or ""))
            for pattern, fixed in ((_SENTENCE, ""), (_GOVERNOR, "Governor-General")):
                match = pattern.search(text)
                if match is None:
                    continue
                title = fixed or match["title"]
                found.append(
                    Office(
                        name=_name(match["name"]),
                        title=_PLAIN_TITLES.get(title, title),
                        country=row.id,
                        role=_OTHER if fixed else role,
                        start=_date(match["since"]),
                        rank=1,
                    )
                )
    return found


def _name(text: str) -> str:
    """Return a name in which only initials are capital; the factbook capitalises surnames."""
    bare = re.sub(r"; also spelled.*| \(also spelled [^)]*\)", "", text).strip()
    while (shorter := _RANKS.sub("", bare)) != bare:
        bare = shorter
    words = [w if w in _KEPT or not w.isupper() else _capitalised(w) for w in bare.split()]
    return " ".join(words).replace("Al-", "al-", 0)


_KEPT = frozenset("II III IV V VI VII VIII IX X XIV XVI".split())


def _capitalised(word: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), word).replace("'S", "'s")


def _date(text: str) -> str:
    """Return a date of the factbook ("12 December 2019", "April 2018", "1997") as EDTF."""
    parts = text.split()
    if not parts or not parts[-1].isdigit():
        return ""
    year = parts[-1]
    if len(parts) == 1:
        return year
    month = _MONTHS[parts[-2][:3].lower()]
    return f"{year}-{month:02}" + (f"-{int(parts[-3]):02}" if len(parts) == 3 else "")
