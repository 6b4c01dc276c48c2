"""Writes the graph as a static website: an overview, and a page for each article and each name.

Every page is self-contained: it has its own style sheet, loads nothing, and also works from a file.
Only the search on the overview needs JavaScript.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TextIO, cast

from kg.errors import ExportError
from kg.store import Store

Progress = Callable[[int, int], None]


def write(store: Store, target: str | Path | TextIO, **options: object) -> None:
    """Write the site into the folder `target`, all of it or nothing.

    If the folder has an earlier version of the site, only changed pages are rendered and written.
    Other files in the folder are kept. The same articles give the same bytes, whatever the folder
    had before.

    Args:
        store: the store.
        target: path of the folder.
        options: `title`, name of the site; `theme`, `auto`, `light` or `dark`; `address`, future
            URL of the site, for `sitemap.xml`; `network`, False to leave out the page of the whole
            network; `progress`, a function called with the numbers of steps done and of all steps,
            both of which may grow; `changes`, a function called at the end with the numbers of all
            files, of files written, and of files deleted.

    Raises:
        ExportError: the target is not a path, the theme is unknown, or the address is not a URL.
        WriteError: the folder cannot be written, or has files but no site.
    """
    if target == "-" or not isinstance(target, str | Path):
        raise ExportError("a site is a folder", hint="name a folder, such as site/")
    # Imported here because the layout of networks loads slowly.
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
