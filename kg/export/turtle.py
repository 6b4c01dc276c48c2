"""Turtle for people to read: articles, entities, then statements, each with its evidence below it.

Graphs are merged; N-Quads and TriG keep them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import pyoxigraph as ox

from kg.export.files import Target, opened
from kg.export.reifiers import reifiers
from kg.export.syntax import Spelling, Triples, comment, grouped
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


def write(store: Store, target: Target, **options: object) -> None:
    """Write the store as Turtle; option `rdf12` adds reifiers."""
    triples = grouped(chain(store.match(), reifiers(store, options)))
    spelling = Spelling(store.base)
    sections: dict[str, list[ox.NamedNode]] = {name: [] for name in _SECTIONS}
    for subject in sorted(triples, key=lambda node: node.value):
        family = store.names.identifier(subject).partition("/")[0]
        other = "Entities" if family else "Terms"
        sections[_FAMILIES.get(family, other)].append(subject)
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
                if words := _held(triples, subject):
                    stream.write(comment(words))
                stream.writelines(spelling.block(subject, triples[subject]))


def _statements(
    triples: Triples, subjects: Iterable[ox.NamedNode], spelling: Spelling
) -> Iterator[str]:
    """Yield each statement with a comment that says it in words, and its evidence after it."""
    written: set[ox.NamedNode] = set()
    rest: list[ox.NamedNode] = []
    for subject in subjects:
        evidences = triples[subject].get(v.term("evidence"))
        if evidences is None:
            rest.append(subject)
            continue
        yield "\n"
        yield comment(_in_words(triples, subject))
        yield from spelling.block(subject, triples[subject])
        for evidence in evidences:
            if not isinstance(evidence, ox.NamedNode) or evidence not in triples:
                continue
            for node in (evidence, *triples[evidence].get(v.QUALIFIED_ATTRIBUTION, ())):
                if isinstance(node, ox.NamedNode) and node not in written:
                    written.add(node)
                    yield from spelling.block(node, triples[node])
    for subject in rest:
        if subject not in written:
            yield from spelling.block(subject, triples[subject])


def _held(triples: Triples, node: ox.NamedNode) -> str:
    """Return a membership in words, such as "Ana Quispe: President, Peru"; else nothing."""
    values = triples[node]
    holders, titles = values.get(v.MEMBER, []), values.get(v.term("title"), [])
    if not holders or not titles:
        return ""
    parts = [title.value for title in titles]
    parts += [_name(triples, body) for body in values.get(v.ORGANIZATION, [])]
    return f"{', '.join(_name(triples, holder) for holder in holders)}: {', '.join(parts)}"


def _in_words(triples: Triples, statement: ox.NamedNode) -> str:
    parts = []
    for name in ("agent", "relation", "target", "about"):
        values = triples[statement].get(v.term(name), [])
        parts.append(", ".join(_name(triples, value) for value in values))
    agents, relation, targets, about = parts
    words = f"{agents} {relation} {targets}".rstrip() + (f" about {about}" if about else "")
    ways = {_way(triples, node) for node in triples[statement][v.term("evidence")]}
    return words if ways == {"actual"} else f"{words} ({', '.join(sorted(ways))})"


def _way(triples: Triples, evidence: ox.NamedNode | ox.Literal) -> str:
    """Return modality and polarity in words, such as `planned` or `actual but negated`."""
    if not isinstance(evidence, ox.NamedNode) or evidence not in triples:
        return ""
    modality = v.local(triples[evidence][v.term("modality")][0])
    negated = v.term("negated") in triples[evidence][v.term("polarity")]
    return f"{modality} but negated" if negated else modality


def _name(triples: Triples, node: ox.NamedNode | ox.Literal) -> str:
    if isinstance(node, ox.Literal):
        return node.value
    for label in (v.PREF_LABEL, v.LABEL):
        for value in triples.get(node, {}).get(label, ()):
            return value.value
    return node.value.rpartition("/")[2]
