"""The folder of pages: what they say, that links lead somewhere, that nothing in them is live."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import example
import pytest
from networks import network
from sites import Page, one, pages, site

from kg.export.site import name
from kg.graph import Graph
from kg.records import Article, Entity, Evidence, Extraction, Mention, Position, Span, Statement

# What the pages say


def test_there_is_a_page_for_each_article_and_for_each_name_with_a_statement(
    graph: Graph, tmp_path: Path
) -> None:
    files = site(graph, tmp_path / "site")
    assert {n for n in files if n.startswith("articles/")} == {
        "articles/harbour.html",
        "articles/index.html",
        "articles/lake.html",
    }
    assert {n for n in files if n.startswith("names/")} == {
        f"names/{n}.html"
        for n in (
            "index",
            "country-no",
            "country-pe",
            "event-fisheries-summit",
            "organization-fjord-institute",
            "outlet-coast-herald",
            "person-ana-quispe",
            "person-olav-lien",
            "place-lima",
            "place-oslo",
        )
    }


def test_the_overview_says_what_the_site_is_of(graph: Graph, tmp_path: Path) -> None:
    page = Page(site(graph, tmp_path / "site", title="Fish & ships")["index.html"])
    assert page.texts("h1") == ["Fish & ships"]
    assert "7 statements" in page.texts("p", class_="lead")[0]
    assert page.texts("a", class_="headline") == ["No summit", "Talks by the sea"]
    rows = page.texts("li")
    assert "Norway 3" in rows and "fisheries summit 3" in rows, rows


def test_the_article_has_its_text_with_the_evidence_marked(graph: Graph, tmp_path: Path) -> None:
    page = Page(site(graph, tmp_path / "site")["articles/lake.html"])
    evidence = {a["id"]: " ".join(t.split()) for a, t in page.all("mark", class_="evidence")}
    assert evidence["e1"] == "Ministers of Norway and Peru met in Lima"
    assert evidence["e2"] == "President Ana Quispe proposed a fisheries summit"
    assert "proposed" in page.texts("b", class_="trigger")
    (text,) = page.texts("section", **{"aria-label": "Text of the article"})
    assert re.sub(r"(?<=[a-z,])\d", "", text).startswith(
        "Ministers of Norway and Peru met in Lima on 3 March 2024. President Ana Quispe proposed"
    )
    links = dict.fromkeys((a["href"], t) for a, t in page.all("a", class_="name"))
    assert ("../names/country-no.html", "Norway") in links
    assert ("../names/person-olav-lien.html", "Olav Lien") in links


def test_each_statement_of_an_article_stands_with_its_quote_and_who_says_so(
    graph: Graph, tmp_path: Path
) -> None:
    page = Page(site(graph, tmp_path / "site")["articles/lake.html"])
    cards = page.texts("li", class_="card")
    assert len(cards) == 5
    assert cards[0] == (
        "1 Norway and Peru hold talks 3 March 2024 · Lima Ministers of Norway and Peru met in Lima "
        "told as fact confidence 90 %"
    )
    told = page.texts("h3")
    assert (
        "Norway is to take part in the fisheries summit, according to Olav Lien, "
        "reported by Coast Herald"
    ) in told
    assert "Peru may visit Oslo, according to Ana Quispe, according to Olav Lien" in told
    assert "Olav Lien comments on Norway and the fisheries summit, reported by Coast Herald" in told
    marks = [(a["class"], t) for a, t in page.all("mark") if a["class"] in ("agent", "target")]
    assert ("agent", "Norway") in marks and ("target", "Oslo") in marks


def test_the_article_has_its_own_network_whose_lines_lead_to_the_statements(
    graph: Graph, tmp_path: Path
) -> None:
    files = site(graph, tmp_path / "site")
    page = Page(files["articles/lake.html"])
    lines = [a["href"] for a, _ in page.all("a") if a.get("class", "").startswith("line")]
    anchors = {f"#{a['id']}" for a, _ in page.all("li") if a.get("id", "").startswith("c")}
    assert lines and set(lines) == anchors
    told = page.texts("ul", class_="connections")[0]
    assert "Norway → fisheries summit is to take part in 4" in told
    assert "Norway and Peru hold talks 1" in told
    harbour = Page(files["articles/harbour.html"])
    assert "Oslo" not in harbour.texts("ul", class_="connections")[0]


def test_a_name_has_what_it_is_and_its_statements_by_role(graph: Graph, tmp_path: Path) -> None:
    files = site(graph, tmp_path / "site")
    page = Page(files["names/person-olav-lien.html"])
    assert page.texts("h1") == ["Olav Lien"]
    assert [re.sub(r" \d+$", "", h) for h in page.texts("h2")] == [
        "Remarks",
        "On this speaker’s word",
        "Named in",
    ]
    norway = Page(files["names/country-no.html"])
    assert "Connected with 3" in norway.texts("h2")
    rows = norway.texts("ul", class_="rows")[0]
    assert "Peru 2 → hold talks" in rows and "fisheries summit 1 → is to take part in" in rows
    assert "Ana Quispe 1 ← makes a proposal to" in rows
    facts = page.texts("dl", class_="facts")[0]
    assert "scholar, Fjord Institute" in facts and "Lien" in facts
    wikidata = [a["href"] for a, t in Page(files["names/country-no.html"]).all("a") if "Q20" in t]
    assert wikidata == ["https://www.wikidata.org/wiki/Q20"]


def test_a_name_leads_to_its_place_in_the_whole_network(graph: Graph, tmp_path: Path) -> None:
    file = "names/country-no.html"
    page = Page(site(graph, tmp_path / "site", network=True)[file])
    address = "../network.html#entity=country/NO&around=country/NO&hops=1"
    assert address in [a["href"] for a, _ in page.all("a")]
    page = Page(site(graph, tmp_path / "without")[file])
    assert not [a for a, _ in page.all("a") if "network" in a["href"]]


def test_a_statement_leads_to_its_place_in_the_text_and_to_the_original(
    graph: Graph, tmp_path: Path
) -> None:
    page = Page(site(graph, tmp_path / "site")["names/place-oslo.html"])
    hrefs = [a["href"] for a, _ in page.all("a")]
    assert "../articles/lake.html#e5" in hrefs
    assert "https://example.org/lake?a=1&b=2#:~:text=Peru%20may%20visit%20Oslo" in hrefs


def test_contradicting_tellings_stand_side_by_side(tmp_path: Path) -> None:
    denied = example.harbour()
    affirmed = replace(denied, article=replace(denied.article, id="quay", outlet="Quay Times"))
    affirmed = replace(
        affirmed,
        statements=tuple(
            replace(s, negated=False, evidence=replace(s.evidence, article="quay"))
            for s in affirmed.statements
        ),
    )
    graph = one(denied)
    graph.add(affirmed)
    files = site(graph, tmp_path / "site")
    for file in ("index.html", "names/event-fisheries-summit.html"):
        page = Page(files[file])
        affirmed, against = page.texts("div", class_="side")
        assert affirmed.startswith("Affirmed") and against.startswith("Denied")
        assert "Quay Times" in affirmed and "Harbour Post" not in affirmed
        assert "Harbour Post" in against and "Quay Times" not in against


def test_a_plan_told_earlier_contradicts_nothing(tmp_path: Path) -> None:
    found = example.lake()
    denied = replace(found.statements[2], modality="actual", negated=True)
    unsure = replace(found.statements[4], agents=(example.NORWAY,), confidence=0.3)
    graph = one(replace(found, statements=(*found.statements, denied, unsure)))
    files = site(graph, tmp_path / "site")
    assert "Where articles differ" not in files["index.html"]
    page = Page(files["names/country-no.html"])
    assert not page.all("div", class_="side")
    told = page.texts("h3", class_="sentence")
    assert {words.split(",")[0] for words in told} >= {
        "Norway is to take part in the fisheries summit",
        "Norway does not take part in the fisheries summit",
    }
    own = [words for words in told if words.startswith("Norway")]
    assert own[-1].startswith("Norway may visit Oslo")  # what is not sure enough comes last


def test_what_many_statements_concern_takes_several_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name, "PER_PAGE", 10)
    graph = Graph(gazetteer=example.gazetteer())
    graph.add_all(network(8, 70), validate=False)
    files = site(graph, tmp_path / "site")
    shown = Counter(re.sub(r"\.\d+\.html$", ".html", n) for n in files if n.startswith("names/"))
    busy, number = shown.most_common(1)[0]
    assert number > 1
    whole = [
        files[busy],
        *(files[busy.replace(".html", f".{n}.html")] for n in range(2, number + 1)),
    ]
    parts = [Page(text) for text in whole]
    assert all(len(part.all("article")) == 10 for part in parts[:-1])
    assert parts[1].texts("span", **{"aria-current": "page"}) == ["2"]
    totals = [
        int(h.rsplit(" ", 1)[1])
        for part in parts
        for h in part.texts("h2")
        if h.startswith("Acts ")
    ]
    assert len(set(totals)) == 1
    assert "network.html" not in files and "network.html" not in files["index.html"]


def test_a_graph_without_articles_gives_a_site(tmp_path: Path) -> None:
    with Graph() as empty:
        files = site(empty, tmp_path / "site")
    assert "There is no article in this graph." in files["index.html"]


# Links, safety


def test_every_link_leads_to_a_file_and_a_place_in_it(tmp_path: Path) -> None:
    graph = Graph(gazetteer=example.gazetteer())
    graph.add_all([*network(16, 70), example.lake(), example.harbour()], validate=False)
    files = site(graph, tmp_path / "site", network=True)
    parsed = {n: Page(text) for n, text in pages(files).items()}
    ids = {n: {a["id"] for _, a, _ in page.elements if "id" in a} for n, page in parsed.items()}
    checked = 0
    for file, page in parsed.items():
        for attributes, _ in page.all("a"):
            href = attributes["href"]
            if urlsplit(href).scheme:
                assert href.startswith(("https://example.org/", "https://www.wikidata.org/"))
                continue
            path, _, anchor = href.partition("#")
            target = file if not path else os.path.normpath(Path(file).parent / unquote(path))
            assert target in files, (file, href)
            network_page = target == "network.html"  # which reads what follows "#" by itself
            assert not anchor or network_page or anchor in ids[target], (file, href)
            checked += 1
        found = Counter(a["id"] for _, a, _ in page.elements if "id" in a)
        assert max(found.values()) == 1, file
    assert checked > 500


def test_pages_load_nothing_and_run_only_what_their_policy_names(
    graph: Graph, tmp_path: Path
) -> None:
    for file, text in pages(site(graph, tmp_path / "site")).items():
        page = Page(text)
        ((policy, _),) = page.all("meta", **{"http-equiv": "Content-Security-Policy"})
        code = [t for a, t in page.all("script") if "type" not in a]
        assert len(code) == (file == "index.html")
        for allowed, found in (
            ("script-src", code),
            ("style-src", [t for _, t in page.all("style")]),
        ):
            rule = next(p for p in policy["content"].split("; ") if p.startswith(allowed))
            hashes = [base64.b64encode(hashlib.sha256(c.encode()).digest()).decode() for c in found]
            assert rule == f"{allowed} " + (" ".join(f"'sha256-{h}'" for h in hashes) or "'none'")
        assert "default-src 'none'" in policy["content"]
        for tag, attributes, _ in page.elements:
            assert not {"src", "srcset", "style", "action"} & set(attributes), (file, tag)
            assert not [a for a in attributes if a.startswith("on")], (file, tag)
            assert tag not in ("iframe", "object", "embed", "base", "form")
        assert [a["href"] for a, _ in page.all("link")] == ["data:,"]
        assert not re.search(r"@import|url\(", "".join(page.texts("style")))


HOSTILE = "</title><script>alert(1)</script>{{ 7*7 }}{% x %}\"'><img src=x onerror=alert(2)>"


def hostile() -> Extraction:
    text = f"{HOSTILE} met {HOSTILE} today."
    half = len(HOSTILE)
    one_, two = (
        Entity(id=f"unlinked/person/{i}{HOSTILE}", kind="Person", name=HOSTILE) for i in "ab"
    )
    article = Article(
        id=HOSTILE,
        text=text,
        title=HOSTILE,
        outlet=HOSTILE,
        byline=HOSTILE,
        url="javascript:alert(3)",
    )
    return Extraction(
        article=article,
        mentions=(
            Mention(span=Span(start=0, end=half), entity=one_),
            Mention(span=Span(start=half + 5, end=2 * half + 5), entity=two),
        ),
        positions=(Position(holder=one_, title=HOSTILE, of=two, span=Span(start=0, end=half)),),
        statements=(
            Statement(
                relation="meets",
                agents=(one_, two),
                attributed_to=(one_,),
                evidence=Evidence(
                    article=HOSTILE,
                    span=Span(start=0, end=2 * half + 5),
                    trigger=Span(start=half + 1, end=half + 4),
                    rule="meets/meet",
                ),
            ),
        ),
    )


def test_what_articles_say_is_inert(tmp_path: Path) -> None:
    files = site(one(hostile()), tmp_path / "site", title=HOSTILE)
    assert len(files) == 7
    for file, text in pages(files).items():
        page = Page(text)
        assert not page.all("img"), file
        assert len(page.all("script")) == (2 if file == "index.html" else 0)
        assert "javascript:" not in " ".join(a["href"] for a, _ in page.all("a"))
        assert HOSTILE in page.all("title")[0][1]


def test_offsets_hold_beyond_the_basic_plane(tmp_path: Path) -> None:
    found = example.lake()
    moved = "\U0001f41f\U0001f41f " + found.article.text

    def shift(span: Span) -> Span:
        return Span(start=span.start + 3, end=span.end + 3)

    graph = one(
        replace(
            found,
            article=replace(found.article, text=moved),
            mentions=tuple(replace(m, span=shift(m.span)) for m in found.mentions),
            positions=tuple(replace(p, span=shift(p.span)) for p in found.positions),
            statements=tuple(
                replace(
                    s,
                    evidence=replace(
                        s.evidence, span=shift(s.evidence.span), trigger=shift(s.evidence.trigger)
                    ),
                )
                for s in found.statements
            ),
        )
    )
    page = Page(site(graph, tmp_path / "site")["names/place-oslo.html"])
    assert page.texts("blockquote") == ["Peru may visit Oslo"]
    assert ("trigger", "visit") in [(a["class"], t) for a, t in page.all("mark")]
