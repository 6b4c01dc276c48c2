"""Tell figures of speech, matches and fiction from acts: "a trade war", "beat Chile 2-0"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract import lexicon
from kg.extract.acts.drafts import Draft, Site
from kg.extract.discourse import Chart
from kg.parsing.tokens import Token

_VERBS = frozenset({"VERB", "AUX"})
_AMID = frozenset({"in", "during", "amid", "after", "of"})
_ASKED = lexicon.words("question letter email request query complaint criticism message demand")
_PARTS = lexicon.words("episode scene act chapter part end finale beginning sequel season plot")
_DEEPEST = 6  # clauses climbed at most; chosen, not measured


def figurative(chart: Chart, site: Site) -> str:
    """Return the word that makes violence a figure of speech; empty if none does."""
    noun = site.noun or (site.trigger if site.trigger.pos_ == "NOUN" else None)
    if noun is not None and (word := _qualified(chart, noun)):
        return word
    verb = site.verb
    if verb.pos_ not in _VERBS:
        return ""
    for head in (verb, verb.head):
        for name, war in chart.syntax.prepositions(head):
            if name in _AMID and (word := _qualified(chart, war)):
                return word
        if verb.dep_ not in chart.syntax.labels.adverbial:
            break
    for name, head in chart.syntax.prepositions(verb):
        if name == "with" and head.lemma_.lower() in _ASKED:
            return head.lower_  # "bombarded Peru with questions"
    objects = chart.syntax.object(verb) if site.noun is None else []
    return next((t.lower_ for t in objects if t.lemma_.lower() in lexicon.THOUGHTS), "")


def _qualified(chart: Chart, noun: Token) -> str:
    """Return "trade" in "a trade war"; empty for anything else."""
    if noun.lemma_.lower() not in lexicon.CONFLICT_HEADS:
        return ""
    words = (m.lower_ for m in chart.syntax.modifiers(noun))
    return next((word for word in words if word in lexicon.FIGURATIVE), "")


def played(chart: Chart, draft: Draft) -> bool:
    """Return whether an act of violence is one of a match: "Peru beat Chile 2-0"."""
    if not draft.relation.violent or draft.trigger.pos_ not in _VERBS:
        return False
    winning = draft.trigger.lemma_.lower() in lexicon.WINNING
    teams = ("Country", "Organization", "Place") if winning else ("Country", "Organization")
    if not all(chart.is_a(r, teams) for r in (*draft.agents, *draft.targets)):
        return False
    if any(chart.is_a(r, ("ArmedGroup", "GovernmentBody")) for r in draft.targets):
        return False
    sentence = chart.doc[draft.trigger.sent.start : draft.trigger.sent.stop]
    lemmas = {t.lemma_.lower() for t in sentence} | {t.lower_ for t in sentence}
    if not lemmas.isdisjoint(lexicon.MATCHES) or any(_score(t) for t in sentence):
        return True
    warlike = lexicon.CONFLICT_HEADS | lexicon.FORCE_HEADS | {"battlefield", "militarily"}
    return winning and bool(draft.targets) and lemmas.isdisjoint(warlike)


def _score(token: Token) -> bool:
    """Return whether "2-0" begins at a token, or is one."""
    left, dash, right = token.text.replace("\u2013", "-").partition("-")
    if dash and left.isdigit() and right.isdigit():
        return len(left) < 3 and len(right) < 3
    behind = token.doc[token.i + 1 : token.i + 3]
    plain = len(behind) == 2 and behind[0].text in {"-", "\u2013"} and behind[1].is_digit
    return plain and token.is_digit and len(token.text) < 3 and len(behind[1].text) < 3


def fictional(chart: Chart, draft: Draft) -> bool:
    """Return whether an act is told as one of a novel, a film or an exercise: nobody did it."""
    if draft.relation.reports:
        return False
    token = draft.anchor
    for _ in range(_DEEPEST):
        if any(_told_in(chart, clause, draft) for clause in _joined(token)):
            return True
        if _shown(chart, token):
            return True
        if token.dep_ in chart.syntax.labels.relative and _fiction(token.head):
            where = {t.lower_ for t in token.subtree if t.i < token.i}
            if where & {"which", "where"}:
                return True  # "a cartoon in which Peru attacks Chile"
        if token.head is token:
            return False
        token = token.head
    return False


def _joined(verb: Token) -> Iterator[Token]:
    """Yield a verb and the verbs before it that it is joined to."""
    yield verb
    while verb.dep_ == "conj" and verb.head is not verb:
        verb = verb.head
        yield verb


def _told_in(chart: Chart, verb: Token, draft: Draft) -> bool:
    """Return whether a clause opens with "in the film", or ends so and tells of violence."""
    if verb.pos_ not in _VERBS:
        return False
    return any(
        name == "in" and (head.i < verb.i or draft.relation.violent) and _fiction(head)
        for name, head in chart.syntax.prepositions(verb)
    )


def _shown(chart: Chart, verb: Token) -> bool:
    """Return whether "the novel imagines that" stands above a clause in the present."""
    labels = chart.syntax.labels
    if verb.dep_ not in labels.clause | labels.adnominal or verb.tag_ in {"VBD", "VBN"}:
        return False
    above = verb.head if verb.head.pos_ in _VERBS else verb.head.head
    return any(_fiction(t) for t in chart.syntax.children(above, labels.subject))


def _fiction(noun: Token) -> bool:
    """Return whether a noun is a work of fiction, or "an episode of the series"."""
    below = [c for c in noun.children if c.dep_ == "nmod" and c.i > noun.i]
    if noun.pos_ != "NOUN":
        return False
    if noun.lemma_.lower() in _PARTS:
        return any(_fiction(c) for c in below)
    series = bool(below) and noun.lemma_.lower() == "series"  # "in a series of letters"
    return noun.lemma_.lower() in lexicon.FICTIONS and not series
