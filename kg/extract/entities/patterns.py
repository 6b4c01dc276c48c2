"""Finds names by pattern: people after titles, institutes with long names, ministries.

The evidence is capitals, titles and head nouns; `names` adds what the gazetteer and the model find.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract import lexicon
from kg.extract.discourse import Chart
from kg.extract.entities import misread
from kg.parsing.labels import PEOPLE
from kg.parsing.tokens import Token

POLICY = lexicon.words(
    "foreign defence defense interior home finance economic economy trade commerce justice health "
    "education energy oil petroleum agriculture transport environment culture tourism information "
    "security intelligence immigration customs labour labor state external internal public"
)
_RANKS = frozenset({"supreme", "national", "federal", "general", "constitutional", "joint"})
_OF_BODIES = lexicon.words(
    "ministry department court council house office bureau commission committee authority agency"
)
_STYLES = lexicon.words(
    "ayatollah pope sheikh prince princess king queen imam emir sultan patriarch cardinal"
)
_GENERATIONS = frozenset({"Jr.", "Sr.", "Jr", "Sr"})
_LINKERS = frozenset({"of", "for", "on", "and", "&"})
PARTICLES = lexicon.words(
    "de da do dos das del della di du la le van von der den bin bint ibn al el ben abu ul ur y e"
)
_LONGEST_NAME = 6  # words of a person's name; chosen, not measured
_CALENDAR = frozenset({*lexicon.WEEKDAYS, *lexicon.MONTHS} - {"may", "march", "august"})
_STATIONS = frozenset({"TV", "Television", "Radio"})
_SITE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*(?:\.[a-z0-9-]{2,})*\.[a-z]{2,4}")
_SENTENCE_OPENERS = lexicon.words(
    "the a an in on at for but and as if when while after before since until this that these those "
    "it its he she they we i you his her their our my there here what who which why how not no yes "
    "some many most several all both each every any one two three however meanwhile also still yet "
    "despite according earlier later today yesterday asked speaking responding during under by to "
    "from with of or so then thus because although though last next such"
) | frozenset(lexicon.WEEKDAYS + lexicon.MONTHS)

_LONGEST_ROLE = 9  # tokens from a role to the comma after it; chosen, not measured
NamedSpan = tuple[int, int, str]


def people(chart: Chart, taken: list[bool]) -> Iterator[NamedSpan]:
    """Yield names of people: after a title, before an apposition with one, or as speakers.

    Args:
        chart: the article.
        taken: for each token, whether it is in a gazetteer name, so not in a person's.
    """
    doc = chart.doc
    words = [token.text for token in doc]
    for token in doc:
        styled = token.text == "Official"  # no person: "Official Development Assistance"
        if token.i + 1 < len(doc) and token.text.rstrip(".").isalpha() and not styled:
            found = chart.gazetteer.longest_title(words, token.i)
            if found is not None:
                first = _past_country(chart, words, token.i + found[0])
                last = _name_from(chart, first, taken)
                if last is not None:
                    yield first, last, "Person"
        if token.dep_ in chart.syntax.labels.subject and _capital(token) and not taken[token.i]:
            span = _run_around(chart, token, taken)
            speaks = token.head.lemma_.lower() in SPEAKING
            if span is not None and (speaks or _has_apposition(chart, span[1])):
                yield *span, "Person"
    for token in doc:
        if token.text == "," and token.i and _capital(doc[token.i - 1]) and not taken[token.i - 1]:
            span = _run_around(chart, doc[token.i - 1], taken)
            if (span is not None and span[0] < span[1] and _has_apposition(chart, span[1])) or (
                span is not None and span[0] < span[1] and _after_role(chart, span[0])
            ):
                yield *span, "Person"


def _after_role(chart: Chart, first: int) -> bool:
    """Return whether a role and a comma stand before token `first` ("the head of the court, ")."""
    comma = first - 1
    if comma < 2 or chart.doc[comma].text != ",":
        return False
    for token in reversed(chart.doc[max(0, comma - _LONGEST_ROLE) : comma]):
        if token.is_punct or token.pos_ in {"VERB", "AUX"} or token.is_sent_start:
            break
        role = token.lemma_.lower() in lexicon.ROLE_HEADS or token.lower_ == "counterpart"
        if role and token.tag_ == "NN":
            return True
    return False


def _past_country(chart: Chart, words: list[str], index: int) -> int:
    """Return where the name starts in "president of Peru Ana Ruiz": past the country."""
    if index + 2 >= len(words) or words[index] not in {"of", "to", "for"}:
        return index
    start = index + 1 + (words[index + 1] == "the")
    found = chart.gazetteer.longest(words, start)
    if found is None or found[1][0].entry.kind == "Person":
        return index
    return start + found[0]


def past_country(chart: Chart, first: int, last: int) -> int:
    """Return where the person's name starts if the model put a country into it.

    In "envoy to Peru Ana Ruiz" the model may have "Peru Ana Ruiz" as the name.
    """
    words = [token.text for token in chart.doc[first : last + 1]]
    found = chart.gazetteer.longest(words, 0)
    joined = first > 0 and chart.doc[first - 1].lower_ in {"of", "to", "for", "in"}
    if joined and found is not None and found[1][0].entry.kind == "Country":
        return first + found[0] if found[0] < len(words) else first
    return first


def name_end(chart: Chart, first: int, last: int) -> int:
    """Return the last token of a name that the model may have cut at `last` ("Jean" - Luc)."""
    words = [t.text for t in chart.doc[first : first + _LONGEST_NAME + 4]]
    listed = [
        offset > last - first and chart.gazetteer.longest(words, offset) is not None
        for offset in range(len(words))
    ]
    taken = [False] * first + listed + [True] * (len(chart.doc) - first - len(listed))
    found = _name_from(chart, first, taken)
    last = max(last, found) if found is not None else last
    after = chart.doc[last + 1 : last + 3]
    syllable = len(after) > 1 and after[0].text == "-" and after[0].ent_type_ in PEOPLE
    return last + 2 if syllable and after[1].is_alpha and first < last else last  # "Park Ji-won"


def name_start(chart: Chart, first: int) -> int:
    """Return where a name starts, including a style before a single word ("Pope Francis")."""
    alone = first + 1 >= len(chart.doc) or not _capital(chart.doc[first + 1])
    if (
        alone
        and first
        and _capital(chart.doc[first - 1])
        and chart.doc[first - 1].lower_ in _STYLES
    ):
        return first - 1
    return first


def bare(words: list[str]) -> list[str]:
    """Return the words of a name without a style at the start ("Princess") or "Jr." at the end."""
    words = words[1:] if len(words) > 1 and words[0].lower() in _STYLES else words
    if len(words) > 2 and words[-1] in _GENERATIONS:
        words = [*words[:-2], words[-2].rstrip(",")]
    return words


def past_generation(chart: Chart, last: int) -> int:
    """Return the last token of a name that ends at `last`, including "Jr." or ", Jr." behind it."""
    after = [token.text for token in chart.doc[last + 1 : last + 3]]
    if after[:1] and after[0] in _GENERATIONS:
        return last + 1
    return last + 2 if len(after) == 2 and after[0] == "," and after[1] in _GENERATIONS else last


def before_title(chart: Chart, first: int, last: int) -> int:
    """Return the last token before a title in a non-person name, else `last`; may be < `first`."""
    words = [t.text for t in chart.doc[first : last + 1]]
    for offset in range(len(words)):
        if offset and words[offset - 1].lower() in _LINKERS:
            continue  # "House of Representatives"
        found = chart.gazetteer.longest_title(words, offset)
        if found is not None and found[1].kind in {"office", "expertise"}:
            return first + offset - 1
    return last


SPEAKING = lexicon.words(
    "say tell add note argue explain stress warn claim insist reiterate acknowledge admit remark"
)


def _capital(token: Token) -> bool:
    return token.text[:1].isupper() and not token.is_digit


def _name_from(chart: Chart, first: int, taken: list[bool]) -> int | None:
    """Return the last token of a person's name that starts at `first`, if one does."""
    doc, last, index = chart.doc, None, first
    while index < len(doc) and index - first < _LONGEST_NAME + 2:
        token = doc[index]
        if chart.parse.paragraph[index] != chart.parse.paragraph[first]:
            break
        if token.text == "-" and index > first and _given(chart, index + 1):
            last = index + 1  # "Lee Mei-ling"
            index += 2
            continue
        if _capital(token) and token.text[:1].isalpha() and not taken[index]:
            if chart.gazetteer.title(token.text):
                break
            if token.lower_ in _SENTENCE_OPENERS and not _name_of_month(chart, index, first):
                break
            last = index
        elif not (
            (token.lower_ in PARTICLES or token.text == "-")
            and index > first
            and index + 1 < len(doc)
            and (_capital(doc[index + 1]) or doc[index + 1].lower_ in PARTICLES)
        ):
            break
        index += 1
    return last


def _given(chart: Chart, index: int) -> bool:
    """Return whether the model has the lower-case word at `index` as part of a person's name."""
    token = chart.doc[index] if index < len(chart.doc) else None
    return token is not None and token.text.islower() and token.ent_type_ in PEOPLE


def _name_of_month(chart: Chart, index: int, first: int) -> bool:
    """Return whether the name of a month is a surname ("Theresa May"): no number follows."""
    if index == first or chart.doc[index].lower_ not in lexicon.MONTHS:
        return False
    return index + 1 >= len(chart.doc) or not chart.doc[index + 1].like_num


def _run_around(chart: Chart, token: Token, taken: list[bool]) -> tuple[int, int] | None:
    """Return first and last token of the run of capitalised words around `token`.

    None if the run starts with a common word or a title, or has no proper noun.
    """
    first = token.i
    while (
        first > 0
        and _capital(chart.doc[first - 1])
        and not taken[first - 1]
        and chart.parse.paragraph[first - 1] == chart.parse.paragraph[first]
    ):
        first -= 1
    while first < token.i and (
        (chart.doc[first].ent_type_ not in PEOPLE and _two_people_words(chart, token))
        or chart.doc[first].lower_ in _SENTENCE_OPENERS
        or chart.gazetteer.title(chart.doc[first].text)
    ):
        first += 1
    if chart.doc[first].lower_ in _SENTENCE_OPENERS or not chart.doc[first].is_alpha:
        return None
    if chart.gazetteer.title(chart.doc[first].text):
        return None
    last = _name_from(chart, first, taken)
    if last is None or not any(t.pos_ == "PROPN" for t in chart.doc[first : last + 1]):
        return None
    return (first, last) if last is not None and last >= token.i else None


def _two_people_words(chart: Chart, token: Token) -> bool:
    """Return whether `token` and the token after it are both in a person's name, by the model."""
    after = chart.doc[token.i + 1 : token.i + 2]
    return token.ent_type_ in PEOPLE and bool(after) and after[0].ent_type_ in PEOPLE


def _has_apposition(chart: Chart, last: int) -> bool:
    """Return whether a title follows after a comma: ", a professor at"."""
    doc = chart.doc
    if last + 2 >= len(doc) or doc[last + 1].text != ",":
        return False
    words = [t.text for t in doc[last + 2 : last + 10]]
    if not words or words[0].lower() not in {"a", "an", "the", "who", "former"}:
        return False
    for start in range(1, min(6, len(words))):
        if words[start] in {",", ".", ";"}:
            return False
        if chart.gazetteer.longest_title(words, start):
            return True
    return False


def office_holders(chart: Chart) -> Iterator[NamedSpan]:
    """Yield full names of office holders in the gazetteer; a model may take them for places."""
    words = [token.text for token in chart.doc]
    for token in chart.doc:
        before = chart.doc[token.i - 1].lower_ if token.i else ""
        if not _capital(token) or token.is_stop or before in PARTICLES:
            continue
        length = chart.gazetteer.longest_holder(words, token.i)
        if length > 1 and chart.gazetteer.title(token.text) is None:
            yield token.i, token.i + length - 1, "Person"


def surnames(chart: Chart, known: dict[str, int], taken: list[bool]) -> Iterator[NamedSpan]:
    """Yield later mentions of a person by one word of the name.

    Args:
        chart: the article.
        known: for each surname (without accents and capitals), the token of its first mention.
        taken: for each token, whether it is part of a name already.
    """
    for token in chart.doc:
        if taken[token.i] or not token.text[:1].isupper():
            continue
        if token.i > known.get(misread.plain(token.text), len(chart.doc)):
            yield token.i, token.i, "Person"


def institutes(chart: Chart) -> Iterator[NamedSpan]:
    """Yield organisations named by a head noun and a phrase ("Institute for X and Y Studies")."""
    doc = chart.doc
    for token in doc:
        if not _capital(token) or token.lower_ not in lexicon.ORGANISATION_HEADS:
            continue
        first, last = token.i, _right(chart, token.i)
        while first > 0 and _capital(doc[first - 1]) and not _opens(chart, first - 1):
            first -= 1
        last = max(token.i, before_title(chart, token.i + 1, last))
        while last > token.i and not _capital(doc[last]):
            last -= 1
        if first < last:
            yield first, last, "Organization"


def outlets(chart: Chart) -> Iterator[NamedSpan]:
    """Yield stations ("Al Andalus TV") and web sites, which are named by their domain."""
    doc = chart.doc
    for token in doc:
        if _SITE.fullmatch(token.text):
            yield token.i, token.i, "MediaOutlet"
        if token.text not in _STATIONS or token.i == 0:
            continue
        first = token.i
        while first > 0 and (_capital(doc[first - 1]) or doc[first - 1].text == "-"):
            if _opens(chart, first - 1):
                break
            first -= 1
        if first > 1 and doc[first].text == "-":
            first -= 1  # "al-Nahar TV"
        if first < token.i:
            yield first, token.i, "MediaOutlet"


def _opens(chart: Chart, index: int) -> bool:
    """Return whether a name cannot go back to `index`: a common word, or another paragraph."""
    token = chart.doc[index]
    if token.lower_ in _SENTENCE_OPENERS:
        return True
    return chart.parse.paragraph[index] != chart.parse.paragraph[index + 1]


def _right(chart: Chart, index: int) -> int:
    """Return the last token of a name such as "Institute of A and B" with its head at `index`."""
    doc, last, at = chart.doc, index, index + 1
    linked = False
    while at < len(doc) and doc[at].lower_ not in _CALENDAR:
        if _capital(doc[at]) and (linked or at == last + 1):
            last = at
        elif doc[at].lower_ in _LINKERS and (linked or doc[at].lower_ != "and"):
            linked = True
        elif doc[at].lower_ == "the" and doc[at - 1].lower_ in {"of", "for"}:
            pass
        else:
            break
        at += 1
    return last


def bodies(chart: Chart) -> Iterator[NamedSpan]:
    """Yield ministries, parliaments and armies with their country ("Chilean Foreign Ministry")."""
    doc = chart.doc
    for token in doc:
        if not _capital(token) or token.lower_ not in lexicon.BODY_HEADS:
            continue
        first = last = token.i
        if token.lower_ in _OF_BODIES:
            last = _right(chart, token.i)
        while first > 0 and _capital(doc[first - 1]) and _qualifies(chart, first - 1):
            first -= 1
        owner = _owner_before(chart, first)
        if owner is not None:
            first = owner
        last = max(token.i, before_title(chart, token.i + 1, last))
        while last > token.i and not _capital(doc[last]):
            last -= 1
        if first < last:
            yield first, last, "GovernmentBody"


def _qualifies(chart: Chart, index: int) -> bool:
    """Return whether a capitalised word belongs to the name of the body after it."""
    token = chart.doc[index]
    if token.lower_ in POLICY | _RANKS:
        return True
    listed = chart.gazetteer.find(token.text) or chart.gazetteer.title(token.text)
    return not listed and not _opens(chart, index) and token.is_alpha


def _owner_before(chart: Chart, first: int) -> int | None:
    """Return where a country's name or adjective starts that ends right before token `first`."""
    words = [token.text for token in chart.doc[max(0, first - 3) : first]]
    offset = first - len(words)
    for start in range(len(words)):
        found = chart.gazetteer.longest(words, start)
        if found and start + found[0] == len(words) and found[1][0].entry.kind == "Country":
            return offset + start
    return None
