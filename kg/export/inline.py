"""The network page inside a notebook, or in a browser where there is none."""

from __future__ import annotations

import io
import sys
import tempfile
import webbrowser
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from kg.errors import ExportError
from kg.export import webpage
from kg.store import Store

HEIGHT = 640
NAME = "network.html"
_SANDBOX = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A page to look at in a notebook; Jupyter and VS Code display it as the value of a cell.

    Attributes:
        page: the whole page.
        height: height in pixels.
        title: what a screen reader calls the frame.
    """

    page: str
    height: int = HEIGHT
    title: str = "Network"

    def _repr_html_(self) -> str:
        """Return a frame that holds the page and can neither load nor reach anything outside."""
        return Markup(
            '<iframe title="{}" sandbox="{}" srcdoc="{}" width="100%" height="{}" '
            'style="width: 100%; border: 1px solid #8884; border-radius: 8px"></iframe>'
        ).format(self.title, _SANDBOX, self.page, self.height)

    def __repr__(self) -> str:
        """Return what this is, without the page."""
        return f"<{self.title}: a page of {len(self.page):,} characters>"


def frame(store: Store, *, title: str = "", theme: str = "auto", height: int = HEIGHT) -> Frame:
    """Return the network page of a store as a frame; see `kg.export.webpage` for the options.

    Raises:
        ExportError: the height is not a number of pixels, or the theme is unknown.
    """
    if isinstance(height, bool) or not isinstance(height, int) or height < 1:
        raise ExportError(f"{height!r} is no height", hint="give pixels, such as 640")
    stream = io.StringIO()
    webpage.write(store, stream, title=title, theme=theme)
    return Frame(page=stream.getvalue(), height=height, title=title or "Network")


def show(found: Frame) -> None:
    """Display a frame below the cell of a notebook; elsewhere open its page in a browser.

    Raises:
        ExportError: there is neither a notebook nor a browser; names the file to open.
    """
    if _in_notebook():
        from IPython.display import display

        display(found)  # type: ignore[no-untyped-call]
        return
    path = Path(tempfile.mkdtemp(prefix="kg-")) / NAME
    path.write_text(found.page, encoding="utf-8", newline="\n")
    if not webbrowser.open(path.as_uri()):
        raise ExportError("no browser can be opened", where=path, hint="open this file yourself")


def _in_notebook() -> bool:
    """Return whether this runs in a kernel, which sends what is displayed to a notebook."""
    shell = sys.modules.get("IPython")
    running = shell.get_ipython() if shell else None
    return getattr(running, "kernel", None) is not None
