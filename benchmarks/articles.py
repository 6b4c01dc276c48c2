"""Articles made up by a fixed recipe, as large a graph of them as a measurement needs."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from kg import ontology as ontologies
from kg import rdf
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
