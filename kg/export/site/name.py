"""The pages of one name: what it is, its surroundings, and every statement that concerns it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.export.html.lines import FLOOR
from kg.export.html.model import Line, Telling, View
from kg.export.site import addresses
from kg.export.site.cards import REMARKS, Card, by_act, card, done
from kg.export.site.pages import Renderer, chunks, paging
from kg.export.site.picture import Drawing, among, picture, strongest

AROUND = 22
PER_PAGE = 120
MOST_NAMED = 60

SECTIONS = (
    ("agents", "asAgent"),
    (REMARKS, "asSpeaking"),
    ("targets", "asTarget"),
    ("about", "asAbout"),
    ("where", "asWhere"),
    ("speakers", "asSpeaker"),
    ("outlets", "asOutlet"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Another name that lines join with this one: its number, what is done, statements."""

    node: int
    forth: tuple[str, ...]
    back: tuple[str, ...]
    weight: int


def name_pages(renderer: Renderer, node: int) -> Iterator[tuple[str, str]]:
    """Yield the files of entity `node` with their pages, the first with what the rest belong to."""
    content, view = renderer.content, renderer.view
    file = content.names[view.nodes[node].id]
    concerned = content.roles[node]
    acts = {role: _ordered(view, numbers) for role, numbers in concerned.items()}
    items = [(role, text, told) for role, text in SECTIONS for told in acts.get(role, [])]
    pages = chunks(items, PER_PAGE)
    for number, shown in enumerate(pages, 1):
        sections: list[tuple[str, str, int, list[Card]]] = []
        for role, text, told in shown:
            if not sections or sections[-1][0] != role:
                heading = str(renderer.words.texts[text])
                sections.append((role, heading, len(acts[role]), []))
            sections[-1][3].append(card(view, renderer.ontology, told))
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


def _ordered(view: View, numbers: Sequence[int]) -> list[list[int]]:
    """Return statements by act, the newest first; those that are not sure enough come last."""
    acts = by_act(view, numbers)
    acts.reverse()
    acts.sort(key=lambda told: all(view.tellings[n].confidence < FLOOR for n in told))
    return acts


def _drawing(renderer: Renderer, node: int) -> Drawing:
    view = renderer.view
    nodes = strongest(renderer.lines_of[node], AROUND, middle=node)
    return picture(
        view,
        among(renderer.lines_from, nodes),
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

    def doings(lines: list[Line]) -> tuple[str, ...]:
        words = (
            done(view, renderer.ontology, view.tellings[n], _done_to(view.tellings[n], line))
            for line in lines
            for n in line.told
        )
        return tuple(dict.fromkeys(words))

    neighbours = [
        Neighbour(
            node=other,
            forth=doings(forth),
            back=doings(back),
            weight=len({number for line in (*forth, *back) for number in line.told}),
        )
        for other, (forth, back) in found.items()
    ]
    return sorted(neighbours, key=lambda n: (-n.weight, n.node))


def _done_to(telling: Telling, line: Line) -> int:
    """Return the end of a line that something is done to; a mutual one may be either."""
    return line.start if line.start in telling.targets and not line.directed else line.end
