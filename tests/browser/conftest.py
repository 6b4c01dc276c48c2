"""A real Chromium, offline, that fails a test on any console message or request."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

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
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no Chromium is installed")
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield started
    started.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page's text from a file; at the end nothing was complained."""
    complaints: list[str] = []
    contexts = []

    def opened(text: str, *, phone: bool = False, dark: bool = False, address: str = "") -> Page:
        path = tmp_path / f"page-{len(contexts)}.html"
        path.write_text(text, encoding="utf-8", newline="\n")
        context = browser.new_context(
            offline=True,
            viewport={"width": 390, "height": 844} if phone else {"width": 1280, "height": 800},
            has_touch=phone,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda m: complaints.append(f"console {m.type}: {m.text}"))
        page.on("pageerror", lambda e: complaints.append(f"error: {e}"))
        page.on("dialog", lambda d: (complaints.append(f"dialog: {d.message}"), d.dismiss()))
        page.on("requestfailed", lambda r: complaints.append(f"failed: {r.url[:200]}"))

        def watch(url: str) -> None:
            if url.split("#")[0] != path.as_uri() and not url.startswith(("data:", "blob:")):
                complaints.append(f"request: {url[:200]}")

        page.on("request", lambda r: watch(r.url))
        page.goto(path.as_uri() + address)
        page.wait_for_function("window.newskg && newskg.state.labels.length >= 0")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
