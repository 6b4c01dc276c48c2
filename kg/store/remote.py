"""A store on any SPARQL 1.1 server."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import TypeVar, cast

import pyoxigraph as ox

from kg import iris
from kg.errors import MissingStoreError, StoreWriteError, UnreadableStoreError
from kg.rdf import vocabulary as v
from kg.store.base import Results, Store
from kg.store.server import Address, Fields, Server

_Item = TypeVar("_Item")
Step = tuple[int, str, v.Quad]

_MERGED = "graph/merged"
_AT_ONCE = 100  # terms in one VALUES block: chosen, not measured
_ENTITY = v.term("Entity")
_DIGEST = v.term("digest")
# Most quads in one update. Measured: Virtuoso's compiler runs out of memory at 5,000 triples, and
# each quad is written twice, to its graph and to the merged one.
_LIMITS = {"Virtuoso": 2_000}
# IRIs, strings and comments: a keyword inside of them is no keyword.
_NOISE = re.compile(
    r"""<(?:[^<>"{}|^`\\\s] | \\u[0-9A-F]{4})*>
    | \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
    | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | \#[^\r\n]*""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?=.)")
# An IRI with `://`, which no parser can take for a comparison. `kg.query.sparql.guarded` may have
# escaped letters in it, and Virtuoso does not know escapes in IRIs.
_ADDRESS = re.compile(r"""<[A-Za-z][A-Za-z0-9+.-]*://(?:[^<>"{}|^`\\\s]|\\u[0-9A-F]{4})*>""")
_CODE = re.compile(r"\\u([0-9A-F]{4})")
_DATASET = re.compile(r"\b(FROM|GRAPH)\b", re.IGNORECASE)
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)


class RemoteStore(Store):
    """Quads on a SPARQL server; of its graphs, only those below the base belong to the store.

    Servers differ in the default graph of a query: some show nothing, others all graphs, with a
    triple once for each. Therefore a graph of its own, "merged", keeps the union of all graphs as a
    set. `change` keeps it up to date, and it is the default graph of queries.

    A change is one update request, which most servers apply as a whole or not at all. Virtuoso does
    not, nor does it accept large ones, and the Graph Store protocol changes one graph at a time.
    Therefore the digest of an article is removed first and added last: an article that was broken
    off has none, and the next build stores it again. As in `kg.store.parts`, the article's graph is
    added before what is derived from it, and removed after it.
    """

    def __init__(self, server: Server, *, base: str, writable: bool) -> None:
        """Use a server; see `open_remote`."""
        super().__init__(base)
        self.server = server
        self.writable = writable
        self.merged = self.names.node(_MERGED)
        self._ours = f"FILTER(STRSTARTS(STR(?g), {v.plain(base)}) && ?g != {self.merged})"
        self._articles_start = f"{base}article/"
        self._prefixes = {**v.PREFIXES, "id": base}
        self._parser = ox.Store()
        self._open = True

    def match(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: ox.NamedNode | ox.Literal | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[v.Quad]:
        """Return the quads that match, in no particular order."""
        where = (subject or "?s", predicate or "?p", object or "?o")
        ours = "" if graph else self._ours
        names = [
            name
            for name, term in zip("spog", (subject, predicate, object, graph), strict=True)
            if term is None
        ]
        shown = " ".join(f"?{name}" for name in names) or "(1 AS ?one)"
        pattern = f"{where[0]} {where[1]} {where[2]}"
        found = self._rows(f"SELECT {shown} {{ GRAPH {graph or '?g'} {{ {pattern} }} {ours} }}")
        for row in found:
            terms = dict(zip(names, row, strict=True)) if names else {}
            yield v.quad(
                cast(ox.NamedNode, subject or terms["s"]),
                cast(ox.NamedNode, predicate or terms["p"]),
                object or _canonical(terms["o"]),
                cast(ox.NamedNode, graph or terms["g"]),
            )

    def _rows(self, sparql: str) -> Iterator[ox.QuerySolution]:
        found = self.server.rows(sparql)
        try:
            yield from cast(ox.QuerySolutions, found)
        except (OSError, SyntaxError, ValueError) as error:
            raise self.server.unclear(error) from error

    def graphs(self) -> list[ox.NamedNode]:
        """Return the names of the graphs that are not empty, sorted."""
        found = self._rows(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} {self._ours} }}")
        return sorted((cast(ox.NamedNode, row["g"]) for row in found), key=lambda g: g.value)

    def size(self) -> int:
        """Return the number of quads."""
        (row,) = self._rows(f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {self._ours} }}")
        return int(cast(ox.Literal, row["n"]).value)

    def change(self, *, remove: Iterable[v.Quad] = (), add: Iterable[v.Quad] = ()) -> None:
        """Remove and add quads, in one request unless the server limits its size."""
        if not self._open:
            raise StoreWriteError("the store is closed")
        if not self.writable:
            raise StoreWriteError(
                "the store was opened for reading",
                where=self.server.address,
                hint="open it to write",
            )
        gone, new = list(remove), list(add)
        marks = self._marks(self._articles(gone, new))
        kept = {q for q in marks if q.graph_name != self.merged} - set(gone)
        kept |= {q for q in new if q.predicate == _DIGEST}
        rest = [q for q in new if q.predicate != _DIGEST]
        gone += map(self._merge, self._unsupported(gone))
        steps = [
            *((0, "DELETE", q) for q in sorted(marks, key=str)),
            *((1, "DELETE", q) for q in sorted(gone, key=self._rank, reverse=True)),
            *((2, "INSERT", q) for q in sorted((*rest, *self._merges(rest)), key=self._rank)),
            *((3, "INSERT", q) for q in sorted({*kept, *self._merges(kept)}, key=self._rank)),
        ]
        if not self.server.address.update:
            self._put(steps)
            return
        limit = next((n for name, n in _LIMITS.items() if name in self.server.name), len(steps))
        for start in range(0, len(steps), limit or 1):
            self.server.update(_update(steps[start : start + limit]))

    def _merges(self, quads: Iterable[v.Quad]) -> set[v.Quad]:
        return {self._merge(quad) for quad in quads}

    def _rank(self, quad: v.Quad) -> tuple[int, str]:
        """Return the sort key for adding: article, derived graphs, background, merged graph."""
        graph = quad.graph_name
        later = (self.names.background, self.merged)
        if graph in later:
            return 2 + later.index(graph), str(quad)
        return int(not graph.value.startswith(self._articles_start)), str(quad)

    def _marks(self, articles: Iterable[ox.NamedNode]) -> set[v.Quad]:
        """Return the digests of articles, in their own graphs and in the merged one."""
        return {
            quad
            for article in articles
            for graph in (article, self.merged)
            for quad in self.match(article, _DIGEST, None, graph)
        }

    def _merge(self, quad: v.Quad) -> v.Quad:
        return v.quad(quad.subject, quad.predicate, quad.object, self.merged)

    def _put(self, steps: Iterable[Step]) -> None:
        """Apply the steps graph by graph, by the Graph Store protocol."""
        for (_, verb), group in groupby(steps, key=itemgetter(0, 1)):
            for graph, quads in _by_graph(quad for *_, quad in group).items():
                if verb == "INSERT":
                    self.server.post(graph.value, _lines(quads).encode())
                elif left := set(self.match(graph=graph)) - quads:
                    self.server.put(graph.value, _lines(left).encode())
                else:
                    self.server.delete(graph.value)

    def _articles(self, *changes: Iterable[v.Quad]) -> set[ox.NamedNode]:
        """Return the graphs of the quads that are graphs of articles."""
        graphs = {quad.graph_name for quads in changes for quad in quads}
        return {graph for graph in graphs if graph.value.startswith(self._articles_start)}

    def _unsupported(self, gone: Sequence[v.Quad]) -> Iterator[v.Quad]:
        """Yield the quads whose triple is in no graph any more once all of them are removed."""
        leaving: dict[tuple[object, ...], set[ox.NamedNode]] = defaultdict(set)
        for quad in gone:
            leaving[quad.subject, quad.predicate, quad.object].add(quad.graph_name)
        groups: dict[frozenset[ox.NamedNode], list[v.Quad]] = defaultdict(list)
        for quad in gone:
            if graphs := leaving.pop((quad.subject, quad.predicate, quad.object), None):
                groups[frozenset(graphs)].append(quad)
        for losing, quads in groups.items():
            # Most subjects occur in one article only. Asking for subjects first avoids sending and
            # fetching the texts of articles.
            shared = self._beyond({q.subject for q in quads}, "?p ?o", losing)
            pairs = {(q.subject, q.predicate) for q in quads if q.subject in shared}
            kept = self._kept(pairs, losing)
            yield from (q for q in quads if (q.subject, q.predicate, q.object) not in kept)

    def _beyond(
        self, nodes: Iterable[ox.NamedNode], pattern: str, graphs: Collection[ox.NamedNode]
    ) -> set[ox.NamedNode]:
        """Return the nodes that have triples of this pattern in other graphs than these."""
        found: set[ox.NamedNode] = set()
        for part in _parts(sorted(nodes, key=str), _AT_ONCE):
            rows = self._rows(
                f"SELECT DISTINCT ?s {{ VALUES ?s {{ {' '.join(map(str, part))} }} "
                f"GRAPH ?g {{ ?s {pattern} }} {self._ours} {_outside(graphs)} }}"
            )
            found |= {cast(ox.NamedNode, row["s"]) for row in rows}
        return found

    def _kept(
        self,
        pairs: Collection[tuple[ox.NamedNode, ox.NamedNode]],
        graphs: Collection[ox.NamedNode],
    ) -> set[tuple[object, ...]]:
        """Return the triples with these subjects and predicates in other graphs than these."""
        found: set[tuple[object, ...]] = set()
        for part in _parts(sorted(pairs, key=str), _AT_ONCE):
            values = " ".join(f"({s} {p})" for s, p in part)
            rows = self._rows(
                f"SELECT DISTINCT ?s ?p ?o {{ VALUES (?s ?p) {{ {values} }} "
                f"GRAPH ?g {{ ?s ?p ?o }} {self._ours} {_outside(graphs)} }}"
            )
            found |= {(row["s"], row["p"], _canonical(row["o"])) for row in rows}
        return found

    def named_elsewhere(
        self, nodes: Iterable[ox.NamedNode], article: ox.NamedNode
    ) -> set[ox.NamedNode]:
        """Return the entities among the nodes that another article names, too."""
        return self._beyond(nodes, f"{v.TYPE} {_ENTITY}", [article])

    def described(
        self, nodes: Iterable[ox.NamedNode], graph: ox.NamedNode | None = None
    ) -> set[v.Quad]:
        """Return the quads with these subjects, of one graph or of all."""
        return self._chosen("?s", nodes, graph)

    def pointing(
        self,
        predicate: ox.NamedNode,
        objects: Iterable[ox.NamedNode | ox.Literal],
        graph: ox.NamedNode | None = None,
    ) -> set[v.Quad]:
        """Return the quads with this predicate and one of these objects, of one graph or of all."""
        return self._chosen("?o", objects, graph, predicate)

    def _chosen(
        self,
        variable: str,
        values: Iterable[ox.NamedNode | ox.Literal],
        graph: ox.NamedNode | None,
        predicate: ox.NamedNode | None = None,
    ) -> set[v.Quad]:
        """Return the quads in which `variable` (`?s` or `?o`) has one of these values."""
        found: set[v.Quad] = set()
        ours = "" if graph else self._ours
        for part in _parts(sorted(values, key=str), _AT_ONCE):
            rows = self._rows(
                f"SELECT * {{ VALUES {variable} {{ {' '.join(map(str, part))} }} "
                f"GRAPH {graph or '?g'} {{ ?s {predicate or '?p'} ?o }} {ours} }}"
            )
            for row in rows:
                found.add(
                    v.quad(
                        cast(ox.NamedNode, row["s"]),
                        predicate or cast(ox.NamedNode, row["p"]),
                        _canonical(row["o"]),
                        graph or cast(ox.NamedNode, row["g"]),
                    )
                )
        return found

    def select(self, sparql: str) -> Results:
        """Return the results of a SPARQL query over the union of all graphs."""
        # The local parser reports syntax errors with line and column, and the form of the query.
        form = self._parser.query(sparql, prefixes=self._prefixes)
        words = _NOISE.sub(" ", sparql)
        declared = set(_DECLARED.findall(words))
        prefixes = "".join(
            f"PREFIX {name}: <{space}>\n"
            for name, space in self._prefixes.items()
            if name not in declared
        )
        dataset = self._dataset(words)
        asked = prefixes + self._unescaped(sparql, declared)
        if isinstance(form, ox.QuerySolutions):
            return self.server.rows(asked, dataset=dataset)
        if isinstance(form, ox.QueryBoolean):
            return self._truth(self.server.rows(asked, dataset=dataset))
        held = ox.Store()
        triples = self.server.triples(asked, dataset=dataset)
        held.extend(ox.Quad(t.subject, t.predicate, _canonical(t.object)) for t in triples)
        return held.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")

    def _truth(self, answer: ox.QuerySolutions | ox.QueryBoolean) -> Results:
        """Return the answer to ASK; Virtuoso sends a row with 0 or 1 instead of a boolean."""
        if isinstance(answer, ox.QueryBoolean):
            return answer
        true = any(cast(ox.Literal, row[0]).value not in ("0", "false") for row in answer)
        return self._parser.query(f"ASK {{ FILTER({str(true).lower()}) }}")

    def _unescaped(self, sparql: str, declared: Collection[str]) -> str:
        """Return a query without escapes in prefixed names with the usual prefixes and in IRIs."""

        def plain(match: re.Match[str]) -> str:
            return _CODE.sub(lambda code: chr(int(code[1], 16)), match[0])

        def whole(match: re.Match[str]) -> str:
            prefix, local = match["prefix"], match["local"]
            if local is None or "\\" not in local or prefix in declared:
                return match[0]
            return f"<{self._prefixes[prefix]}{_ESCAPE.sub('', local)}>"

        known = "|".join(self._prefixes)
        local = rf"(?<![\w.-])(?P<prefix>{known}):(?P<local>(?:[\w:.%-]|\\.)*)"
        found = re.sub(f"{_NOISE.pattern}|{local}", whole, sparql, flags=re.VERBOSE | re.DOTALL)
        return _ADDRESS.sub(plain, found)

    def _dataset(self, words: str) -> Fields:
        """Return the dataset parameters of a query; none if it has FROM itself."""
        found = {word.upper() for word in _DATASET.findall(words)}
        if "FROM" in found:
            return ()
        default = [("default-graph-uri", self.merged.value)]
        if "GRAPH" in found:
            # The protocol cannot say "all graphs but this one", so each is named.
            default += [("named-graph-uri", graph.value) for graph in self.graphs()]
        return default

    def union(self) -> Iterator[v.Quad]:
        """Return the union of all graphs, each triple once."""
        return self.match(graph=self.merged)

    def elsewhere(self) -> Callable[[], Store]:
        """Return a picklable function that connects to the same server for reading."""
        return partial(open_remote, self.server.address.given, base=self.base)

    def files(self) -> None:
        """Return None: queries need the network."""

    def close(self) -> None:
        """Close the connections."""
        self._open = False
        self.server.close()


def open_remote(address: str, mode: str = "r", *, base: str | None = None) -> RemoteStore:
    """Return the store on a SPARQL server.

    Args:
        address: `QUERY[,UPDATE[,GRAPH_STORE]]`; see `kg.store.server.Address`.
        mode: `r` to read, `w` to read and write.
        base: IRI prefix of all identifiers; by default that of the articles on the server.

    Raises:
        ServerError: the server does not answer, or `address` is malformed.
        MissingStoreError: it has no article, and is opened for reading.
        StoreWriteError: `address` has no part for updates, and it is opened for writing.
    """
    if mode not in ("r", "w"):
        raise ValueError(f"mode is 'r' or 'w', not {mode!r}")
    server = Server(Address.parse(address))
    if mode == "w" and not server.address.writable:
        raise StoreWriteError(
            "the address says where to ask, not where to write",
            where=server.address,
            hint="add the address for updates: QUERY,UPDATE",
        )
    found = _base(server)
    _require_present(server, base or found or iris.DEFAULT_BASE)
    if mode == "r" and found is None:
        raise MissingStoreError(
            "the server has no article",
            where=server.address,
            hint="build with: kg build ARTICLES -o QUERY,UPDATE",
        )
    return RemoteStore(server, base=base or found or iris.DEFAULT_BASE, writable=mode == "w")


def _require_present(server: Server, base: str) -> None:
    """Raise an error if the server has data in the format of earlier versions."""
    old = f"GRAPH ?g {{ ?node {v.TYPE} {v.term('Evidence')} }}"
    ours = f"FILTER(STRSTARTS(STR(?g), {v.plain(base)}))"
    for _ in cast(ox.QuerySolutions, server.rows(f"SELECT ?node {{ {old} {ours} }} LIMIT 1")):
        raise UnreadableStoreError(
            "its articles were stored by an earlier version of kg; nothing was changed",
            where=server.address,
            hint="build the articles under another base: kg build ARTICLES -o QUERY,UPDATE --base",
        )


def _base(server: Server) -> str | None:
    """Return the base: what precedes `article/` in the name of the first article's graph."""
    found = server.rows(
        f"SELECT ?g {{ GRAPH ?g {{ ?g {v.TYPE} {v.NEWS_ARTICLE} ; {v.term('digest')} ?d }} }} "
        "ORDER BY ?g LIMIT 1"
    )
    try:
        for row in cast(ox.QuerySolutions, found):
            return cast(ox.NamedNode, row["g"]).value.partition("article/")[0]
    except (OSError, SyntaxError, ValueError) as error:
        raise server.unclear(error) from error
    return None


def _update(steps: Iterable[Step]) -> str:
    """Return the SPARQL update that does these steps, in order of their numbers."""
    # One operation for each graph: Virtuoso silently ignores a DELETE DATA with several graphs.
    return " ;\n".join(
        f"{verb} DATA {{ GRAPH {graph} {{\n{_lines(quads)}}} }}"
        for (_, verb), group in groupby(steps, key=itemgetter(0, 1))
        for graph, quads in _by_graph(quad for *_, quad in group).items()
    )


def _canonical(term: object) -> ox.NamedNode | ox.Literal:
    """Return a term as it was written; Virtuoso returns the booleans true and false as 1 and 0."""
    found = cast("ox.NamedNode | ox.Literal", term)
    if isinstance(found, ox.Literal) and found.datatype.value == v.XSD + "boolean":
        return v.boolean(found.value in ("true", "1"))
    return found


def _outside(graphs: Iterable[ox.NamedNode]) -> str:
    return f"FILTER(?g NOT IN ({', '.join(sorted(map(str, graphs)))}))"


def _parts(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _by_graph(quads: Iterable[v.Quad]) -> dict[ox.NamedNode, set[v.Quad]]:
    found: dict[ox.NamedNode, set[v.Quad]] = defaultdict(set)
    for quad in quads:
        found[quad.graph_name].add(quad)
    return found


def _lines(quads: Iterable[v.Quad]) -> str:
    return "".join(sorted(f"{q.subject} {q.predicate} {q.object} .\n" for q in quads))
