"""The network page as text: what it says, and that nothing in it is live."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import sys
import time
from html.parser import HTMLParser

import pytest
from example import harbour, lake
from networks import network

from kg import ontology as ontologies
from kg.errors import ExportError
from kg.export import html
from kg.export.html.document import library, script_json
from kg.export.html.words import Words
from kg.records import Article, Entity, Evidence, Extraction, Mention, Span, Statement

ONTOLOGY = ontologies.load()


class _Elements(HTMLParser):
    """Collects elements with their attributes and the text directly inside them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), []))
        self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1][2].append(data)

    def all(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        return [(attributes, "".join(text)) for t, attributes, text in self.found if t == tag]


def page(*extractions: Extraction, **options: str) -> str:
    return html.page(extractions, ontology=ONTOLOGY, **options)


def data(text: str, name: str) -> dict[str, object]:
    scripts = _Elements(text).all("script")
    return json.loads(
        next(content for attributes, content in scripts if attributes.get("id") == name)
    )


# What the page says


def test_the_summary_says_what_the_picture_is_of() -> None:
    text = page(lake(), harbour(), title="Fish & ships")
    assert "<h1><bdi>Fish &amp; ships</bdi></h1>" in text
    assert (
        "What 2 articles from 2 outlets, 4 March 2024 to April 2024, say about who does what to "
        "whom: 7 statements about 9 entities." in text
    )
    assert "Shown: 5 of 5 entities, 6 of 6 lines." in text


def test_a_store_without_articles_gives_a_page() -> None:
    text = page()
    assert "0 articles: no statement was found." in text
    assert data(text, "network")["nodes"] == []


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2025-05-09", "2025-05-16", "9–16 May 2025"),
        ("2025-05-09", "2025-06-01", "9 May to 1 June 2025"),
        ("2024-12-31", "2025-01-01", "31 December 2024 to 1 January 2025"),
        ("2015-11", "2015-11", "November 2015"),
        ("2015", "2016-02-03", "2015 to 3 February 2016"),
        ("soon", "soon", "soon"),
        ("2015-13", "2015-13", "2015-13"),
    ],
)
def test_dates_in_words(first: str, last: str, words: str) -> None:
    texts = data(page(), "evidence")["texts"]
    assert isinstance(texts, dict)
    assert Words(texts).interval(first, last) == words


# Safety


def hostile() -> Extraction:
    bad = "</script><script>alert(1)</script>{{7*7}}{% raw %}<!--\u2028\u202e'\"&lt;\ud800\x00"
    actor = Entity(id=f"unlinked/{bad}", kind="Person", name=bad)
    other = Entity(id="country/PE", kind=bad, name="Peru")
    text = f"{bad} urged Peru."
    start = text.index("urged")
    return Extraction(
        article=Article(id=bad, text=text, title=bad, outlet=bad, url="javascript:alert(1)"),
        mentions=(Mention(span=Span(start=0, end=len(bad)), entity=actor),),
        statements=(
            Statement(
                relation=bad,
                agents=(actor,),
                targets=(other,),
                evidence=Evidence(
                    article=bad,
                    span=Span(start=0, end=len(text)),
                    trigger=Span(start=start, end=start + 5),
                    rule=bad,
                ),
            ),
        ),
    )


def test_hostile_strings_stay_text() -> None:
    clean = _Elements(page(lake())).found
    nasty = page(hostile(), title="</title><script>alert(2)</script>{{7*7}}")
    found = _Elements(nasty).found
    assert [(tag, sorted(a)) for tag, a, _ in found] == [(tag, sorted(a)) for tag, a, _ in clean]
    assert "{{7*7}}" in nasty
    assert nasty.encode("utf-8")
    name = hostile().statements[0].agents[0].name.replace("\ud800", "\ufffd")
    nodes = data(nasty, "evidence")["nodes"]
    assert isinstance(nodes, list)
    assert name in [n["name"] for n in nodes]


def test_no_text_of_the_page_is_a_method_of_its_mapping() -> None:
    assert "built-in method" not in page(lake())


def test_script_json_is_read_back_unchanged() -> None:
    value = {"</script>": ["<!--", "&amp;", "\u2028\u2029", "é😀", '"\\']}
    text = str(script_json(value))
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == value


def test_the_policy_admits_exactly_the_scripts_and_the_style_of_the_page() -> None:
    found = _Elements(page(lake()))
    policy = next(a["content"] for a, _ in found.all("meta") if "http-equiv" in a) or ""
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split("; ")}

    def hashes(contents: list[str]) -> list[str]:
        digests = [hashlib.sha256(c.encode()).digest() for c in contents]
        return [f"'sha256-{base64.b64encode(d).decode()}'" for d in digests]

    assert rules["default-src"] == ["'none'"]
    assert rules["connect-src"] == ["'none'"]
    assert rules["script-src"] == hashes([t for a, t in found.all("script") if "type" not in a])
    assert rules["style-src"] == hashes([t for _, t in found.all("style")])
    assert "unsafe" not in policy


def test_nothing_is_loaded_and_no_handler_is_inline() -> None:
    for _tag, attributes, _ in _Elements(page(lake())).found:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert "src" not in attributes
        assert (attributes.get("href") or "data:,") == "data:,"


def test_vis_network_comes_with_its_licence_and_without_source_map() -> None:
    assert "@version 9.1.2" in library()
    assert "The MIT License" in library()
    assert "sourceMappingURL" not in library()


# Themes, files, speed


def test_themes() -> None:
    for theme in ("auto", "light", "dark"):
        assert _Elements(page(lake(), theme=theme)).all("html")[0][0]["data-theme"] == theme
    with pytest.raises(ExportError, match="unknown theme 'neon'"):
        page(lake(), theme="neon")


_WRITE = """
import sys
from networks import network
from kg import ontology
from kg.export import html
articles = network(300, 900)
page = html.page(articles[::int(sys.argv[1])], ontology=ontology.load())
sys.stdout.buffer.write(page.encode())
"""


@pytest.mark.slow
def test_the_same_bytes_under_any_hash_seed_and_order() -> None:
    pages = []
    for seed, step in (("1", "1"), ("2", "-1")):
        environment = os.environ | {
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join(["tests", *sys.path]),
            "LC_ALL": "C",
        }
        run = subprocess.run(
            [sys.executable, "-c", _WRITE, step], capture_output=True, env=environment, check=True
        )
        pages.append(run.stdout)
    assert len(pages[0]) > 500_000
    assert pages[0] == pages[1]


@pytest.mark.slow
def test_a_thousand_entities_are_laid_out_in_seconds() -> None:
    articles = network(1_000, 5_000)
    start = time.process_time()
    text = page(*articles)
    assert time.process_time() - start < 15
    assert len(text.encode()) < 3_000_000
