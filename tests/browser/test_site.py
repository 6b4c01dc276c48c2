"""The folder of pages as a reader uses it, from files, offline."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import example
import pytest
from axe_playwright_python.sync_playwright import Axe
from networks import network
from playwright.sync_api import Browser, Page, expect
from tabs import Tabs

from kg.export import inline, site
from kg.graph import Graph

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]

PAGES = (
    "index.html",
    "articles/index.html",
    "articles/lake.html",
    "names/index.html",
    "names/country-no.html",
)


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    with Graph(gazetteer=example.gazetteer()) as graph:
        affirmed = example.harbour()
        graph.add_all([example.lake(), affirmed, *network(12, 60)], validate=False)
        quay = replace(affirmed.article, id="quay", title="Summit begins", outlet="Quay Times")
        graph.add(
            replace(
                affirmed,
                article=quay,
                statements=tuple(
                    replace(s, negated=False, evidence=replace(s.evidence, article="quay"))
                    for s in affirmed.statements
                ),
            )
        )
        yield graph


@pytest.fixture(scope="module")
def folder(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sites") / "site"
    site.write(graph.store, path, title="By the sea")
    return path


@pytest.fixture
def visit(tabs: Tabs, folder: Path) -> Visit:
    """Return a function that opens a page; nothing may complain or leave the folder."""
    home = folder.as_uri()

    def opened(file: str, **options: bool) -> Page:
        return tabs.open(f"{home}/{file}", f"{home}/", **options)

    return opened


def test_search_finds_names_and_articles_from_the_keyboard(visit: Visit) -> None:
    page = visit("index.html")
    page.keyboard.press("/")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    page.keyboard.type("lie")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Olav Lien")
    expect(options.first).to_contain_text("analyst · 1 article")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("Escape")
    page.keyboard.type("talks sea")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Talks by the sea")


def test_search_says_when_there_is_nothing_or_more(visit: Visit) -> None:
    page = visit("index.html")
    box = page.get_by_role("combobox")
    box.fill("zzzz")
    expect(page.locator("#results")).to_have_text("Nothing found")
    box.fill("a")
    expect(page.get_by_role("option")).to_have_count(12)
    expect(page.locator("#results p")).to_contain_text("more; type on")
    box.fill("")
    expect(page.locator("#results")).to_be_hidden()


def test_without_script_everything_is_reached_by_lists(visit: Visit) -> None:
    page = visit("index.html", script=False)
    expect(page.locator("noscript p")).to_be_visible()
    page.get_by_role("link", name="All names").click()
    page.get_by_role("link", name="Oslo", exact=True).click()
    expect(page.locator("h1")).to_have_text("Oslo")
    expect(page.locator("blockquote")).to_have_text("Peru may visit Oslo")
    page.locator(".source cite a").click()
    expect(page.locator("mark:target")).to_have_text("Peru may visit Oslo")


def test_numbers_lead_from_the_text_to_the_statement_and_back(visit: Visit) -> None:
    page = visit("articles/lake.html")
    page.locator(".text sup a", has_text="4").click()
    card = page.locator(".card:target")
    expect(card.locator("h3")).to_have_text(
        "Norway is to take part in the fisheries summit, according to Olav Lien, "
        "reported by Coast Herald"
    )
    expect(card).to_be_in_viewport()
    card.locator(".back").click()
    expect(page.locator("mark:target")).to_have_text("Norway will attend the fisheries summit")
    colours = page.evaluate(
        "() => ['.evidence:target', '.evidence:not(:target)'].map("
        "(s) => getComputedStyle(document.querySelector(s)).backgroundColor)"
    )
    assert colours[0] != colours[1]


def test_lines_of_the_picture_lead_to_what_is_behind_them(visit: Visit) -> None:
    page = visit("articles/lake.html")
    page.locator("svg.network a.line").first.dispatch_event("click")
    expect(page.locator(".connections li:target")).to_be_in_viewport()
    page.locator("svg.network a.node", has_text="Ana Quispe").locator("text").click()
    expect(page.locator("h1")).to_have_text("Ana Quispe")


def test_a_name_leads_to_its_place_in_the_whole_network(visit: Visit) -> None:
    page = visit("names/country-no.html")
    page.get_by_role("link", name="Show this in the whole network").click()
    expect(page.locator("#panel h2").first).to_contain_text("Norway")


def test_labels_of_the_picture_do_not_overlap_and_are_legible(visit: Visit) -> None:
    page = visit("names/country-no.html")
    boxes = page.evaluate(
        "() => [...document.querySelectorAll('.drawn text')].map((t) => {"
        " const b = t.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; })"
    )
    assert len(boxes) > 3
    for i, a in enumerate(boxes):
        assert a[3] - a[1] > 9
        for b in boxes[i + 1 :]:
            wide = min(a[2], b[2]) - max(a[0], b[0])
            high = min(a[3], b[3]) - max(a[1], b[1])
            assert wide < 6 or high < 6


@pytest.mark.parametrize("file", PAGES)
def test_a_phone_shows_pages_without_sideways_scrolling(visit: Visit, file: str) -> None:
    page = visit(file, phone=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    sizes = page.evaluate(
        "() => [...document.querySelectorAll('p, blockquote, h3, h4')].filter((e) => e.offsetWidth)"
        ".map((e) => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 12.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_pages_are_accessible(visit: Visit, dark: bool) -> None:
    page = visit(PAGES[0], dark=dark)
    home = page.url.removesuffix(PAGES[0])
    for file in PAGES:
        page.goto(home + file)
        if file == "index.html":
            page.get_by_role("combobox").fill("no")
        found = Axe().run(page).response["violations"]
        assert not found, (file, json.dumps(found, indent=1)[:2000])


def test_dark_and_light_follow_the_reader(visit: Visit) -> None:
    script = """() => [
      getComputedStyle(document.body).backgroundColor,
      [...document.querySelectorAll(".drawn .node:first-child :is(polygon, circle)")]
        .filter((e) => e.getBoundingClientRect().width).length,
      [...document.querySelectorAll(".network path, .network text")]
        .filter((e) => getComputedStyle(e).display === "none").length,
    ]"""
    colours = [visit("index.html", dark=dark).evaluate(script) for dark in (False, True)]
    assert colours[0][0] == "rgb(251, 250, 247)" and colours[1][0] == "rgb(22, 24, 27)"
    assert [found[1:] for found in colours] == [[1, 0], [1, 0]]


def test_print_shows_text_and_statements_in_full(visit: Visit) -> None:
    page = visit("articles/lake.html", dark=True)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.locator(".bar nav")).to_be_hidden()
    panel = page.locator(".statements")
    assert panel.evaluate("(e) => e.scrollHeight - e.clientHeight") <= 2


def test_a_static_server_serves_the_site(browser: Browser, folder: Path) -> None:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context()
    try:
        page = context.new_page()
        answers: list[int] = []
        page.on("response", lambda r: answers.append(r.status))
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.get_by_role("combobox").fill("oslo")
        page.get_by_role("option").first.click()
        expect(page.locator("h1")).to_have_text("Oslo")
        assert set(answers) == {200}
    finally:
        context.close()
        server.shutdown()
        server.server_close()


def test_the_frame_of_a_notebook_draws_the_network(
    browser: Browser, graph: Graph, tmp_path: Path
) -> None:
    frame = inline.frame(graph.store, title="Inline", height=500)
    host = tmp_path / "notebook.html"
    host.write_text(f"<!DOCTYPE html><title>n</title>{frame._repr_html_()}", encoding="utf-8")
    context = browser.new_context(offline=True, reduced_motion="reduce")
    complaints: list[str] = []
    try:
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text))
        page.on("pageerror", lambda e: complaints.append(str(e)))
        page.goto(host.as_uri())
        inside = page.frame_locator("iframe")
        expect(inside.locator("h1")).to_have_text("Inline")
        expect(inside.locator("#canvas canvas")).to_be_visible()
        inside.get_by_role("combobox").first.fill("oslo")
        inside.get_by_role("option").first.click()
        expect(inside.locator("#panel h2").first).to_contain_text("Oslo")
        assert complaints == []
    finally:
        context.close()
