"""Reads annotated articles: one YAML file each, with the statements that a human reader finds.

article:
  text: ../articles/summit.md          # by default the .txt or .md file beside the annotation
  body_starts: Russia and Ukraine ...  # by default what follows the first empty line
entities:
- {id: putin, name: Vladimir Putin, type: Official, mentions: [Putin, President Putin],
   positions: [{title: President, of: russia}]}
statements:
- {relation: proposes, agents: [putin], about: [talks], modality: actual, polarity: affirmed,
   when: "2025-05-11", attributed_to: [peskov], reported_by: [tass],
   quote: "Putin suggested talks"}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from kg import sources
from kg.errors import GoldError, KgError
from kg.records import (
    ROLES,
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

RULE = "annotation"
_POLARITY = {"affirmed": False, "negated": True}
_TEXTS = (".txt", ".md")

_Fields = Mapping[str, Any]


def paths(folder: str | Path) -> list[Path]:
    """Return the annotation files of a folder, sorted by name; a `GoldError` if it has none."""
    found = sorted(Path(folder).glob("*.yaml"))
    if not found:
        raise GoldError(
            "there is no annotation", where=folder, hint="name a folder with NAME.yaml files"
        )
    return found


def read(path: str | Path) -> tuple[Article, Extraction]:
    """Return the article as the program reads it, and the annotation as an extraction.

    The annotation states where the article's body begins; annotated statements with a quote before
    that place are left out.

    Raises:
        GoldError: the annotation is not well formed, or does not fit its text.
        ArticleError: the text cannot be read.
    """
    path = Path(path)
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        return _Reader(path, content).read()
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise GoldError(str(error), where=path, hint="mend the YAML") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise GoldError(
            f"a field is missing or of the wrong form: {error}",
            where=path,
            hint="compare it with the form of the other annotations",
        ) from error


class _Reader:
    """One annotation that is being read."""

    def __init__(self, path: Path, content: _Fields) -> None:
        self.path = path
        self.about: _Fields = content.get("article") or {}
        self.entities: Sequence[_Fields] = content["entities"]
        self.statements: Sequence[_Fields] = content["statements"]
        self.known = {
            fields["id"]: Entity(id=fields["id"], kind=fields["type"], name=fields["name"])
            for fields in self.entities
        }
        if len(self.known) < len(self.entities):
            raise self.wrong("two entities have the same id")

    def wrong(self, what: str) -> GoldError:
        return GoldError(what, where=self.path, hint="mend the annotation")

    def read(self) -> tuple[Article, Extraction]:
        article = self.article()
        annotated = replace(article, body=self.body(article.text))
        mentions = {f["id"]: list(self.mentions(annotated, f)) for f in self.entities}
        try:
            extraction = Extraction(
                article=annotated,
                mentions=tuple(m for found in mentions.values() for m in found),
                positions=tuple(
                    Position(
                        holder=self.known[fields["id"]],
                        title=position["title"],
                        of=self.entity(position["of"]) if position.get("of") else None,
                        span=mentions[fields["id"]][0].span,
                    )
                    for fields in self.entities
                    for position in fields.get("positions") or ()
                ),
                statements=tuple(self.found(annotated)),
            )
        except KgError as error:
            if error.where:
                raise
            raise self.wrong(error.what) from error
        return article, extraction

    def article(self) -> Article:
        named = self.about.get("text")
        beside = (self.path.with_suffix(suffix) for suffix in _TEXTS)
        options = [self.path.parent / named] if named else [p for p in beside if p.exists()]
        if not options:
            raise GoldError(
                "its text is missing",
                where=self.path,
                hint=f"put {self.path.stem}.txt beside it, or name it under article: text:",
            )
        failed: list[KgError] = []
        articles = list(sources.read([options[0]], on_error=failed.append))
        if failed:
            raise failed[0]
        return replace(articles[0], id=self.path.stem)

    def body(self, text: str) -> int:
        first = self.about.get("body_starts")
        start = text.find(first) if first else text.find("\n\n") + 2
        if start < (0 if first else 2):
            raise self.wrong("the text has no body that starts so" if first else "no empty line")
        return start

    def entity(self, name: str) -> Entity:
        if name not in self.known:
            raise self.wrong(f"there is no entity {name!r}")
        return self.known[name]

    def mentions(self, article: Article, fields: _Fields) -> Iterator[Mention]:
        if not fields["mentions"]:
            raise self.wrong(f"{fields['id']} has no mentions")
        for name in fields["mentions"]:
            start = article.text.find(name, article.body)
            start = start if start >= 0 else article.text.find(name)
            if start < 0:
                raise self.wrong(f"{fields['id']}: {name!r} does not occur in the text")
            span = Span(start=start, end=start + len(name))
            yield Mention(span=span, entity=self.known[fields["id"]])

    def found(self, article: Article) -> Iterator[Statement]:
        for number, fields in enumerate(self.statements, 1):
            quote = fields["quote"]
            start = article.text.find(quote, article.body)
            if start < 0:
                if quote in article.text:
                    continue
                raise self.wrong(f"statement {number}: {quote!r} does not occur in the text")
            span = Span(start=start, end=start + len(quote))
            groups: dict[str, Any] = {
                group: tuple(self.entity(name) for name in fields.get(group) or ())
                for group in ROLES
            }
            polarity = fields.get("polarity", "affirmed")
            if polarity not in _POLARITY:
                raise self.wrong(f"statement {number}: unknown polarity {polarity!r}")
            when = str(fields.get("when") or "")
            yield Statement(
                relation=fields["relation"],
                **groups,
                when=When(value=when, text="") if when else None,
                modality=fields.get("modality", "actual"),
                negated=_POLARITY[polarity],
                evidence=Evidence(article=article.id, span=span, trigger=span, rule=RULE),
            )
