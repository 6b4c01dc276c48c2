"""Finds people's offices and employers: titles before names, appositions after them.

This reads tokens, not the tree: "Country's Title, Name" and "Name, a Title at Institute" are
regular in news, and parsers make many errors there.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract import forenames, lexicon
from kg.extract.discourse import PUBLIC, Chart, Office, Place, Referent
from kg.gazetteer import Title
from kg.iris import slug
from kg.parsing.tokens import Token

_BEFORE = 8  # tokens searched before a name; chosen, not measured
_AFTER = 14  # tokens searched after a name; chosen, not measured
_MODIFIERS = lexicon.words(
    "former ex then acting interim deputy vice senior associate assistant chief top new "
    "outgoing incoming late ousted exiled newly-elected current special permanent leading "
    "prominent longtime veteran first second visiting adjunct emeritus distinguished "
    "principal"
)
# Titles that are part of the name ("Pope Francis").
_STYLES = lexicon.words("queen king pope prince princess emperor sultan sheikh")
_OWNERS = ("Country", "Place", "Organization")
_JOINERS = frozenset({"of", "at", "for", "from", "with", "in", "to", "on"})
_DETERMINERS = frozenset({"the", "a", "an", "his", "her", "its", "their", "one"})
_STOPS = frozenset({".", ";", ":", '"', "(", ")", "who", "which", "that", "said", "says", "told"})


def read(chart: Chart) -> None:
    """Add the offices of every named person to the chart and set the person's class by them."""
    for place in list(chart.in_order()):
        if place.how == "name" and chart.is_a(place.referent, ("Person",)):
            _before(chart, place) or _after(chart, place)
            _after(chart, place)
            _affiliated(chart, place)
    _shared_titles(chart)
    for referent in chart.referents:
        if not referent.gender and chart.is_a(referent, ("Person",)):
            referent.gender = _by_forename(referent)


def _title_ending(chart: Chart, end: int, floor: int) -> tuple[int, Title] | None:
    """Return the first token of the longest title that ends with token `end`, and the title."""
    for first in range(max(floor, end - 4), end + 1):
        if not chart.doc[first].is_alpha:
            continue
        title = chart.gazetteer.title(chart.text(first, end))
        if title is not None:
            return first, title
    return None


def _title_starting(chart: Chart, first: int, ceiling: int) -> tuple[int, Title] | None:
    for last in range(min(ceiling, first + 4), first - 1, -1):
        if not chart.doc[last].is_alpha:
            continue
        title = chart.gazetteer.title(chart.text(first, last))
        if title is not None:
            return last, title
    return None


def _with_modifiers(chart: Chart, first: int) -> int:
    while first > 0 and (
        chart.doc[first - 1].lower_ in _MODIFIERS
        or (chart.doc[first - 1].text == "-" and chart.doc[first - 2].lower_ in _MODIFIERS)
    ):
        first -= 1
    return first


def _owner(chart: Chart, first: int) -> tuple[Place | None, int]:
    """Return the mention before a title ("Peru's" before "envoy"), and where the phrase starts."""
    index = first - 1
    if index >= 0 and chart.doc[index].lower_ in {"'s", "'"}:
        index -= 1
    if index >= 0 and chart.at[index] is not None:
        place = chart.at[index]
        assert place is not None
        return place, place.first
    return None, first


def _own(chart: Chart, first: int, last: int, place: Place) -> None:
    """Make the tokens of a title part of the person's mention: the parser may make one the head."""
    for index in range(first, last + 1):
        if chart.at[index] is None and chart.covers[index] is None:
            chart.covers[index] = place


def _before(chart: Chart, place: Place) -> bool:
    doc, end = chart.doc, place.first - 1
    if end >= 0 and doc[end].text == ",":
        end -= 1
    if end < 0 or chart.parse.paragraph[end] != chart.parse.paragraph[place.first]:
        return False
    comma = end != place.first - 1
    if chart.doc[end].lower_ == "counterpart":
        return _counterpart(chart, place, end)
    joined = _of_before(chart, end)
    if joined is not None:
        end, of_place = joined
    else:
        of_place = None
    found = _title_ending(chart, end, max(0, end - _BEFORE))
    if found is None:
        return False
    first, title = found
    if title.title.lower() in _STYLES and not comma:
        styled = chart.text(end, place.last)
        if styled not in place.referent.names:
            place.referent.names.append(styled)
    if title.kind == "honorific":
        _gender(place.referent, title.title)
        _own(chart, first, end, place)
        return False
    while chart.at[first] is not None and first < end:
        first += 1  # in "Kremlin spokesman" the title begins after the owner
    owner, start = _owner(chart, _with_modifiers(chart, first))
    if owner is None and not comma:
        higher = _title_ending(chart, first - 1, max(0, first - _BEFORE)) if first else None
        if higher is not None and higher[1].kind == "office":
            first, title = higher
            owner, start = _owner(chart, _with_modifiers(chart, first))
            end = first + len(title.title.split()) - 1
    if comma and title.is_plural:
        return False  # "speaking to journalists in the capital, Name said"
    if comma and any(t.lower_ == "as" for t in doc[max(0, first - 3) : first]):
        return False  # "whom Peru appointed as its envoy, Name said"
    if comma and owner is None and of_place is None:
        before = doc[_with_modifiers(chart, first) - 1].lower_ if first else ""
        if before not in _DETERMINERS:
            return False
    whose = owner or of_place or _of_after(chart, place)
    _assign(chart, place, title, _with_modifiers(chart, first), end, whose)
    _own(chart, start if owner is None else first, end, place)
    return True


def _counterpart(chart: Chart, place: Place, end: int) -> bool:
    """Give "his Chilean counterpart, Name" the last office named before, but of that country.

    The office must be in the same paragraph or the one before.
    """
    country = chart.at[end - 1] if end else None
    if country is None or not chart.is_a(country.referent, ("Country",)):
        return False
    paragraph = chart.parse.paragraph
    known = [o for o in chart.offices if o.first < place.first and o.holder is not place.referent]
    same = [o for o in known if paragraph[place.first] - paragraph[o.first] <= 1]
    if not same:
        return False
    office = max(same, key=lambda o: o.first)
    _likewise(chart, place, office, country.referent, country.first)
    _own(chart, end, end, place)
    return True


def _of_after(chart: Chart, place: Place) -> Place | None:
    """Return the country or body in "President Name of Country"."""
    index = place.last + 1
    if index + 1 >= len(chart.doc) or chart.doc[index].lower_ != "of":
        return None
    index += 1 + (chart.doc[index + 1].lower_ == "the")
    other = chart.at[index] if index < len(chart.doc) else None
    if other is not None and chart.is_a(other.referent, ("Country", "Organization")):
        return other
    return None


def _of_before(chart: Chart, end: int) -> tuple[int, Place] | None:
    """Return the last token of the title, and the owner, in "the president of Country, Name"."""
    place = chart.at[end]
    if place is None or place.first == 0:
        return None
    index = place.first - 1
    while index > 0 and chart.doc[index].lower_ in _DETERMINERS:
        index -= 1
    if chart.doc[index].lower_ not in _JOINERS or index == 0:
        return None
    return index - 1, place


def _after(chart: Chart, place: Place) -> bool:
    doc, index = chart.doc, place.last + 1
    if index >= len(doc):
        return False
    if doc[index].text not in {",", "("} and doc[index].lower_ not in {"is", "was"}:
        return False
    limit = min(len(doc) - 1, index + _AFTER)
    start = index + 1
    while start <= limit and doc[start].lower_ in {"who", "is", "was", "also"} | _DETERMINERS:
        start += 1
    for first in range(start, limit + 1):
        token = doc[first]
        if token.lower_ in _STOPS or token.text == "," or token.pos_ in {"VERB", "AUX"}:
            return False
        met = chart.at[first]
        if met is not None and chart.is_a(met.referent, ("Person",)):
            return False
        found = _title_starting(chart, first, limit)
        if found is None or found[1].kind == "honorific":
            continue
        last, title = found
        follows = chart.at[last + 1] if last + 1 < len(doc) else None
        if follows is not None and chart.is_a(follows.referent, ("Person",)):
            return False
        owner, _ = _owner(chart, _with_modifiers(chart, first))
        if owner is place:
            owner = None
        whose = _joined(chart, last + 1, limit) or owner
        _assign(chart, place, title, _with_modifiers(chart, first), last, whose)
        _own(chart, first, last, place)
        return True
    return False


def _joined(chart: Chart, index: int, limit: int) -> Place | None:
    """Return the institution in "professor [of history] at the [city-based] Institute"."""
    found, joined = None, False
    while index <= limit and chart.doc[index].text not in {",", ".", ";", "("}:
        token, place = chart.doc[index], chart.at[index]
        joined = joined or token.lower_ in _JOINERS
        if token.pos_ in {"VERB", "AUX"} and token.lower_ != "based":
            break
        if place is not None and joined:
            based = place.last + 1 < len(chart.doc) and chart.doc[place.last + 1].text == "-"
            if not based and chart.is_a(place.referent, ("Organization",)):
                return place
            if not based and found is None:
                found = place
            index = place.last
        index += 1
    return found


def _assign(
    chart: Chart, place: Place, title: Title, first: int, last: int, owner: Place | None
) -> None:
    holder = place.referent
    of = owner.referent if owner is not None and owner.referent is not holder else None
    for index in range(first + 2, last + 1):
        inside = chart.at[index]
        owns = inside is not None and chart.is_a(inside.referent, _OWNERS)
        if (
            of is None
            and inside is not None
            and owns
            and chart.doc[index - 1].lower_ in {"of", "the"}
        ):
            of, last = inside.referent, index - 1 - (chart.doc[index - 1].lower_ == "the")
            last -= chart.doc[last].lower_ == "of"
            break
    words = chart.text(first, last)
    if title.is_plural:
        words = _singular(words, title)
    if not any(map(str.isalpha, words)):
        return  # the dash of a list
    kind = _class_of(chart, title, of)
    if holder.kind == "Person" or (kind == "Official" and holder.kind != "Analyst"):
        holder.kind = kind if kind in chart.ontology.classes else "Person"
    for office in chart.offices:
        if office.holder is holder and office.title.lower() == words.lower() and office.of is of:
            return
    low = min(first, owner.first if owner else first)
    high = max(last, place.last, owner.last if owner else last)
    chart.offices.append(
        Office(
            shared=title.is_plural,
            holder=holder,
            title=words,
            of=of,
            first=min(low, place.first),
            last=high,
        )
    )


def _singular(words: str, title: Title) -> str:
    """Return the singular of a plural title ("senior envoys" -> "senior envoy")."""
    before = words.split()[: -len(title.title.split())]
    return " ".join([*before, title.title])


def _class_of(chart: Chart, title: Title, of: Referent | None) -> str:
    """Return the class of a person with this title at the institution `of`.

    A head or director is an official in a public body, an analyst in an institute.
    """
    if of is None:
        return title.kind_of_holder("")
    words = {w.lower() for name in of.names for w in name.split()}
    if of.kind == "Organization" and words & lexicon.INSTITUTE_WORDS:
        return "Analyst"
    if chart.is_a(of, PUBLIC) and title.title in {"head", "chief", "director", "member", "leader"}:
        return "Official"
    return title.kind_of_holder(of.kind)


def _affiliated(chart: Chart, place: Place) -> None:
    """Set the class to analyst if an institute follows the name ("Ana Ruiz of the Institute")."""
    doc, index = chart.doc, place.last + 1
    if index + 1 >= len(doc) or doc[index].lower_ not in {"of", "from", "at", "with"}:
        return
    index += 1 + (doc[index + 1].lower_ == "the")
    other = chart.at[index] if index < len(doc) else None
    if other is not None and place.referent.kind == "Person":
        words = {w.lower() for name in other.referent.names for w in name.split()}
        if chart.is_a(other.referent, ("Organization",)) and words & lexicon.INSTITUTE_WORDS:
            place.referent.kind = "Analyst"


def _gender(referent: Referent, title: str) -> None:
    word = title.lower().rstrip(".")
    if word in {"mr", "sir", "lord", "king", "prince"}:
        referent.gender = "m"
    elif word in {"mrs", "ms", "miss", "lady", "queen", "princess"}:
        referent.gender = "f"


def _by_forename(referent: Referent) -> str:
    """Return the gender that a person's forename tells, empty if it tells none."""
    for name in referent.names:
        first, _, rest = name.partition(" ")
        if rest and slug(first) in forenames.MEN:
            return "m"
        if rest and slug(first) in forenames.WOMEN:
            return "f"
    return ""


def _likewise(chart: Chart, place: Place, office: Office, of: Referent | None, first: int) -> None:
    """Add an office for the person at `place`, with the title and class of another office."""
    place.referent.kind = office.holder.kind
    chart.offices.append(
        Office(holder=place.referent, title=office.title, of=of, first=first, last=place.last)
    )


def _shared_titles(chart: Chart) -> None:
    """Give the second person in "presidents A and B" the same title as the first."""
    for place in chart.in_order():
        if not chart.is_a(place.referent, ("Person",)):
            continue
        index = place.first - 1
        if index < 1 or chart.doc[index].lower_ not in {"and", ","}:
            continue
        previous = chart.at[index - 1]
        if previous is None or previous.referent is place.referent:
            continue
        if any(o.holder is place.referent for o in chart.offices):
            continue
        for office in [o for o in chart.offices if o.holder is previous.referent]:
            if not office.shared or office.last != previous.last:
                continue
            _likewise(chart, place, office, office.of, office.first)


_SECOND = frozenset({"vice", "deputy"})


def holders_of(chart: Chart, role: Token) -> Iterator[Referent]:
    """Yield people whose title ends in the word of `role`, the last one read first.

    "The president" does not match a vice president or deputy.
    """
    seen: set[int] = set()
    head = role.lemma_.lower()
    before = chart.doc[role.i - 1].lower_ if role.i else ""
    for office in reversed(chart.offices):
        words = office.title.lower().replace("-", " ").split()
        second = {*words[-2:-1], before} & _SECOND
        if len(second) == 1 and words[-2:-1] != [before]:
            continue
        if words[-1] in {head, head + "s"} and id(office.holder) not in seen:
            seen.add(id(office.holder))
            yield office.holder
