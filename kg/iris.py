"""Namespaces, identifiers relative to a base IRI, and the IRIs made from them.

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

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"

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
"""First part of an entity's identifier, by class; of several classes that fit, the first counts."""

HASH = 12
"""Hexadecimal digits at the end of a statement's identifier: 48 bits, so that among a million
statements the chance that any two share them is 1 in 560 (birthday bound)."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_SLUG_LENGTH = 80  # characters; chosen, not measured


def slug(name: str) -> str:
    """Return `name` as lower-case ASCII words joined by hyphens.

    Names in other scripts than Latin leave no ASCII letters, and names of more than 80 characters
    are cut; both get a hash of the whole name to stay distinct.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = _NOT_WORD.sub("-", plain.replace("'", "")).strip("-")
    if not words:
        return digest(name)[:12]
    if len(words) > _SLUG_LENGTH:
        return f"{words[:_SLUG_LENGTH].rstrip('-')}-{digest(name)[:8]}"
    return words


def storable(value: str) -> str:
    """Return `value` with each NUL and each lone surrogate replaced by U+FFFD.

    An RDF literal cannot hold a surrogate, and most formats cannot hold NUL. Offsets stay right,
    because each character is replaced by exactly one.
    """
    return _UNSTORABLE.sub("\ufffd", value)


# The mark between parts, should it stand in one of them, and what stands for it there.
_MARKS = {0x1E: "\x1e0", 0x1F: "\x1e1"}


def digest(*parts: str) -> str:
    """Return the SHA-256 hash of `parts`, as 64 hexadecimal digits.

    The hash depends on where one part ends: ("ab", "c") and ("a", "bc") have different ones.
    """
    joined = "\x1f".join(part.translate(_MARKS) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()


def path_of(identifier: str) -> str:
    """Return `identifier` percent-encoded for the path of an IRI (RFC 3986)."""
    return quote(identifier, safe="/-._~", errors="replace")


def iri(identifier: str, base: str = DEFAULT_BASE) -> str:
    """Return the IRI of a relative `identifier` under `base`."""
    return base + path_of(identifier)


def unlinked(family: str, name: str) -> str:
    """Return the identifier of an entity that no gazetteer lists; one name gives one identifier."""
    return f"unlinked/{family}/{slug(name)}"


def family(identifier: str) -> str:
    """Return the family of an identifier: `person` of `person/ana` and `unlinked/person/ana`."""
    return identifier.removeprefix("unlinked/").partition("/")[0]


def within(article: str, family: str, name: str) -> str:
    """Return the identifier of an entity whose name means something in one article only.

    "The talks" of one article are not those of another.
    """
    return f"unlinked/{family}/{slug(name)}-{digest(article)[:8]}"


def statement(article: str, start: int, end: int, *content: str) -> str:
    """Return the identifier of a statement: article, offsets, and a hash of the content.

    Characters that a graph cannot store are replaced before hashing (`storable`), so that a
    statement read back from a graph has the same identifier.

    Args:
        article: identifier of the article.
        start: offset of the clause.
        end: offset after the clause.
        content: relation, participants and all else that the statement says; it distinguishes
            several statements of one clause.
    """
    return f"statement/{article}/{start}-{end}-{digest(*map(storable, content))[:HASH]}"


def short(statement: str) -> str:
    """Return the hash at the end of a statement's identifier; users may type it instead."""
    return statement.rpartition("-")[2]
