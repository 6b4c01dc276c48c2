"""Search, filters, time, neighbourhood, path, table and what the address keeps."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from acting import click_node, document, graphed, shown
from example import PERU, harbour, lake
from networks import network
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Show = Callable[..., Page]


@pytest.fixture(scope="module")
def small() -> str:
    return document(lake(), harbour())


@pytest.fixture(scope="module")
def middle() -> str:
    return document(*network(60, 240))


def facet(page: Page, name: str) -> None:
    details = page.locator(f"#facet-{name}")
    if details.get_attribute("open") is None:
        details.locator("summary").click()


def count(page: Page, name: str) -> int:
    """Return the number that stands behind a value of a filter."""
    row = page.locator(".facet", has=page.get_by_role("checkbox", name=re.compile(f"^{name} ")))
    return int(row.locator("small").inner_text().replace(",", ""))


def passing(page: Page) -> int:
    """Return how many lines pass the filters, as the page says."""
    found = re.search(r"of ([\d,]+) lines", page.locator("#status").inner_text())
    assert found
    return int(found[1].replace(",", ""))


def test_types_are_hidden_and_shown_with_counts(show: Show, small: str) -> None:
    page = show(small)
    assert shown(page) == ({"Norway", "Peru", "Oslo", "Ana Quispe", "fisheries summit"}, 6)
    country = page.get_by_role("checkbox", name="country 2")
    country.uncheck()
    assert shown(page) == ({"Ana Quispe", "fisheries summit"}, 1)
    expect(page.locator("#status")).to_contain_text("Shown: 2 of 2 entities, 1 of 1 lines.")
    country.check()
    assert shown(page)[1] == 6
    page.get_by_role("button", name="Only country").focus()
    page.keyboard.press("Enter")
    assert shown(page) == ({"Norway", "Peru"}, 1)
    page.get_by_role("button", name="Clear filters").click()
    assert shown(page)[1] == 6


def test_pale_lines_come_when_they_are_asked_for(show: Show, small: str) -> None:
    page = show(small)
    status = page.locator("#status")
    expect(status).to_contain_text("Not drawn: 2 pale lines (topics and remarks).")
    page.get_by_role("checkbox", name="only topics and remarks 2").check()
    assert shown(page)[1] == 8
    assert "Olav Lien" in shown(page)[0]
    expect(status).not_to_contain_text("pale")
    expect(page).to_have_url(re.compile("pale=yes"))
    page.reload()
    assert shown(page)[1] == 8
    page.get_by_role("checkbox", name="only topics and remarks 2").uncheck()
    facet(page, "relation")
    page.get_by_role("button", name="Only comments on").focus()
    page.keyboard.press("Enter")
    assert shown(page) == (set(), 0)
    page.get_by_role("button", name="Show 2 pale lines").click()
    assert shown(page) == ({"Olav Lien", "Norway", "fisheries summit"}, 2)


def test_ways_of_telling_relations_outlets_and_voices_are_filters(show: Show, small: str) -> None:
    page = show(small)
    page.get_by_role("checkbox", name="denied 1").uncheck()
    assert shown(page)[1] == 5
    page.get_by_role("checkbox", name="planned 1").uncheck()
    assert shown(page)[1] == 4
    page.get_by_role("button", name="Clear filters").click()
    facet(page, "relation")
    page.get_by_role("button", name="Only meets").focus()
    page.keyboard.press("Enter")
    assert shown(page) == ({"Norway", "Peru"}, 1)
    # Numbers count as if the filter's own choice were not made, and under all others.
    assert count(page, "attends") == 2
    assert count(page, "told as fact") == 2
    assert count(page, "planned") == 0
    page.get_by_role("button", name="Clear filters").click()
    facet(page, "outlet")
    page.get_by_role("checkbox", name="Coast Herald 5").uncheck()
    assert shown(page) == ({"Norway", "Peru", "fisheries summit"}, 2)
    page.get_by_role("button", name="Clear filters").click()
    facet(page, "voice")
    page.get_by_role("checkbox", name="a speaker’s claim 2").uncheck()
    assert "Oslo" not in shown(page)[0]
    page.get_by_role("button", name="Clear filters").click()
    facet(page, "country")
    page.get_by_role("button", name="Only Peru").focus()
    page.keyboard.press("Enter")
    # The president of Peru stands for Peru.
    assert "Ana Quispe" in shown(page)[0]
    page.get_by_role("checkbox", name="only topics and remarks").check()
    assert "Olav Lien" not in shown(page)[0]


def test_confidence_is_a_filter_and_the_panel_says_what_is_left_out(show: Show, small: str) -> None:
    page = show(small, address=f"#entity={PERU.id}")
    expect(page.locator("#panel blockquote")).to_have_count(4)
    expect(page.locator("label[for=least]")).to_have_text("Confidence at least 40 %")
    page.locator("#least").fill("60")
    expect(page.locator("label[for=least]")).to_have_text("Confidence at least 60 %")
    assert "Oslo" not in shown(page)[0]
    expect(page.locator("#panel blockquote")).to_have_count(3)
    page.get_by_role("button", name="1 statement is left out by the filters").click()
    expect(page.locator("#panel blockquote")).to_have_count(4)


def test_time_has_a_histogram_two_sliders_and_plays(show: Show, middle: str) -> None:
    page = show(middle)
    before = passing(page)
    bars = page.locator("#barsIn")
    all_bars = (bars.get_attribute("d") or "").count("M")
    assert all_bars > 5
    last = page.locator("#timeTo")
    page.locator("#timeFrom").fill("8")
    assert (bars.get_attribute("d") or "").count("M") < all_bars
    fewer = passing(page)
    assert fewer < before
    assert shown(page)[1] == fewer
    expect(page.locator("#timeText")).not_to_have_text("")
    assert "2025" in (page.locator("#timeFrom").get_attribute("aria-valuetext") or "")
    last.fill("9")
    assert shown(page)[1] == passing(page) < fewer
    # A slider does not pass the other one.
    page.locator("#timeFrom").fill("12")
    assert page.locator("#timeFrom").input_value() == "9"
    page.get_by_role("button", name="All dates").click()
    assert passing(page) == before
    last.fill("8")
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("() => Number(document.getElementById('timeTo').value) >= 10")
    page.get_by_role("button", name="Pause").click()
    at = last.input_value()
    page.wait_for_timeout(700)
    assert last.input_value() == at
    expect(page).to_have_url(re.compile("time="))


def test_only_the_neighbourhood(show: Show, small: str) -> None:
    page = show(small)
    click_node(page, PERU)
    page.get_by_role("button", name="Only its neighbourhood").click()
    assert shown(page)[0] == {"Peru", "Norway", "Oslo", "fisheries summit"}
    page.get_by_label("Steps").select_option("2")
    assert shown(page)[0] == {"Peru", "Norway", "Oslo", "fisheries summit", "Ana Quispe"}
    expect(page).to_have_url(re.compile("hops=2"))
    page.get_by_role("button", name="Show all again").click()
    expect(page.locator("#scope")).to_be_hidden()
    at = page.evaluate("(id) => newskg.nodePoint(newskg.node(id))", PERU.id)
    page.locator("#canvas").dblclick(position={"x": at["x"], "y": at["y"]})
    expect(page.locator("#scope")).to_contain_text("Only Peru")
    page.locator("#canvas").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert len(shown(page)[0]) == 5


def test_the_shortest_path_with_its_evidence(show: Show, small: str) -> None:
    page = show(small)
    page.get_by_role("button", name="Path").click()
    expect(page.get_by_role("combobox", name="From")).to_be_focused()
    page.keyboard.type("quis")
    page.keyboard.press("Enter")
    page.keyboard.type("oslo")
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    expect(panel).to_contain_text("3 steps")
    expect(panel.locator("h3.step")).to_have_count(3)
    expect(panel.locator("h3.step").last).to_have_text("3. Peru → Oslo")
    expect(panel.locator("blockquote").last).to_have_text("Peru may visit Oslo")
    again = show(small, address=page.evaluate("() => location.hash"))
    expect(again.locator("#panel h3.step")).to_have_count(3)
    facet(again, "relation")
    again.get_by_role("checkbox", name=re.compile("^visits")).uncheck()
    expect(again.locator("#panel")).to_contain_text("Nothing that passes the filters joins")


def test_the_table_shows_the_same_selection_sorted(show: Show, small: str) -> None:
    page = show(small)
    page.keyboard.press("t")
    rows = page.locator("#rows tbody tr")
    expect(rows).to_have_count(7)
    expect(page.locator("#rows caption")).to_have_text("7 of 7 statements")
    head = page.locator("th[data-name=confidence]")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(rows.first).to_contain_text("50 %")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(head.get_by_role("button")).to_be_focused()
    expect(rows.last).to_contain_text("50 %")
    page.get_by_role("checkbox", name="denied 1").uncheck()
    expect(rows).to_have_count(6)
    page.locator("#rows").get_by_role("button", name="Ana Quispe").first.click()
    expect(page.locator("#panel h2")).to_have_text("Ana Quispe")
    expect(page.locator("#rows caption")).to_contain_text("of the selection")
    page.locator("#rows").get_by_role("button", name="makes a proposal to").click()
    expect(page.locator("#panel h4").first).to_contain_text("proposes the fisheries summit to")
    page.get_by_role("button", name="Table").click()
    expect(page.locator("#canvas")).to_be_visible()


def test_the_address_keeps_everything_that_was_set(show: Show, middle: str) -> None:
    page = show(middle)
    page.get_by_role("checkbox", name=re.compile("^official")).uncheck()
    facet(page, "outlet")
    page.get_by_role("checkbox", name=re.compile("^The Ledger")).uncheck()
    page.locator("#least").fill("55")
    page.locator("#timeFrom").fill("3")
    page.locator("#level").fill("20")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Dark theme").click()
    page.keyboard.press("t")
    page.locator("th[data-name=who] button").click()
    first = page.locator("#rows tbody tr").first.inner_text()
    before = shown(page)
    again = show(middle, address=page.evaluate("() => location.hash"))
    assert shown(again) == before
    assert again.locator("#rows tbody tr").first.inner_text() == first
    expect(again.get_by_role("checkbox", name=re.compile("^The Ledger"))).not_to_be_checked()
    assert again.locator("#least").input_value() == "55"
    assert again.locator("#level").input_value() == "20"
    assert again.locator("html").get_attribute("data-theme") == "dark"


def test_an_address_that_makes_no_sense_changes_nothing(show: Show, small: str) -> None:
    bad = "#no-kind=x&no-kind=__proto__&least=9999&lines=-1&time=a/b&around=no&hops=99"
    bad += "&sort=constructor"
    page = show(small, address=bad + "&theme=neon&view=<script>&path=country/PE&end=nobody")
    assert page.locator("#least").input_value() == "100"
    page.get_by_role("button", name="Clear filters").click()
    assert page.locator("#least").input_value() == "40"
    assert shown(page)[1] == 6


def test_what_contradicts_stands_side_by_side(show: Show) -> None:
    denied = harbour().statements[0]
    told = replace(denied, negated=False)
    page = show(graphed(replace(harbour(), statements=(denied, told))))
    page.get_by_role("button", name=re.compile("Peru → fisheries summit")).first.click()
    sides = page.locator("#panel .versus > div")
    expect(sides).to_have_count(2)
    expect(sides.first).to_contain_text("affirmed")
    expect(sides.last.locator(".telling.negated")).to_have_count(1)
    boxes = [sides.nth(i).bounding_box() for i in range(2)]
    assert boxes[0] and boxes[1] and boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]


def test_keys_step_from_entity_to_entity_and_help_lists_them(show: Show, small: str) -> None:
    page = show(small)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("How to use this page")
    for key in ("/", "f", "t", "p", "d", "?", "Esc"):
        expect(dialog.locator("kbd").get_by_text(key, exact=True)).to_have_count(1)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.locator("#canvas").focus()
    page.keyboard.press(".")
    first = page.locator("#panel h2").inner_text()
    page.keyboard.press(".")
    assert page.locator("#panel h2").inner_text() != first
    page.keyboard.press(",")
    assert page.locator("#panel h2").inner_text() == first
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_focused()
    page.keyboard.press("f")
    expect(page.locator("#sidebar")).to_be_hidden()
