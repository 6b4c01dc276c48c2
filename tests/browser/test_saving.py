"""Files that the page saves: the picture, the table, and the statements as RDF."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from acting import document
from example import OSLO, PERU, harbour, lake
from PIL import Image
from playwright.sync_api import Page

import kg
from kg.records import Extraction

pytestmark = pytest.mark.browser

Show = Callable[..., Page]


def saved(page: Page, name: str) -> bytes:
    page.locator("#saveMenu summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    return Path(download.value.path()).read_bytes()


def wide() -> Extraction:
    """Return the first article with a character that takes two units before all evidence."""
    text = lake().article.text
    moved = replace(lake().article, text="\U0001f600 " + text)

    def on(span: kg.Span) -> kg.Span:
        return kg.Span(start=span.start + 2, end=span.end + 2)

    return Extraction(
        article=moved,
        mentions=tuple(replace(m, span=on(m.span)) for m in lake().mentions),
        statements=tuple(
            replace(
                s,
                evidence=replace(
                    s.evidence, span=on(s.evidence.span), trigger=on(s.evidence.trigger)
                ),
            )
            for s in lake().statements
        ),
    )


def odd() -> Extraction:
    """Return the first article with names, titles and words that are hard to write down."""
    bad = 'a "b" \\ <c>\n\u2028 \U0001f600 {d} % \x07'
    text = lake().article.text.replace("Oslo", bad)
    first = lake()
    city = replace(OSLO, name=bad, id="unlinked/place/a'(b)*!\u00e9 %2F?#")
    last = first.statements[-1]
    end = last.evidence.span.end - len("Oslo") + len(bad)
    span = kg.Span(start=last.evidence.span.start, end=end)
    changed = replace(last, targets=(city,), evidence=replace(last.evidence, span=span))
    return Extraction(
        article=replace(first.article, text=text, title=bad, language="pt-BR"),
        mentions=tuple(m for m in first.mentions if m.entity != OSLO),
        statements=(*first.statements[:-1], changed),
    )


@pytest.mark.parametrize("first", [lake, wide, odd])
def test_turtle_is_part_of_the_graph(show: Show, first: Callable[[], Extraction]) -> None:
    with kg.Graph() as graph:
        graph.add(first())
        graph.add(harbour())
        whole = {(q.subject, q.predicate, q.object) for q in graph.store.match()}
        text = io.StringIO()
        graph.export(text, format="html")
    content = saved(show(text.getvalue()), "Statements as Turtle")
    found = {(q.subject, q.predicate, q.object) for q in ox.parse(content, ox.RdfFormat.TURTLE)}
    assert found <= whole
    terms = "https://w3id.org/newskg/ontology#"
    for name, number in (
        ("act", 7),
        ("quote", 7),
        ("attributedTo", 3),
        ("date", 2),
        ("modality", 7),
        ("triggerStart", 7),
        ("order", 2),
    ):
        have = [t for t in found if t[1] == ox.NamedNode(terms + name)]
        assert len(have) == number, name


def test_turtle_says_what_contradicts_what_and_which_statements_tell_one_act(show: Show) -> None:
    denied = harbour().statements[0]
    told = (denied, replace(denied, negated=False, unnamed_source=True))
    with kg.Graph() as graph:
        graph.add_all([lake(), replace(harbour(), statements=told)], validate=False)
        whole = {(q.subject, q.predicate, q.object) for q in graph.store.match()}
        ((denial, claim),) = graph.store.contradictions()
        node = graph.store.names.node
        text = io.StringIO()
        graph.export(text, format="html")
    content = saved(show(text.getvalue()), "Statements as Turtle")
    found = {(q.subject, q.predicate, q.object) for q in ox.parse(content, ox.RdfFormat.TURTLE)}
    assert found <= whole
    terms = "https://w3id.org/newskg/ontology#"
    contradicts, act = (ox.NamedNode(terms + name) for name in ("contradicts", "act"))
    assert [t for t in found if t[1] == contradicts] == [(node(denial), contradicts, node(claim))]
    assert {t[2] for t in found if t[1] == act and t[0] == node(denial)} == {
        t[2] for t in found if t[1] == act and t[0] == node(claim)
    }
    assert any(t[1] == ox.NamedNode(terms + "unnamedSource") for t in found)


def test_csv_holds_what_is_chosen_and_no_formula(show: Show) -> None:
    sly = replace(
        harbour(), article=replace(harbour().article, title='=HYPERLINK("x")', url="javascript:1")
    )
    page = show(document(lake(), sly), address=f"#entity={PERU.id}")
    rows = list(csv.DictReader(io.StringIO(saved(page, "Statements as CSV").decode())))
    assert len(rows) == 4
    assert {row["Who"] for row in rows} == {"Norway; Peru", "Peru"}
    denied = next(row for row in rows if "denied" in row["Told as"])
    assert denied["Article"] == '\'=HYPERLINK("x")'
    assert denied["Address"] == ""
    assert denied["Quote"] == "Peru did not attend the fisheries summit"
    assert all(row["Statement"].startswith("https://w3id.org/newskg/id/statement/") for row in rows)
    page.keyboard.press("Escape")
    rows = list(csv.DictReader(io.StringIO(saved(page, "Statements as CSV").decode())))
    assert len(rows) == 7


def test_svg_and_png_show_the_picture(show: Show) -> None:
    page = show(document(lake(), harbour(), title="Fish & <ships>"))
    root = ElementTree.fromstring(saved(page, "Picture as SVG"))
    texts = ["".join(e.itertext()) for e in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Norway", "Peru", "fisheries summit", "Fish & <ships>"} <= set(texts)
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
    assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) >= 6
    image = Image.open(io.BytesIO(saved(page, "Picture as PNG")))
    size = page.evaluate("() => [canvas.clientWidth, canvas.clientHeight]")
    assert image.width == 2 * size[0]
    assert image.height > 2 * size[1]
    assert len(image.convert("RGB").getcolors(1 << 24) or []) > 50


def test_marks_that_reorder_text_are_shown_and_kept_in_what_is_saved(show: Show) -> None:
    turned = "Oslo\u202egnp.exe\u202c \u2066x\u2069"
    first = lake()
    city = replace(OSLO, name=turned)
    last = replace(first.statements[-1], targets=(city,))
    sly = Extraction(
        article=replace(first.article, title=f"-5+{turned}", outlet="-5"),
        mentions=tuple(m for m in first.mentions if m.entity != OSLO),
        statements=(*first.statements[:-1], last),
    )
    page = show(document(sly, title=turned), address=f"#entity={OSLO.id}")
    said = page.evaluate(
        """() => [document.title, document.body.innerText,
            ...[...document.querySelectorAll("[title]")].map((e) => e.title)].join(" ")"""
    )
    assert "\ufffdgnp.exe" in said
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(said)
    rows = list(csv.DictReader(io.StringIO(saved(page, "Statements as CSV").decode())))
    assert {row["Article"] for row in rows} == {f"'-5+{turned}"}
    assert {row["Outlet"] for row in rows} == {"-5"}
    page.keyboard.press("Escape")
    assert turned.encode() in saved(page, "Statements as Turtle")
