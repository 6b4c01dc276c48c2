"""Who does what to whom, on whose word: from a parsed article to its statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.extract import lexicon
from kg.extract.acts import topics
from kg.extract.acts.frames import Draft, FrameIndex
from kg.extract.acts.matching import Matcher
from kg.extract.assembly import Assembly
from kg.extract.claims.attribution import Attribution
from kg.extract.coreference.pronouns import Resolver
from kg.extract.discourse import Chart
from kg.extract.entities import descriptions, home, linking, names, people
from kg.extract.reading import Dropped, Reading
from kg.extract.spans import dates
from kg.extract.spans.quotations import Quotation, quotations
from kg.gazetteer import Gazetteer
from kg.ontology import Ontology
from kg.parsing.language import Parse
from kg.records import Article, Entity, Extraction

_PRESS = frozenset({"reporters", "journalists", "press", "media", "correspondents"})


class Extractor:
    """Reads parsed articles with one ontology and one gazetteer."""

    def __init__(self, ontology: Ontology, gazetteer: Gazetteer) -> None:
        """Index the frames of all relation cards."""
        self.ontology = ontology
        self.gazetteer = gazetteer
        self.index = FrameIndex(ontology)

    def extract(self, parse: Parse) -> Extraction:
        """Return what is found in one article parsed whole."""
        return self._read(parse, {})

    def gather(self, article: Article, windows: Iterable[Parse]) -> Extraction:
        """Return what is found in one article parsed in windows, each let go when it is read."""
        made: dict[str, Entity] = {}
        parts = [self._read(window, made) for window in windows]
        if len(parts) == 1:
            return parts[0]
        return Extraction(
            article=article,
            mentions=tuple(m for part in parts for m in part.mentions),
            positions=tuple(p for part in parts for p in part.positions),
            statements=tuple(s for part in parts for s in part.statements),
        )

    def _read(self, parse: Parse, made: dict[str, Entity]) -> Extraction:
        """Return what is found in one window; `made` keeps the entities of the article."""
        return self.reading(parse).extraction(made)

    def reading(self, parse: Parse) -> Reading:
        """Return one parse as it was read, with all that was decided on the way."""
        chart = Chart(parse, self.gazetteer, self.ontology)
        self.index.lemmatise(chart.doc)
        names.find(chart)
        people.read(chart)
        linking.complete(chart)
        home.complete(chart)
        descriptions.find(chart)
        quoted = quotations(chart, self.index.speech_verbs)
        matcher = Matcher(
            chart, Resolver(chart, quoted, self.index.speech_verbs), self.index, quoted
        )
        matched = matcher.drafts()
        dropped = {d: Dropped.SAYS_SO_HIMSELF for d in matched if _own_words(chart, d, quoted)}
        drafts = [d for d in matched if d not in dropped]
        _address(chart, drafts)
        sources = Attribution(chart, drafts, quoted, matcher)
        drafts = _widen(drafts, quoted, matcher)
        dropped |= {d: Dropped.OUTLET_AS_SOURCE for d in drafts if _by_outlet(chart, d)}
        dropped |= {d: Dropped.SPEECH_TO_THE_PRESS for d in drafts if _to_the_press(d)}
        drafts = [d for d in drafts if d not in dropped]
        kept = _one_per_sentence(drafts)
        remaining = set(kept)
        dropped |= {d: Dropped.ONE_REMARK_PER_SENTENCE for d in drafts if d not in remaining}
        topics.inherit(chart, kept)
        return Reading(
            chart=chart,
            matcher=matcher,
            sources=sources,
            assembly=Assembly(chart, kept, sources, dates.find(chart)),
            dropped=dropped,
        )


def _own_words(chart: Chart, draft: Draft, quoted: Sequence[Quotation]) -> bool:
    """Return whether a speaker says inside the quotation that he says or thinks so."""
    if not draft.relation.reports or "rest" not in draft.frame.slots.get("about", ()):
        return False
    if not any(q.first <= draft.trigger.i <= q.last for q in quoted):
        return False
    subject = chart.syntax.subject(draft.anchor)
    first_person = lexicon.FIRST | lexicon.FIRST_PLURAL
    return bool(subject) and subject[0].lower_ in first_person


def _by_outlet(chart: Chart, draft: Draft) -> bool:
    """Return whether only outlets speak: they are the source of the sentence, not actors."""
    outlets = all(chart.is_a(a, ("MediaOutlet",)) for a in draft.agents)
    return outlets and draft.relation.reports


def _to_the_press(draft: Draft) -> bool:
    """Return whether somebody only speaks to journalists, which is no meeting of actors."""
    if draft.relation.name != "meets" or not draft.targets:
        return False
    return all(
        t.kind == "Group" and t.names and not _PRESS.isdisjoint(t.names[0].lower().split())
        for t in draft.targets
    )


def _address(chart: Chart, drafts: list[Draft]) -> None:
    """Direct proposals and requests at those who are to act by them."""
    by_trigger = {d.trigger.i: d for d in drafts}
    for act in drafts:
        below = act.anchor
        for ancestor in act.anchor.ancestors:
            if below.i < ancestor.i and chart.syntax.is_adjunct(below):
                break  # "at a meeting with Ruiz, whom Peru sent, Vega called for peace"
            below = ancestor
            above = by_trigger.get(ancestor.i)
            if above is None or above.frame.content != "proposed":
                continue
            if not above.targets and not set(act.agents) & set(above.agents):
                parties = [*act.agents, *(act.targets if act.relation.symmetric else ())]
                above.targets = [p for p in parties if chart.is_a(p, above.relation.range)]
                above.added |= dict.fromkeys(above.targets, "is-to-act")
                above.about = [a for a in above.about if a not in above.targets]
            break


def _widen(drafts: list[Draft], quoted: Sequence[Quotation], matcher: Matcher) -> list[Draft]:
    """Let remarks be about what their quotations speak of."""
    by_verb = {d.trigger.i: d for d in drafts}
    for quotation in quoted:
        draft = by_verb.get(quotation.verb.i) if quotation.verb is not None else None
        if draft is None or "rest" not in draft.frame.slots.get("about", ()):
            continue
        taken = {*draft.agents, *draft.targets, *draft.about}
        found = matcher.among(range(quotation.first, quotation.last + 1), named=True)
        more = [r for r in found if r not in taken]
        draft.about.extend(more)
        draft.added |= dict.fromkeys(more, "named-in-quotation")
    return drafts


def _one_per_sentence(drafts: Iterable[Draft]) -> list[Draft]:
    """Keep one statement per speech act, speaker and sentence."""
    kept: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        key: tuple[object, ...] = (id(draft),)
        if draft.relation.reports and "rest" in draft.frame.slots.get("about", ()):
            key = (draft.relation.name, draft.trigger.sent.start, *map(id, draft.agents))
        first = kept.setdefault(key, draft)
        if first is not draft:
            taken = {*first.agents, *first.targets, *first.about}
            more = [r for r in [*draft.targets, *draft.about] if r not in taken]
            first.about.extend(more)
            first.added |= dict.fromkeys(more, "same-sentence")
    return list(kept.values())
