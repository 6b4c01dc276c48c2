"""The version of a pipeline in one line; a store compares it to know which articles to read again.

The line changes when the program's code, the language pipeline, the ontology with its relation
cards, the gazetteer or the weights of the confidence model change. Each is named by its version, if
it has one, and the start of a digest of its files.
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
"""The modules that decide what is extracted from an article and how it is stored."""

_SHORT = 8  # hexadecimal digits of a digest: 32 bits distinguish versions and need not be secure


def digest(*paths: Path) -> str:
    """Return eight hexadecimal digits of a SHA-256 over the names and bytes of files and folders.

    A folder counts with all files below it, in order of name, except Python's caches.
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
    """Return name, version and digest of a language pipeline from its folder.

    Raises:
        OSError: the folder has no `meta.json`.
        ValueError: `meta.json` is not JSON.
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
    """Return the version of a whole pipeline, as stored with each article.

    Args:
        language: version of the language pipeline, as `of_language` returns it.
        ontology: version of the ontology, which covers its relation cards.
        code: folder of the package.
        gazetteer: folder of the gazetteer; by default that of the package.
        confidence: file with the weights of the confidence model; by default that of the package.
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
