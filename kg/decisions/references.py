"""Resolve what decisions refer to: the articles concerned, and references to nothing.

The cut-offs of similarity for hints ("did you mean ...?") are chosen, not measured.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from kg import iris
from kg.decisions.applying import Outcome, nearest_words, refers
from kg.decisions.model import (
    Decision,
    NotSame,
    PreferredName,
    Same,
    WrongStatement,
    WrongType,
)
from kg.decisions.record import articles_in, changed, entities_in
from kg.decisions.rules import Rules
from kg.errors import KgError, UnknownReferenceError
from kg.rdf import vocabulary as v
from kg.store import Store


def concerned(store: Store, decisions: Iterable[Decision]) -> list[str]:
    """Return the articles that decisions name, concern or have changed, sorted."""
    found = changed(store)
    known = set(store.articles())
    for decision in decisions:
        found |= set(articles_in(decision))
        for identifier in entities_in(decision):
            found |= _naming(store, identifier)
        if isinstance(decision, WrongStatement) and decision.statement:
            found |= _stating(store, decision.statement)
    return sorted(found & known)


def _naming(store: Store, identifier: str) -> set[str]:
    quads = store.match(store.names.node(identifier), v.TYPE, v.term("Entity"))
    return {store.names.identifier(q.graph_name).removeprefix("article/") for q in quads}


def _stating(store: Store, reference: str) -> set[str]:
    """Return the articles of the statements that a reference means."""
    names = store.names
    node = names.node(f"statement/{reference.removeprefix('statement/')}")
    quads = list(store.match(node, v.TYPE, v.term("Statement")))
    if not quads:
        every = store.match(None, v.TYPE, v.term("Statement"))
        quads = [q for q in every if refers(reference, names.identifier(q.subject))]
    return {names.identifier(q.graph_name).removeprefix("article/") for q in quads}


def problems(store: Store, rules: Rules, outcomes: Mapping[str, Outcome]) -> tuple[KgError, ...]:
    """Return the references that the graph cannot resolve, each with the nearest match as a hint.

    Args:
        store: the graph.
        rules: the decisions.
        outcomes: outcome of applying the decisions, for each article concerned.
    """
    return tuple(_Check(store, rules, outcomes).run())


class _Check:
    def __init__(self, store: Store, rules: Rules, outcomes: Mapping[str, Outcome]) -> None:
        self.store = store
        self.rules = rules
        self.outcomes = outcomes
        self.seen = {name for outcome in outcomes.values() for name in outcome.seen}
        self.hits = {name for outcome in outcomes.values() for name in outcome.hits}
        self.articles = store.articles()
        self._names: dict[str, str] = {}

    def run(self) -> Iterable[KgError]:
        for outcome in self.outcomes.values():
            yield from outcome.problems
        for decision in self.rules.decisions:
            missing = [a for a in articles_in(decision) if a not in self.articles]
            for article in missing:
                yield self._error(
                    decision, f"there is no article {article}", self._article(article)
                )
            for identifier in entities_in(decision):
                if not self._known(identifier, decision):
                    what = f"there is no entity {identifier}"
                    yield self._error(decision, what, self._entity(identifier))
            if isinstance(decision, NotSame) and decision.entity in self.seen:
                for article in decision.articles:
                    there = self.outcomes.get(article)
                    if there is not None and decision.entity not in there.seen:
                        what = f"{article} does not name {decision.entity}"
                        yield self._error(decision, what, "kg show tells which articles do")
            if isinstance(decision, WrongStatement) and not missing:
                if decision.id not in self.hits:
                    yield self._error(decision, "there is no such statement", self._near(decision))

    @staticmethod
    def _error(decision: Decision, what: str, hint: str) -> KgError:
        return UnknownReferenceError(
            what, where=f"[[{decision.table}]] {decision.label}", hint=hint
        )

    def _known(self, identifier: str, decision: Decision) -> bool:
        if identifier in self.seen:
            return True
        first = isinstance(decision, Same) and identifier == decision.entities[0]
        loose = first or isinstance(decision, NotSame | PreferredName | WrongType)
        return loose and self.rules.gazetteer.entry(identifier) is not None

    def _article(self, article: str) -> str:
        near = difflib.get_close_matches(article, self.articles, n=1, cutoff=0.5)
        return f"did you mean {near[0]}?" if near else "kg list shows what there is"

    def _entity(self, identifier: str) -> str:
        """Return a hint with the entity nearest by name or identifier."""
        if not self._names:
            kind = v.term("Entity")
            entities = {q.subject for q in self.store.match(None, v.TYPE, kind)}
            for predicate in (v.ALT_LABEL, v.PREF_LABEL):
                for quad in self.store.match(None, predicate):
                    if quad.subject in entities:
                        known = self.store.names.identifier(quad.subject)
                        self._names[quad.object.value.casefold()] = known
                        self._names[known.casefold()] = known
        wanted = identifier.casefold()
        tail = wanted.rpartition("/")[2].replace("-", " ")
        for word, cutoff in ((wanted, 0.75), (tail, 0.7), (wanted, 0.4)):
            near = difflib.get_close_matches(word, sorted(self._names), n=1, cutoff=cutoff)
            if near:
                return f"did you mean {self._names[near[0]]}?"
        return "kg show tells the identifier of a name"

    def _near(self, decision: WrongStatement) -> str:
        if decision.statement:
            every = {
                self.store.names.identifier(q.subject)
                for q in self.store.match(None, v.TYPE, v.term("Statement"))
            }
            hashes = {iris.short(identifier): identifier for identifier in sorted(every)}
            wanted = iris.short(decision.statement)
            near = difflib.get_close_matches(wanted, hashes, n=1, cutoff=0.3)
            return f"the nearest is {hashes[near[0]]}" if near else "kg show tells the identifiers"
        graph = self.store.names.article(decision.article)
        rules = self.store.match(None, v.term("rule"), None, graph)
        found: dict[str, str] = {}
        for quad in rules:
            relation = quad.object.value.partition("/")[0]
            for quote in self.store.match(quad.subject, v.term("quote"), None, graph):
                found[" ".join(quote.object.value.split())] = relation
        same = [quote for quote, relation in found.items() if relation == decision.relation]
        near_quote = nearest_words("\n".join(sorted(same or found)), decision.quote)
        if not near_quote:
            return f"nothing was read in {decision.article}"
        for words, relation in sorted(found.items()):
            if near_quote in words:
                return f"the nearest is {relation}: {words}"
        return f"the nearest is {near_quote}"
