"""Real articles told again and again with other names, dates and words, as many as are needed.

News repeats itself: several outlets tell one act, and some names are everywhere. Copies of an
article belong to stories. The copies of one story keep names and dates, so that their statements
tell the same acts; their words differ, but for a few that are reprints. From one story to the next
dates move on, and names change: every second story has the names of the articles, every fourth a
second set of names, and so on, so that some names are in very many articles and most in few.

Words and names change letter by letter, so that all offsets stay; what is stored is as long and as
connected as the real thing, though nobody can read it.
"""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import count

from kg.records import Article, Entity, Extraction, Mention, Position, Statement, When

TELLINGS = 3
"""Copies of one article in one story, each by an outlet of its own."""

_REPRINTS = 6  # one copy in so many has the words of the copy before, of the same story
_APART = 11  # days from one story to the next; acts without a date reach 7 days
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAME = re.compile(r"[A-Z][A-Za-z]*")
_WORD = re.compile(r"\b[a-z]+\b")


def articles(originals: Sequence[Extraction]) -> Iterator[Extraction]:
    """Yield copies without end; the first round of them has the names of the originals."""
    for number in count():
        for original in originals:
            yield _Copy(original, number).extraction()


@cache
def _letters(seed: int) -> dict[int, int]:
    """Return other letters for all letters; vowels stay vowels. Of seed 0, the same letters."""
    chance, found = random.Random(seed), {}
    for group in ("aeiou", "bcdfghjklmnpqrstvwxyz"):
        mixed = "".join(chance.sample(group, len(group))) if seed else group
        found |= str.maketrans(group + group.upper(), mixed + mixed.upper())
    return found


class _Copy:
    """One copy of an article."""

    def __init__(self, original: Extraction, number: int) -> None:
        self.original, self.number = original, number
        self.id = f"{original.article.id}-{number}"
        story = number // TELLINGS
        # The largest power of two in the number: 1, 2, 1, 4, 1, 2, 1, 8 ...
        self.names = (story + 1 & -(story + 1)).bit_length() - 1
        self.days = datetime.timedelta(days=story * _APART)
        self.words = number - 1 if number % _REPRINTS == _REPRINTS - 1 else number

    def extraction(self) -> Extraction:
        """Return the copy."""
        known = self.original
        return Extraction(
            article=self._article(known.article),
            mentions=tuple(self._mention(mention) for mention in known.mentions),
            positions=tuple(self._position(position) for position in known.positions),
            statements=tuple(self._statement(s) for s in known.statements),
        )

    def _article(self, article: Article) -> Article:
        return replace(
            article,
            id=self.id,
            text=self._text(article.text),
            title=self._name(article.title),
            outlet=f"{article.outlet or 'Courier'} {self.number % TELLINGS}",
            published=self._date(article.published),
        )

    def _text(self, text: str) -> str:
        words = _letters(self.words)
        return _WORD.sub(lambda found: found[0].translate(words), self._name(text))

    def _name(self, text: str) -> str:
        names = _letters(self.names)
        return _NAME.sub(lambda found: found[0].translate(names), text)

    def _date(self, value: str) -> str:
        def moved(found: re.Match[str]) -> str:
            return (datetime.date.fromisoformat(found[0]) + self.days).isoformat()

        return _DAY.sub(moved, value)

    def _entity(self, entity: Entity) -> Entity:
        former = self.original.article.id
        identifier = entity.id.replace(former, self.id)
        if self.names:
            identifier = f"{identifier}-{self.names}"
        return replace(entity, id=identifier, name=self._name(entity.name))

    def _entities(self, entities: Sequence[Entity]) -> tuple[Entity, ...]:
        return tuple(map(self._entity, entities))

    def _mention(self, mention: Mention) -> Mention:
        return replace(mention, entity=self._entity(mention.entity))

    def _position(self, position: Position) -> Position:
        of = self._entity(position.of) if position.of else None
        return replace(position, holder=self._entity(position.holder), of=of)

    def _statement(self, s: Statement) -> Statement:
        when = When(value=self._date(s.when.value), text=s.when.text) if s.when else None
        return replace(
            s,
            agents=self._entities(s.agents),
            targets=self._entities(s.targets),
            about=self._entities(s.about),
            where=self._entities(s.where),
            attributed_to=self._entities(s.attributed_to),
            reported_by=self._entities(s.reported_by),
            when=when,
            evidence=replace(s.evidence, article=self.id),
        )
