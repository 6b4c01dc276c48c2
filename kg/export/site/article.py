"""The page of an article: its text with the evidence marked, its statements, and its network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kg.export.html.gathering import view
from kg.export.html.lines import sure
from kg.export.html.model import Line, View
from kg.export.site.cards import card
from kg.export.site.content import Part
from kg.export.site.marking import Stretch, hard_wrapped, marked, paragraphs
from kg.export.site.pages import Renderer, name_address
from kg.export.site.picture import full, picture, strongest
from kg.records import Extraction, Mention, Span

DRAWN = 24  # most entities in the picture; chosen, not measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A line of the picture, with (words such as "supports", numbers of the statements)."""

    line: Line
    doings: tuple[tuple[str, tuple[int, ...]], ...]


def article_page(
    renderer: Renderer, extraction: Extraction, *, file: str, names: Mapping[str, str]
) -> str:
    """Return the page of an article.

    Args:
        renderer: renders templates.
        extraction: the records of the article.
        file: file name of the page, without suffix.
        names: file names of the pages of entities in the article, by identifier.
    """
    ontology = renderer.ontology
    own = view([extraction], ontology)
    part = Part(view=own, names=names, articles=(file,), places={})
    told = _by_place(own)
    cards = [card(own, ontology, [n]).told[0] for n in told]
    drawn = full(sure(own))
    nodes = strongest(drawn, DRAWN)
    lines = [line for line in drawn if nodes >= {line.start, line.end}]
    anchors = {_key(line): f"c{i}" for i, line in enumerate(lines, 1)}
    drawing = picture(
        own,
        lines,
        node_link=lambda node: name_address(part, own.nodes[node].id, "../"),
        line_link=lambda line: f"#{anchors[_key(line)]}",
    )
    named = {mention.entity.id for mention in extraction.mentions}
    return renderer.render(
        "article",
        part,
        root="../",
        own=own,
        article=extraction.article,
        source=own.sources[0],
        paragraphs=_text(renderer, part, extraction, told),
        wrapped=hard_wrapped(extraction.article.text[extraction.article.body :]),
        cards=cards,
        drawing=drawing,
        connections=_connections(renderer, own, lines, anchors, told),
        named=sorted(
            (i for i, node in enumerate(own.nodes) if node.id in named),
            key=lambda i: (own.nodes[i].kind, -own.nodes[i].weight, own.nodes[i].name),
        ),
    )


def _by_place(own: View) -> list[int]:
    """Return the indexes of the statements in text order; the page numbers them from 1."""

    def place(number: int) -> tuple[int, int, str]:
        telling = own.tellings[number]
        return telling.quote.start, telling.quote.end, telling.id

    return sorted(range(len(own.tellings)), key=place)


def _key(line: Line) -> tuple[int, int, str]:
    return line.start, line.end, line.way


def _connections(
    renderer: Renderer,
    own: View,
    lines: Sequence[Line],
    anchors: Mapping[tuple[int, int, str], str],
    told: Sequence[int],
) -> list[tuple[str, Connection]]:
    places = {number: place for place, number in enumerate(told, 1)}
    found = []
    for line in sorted(lines, key=lambda li: (-li.weight, li.start, li.end)):
        doings: dict[str, list[int]] = {}
        for number in line.told:
            words = renderer.wording.done(own, own.tellings[number], line.end)
            doings.setdefault(words, []).append(places[number])
        connection = Connection(
            line=line, doings=tuple((words, tuple(sorted(at))) for words, at in doings.items())
        )
        found.append((anchors[_key(line)], connection))
    return found


def _text(
    renderer: Renderer, part: Part, extraction: Extraction, told: Sequence[int]
) -> list[Markup]:
    """Return the HTML of the paragraphs, with evidence and triggers marked and names linked."""
    text = extraction.article.text
    statements = sorted(
        extraction.statements, key=lambda s: (s.evidence.span.start, s.evidence.span.end, s.id)
    )
    assert len(statements) == len(told)
    spans = [s.evidence.span for s in statements]
    label = str(renderer.words.texts["toStatement"])
    stretches = [
        Stretch(
            start=span.start,
            end=span.end,
            opening=Markup(f'<mark class="evidence" id="e{n}">'),
            again=Markup('<mark class="evidence">'),
            closing=Markup("</mark>"),
            tail=Markup('<sup><a href="#s{}" aria-label="{}">{}</a></sup>').format(
                n, label.format(n=n), n
            ),
            rank=n,
        )
        for n, span in enumerate(spans, 1)
    ]
    stretches += [
        Stretch(
            start=trigger.start,
            end=trigger.end,
            opening=Markup('<b class="trigger">'),
            again=Markup('<b class="trigger">'),
            closing=Markup("</b>"),
        )
        for trigger in sorted({s.evidence.trigger for s in statements})
    ]
    for mention in _linkable(extraction.mentions, spans):
        address = name_address(part, mention.entity.id, "../")
        if address:
            opening = Markup('<a class="name" href="{}">').format(address)
            stretches.append(
                Stretch(
                    start=mention.span.start,
                    end=mention.span.end,
                    opening=opening,
                    again=opening,
                    closing=Markup("</a>"),
                )
            )
    start = min([extraction.article.body, *(text.rfind("\n", 0, s.start) + 1 for s in spans)])
    return [marked(text, a, b, stretches) for a, b in paragraphs(text, start, len(text))]


def _linkable(mentions: Sequence[Mention], spans: Sequence[Span]) -> list[Mention]:
    """Return the mentions by name that become links: disjoint, and not cut by an evidence span."""
    kept: list[Mention] = []
    named = (m for m in mentions if m.how == "name")
    for mention in sorted(named, key=lambda m: (m.span.start, -m.span.end, m.entity.id)):
        at = mention.span
        if kept and kept[-1].span.overlaps(at):
            continue
        ends = [s for s in spans if at.start < s.end <= at.end]
        if any(s.end < at.end or s.start > at.start for s in ends):
            continue
        kept.append(mention)
    return kept
