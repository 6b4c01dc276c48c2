"""Gives ClearNLP trees the shape of Universal Dependencies where the two differ, labels kept.

The table in `kg.parsing.mending` says which function gets which tokens. A function changes nothing
if the tree does not have its construction. Simple prepositional phrases stay as they are.
"""

from __future__ import annotations

from kg.parsing.tokens import Token
from kg.parsing.trees import hang

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_LINKS = frozenset({"prep", "advmod"})


def hang_gerund(gerund: Token) -> None:
    """Make a gerund a clause of the word that its preposition hangs on, which introduces it.

    In "accused Peru of lying", "lying" hangs on "accused", and "of" on "lying". Words such as
    "instead" before the preposition introduce the clause with it.
    """
    preposition = gerund.head
    if preposition is gerund or preposition.dep_ != "prep":
        return
    if gerund.tag_ != "VBG" and all(c.lower_ != "having" for c in gerund.children):
        return
    host, outer = preposition.head, None
    if host.dep_ in _LINKS and host.i == preposition.i - 1 and host.head is not host:
        host, outer = host.head, host
    if preposition is host:
        return  # "By lying, ..." is all that there is
    hang(gerund, host, "acl" if host.pos_ in _NOMINAL else "advcl")
    for child in [c for c in preposition.children if c is not gerund]:
        hang(child, gerund, child.dep_)
    if outer is None:
        hang(preposition, gerund, "mark")
    else:
        hang(outer, gerund, "mark")
        hang(preposition, outer, "fixed")


def link(predicate: Token) -> None:
    """Make the predicate after a form of "be" the head of the clause, with "be" as its copula.

    In "Peru is ready to talk", "Peru" and "is" hang on "ready".
    """
    be = predicate.head
    if be is predicate or be.lemma_.lower() != "be" or predicate.i < be.i:
        return
    if any(c.dep_ == "expl" for c in be.children):
        return  # "there is an offer"
    for child in [c for c in be.children if c is not predicate]:  # first: the tree stays one
        hang(child, predicate, child.dep_)
    hang(predicate, predicate if be.head is be else be.head, be.dep_)
    hang(be, predicate, "cop")
