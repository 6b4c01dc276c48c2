"""What the network page says is what the articles say: sentences, numbers, and what is drawn."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest
from acting import click_line, document, graphed
from example import LIEN, NORWAY, PERU, QUISPE, SUMMIT, harbour, lake
from networks import network
from playwright.sync_api import Page, expect

from kg import ontology as ontologies
from kg.records import MODALITIES, Entity, When
from kg.telling.sentences import sentence

ONTOLOGY = ontologies.load()

pytestmark = pytest.mark.browser

Show = Callable[..., Page]


def test_every_telling_of_a_meeting_stands_under_it_with_its_own_date_and_place(show: Show) -> None:
    page = show(graphed(lake(), harbour()))
    click_line(page, NORWAY, PERU)
    expect(page.locator("#panel h4")).to_have_text("Norway and Peru hold talks")
    expect(page.locator("#panel .act > .quiet")).to_have_text("told by 2 articles")
    tellings = page.locator("#panel .telling")
    expect(tellings).to_have_count(2)
    expect(tellings.first.locator("blockquote")).to_have_text("Norway and Peru met")
    expect(tellings.first.locator(".quiet")).to_have_text("3 March 2024")
    expect(tellings.last.locator("blockquote")).to_have_text(
        "Ministers of Norway and Peru met in Lima"
    )
    expect(tellings.last.locator(".quiet")).to_have_text("3 March 2024 · Lima")


def test_tellings_that_differ_have_sentences_of_their_own(show: Show) -> None:
    meets = lake().statements[0]
    late = replace(meets, about=(SUMMIT,), modality="planned", unnamed_source=True, confidence=0.8)
    page = show(graphed(replace(lake(), statements=(meets, late))))
    click_line(page, NORWAY, PERU)
    expect(page.locator("#panel .act")).to_have_count(1)
    headings = page.locator("#panel h4")
    assert set(headings.all_inner_texts()) == {
        "Norway and Peru hold talks",
        "Norway and Peru are to hold talks in connection with the fisheries summit, "
        "according to an unnamed source",
    }
    expect(page.locator("#panel .differ")).to_have_count(0)


def test_numbers_behind_a_line_are_of_what_passes_and_by_relation(show: Show) -> None:
    urges = replace(lake().statements[1], relation="urges", targets=(NORWAY,), about=())
    accuses = replace(urges, relation="accuses", modality="possible", negated=True)
    remark = replace(lake().statements[3], agents=(QUISPE,), about=(NORWAY,))
    low = replace(accuses, relation="warns", confidence=0.2)
    page = show(graphed(replace(lake(), statements=(urges, accuses, remark, low))))
    row = page.locator("#panel .row", has_text="Ana Quispe → Norway")
    expect(row.first).to_contain_text("may not accuse (1), makes an appeal to (1)")
    expect(row.first.locator(".number")).to_have_text("2")
    page.locator("#least").fill("0")
    expect(row.first).to_contain_text("may not warn (1)")
    expect(row.first.locator(".number")).to_have_text("3")
    page.get_by_role("checkbox", name="denied 2").uncheck()
    expect(row.first.locator(".number")).to_have_text("1")
    expect(row.first).to_contain_text("makes an appeal to")


def test_the_page_tells_statements_as_the_package_does(show: Show) -> None:
    crowd = Entity(id="unlinked/group/u-s-officials", kind="Group", name="U.S. officials")
    pact = Entity(id="unlinked/agreement/fish-pact", kind="Agreement", name="fish pact")
    states = Entity(id="country/US", kind="Country", name="United States")
    base = lake().statements[0]
    told = [
        replace(
            base,
            relation=relation,
            agents=agents,
            targets=targets,
            about=about,
            modality=MODALITIES[i % 4],
            negated=i % 3 == 0,
            unnamed_source=i % 5 == 0,
            attributed_to=(LIEN, QUISPE)[: i % 3],
            reported_by=(NORWAY, crowd)[: i % 4],
        )
        for i, (relation, agents, targets, about) in enumerate(
            product(
                ONTOLOGY.relations,
                ((crowd,), (NORWAY, PERU, states)),
                ((), (QUISPE,), (states, SUMMIT)),
                ((), (pact,), (SUMMIT, LIEN)),
            )
        )
    ]
    page = show(graphed(replace(lake(), statements=tuple(told))))
    found = page.evaluate("() => newskg.sentences()")
    assert len(found) == len(told) > 500
    assert sorted(found) == sorted(sentence(s, ONTOLOGY) for s in told)


def test_fewer_lines_are_drawn_at_first_and_the_slider_brings_the_rest(show: Show) -> None:
    page = show(document(*network(120, 500)))
    status = page.locator("#status")
    shown = re.compile(r"Shown: (\d+) of (\d+) entities, (\d+) of (\d+) lines")
    names, all_names, opening, total = map(int, shown.findall(status.inner_text())[0])
    assert 60 <= names <= 100 and names < all_names
    assert opening < total
    expect(status).to_contain_text("the less told lines")
    page.locator("#level").fill(str(total))
    expect(status).to_contain_text(
        f"Shown: {all_names} of {all_names} entities, {total} of {total}"
    )
    expect(status).not_to_contain_text("the less told lines")
    expect(page).to_have_url(re.compile(f"lines={total}"))


def test_all_that_a_filter_leaves_is_drawn_and_in_the_picture(show: Show) -> None:
    page = show(document(*network(300, 1_500)))
    facet = page.locator("#facet-relation")
    facet.locator("summary").click()
    number = facet.locator(".facet", has_text="meets").locator("small").inner_text()
    page.get_by_role("button", name="Only meets").focus()
    page.keyboard.press("Enter")
    found = re.search(r"entities, (\d+) of (\d+) lines", page.locator("#status").inner_text())
    assert found
    assert found[1] == found[2] and int(found[1]) > 100
    assert int(number.replace(",", "")) >= int(found[1])
    lines, nodes, places = page.evaluate(
        """() => {
          const { lines } = newskg.data;
          const { edgeIndices, nodeIndices } = newskg.network.body;
          const at = Object.values(newskg.network.getPositions(nodeIndices));
          const places = new Set(at.map(({ x, y }) => `${x} ${y}`));
          return [edgeIndices.map((i) => lines[i].way), nodeIndices.length, places.size];
        }"""
    )
    assert len(lines) == int(found[1]) and set(lines) == {"mutual"}
    assert places == nodes


def test_a_neighbourhood_shows_all_neighbours(show: Show) -> None:
    page = show(document(*network(300, 1_500)))
    page.locator("#panel .row").first.click()
    page.get_by_role("button", name="Only its neighbourhood").click()
    centre, missing = page.evaluate(
        """() => {
          const { lines, acts } = newskg.data;
          const rows = acts.flatMap(({ tellings }) => tellings);
          const centre = newskg.state.around.node;
          const drawn = new Set(newskg.network.body.nodeIndices);
          const certain = (row) => rows[row].confidence >= 40;
          const near = lines.filter(({ from, to, way, told }) =>
            way !== "topic" && [from, to].includes(centre) && told.some(certain));
          const lost = near.filter(({ from, to }) => !drawn.has(from) || !drawn.has(to));
          return [near.length, lost.length];
        }"""
    )
    assert centre > 10
    assert missing == 0


def test_dates_far_from_the_articles_do_not_stretch_the_time(show: Show) -> None:
    meets = harbour().statements[1]
    far = replace(meets, agents=(NORWAY, QUISPE), when=When(value="2047", text="in 2047"))
    old = replace(meets, agents=(PERU, QUISPE), when=When(value="1945-05", text="in May 1945"))
    page = show(document(lake(), replace(harbour(), statements=(meets, far, old))))
    expect(page.locator("#undated")).to_have_text(
        "1 earlier, at the left end · 1 later, at the right end"
    )
    assert page.locator("#timeText").inner_text() == "March 2022 to April 2026"
    page.locator("#timeFrom").fill("1")
    expect(page.locator("#undated")).to_contain_text("1 earlier")
    assert "Ana Quispe" in page.locator("#panel").inner_text()


@pytest.mark.slow
def test_thousands_of_statements_open_and_search_reaches_what_is_left_out(show: Show) -> None:
    articles = network(1_200, 3_600)
    page = show(document(*articles))
    expect(page.locator("#status")).to_contain_text("Not drawn: the less told lines")
    hidden = page.evaluate(
        """() => {
          const kept = new Set(newskg.network.body.nodeIndices);
          const { nodes, lines } = newskg.data;
          const pale = lines.filter(({ way }) => way === "topic");
          const joined = new Set(pale.map(({ from }) => from));
          for (const { from, to, way } of lines) {
            if (way !== "topic") [from, to].forEach((end) => joined.delete(end));
          }
          return nodes.find((node, i) => !kept.has(i) && joined.has(i)).name;
        }"""
    )
    page.keyboard.press("/")
    page.keyboard.type(hidden)
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text(hidden)
    expect(page.locator("#panel blockquote").first).to_contain_text(hidden)
    expect(page.locator("#panel .kind").first).to_contain_text("Not in the picture")


def test_what_was_not_drawn_comes_in_when_it_is_chosen(show: Show) -> None:
    page = show(document(*network(300, 1_500)))
    before = page.evaluate("() => newskg.network.getPositions()")
    hidden = page.evaluate(
        """() => {
          const kept = new Set(newskg.network.body.nodeIndices);
          const { nodes, lines, acts } = newskg.data;
          const rows = acts.flatMap(({ tellings }) => tellings);
          const certain = (row) => rows[row].confidence >= 40;
          const sure = ({ way, told }) => way !== "topic" && told.some(certain);
          return nodes[lines.find((line) => sure(line) && !kept.has(line.from)).from].name;
        }"""
    )
    page.keyboard.press("/")
    page.keyboard.type(hidden)
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text(hidden)
    after = page.evaluate("() => newskg.network.getPositions()")
    assert len(after) > len(before)
    assert before.items() <= after.items()
