"""Why a statement is in the graph: its article read again, with every decision told.

What led to a statement is not stored. Extraction is deterministic and the article's text is kept,
so reading it again gives the same statement with all its reasons, as long as the versions agree;
where they do not, that is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

import pyoxigraph as ox

from kg import iris
from kg.decisions import DECIDED, verdicts
from kg.errors import UnknownStatementError
from kg.extract.explain.steps import Explanation
from kg.graph import Graph
from kg.pipeline import Pipeline
from kg.rdf import vocabulary as v
from kg.records import Article, Statement

_LEAST = 4  # characters of a hash that may stand for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A statement, and how it came about.

    Attributes:
        article: the article.
        statement: the statement as the graph has it.
        quote: the words of the article.
        explanation: how it came about; None when the article is not read so any more.
        stored: version of the pipeline that put it into the graph.
        current: version of the pipeline that read the article again.
        decided: what persons decided on it: that the article says so, or who its parties are.
    """

    article: Article
    statement: Statement
    quote: str
    explanation: Explanation | None
    stored: str
    current: str
    decided: tuple[str, ...] = ()

    @property
    def added(self) -> bool:
        """Return whether a person decided that the article says so."""
        return self.statement.evidence.rule.endswith(f"/{DECIDED}")


def identifier(graph: Graph, name: str) -> str:
    """Return the identifier of the statement that `name` means.

    Args:
        graph: where it is.
        name: its IRI, its identifier (`statement/ARTICLE/START-END-HASH`), or how that hash begins.

    Raises:
        UnknownStatementError: there is none, or there are several that begin so.
    """
    wanted = name.removeprefix(graph.store.base).removeprefix("statement/")
    start = iris.short(wanted).lower()
    node = graph.store.names.node(f"statement/{wanted}")
    if next(graph.store.match(node, v.TYPE, v.term("Statement")), None):
        return f"statement/{wanted}"
    found = _beginning(graph, start) if len(start) >= _LEAST and "/" not in wanted else []
    if len(found) == 1:
        return found[0]
    if found:
        some = ", ".join(map(iris.short, found[:5]))
        raise UnknownStatementError(
            f"{len(found)} statements begin with {name!r}", hint=f"give more of one: {some}"
        )
    raise UnknownStatementError(
        f"there is no statement {name!r}",
        hint="give its IRI, or at least 4 characters of what `kg show` prints in brackets",
    )


def _beginning(graph: Graph, start: str) -> list[str]:
    """Return the identifiers of the statements whose hash begins so, sorted.

    The engine looks through all of them, of which it hands over hardly any.
    """
    if not re.fullmatch("[0-9a-f]+", start):
        return []
    store = graph.store
    question = f'SELECT DISTINCT ?s {{ ?s a kg:Statement FILTER(CONTAINS(STR(?s), "-{start}")) }}'
    try:
        rows = cast(ox.QuerySolutions, store.select(question))
        nodes = [cast(ox.NamedNode, row["s"]) for row in rows]
    except (RuntimeError, OSError) as error:
        raise store.failure(error) or error from error
    known = map(store.names.identifier, nodes)
    return sorted(i for i in known if iris.short(i).startswith(start))


def why(graph: Graph, name: str, pipeline: Pipeline) -> Trace:
    """Return how a statement came about.

    Args:
        graph: where the statement is.
        name: see `identifier`.
        pipeline: reads the article again; use the one that built the graph.

    Raises:
        UnknownStatementError: there is no such statement.
    """
    wanted = identifier(graph, name)
    store = graph.store
    article = store.names.identifier(store.names.telling(store.names.node(wanted)))
    extraction = graph.extraction(article.removeprefix("article/"))
    statement = next(s for s in extraction.statements if s.id == wanted)
    stored, _ = store.versions(extraction.article.id)
    explained = pipeline.explain(extraction.article)
    return Trace(
        article=extraction.article,
        statement=statement,
        quote=extraction.article.quote(statement.evidence.span),
        explanation=next((e for e in explained if _same(e.statement, statement)), None),
        stored=stored,
        current=pipeline.version,
        decided=_decided(graph, statement),
    )


def _decided(graph: Graph, statement: Statement) -> tuple[str, ...]:
    """Return the decisions on a statement, and on its parties."""
    store = graph.store
    node = store.names.node(statement.id)
    found = set(verdicts(store, node, v.GENERATED_BY))  # not read, but added
    for entity in (*statement.agents, *statement.targets, *statement.about):
        found |= set(verdicts(store, store.names.node(entity.id), v.INFLUENCED_BY))
    return tuple(sorted(found))


def _same(now: Statement, then: Statement) -> bool:
    """Return whether two statements were read at one place by one rule.

    Identifiers are not compared: corrections by the user may have changed those of its entities.
    """
    return now.relation == then.relation and now.evidence == then.evidence
