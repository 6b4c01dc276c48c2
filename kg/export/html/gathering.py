"""Extractions gathered into what the network page shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from kg.export.html.model import Act, Line, Node, Post, Source, Telling, Term, View
from kg.export.html.passages import excerpt, passages, wide
from kg.ontology import Ontology
from kg.rdf import canonical, evidence_names
from kg.records import EVENT_KINDS, Entity, Extraction, Statement

LIGHT_KINDS = EVENT_KINDS | {"Agreement"}
_STRENGTH = ("actual", "planned", "proposed", "possible")


def view(
    extractions: Iterable[Extraction],
    ontology: Ontology,
    wikidata: Mapping[str, str] | None = None,
) -> View:
    """Return the view of `extractions`, the same in whatever order they come.

    Args:
        extractions: articles with what was found in them.
        ontology: names of classes and relations, their display hints and what lines join.
        wikidata: items by identifier of the entity.
    """
    ordered = [canonical(e) for e in sorted(extractions, key=lambda e: e.article.id)]
    entities = _entities(ordered, ontology)
    number = {entity.id: i for i, entity in enumerate(entities)}
    kinds = sorted({e.kind for e in entities}, key=lambda k: _kind_order(k, ontology))
    relations = sorted({s.relation for e in ordered for s in e.statements})
    acts = _acts(ordered, number, {name: i for i, name in enumerate(relations)})
    return View(
        sources=tuple(_source(e) for e in ordered),
        nodes=_nodes(ordered, entities, number, kinds, acts, wikidata or {}),
        acts=acts,
        lines=_lines(acts, entities, relations, ontology, ordered),
        kinds=tuple(_kind(name, ontology) for name in kinds),
        relations=tuple(_relation(name, ontology) for name in relations),
    )


def _spaced(name: str) -> str:
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()


def _relation(name: str, ontology: Ontology) -> Term:
    card = ontology.relations.get(name)
    if not card:
        return Term(name=name, label=_spaced(name))
    return Term(name=name, label=card.label, topical="about" in card.links)


def _kind(name: str, ontology: Ontology) -> Term:
    found = ontology.classes.get(name)
    label = found.label if found else _spaced(name)
    for ancestor in ontology.superclasses(name):
        hints = ontology.classes.get(ancestor)
        if hints and (hints.colour or hints.shape):
            return Term(name=name, label=label, colour=hints.colour, shape=hints.shape)
    return Term(name=name, label=label)


def _kind_order(name: str, ontology: Ontology) -> tuple[str, ...]:
    """Sort classes by family: root first, so that officials stand beside analysts."""
    return tuple(reversed(ontology.superclasses(name)))


def _entities(extractions: Sequence[Extraction], ontology: Ontology) -> list[Entity]:
    """Return one entity for each identifier: the most specific class, the commonest name."""
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
    extractions: Sequence[Extraction], number: Mapping[str, int], relations: Mapping[str, int]
) -> tuple[Act, ...]:
    first: dict[str, Statement] = {}
    roles: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    tellings: dict[str, list[Telling]] = defaultdict(list)
    for i, extraction in enumerate(extractions):
        named = zip(extraction.statements, evidence_names(extraction), strict=True)
        for statement, name in named:
            key = statement.id
            first.setdefault(key, statement)
            for role in ("agents", "targets", "about", "where"):
                roles[key][role].update(number[e.id] for e in getattr(statement, role))
            tellings[key].append(
                Telling(
                    id=name,
                    source=i,
                    quote=excerpt(extraction, statement),
                    modality=statement.modality,
                    negated=statement.negated,
                    speakers=tuple(number[e.id] for e in statement.attributed_to),
                    outlets=tuple(number[e.id] for e in statement.reported_by),
                    confidence=statement.confidence,
                )
            )
    return tuple(
        Act(
            id=key,
            relation=relations[statement.relation],
            agents=tuple(sorted(roles[key]["agents"])),
            targets=tuple(sorted(roles[key]["targets"])),
            about=tuple(sorted(roles[key]["about"])),
            where=tuple(sorted(roles[key]["where"])),
            date=statement.when.value if statement.when else "",
            tellings=tuple(tellings[key]),
        )
        for key, statement in sorted(
            first.items(),
            key=lambda item: (
                item[1].when.value
                if item[1].when
                else extractions[tellings[item[0]][0].source].article.published,
                tellings[item[0]][0].source,
                tellings[item[0]][0].quote.start,
                item[0],
            ),
        )
    )


def _nodes(
    extractions: Sequence[Extraction],
    entities: Sequence[Entity],
    number: Mapping[str, int],
    kinds: Sequence[str],
    acts: Sequence[Act],
    wikidata: Mapping[str, str],
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
    for act in acts:
        for node in {*act.agents, *act.targets, *act.about}:
            weight[node] += len(act.tellings)
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
        )
        for i, entity in enumerate(entities)
    )


def _pairs(
    act: Act, entities: Sequence[Entity], relation: str, ontology: Ontology
) -> dict[tuple[int, int], tuple[bool, bool]]:
    """Return what `act` joins: ordered pair -> (directed, light).

    Lines run as the relation's card says, and between all parties of a mutual act. Where that
    joins nothing, and to events and agreements, lighter lines lead to what the act is about.
    """
    card = ontology.relations.get(relation)
    links = card.links if card else ("target",)
    found: dict[tuple[int, int], tuple[bool, bool]] = {}
    mutual = bool(card and card.symmetric)
    if mutual:
        parties = sorted({*act.agents, *act.targets})
        found.update(dict.fromkeys(combinations(parties, 2), (False, False)))
    ends = list(act.targets) if "target" in links and not mutual else []
    ends += act.about if "about" in links else ()
    for agent in act.agents:
        found.update({(agent, end): (True, False) for end in ends if agent != end})
    about = [n for n in act.about if not found or ontology.is_a(entities[n].kind, LIGHT_KINDS)]
    for agent in act.agents:
        for topic in about:
            if agent != topic:
                found.setdefault((agent, topic), (True, True))
    return found


def _lines(
    acts: Sequence[Act],
    entities: Sequence[Entity],
    relations: Sequence[str],
    ontology: Ontology,
    extractions: Sequence[Extraction],
) -> tuple[Line, ...]:
    behind: dict[tuple[int, int], list[tuple[int, bool, bool]]] = defaultdict(list)
    for i, act in enumerate(acts):
        pairs = _pairs(act, entities, relations[act.relation], ontology)
        for pair, (directed, light) in pairs.items():
            behind[pair].append((i, directed, light))
    lines = []
    for (start, end), items in sorted(behind.items()):
        tellings = [t for i, _, _ in items for t in acts[i].tellings]
        articles = [extractions[t.source].article for t in tellings]
        lines.append(
            Line(
                start=start,
                end=end,
                acts=tuple(i for i, _, _ in items),
                directed=any(directed for _, directed, _ in items),
                light=all(light for _, _, light in items),
                modality=min((t.modality for t in tellings), key=_STRENGTH.index),
                mark=_mark([acts[i] for i, _, _ in items]),
                weight=len(tellings),
                outlets=len({a.outlet or a.id for a in articles}),
            )
        )
    return tuple(lines)


def _mark(acts: Sequence[Act]) -> str:
    """Return how denials show on a line; acts that differ in their date alone are the same."""
    said: dict[tuple[object, ...], set[bool]] = defaultdict(set)
    for act in acts:
        same = (act.relation, act.agents, act.targets, act.about)
        said[same].update(telling.negated for telling in act.tellings)
    if {True, False} in said.values():
        return "disputed"
    denied = [True in ways for ways in said.values()]
    return "negated" if all(denied) else "partly" if any(denied) else ""
