"""Scorers made by hand: all weights zero, but for those that a test sets."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import parses

from kg.extract import Extractor
from kg.extract.learned.alphabet import ROLES, RULED, Alphabet
from kg.extract.learned.inputs import COLUMNS, Floats
from kg.extract.learned.network import Scorers
from kg.parsing.language import Parse
from kg.parsing.tokens import Document

WIDTH, HIDDEN = 4, 6
LETTERS = Alphabet(
    relations=("attacks", "commentsOn", "visits"),
    pos=("NOUN", "PROPN", "VERB"),
    deps=("nsubj", "obj", "ROOT"),
    kinds=("Country", "Group"),
    pronouns=("I", "we", "they"),
    paths=("nsubj^", "obl=amid^", "obl=near^"),
)


def scorers(alphabet: Alphabet = LETTERS) -> Scorers:
    """Return scorers to which a phrase with "near" is the target, and one with "amid" a topic."""
    relations = len(alphabet.relations)
    sizes = {
        "pos": len(alphabet.pos) + 1, "dep": len(alphabet.deps) + 1,
        "kind": len(alphabet.kinds) + 1, "ruled": 2 * relations + 1, "quoted": 2,
    }  # fmt: skip
    columns = {
        "path": len(alphabet.paths) + 1, "ruled": 2 * len(RULED) + 1, "distance": 16,
        "kind": len(alphabet.kinds) + 1, "pronoun": len(alphabet.pronouns) + 1, "known": 2,
        "quoted": 4, "up": 6, "down": 6,
    }  # fmt: skip
    weights = {
        "word.vectors": _zeros(WIDTH, HIDDEN), "word.bias": _zeros(HIDDEN),
        "word.cards": _zeros(relations, HIDDEN),
        "role.trigger": _zeros(HIDDEN, HIDDEN), "role.phrase": _zeros(HIDDEN, HIDDEN),
        "role.bias": _zeros(HIDDEN), "role.relation": _zeros(relations, HIDDEN),
        "role.deep": np.eye(HIDDEN, dtype=np.float32), "role.deep.bias": _zeros(HIDDEN),
        "role.out": _zeros(HIDDEN, len(ROLES)),
        "role.out.bias": np.array([0, 0, -9], dtype=np.float32),
        "role.none": _zeros(HIDDEN, len(ROLES)),
        "role.none.bias": np.array([2, 2, 0], dtype=np.float32),
    }  # fmt: skip
    weights |= {f"word.{name}": _zeros(size, HIDDEN) for name, size in sizes.items()}
    weights |= {f"role.{name}": _zeros(columns[name], HIDDEN) for name in COLUMNS}
    for at, path in ((1, "obl=near^"), (2, "obl=amid^")):
        weights["role.path"][list(alphabet.paths).index(path) + 1, at] = 12
        weights["role.out"][at, at] = 1
    return Scorers(alphabet, weights)


def _zeros(*shape: int) -> Floats:
    return np.zeros(shape, dtype=np.float32)


def extractor(made: Scorers) -> Extractor:
    """Return an extractor with these scorers."""
    plain = parses.extractor()
    return Extractor(plain.ontology, plain.gazetteer, made)


def article(text: str, vectors: Floats | None = None) -> Parse:
    """Return a parsed article (see `parses.article`) whose words have vectors, by default zeros."""
    parse = parses.article(text)
    rows = np.zeros((len(parse.doc), WIDTH), dtype=np.float32) if vectors is None else vectors
    return replace(parse, doc=Document.of(replace(parse.doc.columns(), vectors=rows)))
