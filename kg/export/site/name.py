"""The pages of an entity: its class and positions, its network, and all its statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.export.html.lines import FLOOR
from kg.export.html.model import Line
from kg.export.site import addresses
from kg.export.site.cards import REMARKS, Card, card
from kg.export.site.content import Content, Part
from kg.export.site.joining import doings, lines_among, lines_of, neighbours
from kg.export.site.pages import Renderer, chunks, name_address, paging
from kg.export.site.picture import Drawing, picture, strongest

# Chosen, not measured.
AROUND = 22  # most entities in the picture
PER_PAGE = 120  # acts on a page
MOST_NAMED = 60  # neighbours and articles listed

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
    """An entity joined with this one by lines.

    Attributes:
        node: its index.
        forth: words for what this entity does to or with it.
        back: words for what it does to this entity.
        weight: number of statements.
    """

    node: int
    forth: tuple[str, ...]
    back: tuple[str, ...]
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The acts on this page in which the entity has one role.

    Attributes:
        role: the role, one of `SECTIONS`.
        total: number of all such acts, also on other pages.
        told: indexes of the statements of each act.
    """

    role: str
    total: int
    told: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The content of one page of an entity.

    Attributes:
        file: file name of the first page, without suffix.
        number, of: number of this page and of all.
        part: statements, entities and articles of the page; all indexes below refer to it.
        node: index of the entity.
        acts: number of its acts, without mere remarks.
        sections: its acts by role.
        lines: lines of the picture; empty except on the first page.
        neighbours, all_neighbours: the strongest neighbours, and the number of all; empty except on
            the first page.
        naming, all_naming: the newest articles that name it, and the number of all; the former
            empty except on the first page.
    """

    file: str
    number: int
    of: int
    part: Part
    node: int
    acts: int
    sections: tuple[Section, ...]
    lines: tuple[Line, ...]
    neighbours: tuple[Neighbour, ...]
    all_neighbours: int
    naming: tuple[int, ...]
    all_naming: int


def profiles(content: Content, node: int) -> Iterator[Profile]:
    """Yield the content of each page of an entity."""
    file, all_acts, identifier = next(
        content.shelf.rows("SELECT file, acts, id FROM entity WHERE n = ?", node)
    )
    acts = {role: _ordered(content, node, role) for role, _ in SECTIONS}
    items = [(role, told) for role, _ in SECTIONS for told in acts[role]]
    all_naming = content.shelf.value("SELECT count(*) FROM naming WHERE id = ?", identifier)
    pages = chunks(items, PER_PAGE)
    for number, shown in enumerate(pages, 1):
        near: list[tuple[int, int]] = []
        lines: list[Line] = []
        naming: list[int] = []
        if number == 1:
            near = neighbours(content, node)
            around = strongest(lines_of(content, node), AROUND, middle=node)
            lines = lines_among(content, around)
            naming = _naming(content, identifier)
        best = near[:MOST_NAMED]
        part, numbers = content.part(
            (n for _, told in shown for n in told),
            nodes={*(n for n, _ in best), *(n for line in lines for n in (line.start, line.end))},
            sources=naming,
            whole=node,
        )
        done = doings(content, node, [other for other, _ in best])
        sections: dict[str, list[tuple[int, ...]]] = {}
        for role, told in shown:
            sections.setdefault(role, []).append(tuple(numbers.tellings[n] for n in told))
        yield Profile(
            file=file,
            number=number,
            of=len(pages),
            part=part,
            node=numbers.nodes[node],
            acts=all_acts,
            sections=tuple(
                Section(role=role, total=len(acts[role]), told=tuple(told))
                for role, told in sections.items()
            ),
            lines=tuple(map(numbers.line, lines)),
            neighbours=tuple(
                Neighbour(
                    node=numbers.nodes[other],
                    forth=done[other][0],
                    back=done[other][1],
                    weight=weight,
                )
                for other, weight in best
            ),
            all_neighbours=len(near),
            naming=tuple(numbers.sources[n] for n in naming),
            all_naming=all_naming,
        )


def _ordered(content: Content, node: int, role: str) -> list[list[int]]:
    """Return statements grouped by act, the newest first; acts below `FLOOR` come last."""
    query = (
        "SELECT n, act, confidence FROM role JOIN telling ON n = telling"
        " WHERE node = ? AND role = ? ORDER BY n"
    )
    acts: dict[int, list[int]] = {}
    sure: set[int] = set()
    for n, act, confidence in content.shelf.rows(query, node, role):
        acts.setdefault(act, []).append(n)
        if confidence >= FLOOR:
            sure.add(act)
    newest = reversed(acts)
    return [acts[act] for act in sorted(newest, key=lambda act: act not in sure)]


def _naming(content: Content, identifier: str) -> list[int]:
    query = (
        "SELECT n FROM naming JOIN source ON n = source WHERE naming.id = ? ORDER BY rank LIMIT ?"
    )
    return [n for (n,) in content.shelf.rows(query, identifier, MOST_NAMED)]


def name_page(renderer: Renderer, profile: Profile) -> str:
    """Return the HTML of a page of an entity."""
    part, first = profile.part, profile.number == 1
    headings = {role: str(renderer.words.texts[text]) for role, text in SECTIONS}
    sections: list[tuple[str, str, int, list[Card]]] = [
        (
            section.role,
            headings[section.role],
            section.total,
            [card(part.view, renderer.ontology, told) for told in section.told],
        )
        for section in profile.sections
    ]
    return renderer.render(
        "name",
        part,
        root="../",
        node=profile.node,
        acts=profile.acts,
        first=first,
        drawing=_drawing(part, profile.lines, profile.node) if first else None,
        neighbours=profile.neighbours,
        all_neighbours=profile.all_neighbours,
        naming=profile.naming,
        all_naming=profile.all_naming,
        sections=sections,
        number=profile.number,
        of=profile.of,
        paging=paging(profile.file, profile.number, profile.of),
    )


def file_of(profile: Profile) -> str:
    """Return the file name of a page."""
    return addresses.page(profile.file, profile.number)


def _drawing(part: Part, lines: Sequence[Line], node: int) -> Drawing:
    nodes = part.view.nodes
    return picture(
        part.view,
        lines,
        node_link=lambda n: "" if n == node else name_address(part, nodes[n].id, "../"),
        line_link=lambda line: "",
        middle=node,
    )
