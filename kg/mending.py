"""Parses whose labels and tags contradict each other, set right."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Verbs whose infinitive says what somebody else is to do ("ask Peru to come").
_ASKING = frozenset(
    "advise allow appeal ask beg call compel convince direct enable encourage force help induce "
    "instruct lobby oblige order permit persuade plead press pressure prompt push request "
    "require tell urge want warn".split()
)
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_ASKED = frozenset({"obj", "iobj", "obl", "nsubj:pass"})
_TITLE = "nmod:desc"


def mend(doc: Doc) -> None:
    """Mend what the tags of an analysis contradict.

    A finite verb modifies no noun: where the parse has it so, the noun is its subject. What is
    asked of somebody is a complement of the asking: UD parsers often take "to come" in "ask Peru to
    come" for a purpose of the asking, or for a modifier of the name, which would have those who ask
    come themselves. A preposition before a title governs the name ("by minister Eva Ruiz"), and a
    name goes on no further than the next title, comma or "and".
    """
    for token in doc:
        if token.dep_ == "acl" and token.tag_ in _FINITE:
            _promote(token)
        elif token.dep_ == "flat":
            _part(token)
    for token in doc:
        if token.dep_ == _TITLE:
            _lift(token)
        elif token.tag_ == "VB" and any(c.tag_ == "TO" for c in token.children):
            _direct(token)


def _promote(verb: Token) -> None:
    """Make a finite verb the head of the noun before it, which becomes its subject."""
    noun = verb.head
    clausal = noun.dep_ in {"ROOT", "parataxis", "ccomp"}
    if noun.i > verb.i or not clausal or noun.pos_ not in {"PROPN", "NOUN", "PRON"}:
        return
    if any(child.dep_.startswith(("nsubj", "cop")) for child in noun.children):
        return
    verb.dep_ = noun.dep_
    verb.head = verb if noun.head == noun else noun.head
    noun.head = verb
    noun.dep_ = "nsubj"


def _part(name: Token) -> None:
    """Make a second name that the parse joined to the first its conjunct, with its titles."""
    first = name.head
    if not any(t.tag_ == "CC" for t in name.doc[first.i + 1 : name.i]):
        return
    titles = [t for t in first.children if t.dep_ == _TITLE and first.i < t.i < name.i]
    if not titles:
        return  # "Trinidad and Tobago"
    for title in titles:
        title.head = name
    name.dep_ = "conj"


def _lift(title: Token) -> None:
    """Let a preposition before a title govern the name that the title describes."""
    name = title.head
    if name.i < title.i or any(c.dep_ == "case" for c in name.children):
        return
    for child in list(title.children):
        if child.dep_ == "case":
            child.head = name


def _direct(act: Token) -> None:
    """Make what somebody is asked to do a complement of the asking."""
    name = act.dep_ == "acl" and act.head.pos_ in {"PROPN", "PRON"}
    if act.dep_ != "advcl" and not (name and act.head.dep_ in _ASKED):
        return
    verb = act.head.head if name else act.head
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in _ASKING:
        return
    if any(c.dep_ in _ASKED and c.i < act.i for c in verb.children):
        act.head = verb
        act.dep_ = "xcomp"
