"""Pages of a browser that show one document after another.

A page costs more to open than to use: its process starts, its letters are loaded. So those of a
browser are kept from test to test, and each document is loaded anew.
"""

from __future__ import annotations

from playwright.sync_api import Browser, BrowserContext, Dialog, Page

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


class Tab:
    """A page that shows one document after another, and what they complain about."""

    def __init__(self, context: BrowserContext) -> None:
        self.complaints: list[str] = []
        self.home = ""
        self.page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("console", lambda m: self.complaints.append(f"console {m.type}: {m.text}"))
        self.page.on("pageerror", lambda e: self.complaints.append(f"error: {e}"))
        self.page.on("dialog", self._dismiss)
        self.page.on("requestfailed", lambda r: self.complaints.append(f"failed: {r.url[:200]}"))
        self.page.on("request", lambda r: self._watch(r.url))

    def _dismiss(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _watch(self, url: str) -> None:
        below = self.home.endswith("/") and url.startswith(self.home)
        if not below and url.split("#")[0] != self.home and not url.startswith(("data:", "blob:")):
            self.complaints.append(f"request: {url[:200]}")

    def open(self, url: str, home: str, *, phone: bool, dark: bool) -> Page:
        """Show a document; requests may go to `home` alone, or below it when it is a folder."""
        page = self.page
        page.bring_to_front()  # behind another one it would draw once in a while only
        page.set_viewport_size(PHONE if phone else DESK)  # type: ignore[arg-type]
        page.emulate_media(
            media="screen", color_scheme="dark" if dark else "light", reduced_motion="reduce"
        )
        page.mouse.move(0, 0)  # where the last test left it, it might hover over something
        self.home = home
        self.complaints.clear()
        page.goto(url)
        return page


class Tabs:
    """The pages of a browser, by what cannot be changed once they are open."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.contexts: dict[tuple[bool, bool], BrowserContext] = {}
        self.tabs: dict[tuple[bool, bool], list[Tab]] = {}
        self.used: list[tuple[bool, bool]] = []

    def open(
        self, url: str, home: str, *, phone: bool = False, dark: bool = False, script: bool = True
    ) -> Page:
        """Show a document in a page that the running test has not used yet."""
        kind = (phone, script)
        if kind not in self.contexts:
            self.contexts[kind] = self.browser.new_context(
                offline=True, has_touch=phone, java_script_enabled=script
            )
        tabs = self.tabs.setdefault(kind, [])
        number = self.used.count(kind)
        if number == len(tabs):
            tabs.append(Tab(self.contexts[kind]))
        self.used.append(kind)
        return tabs[number].open(url, home, phone=phone, dark=dark)

    def complaints(self) -> list[str]:
        """Return what was complained about since this was asked last, and free all pages."""
        found = [c for kind in {*self.used} for tab in self.tabs[kind] for c in tab.complaints]
        for tab in (tab for tabs in self.tabs.values() for tab in tabs):
            tab.complaints.clear()
        self.used.clear()
        return found
