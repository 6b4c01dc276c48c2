"""The graph as a folder of linked pages for any static host: overview, articles, names.

Each page stands alone: its style is inside it, it loads nothing, and it works from a file. Only the
search of the overview needs script.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TextIO, cast

from kg.errors import ExportError
from kg.store import Store

Progress = Callable[[int, int], None]


def write(store: Store, target: str | Path | TextIO, **options: object) -> None:
    """Write the folder `target`; it appears whole, or what was there before is unchanged.

    In a folder that this function wrote before only those pages are made and written again that
    changed; files in it that it did not write stay. The same articles give the same bytes,
    whatever was there before.

    Args:
        store: what to show.
        target: path of the folder.
        options: `title`, the name of the site; `theme`, `auto`, `light` or `dark`; `address`, the
            site's future web address, for `sitemap.xml`; `network`, False to leave out the page of
            the whole network; `progress`, a function that is told how many steps are done and how
            many there are, both of which may grow; `changes`, a function that is told how many
            files there are in the end, how many of these were written, and how many deleted.

    Raises:
        ExportError: the target is no path, the theme is unknown, the address is none of the web.
        WriteError: the folder cannot be written or holds files of somebody else.
    """
    if target == "-" or not isinstance(target, str | Path):
        raise ExportError("a site is a folder", hint="name a folder, such as site/")
    # Here, because the layout of networks takes long to load.
    from kg.export.site.building import build

    progress = cast(Progress, options.get("progress") or (lambda done, total: None))
    found = build(
        store,
        Path(target),
        title=str(options.get("title", "")),
        theme=str(options.get("theme", "auto")),
        address=str(options.get("address", "")),
        network=bool(options.get("network", True)),
        progress=progress,
    )
    tell = cast(Callable[[int, int, int], None], options.get("changes") or (lambda *numbers: None))
    tell(found.files, found.written, found.deleted)
