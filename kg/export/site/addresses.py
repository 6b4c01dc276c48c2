"""File names of the site's pages, and links between pages.

A file name depends on the identifier alone, so that URLs do not change when the graph grows. Only
if two identifiers give the same name, the later one (in sorted order) gets a hash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from kg import iris

_DEVICES = {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}
_TAKEN = frozenset({"index", "con", "prn", "aux", "nul"} | _DEVICES)
"""Names that no page may have: the index of a folder, and device names of Windows."""


def files(identifiers: Iterable[str]) -> dict[str, str]:
    """Return a file name without suffix for each identifier; all differ even if case is ignored.

    Names consist of ASCII letters, digits and hyphens.
    """
    used: set[str] = set()
    names: dict[str, str] = {}
    for identifier in sorted(set(identifiers)):
        names[identifier] = file(identifier, used.__contains__)
        used.add(names[identifier])
    return names


def file(identifier: str, used: Callable[[str], bool]) -> str:
    """Return the file name of one identifier; `used` returns whether another page has a name."""
    name = iris.slug(identifier.removeprefix("unlinked/"))
    return f"{name}-{iris.digest(identifier)[:8]}" if name in _TAKEN or used(name) else name


def page(name: str, number: int) -> str:
    """Return the file name of page `number`, from 1, of an entity or list of several pages."""
    return f"{name}.html" if number == 1 else f"{name}.{number}.html"


def web_address(url: str) -> str:
    """Return `url` if it is an HTTP address, else the empty string."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return ""
    return url.strip() if parts.scheme.lower() in ("http", "https") and host else ""


def passage_address(url: str, quote: str) -> str:
    """Return `url` with a text fragment for `quote`, to which browsers scroll; "" without a URL."""
    address = web_address(url)
    words = quote.split()
    if not address or not words:
        return address
    ends = [words[:4], words[-4:]] if len(words) > 10 else [words]
    text = ",".join(
        iris.path_of(" ".join(some)).replace("-", "%2D").replace("/", "%2F") for some in ends
    )
    return f"{address}{'' if '#' in address else '#'}:~:text={text}"
