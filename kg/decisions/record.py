"""Decisions as quads: the decisions themselves, what each changed, and how to undo it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import cast

import pyoxigraph as ox

from kg import iris, rdf
from kg.decisions.applying import Outcome, apply
from kg.decisions.file import parse
from kg.decisions.model import Decision, NotSame
from kg.decisions.rules import Rules
from kg.rdf import vocabulary as v
from kg.records import Extraction
from kg.store import Store

_CHANGES = v.term("changes")
_WORDING = v.term("wording")
_UNFINISHED = v.term("unfinished")
_SOMEBODY = "a person"


def stored(store: Store) -> tuple[Decision, ...]:
    """Return the decisions of a store, in order of identifier."""
    found = store.match(None, _WORDING, None, store.names.decisions)
    texts = sorted((quad.subject.value, quad.object.value) for quad in found)
    return tuple(decision for _, text in texts for decision in parse(text, where="the store"))


def decision_quads(decisions: Iterable[Decision], *, base: str) -> list[v.Quad]:
    """Return the decisions as quads of the graph `names.decisions`, sorted."""
    names = v.Names(base)
    graph = names.decisions
    quads: set[v.Quad] = set()
    for decision in decisions:
        node = names.node(decision.id)
        person = decision.by or _SOMEBODY
        agent = names.node(f"curator/{iris.slug(person)}")
        quads |= {
            v.quad(node, v.TYPE, v.term("Decision"), graph),
            v.quad(node, v.TYPE, v.term(decision.term), graph),
            v.quad(node, v.TYPE, v.ACTIVITY, graph),
            v.quad(node, v.LABEL, v.text(decision.label, "en"), graph),
            v.quad(node, _WORDING, v.plain(decision.toml()), graph),
            v.quad(node, v.ASSOCIATED_WITH, agent, graph),
            v.quad(agent, v.TYPE, v.AGENT, graph),
            v.quad(agent, v.LABEL, v.text(person, "und"), graph),
        }
        if decision.note:
            quads.add(v.quad(node, v.COMMENT, v.text(decision.note, "und"), graph))
        for identifier in entities_in(decision):
            quads.add(v.quad(node, v.term("bearsOn"), names.node(identifier), graph))
        for article in articles_in(decision):
            quads.add(v.quad(node, v.term("bearsOn"), names.article(article), graph))
        if isinstance(decision, NotSame):
            for one, other in combinations(decision.entities, 2):
                quads.add(v.quad(names.node(one), v.DIFFERENT_FROM, names.node(other), graph))
    return sorted(quads, key=str)


def entities_in(decision: Decision) -> tuple[str, ...]:
    """Return the identifiers of the entities that a decision names; none for an added statement."""
    single = getattr(decision, "entity", "")
    return (*getattr(decision, "entities", ()), *((single,) if single else ()))


def articles_in(decision: Decision) -> tuple[str, ...]:
    """Return the identifiers of the articles that a decision names."""
    single = getattr(decision, "article", "")
    return (*getattr(decision, "articles", ()), *((single,) if single else ()))


def decided(
    rules: Rules, extraction: Extraction, quads: Iterable[v.Quad], *, base: str
) -> tuple[Outcome, list[v.Quad]]:
    """Apply decisions to an article's graph.

    Args:
        rules: the decisions.
        extraction: what was extracted, in canonical order.
        quads: the article's graph without any decision.
        base: IRI prefix of all identifiers.

    Returns:
        The outcome, and the quads of the article's graph and of `Names.decided`. The latter has the
        provenance and the difference in the form of RDF Patch, by which `as_read` undoes it.
    """
    outcome = apply(rules, extraction)
    read = set(quads)
    if outcome.extraction != extraction:
        before, after = (
            set(
                rdf.article_quads(
                    found, ontology=rules.ontology, gazetteer=rules.gazetteer, base=base
                )
            )
            for found in (extraction, outcome.extraction)
        )
        gone, new = (before - after) & read, (after | _aliases(outcome, base)) - before - read
    else:
        gone, new = set(), set()
    names = v.Names(base)
    graph = names.decided(extraction.article.id)
    about = set(_provenance(outcome, names, graph))
    if gone or new:
        patch = sorted([*(_line("A", q) for q in new), *(_line("D", q) for q in gone)])
        article = names.article(extraction.article.id)
        about.add(v.quad(article, _CHANGES, v.plain("\n".join(patch)), graph))
    return outcome, sorted((read - gone) | new | about, key=str)


def _aliases(outcome: Outcome, base: str) -> set[v.Quad]:
    """Return the former names of entities, as quads of the article's graph."""
    names, article = v.Names(base), outcome.extraction.article
    return {
        v.quad(
            names.node(identifier),
            v.ALT_LABEL,
            v.text(name, article.language),
            names.article(article.id),
        )
        for identifier, name in outcome.aliases
    }


def _line(sign: str, quad: v.Quad) -> str:
    return f"{sign} {quad.subject} {quad.predicate} {quad.object} ."


def _provenance(outcome: Outcome, names: v.Names, graph: ox.NamedNode) -> Iterable[v.Quad]:
    for decision, identifier in outcome.influenced:
        yield v.quad(names.node(identifier), v.INFLUENCED_BY, names.node(decision), graph)
    for decision, identifier in outcome.invalidated:
        yield v.quad(names.node(identifier), v.INVALIDATED_BY, names.node(decision), graph)
    for old, present in outcome.alternates:
        yield v.quad(names.node(old), v.ALTERNATE_OF, names.node(present), graph)
    for present, old in outcome.revised:
        yield v.quad(names.node(present), v.REVISION_OF, names.node(old), graph)
    for decision, statement in outcome.generated:
        yield v.quad(names.node(statement.id), v.GENERATED_BY, names.node(decision), graph)


def renamed(rules: Rules, background: Iterable[v.Quad], *, base: str) -> list[v.Quad]:
    """Return background with the decided names; the gazetteer's names become aliases."""
    names = v.Names(base)
    quads: set[v.Quad] = set()
    for quad in background:
        called = rules.named.get(names.identifier(quad.subject))
        if called and quad.predicate == v.PREF_LABEL:
            name = v.text(called[0], "en")
            quads.add(v.quad(quad.subject, v.PREF_LABEL, name, quad.graph_name))
            if quad.object != name:
                quads.add(v.quad(quad.subject, v.ALT_LABEL, quad.object, quad.graph_name))
        elif not (called and quad.object == v.text(called[0], "en")):
            quads.add(quad)
    return sorted(quads, key=str)


def as_read(store: Store, article: str) -> list[v.Quad]:
    """Return the graph of an article as it was before any decision."""
    node, graph = store.names.article(article), store.names.decided(article)
    quads = set(store.match(graph=node))
    patch = next(store.match(node, _CHANGES, None, graph), None)
    if patch is None:
        return sorted(quads, key=str)
    lines = patch.object.value.split("\n")
    added, gone = (_triples(lines, sign, node) for sign in "AD")
    return sorted((quads - added) | gone, key=str)


def _triples(lines: list[str], sign: str, graph: ox.NamedNode) -> set[v.Quad]:
    text = "\n".join(line[2:] for line in lines if line.startswith(f"{sign} "))
    found = ox.parse(text, format=ox.RdfFormat.N_TRIPLES)
    return {
        v.quad(
            cast(ox.NamedNode, quad.subject),
            quad.predicate,
            cast("ox.NamedNode | ox.Literal", quad.object),
            graph,
        )
        for quad in found
    }


def changed(store: Store) -> set[str]:
    """Return the identifiers of the articles that decisions have changed or influenced."""
    effects = (_CHANGES, v.INFLUENCED_BY, v.INVALIDATED_BY, v.GENERATED_BY)
    graphs = {quad.graph_name for effect in effects for quad in store.match(None, effect)}
    prefix = f"{v.DECISIONS}/"
    return {store.names.identifier(graph).removeprefix(prefix) for graph in graphs}


def unfinished(store: Store) -> bool:
    """Return whether decisions in force have not been applied to all stored articles yet."""
    graph = store.names.decisions
    return next(store.match(graph, _UNFINISHED, None, graph), None) is not None


def unfinished_quad(base: str) -> v.Quad:
    """Return the quad by which `unfinished` knows."""
    graph = v.Names(base).decisions
    return v.quad(graph, _UNFINISHED, v.boolean(True), graph)


def verdicts(store: Store, node: ox.NamedNode, effect: ox.NamedNode) -> tuple[str, ...]:
    """Return the decisions that had an effect on a node: label, author and reason, sorted."""
    graph = store.names.decisions
    found: set[str] = set()
    for quad in store.match(node, effect):
        decision = next(v.nodes([quad.object]))

        def text(of: ox.NamedNode, predicate: ox.NamedNode) -> str:
            return next((q.object.value for q in store.match(of, predicate, None, graph)), "")

        agents = v.nodes(q.object for q in store.match(decision, v.ASSOCIATED_WITH, None, graph))
        who = ", ".join(sorted(text(agent, v.LABEL) for agent in agents))
        why = text(decision, v.COMMENT)
        found.add(f"{text(decision, v.LABEL)} ({who}{f': {why}' if why else ''})")
    return tuple(sorted(found))
