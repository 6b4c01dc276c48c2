"""Names of things: namespaces, relative identifiers and their IRIs.

Inside the program an entity, an article or a statement is known by an identifier relative to the
data's base IRI, such as `country/RU` or `unlinked/person/cui-heng`. An IRI is the base followed by
the identifier, so the base can be chosen when a graph is written.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import quote

ONTOLOGY = "https://w3id.org/newskg/ontology#"
LEXICON = "https://w3id.org/newskg/lexicon#"
DEFAULT_BASE = "https://w3id.org/newskg/id/"

FAMILIES = (
    ("Person", "person"),
    ("MediaOutlet", "outlet"),
    ("Organization", "organization"),
    ("Group", "group"),
    ("Country", "country"),
    ("Place", "place"),
    ("Event", "event"),
    ("Agreement", "agreement"),
)
"""The families of identifiers, by class; of several that fit, the first counts."""

HASH = 12
"""Hexadecimal digits at the end of a statement's identifier: among a million statements, two share
them with a chance of 1 in 560."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_SLUG_LENGTH = 80


def slug(name: str) -> str:
    """Return `name` as lower-case ASCII words joined by hyphens.

    Names that are not in Latin script keep no ASCII letter; they, and names longer than 80
    characters, are told apart by a hash of the name.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = _NOT_WORD.sub("-", plain.replace("'", "")).strip("-")
    if not words:
        return digest(name)[:12]
    if len(words) > _SLUG_LENGTH:
        return f"{words[:_SLUG_LENGTH].rstrip('-')}-{digest(name)[:8]}"
    return words


def storable(value: str) -> str:
    """Return `value` with NUL and lone surrogates replaced by U+FFFD, one for one.

    RDF has no literal for a surrogate and most formats none for NUL. Offsets stay right because
    each character is replaced by exactly one.
    """
    return _UNSTORABLE.sub("\ufffd", value)


def digest(*parts: str) -> str:
    """Return the SHA-256 hash of `parts`, as 64 hexadecimal digits; parts do not run together."""
    joined = "\x1f".join(parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()


def path_of(identifier: str) -> str:
    """Return `identifier` percent-encoded for the path of an IRI (RFC 3986)."""
    return quote(identifier, safe="/-._~", errors="replace")


def iri(identifier: str, base: str = DEFAULT_BASE) -> str:
    """Return the IRI of a relative `identifier` under `base`."""
    return base + path_of(identifier)


def unlinked(family: str, name: str) -> str:
    """Return the identifier of an entity known by name only, the same in every article."""
    return f"unlinked/{family}/{slug(name)}"


def family(identifier: str) -> str:
    """Return the family of an identifier: `person` of `person/ana` and `unlinked/person/ana`."""
    return identifier.removeprefix("unlinked/").partition("/")[0]


def within(article: str, family: str, name: str) -> str:
    """Return the identifier of something definite only inside one article ("the talks")."""
    return f"unlinked/{family}/{slug(name)}-{digest(article)[:8]}"


def statement(article: str, start: int, end: int, *content: str) -> str:
    """Return the identifier of what one place of an article tells.

    It is the same before and after the graph, which cannot keep every character (`storable`).

    Args:
        article: identifier of the article.
        start: offset of the clause.
        end: offset after it.
        content: all that is told there; two tellings of one clause differ in it.
    """
    return f"statement/{article}/{start}-{end}-{digest(*map(storable, content))[:HASH]}"


def short(statement: str) -> str:
    """Return the hash at the end of a statement's identifier, by which users name it."""
    return statement.rpartition("-")[2]
