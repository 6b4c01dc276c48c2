"""Shows the network page inside a notebook, or outside of notebooks in a browser."""

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

HEIGHT = 640  # pixels; chosen, not measured
NAME = "network.html"
_SANDBOX = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """An HTML page that Jupyter and VS Code display as the result of a notebook cell.

    Attributes:
        page: the HTML of the page.
        height: height in pixels.
        title: title of the frame, for screen readers.
    """

    page: str
    height: int = HEIGHT
    title: str = "Network"

    def _repr_html_(self) -> str:
        """Return a sandboxed iframe with the page, which cannot reach the notebook or the web."""
        return Markup(
            '<iframe title="{}" sandbox="{}" srcdoc="{}" width="100%" height="{}" '
            'style="width: 100%; border: 1px solid #8884; border-radius: 8px"></iframe>'
        ).format(self.title, _SANDBOX, self.page, self.height)

    def __repr__(self) -> str:
        """Return a short description without the HTML."""
        return f"<{self.title}: a page of {len(self.page):,} characters>"


def frame(store: Store, *, title: str = "", theme: str = "auto", height: int = HEIGHT) -> Frame:
    """Return the network page of a store as a frame; for the options see `kg.export.webpage`.

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
        ExportError: no notebook and no browser is available; the message names the file to open.
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
    """Return whether this process is an IPython kernel, as that of a notebook is."""
    shell = sys.modules.get("IPython")
    running = shell.get_ipython() if shell else None
    return getattr(running, "kernel", None) is not None
