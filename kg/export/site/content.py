"""What the site is about: the whole view, which names have pages, and where everything stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.export.html.gathering import view
from kg.export.html.model import View
from kg.export.site import addresses
from kg.export.site.cards import by_source, roles
from kg.ontology import Ontology
from kg.records import Extraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything that several pages need.

    Attributes:
        view: all articles together.
        roles: statements of each entity by role.
        naming: numbers of the articles that name each entity, newest first.
        articles: file of each article, without ending, by number.
        names: file of each entity that has a page, without ending, by identifier.
        places: number of a statement in its article, by its identifier.
    """

    view: View
    roles: list[dict[str, list[int]]]
    naming: list[list[int]]
    articles: list[str]
    names: Mapping[str, str]
    places: Mapping[str, int]

    @property
    def newest(self) -> list[int]:
        """Return the numbers of the articles, newest first; undated ones come last."""
        return sorted(range(len(self.view.sources)), key=self._age)

    def _age(self, number: int) -> tuple[tuple[int, ...], str]:
        source = self.view.sources[number]
        date = tuple(-ord(c) for c in source.published) or (1,)
        return date, source.id

    @property
    def paged(self) -> list[int]:
        """Return the numbers of the entities that have pages, by name."""
        nodes = self.view.nodes
        with_page = (i for i, node in enumerate(nodes) if node.id in self.names)
        return sorted(with_page, key=lambda i: (folded(nodes[i].name), nodes[i].id))


def folded(name: str) -> str:
    """Return `name` without case and accents, to sort and to find it."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def gather(
    extractions: Iterable[Extraction],
    ontology: Ontology,
    wikidata: Mapping[str, str],
    acts: Mapping[str, str],
    contradictions: Iterable[tuple[str, str]],
) -> Content:
    """Return the content of a site.

    A name has a page when something is stated that concerns it, when it has or gives an office, or
    when more than one article names it.

    Args:
        extractions: the articles.
        ontology: classes and relations.
        wikidata: items by identifier of the entity.
        acts: the act that each statement tells, see `kg.export.html.gathering.view`.
        contradictions: statements that contradict each other, see there.
    """
    naming: dict[str, list[str]] = {}

    def watched() -> Iterator[Extraction]:
        for extraction in extractions:
            for entity in extraction.entities:
                naming.setdefault(entity.id, []).append(extraction.article.id)
            yield extraction

    whole = view(watched(), ontology, wikidata, acts=acts, contradictions=contradictions)
    number = {source.id: i for i, source in enumerate(whole.sources)}
    concerned = roles(whole)
    offices = {post.of for node in whole.nodes for post in node.posts}
    paged = [
        node.id
        for i, node in enumerate(whole.nodes)
        if concerned[i] or node.posts or i in offices or len(naming[node.id]) > 1
    ]
    files = addresses.files(number)
    content = Content(
        view=whole,
        roles=concerned,
        naming=[],
        articles=[files[source.id] for source in whole.sources],
        names=addresses.files(paged),
        places={
            whole.tellings[number].id: place
            for numbers in by_source(whole)
            for place, number in enumerate(numbers, 1)
        },
    )
    rank = {source: i for i, source in enumerate(content.newest)}
    content.naming.extend(
        sorted((number[a] for a in naming[node.id]), key=rank.__getitem__) for node in whole.nodes
    )
    return content
