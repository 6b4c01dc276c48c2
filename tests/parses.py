"""Pinned parses: sentences with tags, labels and heads written by hand, so that rules are tested alone."""

from __future__ import annotations

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.language import Parse
from kg.records import Article

_POS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "JJ": "ADJ", "RB": "ADV",
    "IN": "ADP", "TO": "PART", "DT": "DET", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON",
    "WDT": "PRON", "MD": "AUX", "CC": "CCONJ", "CD": "NUM", "POS": "PART", "RP": "ADP",
    ".": "PUNCT", ",": "PUNCT", "``": "PUNCT", "''": "PUNCT", "-": "PUNCT",
}  # fmt: skip


def doc(rows: str) -> Doc:
    """Return a Doc from rows `word lemma TAG label head`, heads counted from 1, 0 for the root."""
    cells = [line.split() for line in rows.strip().splitlines()]
    words = [c[0] for c in cells]
    auxiliary = {"aux", "aux:pass", "cop", "auxpass"}
    pos = [
        "AUX" if c[3] in auxiliary else _POS.get(c[2], "VERB" if c[2].startswith("VB") else "X")
        for c in cells
    ]
    return Doc(
        Vocab(),
        words=words,
        lemmas=[c[1] for c in cells],
        tags=[c[2] for c in cells],
        pos=pos,
        deps=["ROOT" if c[4] == "0" else c[3] for c in cells],
        heads=[number if c[4] == "0" else int(c[4]) - 1 for number, c in enumerate(cells)],
    )


def parse(rows: str, *, scheme: str = "ud", published: str = "") -> Parse:
    """Return a parsed article of the one sentence that `rows` give."""
    made = doc(rows)
    return Parse(
        article=Article(id="pinned", text=made.text, published=published),
        doc=made,
        starts=tuple(t.idx for t in made),
        ends=tuple(t.idx + len(t) for t in made),
        paragraph=(0,) * len(made),
        scheme=scheme,
    )
