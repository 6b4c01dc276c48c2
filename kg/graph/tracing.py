"""Explain a statement: read its article again and report each step that led to it.

The steps are not stored. Extraction is deterministic and the text is, so reading the article again
gives the same statement with its steps, provided that the versions of the pipeline agree. A `Trace`
has both versions, to compare.
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

_LEAST = 4  # characters of a hash that may stand for it: chosen, not measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A statement and the steps that led to it.

    Attributes:
        article: its article.
        statement: the statement as the graph has it.
        quote: its words in the article.
        explanation: the steps; None if the pipeline no longer finds the statement.
        stored: version of the pipeline that put it into the graph.
        current: version of the pipeline that read the article again.
        decided: decisions that added the statement or changed its entities.
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
        """Return whether the statement was added by a decision, not extracted."""
        return self.statement.evidence.rule.endswith(f"/{DECIDED}")


def identifier(graph: Graph, name: str) -> str:
    """Return the identifier of the statement that `name` means.

    Args:
        graph: the graph to look in.
        name: its IRI, its identifier (`statement/ARTICLE/START-END-HASH`), or the first characters
            of that hash.

    Raises:
        UnknownStatementError: no statement or several have this name.
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
    """Return the identifiers of the statements whose hash begins with `start`, sorted.

    The SPARQL engine filters the IRIs, so that few of them become Python objects.
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
    """Return a statement with the steps that led to it.

    Args:
        graph: the graph that has the statement.
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
    """Return the decisions that added a statement or concern its entities."""
    store = graph.store
    node = store.names.node(statement.id)
    found = set(verdicts(store, node, v.GENERATED_BY))  # the decision that added it, if any
    for entity in (*statement.agents, *statement.targets, *statement.about):
        found |= set(verdicts(store, store.names.node(entity.id), v.INFLUENCED_BY))
    return tuple(sorted(found))


def _same(now: Statement, then: Statement) -> bool:
    """Return whether two statements have the same relation and the same evidence.

    Identifiers are not compared: decisions may have changed those of the entities.
    """
    return now.relation == then.relation and now.evidence == then.evidence
