"""Finds names in the tokens, gives each a class, and joins names of the same referent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.extract import lexicon
from kg.extract.discourse import Chart, Place, Referent
from kg.extract.entities import aliases, misread, patterns, seats, votes
from kg.gazetteer import Match
from kg.parsing.labels import PEOPLE
from kg.parsing.tokens import Token
from kg.parsing.words import DASHES

_MODEL_KINDS = {
    "PER": "Person", "PERSON": "Person", "ORG": "Organization", "LOC": "Place", "GPE": "Place",
    "FAC": "Place", "NORP": "Group", "EVENT": "Event", "LAW": "Agreement",
}  # fmt: skip
_NOT_NAMES = frozenset(
    {"i", "mr", "mrs", "ms", "dr", "sir", "the", "a", "an", "utc", "gmt", "bst", "cet", "est"}
    | {*lexicon.WEEKDAYS, *lexicon.MONTHS}
)
_NOT_LAST = frozenset({"'s", "'", "the", "of", "and", "for"})
_SOURCES = ("gazetteer", "pattern", "model")
_NOT_FIRST = frozenset({"the", "a", "an", *lexicon.WEEKDAYS})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    first: int
    last: int
    kind: str
    matches: tuple[Match, ...] = ()
    source: int = 0  # index of _SOURCES: the lower is trusted more

    @property
    def rank(self) -> tuple[int, int, int]:
        return self.first - self.last, self.source, self.first


def find(chart: Chart) -> None:
    """Add a mention to the chart for each name in the article, and its referent if it is new."""
    listed = [c for c in _from_gazetteer(chart) if not _titled(chart, c)]
    taken = [False] * len(chart.doc)
    for candidate in listed:
        if candidate.first < candidate.last or not _may_be_a_person(chart, candidate):
            taken[candidate.first : candidate.last + 1] = [True] * (
                candidate.last - candidate.first + 1
            )
    chosen = _without_overlap(chart, [*listed, *_by_pattern(chart, taken), *_from_model(chart)])
    for candidate in sorted(chosen, key=lambda c: c.first):
        _register(chart, candidate)
    _surnames(chart, misread.pairs(chart))
    misread.people(chart)
    misread.governments(chart)
    aliases.find(chart)


def _may_be_a_person(chart: Chart, candidate: _Candidate) -> bool:
    """Return whether a one-word place or outlet may be a person's name here ("Sun", "Jordan")."""
    if candidate.kind == "Country" or candidate.first == 0:
        return False
    token = chart.doc[candidate.first]
    before = chart.doc[candidate.first - 1]
    return token.ent_type_ in PEOPLE or before.ent_type_ in PEOPLE


def _titled(chart: Chart, candidate: _Candidate) -> bool:
    """Return whether one word that names a country is the person of a title ("Senator Holland")."""
    country = candidate.kind == "Country" or chart.gazetteer.find(chart.doc[candidate.first].text)
    if not country or candidate.first < candidate.last or not candidate.first:
        return False
    before = chart.doc[candidate.first - 1]
    person = chart.doc[candidate.first].ent_type_ in PEOPLE and before.text[:1].isupper()
    return person and chart.gazetteer.title(before.text) is not None


def _without_overlap(chart: Chart, candidates: list[_Candidate]) -> list[_Candidate]:
    """Keep the longest candidates; between equals the more trusted source."""
    taken = [False] * len(chart.doc)
    chosen: list[_Candidate] = []
    for candidate in sorted(candidates, key=lambda c: c.rank):
        cells = range(candidate.first, candidate.last + 1)
        if not any(taken[i] for i in cells):
            chosen.append(candidate)
            for i in cells:
                taken[i] = True
    return chosen


def _surnames(chart: Chart, left: set[int]) -> None:
    """Add later mentions of people by surname, also where the model gave another class.

    The tokens in `left` are skipped.
    """
    known: dict[str, int] = {}
    for place in chart.in_order():
        if chart.is_a(place.referent, ("Person",)) and place.first < place.last:
            for surname in place.referent.surnames:
                known.setdefault(misread.plain(surname), place.first)
    taken = [
        index in left or (place is not None and not _may_be_surname(chart, place, known))
        for index, place in enumerate(chart.at)
    ]
    for first, last, _ in list(patterns.surnames(chart, known, taken)):
        wrong = chart.at[first]
        if wrong is not None:
            chart.drop(wrong)
        referent = _person(chart, chart.text(first, last), at=first)
        if chart.text(first, last) not in referent.names:
            referent.names.append(chart.text(first, last))
        chart.add(Place(first=first, last=last, head=first, referent=referent, rule="surname"))


def _may_be_surname(chart: Chart, place: Place, known: dict[str, int]) -> bool:
    """Return whether a name of one word, taken for a thing, is also a person's surname."""
    return (
        place.first == place.last
        and (place.referent.entry is None or misread.borne(chart, place))
        and misread.plain(chart.doc[place.first].text) in known
        and not chart.is_a(place.referent, ("Person",))
    )


def _is_name_like(token: Token) -> bool:
    return token.text[:1].isupper() or token.text[:1].isdigit()


def _from_gazetteer(chart: Chart) -> Iterator[_Candidate]:
    words = _cased(chart)
    index = 0
    while index < len(words):
        token = chart.doc[index]
        found = None
        article = token.i + 1 < len(words) and words[token.i + 1] == "-"  # "al-Qaeda"
        if words[index] != token.lower_ or article:
            found = chart.gazetteer.longest(words, index)
        if found is None:
            index += 1
            continue
        length, matches = found
        yield _Candidate(
            first=index, last=index + length - 1, kind=matches[0].entry.kind, matches=matches
        )
        index += length


def _cased(chart: Chart) -> list[str]:
    """Return the words of the article, names with capitals where a paragraph has none at all."""
    cased = {
        number
        for number, token in zip(chart.parse.paragraph, chart.doc, strict=True)
        if token.text != token.lower_
    }
    return [
        token.text.title() if token.ent_type_ and number not in cased else token.text
        for number, token in zip(chart.parse.paragraph, chart.doc, strict=True)
    ]


def _by_pattern(chart: Chart, taken: list[bool]) -> Iterator[_Candidate]:
    found = [
        *patterns.bodies(chart),
        *patterns.institutes(chart),
        *patterns.outlets(chart),
        *patterns.people(chart, taken),
        *patterns.office_holders(chart),
    ]
    for first, last, kind in found:
        yield _Candidate(first=first, last=last, kind=kind, source=1)


def _from_model(chart: Chart) -> Iterator[_Candidate]:
    for first, last, label in votes.agreed(chart.doc):
        kind = _MODEL_KINDS.get(label)
        if kind is None:
            continue
        while first < last and (chart.doc[first].lower_ in _NOT_FIRST or chart.doc[first].is_punct):
            first += 1
        while last > first and (chart.doc[last].lower_ in _NOT_LAST or chart.doc[last].is_punct):
            last -= 1
        head = chart.doc[first]
        if not any(_is_name_like(t) for t in chart.doc[first : last + 1]):
            continue
        if first == last and (head.lower_ in _NOT_NAMES or head.is_stop or not head.is_alpha):
            continue
        if kind != "Group" and not any(t.pos_ == "PROPN" for t in chart.doc[first : last + 1]):
            continue
        if kind == "Person":
            while first < last and chart.gazetteer.title(chart.doc[first].text):
                first += 1
            first = patterns.past_country(chart, first, last)
            if first == last and chart.gazetteer.title(head.text):
                continue  # "the President" is a description
            if first == last and not _is_surely_a_name(chart, head):
                continue
            last = patterns.name_end(chart, first, last)
            first = misread.with_forename(chart, patterns.name_start(chart, first))
        else:
            last = patterns.before_title(chart, first, last)
            if last < first or _joins_names(chart, first, last):
                continue
            if _listed_inside(chart, first, last):
                continue
        if kind in {"Group"} and not chart.gazetteer.find(chart.text(first, last)):
            continue
        if kind == "Place" and misread.forename(chart, first, last):
            kind = "Person"
        yield _Candidate(first=first, last=last, kind=kind, source=2)


def _is_surely_a_name(chart: Chart, token: Token) -> bool:
    """Return whether one capitalised word that the model labels a person is really a name.

    At the start of a sentence a capital proves nothing: there the word must be a subject or a
    possessor that the parser takes for a proper noun, and never occur in lower case.
    """
    if not token.is_sent_start or token.head.lemma_.lower() in patterns.SPEAKING:
        return True
    labels = chart.syntax.labels
    acts = token.dep_ in labels.subject | labels.passive_subject | labels.possessive
    if acts and token.tag_ == "NNP" and all(t.text != token.lower_ for t in chart.doc):
        return True
    return any(t.text == token.text and not t.is_sent_start for t in chart.doc)


def _look_up(chart: Chart, name: str) -> tuple[Match, ...]:
    """Return the gazetteer's matches of a name, as written or with its country's short form."""
    found = chart.gazetteer.find(name)
    for full, short in chart.gazetteer.short_forms.items():
        if not found and full in name:
            found = chart.gazetteer.find(name.replace(full, short))
    return found


def _joins_names(chart: Chart, first: int, last: int) -> bool:
    """Return whether a span is two names joined by a dash ("US-China"), so not a name itself."""
    parts = [i for i in range(first + 1, last) if chart.doc[i].text in DASHES]
    return any(
        chart.gazetteer.find(chart.text(first, i - 1))
        or chart.gazetteer.find(chart.text(i + 1, last))
        or (i - first == 1 and last - i == 1)
        for i in parts
    )


def _listed_inside(chart: Chart, first: int, last: int) -> bool:
    """Return whether the gazetteer has just the start of the span: the model made it too long."""
    words = [t.text for t in chart.doc[first : last + 1]]
    found = chart.gazetteer.longest(words, 0)
    if found is None or found[0] == len(words):
        return False
    return found[1][0].entry.kind == "Place" or found[0] > 1


def _register(chart: Chart, candidate: _Candidate) -> None:
    first, last = candidate.first, candidate.last
    if candidate.kind == "Person":
        last = patterns.past_generation(chart, last)
    name = chart.text(first, last)
    matches = candidate.matches or _look_up(chart, name)
    head = _head(chart, first, last)
    storm = first < last and any(t.lower_ in lexicon.STORMS for t in chart.doc[first:last])
    person = candidate.kind == "Person" and not storm
    named = first != last or _known_person(chart, name) or _titled(chart, candidate)
    if matches and not (person and named):
        match = seats.choose(chart, matches, head)
        referent = _linked(chart, match)
        adjective = match.how in {"adjective", "people"}
        if not referent.names:
            # "European", "Western": an entity only if the adjective stands for an actor
            referent.described = adjective and match.entry.kind != "Country"
        elif not adjective:
            referent.described = False
    elif person:
        referent, adjective = _person(chart, name), False
    else:
        kind = _kind_of_name(chart, first, last, candidate.kind)
        referent, adjective = _named(chart, name, kind), False
    if name not in referent.names:
        referent.names.append(name)
    place = Place(first=first, last=last, head=head.i, referent=referent, adjective=adjective)
    place.rule = _SOURCES[candidate.source]
    chart.add(place)


def _kind_of_name(chart: Chart, first: int, last: int, kind: str) -> str:
    """Return the class that the words of a name suggest ("Accord", "Summit"), else `kind`."""
    words = {t.lemma_.lower() for t in chart.doc[first : last + 1]} | {
        t.lower_ for t in chart.doc[first : last + 1]
    }
    if words & lexicon.STORMS:
        return "Event"
    if kind == "Person" or first == last:
        return kind
    if words & lexicon.NAMED_AGREEMENTS:
        return "Agreement"
    if words & lexicon.NAMED_EVENTS:
        return "Event"
    if kind in {"Organization", "GovernmentBody"}:
        return organisation_kind(chart, first, last, kind)
    if kind == "Place" and words & {"university", "institute", "commission", "committee"}:
        return organisation_kind(chart, first, last, "Organization")
    return kind


def _head(chart: Chart, first: int, last: int) -> Token:
    """Return the syntactic head of a name: its subject or object if any, else its top token."""
    for token in chart.doc[first : last + 1]:
        outside = token.head.i < first or token.head.i > last
        if outside and token.dep_ in chart.syntax.labels.subject | chart.syntax.labels.object:
            return token
    return chart.doc.top(first, last)


def _linked(chart: Chart, match: Match) -> Referent:
    for referent in chart.referents:
        if referent.entry is not None and referent.entry.id == match.entry.id:
            return referent
    return Referent(kind=match.entry.kind, entry=match.entry)


def _known_person(chart: Chart, name: str) -> bool:
    return any(name in r.surnames for r in chart.referents if chart.is_a(r, ("Person",)))


def _person(chart: Chart, name: str, at: int | None = None) -> Referent:
    """Return the person named; of several with one surname, the most mentioned before `at`."""
    words = name.split()
    same = [
        referent
        for referent in reversed(chart.referents)
        if chart.is_a(referent, ("Person",)) and same_person(words, referent.name.split())
    ]
    if len(same) > 1 and len(words) == 1:  # several with that surname
        counts = Counter(
            id(place.referent) for place in chart.mentions if at is None or place.first < at
        )
        same.sort(key=lambda referent: -counts[id(referent)])
    best = same[0] if same else None
    if best is None and len(words) == 1:
        best = _short_for(chart, name)
        if best is not None:
            return best
    if best is None:
        best = Referent(kind="Person", names=[name])
    words = patterns.bare(words)
    best.surnames.add(words[-1])
    if len(words) > 1:
        best.surnames.add(words[0])
    if len(words) > 2 and len(words[-2]) > 3 and words[-2][:1].isupper():
        best.surnames.add(words[-2])
    return best


def _short_for(chart: Chart, word: str) -> Referent | None:
    """Return the organisation whose longer name begins with `word`, a person to the model."""
    for referent in reversed(chart.referents):
        if chart.is_a(referent, ("Organization",)):
            if any(n.split()[0] == word and " " in n for n in referent.names):
                return referent
    return None


def same_person(words: list[str], other: list[str]) -> bool:
    """Return whether two names, as lists of words, may belong to the same person.

    A surname alone matches the last word of a full name, the first (Chinese, Korean, Hungarian
    order), or the first of two surnames (Spanish custom). Two full names match if surname and
    first initial do, or if one surname differs in one letter.
    """
    a, b = ([_plain(w) for w in patterns.bare(name)] for name in (words, other))
    if not a or not b:
        return False
    if a == b:
        return True
    short, full = sorted((a, b), key=len)
    if len(short) == 1:
        paternal = full[-2] if len(full) > 2 and len(full[-2]) > 3 else ""
        return short[0] in {full[-1], full[0], paternal}
    if _initials(a) != _initials(b) and _initials(a) and _initials(b):
        return False  # "George H. W. Bush", "George W. Bush"
    if set(short) <= set(full) and (short[-1] == full[-1] or short[0] == full[0]):
        return True
    if short[0] == full[0] and len(short) == len(full) and _spelt_alike(short[-1], full[-1]):
        return True
    return short[-1] == full[-1] and short[0][:1] == full[0][:1]


def _initials(name: list[str]) -> list[str]:
    """Return the initials between forename and surname."""
    return [word for word in name[1:-1] if len(word) == 1]


def _spelt_alike(one: str, other: str) -> bool:
    """Return whether two transcriptions of a name differ in one letter ("Laden", "Ladin")."""
    if len(one) != len(other) or len(one) < 5 or one[0] != other[0]:
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1


@lru_cache(maxsize=10_000)
def _plain(word: str) -> str:
    """Return a word of a name without accents, capitals and "al-": "al-Abadi" is "abadi"."""
    from kg.iris import slug

    plain = slug(word)
    return plain[3:] if plain.startswith(("al-", "el-")) and len(plain) > 5 else plain


def _named(chart: Chart, name: str, kind: str) -> Referent:
    """Return the referent with that name, or with a longer one that ends in it, else a new one."""
    wanted = [w.lower() for w in name.split()]
    for referent in reversed(chart.referents):
        if referent.kind == "Person" or chart.is_a(referent, ("Person", "Country", "Place")):
            if kind == "Place" and name in referent.names:
                return referent
            continue
        for known in referent.names:
            words = [w.lower() for w in known.split()]
            if words == wanted:
                return referent
            body = chart.is_a(referent, ("GovernmentBody", "Organization"))
            if body and len(wanted) > 1 and words[-len(wanted) :] == wanted:
                return referent
    return Referent(kind=kind)


def organisation_kind(chart: Chart, first: int, last: int, default: str) -> str:
    """Return an organisation's class by its name and the two words behind it, else `default`."""
    words = [t.lower_ for t in chart.doc[first : last + 1]]
    after = [t.lower_ for t in chart.doc[last + 1 : last + 3]]
    if set(words) & {"university", "institute", "college", "foundation", "academy"}:
        return "Organization"
    if "agency" in words and "news" in words:
        return "MediaOutlet"
    if set(words) & lexicon.BODY_HEADS and default != "MediaOutlet":
        return "GovernmentBody"
    if words[-1] in lexicon.OUTLET_HEADS or (after and after[0] in lexicon.OUTLET_COMMON):
        return "MediaOutlet"
    if after[:1] == ["news"]:
        return "MediaOutlet"
    return default
