"""Reads single people by their role: "the president", "a ministry spokesman"."""

from __future__ import annotations

from kg.extract.discourse import PUBLIC, Chart, Office, Place, Referent
from kg.extract.entities import authors
from kg.extract.entities.describing import describe, first_modifier
from kg.extract.entities.people import holders_of
from kg.parsing.tokens import Token

_EXPERTS = frozenset({"analyst", "expert", "scholar", "researcher", "professor", "historian"})
_SOLE = frozenset({"president", "premier", "minister", "chancellor", "king", "queen", "emperor"})
_OTHERS = frozenset(
    {"incoming", "next", "future", "former", "ex", "elect", "vice", "deputy", "late", "new"}
    | {"first", "last", "previous", "outgoing", "ousted", "deposed"}
)
_SPEAKERS = frozenset({"spokesman", "spokeswoman", "spokesperson"})


def read(chart: Chart, token: Token, lemma: str) -> None:
    """Resolve "the Russian leader" to its antecedent, else add a new person without a name."""
    owner = _owner(chart, token)
    determiner = chart.syntax.determiners(token)
    named = _named_after(chart, token)
    if named is not None:
        describe(chart, token, token.i, token.i, named)
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
        describe(chart, token, token.i, token.i, earlier[0])
        return
    first = first_modifier(chart, token)
    if owner is None:
        _unnamed(chart, token, lemma, first, determiner)
        return
    if lemma in _SOLE and owner.referent.entry is not None:
        if _sole(chart, token, lemma, owner.referent.entry.id, first):
            return
    name = chart.text(first, token.i)
    referent = Referent(kind="Official", names=[name], described=True)
    if not chart.is_a(owner.referent, (*PUBLIC, "Place")):
        referent.kind = "Person"
    describe(chart, token, first, token.i, referent)
    chart.offices.append(
        Office(
            holder=referent,
            title=chart.text(_after(chart, owner, first, token.i), token.i),
            of=owner.referent,
            first=min(first, owner.first),
            last=token.i,
        )
    )


def _sole(chart: Chart, token: Token, lemma: str, body: str, first: int) -> bool:
    """Resolve "the Peruvian president" to the holder of that office at the date of the article.

    A state has one president, so no second person "Peruvian president" is made up. Future and
    former holders ("the next president") are not looked up: only the text can name them.

    Returns:
        True if nothing is left to do. False if the article has no date or the gazetteer no
        holders: the caller may then add a new person.
    """
    words = [chart.doc[i].lower_ for i in range(first, token.i)]
    title = lemma
    if lemma == "minister":
        title = f"{words[-1]} {lemma}" if words else lemma
    date = chart.parse.article.published
    known = chart.gazetteer.of_office(body, title)
    if not known or not date:
        return False
    if _OTHERS & {*words} or not _is_meant(chart, token):
        return True
    holders = {h.id for h in known if h.start and h.held(date)}
    entry = chart.gazetteer.entry(holders.pop()) if len(holders) == 1 else None
    if entry is None:
        return bool(holders)
    referent = chart.linked(entry)
    if entry.name not in referent.names:
        referent.names.append(entry.name)
    describe(chart, token, first, token.i, referent)
    return True


def _is_meant(chart: Chart, token: Token) -> bool:
    """Return whether a person is meant, not the office ("ran for president of Peru")."""
    office = any(name in {"for", "as"} for name, _ in chart.syntax.governed(token))
    return not office or bool(chart.syntax.determiners(token))


def _named_after(chart: Chart, token: Token) -> Referent | None:
    """Return the person in apposition to a role ("a spokesman for the army, Juan Perez, said")."""
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
    """Return which of `known` "the president" can be.

    Left out are other arguments of the same verb if `token` is its subject, and holders of a
    foreign office if the publisher is a state, or the speaker a spokesman of one.
    """
    verb = token.head
    beside = {id(p.referent) for p in chart.mentions if chart.doc[p.head].head is verb}
    if token.dep_ in chart.syntax.labels.subject:
        known = [r for r in known if id(r) not in beside]
    home = authors.house(chart)
    if home is None or home.kind != "Country":
        home = _speaker_of(chart, token)
    if home is None:
        return known
    foreign = {id(o.holder) for o in chart.offices if o.of is not None and o.of is not home}
    return [r for r in known if id(r) not in foreign]


def _speaker_of(chart: Chart, token: Token) -> Referent | None:
    """Return the country of the spokesman whose words contain `token`, None for other speakers.

    In "the Peruvian spokesman said the president left", the president is Peru's.
    """
    for verb in token.ancestors:
        for head in chart.syntax.children(verb, chart.syntax.labels.subject):
            place = chart.mention(head)
            if place is None or head.i > token.i or token in head.subtree:
                continue
            for office in chart.offices:
                spokes = office.holder is place.referent and office.title.split()[-1] in _SPEAKERS
                if spokes and office.of is not None and office.of.kind == "Country":
                    return office.of
    return None


def _unnamed(chart: Chart, token: Token, lemma: str, first: int, determiner: set[str]) -> None:
    """Add "a senior official" as a new person, or "the official" as a mention of that one."""
    name = chart.text(first, token.i)
    words = {chart.doc[i].lower_ for i in range(first, token.i)}
    if lemma in _SOLE and words <= _OTHERS | {"prime"}:
        return  # "the incoming president", "a prime minister"
    if determiner & {"the", "this"} or first == token.i:
        for place in sorted(chart.mentions, key=lambda p: -p.first):
            known = place.referent
            same = known.described and known.names and known.names[0].lower().endswith(lemma)
            if same and known.kind == "Official" and place.first < token.i:
                describe(chart, token, first, token.i, known)
                return
    owned = any(c.tag_ == "PRP$" for c in token.children)
    speaks = (lemma in _SPEAKERS and bool(determiner)) or owned
    if (first < token.i or speaks) and not determiner & {"no", "any", "every", "each"}:
        kind = "Analyst" if lemma in _EXPERTS else "Official"
        referent = Referent(kind=kind, names=[name], described=True)
        describe(chart, token, first, token.i, referent)


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
            if chart.is_a(place.referent, ("Country", "Organization", "Place")):
                return place
    return None
