"""Acts in the graph: which key each statement has, and what the statements of one key tell.

The keys of an article's statements are written with the article, each with what else decides
which act it tells; the acts follow from all statements of a key and are settled afterwards
(`kg.corroboration.settling`).
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg import iris
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.rdf.gathering import Quads
from kg.records import Extraction
from kg.telling.acts import (
    SEVERAL,
    Account,
    Act,
    Days,
    Telling,
    alone,
    contradictions,
    corroborated,
    telling,
)
from kg.telling.joining import period

ACT = v.term("act")
KEY = v.term("actKey")
PLACE = v.term("actPlace")
GIST = v.term("gist")
CONTRADICTS = v.term("contradicts")
UNSETTLED = v.term("unsettled")
MANY_TOLD = v.term("manyTold")
KIND = v.term("Act")
ARTICLES = v.term("articles")
CORROBORATED = v.term("corroboration")

_DERIVED = frozenset({ACT, CONTRADICTS})


def derived(quad: v.Quad) -> bool:
    """Return whether what is said of a statement follows from all statements of its key."""
    return quad.predicate in _DERIVED


def place(told: Telling, window: int) -> str:
    """Return where a telling of a key that is told very often is found again: key and period."""
    number = period(told, window)
    return f"{told.key}/{told.id if number is None else number}"


def parted(value: str) -> tuple[str, int | None]:
    """Return key and period of a place; the period of a vague date is None."""
    key, _, number = value.partition("/")
    return key, int(number) if number.isdecimal() else None


def key_quads(
    extraction: Extraction, *, ontology: Ontology, base: str = iris.DEFAULT_BASE
) -> list[v.Quad]:
    """Return the keys of an article's statements, and that they are to be settled.

    It is to be settled, too, whose account the article is. A statement without a key has an act of
    its own, which is written at once.
    """
    names = v.Names(base)
    out = Quads(names.acts)
    for s in extraction.statements:
        told = telling(s, extraction.article, ontology)
        node = names.node(told.id)
        if told.key:
            where = v.plain(place(told, ontology.window))
            out.add(node, KEY, v.plain(told.key))
            out.add(node, PLACE, where)
            out.add(node, GIST, v.plain(gist(told)))
            out.add(names.acts, UNSETTLED, where)
        else:
            act = names.node(alone(told.id))
            out.add(node, ACT, act)
            out.add(act, v.TYPE, KIND)
    account = v.quad(names.sources, UNSETTLED, v.plain(extraction.article.id), names.sources)
    return [*out.sorted(), account]


def gist(told: Telling) -> str:
    """Return a telling as one string, without its identifiers and key."""
    days = (told.published.first, told.published.last, told.dated.first, told.dated.last)
    values = (
        *(day.isoformat() if day else "" for day in days),
        told.modality,
        int(told.negated),
        sorted(told.topics),
        v.decimal(told.confidence).value,
        int(told.claimed),
        sorted(told.reported_by),
    )
    return json.dumps(values, separators=(",", ":"), ensure_ascii=False)


def of_gist(names: v.Names, statement: ox.NamedNode, key: str, value: str) -> Telling:
    """Return the telling of a statement from its key and gist."""
    published, until, first, last, modality, negated, topics, sure, claimed, outlets = json.loads(
        value
    )
    return Telling(
        id=names.identifier(statement),
        article=names.identifier(names.telling(statement)).removeprefix("article/"),
        key=key,
        published=Days(first=_day(published), last=_day(until)),
        dated=Days(first=_day(first), last=_day(last)),
        modality=modality,
        negated=bool(negated),
        topics=frozenset(topics),
        confidence=float(sure),
        claimed=bool(claimed),
        reported_by=frozenset(outlets),
    )


def _day(value: str) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if value else None


def act_quads(
    acts: Iterable[Act],
    accounts: Mapping[str, Account],
    *,
    base: str = iris.DEFAULT_BASE,
) -> list[v.Quad]:
    """Return which statements tell acts, which contradict one another, and what is corroborated.

    Args:
        acts: the acts with all their tellings.
        accounts: whose accounts the articles are that `kg.telling.acts.comparable` names.
        base: IRI before every identifier.
    """
    names = v.Names(base)
    out = Quads(names.acts)
    for act in acts:
        node = names.node(act.id)
        out.add(node, v.TYPE, KIND)
        for told in act.tellings:
            out.add(names.node(told.id), ACT, node)
        for denial, claim in contradictions(act):
            out.add(names.node(denial.id), CONTRADICTS, names.node(claim.id))
        _count(out, node, act, accounts, names)
    return out.sorted()


def count_quads(
    act: ox.NamedNode, told: Act, accounts: Mapping[str, Account], names: v.Names
) -> list[v.Quad]:
    """Return how many articles tell an act and how many outlets affirm it.

    Args:
        act: its node.
        told: its tellings.
        accounts: see `act_quads`.
        names: makes the nodes.
    """
    out = Quads(names.acts)
    _count(out, act, told, accounts, names)
    return out.sorted()


def _count(
    out: Quads,
    act: ox.NamedNode,
    told: Act,
    accounts: Mapping[str, Account],
    names: v.Names,
) -> None:
    if (number := len(told.articles)) >= SEVERAL:
        out.add(act, ARTICLES, v.integer(number))
    for found in corroborated(told, accounts):
        name = names.identifier(act).removeprefix("act/")
        node = names.node(f"corroboration/{name}/{found.modality}")
        out.add(act, CORROBORATED, node)
        out.add(node, v.TYPE, v.term("Corroboration"))
        out.add(node, "toldAs", v.term(found.modality))
        out.add(node, "independentOutlets", v.integer(len(found.outlets)))
        out.add(node, "tellingArticles", v.integer(found.articles))
        out.add(node, "repeatingArticles", v.integer(found.reprints))
        out.add(node, "claimingArticles", v.integer(found.claimed))
        out.add(node, "surestStatement", names.node(found.surest))
        out.add(node, "countedOutlet", *map(names.node, found.outlets))
