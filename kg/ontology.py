"""The ontology and its relation cards, read from Turtle.

A card (`ontologies/relations/<name>.ttl`) declares one relation as an OWL property and says, in the
vocabulary of `ontologies/lexicon.ttl`, how English expresses it: frames in the sense of frame
semantics (Fillmore 1982; Ruppenhofer et al. 2016), each a set of trigger words with the syntactic
slots that its roles fill.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Template
from types import MappingProxyType

import pyoxigraph as ox

from kg import iris, resources
from kg.errors import CardError, OntologyError, UnknownRelationError
from kg.phrasing import Phrasing
from kg.phrasing import read as read_phrasing
from kg.records import MODALITIES

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"

ROLES = ("agent", "target", "about", "where")
TRIGGERS = ("verb", "noun", "adjective", "preposition")

_NAME = re.compile(r"[a-z]+(?:[A-Z][a-z]+)*")
_CAPITAL = re.compile(r"[A-Z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One way in which English expresses a relation.

    Attributes:
        name: unique on its card.
        relation: local name of the relation.
        verb, noun, adjective, preposition: trigger lemmas; a verb may carry its particle ("put
            forward"), a preposition its second word ("according to").
        object: lemmas one of which must head the verb's object ("hold" + "talks").
        light: support verbs whose subject is the noun's agent ("make a proposal").
        slots: role -> syntactic slots that fill it, in order of preference.
        needs: slots of which at least one must be present.
        without: slots that must be absent.
        modality: modality that the frame itself gives to the act; empty for none.
        negated: the frame says that the act does not take place.
        content: modality of the acts told inside it; empty when they keep their own.
    """

    name: str
    relation: str
    verb: tuple[str, ...] = ()
    noun: tuple[str, ...] = ()
    adjective: tuple[str, ...] = ()
    preposition: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    modality: str = ""
    negated: bool = False
    content: str = ""

    @property
    def rule(self) -> str:
        """Return the name that evidence carries, such as `meets/hold-talks`."""
        return f"{self.relation}/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence of a card with the statement it must give."""

    text: str
    roles: Mapping[str, tuple[str, ...]]
    modality: str = "actual"
    negated: bool = False


_STANCES = frozenset({"SUPPORT", "ACCUSE", "REJECT", "PROTEST"})
_WILLING = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One relation of the ontology, as its card declares it.

    Attributes:
        name: local name.
        label: in words, third person singular ("meets").
        definition: one sentence.
        domain, range: classes that agents and targets must belong to; empty for any. Where a
            relation also links what it is about, its property's range is wider than its targets.
        links: roles that a plain link joins with the agents: `target`, `about`.
        symmetric: agents and targets are one set of parties.
        reports: what stands inside its clause is the agents' word.
        plover: PLOVER category, empty when there is none.
        frames, examples, non_examples: how English says it, and what it must not mistake for it.
        phrasing: how it is said of a statement; None where no card was read.
    """

    name: str
    label: str
    definition: str
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    links: tuple[str, ...] = ("target",)
    symmetric: bool = False
    reports: bool = False
    plover: str = ""
    frames: tuple[Frame, ...] = ()
    examples: tuple[Example, ...] = ()
    non_examples: tuple[str, ...] = ()
    phrasing: Phrasing | None = None

    @property
    def judges(self) -> bool:
        """Return whether it tells that somebody is for or against somebody or something."""
        return "about" in self.links and not self.reports and self.plover in _STANCES

    def plover_of(self, modality: str) -> str:
        """Return the PLOVER category of a statement of this relation with this modality.

        To say that one will cooperate, meet, help or yield is to AGREE, in the PLOVER manual.
        """
        return "AGREE" if modality == "planned" and self.plover in _WILLING else self.plover


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """One class of the ontology with its display hints and its PLOVER sector."""

    name: str
    label: str
    parents: tuple[str, ...] = ()
    colour: str = ""
    shape: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """Classes and relations by local name."""

    version: str
    classes: Mapping[str, Class]
    relations: Mapping[str, Relation]
    _above: dict[str, dict[str, None]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def relation(self, name: str) -> Relation:
        """Return the relation called `name`; an unknown one is an error."""
        try:
            return self.relations[name]
        except KeyError:
            known = ", ".join(sorted(self.relations))
            raise UnknownRelationError(
                f"there is no relation {name!r}", hint=f"one of: {known}"
            ) from None

    def superclasses(self, kind: str) -> tuple[str, ...]:
        """Return `kind` and its superclasses, nearest first, up to `Entity`."""
        return tuple(self._lineage(kind))

    def is_a(self, kind: str, ancestors: Iterable[str]) -> bool:
        """Return whether `kind` is one of `ancestors` or below one of them."""
        return not self._lineage(kind).keys().isdisjoint(ancestors)

    def _lineage(self, kind: str) -> dict[str, None]:
        """Return a class and its superclasses as keys; found once."""
        found = self._above.get(kind)
        if found is not None:
            return found
        found = self._above[kind] = {}
        level: Iterable[str] = (kind,)
        while level:
            found.update(dict.fromkeys(level))
            level = [
                p for name in level if name in self.classes for p in self.classes[name].parents
            ]
        return found


class _Graph:
    """Triples of one file by subject, with the few accessors the cards need."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.nodes: dict[object, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
        try:
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                self.nodes[quad.subject][quad.predicate.value].append(quad.object)
        except (SyntaxError, ValueError) as error:
            raise OntologyError(str(error), where=path, hint="mend the Turtle") from error

    def texts(self, node: object, predicate: str) -> tuple[str, ...]:
        return tuple(str(getattr(o, "value", "")) for o in self.nodes[node][predicate])

    def text(self, node: object, predicate: str, default: str = "") -> str:
        return next(iter(self.texts(node, predicate)), default)

    def flag(self, node: object, predicate: str) -> bool:
        return self.text(node, predicate) == "true"

    def locals(self, node: object, predicate: str) -> tuple[str, ...]:
        """Return local names of the objects, class unions unfolded."""
        names: list[str] = []
        for value in self.nodes[node][predicate]:
            for item in self._members(value):
                if isinstance(item, ox.NamedNode) and item.value.startswith(iris.ONTOLOGY):
                    names.append(item.value.removeprefix(iris.ONTOLOGY))
        return tuple(names)

    def _members(self, value: object) -> list[object]:
        unions = self.nodes[value][OWL + "unionOf"] if isinstance(value, ox.BlankNode) else []
        if not unions:
            return [value]
        members, rest = [], unions[0]
        while self.nodes[rest][RDF + "first"]:
            members.append(self.nodes[rest][RDF + "first"][0])
            rest = self.nodes[rest][RDF + "rest"][0]
        return members


def _lex(name: str) -> str:
    return iris.LEXICON + name


def _checked_modality(value: str, path: Path) -> str:
    if value and value not in MODALITIES:
        raise CardError(
            f"unknown modality {value!r}", where=path, hint=f"one of: {', '.join(MODALITIES)}"
        )
    return value


def _frame(card: _Graph, node: object, relation: str) -> Frame:
    name = card.text(node, _lex("name"))
    if not name:
        raise CardError("a frame has no name", where=card.path, hint="add lex:name")
    triggers = {kind: card.texts(node, _lex(kind)) for kind in TRIGGERS}
    if not any(triggers.values()):
        raise CardError(
            f"frame {name!r} has no trigger",
            where=card.path,
            hint="add lex:verb, lex:noun, lex:adjective or lex:preposition",
        )
    slots = {role: card.texts(node, _lex(role)) for role in ROLES}
    if not slots["agent"]:
        raise CardError(f"frame {name!r} has no agent slot", where=card.path, hint="add lex:agent")
    return Frame(
        name=name,
        relation=relation,
        verb=triggers["verb"],
        noun=triggers["noun"],
        adjective=triggers["adjective"],
        preposition=triggers["preposition"],
        object=card.texts(node, _lex("objectHead")),
        light=card.texts(node, _lex("light")),
        slots=MappingProxyType({role: found for role, found in slots.items() if found}),
        needs=card.texts(node, _lex("needs")),
        without=card.texts(node, _lex("without")),
        modality=_checked_modality(card.text(node, _lex("modality")), card.path),
        negated=card.flag(node, _lex("negated")),
        content=_checked_modality(card.text(node, _lex("content")), card.path),
    )


def _example(card: _Graph, node: object) -> Example:
    roles = {role: card.texts(node, _lex(role)) for role in ROLES}
    return Example(
        text=card.text(node, _lex("text")),
        roles=MappingProxyType({role: names for role, names in roles.items() if names}),
        modality=card.text(node, _lex("modality"), "actual"),
        negated=card.text(node, _lex("polarity")) == "negated",
    )


def read_card(path: Path) -> Relation:
    """Return the relation that the card at `path` declares; a malformed card is a `CardError`."""
    card = _Graph(path)
    subject = ox.NamedNode(iris.ONTOLOGY + path.stem)
    if subject not in card.nodes:
        raise CardError(
            f"the card does not declare kg:{path.stem}",
            where=path,
            hint="the file's name is the relation's name",
        )
    relation = Relation(
        name=path.stem,
        label=card.text(subject, RDFS + "label", path.stem),
        definition=card.text(subject, SKOS + "definition"),
        domain=card.locals(subject, RDFS + "domain"),
        range=card.locals(subject, _lex("targets")) or card.locals(subject, RDFS + "range"),
        links=card.texts(subject, _lex("links")) or ("target",),
        symmetric=card.flag(subject, _lex("symmetric")),
        reports=card.flag(subject, _lex("reports")),
        plover=card.text(subject, _lex("plover")),
        phrasing=read_phrasing(
            lambda name: card.texts(subject, _lex(name)),
            label=card.text(subject, RDFS + "label", path.stem),
            symmetric=card.flag(subject, _lex("symmetric")),
            matters=card.locals(subject, _lex("matter")),
            where=path,
        ),
        frames=tuple(_frame(card, n, path.stem) for n in card.nodes[subject][_lex("frame")]),
        examples=tuple(_example(card, n) for n in card.nodes[subject][_lex("example")]),
        non_examples=card.texts(subject, _lex("nonExample")),
    )
    names = [frame.name for frame in relation.frames]
    if len(set(names)) < len(names):
        raise CardError("two frames have the same name", where=path, hint="rename one of them")
    if not relation.frames:
        raise CardError("the card has no frame", where=path, hint="add lex:frame")
    return relation


def _classes(graph: _Graph) -> dict[str, Class]:
    found = {}
    for node in list(graph.nodes):
        is_class = OWL + "Class" in graph.texts(node, RDF + "type")
        if not is_class or not isinstance(node, ox.NamedNode):
            continue
        if not node.value.startswith(iris.ONTOLOGY):
            continue
        name = node.value.removeprefix(iris.ONTOLOGY)
        found[name] = Class(
            name=name,
            label=graph.text(node, RDFS + "label", name),
            parents=graph.locals(node, RDFS + "subClassOf"),
            colour=graph.text(node, iris.ONTOLOGY + "colour"),
            shape=graph.text(node, iris.ONTOLOGY + "shape"),
            sector=graph.text(node, iris.ONTOLOGY + "sector"),
        )
    return found


def load(directory: Path | None = None) -> Ontology:
    """Return the ontology in `directory`, by default the one that ships with the package.

    Raises:
        OntologyError: a file is missing or its Turtle is broken.
        CardError: a relation card is not well formed.
    """
    return _load(directory or resources.ontology_dir())


@cache
def _load(directory: Path) -> Ontology:
    main = directory / "kg.ttl"
    if not main.is_file():
        raise OntologyError("there is no kg.ttl", where=directory, hint="name an ontology folder")
    graph = _Graph(main)
    cards = sorted((directory / "relations").glob("*.ttl"))
    relations = {card.stem: read_card(card) for card in cards}
    version = graph.text(ox.NamedNode(iris.ONTOLOGY.rstrip("#")), OWL + "versionInfo")
    text = "".join(path.read_text(encoding="utf-8") for path in (main, *cards))
    return Ontology(
        version=f"{version}+{iris.digest(text)[:8]}",
        classes=MappingProxyType(_classes(graph)),
        relations=MappingProxyType(relations),
    )


def new_card(name: str, folder: str | Path) -> Path:
    """Write the card of a new relation, ready to be filled in, and return its path.

    The card is well formed from the start. Its one frame takes the name for a verb in the third
    person ("trains", "tradesWith").

    Raises:
        CardError: the name cannot be one of a relation, or there is such a card.
        OntologyError: there is no such folder.
    """
    if not _NAME.fullmatch(name):
        raise CardError(
            f"{name!r} cannot name a relation",
            hint="write a verb in the third person, as in trains or tradesWith",
        )
    path = Path(folder) / f"{name}.ttl"
    if not path.parent.is_dir():
        raise OntologyError(
            "there is no such folder", where=path.parent, hint="name the folder of the cards"
        )
    if path.exists():
        raise CardError("there is a card of that name", where=path, hint="edit it")
    label = _CAPITAL.sub(lambda found: f" {found[0].lower()}", name)
    first, _, rest = label.partition(" ")
    verb = f"{first.removesuffix('s')} {rest}".rstrip()
    template = (resources.ontology_dir() / "card.template").read_text(encoding="utf-8")
    fields = {"name": name, "label": label, "verb": verb, "frame": verb.replace(" ", "-")}
    path.write_text(Template(template).substitute(fields), encoding="utf-8")
    return path
