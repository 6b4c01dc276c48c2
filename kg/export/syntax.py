"""How Turtle and TriG spell terms and groups of triples."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

import pyoxigraph as ox

from kg.rdf import vocabulary as v

_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_RELATIVE = re.compile(r"(?!\.{1,2}(/|$))[\w~%.-]+(/(?!\.{1,2}(/|$))[\w~%.-]+)*", re.ASCII)
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?[0-9]*\.[0-9]+")
_CLOSING = re.compile(r'"(?="|\Z)')
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_FIRST = (
    *(v.RDF + "type", v.RDFS + "label", v.SKOS + "prefLabel", v.SCHEMA + "headline"),
    *(v.KG + name for name in ("relation", "agent", "target", "about", "where", "date")),
    *(v.KG + name for name in ("article", "start", "end", "quote")),
)
_RANK = {name: rank for rank, name in enumerate(_FIRST)}

Triples = dict[ox.NamedNode, dict[ox.NamedNode, list[ox.NamedNode | ox.Literal]]]


def grouped(quads: Iterable[v.Quad]) -> Triples:
    """Return quads by subject and predicate, without their graphs; objects sorted, each once.

    Quads that come in groups already, as from `Store.union`, take half the time.
    """
    found: dict[ox.NamedNode, dict[ox.NamedNode, set[ox.NamedNode | ox.Literal]]]
    found = defaultdict(lambda: defaultdict(set))
    last = before = None
    for quad in quads:
        subject = quad.subject
        if subject != last:
            predicates, last, before = found[subject], subject, None
        predicate = quad.predicate
        if predicate != before:
            objects, before = predicates[predicate], predicate
        objects.add(quad.object)
    return {
        subject: {
            predicate: sorted(objects, key=str) if len(objects) > 1 else list(objects)
            for predicate, objects in predicates.items()
        }
        for subject, predicates in found.items()
    }


@cache
def _place(predicate: ox.NamedNode) -> tuple[int, str]:
    """Return the place of a predicate among those of its subject."""
    return _RANK.get(predicate.value, len(_RANK)), predicate.value


class Spelling:
    """Spells terms under a base IRI: prefixed names, IRIs relative to the base, literals."""

    def __init__(self, base: str) -> None:
        """Take the base; IRIs are written relative to it only where resolving gives them back."""
        self.base = base
        self._relative = base.endswith("/") and "?" not in base and "#" not in base
        self._known: dict[str, str] = {}

    def header(self) -> str:
        """Return the declarations that a file begins with."""
        lines = [f"@prefix {name}: <{space}> ." for name, space in sorted(v.PREFIXES.items())]
        first = [f"@base <{self.base}> ."] if self._relative else []
        return "\n".join((*first, *lines)) + "\n"

    def node(self, node: ox.NamedNode) -> str:
        """Return an IRI as short as it can be written."""
        value = node.value
        if isinstance(node, ox.BlankNode):
            return f"_:{value}"
        if value not in self._known:
            self._known[value] = self._node(value)
        return self._known[value]

    def _node(self, value: str) -> str:
        if self._relative and value.startswith(self.base):
            rest = value[len(self.base) :]
            if _RELATIVE.fullmatch(rest):
                return f"<{rest}>"
        for prefix, space in v.PREFIXES.items():
            if value.startswith(space) and _LOCAL.fullmatch(value[len(space) :]):
                return f"{prefix}:{value[len(space) :]}"
        return f"<{value}>"

    def term(self, term: ox.NamedNode | ox.Literal) -> str:
        """Return a node or a literal as Turtle."""
        if isinstance(term, ox.Triple):  # RDF 1.2
            parts = (term.subject, term.predicate, term.object)
            return f"<<( {' '.join(map(self.term, parts))} )>>"
        if not isinstance(term, ox.Literal):
            return self.node(term)
        if language := term.language:
            return f"{quoted(term.value)}@{language}"
        kind = term.datatype.value
        if kind == v.XSD + "string":
            return quoted(term.value)
        if kind == v.XSD + "integer" and _INTEGER.fullmatch(term.value):
            return term.value
        if kind == v.XSD + "decimal" and _DECIMAL.fullmatch(term.value):
            return term.value
        return f"{quoted(term.value)}^^{self.node(term.datatype)}"

    def block(
        self,
        subject: ox.NamedNode,
        predicates: dict[ox.NamedNode, list[ox.NamedNode | ox.Literal]],
        indent: str = "",
    ) -> Iterator[str]:
        """Yield the lines of one subject, types and names first."""
        order = sorted(predicates, key=_place)
        start = f"{indent}{self.node(subject)} "
        for number, predicate in enumerate(order, 1):
            name = "a" if predicate == v.TYPE else self.node(predicate)
            objects = " , ".join(map(self.term, predicates[predicate]))
            yield f"{start}{name} {objects} {'.' if number == len(order) else ';'}\n"
            start = f"{indent}    "


def quoted(value: str) -> str:
    """Return a string in quotes: in three where it has several lines, so that it stays legible."""
    value = value.replace("\\", "\\\\").replace("\r", "\\r")
    value = _CONTROL.sub(lambda m: f"\\u{ord(m[0]):04X}", value)
    if "\n" not in value:
        value = value.replace('"', '\\"')
        return f'"{value}"'
    value = _CLOSING.sub('\\\\"', value)
    return f'"""{value}"""'


def comment(value: str) -> str:
    """Return `value` as a comment line, safe whatever it contains."""
    line = "".join(c if c.isprintable() else " " for c in value)
    return f"# {' '.join(line.split())}\n"
