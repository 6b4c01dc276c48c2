"""Which program writes: a site written by another one is written anew."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

import kg

_LIBRARIES = ("jinja2", "markupsafe", "networkx", "numpy", "pyvis")
"""What lays out pictures and fills templates; another version may do it in another way."""

_CODE = frozenset({".css", ".j2", ".js", ".json", ".py"})
_ELSEWHERE = frozenset({"cli", "data", "evaluation", "extract", "models", "validation"})
"""Folders of which nothing goes into a page that is not in the store already."""


@cache
def fingerprint() -> str:
    """Return a hash of the code and templates of this program and of the libraries it needs."""
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
