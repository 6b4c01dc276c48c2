"""What a result depends on, in one line: a store compares it to tell what has to be read again.

A change of anything that is named here changes the line: the program's code, the language
pipeline, the ontology with its relation cards, the gazetteer and the weights of confidence. Each is
named by its version where it has one, and by the start of a digest of its files.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from kg import resources

CODE = (
    "extract",
    "gazetteer",
    "iris.py",
    "ontology",
    "parsing",
    "pipeline.py",
    "rdf",
    "records",
    "telling",
    "text",
)
"""The parts of the package that decide what is read out of an article and how it is stored."""

_SHORT = 8  # hexadecimal digits of a digest: 32 bits tell versions apart, they guard nothing


def digest(*paths: Path) -> str:
    """Return eight hexadecimal digits over the names and bytes of files and folders.

    Folders count with all files below them, in order of name, but for Python's caches.
    """
    found = hashlib.sha256()
    for path in paths:
        files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
        for file in files:
            if "__pycache__" in file.parts:
                continue
            name = file.relative_to(path.parent).as_posix().encode("utf-8", "surrogateescape")
            content = file.read_bytes()
            found.update(b"%d %s %d " % (len(name), name, len(content)) + content)
    return found.hexdigest()[:_SHORT]


@cache
def of_language(folder: Path) -> str:
    """Return name, version and digest of the language pipeline in a folder with a `meta.json`.

    Raises:
        OSError: there is no such file.
        ValueError: it is no JSON.
    """
    about = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    name = f"{about.get('lang', '')}_{about.get('name', '')}-{about.get('version', '')}"
    return f"{name}+{digest(folder)}"


@cache
def of_pipeline(
    language: str,
    ontology: str,
    *,
    code: Path = resources.PACKAGE,
    gazetteer: Path | None = None,
    confidence: Path | None = None,
) -> str:
    """Return the version of a whole pipeline, such as is kept with each article in a store.

    Args:
        language: version of the language pipeline, as `of_language` returns it.
        ontology: version of the ontology, which counts its relation cards.
        code: folder of the package.
        gazetteer: folder of the gazetteer; by default that of the package.
        confidence: file with the weights of confidence; by default that of the package.
    """
    from kg import __version__

    parts = (
        f"kg-{__version__}+{digest(*(code / name for name in CODE))}",
        language,
        ontology,
        f"gazetteer-{digest(gazetteer or resources.gazetteer_dir())}",
        f"confidence-{digest(confidence or resources.confidence_file())}",
    )
    return "/".join(parts)
