"""The W3C test suite of SPARQL 1.1: manifests, data, expected results, and their comparison."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox

from kg.query import questions
from kg.store import MemoryStore

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"

BASE = "http://example.org/suite/"
OTHERS = ("entailment", "service")
"""Folders of tests that are not about the query language: entailment regimes, other servers."""

KINDS = {MF + "QueryEvaluationTest", MF + "CSVResultFormatTest"}
_RDF = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES, ".rdf": ox.RdfFormat.RDF_XML}
_RESULTS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}
_FROM = re.compile(r"FROM\s+(?:NAMED\s+)?<([\w.-]+)>")

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Row = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One test: query, data of the default graph and of named ones, expected result."""

    name: str
    query: Path
    data: tuple[Path, ...]
    named: tuple[tuple[str, Path], ...]
    result: Path


class _Graph:
    def __init__(self, path: Path) -> None:
        self.folder = path.parent
        self.values: dict[tuple[object, str], list[Term]] = {}
        content = path.read_bytes()
        for q in ox.parse(content, format=_RDF[path.suffix], base_iri=BASE + path.name):
            self.values.setdefault((q.subject, q.predicate.value), []).append(q.object)

    def all(self, node: object, predicate: str) -> list[Term]:
        return self.values.get((node, predicate), [])

    def file(self, node: Term) -> Path:
        return self.folder / unquote(node.value.removeprefix(BASE))

    def entries(self) -> Iterator[object]:
        """Yield the tests that the manifest lists; it keeps some that were withdrawn."""
        heads = (self.all(node, MF + "entries") for node in self.subjects())
        rest: object = next(filter(None, heads))[0]
        while first := self.all(rest, RDF + "first"):
            yield first[0]
            rest = self.all(rest, RDF + "rest")[0]

    def subjects(self) -> list[object]:
        return list(dict.fromkeys(subject for subject, _ in self.values))


def cases(folder: Path) -> Iterator[Case]:
    """Yield the query evaluation tests below a folder, in order."""
    for path in sorted(folder.glob("*/manifest.ttl")):
        if path.parent.name not in OTHERS:
            yield from _of(path)


def _of(path: Path) -> Iterator[Case]:
    graph = _Graph(path)
    for node in graph.entries():
        kinds = {kind.value for kind in graph.all(node, RDF + "type")}
        if not kinds & KINDS:
            continue
        # One test of the suite has two names.
        action, result, name = (graph.all(node, MF + p)[0] for p in ("action", "result", "name"))
        yield Case(
            name=f"{path.parent.name}: {name.value}",
            query=graph.file(graph.all(action, QT + "query")[0]),
            data=tuple(map(graph.file, graph.all(action, QT + "data"))),
            named=tuple(
                (BASE + graph.file(g).name, graph.file(g))
                for g in graph.all(action, QT + "graphData")
            ),
            result=graph.file(result),
        )


def passes(case: Case) -> bool:
    """Return whether the function behind `kg query` gives what the test expects."""
    store = MemoryStore()
    for path in case.data:
        _load(store, path, ox.DefaultGraph())
    for name, path in case.named:
        _load(store, path, ox.NamedNode(name))
    query = case.query.read_text(encoding="utf-8")
    for name in _FROM.findall(query):
        _load(store, case.query.parent / name, ox.NamedNode(BASE + name))
    query = f"BASE <{BASE}>\n{query}"
    made = questions.triples(store, query)
    if made is not None:
        return _canonical(made) == _canonical(_triples(case.result))
    if (answer := questions.ask(store, query)).form == "ask":
        return bool(answer) == _expected_answer(case.result)
    columns, found = questions.terms(store, query)
    if case.result.suffix == ".csv":
        return _csv(columns, (list(map(_plain, row)) for row in found)) == _lines(case.result)
    ours: list[Row] = [dict(zip(columns, row, strict=True)) for row in found]
    return same(ours, _expected_rows(case.result))


def _load(store: MemoryStore, path: Path, graph: ox.DefaultGraph | ox.NamedNode) -> None:
    store.inner.load(
        path.read_bytes(), format=_RDF[path.suffix], base_iri=BASE + path.name, to_graph=graph
    )


def _triples(path: Path) -> list[ox.Triple]:
    content = path.read_bytes()
    return [
        q.triple for q in ox.parse(content, format=_RDF[path.suffix], base_iri=BASE + path.name)
    ]


def same(one: Sequence[Row], other: Sequence[Row]) -> bool:
    """Return whether two tables have the same rows, whatever their order and blank nodes."""
    return len(one) == len(other) and _canonical(_rows(one)) == _canonical(_rows(other))


def _rows(rows: Sequence[Row]) -> list[ox.Triple]:
    """Return a table as a graph, so that comparing graphs compares tables."""
    found = []
    for number, row in enumerate(rows):
        node = ox.BlankNode(f"row{number}")
        found.append(ox.Triple(node, ox.NamedNode(RS + "row"), ox.Literal("")))
        for name, term in row.items():
            if isinstance(term, Term):
                found.append(ox.Triple(node, ox.NamedNode(f"{RS}column-{name}"), term))
    return found


def _canonical(triples: Sequence[ox.Triple]) -> Counter[str]:
    dataset = ox.Dataset()
    for t in triples:
        value = _valued(t.object) if isinstance(t.object, ox.Literal) else t.object
        dataset.add(ox.Quad(t.subject, t.predicate, value))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return Counter(map(str, dataset))


def _valued(literal: ox.Literal) -> ox.Literal:
    """Return a number in one spelling; the store keeps values, the suite spells them freely."""
    kind = literal.datatype.value
    try:
        if kind in (XSD + "integer", XSD + "decimal"):
            value = Decimal(literal.value).normalize()
            return ox.Literal(format(value, "f"), datatype=literal.datatype)
        if kind in (XSD + "double", XSD + "float"):
            return ox.Literal(f"{float(literal.value):.6g}", datatype=literal.datatype)
    except (ValueError, InvalidOperation):
        pass
    return literal


def _expected_answer(path: Path) -> bool:
    found = ox.parse_query_results(path.read_bytes(), format=_RESULTS[path.suffix])
    assert isinstance(found, ox.QueryBoolean)
    return bool(found)


def _expected_rows(path: Path) -> list[Row]:
    if path.suffix in _RESULTS:
        found = ox.parse_query_results(path.read_bytes(), format=_RESULTS[path.suffix])
        assert isinstance(found, ox.QuerySolutions)
        names = [variable.value for variable in found.variables]
        return [{name: solution[name] for name in names} for solution in found]
    graph = _Graph(path)
    rows: list[Row] = []
    for node in graph.subjects():
        for solution in graph.all(node, RS + "solution"):
            row: Row = {}
            for binding in graph.all(solution, RS + "binding"):
                (name,) = graph.all(binding, RS + "variable")
                (row[name.value],) = graph.all(binding, RS + "value")
            rows.append(row)
    return rows


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Counter[str]:
    """Return rows of values without their types, in whatever order of columns."""
    return Counter(str(sorted(zip(columns, row, strict=True))) for row in rows)


def _plain(term: object) -> str:
    if isinstance(term, ox.BlankNode):
        return "_:"
    return _number(term.value) if isinstance(term, Term) else ""


def _lines(path: Path) -> Counter[str]:
    lines = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    head, *rest = (line for line in lines if line)
    return _csv(head, (list(map(_cell, line)) for line in rest))


def _cell(value: str) -> str:
    return "_:" if value.startswith("_:") else _number(value)


def _number(value: str) -> str:
    try:
        return f"{float(value):.6g}"
    except ValueError:
        return value
