"""Cuts the content of a site into parts: for each page a small view with what it shows.

A page is rendered from its part and nothing else, so that a page whose part is unchanged need not
be rendered again. Indexes in a part are its own; entities, articles, acts, statements and classes
have the same order as in the whole, so sorting by index gives the same result.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.export.html.gathering import kind_order, kind_term, relation_term
from kg.export.html.model import Act, Line, Node, Post, Source, Telling, Term, View
from kg.export.html.passages import Excerpt, Passage
from kg.export.site.cards import ROLES
from kg.export.site.shelf import Shelf

_KEPT = 4_096  # cached entities and articles; chosen, not measured

_Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The content of one page, and the pages to link to.

    Attributes:
        view: the entities, articles and statements, without lines.
        names: file names of the pages of entities, without suffix, by identifier.
        articles: file names of the pages of articles, without suffix, by index in `view.sources`.
        places: number of each statement on the page of its article, by identifier.
    """

    view: View
    names: Mapping[str, str]
    articles: tuple[str, ...]
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Indexes in a part by indexes in the whole."""

    nodes: Mapping[int, int]
    sources: Mapping[int, int]
    tellings: Mapping[int, int]

    def line(self, line: Line) -> Line:
        """Convert a line of the whole to indexes of the part; `told` keeps its length only."""
        ends = (self.nodes[line.start], self.nodes[line.end])
        return Line(
            start=ends[0],
            end=ends[1],
            way=line.way,
            told=line.told,
            modality=line.modality,
            mark=line.mark,
            acts=line.acts,
            again=line.again,
            outlets=line.outlets,
        )


class Content:
    """Makes parts from the tables of a shelf."""

    def __init__(self, shelf: Shelf, wikidata: Mapping[str, str]) -> None:
        """Take the shelf, and Wikidata items by identifier of the entity."""
        self.shelf, self.wikidata, self.ontology = shelf, wikidata, shelf.ontology
        self._entity: Callable[[int], _Row] = lru_cache(_KEPT)(self._read_entity)
        self._article: Callable[[int], _Row] = lru_cache(_KEPT)(self._read_article)
        self._kind: Callable[[str], Term] = lru_cache(lambda name: kind_term(name, self.ontology))
        self._order: Callable[[str], Any] = lru_cache(lambda name: kind_order(name, self.ontology))

    def _read_entity(self, n: int) -> _Row:
        query = "SELECT id, kind, name, described, weight, file FROM entity WHERE n = ?"
        return next(self.shelf.rows(query, n))

    def _read_article(self, n: int) -> _Row:
        query = "SELECT id, title, outlet, url, published, language, file FROM source WHERE n = ?"
        return next(self.shelf.rows(query, n))

    def part(
        self,
        tellings: Iterable[int] = (),
        *,
        nodes: Iterable[int] = (),
        sources: Iterable[int] = (),
        whole: int = -1,
        weighed: bool = False,
    ) -> tuple[Part, Numbers]:
        """Return a part with some statements and their entities and articles, and its indexes.

        Args:
            tellings: indexes of the statements.
            nodes: indexes of further entities.
            sources: indexes of further articles.
            whole: index of an entity to include with its aliases, positions and Wikidata item; -1
                for none.
            weighed: whether to include the number of statements of all entities.
        """
        rows = [self._telling(n) for n in sorted(set(tellings))]
        posts = self._posts(whole)
        all_nodes = {*nodes, *(n for _, _, data in rows for role in ROLES for n in data[role])}
        all_nodes |= {whole} - {-1} | {of for _, of, _ in posts if of is not None}
        all_sources = {
            *sources,
            *(row[3] for _, row, _ in rows),
            *(source for _, _, source in posts),
        }
        found = {n: self._entity(n) for n in sorted(all_nodes)}
        kinds = sorted({row[1] for row in found.values()}, key=self._order)
        relations = sorted({data["relation"] for _, _, data in rows})
        numbers = Numbers(
            nodes={n: i for i, n in enumerate(found)},
            sources={n: i for i, n in enumerate(sorted(all_sources))},
            tellings={n: i for i, (n, _, _) in enumerate(rows)},
        )
        told, acts = _tellings(rows, numbers, relations)
        articles = [self._article(n) for n in numbers.sources]
        quotes: dict[int, dict[tuple[int, int], str]] = {}
        for _, row, data in rows:
            start, end, _, text = data["quote"]
            quotes.setdefault(row[3], {})[start, end] = text
        view = View(
            sources=tuple(
                _source(row, quotes.get(n, {}))
                for n, row in zip(numbers.sources, articles, strict=True)
            ),
            nodes=tuple(
                self._node(n, row, kinds, numbers, posts, whole=n == whole, weighed=weighed)
                for n, row in found.items()
            ),
            acts=acts,
            tellings=told,
            lines=(),
            kinds=tuple(map(self._kind, kinds)),
            relations=tuple(relation_term(name, self.ontology) for name in relations),
            disputes=self._disputes(numbers),
        )
        part = Part(
            view=view,
            names={row[0]: row[5] for row in found.values() if row[5]},
            articles=tuple(row[6] for row in articles),
            places={row[1]: row[4] for _, row, _ in rows},
        )
        return part, numbers

    def _telling(self, n: int) -> tuple[int, _Row, dict[str, Any]]:
        query = (
            "SELECT act.id, telling.id, act, source, place, confidence, data FROM telling"
            " JOIN act ON act.n = act WHERE telling.n = ?"
        )
        row = next(self.shelf.rows(query, n))
        return n, row, json.loads(row[6])

    def _posts(self, node: int) -> list[tuple[str, int | None, int]]:
        query = (
            "SELECT title, organisation.n, source FROM post JOIN entity ON entity.id = post.id"
            " LEFT JOIN entity AS organisation ON organisation.id = organisation"
            " WHERE entity.n = ? ORDER BY post.n"
        )
        return [(row[0], row[1], row[2]) for row in self.shelf.rows(query, node)]

    def _node(
        self,
        n: int,
        row: _Row,
        kinds: Sequence[str],
        numbers: Numbers,
        posts: Sequence[tuple[str, int | None, int]],
        *,
        whole: bool,
        weighed: bool,
    ) -> Node:
        identifier, kind, name, described, weight, _ = row
        aliases = "SELECT text FROM alias WHERE id = ? AND text != ? ORDER BY text"
        return Node(
            id=identifier,
            name=name,
            language="",
            kind=kinds.index(kind),
            aliases=tuple(text for (text,) in self.shelf.rows(aliases, identifier, name))
            if whole
            else (),
            posts=tuple(
                Post(
                    title=title,
                    of=-1 if of is None else numbers.nodes[of],
                    source=numbers.sources[source],
                    quote=Excerpt(start=0, end=0),
                )
                for title, of, source in posts
            )
            if whole
            else (),
            wikidata=self.wikidata.get(identifier, "") if whole else "",
            weight=weight if whole or weighed else 0,
            countries=(),
            described=bool(described),
        )

    def _disputes(self, numbers: Numbers) -> tuple[tuple[int, int], ...]:
        place, query = numbers.tellings, "SELECT claim FROM dispute WHERE denial = ? ORDER BY claim"
        return tuple(
            (place[n], place[claim])
            for n in place
            for (claim,) in self.shelf.rows(query, n)
            if claim in place
        )


def _source(row: _Row, quotes: Mapping[tuple[int, int], str]) -> Source:
    """Return an article whose passages are the quotes only."""
    identifier, title, outlet, url, published, language, _ = row
    return Source(
        id=identifier,
        title=title,
        outlet=outlet,
        url=url,
        published=published,
        language=language,
        passages=tuple(Passage(start=start, text=text) for (start, _), text in quotes.items()),
        wide=(),
    )


def _tellings(
    rows: Sequence[tuple[int, _Row, dict[str, Any]]], numbers: Numbers, relations: Sequence[str]
) -> tuple[tuple[Telling, ...], tuple[Act, ...]]:
    """Return statements, grouped by act, and the acts."""
    told: list[Telling] = []
    acts: dict[int, tuple[str, int, list[int]]] = {}
    for i, (_, (act_id, identifier, act, source, _, confidence, _), data) in enumerate(rows):
        start, end, marks, _ = data["quote"]
        relation = relations.index(data["relation"])
        acts.setdefault(act, (act_id, relation, []))[2].append(i)
        nodes = {role: tuple(numbers.nodes[n] for n in data[role]) for role in ROLES}
        told.append(
            Telling(
                id=identifier,
                act=len(acts) - 1,
                source=numbers.sources[source],
                quote=Excerpt(start=start, end=end, marks=tuple((a, b, r) for a, b, r in marks)),
                date=data["date"],
                modality=data["modality"],
                negated=data["negated"],
                unnamed=data["unnamed"],
                confidence=confidence,
                **nodes,
            )
        )
    found = (
        Act(id=act_id, relation=relation, tellings=tuple(places))
        for act_id, relation, places in acts.values()
    )
    return tuple(told), tuple(found)
