"""Passes over the drafts of an article, run in order after all frames are matched.

A pass takes all drafts in text order and returns a new list: it may drop drafts or replace them by
copies with other fillers, but never changes a draft in place. A test runs the examples and checks
what the pass did.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.extract import lexicon
from kg.extract.acts import figures, topics
from kg.extract.acts.drafts import Draft, Filler
from kg.extract.coreference.references import References
from kg.extract.discourse import Chart
from kg.extract.spans.quotations import Quotation
from kg.ontology.slots import REST

_PRESS = frozenset({"reporters", "journalists", "press", "media", "correspondents"})
_FIRST_PERSON = lexicon.FIRST | lexicon.FIRST_PLURAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a pass may read besides the drafts."""

    chart: Chart
    quoted: Sequence[Quotation]
    references: References


Run = Callable[[Scene, Sequence[Draft]], list[Draft]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """One step from drafts to drafts.

    Attributes:
        name: its name.
        run: the function.
        why: the reason for dropping a draft, in words; empty if the pass drops none.
        silent: dropped drafts cannot be the source of other statements either.
    """

    name: str
    run: Run
    why: str = ""
    silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A draft that becomes no statement, and the pass that dropped it."""

    draft: Draft
    by: Pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """The result of all passes, in text order.

    Attributes:
        kept: the drafts that become statements.
        dropped: the others.
    """

    kept: tuple[Draft, ...]
    dropped: tuple[Dropped, ...]

    @property
    def speaking(self) -> tuple[Draft, ...]:
        """Return the drafts that may be the source of other statements, in text order."""
        heard = (d.draft for d in self.dropped if not d.by.silent)
        return tuple(sorted([*self.kept, *heard], key=lambda d: d.trigger.i))


def run(scene: Scene, drafts: Sequence[Draft]) -> Passed:
    """Run all passes over the drafts of an article; return which drafts are kept and dropped."""
    dropped: list[Dropped] = []
    for step in PASSES:
        kept = step.run(scene, drafts)
        if len(kept) < len(drafts):
            left = {d.trigger.i for d in kept}
            dropped += [Dropped(draft=d, by=step) for d in drafts if d.trigger.i not in left]
        drafts = kept
    return Passed(kept=tuple(drafts), dropped=tuple(dropped))


def own_words(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Drop "I believe" and the like inside a quotation, which is a remark of his already.

    Example: "I believe that Kenya will attack Uganda," Ann Juma said.
    Drops commentsOn at believe.
    """
    inside = {i for q in scene.quoted for i in range(q.first, q.last + 1)}

    def says_so(draft: Draft) -> bool:
        if draft.trigger.i not in inside or not _tells_all(draft):
            return False
        subject = scene.chart.syntax.subject(draft.anchor)
        return bool(subject) and subject[0].lower_ in _FIRST_PERSON

    return [d for d in drafts if not says_so(d)]


def unreal(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Drop acts of a match, a novel or a film.

    Example: In the film, Kenya attacks Uganda.
    Drops attacks at attacks.
    """
    chart = scene.chart
    return [d for d in drafts if not (figures.played(chart, d) or figures.fictional(chart, d))]


def address(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Add to proposals and requests, as targets, those who are asked to act.

    Example: Kenya demanded that Uganda leave the talks and visit Oslo.
    Gives demands the target Uganda.
    """
    syntax, is_a = scene.chart.syntax, scene.chart.is_a
    now = {d.trigger.i: d for d in drafts}
    for at in [d.trigger.i for d in drafts]:
        act = now[at]
        below = act.anchor
        for ancestor in act.anchor.ancestors:
            if syntax.is_circumstance(below):
                break  # "urged calm after Peru attacked Chile"
            if below.i < ancestor.i and syntax.is_adjunct(below):
                break  # "at a meeting with Ruiz, whom Peru sent, Vega called for peace"
            below = ancestor
            above = now.get(ancestor.i)
            if above is None or above.frame.content != "proposed":
                continue
            if not above.targets and not {*act.agents} & {*above.agents}:
                parties = [*act.of("agent"), *(act.of("target") if act.relation.symmetric else ())]
                chosen = [p for p in parties if is_a(p.referent, above.relation.range)]
                now[ancestor.i] = _addressed(above, chosen)
            break
    return list(now.values())


def _addressed(above: Draft, parties: Sequence[Filler]) -> Draft:
    """Return a request with `parties` as its targets, no longer among its topics."""
    targets = {p.referent for p in parties}
    topics = [f for f in above.of("about") if f.referent not in targets]
    directed = above.filled("target", [p.as_role("target", "is-to-act") for p in parties])
    return directed.filled("about", topics)


def widen(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Add to a remark, as topics, the names in its whole quotation.

    Example: Ann Juma said: "Uganda is strong. Chad is weak and poor."
    Gives commentsOn the topic Chad.
    """
    now = {d.trigger.i: d for d in drafts}
    for quotation in scene.quoted:
        draft = now.get(quotation.verb.i) if quotation.verb is not None else None
        if draft is None or REST not in draft.frame.slots.get("about", ()):
            continue
        named = scene.references.among(range(quotation.first, quotation.last + 1), named=True)
        taken = {*draft.agents, *draft.targets, *draft.about}
        more = [
            Filler(
                role="about", referent=r.referent, head=r.head, rule="named-in-quotation",
                score=r.weight,
            )
            for r in named
            if r.referent not in taken
        ]  # fmt: skip
        if more:
            now[draft.trigger.i] = draft.filled("about", [*draft.of("about"), *more])
    return list(now.values())


def outlets(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Drop remarks whose only agents are outlets: those are sources, not actors.

    Example: Reuters said that Kenya had attacked Uganda.
    Drops commentsOn at said.
    """

    def by_outlet(draft: Draft) -> bool:
        return draft.relation.reports and all(
            scene.chart.is_a(a, ("MediaOutlet",)) for a in draft.agents
        )

    return [d for d in drafts if not by_outlet(d)]


def to_the_press(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Drop meetings whose only targets are journalists: they are spoken to, no parties.

    Example: Ann Juma spoke to Kenyan journalists.
    Drops meets at spoke.
    """

    def audience(draft: Draft) -> bool:
        if not draft.relation.encounter or not draft.targets:
            return False
        return all(
            t.kind == "Group" and t.names and not _PRESS.isdisjoint(t.names[0].lower().split())
            for t in draft.targets
        )

    return [d for d in drafts if not audience(d)]


def one_per_sentence(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Keep one remark of each speaker in a sentence, with the topics of all of them.

    Example: Ann Juma said that Kenya had won, and she said that Uganda had lost.
    Drops commentsOn at said.
    """
    kept: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        key: tuple[object, ...] = (draft.trigger.i,)
        if _tells_all(draft):
            key = (draft.relation.name, draft.trigger.sent.start, *draft.agents)
        first = kept.setdefault(key, draft)
        if first is draft:
            continue
        taken = {*first.agents, *first.targets, *first.about}
        more = [
            f.as_role("about", "same-sentence")
            for f in (*draft.of("target"), *draft.of("about"))
            if f.referent not in taken
        ]
        kept[key] = first.filled("about", [*first.of("about"), *more])
    return list(kept.values())


def _tells_all(draft: Draft) -> bool:
    """Return whether a draft is a remark with everything its clause names as topics."""
    return draft.relation.reports and REST in draft.frame.slots.get("about", ())


def points_back(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Give an act with an anaphoric object ("welcomed the move") the topics of the act before.

    Example: Kenya invited Uganda. Ann Juma commented on the invitation.
    Gives commentsOn the topic Uganda.
    """
    return topics.inherit(scene.chart, drafts)


PASSES: tuple[Pass, ...] = (
    Pass(
        name="own-words",
        run=own_words,
        why="the speaker says of himself, inside the quotation, that he says so",
        silent=True,
    ),
    Pass(
        name="unreal",
        run=unreal,
        why="it is told of a match or in a work of fiction",
        silent=True,
    ),
    Pass(name="address", run=address),
    Pass(name="widen", run=widen),
    Pass(
        name="outlets",
        run=outlets,
        why="only outlets speak: they are the source of the sentence",
    ),
    Pass(
        name="to-the-press",
        run=to_the_press,
        why="the press is only spoken to, which is no meeting",
    ),
    Pass(
        name="one-per-sentence",
        run=one_per_sentence,
        why="another remark of the same speaker tells this sentence",
    ),
    Pass(name="points-back", run=points_back),
)
"""All passes, in the order in which they run."""

ADDED = frozenset({"is-to-act", "named-in-quotation", "same-sentence", "points-back"})
"""The rules of `RULES` by which a pass, not a slot of the frame, fills a role."""
