"""The pages of one name: what it is, its surroundings, and every statement that concerns it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.export.html.model import Line
from kg.export.site import addresses
from kg.export.site.cards import Card, card
from kg.export.site.pages import Renderer, chunks, paging
from kg.export.site.picture import Drawing, among, picture, strongest

AROUND = 22
PER_PAGE = 120
MOST_NAMED = 60

SECTIONS = (
    ("agents", "asAgent"),
    ("targets", "asTarget"),
    ("about", "asAbout"),
    ("where", "asWhere"),
    ("speakers", "asSpeaker"),
    ("outlets", "asOutlet"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Another name that lines join with this one: its number, relations in words, statements."""

    node: int
    forth: tuple[str, ...]
    back: tuple[str, ...]
    weight: int


def name_pages(renderer: Renderer, node: int) -> Iterator[tuple[str, str]]:
    """Yield the files of entity `node` with their pages, the first with what the rest belong to."""
    content, view = renderer.content, renderer.view
    file = content.names[view.nodes[node].id]
    acts = content.roles[node]
    items = [(role, text, act) for role, text in SECTIONS for act in reversed(acts.get(role, ()))]
    pages = chunks(items, PER_PAGE)
    for number, shown in enumerate(pages, 1):
        sections: list[tuple[str, str, int, list[Card]]] = []
        for role, text, act in shown:
            if not sections or sections[-1][0] != role:
                heading = str(renderer.words.texts[text])
                sections.append((role, heading, len(acts[role]), []))
            sections[-1][3].append(card(view, renderer.words, act))
        first = number == 1
        neighbours = _neighbours(renderer, node) if first else []
        page = renderer.render(
            "name",
            root="../",
            node=node,
            first=first,
            drawing=_drawing(renderer, node) if first else None,
            neighbours=neighbours[:MOST_NAMED],
            all_neighbours=len(neighbours),
            naming=content.naming[node][:MOST_NAMED] if first else [],
            all_naming=len(content.naming[node]),
            sections=sections,
            number=number,
            of=len(pages),
            paging=paging(file, number, len(pages)),
        )
        yield addresses.page(file, number), page


def _drawing(renderer: Renderer, node: int) -> Drawing:
    view = renderer.view
    nodes = strongest(renderer.lines_of[node], AROUND, middle=node)
    return picture(
        view,
        among(renderer.lines, nodes),
        node_link=lambda n: "" if n == node else renderer.name_address(view.nodes[n].id, "../"),
        line_link=lambda line: "",
        middle=node,
    )


def _neighbours(renderer: Renderer, node: int) -> list[Neighbour]:
    """Return what lines join with a node, most told first."""
    view = renderer.view
    found: dict[int, tuple[list[Line], list[Line]]] = {}
    for line in renderer.lines_of[node]:
        other = line.end if line.start == node else line.start
        forth, back = found.setdefault(other, ([], []))
        (forth if line.start == node or not line.directed else back).append(line)

    def labels(lines: list[Line]) -> tuple[str, ...]:
        acts = (view.acts[act] for line in lines for act in line.acts)
        return tuple(dict.fromkeys(view.relations[act.relation].label for act in acts))

    neighbours = [
        Neighbour(
            node=other,
            forth=labels(forth),
            back=labels(back),
            weight=sum(line.weight for line in (*forth, *back)),
        )
        for other, (forth, back) in found.items()
    ]
    return sorted(neighbours, key=lambda n: (-n.weight, n.node))
