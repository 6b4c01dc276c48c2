"""The network page in a notebook, and without one."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from kg.errors import ExportError
from kg.export import inline
from kg.graph import Graph

CELL = """
import sys
sys.path.insert(0, {tests!r})
import example
from kg.graph import Graph
graph = Graph(gazetteer=example.gazetteer())
graph.add_all([example.lake(), example.harbour()])
graph.show(title="By the sea", height=500)
print("after")
"""


def test_show_displays_the_page_below_the_cell() -> None:
    tests = str(Path(__file__).parents[1])
    notebook = nbformat.v4.new_notebook()
    notebook.cells.append(nbformat.v4.new_code_cell(CELL.format(tests=tests)))
    NotebookClient(notebook, timeout=120).execute()
    shown, printed = notebook.cells[0].outputs
    assert printed.text == "after\n"
    html = shown.data["text/html"]
    assert html.startswith('<iframe title="By the sea"') and 'height="500"' in html
    page = unescape(re.search(r'srcdoc="([^"]*)"', html)[1])  # type: ignore[index]
    assert page.startswith("<!DOCTYPE html>") and "Content-Security-Policy" in page
    assert "allow-same-origin" not in html
    assert shown.data["text/plain"].startswith("<By the sea: a page of ")


def test_elsewhere_a_browser_opens_the_page(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(inline.webbrowser, "open", lambda url: opened.append(url) or True)
    graph.show(theme="dark")
    (url,) = opened
    text = Path(url.removeprefix("file://")).read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    monkeypatch.setattr(inline.webbrowser, "open", lambda url: False)
    with pytest.raises(ExportError, match=r"network.html.*open this file"):
        graph.show()


def test_wrong_options_are_refused(graph: Graph) -> None:
    with pytest.raises(ExportError, match="no height"):
        graph.show(height=0)
    with pytest.raises(ExportError, match="unknown theme"):
        graph.show(theme="pink")


def test_a_title_cannot_leave_its_attribute(graph: Graph) -> None:
    frame = inline.frame(graph.store, title='"><script>alert(1)</script>')
    html = frame._repr_html_()
    assert "<script" not in html
    assert html.count("<iframe") == html.count("</iframe>") == 1
