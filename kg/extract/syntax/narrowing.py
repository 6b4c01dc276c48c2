"""Chooses the subject of a verb if the parse gives it several, or none."""

from __future__ import annotations

from kg.extract.syntax.phrases import Phrases
from kg.parsing.labels import PEOPLE
from kg.parsing.tokens import Token


def set_off(syntax: Phrases, verb: Token) -> list[Token]:
    """Return a name right before the verb that the parse wrongly has as an apposition.

    "In a reply to the ministry, Juan Perez, a spokesman, blamed Chile."
    """
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or verb.head is not verb:
        return []
    for token in reversed(verb.doc[verb.sent[0] : verb.i]):
        if token.dep_ in syntax.labels.apposition and token.ent_type_ in PEOPLE:
            last = max(t.i for t in token.subtree)
            return [token] if last >= verb.i - 2 else []
    return []


def unowned(verb: Token, subjects: list[Token]) -> list[Token]:
    """Leave out possessors of the subject: "the Herald's Juan Perez said"."""
    return [t for t in subjects if not any(c.tag_ == "POS" for c in t.children)]


def persons(verb: Token, subjects: list[Token]) -> list[Token]:
    """Keep people only: some parses give both an employer and a person as subjects."""
    return [t for t in subjects if t.ent_type_ in PEOPLE]


def behind_mark(verb: Token, subjects: list[Token]) -> list[Token]:
    """Keep subjects after the conjunction of the clause: "A stayed out, after B had gone in"."""
    marks = [c.i for c in verb.children if c.dep_ == "mark" and c.i < verb.i]
    return [t for t in subjects if marks and t.i > marks[0]]


NARROWING = (unowned, persons, behind_mark)
"""Filters of subjects, in order; one that would leave out all of them is not applied."""
