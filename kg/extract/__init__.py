"""Extract statements from a parsed article: who does what to whom, according to which source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.extract.acts import passes
from kg.extract.acts.frames import FrameIndex
from kg.extract.acts.matching import Matcher
from kg.extract.acts.slots import Slots
from kg.extract.assembly import Assembly
from kg.extract.claims.attribution import Attribution
from kg.extract.coreference.pronouns import Resolver
from kg.extract.coreference.references import References
from kg.extract.discourse import Chart
from kg.extract.entities import descriptions, home, linking, names, people
from kg.extract.learned.completing import Completer
from kg.extract.learned.inputs import Inputs
from kg.extract.learned.network import Scorers
from kg.extract.reading import Reading
from kg.extract.spans import dates
from kg.extract.spans.quotations import quotations
from kg.gazetteer import Gazetteer
from kg.ontology import Ontology
from kg.parsing.language import Parse
from kg.records import Article, Entity, Extraction


class Extractor:
    """Extracts mentions, positions and statements, with one ontology and one gazetteer."""

    def __init__(
        self, ontology: Ontology, gazetteer: Gazetteer, scorers: Scorers | None = None
    ) -> None:
        """Index the frames of all relation cards.

        Args:
            ontology: classes and relations.
            gazetteer: known names.
            scorers: learned scorers of roles; without them, the frames alone decide.
        """
        self.ontology = ontology
        self.gazetteer = gazetteer
        self.scorers = scorers
        self.index = FrameIndex(ontology)

    def extract(self, parse: Parse) -> Extraction:
        """Return the extraction of an article that was parsed as a whole."""
        return self._read(parse, {})

    def gather(self, article: Article, windows: Iterable[Parse]) -> Extraction:
        """Return the extraction of an article that was parsed in windows.

        Args:
            article: the article.
            windows: its parses in text order; only one at a time is held in memory.
        """
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
        """Return the extraction of one window; `made` collects entities of the article by id."""
        return self.reading(parse).assembled(made).extraction

    def reading(self, parse: Parse, *, candidates: bool = False) -> Reading:
        """Return a reading of one parse, with the intermediate results of every step.

        Args:
            parse: an article or a window of one.
            candidates: record rejected candidates for roles, with the reason.
        """
        chart = Chart(parse, self.gazetteer, self.ontology)
        self.index.lemmatise(chart.doc)
        names.find(chart)
        people.read(chart)
        linking.complete(chart)
        home.complete(chart)
        descriptions.find(chart)
        quoted = quotations(chart, self.index.speech_verbs)
        resolver = Resolver(chart, quoted, self.index.speech_verbs)
        references = References(chart, resolver, quoted)
        matcher = Matcher(Slots(references, self.index, quoted), keep=candidates)
        matched = matcher.matched()
        scene = passes.Scene(chart=chart, quoted=quoted, references=references)
        ruled = passed = passes.run(scene, matched.drafts)
        completer = None
        if self.scorers is not None and chart.doc:
            inputs = Inputs(self.scorers.alphabet, references, quoted, matched, ruled)
            completer = Completer(self.scorers, inputs, matcher.filling)
            passed = replace(ruled, kept=tuple(map(completer.completed, ruled.kept)))
        sources = Attribution(references, passed.speaking, quoted, self.index.speech_verbs)
        return Reading(
            chart=chart,
            quoted=quoted,
            matcher=matcher,
            matched=matched,
            ruled=ruled,
            passed=passed,
            completer=completer,
            sources=sources,
            assembly=Assembly(chart, passed.kept, sources, dates.find(chart)),
        )
