"""Resolve "the move", "this" or "the request" to an act mentioned before (abstract anaphora).

A remark, approval or refusal whose object is such a word inherits the topics of the nearest act
before it. A refused request gets, as target, whoever made the request. On such words, called shell
nouns, see Kolhatkar and others (2018).
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
# First letters that a noun shares with its verb ("invitation", "invited"); chosen, not measured.
_STEM = 5
_REACH = 2  # sentences looked back for the act; chosen, not measured


def inherit(chart: Chart, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, those with an anaphoric object completed from the act before them."""
    done: list[Draft] = []
    for draft in drafts:
        bare = not (draft.targets or draft.about or draft.relation.symmetric)
        done.append(_inheriting(chart, done, draft) if bare else draft)
    return done


def _inheriting(chart: Chart, earlier: Sequence[Draft], draft: Draft) -> Draft:
    """Return `draft` completed from the act that its anaphoric word refers to, if there is one."""
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
    """Return the agents of `before` that can be targets of `draft`, other than its own agents."""
    kinds, own = draft.relation.range or ("Actor",), draft.agents
    agents = before.of("agent")
    return [f for f in agents if f.referent not in own and chart.is_a(f.referent, kinds)]


def _doers(chart: Chart, earlier: Sequence[Draft], draft: Draft, pointer: str) -> list[Filler]:
    """Return the agents of the "decision", "offer" or "claim" that somebody supports or opposes.

    Only agents are inherited here, no topics: who opposes a withdrawal from a treaty does not
    oppose the treaty.
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
    """Return the nearest earlier draft with a target or topic, at most `_REACH` sentences back.

    If `pointer` is a word such as "request", a draft of a request or proposal is preferred.
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
    """Return the lemma of the anaphoric word of a draft ("this", "the move"), if it has one."""
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
