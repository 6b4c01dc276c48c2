"""Renders the templates of the site, with the functions that they call."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import quote as percent_encoded

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from kg.errors import ExportError
from kg.export.html import document
from kg.export.html.model import Node, Term, View
from kg.export.html.words import Words
from kg.export.site import addresses
from kg.export.site.cards import Wording, quote_parts
from kg.export.site.content import Part
from kg.export.site.picture import Drawing, glyph, stroke
from kg.ontology import Ontology
from kg.text.controls import whole

TEMPLATES = ("base", "macros", "index", "article", "name", "list")
SCRIPT = "search.js"


def read(name: str) -> str:
    """Return the text of a file of this package, with line feeds as line ends."""
    content = resources.files(__package__ or "").joinpath(name).read_bytes().decode("utf-8")
    return content.replace("\r\n", "\n").replace("\r", "\n")


def words() -> Words:
    """Return the user interface texts of the network page and of the site."""
    return Words({**json.loads(document.read("texts.json")), **json.loads(read("texts.json"))})


def style(theme: str) -> str:
    """Return the style sheet of a theme: auto, light or dark."""
    if theme not in document.THEMES:
        raise ExportError(f"unknown theme {theme!r}", hint=f"one of: {', '.join(document.THEMES)}")
    dark = read("dark.css")
    if theme == "auto":
        dark = f"@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n"
    elif theme == "dark":
        dark = f"@media screen {{\n{dark}}}\n"
    return read("site.css") + ("" if theme == "light" else dark)


def chunks(items: Sequence[Any], size: int) -> list[Sequence[Any]]:
    """Return the items in slices of at most `size`; without items one empty slice."""
    return [items[i : i + size] for i in range(0, max(1, len(items)), size)]


def name_address(part: Part, identifier: str, root: str) -> str:
    """Return the relative URL of an entity's page; "" if it has none."""
    file = part.names.get(identifier)
    return f"{root}names/{file}.html" if file else ""


class Renderer:
    """Renders templates with the values that all pages share."""

    def __init__(self, ontology: Ontology, *, title: str, theme: str, network: bool) -> None:
        """Create the renderer of a site.

        Args:
            ontology: classes and relations.
            title: name of the site.
            theme: `auto`, `light` or `dark`.
            network: whether the site has a page of the whole network.

        Raises:
            ExportError: the theme is unknown.
        """
        self.ontology, self.wording = ontology, Wording(ontology)
        self.words = words()
        self.title = title or str(self.words.texts["title"])
        self.network = network
        self._style = style(theme)
        self._scheme = "light dark" if theme == "auto" else theme
        self._signs: dict[Term, Markup] = {}
        environment = _environment()
        environment.globals |= {"site": self, "texts": self.words.texts, "words": self.words}
        self._environment = environment

    def render(
        self, template: str, part: Part, *, root: str, script: str = "", **values: Any
    ) -> str:
        """Return the HTML of a page; `root` is the relative path to the folder of the overview."""
        policy = "; ".join(
            (
                "default-src 'none'",
                f"script-src {document.fingerprint(script) if script else repr('none')}",
                f"style-src {document.fingerprint(self._style)}",
                "img-src data:",
                "base-uri 'none'",
                "form-action 'none'",
            )
        )
        page = self._environment.get_template(template).render(
            part=part,
            root=root,
            policy=policy,
            scheme=self._scheme,
            style=document.inline(self._style),
            script=document.inline(script),
            **values,
        )
        return whole(page)

    # Functions for the templates

    def glyph(self, view: View, node: int) -> Markup:
        """Return the symbol of an entity's class."""
        kind = view.kinds[view.nodes[node].kind]
        if kind not in self._signs:
            self._signs[kind] = glyph(kind)
        return self._signs[kind]

    def when(self, value: str) -> str:
        """Return an EDTF date or interval in words."""
        first, slash, last = value.partition("/")
        return self.words.interval(first, last) if slash else self.words.date(value)

    def name_address(self, part: Part, identifier: str, root: str) -> str:
        """Return the relative URL of an entity's page; "" if it has none."""
        return name_address(part, identifier, root)

    def article_address(self, part: Part, number: int, root: str) -> str:
        """Return the relative URL of an article's page."""
        return f"{root}articles/{part.articles[number]}.html"

    def original(self, url: str, parts: Sequence[tuple[str, str]] = ()) -> str:
        """Return the URL of the original article, with a text fragment for a quote; "" for none."""
        return addresses.passage_address(url, "".join(text for text, _ in parts))

    def quote(self, source: Any, quote: Any) -> list[tuple[str, str]]:
        """Return a quote as parts (text, role)."""
        return quote_parts(source, quote)

    def percent(self, confidence: float) -> str:
        """Return a confidence in percent, in the words of the texts."""
        return str(self.words.texts["confidence"]).format(n=round(confidence * 100))

    def number(self, value: int) -> str:
        """Return a number with separated thousands."""
        return f"{value:,}"

    def wikidata(self, node: Node) -> str:
        """Return an entity's Wikidata item; "" if it has no valid one."""
        return node.wikidata if re.fullmatch(r"Q[1-9]\d*", node.wikidata, re.ASCII) else ""

    def kinds_in(self, view: View, drawing: Drawing) -> list[tuple[Markup, str]]:
        """Return the legend of a picture's nodes: (symbol, label) of each class."""
        first = {view.nodes[n].kind: n for n in reversed(drawing.nodes)}
        return [(self.glyph(view, first[k]), view.kinds[k].label) for k in sorted(first)]

    def strokes_in(self, drawing: Drawing) -> list[tuple[Markup, str]]:
        """Return the legend of a picture's lines: (sample, meaning) of each kind."""
        found = {line.mark or line.modality for line in drawing.lines}
        found |= {"light" for line in drawing.lines if line.light and not line.mark}
        meanings: Mapping[str, str] = self.words.texts["key"]
        return [(stroke(look), text) for look, text in meanings.items() if look in found]

    def overview_caption(self, drawing: Drawing) -> Markup:
        """Return the caption of the picture on the overview."""
        texts = self.words.texts
        text = texts["overview" if self.network else "overviewNoPage"]
        link = Markup('<a href="network.html">{}</a>').format(texts["wholeNetwork"])
        entities = self.words.count("entities", len(drawing.nodes))
        return Markup.escape(text).format(entities=entities, network=link)

    def article_caption(self, own: View, drawing: Drawing) -> str:
        """Return the caption of the picture on the page of an article."""
        return str(self.words.texts["pictureOf"]).format(
            entities=self.number(len(drawing.nodes)),
            allEntities=self.words.count("entities", len(own.nodes)),
            lines=self.words.count("lines", len(drawing.lines)),
        )

    def name_caption(self, node: Node, drawing: Drawing, neighbours: int) -> Markup:
        """Return the caption of an entity's picture, with a link to the page of the network."""
        shown = len(drawing.nodes) - 1
        text = str(self.words.texts["pictureAroundAll" if shown >= neighbours else "pictureAround"])
        caption = text.format(name=node.name, entities=shown, allEntities=self.number(neighbours))
        if not self.network:
            return Markup.escape(caption)
        here = percent_encoded(node.id, safe="/", errors="replace")
        return Markup(
            '{} <a href="../network.html#entity={}&amp;around={}&amp;hops=1">{}</a>'
        ).format(caption, here, here, self.words.texts["inNetwork"])


def paging(file: str, number: int, of: int) -> list[tuple[int, str]]:
    """Return (number, file) of the first, last and neighbouring pages, for links on a page."""
    shown = sorted({1, of, *range(max(1, number - 2), min(of, number + 2) + 1)})
    return [(n, addresses.page(file, n)) for n in shown] if of > 1 else []


def script_json(value: object) -> Markup:
    """Return `value` as JSON for a script element, which no text in it can close."""
    return document.script_json(value)


def _environment() -> Environment:
    sources = {name: _template(name) for name in TEMPLATES}
    return Environment(
        loader=DictLoader(sources),
        autoescape=True,
        finalize=document.shown,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _template(name: str) -> str:
    return read(f"templates/{name}.html.j2")
