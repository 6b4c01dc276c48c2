"""A graph that was exported, taken back into a store: N-Quads, TriG or JSON-LD."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, cast

import pyoxigraph as ox

from kg import ontology as ontologies
from kg.errors import KgError, MalformedGraphError
from kg.independence import settle
from kg.rdf import extraction_of, key_quads, link_quads
from kg.rdf import vocabulary as v
from kg.settling import settle_acts
from kg.store import Store, open_store

FORMATS: Mapping[str, ox.RdfFormat] = MappingProxyType(
    {
        ".jsonld": ox.RdfFormat.JSON_LD,
        ".nq": ox.RdfFormat.N_QUADS,
        ".trig": ox.RdfFormat.TRIG,
    }
)
"""Formats that keep graphs apart, by suffix; each also with .gz."""

_OLD = v.term("Evidence")
_Graphs = dict[ox.NamedNode, set[v.Quad]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an import did.

    Attributes:
        articles: how many articles are in the store now that were in the file.
        quads: how many quads the file has.
        failed: why articles of the file were left out.
    """

    articles: int
    quads: int
    failed: tuple[KgError, ...]


def import_file(path: str | Path, store: str | Path) -> Report:
    """Put the graphs of a file into a store; articles that it has already are replaced.

    Each article is one transaction, as in a build. A store that is not there is made, with the base
    of the file.

    Args:
        path: file with a suffix of `FORMATS`.
        store: folder of the store.

    Raises:
        MalformedGraphError: the file cannot be read, or its graphs are not those of a store.
        StoreError: the store cannot be opened or written, or has another base.
    """
    graphs = _read(Path(path))
    base = _base(graphs, Path(path))
    if any(quad.object == _OLD for quads in graphs.values() for quad in quads):
        raise MalformedGraphError(
            "it was written by an earlier version, in which a statement had several places",
            where=path,
            hint="build the articles again and export them anew",
        )
    with open_store(store, "w", base=base) as opened:
        articles, failed = _fill(opened, graphs, Path(path))
    return Report(articles=articles, quads=sum(map(len, graphs.values())), failed=tuple(failed))


def _read(path: Path) -> _Graphs:
    suffix = Path(path.name.removesuffix(".gz")).suffix.lower()
    if suffix not in FORMATS:
        raise MalformedGraphError(
            f"a file that ends in {suffix or 'nothing'} does not keep graphs apart",
            where=path,
            hint=f"one of: {' '.join(FORMATS)}, each also with .gz",
        )
    found: _Graphs = defaultdict(set)
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            for quad in ox.parse(cast(BinaryIO, stream), format=FORMATS[suffix]):
                if not isinstance(quad.graph_name, ox.NamedNode):
                    raise MalformedGraphError(
                        "it has triples outside named graphs",
                        where=path,
                        hint="export a store, not the answer to a question",
                    )
                if isinstance(quad.subject, ox.BlankNode) or not isinstance(
                    quad.object, ox.NamedNode | ox.Literal
                ):
                    raise MalformedGraphError(
                        f"no store has such a node: {quad.subject} {quad.predicate} {quad.object}",
                        where=path,
                        hint="export without --rdf12",
                    )
                found[quad.graph_name].add(cast(v.Quad, quad))
    except (OSError, EOFError, SyntaxError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise MalformedGraphError(
            f"it cannot be read: {reason}", where=path, hint="name a file that kg export wrote"
        ) from error
    return dict(found)


def _base(graphs: _Graphs, path: Path) -> str:
    """Return the IRI before every identifier: what stands before the name of the terms' graph."""
    ends = [g.value.removesuffix(v.TERMS) for g in graphs if g.value.endswith(v.TERMS)]
    if len(ends) != 1:
        raise MalformedGraphError(
            "it is no export of a store: the graph of terms is missing",
            where=path,
            hint="name a file that kg export wrote",
        )
    return ends[0]


def _fill(store: Store, graphs: _Graphs, path: Path) -> tuple[int, list[KgError]]:
    names, ontology, failed = store.names, ontologies.load(), list[KgError]()
    # A store keeps its own floor, by which its other articles are linked.
    floor = store.link_floor()
    terms = graphs[names.terms]
    if floor is not None:
        graphs = {**graphs, names.terms: {_floored(quad, floor) for quad in terms}}
    as_in_file = graphs[names.terms] == terms
    background: dict[ox.NamedNode, set[v.Quad]] = defaultdict(set)
    for quad in graphs.get(names.background, ()):
        background[quad.subject].add(quad)
    done: set[ox.NamedNode] = {names.background, names.sources, names.acts}
    number = 0
    for article in _articles(graphs, names):
        own, links = names.article(article), names.links(article)
        done |= {own, links}
        try:
            read = extraction_of(article, graphs[own], ontology=ontology, base=store.base)
        except KgError as error:
            failed.append(MalformedGraphError(str(error), where=f"{path}, article {article}"))
            continue
        entities = {q.subject for q in graphs[own] if q.object == v.term("Entity")}
        known = set().union(*(background[entity] for entity in entities))
        keys = key_quads(read, ontology=ontology, base=store.base)
        linked = graphs.get(links, set())
        if not as_in_file:
            linked = set(link_quads(read, ontology=ontology, base=store.base, floor=floor))
        store.replace(article, graphs[own] | linked | known | set(keys))
        number += 1
    for graph in sorted(set(graphs) - done, key=lambda g: g.value):
        store.set_graph(graph, graphs[graph])
    # Whose account an article is, and which acts are told, depends on the others in the store.
    settle(store)
    settle_acts(store, ontology.window)
    return number, failed


def _floored(quad: v.Quad, floor: float) -> v.Quad:
    """Return a quad with another floor for links, if it tells one."""
    if quad.predicate != v.term("linkFloor"):
        return quad
    return v.quad(quad.subject, quad.predicate, v.decimal(floor), quad.graph_name)


def _articles(graphs: _Graphs, names: v.Names) -> Iterator[str]:
    for graph in sorted(graphs, key=lambda g: g.value):
        family, _, article = names.identifier(graph).partition("/")
        if family == "article":
            yield article
