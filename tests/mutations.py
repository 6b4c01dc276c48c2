"""Ways of breaking the graph of the example, each with the requirement that it breaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import example
import pyoxigraph as ox

from kg.rdf import vocabulary as v

NAMES = v.Names()
GRAPH, LINKS = NAMES.article("lake"), NAMES.links("lake")
NORWAY, LIMA = NAMES.node(example.NORWAY.id), NAMES.node(example.LIMA.id)
SUMMIT, LIEN = NAMES.node(example.SUMMIT.id), NAMES.node(example.LIEN.id)
PERU, QUISPE = NAMES.node(example.PERU.id), NAMES.node(example.QUISPE.id)

Quads = list[v.Quad]
Change = Callable[[Quads], Quads]


@dataclass(frozen=True)
class Mutation:
    """A way to break the graph, and words of the requirement that it breaks."""

    name: str
    change: Change
    says: str


def integer(value: object) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(v.XSD + "integer"))


def typed(value: str, kind: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(kind))


def family(quads: Quads, name: str) -> ox.NamedNode:
    """Return the first node of a family, such as `evidence`, in order of IRI."""
    found = (q.subject for q in quads if NAMES.identifier(q.subject).startswith(f"{name}/"))
    return min(found, key=lambda node: node.value)


def making(quads: Quads, relation: str) -> ox.NamedNode:
    """Return the statement of a relation."""
    return next(
        q.subject
        for q in quads
        if q.predicate == v.term("relation") and q.object == v.term(relation)
    )


def evidence(quads: Quads, relation: str) -> ox.NamedNode:
    node = making(quads, relation)
    found = (q for q in quads if q.subject == node and q.predicate == v.term("evidence"))
    return next(found).object  # type: ignore[return-value]


def speaker(quads: Quads) -> ox.NamedNode:
    """Return the first link in a chain of speakers."""
    return min((q.subject for q in quads if q.object == v.ATTRIBUTION), key=lambda n: n.value)


Pick = Callable[[Quads], ox.NamedNode]


def of(name: str) -> Pick:
    return lambda quads: family(quads, name)


def that(relation: str) -> Pick:
    return lambda quads: evidence(quads, relation)


def stating(relation: str) -> Pick:
    return lambda quads: making(quads, relation)


def node(found: ox.NamedNode) -> Pick:
    return lambda quads: found


def named(name: str | ox.NamedNode) -> ox.NamedNode:
    return v.term(name) if isinstance(name, str) else name


def without(pick: Pick, predicate: str | ox.NamedNode) -> Change:
    """Take away all values of a property."""

    def change(quads: Quads) -> Quads:
        subject = pick(quads)
        return [q for q in quads if (q.subject, q.predicate) != (subject, named(predicate))]

    return change


def also(pick: Pick, predicate: str | ox.NamedNode, value: ox.NamedNode | ox.Literal) -> Change:
    """Add a value to a property."""

    def change(quads: Quads) -> Quads:
        return [*quads, v.quad(pick(quads), named(predicate), value, GRAPH)]

    return change


def instead(pick: Pick, predicate: str | ox.NamedNode, value: ox.NamedNode | ox.Literal) -> Change:
    """Put one value in place of all."""

    def change(quads: Quads) -> Quads:
        return also(lambda _: pick(quads), predicate, value)(without(pick, predicate)(quads))

    return change


def moved(pick: Pick, predicate: str, by: int) -> Change:
    """Move an offset."""

    def change(quads: Quads) -> Quads:
        subject = pick(quads)
        old = next(
            q.object.value for q in quads if (q.subject, q.predicate) == (subject, named(predicate))
        )
        return instead(lambda _: subject, predicate, integer(int(old) + by))(quads)

    return change


def unlinked(relation: str) -> Change:
    return lambda quads: [q for q in quads if q.predicate != v.term(relation)]


def linked(subject: ox.NamedNode, relation: str, value: ox.NamedNode) -> Change:
    return lambda quads: [*quads, v.quad(subject, v.term(relation), value, LINKS)]


def unattributed(quads: Quads) -> Quads:
    """Take a speaker out of a chain but leave the chain."""
    gone = (evidence(quads, "visits"), v.term("attributedTo"), QUISPE)
    return [q for q in quads if (q.subject, q.predicate, q.object) != gone]


ARTICLE = node(GRAPH)
MUTATIONS = (
    # articles and runs
    Mutation("an article without text", without(ARTICLE, "text"), "exactly one text"),
    Mutation("two texts", also(ARTICLE, "text", v.text("Other.", "en")), "exactly one text"),
    Mutation("text without language", instead(ARTICLE, "text", v.plain("x")), "exactly one text"),
    Mutation("no digest", without(ARTICLE, "digest"), "exactly one digest"),
    Mutation("no hash", instead(ARTICLE, "digest", v.plain("beef")), "64 hexadecimal digits"),
    Mutation("a negative body", instead(ARTICLE, "bodyStart", integer(-1)), "its body begins"),
    Mutation(
        "a body of words", instead(ARTICLE, "bodyStart", typed("x", v.XSD + "integer")), "body"
    ),
    Mutation("no language", without(ARTICLE, v.LANGUAGE), "exactly one language"),
    Mutation("two headlines", also(ARTICLE, v.HEADLINE, v.text("B", "en")), "one headline"),
    Mutation("a country as publisher", instead(ARTICLE, v.PUBLISHER, NORWAY), "media outlet"),
    Mutation("an address as text", instead(ARTICLE, v.URL, v.plain("x")), "xsd:anyURI"),
    Mutation("a date as text", instead(ARTICLE, v.DATE_PUBLISHED, v.plain("May")), "publication"),
    Mutation(
        "a day that is none",
        instead(ARTICLE, v.DATE_PUBLISHED, typed("2024-02-31", v.XSD + "date")),
        "publication",
    ),
    Mutation("no run", without(ARTICLE, "extractedBy"), "exactly one run"),
    Mutation("an unknown property", also(ARTICLE, "mood", v.plain("glad")), "of an article"),
    Mutation("a run without version", without(of("run"), "pipelineVersion"), "of the pipeline"),
    # entities and offices
    Mutation("no name", without(node(LIMA), v.PREF_LABEL), "one preferred name"),
    Mutation("two names", also(node(LIMA), v.PREF_LABEL, v.text("L", "en")), "one preferred name"),
    Mutation("an alias in no language", also(node(LIMA), v.ALT_LABEL, v.plain("L")), "other names"),
    Mutation("an unknown class", also(node(LIMA), v.TYPE, v.term("Port")), "the ontology has"),
    Mutation("a class alone", also(node(LIMA), v.TYPE, v.term("Country")), "classes above its own"),
    Mutation(
        "two classes of different kind",
        also(node(PERU), v.TYPE, v.term("Place")),
        "neither of which is above",
    ),
    Mutation("no Wikidata", also(node(LIMA), v.SAME_AS, ox.NamedNode("urn:x")), "of Wikidata"),
    Mutation("an office of nobody", without(of("membership"), v.MEMBER), "exactly one actor"),
    Mutation(
        "an office of a place", instead(of("membership"), v.MEMBER, LIMA), "exactly one actor"
    ),
    Mutation("an office without title", without(of("membership"), "title"), "exactly one title"),
    Mutation("an office without role", without(of("membership"), v.ROLE), "exactly one role"),
    Mutation("a role without label", without(of("role"), v.LABEL), "have a label"),
    # mentions
    Mutation("a mention of nothing", without(of("mention"), "refersTo"), "one or more entities"),
    Mutation("a mention of an article", also(of("mention"), "refersTo", GRAPH), "more entities"),
    Mutation(
        "a mention by rumour", instead(of("mention"), "how", v.plain("rumour")), "one of: name"
    ),
    Mutation("a mention without type", without(of("mention"), v.TYPE), "must be a kg:Mention"),
    # statements
    Mutation("no relation", without(stating("meets"), "relation"), "exactly one relation"),
    Mutation(
        "two relations",
        also(stating("meets"), "relation", v.term("visits")),
        "exactly one relation",
    ),
    Mutation(
        "a relation without card",
        instead(stating("meets"), "relation", v.term("admires")),
        "one that the ontology has",
    ),
    Mutation("no agent", without(stating("meets"), "agent"), "at least one agent"),
    Mutation("a place that acts", also(stating("meets"), "agent", LIMA), "only actors as agents"),
    Mutation(
        "a target beyond the range", instead(stating("attends"), "target", LIMA), "targets that"
    ),
    Mutation(
        "a target that is no entity", also(stating("visits"), "target", GRAPH), "only entities"
    ),
    Mutation("an agent beyond the domain", also(stating("visits"), "agent", SUMMIT), "agents that"),
    Mutation("no evidence", without(stating("meets"), "evidence"), "at least one evidence"),
    Mutation("a date as text", instead(stating("meets"), "date", v.plain("soon")), "in EDTF"),
    Mutation(
        "days in the wrong order",
        instead(stating("meets"), "earliest", typed("2025-01-01", v.XSD + "date")),
        "not after its latest",
    ),
    Mutation(
        "an unknown property", also(stating("meets"), "mood", v.plain("x")), "kg:Statement and"
    ),
    # evidence
    Mutation("no article", without(that("meets"), "article"), "exactly one article"),
    Mutation(
        "another article", instead(that("meets"), "article", NAMES.article("sea")), "one article"
    ),
    Mutation("no start", without(that("meets"), "start"), "exactly one start"),
    Mutation("no end", without(that("meets"), "end"), "exactly one end"),
    Mutation(
        "an offset as text", instead(that("meets"), "start", v.plain("0")), "exactly one start"
    ),
    Mutation(
        "an end before the start", instead(that("proposes"), "end", integer(3)), "than its end"
    ),
    Mutation("a start too late", moved(that("meets"), "start", 1), "letter by letter"),
    Mutation("an end beyond the text", moved(that("meets"), "end", 10_000), "letter by letter"),
    Mutation("no quote", without(that("meets"), "quote"), "exactly one quote"),
    Mutation(
        "another quote", instead(that("meets"), "quote", v.text("They met", "en")), "letter by"
    ),
    Mutation("a trigger outside", moved(that("meets"), "triggerEnd", 1_000), "not after its own"),
    Mutation(
        "a trigger before", instead(that("proposes"), "triggerStart", integer(0)), "start after"
    ),
    Mutation("no modality", without(that("meets"), "modality"), "exactly one modality"),
    Mutation("two modalities", also(that("meets"), "modality", v.term("planned")), "one modality"),
    Mutation(
        "an odd modality", instead(that("meets"), "modality", v.term("wished")), "one modality"
    ),
    Mutation("no polarity", without(that("visits"), "polarity"), "exactly one polarity"),
    Mutation(
        "both polarities", also(that("visits"), "polarity", v.term("negated")), "one polarity"
    ),
    Mutation("no confidence", without(that("meets"), "confidence"), "exactly one confidence"),
    Mutation(
        "a confidence of 2", instead(that("meets"), "confidence", v.decimal(2)), "from 0 to 1"
    ),
    Mutation("no rule", without(that("meets"), "rule"), "exactly one rule"),
    Mutation("said by an event", also(that("meets"), "attributedTo", SUMMIT), "to actors only"),
    Mutation("reported by a place", also(that("meets"), "reportedBy", LIMA), "by actors only"),
    Mutation("about an article", also(that("meets"), "about", GRAPH), "about entities only"),
    Mutation("without type", without(that("visits"), v.TYPE), "must be a kg:Evidence"),
    Mutation(
        "evidence of two statements",
        lambda quads: also(stating("visits"), "evidence", evidence(quads, "meets"))(quads),
        "evidence of exactly one statement",
    ),
    Mutation("a speaker without place", without(speaker, "order"), "place in the"),
    Mutation("a chain that does not fit", unattributed, "the speakers in its chain"),
    # plain links
    Mutation("a planned act as a link", linked(NORWAY, "attends", SUMMIT), "linked plainly only"),
    Mutation("a rumour as a link", linked(PERU, "visits", NAMES.node("x")), "linked plainly only"),
    Mutation("a missing link", unlinked("proposes"), "must be linked plainly, since"),
    Mutation("a missing mutual link", unlinked("meets"), "must be linked plainly, since"),
    Mutation(
        "a link whose evidence became hearsay",
        also(that("proposes"), "attributedTo", LIEN),
        "linked plainly only",
    ),
)
