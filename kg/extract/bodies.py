"""Public bodies written in lower case: "the Iraqi military", "Peru's foreign ministry"."""

from __future__ import annotations

from kg.extract import lexicon
from kg.extract.discourse import Chart, Place, Referent
from kg.extract.nominals import Names
from kg.extract.patterns import POLICY
from kg.extract.tokens import Token

_HEADS = lexicon.words(
    "military army navy parliament police judiciary cabinet ministry embassy legislature senate "
    "congress court tribunal commission committee council agency department treasury coastguard"
)
_RANKS = frozenset({"supreme", "constitutional", "high", "national", "federal", "central"})
_ALONE = frozenset({"military", "army", "navy", "parliament", "judiciary"})
_DEFINITE = frozenset({"the", "this", "that"})
_OF = frozenset({"of", "in"})


def find(chart: Chart, token: Token, names: Names) -> tuple[int, Referent] | None:
    """Return the first token and the referent of the body that `token` heads, if it does.

    A body has an owner, named beside it or the one country that the sentences before speak of; it
    is linked when the gazetteer has its name.
    """
    lemma = token.lemma_.lower()
    if lemma not in _HEADS or token.tag_ != "NN" or token.text[:1].isupper():
        return None
    if chart.syntax.determiners(token) - _DEFINITE:
        return None
    first = token.i
    while first > 0 and chart.at[first - 1] is None and _qualifies(chart.doc[first - 1]):
        first -= 1
    while first < token.i and chart.doc[first].lower_ == "and":
        first += 1
    kind = chart.text(first, token.i)
    owner = _owner(chart, token)
    if owner is None and (first < token.i or lemma in _ALONE):
        country = names.country(token)
        if country is not None:
            return first, _referent(chart, country, kind, kind)
    if owner is None:
        return None
    if owner.last < first:
        return owner.first, _referent(chart, owner.referent, kind, chart.text(owner.first, token.i))
    return first, _referent(chart, owner.referent, kind, f"{kind} of {owner.referent.name}")


def _qualifies(word: Token) -> bool:
    return word.lower_ in POLICY | _RANKS or word.lower_ in {"affairs", "and", "air", "armed"}


def _owner(chart: Chart, token: Token) -> Place | None:
    """Return the country that a body is of: modifier, possessor or "of" phrase."""
    for child in [*chart.syntax.modifiers(token), *chart.syntax.possessors(token)]:
        place = chart.mention(child)
        if place is not None and chart.is_a(place.referent, ("Country",)):
            return place
    for name, head in chart.syntax.prepositions(token):
        place = chart.mention(head)
        if name in _OF and place is not None and chart.is_a(place.referent, ("Country",)):
            return place
    return None


def _referent(chart: Chart, country: Referent, kind: str, name: str) -> Referent:
    """Return the body of that kind and country, the one known already before a new one."""
    adjectives = country.entry.adjectives if country.entry is not None else ()
    for spelling in (name, *(f"{word} {kind.title()}" for word in adjectives)):
        for match in chart.gazetteer.find(spelling):
            return chart.linked(match.entry)
    wanted = {kind.lower(), name.lower(), *(f"{word} {kind}".lower() for word in adjectives)}
    for referent in chart.referents:
        if chart.is_a(referent, ("GovernmentBody",)):
            if wanted & {n.lower() for n in referent.names}:
                return referent
    return Referent(kind="GovernmentBody", names=[name], described=True, local=name == kind)
