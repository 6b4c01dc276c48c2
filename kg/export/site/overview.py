"""The overview, and the lists of all articles and all names."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from kg.export.html.gathering import kind_order, kind_term
from kg.export.html.model import Line
from kg.export.site import addresses
from kg.export.site.cards import card
from kg.export.site.content import Content, Part
from kg.export.site.joining import best_joined, lines_among
from kg.export.site.pages import SCRIPT, Renderer, name_address, paging, read, script_json
from kg.export.site.picture import picture

# Chosen, not measured.
NEWEST = 12  # articles listed on the overview
BEST = 8  # names listed of each family of classes
DIFFERING = 6  # acts with contradictions listed
OVERVIEW = 36  # most entities in the picture
PER_LIST = 400  # items on a page of a list

_BEST_FIRST = "SELECT n, kind, name, id, file, acts FROM entity WHERE file != '' ORDER BY acts DESC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The content of one page of a list.

    Attributes:
        kind: `articles` or `names`.
        number, of: number of this page and of all.
        total: number of items on all pages.
        part: the articles or entities.
        items: their indexes in the part, in the order of the list.
    """

    kind: str
    number: int
    of: int
    total: int
    part: Part
    items: tuple[int, ...]

    @property
    def file(self) -> str:
        """Return the path of the page inside the site."""
        return f"{self.kind}/{addresses.page('index', self.number)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The content of the overview.

    Attributes:
        summary: sentence with the numbers of articles, statements and entities.
        articles, names: numbers of pages of articles and of names.
        part: the shown entities, articles and statements; all indexes below refer to it.
        newest: the newest articles.
        families: (label of a family of classes, its best connected entities, number of all).
        acts: number of acts by entity, for those in `families`.
        differing: statements of each act that is both affirmed and denied.
        lines: lines of the picture.
        found: search index, as JSON.
    """

    summary: str
    articles: int
    names: int
    part: Part
    newest: tuple[int, ...]
    families: tuple[tuple[str, tuple[int, ...], int], ...]
    acts: Mapping[int, int]
    differing: tuple[tuple[int, ...], ...]
    lines: tuple[Line, ...]
    found: str


def listings(content: Content) -> Iterator[Listing]:
    """Yield the content of each page of the two lists, of articles and of names."""
    orders = {
        "articles": "FROM source ORDER BY rank",
        "names": "FROM entity WHERE file != '' ORDER BY folded, id",
    }
    for kind, order in orders.items():
        total = content.shelf.value(f"SELECT count(*) {order}")
        of = max(1, -(-total // PER_LIST))
        for number in range(1, of + 1):
            rows = content.shelf.rows(
                f"SELECT n {order} LIMIT ? OFFSET ?",
                PER_LIST,
                PER_LIST * (number - 1),
            )
            shown = [n for (n,) in rows]
            if kind == "articles":
                part, numbers = content.part(sources=shown)
                places = numbers.sources
            else:
                part, numbers = content.part(nodes=shown, weighed=True)
                places = numbers.nodes
            yield Listing(
                kind=kind,
                number=number,
                of=of,
                total=total,
                part=part,
                items=tuple(places[n] for n in shown),
            )


def list_page(renderer: Renderer, listing: Listing) -> str:
    """Return the HTML of a page of a list."""
    heading = "allArticles" if listing.kind == "articles" else "allEntities"
    return renderer.render(
        "list",
        listing.part,
        root="../",
        heading=renderer.words.texts[heading],
        kind=listing.kind,
        items=listing.items,
        total=listing.total,
        number=listing.number,
        of=listing.of,
        paging=paging("index", listing.number, listing.of),
    )


def overview(content: Content, renderer: Renderer) -> Overview:
    """Return the content of the overview."""
    shelf = content.shelf
    families, acts = _families(content, renderer)
    best = [n for _, members, _ in families for n in members]
    lines = lines_among(content, best_joined(content, OVERVIEW))
    newest = [n for (n,) in shelf.rows("SELECT n FROM source ORDER BY rank LIMIT ?", NEWEST)]
    differing = _differing(content)
    part, numbers = content.part(
        (n for told in differing for n in told),
        nodes={*best, *(n for line in lines for n in (line.start, line.end))},
        sources=newest,
    )
    dates = "SELECT {}(published) FROM source WHERE published != ''"
    articles = shelf.value("SELECT count(*) FROM source")
    summary = renderer.words.summed(
        articles=articles,
        outlets=shelf.value("SELECT count(DISTINCT outlet) FROM source WHERE outlet != ''"),
        dates=(shelf.value(dates.format("min")) or "", shelf.value(dates.format("max")) or ""),
        statements=shelf.value("SELECT count(*) FROM telling"),
        entities=shelf.value("SELECT count(*) FROM entity"),
    )
    return Overview(
        summary=summary,
        articles=articles,
        names=shelf.value("SELECT count(*) FROM entity WHERE file != ''"),
        part=part,
        newest=tuple(numbers.sources[n] for n in newest),
        families=tuple(
            (name, tuple(numbers.nodes[n] for n in members), total)
            for name, members, total in families
        ),
        acts={numbers.nodes[n]: number for n, number in acts.items()},
        differing=tuple(tuple(numbers.tellings[n] for n in told) for told in differing),
        lines=tuple(map(numbers.line, lines)),
        found=_search(content, renderer),
    )


def _families(
    content: Content, renderer: Renderer
) -> tuple[list[tuple[str, list[int], int]], dict[int, int]]:
    """Return the families with their best connected entities, and the acts of each entity."""
    texts = renderer.words.texts
    known: Mapping[str, str] = texts["families"]
    members: dict[str, list[int]] = {}
    totals: dict[str, int] = {}
    acts: dict[int, int] = {}
    for n, kind, _, _, _, number in content.shelf.rows(f"{_BEST_FIRST}, weight DESC, n"):
        kinds = renderer.ontology.superclasses(kind)
        family = next((known[k] for k in kinds if k in known), texts["others"])
        totals[family] = totals.get(family, 0) + 1
        if totals[family] <= BEST:
            members.setdefault(family, []).append(n)
            acts[n] = number
    order = {family: i for i, family in enumerate(known.values())}
    names = sorted(members, key=lambda family: order.get(family, len(order)))
    return [(name, members[name], totals[name]) for name in names], acts


def _differing(content: Content) -> list[list[int]]:
    """Return the statements of each act both affirmed and denied, most statements first."""
    query = (
        "SELECT act.n, count(*) AS number FROM telling JOIN act ON act.n = act WHERE act.n IN"
        " (SELECT act FROM telling JOIN dispute ON n IN (denial, claim))"
        " GROUP BY act.n ORDER BY number DESC, act.id LIMIT ?"
    )
    acts = [act for act, _ in content.shelf.rows(query, DIFFERING)]
    tellings = "SELECT n FROM telling WHERE act = ? ORDER BY n"
    return [[n for (n,) in content.shelf.rows(tellings, act)] for act in acts]


def overview_page(renderer: Renderer, shown: Overview) -> str:
    """Return the HTML of the overview."""
    part = shown.part
    drawing = picture(
        part.view,
        shown.lines,
        node_link=lambda node: name_address(part, part.view.nodes[node].id, ""),
        line_link=lambda line: "",
    )
    return renderer.render(
        "index",
        part,
        root="",
        script=f'"use strict";\n(() => {{\n{read(SCRIPT)}}})();\n',
        summary=shown.summary,
        articles=shown.articles,
        names=shown.names,
        newest=shown.newest,
        families=shown.families,
        acts=shown.acts,
        differing=[card(part.view, renderer.ontology, told) for told in shown.differing],
        drawing=drawing,
        found=Markup(shown.found),
    )


def _search(content: Content, renderer: Renderer) -> str:
    """Return the search index as JSON: best connected names and newest articles first."""
    shelf, ontology = content.shelf, content.ontology
    kinds = [kind for (kind,) in shelf.rows("SELECT DISTINCT kind FROM entity")]
    kinds.sort(key=lambda name: kind_order(name, ontology))
    number = {kind: i for i, kind in enumerate(kinds)}
    other_names = "SELECT text FROM alias WHERE id = ? AND text != ? ORDER BY text"

    def names() -> Iterator[list[object]]:
        for _, kind, name, identifier, file, _ in shelf.rows(
            f"{_BEST_FIRST}, weight DESC, folded, id"
        ):
            naming = shelf.value("SELECT count(*) FROM naming WHERE id = ?", identifier)
            aliases = (text for (text,) in shelf.rows(other_names, identifier, name))
            yield [name, file, number[kind], naming, *aliases]

    def articles() -> Iterator[list[object]]:
        for title, file, outlet, published in shelf.rows(
            "SELECT title, file, outlet, published FROM source ORDER BY rank"
        ):
            yield [title, file, outlet, renderer.words.date(published)]

    texts = ("language", "found", "nothingFound", "moreFound", "foundName", "articles")
    parts: dict[str, str] = {
        "texts": script_json({key: renderer.words.texts[key] for key in texts}),
        "kinds": script_json([kind_term(kind, ontology).label for kind in kinds]),
        "names": f"[{','.join(map(script_json, names()))}]",
        "articles": f"[{','.join(map(script_json, articles()))}]",
    }
    return f"{{{','.join(f'{json.dumps(key)}:{text}' for key, text in parts.items())}}}"
