"""Reads and checks relation cards in Turtle, and writes the template of a new one."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template
from types import MappingProxyType

import pyoxigraph as ox

from kg import iris, resources
from kg.errors import CardError, OntologyError
from kg.iris import RDFS, SKOS
from kg.ontology import slots as slot_names
from kg.ontology.model import Example, Frame, Relation
from kg.ontology.phrasing import read as read_phrasing
from kg.ontology.turtle import Triples
from kg.records import MODALITIES

ROLES = ("agent", "target", "about", "where")
TRIGGERS = ("verb", "noun", "adjective", "preposition")

_NAME = re.compile(r"[a-z]+(?:[A-Z][a-z]+)*")
_CAPITAL = re.compile(r"[A-Z]")


def _lex(name: str) -> str:
    return iris.LEXICON + name


def _checked_modality(value: str, path: Path) -> str:
    if value and value not in MODALITIES:
        raise CardError(
            f"unknown modality {value!r}", where=path, hint=f"one of: {', '.join(MODALITIES)}"
        )
    return value


def _checked_slots(names: tuple[str, ...], frame: str, path: Path, role: str) -> tuple[str, ...]:
    """Return the names of slots if all exist; an unknown one raises a `CardError`."""
    for name in names:
        if slot_names.known(name, role):
            continue
        if name in slot_names.NAMED:
            what, hint = f"the slot {name!r} fills no {role}", "use it with lex:about"
        else:
            what = f"unknown slot {name!r}"
            like = slot_names.nearest(name)
            known = f"a preposition, or one of: {', '.join(slot_names.NAMED)}"
            hint = f"did you mean {like!r}?" if like else f"write {known}"
        raise CardError(f"frame {frame!r}: {what}", where=path, hint=hint)
    return names


def _frame(card: Triples, node: object, relation: str) -> Frame:
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

    def slots_of(part: str, role: str = "") -> tuple[str, ...]:
        return _checked_slots(card.texts(node, _lex(part)), name, card.path, role)

    slots = {role: slots_of(role, role) for role in ROLES}
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
        needs=slots_of("needs"),
        without=slots_of("without"),
        modality=_checked_modality(card.text(node, _lex("modality")), card.path),
        negated=card.flag(node, _lex("negated")),
        content=_checked_modality(card.text(node, _lex("content")), card.path),
    )


def _example(card: Triples, node: object) -> Example:
    roles = {role: card.texts(node, _lex(role)) for role in ROLES}
    return Example(
        text=card.text(node, _lex("text")),
        roles=MappingProxyType({role: names for role, names in roles.items() if names}),
        modality=card.text(node, _lex("modality"), "actual"),
        negated=card.text(node, _lex("polarity")) == "negated",
    )


def read_card(path: Path) -> Relation:
    """Return the relation of the card at `path`; a malformed card raises a `CardError`."""
    card = Triples(path)
    subject = ox.NamedNode(iris.ONTOLOGY + path.stem)
    if subject not in card.nodes:
        raise CardError(
            f"the card does not declare kg:{path.stem}",
            where=path,
            hint="the file's name is the relation's name",
        )
    topic_link = next(iter(card.locals(subject, _lex("topicLink"))), "")
    relation = Relation(
        name=path.stem,
        label=card.text(subject, RDFS + "label", path.stem),
        definition=card.text(subject, SKOS + "definition"),
        domain=card.locals(subject, RDFS + "domain"),
        range=card.locals(subject, _lex("targets")) or card.locals(subject, RDFS + "range"),
        links=card.text(subject, _lex("links"), "target") == "target",
        topic_link=topic_link,
        topic_label=card.text(ox.NamedNode(iris.ONTOLOGY + topic_link), RDFS + "label"),
        topic_beside_target=card.flag(subject, _lex("topicBesideTarget")),
        topical=card.flag(subject, _lex("topical")),
        remark=card.flag(subject, _lex("remark")),
        answers=card.flag(subject, _lex("answers")),
        answerable=card.flag(subject, _lex("answerable")),
        encounter=card.flag(subject, _lex("encounter")),
        violent=card.flag(subject, _lex("violent")),
        symmetric=card.flag(subject, _lex("symmetric")),
        reports=card.flag(subject, _lex("reports")),
        plover=card.text(subject, _lex("plover")),
        unaimed=card.texts(subject, _lex("unaimed")),
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
    if topic_link and not relation.topic_label:
        raise CardError(
            f"the card does not declare kg:{topic_link}",
            where=path,
            hint="declare the property with a label, or take lex:topicLink away",
        )
    names = [frame.name for frame in relation.frames]
    if len(set(names)) < len(names):
        raise CardError("two frames have the same name", where=path, hint="rename one of them")
    if not relation.frames:
        raise CardError("the card has no frame", where=path, hint="add lex:frame")
    return relation


def new_card(name: str, folder: str | Path) -> Path:
    """Write the template of a card for a new relation, and return its path.

    The template is a valid card. It has one frame, whose verb is taken from the name: a verb in the
    third person ("trains", "tradesWith").

    Raises:
        CardError: the name is not allowed, or a card of this name exists.
        OntologyError: the folder does not exist.
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
