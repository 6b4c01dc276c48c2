"""Writes terms and groups of triples in the syntax of Turtle and TriG."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from typing import cast

import pyoxigraph as ox

from kg.export.sorting import in_order
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
_A = f"<{v.RDF}type>"
_TYPED_INTEGER, _TYPED_DECIMAL = f"^^<{v.XSD}integer>", f"^^<{v.XSD}decimal>"
_RANK = {name: rank for rank, name in enumerate(_FIRST)}

Predicates = dict[str, list[str]]
"""Objects by predicate, all in N-Triples syntax."""

Subject = tuple[str, str, Predicates]
"""(section, subject, its predicates and objects)."""

_MARK = "\x01"  # separates parts of sort keys: in no IRI, and sorts before all characters of one
_REMEMBERED = 50_000  # cached results of a function; chosen, not measured


def subjects(
    lines: Iterable[str], section: Callable[[str], str] = lambda subject: ""
) -> Iterator[Subject]:
    """Group triples by subject; yield subjects sorted by section, then by IRI.

    Objects are sorted, without duplicates. Memory does not grow with the number of triples.

    Args:
        lines: triples in N-Triples syntax without the dot.
        section: returns the section of a subject, as a sort key.
    """
    ranked = Memory(lambda subject: f"{section(subject)}{_MARK}{value_of(subject)}{_MARK}")
    keyed = (f"{ranked[line.partition(' ')[0]]}{line}\n" for line in lines)
    for key, same in groupby(in_order(keyed), key=_subject):
        predicates: Predicates = {}
        start, subject = len(key), ""
        for line in dict.fromkeys(same):
            subject, predicate, value = line[start:-1].split(" ", 2)
            predicates.setdefault(predicate, []).append(value)
        yield key.partition(_MARK)[0], subject, predicates


def _subject(line: str) -> str:
    return line[: line.index(_MARK, line.index(_MARK) + 1) + 1]


@contextmanager
def uncollected() -> Iterator[None]:
    """Switch the garbage collector off: it would scan millions of new objects and free none."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def line_of(quad: v.Quad) -> str:
    """Return the triple of a quad as `subjects` takes it."""
    return str(quad.triple)


def value_of(term: str) -> str:
    """Return the IRI, blank node label or lexical form of a term in N-Triples syntax."""
    if term.startswith("<"):
        return term[1:-1]
    if term.startswith("_:"):
        return term[2:]
    return str(_parsed(term).value) if "\\" in term else term[1 : term.rindex('"')]


def _parsed(term: str) -> ox.Literal:
    (read,) = ox.parse(f"<a:> <a:> {term} .", format=ox.RdfFormat.N_TRIPLES)
    return cast(ox.Literal, read.object)


def _place(predicate: str) -> tuple[int, str]:
    """Return the sort key of a predicate: first those in `_FIRST`, then the others by IRI."""
    value = value_of(predicate)
    return _RANK.get(value, len(_RANK)), value


class Spelling:
    """Writes terms as prefixed names, IRIs relative to a base IRI, and literals."""

    def __init__(self, base: str) -> None:
        """Set the base; IRIs become relative only if resolving them gives the same IRI."""
        self.base = base
        self._relative = base.endswith("/") and "?" not in base and "#" not in base
        self._terms = Memory(self._term)
        self._orders: dict[tuple[str, ...], list[tuple[str, str]]] = {}

    def header(self) -> str:
        """Return the declarations of base and prefixes for the start of a file."""
        lines = [f"@prefix {name}: <{space}> ." for name, space in sorted(v.PREFIXES.items())]
        first = [f"@base <{self.base}> ."] if self._relative else []
        return "\n".join((*first, *lines)) + "\n"

    def node(self, node: ox.NamedNode) -> str:
        """Return an IRI in its shortest form."""
        return self._terms[str(node)]

    def _node(self, value: str) -> str:
        if self._relative and value.startswith(self.base):
            rest = value[len(self.base) :]
            if _RELATIVE.fullmatch(rest):
                return f"<{rest}>"
        for prefix, space in v.PREFIXES.items():
            if value.startswith(space) and _LOCAL.fullmatch(value[len(space) :]):
                return f"{prefix}:{value[len(space) :]}"
        return f"<{value}>"

    def _term(self, term: str) -> str:
        """Return a term in N-Triples syntax as Turtle."""
        if term.startswith("<<("):  # RDF 1.2
            parts = term.removeprefix("<<( ").removesuffix(" )>>").split(" ", 2)
            return f"<<( {' '.join(self._terms[part] for part in parts)} )>>"
        if term.startswith("<"):
            return self._node(term[1:-1])
        if not term.startswith('"'):
            return term
        end = term.rindex('"') + 1
        value, rest = value_of(term), term[end:]
        if rest == _TYPED_INTEGER and _INTEGER.fullmatch(value):
            return value
        if rest == _TYPED_DECIMAL and _DECIMAL.fullmatch(value):
            return value
        kind = f"^^{self._terms[rest[2:]]}" if rest.startswith("^^") else rest
        return f"{quoted(value)}{kind}"

    def block(
        self, subject: str, predicates: Mapping[str, list[str]], indent: str = ""
    ) -> Iterator[str]:
        """Yield the triples of one subject in Turtle, types and names first."""
        terms, signature = self._terms, tuple(predicates)
        if (order := self._orders.get(signature)) is None:
            order = [
                (name, "a" if name == _A else terms[name]) for name in sorted(signature, key=_place)
            ]
            self._orders[signature] = order
        parts = []
        for predicate, name in order:
            values = predicates[predicate]
            if len(values) == 1:
                parts.append(f"{name} {terms[values[0]]}")
            else:
                parts.append(f"{name} {' , '.join([terms[value] for value in values])}")
        yield f"{indent}{terms[subject]} {f' ;{chr(10)}{indent}    '.join(parts)} .\n"


class Memory(dict[str, str]):
    """Caches the results of a function; emptied when it has `_REMEMBERED` of them."""

    def __init__(self, function: Callable[[str], str]) -> None:
        self._function = function

    def __missing__(self, key: str) -> str:
        found = self._function(key)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[key] = found
        return found


def quoted(value: str) -> str:
    """Return a Turtle string literal; one with several lines is in triple quotes."""
    value = value.replace("\\", "\\\\").replace("\r", "\\r")
    value = _CONTROL.sub(lambda m: f"\\u{ord(m[0]):04X}", value)
    if "\n" not in value:
        value = value.replace('"', '\\"')
        return f'"{value}"'
    value = _CLOSING.sub('\\\\"', value)
    return f'"""{value}"""'


def comment(value: str) -> str:
    """Return `value` as one comment line, whatever characters it contains."""
    line = value
    if not value.isprintable():
        line = "".join(c if c.isprintable() else " " for c in value)
    return f"# {' '.join(line.split())}\n"
