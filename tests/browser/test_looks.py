"""How the page looks and whom it shuts out: screenshots against the committed ones, and axe.

With `KG_DRAW_SCREENS=1` in the environment the committed screenshots are drawn anew; look at them.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from acting import document, unfold
from axe_playwright_python.sync_playwright import Axe
from networks import network
from PIL import Image
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Show = Callable[..., Page]

SCREENS = Path(__file__).parent / "screens"
CELL = 8
"""Screenshots are compared in squares of so many pixels: letters differ by fractions of one."""
DIFFERENT = 24
"""From this difference of the mean brightness, of 255, a square counts as different."""
TOLERANCE = 0.03
"""The share of squares that may differ."""

VIEWS: dict[str, tuple[int, dict[str, object]]] = {
    "10-light": (10, {}),
    "100-dark": (100, {"dark": True}),
    "100-phone": (100, {"phone": True}),
    "1000-light": (1000, {}),
}


@cache
def sample(entities: int) -> str:
    statements = {10: 30, 100: 300, 1000: 5000}[entities]
    return document(*network(entities, statements), title=f"{entities} entities")


def squares(image: bytes) -> np.ndarray:
    """Return the mean colour of each square."""
    pixels = np.asarray(Image.open(io.BytesIO(image)).convert("RGB"), dtype=float)
    height, width = (n // CELL * CELL for n in pixels.shape[:2])
    cut = pixels[:height, :width].reshape(height // CELL, CELL, width // CELL, CELL, 3)
    return cut.mean(axis=(1, 3))  # type: ignore[no-any-return]


def difference(one: bytes, other: bytes) -> float:
    """Return the share of squares in which two pictures differ; 1 when their sizes do."""
    a, b = squares(one), squares(other)
    if a.shape != b.shape:
        return 1.0
    return float((np.abs(a - b).max(axis=2) > DIFFERENT).mean())


@pytest.mark.parametrize("name", VIEWS)
def test_the_page_looks_as_it_did(show: Show, name: str) -> None:
    entities, options = VIEWS[name]
    seen = show(sample(entities), **options).screenshot()
    if os.environ.get("KG_DRAW_SCREENS"):
        (SCREENS / f"{name}.png").write_bytes(seen)
    found = difference(seen, (SCREENS / f"{name}.png").read_bytes())
    assert found <= TOLERANCE, f"{found:.1%} of {name} differs"


def test_the_comparison_sees_a_changed_picture() -> None:
    light = (SCREENS / "10-light.png").read_bytes()
    pixels = np.asarray(Image.open(io.BytesIO(light)).convert("RGB")).copy()
    assert difference(light, light) == 0
    pixels[200:460, 300:800] = 128
    changed = io.BytesIO()
    Image.fromarray(pixels).save(changed, "PNG")
    assert difference(light, changed.getvalue()) > TOLERANCE
    assert difference(light, (SCREENS / "100-dark.png").read_bytes()) > TOLERANCE


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong: rule and the elements."""
    # Through the debugger: the page's policy admits no script from outside, this one included.
    results = Axe().run(page).response["violations"]
    return [f"{v['id']}: {[n['target'] for n in v['nodes']]}" for v in results]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(show: Show, dark: bool) -> None:
    page = show(sample(10), dark=dark)
    assert violations(page) == []
    unfold(page)
    page.locator("#panel .row").first.click()
    assert violations(page) == []
    page.get_by_role("button", name="Read in context").first.click()
    assert violations(page) == []
    page.keyboard.press("t")
    page.get_by_role("button", name="Path", exact=True).click()
    page.locator("#saveMenu summary").click()
    assert violations(page) == []
    page.locator("#saveMenu summary").click()
    page.locator("h1").click()
    page.keyboard.press("?")
    assert violations(page) == []


def test_axe_would_find_something(show: Show) -> None:
    page = show(sample(10))
    page.evaluate("() => document.getElementById('closer').removeAttribute('aria-label')")
    page.evaluate("() => document.getElementById('closer').replaceChildren()")
    page.evaluate("() => document.getElementById('closer').removeAttribute('title')")
    assert any(found.startswith("button-name") for found in violations(page))
