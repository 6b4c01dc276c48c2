"""Every error that `kg` raises on purpose.

    KgError
    ├── ArticleError               an article cannot be read
    │   ├── MissingPathError       [missing-path]
    │   ├── UnreadablePathError    [unreadable-path]
    │   ├── NoArticlesError        [no-articles]
    │   ├── EmptyArticleError      [empty-article]
    │   ├── BinaryArticleError     [binary-article]
    │   ├── EncodingError          [encoding]
    │   ├── MalformedArticleError  [malformed-article]
    │   └── ArticleTooLongError    [article-too-long]
    ├── OntologyError              a card or the ontology is not well formed
    │   ├── CardError              [card]
    │   └── UnknownRelationError   [unknown-relation]
    ├── GazetteerError             [gazetteer]
    ├── LanguageError              a language pipeline cannot be used
    │   ├── MissingModelError      [missing-model]
    │   └── UnsuitableModelError   [unsuitable-model]
    ├── RecordError                [record]
    ├── ExtractionError            [extraction]
    ├── WorkerError                [worker]
    ├── StoreError                 a store cannot be opened, read or written
    │   ├── MissingStoreError      [missing-store]
    │   ├── ServerError            [server]
    │   ├── UnreadableStoreError   [unreadable-store]
    │   ├── DamagedStoreError      [damaged-store]
    │   ├── MalformedGraphError    [malformed-graph]
    │   ├── LockedStoreError       [locked-store]
    │   ├── StoreWriteError        [store-write]
    │   ├── InvalidGraphError      [invalid]
    │   └── LeftOutError           [left-out]
    ├── QueryError                 a question cannot be answered
    │   ├── MalformedQueryError    [malformed-query]
    │   ├── ForbiddenQueryError    [forbidden-query]
    │   ├── UnknownQueryError      [unknown-query]
    │   ├── QueryMemoryError       [query-memory]
    │   └── QueryTimeoutError      [query-timeout]
    ├── GoldError                  [gold] annotated articles or their floors are not well formed
    ├── UnknownStatementError      [unknown-statement]
    ├── DecisionError              the decisions file is not well formed
    │   └── UnknownReferenceError  [unknown-reference]
    ├── PluginError                [plugin] what another package adds cannot be used
    └── ExportError                a file cannot be exported
        ├── SelectionError         [selection]
        ├── UnknownFormatError     [unknown-format]
        └── WriteError             [write]

Each message says what is wrong, where, and what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from kg.text.controls import one_line, visible


class KgError(Exception):
    """An error the user can do something about.

    Attributes:
        code: short stable name of the kind of error, shown in brackets.
        what: what is wrong, in words.
        where: the path, article or query with the fault; empty if there is none.
        hint: what to do about it; empty if there is no advice.
    """

    code: ClassVar[str] = "kg"

    def __init__(self, what: str, *, where: object = "", hint: str = "") -> None:
        """Keep the parts; the message is `[code] where: what (hint)`."""
        self.what = what
        self.where = str(where)
        self.hint = hint
        place = f"{one_line(self.where)}: " if self.where else ""
        advice = f" — {hint}" if hint else ""
        super().__init__(visible(f"[{self.code}] {place}{what}{advice}"))

    def __reduce__(self) -> tuple[object, ...]:
        """Return the parts for pickling, so that worker processes can pass errors on."""
        return _rebuild, (type(self), self.what, self.where, self.hint)


def _rebuild(kind: type[KgError], what: str, where: str, hint: str) -> KgError:
    return kind(what, where=where, hint=hint)


class ArticleError(KgError):
    """An article cannot be read."""

    code = "article"


class MissingPathError(ArticleError):
    """A path that was named does not exist."""

    code = "missing-path"


class UnreadablePathError(ArticleError):
    """A file exists but cannot be opened or read."""

    code = "unreadable-path"


class NoArticlesError(ArticleError):
    """A place holds no article."""

    code = "no-articles"


class EmptyArticleError(ArticleError):
    """An article has no text."""

    code = "empty-article"


class BinaryArticleError(ArticleError):
    """A file is not text."""

    code = "binary-article"


class EncodingError(ArticleError):
    """A file cannot be decoded."""

    code = "encoding"


class MalformedArticleError(ArticleError):
    """Front matter, JSON or HTML of an article is broken."""

    code = "malformed-article"


class ArticleTooLongError(ArticleError):
    """An article is longer than the pipeline takes."""

    code = "article-too-long"


class OntologyError(KgError):
    """The ontology or one of its cards is not well formed."""

    code = "ontology"


class CardError(OntologyError):
    """A relation card is not well formed."""

    code = "card"


class UnknownRelationError(OntologyError):
    """A relation has no card."""

    code = "unknown-relation"


class GazetteerError(KgError):
    """A gazetteer file is not well formed."""

    code = "gazetteer"


class LanguageError(KgError):
    """A language pipeline cannot be used."""

    code = "language"


class MissingModelError(LanguageError):
    """No language pipeline of that name or path is installed."""

    code = "missing-model"


class UnsuitableModelError(LanguageError):
    """A language pipeline lacks a component or uses unknown labels."""

    code = "unsuitable-model"


class RecordError(KgError):
    """A record breaks one of its invariants."""

    code = "record"


class ExtractionError(KgError):
    """An article could not be read because of a fault in the program, or for lack of memory."""

    code = "extraction"


class WorkerError(KgError):
    """The worker processes for the extraction cannot be started."""

    code = "worker"


class StoreError(KgError):
    """A store cannot be opened, read or written."""

    code = "store"


class MissingStoreError(StoreError):
    """There is no store at that path."""

    code = "missing-store"


class ServerError(StoreError):
    """A SPARQL server cannot be reached, or does not answer as the protocol says."""

    code = "server"


class UnreadableStoreError(StoreError):
    """The file or folder at that path is not a store that can be read."""

    code = "unreadable-store"


class DamagedStoreError(StoreError):
    """The files of a store have changed since `kg` wrote them."""

    code = "damaged-store"


class MalformedGraphError(StoreError):
    """A file to import is not the exported graph of a store."""

    code = "malformed-graph"


class LockedStoreError(StoreError):
    """Another process is writing to the store."""

    code = "locked-store"


class StoreWriteError(StoreError):
    """The store could not be written; it is as it was before."""

    code = "store-write"


class InvalidGraphError(StoreError):
    """An article breaks a shape of the ontology; it was not stored.

    Attributes:
        nodes: IRIs of the nodes that break the shape.
    """

    code = "invalid"

    def __init__(
        self, what: str, *, where: object = "", hint: str = "", nodes: Iterable[str] = ()
    ) -> None:
        """Keep the IRIs of the nodes at fault besides the parts of every error."""
        super().__init__(what, where=where, hint=hint)
        self.nodes = frozenset(nodes)


class LeftOutError(StoreError):
    """A part of an article breaks a shape; it was left out, and the rest was stored."""

    code = "left-out"


class QueryError(KgError):
    """A question cannot be answered."""

    code = "query"


class MalformedQueryError(QueryError):
    """A SPARQL query does not parse."""

    code = "malformed-query"


class ForbiddenQueryError(QueryError):
    """A query would change the store or leave this machine."""

    code = "forbidden-query"


class UnknownQueryError(QueryError):
    """There is no ready question of that name."""

    code = "unknown-query"


class QueryMemoryError(QueryError):
    """A query took more memory than allowed."""

    code = "query-memory"


class QueryTimeoutError(QueryError):
    """A query took longer than allowed."""

    code = "query-timeout"


class GoldError(KgError):
    """Annotated articles are missing, or they or their floors file are not well formed."""

    code = "gold"


class UnknownStatementError(KgError):
    """No statement has this identifier, or several begin with it."""

    code = "unknown-statement"


class DecisionError(KgError):
    """A decisions file cannot be read, is not well formed or contradicts itself."""

    code = "decision"


class UnknownReferenceError(DecisionError):
    """A decision names something that the graph does not have."""

    code = "unknown-reference"


class PluginError(KgError):
    """Something that another package adds cannot be used."""

    code = "plugin"


class ExportError(KgError):
    """A file cannot be exported."""

    code = "export"


class SelectionError(ExportError):
    """A selection for an export names something unknown, or leaves nothing."""

    code = "selection"


class UnknownFormatError(ExportError):
    """No exporter writes files of that suffix."""

    code = "unknown-format"


class WriteError(ExportError):
    """A file cannot be written."""

    code = "write"
