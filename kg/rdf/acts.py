"""Acts in the graph: which key each statement has, and what the statements of one key tell.

The keys of an article's statements are written with the article; the acts follow from all
statements of a key and are settled afterwards (`kg.settling`).
"""

from __future__ import annotations

from collections.abc import Iterable

from kg import iris
from kg.acts import Act, alone, contradictions, telling
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.rdf.gathering import Quads
from kg.records import Extraction

ACT = v.term("act")
KEY = v.term("actKey")
CONTRADICTS = v.term("contradicts")
UNSETTLED = v.term("unsettled")
KIND = v.term("Act")
ARTICLES = v.term("articles")


def key_quads(
    extraction: Extraction, *, ontology: Ontology, base: str = iris.DEFAULT_BASE
) -> list[v.Quad]:
    """Return the keys of an article's statements, sorted, and that they are to be settled.

    A statement without a key has an act of its own, which is written at once.
    """
    names = v.Names(base)
    out = Quads(names.acts)
    for s in extraction.statements:
        told = telling(s, extraction.article, ontology)
        if told.key:
            out.add(names.node(told.id), KEY, v.plain(told.key))
            out.add(names.acts, UNSETTLED, v.plain(told.key))
        else:
            act = names.node(alone(told.id))
            out.add(names.node(told.id), ACT, act)
            out.add(act, v.TYPE, KIND)
    return out.sorted()


def act_quads(acts: Iterable[Act], *, base: str = iris.DEFAULT_BASE) -> list[v.Quad]:
    """Return which statements tell these acts, and which of them contradict one another, sorted."""
    names = v.Names(base)
    out = Quads(names.acts)
    for act in acts:
        node = names.node(act.id)
        out.add(node, v.TYPE, KIND)
        if (number := len(act.articles)) > 1:
            out.add(node, ARTICLES, v.integer(number))
        for told in act.tellings:
            out.add(names.node(told.id), ACT, node)
        for denial, claim in contradictions(act):
            out.add(names.node(denial.id), CONTRADICTS, names.node(claim.id))
    return out.sorted()
