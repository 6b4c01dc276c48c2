"""Reads public bodies in lower case: "the Iraqi military", "Peru's foreign ministry"."""

from __future__ import annotations

from kg.extract import lexicon
from kg.extract.discourse import Chart, Place, Referent
from kg.extract.entities.nominals import Names
from kg.extract.entities.patterns import POLICY
from kg.parsing.tokens import Token

_HEADS = lexicon.words(
    "military army navy parliament police judiciary cabinet ministry embassy legislature senate "
    "congress court tribunal commission committee council agency department treasury coastguard "
    "presidency"
)
# Nouns that mean a public body only after one of these words: "air force", "central bank".
_COMPOUNDS = {
    "force": frozenset({"air", "police", "defence", "defense"}),
    "forces": frozenset({"armed", "defence", "defense"}),
    "guard": frozenset({"coast", "national", "border", "presidential", "republican"}),
    "guards": frozenset({"border", "revolutionary", "presidential", "republican"}),
    "bank": frozenset({"central", "national", "reserve"}),
    "office": frozenset({"foreign", "presidential", "prosecutor", "statistics"}),
    "service": frozenset({"intelligence", "security", "prison", "immigration", "border"}),
    "services": frozenset({"intelligence", "security", "emergency"}),
    "bureau": frozenset({"security", "statistics", "intelligence", "investigation"}),
    "directorate": frozenset({"security", "intelligence"}),
    "assembly": frozenset({"national", "constituent", "legislative"}),
    "chamber": frozenset({"upper", "lower"}),
    "authority": frozenset({"electoral", "election", "aviation", "ports", "antitrust"}),
}
_RANKS = frozenset({"supreme", "constitutional", "high", "national", "federal", "central"})
_ALONE = frozenset({"military", "army", "navy", "parliament", "judiciary"})
_BEFORE = frozenset[str]().union(*_COMPOUNDS.values())
# Heads with a policy field before them: each state has one such body ("finance ministry").
_PORTFOLIOS = frozenset({"ministry", "department"})
_DEFINITE = frozenset({"the", "this", "that"})
_OF = frozenset({"of", "in"})


def find(chart: Chart, token: Token, names: Names) -> tuple[int, Referent] | None:
    """Return first token and referent of the public body with the head `token`, None if it is none.

    The body's country is named beside it ("Peru's foreign ministry") or is the one country in the
    sentences before. The referent is linked to the gazetteer if that has the body's name.
    """
    if not _is_body(chart, token) or token.text[:1].isupper():
        return None
    lemma = token.lemma_.lower()
    if chart.syntax.determiners(token) - _DEFINITE:
        return None
    first = token.i
    while first > 0 and chart.at[first - 1] is None and _qualifies(chart.doc[first - 1]):
        first -= 1
    while first < token.i and chart.doc[first].lower_ == "and":
        first += 1
    kind = chart.text(first, token.i)
    owner = _owner(chart, token)
    if owner is not None and owner.last < first:
        return owner.first, _referent(chart, owner.referent, kind, chart.text(owner.first, token.i))
    if owner is not None:
        return first, _referent(chart, owner.referent, kind, f"{kind} of {owner.referent.name}")
    definite = bool(chart.syntax.determiners(token) & _DEFINITE)
    country = _seat(chart, token)
    if country is None and (first < token.i or lemma in _ALONE):
        country = names.country(token) or (_teller(chart, token) if definite else None)
    if country is not None:
        return first, _referent(chart, country, kind, kind)
    if definite and first < token.i and lemma in _PORTFOLIOS:
        return first, _unowned(chart, kind)
    return None


def _is_body(chart: Chart, token: Token) -> bool:
    """Return whether a noun means a public body, alone ("army") or with the word before it."""
    if token.tag_ == "NN" and token.lemma_.lower() in _HEADS:
        return True
    before = chart.doc[token.i - 1].lower_ if token.i else ""
    return token.tag_ in {"NN", "NNS"} and before in _COMPOUNDS.get(token.lower_, ())


def _qualifies(word: Token) -> bool:
    if word.lower_ in POLICY | _RANKS | _BEFORE | {"affairs", "and"}:
        return True
    portfolio = word.dep_ == "compound" and word.tag_ == "NN"
    return portfolio and word.head.lemma_.lower() in _PORTFOLIOS


def _seat(chart: Chart, token: Token) -> Referent | None:
    """Return the country of the city in "the defence ministry in Lima"."""
    for name, head in chart.syntax.prepositions(token):
        place = chart.mention(head)
        entry = place.referent.entry if place is not None else None
        if name != "in" or entry is None or entry.country is None:
            continue
        found = chart.gazetteer.entry(entry.country)
        return chart.linked(found) if found is not None else None
    return None


def _teller(chart: Chart, token: Token) -> Referent | None:
    """Return the country that is the subject of what the body says.

    In "Peru will pay, the finance ministry said" the ministry is Peru's.
    """
    verb = token.head
    if token.dep_ not in chart.syntax.labels.subject:
        return None
    for clause in chart.syntax.clauses(verb):
        for subject in chart.syntax.surface_subject(clause):
            place = chart.at[subject.i]
            if place is not None and place.referent.kind == "Country" and subject.i < token.i:
                return place.referent
    return None


def _unowned(chart: Chart, name: str) -> Referent:
    """Return the article's body of that name, else a new one whose country is unknown."""
    for referent in chart.referents:
        if referent.kind == "GovernmentBody" and name.lower() in {
            n.lower() for n in referent.names
        }:
            return referent
    return Referent(kind="GovernmentBody", names=[name], described=True, local=True)


def _owner(chart: Chart, token: Token) -> Place | None:
    """Return the mention of a body's country: modifier, possessor or phrase with "of" or "in"."""
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
    """Return a country's body: from the gazetteer, else from the article, else a new referent.

    Args:
        chart: the article.
        country: the country of the body.
        kind: the words for the body without the country ("foreign ministry").
        name: its name in the text.
    """
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
