"""The folder of pages: how it is written, and the names and marked text in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import example
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from sites import site

from kg import cli
from kg.errors import ExportError, UnknownFormatError, WriteError
from kg.export import export
from kg.export.site import addresses, folder, write
from kg.export.site.marking import Stretch, hard_wrapped, marked, paragraphs
from kg.graph import Graph


@pytest.mark.slow
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
