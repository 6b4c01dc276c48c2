"""What XML can hold."""

from __future__ import annotations

import re

# What XML 1.0 cannot contain, escaped or not.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def fit(value: str) -> str:
    """Return `value` with the characters that XML forbids replaced by U+FFFD."""
    return _NOT_XML.sub("\ufffd", value)


def fit_all(attributes: dict[str, object]) -> None:
    """Make the texts among the attributes of a node or an edge fit for XML."""
    for key, value in attributes.items():
        if isinstance(value, str):
            attributes[key] = fit(value)
