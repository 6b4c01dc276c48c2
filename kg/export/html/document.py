"""Renders the network page: data model and vis-network from pyvis, template of our own.

Text from articles is inserted as escaped JSON or escaped text only. The content security policy
allows the two scripts of the page by their hashes and nothing else, so the page cannot run script
hidden in an article and cannot load anything.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import pyvis
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from kg.errors import ExportError
from kg.export.html import colours, drawing
from kg.export.html.data import evidence
from kg.export.html.lines import sure
from kg.export.html.model import View
from kg.export.html.words import Words
from kg.ontology import Ontology
from kg.text.controls import in_order, whole

SCRIPTS = (
    "base.js",
    "tellings.js",
    "filter.js",
    "lines.js",
    "sentences.js",
    "looks.js",
    "fields.js",
    "labels.js",
    "picture.js",
    "cards.js",
    "panel.js",
    "article.js",
    "combobox.js",
    "paths.js",
    "sidebar.js",
    "timeline.js",
    "table.js",
    "turtle.js",
    "drawing.js",
    "saving.js",
    "address.js",
    "start.js",
)
THEMES = ("auto", "light", "dark")
LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"

OPTIONS: Mapping[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "font": {"size": 0}},
    "edges": {
        "arrowStrikethrough": False,
        "selectionWidth": 1.5,
        "hoverWidth": 0.5,
        "smooth": False,
    },
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "keyboard": False,
        "multiselect": False,
        "tooltipDelay": 3600000,
    },
}


def read(name: str) -> str:
    """Return the text of a file of this package, with line feeds as line ends."""
    return _plain(resources.files(__package__ or "").joinpath(name).read_bytes())


def _plain(content: bytes) -> str:
    return content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


@cache
def library() -> str:
    """Return the vis-network script of the installed pyvis, without the link to its source map."""
    try:
        content = resources.files(pyvis).joinpath(LIBRARY).read_bytes()
    except OSError as error:
        raise ExportError(
            "the installed pyvis does not carry vis-network 9.1.2",
            where=LIBRARY,
            hint="install pyvis 0.3.2",
        ) from error
    return re.sub(r"\n//# sourceMappingURL=\S*\s*$", "\n", _plain(content))


def script_json(value: object) -> Markup:
    """Return `value` as JSON for a script element, which no text in it can close."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # Bidi controls are escaped too: they would change the displayed order of the source.
    for character in "<>&\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(whole(text))


def shown(value: object) -> object:
    """Return a template value safe against reordering; see `kg.text.controls.in_order`."""
    if isinstance(value, str):
        return type(value)(in_order(str(value)))
    return value


def inline(code: str) -> Markup:
    """Return a script or style sheet for its element, or raise if it would close the element."""
    if re.search(r"</(script|style)|<!--", code, re.IGNORECASE):
        raise ExportError("a script or style sheet of the page would end its own element")
    return Markup(code)


def fingerprint(code: str) -> str:
    """Return the hash that allows `code` in a content security policy (CSP 3)."""
    digest = hashlib.sha256(code.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


@cache
def _style() -> str:
    """Return the style sheet, with the dark rules for the themes `dark` and `auto`."""
    dark = read("dark.css")
    chosen = dark.replace("THEME", ':root[data-theme="dark"]')
    followed = dark.replace("THEME", ':root[data-theme="auto"]')
    followed = f"@media (prefers-color-scheme: dark) {{\n{followed}}}\n"
    parts = (read("page.css"), read("parts.css"), chosen, followed, read("print.css"))
    return "".join(parts)


def _script() -> str:
    body = "\n".join(read(f"script/{name}") for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{body}}})();\n'


class NetworkPage(Network):  # type: ignore[misc]
    """A pyvis network that renders the template of this package.

    Only the data model of pyvis is used: its own page loads files from the web and would run script
    hidden in names.
    """

    def __init__(
        self,
        view: View,
        words: Words,
        ontology: Ontology,
        *,
        title: str,
        theme: str,
        base: str,
        of: int | None = None,
    ) -> None:
        """Create the network.

        Args:
            view: the content of the page.
            words: its user interface texts.
            ontology: classes and relations.
            title: heading; empty for a general one.
            theme: `auto`, `light` or `dark`.
            base: base IRI of identifiers.
            of: number of all statements, if `view` has only the strongest.
        """
        super().__init__(directed=True, height="100%", width="100%")
        if theme not in THEMES:
            raise ExportError(f"unknown theme {theme!r}", hint=f"one of: {', '.join(THEMES)}")
        self.view, self.words, self.ontology, self.base = view, words, ontology, base
        self.page_title, self.theme, self.of = title, theme, of
        self.options = dict(OPTIONS)
        self.lines = sure(view)
        self.picture = drawing.draw(view, self.lines, drawing.opening(view, self.lines))
        arrows = {"to": {"scaleFactor": self.picture.arrow}}
        self.options["edges"] = {**OPTIONS["edges"], "arrows": arrows}
        for node in self.picture.nodes:
            kind = view.kinds[view.nodes[node.node].kind]
            self.add_node(
                node.node,
                label=view.nodes[node.node].name,
                shape=colours.shape(kind.shape),
                color=colours.on_light(kind.colour),
                size=node.size,
                x=node.x,
                y=node.y,
                group=node.group,
            )
        for edge in self.picture.edges:
            line = self.lines[edge.line]
            self.add_edge(
                line.start,
                line.end,
                id=edge.line,
                arrows="to" if line.directed else "",
                width=edge.width,
                dashes=list(edge.dashes) or False,
                smooth={"type": "curvedCW", "roundness": edge.bend} if edge.bend else False,
            )

    def generate_html(
        self, name: str = "index.html", local: bool = True, notebook: bool = False
    ) -> str:
        """Return the HTML; the arguments of pyvis are ignored."""
        texts, style, script = self.words.texts, _style(), _script()
        policy = "; ".join(
            (
                "default-src 'none'",
                f"script-src {fingerprint(library())} {fingerprint(script)}",
                f"style-src {fingerprint(style)}",
                "img-src data:",
                "connect-src 'none'",
                "base-uri 'none'",
                "form-action 'none'",
            )
        )
        nodes, edges, *_, options = self.get_network_data()
        drawable = [line for line in self.lines if line.told and not line.light]
        ends = {end for line in drawable for end in (line.start, line.end)}
        shown = self.words.shown((len(nodes), len(ends)), (len(edges), len(drawable)))
        self.html = whole(
            _template().render(
                texts=texts,
                title=self.page_title,
                summary=self.words.summary(self.view),
                part=self.words.part(self.view, self.of) if self.of else "",
                shown=shown,
                policy=policy,
                theme=self.theme,
                style=inline(style),
                network=script_json(
                    {"nodes": nodes, "edges": edges, "options": json.loads(options)}
                ),
                evidence=script_json(self._evidence()),
                library=inline(library()),
                script=inline(script),
            )
        )
        return str(self.html)

    def _evidence(self) -> dict[str, Any]:
        whole = drawing.draw(self.view, self.view.lines, range(len(self.view.lines)))
        pictures = (self.picture, whole)
        return evidence(self.view, pictures, self.words.spoken, self.base, self.ontology)


@cache
def _template() -> Any:
    environment = Environment(
        loader=DictLoader({"page": read("template.html.j2")}),
        autoescape=True,
        finalize=shown,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    return environment.get_template("page")
