"""What a text must tell, and how a statement differs from it.

Examples on relation cards and the sentences of the tests become `Act`s; both are compared here.
`line` writes a statement in one line, as the tests write acts and as failures are told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from kg.records import Entity, Statement

OTHERS = "..."
"""Among names: further ones may be there. As a part of a line: what it leaves out is not asked."""

# Word of a line or a message, field of an act, field of a statement.
ROLES = (
    ("agent", "agents", "agents"),
    ("target", "targets", "targets"),
    ("about", "about", "about"),
    ("in", "where", "where"),
    ("says", "says", "attributed_to"),
    ("via", "via", "reported_by"),
)
_PARTIES = frozenset({"agents", "targets"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act that a text must tell.

    Attributes:
        relation: local name of the relation.
        agents, targets, about, where: names, and `OTHERS` if there may be further ones.
        says: on whose word, innermost first.
        via: outlets given as the source.
        when: date, in EDTF.
        modality, negated: as in statements.
        unnamed: whether it is on the word of nobody named; None if either will do.
        open: empty `about`, `where`, `says`, `via` and `when` are not asked for.
    """

    relation: str
    agents: tuple[str, ...]
    targets: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    when: str = ""
    modality: str = "actual"
    negated: bool = False
    unnamed: bool | None = False
    open: bool = False


def exactly(name: str, entity: Entity) -> bool:
    """Return whether a name is the preferred name of an entity."""
    return name == entity.name


def difference(
    act: Act,
    statement: Statement,
    *,
    same: Callable[[str, Entity], bool] = exactly,
    mutual: bool = False,
) -> str:
    """Return how a statement differs from an act, in words; empty if it tells it.

    Args:
        act: what must be told.
        statement: what is told.
        same: whether a name stands for an entity.
        mutual: agents and targets of the relation do the same, on whichever side they stand.
    """
    if statement.relation != act.relation:
        return f"relation is {statement.relation}, not {act.relation}"
    for word, field, role in ROLES:
        wanted: tuple[str, ...] = getattr(act, field)
        given: tuple[Entity, ...] = getattr(statement, role)
        if mutual and field in _PARTIES:
            given = (*statement.agents, *statement.targets)
        if act.open and not wanted and field not in _PARTIES:
            continue
        if not _agree(wanted, given, same):
            names = " + ".join(name for name in wanted if name != OTHERS)
            return f"{word} is {_names(given) or 'nobody'}, not {names or 'anybody'}"
    when = statement.when.value if statement.when else ""
    if when != act.when and not (act.open and not act.when):
        return f"date is {when or 'missing'}, not {act.when or 'given'}"
    if statement.modality != act.modality:
        return f"modality is {statement.modality}, not {act.modality}"
    if statement.negated != act.negated:
        return f"polarity is {statement.polarity}"
    if act.unnamed is not None and statement.unnamed_source != act.unnamed:
        return "its source is named" if act.unnamed else "its source is not named"
    return ""


def _agree(
    wanted: Collection[str], given: Sequence[Entity], same: Callable[[str, Entity], bool]
) -> bool:
    names = [name for name in wanted if name != OTHERS]
    return all(any(same(n, e) for e in given) for n in names) and (
        OTHERS in wanted or all(any(same(n, e) for n in names) for e in given)
    )


def line(statement: Statement) -> str:
    """Return a statement as `agents relation targets | not | mood | about ... | says ...`.

    Only what differs from an actual, affirmed act in the article's own voice is written.
    """
    s = statement
    parts = [f"{_names(s.agents)} {s.relation} {_names(s.targets)}".rstrip()]
    parts += ["not"] * s.negated
    parts += [s.modality] * (s.modality != "actual")
    for word, field, role in ROLES:
        if field not in _PARTIES and getattr(s, role):
            parts.append(f"{word} {_names(getattr(s, role))}")
        if field == "where" and s.when:
            parts.append(f"on {s.when.value}")
    parts += ["unnamed"] * s.unnamed_source
    return " | ".join(parts)


def _names(entities: Sequence[Entity]) -> str:
    return " + ".join(e.name for e in entities)
