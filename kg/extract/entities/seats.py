"""Decides whether a capital or palace ("Lima") means the place or the government there."""

from __future__ import annotations

from kg.extract import lexicon
from kg.extract.discourse import Chart
from kg.gazetteer import Match
from kg.parsing.tokens import Token

_PLACE_PREPOSITIONS = lexicon.words(
    "in at near outside around inside across throughout into via through within"
)
_MOTION = lexicon.words(
    "travel go fly come return head arrive move send bring visit leave reach enter tour depart"
)
# Verbs with "on" whose object is a government ("called on Lima", "imposed sanctions on Lima").
_ASKING = frozenset(
    {"call", "lean", "prevail", "rely", "count", "depend", "impose", "blame", "pin"}
)
_DEALING = frozenset({"between", "with", "against", "by", "for", "toward", "towards", "of"})
_URBAN = lexicon.words(
    "city capital suburb outskirt north south east west centre center street airport mayor resident"
)
_SPOKEN_FOR = lexicon.words("spokesman spokeswoman spokesperson official government regime leader")


def choose(chart: Chart, matches: tuple[Match, ...], head: Token) -> Match:
    """Return the match that is meant: the government if the capital acts or is dealt with.

    Args:
        chart: the article.
        matches: gazetteer matches of one name, the best first.
        head: the head token of the name.
    """
    seats = [m for m in matches if m.how == "seat"]
    if seats and matches[0].entry.kind == "Place":
        return seats[0] if _acts(chart, head) else matches[0]
    return matches[0]


def _acts(chart: Chart, head: Token) -> bool:
    """Return whether the name has a role that fits a government: subject, object, "with Lima"."""
    token, syntax = head, chart.syntax
    while token.dep_ == "conj":
        token = token.head
    if head.i + 1 < len(chart.doc) and chart.doc[head.i + 1].text == "-":
        return False
    governor = syntax.governor(token)
    labels = syntax.labels
    if token.dep_ in labels.subject | labels.passive_subject:
        return True
    if token.dep_ in labels.possessive:
        return governor.lemma_.lower() not in _URBAN
    if token.dep_ in labels.object | labels.indirect:
        return governor.lemma_.lower() not in _MOTION
    nominal = governor.pos_ in {"NOUN", "PROPN"}
    if token.dep_ in labels.modifier and nominal and token.i < governor.i:
        return governor.lemma_.lower() in _SPOKEN_FOR
    cases = {name for name, found in syntax.prepositions(governor) if found.i == token.i}
    if cases & _PLACE_PREPOSITIONS:
        return False
    if "on" in cases and governor.lemma_.lower() in _ASKING:
        return True
    if "to" in cases or "from" in cases:
        return nominal and governor.lemma_.lower() not in _MOTION | {"visit", "trip"}
    return bool(cases & _DEALING) and governor.lemma_.lower() not in _URBAN
