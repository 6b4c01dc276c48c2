"""Things known by description: groups, officials without a name, events and agreements.

Every description is read, but only those that a statement needs become entities of the article.
"""

from __future__ import annotations

from kg.extract import authors, bodies, events, lexicon
from kg.extract.discourse import PUBLIC, Chart, Office, Place, Referent
from kg.extract.nominals import Names
from kg.extract.people import holders_of
from kg.extract.tokens import Token

_DEFINITE = frozenset(
    {"the", "this", "that", "these", "those", "their", "his", "her", "its", "our"}
)
_EXPERTS = frozenset({"analyst", "expert", "scholar", "researcher", "professor", "historian"})
_THE = frozenset({"the", "these", "those"})
_ARTICLES = frozenset({"a", "an"})
_REGIONS = frozenset(
    {"region", "area", "province", "district", "peninsula", "city", "town", "village", "capital"}
    | {"island", "port", "municipality", "county", "stronghold", "suburb"}
)
_SPEAKERS = frozenset({"spokesman", "spokeswoman", "spokesperson"})
_COLLECTIVE = frozenset({"police", "opposition"})
_PAIR = frozenset({"two", "both", "three"})
_BELONGING = frozenset({"of", "in", "from", "within", "inside", "at"})
_PEOPLE_ENDINGS = (
    "men", "man", "women", "woman", "ist", "worker", "guard", "guardsman", "goer", "holder",
    "seeker", "keeper", "fighter", "officer", "maker", "leader", "owner", "player", "speaker",
    "person", "people", "hiker", "dweller", "breaker", "teacher", "ician", "bearer", "runner",
)  # fmt: skip
_SOME = frozenset({"some", "many", "several", "most"})
_LONGEST_HOME = 7  # tokens
_PAIR_HEADS = lexicon.words(
    "side country nation leader party president minister state neighbour neighbor government "
    "capital man counterpart ally power"
)
_STATE_HEADS = frozenset(
    ["government", "side", "regime", "state", "administration", "republic", "nation"]
)


def find(chart: Chart) -> None:
    """Register the descriptions in the article, in text order."""
    known = events.Events(chart)
    names = Names(chart)
    groups: dict[str, Referent] = {}
    for token in chart.doc:
        if chart.mention(token) is not None:
            _some_of_a_people(chart, token)
            continue
        if token.pos_ not in {"NOUN", "PROPN"}:
            continue
        if _part_of_name(chart, token):
            continue
        lemma = token.lemma_.lower()
        if _introduces(chart, token, lemma):
            chart.covers[token.i] = chart.at[token.i + 1]
        elif token.tag_ == "NN" and _named_before(chart, token, lemma, names):
            continue
        elif (body := bodies.find(chart, token, names)) is not None:
            _describe(chart, token, body[0], token.i, body[1])
        elif lemma in lexicon.FORCE_HEADS and _country_modifier(chart, token) is not None:
            _as_state(chart, token)
        elif lemma in lexicon.EVENT_HEADS or lemma in lexicon.AGREEMENT_HEADS:
            described = known.read(token, lemma, _first_modifier(chart, token))
            if described is not None:
                _describe(chart, token, *described)
        elif lemma in lexicon.ROLE_HEADS and token.tag_ in {"NN", "NNP"}:
            _role(chart, token, lemma)
        elif (named := _place_named(chart, token, lemma)) is not None:
            chart.covers[token.i] = named
        elif lemma in lexicon.PLACE_HEADS:
            _place(chart, token, groups)
        elif _are_people(token, lemma) or lemma in lexicon.COUNTRY_HEADS:
            _group(chart, token, lemma, groups)


def _are_people(token: Token, lemma: str) -> bool:
    """Return whether a noun is of people who may act together, by itself or by its ending."""
    made = token.tag_ == "NNS" and lemma.endswith(_PEOPLE_ENDINGS)
    return made or lemma in lexicon.GROUP_HEADS


def _introduces(chart: Chart, token: Token, lemma: str) -> bool:
    """Return whether a noun stands right before the name it describes ("airline Air Peru")."""
    if token.i + 1 >= len(chart.doc) or token.tag_ not in {"NN", "NNP"}:
        return False
    place = chart.at[token.i + 1]
    if place is None or place.adjective or chart.is_a(place.referent, ("Place", "Country")):
        return False
    return lemma in lexicon.GROUP_HEADS | lexicon.ORGANISATION_HEADS | lexicon.OUTLET_COMMON


def _part_of_name(chart: Chart, token: Token) -> bool:
    return token.dep_ in chart.syntax.labels.name_part and chart.at[token.head.i] is not None


def _first_modifier(chart: Chart, token: Token) -> int:
    """Return where the noun phrase of `token` starts, determiners and possessors left out."""
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


def _country_modifier(chart: Chart, token: Token) -> Place | None:
    """Return the country named by a modifier or possessor of `token` ("Turkish troops")."""
    for child in [*chart.syntax.modifiers(token), *chart.syntax.possessors(token)]:
        relative = child.tag_ == "WP$" and chart.syntax.clause_of(token)
        place = chart.at[relative.head.i] if relative else chart.at[child.i]
        if place is not None and chart.is_a(place.referent, ("Country",)):
            return place
    return None


def _country_of(chart: Chart, token: Token) -> Place | None:
    """Return the country in "the Government of Peru"."""
    for name, head in chart.syntax.prepositions(token):
        place = chart.at[head.i]
        if name == "of" and place is not None and chart.is_a(place.referent, ("Country",)):
            return place
    return None


def _as_state(chart: Chart, token: Token) -> None:
    place = _country_modifier(chart, token)
    if place is not None:
        chart.covers[token.i] = place


def _role(chart: Chart, token: Token, lemma: str) -> None:
    """Resolve "the president", "the Russian leader"; or read "a ministry spokesman" as someone."""
    owner = _owner(chart, token)
    determiner = chart.syntax.determiners(token)
    named = _named_after(chart, token)
    if named is not None:
        _describe(chart, token, token.i, token.i, named)
        return
    known = [
        r for r in holders_of(chart, token) if owner is None or _belongs(chart, r, owner.referent)
    ]
    if not known and lemma == "leader" and owner is not None:
        known = [
            o.holder
            for o in reversed(chart.offices)
            if o.of is owner.referent and o.title.lower().endswith(("president", "minister"))
        ]
    earlier = _likely(chart, token, known) if owner is None else known
    earlier = [
        r for r in earlier if any(p.referent is r and p.first < token.i for p in chart.mentions)
    ]
    if earlier and ("the" in determiner or owner is not None or not determiner):
        _describe(chart, token, token.i, token.i, earlier[0])
        return
    first = _first_modifier(chart, token)
    if owner is None:
        _unnamed(chart, token, lemma, first, determiner)
        return
    name = chart.text(first, token.i)
    referent = Referent(kind="Official", names=[name], described=True)
    if not chart.is_a(owner.referent, PUBLIC):
        referent.kind = "Person"
    _describe(chart, token, first, token.i, referent)
    chart.offices.append(
        Office(
            holder=referent,
            title=chart.text(_after(chart, owner, first, token.i), token.i),
            of=owner.referent,
            first=min(first, owner.first),
            last=token.i,
        )
    )


def _named_after(chart: Chart, token: Token) -> Referent | None:
    """Return who is named behind a role ("a spokesman for the army, Juan Perez, said")."""
    for _, head in chart.syntax.prepositions(token):
        for apposition in chart.syntax.appositions(head):
            place = chart.at[apposition.i]
            if place is not None and chart.is_a(place.referent, ("Person",)):
                return place.referent
    for apposition in chart.syntax.appositions(token):
        place = chart.mention(apposition)
        if place is not None and place.how == "name" and chart.is_a(place.referent, ("Person",)):
            return place.referent
    return None


def _likely(chart: Chart, token: Token, known: list[Referent]) -> list[Referent]:
    """Return who "the president" may be: of the publisher's country, nobody beside it.

    A state's own publication means its own president, whoever else has that office.
    """
    verb = token.head
    beside = {id(p.referent) for p in chart.mentions if chart.doc[p.head].head is verb}
    if token.dep_ in chart.syntax.labels.subject:
        known = [r for r in known if id(r) not in beside]
    home = authors.house(chart)
    if home is None or home.kind != "Country":
        return known
    foreign = {id(o.holder) for o in chart.offices if o.of is not None and o.of is not home}
    return [r for r in known if id(r) not in foreign]


def _unnamed(chart: Chart, token: Token, lemma: str, first: int, determiner: set[str]) -> None:
    """Read "a senior administration official" as somebody, and "the official" as him again."""
    name = chart.text(first, token.i)
    if determiner & {"the", "this"} or first == token.i:
        for place in sorted(chart.mentions, key=lambda p: -p.first):
            known = place.referent
            same = known.described and known.names and known.names[0].lower().endswith(lemma)
            if same and known.kind == "Official" and place.first < token.i:
                _describe(chart, token, first, token.i, known)
                return
    owned = any(c.tag_ == "PRP$" for c in token.children)
    speaks = (lemma in _SPEAKERS and bool(determiner)) or owned
    if (first < token.i or speaks) and not determiner & {"no", "any", "every", "each"}:
        kind = "Analyst" if lemma in _EXPERTS else "Official"
        referent = Referent(kind=kind, names=[name], described=True)
        _describe(chart, token, first, token.i, referent)


def _after(chart: Chart, owner: Place, first: int, last: int) -> int:
    """Return where the title starts in "Country's title", past the owner's name."""
    start = owner.last + 1 if first <= owner.last < last else first
    while start < last and chart.doc[start].lower_ in {"'s", "'"}:
        start += 1
    return start


def _belongs(chart: Chart, person: Referent, owner: Referent) -> bool:
    return any(o.holder is person and (o.of is owner or o.of is None) for o in chart.offices)


def _owner(chart: Chart, token: Token) -> Place | None:
    for child in [*chart.syntax.possessors(token), *chart.syntax.modifiers(token)]:
        place = chart.mention(child)
        if place is not None and chart.is_a(place.referent, ("Country", "Organization")):
            return place
    for name, head in chart.syntax.prepositions(token):
        place = chart.mention(head)
        if name in {"of", "for"} and place is not None:
            if chart.is_a(place.referent, ("Country", "Organization")):
                return place
    return None


def _named_before(chart: Chart, token: Token, lemma: str, names: Names) -> bool:
    """Resolve "the embassy", "the network" to what the article has named."""
    if _country_modifier(chart, token) is not None:
        return False
    referent = names.resolve(token, lemma)
    if referent is not None:
        _describe(chart, token, token.i, token.i, referent)
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


def _place(chart: Chart, token: Token, known: dict[str, Referent]) -> None:
    """Read "an army base", "the oil facilities" as a place; the same words are the same place."""
    first = _first_modifier(chart, token)
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
    _describe(chart, token, first, token.i, referent)


def _group(chart: Chart, token: Token, lemma: str, groups: dict[str, Referent]) -> None:
    numbers = {c.lower_ for c in token.children if c.dep_ in {"nummod", "det"}}
    if lemma in _PAIR_HEADS and numbers & _PAIR and _country_modifier(chart, token) is None:
        return  # "the two sides": coreference
    country = _country_modifier(chart, token)
    if lemma == "administration" and not token.tag_.endswith("S"):
        house = _white_house(chart, token)
        if house is not None:
            _describe(chart, token, _first_modifier(chart, token), token.i, house)
            return
    plural = token.tag_ in {"NNS", "NNPS"}
    if lemma in _STATE_HEADS and not plural:
        state = country or _country_of(chart, token)
        if state is not None:
            chart.covers[token.i] = state
            return
    if (lemma in lexicon.COUNTRY_HEADS or lemma == "side") and not plural:
        return
    members = _members(chart, token, lemma) if plural else ()
    first = _first_modifier(chart, token)
    last = _home(chart, token)
    name = chart.text(first, last)
    if plural and first == last and not members and not numbers - _THE:
        known = _group_before(chart, token, lemma)
        if known is not None:
            _describe(chart, token, first, token.i, known)
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
    _describe(chart, token, first, token.i, referent)


def _some_of_a_people(chart: Chart, token: Token) -> None:
    """Read "ethnic Albanians", "thousands of Nigerians" as a group, which is not the country."""
    place = chart.at[token.i]
    if place is None or not place.adjective or not token.lower_.endswith("s"):
        return
    if token.dep_ in {"amod", "compound"} or place.first < place.last:
        return
    of = any(name == "of" for name, _ in chart.syntax.governed(token))
    counted = any(c.dep_ in {"amod", "nummod"} or c.lower_ in _SOME for c in token.children)
    if counted or (of and token.head.lemma_.lower() in lexicon.PARTITIVES):
        first = _first_modifier(chart, token)
        names = [chart.text(first, _home(chart, token))]
        referent = Referent(kind="Group", names=names, described=True, plural=True)
        _describe(chart, token, first, token.i, referent)
        chart.at[token.i] = chart.mentions[-1]


def _home(chart: Chart, token: Token) -> int:
    """Return the last token of what says where a group belongs ("officials in Lima")."""
    last = token.i
    for name, head in chart.syntax.prepositions(token):
        tail = [t.i for t in head.subtree]
        beside = tail[0] == last + 1 and tail[-1] - token.i <= _LONGEST_HOME
        if name not in _BELONGING or not beside or len(tail) != tail[-1] - tail[0] + 1:
            break
        if not any(p is not None and p.how == "name" for p in chart.at[tail[0] : tail[-1] + 1]):
            break
        last = tail[-1]
    return last


def _group_before(chart: Chart, token: Token, lemma: str) -> Referent | None:
    """Return the group last described by the same noun with more words ("G7 leaders")."""
    for place in reversed(chart.mentions):
        if place.how == "name":
            break  # descriptions stand after all names
        head = chart.doc[place.head]
        longer = place.first < place.head and head.lemma_.lower() == lemma
        if longer and place.referent.plural and head.i < token.i:
            return place.referent
    return None


def _armed(token: Token, lemma: str) -> bool:
    """Return whether a described group bears arms without being a state's force."""
    modifiers = {c.lower_ for c in token.children if c.i < token.i}
    return lemma in lexicon.ARMED_HEADS or bool(modifiers & lexicon.ARMED_MODIFIERS)


def _members(chart: Chart, token: Token, lemma: str) -> tuple[Referent, ...]:
    """Return who "the ministers" are, when the article names several with that office."""
    if not {c.lower_ for c in token.children} & {"the", "these"} or lemma not in lexicon.ROLE_HEADS:
        return ()
    if _country_modifier(chart, token) is not None:
        return ()
    named = [
        r
        for r in holders_of(chart, token)
        if any(p.referent is r and p.first < token.i and p.how == "name" for p in chart.mentions)
    ]
    return tuple(named) if len(named) > 1 else ()


def _white_house(chart: Chart, token: Token) -> Referent | None:
    """Return the White House for "the Trump administration" (GUIDELINES, settled cases)."""
    for child in [*chart.syntax.modifiers(token), *chart.syntax.possessors(token)]:
        place = chart.at[child.i]
        if place is None:
            continue
        owner = place.referent
        president = any(
            o.holder is owner
            and o.of is not None
            and o.of.entry is not None
            and o.of.entry.id == "country/US"
            for o in chart.offices
        )
        american = owner.entry is not None and owner.entry.id == "country/US"
        if not president and not american:
            continue
        for match in chart.gazetteer.find("White House"):
            return chart.linked(match.entry)
    return None


def _describe(chart: Chart, token: Token, first: int, last: int, referent: Referent) -> None:
    """Register a description; names inside it keep their own tokens."""
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
