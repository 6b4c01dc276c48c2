"""Paths of the data files that ship with the package.

In a wheel they are in `kg/data`, in a checkout in top-level folders.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent
_DATA = PACKAGE / "data"


def _folder(name: str) -> Path:
    installed = _DATA / name
    return installed if installed.is_dir() else PACKAGE.parent.joinpath(*name.split("/"))


def ontology_dir() -> Path:
    """Return the folder with `kg.ttl` and `relations/`."""
    return _folder("ontologies")


def gazetteer_dir() -> Path:
    """Return the folder with the gazetteer's csv files."""
    return _folder("seeds/gazetteer")


def queries_dir() -> Path:
    """Return the folder with the ready questions, one `.rq` file each."""
    return _folder("seeds/queries")


def model_dir() -> Path:
    """Return the folder with the bundled language pipeline."""
    return PACKAGE / "models" / "en"


def confidence_file() -> Path:
    """Return the file with the weights of the confidence model."""
    return PACKAGE / "models" / "confidence.json"
