"""Finds later mentions of a name in another spelling: acronyms and lower-case head nouns."""

from __future__ import annotations

import re

from kg.extract.discourse import Chart, Place

_ACRONYM = re.compile(r"[A-Z][A-Za-z.\-]{1,9}")


def find(chart: Chart) -> None:
    """Add mentions by acronym ("SDF") and by a name with a lower-case head ("Liberal party")."""
    _acronyms(chart)
    _retold(chart)


def _retold(chart: Chart) -> None:
    """Find "the Liberal party" again after "Liberal Party"."""
    known: dict[tuple[str, ...], Place] = {}
    for place in chart.in_order():
        if place.first < place.last and chart.is_a(place.referent, ("Organization",)):
            words = tuple(t.lower_ for t in chart.doc[place.first : place.last + 1])
            known.setdefault(words, place)
    capitalised: dict[str, list[int]] = {}
    for token in chart.doc:
        if token.text[:1].isupper():
            capitalised.setdefault(token.lower_, []).append(token.i)
    for words, place in known.items():
        for start in capitalised.get(words[0], ()):
            end = start + len(words)
            if start <= place.last or tuple(t.lower_ for t in chart.doc[start:end]) != words:
                continue
            inside = {id(p): p for p in chart.at[start:end] if p is not None}.values()
            if any(p.referent is place.referent or not p.adjective for p in inside):
                continue
            for old in inside:
                chart.drop(old)
            head = chart.doc.top(start, end - 1).i
            again = Place(first=start, last=end - 1, head=head, referent=place.referent)
            again.rule = "retold"
            chart.add(again)
            name = chart.text(start, end - 1)
            if name not in place.referent.names:
                place.referent.names.append(name)


def _acronyms(chart: Chart) -> None:
    """Add "SDF" to the names of "Syrian Democratic Forces (SDF)", and its mentions elsewhere."""
    doc = chart.doc
    for place in list(chart.in_order()):
        opening, inner = place.last + 1, place.last + 2
        if inner + 1 >= len(doc) or doc[opening].text != "(" or doc[inner + 1].text != ")":
            continue
        acronym = doc[inner].text
        if chart.is_a(place.referent, ("Person", "Country", "Place")):
            continue
        if not _ACRONYM.fullmatch(acronym) or sum(c.isupper() for c in acronym) < 2:
            continue
        for other in list(chart.referents):
            if acronym in other.names and other is not place.referent and other.entry is None:
                chart.merge(place.referent, other)
        if acronym not in place.referent.names:
            place.referent.names.append(acronym)
        for token in doc:
            if token.text == acronym and chart.at[token.i] is None:
                short = Place(first=token.i, last=token.i, head=token.i, referent=place.referent)
                short.rule = "acronym"
                chart.add(short)
