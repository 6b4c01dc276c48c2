"""Acts as quads: the key of each statement, and the acts derived from the statements of a key.

Three literals are written with each statement: its act key (`KEY`, see `kg.telling.acts.key`), its
act place (`PLACE`, see `place`) and its gist (`GIST`, see `gist`). They are enough to derive acts
later without reading articles (`kg.corroboration.settling`).
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

_DERIVED = frozenset({ACT, CONTRADICTS})  # the others are written with the article


def derived(quad: v.Quad) -> bool:
    """Return whether the quad was derived from all statements of a key, not written with one."""
    return quad.predicate in _DERIVED


def place(told: Telling, window: int) -> str:
    """Return the act place of a telling, `KEY/PERIOD`: tellings of nearby days share it.

    It is an index for keys with very many tellings. A telling with a vague date has a place of its
    own, `KEY/STATEMENT`.
    """
    number = period(told, window)
    return f"{told.key}/{told.id if number is None else number}"


def parted(value: str) -> tuple[str, int | None]:
    """Return key and period of an act place; the period is None for a vague date."""
    key, _, number = value.partition("/")
    return key, int(number) if number.isdecimal() else None


def key_quads(
    extraction: Extraction, *, ontology: Ontology, base: str = iris.DEFAULT_BASE
) -> list[v.Quad]:
    """Return act key, place and gist of each statement, and marks of what is to be derived.

    The marks (`UNSETTLED`) name the act places and the article, whose original publisher is not
    known yet. A statement without a key gets an act of its own right away.
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
    """Return a telling as a JSON string, without its identifiers and key; `of_gist` reads it.

    The string holds dates, modality, polarity, topics, confidence, claim and reporting outlets.
    """
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
    """Return the telling of a statement from its key and its gist."""
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
    """Return the quads of acts: their statements, contradictions and corroborations, sorted.

    Args:
        acts: the acts with all their tellings.
        accounts: original publisher of each article that `kg.telling.acts.comparable` names.
        base: IRI prefix of all identifiers.
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
        act: node of the act.
        told: the act with its tellings.
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
