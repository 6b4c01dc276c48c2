"""Turtle for human readers: each statement has a comment above it that says it in a sentence.

All graphs are merged; N-Quads and TriG keep them separate.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain, groupby
from operator import itemgetter

import pyoxigraph as ox

from kg.export.files import Target, opened
from kg.export.reifiers import reifiers
from kg.export.syntax import (
    Memory,
    Predicates,
    Spelling,
    Subject,
    comment,
    line_of,
    subjects,
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


def write(store: Store, target: Target, **options: object) -> None:
    """Write the store as Turtle; the option `rdf12` adds reifiers."""
    with uncollected():
        _write(store, target, options)


def _write(store: Store, target: Target, options: Mapping[str, object]) -> None:
    spelling = Spelling(store.base)
    names = Memory(partial(_name, store))

    def section(subject: str) -> str:
        family = _family(subject, store.base)
        name = _FAMILIES.get(family, "Entities" if family else "Terms")
        return str(_SECTIONS.index(name))

    with opened(target) as stream:
        stream.write(spelling.header())
        lines = chain(store.lines(), map(line_of, reifiers(store, options)))
        for number, found in groupby(subjects(lines, section), key=itemgetter(0)):
            name = _SECTIONS[int(number)]
            stream.write(f"\n# --- {name} ---\n")
            if name == "Statements":
                stream.writelines(_statements(found, spelling))
                continue
            for _, subject, values in found:
                stream.write("\n")
                if words := _held(values, names):
                    stream.write(comment(words))
                stream.writelines(spelling.block(subject, values))


def _family(subject: str, base: str) -> str:
    """Return the first part of a subject's identifier; empty if its IRI is not under the base."""
    start = f"<{base}"
    return subject[len(start) : -1].partition("/")[0] if subject.startswith(start) else ""


def _statements(found: Iterable[Subject], spelling: Spelling) -> Iterator[str]:
    """Yield each statement with a comment above it and its speakers (attributions) below.

    The IRI of an attribution begins with that of its statement, so it follows it in `found`.
    Subjects that belong to no statement come last.
    """
    speakers: dict[str, Predicates | None] = {}
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as rest:
        for _, subject, values in found:
            if subject in speakers:
                speakers[subject] = values
                continue
            yield from _blocks(speakers, spelling)
            speakers = {}
            if _RELATION not in values:
                rest.writelines(spelling.block(subject, values))
                continue
            yield "\n"
            yield comment(" ".join(value_of(label) for label in values.get(_LABEL, ())))
            yield from spelling.block(subject, values)
            speakers = dict.fromkeys(values.get(_ATTRIBUTION, ()))
        yield from _blocks(speakers, spelling)
        rest.seek(0)
        yield from rest


def _blocks(found: Mapping[str, Predicates | None], spelling: Spelling) -> Iterator[str]:
    for subject, values in found.items():
        if values is not None:
            yield from spelling.block(subject, values)


def _held(values: Mapping[str, list[str]], names: Memory) -> str:
    """Return a membership in words, such as "Ana Quispe: President, Peru"; "" for other nodes."""
    holders, titles = values.get(_MEMBER), values.get(_TITLE)
    if not holders or not titles:
        return ""
    parts = [value_of(title) for title in titles]
    parts += [names[body] for body in values.get(_ORGANIZATION, [])]
    return f"{', '.join([names[holder] for holder in holders])}: {', '.join(parts)}"


def _name(store: Store, node: str) -> str:
    if not node.startswith("<"):
        return value_of(node)
    for label in (v.PREF_LABEL, v.LABEL):
        found = [str(quad.object) for quad in store.match(ox.NamedNode(value_of(node)), label)]
        if found:
            return value_of(min(found))
    return value_of(node).rpartition("/")[2]
