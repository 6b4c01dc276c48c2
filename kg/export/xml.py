"""Replaces characters that XML does not allow."""

from __future__ import annotations

import re

# Characters that XML 1.0 forbids, even as escapes.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def fit(value: str) -> str:
    """Return `value` with the characters that XML forbids replaced by U+FFFD."""
    return _NOT_XML.sub("\ufffd", value)


def fit_all(attributes: dict[str, object]) -> None:
    """Apply `fit` to all strings among the attributes of a node or edge, in place."""
    for key, value in attributes.items():
        if isinstance(value, str):
            attributes[key] = fit(value)
