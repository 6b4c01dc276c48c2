"""Builds the view, the content of the network page, from extractions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.export.html.lines import lines, summed
from kg.export.html.model import Act, Node, Post, Source, Telling, Term, View
from kg.export.html.passages import Excerpt, excerpt, passages, wide
from kg.ontology import Ontology
from kg.rdf import canonical
from kg.records import Entity, Extraction, Statement
from kg.telling.acts import alone

UNLINKED = "unlinked/"


def view(
    extractions: Iterable[Extraction],
    ontology: Ontology,
    wikidata: Mapping[str, str] | None = None,
    *,
    acts: Mapping[str, str] | None = None,
    contradictions: Iterable[tuple[str, str]] = (),
) -> View:
    """Return the view of `extractions`, whose order does not matter.

    Args:
        extractions: the records of each article.
        ontology: has labels, colours and shapes, and decides which entities lines join.
        wikidata: Wikidata items by identifier of the entity.
        acts: identifier of the act by identifier of the statement; a missing statement gets an act
            of its own.
        contradictions: pairs of identifiers of statements; the first denies the second.
    """
    ordered = [canonical(e) for e in sorted(extractions, key=lambda e: e.article.id)]
    entities = _entities(ordered, ontology)
    number = {entity.id: i for i, entity in enumerate(entities)}
    kinds = sorted({e.kind for e in entities}, key=lambda k: kind_order(k, ontology))
    relations = sorted({s.relation for e in ordered for s in e.statements})
    sources = tuple(_source(e) for e in ordered)
    found, tellings = _acts(ordered, number, relations, acts or {})
    place = {telling.id: i for i, telling in enumerate(tellings)}
    known = [pair for pair in contradictions if place.keys() >= set(pair)]
    disputes = tuple(sorted((place[denial], place[claim]) for denial, claim in known))
    joined = lines(tellings, found, relations, [e.kind for e in entities], ontology)
    return View(
        sources=sources,
        nodes=_nodes(ordered, entities, number, kinds, tellings, wikidata or {}, ontology),
        acts=found,
        tellings=tellings,
        lines=summed(joined, tellings, sources, disputes),
        kinds=tuple(kind_term(name, ontology) for name in kinds),
        relations=tuple(relation_term(name, ontology) for name in relations),
        disputes=disputes,
    )


def _spaced(name: str) -> str:
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()


def relation_term(name: str, ontology: Ontology) -> Term:
    """Return the term of a relation: label and whether it is a mere remark."""
    card = ontology.relations.get(name)
    if not card:
        return Term(name=name, label=_spaced(name))
    return Term(name=name, label=card.label, remark=card.remark)


def kind_term(name: str, ontology: Ontology) -> Term:
    """Return the term of a class: label, and colour and shape of the nearest class with some."""
    found = ontology.classes.get(name)
    label = found.label if found else _spaced(name)
    for ancestor in ontology.superclasses(name):
        hints = ontology.classes.get(ancestor)
        if hints and (hints.colour or hints.shape):
            return Term(name=name, label=label, colour=hints.colour, shape=hints.shape)
    return Term(name=name, label=label)


def kind_order(name: str, ontology: Ontology) -> tuple[str, ...]:
    """Return a sort key of classes by superclass, so that all kinds of persons are adjacent."""
    return tuple(reversed(ontology.superclasses(name)))


def _entities(extractions: Sequence[Extraction], ontology: Ontology) -> list[Entity]:
    """Return one entity for each identifier, with its most specific class and commonest name."""
    seen: dict[str, Counter[Entity]] = defaultdict(Counter)
    for extraction in extractions:
        for entity in extraction.entities:
            seen[entity.id][entity] += 1
    chosen = []
    for _, versions in sorted(seen.items()):
        kind = min(versions, key=lambda e: (-len(ontology.superclasses(e.kind)), e.kind)).kind
        names: Counter[str] = Counter()
        for entity, times in versions.items():
            names[entity.name] += times
        name = min(names, key=lambda n: (-names[n], n))
        chosen.append(Entity(id=min(versions).id, kind=kind, name=name))
    return chosen


def _source(extraction: Extraction) -> Source:
    article = extraction.article
    spans = [s.evidence.span for s in extraction.statements]
    spans += [p.span for p in extraction.positions]
    return Source(
        id=article.id,
        title=article.title or article.id,
        outlet=article.outlet,
        url=article.url,
        published=article.published,
        language=article.language,
        passages=passages(article, spans),
        wide=wide(article.text),
    )


def _acts(
    extractions: Sequence[Extraction],
    number: Mapping[str, int],
    relations: Sequence[str],
    told_by: Mapping[str, str],
) -> tuple[tuple[Act, ...], tuple[Telling, ...]]:
    """Return the acts sorted by date, and the statements grouped by act."""
    gathered: dict[str, list[tuple[int, Statement]]] = defaultdict(list)
    for i, extraction in enumerate(extractions):
        for statement in extraction.statements:
            gathered[told_by.get(statement.id) or alone(statement.id)].append((i, statement))

    def place(item: tuple[int, Statement]) -> tuple[int, int, int, str]:
        source, statement = item
        span = statement.evidence.span
        return source, span.start, span.end, statement.id

    def age(item: tuple[int, Statement]) -> tuple[str, tuple[int, int, int, str]]:
        source, statement = item
        date = statement.when.value if statement.when else extractions[source].article.published
        return date, place(item)

    acts: list[Act] = []
    tellings: list[Telling] = []
    for key, items in sorted(gathered.items(), key=lambda found: min(map(age, found[1]))):
        first = len(tellings)
        for source, statement in sorted(items, key=place):
            quote = excerpt(extractions[source], statement)
            tellings.append(_telling(statement, quote, number, act=len(acts), source=source))
        relation = relations.index(items[0][1].relation)
        numbers = tuple(range(first, len(tellings)))
        acts.append(Act(id=key, relation=relation, tellings=numbers))
    return tuple(acts), tuple(tellings)


def _telling(
    s: Statement, quote: Excerpt, number: Mapping[str, int], *, act: int, source: int
) -> Telling:
    def numbers(role: Iterable[Entity]) -> tuple[int, ...]:
        return tuple(number[entity.id] for entity in role)

    return Telling(
        id=s.id,
        act=act,
        source=source,
        quote=quote,
        agents=numbers(s.agents),
        targets=numbers(s.targets),
        about=numbers(s.about),
        where=numbers(s.where),
        date=s.when.value if s.when else "",
        modality=s.modality,
        negated=s.negated,
        speakers=numbers(s.attributed_to),
        outlets=numbers(s.reported_by),
        unnamed=s.unnamed_source,
        confidence=s.confidence,
    )


def _nodes(
    extractions: Sequence[Extraction],
    entities: Sequence[Entity],
    number: Mapping[str, int],
    kinds: Sequence[str],
    tellings: Sequence[Telling],
    wikidata: Mapping[str, str],
    ontology: Ontology,
) -> tuple[Node, ...]:
    aliases: dict[str, set[str]] = defaultdict(set)
    posts: dict[str, dict[tuple[str, int], Post]] = defaultdict(dict)
    for i, extraction in enumerate(extractions):
        for mention in extraction.mentions:
            if mention.how == "name":
                text = " ".join(extraction.article.quote(mention.span).split())
                aliases[mention.entity.id].add(text)
        for position in sorted(extraction.positions, key=lambda p: p.span):
            of = number[position.of.id] if position.of else -1
            post = Post(title=position.title, of=of, source=i, quote=excerpt(extraction, position))
            posts[position.holder.id].setdefault((position.title.casefold(), of), post)
    weight: Counter[int] = Counter()
    for telling in tellings:
        weight.update({*telling.agents, *telling.targets, *telling.about})
    languages: dict[tuple[str, str], str] = {}
    for extraction in extractions:
        for entity in extraction.entities:
            languages.setdefault((entity.id, entity.name), extraction.article.language)
    countries = {i for i, entity in enumerate(entities) if entity.kind == "Country"}
    return tuple(
        Node(
            id=entity.id,
            name=entity.name,
            language=languages[entity.id, entity.name],
            kind=kinds.index(entity.kind),
            aliases=tuple(sorted(aliases[entity.id] - {entity.name})),
            posts=tuple(posts[entity.id].values()),
            wikidata=wikidata.get(entity.id, ""),
            weight=weight[i],
            countries=tuple(
                sorted(countries & {i, *(post.of for post in posts[entity.id].values())})
            ),
            described=entity.id.startswith(UNLINKED) and ontology.is_a(entity.kind, ("Group",)),
        )
        for i, entity in enumerate(entities)
    )
