"""Capitals and palaces: the place, or the government that sits there."""

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
# What is asked of a seat of power, or done to it ("called on Lima", "imposed sanctions on Lima").
_ASKING = frozenset(
    {"call", "lean", "prevail", "rely", "count", "depend", "impose", "blame", "pin"}
)
_DEALING = frozenset({"between", "with", "against", "by", "for", "toward", "towards", "of"})
_URBAN = lexicon.words(
    "city capital suburb outskirt north south east west centre center street airport mayor resident"
)
_SPOKEN_FOR = lexicon.words("spokesman spokeswoman spokesperson official government regime leader")


def choose(chart: Chart, matches: tuple[Match, ...], head: Token) -> Match:
    """Choose among entries of one name: a capital that acts or is dealt with is its government."""
    seats = [m for m in matches if m.how == "seat"]
    if seats and matches[0].entry.kind == "Place":
        return seats[0] if _acts(chart, head) else matches[0]
    return matches[0]


def _acts(chart: Chart, head: Token) -> bool:
    """Return whether a seat of power stands where an actor would."""
    token, syntax = head, chart.syntax
    while token.dep_ == "conj":
        token = token.head
    if head.i + 1 < len(chart.doc) and chart.doc[head.i + 1].text == "-":
        return False
    governor = token.head
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
