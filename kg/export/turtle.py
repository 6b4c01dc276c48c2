"""Turtle for people to read: articles, entities, then statements, each with its evidence below it.

Graphs are merged; N-Quads and TriG keep them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain

import pyoxigraph as ox

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

_SECTIONS = ("Articles", "Entities", "Positions", "Statements", "Mentions", "Terms")
_FAMILIES = {
    "article": "Articles",
    "run": "Articles",
    "membership": "Positions",
    "role": "Positions",
    "statement": "Statements",
    "evidence": "Statements",
    "mention": "Mentions",
}
_EVIDENCE, _TITLE, _MODALITY, _POLARITY, _NEGATED = (
    str(v.term(name)) for name in ("evidence", "title", "modality", "polarity", "negated")
)
_ROLES = tuple(str(v.term(name)) for name in ("agent", "relation", "target", "about"))
_ATTRIBUTION, _MEMBER, _ORGANIZATION = map(str, (v.QUALIFIED_ATTRIBUTION, v.MEMBER, v.ORGANIZATION))
_LABELS = (str(v.PREF_LABEL), str(v.LABEL))


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
                stream.writelines(_statements(triples, names, subjects, spelling))
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


def _statements(
    triples: Triples, names: Memory, subjects: Iterable[str], spelling: Spelling
) -> Iterator[str]:
    """Yield each statement with a comment that says it in words, and its evidence after it."""
    written: set[str] = set()
    rest: list[str] = []
    for subject in subjects:
        evidences = triples[subject].get(_EVIDENCE)
        if evidences is None:
            rest.append(subject)
            continue
        yield "\n"
        yield comment(_in_words(triples, names, subject))
        yield from spelling.block(subject, triples[subject])
        for evidence in evidences:
            if not evidence.startswith("<") or evidence not in triples:
                continue
            for node in (evidence, *triples[evidence].get(_ATTRIBUTION, ())):
                if node.startswith("<") and node not in written:
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


def _in_words(triples: Triples, names: Memory, statement: str) -> str:
    values = triples[statement]
    agents, relation, targets, about = (
        ", ".join([names[value] for value in values.get(role, ())]) for role in _ROLES
    )
    words = f"{agents} {relation} {targets}".rstrip() + (f" about {about}" if about else "")
    ways = {_way(triples, node) for node in values[_EVIDENCE]}
    return words if ways == {"actual"} else f"{words} ({', '.join(sorted(ways))})"


def _way(triples: Triples, evidence: str) -> str:
    """Return modality and polarity in words, such as `planned` or `actual but negated`."""
    if not evidence.startswith("<") or evidence not in triples:
        return ""
    modality = v.local(ox.NamedNode(value_of(triples[evidence][_MODALITY][0])))
    negated = _NEGATED in triples[evidence][_POLARITY]
    return f"{modality} but negated" if negated else modality


def _name(triples: Triples, node: str) -> str:
    if node.startswith('"'):
        return value_of(node)
    for label in _LABELS:
        for value in triples.get(node, {}).get(label, ()):
            return value_of(value)
    return value_of(node).rpartition("/")[2]
