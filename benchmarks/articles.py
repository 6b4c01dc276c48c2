"""Articles made up by a fixed recipe, as large a graph of them as a measurement needs."""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

import pyoxigraph as ox

from kg import iris, rdf
from kg import ontology as ontologies
from kg.corroboration.independence import settle
from kg.corroboration.settling import accounts
from kg.gazetteer import Gazetteer
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.rdf.acts import MANY_TOLD, UNSETTLED, act_quads
from kg.records import (
    MODALITIES,
    Article,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Span,
    Statement,
    When,
)
from kg.store import open_store
from kg.store.bulk import load
from kg.store.engine import EngineStore
from kg.telling.acts import Act, Telling, comparable, telling
from kg.telling.joining import MANY, joined

_PEOPLE, _EVENTS, _OUTLETS, _SENTENCES = 300, 1_000, 40, 6
_CODES = [f"{a}{b}" for a in "ABCDEFGHIJ" for b in "ABCDEFGHIJ"]
_TOPICS = "border grain treaty envoys port army vote trade gas sanctions".split()


def _span(text: str, words: str, start: int) -> Span:
    at = text.index(words, start)
    return Span(start=at, end=at + len(words))


def articles() -> Iterator[Extraction]:
    """Yield articles without end, each of six sentences of the form "who does what to whom"."""
    chance = random.Random(1)
    ontology = ontologies.load()
    relations = [
        name
        for name, relation in sorted(ontology.relations.items())
        if ontology.is_a("Official", relation.domain) and ontology.is_a("Country", relation.range)
    ]
    for number in count():
        identifier, text = f"report-{number:06}", ""
        mentions, statements = [], []
        for _ in range(_SENTENCES):
            person, event = chance.randrange(_PEOPLE), chance.randrange(_EVENTS)
            code, relation = chance.choice(_CODES), chance.choice(relations)
            who = Entity(id=f"unlinked/person/p{person}", kind="Official", name=f"Envoy P{person}")
            whom = Entity(id=f"country/{code}", kind="Country", name=f"Land of {code}")
            what = Entity(id=f"unlinked/event/e{event}", kind="Meeting", name=f"round E{event}")
            start = len(text)
            text += f"{who.name} {relation} {whom.name} at {what.name}"
            end = len(text)
            text += f" on the {chance.choice(_TOPICS)} and the {chance.choice(_TOPICS)}. "
            mentions += [
                Mention(span=_span(text, e.name, start), entity=e) for e in (who, whom, what)
            ]
            date = f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            statements.append(
                Statement(
                    relation=relation,
                    agents=(who,),
                    targets=(whom,),
                    about=(what,),
                    when=When(value=date, text="that day"),
                    modality=chance.choice(MODALITIES),
                    negated=chance.random() < 0.1,
                    confidence=round(chance.random(), 2),
                    evidence=Evidence(
                        article=identifier,
                        span=Span(start=start, end=end),
                        trigger=_span(text, relation, start),
                        rule=f"{relation}/made-up",
                    ),
                )
            )
        article = Article(
            id=identifier,
            text=text,
            title=f"Report {number}",
            outlet=f"Gazette {number % _OUTLETS}",
            published=f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}",
        )
        yield Extraction(article=article, mentions=tuple(mentions), statements=tuple(statements))


def write(path: Path, quads: int) -> int:
    """Write at least so many N-Quads of articles to a file; return how many they are."""
    ontology, written = ontologies.load(), 0
    with path.open("w", encoding="utf-8") as stream:
        for extraction in articles():
            found = rdf.article_quads(extraction, ontology=ontology, pipeline="made-up")
            found += rdf.link_quads(extraction, ontology=ontology)
            stream.writelines(f"{quad} .\n" for quad in found)
            written += len(found)
            if written >= quads:
                return written
    raise AssertionError("articles do not end")


def fill(path: Path, extractions: Iterable[Extraction], gazetteer: Gazetteer | None = None) -> None:
    """Make a store on disk of articles, with all that follows from them, in one go.

    It has the quads that adding the articles one by one gives.
    """
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "news.nq"
        found: list[Act] = []
        with lines.open("w", encoding="utf-8") as stream:
            for quads in _quads(extractions, ontologies.load(), gazetteer, found):
                stream.writelines(f"{quad} .\n" for quad in quads)
        with open_store(path, "w") as store:
            assert isinstance(store, EngineStore)
            load(store, lines)
            settle(store, store.articles())
            for acts in _at_once(found, 200):
                told = accounts(store, {article for act in acts for article in comparable(act)})
                store.change(add=act_quads(acts, told))


def _at_once(acts: list[Act], number: int) -> Iterator[list[Act]]:
    for first in range(0, len(acts), number):
        yield acts[first : first + number]


def _quads(
    extractions: Iterable[Extraction],
    ontology: Ontology,
    gazetteer: Gazetteer | None,
    acts: list[Act],
) -> Iterator[list[v.Quad]]:
    """Yield the quads of each article, then those of the terms; add the acts of all to a list."""
    keyed: dict[str, list[Telling]] = defaultdict(list)
    entities: set[ox.NamedNode] = set()
    for extraction in extractions:
        read = rdf.canonical(extraction)
        found = rdf.article_quads(read, ontology=ontology, gazetteer=gazetteer, pipeline="made-up")
        entities |= {q.subject for q in found if q.object == v.term("Entity")}
        found += rdf.link_quads(read, ontology=ontology)
        keys = rdf.key_quads(read, ontology=ontology)
        yield [*found, *(q for q in keys if q.predicate != UNSETTLED)]
        for s in read.statements:
            told = telling(s, read.article, ontology)
            if told.key:
                keyed[told.key].append(told)
    name = v.Names(iris.DEFAULT_BASE).identifier
    yield rdf.background_quads(map(name, entities), gazetteer=gazetteer)
    yield rdf.term_quads(ontology)
    often = [key for key, tellings in keyed.items() if len(tellings) > MANY]
    graph = v.Names(iris.DEFAULT_BASE).acts
    yield [v.quad(graph, MANY_TOLD, v.plain(key), graph) for key in often]
    for tellings in keyed.values():
        acts += joined(tellings, ontology.window)
