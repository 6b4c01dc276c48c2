"""The folder of pages: what they say, that links lead somewhere, that nothing in them is live."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import example
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from networks import network

from kg import cli
from kg.errors import ExportError, UnknownFormatError, WriteError
from kg.export import export
from kg.export.site import addresses, folder, name, write
from kg.export.site.marking import Stretch, hard_wrapped, marked, paragraphs
from kg.graph import Graph
from kg.records import Article, Entity, Evidence, Extraction, Mention, Position, Span, Statement


class Page(HTMLParser):
    """Elements with their attributes, the text of each, and whether all of them were closed."""

    VOID: ClassVar = {"meta", "link", "input", "br"}

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self.open: list[int] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {k: v or "" for k, v in attrs}, []))
        if tag not in self.VOID:
            self.open.append(len(self.elements) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {k: v or "" for k, v in attrs}, []))

    def handle_endtag(self, tag: str) -> None:
        assert self.elements[self.open.pop()][0] == tag

    def handle_data(self, data: str) -> None:
        for i in self.open:
            self.elements[i][2].append(data)

    def all(self, tag: str, **wanted: str) -> list[tuple[dict[str, str], str]]:
        wanted = {key.rstrip("_"): value for key, value in wanted.items()}
        return [
            (attributes, "".join(text))
            for found, attributes, text in self.elements
            if found == tag and wanted.items() <= attributes.items()
        ]

    def texts(self, tag: str, **wanted: str) -> list[str]:
        return [" ".join(text.split()) for _, text in self.all(tag, **wanted)]


def site(graph: Graph, path: Path, **options: object) -> dict[str, str]:
    """Return the files of a site by name."""
    write(graph.store, path, **{"network": False, **options})
    return {
        file.relative_to(path).as_posix(): file.read_bytes().decode()
        for file in sorted(path.rglob("*"))
        if file.is_file()
    }


def pages(files: dict[str, str]) -> dict[str, str]:
    """Return those that this package renders."""
    return {n: text for n, text in files.items() if n.endswith(".html") and n != "network.html"}


def one(extraction: Extraction) -> Graph:
    graph = Graph(gazetteer=example.gazetteer())
    graph.add(extraction)
    return graph


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
    assert "Norway 5" in rows and "fisheries summit 4" in rows, rows


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
        "1 Norway and Peru meet 3 March 2024 · Lima Ministers of Norway and Peru met in Lima "
        "told as fact confidence 90 %"
    )
    assert "Norway is to attend fisheries summit" in page.texts("h3")
    assert "on the word of Ana Quispe, according to Olav Lien" in page.texts("p", class_="word")
    assert "reported by Coast Herald" in page.texts("p", class_="word")
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
    assert "Norway → fisheries summit is to attend 4" in told
    assert "Norway and Peru meet 1" in told
    harbour = Page(files["articles/harbour.html"])
    assert "Oslo" not in harbour.texts("ul", class_="connections")[0]


def test_a_name_has_what_it_is_and_its_statements_by_role(graph: Graph, tmp_path: Path) -> None:
    files = site(graph, tmp_path / "site")
    page = Page(files["names/person-olav-lien.html"])
    assert page.texts("h1") == ["Olav Lien"]
    assert [re.sub(r" \d+$", "", h) for h in page.texts("h2")] == [
        "Acts",
        "On this speaker’s word",
        "Connected with",
        "Named in",
    ]
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


# The folder


def test_the_same_articles_give_the_same_bytes(graph: Graph, tmp_path: Path) -> None:
    first = site(graph, tmp_path / "one", network=True)
    with Graph(gazetteer=example.gazetteer()) as other:
        other.add_all([example.harbour(), example.lake()], pipeline="test-1")
        assert site(other, tmp_path / "two", network=True) == first
    code = (
        "import sys, example; from kg.graph import Graph; from kg.export.site import write\n"
        "graph = Graph(gazetteer=example.gazetteer())\n"
        "graph.add_all([example.lake(), example.harbour()], pipeline='test-1')\n"
        "write(graph.store, sys.argv[1])\n"
    )
    paths = os.pathsep.join([str(Path(example.__file__).parent), *sys.path])
    environment = {**os.environ, "PYTHONHASHSEED": "4242", "PYTHONPATH": paths}
    command = [sys.executable, "-c", code, str(tmp_path / "three")]
    subprocess.run(command, check=True, env=environment)
    for file, text in first.items():
        assert (tmp_path / "three" / file).read_bytes().decode() == text


def test_writing_again_drops_what_is_gone_and_keeps_the_files_of_others(
    graph: Graph, tmp_path: Path
) -> None:
    place = tmp_path / "site"
    site(graph, place)
    (place / "CNAME").write_text("news.example")
    (place / ".git" / "refs").mkdir(parents=True)
    (place / ".git" / "refs" / "head").write_text("1")
    (place / "articles" / "picture.png").write_text("2")
    graph.remove("lake")
    files = site(graph, place)
    assert "articles/lake.html" not in files and "names/place-oslo.html" not in files
    assert files["CNAME"] == "news.example"
    assert files[".git/refs/head"] == "1" and files["articles/picture.png"] == "2"
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_failure_leaves_the_old_site(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = site(graph, tmp_path / "site")
    graph.remove("lake")

    def full(self: Path, text: str, **options: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder.Path, "write_text", full)
    with pytest.raises(WriteError, match="No space left"):
        write(graph.store, tmp_path / "site")
    monkeypatch.undo()
    assert [p.name for p in tmp_path.iterdir()] == ["site"]
    after = {
        p.relative_to(tmp_path / "site").as_posix(): p.read_bytes().decode()
        for p in (tmp_path / "site").rglob("*")
        if p.is_file()
    }
    assert after == before


def test_a_folder_of_somebody_else_is_not_touched(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(WriteError, match="new or an empty folder"):
        write(graph.store, tmp_path / "mine")
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["letter.txt"]
    (tmp_path / "file").write_text("x")
    with pytest.raises(WriteError, match="a file of that name"):
        write(graph.store, tmp_path / "file")
    (tmp_path / "empty").mkdir()
    assert "index.html" in site(graph, tmp_path / "empty")


def test_wrong_options_are_refused_before_anything_is_written(graph: Graph, tmp_path: Path) -> None:
    for options in (
        {"theme": "pink"},
        {"address": "javascript:1"},
        {"address": "https://a.org/?b"},
    ):
        with pytest.raises(ExportError):
            write(graph.store, tmp_path / "site", **options)
    with pytest.raises(ExportError, match="folder"):
        write(graph.store, "-")
    assert list(tmp_path.iterdir()) == []


def test_themes_choose_the_style(graph: Graph, tmp_path: Path) -> None:
    texts = {
        theme: site(graph, tmp_path / theme, theme=theme)["index.html"]
        for theme in ("auto", "light", "dark")
    }
    assert "prefers-color-scheme" in texts["auto"]
    assert "prefers-color-scheme" not in texts["dark"] + texts["light"]
    assert '<meta name="color-scheme" content="dark">' in texts["dark"]


def test_the_sitemap_names_every_page(graph: Graph, tmp_path: Path) -> None:
    files = site(graph, tmp_path / "site", address="https://example.org/news&views")
    tree = ElementTree.fromstring(files["sitemap.xml"])
    found = [
        element.text or ""
        for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]
    assert "https://example.org/news&views/articles/lake.html" in found
    assert len(found) == 3 + 2 + 9
    assert "sitemap.xml" not in site(graph, tmp_path / "other")


def test_the_command_takes_a_folder(graph: Graph, tmp_path: Path) -> None:
    with Graph.open(tmp_path / "news.kg", "w") as stored:
        stored.add_all(graph.extractions())
    target = f"{tmp_path / 'out'}/"
    assert cli.run(["export", str(tmp_path / "news.kg"), target, "--title", "Sea", "-q"]) == 0
    assert "<title>Sea</title>" in (tmp_path / "out" / "index.html").read_text()
    export(graph.store, tmp_path / "more", format="site")
    export(graph.store, tmp_path / "more")
    with pytest.raises(UnknownFormatError, match="folder/"):
        export(graph.store, tmp_path / "nothing")


def test_progress_ends_with_all_steps_done(graph: Graph, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write(graph.store, tmp_path / "site", progress=lambda *step: told.append(step))
    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert all(done <= total for done, total in told)
    assert told[-1][0] == told[-1][1]


# Names of files, links to the web, marked text


def test_file_names_are_told_apart_without_case_and_are_allowed_everywhere() -> None:
    names = addresses.files(["country/RU", "unlinked/country/ru", "con", "index", "a/../b", "漢"])
    assert names["country/RU"] == "country-ru"
    assert len(set(names.values())) == len(names)
    assert all(re.fullmatch(r"[a-z0-9-]+", n) for n in names.values())
    assert not {"con", "index"} & set(names.values())


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a", "https://example.org/a#:~:text=so%2C%20well%2Dmade%20%26%20done"),
        (
            "http://example.org/a#b",
            "http://example.org/a#b:~:text=so%2C%20well%2Dmade%20%26%20done",
        ),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//example.org", ""),
        ("https://[bad", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_become_links(url: str, expected: str) -> None:
    assert addresses.passage_address(url, "so, well-made & done") == expected


@given(
    st.text(alphabet="ab\n <&", min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)), max_size=8),
)
def test_marked_text_is_well_formed_and_keeps_the_text(
    text: str, pairs: list[tuple[int, int]]
) -> None:
    stretches = [
        Stretch(
            start=min(start, len(text) - 1),
            end=min(start + length, len(text)),
            opening=Markup(f'<i id="{n}">'),
            again=Markup(f'<i class="{n}">'),
            closing=Markup("</i>"),
            tail=Markup(f"<u>{n}</u>"),
            rank=n,
        )
        for n, (start, length) in enumerate(pairs)
        if min(start, len(text) - 1) < min(start + length, len(text))
    ]
    tree = ElementTree.fromstring(f"<p>{marked(text, 0, len(text), stretches)}</p>")
    told = sorted(int(u.text or "") for u in tree.iter("u"))
    for u in list(tree.iter("u")):
        u.text = ""
    assert "".join(tree.itertext()) == text
    for n, stretch in enumerate(s for s in stretches):
        number = stretch.rank
        found = [i for i in tree.iter("i") if str(number) in (i.get("id"), i.get("class"))]
        assert "".join("".join(i.itertext()) for i in found) == text[stretch.start : stretch.end], n
        assert sum(i.get("id") == str(number) for i in found) == 1
    assert told == sorted(s.rank for s in stretches)


def test_paragraphs_are_what_blank_lines_divide_or_else_line_ends() -> None:
    text = "  one\nstill one \n\n \n two\n"
    assert [text[a:b] for a, b in paragraphs(text, 0, len(text))] == ["one\nstill one", "two"]
    assert [text[a:b] for a, b in paragraphs(text, 0, 16)] == ["one", "still one"]
    assert list(paragraphs("  ", 0, 2)) == []


def test_full_lines_are_told_from_lines_that_mean_something() -> None:
    wrapped = "the delegates left the hall without a word to those who waited for them\n" * 5
    assert hard_wrapped(f"{wrapped}\n{wrapped}")
    assert not hard_wrapped("Agenda\n- fish\n- ships\n- harbours\n\nThat was all.")
    assert not hard_wrapped("One paragraph that is very long. " * 9 + "\n\n" + "And another.")
    assert not hard_wrapped("")
