"""Read and write the decisions file: TOML with one table for each decision."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from kg.decisions.model import KINDS, Decision, Named, NotSame, Same, WrongStatement
from kg.errors import DecisionError
from kg.rdf import vocabulary as v
from kg.records import MODALITIES, ROLES
from kg.records.edtf import is_date

_LISTS = frozenset({"entities", "articles", *ROLES})


def read(path: str | Path) -> tuple[Decision, ...]:
    """Return the decisions of a file, in their order.

    Raises:
        DecisionError: the file cannot be read, is not TOML, or has a table or key that is unknown,
            missing or of the wrong type.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise DecisionError(f"the file cannot be read: {reason}", where=path) from error
    return parse(text, where=str(path))


def parse(text: str, *, where: str = "") -> tuple[Decision, ...]:
    """Return the decisions of a TOML text; see `read`."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DecisionError(f"it is no TOML: {error}", where=where) from error
    by = tables.pop("by", "")
    if not isinstance(by, str):
        raise DecisionError("by is a text: who decided", where=where)
    found: list[Decision] = []
    for table, entries in tables.items():
        if table not in KINDS:
            raise DecisionError(f"there is no [[{table}]]", where=where, hint=_near(table, KINDS))
        if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
            raise DecisionError(f"write [[{table}]] in two brackets", where=where)
        for number, entry in enumerate(entries, 1):
            place = f"{where}: [[{table}]] number {number}" if where else f"[[{table}]] {number}"
            found.append(_decision(table, {"by": by, **entry}, place))
    return tuple(found)


def write(decisions: Iterable[Decision]) -> str:
    """Return the decisions as the text of a file."""
    return "\n".join(decision.toml() for decision in decisions)


def _near(word: str, known: Iterable[str]) -> str:
    names = sorted(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.5)  # chosen, not measured
    return f"did you mean {near[0]}?" if near else f"one of: {', '.join(names)}"


def _decision(table: str, entry: Mapping[str, object], place: str) -> Decision:
    kind = KINDS[table]
    known = {field.name.replace("_", "-"): field for field in fields(kind)}
    values: dict[str, Any] = {}
    for key, value in entry.items():
        if key not in known:
            raise DecisionError(f"{key} is unknown here", where=place, hint=_near(key, known))
        values[known[key].name] = _value(key, value, place)
    missing = [
        key
        for key, field in known.items()
        if field.default is MISSING and not values.get(field.name)
    ]
    if missing:
        raise DecisionError(f"{', '.join(missing)} is missing", where=place)
    decision = kind(**values)
    _check(decision, place)
    return decision


def _value(key: str, value: object, place: str) -> object:
    """Return a value in the type that its key needs, white space in texts collapsed."""
    name = key.replace("-", "_")
    if name == "negated":
        if not isinstance(value, bool):
            raise DecisionError("negated is true or false", where=place)
        return value
    if name in _LISTS:
        if not isinstance(value, list):
            raise DecisionError(f"{key} is a list", where=place, hint=f'write {key} = ["..."]')
        return tuple(_party(key, one, place) for one in value)
    if not isinstance(value, str) or not value.strip():
        if name in ("by", "note", "date") and not isinstance(value, str | dict | list | bool):
            return str(value)
        if name in ("by", "note") and value == "":
            return ""
        raise DecisionError(f"{key} is a text that is not empty", where=place)
    return v.storable(" ".join(value.split()))


def _party(key: str, value: object, place: str) -> str | Named:
    if isinstance(value, str) and value.strip():
        return v.storable(" ".join(value.split()))
    named = isinstance(value, dict) and set(value) == {"name", "type"}
    if named and key.replace("-", "_") in ROLES:
        assert isinstance(value, dict)
        return Named(**{k: str(_value(k, one, place)) for k, one in value.items()})
    hint = 'write "identifier" or {name = "...", type = "..."}'
    raise DecisionError(f"{key} has something else than an entity", where=place, hint=hint)


def _check(decision: Decision, place: str) -> None:
    """Raise an error if keys that are valid one by one contradict each other."""
    if isinstance(decision, Same) and len(set(decision.entities)) < 2:
        raise DecisionError("entities needs two different ones", where=place)
    if isinstance(decision, NotSame):
        split = (decision.entity, decision.articles, decision.name)
        if bool(decision.entities) == any(split) or (any(split) and not all(split)):
            hint = "either entities, or entity, articles and name"
            raise DecisionError("it is not clear what differs", where=place, hint=hint)
        if decision.entities and len(set(decision.entities)) < 2:
            raise DecisionError("entities needs two different ones", where=place)
    if isinstance(decision, WrongStatement):
        spot = (decision.article, decision.relation, decision.quote)
        if any(spot[1:]) if decision.statement else not all(spot):
            hint = "either statement (and article), or article, relation and quote"
            raise DecisionError("it is not clear which statement", where=place, hint=hint)
    modality = getattr(decision, "modality", "actual")
    if modality not in MODALITIES:
        hint = _near(modality, MODALITIES)
        raise DecisionError(f"there is no modality {modality}", where=place, hint=hint)
    date = getattr(decision, "date", "")
    if date and not is_date(date):
        hint = "write 2025, 2025-05, 2025-05-14 or two of these with / between"
        raise DecisionError(f"{date} is no date", where=place, hint=hint)
