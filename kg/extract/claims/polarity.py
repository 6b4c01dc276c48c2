"""Find the words that negate the verb of a clause."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract import lexicon
from kg.extract.syntax.phrases import Phrases
from kg.parsing.tokens import Token

_CORRELATIVE = frozenset({"neither", "nor"})
_JOINING = frozenset({"cc", "preconj", "cc:preconj"})
_NEARLY = frozenset({"almost", "nearly"})
_BARELY = frozenset({"hardly", "scarcely", "no"})
_UNTIL = frozenset({"until", "till", "before"})
_SHORT_OF = frozenset({"short", "far"})
_INSTEAD = frozenset({"without", "instead", "rather"})


def denying(syntax: Phrases, verb: Token) -> list[str]:
    """Return the words that negate `verb` in its clause; each one reverses the polarity."""
    found = [*_negators(syntax, verb), *_determiners(syntax, verb), *_shared(syntax, verb)]
    found += _fronted(syntax, verb) if not found else []
    if not found and (word := _correlative(syntax, verb)):
        found.append(word)
    return found


def is_yet_to(verb: Token) -> bool:
    """Return whether "yet to" stands before the verb ("has yet to leave"), which negates it."""
    words = {c.i: c.lower_ for c in verb.children if c.i < verb.i}
    return any(word == "yet" and words.get(at + 1) == "to" for at, word in words.items())


def _negators(syntax: Phrases, verb: Token) -> Iterator[str]:
    """Yield "not", "never", "no longer", "almost", "without", "instead of", "yet to"."""
    for token in (*(c for a in syntax.auxiliaries(verb) for c in a.children), *verb.children):
        word = token.lower_
        if word in lexicon.NEGATORS and token.dep_ not in _JOINING:
            if not (_only(token, verb) or _in_the_end(token, verb)):
                yield word
        elif _instead(token) or (word in _NEARLY and token.dep_ == "advmod" and token.i < verb.i):
            yield word
        elif word == "longer" and any(c.lower_ == "no" for c in token.children):
            yield "no longer"
    if is_yet_to(verb):
        yield "yet to"
    for mark in verb.children:  # "stopped short of attacking"
        before = verb.doc[mark.i - 1].lower_ if mark.i else ""
        if mark.dep_ == "mark" and mark.lower_ in {"of", "from"} and before in _SHORT_OF:
            yield before


def _fronted(syntax: Phrases, verb: Token) -> list[str]:
    """Return the negation at the start of a clause: "Never before had Peru", "At no time did"."""
    labels = syntax.labels
    subject = syntax.children(verb, labels.subject | labels.passive_subject)
    auxiliary = syntax.children(verb, labels.auxiliary)
    if not subject or not auxiliary or auxiliary[0].i > subject[0].i:
        return []
    opening = [c for c in verb.children if c.i < auxiliary[0].i and c.dep_ not in _JOINING]
    around = [t for c in opening for t in (c, *c.children)]
    words = [
        t.lower_ for t in around if t.nbor().lower_ not in lexicon.ONLY and not _in_the_end(t, verb)
    ]
    return [word for word in words if word in lexicon.NEGATORS][:1]


def _determiners(syntax: Phrases, verb: Token) -> Iterator[str]:
    """Yield the "no" of "no country" for each subject and object."""
    labels = syntax.labels
    for child in syntax.children(verb, labels.subject | labels.passive_subject | labels.object):
        if syntax.determiners(child) & {"no", "neither"}:
            yield "no"


def _shared(syntax: Phrases, verb: Token) -> Iterator[str]:
    """Yield negators that a coordinated infinitive shares with the first ("not go or send")."""
    if verb.dep_ != "conj" or verb.tag_ != "VB" or verb.head.pos_ not in {"VERB", "AUX"}:
        return
    if syntax.children(verb, syntax.labels.subject) or syntax.has_auxiliary(verb):
        return
    for child in verb.head.children:
        if child.lower_ in lexicon.NEGATORS and child.i < verb.i and not _only(child, verb.head):
            yield child.lower_


def _correlative(syntax: Phrases, verb: Token) -> str:
    """Return "neither" or "nor" before the verb or before an argument of it, or ""."""
    labels = syntax.labels
    taken = labels.subject | labels.passive_subject | labels.object | labels.oblique
    for child in verb.children:
        if child.lower_ in _CORRELATIVE and child.i < verb.i:
            return child.lower_
        if child.dep_ in taken and any(c.lower_ == "neither" for c in child.children):
            return "neither"
    return ""


def _only(negator: Token, verb: Token) -> bool:
    """Return whether a negator belongs to "not only", which negates nothing."""
    around = (*verb.children, *negator.children)
    return any(c.i == negator.i + 1 and c.lower_ in lexicon.ONLY for c in around)


def _in_the_end(negator: Token, verb: Token) -> bool:
    """Return whether a clause with a negator says that it was done after all.

    "Hardly had Peru signed when ...", "No sooner had it left than ...", "Not until May did it go".
    """
    if negator.lower_ == "not":
        opens = negator.i == min(c.i for c in verb.subtree)
        return opens and negator.nbor().lower_ in _UNTIL
    if negator.lower_ not in _BARELY or all(c.lower_ != "had" for c in verb.children):
        return False
    if negator.lower_ == "no":
        return negator.nbor().lower_ == "sooner"
    marks = (m for c in verb.children for m in c.children if c.dep_ == "advcl" and c.i > verb.i)
    return any(m.lower_ in {"when", "before", "than"} for m in marks)


def _instead(token: Token) -> bool:
    """Return whether `token` is "without", or begins "rather than" or "instead of"."""
    begins = any(c.lower_ in {"than", "of"} for c in token.children)
    return token.lower_ in _INSTEAD and (token.dep_ == "mark" or begins)
