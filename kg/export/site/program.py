"""A hash of the program: a site written by another version is rendered anew."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

import kg

_LIBRARIES = ("jinja2", "markupsafe", "networkx", "numpy", "pyvis")
"""Libraries for layout and templates, whose versions may change the pages."""

_CODE = frozenset({".css", ".j2", ".js", ".json", ".py"})
_ELSEWHERE = frozenset({"cli", "data", "evaluation", "extract", "models", "validation"})
"""Packages whose code does not affect the pages, except through the store."""


@cache
def fingerprint() -> str:
    """Return a hash of code and templates of this program and of the versions of libraries."""
    found = hashlib.blake2b(digest_size=16)
    home = Path(kg.__file__).parent
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home)
        if path.suffix in _CODE and name.parts[0] not in _ELSEWHERE:
            content = path.read_bytes()
            found.update(f"{name.as_posix()} {len(content)} ".encode())
            found.update(content)
    versions = [f"{library} {metadata.version(library)}" for library in _LIBRARIES]
    python = ".".join(map(str, sys.version_info[:2]))
    found.update(" ".join([kg.__version__, python, *versions]).encode())
    return found.hexdigest()
