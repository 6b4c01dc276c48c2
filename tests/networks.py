"""Invented networks of any size, as extractions with texts, spans and evidence that agree."""

from __future__ import annotations

import random

from kg import iris
from kg import ontology as ontologies
from kg.export.html.gathering import view
from kg.export.html.model import View
from kg.graph import Graph
from kg.records import (
    Article,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Position,
    Span,
    Statement,
    When,
)

_FIRST = (
    "Ama Bela Cato Dina Edo Fia Gero Hana Ivo Jala Kemi Luz Maro Nela Odo Pia Quin Rosa".split()
)
_LAST = "Arden Brask Corvo Dalen Ebner Falk Gorin Halder Imre Jansk Korda Lund Moss Nagy".split()
_ROOT = "Alba Bor Cala Dor Ester Fal Gran Hol Isk Jor Kal Lor Mar Nor Oster Pal Rav Sil".split()
_END = "via land mark onia stan dale mere haven".split()
_OUTLETS = ("Harbour Post", "Coast Herald", "Northern Wire", "The Ledger", "Valley Times")
_ACTS = (
    ("meets", "{a} met {t} on {d}", "met"),
    ("urges", "{a} urged {t} to return to the table", "urged"),
    ("accuses", "{a} accused {t} of breaking the truce", "accused"),
    ("supports", "{a} backed {t} over the fishing dispute", "backed"),
    ("proposes", "{a} proposed the {o} to {t}", "proposed"),
    ("attends", "{a} took part in the {o}", "took part"),
    ("commentsOn", "{a} said the {o} had come too late", "said"),
    ("visits", "{a} travelled to see {t} before the vote", "travelled"),
)
_MODAL = ("actual",) * 6 + ("planned", "planned", "possible", "proposed")


def _entities(count: int, chance: random.Random) -> list[Entity]:
    kinds = ["Country", "Official", "Official", "GovernmentBody", "Analyst", "Organization"]
    kinds += ["IntergovernmentalOrganization", "Meeting", "Person", "Agreement", "Group"]
    found: dict[str, Entity] = {}
    while len(found) < count:
        kind = kinds[len(found) % len(kinds)]
        land = chance.choice(_ROOT) + chance.choice(_END)
        person = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
        name = {
            "Country": land,
            "GovernmentBody": f"{land} Foreign Ministry",
            "Organization": f"{land} Institute",
            "IntergovernmentalOrganization": f"Union of {land}",
            "Meeting": f"{land} talks",
            "Agreement": f"Treaty of {land}",
            "Group": f"{land} rebels",
        }.get(kind, person)
        if name in {e.name for e in found.values()}:
            name = f"{name} {len(found)}"
        found[name] = Entity(id=iris.unlinked(kind.lower(), name), kind=kind, name=name)
    return list(found.values())


class _Writer:
    """Writes an article clause by clause and keeps the spans."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self.number, self.chance = number, chance
        self.text = ""
        self.mentions: list[Mention] = []
        self.statements: list[Statement] = []
        self.positions: list[Position] = []

    def clause(self, form: tuple[str, str, str], who: list[Entity], speaker: Entity | None) -> None:
        relation, pattern, trigger = form
        agent, target, topic = who
        date = f"2025-{self.chance.randint(3, 6):02d}-{self.chance.randint(1, 28):02d}"
        modality, negated = self.chance.choice(_MODAL), self.chance.random() < 0.06
        words = pattern.format(a=agent.name, t=target.name, o=topic.name, d=date)
        start = len(self.text)
        self.text += words
        for entity in (agent, target, topic):
            at = words.find(entity.name)
            if at >= 0:
                span = Span(start=start + at, end=start + at + len(entity.name))
                self.mentions.append(Mention(span=span, entity=entity))
        at = start + words.index(trigger, len(agent.name))
        self.statements.append(
            Statement(
                relation=relation,
                agents=(agent,),
                targets=(target,) if "{t}" in pattern else (),
                about=(topic,) if "{o}" in pattern else (),
                when=When(value=date, text=date) if "{d}" in pattern else None,
                modality=modality,
                negated=negated,
                attributed_to=(speaker,) if speaker else (),
                evidence=Evidence(
                    article=f"story-{self.number:04d}",
                    span=Span(start=start, end=len(self.text)),
                    trigger=Span(start=at, end=at + len(trigger)),
                    rule=f"{relation}/sample",
                ),
                confidence=round(self.chance.uniform(0.4, 1.0), 2),
            )
        )
        self.text += f", {speaker.name} said. " if speaker else ". "
        if self.chance.random() < 0.3:
            self.text += "Little else was settled that day, and the rooms emptied early.\n\n"


def network(entities: int, statements: int, seed: int = 1) -> list[Extraction]:
    """Return extractions that together name about so many entities and make so many statements.

    Entities fall into circles that mostly deal with one another, some far busier than others.
    """
    chance = random.Random(seed)
    cast = _entities(entities, chance)
    size = max(8, min(30, entities // 4))
    circles = [cast[i : i + size] for i in range(0, len(cast), size)]
    writers = []
    made = 0
    while made < statements:
        writer = _Writer(len(writers), chance)
        circle = circles[len(writers) % len(circles)]
        for i in range(min(14, statements - made)):
            pool = circle if chance.random() < 0.88 else cast
            first = circle[(made + i) % len(circle)]
            busy = [pool[int(len(pool) * chance.random() ** 2.2)] for _ in range(4)]
            agent = first if i % 3 == 0 else busy[0]
            others = [e for e in busy if e != agent] or [e for e in cast if e != agent]
            topics = [e for e in pool if e.kind in ("Meeting", "Agreement") and e != agent]
            topic = chance.choice(topics or others)
            target = next((e for e in others if e != topic), topic)
            speaker = chance.choice(cast) if chance.random() < 0.2 else None
            writer.clause(chance.choice(_ACTS), [agent, target, topic], speaker)
        made += len(writer.statements)
        writers.append(writer)
    return [_extraction(writer) for writer in writers]


def _extraction(writer: _Writer) -> Extraction:
    n = writer.number
    return Extraction(
        article=Article(
            id=f"story-{n:04d}",
            text=writer.text,
            title=f"Notes from the conference rooms, part {n + 1}",
            outlet=_OUTLETS[n % len(_OUTLETS)],
            url=f"https://example.org/stories/{n}",
            published=f"2025-05-{n % 28 + 1:02d}",
        ),
        mentions=tuple(writer.mentions),
        positions=tuple(writer.positions),
        statements=tuple(writer.statements),
    )


def settled(*extractions: Extraction) -> View:
    """Return the view of a graph of these articles, with its acts and contradictions."""
    ontology = ontologies.load()
    with Graph(ontology=ontology) as graph:
        graph.add_all(extractions, validate=False)
        acts, contradictions = graph.store.acts(), graph.store.contradictions()
    return view(extractions, ontology, acts=acts, contradictions=contradictions)
