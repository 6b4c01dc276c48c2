"""Adds mentions by description: groups, officials without a name, events and agreements.

All of them enter the chart; only those that a statement uses become entities of the article.
"""

from __future__ import annotations

from kg.extract import lexicon
from kg.extract.discourse import Chart, Place, Referent
from kg.extract.entities import bodies, events, groups, roles
from kg.extract.entities.describing import country_modifier, describe, first_modifier
from kg.extract.entities.nominals import Names
from kg.parsing.tokens import Token

_REGIONS = frozenset(
    {"region", "area", "province", "district", "peninsula", "city", "town", "village", "capital"}
    | {"island", "port", "municipality", "county", "stronghold", "suburb"}
)


def find(chart: Chart) -> None:
    """Register the descriptions in the article, in text order."""
    known = events.Events(chart)
    names = Names(chart)
    known_groups: dict[str, Referent] = {}
    for token in chart.doc:
        if chart.mention(token) is not None:
            groups.some_of_a_people(chart, token)
            continue
        if token.pos_ not in {"NOUN", "PROPN"}:
            continue
        if _part_of_name(chart, token) or _is_month(chart, token):
            continue
        lemma = token.lemma_.lower()
        if _introduces(chart, token, lemma):
            chart.covers[token.i] = chart.at[token.i + 1]
        elif token.tag_ == "NN" and _named_before(chart, token, lemma, names):
            continue
        elif (body := bodies.find(chart, token, names)) is not None:
            describe(chart, token, body[0], token.i, body[1])
        elif lemma in lexicon.FORCE_HEADS and country_modifier(chart, token) is not None:
            _as_state(chart, token)
        elif lemma in lexicon.EVENT_HEADS or lemma in lexicon.AGREEMENT_HEADS:
            described = known.read(token, lemma, first_modifier(chart, token))
            if described is not None:
                describe(chart, token, *described)
        elif lemma in lexicon.ROLE_HEADS and token.tag_ in {"NN", "NNP"}:
            roles.read(chart, token, lemma)
        elif lemma == "capital" and (city := _capital(chart, token)) is not None:
            describe(chart, token, first_modifier(chart, token), token.i, city)
        elif (named := _place_named(chart, token, lemma)) is not None:
            chart.covers[token.i] = named
        elif lemma in lexicon.PLACE_HEADS:
            _place(chart, token, known_groups)
        elif groups.are_people(token, lemma) or lemma in lexicon.COUNTRY_HEADS:
            groups.read(chart, token, lemma, known_groups)


def _introduces(chart: Chart, token: Token, lemma: str) -> bool:
    """Return whether a noun stands right before the name it describes ("airline Air Peru")."""
    if token.i + 1 >= len(chart.doc) or token.tag_ not in {"NN", "NNP"}:
        return False
    place = chart.at[token.i + 1]
    if place is None or place.adjective or chart.is_a(place.referent, ("Place", "Country")):
        return False
    return lemma in lexicon.GROUP_HEADS | lexicon.ORGANISATION_HEADS | lexicon.OUTLET_COMMON


def _is_month(chart: Chart, token: Token) -> bool:
    """Return whether a word such as "March" is a month, not an event.

    It has a capital, no determiner, and does not begin the sentence.
    """
    named = token.lower_ in lexicon.MONTHS and token.text[:1].isupper()
    return named and not token.is_sent_start and not chart.syntax.determiners(token)


def _part_of_name(chart: Chart, token: Token) -> bool:
    return token.dep_ in chart.syntax.labels.name_part and chart.at[token.head.i] is not None


def _as_state(chart: Chart, token: Token) -> None:
    place = country_modifier(chart, token)
    if place is not None:
        chart.covers[token.i] = place


def _named_before(chart: Chart, token: Token, lemma: str, names: Names) -> bool:
    """Resolve "the embassy" to an earlier name and add the mention; return whether that worked."""
    if country_modifier(chart, token) is not None:
        return False
    referent = names.resolve(token, lemma)
    if referent is not None:
        describe(chart, token, token.i, token.i, referent)
    return referent is not None


def _place_named(chart: Chart, token: Token, lemma: str) -> Place | None:
    """Return the place in "the town of Kono", "the capital Juba", "the Gaza region"."""
    if lemma not in _REGIONS or token.tag_ not in {"NN", "NNP"}:
        return None
    found = [head for name, head in chart.syntax.prepositions(token) if name == "of"]
    found += chart.syntax.appositions(token)
    near = [chart.at[head.i] for head in found]
    near += chart.at[token.i + 1 : token.i + 2]
    near += [p for p in chart.at[token.i - 1 : token.i] if token.i and p is not None]
    return next((p for p in near if p is not None and p.referent.kind == "Place"), None)


def _capital(chart: Chart, token: Token) -> Referent | None:
    """Return the referent of "the Chinese capital": the city, by the gazetteer."""
    country = country_modifier(chart, token)
    entry = country.referent.entry if country is not None else None
    if entry is None or token.tag_ != "NN":
        return None
    for match in chart.gazetteer.find(entry.fact("capital", "")):
        if match.entry.kind == "Place":
            return chart.linked(match.entry)
    return None


def _place(chart: Chart, token: Token, known: dict[str, Referent]) -> None:
    """Add a mention of a place without a name ("an army base").

    A later "the base" is the same place; `known` holds the places by their noun.
    """
    first = first_modifier(chart, token)
    definite = chart.syntax.determiners(token) & {"the", "this", "that"}
    key = token.lemma_.lower()
    referent = known.get(f"place {key}") if definite and first == token.i else None
    if referent is None:
        if first == token.i and (not definite or key in _REGIONS):
            return  # "the region" by itself is no place in particular
        referent = Referent(kind="Place", names=[], described=True, local=True)
        known[f"place {key}"] = referent
    name = chart.text(first, token.i)
    if name not in referent.names:
        referent.names.append(name)
    describe(chart, token, first, token.i, referent)
