"""Patterns from relation cards for writing statements as English sentences.

A pattern is a verb phrase such as "accuse {target} over {topic}". It begins with a verb in the
infinitive (or two, joined by "or"); `{agent}`, `{target}` and `{topic}` are replaced by names.
`kg.telling.sentences` inflects the verb for number, negation and modality.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kg.errors import CardError
from kg.ontology.model import EVENTS_AND_AGREEMENTS
from kg.text.inflections import participle, plain_form

SLOTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "say": frozenset(),
        "sayTarget": frozenset({"target"}),
        "sayTopic": frozenset({"topic"}),
        "sayTargetTopic": frozenset({"target", "topic"}),
        "sayMatter": frozenset({"topic"}),
        "sayTargetMatter": frozenset({"target", "topic"}),
        "sayPassive": frozenset({"agent"}),
        "sayPassiveTopic": frozenset({"agent", "topic"}),
    }
)
"""Placeholders of each pattern; patterns are named as in `ontologies/lexicon.ttl`."""

BY_AGENT = " by {agent}"

_SLOT = re.compile(r"\{([^{}]*)\}")
_VERB = re.compile(r"(?P<verb>[a-z]+(?: or [a-z]+)?)(?: (?P<rest>.+))?")
# Words that are no infinitive. A pattern beginning with one lacks its verb, which is an error.
_NO_VERB = frozenset(
    "a an the by of to in on at for with from over about against concerning between something "
    "somebody not is are was were been being has had does did may".split()
)
# Infinitives in -s end so ("pass", "focus"); other verbs in -s are in the third person.
_PLAIN_S = ("ss", "us")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasing:
    """The patterns of one relation, complete with defaults.

    Attributes:
        patterns: pattern by name (see `SLOTS`), with two additional ones for sentences without an
            agent: `sayBare` and `sayBareTopic` ("is accused").
        matters: classes of topics that are the direct object of the verb, as in "propose the
            talks"; empty if topics never are.
    """

    patterns: Mapping[str, str]
    matters: tuple[str, ...] = ()


def split(pattern: str) -> tuple[str, str]:
    """Return the verb of a pattern ("sign or adopt") and the rest ("{topic}").

    Raises:
        ValueError: the pattern does not begin with an infinitive.
    """
    found = _VERB.fullmatch(pattern)
    verbs = found["verb"].split(" or ") if found else [""]
    for verb in verbs:
        third = verb.endswith("s") and not verb.endswith(_PLAIN_S)
        if not found or third or verb in _NO_VERB:
            raise ValueError(f"{pattern!r} does not begin with a verb in its plain form")
    return " or ".join(verbs), (found and found["rest"]) or ""


def phrasing(
    label: str,
    *,
    symmetric: bool = False,
    given: Mapping[str, str] = MappingProxyType({}),
    matters: tuple[str, ...] = (),
) -> Phrasing:
    """Return the phrasing of a relation; patterns that are not `given` are made from its label.

    Args:
        label: the relation in words, third person singular ("trades with").
        symmetric: agents and targets are equal parties, so that they can be exchanged: "Peru meets
            Norway" for "Norway meets Peru".
        given: patterns by name.
        matters: classes of topics for the pattern `sayMatter`, by default events and agreements.
    """
    found = {**_from_label(label), **given}
    if symmetric:
        for turned, pattern in (("Passive", "Target"), ("PassiveTopic", "TargetTopic")):
            swapped = found[f"say{pattern}"].replace("{target}", "{agent}")
            found[f"say{turned}"] = given.get(f"say{turned}", swapped)
        found["sayBare"], found["sayBareTopic"] = found["say"], found["sayTopic"]
    else:
        for bare, passive in (("sayBare", "sayPassive"), ("sayBareTopic", "sayPassiveTopic")):
            found[bare] = found[passive].replace(BY_AGENT, "")
    has_matter = "sayMatter" in given or "sayTargetMatter" in given
    found.setdefault("sayMatter", found["sayTopic"])
    found.setdefault("sayTargetMatter", found["sayTargetTopic"])
    return Phrasing(
        patterns=MappingProxyType(found),
        matters=(matters or EVENTS_AND_AGREEMENTS) if has_matter else (),
    )


def _from_label(label: str) -> dict[str, str]:
    """Return default patterns from a label, with "somebody or something" for a missing target."""
    first, *rest = label.split() or ["relates", "to"]
    verbs = [plain_form(first)]
    if len(rest) > 1 and rest[0] == "or":
        verbs, rest = [*verbs, plain_form(rest[1])], rest[2:]
    plain = " ".join((" or ".join(verbs), *rest))
    passive = " ".join(("be", " or ".join(map(participle, verbs)), *rest)) + BY_AGENT
    return {
        "say": f"{plain} somebody or something",
        "sayTarget": f"{plain} {{target}}",
        "sayTopic": f"{plain} somebody or something concerning {{topic}}",
        "sayTargetTopic": f"{plain} {{target}} concerning {{topic}}",
        "sayPassive": passive,
        "sayPassiveTopic": f"{passive} concerning {{topic}}",
    }


def read(
    texts: Callable[[str], tuple[str, ...]],
    *,
    label: str,
    symmetric: bool,
    matters: tuple[str, ...],
    where: Path,
) -> Phrasing:
    """Return the phrasing of a card.

    Args:
        texts: returns the values of a property of the card.
        label: label of the relation.
        symmetric: agents and targets are equal parties.
        matters: values of `lex:matter`.
        where: path of the card, for messages.

    Raises:
        CardError: a pattern has no verb, or unknown, missing or superfluous placeholders.
    """
    given = {}
    for name, slots in SLOTS.items():
        values = texts(name)
        if len(values) > 1:
            raise CardError(f"there are {len(values)} lex:{name}", where=where, hint="keep one")
        if values:
            given[name] = _checked(name, values[0], slots, symmetric, where)
    return phrasing(label, symmetric=symmetric, given=given, matters=matters)


def _checked(name: str, pattern: str, slots: frozenset[str], symmetric: bool, where: Path) -> str:
    found = _SLOT.findall(pattern)
    told = f"lex:{name} {pattern!r}"
    wanted = ", ".join(f"{{{slot}}}" for slot in sorted(slots)) or "no placeholder"
    for slot in found:
        if slot not in slots:
            raise CardError(
                f"{told} has the unknown placeholder {{{slot}}}",
                where=where,
                hint=f"it takes {wanted}",
            )
    if sorted(found) != sorted(slots) or set("{}") & set(_SLOT.sub("", pattern)):
        raise CardError(f"{told} has not each placeholder once", where=where, hint=f"use {wanted}")
    if "agent" in slots and BY_AGENT not in pattern and not symmetric:
        raise CardError(
            f"{told} does not name the agent behind by",
            where=where,
            hint="write it as in “be supported by {agent}”, so that it can be left out",
        )
    try:
        split(pattern)
    except ValueError:
        raise CardError(
            f"{told} has no verb in its plain form",
            where=where,
            hint="begin with one, as in “support {target}” or “be supported by {agent}”",
        ) from None
    return pattern
