"""Word validation results as English sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.rdf import vocabulary as v
from kg.validation.engine import Checker, Fault
from kg.validation.shapes import Step, Term

_SHOWN = 3  # values listed in a sentence: chosen, not measured
_LONG = 120  # characters shown of a value: chosen, not measured


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Violation:
    """A violation of the shapes, in words.

    Attributes:
        article: identifier of the article, or the name of another graph.
        node: IRI of the invalid node.
        sentence: what must hold and what is there instead.
        quote: the words of the article concerned; empty if there are none.
        property: the invalid property as a prefixed name; empty if there is none.
    """

    article: str
    node: str
    sentence: str
    quote: str = ""
    property: str = ""

    def __str__(self) -> str:
        """Return the sentence, with the article before it."""
        return f"In {self.article}: {self.sentence}" if self.article else self.sentence


def violations(faults: Iterable[Fault], checker: Checker, article: str) -> list[Violation]:
    """Return faults in words, one violation for each node and message, sorted.

    Args:
        faults: the faults that `checker` has just found.
        checker: the checker; it still has the graph.
        article: identifier of the article that was checked.
    """
    found: dict[tuple[Term, str], list[Fault]] = {}
    for fault in sorted(faults, key=lambda f: (f.component, str(f.path), str(f.value))):
        found.setdefault((at_fault(fault), fault.message), []).append(fault)
    words = _Words(checker)
    return sorted(
        words.violation(node, message, group, article) for (node, message), group in found.items()
    )


def at_fault(fault: Fault) -> Term:
    """Return the invalid node: the solution of a query, or else the focus node."""
    if fault.component == "sparql" and fault.value is not None:
        return fault.value
    return fault.focus


class _Words:
    """Describes the nodes of one graph."""

    def __init__(self, checker: Checker) -> None:
        self.checker = checker

    def values(
        self, node: Term, predicate: ox.NamedNode | str, *, back: bool = False
    ) -> list[Term]:
        if isinstance(predicate, str):
            predicate = v.term(predicate)
        return sorted(self.checker.values(node, Step(predicate=predicate, inverse=back)), key=str)

    def violation(
        self, node: Term, message: str, faults: Sequence[Fault], article: str
    ) -> Violation:
        name = self.described(node)
        paths = [fault.path[-1].predicate for fault in faults if fault.path]
        return Violation(
            article=article,
            node=node.value,
            sentence=f"{name[0].upper()}{name[1:]} {message}{self.instead(node, faults)}.",
            quote=self.quote(node, paths),
            property=_short(paths[0]) if paths else "",
        )

    def instead(self, node: Term, faults: Sequence[Fault]) -> str:
        """Return the end of the sentence: what is there instead."""
        fault = faults[0]
        if not fault.path:
            return ""
        names = dict.fromkeys(_short(fault.path[-1].predicate) for fault in faults)
        if fault.component == "closed":
            return f", but has {_listed(list(names))}"
        if fault.component == "sparql":
            paths = dict.fromkeys(fault.path[-1].predicate for fault in faults)
            found = [value for path in paths for value in self.values(node, path)]
            return f", but has {_listed(list(names))} {self.terms(found)}"
        wrong = [fault.value for fault in faults if fault.value is not None]
        found = wrong if len(wrong) == len(faults) else sorted(fault.found, key=str)
        return f", but has {self.terms(found) or 'none'}"

    def described(self, node: Term) -> str:
        """Return a node in words, such as `the statement “Peru — visits — Oslo”`."""
        if isinstance(node, ox.Literal):
            return self.term(node)
        if self.values(node, "agent") or self.values(node, "relation"):
            return f"the statement “{self.act(node)}”"
        for statement in self.values(node, v.QUALIFIED_ATTRIBUTION, back=True):
            number = "".join(f" {value.value}" for value in self.values(node, "order")[:1])
            return f"speaker{number} of {self.described(statement)}"
        if self.values(node, "refersTo") or self.is_a(node, v.term("Mention")):
            whom = _listed([self.name(value) for value in self.values(node, "refersTo")])
            return f"the mention of {whom or 'nothing'}"
        for holder in self.values(node, v.MEMBER):
            return f"the office of {self.name(holder)}"
        if self.is_a(node, v.NEWS_ARTICLE):
            return "the article"
        if self.is_a(node, v.ACTIVITY):
            return "the run that read the article"
        if self.values(node, v.PREF_LABEL):
            return f"the entity {self.name(node)}"
        kinds = [_short(kind) for kind in self.values(node, v.TYPE)[:1]]
        return f"the {kinds[0] if kinds else 'node'} <{node.value}>"

    def is_a(self, node: Term, kind: ox.NamedNode) -> bool:
        return kind in self.values(node, v.TYPE)

    def act(self, statement: Term) -> str:
        """Return a statement in words: agents, relation, and targets or topics."""
        others = self.values(statement, "target") or self.values(statement, "about")
        groups = (self.values(statement, "agent"), self.values(statement, "relation"), others)
        named = [_listed([self.name(node) for node in group]) for group in groups]
        return " — ".join(
            (named[0] or "nobody", named[1] or "no relation", *filter(None, named[2:]))
        )

    def name(self, node: Term) -> str:
        """Return the label of a node."""
        for predicate in (v.PREF_LABEL, v.LABEL):
            for value in self.values(node, predicate):
                return _cut(value.value)
        return self.term(node)

    def term(self, node: Term) -> str:
        """Return a value as text."""
        if isinstance(node, ox.NamedNode):
            names = self.values(node, v.PREF_LABEL)
            return _cut(names[0].value) if names else _short(node)
        return f"“{_cut(node.value)}”"

    def terms(self, nodes: Iterable[Term]) -> str:
        return _listed([self.term(node) for node in nodes])

    def quote(self, node: Term, paths: Iterable[ox.NamedNode]) -> str:
        """Return the quote of a node, or of the statement that gives it one of these properties."""
        acts = self.values(node, "agent", back=True)
        places = [s for s in acts if {*self.values(s, "relation")} & {*paths}] + [node]
        places += self.values(node, v.QUALIFIED_ATTRIBUTION, back=True)
        places += self.values(node, "refersTo", back=True)
        found = (value.value for place in places for value in self.values(place, "quote"))
        return " ".join(next(found, "").split())


def _listed(names: Sequence[str]) -> str:
    if len(names) > _SHOWN + 1:
        names = (*names[:_SHOWN], f"{len(names) - _SHOWN} more")
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _cut(value: str) -> str:
    value = " ".join(value.split())
    return value if len(value) <= _LONG else f"{value[:_LONG]}…"


def _short(node: Term) -> str:
    """Return an IRI as a prefixed name if its namespace is known."""
    for prefix, space in v.PREFIXES.items():
        if node.value.startswith(space):
            return f"{prefix}:{node.value[len(space) :]}"
    return f"<{node.value}>"
