"""A pipeline that knows one sentence: "Peru met Norway"."""

from __future__ import annotations

import re

from kg.errors import RecordError
from kg.records import Article, Entity, Evidence, Extraction, Mention, Span, Statement

_MET = re.compile(r"(?P<agent>Peru|Norway|Chile) (?P<trigger>met) (?P<target>Peru|Norway|Chile)")
_CODES = {"Peru": "PE", "Norway": "NO", "Chile": "CL"}


def _country(name: str) -> Entity:
    return Entity(id=f"country/{_CODES[name]}", kind="Country", name=name)


class FakePipeline:
    """Counts the articles it has read."""

    def __init__(self, version: str = "fake-1") -> None:
        self.version = version
        self.read: list[str] = []

    def extract(self, article: Article) -> Extraction:
        self.read.append(article.id)
        if "unreadable grammar" in article.text:
            raise RecordError("this article breaks a rule")
        if "a bug" in article.text:
            raise ZeroDivisionError("division by zero")
        statements, mentions = [], []
        for number, found in enumerate(_MET.finditer(article.text, article.body)):
            agent, target = _country(found["agent"]), _country(found["target"])
            for group, entity in (("agent", agent), ("target", target)):
                where = Span(start=found.start(group), end=found.end(group))
                mentions.append(Mention(span=where, entity=entity))
            statements.append(
                Statement(
                    relation="meets",
                    agents=(agent,),
                    targets=(target,),
                    evidence=Evidence(
                        article=article.id,
                        span=Span(start=found.start(), end=found.end()),
                        trigger=Span(start=found.start("trigger"), end=found.end("trigger")),
                        rule="meets/meet",
                    ),
                    confidence=0.9 if number == 0 else 0.4,
                )
            )
        return Extraction(article=article, mentions=tuple(mentions), statements=tuple(statements))


def load(model: object = None) -> FakePipeline:
    """Return a new pipeline; a function of a module, so that worker processes find it."""
    return FakePipeline()
