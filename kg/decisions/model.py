"""The kinds of decisions, one dataclass for each table of the decisions file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import ClassVar

from kg import iris

_WORD = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A new entity of an added statement, by name and class."""

    name: str
    type: str


Party = str | Named


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision.

    Attributes:
        by: who decided; empty if the file does not say.
        note: the reason; empty if the file does not say.
    """

    table: ClassVar[str] = ""
    term: ClassVar[str] = "Decision"

    by: str = ""
    note: str = ""

    @property
    def id(self) -> str:
        """Return the identifier, a hash of the decision: independent of its place in the file."""
        return f"decision/{iris.digest(self.toml())[:12]}"

    @property
    def label(self) -> str:
        """Return the decision as a sentence."""
        raise NotImplementedError

    def toml(self) -> str:
        """Return the decision as a table of the decisions file, in canonical form."""
        lines = [f"[[{self.table}]]"]
        for field in fields(self):
            if value := getattr(self, field.name):
                lines.append(f"{field.name.replace('_', '-')} = {_value(value)}")
        return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, str):
        # JSON strings are valid TOML basic strings, except that TOML needs DEL escaped.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, Named):
        return f"{{name = {_value(value.name)}, type = {_value(value.type)}}}"
    return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Same(Decision):
    """Several entities are the same; the identifier of the first one stays."""

    table: ClassVar[str] = "same"
    term: ClassVar[str] = "SameDecision"

    entities: tuple[str, ...]
    name: str = ""

    @property
    def label(self) -> str:
        """Return the decision as a sentence."""
        return f"{', '.join(self.entities[1:])} is the same as {self.entities[0]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSame(Decision):
    """Entities are different, or in some articles one stands for another entity.

    Attributes:
        entities: entities that are never to be merged; empty if `entity` is given.
        entity: in `articles`, this entity is really another one, called `name`.
    """

    table: ClassVar[str] = "not-same"
    term: ClassVar[str] = "NotSameDecision"

    entities: tuple[str, ...] = ()
    entity: str = ""
    articles: tuple[str, ...] = ()
    name: str = ""

    @property
    def label(self) -> str:
        """Return the decision as a sentence."""
        if self.entities:
            return f"{' and '.join(self.entities)} are not the same"
        return f"{self.entity} is {self.name} in {', '.join(self.articles)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongStatement(Decision):
    """A statement is wrong.

    Attributes:
        statement: its identifier, or the first digits of its hash.
        article: its article; together with `statement`, it limits the decision to that article.
        relation, quote: what identifies the statement if `statement` is empty.
    """

    table: ClassVar[str] = "wrong-statement"
    term: ClassVar[str] = "WrongStatementDecision"

    statement: str = ""
    article: str = ""
    relation: str = ""
    quote: str = ""

    @property
    def label(self) -> str:
        """Return the decision as a sentence."""
        if self.statement:
            return f"{self.statement} is wrong" + (f" in {self.article}" if self.article else "")
        return f"{self.article} does not say {self.relation}: {self.quote}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongType(Decision):
    """An entity has another class."""

    table: ClassVar[str] = "wrong-type"
    term: ClassVar[str] = "WrongTypeDecision"

    entity: str
    type: str

    @property
    def label(self) -> str:
        """Return the decision as a sentence."""
        return f"{self.entity} is a {self.type}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreferredName(Decision):
    """An entity gets another preferred name; the former one becomes an alias."""

    table: ClassVar[str] = "preferred-name"
    term: ClassVar[str] = "PreferredNameDecision"

    entity: str
    name: str

    @property
    def label(self) -> str:
        """Return the decision as a sentence."""
        return f"{self.entity} is called {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedStatement(Decision):
    """An article makes a statement that was not extracted.

    Attributes:
        article: identifier of the article.
        quote: the words that make the statement; they occur exactly once in the article.
        relation: local name of the relation.
        agents, targets, about, where, attributed_to, reported_by: entities, each by identifier, by
            a name that the article or the gazetteer has, or as new entity by name and class.
        date: EDTF date of the act.
        modality: actual, planned, possible or proposed.
        negated: the article denies the act.
    """

    table: ClassVar[str] = "added-statement"
    term: ClassVar[str] = "AddedStatementDecision"

    article: str
    quote: str
    relation: str
    agents: tuple[Party, ...]
    targets: tuple[Party, ...] = ()
    about: tuple[Party, ...] = ()
    where: tuple[Party, ...] = ()
    date: str = ""
    modality: str = "actual"
    negated: bool = False
    attributed_to: tuple[Party, ...] = ()
    reported_by: tuple[Party, ...] = ()

    @property
    def label(self) -> str:
        """Return the decision as a sentence."""
        return f"{self.article} says {self.relation}: {self.quote}"


KINDS: Mapping[str, type[Decision]] = {
    kind.table: kind
    for kind in (Same, NotSame, WrongStatement, WrongType, PreferredName, AddedStatement)
}
