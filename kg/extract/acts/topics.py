"""What "the move", "this" or "the request" is about: abstract anaphora to the act told before.

A remark, approval or refusal whose object is such a word is about what the nearest act before it is
about; a refused request is refused to those who made it (cf. Kolhatkar and others 2018 on
anaphoric shell nouns).
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract import lexicon
from kg.extract.acts.frames import Draft
from kg.extract.discourse import Chart, Referent
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


def inherit(chart: Chart, drafts: Sequence[Draft]) -> None:
    """Give drafts that only point back what the act before them is about."""
    for at, draft in enumerate(drafts):
        if draft.targets or draft.about or draft.relation.symmetric:
            continue
        pointer = _pointer(chart, draft)
        if draft.relation.judges:
            draft.targets = _doers(chart, drafts, at, pointer or "")
            draft.added |= dict.fromkeys(draft.targets, f"points-back ({pointer})")
            continue
        before = _before(chart, drafts, at, pointer) if pointer is not None else None
        if before is None:
            continue
        if before.frame.content == "proposed" and not draft.relation.reports:
            kinds = draft.relation.range or ("Actor",)
            draft.targets = [
                a for a in before.agents if a not in draft.agents and chart.is_a(a, kinds)
            ]
        taken = {*draft.agents, *draft.targets}
        draft.about = [r for r in [*before.targets, *before.about] if r not in taken]
        pointing = f"points-back ({pointer})"
        draft.added |= dict.fromkeys([*draft.targets, *draft.about], pointing)


def _doers(chart: Chart, drafts: Sequence[Draft], at: int, pointer: str) -> list[Referent]:
    """Return whose "decision", "offer" or "claim" it is that somebody is for or against.

    Who opposes a withdrawal from a treaty does not oppose the treaty: what the act before it is
    about says nothing about what is supported or opposed.
    """
    here, draft = chart.sentence[drafts[at].trigger.i], drafts[at]
    for before in reversed(drafts[:at]):
        if here - chart.sentence[before.trigger.i] > _REACH:
            break
        if pointer in _REQUESTS:
            fits = before.frame.content == "proposed"
        elif pointer in _WORDS:
            fits = before.relation.reports
        else:
            fits = pointer in _SHELLS and not (before.relation.reports or before.relation.judges)
        if fits or before.trigger.lemma_[:_STEM].lower() == pointer[:_STEM]:
            kinds = draft.relation.range or ("Actor",)
            return [a for a in before.agents if a not in draft.agents and chart.is_a(a, kinds)]
    return []


def _before(chart: Chart, drafts: Sequence[Draft], at: int, pointer: str) -> Draft | None:
    """Return the nearest draft shortly before one that has something it is about.

    For a request that is one that asks, if there is one.
    """
    here = chart.sentence[drafts[at].trigger.i]
    nearest = None
    for index in range(at - 1, -1, -1):
        before = drafts[index]
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
