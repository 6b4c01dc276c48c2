"""A real Chromium, offline, that fails a test on any console message or request."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import threads
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from tabs import Tabs

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        threads.settle()
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no Chromium is installed")
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield started
    started.close()


@pytest.fixture(scope="session")
def all_tabs(browser: Browser) -> Tabs:
    return Tabs(browser)


@pytest.fixture
def tabs(all_tabs: Tabs) -> Iterator[Tabs]:
    """The pages of the browser; at the end nothing was complained."""
    yield all_tabs
    assert all_tabs.complaints() == []


@pytest.fixture
def show(tabs: Tabs, tmp_path: Path) -> Callable[..., Page]:
    """Return a function that opens a page's text from a file; nothing may complain."""

    def opened(text: str, *, address: str = "", **options: Any) -> Page:
        path = tmp_path / f"page-{len(tabs.used)}.html"
        path.write_text(text, encoding="utf-8", newline="\n")
        page = tabs.open(path.as_uri() + address, path.as_uri(), **options)
        page.wait_for_function("window.newskg && newskg.state.labels.length >= 0")
        return page

    return opened
