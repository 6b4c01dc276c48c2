"""Writes every page of a site into its folder."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from kg import ontology as ontologies
from kg.errors import ExportError
from kg.export import webpage
from kg.export.site import addresses
from kg.export.site.article import article_page
from kg.export.site.cards import card
from kg.export.site.content import Content, folded, gather
from kg.export.site.folder import Folder
from kg.export.site.name import name_pages
from kg.export.site.pages import SCRIPT, Renderer, chunks, paging, read, script_json
from kg.export.site.picture import among, picture, strongest
from kg.store import Store

NEWEST = 12
BEST = 8
DIFFERING = 6
OVERVIEW = 36
PER_LIST = 400


def build(
    store: Store,
    target: Path,
    *,
    title: str,
    theme: str,
    address: str,
    network: bool,
    progress: Callable[[int, int], None],
) -> None:
    """Write a site; see `kg.export.site.write`."""
    if address and (not addresses.web_address(address) or set("?#") & set(address)):
        raise ExportError(
            "this cannot be the address of a site", where=address, hint="https://example.org/news/"
        )
    ontology = ontologies.load()
    wikidata = store.wikidata()
    number = len(store.articles())
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        progress(done, max(total, done))

    def counted() -> Iterator[Any]:
        for extraction in store.readable(ontology=ontology):
            yield extraction
            step()

    total = 3 * number
    with Folder(target) as folder:
        contradictions = store.contradictions()
        content = gather(counted(), ontology, wikidata, store.acts(), contradictions)
        total = 2 * number + len(content.names)
        renderer = Renderer(content, ontology, title=title, theme=theme, network=network)
        for i, source in enumerate(content.view.sources):
            extraction = store.extraction(source.id, ontology=ontology)
            folder.write(
                f"articles/{content.articles[i]}.html",
                article_page(renderer, i, extraction, ontology, wikidata),
            )
            step()
        for node in content.paged:
            for file, page in name_pages(renderer, node):
                folder.write(f"names/{file}", page)
            step()
        for file, page in _lists(renderer):
            folder.write(file, page)
        if network:
            stream = io.StringIO()
            webpage.write(store, stream, title=renderer.title, theme=theme)
            folder.write("network.html", stream.getvalue())
        folder.write("index.html", _overview(renderer, ontology))
        if address:
            folder.write("sitemap.xml", _sitemap(content, address))


def _lists(renderer: Renderer) -> Iterator[tuple[str, str]]:
    content = renderer.content
    everything: dict[str, tuple[str, list[int]]] = {
        "articles": (renderer.words.texts["allArticles"], content.newest),
        "names": (renderer.words.texts["allEntities"], content.paged),
    }
    for folder, (heading, items) in everything.items():
        pages = chunks(items, PER_LIST)
        for number, shown in enumerate(pages, 1):
            page = renderer.render(
                "list",
                root="../",
                heading=heading,
                kind=folder,
                items=shown,
                total=len(items),
                number=number,
                of=len(pages),
                paging=paging("index", number, len(pages)),
            )
            yield f"{folder}/{addresses.page('index', number)}", page


def _overview(renderer: Renderer, ontology: ontologies.Ontology) -> str:
    content, view = renderer.content, renderer.view
    acts = {i: renderer.acts(i) for i in content.paged}
    by_weight = sorted(content.paged, key=lambda i: (-acts[i], -view.nodes[i].weight, i))
    families: dict[str, list[int]] = {}
    known: Mapping[str, str] = renderer.words.texts["families"]
    for i in by_weight:
        kinds = ontology.superclasses(view.kinds[view.nodes[i].kind].name)
        family = next((known[k] for k in kinds if k in known), renderer.words.texts["others"])
        families.setdefault(family, []).append(i)
    order = {family: i for i, family in enumerate(known.values())}
    disputed = {view.tellings[n].act for pair in view.disputes for n in pair}
    differing = [view.acts[number] for number in sorted(disputed)]
    differing.sort(key=lambda act: (-len(act.tellings), act.id))
    named = [
        line
        for line in renderer.lines
        if not (view.nodes[line.start].described or view.nodes[line.end].described)
    ]
    nodes = strongest(named or renderer.lines, OVERVIEW)
    drawing = picture(
        view,
        among(renderer.lines_from, nodes),
        node_link=lambda node: renderer.name_address(view.nodes[node].id, ""),
        line_link=lambda line: "",
    )
    return renderer.render(
        "index",
        root="",
        script=f'"use strict";\n(() => {{\n{read(SCRIPT)}}})();\n',
        newest=content.newest[:NEWEST],
        families=sorted(
            ((name, members[:BEST], len(members)) for name, members in families.items()),
            key=lambda family: order.get(family[0], len(order)),
        ),
        differing=[card(view, ontology, act.tellings) for act in differing[:DIFFERING]],
        drawing=drawing,
        found=script_json(_search(content, renderer)),
    )


def _search(content: Content, renderer: Renderer) -> Mapping[str, Any]:
    """Return what the search looks through: the best connected names and newest articles first."""
    view = content.view
    order = {i: (-renderer.acts(i), -view.nodes[i].weight) for i in content.paged}
    names = sorted(content.paged, key=lambda i: (*order[i], folded(view.nodes[i].name)))
    return {
        "texts": {
            key: renderer.words.texts[key]
            for key in ("language", "found", "nothingFound", "moreFound", "foundName", "articles")
        },
        "kinds": [kind.label for kind in view.kinds],
        "names": [
            [
                view.nodes[i].name,
                content.names[view.nodes[i].id],
                view.nodes[i].kind,
                len(content.naming[i]),
                *view.nodes[i].aliases,
            ]
            for i in names
        ],
        "articles": [
            [
                view.sources[i].title,
                content.articles[i],
                view.sources[i].outlet,
                renderer.words.date(view.sources[i].published),
            ]
            for i in content.newest
        ],
    }


def _sitemap(content: Content, address: str) -> str:
    """Return the addresses of all pages (sitemaps.org 0.9, which allows 50,000)."""
    root = address if address.endswith("/") else f"{address}/"
    pages = ["", "articles/", "names/"]
    pages += [f"articles/{file}.html" for file in sorted(content.articles)]
    pages += [f"names/{file}.html" for file in sorted(content.names.values())]
    entries = "".join(f"<url><loc>{escape(root + page)}</loc></url>\n" for page in pages[:50_000])
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{entries}</urlset>\n"
    )
