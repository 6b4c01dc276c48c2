"""Apply decisions to the extraction of one article."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kg import iris
from kg.decisions.model import AddedStatement, Decision, Named, WrongStatement
from kg.decisions.rules import Rules
from kg.errors import DecisionError, KgError, UnknownReferenceError
from kg.records import (
    ROLES,
    Article,
    Entity,
    Evidence,
    Extraction,
    Position,
    Span,
    Statement,
    When,
)

DECIDED = "decided"
_FAMILIES = {name: kind for kind, name in iris.FAMILIES}
_SHORTEST = 6  # least hexadecimal digits of a hash that refer to a statement: chosen, not measured


@dataclass(slots=True, kw_only=True)
class Outcome:
    """An extraction after decisions were applied, and what each decision did to it.

    Attributes:
        extraction: the changed extraction.
        influenced: (decision, entity) for each entity that a decision concerns.
        alternates: (former, present) identifier of entities.
        aliases: (identifier, former name) of entities.
        invalidated: (decision, statement) for each statement removed.
        revised: (present, former) identifier of statements that changed with their entities.
        generated: (decision, statement) for each statement added.
        seen: identifiers of the extracted entities and of those split off.
        hits: identifiers of decisions on statements that matched one here.
        problems: decisions on this article that cannot be carried out, and why.
    """

    extraction: Extraction
    influenced: set[tuple[str, str]] = field(default_factory=set)
    alternates: set[tuple[str, str]] = field(default_factory=set)
    aliases: set[tuple[str, str]] = field(default_factory=set)
    invalidated: set[tuple[str, str]] = field(default_factory=set)
    revised: set[tuple[str, str]] = field(default_factory=set)
    generated: list[tuple[str, Statement]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    hits: set[str] = field(default_factory=set)
    problems: list[KgError] = field(default_factory=list)


def refers(reference: str, statement: str) -> bool:
    """Return whether a reference, an identifier or the start of a hash, means this statement."""
    wanted = reference.removeprefix("statement/")
    if "/" in wanted:
        return wanted == statement.removeprefix("statement/")
    return len(wanted) >= _SHORTEST and iris.short(statement).startswith(wanted)


def apply(rules: Rules, extraction: Extraction) -> Outcome:
    """Return the extraction with the decisions applied."""
    return _Applying(rules, extraction).run()


class _Applying:
    """The state while decisions are applied to one article."""

    def __init__(self, rules: Rules, extraction: Extraction) -> None:
        self.rules = rules
        self.raw = extraction
        self.article = extraction.article
        self.out = Outcome(extraction=extraction)
        self.retyped: dict[str, Decision] = {}
        self.entities = self._entities()

    def run(self) -> Outcome:
        kept: list[tuple[Statement, Statement]] = []
        wrong = self._wrong(self.raw.statements)
        for number, before in enumerate(self.raw.statements):
            after = self._moved(before)
            if number in wrong:
                self.out.invalidated.add((wrong[number].id, before.id))
            elif after is not None:
                kept.append((before, after))
        wrong = self._wrong([after for _, after in kept])
        statements = []
        for number, (before, after) in enumerate(kept):
            if number in wrong:
                self.out.invalidated.add((wrong[number].id, before.id))
                continue
            statements.append(after)
            if after.id != before.id:
                self.out.revised.add((after.id, before.id))
        for decision in self.rules.added(self.article.id):
            if added := self._added(decision):
                statements.append(added)
                self.out.generated.append((decision.id, added))
        self.out.extraction = Extraction(
            article=self.article,
            mentions=tuple(
                replace(m, entity=self.entities[m.entity.id]) for m in self.raw.mentions
            ),
            positions=tuple(self._positions()),
            statements=tuple(statements),
        )
        return self.out

    def _entities(self) -> dict[str, Entity]:
        """Return the entity that each extracted entity has become, by its extracted identifier."""
        rules, out = self.rules, self.out
        groups: dict[str, list[tuple[Entity, str]]] = defaultdict(list)
        for entity in self.raw.entities:
            identifier, name = entity.id, entity.name
            split = rules.split.get((self.article.id, entity.id))
            if split:
                identifier, name = split[0], split[1].name
                out.influenced |= {(split[1].id, identifier), (split[1].id, entity.id)}
            present = rules.one(identifier)
            if present != identifier and (entry := rules.gazetteer.entry(present)):
                name = entry.name
            groups[present].append((entity, name))
            out.seen |= {entity.id, identifier}
            for decision in rules.merging(identifier):
                out.influenced |= {(decision.id, present), (decision.id, identifier)}
            if present != entity.id:
                out.alternates.add((entity.id, present))
        found: dict[str, Entity] = {}
        for identifier, members in groups.items():
            name = members[0][1]
            if called := rules.named.get(identifier):
                name = called[0]
                out.influenced.add((called[1].id, identifier))
            kind = self._kind(identifier, [entity for entity, _ in members])
            for entity, _ in members:
                found[entity.id] = Entity(id=identifier, kind=kind, name=name)
                other = (self.article.id, entity.id) in rules.split
                if entity.name != name and not other:
                    out.aliases.add((identifier, entity.name))
        return found

    def _kind(self, identifier: str, members: Sequence[Entity]) -> str:
        rules, is_a = self.rules, self.rules.ontology.is_a
        if typed := rules.typed.get(identifier):
            self.out.influenced.add((typed[1].id, identifier))
            self.retyped[identifier] = typed[1]
            return typed[0]
        kinds = sorted({entity.kind for entity in members if entity.id == identifier})
        if not kinds:  # no extracted entity of this article has the identifier itself
            entry = rules.gazetteer.entry(identifier)
            kinds = [
                entry.kind if entry else _FAMILIES.get(iris.family(identifier), members[0].kind)
            ]
        for entity in sorted(members):
            if is_a(entity.kind, (kinds[0],)):
                kinds = [entity.kind]
            elif not is_a(kinds[0], (entity.kind,)) and (ways := rules.merging(entity.id)):
                self.retyped.setdefault(identifier, ways[0])
        return kinds[0]

    def _group(self, entities: Iterable[Entity]) -> tuple[Entity, ...]:
        return tuple(dict.fromkeys(self.entities[entity.id] for entity in entities))

    def _moved(self, s: Statement) -> Statement | None:
        """Return a statement with its entities replaced; None if too few suitable ones are left."""
        agents, targets = self._group(s.agents), self._group(s.targets)
        about = self._group(s.about)
        speakers = self._group(s.attributed_to)
        relation = self.rules.ontology.relations.get(s.relation)
        if len(agents) + len(targets) < len(s.agents) + len(s.targets) or (
            set(agents) & set(targets)
        ):
            targets = tuple(target for target in targets if target not in agents)
        if relation:
            agents = self._fitting(agents, relation.domain)
            targets = self._fitting(targets, relation.range)
        lost = (s.targets and not targets and not about) or not agents
        alone = len(s.agents) > 1 and len(agents) == 1 and not targets and not about
        if lost or alone or len(self._fitting(speakers, ("Actor",))) < len(speakers):
            for decision in self._bearing(s):
                self.out.invalidated.add((decision.id, s.id))
            return None
        return replace(
            s,
            agents=agents,
            targets=targets,
            about=about,
            where=self._group(s.where),
            attributed_to=speakers,
            reported_by=self._group(s.reported_by),
        )

    def _fitting(self, entities: tuple[Entity, ...], kinds: tuple[str, ...]) -> tuple[Entity, ...]:
        """Return the entities less those whose class was changed to one unfit for a role."""
        is_a = self.rules.ontology.is_a
        return tuple(
            e for e in entities if not kinds or e.id not in self.retyped or is_a(e.kind, kinds)
        )

    def _bearing(self, s: Statement) -> list[Decision]:
        """Return the decisions that concern entities of a statement."""
        found: dict[str, Decision] = {}
        for group in (s.agents, s.targets, s.attributed_to):
            for entity in group:
                present = self.entities[entity.id].id
                ways = self.rules.merging(entity.id)
                if present in self.retyped:
                    ways.append(self.retyped[present])
                found.update((decision.id, decision) for decision in ways)
        return list(found.values())

    def _positions(self) -> Iterable[Position]:
        is_a = self.rules.ontology.is_a
        for position in self.raw.positions:
            holder = self.entities[position.holder.id]
            of = self.entities[position.of.id] if position.of else None
            if holder.id in self.retyped and not is_a(holder.kind, ("Person",)):
                continue
            if of and of.id in self.retyped and not is_a(of.kind, ("Organization", "Country")):
                of = None
            yield replace(position, holder=holder, of=of)

    def _wrong(self, statements: Sequence[Statement]) -> dict[int, WrongStatement]:
        """Return the decision against each statement that is wrong, by index of the statement."""
        found: dict[int, WrongStatement] = {}
        for decision in self.rules.wrong(self.article.id):
            numbers = [n for n, s in enumerate(statements) if self._named(decision, s)]
            if decision.quote:
                quotes = {n: self._quote(statements[n]) for n in numbers}
                exact = [n for n in numbers if quotes[n] == decision.quote]
                numbers = exact or [
                    n for n in numbers if decision.quote in quotes[n] or quotes[n] in decision.quote
                ]
            if numbers:
                self.out.hits.add(decision.id)
            for number in numbers:
                found.setdefault(number, decision)
        return found

    def _quote(self, s: Statement) -> str:
        return " ".join(self.article.quote(s.evidence.span).split())

    @staticmethod
    def _named(decision: WrongStatement, s: Statement) -> bool:
        if decision.quote:
            return decision.relation == s.relation
        return refers(decision.statement, s.id)

    def _added(self, decision: AddedStatement) -> Statement | None:
        """Return the statement that a decision adds; None, with a problem noted, if impossible."""
        try:
            span = place(self.article, decision)
            parties = {
                role: tuple(
                    dict.fromkeys(self._party(p, decision) for p in getattr(decision, role))
                )
                for role in ROLES
            }
            relation = self.rules.ontology.relation(decision.relation)
            for role, kinds in (("agents", relation.domain), ("targets", relation.range)):
                for entity in parties[role]:
                    if kinds and not self.rules.ontology.is_a(entity.kind, kinds):
                        what = f"a {entity.kind} such as {entity.name} cannot stand in {role}"
                        hint = f"{decision.relation} takes: {', '.join(kinds)}"
                        raise DecisionError(what, where=decision.label, hint=hint)
        except DecisionError as error:
            self.out.problems.append(error)
            return None
        finally:
            self.out.hits.add(decision.id)
        return Statement(
            relation=decision.relation,
            when=When(value=decision.date, text="") if decision.date else None,
            modality=decision.modality,
            negated=decision.negated,
            evidence=Evidence(
                article=self.article.id,
                span=span,
                trigger=span,
                rule=f"{decision.relation}/{DECIDED}",
            ),
            **parties,  # type: ignore[arg-type]
        )

    def _party(self, party: str | Named, decision: AddedStatement) -> Entity:
        here = {entity.id: entity for entity in self.entities.values()}
        if isinstance(party, Named):
            is_a = self.rules.ontology.is_a
            name = next((f for kind, f in iris.FAMILIES if is_a(party.type, (kind,))), "entity")
            identifier = self.rules.one(iris.unlinked(name, party.name))
            self.out.seen.add(identifier)
            return here.get(identifier) or Entity(
                id=identifier, kind=party.type, name=self._called(identifier, party.name)
            )
        if entity := self.entities.get(party) or here.get(self.rules.one(party)):
            return entity
        found = {e for e in here.values() if iris.slug(e.name) == iris.slug(party)}
        found |= {
            self.entities[m.entity.id]
            for m in self.raw.mentions
            if m.how == "name" and iris.slug(self.article.quote(m.span)) == iris.slug(party)
        }
        if len(found) == 1:
            return found.pop()
        gazetteer = self.rules.gazetteer
        entry = gazetteer.entry(self.rules.one(party))
        if entry is None and not found:
            matches = [m.entry for m in gazetteer.find(party)]
            holders = {h.id for h in gazetteer.holders(party)} if not matches else set()
            entry = matches[0] if matches else None
            entry = gazetteer.entry(holders.pop()) if len(holders) == 1 else entry
        if entry is None:
            ids = ", ".join(sorted(e.id for e in found))
            raise UnknownReferenceError(
                f"{party!r} is {'one of several' if found else 'nobody that is known'} there",
                where=decision.label,
                hint=f"write one of: {ids}" if found else _hint(party, here.values()),
            )
        identifier = self.rules.one(entry.id)
        return here.get(identifier) or Entity(
            id=identifier, kind=entry.kind, name=self._called(identifier, entry.name)
        )

    def _called(self, identifier: str, name: str) -> str:
        return self.rules.named.get(identifier, (name,))[0]


def _hint(name: str, entities: Iterable[Entity]) -> str:
    import difflib

    names = {e.name: e.id for e in entities} | {e.id: e.id for e in entities}
    near = difflib.get_close_matches(name, sorted(names), n=1, cutoff=0.4)  # chosen, not measured
    also = f'write {{name = "{name}", type = "..."}} for somebody new'
    return f"did you mean {names[near[0]]}? or {also}" if near else also


def place(article: Article, decision: AddedStatement) -> Span:
    """Return the span of the quote of an added statement; white space may differ.

    Raises:
        UnknownReferenceError: the article does not have the quote, or has it more than once.
    """
    pattern = r"\s+".join(map(re.escape, decision.quote.split()))
    found = [Span(start=m.start(), end=m.end()) for m in re.finditer(pattern, article.text)]
    if len(found) == 1:
        return found[0]
    if found:
        what = f"the quote stands in {article.id} {len(found)} times"
        raise UnknownReferenceError(what, where=decision.label, hint="quote more words")
    raise UnknownReferenceError(
        f"the quote is not in {article.id}",
        where=decision.label,
        hint=f"the nearest is: {nearest_words(article.text, decision.quote)}",
    )


def nearest_words(text: str, quote: str) -> str:
    """Return the sentence of a text that shares most words with a quote."""
    wanted = set(quote.casefold().split())
    sentences = [" ".join(s.split()) for s in re.split(r"(?<=[.!?])\s+|\n+", text)]
    return max(sentences, key=lambda s: len(wanted & set(s.casefold().split())), default="")
