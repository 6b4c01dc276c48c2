"""One guideline for names, applied to every corpus.

Labels: PER, ORG, GPE (countries, provinces, towns), LOC (lands and waters), FAC (what is built),
NORP (nationalities, faiths, movements) and EVENT. No article and no title inside a name; demonyms
are NORP wherever they stand alone.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from training.places import place_kind

LABELS = ("PER", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT")

TITLES = frozenset(
    """mr mrs ms miss dr prof professor president president-elect vice-president prime
    minister premier chancellor secretary secretary-general undersecretary senator sen rep
    representative congressman congresswoman governor gov mayor ambassador envoy general gen
    colonel col major maj captain capt lieutenant lt admiral adm sergeant sgt judge justice
    sir lord lady king queen prince princess emperor empress tsar pope cardinal archbishop
    bishop rev reverend rabbi imam ayatollah sheikh shaikh director spokesman spokeswoman
    spokesperson chairman chairwoman speaker deputy foreign defense defence acting former
    vice commander chief actor actress singer author historian""".split()
)

EVENT_WORDS = frozenset(
    """war olympics olympiad games election elections referendum summit conference
    revolution uprising rebellion coup battle siege crisis championship championships cup
    festival treaty intifada massacre genocide holocaust expo convention plebiscite invasion
    spring tournament pandemic hurricane earthquake""".split()
)

_GROUPS = frozenset(
    """muslim muslims moslem moslems christian christians jewish jew jews sunni sunnis shiite
    shiites shia shi'ite catholic catholics protestant protestants orthodox hindu hindus
    buddhist buddhists sikh sikhs arab arabs arabic kurd kurds kurdish tamil tamils tibetan
    tibetans uyghur uyghurs uighur chechen chechens catalan catalans basque basques scottish
    welsh english irish british briton britons american americans european europeans african
    africans asian asians soviet soviets palestinian palestinians republican republicans
    democrat democrats latino latinos hispanic hispanics islamic islamist islamists zionist
    marxist communist communists socialist socialists conservative conservatives
    african-american jihadist houthi houthis rohingya roma bosniak serb serbs croat
    turk turks thai thais swede swedes dane danes finn finns pole poles scot scots spaniard
    spaniards czech czechs slovak slovaks greek greeks dutch german germans swiss french
    frenchman japanese chinese taiwanese portuguese vietnamese lebanese maltese texan
    californian parisian parisians sudanese nepalese burmese saudi saudis emirati emiratis
    qatari kuwaiti filipino filipinos israeli israelis afghan afghans iraqi iraqis iranian
    iranians pakistani pakistanis indian indians ukrainian ukrainians russian russians
    korean koreans roman byzantine ottoman persian mongol mongolian celtic slavic
    slav slavs germanic nordic scandinavian polynesian yoruba zulu hausa igbo
    berber pashtun pashtuns tajik tajiks uzbek uzbeks hazara druze alawite maronite coptic
    mormon mormons quaker anglican lutheran calvinist methodist baptist evangelical""".split()
)
# Adjectives of party and faith that are common words unless capitalised mid-sentence.
_COMMON = frozenset(
    "conservative conservatives communist communists socialist socialists orthodox "
    "evangelical islamist islamists marxist baptist methodist soviet".split()
)
# Last words of factbook entries that describe rather than name, and places that serve as
# their own adjective.
_NOT_DEMONYMS = frozenset(
    """none and the of or note republic islander islands island citizen male female native
    man woman people person adjective noun new south north central i us congo gibraltar kong
    kiribati laos liechtenstein luxembourg zealand singapore taiwan""".split()
)
_ARTICLES = frozenset({"the", "a", "an"})
_SEATS = frozenset(
    {"kremlin", "white house", "pentagon", "downing street", "capitol hill"}
)  # bodies
_KEEP_ARTICLE = frozenset({"hague", "gambia", "bahamas", "bronx"})


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class NameSpan:
    """A name over words `start` to `end` (end exclusive)."""

    start: int
    end: int
    label: str


@cache
def demonyms(factbook: Path) -> frozenset[tuple[str, ...]]:
    """Return demonyms as tuples of lower-cased words, from the factbook and a short list."""
    found: set[tuple[str, ...]] = {(word,) for word in _GROUPS}
    for country in json.loads(factbook.read_text(encoding="utf-8")).values():
        nationality = country.get("nationality") or {}
        for text in nationality.values():
            plain = re.sub(r"<[^>]*>|\([^)]*\)", " ", html.unescape(str(text)))
            plural = "(s)" in str(text)
            for part in re.split(r",|;|/|\bor\b|\bnote\b.*", plain):
                words = tuple(part.lower().split())
                if not 1 <= len(words) <= 3 or _NOT_DEMONYMS & {words[-1]}:
                    continue
                if not part.strip()[:1].isupper() or any(len(word) < 3 for word in words):
                    continue
                found.add(words)
                if plural:
                    found.add((*words[:-1], words[-1] + "s"))
    return frozenset(found)


def is_demonym(words: Sequence[str], known: frozenset[tuple[str, ...]]) -> bool:
    """Return whether the words are one demonym, written with a capital."""
    return words[0][:1].isupper() and tuple(word.lower() for word in words) in known


def _is_title(word: str) -> bool:
    return word.lower().rstrip(".") in TITLES


def trim(words: Sequence[str], span: NameSpan) -> NameSpan | None:
    """Return the span without article, title, possessive and outer punctuation."""
    start, end = span.start, span.end
    while start < end:
        word = words[start]
        last = end - start == 1
        following = words[start + 1].lower() if not last else ""
        article = word.lower() in _ARTICLES and not last and following not in _KEEP_ARTICLE
        title = span.label == "PER" and _is_title(word) and not last
        if article or title or not any(c.isalnum() for c in word):
            start += 1
        elif span.label == "PER" and following == "." and word.lower() in TITLES:
            start += 2
        else:
            break
    while end > start and (
        words[end - 1].lower() in {"'s", "’s", "'", "’"}
        or not any(c.isalnum() for c in words[end - 1])
    ):
        if words[end - 1] == "." and len(words[end - 2]) <= 3 and end - start > 1:
            break
        end -= 1
    return NameSpan(start=start, end=end, label=span.label) if start < end else None


def label_misc(words: Sequence[str], known: frozenset[tuple[str, ...]]) -> str:
    """Return NORP, EVENT or nothing for a name that its corpus calls miscellaneous."""
    if is_demonym(words, known):
        return "NORP"
    lowered = {word.lower() for word in words}
    return "EVENT" if lowered & EVENT_WORDS and words[0][:1].isupper() else ""


def add_demonyms(
    words: Sequence[str], spans: Iterable[NameSpan], known: frozenset[tuple[str, ...]]
) -> list[NameSpan]:
    """Return the spans with NORP added for demonyms that no name covers."""
    result = sorted(spans)
    taken = {index for span in result for index in range(span.start, span.end)}
    index = 0
    while index < len(words):
        for length in (3, 2, 1):
            end = index + length
            if end > len(words) or taken & set(range(index, end)):
                continue
            chunk = words[index:end]
            at_start = index == 0 and chunk[0].lower() in _COMMON
            if is_demonym(chunk, known) and not at_start:
                result.append(NameSpan(start=index, end=end, label="NORP"))
                index = end - 1
                break
        index += 1
    return sorted(result)


def harmonise(
    words: Sequence[str], spans: Iterable[NameSpan], known: frozenset[tuple[str, ...]]
) -> list[NameSpan]:
    """Return non-overlapping spans under the common guideline; longer spans win.

    Places are given as LOC; they come back as GPE, LOC or FAC.
    """
    kept: list[NameSpan] = []
    for span in spans:
        short = trim(words, span)
        if short is None:
            continue
        chunk = words[short.start : short.end]
        label = short.label
        if label in {"LOC", "ORG", "PER"} and is_demonym(chunk, known):
            label = "NORP"
        if label == "LOC":
            seat = " ".join(chunk).lower() in _SEATS
            label = "ORG" if seat else place_kind(chunk)
        kept.append(NameSpan(start=short.start, end=short.end, label=label))
    kept.sort(key=lambda span: (span.start - span.end, span.start))
    chosen: list[NameSpan] = []
    used: set[int] = set()
    for span in kept:
        cover = set(range(span.start, span.end))
        if not cover & used:
            chosen.append(span)
            used |= cover
    return add_demonyms(words, chosen, known)
