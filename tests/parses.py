"""Pinned parses: sentences with tags, labels and heads by hand, so that rules are tested alone.

Two notations. Rows `word lemma TAG label head` for one sentence (`doc`, `parse`), and words
`word=lemma/TAG/label/head/B-ENT` for articles (`article`): the lemma is left out where it is the
word in lower case (or a name), the entity where there is none; `||` starts a sentence, an empty
line a paragraph. Heads count from 1 in their sentence, 0 is the root.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate

import notation

from kg import ontology
from kg.evaluation.acts import line
from kg.extract import Extractor
from kg.extract.discourse import Chart
from kg.gazetteer import Gazetteer
from kg.parsing.columns import Columns
from kg.parsing.language import Parse
from kg.parsing.tokens import Document
from kg.records import Article, Extraction

_POS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "JJ": "ADJ", "RB": "ADV",
    "IN": "ADP", "TO": "PART", "DT": "DET", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON",
    "WDT": "PRON", "WRB": "ADV", "MD": "AUX", "CC": "CCONJ", "CD": "NUM", "POS": "PART",
    "RP": "ADP", ".": "PUNCT", ",": "PUNCT", ":": "PUNCT", "``": "PUNCT", "''": "PUNCT",
    "-": "PUNCT", "HYPH": "PUNCT", "-LRB-": "PUNCT", "-RRB-": "PUNCT",
}  # fmt: skip
_AUXILIARY = frozenset({"aux", "aux:pass", "cop", "auxpass"})
_GLUED = frozenset({".", ",", ":", "''", "POS", "-RRB-", "HYPH"})  # no space before
_GLUING = frozenset({"``", "-LRB-", "HYPH"})  # no space after
_QUOTES = {'"': ("``", "''"), "“": ("``",), "”": ("''",)}

Cell = tuple[str, str, str, str, int, str]  # word, lemma, tag, label, head in the doc, entity


def doc(rows: str) -> Document:
    """Return a document from rows `word lemma TAG label head`, heads from 1, 0 for the root."""
    lines = [line.split() for line in rows.strip().splitlines()]
    return _doc([_cell(number, 0, *line) for number, line in enumerate(lines)])


def _cell(
    number: int,
    start: int,
    word: str,
    lemma: str,
    tag: str,
    label: str,
    head: str,
    entity: str = "",
) -> Cell:
    if head == "0":
        return word, lemma, tag, "ROOT", number, entity
    return word, lemma, tag, label, start + int(head) - 1, entity


def _doc(cells: list[Cell], spaces: list[bool] | None = None) -> Document:
    words, lemmas, tags, labels, heads, entities = zip(*cells, strict=True)
    pos = [
        "AUX" if label in _AUXILIARY or (lemma == "be" and tag.startswith("V"))
        else _POS.get(tag, "VERB" if tag.startswith("VB") else "X")
        for lemma, tag, label in zip(lemmas, tags, labels, strict=True)
    ]  # fmt: skip
    spaces = spaces or [True] * len(words)
    spaced = [word + " " * space for word, space in zip(words, spaces, strict=True)]
    ends = list(accumulate(map(len, spaced), initial=0))
    return Document.of(
        Columns(
            text="".join(spaced),
            offsets=ends[:-1],
            words=words,
            lemmas=lemmas,
            tags=tags,
            pos=pos,
            labels=labels,
            heads=heads,
            names=named(entities),
        )
    )


def named(marks: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return first and last position and kind of each name from marks such as B-PER, I-PER."""
    found: list[tuple[int, int, str]] = []
    for i, mark in enumerate(marks):
        begins, _, kind = mark.partition("-")
        if begins == "B":
            found.append((i, i, kind))
        elif begins == "I":
            found[-1] = (found[-1][0], i, kind)
    return found


def parse(rows: str, *, scheme: str = "ud", published: str = "") -> Parse:
    """Return a parsed article of the one sentence that `rows` give."""
    return _parse(doc(rows), scheme=scheme, published=published)


def article(text: str, *, scheme: str = "ud", published: str = "", id: str = "pinned") -> Parse:
    """Return a parsed article from words `word=lemma/TAG/label/head/B-ENT`."""
    cells: list[Cell] = []
    paragraph: list[int] = []
    for number, block in enumerate(text.strip().split("\n\n")):
        for sentence in block.split("||"):
            start = len(cells)
            for word in sentence.split():
                cells.append(_word(word, len(cells), start))
                paragraph.append(number)
    spaces = [
        cell[2] not in _GLUING and after[2] not in _GLUED and after[0] != "n't"
        for cell, after in zip(cells, [*cells[1:], cells[-1]], strict=True)
    ]
    return _parse(_doc(cells, spaces), tuple(paragraph), scheme=scheme, published=published, id=id)


def _word(text: str, number: int, start: int) -> Cell:
    head, tag, label, governor, *entity = text.split("/")
    word, _, lemma = head.partition("=")
    if not lemma:
        lemma = word if tag.startswith("NNP") else word.lower()
    return _cell(number, start, word, lemma, tag, label, governor, *entity)


def _parse(
    made: Document,
    paragraph: tuple[int, ...] = (),
    *,
    scheme: str,
    published: str,
    id: str = "pinned",
) -> Parse:
    offsets = made.offsets
    return Parse(
        article=Article(id=id, text=made.text, published=published),
        doc=_plain(made),
        starts=tuple(offsets),
        ends=tuple(start + len(t.text) for start, t in zip(offsets, made, strict=True)),
        paragraph=paragraph or (0,) * len(made),
        scheme=scheme,
    )


def _plain(made: Document) -> Document:
    """Return the tokens with straight quotes, as rules see them; the article keeps the curly."""
    curly = str.maketrans("“”", '""')
    columns = made.columns()
    words = [word.translate(curly) for word in columns.words]
    return Document.of(replace(columns, words=words, text=columns.text.translate(curly)))


def flat(text: str, *, published: str = "", people: str = "") -> Chart:
    """Return the chart of a text without syntax: every word hangs on the first.

    Args:
        text: paragraphs parted by empty lines; marks stand alone ("Oslo , Norway").
        published: EDTF date of publication.
        people: names that the model would see as persons, parted by "; ".
    """
    blocks = []
    for block in text.strip().split("\n\n"):
        tokens = [_flat_word(word, number) for number, word in enumerate(block.split())]
        for name in filter(None, people.split("; ")):
            _label(tokens, name.split())
        blocks.append(" ".join(tokens))
    return chart("\n\n".join(blocks), published=published)


def _flat_word(word: str, number: int) -> str:
    tag = {"'s": "POS", "(": "-LRB-", ")": "-RRB-", "-": "HYPH"}.get(word)
    if tag is None:
        tag = "CD" if word[0].isdigit() else "NNP" if word[0].isupper() else "NN"
        tag = tag if word[0].isalnum() else word
    return f"{word}/{tag}/{'dep' if number else 'ROOT'}/{1 if number else 0}"


def _label(tokens: list[str], name: list[str]) -> None:
    plain = [token.split("/")[0] for token in tokens]
    for start in range(len(plain)):
        if plain[start : start + len(name)] == name:
            for offset in range(len(name)):
                tokens[start + offset] += f"/{'I' if offset else 'B'}-PERSON"


@cache
def extractor() -> Extractor:
    """Return the extractor with the ontology and the gazetteer of the package."""
    return Extractor(ontology.load(), Gazetteer.load())


def chart(text: str, *, scheme: str = "ud", published: str = "") -> Chart:
    """Return an empty chart of the article that `text` gives."""
    parsed = article(text, scheme=scheme, published=published)
    return Chart(parsed, extractor().gazetteer, extractor().ontology)


def extract(
    text: str,
    *,
    scheme: str = "ud",
    published: str = "2025-05-14",
    id: str = "pinned",
    **header: str,
) -> Extraction:
    """Return what is found in the article that `text` gives; `header` are its other fields."""
    made = article(text, scheme=scheme, published=published, id=id)
    return extractor().extract(replace(made, article=replace(made.article, **header)))


def told(
    text: str, *, scheme: str = "ud", published: str = "2025-05-14", **header: str
) -> list[str]:
    """Return the statements of an article as lines of `notation`, sorted."""
    found = extract(text, scheme=scheme, published=published, **header)
    return sorted(map(line, found.statements))


def check(name: str, text: str, lines: Sequence[str], *, scheme: str = "ud") -> None:
    """Fail unless an article tells the acts of these lines, sorted, and no others."""
    found = extract(text, scheme=scheme)
    told = replace(found, statements=tuple(sorted(found.statements, key=line)))
    case = notation.Case(text=name, acts=tuple(map(notation.act, lines)), never=("",))
    notation.check(case, found=told)
