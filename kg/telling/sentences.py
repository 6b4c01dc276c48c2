"""Statements as English sentences: who does what to whom, how surely, and on whose word.

The words come from the patterns on the relation's card (`kg.ontology.phrasing`); this module puts
them into number, polarity and modality and fills in the names. What a statement is only about never
becomes the object of its verb, and what is denied, planned, possible or proposed is said to be so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.ontology import Ontology
from kg.ontology.phrasing import Phrasing, phrasing, split
from kg.records import MODALITIES, Entity, Statement
from kg.telling.naming import article, plural
from kg.text import inflections

FRAMES: Mapping[str, tuple[str, str]] = {
    "actual": ("{subject} {finite}", "{subject} {finite}"),
    "planned": ("{subject} {be} to {plain}", "{subject} {be} not to {plain}"),
    "possible": ("{subject} may {plain}", "{subject} may not {plain}"),
    # Who makes the proposal is not known here, and often not the one who is to act.
    "proposed": (
        "it is proposed that {subject} {plain}",
        "it is proposed that {subject} not {plain}",
    ),
}
"""For each modality how it is said, affirmed and denied."""

_SLOT = re.compile(r"(\{agent\}|\{target\}|\{topic\})")
_BE = ("is", "are")
_ANY = "relates to"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a sentence: words, or a name.

    Attributes:
        text: the words as they are read, spaces included.
        role: how the named entity takes part, as a field of `Statement` (`agents`, `targets`,
            `about`, `where`, `attributed_to`, `reported_by`); `when` for the date; empty for
            words between names.
        entity: the entity that is named, so that a page can make a link of it.
    """

    text: str
    role: str = ""
    entity: Entity | None = None


def sentence(statement: Statement, ontology: Ontology, *, passive: bool = False) -> str:
    """Return a statement as one sentence without full stop.

    For example "Norway makes a proposal to Peru concerning the lake (2024-03), according to Ana
    Quispe". Names stand as the articles write them, so it may begin with a small letter.
    """
    return "".join(part.text for part in parts(statement, ontology, passive=passive))


def parts(
    statement: Statement, ontology: Ontology, *, passive: bool = False, placed: bool = True
) -> tuple[Part, ...]:
    """Return the sentence of a statement in parts: `clause`, then `circumstances` and `source`.

    Args:
        statement: what to tell.
        ontology: has the patterns of its relation.
        passive: tell it of the targets, where the relation has such a pattern.
        placed: say where and when.
    """
    return (
        *clause(
            statement.relation,
            ontology,
            agents=statement.agents,
            targets=statement.targets,
            about=statement.about,
            modality=statement.modality,
            negated=statement.negated,
            passive=passive,
        ),
        *(circumstances(statement, ontology) if placed else ()),
        *source(statement, ontology),
    )


def clause(
    relation: str,
    ontology: Ontology,
    *,
    agents: Sequence[Entity] = (),
    targets: Sequence[Entity] = (),
    about: Sequence[Entity] = (),
    modality: str = "actual",
    negated: bool = False,
    passive: bool = False,
) -> tuple[Part, ...]:
    """Return who does what to whom, about what, in parts.

    Args:
        relation: local name of the relation; one that the ontology lacks is told by its name.
        ontology: classes and relations.
        agents: who acts; may be left out where the sentence is about the targets.
        targets: whom it is directed at.
        about: what it is about.
        modality: actual, planned, possible or proposed.
        negated: the act is said not to take place.
        passive: begin with the targets; without any, nothing changes.
    """
    found = _phrasing(relation, ontology)
    passive = bool(targets) and (passive or not agents)
    key = pattern_of(
        targets=bool(targets),
        topic=bool(about),
        matter=bool(about) and all(ontology.is_a(e.kind, found.matters) for e in about),
        passive=passive,
        bare=not agents,
    )
    template = _template(
        found.patterns[key], modality, negated, plural(targets if passive else agents, ontology)
    )
    names = {"agent": agents, "target": targets, "topic": about}
    fields = {"agent": "agents", "target": "targets", "topic": "about"}
    told: list[Part] = []
    for piece in _SLOT.split(template.replace("{subject}", "{target}" if passive else "{agent}")):
        slot = piece.strip("{}")
        if slot in names and piece != slot:
            told += _named(names[slot], fields[slot], ontology)
        elif piece:
            told.append(Part(text=piece))
    return tuple(told)


def circumstances(statement: Statement, ontology: Ontology) -> tuple[Part, ...]:
    """Return where and when the act takes place, in parts: " in Lima (2024-03-03)"."""
    told: list[Part] = []
    if statement.where:
        told += [Part(text=" in "), *_named(statement.where, "where", ontology)]
    if statement.when:
        told += [Part(text=" ("), Part(text=statement.when.value, role="when"), Part(text=")")]
    return tuple(told)


def source(statement: Statement, ontology: Ontology) -> tuple[Part, ...]:
    """Return on whose word a statement stands, in parts, the innermost speaker first."""
    told: list[Part] = []
    for speaker in statement.attributed_to:
        told += [Part(text=", according to "), *_named((speaker,), "attributed_to", ontology)]
    if statement.unnamed_source:
        told.append(Part(text=", according to an unnamed source"))
    if statement.reported_by:
        outlets = _named(statement.reported_by, "reported_by", ontology)
        told += [Part(text=", reported by "), *outlets]
    return tuple(told)


def pattern_of(
    *, targets: bool, topic: bool, matter: bool = False, passive: bool = False, bare: bool = False
) -> str:
    """Return the name of the pattern that tells a statement with these roles.

    Args:
        targets: it has targets.
        topic: it is about something.
        matter: all it is about is of a class that the relation's card gives by `lex:matter`.
        passive: it is said of the targets.
        bare: and the agents are left out.
    """
    if passive:
        return ("sayBare" if bare else "sayPassive") + ("Topic" if topic else "")
    thing = ("Matter" if matter else "Topic") if topic else ""
    return f"say{'Target' if targets else ''}{thing}"


def forms(relation: str, ontology: Ontology) -> dict[str, dict[str, dict[str, dict[str, str]]]]:
    """Return all sentences of a relation as templates with {agent}, {target} and {topic}.

    They are reached by pattern (see `pattern_of`), modality, polarity (`affirmed`, `negated`) and
    number of the subject (`one`, `many`). In passive patterns the targets are the subject.
    """
    return {
        key: {
            modality: {
                polarity: {
                    number: _template(pattern, modality, negated, many).replace(
                        "{subject}", _subject(key)
                    )
                    for number, many in (("one", False), ("many", True))
                }
                for polarity, negated in (("affirmed", False), ("negated", True))
            }
            for modality in MODALITIES
        }
        for key, pattern in _phrasing(relation, ontology).patterns.items()
    }


def tables(ontology: Ontology, relations: Iterable[str]) -> dict[str, Any]:
    """Return what a page's script needs to tell statements itself, as JSON values.

    A sentence is the frame for its modality, polarity and number, with `{finite}` and `{plain}`
    taken from the verb and `{subject}` from the subjects, followed by a space and the rest of the
    pattern where there is one. Numbers are 0 for false and 1 for true:

        [verb, rest] = patterns[relation][key]
        frames[modality][negated][many], verbs[verb].finite[negated][many], verbs[verb].plain

    Returns:
        `frames` and `verbs` as above; `patterns` by relation and key (see `pattern_of`), those
        of matters and of sentences without agent only where they differ from what they else are:
        the pattern of topics, and the passive without " by {agent}"; `matters`: by relation the
        classes, with those below them, of topics that count as matter.
    """
    found = {name: _phrasing(name, ontology) for name in relations}
    patterns = {name: _told_apart(told.patterns) for name, told in found.items()}
    verbs = {verb for told in patterns.values() for verb, _ in told.values()}
    return {
        "frames": {
            modality: [[frame.replace("{be}", be) for be in _BE] for frame in FRAMES[modality]]
            for modality in MODALITIES
        },
        "verbs": {
            verb: {
                "plain": verb,
                "finite": [
                    [_finite(verb, n, many) for many in (False, True)] for n in (False, True)
                ],
            }
            for verb in sorted(verbs)
        },
        "patterns": patterns,
        "matters": {
            name: [kind for kind in ontology.classes if ontology.is_a(kind, told.matters)]
            for name, told in found.items()
            if told.matters
        },
    }


def _told_apart(patterns: Mapping[str, str]) -> dict[str, list[str]]:
    usual = {
        "sayMatter": patterns["sayTopic"],
        "sayTargetMatter": patterns["sayTargetTopic"],
        "sayBare": patterns["sayPassive"].replace(" by {agent}", ""),
        "sayBareTopic": patterns["sayPassiveTopic"].replace(" by {agent}", ""),
    }
    return {
        key: list(split(pattern)) for key, pattern in patterns.items() if pattern != usual.get(key)
    }


def _subject(key: str) -> str:
    return "{target}" if key.startswith(("sayPassive", "sayBare")) else "{agent}"


def _phrasing(relation: str, ontology: Ontology) -> Phrasing:
    card = ontology.relations.get(relation)
    if card and card.phrasing:
        return card.phrasing
    label = re.sub("[A-Z]", lambda found: f" {found[0].lower()}", relation).strip()
    found = phrasing(card.label if card else label, symmetric=bool(card and card.symmetric))
    try:
        split(found.patterns["say"])
    except ValueError:  # what is no verb is not said as one: a relation may have any name
        return phrasing(_ANY)
    return found


def _template(pattern: str, modality: str, negated: bool, many: bool) -> str:
    verb, rest = split(pattern)
    frame = FRAMES[modality][negated].replace("{be}", _BE[many])
    told = frame.replace("{finite}", _finite(verb, negated, many)).replace("{plain}", verb)
    return f"{told} {rest}" if rest else told


def _finite(verb: str, negated: bool, many: bool) -> str:
    """Return the verb of an act told as fact: "supports", "do not support", "is not"."""
    if verb == "be":
        return f"{_BE[many]} not" if negated else _BE[many]
    if negated:
        return f"{'do' if many else 'does'} not {verb}"
    return verb if many else " or ".join(map(inflections.third_person, verb.split(" or ")))


def _named(entities: Sequence[Entity], role: str, ontology: Ontology) -> Iterator[Part]:
    """Yield names with commas and "and" between them, and "the" where a name needs it."""
    for i, entity in enumerate(entities):
        joint = "" if not i else " and " if i == len(entities) - 1 else ", "
        if before := joint + article(entity, ontology):
            yield Part(text=before)
        yield Part(text=entity.name, role=role, entity=entity)
