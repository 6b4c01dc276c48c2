"""Word statements as English sentences.

The patterns come from the relation's card (`kg.ontology.phrasing`). This module puts them into
number, polarity and modality and fills in the names. A topic is never worded as the object of the
verb, and acts that are denied, planned, possible or proposed are worded as such.
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
    # A statement does not say who proposes the act; often it is not the agent.
    "proposed": (
        "it is proposed that {subject} {plain}",
        "it is proposed that {subject} not {plain}",
    ),
}
"""Frames of a sentence by modality: affirmed, denied."""

_SLOT = re.compile(r"(\{agent\}|\{target\}|\{topic\})")
_BE = ("is", "are")
_ANY = "relates to"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a sentence: words, or the name of an entity.

    Attributes:
        text: the words, spaces included.
        role: role of the named entity, as a field of `Statement` (`agents`, `targets`, `about`,
            `where`, `attributed_to`, `reported_by`); `when` for the date; empty for other words.
        entity: the named entity, so that a page can link to it.
    """

    text: str
    role: str = ""
    entity: Entity | None = None


def sentence(statement: Statement, ontology: Ontology, *, passive: bool = False) -> str:
    """Return a statement as one sentence without a full stop.

    For example "Norway makes a proposal to Peru concerning the lake (2024-03), according to Ana
    Quispe". Names keep their case, so it may begin with a small letter.
    """
    return "".join(part.text for part in parts(statement, ontology, passive=passive))


def parts(
    statement: Statement, ontology: Ontology, *, passive: bool = False, placed: bool = True
) -> tuple[Part, ...]:
    """Return the sentence of a statement in parts: `clause`, then `circumstances` and `source`.

    Args:
        statement: the statement.
        ontology: has the patterns of its relation.
        passive: make the targets the subject, if the relation has such a pattern.
        placed: include place and date.
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
    """Return the main clause: agents, verb, targets and topics, in parts.

    Args:
        relation: local name of the relation; if the ontology lacks it, its name is used as verb.
        ontology: classes and relations.
        agents: entities that act; may be empty if the targets are the subject.
        targets: entities that the act is directed at.
        about: topics of the act.
        modality: actual, planned, possible or proposed.
        negated: the act is denied.
        passive: make the targets the subject, if there are any.
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
    """Return place and date of the act, in parts: " in Lima (2024-03-03)"."""
    told: list[Part] = []
    if statement.where:
        told += [Part(text=" in "), *_named(statement.where, "where", ontology)]
    if statement.when:
        told += [Part(text=" ("), Part(text=statement.when.value, role="when"), Part(text=")")]
    return tuple(told)


def source(statement: Statement, ontology: Ontology) -> tuple[Part, ...]:
    """Return the sources of a statement, in parts, the innermost speaker first."""
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
    """Return the name of the card's pattern for a statement with these roles.

    Args:
        targets: it has targets.
        topic: it has topics.
        matter: all its topics have a class that the relation's card gives by `lex:matter`.
        passive: the targets are the subject.
        bare: there are no agents.
    """
    if passive:
        return ("sayBare" if bare else "sayPassive") + ("Topic" if topic else "")
    thing = ("Matter" if matter else "Topic") if topic else ""
    return f"say{'Target' if targets else ''}{thing}"


def forms(relation: str, ontology: Ontology) -> dict[str, dict[str, dict[str, dict[str, str]]]]:
    """Return all sentences of a relation as templates with {agent}, {target} and {topic}.

    The keys are pattern (see `pattern_of`), modality, polarity (`affirmed`, `negated`) and number
    of the subject (`one`, `many`). In passive patterns the targets are the subject.
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
    """Return the data, as JSON values, that a page's script needs to word statements itself.

    A sentence is the frame for its modality, polarity and number, with `{finite}` and `{plain}`
    replaced by forms of the verb and `{subject}` by the subjects, then a space and the rest of the
    pattern, if any. As an index, false is 0 and true is 1:

        [verb, rest] = patterns[relation][key]
        frames[modality][negated][many], verbs[verb].finite[negated][many], verbs[verb].plain

    Returns:
        `frames` and `verbs` as above; `patterns` by relation and key (see `pattern_of`), except
        patterns that follow from others: one for matters that equals the one for topics, and a
        bare one that equals the passive without " by {agent}"; `matters`: the classes of topics
        that count as matter, with their subclasses, by relation.
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
    except ValueError:  # the name of an unknown relation need not be a verb
        return phrasing(_ANY)
    return found


def _template(pattern: str, modality: str, negated: bool, many: bool) -> str:
    verb, rest = split(pattern)
    frame = FRAMES[modality][negated].replace("{be}", _BE[many])
    told = frame.replace("{finite}", _finite(verb, negated, many)).replace("{plain}", verb)
    return f"{told} {rest}" if rest else told


def _finite(verb: str, negated: bool, many: bool) -> str:
    """Return the finite verb of an actual act: "supports", "do not support", "is not"."""
    if verb == "be":
        return f"{_BE[many]} not" if negated else _BE[many]
    if negated:
        return f"{'do' if many else 'does'} not {verb}"
    return verb if many else " or ".join(map(inflections.third_person, verb.split(" or ")))


def _named(entities: Sequence[Entity], role: str, ontology: Ontology) -> Iterator[Part]:
    """Yield names joined by commas and "and", with "the" where needed."""
    for i, entity in enumerate(entities):
        joint = "" if not i else " and " if i == len(entities) - 1 else ", "
        if before := joint + article(entity, ontology):
            yield Part(text=before)
        yield Part(text=entity.name, role=role, entity=entity)
