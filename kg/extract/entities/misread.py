"""Corrects names that got the wrong class: two people as one, people as places or bodies.

The evidence is how the rest of the article names its people ("Jean Durand" before "Durand").
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.extract import lexicon
from kg.extract.discourse import Chart, Place, Referent
from kg.iris import slug
from kg.parsing.labels import PEOPLE

_THINGS = ("Place", "Organization", "Event")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?){1,4}")
_LISTED = frozenset({"Country", "Place"})
_LOCATING = frozenset({"in", "at", "near", "from", "to", "into", "outside", "around", "of"})


def pairs(chart: Chart) -> set[int]:
    """Drop mentions such as "the Ruiz-Vega talks", where the hyphen joins the names of two people.

    A double surname is kept if the article also gives it with a first name ("Ana Ruiz-Vega").

    Returns:
        The tokens of dropped mentions with no noun behind them ("Ruiz-Vega lost"). They must not
        be read as a person's name later on.
    """
    alone: set[int] = set()
    single = [p for p in chart.in_order() if p.how == "name" and _hyphenated(chart, p)]
    whole = {
        name.split()[-1]
        for referent in chart.referents
        if chart.is_a(referent, ("Person",))
        for name in referent.names
        if " " in name
    }
    for place in single:
        text = "".join(t.text for t in chart.doc[place.first : place.last + 1])
        if text not in whole and place in chart.mentions:
            chart.drop(place)
            if not _names_something(chart, place):
                alone.update(range(place.first, place.last + 1))
    return alone


def _hyphenated(chart: Chart, place: Place) -> bool:
    """Return whether a person's mention is "A-B" or "A-B-C" and seems to name several people.

    It does before a noun ("the Ruiz-Vega talks"), or if a part is another person's surname.
    """
    tokens = chart.doc[place.first : place.last + 1]
    if len(tokens) < 3 or len(tokens) % 2 == 0 or place.referent.entry is not None:
        return False
    names, hyphens = tokens[::2], tokens[1::2]
    joined = all(t.text == "-" for t in hyphens) and all(t.text[:1].isupper() for t in names)
    if not joined or not chart.is_a(place.referent, ("Person",)):
        return False
    if _names_something(chart, place):
        return True
    return any(_is_surname(chart, t.text, place.referent) for t in names)


def _names_something(chart: Chart, place: Place) -> bool:
    """Return whether a noun stands right behind a name ("the Ruiz-Vega talks")."""
    after = chart.doc[place.last + 1 : place.last + 2]
    return bool(after) and after[0].pos_ == "NOUN"


def _is_surname(chart: Chart, word: str, but: Referent) -> bool:
    """Return whether `word` is the surname of another person (not `but`) named in full."""
    return any(
        name.split()[-1] == word
        for referent in chart.referents
        if referent is not but and chart.is_a(referent, ("Person",))
        for name in referent.names
        if " " in name
    )


def people(chart: Chart) -> None:
    """Turn mentions of places, organisations and events into mentions of a person of that name.

    After "Jean-Luc Durand", "Durand accused" is the person. A mention after a preposition of
    place ("in Durand") is left as it is.
    """
    known: dict[tuple[str, ...], Referent] = {}
    first: dict[Referent, int] = {}
    for place in chart.in_order():
        referent = place.referent
        if place.how != "name" or not chart.is_a(referent, ("Person",)):
            continue
        first.setdefault(referent, place.first)
        for name in referent.names:
            words = tuple(plain(word) for word in name.split())
            for start in range(len(words)):
                if len(words) == 1 and not (name.istitle() and chart.gazetteer.holders(name)):
                    continue  # one word, which may itself be misread
                known.setdefault(words[start:], referent)
    for place in list(chart.in_order()):
        referent = place.referent
        if place.how != "name" or not chart.is_a(referent, _THINGS):
            continue
        if referent.entry is not None and not _acts(chart, place):
            continue
        words = tuple(plain(t.text) for t in chart.doc[place.first : place.last + 1])
        person = known.get(words)
        name = chart.text(place.first, place.last)
        if person is None and (_rules(chart, place, name) or _unlisted(chart, place)):
            person = known[words] = Referent(kind="Person", surnames={name})
            first[person] = place.first
        if person is None or place.first < first[person] or _located(chart, place):
            continue
        chart.drop(place)
        if name not in person.names:
            person.names.append(name)
        again = Place(first=place.first, last=place.last, head=place.head, referent=person)
        again.rule = "surname"
        chart.add(again)


def _rules(chart: Chart, place: Place, name: str) -> bool:
    """Return whether a mention of an organisation is really the name of an office holder.

    True for one word in title case ("Ruiz") if exactly one person with that name held an office
    at the date of the article, by the gazetteer.
    """
    date = chart.parse.article.published
    if not date or place.first < place.last or not name.istitle():
        return False
    if not chart.is_a(place.referent, ("Organization",)):
        return False
    return len({h.id for h in chart.gazetteer.holders(name) if h.start and h.held(date)}) == 1


def governments(chart: Chart) -> None:
    """Turn mentions of provinces and territories that act into mentions of their governments.

    "Western Australia sued" tells what its government does, as "Peru sued" does; "in Western
    Australia" stays the place. Cities are left: "Geneva hosted talks" tells where.
    """
    found: dict[str, Referent] = {}
    for place in list(chart.in_order()):
        referent = place.referent
        if place.how != "name" or referent.kind != "Place" or place.adjective:
            continue
        name = chart.text(place.first, place.last)
        entry = referent.entry
        # Listed cities have a population, and what belongs to no country has no government.
        listed = entry is not None and bool(entry.country) and not entry.fact("population")
        region = listed if entry else place.first < place.last
        if not region or not _deciding(chart, place) or _after_preposition(chart, place):
            continue
        chart.drop(place)
        again = found.setdefault(name, Referent(kind="GovernmentBody", names=[name]))
        chart.add(Place(first=place.first, last=place.last, head=place.head, referent=again))
        chart.mentions[-1].rule = "government"


def _deciding(chart: Chart, place: Place) -> bool:
    """Return whether a mention is the subject of a finite verb, or joined to one."""
    token = chart.doc[place.head]
    while token.dep_ == "conj" and token.head.pos_ == "PROPN":
        token = token.head
    verb = token.head
    return token.dep_ in chart.syntax.labels.subject and verb.pos_ == "VERB"


def _unlisted(chart: Chart, place: Place) -> bool:
    """Return whether one word taken for a place is really a surname: "Okafor praised Peru".

    True if the gazetteer has no such place, it does what actors do, and nothing takes place there.
    """
    if place.first < place.last or place.referent.entry is not None or place.adjective:
        return False
    if place.referent.kind != "Place" or not chart.doc[place.first].text.istitle():
        return False
    if chart.gazetteer.find(chart.text(place.first, place.last)):
        return False
    mentions = [p for p in chart.mentions if p.referent is place.referent]
    if any(_after_preposition(chart, p) for p in mentions):
        return False
    token = chart.doc[place.head]
    while token.dep_ == "conj" and token.head.pos_ == "PROPN":
        token = token.head
    return token.dep_ in chart.syntax.labels.subject and token.head.tag_ in {"VBD", "VBZ", "VBP"}


def _after_preposition(chart: Chart, place: Place) -> bool:
    return bool(place.first) and chart.doc[place.first - 1].lower_ in _LOCATING


def borne(chart: Chart, place: Place) -> bool:
    """Return whether one word that names a country is a person's surname in this article.

    True for "Jordan" after "Ruth Jordan" if nothing else in the article tells of the country: no
    adjective or other name of it, no mention before the person's, none behind a preposition.
    """
    referent = place.referent
    word = plain(chart.doc[place.first].text)
    bearers = [
        p.first
        for p in chart.mentions
        if p.how == "name"
        and p.first < p.last
        and chart.is_a(p.referent, ("Person",))
        and plain(chart.doc[p.last].text) == word
    ]
    mentions = [p for p in chart.mentions if p.referent is referent]
    return bool(bearers) and all(
        p.first == p.last
        and not p.adjective
        and plain(chart.doc[p.first].text) == word
        and p.first > min(bearers)
        and not _after_preposition(chart, p)
        for p in mentions
    )


def forename(chart: Chart, first: int, last: int) -> bool:
    """Return whether a name taken for a place is a person's with the forename of a place.

    "Chad Moreno" is, as nothing of a place's name is in it; "Chad Basin" and "Mexico City" are not.
    """
    doc = chart.doc
    if last != first + 1 or not all(t.is_alpha and t.text.istitle() for t in doc[first : last + 1]):
        return False
    surname = doc[last]
    if surname.dep_ != "flat" or surname.head is not doc[first]:
        return False
    listed = chart.gazetteer.find(doc[first].text)
    known = chart.gazetteer.find(chart.text(first, last)) or chart.gazetteer.find(surname.text)
    common = surname.lower_ in lexicon.NOUNS | lexicon.PLACE_HEADS | lexicon.SITE_HEADS
    return bool(listed) and not known and not common


def with_forename(chart: Chart, first: int) -> int:
    """Return where a name starts with initials, or a place's name: "A.B. Roe", "India Moreno"."""
    if not first:
        return first
    doc = chart.doc
    name, before = doc[first], doc[first - 1]
    if _INITIALS.fullmatch(before.text) and before.ent_type_ in PEOPLE:
        return first - 1
    if not before.text.istitle() or not before.is_alpha or before.tag_ != "NNP":
        return first
    together = before.head in {name, name.head} or name.head is before
    if not together or any(c.dep_ == "case" for c in before.children):
        return first
    found = chart.gazetteer.find(before.text)
    place = bool(found) and found[0].how != "adjective" and found[0].entry.kind in _LISTED
    return first - 1 if place and before.dep_ != "conj" else first


def _acts(chart: Chart, place: Place) -> bool:
    """Return whether a place that the gazetteer knows is the subject of a verb ("Salta said")."""
    head = chart.doc[place.head]
    subject = head.dep_ in chart.syntax.labels.subject and head.head.pos_ == "VERB"
    return subject and place.referent.kind == "Place" and not place.adjective


def _located(chart: Chart, place: Place) -> bool:
    """Return whether the word before a mention suggests a thing or a place ("in", "the")."""
    before = chart.doc[place.first - 1].lower_ if place.first else ""
    if place.first == place.last and chart.doc[place.first].ent_type_ not in PEOPLE:
        return before in _LOCATING | {"the"}
    return before == "the"


@lru_cache(maxsize=10_000)
def plain(word: str) -> str:
    """Return a word of a name without accents and capitals ("Babiš" is "babis")."""
    return slug(word)
