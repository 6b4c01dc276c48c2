"""Reading CoNLL-U: documents, paragraphs, sentences and words, with their spacing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One syntactic word of a treebank; `head` counts from 1 and 0 is the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    misc: str
    space: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence with the identifiers needed to line it up with other layers."""

    sent_id: str
    document: str
    words: tuple[Word, ...]
    opens_paragraph: bool = False

    @property
    def text(self) -> str:
        """The words with their spacing."""
        return "".join(word.form + " " * word.space for word in self.words).rstrip()


@dataclass(slots=True)
class _Open:
    """A sentence while it is being read."""

    sent_id: str = ""
    paragraph: bool = False
    rows: list[list[str]] = field(default_factory=list)
    ranges: dict[int, tuple[int, str, str]] = field(default_factory=dict)


def _spaced(misc: str) -> bool:
    return "SpaceAfter=No" not in misc.split("|")


def split_surface(surface: str, forms: list[str]) -> list[str]:
    """Return the pieces of a multiword token's surface that its words stand for.

    English treebanks spell most parts as they are written ("do", "n't"). Where they do not
    ("cant" as "can", "not"), the surface is cut after the letters the first words share with
    it, and the last word takes the rest; a word is never left empty. When the surface is too
    short for that, the forms are returned as they are.
    """
    if "".join(forms) == surface or len(surface) < len(forms):
        return forms
    pieces: list[str] = []
    at = 0
    for index, form in enumerate(forms[:-1]):
        left = len(forms) - index - 1
        end = at
        while (
            end - at < len(form)
            and end < len(surface) - left
            and surface[end].lower() == form[end - at].lower()
        ):
            end += 1
        end = max(end, at + 1)
        pieces.append(surface[at:end])
        at = end
    return [*pieces, surface[at:]]


def _finish(opened: _Open, document: str) -> Sentence:
    forms = [row[1] for row in opened.rows]
    spaces = [_spaced(row[9]) for row in opened.rows]
    for first, (last, surface, misc) in opened.ranges.items():
        forms[first - 1 : last] = split_surface(surface, forms[first - 1 : last])
        spaces[first - 1 : last] = [False] * (last - first) + [_spaced(misc)]
    words = tuple(
        Word(
            form=form,
            lemma=row[2],
            upos=row[3],
            xpos=row[4],
            feats="" if row[5] == "_" else row[5],
            head=int(row[6]),
            deprel=row[7],
            misc="" if row[9] == "_" else row[9],
            space=space,
        )
        for row, form, space in zip(opened.rows, forms, spaces, strict=True)
    )
    return Sentence(
        sent_id=opened.sent_id,
        document=document,
        words=words,
        opens_paragraph=opened.paragraph,
    )


def read(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file in order; empty nodes are left out."""
    document = ""
    opened = _Open()
    with path.open(encoding="utf-8") as lines:
        for raw in lines:
            line = raw.rstrip("\n")
            if not line:
                if opened.rows:
                    yield _finish(opened, document)
                opened = _Open()
            elif line.startswith("#"):
                key, _, value = line[1:].strip().partition("=")
                match key.strip():
                    case "newdoc id":
                        document = value.strip()
                        opened.paragraph = True
                    case "sent_id":
                        opened.sent_id = value.strip()
                    case name if name.startswith("newpar"):
                        opened.paragraph = True
            else:
                row = line.split("\t")
                if "-" in row[0]:
                    first, last = map(int, row[0].split("-"))
                    opened.ranges[first] = (last, row[1], row[9])
                elif "." not in row[0]:
                    opened.rows.append(row)
    if opened.rows:
        yield _finish(opened, document)
