"""Helpers for mentions by description ("Turkish troops"): first token, country, registration."""

from __future__ import annotations

from kg.extract.discourse import Chart, Place, Referent
from kg.parsing.tokens import Token

_DEFINITE = frozenset(
    {"the", "this", "that", "these", "those", "their", "his", "her", "its", "our"}
)
_ARTICLES = frozenset({"a", "an"})


def first_modifier(chart: Chart, token: Token) -> int:
    """Return the index of the first token of the noun phrase headed by `token`.

    A leading determiner or possessive pronoun ("the", "their") is left out. Modifiers that begin
    more than 8 tokens before the head are ignored (chosen, not measured).
    """
    first = token.i
    for child in token.children:
        if child.i < first and child.dep_ in {
            "amod", "compound", "nummod", "nmod:poss", "poss", "nmod", "nmod:desc", "nmod:unmarked",
        }:  # fmt: skip
            low = child.left_edge.i
            if token.i - low <= 8:
                first = min(first, low)
    for index in range(token.i - 1, first - 1, -1):
        if chart.doc[index].lower_ in _DEFINITE | _ARTICLES:
            return index + 1
    while first < token.i and chart.doc[first].lower_ in {",", "'s", "and", "or"}:
        first += 1
    return first


def country_modifier(chart: Chart, token: Token) -> Place | None:
    """Return the country named by a modifier or possessor of `token` ("Turkish troops")."""
    for child in [*chart.syntax.modifiers(token), *chart.syntax.possessors(token)]:
        relative = child.tag_ == "WP$" and chart.syntax.clause_of(token)
        place = chart.at[relative.head.i] if relative else chart.at[child.i]
        if place is not None and chart.is_a(place.referent, ("Country",)):
            return place
    return None


def country_of(chart: Chart, token: Token) -> Place | None:
    """Return the country in "the Government of Peru"."""
    for name, head in chart.syntax.prepositions(token):
        place = chart.at[head.i]
        if name == "of" and place is not None and chart.is_a(place.referent, ("Country",)):
            return place
    return None


def describe(chart: Chart, token: Token, first: int, last: int, referent: Referent) -> None:
    """Add a mention of `referent` by description: tokens `first..last`, headed by `token`.

    `chart.covers` then leads from the head and its direct dependents to the mention, except
    where a token already belongs to a name.
    """
    place = Place(first=first, last=last, head=token.i, referent=referent, how="description")
    place.rule = "description"
    chart.mentions.append(place)
    if referent not in chart.referents:
        chart.referents.append(referent)
    for index in range(first, last + 1):
        if chart.at[index] is None and chart.covers[index] is None:
            inside = index == token.i or chart.doc[index].head.i == token.i
            if inside and index <= token.i:
                chart.covers[index] = place
