"""Builds a site: renders the pages that have changed and writes them into the folder."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import escape

from kg import ontology as ontologies
from kg.errors import ExportError
from kg.export import webpage
from kg.export.site import addresses, program
from kg.export.site.article import article_page
from kg.export.site.cards import Wording
from kg.export.site.content import Content
from kg.export.site.folder import Changes, Folder
from kg.export.site.joining import join
from kg.export.site.name import file_of, name_page, profiles
from kg.export.site.overview import list_page, listings, overview, overview_page
from kg.export.site.pages import Renderer
from kg.export.site.shelf import Shelf, digest, shelf
from kg.rdf.acts import ACT
from kg.store import Store


def build(
    store: Store,
    target: Path,
    *,
    title: str,
    theme: str,
    address: str,
    network: bool,
    progress: Callable[[int, int], None],
) -> Changes:
    """Write a site and return the numbers of changed files; see `kg.export.site.write`."""
    if address and (not addresses.web_address(address) or set("?#") & set(address)):
        raise ExportError(
            "this cannot be the address of a site", where=address, hint="https://example.org/news/"
        )
    ontology = ontologies.load()
    renderer = Renderer(ontology, title=title, theme=theme, network=network)
    number, done = len(store.articles()), 0

    def step() -> None:
        nonlocal done
        done += 1
        progress(done, max(total, done))

    total = 3 * number
    common = digest(repr((program.fingerprint(), ontology.version, renderer.title, theme, network)))
    identify = store.names.identifier
    told = store.match(None, ACT, None, store.names.acts)
    acts = ((identify(quad.subject), identify(quad.object)) for quad in told)
    with Folder(target) as folder, shelf(ontology, acts, target) as tables:
        for extraction in store.readable(ontology=ontology):
            tables.add(extraction)
            step()
        tables.settle(store.contradictions())
        content = Content(tables, store.wikidata())
        join(content, Wording(ontology))
        paged = tables.value("SELECT count(*) FROM entity WHERE file != ''")
        total = done + tables.value("SELECT count(*) FROM source") + paged

        def offer(file: str, inputs: object, page: Callable[[], str]) -> None:
            made_of = digest(f"{common} {inputs!r}")
            if not folder.keeps(file, made_of):
                folder.write(file, page(), made_of=made_of)

        for n, identifier, file in tables.rows("SELECT n, id, file FROM source ORDER BY n"):
            names = _names(tables, n)
            page = partial(_article, store, renderer, identifier, file, names)
            inputs = (tables.value("SELECT digest FROM source WHERE n = ?", n), file, names)
            offer(f"articles/{file}.html", inputs, page)
            step()
        for (n,) in tables.rows("SELECT n FROM entity WHERE file != '' ORDER BY folded, id"):
            for profile in profiles(content, n):
                offer(f"names/{file_of(profile)}", profile, partial(name_page, renderer, profile))
            step()
        for listing in listings(content):
            offer(listing.file, listing, partial(list_page, renderer, listing))
        if network:
            page = partial(_network, store, renderer.title, theme)
            offer("network.html", (store.base, _everything(content)), page)
        first = overview(content, renderer)
        offer("index.html", first, partial(overview_page, renderer, first))
        if address:
            folder.write("sitemap.xml", _sitemap(tables, address))
    return folder.changes


def _names(tables: Shelf, article: int) -> dict[str, str]:
    """Return the file names of entities linked from an article's page, by identifier."""
    query = (
        "SELECT entity.id, file FROM naming JOIN entity ON entity.id = naming.id"
        " WHERE source = ? AND file != '' ORDER BY entity.n"
    )
    return dict(tables.rows(query, article))


def _article(
    store: Store, renderer: Renderer, identifier: str, file: str, names: dict[str, str]
) -> str:
    extraction = store.extraction(identifier, ontology=renderer.ontology)
    return article_page(renderer, extraction, file=file, names=names)


def _network(store: Store, title: str, theme: str) -> str:
    stream = io.StringIO()
    webpage.write(store, stream, title=title, theme=theme)
    return stream.getvalue()


def _everything(content: Content) -> str:
    """Return a hash of all articles, acts, contradictions and Wikidata items."""
    tables, found = content.shelf, ""
    for query in (
        "SELECT id, digest FROM source ORDER BY n",
        "SELECT telling.id, act.id FROM telling JOIN act ON act.n = act ORDER BY telling.n",
        "SELECT denial, claim FROM dispute ORDER BY denial, claim",
    ):
        for row in tables.rows(query):
            found = digest(f"{found} {row!r}")
    return digest(f"{found} {sorted(content.wikidata.items())!r}")


def _sitemap(tables: Shelf, address: str) -> str:
    """Return a sitemap with the URLs of the pages (sitemaps.org 0.9; at most 50,000)."""
    root = address if address.endswith("/") else f"{address}/"

    def pages() -> Iterator[str]:
        yield from ("", "articles/", "names/")
        for (file,) in tables.rows("SELECT file FROM source ORDER BY file"):
            yield f"articles/{file}.html"
        for (file,) in tables.rows("SELECT file FROM entity WHERE file != '' ORDER BY file"):
            yield f"names/{file}.html"

    entries = (f"<url><loc>{escape(root + page)}</loc></url>\n" for page in islice(pages(), 50_000))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{''.join(entries)}</urlset>\n"
    )
