"""What "the move", "this" or "the request" is about: abstract anaphora to the act told before.

A remark, approval or refusal whose object is such a word is about what the nearest act before it is
about; a refused request is refused to those who made it (cf. Kolhatkar and others 2018 on
anaphoric shell nouns).
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract import lexicon
from kg.extract.acts.drafts import Draft, Filler
from kg.extract.discourse import Chart
from kg.parsing.tokens import Token

_SHELLS = lexicon.words(
    "move decision request proposal plan change step measure demand call offer claim allegation "
    "accusation announcement statement remark comment suggestion idea policy action threat "
    "warning criticism invitation appeal pledge promise initiative position recommendation "
    "charge criticism gesture attempt effort"
)
_POINTING = frozenset({"this", "that", "it", "these", "those"})
_DEFINITE = frozenset({"the", "this", "that", "such", "these", "those"})
_REQUESTS = frozenset({"request", "proposal", "demand", "call", "offer", "invitation", "appeal"})
_WORDS = lexicon.words(
    "claim allegation accusation announcement statement remark comment suggestion idea threat "
    "warning criticism pledge promise position charge"
)
_STEM = 5  # letters in which a noun and its verb agree ("invitation", "invited")
_REACH = 2  # sentences


def inherit(chart: Chart, drafts: Sequence[Draft]) -> list[Draft]:
    """Return drafts in which those that only point back have what the act before them has."""
    done: list[Draft] = []
    for draft in drafts:
        bare = not (draft.targets or draft.about or draft.relation.symmetric)
        done.append(_inheriting(chart, done, draft) if bare else draft)
    return done


def _inheriting(chart: Chart, earlier: Sequence[Draft], draft: Draft) -> Draft:
    """Return a draft with whom or what the act that it points back to has, if it does."""
    pointer = _pointer(chart, draft)
    rule = f"points-back ({pointer})"
    if draft.relation.judges:
        doers = _doers(chart, earlier, draft, pointer or "")
        return draft.filled("target", [f.as_role("target", rule) for f in doers])
    before = _before(chart, earlier, draft, pointer) if pointer is not None else None
    if before is None:
        return draft
    targets: list[Filler] = []
    if before.frame.content == "proposed" and not draft.relation.reports:
        targets = [f.as_role("target", rule) for f in _others(chart, before, draft)]
    taken = {*draft.agents, *(f.referent for f in targets)}
    topics = [
        f.as_role("about", rule)
        for f in (*before.of("target"), *before.of("about"))
        if f.referent not in taken
    ]
    return draft.filled("target", targets).filled("about", topics)


def _others(chart: Chart, before: Draft, draft: Draft) -> list[Filler]:
    """Return who acts in an earlier draft and can be the target of a later one."""
    kinds, own = draft.relation.range or ("Actor",), draft.agents
    agents = before.of("agent")
    return [f for f in agents if f.referent not in own and chart.is_a(f.referent, kinds)]


def _doers(chart: Chart, earlier: Sequence[Draft], draft: Draft, pointer: str) -> list[Filler]:
    """Return whose "decision", "offer" or "claim" it is that somebody is for or against.

    Who opposes a withdrawal from a treaty does not oppose the treaty: what the act before it is
    about says nothing about what is supported or opposed.
    """
    here = chart.sentence[draft.trigger.i]
    for before in reversed(earlier):
        if here - chart.sentence[before.trigger.i] > _REACH:
            break
        if pointer in _REQUESTS:
            fits = before.frame.content == "proposed"
        elif pointer in _WORDS:
            fits = before.relation.reports
        else:
            fits = pointer in _SHELLS and not (before.relation.reports or before.relation.judges)
        if fits or before.trigger.lemma_[:_STEM].lower() == pointer[:_STEM]:
            return _others(chart, before, draft)
    return []


def _before(chart: Chart, earlier: Sequence[Draft], draft: Draft, pointer: str) -> Draft | None:
    """Return the nearest draft shortly before one that has something it is about.

    For a request that is one that asks, if there is one.
    """
    here = chart.sentence[draft.trigger.i]
    nearest = None
    for before in reversed(earlier):
        if here - chart.sentence[before.trigger.i] > _REACH:
            break
        if before.targets or before.about:
            if pointer not in _REQUESTS or before.frame.content == "proposed":
                return before
            nearest = nearest or before
    return nearest


def _pointer(chart: Chart, draft: Draft) -> str | None:
    """Return the word by which a draft points back, if what it says has no name of its own."""
    syntax = chart.syntax
    heads: list[Token] = [*syntax.object(draft.trigger)]
    for clause in syntax.clauses(draft.trigger):
        heads.extend(syntax.surface_subject(clause))
        heads.extend(syntax.object(clause))
    for name, head in syntax.prepositions(draft.trigger):
        if name in {"on", "to", "about", "for"}:
            heads.append(head)
    for head in heads:
        word = head.lemma_.lower()
        if head.lower_ in _POINTING and head.pos_ in {"PRON", "DET"}:
            return word
        determiners = syntax.determiners(head)
        if word in _SHELLS and determiners & _DEFINITE:
            return word
    return None
