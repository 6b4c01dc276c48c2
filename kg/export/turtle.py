"""Turtle for people to read: articles, entities, then statements, each told in a sentence above it.

Graphs are merged; N-Quads and TriG keep them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain

from kg.export.files import Target, opened
from kg.export.reifiers import reifiers
from kg.export.syntax import (
    Memory,
    Spelling,
    Triples,
    comment,
    grouped,
    line_of,
    uncollected,
    value_of,
)
from kg.rdf import vocabulary as v
from kg.store import Store

_SECTIONS = ("Articles", "Entities", "Positions", "Statements", "Acts", "Mentions", "Terms")
_FAMILIES = {
    "article": "Articles",
    "run": "Articles",
    "membership": "Positions",
    "role": "Positions",
    "statement": "Statements",
    "act": "Acts",
    "mention": "Mentions",
}
_TITLE, _RELATION = str(v.term("title")), str(v.term("relation"))
_ATTRIBUTION, _MEMBER, _ORGANIZATION = map(str, (v.QUALIFIED_ATTRIBUTION, v.MEMBER, v.ORGANIZATION))
_LABEL = str(v.LABEL)
_LABELS = (str(v.PREF_LABEL), _LABEL)


def write(store: Store, target: Target, **options: object) -> None:
    """Write the store as Turtle; option `rdf12` adds reifiers."""
    with uncollected():
        _write(store, target, options)


def _write(store: Store, target: Target, options: Mapping[str, object]) -> None:
    triples = grouped(chain(store.lines(), map(line_of, reifiers(store, options))))
    spelling = Spelling(store.base)
    sections: dict[str, list[str]] = {name: [] for name in _SECTIONS}
    for subject in sorted(triples, key=value_of):
        family = _family(subject, store.base)
        other = "Entities" if family else "Terms"
        sections[_FAMILIES.get(family, other)].append(subject)
    names = Memory(partial(_name, triples))
    with opened(target) as stream:
        stream.write(spelling.header())
        for name, subjects in sections.items():
            if subjects:
                stream.write(f"\n# --- {name} ---\n")
            if name == "Statements":
                stream.writelines(_statements(triples, subjects, spelling))
                continue
            for subject in subjects:
                stream.write("\n")
                if words := _held(triples[subject], names):
                    stream.write(comment(words))
                stream.writelines(spelling.block(subject, triples[subject]))


def _family(subject: str, base: str) -> str:
    """Return the first part of an identifier, or nothing where it is not under the base."""
    start = f"<{base}"
    return subject[len(start) : -1].partition("/")[0] if subject.startswith(start) else ""


def _statements(triples: Triples, subjects: Iterable[str], spelling: Spelling) -> Iterator[str]:
    """Yield each statement below a comment that tells it in words, its speakers after it."""
    written: set[str] = set()
    rest: list[str] = []
    for subject in subjects:
        values = triples[subject]
        if _RELATION not in values:
            rest.append(subject)
            continue
        yield "\n"
        yield comment(" ".join(value_of(label) for label in values.get(_LABEL, ())))
        for node in (subject, *values.get(_ATTRIBUTION, ())):
            if node in triples and node not in written:
                written.add(node)
                yield from spelling.block(node, triples[node])
    for subject in rest:
        if subject not in written:
            yield from spelling.block(subject, triples[subject])


def _held(values: Mapping[str, list[str]], names: Memory) -> str:
    """Return a membership in words, such as "Ana Quispe: President, Peru"; else nothing."""
    holders, titles = values.get(_MEMBER), values.get(_TITLE)
    if not holders or not titles:
        return ""
    parts = [value_of(title) for title in titles]
    parts += [names[body] for body in values.get(_ORGANIZATION, [])]
    return f"{', '.join([names[holder] for holder in holders])}: {', '.join(parts)}"


def _name(triples: Triples, node: str) -> str:
    if node.startswith('"'):
        return value_of(node)
    for label in _LABELS:
        for value in triples.get(node, {}).get(label, ()):
            return value_of(value)
    return value_of(node).rpartition("/")[2]
