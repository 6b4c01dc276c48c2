"""Finds quotations and their speakers.

Quotations are found by their marks, paragraph by paragraph. The speaker is the subject of the
nearest speech verb (cf. O'Keefe et al. 2012; Pareti 2016).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.extract.discourse import Chart
from kg.parsing.tokens import Token
from kg.parsing.words import DASHES

_OPENING, _CLOSING = "“«„‘", "”»’"
_SINGLE = frozenset({"``", "''"})  # tags of single quotation marks, but not of apostrophes
_NEAR = 14  # tokens between a quotation and its speech verb; chosen, not measured
_CLOSE = 7  # the same for a quotation of a word or two; chosen, not measured
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SHORT = 4  # tokens; a shorter quotation may be a phrase within a sentence; chosen, not measured


@dataclass(slots=True, kw_only=True)
class Quotation:
    """A quotation and its source.

    Attributes:
        first, last: the tokens between the marks.
        open_end: whether the closing mark is missing.
        speaker: heads of the noun phrases that name the speaker; empty if unknown.
        verb: the speech verb.
    """

    first: int
    last: int
    open_end: bool
    speaker: list[Token]
    verb: Token | None = None


def quotations(chart: Chart, speech_verbs: frozenset[str]) -> list[Quotation]:
    """Return the quotations of the article in text order, with the speaker if it is clear.

    A quotation without a speech verb or label of its own takes the speaker of the one before it in
    the same paragraph, or in the paragraph before if that has no closing mark or if the quotation
    fills its paragraph.
    """
    found = list(_marked(chart))
    quoted = {i for q in found for i in range(q.first, q.last + 1)}
    for quotation in found:
        _beside(chart, quotation, speech_verbs, quoted)
        if not quotation.speaker:
            labelled(chart, quotation, quoted)
    paragraph = chart.parse.paragraph
    for before, quotation in pairwise(found):
        gap = paragraph[quotation.first] - paragraph[before.last]
        if before.open_end and gap == 1 and not before.speaker:
            before.speaker, before.verb = quotation.speaker, quotation.verb
        short = quotation.last - quotation.first < _SHORT
        whole = chart.doc[quotation.last].text in {".", "!", "?"}
        if quotation.speaker or (short and not whole):
            continue
        if gap == 0 or (gap == 1 and (before.open_end or _fills_paragraph(chart, quotation))):
            quotation.speaker, quotation.verb = before.speaker, before.verb
    return found


def _fills_paragraph(chart: Chart, quotation: Quotation) -> bool:
    """Return whether a paragraph is nothing but one quotation, which a speaker goes on with."""
    paragraph = chart.parse.paragraph
    first, behind = quotation.first - 1, quotation.last + 2
    begins = first <= 0 or paragraph[first - 1] != paragraph[first]
    ends = behind >= len(paragraph) or paragraph[behind] != paragraph[quotation.last]
    return begins and (quotation.open_end or ends)


def closes_sentence(chart: Chart, verb: Token) -> tuple[int, int] | None:
    """Return first and last token of what a final ", Smith said" reports, None if it is not one.

    This reads the order of words, since parses of such sentences are often wrong.
    """
    if verb.pos_ != "VERB":
        return None
    head = closing_subject(chart, verb)
    if head is not None:
        first = phrase_start(chart, head)
    else:
        subject = chart.syntax.children(verb, chart.syntax.labels.subject)
        if not subject or subject[0].i > verb.i:
            return None
        first = subject[0].left_edge.i
        while first < subject[0].i and chart.doc[first].is_punct:
            first += 1
    comma, start = first - 1, verb.sent.start
    if comma <= start + 2 or chart.doc[comma].text not in {",", '"'}:
        return None
    if any(c.i > verb.i for c in chart.syntax.clauses(verb)):
        return None
    if chart.syntax.children(verb, chart.syntax.labels.object):
        return None
    return start, comma - 1


def closing_subject(chart: Chart, verb: Token) -> Token | None:
    """Return the head of the name or pronoun right before a final verb (", Smith added.").

    This reads the order of words, which is more reliable here than the parse.
    """
    after = chart.doc[verb.i + 1] if verb.i + 1 < len(chart.doc) else None
    if after is not None and not after.is_punct:
        return None
    before = chart.doc[verb.i - 1] if verb.i else None
    if before is None:
        return None
    place = chart.at[before.i]
    head = chart.doc[place.head] if place is not None else before
    if place is None and before.lower_ not in {"he", "she", "they", "it"}:
        return None
    comma = phrase_start(chart, head) - 1
    return head if comma > 0 and chart.doc[comma].text in {",", '"'} else None


def phrase_start(chart: Chart, head: Token) -> int:
    """Return the first token of the noun phrase around `head`, including titles before a name."""
    place = chart.at[head.i]
    first = place.first if place is not None else head.i
    while first > 0 and (
        (place is not None and chart.covers[first - 1] is place)
        or (
            chart.doc[first - 1].dep_ in {"compound", "nmod:desc", "amod", "det"}
            and chart.doc[first - 1].sent.start == head.sent.start
        )
    ):
        first -= 1
    return first


def _marked(chart: Chart) -> Iterator[Quotation]:
    """Yield the quotations between paired marks, still without speakers.

    A quotation without a closing mark ends with its paragraph. The next paragraph continues it,
    whether or not it begins with a mark.
    """
    paragraph = chart.parse.paragraph
    marks: dict[int, list[int]] = {}
    for token in chart.doc:
        if '"' in token.text:
            marks.setdefault(paragraph[token.i], []).append(token.i)
    double = frozenset(marks)
    for token in chart.doc:
        if token.text == "'" and token.tag_ in _SINGLE and paragraph[token.i] not in double:
            marks.setdefault(paragraph[token.i], []).append(token.i)
    starts = _paragraph_starts(paragraph)
    left_open = -1  # number of the last paragraph that ended inside a quotation
    for number in sorted(marks):
        first, end = starts[number], starts.get(number + 1, len(paragraph))
        opened: int | None = None
        for i in marks[number]:
            if opened is None and i > first and left_open == number - 1 and _closes(chart, i):
                opened = first - 1
                left_open = -1
            if opened is None:
                opened = None if _closes(chart, i) and not _opens(chart, i) else i
            elif _opens(chart, i) and not _closes(chart, i):
                opened = i
            else:
                if i - 1 > opened:
                    yield Quotation(first=opened + 1, last=i - 1, open_end=False, speaker=[])
                opened = None
        if opened is not None and end - 1 > opened:
            yield Quotation(first=opened + 1, last=end - 1, open_end=True, speaker=[])
            left_open = number


def _paragraph_starts(paragraph: tuple[int, ...]) -> dict[int, int]:
    starts: dict[int, int] = {}
    for index, number in enumerate(paragraph):
        starts.setdefault(number, index)
    return starts


def _around(chart: Chart, i: int) -> tuple[str, str, str]:
    """Return the mark at token `i` with the characters before and after it, from the raw text."""
    text, start, end = chart.parse.article.text, chart.parse.starts[i], chart.parse.ends[i]
    before = text[start - 1] if start else " "
    return before, text[start], text[end] if end < len(text) else " "


def _opens(chart: Chart, i: int) -> bool:
    before, mark, after = _around(chart, i)
    if mark in _OPENING or mark in _CLOSING:
        return mark in _OPENING
    return not after.isspace() and (before.isspace() or before in "([—–-")


def _closes(chart: Chart, i: int) -> bool:
    before, mark, _ = _around(chart, i)
    if mark in _OPENING or mark in _CLOSING:
        return mark in _CLOSING
    return not before.isspace() and before not in "([—–"


def _beside(chart: Chart, quotation: Quotation, verbs: frozenset[str], quoted: set[int]) -> None:
    """Set verb and speaker by the nearest speech verb outside all quotations in the paragraph.

    Distance counts tokens. The penalties for a sentence end in between, and for a verb before the
    quotation, are chosen, not measured.
    """
    paragraph = chart.parse.paragraph[quotation.first]
    best: tuple[float, Token, list[Token]] | None = None
    low = max(0, quotation.first - _NEAR - 1)
    high = min(len(chart.doc), quotation.last + _NEAR + 2)
    for index in [*range(low, quotation.first), *range(quotation.last + 1, high)]:
        token = chart.doc[index]
        if token.pos_ != "VERB" or index in quoted or chart.parse.paragraph[index] != paragraph:
            continue
        if token.lemma_.lower() not in verbs:
            continue
        subject = chart.syntax.subject(token)
        if not subject or subject[0].i in quoted:
            continue
        after = index > quotation.last
        distance = index - quotation.last if after else quotation.first - index
        if distance > _CLOSE and _turn_of_phrase(chart, quotation):
            continue
        cut = _sentence_ends_between(chart, quotation, index)
        weight = distance + (8.0 if cut else 0.0) + (1.0 if not after else 0.0)
        if cut and not after and chart.doc[quotation.first - 2].text not in {":", ","}:
            weight += 6.0
        if best is None or weight < best[0]:
            best = (weight, token, subject)
    if best is not None and best[0] < _NEAR + 4:
        quotation.verb, quotation.speaker = best[1], best[2]


def _turn_of_phrase(chart: Chart, quotation: Quotation) -> bool:
    """Return whether a quotation is a short phrase without a finite verb ("so-called" words)."""
    inside = chart.doc[quotation.first : quotation.last + 1]
    return len(inside) <= _SHORT and not any(t.tag_ in _FINITE for t in inside)


def _sentence_ends_between(chart: Chart, quotation: Quotation, index: int) -> bool:
    if index > quotation.last:
        if chart.doc[quotation.last].text in {".", "!"}:
            return True
        return any(chart.doc[i].text == "." for i in range(quotation.last + 1, index))
    return any(chart.doc[i].text == "." for i in range(index, quotation.first))


# -- labels: who speaks without a verb of saying ---------------------------------------------------


def labelled(chart: Chart, quotation: Quotation, quoted: set[int]) -> None:
    """Set the speaker of a quotation that a label names, by the first of `LABELS` that does."""
    for names in LABELS:
        heads = [t for t in names(chart, quotation) if t.i not in quoted]
        if heads:
            quotation.speaker = heads
            return


def _in_words_of(chart: Chart, quotation: Quotation) -> list[Token]:
    """Return who is named by "in the words of Ruiz" or "these were the words of Ruiz"."""
    first, last = quotation.first, quotation.last
    paragraph = chart.parse.paragraph
    before = range(first - 2, max(0, first - _NEAR) - 1, -1)
    for i in (*before, *range(last + 2, min(len(paragraph), last + _NEAR))):
        word = chart.doc[i]
        if word.lower_ == "words" and paragraph[i] == paragraph[first]:
            of = [head for name, head in chart.syntax.prepositions(word) if name == "of"]
            if found := chart.syntax.possessors(word) or of:
                return found
    return []


def _before_colon(chart: Chart, quotation: Quotation) -> list[Token]:
    """Return who is named before a colon: "Ruiz was blunt: ...", "Letter from Ruiz: ..."."""
    colon, syntax = quotation.first - 2, chart.syntax
    if colon < 1 or chart.doc[colon].text != ":":
        return []
    start = colon - 1
    while start > 0 and chart.doc[start - 1].text not in {".", "!", "?", '"'}:
        if chart.parse.paragraph[start - 1] != chart.parse.paragraph[colon]:
            break
        start -= 1
    head = chart.doc.top(start, colon - 1)
    if head.pos_ in {"VERB", "AUX"} or any(c.dep_ == "cop" for c in head.children):
        quotation.verb = head if head.pos_ == "VERB" else None
        return syntax.children(head, syntax.labels.subject)
    by = [t for name, t in syntax.prepositions(head) if name in {"by", "from"}]
    return by or syntax.possessors(head) or ([head] if chart.mention(head) is not None else [])


def _behind_dash(chart: Chart, quotation: Quotation) -> list[Token]:
    """Return who is named behind a dash: '"We left." - Ana Ruiz'."""
    doc, dash = chart.doc, quotation.last + 2
    if dash + 1 >= len(doc) or doc[dash].text not in DASHES:
        return []
    number = chart.parse.paragraph[dash]
    behind = [t for t in doc[dash + 1 :] if chart.parse.paragraph[t.i] == number]
    if len(behind) > _NEAR or any(t.tag_ in _FINITE for t in behind):
        return []
    names = (chart.at[t.i] for t in behind)
    place = next((p for p in names if p is not None and chart.is_a(p.referent, ("Person",))), None)
    return [doc[place.head]] if place is not None else []


Names = Callable[[Chart, Quotation], list[Token]]
LABELS: tuple[Names, ...] = (_in_words_of, _before_colon, _behind_dash)
"""Ways to name a speaker without a verb of saying; the first that finds anybody decides."""
