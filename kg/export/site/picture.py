"""Draws a network as SVG with links, without JavaScript; the style sheet has the colours."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kg.export.html import colours
from kg.export.html.drawing import DASHES, draw
from kg.export.html.model import Line, Term, View

OUTLINES = {
    "square": "-7,-7 7,-7 7,7 -7,7",
    "diamond": "0,-8.5 8.5,0 0,8.5 -8.5,0",
    "triangle": "0,-7.5 8,6.5 -8,6.5",
    "triangleDown": "-8,-6.5 8,-6.5 0,7.5",
    "star": "0,-9 2.4,-2.8 9,-2.6 3.8,1.6 5.6,8.2 0,4.5 -5.6,8.2 -3.8,1.6 -9,-2.6 -2.4,-2.8",
    "hexagon": "-4.2,-7.3 4.2,-7.3 8.4,0 4.2,7.3 -4.2,7.3 -8.4,0",
}
SIGNS = {
    "negated": "M-3 -3 L3 3 M3 -3 L-3 3",
    "partly": "M-3 3 L3 -3",
    "disputed": "M-4 -1.6 H4 M-4 1.6 H4 M2 -4.5 L-2 4.5",
}
# Chosen by looking at pictures, not measured.
WIDER = 1.35  # factor by which a picture is stretched horizontally
LABEL = 24  # most characters of a label
_CHARACTER = 6.9  # assumed width of a character of a label in pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A drawn network.

    Attributes:
        svg: the SVG element; empty without lines.
        nodes: indexes of the drawn nodes, those with most connections first.
        lines: the drawn lines, strongest first.
        width: width in pixels at which labels have the size of the text of the page.
    """

    svg: Markup
    nodes: tuple[int, ...]
    lines: tuple[Line, ...]
    width: int


def glyph(kind: Term) -> Markup:
    """Return the symbol of a class as a small SVG."""
    size = 'width="13" height="13" viewBox="-9 -9 18 18"'
    return Markup(f'<svg class="glyph" {size} aria-hidden="true">{{}}</svg>').format(
        _shape(kind.shape, kind.colour)
    )


def _shape(name: str, colour: str, transform: str = "") -> Markup:
    """Return a shape centred on the origin, in two colours of which the style sheet hides one."""
    outline = OUTLINES.get(name)
    element = f'polygon points="{outline}"' if outline else 'circle r="7.5"'
    moved = f' transform="{transform}"' if transform else ""
    light, dark = colours.on_light(colour), colours.on_dark(colour)
    if light == dark:
        return Markup(f'<{element}{moved} fill="{light}"/>')
    return Markup(
        f'<{element}{moved} class="day" fill="{light}"/>'
        f'<{element}{moved} class="night" fill="{dark}"/>'
    )


def stroke(look: str) -> Markup:
    """Return a sample of a line for the legend; `look` is a modality, a mark, or `light`."""
    dashes = " ".join(map(str, DASHES.get(look, ())))
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    sign = _sign(look, 17, 0) if look in SIGNS else ""
    size = 'width="34" height="18" viewBox="0 -9 34 18"'
    return Markup(
        f'<svg class="network sample" {size} aria-hidden="true">'
        f'<g class="line {look}"><path d="M0 0 H34" stroke-width="1.6"{dashed}/>{sign}</g></svg>'
    )


def strongest(lines: Iterable[Line], most: int, *, middle: int = -1) -> set[int]:
    """Return the `most` entities with the strongest lines, always with `middle`."""
    degree: Counter[int] = Counter()
    for line in lines:
        degree[line.start] += line.acts + 2 * line.again
        degree[line.end] += line.acts + 2 * line.again
    return set(sorted(degree, key=lambda n: (n != middle, -degree[n], n))[:most])


def among(lines: Sequence[Sequence[Line]], nodes: Collection[int]) -> list[Line]:
    """Return the lines between any two of some entities; `lines` are indexed by start."""
    kept = set(nodes)
    return [line for node in sorted(kept) for line in lines[node] if line.end in kept]


def full(lines: Iterable[Line]) -> list[Line]:
    """Return the lines that are drawn: those with statements, and not pale."""
    return [line for line in lines if line.told and not line.light]


def picture(
    view: View,
    lines: Collection[Line],
    *,
    node_link: Callable[[int], str],
    line_link: Callable[[Line], str],
    middle: int = -1,
) -> Drawing:
    """Return the drawing of some lines of a view.

    Args:
        view: the view of the lines.
        lines: the lines to draw, with the entities at their ends.
        node_link: returns the URL to link from an entity; "" for none.
        line_link: returns the URL to link from a line; "" for none.
        middle: index of an entity to highlight; -1 for none.
    """
    part = list(lines)
    drawn = draw(view, part, range(len(part)))
    if not drawn.edges:
        return Drawing(svg=Markup(""), nodes=(), lines=(), width=0)
    at = {n.node: (round(n.x * WIDER), n.y, min(n.size, 20.0)) for n in drawn.nodes}
    strokes = [_stroke(part[e.line], at, e.width, e.bend, line_link) for e in reversed(drawn.edges)]
    marks = [_entity(view, n.node, at[n.node], node_link, middle) for n in reversed(drawn.nodes)]
    half = {n: max(20.0, len(_short(view.nodes[n].name)) * _CHARACTER / 2) for n in at}
    left = min(x - half[n] for n, (x, _, _) in at.items()) - 12
    right = max(x + half[n] for n, (x, _, _) in at.items()) + 12
    top = min(y - size for _, y, size in at.values()) - 12
    bottom = max(y + size for _, y, size in at.values()) + 28
    box = (math.floor(left), math.floor(top), math.ceil(right - left), math.ceil(bottom - top))
    svg = Markup(
        '<svg class="network" viewBox="{} {} {} {}" width="{}" height="{}" aria-hidden="true">'
        "{}<g>{}</g><g>{}</g></svg>"
    ).format(*box, *box[2:], _HEADS, Markup("").join(strokes), Markup("").join(marks))
    return Drawing(
        svg=svg,
        nodes=tuple(n.node for n in drawn.nodes),
        lines=tuple(part[e.line] for e in drawn.edges),
        width=box[2],
    )


def _head(name: str) -> str:
    return (
        f'<marker id="head{name}" class="head{name}" viewBox="0 0 10 10" refX="9" refY="5" '
        'markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto">'
        '<path d="M0 1 L10 5 L0 9 z"/></marker>'
    )


_HEADS = Markup(
    "<defs>" + "".join(map(_head, ("", "-light", "-negated", "-partly", "-disputed"))) + "</defs>"
)


def _stroke(
    line: Line,
    at: dict[int, tuple[int, int, float]],
    width: float,
    bent: float,
    link: Callable[[Line], str],
) -> Markup:
    (x1, y1, size1), (x2, y2, size2) = at[line.start], at[line.end]
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    bend = 0.93 * bent * length
    cx, cy = (x1 + x2) / 2 - uy * bend, (y1 + y2) / 2 + ux * bend
    start, end = _towards(x1, y1, cx, cy, size1 + 2), _towards(x2, y2, cx, cy, size2 + 4)
    path = f"M{start[0]:.1f} {start[1]:.1f} Q{cx:.1f} {cy:.1f} {end[0]:.1f} {end[1]:.1f}"
    look = line.mark or ("light" if line.light else "")
    head = f' marker-end="url(#head{f"-{look}" if look else ""})"' if line.directed else ""
    dashes = " ".join(f"{n}" for n in DASHES.get(line.modality, ()))
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    address = link(line)
    wider = f'<path class="hit" d="{path}"/>' if address else ""
    drawn = Markup(f'{wider}<path d="{path}" stroke-width="{width}"{dashed}{head}/>')
    if line.mark:
        mx, my = (x1 + 2 * cx + x2) / 4, (y1 + 2 * cy + y2) / 4
        drawn += _sign(line.mark, mx, my)
    return _linked(drawn, f"line {look}".strip(), address)


def _sign(mark: str, x: float, y: float) -> Markup:
    return Markup(
        f'<g class="sign" transform="translate({x:.1f} {y:.1f})">'
        f'<circle r="7"/><path d="{SIGNS[mark]}"/></g>'
    )


def _towards(x: float, y: float, to_x: float, to_y: float, by: float) -> tuple[float, float]:
    length = math.hypot(to_x - x, to_y - y) or 1.0
    by = min(by, length * 0.9)
    return x + (to_x - x) / length * by, y + (to_y - y) / length * by


def _entity(
    view: View,
    node: int,
    at: tuple[int, int, float],
    link: Callable[[int], str],
    middle: int,
) -> Markup:
    x, y, size = at
    kind, name = view.kinds[view.nodes[node].kind], view.nodes[node].name
    shape = _shape(kind.shape, kind.colour, f"translate({x} {y}) scale({size / 8.5:.2f})")
    label = Markup('<text x="{}" y="{}">{}</text>').format(x, round(y + size + 14), _short(name))
    return _linked(
        Markup("<title>{}</title>").format(name) + shape + label,
        "node middle" if node == middle else "node",
        link(node),
    )


def _short(name: str) -> str:
    words = " ".join(name.split())
    return words if len(words) <= LABEL else f"{words[: LABEL - 1].rstrip()}…"


def _linked(content: Markup, look: str, address: str) -> Markup:
    if not address:
        return Markup('<g class="{}">{}</g>').format(look, content)
    return Markup('<a class="{}" href="{}" tabindex="-1">{}</a>').format(look, address, content)
