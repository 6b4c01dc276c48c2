"""Draw the pictures of the network page: true screenshots of the sample articles' graph.

python docs/pictures.py [FOLDER]     by default the folder of this file
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import kg
from kg import sources

HERE = Path(__file__).parent
SIZE = {"width": 1280, "height": 800}
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]

CONTESTED = """() => {
  const { lines, nodes, disputes } = newskg.data;
  const contested = ({ way, told }) =>
    way !== "topic" && disputes.some((pair) => pair.every((row) => told.includes(row)));
  const line = lines.filter(contested).sort((a, b) => b.told.length - a.told.length)[0];
  return line ? `#from=${nodes[line.from].id}&to=${nodes[line.to].id}&way=${line.way}` : null;
}"""


def page_of(articles: Path, target: Path) -> None:
    """Write the network page of a folder of articles."""
    pipeline = kg.load()
    with kg.Graph() as graph:
        for article in sources.read([str(articles)]):
            graph.add(pipeline.extract(article))
        graph.export(target)


def draw(folder: Path, articles: Path = HERE.parent / "seeds" / "articles") -> list[Path]:
    """Draw all pictures into `folder` and return their paths."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    drawn: list[Path] = []
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        path = Path(work) / "news.html"
        page_of(articles, path)
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)

        def shot(name: str, address: str, *, dark: bool = False, phone: bool = False) -> None:
            context = browser.new_context(
                offline=True,
                viewport={"width": 390, "height": 844} if phone else SIZE,
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto(path.as_uri() + address)
            page.evaluate("() => document.fonts.ready")
            drawn.append(folder / f"{name}.png")
            page.screenshot(path=drawn[-1])
            context.close()

        first = browser.new_page()
        first.goto(path.as_uri())
        contested = first.evaluate(CONTESTED)
        first.close()
        shot("network", "#entity=country/RU")
        shot("network-phone", "", phone=True)
        shot("network-table", "#entity=country/RU&view=table&sort=date-")
        if contested:
            shot("network-contested", contested, dark=True)
        browser.close()
    return drawn


if __name__ == "__main__":
    for picture in draw(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE):
        print(picture)
