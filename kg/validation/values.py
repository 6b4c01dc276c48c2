"""Tests of single values: numbers, days, lengths, kinds of nodes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

import pyoxigraph as ox

from kg.rdf import vocabulary as v
from kg.validation.shapes import Term

_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_DAY = re.compile(r"-?[0-9]{4,}-[0-9]{2}-[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?")
# Parsed numbers and days to remember; most are offsets into articles. Chosen, not measured.
_KEPT = 10_000
_KINDS: dict[str, tuple[type, ...]] = {
    "IRI": (ox.NamedNode,),
    "Literal": (ox.Literal,),
    "BlankNode": (ox.BlankNode,),
    "BlankNodeOrIRI": (ox.BlankNode, ox.NamedNode),
    "IRIOrLiteral": (ox.NamedNode, ox.Literal),
}


@lru_cache(maxsize=_KEPT)
def _quantity(term: ox.Literal) -> Decimal | datetime.date | None:
    """Return a number or a day that can be compared; None for any other or a malformed literal."""
    kind, value = term.datatype.value, term.value
    if (kind == v.XSD + "integer" and _INTEGER.fullmatch(value)) or (
        kind == v.XSD + "decimal" and _DECIMAL.fullmatch(value)
    ):
        return Decimal(value)
    if kind == v.XSD + "date" and _DAY.fullmatch(value):
        try:
            return datetime.date.fromisoformat(value[:10])
        except ValueError:
            return None
    return None


def _measured(term: Term) -> Decimal | datetime.date | None:
    return _quantity(term) if isinstance(term, ox.Literal) else None


def ordered(one: Term, other: Term, *, strict: bool) -> bool:
    """Return whether one number or day is less than another, or also equal unless `strict`."""
    first, second = _measured(one), _measured(other)
    if type(first) is not type(second) or first is None:
        return False
    return first < second or (not strict and first == second)  # type: ignore[operator]


_CHECKED = frozenset(v.XSD + name for name in ("integer", "decimal", "date"))


def _of_datatype(value: Term, terms: Sequence[Term]) -> bool:
    if not isinstance(value, ox.Literal) or value.datatype != terms[0]:
        return False
    kind = value.datatype.value
    return kind not in _CHECKED or _measured(value) is not None


def _length(value: Term) -> int:
    return -1 if isinstance(value, ox.BlankNode) else len(value.value)


TESTS: Mapping[str, Callable[[Term, Sequence[Term]], bool]] = MappingProxyType(
    {
        "datatype": _of_datatype,
        "nodeKind": lambda value, terms: isinstance(
            value, _KINDS[terms[0].value.rpartition("#")[2]]
        ),
        "in": lambda value, terms: value in terms,
        "pattern": lambda value, terms: (
            not isinstance(value, ox.BlankNode) and bool(re.search(terms[0].value, value.value))
        ),
        "minLength": lambda value, terms: _length(value) >= int(terms[0].value),
        "maxLength": lambda value, terms: 0 <= _length(value) <= int(terms[0].value),
        "minInclusive": lambda value, terms: ordered(terms[0], value, strict=False),
        "maxInclusive": lambda value, terms: ordered(value, terms[0], strict=False),
    }
)
"""Tests of the constraint components that look at one value; each takes value and parameters."""
