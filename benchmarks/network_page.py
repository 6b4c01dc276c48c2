"""Measure the network page in headless Chromium against pyvis and a plain vis-network page.

    python -m benchmarks.network_page [--rounds 3] [--large 50000] [--patience 120]

All pages show the same invented graph and are opened from files, offline, in one run, in turn.

- "first picture": from the start of the navigation to the first frame that is drawn. For pyvis with
  its defaults this is when its first stretch of physics ends; "stable" is when nothing moves any
  more. The other pages do not move.
- "plain": vis-network alone, with the positions of our page, physics off; with all lines, and with
  only those that our page draws.
- "slider": one step of the time slider, from the input to the second frame after it.

Figures are medians, with the greatest in brackets; ratios are taken round by round.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import TimeoutError as TooLong
from pyvis.network import Network

from kg import ontology as ontologies
from kg.export import html
from kg.export.html import drawing
from kg.export.html.document import library
from kg.export.html.gathering import view
from kg.export.html.lines import sure
from kg.records import Extraction

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]

PLAIN = """<!DOCTYPE html><meta charset="utf-8"><style>#c {{ width: 880px; height: 700px }}</style>
<div id="c"></div><script>{library}</script><script>
const network = new vis.Network(document.getElementById("c"), {data},
  {{ physics: false, layout: {{ improvedLayout: false }}, edges: {{ smooth: false }} }});
</script>"""

# Hooks the network as soon as the page has one, and notes when its events come.
WATCH = """
window.seen = {};
const note = (name) => { window.seen[name] ??= performance.now(); };
const hook = (made) => {
  made.once("stabilizationIterationsDone", () => note("shown"));
  made.once("stabilized", () => note("stable"));
  made.once("afterDrawing", () => requestAnimationFrame(() => note("drawn")));
  made.redraw();
};
const timer = setInterval(() => {
  let made = null;
  try { made = window.newskg ? window.newskg.network : network; } catch { return; }
  if (!made || !made.body) return;
  clearInterval(timer);
  hook(made);
}, 1);
"""

STEP = """async (value) => {
  const slider = document.getElementById("timeFrom");
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  await frame();
  const start = performance.now();
  slider.value = String(value);
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  await frame();
  await frame();
  return performance.now() - start;
}"""


def pyvis_page(articles: Sequence[Extraction]) -> str:
    """Return the graph as pyvis draws it when nothing is set; an edge for each line."""
    found = view(articles, ontologies.load())
    network = Network(cdn_resources="in_line")
    ends = {end for line in found.lines for end in (line.start, line.end)}
    for node in sorted(ends):
        network.add_node(node, label=found.nodes[node].name)
    for line in found.lines:
        network.add_edge(line.start, line.end)
    return str(network.generate_html())


def plain_page(articles: Sequence[Extraction], *, drawn_only: bool) -> str:
    """Return the graph on vis-network alone, where our page puts it."""
    found = view(articles, ontologies.load())
    lines = sure(found)
    everything = drawing.draw(found, found.lines, range(len(found.lines)))
    first = drawing.draw(found, lines, drawing.opening(found, lines))
    picture = first if drawn_only else everything
    kept = {edge.line for edge in picture.edges}
    data = {
        "nodes": [
            {"id": n.node, "label": found.nodes[n.node].name, "x": n.x, "y": n.y, "shape": "dot"}
            for n in picture.nodes
        ],
        "edges": [
            {"from": line.start, "to": line.end, "arrows": "to"}
            for i, line in enumerate(found.lines)
            if i in kept
        ],
    }
    return PLAIN.format(library=library(), data=json.dumps(data).replace("<", "\\u003c"))


def our_page(articles: Sequence[Extraction]) -> str:
    """Return our page."""
    return html.page(articles, ontology=ontologies.load())


def opened(browser: Browser, page: str, events: Sequence[str], patience: float) -> dict[str, float]:
    """Return seconds to each event; one that has not come within `patience` seconds is missing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(page, encoding="utf-8")
        context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
        tab = context.new_page()
        tab.set_default_timeout(patience * 1000)
        tab.add_init_script(WATCH)
        tab.goto(path.as_uri(), wait_until="commit")
        seen: dict[str, float] = {}
        end = time.monotonic() + patience
        while time.monotonic() < end and not all(event in seen for event in events):
            # Asked through the debugger, since the page's policy lets no text be run; a busy page
            # does not answer at all.
            with suppress(TooLong):
                seen = tab.evaluate("() => window.seen ?? {}")
            time.sleep(0.05)
        context.close()
    return {event: seen[event] / 1000 for event in events if event in seen}


def steps(browser: Browser, page: str, most: int = 12) -> list[float]:
    """Return the seconds that steps of the time slider take."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(page, encoding="utf-8")
        context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
        tab = context.new_page()
        tab.goto(path.as_uri(), wait_until="load")
        level = tab.locator("#level")
        if level.is_visible():
            level.fill(level.get_attribute("max") or "1")
        last = int(tab.locator("#timeFrom").get_attribute("max") or 1)
        values = [*range(1, last + 1)][:most]
        found = [float(tab.evaluate(STEP, value)) / 1000 for value in values]
        context.close()
    return found


def figure(values: Sequence[float]) -> str:
    """Return median and greatest value in words."""
    return f"{statistics.median(values):7.2f} s (at most {max(values):.2f} s)"


def ratio(name: str, one: Sequence[float], other: Sequence[float]) -> None:
    """Print how many times longer `one` takes than `other`, round by round."""
    shares = [a / b for a, b in zip(one, other, strict=True)]
    print(f"  {name:46} {statistics.median(shares):7.2f} times")


def main() -> None:
    """Print all figures."""
    from networks import network

    parser = argparse.ArgumentParser(description="Measure the network page in a browser.")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each page")
    parser.add_argument("--small", type=int, default=500, help="entities against pyvis")
    parser.add_argument("--middle", type=int, default=1_000, help="entities against plain pages")
    parser.add_argument("--large", type=int, default=50_000, help="statements of the largest page")
    parser.add_argument("--patience", type=float, default=120, help="seconds to wait for pyvis")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        opened(browser, our_page(network(20, 40)), ["drawn"], 60)  # fills the caches
        _against_pyvis(browser, network(options.small, 3 * options.small), options)
        _against_plain(browser, network(options.middle, 5 * options.middle), options)
        _large(browser, network(options.large // 5, options.large))
        browser.close()


def _timed(
    browser: Browser, makers: dict[str, Callable[[], str]], rounds: int
) -> dict[str, list[float]]:
    pages = {name: make() for name, make in makers.items()}
    found: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(rounds):
        for name, page in pages.items():
            found[name].append(opened(browser, page, ["drawn"], 120)["drawn"])
    return found


def _against_pyvis(
    browser: Browser, articles: Sequence[Extraction], options: argparse.Namespace
) -> None:
    print(f"{len(view(articles, ontologies.load()).nodes):,} entities, first picture")
    ours = _timed(browser, {"ours": lambda: our_page(articles)}, options.rounds)["ours"]
    print(f"  {'ours':46} {figure(ours)}")
    theirs = opened(browser, pyvis_page(articles), ["shown", "stable"], options.patience)
    for event, name in (("shown", "pyvis, first picture"), ("stable", "pyvis, stable picture")):
        took = theirs.get(event, options.patience)
        sign = "" if event in theirs else "more than "
        print(f"  {name:46} {sign}{took:7.2f} s, {sign}{took / statistics.median(ours):.0f} times")


def _against_plain(
    browser: Browser, articles: Sequence[Extraction], options: argparse.Namespace
) -> None:
    start = time.process_time()
    page = our_page(articles)
    took = time.process_time() - start
    told = sum(len(a.statements) for a in articles)
    print(f"{options.middle:,} entities, {told:,} statements")
    print(f"  {'made in, CPU time':46} {took:7.2f} s")
    print(f"  {'size':46} {len(page.encode()) / 1e6:7.2f} MB")
    found = _timed(
        browser,
        {
            "ours": lambda: page,
            "plain, all lines": lambda: plain_page(articles, drawn_only=False),
            "plain, the lines that ours draws": lambda: plain_page(articles, drawn_only=True),
        },
        options.rounds,
    )
    for name, times in found.items():
        print(f"  {name:46} {figure(times)}")
    for name in list(found)[1:]:
        ratio(f"ours to {name}", found["ours"], found[name])
    print(f"  {'slider, one step, all drawn lines shown':46} {figure(steps(browser, page))}")


def _large(browser: Browser, articles: Sequence[Extraction]) -> None:
    start = time.process_time()
    page = our_page(articles)
    took = time.process_time() - start
    print(f"{sum(len(a.statements) for a in articles):,} statements")
    print(f"  {'made in, CPU time':46} {took:7.2f} s")
    print(f"  {'size':46} {len(page.encode()) / 1e6:7.2f} MB")
    print(f"  {'first picture':46} {opened(browser, page, ['drawn'], 120)['drawn']:7.2f} s")
    print(f"  {'slider, one step':46} {figure(steps(browser, page, 5))}")


if __name__ == "__main__":
    main()
