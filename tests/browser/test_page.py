"""The network page as a reader uses it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from acting import click_line, click_node, document, labels, unfold
from example import LIEN, NORWAY, PERU, QUISPE, SUMMIT, harbour, lake
from networks import network
from playwright.sync_api import Page, expect

from kg.records import Article, Entity, Evidence, Extraction, Mention, Position, Span, Statement
from kg.text.controls import in_order

pytestmark = pytest.mark.browser

Show = Callable[..., Page]


@pytest.fixture
def small() -> str:
    return document(lake(), harbour(), wikidata={PERU.id: "Q419", NORWAY.id: "javascript:alert(1)"})


def drawn(page: Page) -> int:
    """Return how many pixels of the canvas differ from its corner."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => {
          const canvas = document.querySelector("#canvas canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          let n = 0;
          for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 40) n += 1;
          return n;
        }"""
    )


def test_a_click_on_a_line_shows_the_sentence_and_who_says_so(show: Show, small: str) -> None:
    page = show(small)
    click_line(page, NORWAY, SUMMIT)
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("Norway → fisheries summit")
    expect(panel.locator("h4")).to_have_text(
        "Norway is to take part in the fisheries summit, according to Olav Lien, "
        "reported by Coast Herald"
    )
    expect(panel.locator("blockquote")).to_have_text("Norway will attend the fisheries summit")
    expect(panel.locator("mark.trigger")).to_have_text("attend")
    expect(panel.locator(".source")).to_contain_text(
        "Talks by the sea · Coast Herald · 4 March 2024"
    )
    expect(panel.locator(".badges")).to_have_text(re.compile("planned.*confidence 75 %"))


def test_a_denied_act_is_said_to_be_denied(show: Show, small: str) -> None:
    page = show(small)
    click_line(page, PERU, SUMMIT)
    expect(page.locator("#panel h4")).to_have_text(
        "Peru does not take part in the fisheries summit"
    )
    expect(page.locator("#panel .badge.negated")).to_have_text("denied")


def test_a_click_on_a_node_shows_what_is_known_of_it(show: Show, small: str) -> None:
    page = show(small)
    click_node(page, QUISPE)
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("Ana Quispe")
    expect(panel.locator(".kind").first).to_have_text("official")
    expect(panel.locator(".facts dd")).to_have_text("President Ana Quispe · Quispe")
    expect(panel.get_by_text("President, Peru")).to_be_visible()
    expect(panel.locator("h4").first).to_have_text(
        "Ana Quispe proposes the fisheries summit to Norway"
    )
    expect(panel.locator("h3")).to_contain_text(["On this speaker’s word"])
    panel.get_by_role("button", name="Peru", exact=True).first.click()
    expect(panel.locator("h2")).to_have_text("Peru")
    expect(panel.get_by_role("link", name="Wikidata Q419")).to_have_attribute(
        "href", "https://www.wikidata.org/wiki/Q419"
    )


def test_the_quote_is_found_in_its_article_and_back(show: Show, small: str) -> None:
    page = show(small)
    click_line(page, NORWAY, SUMMIT)
    link = page.get_by_role("link", name="Original of")
    expect(link).to_have_attribute(
        "href",
        "https://example.org/lake?a=1&b=2#:~:text=Norway%20will%20attend%20the%20fisheries%20summit",
    )
    assert "noopener" in (link.get_attribute("rel") or "")
    page.get_by_role("button", name="Read in context").click()
    expect(page.locator("#panel h2")).to_have_text("Talks by the sea")
    expect(page.locator("mark.quote")).to_have_text("Norway will attend the fisheries summit")
    expect(page.locator(".text")).to_contain_text("Ministers of Norway and Peru met in Lima")
    page.get_by_role("button", name="Back").click()
    expect(page.locator("#panel h2")).to_have_text("Norway → fisheries summit")


def test_search_by_keyboard_selects_also_what_is_not_drawn(show: Show, small: str) -> None:
    page = show(small, address="#pale=yes")
    page.keyboard.press("/")
    page.keyboard.type("lie")
    expect(page.get_by_role("option")).to_have_text(["Olav Lienanalyst"])
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("Olav Lien")
    assert page.evaluate("() => newskg.network.getSelectedNodes()") == [
        page.evaluate("(id) => newskg.node(id)", LIEN.id)
    ]
    page.keyboard.press("/")
    page.keyboard.type("FJÓRD")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("Fjord Institute")
    expect(page.locator("#panel .kind").first).to_contain_text("Not in the picture")
    expect(page.locator("#panel")).to_contain_text("no statement about it was found")
    page.keyboard.press("Escape")
    expect(page.locator("#panel h2")).to_have_text("Where to start")
    page.keyboard.press("/")
    page.keyboard.type("zzz")
    expect(page.locator("#results")).to_have_text("Nothing found")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("Where to start")


def test_everything_can_be_reached_by_keyboard(show: Show, small: str) -> None:
    page = show(small)
    names = []
    for _ in range(75):
        page.keyboard.press("Tab")
        names.append(
            page.evaluate("() => document.activeElement.id || document.activeElement.textContent")
        )
        ring = page.evaluate(
            """() => {
              const { outlineStyle, boxShadow } = getComputedStyle(document.activeElement);
              if (document.activeElement === document.body) return true;
              return outlineStyle !== "none" || boxShadow !== "none";
            }"""
        )
        assert ring, f"no visible focus on {names[-1]}"
    for wanted in ("search", "filters", "asTable", "askPath", "Save", "theme", "ask", "canvas"):
        assert wanted in names
    for wanted in ("closer", "fit", "least", "play", "timeFrom", "timeTo"):
        assert wanted in names
    page.locator("#canvas").focus()
    before = page.evaluate("() => [newskg.network.getScale(), newskg.network.getViewPosition().x]")
    page.keyboard.press("+")
    page.keyboard.press("ArrowRight")
    after = page.evaluate("() => [newskg.network.getScale(), newskg.network.getViewPosition().x]")
    assert after[0] > before[0] and after[1] > before[1]


def test_the_address_keeps_the_selection(show: Show, small: str) -> None:
    page = show(small)
    click_node(page, PERU)
    click_line(page, NORWAY, PERU)
    expect(page.locator("#panel h2")).to_have_text("Norway and Peru")
    address = page.evaluate("() => location.hash")
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text("Peru")
    expect(show(small, address=address).locator("#panel h2")).to_have_text("Norway and Peru")
    astray = show(small, address="#entity=%22%3E%3Cscript%3E&from=__proto__")
    expect(astray.locator("#panel h2")).to_have_text("Where to start")


@pytest.mark.parametrize(("entities", "statements"), [(10, 30), (100, 300), (500, 1500)])
def test_pictures_of_every_size_are_legible_at_once(
    show: Show, entities: int, statements: int
) -> None:
    page = show(document(*network(entities, statements)))
    boxes = labels(page)
    assert len(boxes) >= min(entities * 0.7, 40)
    width = page.evaluate("() => document.getElementById('canvas').clientWidth")
    for i, one in enumerate(boxes):
        assert one["left"] >= 0
        assert one["right"] <= width
        for other in boxes[i + 1 :]:
            assert (
                one["left"] >= other["right"]
                or one["right"] <= other["left"]
                or one["top"] >= other["bottom"]
                or one["bottom"] <= other["top"]
            )
    assert drawn(page) > 1_000
    first = page.evaluate("() => JSON.stringify(newskg.network.getPositions())")
    page.wait_for_timeout(300)
    assert page.evaluate("() => JSON.stringify(newskg.network.getPositions())") == first


def test_long_lists_open_in_steps(show: Show) -> None:
    page = show(document(*network(40, 1_000)))
    page.locator("#panel .row").first.click()
    acts = page.locator("#panel .act")
    before = acts.count()
    page.get_by_role("button", name="Show 25 more").first.click()
    assert acts.count() == before + 25


HOSTILE = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "{{ 7 * 7 }}{% raw %}${alert(3)}",
    "\" onclick='alert(4)' x=\"",
    "\u202egnirts\u2066 \u2028 \u2029 &lt;b&gt; <!-- $& $1 {n} {names}",
    "javascript:alert(5)",
    "__proto__",
    "😀 عربي \x00\x07",
]


URLS = ("javascript:alert(6)", "data:text/html,<script>alert(7)</script>")


@pytest.mark.parametrize(("bad", "url"), [(bad, URLS[i % 2]) for i, bad in enumerate(HOSTILE)])
def test_hostile_strings_are_inert_in_every_field(show: Show, bad: str, url: str) -> None:
    actor = Entity(id=bad, kind="Person", name=bad)
    other = Entity(id=f"{bad}2", kind=bad, name=f"{bad} the second")
    text = f"{bad} urged {bad} the second."
    at = text.index("urged")
    whole = Span(start=0, end=len(text))
    statement = Statement(
        relation=bad,
        agents=(actor,),
        targets=(other,),
        about=(other,),
        where=(other,),
        attributed_to=(other, actor),
        reported_by=(other,),
        evidence=Evidence(article=bad, span=whole, trigger=Span(start=at, end=at + 5), rule=bad),
    )
    extraction = Extraction(
        article=Article(
            id=bad, text=text, title=bad, outlet=bad, byline=bad, url=url, language=bad
        ),
        mentions=(
            Mention(span=Span(start=0, end=len(bad)), entity=actor),
            Mention(span=Span(start=at + 6, end=len(text) - 1), entity=actor),
        ),
        positions=(Position(holder=actor, title=bad, of=other, span=whole),),
        statements=(statement, replace(statement, relation="urges", negated=True)),
    )
    page = show(document(extraction, title=bad, wikidata={bad: bad}))
    shown = in_order(bad)  # what would reorder letters is shown as such
    assert page.locator("h1").text_content() == shown.replace("\x00", "")
    click_node(page, actor)
    assert page.locator("#panel h2").text_content() == shown
    assert shown in page.locator("#panel").text_content()  # type: ignore[operator]
    page.get_by_role("button", name="Read in context").first.click()
    assert page.locator("mark.quote").text_content() == in_order(text)
    page.get_by_role("button", name="Back").click()
    click_line(page, actor, other)
    page.keyboard.press("/")
    page.keyboard.type("second")
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").text_content() == f"{shown} the second"
    page.mouse.move(400, 300)
    page.get_by_role("button", name="Table").click()
    assert shown in (page.locator("#rows").text_content() or "")
    unfold(page)
    assert page.locator("a").count() == 0
    assert page.locator("img, iframe, b").count() == 0
    assert page.locator("script").count() == 4


def test_dark_and_light_follow_the_reader(show: Show, small: str) -> None:
    page = show(small, dark=True)

    def ground() -> str:
        return page.evaluate("() => getComputedStyle(document.body).backgroundColor")  # type: ignore[no-any-return]

    assert ground() == "rgb(22, 24, 27)"

    def border_becomes(colour: str) -> None:
        """Wait for the picture, which the browser tells of the change with its next frame."""
        page.wait_for_function(
            "([id, colour]) =>"
            " newskg.network.body.nodes[newskg.node(id)].options.color.border === colour",
            arg=[PERU.id, colour],
            timeout=10_000,
        )

    border_becomes("#16181b")
    page.emulate_media(color_scheme="light")
    assert ground() == "rgb(251, 250, 247)"
    border_becomes("#fbfaf7")
    page.emulate_media(color_scheme="dark", media="print")
    assert ground() == "rgb(255, 255, 255)"
    border_becomes("#ffffff")


def test_paper_gets_the_picture_and_the_evidence(show: Show, small: str) -> None:
    page = show(small, dark=True, address=f"#entity={PERU.id}")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    picture = page.locator("#printed svg").first
    expect(picture).to_be_visible()
    expect(picture).to_contain_text("fisheries summit")
    assert picture.locator("rect").first.get_attribute("fill") == "#ffffff"
    expect(page.locator("#canvas")).to_be_hidden()
    expect(page.locator("#panel blockquote").first).to_be_visible()
    for unwanted in (".tools", ".find", ".zoom", "#time"):
        expect(page.locator(unwanted)).to_be_hidden()
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#printed svg")).to_have_count(0)


def test_a_phone_needs_no_sideways_scrolling_and_shows_the_evidence(show: Show, small: str) -> None:
    page = show(small, phone=True)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    at = page.evaluate("(id) => newskg.nodePoint(newskg.node(id))", NORWAY.id)
    page.locator("#canvas").tap(position={"x": at["x"], "y": at["y"]})
    expect(page.locator("#panel h2")).to_be_in_viewport()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    expect(page.locator("#sidebar")).to_be_hidden()
    page.get_by_role("button", name="Filters").click()
    expect(page.get_by_role("checkbox", name="country 2")).to_be_visible()
    page.get_by_role("button", name="Table").click()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_nothing_jumps_while_the_page_opens(show: Show) -> None:
    page = show(document(*network(100, 300)))
    page.wait_for_timeout(500)
    shifts = page.evaluate(
        """() => new Promise((done) => {
          const seen = [];
          new PerformanceObserver((list) => {
            for (const { value, sources } of list.getEntries()) {
              seen.push([value, sources.map(({ node }) => node && (node.id || node.nodeName))]);
            }
          }).observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done(seen), 100);
        })"""
    )
    assert sum(value for value, _ in shifts) < 0.05, shifts


@pytest.mark.parametrize("articles", [(), (Extraction(article=Article(id="a", text="Rain.")),)])
def test_a_page_without_statements_opens(show: Show, articles: tuple[Extraction, ...]) -> None:
    page = show(document(*articles))
    expect(page.locator("#summary")).to_contain_text("no statement was found")
    expect(page.locator("#panel")).to_contain_text("Nothing passes the filters.")
    page.get_by_role("button", name="Table").click()
    expect(page.locator("#rows caption")).to_have_text("0 of 0 statements")


def test_controls_have_names(show: Show, small: str) -> None:
    page = show(small)
    for name in ("Zoom in", "Zoom out", "Show all"):
        expect(page.get_by_role("button", name=name)).to_be_visible()
    expect(page.get_by_role("combobox", name="Find a person")).to_be_visible()
    expect(page.get_by_role("complementary", name="Evidence")).to_be_visible()
    expect(page.get_by_role("group", name="Network of 5 entities and 6 lines")).to_be_visible()
