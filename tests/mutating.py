"""How graphs are broken: nodes picked by what they are, and changes to their properties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import example
import pyoxigraph as ox
import shacl

from kg import decisions
from kg import ontology as ontologies
from kg.ontology import Ontology
from kg.rdf import vocabulary as v
from kg.records import Extraction

NAMES = v.Names()
GRAPH, LINKS = NAMES.article("lake"), NAMES.links("lake")
NORWAY, LIMA = NAMES.node(example.NORWAY.id), NAMES.node(example.LIMA.id)
SUMMIT, LIEN = NAMES.node(example.SUMMIT.id), NAMES.node(example.LIEN.id)
PERU, QUISPE = NAMES.node(example.PERU.id), NAMES.node(example.QUISPE.id)

SEA = NAMES.article("sea")
DECIDED = decisions.parse(
    """[[same]]
by = "Foreign desk"
entities = ["unlinked/person/ana-quispe", "unlinked/person/olav-lien"]
note = "she married"
"""
)

Quads = list[v.Quad]
Change = Callable[[Quads], Quads]


@dataclass(frozen=True)
class Mutation:
    """A way to break the graph, and words of the requirement that it breaks."""

    name: str
    change: Change
    says: str


def plenty() -> Extraction:
    """Return the example with statements that a link rests on, and others that none may rest on."""
    lake = example.lake()
    meets, proposes, *_ = lake.statements
    act = replace(proposes, agents=(example.NORWAY,), targets=(example.PERU,), about=())
    more = (
        replace(meets, negated=True),
        replace(act, relation="supports", about=(example.SUMMIT,)),
        replace(act, relation="opposes", targets=(), about=(example.SUMMIT,)),
        replace(act, relation="urges", unnamed_source=True),
        replace(act, relation="warns", confidence=ontologies.load().link_floor - 0.01),
        replace(act, relation="accuses", negated=True),
    )
    return replace(lake, statements=(*lake.statements, *more))


def valid(ontology: Ontology) -> Quads:
    """Return graphs in which nothing is wrong: of an article, its links and acts, and decisions."""
    quads = shacl.unit(plenty(), ontology) + shacl.acts(plenty(), ontology)
    quads += figures(quads)
    quads += decisions.decision_quads(DECIDED, base=NAMES.base)
    about = v.quad(SEA, v.term("source"), NAMES.node(example.HERALD.id), NAMES.sources)
    patch = v.plain(f'A {SEA} {v.term("digest")} "beef" .')
    return [*quads, about, v.quad(SEA, v.term("changes"), patch, NAMES.decided("sea"))]


def figures(quads: Quads) -> Quads:
    """Return how often an act is told, as if other articles told it as well."""
    act, graph = family(quads, "act"), NAMES.acts
    node = NAMES.node(f"corroboration/{NAMES.identifier(act).removeprefix('act/')}/actual")
    values: dict[str, ox.NamedNode | ox.Literal] = {
        "toldAs": v.term("actual"),
        "independentOutlets": integer(2),
        "tellingArticles": integer(3),
        "repeatingArticles": integer(1),
        "claimingArticles": integer(0),
        "surestStatement": family(quads, "statement"),
    }
    outlets = (NAMES.node(example.HERALD.id), NAMES.node("unlinked/outlet/pier-news"))
    return [
        v.quad(act, v.term("articles"), integer(3), graph),
        v.quad(act, v.term("corroboration"), node, graph),
        v.quad(node, v.TYPE, v.term("Corroboration"), graph),
        *(v.quad(node, v.term(name), value, graph) for name, value in values.items()),
        *(v.quad(node, v.term("countedOutlet"), outlet, graph) for outlet in outlets),
    ]


def integer(value: object) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(v.XSD + "integer"))


def typed(value: str, kind: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(kind))


def family(quads: Quads, name: str) -> ox.NamedNode:
    """Return the first node of a family, such as `mention`, in order of IRI."""
    found = (q.subject for q in quads if NAMES.identifier(q.subject).startswith(f"{name}/"))
    return min(found, key=lambda node: node.value)


def making(quads: Quads, relation: str) -> ox.NamedNode:
    """Return the first statement of a relation, in order of IRI."""
    found = (
        q.subject
        for q in quads
        if q.predicate == v.term("relation") and q.object == v.term(relation)
    )
    return min(found, key=lambda node: node.value)


def denying(quads: Quads) -> ox.NamedNode:
    """Return the statement that contradicts another."""
    return next(q.subject for q in quads if q.predicate == v.term("contradicts"))


def speaker(quads: Quads) -> ox.NamedNode:
    """Return the first link in a chain of speakers."""
    return min((q.subject for q in quads if q.object == v.ATTRIBUTION), key=lambda n: n.value)


Pick = Callable[[Quads], ox.NamedNode]


def of(name: str) -> Pick:
    return lambda quads: family(quads, name)


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


def also(pick: Pick, predicate: str | ox.NamedNode, *values: ox.NamedNode | ox.Literal) -> Change:
    """Add values to a property."""

    def change(quads: Quads) -> Quads:
        node, property = pick(quads), named(predicate)
        return [*quads, *(v.quad(node, property, value, GRAPH) for value in values)]

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


def nameless(pick: Pick) -> Change:
    """Put a blank node in place of a node, wherever it stands."""

    def change(quads: Quads) -> Quads:
        old, new = pick(quads), ox.BlankNode("nameless")

        def term(found: ox.NamedNode | ox.Literal) -> ox.NamedNode | ox.Literal:
            return new if found == old else found  # type: ignore[return-value]

        return [
            v.quad(term(q.subject), q.predicate, term(q.object), q.graph_name)  # type: ignore[arg-type]
            for q in quads
        ]

    return change


def told_by_nobody(quads: Quads) -> Quads:
    """Add an act that no statement tells."""
    return [*quads, v.quad(NAMES.node("act/x"), v.TYPE, v.term("Act"), NAMES.acts)]


def corroborated_by_its_statement(quads: Quads) -> Quads:
    """Put a statement in place of the figures of an act."""
    return also(of("act"), "corroboration", making(quads, "meets"))(quads)


def elsewhere(quads: Quads) -> Quads:
    """Let a statement contradict one that tells another act."""
    return instead(denying, "contradicts", making(quads, "visits"))(quads)


def unattributed(quads: Quads) -> Quads:
    """Take a speaker out of a chain but leave the chain."""
    gone = (making(quads, "visits"), v.term("attributedTo"), QUISPE)
    return [q for q in quads if (q.subject, q.predicate, q.object) != gone]


def placed(what: str, pick: Pick) -> tuple[Mutation, ...]:
    """Return ways to break the place in an article that something has."""
    return (
        Mutation(f"{what} in no article", without(pick, "article"), "exactly one article"),
        Mutation(f"{what} without start", without(pick, "start"), "exactly one start"),
        Mutation(f"{what} without end", without(pick, "end"), "exactly one end"),
        Mutation(f"{what} in no words", without(pick, "quote"), "exactly one quote"),
        Mutation(f"{what} in other words", instead(pick, "quote", v.text("x", "en")), "letter by"),
    )
