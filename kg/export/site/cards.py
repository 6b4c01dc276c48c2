"""Statements as the pages show them: the relation in words, quotes in parts, who says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kg.export.html.model import Act, Source, Telling, View
from kg.export.html.passages import Excerpt
from kg.export.html.words import Words, plain_form

_STRENGTH = ("actual", "planned", "proposed", "possible")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a heading: a name (`node` is its number) or words between names."""

    text: str = ""
    node: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An act with some of its tellings.

    Attributes:
        act: its number in the view.
        heading: who does what to whom, in parts.
        denied: all its tellings deny it.
        affirmed, denials: the tellings by polarity.
    """

    act: int
    heading: tuple[Part, ...]
    denied: bool
    affirmed: tuple[Telling, ...]
    denials: tuple[Telling, ...]

    @property
    def differ(self) -> bool:
        """Return whether it is affirmed and denied."""
        return bool(self.affirmed and self.denials)

    @property
    def tellings(self) -> tuple[Telling, ...]:
        """Return all tellings, those that affirm first."""
        return self.affirmed + self.denials


def card(view: View, words: Words, number: int, tellings: Sequence[Telling] = ()) -> Card:
    """Return the card of an act, with all of its tellings or with some."""
    act = view.acts[number]
    shown = tuple(tellings or act.tellings)
    affirmed = tuple(t for t in shown if not t.negated)
    return Card(
        act=number,
        heading=tuple(_heading(view, act, verb(view, words, act, shown), words)),
        denied=not affirmed,
        affirmed=affirmed,
        denials=tuple(t for t in shown if t.negated),
    )


def verb(view: View, words: Words, act: Act, tellings: Sequence[Telling]) -> str:
    """Return the relation as surely as any telling puts it: "proposes", "may not attend"."""
    affirmed = [t for t in tellings if not t.negated]
    told = {t.modality for t in affirmed or tellings}
    forms = words.texts["verb" if affirmed else "verbDenied"]
    form = forms[next(m for m in _STRENGTH if m in told)]
    label = view.relations[act.relation].label
    template: str = form["other" if len(act.agents) > 1 else "one"]
    return template.format(singular=label, plain=plain_form(label))


def _heading(view: View, act: Act, relation: str, words: Words) -> Iterator[Part]:
    about, between = str(words.texts["about"]), str(words.texts["list"])

    def names(nodes: Sequence[int]) -> Iterator[Part]:
        for i, node in enumerate(nodes):
            if i:
                yield Part(text=between if i == len(nodes) - 1 else ", ")
            yield Part(node=node)

    yield from names(act.agents)
    yield Part(text=f" {relation} ")
    if view.relations[act.relation].topical and act.about:
        yield from names(act.about)
        if act.targets:
            yield Part(text=" → ")
            yield from names(act.targets)
        return
    yield from names(act.targets)
    if act.about:
        yield Part(text=f"; {about} " if act.targets else f"{about} ")
        yield from names(act.about)


def quote_parts(source: Source, quote: Excerpt) -> list[tuple[str, str]]:
    """Return a quote as (text, role) in order; role is "" between what is marked.

    Offsets of excerpts count UTF-16 code units.
    """
    passage = next(
        (
            p
            for p in source.passages
            if p.start <= quote.start and quote.end <= p.start + _units(p.text)
        ),
        None,
    )
    if passage is None:
        return []
    if passage.text.isascii():
        text, width = passage.text.encode(), 1
    else:
        text, width = passage.text.encode("utf-16-le", "surrogatepass"), 2

    def between(start: int, end: int) -> str:
        units = text[(start - passage.start) * width : (end - passage.start) * width]
        found = units.decode("ascii" if width == 1 else "utf-16-le", "surrogatepass")
        return " ".join(("|" + found + "|").split())[1:-1]

    parts, at = [], quote.start
    for start, end, role in quote.marks:
        parts += [(between(at, start), ""), (between(start, end), role)]
        at = end
    parts.append((between(at, quote.end), ""))
    return [(words, role) for words, role in parts if words]


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def by_source(view: View) -> list[list[tuple[int, Telling]]]:
    """Return for each article its (act, telling), in order of place; their numbers count from 1."""
    found: list[list[tuple[int, Telling]]] = [[] for _ in view.sources]
    for number, act in enumerate(view.acts):
        for telling in act.tellings:
            found[telling.source].append((number, telling))
    for tellings in found:
        tellings.sort(
            key=lambda item: (item[1].quote.start, item[1].quote.end, view.acts[item[0]].id)
        )
    return found


def roles(view: View) -> list[dict[str, list[int]]]:
    """Return for each entity its acts by role, in order; a role without acts is left out."""
    found: list[dict[str, list[int]]] = [{} for _ in view.nodes]

    def put(node: int, role: str, act: int) -> None:
        acts = found[node].setdefault(role, [])
        if not acts or acts[-1] != act:
            acts.append(act)

    for number, act in enumerate(view.acts):
        for role in ("agents", "targets", "about", "where"):
            for node in getattr(act, role):
                put(node, role, number)
        for telling in act.tellings:
            for node in telling.speakers:
                put(node, "speakers", number)
            for node in telling.outlets:
                put(node, "outlets", number)
    return found


def texts_of(shared: dict[str, Any], own: dict[str, Any]) -> Words:
    """Return the words of the network page together with those of the site."""
    return Words({**shared, **own})
