"""Reads groups of people without a name: "European leaders", "officials in Lima"."""

from __future__ import annotations

from kg.extract import lexicon
from kg.extract.discourse import Chart, Referent
from kg.extract.entities.describing import country_modifier, country_of, describe, first_modifier
from kg.extract.entities.people import holders_of
from kg.parsing.tokens import Token

_THE = frozenset({"the", "these", "those"})
_COLLECTIVE = frozenset({"police", "opposition"})
_BEFORE_GERUND = frozenset({"of", "from", "for", "without", "with"})
_PAIR = frozenset({"two", "both", "three"})
_BELONGING = frozenset({"of", "in", "from", "within", "inside", "at"})
_PEOPLE_ENDINGS = (
    "man", "men", "woman", "women", "worker", "goer", "holder", "seeker", "keeper", "fighter",
    "officer", "maker", "leader", "owner", "player", "speaker", "person", "dweller", "ician",
    "bearer", "coastguard", "nationalist", "activist", "scientist", "specialist", "terrorist",
    "extremist", "motorist", "ecologist", "unionist", "loyalist",
)  # fmt: skip
_SOME = frozenset({"some", "many", "several", "most"})
_LONGEST_HOME = 7  # tokens from the noun to the end of "in Lima"; chosen, not measured
_PAIR_HEADS = lexicon.words(
    "side country nation leader party president minister state neighbour neighbor government "
    "capital man counterpart ally power"
)
_STATE_HEADS = frozenset(
    ["government", "side", "regime", "state", "administration", "republic", "nation"]
)


def are_people(token: Token, lemma: str) -> bool:
    """Return whether a noun means people who can act as a group.

    Either the lexicon lists its lemma, or it is a plural with an ending such as "workers".
    """
    made = token.tag_ == "NNS" and lemma.endswith(_PEOPLE_ENDINGS)
    return made or lemma in lexicon.GROUP_HEADS


def read(chart: Chart, token: Token, lemma: str, groups: dict[str, Referent]) -> None:
    """Add a mention of the group that the noun `token` describes.

    Args:
        chart: the article.
        token: the noun.
        lemma: its lemma, in lower case.
        groups: earlier groups by their words in lower case; a new one is added.
    """
    numbers = {c.lower_ for c in token.children if c.dep_ in {"nummod", "det"}}
    if lemma in _PAIR_HEADS and numbers & _PAIR and country_modifier(chart, token) is None:
        return  # "the two sides" is resolved later, as coreference
    country = country_modifier(chart, token)
    if lemma == "administration" and not token.tag_.endswith("S"):
        body = _administration(chart, token)
        if body is not None:
            describe(chart, token, first_modifier(chart, token), token.i, body)
            return
    plural = token.tag_ in {"NNS", "NNPS"}
    if lemma in _STATE_HEADS and not plural:
        state = country or country_of(chart, token)
        if state is not None:
            chart.covers[token.i] = state
            return
    if (lemma in lexicon.COUNTRY_HEADS or lemma == "side") and not plural:
        return
    members = _members(chart, token, lemma) if plural else ()
    first = first_modifier(chart, token)
    before = chart.doc[first - 1].lower_ if first else ""
    gerund = chart.doc[first].pos_ == "VERB" and chart.doc[first].text.islower()
    if gerund and first < token.i and before in _BEFORE_GERUND:
        first += 1  # "accused Peru of sheltering members": a gerund and its object
    last = _home(chart, token)
    name = chart.text(first, last)
    if plural and first == last and not members and not numbers - _THE:
        known = _group_before(chart, token, lemma)
        if known is not None:
            describe(chart, token, first, token.i, known)
            return
    if not plural and first == last and lemma not in _COLLECTIVE:
        return
    key = name.lower()
    referent = groups.get(key)
    if referent is None:
        kind = "ArmedGroup" if _armed(token, lemma) else "Group"
        referent = Referent(kind=kind, names=[name], described=True, plural=True)
        if members:
            referent.members = members
        elif first != last:
            groups[key] = referent
        else:
            referent.local = True
    describe(chart, token, first, token.i, referent)


def some_of_a_people(chart: Chart, token: Token) -> None:
    """Read "ethnic Albanians" or "thousands of Nigerians" as a group, not as the country."""
    place = chart.at[token.i]
    if place is None or not place.adjective or not token.lower_.endswith("s"):
        return
    if token.dep_ in {"amod", "compound"} or place.first < place.last:
        return
    of = any(name == "of" for name, _ in chart.syntax.governed(token))
    counted = any(c.dep_ in {"amod", "nummod"} or c.lower_ in _SOME for c in token.children)
    if counted or (of and token.head.lemma_.lower() in lexicon.PARTITIVES):
        first = first_modifier(chart, token)
        names = [chart.text(first, _home(chart, token))]
        referent = Referent(kind="Group", names=names, described=True, plural=True)
        describe(chart, token, first, token.i, referent)
        chart.at[token.i] = chart.mentions[-1]


def _home(chart: Chart, token: Token) -> int:
    """Return the last token of a group's place phrase ("officials in Lima"), else of the noun."""
    last = token.i
    for name, head in chart.syntax.prepositions(token):
        tail = [t.i for t in head.subtree]
        beside = tail[0] == last + 1 and tail[-1] - token.i <= _LONGEST_HOME
        if name not in _BELONGING or not beside or len(tail) != tail[-1] - tail[0] + 1:
            break
        gerund = chart.doc[tail[1]].text if len(tail) > 1 else ""
        if gerund.islower() and gerund.endswith("ing"):
            break  # "accused Peruvians of insulting Chile"
        if not any(p is not None and p.how == "name" for p in chart.at[tail[0] : tail[-1] + 1]):
            break
        last = tail[-1]
    return last


def _group_before(chart: Chart, token: Token, lemma: str) -> Referent | None:
    """Return the antecedent of a bare plural ("leaders"): the last group with the same noun.

    That group must have a modifier before the noun ("G7 leaders"). None if the plural has a place
    or owner of its own ("leaders in Lima").
    """
    if any(name in _BELONGING for name, _ in chart.syntax.prepositions(token)):
        return None
    for place in reversed(chart.mentions):
        if place.how == "name":
            break  # descriptions stand after all names
        head = chart.doc[place.head]
        longer = place.first < place.head and head.lemma_.lower() == lemma
        longer = longer and head.tag_ == token.tag_
        if longer and place.referent.plural and head.i < token.i:
            return place.referent
    return None


def _armed(token: Token, lemma: str) -> bool:
    """Return whether noun or modifier mean an armed group that is not a state's ("rebels")."""
    modifiers = {c.lower_ for c in token.children if c.i < token.i}
    return lemma in lexicon.ARMED_HEADS or bool(modifiers & lexicon.ARMED_MODIFIERS)


def _members(chart: Chart, token: Token, lemma: str) -> tuple[Referent, ...]:
    """Return the people meant by "the ministers" if the article named two or more with that office.

    Otherwise an empty tuple.
    """
    if not {c.lower_ for c in token.children} & {"the", "these"} or lemma not in lexicon.ROLE_HEADS:
        return ()
    whose = any(name in _BELONGING for name, _ in chart.syntax.prepositions(token))
    if whose or country_modifier(chart, token) is not None:
        return ()  # "the foreign ministers of the bloc" are not all ministers that are named
    named = [
        r
        for r in holders_of(chart, token)
        if any(p.referent is r and p.first < token.i and p.how == "name" for p in chart.mentions)
    ]
    return tuple(named) if len(named) > 1 else ()


def _administration(chart: Chart, token: Token) -> Referent | None:
    """Return the gazetteer's body for an "administration", None if it has none.

    The modifier is the president ("the Trump administration") or the country ("the US
    administration").
    """
    for child in [*chart.syntax.modifiers(token), *chart.syntax.possessors(token)]:
        place = chart.at[child.i]
        if place is None:
            continue
        owner = place.referent
        countries = [owner, *(o.of for o in chart.offices if o.holder is owner and o.of)]
        for country in countries:
            known = country.entry.fact("administration") if country.entry is not None else ""
            body = chart.gazetteer.entry(known) if known else None
            if body is not None:
                return chart.linked(body)
    return None
