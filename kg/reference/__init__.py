"""Writes the ontology for people who read or reuse it: as one RDF file or as an HTML page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from kg.errors import UnknownFormatError
from kg.export.files import Target, opened

FORMATS: Mapping[str, ox.RdfFormat] = MappingProxyType(
    {
        ".jsonld": ox.RdfFormat.JSON_LD,
        ".nt": ox.RdfFormat.N_TRIPLES,
        ".rdf": ox.RdfFormat.RDF_XML,
        ".ttl": ox.RdfFormat.TURTLE,
    }
)
"""RDF formats by suffix of the file; the page of terms has the suffix `.html`."""

PAGE, TURTLE = ".html", ".ttl"


def write(target: Target, *, shapes: bool = False, directory: Path | None = None) -> None:
    """Write the ontology, or its SHACL shapes, to one file.

    Args:
        target: path of a file whose suffix names the format, or `-` for Turtle on standard output.
        shapes: write the shapes instead of the ontology.
        directory: folder with `kg.ttl` and `relations/`; by default the one of the package.

    Raises:
        OntologyError: a file of the ontology is missing or broken.
        UnknownFormatError: the suffix is none of these formats.
        WriteError: the file cannot be written.
    """
    from kg.reference import vocabulary

    suffix = Path(target).suffix.lower() if isinstance(target, str | Path) else ""
    suffix = suffix if target != "-" and suffix else TURTLE
    if suffix == PAGE and not shapes:
        from kg.reference import page

        text = page.page(directory)
    elif suffix in FORMATS:
        triples = vocabulary.shapes(directory) if shapes else vocabulary.merged(directory)
        if suffix == TURTLE:
            text = vocabulary.turtle(triples)
        else:
            text = vocabulary.serialized(triples, FORMATS[suffix])
    else:
        known = " ".join(sorted(FORMATS if shapes else (*FORMATS, PAGE)))
        what = "shapes are" if shapes else "the ontology is"
        raise UnknownFormatError(
            f"{what} not written as {suffix!r}", where=str(target), hint=f"one of: {known}"
        )
    with opened(target) as stream:
        stream.write(text)
