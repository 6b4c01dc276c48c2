"""Names of the site's files, and links between them.

A name depends on the identifier alone, so that an address stays when the graph grows; only where
two identifiers ask for the same name does the later one, in their order, get a hash of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from kg import iris

_DEVICES = {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}
_TAKEN = frozenset({"index", "con", "prn", "aux", "nul"} | _DEVICES)
"""The list of a folder, and what Windows does not allow."""


def files(identifiers: Iterable[str]) -> dict[str, str]:
    """Return a file name without ending for each identifier; case never tells two apart.

    Names hold ASCII letters, digits and hyphens only.
    """
    used: set[str] = set()
    names: dict[str, str] = {}
    for identifier in sorted(set(identifiers)):
        names[identifier] = file(identifier, used.__contains__)
        used.add(names[identifier])
    return names


def file(identifier: str, used: Callable[[str], bool]) -> str:
    """Return the file name of one identifier; `used` tells what those before it have."""
    name = iris.slug(identifier.removeprefix("unlinked/"))
    return f"{name}-{iris.digest(identifier)[:8]}" if name in _TAKEN or used(name) else name


def page(name: str, number: int) -> str:
    """Return the file of page `number`, from 1, of something that may take several pages."""
    return f"{name}.html" if number == 1 else f"{name}.{number}.html"


def web_address(url: str) -> str:
    """Return `url` if it leads to the web, else the empty string."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return ""
    return url.strip() if parts.scheme.lower() in ("http", "https") and host else ""


def passage_address(url: str, quote: str) -> str:
    """Return `url` leading to `quote`, where a browser knows text fragments, or "" for no URL."""
    address = web_address(url)
    words = quote.split()
    if not address or not words:
        return address
    ends = [words[:4], words[-4:]] if len(words) > 10 else [words]
    text = ",".join(
        iris.path_of(" ".join(some)).replace("-", "%2D").replace("/", "%2F") for some in ends
    )
    return f"{address}{'' if '#' in address else '#'}:~:text={text}"
