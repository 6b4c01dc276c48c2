"""What a store says of each entity, as needed to find duplicates."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kg import iris
from kg.gazetteer import Entry, Gazetteer
from kg.rdf import vocabulary as v
from kg.store import Store

_DIGITS = 8  # of the hash of the article at the end of an identifier from `iris.within`
_WITHIN = re.compile(rf"-[0-9a-f]{{{_DIGITS}}}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An entity of the store, or of the gazetteer only.

    Attributes:
        id: its identifier.
        family: `person`, `organization`, `event` and so on.
        name: the preferred name in most articles.
        names: all its names.
        kinds: its classes in any article, with their superclasses.
        articles: the articles that name it, in order, with their dates (empty if undated).
        offices: countries and organisations in which articles give it a position.
        wikidata: Wikidata item, or empty.
    """

    id: str
    family: str
    name: str
    names: frozenset[str]
    kinds: frozenset[str] = frozenset()
    articles: Mapping[str, str]
    offices: frozenset[str] = frozenset()
    wikidata: str = ""

    @property
    def linked(self) -> bool:
        """Return whether the gazetteer knows it."""
        return not self.id.startswith("unlinked/")

    @property
    def described(self) -> bool:
        """Return whether it is a description, which identifies it within one article only."""
        if not _WITHIN.search(self.id):
            return False
        return any(self.id.endswith(f"-{iris.digest(a)[:_DIGITS]}") for a in self.articles)

    @property
    def rank(self) -> tuple[object, ...]:
        """Sort key: linked entities first, then those in more articles, then longer names."""
        return not self.linked, -len(self.articles), -len(self.name), self.id

    @staticmethod
    def of(entry: Entry) -> Known:
        """Return a gazetteer entry that no article names."""
        return Known(
            id=entry.id,
            family=iris.family(entry.id),
            name=entry.name,
            names=frozenset((entry.name, *entry.aliases)),
            kinds=frozenset({entry.kind}),
            articles={},
            wikidata=entry.wikidata,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """All entities of a store.

    Attributes:
        entities: the entities by identifier.
        named: the entities that each article names.
        mainly: the country that each article names most often, if any.
    """

    entities: Mapping[str, Known]
    named: Mapping[str, frozenset[str]]
    mainly: Mapping[str, str]


def world(store: Store, gazetteer: Gazetteer) -> World:
    """Read all entities of a store, each quad once."""
    names = store.names
    dates = {
        names.identifier(q.subject): q.object.value for q in store.match(None, v.DATE_PUBLISHED)
    }
    entity = v.term("Entity")
    articles: dict[str, set[str]] = defaultdict(set)
    for quad in store.match(None, v.TYPE, entity):
        article = names.identifier(quad.graph_name)
        articles[names.identifier(quad.subject)].add(article)
    kinds: dict[str, set[str]] = defaultdict(set)
    for quad in store.match(None, v.TYPE):
        if (identifier := names.identifier(quad.subject)) in articles:
            kinds[identifier].add(quad.object.value.removeprefix(v.KG))
    labels: dict[str, set[str]] = defaultdict(set)
    preferred: dict[str, Counter[str]] = defaultdict(Counter)
    for predicate in (v.PREF_LABEL, v.ALT_LABEL):
        for quad in store.match(None, predicate):
            if (identifier := names.identifier(quad.subject)) in articles:
                labels[identifier].add(quad.object.value)
                if predicate == v.PREF_LABEL:
                    preferred[identifier][quad.object.value] += 1
    offices: dict[str, set[str]] = defaultdict(set)
    for quad in store.match(None, v.ORGANIZATION):
        of = names.identifier(next(v.nodes([quad.object])))
        for member in store.match(quad.subject, v.MEMBER, None, quad.graph_name):
            offices[names.identifier(next(v.nodes([member.object])))].add(of)
    found: dict[str, Known] = {}
    named: dict[str, set[str]] = defaultdict(set)
    for identifier, where in articles.items():
        told = preferred[identifier]
        entry = gazetteer.entry(identifier)
        found[identifier] = Known(
            id=identifier,
            family=iris.family(identifier),
            name=max(sorted(told), key=lambda name: told[name], default=identifier),
            names=frozenset(labels[identifier]),
            kinds=frozenset(kinds[identifier]),
            articles={a.removeprefix("article/"): dates.get(a, "") for a in sorted(where)},
            offices=frozenset(offices[identifier]),
            wikidata=entry.wikidata if entry else "",
        )
        for article in found[identifier].articles:
            named[article].add(identifier)
    return World(
        entities=found,
        named={article: frozenset(them) for article, them in named.items()},
        mainly=_mainly(store, [i for i, known in found.items() if known.family == "country"]),
    )


def _mainly(store: Store, countries: list[str]) -> dict[str, str]:
    """Return the country that each article names most often."""
    times: dict[str, Counter[str]] = defaultdict(Counter)
    for country in countries:
        for quad in store.match(None, v.term("refersTo"), store.names.node(country)):
            article = store.names.identifier(quad.graph_name).removeprefix("article/")
            times[article][country] += 1
    return {a: max(sorted(told), key=lambda c: told[c]) for a, told in times.items()}
